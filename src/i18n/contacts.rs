//! The words of the contacts screen and of a contact's card.

use chrono::NaiveDate;

use super::{tr, tr_with};
use crate::domain::plan::Group;

/// The heading of a group.
pub fn group(lang: &str, group: Group) -> &'static str {
    tr(
        lang,
        match group {
            Group::Now => "Now",
            Group::People => "Our people",
            Group::Partners => "Partners",
            Group::Regulator => "Regulator",
        },
    )
}

/// What became of the last call.
pub fn last_call(lang: &str, answered: bool, time: &str) -> String {
    if answered {
        tr_with(lang, "Answered at {}", &[time])
    } else {
        tr_with(lang, "No answer at {}", &[time])
    }
}

/// What follows when nobody answers: the role's next number, such as `2/3`.
pub fn next_number(lang: &str, place: &str) -> String {
    tr_with(lang, "Next number: {}", &[place])
}

/// The same after a role's last number: whom to call next.
pub fn next_role(lang: &str, name: &str) -> String {
    tr_with(lang, "Then call: {}", &[name])
}

/// The same where nobody is left above.
pub fn nobody_further(lang: &str) -> &'static str {
    tr(lang, "Nobody above: keep calling")
}

/// When a number was last found to be right, where anybody has ever said so.
pub fn confirmed(lang: &str, day: Option<NaiveDate>, stale: bool) -> String {
    let Some(day) = day else {
        return tr(lang, "Nobody has confirmed it yet").to_owned();
    };
    let day = day.to_string();
    if stale {
        tr_with(lang, "Last confirmed on {}: check it", &[&day])
    } else {
        tr_with(lang, "Confirmed on {}", &[&day])
    }
}

/// Where a text message goes.
pub fn write_to(lang: &str, number: &str) -> String {
    tr_with(lang, "Text {}", &[number])
}

/// Numbers that nobody has ever confirmed, with the first one's role, for the banner: everybody
/// may read it, so it shows no number.
pub fn unconfirmed(lang: &str, count: usize, first: &str) -> String {
    if count == 1 {
        return tr_with(
            lang,
            "The phone number of {} was never confirmed: tap Staff",
            &[first],
        );
    }
    tr_with(
        lang,
        "{0} phone numbers were never confirmed, first {1}: tap Staff",
        &[&count.to_string(), first],
    )
}

/// Numbers that nobody has confirmed for long, for the banner.
pub fn stale(lang: &str, count: usize) -> String {
    if count == 1 {
        tr(lang, "1 phone number is due for a check: tap Staff").to_owned()
    } else {
        tr_with(
            lang,
            "{} phone numbers are due for a check: tap Staff",
            &[&count.to_string()],
        )
    }
}
