//! The words for telephone numbers: how one was understood, and why one cannot be.

use super::{screen, tr, tr_with};
use crate::config::settings::ReadAs;
use crate::domain::lang::Lang;
use crate::domain::phone::{Kind, Unfit, Unreadable, read};

/// How a number was understood that was written otherwise, with the line to look at.
pub fn read_as(lang: &Lang, one: &ReadAs) -> String {
    let (main, extension) = screen::number(lang, &one.read);
    let read = if extension.is_empty() {
        main
    } else {
        tr_with(lang, "{0} {1}", &[&main, &extension])
    };
    let line = one.place.line.to_string();
    tr_with(
        lang,
        "line {0}, {1}: “{2}” was read as {3}",
        &[&line, &one.place.key, &one.written, &read],
    )
}

/// Why `number`, which is `shown`, is none; what to write instead.
pub(super) fn unreadable(lang: &Lang, number: &str, shown: &str) -> String {
    let code = |sign: char| format!("{:04X}", u32::from(sign));
    // A control character would break the line.
    let seen = |sign: char| if sign.is_control() { ' ' } else { sign }.to_string();
    match read(number) {
        Err(Unreadable::Character { sign, place }) => tr_with(
            lang,
            "“{0}” is no telephone number; write digits, spaces and hyphens, such as 021-12345678 ext 123, and take out “{1}” (U+{2}, character {3})",
            &[shown, &seen(sign), &code(sign), &place.to_string()],
        ),
        Err(Unreadable::Several { sign, place }) => tr_with(
            lang,
            "“{0}” is more than one number, with “{1}” (U+{2}, character {3}) between them; write one of them, or under [contacts] a list: [\"021-12345678\", \"021-87654321\"]",
            &[shown, &seen(sign), &code(sign), &place.to_string()],
        ),
        Err(Unreadable::Abroad { place }) => tr_with(
            lang,
            "“{0}” can be read in two ways from character {1} on; write + before the code of another country, or 转 or ext before an extension",
            &[shown, &place.to_string()],
        ),
        Err(Unreadable::TooLong { place }) => tr_with(
            lang,
            "“{0}” has too many digits from character {1} on; write 转 or ext before an extension, and a second number on its own",
            &[shown, &place.to_string()],
        ),
        Err(Unreadable::TooShort) | Ok(_) => tr_with(
            lang,
            "“{}” is no telephone number; write digits, spaces and hyphens, such as 021-12345678 ext 123",
            &[shown],
        ),
    }
}

/// What sort of number was read.
pub fn kind(lang: &Lang, kind: Kind) -> &'static str {
    tr(
        lang,
        match kind {
            Kind::Emergency => "Emergency number",
            Kind::Service => "Short number of a service",
            Kind::Mobile => "Mobile number",
            Kind::Landline => "Landline with area code",
            Kind::Local => "Local landline, without area code",
            Kind::Free => "400 or 800 number",
            Kind::Abroad => "Number abroad",
            Kind::Internal => "Internal extension",
        },
    )
}

/// Why nobody is reached at `typed`, and what to do.
pub fn unfit(lang: &Lang, typed: &str, why: &Unfit) -> String {
    match why {
        Unfit::Unreadable(_) => unreadable(lang, typed, typed),
        Unfit::Digits {
            kind,
            has,
            least,
            most,
        } => {
            let message = match kind {
                Kind::Mobile => "{0} has {1} digits. A mobile number has {2}.",
                Kind::Free => "{0} has {1} digits. A 400 number has {2}.",
                Kind::Abroad => {
                    "{0} has {1} digits. A number abroad has {2}, with its country code."
                }
                Kind::Local => "{0} has {1} digits. A local number here has {2}.",
                _ => "{0} has {1} digits. A number with its area code has {2}.",
            };
            let wanted = match (least, most) {
                (least, most) if least == most => least.to_string(),
                (least, most) => {
                    let (least, most) = (least.to_string(), most.to_string());
                    tr_with(lang, "{0} to {1}", &[&least, &most])
                }
            };
            tr_with(lang, message, &[typed, &has.to_string(), &wanted])
        }
        Unfit::NoArea(code) => tr_with(
            lang,
            "{0}: there is no area code {1}. Check each digit.",
            &[typed, code],
        ),
        Unfit::Internal { digits } => tr_with(
            lang,
            "{0} looks like an internal extension, which mobiles cannot reach. Type the whole number. Only where extensions can be dialled by themselves: set internal_digits = {1} in kiosk.toml.",
            &[typed, &digits.to_string()],
        ),
        Unfit::Unknown => tr_with(lang, "No number looks like {}. Check each digit.", &[typed]),
    }
}
