//! The words of what moves promised days, and of holding a complaint.

use chrono::NaiveDate;

use super::{tr, tr_with};
use crate::domain::complaint::{Extension, Until, Why};
use crate::domain::incident::Reason;
use crate::domain::lang::Lang;
use crate::domain::plan::Text;

/// A number of working days.
pub fn working_days(lang: &Lang, days: u32) -> String {
    tr_with(lang, "{} working days", &[&days.to_string()])
}

/// Moves the promised days.
pub fn extend(lang: &Lang) -> &'static str {
    tr(lang, "Extend")
}

/// Holds the complaint.
pub fn hold(lang: &Lang) -> &'static str {
    tr(lang, "Hold it")
}

/// Ends the hold.
pub fn release(lang: &Lang) -> &'static str {
    tr(lang, "End the hold")
}

/// What holding does.
pub fn what_holding_does(lang: &Lang) -> &'static str {
    tr(
        lang,
        "While it is on hold nothing of it is erased: not by time, and not on request.",
    )
}

/// What ending the hold does, where settled complaints are kept for so many years or for good.
pub fn what_releasing_does(lang: &Lang, years: Option<u32>) -> String {
    match years {
        Some(years) => tr_with(
            lang,
            "From then on it is kept as any other: until {} years after it is settled. It can be erased on request.",
            &[&years.to_string()],
        ),
        None => tr(
            lang,
            "From then on it is kept as any other: with no time set for keeping, it is not erased by itself. It can be erased on request.",
        )
        .to_owned(),
    }
}

/// The promised days, as they are and as they would be.
pub fn extension(
    lang: &Lang,
    accept: Option<(Until, Until)>,
    answer: Option<(Until, Until)>,
) -> String {
    let line = |message, change: Option<(Until, Until)>| {
        let (from, to) = change?;
        let (from, to) = (from.day().to_string(), to.day().to_string());
        Some(tr_with(lang, message, &[&from, &to]))
    };
    let lines = [
        line("Decision on acceptance: extended from {0} to {1}", accept),
        line("Answer: extended from {0} to {1}", answer),
    ];
    lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// An extension with its reason.
pub fn extended(lang: &Lang, one: &Extension) -> String {
    let moved = extension(lang, one.accept, one.answer);
    [&moved, "\n", one.reason.words.in_lang(lang)].concat()
}

/// The days that were promised.
pub fn promised(lang: &Lang, accept: NaiveDate, answer: NaiveDate) -> String {
    let (accept, answer) = (accept.to_string(), answer.to_string());
    tr_with(lang, "Decide by {0}, answer by {1}", &[&accept, &answer])
}

/// Since when it must be kept, and why.
pub fn held_since(lang: &Lang, since: &str, why: &str) -> String {
    tr_with(lang, "On hold since {0}: {1}", &[since, why])
}

/// A reason's words.
pub fn why(lang: &Lang, why: Why) -> &'static str {
    tr(
        lang,
        match why {
            Why::Inquiry => "More facts are needed",
            Why::Department => "Another department is asked",
            Why::Agreed => "Agreed with the customer",
            Why::Holidays => "Working days changed",
            Why::Clock => "The tablet's date was wrong",
            Why::Lawsuit => "Lawsuit or arbitration",
            Why::Regulator => "Regulator's inquiry",
            Why::Police => "Police inquiry",
            Why::Audit => "Internal inquiry",
            Why::Other => "Another obligation",
            Why::Ended => "The matter has ended",
            Why::Lifted => "Whoever asked for the hold agrees",
            Why::Mistake => "Held by mistake",
        },
    )
}

/// A reason as the journal keeps it, in each of `languages`.
pub fn reason(one: Why, languages: &[Lang]) -> Reason {
    let words = languages.iter().map(|lang| (lang.clone(), why(lang, one)));
    Reason {
        id: one.id().to_owned(),
        words: Text::new(words),
    }
}
