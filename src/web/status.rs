//! `/status`: following a complaint up with its receipt.

use axum::http::StatusCode;
use chrono::{DateTime, Duration, Utc};
use maud::{Markup, html};

use super::form::{self, WORDS, Wrong};
use super::home::ways;
use super::outcome::Outcome;
use super::request_context::RequestContext;
use super::site::Site;
use super::throttle::seconds;
use crate::domain::complaint::{Complaint, Exchange};
use crate::domain::receipt::Receipt;
use crate::i18n::pages::{self, Common, Complaining, Following};
use crate::i18n::{desk, holding};
use crate::service::complaints::{ComplaintError, Complaints};

/// So many additions are listed at most.
const ADDED: usize = 10;

/// The question for the number.
pub fn ask(site: &Site, visit: &RequestContext) -> Markup {
    question(site, visit, "", None)
}

fn question(site: &Site, visit: &RequestContext, typed: &str, fault: Option<Following>) -> Markup {
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

/// Seconds after which what the tablet could not do may be tried again.
const AGAIN_IN: i64 = 30;

/// Too many requests wait for the disk already.
pub fn busy(site: &Site, visit: &RequestContext, fields: &[u8]) -> Outcome {
    let page = question(site, visit, &read(fields).number, Some(Following::Busy));
    Outcome::of(StatusCode::SERVICE_UNAVAILABLE, page).later(AGAIN_IN)
}

/// Nothing can be looked up while no journal can be opened.
pub fn closed(site: &Site, visit: &RequestContext) -> Outcome {
    let lang = visit.lang;
    let content = html! {
        p.plain role="alert" { (Following::Closed.say(lang)) }
        (site.danger(visit))
        (ways(site, lang, true))
    };
    let page = site.wrap(visit, "/status", Common::FollowUp.say(lang), content);
    Outcome::of(StatusCode::SERVICE_UNAVAILABLE, page).later(AGAIN_IN)
}

/// Looks a number up, and takes in what is added.
pub async fn look(site: &Site, visit: &RequestContext, fields: &[u8]) -> Outcome {
    let sent = read(fields);
    let refused = |status, fault| {
        let page = question(site, visit, &sent.number, Some(fault));
        Outcome::of(status, page)
    };
    let Some(complaints) = site.complaints() else {
        return closed(site, visit);
    };
    let Some(receipt) = Receipt::read(&sent.number) else {
        return refused(StatusCode::UNPROCESSABLE_ENTITY, Following::Malformed);
    };
    let (guesses, second) = (&site.throttles.guesses, &site.throttles.second_chances);
    let spent = guesses.take(visit.ip, site.now()).err();
    // A number as the tablet gives them out is hardly a guess, and is looked up whatever else
    // came from the same address.
    if let Some(wait) = spent
        && !complaints.is_likely(&receipt)
        && second.take(visit.ip, site.now()).is_err()
    {
        return too_many(refused, wait);
    }
    let found = match complaints.find(&receipt, Some(visit.ip)).await {
        Ok(id) => complaints.complaint(&id),
        Err(error) => Err(error),
    };
    // A wrong number and one whose complaint is gone look the same.
    let is_wrong = match &found {
        Ok(complaint) => complaint.erased.is_some(),
        Err(error) => matches!(error, ComplaintError::Unknown),
    };
    if !is_wrong && spent.is_none() {
        guesses.give_back(visit.ip, site.now());
    }
    match found {
        Ok(complaint) if !is_wrong => match sent.words {
            Some(words) => add(site, visit, &complaints, &complaint, &receipt, &words).await,
            None => {
                let page = standing(site, visit, &complaint, &receipt, None);
                Outcome::of(StatusCode::OK, page)
            }
        },
        Ok(_) | Err(ComplaintError::Unknown) => match spent {
            Some(wait) => too_many(refused, wait),
            None => refused(StatusCode::NOT_FOUND, Following::Unknown),
        },
        Err(ComplaintError::Busy) => {
            refused(StatusCode::SERVICE_UNAVAILABLE, Following::Busy).later(AGAIN_IN)
        }
        Err(error) => {
            site.refused.trouble(&error);
            trouble(site, visit)
        }
    }
}

fn too_many(refused: impl Fn(StatusCode, Following) -> Outcome, wait: Duration) -> Outcome {
    refused(StatusCode::TOO_MANY_REQUESTS, Following::Throttled).later(seconds(wait))
}

fn trouble(site: &Site, visit: &RequestContext) -> Outcome {
    let page = site.sorry(visit, "/status", Common::Trouble, Common::TroubleLead);
    Outcome::of(StatusCode::SERVICE_UNAVAILABLE, page).later(AGAIN_IN)
}

/// Takes in what is added to a complaint, or gives it back with why not.
async fn add(
    site: &Site,
    visit: &RequestContext,
    complaints: &Complaints,
    complaint: &Complaint,
    receipt: &Receipt,
    words: &str,
) -> Outcome {
    let back = |status, why| {
        let kept = AdditionOutcome::Not(words, why);
        Outcome::of(
            status,
            standing(site, visit, complaint, receipt, Some(kept)),
        )
    };
    if let Some(wrong) = form::words(words) {
        let why = match wrong {
            Wrong::Long => Complaining::TooLong.say(visit.lang),
            Wrong::Unreadable => Complaining::Unreadable.say(visit.lang),
            Wrong::Short | Wrong::Missing => Complaining::TooShort.say(visit.lang),
        };
        return back(StatusCode::UNPROCESSABLE_ENTITY, why.to_owned());
    }
    if !site.room.is_left() {
        let why = Complaining::Closed.say(visit.lang).to_owned();
        return back(StatusCode::SERVICE_UNAVAILABLE, why).later(AGAIN_IN);
    }
    let limit = &site.throttles.additions;
    if let Err(wait) = limit.take(visit.ip, site.now()) {
        let why = pages::too_many(visit.lang, wait);
        return back(StatusCode::TOO_MANY_REQUESTS, why).later(seconds(wait));
    }
    let added = complaints.add(&complaint.id, words, site.now()).await;
    if added.is_err() {
        limit.give_back(visit.ip, site.now());
    }
    match added.and_then(|()| complaints.complaint(&complaint.id)) {
        Ok(complaint) => {
            let page = standing(
                site,
                visit,
                &complaint,
                receipt,
                Some(AdditionOutcome::Added),
            );
            Outcome::of(StatusCode::OK, page)
        }
        Err(ComplaintError::Unknown) => {
            let page = question(site, visit, &receipt.grouped(), Some(Following::Unknown));
            Outcome::of(StatusCode::NOT_FOUND, page)
        }
        Err(ComplaintError::Full) => {
            let kept = AdditionOutcome::Full(words);
            let page = standing(site, visit, complaint, receipt, Some(kept));
            Outcome::of(StatusCode::UNPROCESSABLE_ENTITY, page)
        }
        Err(error) => {
            site.refused.trouble(&error);
            let why = Common::TroubleLead.say(visit.lang).to_owned();
            back(StatusCode::SERVICE_UNAVAILABLE, why).later(AGAIN_IN)
        }
    }
}

/// The replies, and when something was added last: whoever adds a hundred times needs no hundred
/// lines.
fn told(complaint: &Complaint) -> impl Iterator<Item = &(DateTime<Utc>, Exchange)> {
    let said = &complaint.said;
    let is_added = |one: &&(DateTime<Utc>, Exchange)| matches!(one.1, Exchange::Added(_));
    let old = said.iter().filter(is_added).count().saturating_sub(ADDED);
    let mut added = 0;
    said.iter().filter(move |one| {
        added += usize::from(is_added(one));
        !is_added(one) || added > old
    })
}

/// What became of what was added.
enum AdditionOutcome<'a> {
    /// It is recorded.
    Added,
    /// It is not, for this reason, and stands in its field again.
    Not(&'a str, String),
    /// It is not: the complaint holds no more.
    Full(&'a str),
}

fn standing(
    site: &Site,
    visit: &RequestContext,
    complaint: &Complaint,
    receipt: &Receipt,
    kept: Option<AdditionOutcome<'_>>,
) -> Markup {
    let lang = visit.lang;
    let (text, fault) = match &kept {
        Some(AdditionOutcome::Not(text, why)) => (*text, Some(why.as_str())),
        Some(AdditionOutcome::Full(text)) => (*text, Some(Following::Full.say(lang))),
        _ => ("", None),
    };
    let content = html! {
        @if matches!(kept, Some(AdditionOutcome::Added)) { p.over-now role="status" { (Following::Added.say(lang)) } }
        dl {
            dt { (Following::Standing.say(lang)) }
            dd.place #stage { (desk::stage(lang, complaint)) }
            @if let Some(promise) = complaint.promise.filter(|_| complaint.aside.is_none() && complaint.closed.is_none()) {
                @if complaint.accepted.is_none() { dd { (pages::accepted_by(lang, promise.accept_by.day())) } }
                @if complaint.answered.is_none() { dd { (pages::answered_by(lang, promise.answer_by.day())) } }
            }
            dt { (Following::About.say(lang)) }
            dd { (desk::about(lang, complaint.about)) }
        }
        p { (pages::received_at(lang, &site.day_and_time(complaint.received))) }
        @if complaint.aside.is_some() { p #aside { (Following::Aside.say(lang)) } }
        @for one in &complaint.extensions {
            p.extended {
                @for line in holding::extension(lang, one.accept, one.answer).lines() { (line) br; }
                (pages::because(lang, one.reason.words.in_lang(lang)))
            }
        }
        h2 { (Following::Replies.say(lang)) }
        @if complaint.said.is_empty() { p { (Following::NoReply.say(lang)) } }
        ul.numbers {
            @for (at, said) in told(complaint) {
                li {
                    small {
                        (pages::replied_at(lang, &site.day_and_time(*at)))
                        @if matches!(said, Exchange::Interim(_)) { " · " (Following::Interim.say(lang)) }
                    }
                    @match said {
                        Exchange::Added(_) => (Following::YouAdded.say(lang)),
                        Exchange::Interim(words) | Exchange::Replied(words) | Exchange::Closed(words) => strong { (words.in_lang(lang)) },
                    }
                }
            }
        }
        h2 { (Following::Add.say(lang)) }
        form method="post" action=(visit.href("/status")) accept-charset="utf-8" novalidate {
            input type="hidden" name="number" value=(receipt.grouped());
            label.over for="words" { (Following::Add.say(lang)) }
            p.hint #words-hint { (Following::AddHint.say(lang)) }
            @if let Some(fault) = fault { p.fault #words-fault role="alert" { (fault) } }
            @if matches!(kept, Some(AdditionOutcome::Full(_))) { (ways(site, lang, true)) }
            textarea #words name="words" rows="5" maxlength=(WORDS.end())
                aria-invalid=[fault.map(|_| "true")]
                aria-describedby=(if fault.is_some() { "words-hint words-fault" } else { "words-hint" }) { "\n" (text) }
            p { button type="submit" { (Following::Send.say(lang)) } }
        }
        p { a.next href=(visit.href("/status")) { (Following::Other.say(lang)) } }
    };
    site.wrap(visit, "/status", Common::FollowUp.say(lang), content)
}
