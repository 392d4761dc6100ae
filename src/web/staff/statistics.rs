//! What many incidents and complaints of a time say together.

use axum::body::Body;
use axum::http::Response;
use maud::{Markup, PreEscaped, html};

use super::{STATISTICS, Visit, files, shell};
use crate::domain::statistics::{Length, Month, Period, Quarter};
use crate::i18n::filing as names;
use crate::i18n::pages::Staffing;
use crate::i18n::statistics as words;
use crate::service::filing::{Form, Subject};

/// How many months, quarters and years back one chooses from.
const BACK: [(Length, Staffing, usize); 3] = [
    (Length::Month, Staffing::Months, 12),
    (Length::Quarter, Staffing::Quarters, 8),
    (Length::Year, Staffing::Years, 6),
];

/// The statistics of the time that is asked for; of this year where none is.
pub async fn page(visit: &Visit<'_>) -> Response<Body> {
    let period = period(visit);
    let subject = Subject::Figures(period);
    let made = match files::told(visit, STATISTICS, subject, Form::Page).await {
        Ok(made) => made,
        Err(answer) => return answer,
    };
    let lang = visit.context.lang;
    let asked = names::period(period);
    let at = |file: &str| visit.address(&format!("{STATISTICS}/{file}"), &[("period", &asked)]);
    let told = String::from_utf8_lossy(&made.bytes).into_owned();
    let content = html! {
        (choice(visit, period))
        (files::saving(visit, &at("report.pdf"), &at("report.docx")))
        // The program's own words, escaped where they were put into it.
        div.told { (PreEscaped(told)) }
    };
    shell::page(visit, STATISTICS, Staffing::Statistics.say(lang), &content)
}

/// The same as a file.
pub async fn file(visit: &Visit<'_>, form: Form) -> Response<Body> {
    let subject = Subject::Figures(period(visit));
    files::file(visit, STATISTICS, subject, form).await
}

fn period(visit: &Visit<'_>) -> Period {
    let asked = visit.asked("period");
    asked
        .and_then(|typed| read(&typed))
        .unwrap_or_else(|| now(visit, Length::Year))
}

/// The time of this length that it is now.
fn now(visit: &Visit<'_>, length: Length) -> Period {
    let zone = visit.site.settings().branch.time_zone;
    Period::of(length, visit.site.now().with_timezone(&zone).date_naive())
}

/// A time as `i18n::filing::period` writes it.
fn read(typed: &str) -> Option<Period> {
    if typed == "all" {
        return Some(Period::All);
    }
    if let Some(quarter) = Quarter::read(typed) {
        return Some(Period::Quarter(quarter));
    }
    if let Some(month) = Month::read(typed) {
        return Some(Period::Month(month));
    }
    // The years that the command takes.
    let year = typed
        .parse()
        .ok()
        .filter(|year| (1970..=9998).contains(year));
    year.map(Period::Year)
}

fn choice(visit: &Visit<'_>, chosen: Period) -> Markup {
    let lang = visit.context.lang;
    let back = |length, count| {
        std::iter::successors(Some(now(visit, length)), |one| one.before()).take(count)
    };
    let option = |one: Period| {
        html! { option value=(names::period(one)) selected[one == chosen] { (words::period(lang, one)) } }
    };
    let offered = |one: Period| {
        BACK.iter()
            .any(|(length, _, count)| back(*length, *count).any(|known| known == one))
    };
    html! {
        form.choice method="get" action=(STATISTICS) {
            @if visit.context.chosen { input type="hidden" name="lang" value=(lang.as_str()); }
            div {
                label.over for="period" { (Staffing::Period.say(lang)) }
                select #period name="period" {
                    option value="all" selected[chosen == Period::All] { (Staffing::Everything.say(lang)) }
                    @if chosen != Period::All && !offered(chosen) { (option(chosen)) }
                    @for (length, name, count) in BACK {
                        optgroup label=(name.say(lang)) { @for one in back(length, count) { (option(one)) } }
                    }
                }
            }
            button #show type="submit" { (Staffing::Show.say(lang)) }
        }
    }
}
