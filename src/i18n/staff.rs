//! The words of the staff area: at its door, and where its telephone numbers are changed.

use chrono::{NaiveDate, TimeDelta};

use super::{contacts, screen, tr, tr_with};
use crate::domain::lang::Lang;

/// What to do at the door.
pub fn enter_pin(lang: &Lang) -> &'static str {
    tr(lang, "Enter the staff PIN")
}

/// The PIN is being looked at.
pub fn checking(lang: &Lang) -> &'static str {
    tr(lang, "Checking…")
}

/// It was another one.
pub fn wrong_pin(lang: &Lang) -> &'static str {
    tr(lang, "Wrong PIN. Please try again.")
}

/// No PIN is looked at for so long, to the second, never less than one.
pub fn wait(lang: &Lang, left: TimeDelta) -> String {
    let seconds = (left.num_milliseconds() + 999) / 1000;
    let left = screen::stopwatch(TimeDelta::seconds(seconds.max(1)));
    tr_with(lang, "Too many wrong tries. Wait {}.", &[&left])
}

/// The system has no thread to give.
pub fn no_thread(lang: &Lang, detail: &str) -> String {
    tr_with(
        lang,
        "This cannot be done now: {}. Close other programs, then try again.",
        &[detail],
    )
}

/// A number was found to be right.
pub fn confirmed(lang: &Lang, role: &str, number: &str) -> String {
    tr_with(lang, "{0}: {1} is still right.", &[role, number])
}

/// A number was written, after it was read back.
pub fn saved(lang: &Lang, role: &str, number: &str) -> String {
    tr_with(
        lang,
        "{0}: {1} is saved and counts as confirmed today.",
        &[role, number],
    )
}

/// A number was removed.
pub fn removed(lang: &Lang, role: &str, number: &str) -> String {
    tr_with(lang, "{0}: {1} is removed.", &[role, number])
}

/// What was typed is gone.
pub fn dropped(lang: &Lang, role: &str, typed: &str) -> String {
    tr_with(lang, "{0}: {1} was typed and not saved.", &[role, typed])
}

/// The file says something else than the screen did.
pub fn meanwhile(lang: &Lang, role: &str) -> String {
    tr_with(
        lang,
        "{}: the numbers in kiosk.toml were changed meanwhile. Nothing was saved; look at them again.",
        &[role],
    )
}

/// What is known of a number beside itself.
pub fn known(lang: &Lang, national: bool, confirmed: Option<NaiveDate>, stale: bool) -> String {
    if national {
        tr(lang, "National number, built in").to_owned()
    } else {
        contacts::confirmed(lang, confirmed, stale)
    }
}

/// A number of the file reaches nobody.
pub fn not_whole(lang: &Lang) -> &'static str {
    tr(lang, "Not a whole number: correct it")
}

/// Where everything is that is not changed here.
pub fn all_else(lang: &Lang, path: &str) -> String {
    tr_with(
        lang,
        "All other settings are in {}. They take effect once saved.",
        &[path],
    )
}
