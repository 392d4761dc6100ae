//! Words about the staff's PIN.

use super::{tr, tr_with};
use crate::domain::lang::Lang;
use crate::service::pin::PinError;

/// What is wrong, and what to do.
pub fn pin_error(lang: &Lang, error: &PinError) -> String {
    let say = |message, args: &[&str]| tr_with(lang, message, args);
    match error {
        PinError::Weak => say(
            "A PIN has 6 to 12 digits, not all the same and no run such as 123456. Choose another one.",
            &[],
        ),
        PinError::NotSet { .. } => say(
            "No staff PIN is set. Run \"lobby-kiosk pin\" to set one.",
            &[],
        ),
        PinError::Broken { path } => say(
            "{} does not hold the staff PIN any more. Run \"lobby-kiosk pin\" again to set it anew.",
            &[&path.to_string_lossy()],
        ),
        PinError::Io { path, detail } => say(
            "{0}: {1}. Check that the folder exists and that this user may write to it.",
            &[&path.to_string_lossy(), detail],
        ),
        PinError::Hash { detail } => say(
            "The PIN cannot be checked or set: {}. Close other programs, then try again.",
            &[detail],
        ),
    }
}

/// Asks for a PIN.
pub fn ask(lang: &Lang) -> &'static str {
    tr(lang, "New staff PIN (6 to 12 digits, not shown): ")
}

/// Asks for it once more.
pub fn ask_again(lang: &Lang) -> &'static str {
    tr(lang, "The same again: ")
}

/// What was typed the second time is something else.
pub fn differs(lang: &Lang) -> &'static str {
    tr(
        lang,
        "The two are not the same. Nothing was changed; run the command again.",
    )
}

/// Nothing could be read.
pub fn unread(lang: &Lang, detail: &str) -> String {
    tr_with(
        lang,
        "The PIN could not be read: {}. Type it in a terminal, or give it as the first line of standard input.",
        &[detail],
    )
}

/// It is done.
pub fn set(lang: &Lang) -> &'static str {
    tr(
        lang,
        "The staff PIN is set. A running kiosk asks for it from now on.",
    )
}

/// It is gone, if there was one.
pub fn removed(lang: &Lang, there_was: bool) -> &'static str {
    if there_was {
        tr(lang, "The staff PIN is removed.")
    } else {
        tr(lang, "No staff PIN was set.")
    }
}
