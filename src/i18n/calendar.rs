//! The words of `lobby-kiosk calendar`: what was taken over, and why a file was not.

use chrono::NaiveDate;

use super::{faults, tr, tr_with};
use crate::config::fault::Fault;
use crate::config::settings::edit::{ImportError, Imported};
use crate::config::settings::notice::NoticeFault;
use crate::domain::lang::Lang;

/// What was changed in `kiosk.toml`, a line each.
pub fn imported(lang: &Lang, year: i32, done: &Imported) -> Vec<String> {
    let year = year.to_string();
    let mut lines = Vec::new();
    if done.is_nothing() {
        lines.push(tr_with(
            lang,
            "kiosk.toml has all days of {} already: nothing changed",
            &[&year],
        ));
    } else {
        let counts = [&done.off, &done.worked].map(|days| days.len().to_string());
        lines.push(tr_with(
            lang,
            "{0}: {1} days off and {2} worked weekend days added to kiosk.toml",
            &[&year, &counts[0], &counts[1]],
        ));
    }
    let each = |days: &[NaiveDate], words: &'static str| -> Vec<String> {
        let one = |day: &NaiveDate| tr_with(lang, words, &[&day.to_string()]);
        days.iter().map(one).collect()
    };
    lines.extend(each(
        &done.no_holidays,
        "{}: worked by the notice, so no longer among holidays",
    ));
    lines.extend(each(
        &done.no_workdays,
        "{}: off by the notice, so no longer among workdays",
    ));
    lines.extend(each(
        &done.own,
        "{}: in kiosk.toml and not in the notice; kept, take it out if it is wrong",
    ));
    lines
}

/// Why a file is no year's notice, and what to do.
pub fn notice_fault(lang: &Lang, file: &str, fault: &NoticeFault) -> String {
    let say = |message, args: &[&str]| tr_with(lang, message, args);
    let what = match fault {
        NoticeFault::File(fault) => return faults::fault(lang, fault),
        NoticeFault::Form { line, detail } => say(
            "line {0} is not as holiday-cn writes its files ({1})",
            &[&line.to_string(), detail],
        ),
        NoticeFault::Year { year } => say("{} is no year of such a file", &[&year.to_string()]),
        NoticeFault::Empty { year } => say(
            "it has no days of {} yet: fetch it again once the State Council's notice is out",
            &[&year.to_string()],
        ),
        NoticeFault::TooMany { count } => say(
            "{} days are more than any year's notice has",
            &[&count.to_string()],
        ),
        NoticeFault::BadDate { written } => {
            say("“{}” is no date; write it as 2026-01-01", &[written])
        }
        NoticeFault::OtherYear { date, year } => say(
            "{0} is not a day of {1}",
            &[&date.to_string(), &year.to_string()],
        ),
        NoticeFault::Twice { date } => say("{} stands there twice", &[&date.to_string()]),
        NoticeFault::WorkedAnyway { date } => say(
            "{} is no Saturday or Sunday, and worked without being named",
            &[&date.to_string()],
        ),
        NoticeFault::NoneOff { year } => say(
            "it has no day off in {} from Monday to Friday, as every year has",
            &[&year.to_string()],
        ),
    };
    tr_with(
        lang,
        "{0}: {1}. kiosk.toml was left as it is.",
        &[file, &what],
    )
}

/// Why `kiosk.toml` was left as it is, and what to do.
pub fn import_error(lang: &Lang, error: &ImportError) -> String {
    match error {
        ImportError::Broken(found) => tr_with(
            lang,
            "kiosk.toml is broken, so it was left as it is. Mend it first: {}",
            &[&all(lang, found)],
        ),
        ImportError::Worse(found) => tr_with(
            lang,
            "kiosk.toml was left as it is, for it would be broken: {}",
            &[&all(lang, found)],
        ),
        ImportError::Form => tr(
            lang,
            "kiosk.toml has [complaint] in a form that cannot be changed here. Write the days into the file by hand.",
        )
        .to_owned(),
        ImportError::Unwritable(fault) => faults::fault(lang, fault),
    }
}

/// Faults one after the other.
fn all(lang: &Lang, found: &[Fault]) -> String {
    let words = found.iter().map(|fault| faults::fault(lang, fault));
    words.collect::<Vec<String>>().join(tr(lang, "; "))
}
