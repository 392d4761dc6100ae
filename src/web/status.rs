//! `/status`: following a complaint up with its receipt.

use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use maud::{Markup, html};

use super::site::Site;
use super::visit::Visit;
use crate::domain::complaint::{Complaint, Said};
use crate::domain::form::{self, WORDS, Wrong};
use crate::domain::receipt::Receipt;
use crate::i18n::desk;
use crate::i18n::pages::{self, Common, Complaining, Following};
use crate::service::complaints::ComplaintError;

/// So many additions are listed at most.
const ADDED: usize = 10;

/// The question for the number.
pub fn ask(site: &Site, visit: &Visit) -> Markup {
    question(site, visit, "", None)
}

fn question(site: &Site, visit: &Visit, typed: &str, fault: Option<Following>) -> Markup {
    let lang = visit.lang;
    let content = html! {
        form method="post" action=(visit.href("/status")) accept-charset="utf-8" novalidate {
            label.over for="number" { (Following::Number.say(lang)) }
            p.hint #number-hint { (Following::NumberHint.say(lang)) }
            @if let Some(fault) = fault { p.fault #number-fault role="alert" { (fault.say(lang)) } }
            input #number type="text" name="number" value=(typed) inputmode="numeric" autocomplete="off" maxlength="40"
                aria-invalid=[fault.map(|_| "true")]
                aria-describedby=(if fault.is_some() { "number-hint number-fault" } else { "number-hint" });
            p { button type="submit" { (Following::Look.say(lang)) } }
        }
    };
    site.wrap(visit, "/status", Common::FollowUp.say(lang), content)
}

/// What came with one of the two forms.
struct Sent {
    number: String,
    words: Option<String>,
}

fn read(fields: &[u8]) -> Sent {
    let mut sent = Sent {
        number: String::new(),
        words: None,
    };
    for (name, value) in form_urlencoded::parse(fields) {
        match name.as_ref() {
            "number" if sent.number.is_empty() => {
                sent.number = form::tidy_line(&value).chars().take(60).collect();
            }
            "words" if sent.words.is_none() => sent.words = Some(form::tidy(&value)),
            _ => {}
        }
    }
    sent
}

/// Looks a number up, and takes in what is added.
pub async fn look(site: &Site, visit: &Visit, fields: &[u8]) -> (StatusCode, Markup) {
    let sent = read(fields);
    let refused = |status, fault| (status, question(site, visit, &sent.number, Some(fault)));
    let Some(receipt) = Receipt::read(&sent.number) else {
        return refused(StatusCode::UNPROCESSABLE_ENTITY, Following::Malformed);
    };
    if !site.guesses.may_try(visit.ip, site.now()) {
        return refused(StatusCode::TOO_MANY_REQUESTS, Following::Throttled);
    }
    let found = match site.complaints.find(&receipt).await {
        Ok(id) => site.complaints.complaint(&id),
        Err(error) => Err(error),
    };
    // A wrong number and one whose complaint is gone look the same.
    let complaint = match found {
        Ok(complaint) if complaint.erased.is_none() => complaint,
        Ok(_) | Err(ComplaintError::Unknown) => {
            site.guesses.wrong(visit.ip, site.now());
            return refused(StatusCode::NOT_FOUND, Following::Unknown);
        }
        Err(ComplaintError::Busy) => {
            return refused(StatusCode::SERVICE_UNAVAILABLE, Following::Busy);
        }
        Err(_) => {
            let page = site.trouble(visit, "/status");
            return (StatusCode::SERVICE_UNAVAILABLE, page);
        }
    };
    let Some(words) = sent.words else {
        let page = standing(site, visit, &complaint, &receipt, None);
        return (StatusCode::OK, page);
    };
    if let Some(wrong) = form::words(&words) {
        let kept = Kept::Wrong(&words, wrong);
        let page = standing(site, visit, &complaint, &receipt, Some(kept));
        return (StatusCode::UNPROCESSABLE_ENTITY, page);
    }
    let added = site.complaints.add(&complaint.id, &words, site.now()).await;
    match added.and_then(|()| site.complaints.complaint(&complaint.id)) {
        Ok(complaint) => {
            let page = standing(site, visit, &complaint, &receipt, Some(Kept::Added));
            (StatusCode::OK, page)
        }
        Err(ComplaintError::Unknown) => refused(StatusCode::NOT_FOUND, Following::Unknown),
        Err(_) => {
            let page = site.trouble(visit, "/status");
            (StatusCode::SERVICE_UNAVAILABLE, page)
        }
    }
}

/// The replies, and when something was added last: whoever adds a hundred times needs no hundred
/// lines.
fn told(complaint: &Complaint) -> impl Iterator<Item = &(DateTime<Utc>, Said)> {
    let said = &complaint.said;
    let is_added = |one: &&(DateTime<Utc>, Said)| matches!(one.1, Said::Added(_));
    let old = said.iter().filter(is_added).count().saturating_sub(ADDED);
    let mut added = 0;
    said.iter().filter(move |one| {
        added += usize::from(is_added(one));
        !is_added(one) || added > old
    })
}

/// What became of what was added.
enum Kept<'a> {
    /// It is recorded.
    Added,
    /// It is not, and stands in its field again.
    Wrong(&'a str, Wrong),
}

fn standing(
    site: &Site,
    visit: &Visit,
    complaint: &Complaint,
    receipt: &Receipt,
    kept: Option<Kept<'_>>,
) -> Markup {
    let lang = visit.lang;
    let (text, fault) = match &kept {
        Some(Kept::Wrong(text, wrong)) => (
            *text,
            Some(match wrong {
                Wrong::Long => Complaining::TooLong,
                Wrong::Unreadable => Complaining::Unreadable,
                Wrong::Short | Wrong::Missing => Complaining::TooShort,
            }),
        ),
        _ => ("", None),
    };
    let (accept, answer) = site.deadlines(complaint.received);
    let content = html! {
        @if matches!(kept, Some(Kept::Added)) { p.over-now role="status" { (Following::Added.say(lang)) } }
        dl {
            dt { (Following::Standing.say(lang)) }
            dd.place #stage { (desk::stage(lang, complaint.stage)) }
            dt { (Following::About.say(lang)) }
            dd { (desk::about(lang, complaint.about)) }
        }
        p { (pages::received_at(lang, &site.day_and_time(complaint.received))) }
        @if complaint.closed.is_none() {
            @if complaint.accepted.is_none() { p { (pages::accepted_by(lang, accept)) } }
            @if complaint.answered.is_none() { p { (pages::answered_by(lang, answer)) } }
        }
        h2 { (Following::Replies.say(lang)) }
        @if complaint.said.is_empty() { p { (Following::NoReply.say(lang)) } }
        ul.numbers {
            @for (at, said) in told(complaint) {
                li {
                    small { (pages::replied_at(lang, &site.day_and_time(*at))) }
                    @match said {
                        Said::Added(_) => (Following::YouAdded.say(lang)),
                        Said::Replied(words) | Said::Closed(words) => strong { (words.in_lang(lang)) },
                    }
                }
            }
        }
        h2 { (Following::Add.say(lang)) }
        form method="post" action=(visit.href("/status")) accept-charset="utf-8" novalidate {
            input type="hidden" name="number" value=(receipt.grouped());
            label.over for="words" { (Following::Add.say(lang)) }
            p.hint #words-hint { (Following::AddHint.say(lang)) }
            @if let Some(fault) = fault { p.fault #words-fault role="alert" { (fault.say(lang)) } }
            textarea #words name="words" rows="5" maxlength=(WORDS.end())
                aria-invalid=[fault.map(|_| "true")]
                aria-describedby=(if fault.is_some() { "words-hint words-fault" } else { "words-hint" }) { "\n" (text) }
            p { button type="submit" { (Following::Send.say(lang)) } }
        }
        p { a href=(visit.href("/status")) { (Following::Other.say(lang)) } }
    };
    site.wrap(visit, "/status", Common::FollowUp.say(lang), content)
}
