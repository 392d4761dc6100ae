//! The words of statistics: headings, what is counted, lengths of time.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::{archive, tr, tr_with};
use crate::domain::lang::Lang;
use crate::domain::statistics::{InTime, Period, Statistics};

/// What the document is called.
pub fn title(lang: &Lang) -> &'static str {
    tr(lang, "Incidents and complaints in numbers")
}

/// The time that was looked at.
pub fn period(lang: &Lang, period: Period) -> String {
    match period {
        Period::All => tr(lang, "All years").to_owned(),
        Period::Year(year) => tr_with(lang, "Year {}", &[&year.to_string()]),
        Period::Quarter(quarter) => {
            let (year, number) = (quarter.year.to_string(), quarter.quarter.to_string());
            tr_with(lang, "Quarter {1} of {0}", &[&year, &number])
        }
        Period::Month(month) => tr_with(lang, "Month {}", &[&month.to_string()]),
    }
}

/// What a table or a chart shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heading {
    /// The most important numbers.
    Overview,
    /// Incidents by their types.
    ByType,
    /// Both by months.
    ByMonth,
    /// Incidents by days of the week.
    ByWeekday,
    /// Incidents by hours of the day.
    ByHour,
    /// How fast incidents were handled.
    Times,
    /// Complaints by what they are about.
    BySubject,
    /// How fast complaints were answered.
    Answers,
}

/// The heading.
pub fn heading(lang: &Lang, of: Heading) -> &'static str {
    match of {
        Heading::Overview => tr(lang, "At a glance"),
        Heading::ByType => tr(lang, "Incidents by type"),
        Heading::ByMonth => tr(lang, "Incidents and complaints by month"),
        Heading::ByWeekday => tr(lang, "Incidents by weekday"),
        Heading::ByHour => tr(lang, "Incidents by hour"),
        Heading::Times => tr(lang, "How fast incidents were handled"),
        Heading::BySubject => tr(lang, "Complaints by subject"),
        Heading::Answers => tr(lang, "How fast complaints were answered"),
    }
}

/// What a column or a row is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// Incidents.
    Incidents,
    /// Of them those still open.
    StillOpen,
    /// Taps taken back.
    Undone,
    /// Complaints.
    Complaints,
    /// A type of incident.
    Type,
    /// A month.
    Month,
    /// A day of the week.
    Weekday,
    /// An hour of the day.
    Hour,
    /// What a complaint is about.
    Subject,
    /// How many.
    Count,
    /// How many of a hundred.
    Share,
    /// From the beginning to something.
    From,
    /// Half of all did not take longer.
    Median,
    /// Nine tenths of all did not take longer.
    Ninetieth,
    /// How many kept the plan's time.
    InTime,
    /// To the first word on a step.
    ToStep,
    /// To the first call that was answered.
    ToReport,
    /// To the close.
    ToClose,
    /// To the answer.
    ToAnswer,
    /// Those that were answered late, or are owed.
    Overdue,
}

/// What it is called.
pub fn named(lang: &Lang, of: Named) -> &'static str {
    match of {
        Named::Incidents => tr(lang, "Incidents"),
        Named::StillOpen => tr(lang, "Still open"),
        Named::Undone => tr(lang, "Tapped by mistake, not counted"),
        Named::Complaints => tr(lang, "Complaints"),
        Named::Type => tr(lang, "Type of incident"),
        Named::Month => tr(lang, "Month"),
        Named::Weekday => tr(lang, "Weekday"),
        Named::Hour => tr(lang, "Hour"),
        Named::Subject => tr(lang, "Subject"),
        Named::Count => tr(lang, "Count"),
        Named::Share => tr(lang, "Share"),
        Named::From => tr(lang, "From the start to"),
        Named::Median => tr(lang, "Median"),
        Named::Ninetieth => tr(lang, "90th percentile"),
        Named::InTime => tr(lang, "Within the plan's time"),
        Named::ToStep => tr(lang, "The first step"),
        Named::ToReport => tr(lang, "The first call answered"),
        Named::ToClose => tr(lang, "The close"),
        Named::ToAnswer => tr(lang, "Receipt to answer"),
        Named::Overdue => tr(lang, "Overdue"),
    }
}

/// How medians are found, and what counts.
pub fn how_counted(lang: &Lang) -> &'static str {
    tr(
        lang,
        "Medians and 90th percentiles are by nearest rank: times that were really taken. Days until an answer are calendar days; 0 is the same day. Complaints put aside are not counted.",
    )
}

/// There is nothing to count.
pub fn nothing(lang: &Lang) -> &'static str {
    tr(lang, "Nothing was recorded in this time.")
}

/// A whole number of days.
pub fn days(lang: &Lang, days: i64) -> String {
    match days {
        1 => tr(lang, "1 day").to_owned(),
        _ => tr_with(lang, "{} days", &[&days.to_string()]),
    }
}

/// A length of time, in its two largest units.
pub fn span(lang: &Lang, ms: i64) -> String {
    let seconds = (ms + 500).max(0) / 1000;
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
    let two = |message, large: i64, small: i64| {
        tr_with(lang, message, &[&large.to_string(), &small.to_string()])
    };
    if days > 1 {
        two("{0} days {1} h", days, hours % 24)
    } else if hours > 0 {
        two("{0} h {1} min", hours, minutes % 60)
    } else if minutes > 0 {
        two("{0} min {1} s", minutes, seconds % 60)
    } else {
        tr_with(lang, "{} s", &[&seconds.to_string()])
    }
}

/// How many kept a time, of how many, and how many of a hundred that is; a dash where nobody had one.
pub fn in_time(lang: &Lang, in_time: InTime) -> String {
    if in_time.of == 0 {
        return "–".to_owned();
    }
    let share = percent(in_time.kept, in_time.of);
    let (kept, of) = (in_time.kept.to_string(), in_time.of.to_string());
    tr_with(lang, "{0} of {1} ({2})", &[&kept, &of, &share])
}

/// A share of a hundred, rounded to a tenth below ten and to a whole number above.
pub fn percent(part: usize, of: usize) -> String {
    let tenths = (part * 2000 + of).checked_div(of * 2).unwrap_or(0);
    if tenths < 100 && !tenths.is_multiple_of(10) {
        format!("{}.{}%", tenths / 10, tenths % 10)
    } else {
        format!("{}%", (tenths + 5) / 10)
    }
}

/// What a chart shows, for whoever cannot see it; its numbers stand in the table beneath.
pub fn chart(lang: &Lang, heading: &str) -> String {
    tr_with(
        lang,
        "Chart: {}. Its numbers are in the table beneath.",
        &[heading],
    )
}

/// The period asked for is none.
pub fn no_month(lang: &Lang, typed: &str) -> String {
    tr_with(
        lang,
        "\"{}\" is no month. Write year and month, such as 2026-11.",
        &[typed],
    )
}

/// The quarter asked for is none.
pub fn no_quarter(lang: &Lang, typed: &str) -> String {
    tr_with(
        lang,
        "\"{}\" is no quarter. Write year and quarter, such as 2026-Q4.",
        &[typed],
    )
}

/// As of when it was counted; and that there was nothing to count.
pub fn as_of(lang: &Lang, counted: &Statistics, at: DateTime<Utc>, zone: Tz) -> String {
    let at = archive::when(at, zone);
    let as_of = tr_with(lang, "As of {}", &[&at]);
    if counted.is_empty() {
        [nothing(lang), &as_of].join(" · ")
    } else {
        as_of
    }
}

/// It was written.
pub fn written(lang: &Lang, file: &str) -> String {
    tr_with(lang, "{} is written.", &[file])
}
