//! The words of the list's groups and pages.

use chrono_tz::Tz;

use super::{screen, tr, tr_with};
use crate::domain::inbox::Group;
use crate::domain::lang::Lang;

/// Complaints that came in one burst: how many, on which day, from when to when.
pub fn group(lang: &Lang, group: &Group, zone: Tz) -> String {
    let day = group.from.with_timezone(&zone).date_naive().to_string();
    let from = screen::time_of_day(group.from, zone);
    let to = screen::time_of_day(group.to, zone);
    let message = if group.aside.is_some() {
        "{0} put aside ({1}, {2} to {3})"
    } else {
        "{0} at once ({1}, {2} to {3})"
    };
    tr_with(lang, message, &[&group.count.to_string(), &day, &from, &to])
}

/// What can be done with them.
pub fn group_lead(lang: &Lang, group: &Group) -> &'static str {
    tr(
        lang,
        if group.aside.is_some() {
            "Open to look at them or to put them back"
        } else {
            "Nobody has accepted these. Open to look at them or to put them all aside"
        },
    )
}

/// Puts a group aside, or back.
pub fn sweep(lang: &Lang, aside: bool, under_way: bool) -> &'static str {
    tr(
        lang,
        match (under_way, aside) {
            (true, _) => "One moment…",
            (false, false) => "Put all aside",
            (false, true) => "Put all back",
        },
    )
}

/// The page after this one.
pub fn next_page(lang: &Lang) -> &'static str {
    tr(lang, "Next page")
}

/// The page before this one.
pub fn earlier_page(lang: &Lang) -> &'static str {
    tr(lang, "Previous page")
}

/// Which complaints are on a page, and of how many.
pub fn page(lang: &Lang, from: usize, to: usize, all: usize) -> String {
    let numbers = [from, to, all].map(|one| one.to_string());
    tr_with(
        lang,
        "{0} to {1} of {2}",
        &[&numbers[0], &numbers[1], &numbers[2]],
    )
}
