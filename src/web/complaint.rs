//! `/complaint`: the form, and the answer with its receipt.

use axum::http::StatusCode;
use maud::{Markup, html};

use super::home::ways;
use super::layout::danger;
use super::site::Site;
use super::visit::Visit;
use crate::domain::complaint::About;
use crate::domain::form::{AGREED, Field, Form, LINE, WORDS, Wrong};
use crate::i18n::desk;
use crate::i18n::pages::{self, Common, Complaining};
use crate::service::complaints::{Taken, Words};

/// An empty form.
pub fn form(site: &Site, visit: &Visit) -> Markup {
    let form = Form {
        token: site.new_token(),
        ..Form::default()
    };
    show(site, visit, &form, &[], false)
}

/// Takes a form in, or gives it back with everything kept and each fault beside its field.
pub async fn send(site: &Site, visit: &Visit, fields: &[u8]) -> (StatusCode, Markup) {
    let mut form = Form::read(form_urlencoded::parse(fields));
    if !visit.encrypted {
        // They were not asked for; whoever sends them all the same is not listened in on twice.
        form.name.clear();
        form.contact.clear();
    }
    let faults = form.faults();
    let stale = form.token.is_empty();
    if stale || !faults.is_empty() {
        if stale {
            form.token = site.new_token();
        }
        let page = show(site, visit, &form, &faults, stale);
        return (StatusCode::UNPROCESSABLE_ENTITY, page);
    }
    let about = form.about.unwrap_or(About::Other);
    let words = Words {
        what: form.what,
        when: form.when,
        whom: form.whom,
        wish: form.wish,
        name: form.name,
        contact: form.contact,
        sensitive: form.sensitive,
    };
    let taken = site
        .complaints
        .receive(&form.token, about, visit.lang, &words, site.now())
        .await;
    match taken {
        Ok(taken) => (StatusCode::OK, answer(site, visit, &taken)),
        Err(_) => (
            StatusCode::SERVICE_UNAVAILABLE,
            site.trouble(visit, "/complaint"),
        ),
    }
}

fn answer(site: &Site, visit: &Visit, taken: &Taken) -> Markup {
    let lang = visit.lang;
    let title = if taken.again {
        Complaining::Already
    } else {
        Complaining::Received
    };
    let address = format!("{}/status", visit.base);
    let (accept, answer) = site.deadlines(site.now());
    let content = html! {
        p { (Complaining::Receipt.say(lang)) }
        p.receipt #receipt { (taken.receipt.grouped()) }
        p.plain { strong { (Complaining::Keep.say(lang)) } }
        @if taken.again { p { (Complaining::AlreadyLead.say(lang)) } }
        @else { p { (pages::accepted_by(lang, accept)) br; (pages::answered_by(lang, answer)) } }
        h2 { (Complaining::FollowAt.say(lang)) }
        p { a href=(visit.href("/status")) { (address) } }
        (site.codes.show(&address, Complaining::FollowCode.say(lang)))
    };
    site.wrap(visit, "/complaint", title.say(lang), content)
}

fn show(site: &Site, visit: &Visit, form: &Form, faults: &[(Field, Wrong)], stale: bool) -> Markup {
    let lang = visit.lang;
    let fields = Fields { lang, faults };
    let content = html! {
        (danger(visit))
        details {
            summary { (Complaining::OtherWays.say(lang)) }
            (ways(site, lang, true))
        }
        @if !faults.is_empty() || stale { (mistakes(lang, faults, stale)) }
        @if !visit.encrypted { p.plain { (Complaining::Plain.say(lang)) } }
        form method="post" action=(visit.href("/complaint")) accept-charset="utf-8" novalidate {
            input type="hidden" name="token" value=(form.token);
            fieldset #about aria-describedby=[fields.described(Field::About)] {
                legend { (Complaining::About.say(lang)) " " span.mark { (pages::in_brackets(lang, Complaining::Needed.say(lang))) } }
                (fields.fault(Field::About))
                @for about in About::ALL {
                    label.pick {
                        input type="radio" name="about" value=(about.id()) checked[form.about == Some(about)];
                        span { (desk::about(lang, about)) }
                    }
                }
            }
            (fields.area(Field::What, &form.what, true))
            (fields.line(Field::When, &form.when, None))
            (fields.line(Field::Whom, &form.whom, None))
            (fields.area(Field::Wish, &form.wish, false))
            @if visit.encrypted {
                fieldset {
                    legend { (Complaining::You.say(lang)) }
                    p.hint { (Complaining::YouLead.say(lang)) }
                    (fields.line(Field::Name, &form.name, Some("name")))
                    (fields.line(Field::Contact, &form.contact, None))
                }
            }
            (fields.fault(Field::Consent))
            label.pick.long {
                input #consent type="checkbox" name="consent" value=(AGREED) checked[form.consent]
                    aria-invalid=[fields.invalid(Field::Consent)] aria-describedby=[fields.described(Field::Consent)];
                span { (Complaining::Consent.say(lang)) }
            }
            p { a href=(visit.href("/privacy")) { (Common::Privacy.say(lang)) } }
            label.pick.long {
                input type="checkbox" name="sensitive" value=(AGREED) checked[form.sensitive];
                span { (Complaining::Sensitive.say(lang)) " " (pages::in_brackets(lang, Complaining::Optional.say(lang))) }
            }
            p { button type="submit" { (Complaining::Send.say(lang)) } }
        }
    };
    site.wrap(visit, "/complaint", Common::Complain.say(lang), content)
}

/// All faults at the top, each leading to its field.
fn mistakes(lang: &str, faults: &[(Field, Wrong)], stale: bool) -> Markup {
    html! {
        section.faults role="alert" {
            h2 { (Complaining::Mistakes.say(lang)) }
            ul {
                @if stale { li { (Complaining::Reopened.say(lang)) } }
                @for (field, wrong) in faults {
                    li { a href=(format!("#{}", id(*field))) { (named(lang, *field, *wrong)) } }
                }
            }
        }
    }
}

/// What is wrong, with the name of the field where the words do not tell which one is meant.
fn named(lang: &str, field: Field, wrong: Wrong) -> String {
    let words = words(field, wrong).say(lang);
    match field {
        Field::About | Field::What | Field::Consent => words.to_owned(),
        _ => pages::with(lang, label(field).say(lang), words),
    }
}

/// The fields of a form in one language, with what is wrong with them.
struct Fields<'a> {
    lang: &'a str,
    faults: &'a [(Field, Wrong)],
}

impl Fields<'_> {
    fn wrong(&self, field: Field) -> Option<Wrong> {
        self.faults
            .iter()
            .find(|(one, _)| *one == field)
            .map(|(_, wrong)| *wrong)
    }

    fn invalid(&self, field: Field) -> Option<&'static str> {
        self.wrong(field).map(|_| "true")
    }

    fn described(&self, field: Field) -> Option<String> {
        let hint = hint(field).map(|_| format!("{}-hint", id(field)));
        let fault = self.wrong(field).map(|_| format!("{}-fault", id(field)));
        let ids: Vec<String> = [hint, fault].into_iter().flatten().collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    fn fault(&self, field: Field) -> Markup {
        html! {
            @if let Some(wrong) = self.wrong(field) {
                p.fault id=(format!("{}-fault", id(field))) { (words(field, wrong).say(self.lang)) }
            }
        }
    }

    fn above(&self, field: Field, needed: bool) -> Markup {
        let mark = if needed {
            Complaining::Needed
        } else {
            Complaining::Optional
        };
        html! {
            label.over for=(id(field)) {
                (label(field).say(self.lang)) " " span.mark { (pages::in_brackets(self.lang, mark.say(self.lang))) }
            }
            @if let Some(hint) = hint(field) {
                p.hint id=(format!("{}-hint", id(field))) { (hint.say(self.lang)) }
            }
            (self.fault(field))
        }
    }

    fn area(&self, field: Field, value: &str, needed: bool) -> Markup {
        html! {
            (self.above(field, needed))
            // The first line feed of a text area is not part of it.
            textarea id=(id(field)) name=(id(field)) rows="6" maxlength=(WORDS.end())
                aria-required=[needed.then_some("true")]
                aria-invalid=[self.invalid(field)] aria-describedby=[self.described(field)] { "\n" (value) }
        }
    }

    fn line(&self, field: Field, value: &str, autocomplete: Option<&str>) -> Markup {
        html! {
            (self.above(field, false))
            input type="text" id=(id(field)) name=(id(field)) value=(value) maxlength=(LINE) autocomplete=(autocomplete.unwrap_or("off"))
                aria-invalid=[self.invalid(field)] aria-describedby=[self.described(field)];
        }
    }
}

fn id(field: Field) -> &'static str {
    match field {
        Field::About => "about",
        Field::What => "what",
        Field::When => "when",
        Field::Whom => "whom",
        Field::Wish => "wish",
        Field::Name => "name",
        Field::Contact => "contact",
        Field::Consent => "consent",
    }
}

fn label(field: Field) -> Complaining {
    match field {
        Field::About => Complaining::About,
        Field::What => Complaining::What,
        Field::When => Complaining::When,
        Field::Whom => Complaining::Whom,
        Field::Wish => Complaining::Wish,
        Field::Name => Complaining::Name,
        Field::Contact => Complaining::Contact,
        Field::Consent => Complaining::ConsentShort,
    }
}

fn hint(field: Field) -> Option<Complaining> {
    match field {
        Field::What => Some(Complaining::WhatHint),
        Field::When => Some(Complaining::WhenHint),
        _ => None,
    }
}

fn words(field: Field, wrong: Wrong) -> Complaining {
    match (field, wrong) {
        (Field::About, _) => Complaining::NoAbout,
        (Field::Consent, _) => Complaining::NoConsent,
        (_, Wrong::Unreadable) => Complaining::Unreadable,
        (_, Wrong::Short | Wrong::Missing) => Complaining::TooShort,
        (Field::What | Field::Wish, Wrong::Long) => Complaining::TooLong,
        (_, Wrong::Long) => Complaining::TooLongLine,
    }
}
