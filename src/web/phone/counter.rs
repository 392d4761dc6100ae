//! A complaint that somebody tells at the counter or has on paper: a member of staff enters it, and it is
//! one like any other, with a receipt to take along.

use axum::http::StatusCode;
use maud::{Markup, html};

use super::Visit;
use super::note::{AGAIN_IN, Form as Known, known};
use crate::domain::complaint::About;
use crate::domain::lang::Lang;
use crate::i18n::desk;
use crate::i18n::pages::{self, Common, Complaining, Phoning};
use crate::service::complaints::{ComplaintText, Taken};
use crate::web::complaint_form::{asks_who, words as because};
use crate::web::form::{Field, Form, LINE, WORDS, Wrong};
use crate::web::outcome::Outcome;
use crate::web::throttle;

/// The empty form.
pub fn page(visit: &Visit<'_>) -> Markup {
    let form = Form {
        token: visit.site.new_token(),
        ..Form::default()
    };
    show(visit, &form, &Known::empty(), None)
}

/// Takes the complaint in, in the name of whoever holds the phone.
pub async fn send(visit: &Visit<'_>, fields: &[u8], known: &Known) -> Outcome {
    let site = visit.site;
    let form = read(visit, fields);
    let now = site.now();
    let lang = visit.context.lang;
    if let Some((field, wrong)) = fault(&form) {
        let why = because(field, wrong).say(lang);
        let page = show(visit, &form, known, Some(why));
        return Outcome::of(StatusCode::UNPROCESSABLE_ENTITY, page);
    }
    if let Err(wait) = site.throttles.additions.take(visit.context.ip, now) {
        return self::wait(visit, fields, known, throttle::seconds(wait));
    }
    let later = || {
        let page = show(
            visit,
            &form,
            known,
            Some(Phoning::NotRecordedLead.say(lang)),
        );
        Outcome::of(StatusCode::SERVICE_UNAVAILABLE, page).later(AGAIN_IN)
    };
    let Some(complaints) = site.complaints().filter(|_| site.room.is_left()) else {
        return later();
    };
    if !complaints.is_form_token(&form.token, now) {
        let form = Form {
            token: site.new_token(),
            ..form
        };
        let page = show(visit, &form, known, Some(Complaining::Reopened.say(lang)));
        return Outcome::of(StatusCode::UNPROCESSABLE_ENTITY, page);
    }
    let words = ComplaintText {
        what: form.what.clone(),
        when: form.when.clone(),
        whom: form.whom.clone(),
        wish: form.wish.clone(),
        name: form.name.clone(),
        contact: form.contact.clone(),
        sensitive: false,
    };
    let about = form.about.unwrap_or(About::Other);
    let taken = complaints
        .receive_from(&visit.link().actor, &form.token, (about, lang, &words), now)
        .await;
    match taken {
        Ok(taken) => Outcome::of(StatusCode::OK, receipt(visit, &taken)),
        Err(error) => {
            site.refused.trouble(&error);
            later()
        }
    }
}

/// What was typed, given back with the word that it can be sent again in so many seconds.
pub fn wait(visit: &Visit<'_>, fields: &[u8], known: &Known, again_in: i64) -> Outcome {
    let said = Phoning::Wait.say(visit.context.lang);
    let page = show(visit, &read(visit, fields), known, Some(said));
    Outcome::of(StatusCode::SERVICE_UNAVAILABLE, page).later(again_in)
}

/// What was sent. Who somebody is is not taken where nobody asks for it.
fn read(visit: &Visit<'_>, fields: &[u8]) -> Form {
    let form = Form::read(form_urlencoded::parse(fields));
    if asks_who(visit.site, visit.context) {
        return form;
    }
    Form {
        name: String::new(),
        contact: String::new(),
        ..form
    }
}

/// What has to be mended first. Whoever tells it at the counter agrees by telling it.
fn fault(form: &Form) -> Option<(Field, Wrong)> {
    let mut faults = form.faults().into_iter();
    faults.find(|(field, _)| *field != Field::Consent)
}

fn show(visit: &Visit<'_>, form: &Form, by: &Known, fault: Option<&str>) -> Markup {
    let lang = visit.context.lang;
    let content = html! {
        @if let Some(fault) = fault {
            section.faults #said role="alert" { h2 { (Phoning::NotRecorded.say(lang)) } p { (fault) } }
        }
        p { (Phoning::CounterLead.say(lang)) }
        form method="post" action=(visit.action()) accept-charset="utf-8" novalidate {
            (known(visit, by))
            input type="hidden" name="token" value=(form.token);
            fieldset #about {
                legend { (Complaining::About.say(lang)) }
                @for about in About::ALL {
                    label.pick {
                        input type="radio" name="about" value=(about.id()) checked[form.about == Some(about)];
                        span { (desk::about(lang, about)) }
                    }
                }
            }
            label.over for="what" { (Complaining::What.say(lang)) }
            textarea #what name="what" rows="6" maxlength=(WORDS.end()) aria-required="true" { "\n" (form.what) }
            (line(lang, Complaining::When, "when", &form.when))
            (line(lang, Complaining::Whom, "whom", &form.whom))
            (line(lang, Complaining::Wish, "wish", &form.wish))
            // Over a line that somebody may listen in on, and while nobody is named who answers for it,
            // nobody is asked who they are.
            @if asks_who(visit.site, visit.context) {
                (line(lang, Complaining::Name, "name", &form.name))
                (line(lang, Complaining::Contact, "contact", &form.contact))
            }
            p { button #record type="submit" { (Phoning::Write.say(lang)) } }
        }
    };
    visit.wrap(Phoning::Counter.say(lang), content)
}

fn line(lang: &Lang, label: Complaining, id: &str, value: &str) -> Markup {
    html! {
        label.over for=(id) {
            (label.say(lang)) " " span.mark { (pages::in_brackets(lang, Complaining::Optional.say(lang))) }
        }
        input type="text" id=(id) name=(id) value=(value) maxlength=(LINE) autocomplete="off";
    }
}

/// The receipt for the customer, and the way to the next one.
fn receipt(visit: &Visit<'_>, taken: &Taken) -> Markup {
    let lang = visit.context.lang;
    let address = format!("{}/status", visit.context.base);
    let content = html! {
        p role="status" { (Phoning::CounterReceipt.say(lang)) }
        p.receipt #receipt { (taken.receipt.grouped()) }
        @if let Some(promise) = &taken.promise {
            p #promise { (pages::accepted_by(lang, promise.accept_by.day())) br; (pages::answered_by(lang, promise.answer_by.day())) }
        }
        h2 { (Common::FollowUp.say(lang)) }
        p { (address) }
        (visit.site.codes.show(&address, Complaining::FollowCode.say(lang)))
        p { a.button href=(visit.action()) { (Phoning::CounterAnother.say(lang)) } }
    };
    visit.wrap(Phoning::CounterTaken.say(lang), content)
}
