//! The words of complaints, for the staff and for the records.

use super::{tr, tr_with};
use crate::domain::complaint::{About, ComplaintEvent, Erasure, Stage};
use crate::domain::staff::StaffEvent;
use crate::service::export::Words;

/// What a complaint is about.
pub fn about(lang: &str, about: About) -> &'static str {
    tr(
        lang,
        match about {
            About::Trading => "Trading or account",
            About::Service => "Service",
            About::PersonalInformation => "Personal information",
            About::Equipment => "Equipment or safety",
            About::Other => "Something else",
        },
    )
}

/// Where a complaint stands.
pub fn stage(lang: &str, stage: Stage) -> &'static str {
    tr(
        lang,
        match stage {
            Stage::Received => "Received",
            Stage::InHand => "In hand",
            Stage::Answered => "Replied",
            Stage::Closed => "Settled",
        },
    )
}

fn say(lang: &str, message: &str, detail: &str) -> Words {
    Words {
        what: tr(lang, message).to_owned(),
        detail: detail.to_owned(),
        reason: String::new(),
    }
}

/// What an event of a complaint says. What the customer wrote is not in it.
pub fn complaint(lang: &str, event: &ComplaintEvent) -> Words {
    match event {
        ComplaintEvent::Received { about: what, .. } => {
            say(lang, "Complaint received", about(lang, *what))
        }
        ComplaintEvent::Added { .. } => say(lang, "Customer added to the complaint", ""),
        ComplaintEvent::Accepted {} => say(lang, "Complaint taken up", ""),
        ComplaintEvent::Replied { words, .. } => say(lang, "Reply given", words.in_lang(lang)),
        ComplaintEvent::HandedOver { name, .. } => {
            say(lang, "Complaint handed over", name.in_lang(lang))
        }
        ComplaintEvent::Linked { incident } => {
            say(lang, "Complaint joined to an incident", incident)
        }
        ComplaintEvent::Closed { words, .. } => say(lang, "Complaint settled", words.in_lang(lang)),
        ComplaintEvent::Erased { why } => {
            let why = match why {
                Erasure::Retention => "The time for keeping it has passed",
                Erasure::Request => "The customer asked for it",
            };
            Words {
                reason: tr(lang, why).to_owned(),
                ..say(lang, "Words of the complaint erased", "")
            }
        }
    }
}

/// What an event of the staff area says.
pub fn staff(lang: &str, event: &StaffEvent) -> Words {
    let place = |role: &str, place: u32| {
        tr_with(lang, "{0}, number {1}", &[role, &(place + 1).to_string()])
    };
    match event {
        StaffEvent::Unlocked {} => say(lang, "Staff area opened", ""),
        StaffEvent::Refused {} => say(lang, "Wrong PIN", ""),
        StaffEvent::NumberChanged { role, place: at } => {
            say(lang, "Number changed", &place(role, *at))
        }
        StaffEvent::NumberConfirmed { role, place: at } => {
            say(lang, "Number confirmed", &place(role, *at))
        }
    }
}
