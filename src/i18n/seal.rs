//! Words about the keys of what customers wrote: why they are shut, and the recovery words.

use super::pin::pin_error;
use super::{tr, tr_with};
use crate::domain::lang::Lang;
use crate::service::keys::{Found, RecoverError};
use crate::service::seals::SealError;

/// Why what a customer wrote cannot be read now.
pub fn shut(lang: &Lang, why: &SealError) -> String {
    match why {
        SealError::NeedsPin { .. } => {
            tr(lang, "Sealed. Lock the staff area and enter the PIN again to read it.").to_owned()
        }
        SealError::OtherPin { .. } => tr(
            lang,
            "Sealed under an earlier PIN. Run \"lobby-kiosk pin --recover\" with the recovery words to read it.",
        )
        .to_owned(),
        SealError::NotShared { .. } => tr(
            lang,
            "Sealed, and not under your PIN yet. Run \"lobby-kiosk people pin\" with your name, and type the administrator PIN after yours.",
        )
        .to_owned(),
        other => seal_error(lang, other),
    }
}

/// What is wrong with the keys, and what to do.
pub fn seal_error(lang: &Lang, error: &SealError) -> String {
    let say = |message, args: &[&str]| tr_with(lang, message, args);
    match error {
        SealError::Missing { path } | SealError::Damaged { path } => say(
            "{} does not hold the key of what customers wrote any more. Run \"lobby-kiosk pin --recover\" with the recovery words.",
            &[&path.to_string_lossy()],
        ),
        SealError::OtherPin { .. } | SealError::NeedsPin { .. } | SealError::NotShared { .. } => {
            say(
                "The PIN until now is needed to keep what customers wrote readable. Run \"lobby-kiosk pin\" again and give it, or \"lobby-kiosk pin --recover\" with the recovery words.",
                &[],
            )
        }
        SealError::OtherDevice { .. } => say(
            "What customers wrote is sealed with the secret of another device, or that secret is gone. Run \"lobby-kiosk pin --recover\" with the recovery words.",
            &[],
        ),
        SealError::OtherWords { path } => say(
            "These are the recovery words of another key than the one in {}. Nothing was changed.",
            &[&path.to_string_lossy()],
        ),
        SealError::NoWords {
            unknown: Some(place),
        } => say(
            "Word {} is not one of the list. Compare it with the paper, then try again.",
            &[&place.to_string()],
        ),
        SealError::NoWords { unknown: None } => say(
            "These are not 24 recovery words in their order. Compare them with the paper, then try again.",
            &[],
        ),
        SealError::Newer { path, .. } => say(
            "{} was written by a newer version of lobby-kiosk. Install that version.",
            &[&path.to_string_lossy()],
        ),
        SealError::Io { path, detail } => say(
            "{0}: {1}. Check that the folder exists and that this user may write to it.",
            &[&path.to_string_lossy(), detail],
        ),
        SealError::Uncomputed { detail } => say(
            "The PIN cannot be checked or set: {}. Close other programs, then try again.",
            &[detail],
        ),
    }
}

/// Why the recovery words set no PIN.
pub fn recover_error(lang: &Lang, error: &RecoverError) -> String {
    match error {
        RecoverError::Seal(error) => seal_error(lang, error),
        RecoverError::Pin(error) => pin_error(lang, error),
    }
}

/// What `check` says about the keys.
pub fn found(lang: &Lang, found: &Found) -> String {
    let text = match found {
        Found::Fault(error) => return seal_error(lang, error),
        Found::NoWords => {
            "The recovery words have not been printed yet. Run \"lobby-kiosk pin\" and write them down."
        }
        Found::NoDevice => {
            "There is no place for a secret of this device outside the data directory: the PIN alone protects what customers wrote. Print the systemd unit anew with \"lobby-kiosk service\"."
        }
        Found::NoPin => {
            "Until a staff PIN is set, the secret of this device alone protects what customers wrote."
        }
    };
    tr(lang, text).to_owned()
}

/// What the recovery words are for, a sentence a line.
pub fn of_recovery_words(lang: &Lang) -> [&'static str; 3] {
    [
        tr(
            lang,
            "Recovery words. Write them down now, and keep the paper away from the tablet: they are not shown again.",
        ),
        tr(
            lang,
            "They open what customers wrote when the PIN is forgotten or the tablet is broken. Without them it then stays unreadable for good.",
        ),
        tr(lang, "Either of the two lists is enough."),
    ]
}

/// Asks for the PIN that is to be replaced.
pub fn ask_before(lang: &Lang) -> &'static str {
    tr(lang, "Staff PIN until now (Enter if it is forgotten): ")
}

/// Asks for the recovery words.
pub fn ask_words(lang: &Lang) -> &'static str {
    tr(
        lang,
        "Recovery words, in Chinese or English, in their order: ",
    )
}

/// Nothing could be read.
pub fn unread_words(lang: &Lang, detail: &str) -> String {
    tr_with(
        lang,
        "The recovery words could not be read: {}. Type them in a terminal, or give them as the first line of standard input and the PIN as the second.",
        &[detail],
    )
}

/// They did what they are for.
pub fn recovered(lang: &Lang) -> &'static str {
    tr(
        lang,
        "What customers wrote can be read again, with the new PIN.",
    )
}
