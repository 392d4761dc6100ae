//! The words of the contacts screen and of a contact's card.

use chrono::NaiveDate;

use super::{tr, tr_with};
use crate::domain::lang::Lang;
use crate::domain::plan::Group;

/// The heading of a group.
pub fn group(lang: &Lang, group: Group) -> &'static str {
    tr(
        lang,
        match group {
            Group::Now => "Emergency",
            Group::People => "Our people",
            Group::Partners => "Partners",
            Group::Regulator => "Regulator",
        },
    )
}

/// What became of the last call.
pub fn last_call(lang: &Lang, answered: bool, time: &str) -> String {
    if answered {
        tr_with(lang, "Answered at {}", &[time])
    } else {
        tr_with(lang, "No answer at {}", &[time])
    }
}

/// What became of the call to the number before the one that is shown.
pub fn no_answer_before(lang: &Lang, time: &str) -> String {
    tr_with(lang, "{} no answer at the number before", &[time])
}

/// Nobody answered, `times` in a row, and the same number is to be called again: `number` where
/// it is one that everybody knows.
pub fn no_answer_again(lang: &Lang, time: &str, times: usize, number: Option<&str>) -> String {
    let said = if times > 1 {
        tr_with(
            lang,
            "{0} no answer ({1} times)",
            &[time, &times.to_string()],
        )
    } else {
        tr_with(lang, "{} no answer", &[time])
    };
    match number {
        Some(number) => tr_with(lang, "{0}: call {1} again", &[&said, number]),
        None => tr_with(lang, "{}: call again", &[&said]),
    }
}

/// Why another contact is to be called than the one whom the step names first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turned<'a> {
    /// That one did not answer, at this time of day.
    NoAnswer(&'a str),
    /// That one has no number.
    NoNumber,
}

/// Above the name of the contact to call now: why it is not `first`.
pub fn turned(lang: &Lang, first: &str, why: Turned<'_>) -> String {
    match why {
        Turned::NoAnswer(time) => tr_with(lang, "{0} {1}: no answer. Now call", &[time, first]),
        Turned::NoNumber => tr_with(lang, "{}: no number set. Now call", &[first]),
    }
}

/// The same with whom to call now.
pub fn turned_to(lang: &Lang, first: &str, time: &str, to: &str) -> String {
    tr_with(
        lang,
        "{0} {1}: no answer. Now call: {2}",
        &[time, first, to],
    )
}

/// What follows when nobody answers: the role's next number, such as `2/3`.
pub fn next_number(lang: &Lang, place: &str) -> String {
    tr_with(lang, "Next number: {}", &[place])
}

/// The same after a role's last number: whom to call next.
pub fn next_role(lang: &Lang, name: &str) -> String {
    tr_with(lang, "Then call: {}", &[name])
}

/// The same of a line that lives depend on: `number` where it is one that everybody knows.
pub fn same_again(lang: &Lang, number: Option<&str>) -> String {
    match number {
        Some(number) => tr_with(lang, "Then call {} again", &[number]),
        None => tr(lang, "Then call again").to_owned(),
    }
}

/// The same where nobody else is left.
pub fn nobody_further(lang: &Lang) -> &'static str {
    tr(lang, "Last one on the list: call again")
}

/// When a number was last found to be right, where anybody has ever said so.
pub fn confirmed(lang: &Lang, day: Option<NaiveDate>, stale: bool) -> String {
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
pub fn write_to(lang: &Lang, number: &str) -> String {
    tr_with(lang, "Text {}", &[number])
}

/// Numbers that nobody has ever confirmed, with the first one's role, for the banner: everybody
/// may read it, so it shows no number.
pub fn unconfirmed(lang: &Lang, count: usize, first: &str) -> String {
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
pub fn stale(lang: &Lang, count: usize) -> String {
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
