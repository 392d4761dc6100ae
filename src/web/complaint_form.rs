//! The form of `/complaint`: its fields, what is wrong with them, and why it comes back.

use chrono::Duration;
use maud::{Markup, html};

use super::form::{AGREED, Field, Form, LINE, TRAP, WORDS, Wrong};
use super::home::{responsible, ways};
use super::request_context::RequestContext;
use super::site::Site;
use crate::domain::complaint::About;
use crate::domain::lang::Lang;
use crate::i18n::desk;
use crate::i18n::pages::{self, Common, Complaining};

/// Why a form comes back that nothing may be wrong with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Back {
    /// It lay open too long, or was not opened here.
    Reopened,
    /// The disk did not take it.
    Trouble,
    /// Too many requests wait for the disk already.
    Busy,
    /// The tablet takes no complaints just now.
    Closed,
    /// Many have come from that address; how long to wait.
    TooMany(Duration),
}

impl Back {
    fn heading(self, lang: &Lang) -> &'static str {
        match self {
            Self::Reopened => Complaining::Mistakes.say(lang),
            Self::Trouble => Common::Trouble.say(lang),
            Self::Busy | Self::TooMany(_) => Complaining::Later.say(lang),
            Self::Closed => Complaining::Closed.say(lang),
        }
    }

    fn words(self, lang: &Lang) -> String {
        match self {
            Self::Reopened => Complaining::Reopened.say(lang).to_owned(),
            Self::Trouble => Common::TroubleLead.say(lang).to_owned(),
            Self::Busy => Complaining::BusyLead.say(lang).to_owned(),
            Self::Closed => Complaining::ClosedLead.say(lang).to_owned(),
            Self::TooMany(wait) => pages::too_many(lang, wait),
        }
    }
}

/// Whether the form asks who somebody is: only where nobody can listen in, and only once it says
/// which company answers for it (PIPL, article 17).
pub fn asks_who(site: &Site, visit: &RequestContext) -> bool {
    visit.encrypted && site.settings().firm.responsible().is_some()
}

/// The form with what is in it, each fault beside its field, and why it comes back.
pub fn show(
    site: &Site,
    visit: &RequestContext,
    form: &Form,
    faults: &[(Field, Wrong)],
    back: Option<Back>,
) -> Markup {
    let lang = visit.lang;
    let fields = Fields { lang, faults };
    let settings = site.settings();
    let firm = settings.firm.responsible();
    let consent = pages::consent(lang, firm.map(|(name, _)| name));
    let content = html! {
        (site.danger(visit))
        details {
            summary { (Complaining::OtherWays.say(lang)) }
            (ways(site, lang, true))
        }
        @if !faults.is_empty() || back.is_some() { (mistakes(lang, faults, back)) }
        @if !asks_who(site, visit) { (nobody_asked(visit)) }
        form method="post" action=(visit.href("/complaint")) accept-charset="utf-8" novalidate {
            input type="hidden" name="token" value=(form.token);
            // Nobody sees it, with eyes or ears: only a program fills it in.
            div hidden { label { (TRAP) " " input type="text" name=(TRAP) value="" autocomplete="off" tabindex="-1"; } }
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
            @if asks_who(site, visit) {
                fieldset {
                    legend { (Complaining::You.say(lang)) }
                    p.hint { (Complaining::YouLead.say(lang)) }
                    (fields.line(Field::Name, &form.name, Some("name")))
                    (fields.line(Field::Contact, &form.contact, None))
                }
            }
            @if let Some(firm) = firm { (responsible(lang, firm)) }
            (fields.fault(Field::Consent))
            label.pick.long {
                input #consent type="checkbox" name="consent" value=(AGREED) checked[form.consent]
                    aria-invalid=[fields.invalid(Field::Consent)] aria-describedby=[fields.described(Field::Consent)];
                span { (consent) }
            }
            p { a.next href=(visit.href("/privacy")) { (Common::Privacy.say(lang)) } }
            label.pick.long {
                input type="checkbox" name="sensitive" value=(AGREED) checked[form.sensitive];
                span { (Complaining::Sensitive.say(lang)) " " (pages::in_brackets(lang, Complaining::Optional.say(lang))) }
            }
            p { button type="submit" { (Complaining::Send.say(lang)) } }
        }
    };
    site.wrap(visit, "/complaint", Common::Complain.say(lang), content)
}

/// Why the form does not ask who somebody is, and what that costs them.
fn nobody_asked(visit: &RequestContext) -> Markup {
    let lang = visit.lang;
    let why = if visit.encrypted {
        Complaining::NoFirm
    } else {
        Complaining::Plain
    };
    html! {
        div.plain {
            p { (why.say(lang)) }
            p { (Complaining::Nameless.say(lang)) }
        }
    }
}

/// Why it comes back, and all faults at the top, each leading to its field.
fn mistakes(lang: &Lang, faults: &[(Field, Wrong)], back: Option<Back>) -> Markup {
    let heading = back.map_or(Complaining::Mistakes.say(lang), |back| back.heading(lang));
    html! {
        section.faults role="alert" {
            h2 { (heading) }
            @if let Some(back) = back { p { (back.words(lang)) } }
            @if !faults.is_empty() {
                ul {
                    @for (field, wrong) in faults {
                        li { a href=(format!("#{}", id(*field))) { (named(lang, *field, *wrong)) } }
                    }
                }
            }
        }
    }
}

/// What is wrong, with the name of the field where the words do not tell which one is meant.
fn named(lang: &Lang, field: Field, wrong: Wrong) -> String {
    let words = words(field, wrong).say(lang);
    match field {
        Field::About | Field::What | Field::Consent => words.to_owned(),
        _ => pages::with(lang, label(field).say(lang), words),
    }
}

/// The fields of a form in one language, with what is wrong with them.
struct Fields<'a> {
    lang: &'a Lang,
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

/// What is wrong with a field, in words.
pub fn words(field: Field, wrong: Wrong) -> Complaining {
    match (field, wrong) {
        (Field::About, _) => Complaining::NoAbout,
        (Field::Consent, _) => Complaining::NoConsent,
        (_, Wrong::Unreadable) => Complaining::Unreadable,
        (_, Wrong::Short | Wrong::Missing) => Complaining::TooShort,
        (Field::What | Field::Wish, Wrong::Long) => Complaining::TooLong,
        (_, Wrong::Long) => Complaining::TooLongLine,
    }
}
