//! The complaint ledger: what the journal knows of each, and nothing of what its customer wrote.

use axum::body::Body;
use axum::http::Response;
use chrono::{DateTime, TimeDelta, Utc};
use maud::{Markup, html};

use super::{COMPLAINTS, PAGE, Visit, shell};
use crate::domain::complaint::{Complaint, Promise};
use crate::i18n::pages::{Staffing, staff as words};
use crate::i18n::records::RecordWords;
use crate::service::records::Records;
use crate::service::wording::{SheetColumn, Wording};

const COLUMNS: [SheetColumn; 8] = [
    SheetColumn::Complaint,
    SheetColumn::Received,
    SheetColumn::Subject,
    SheetColumn::Stage,
    SheetColumn::AnswerBy,
    SheetColumn::Answered,
    SheetColumn::Settled,
    SheetColumn::Department,
];

/// A page of it, the newest first.
pub async fn page(visit: &Visit<'_>) -> Response<Body> {
    let (data, first) = (visit.pages.data.clone(), visit.first());
    let read = move || {
        let mut all = Records::open(&data)?.complaints()?;
        let count = all.len();
        let shown = all.drain(first.min(count)..(first + PAGE).min(count));
        Ok((shown.collect::<Vec<_>>(), count))
    };
    let (shown, count) = match shell::apart(visit, read).await {
        Some(Ok(found)) => found,
        Some(Err(why)) => return shell::failed(visit, COMPLAINTS, Some(&why)),
        None => return shell::failed(visit, COMPLAINTS, None),
    };
    let lang = visit.context.lang;
    let content = html! {
        p.hint { (Staffing::Sealed.say(lang)) }
        @if shown.is_empty() {
            p #count { (Staffing::NoComplaints.say(lang)) }
        } @else {
            p #count { (words::complaints(lang, first, shown.len(), count)) }
            (table(visit, &shown))
        }
        (shell::turning(visit, COMPLAINTS, &[], (first, count)))
    };
    shell::page(visit, COMPLAINTS, Staffing::Complaints.say(lang), &content)
}

fn table(visit: &Visit<'_>, complaints: &[Complaint]) -> Markup {
    let words = RecordWords {
        lang: visit.context.lang,
    };
    html! {
        table #complaints {
            thead { tr { @for column in COLUMNS { th scope="col" { (words.column(column)) } } } }
            tbody {
                @for one in complaints {
                    tr { @for column in COLUMNS { td { (cell(visit, one, column, &words)) } } }
                }
            }
        }
    }
}

fn cell(
    visit: &Visit<'_>,
    one: &Complaint,
    column: SheetColumn,
    words: &RecordWords<'_>,
) -> String {
    let moment =
        |at: Option<DateTime<Utc>>| at.map_or_else(String::new, |at| visit.site.day_and_time(at));
    // The last moment of the promised day, so that it is that day which stands there.
    let by = |promise: Promise| promise.answer_by.over() - TimeDelta::seconds(1);
    match column {
        SheetColumn::Complaint => one.id.to_string(),
        SheetColumn::Received => moment(Some(one.received)),
        SheetColumn::Subject => words.subject(one.about).to_owned(),
        SheetColumn::Stage => words.stage(one).to_owned(),
        SheetColumn::AnswerBy => moment(one.promise.map(by)),
        SheetColumn::Answered => moment(one.answered),
        SheetColumn::Settled => moment(one.closed),
        SheetColumn::Department => {
            let department = one.department.as_ref();
            department.map_or_else(String::new, |name| words.text(name).to_owned())
        }
        _ => String::new(),
    }
}
