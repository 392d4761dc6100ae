//! `/complaint`: the form that was sent, and the answer with its receipt.

use axum::http::StatusCode;
use maud::{Markup, html};

use super::complaint_form::{Back, asks_who, show};
use super::form::Form;
use super::home::ways;
use super::outcome::Outcome;
use super::request_context::RequestContext;
use super::site::Site;
use super::throttle::seconds;
use crate::domain::complaint::About;
use crate::i18n::pages::{self, Common, Complaining};
use crate::service::complaints::{ComplaintError, ComplaintText, Taken};

/// An empty form; without complaints, who else takes them.
pub fn form(site: &Site, visit: &RequestContext) -> Outcome {
    if site.complaints().is_none() {
        return refused(closed(site, visit));
    }
    let form = Form {
        token: site.new_token(),
        ..Form::default()
    };
    Outcome::of(StatusCode::OK, show(site, visit, &form, &[], None))
}

/// Seconds after which what the tablet could not do may be tried again.
const AGAIN_IN: i64 = 60;

fn refused(page: Markup) -> Outcome {
    Outcome::of(StatusCode::SERVICE_UNAVAILABLE, page).later(AGAIN_IN)
}

/// Reads a form that was sent.
pub fn read(site: &Site, visit: &RequestContext, fields: &[u8]) -> Form {
    let mut form = Form::read(form_urlencoded::parse(fields));
    if !asks_who(site, visit) {
        // They were not asked for; whoever sends them all the same is not listened in on twice.
        form.name.clear();
        form.contact.clear();
    }
    form
}

/// Gives a form back as it came, since the tablet cannot do anything about it just now.
pub fn give_back(site: &Site, visit: &RequestContext, form: &Form, why: Back) -> Outcome {
    refused(show(site, visit, form, &[], Some(why)))
}

/// Takes a form in, or gives it back with everything kept and each fault beside its field.
pub async fn send(site: &Site, visit: &RequestContext, mut form: Form) -> Outcome {
    let now = site.now();
    let Some(complaints) = site.complaints() else {
        return give_back(site, visit, &form, Back::Closed);
    };
    let about = form.about.unwrap_or(About::Other);
    let words = words_of(&form);
    let used = match complaints.taken_with(&form.token, about, &words) {
        Ok(Some(taken)) => return Outcome::of(StatusCode::OK, answer(site, visit, &taken)),
        Ok(None) => false,
        // What was sent with it is erased: whether this is the same, only its writer knows.
        Err(ComplaintError::Unknown) => true,
        Err(error) => {
            site.refused.trouble(&error);
            return give_back(site, visit, &form, Back::Trouble);
        }
    };
    let faults = form.faults();
    let stale = used || !complaints.is_form_token(&form.token, now) || form.trapped;
    if stale || !faults.is_empty() {
        if stale {
            form.token = site.new_token();
        }
        let page = show(site, visit, &form, &faults, stale.then_some(Back::Reopened));
        return Outcome::of(StatusCode::UNPROCESSABLE_ENTITY, page);
    }
    if !site.room.is_left() {
        return give_back(site, visit, &form, Back::Closed);
    }
    let limit = &site.throttles.complaints;
    if let Err(wait) = limit.take(visit.ip, now) {
        let page = show(site, visit, &form, &faults, Some(Back::TooMany(wait)));
        return Outcome::of(StatusCode::TOO_MANY_REQUESTS, page).later(seconds(wait));
    }
    let taken = complaints
        .receive(&form.token, about, visit.lang, &words, now)
        .await;
    if !matches!(taken, Ok(Taken { again: false, .. })) {
        limit.give_back(visit.ip, now);
    }
    match taken {
        Ok(taken) => Outcome::of(StatusCode::OK, answer(site, visit, &taken)),
        Err(error) => {
            site.refused.trouble(&error);
            give_back(site, visit, &form, Back::Trouble)
        }
    }
}

fn words_of(form: &Form) -> ComplaintText {
    let form = form.clone();
    ComplaintText {
        what: form.what,
        when: form.when,
        whom: form.whom,
        wish: form.wish,
        name: form.name,
        contact: form.contact,
        sensitive: form.sensitive,
    }
}

/// A page in place of the form.
fn closed(site: &Site, visit: &RequestContext) -> Markup {
    let lang = visit.lang;
    let content = html! {
        p.plain role="alert" { strong { (Complaining::Closed.say(lang)) } " " (Complaining::NoFormLead.say(lang)) }
        (site.danger(visit))
        (ways(site, lang, true))
    };
    site.wrap(visit, "/complaint", Common::Complain.say(lang), content)
}

fn answer(site: &Site, visit: &RequestContext, taken: &Taken) -> Markup {
    let lang = visit.lang;
    let title = if taken.again {
        Complaining::Already
    } else {
        Complaining::Received
    };
    let address = format!("{}/status", visit.base);
    let content = html! {
        p { (Complaining::Receipt.say(lang)) }
        p.receipt #receipt { (taken.receipt.grouped()) }
        p.plain { strong { (Complaining::Keep.say(lang)) } }
        @if taken.again { p { (Complaining::AlreadyLead.say(lang)) } }
        @if let Some(promise) = &taken.promise {
            p #promise { (pages::accepted_by(lang, promise.accept_by.day())) br; (pages::answered_by(lang, promise.answer_by.day())) }
        }
        h2 { (Complaining::FollowAt.say(lang)) }
        p { a.next href=(visit.href("/status")) { (address) } }
        (site.codes.show(&address, Complaining::FollowCode.say(lang)))
    };
    site.wrap(visit, "/complaint", title.say(lang), content)
}
