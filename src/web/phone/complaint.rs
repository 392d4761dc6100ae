//! The page of a complaint: what the customer wrote, in any script that the phone can draw, and a note
//! on it for the branch.

use maud::{Markup, html};

use super::Visit;
use super::note::{self, Form, Said};
use crate::i18n::desk;
use crate::i18n::inbox::{self, Fact};
use crate::i18n::pages::{Phoning, phone as words};
use crate::service::complaints::ComplaintText;
use crate::service::phone::PhoneFile;

/// The page; none once the complaint was erased, or cannot be read at all.
pub fn page(visit: &Visit<'_>, form: &Form, said: Option<Said>) -> Option<Markup> {
    let lang = visit.context.lang;
    let file = visit.site.complaints()?.file_by(&visit.opened).ok()?;
    let complaint = &file.complaint;
    let about = desk::about(lang, complaint.about);
    let content = html! {
        (note::said(visit, said))
        p { (words::complaint_of(lang, about, &visit.day_and_time(complaint.received))) }
        p { (desk::stage(lang, complaint)) }
        h2 { (Phoning::Customer.say(lang)) }
        @match &file.words {
            Some(written) => (letter(visit, written)),
            None => p { (Phoning::NewLink.say(lang)) },
        }
        (added(visit, &file))
        (note::form(visit, form, (Phoning::StaffNote, false), said))
    };
    Some(visit.wrap(Phoning::Complaint.say(lang), content))
}

/// What the customer wrote. Who that is does not go over a line that somebody may listen in on.
fn letter(visit: &Visit<'_>, written: &ComplaintText) -> Markup {
    let lang = visit.context.lang;
    let is_held_back = |fact: Fact| {
        let is_person = matches!(fact, Fact::Name | Fact::Contact);
        is_person && !visit.context.encrypted
    };
    let facts = [
        (Fact::When, &written.when),
        (Fact::Whom, &written.whom),
        (Fact::Wish, &written.wish),
        (Fact::Name, &written.name),
        (Fact::Contact, &written.contact),
    ];
    html! {
        (words_of("written-words", &written.what))
        dl {
            @for (fact, text) in facts {
                @if !text.is_empty() {
                    dt { (inbox::fact(lang, fact)) }
                    @if is_held_back(fact) { dd { (Phoning::OnTablet.say(lang)) } } @else { dd dir="auto" { (text) } }
                }
            }
        }
    }
}

/// What the customer wrote later.
fn added(visit: &Visit<'_>, file: &PhoneFile) -> Markup {
    let lang = visit.context.lang;
    html! {
        @for (at, words) in &file.added {
            h2 { (Phoning::CustomerLater.say(lang)) " · " (visit.day_and_time(*at)) }
            @match words {
                Some(words) => (words_of("", words)),
                None => p { (Phoning::Unread.say(lang)) " " (Phoning::NewLink.say(lang)) },
            }
        }
    }
}

/// Somebody's words, line by line, each in the direction of its script.
fn words_of(id: &str, words: &str) -> Markup {
    html! {
        div id=[(!id.is_empty()).then_some(id)] {
            @for line in words.lines() { p dir="auto" { (line) } }
        }
    }
}
