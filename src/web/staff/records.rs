//! The incidents, a page of them at a time, and the report of one.

use axum::body::Body;
use axum::http::Response;
use chrono::Datelike;
use maud::{Markup, PreEscaped, html};

use super::{PAGE, RECORDS, Visit, files, shell};
use crate::domain::ids::IncidentId;
use crate::domain::statistics::{Month, Period};
use crate::domain::summary::Summary;
use crate::i18n::archive;
use crate::i18n::pages::Staffing;
use crate::i18n::statistics as times;
use crate::service::filing::{Form, Subject};
use crate::service::records::{IncidentFilter, Records};

/// How many months back one chooses from.
const MONTHS: usize = 36;

/// The list, as far as it is asked for.
pub async fn list(visit: &Visit<'_>) -> Response<Body> {
    let zone = visit.site.settings().branch.time_zone;
    let type_id = visit.asked("type").filter(|id| !id.is_empty());
    let month = visit.asked("month").and_then(|typed| Month::read(&typed));
    let filter = IncidentFilter {
        type_id: type_id.clone(),
        began: month.map(|month| Period::Month(month).range(&zone)),
        ..IncidentFilter::default()
    };
    let (data, first) = (visit.pages.data.clone(), visit.first());
    let read = move || Records::open(&data)?.page(&filter, first, PAGE);
    let found = match shell::apart(visit, read).await {
        Some(Ok(found)) => found,
        Some(Err(why)) => return shell::failed(visit, RECORDS, Some(&why)),
        None => return shell::failed(visit, RECORDS, None),
    };
    let lang = visit.context.lang;
    let chosen = month.map(|month| month.to_string()).unwrap_or_default();
    let type_id = type_id.unwrap_or_default();
    let query = [("type", type_id.as_str()), ("month", chosen.as_str())];
    let content = html! {
        (choice(visit, &type_id, &chosen))
        p #count role="status" { (archive::count(lang, found.first, found.incidents.len(), found.all)) }
        @if found.incidents.is_empty() {
            p { (Staffing::NoRecords.say(lang)) }
        } @else {
            (table(visit, &found.incidents))
        }
        (shell::turning(visit, RECORDS, &query, (found.first, found.all)))
    };
    shell::page(visit, RECORDS, Staffing::Records.say(lang), &content)
}

/// Which of them, by type and month.
fn choice(visit: &Visit<'_>, type_id: &str, month: &str) -> Markup {
    let lang = visit.context.lang;
    let plan = visit.site.plan();
    let zone = visit.site.settings().branch.time_zone;
    let today = visit.site.now().with_timezone(&zone).date_naive();
    let this = Month::of(today.with_day(1).unwrap_or(today));
    let months = std::iter::successors(Some(this), |month| month.before()).take(MONTHS);
    html! {
        form.choice method="get" action=(RECORDS) role="search" aria-label=(Staffing::Which.say(lang)) {
            @if visit.context.chosen { input type="hidden" name="lang" value=(lang.as_str()); }
            div {
                label.over for="type" { (Staffing::Type.say(lang)) }
                select #type name="type" {
                    option value="" { (Staffing::AllTypes.say(lang)) }
                    @for kind in &plan.incidents {
                        option value=(kind.id) selected[kind.id == type_id] { (kind.name.in_lang(lang)) }
                    }
                }
            }
            div {
                label.over for="month" { (Staffing::Month.say(lang)) }
                select #month name="month" {
                    option value="" { (Staffing::AllMonths.say(lang)) }
                    @for one in months {
                        @let written = one.to_string();
                        option value=(written) selected[written == month] { (times::period(lang, Period::Month(one))) }
                    }
                }
            }
            button #show type="submit" { (Staffing::Show.say(lang)) }
        }
    }
}

fn table(visit: &Visit<'_>, incidents: &[Summary]) -> Markup {
    let lang = visit.context.lang;
    html! {
        table #records {
            thead {
                tr {
                    th scope="col" { (Staffing::Started.say(lang)) }
                    th scope="col" { (Staffing::Type.say(lang)) }
                    th scope="col" { (Staffing::Standing.say(lang)) }
                }
            }
            tbody {
                @for one in incidents {
                    tr {
                        td { (visit.site.day_and_time(one.started)) }
                        td { a href=(visit.context.href(&path(&one.id))) { (one.name.in_lang(lang)) } }
                        td { (archive::standing(lang, one)) }
                    }
                }
            }
        }
    }
}

fn path(id: &IncidentId) -> String {
    format!("{RECORDS}/{id}")
}

/// One incident: its whole report.
pub async fn one(visit: &Visit<'_>, id: IncidentId) -> Response<Body> {
    let subject = Subject::Incident(id.clone());
    let made = match files::told(visit, RECORDS, subject, Form::Page).await {
        Ok(made) => made,
        Err(answer) => return answer,
    };
    let (lang, path) = (visit.context.lang, path(&id));
    let at = |file: &str| visit.context.href(&format!("{path}/{file}"));
    let told = String::from_utf8_lossy(&made.bytes).into_owned();
    let content = html! {
        p { a.next #back href=(visit.context.href(RECORDS)) { (Staffing::BackToRecords.say(lang)) } }
        (files::saving(visit, &at("report.pdf"), &at("report.docx")))
        p.hint { (Staffing::SealedNotes.say(lang)) }
        // The program's own words, escaped where they were put into it.
        div.told { (PreEscaped(told)) }
    };
    shell::page(visit, RECORDS, &made.words, &content)
}

/// The report of one as a file.
pub async fn file(visit: &Visit<'_>, id: IncidentId, form: Form) -> Response<Body> {
    files::file(visit, RECORDS, Subject::Incident(id), form).await
}
