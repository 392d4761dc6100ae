//! The words of complaints, for the staff and for the records.

use super::{holding, log, tr, tr_with};
use crate::domain::complaint::{About, Aside, Complaint, ComplaintEvent, Erasure, Stage, Until};
use crate::domain::lang::Lang;
use crate::domain::staff::StaffEvent;
use crate::service::wording::EventText;

/// What a complaint is about.
pub fn about(lang: &Lang, about: About) -> &'static str {
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
pub fn stage(lang: &Lang, complaint: &Complaint) -> &'static str {
    tr(
        lang,
        match complaint.stage {
            Stage::Received => "Received",
            // Until there is an answer, what its writer waits to hear is that it was accepted.
            Stage::InHand if complaint.answered.is_none() => "Accepted",
            Stage::InHand => "In hand",
            Stage::Answered => "Replied",
            Stage::Closed => "Settled",
        },
    )
}

fn say(lang: &Lang, message: &str, detail: &str) -> EventText {
    EventText {
        what: tr(lang, message).to_owned(),
        detail: detail.to_owned(),
        reason: String::new(),
    }
}

/// What an event of a complaint says. What the customer wrote is not in it.
pub fn complaint(lang: &Lang, event: &ComplaintEvent) -> EventText {
    match event {
        ComplaintEvent::Received { about: what, .. } => {
            say(lang, "Complaint received", about(lang, *what))
        }
        ComplaintEvent::Added { .. } => say(lang, "Customer added to the complaint", ""),
        ComplaintEvent::Noted { .. } => say(lang, "Note from a phone", ""),
        ComplaintEvent::Sealed { .. } => say(lang, "Key of the customer's words sealed", ""),
        ComplaintEvent::Accepted {} => say(lang, "Complaint accepted", ""),
        ComplaintEvent::Replied {
            words,
            interim,
            approved,
            ..
        } => {
            let what = if *interim {
                "Progress told"
            } else {
                "Answer given"
            };
            let approved = approved.then(|| log::approved(lang).to_owned());
            EventText {
                reason: approved.unwrap_or_default(),
                ..say(lang, what, words.in_lang(lang))
            }
        }
        ComplaintEvent::HandedOver { name, .. } => {
            say(lang, "Complaint handed over", name.in_lang(lang))
        }
        ComplaintEvent::Linked { incident } => {
            say(lang, "Complaint joined to an incident", incident.as_str())
        }
        ComplaintEvent::Closed { words, .. } => say(lang, "Complaint settled", words.in_lang(lang)),
        ComplaintEvent::Promised { promise } => {
            let days = holding::promised(lang, promise.accept_by.day(), promise.answer_by.day());
            say(lang, "Promised days written down", &days)
        }
        ComplaintEvent::Extended {
            accept_by,
            answer_by,
            reason,
        } => {
            let day = |message, until: &Option<Until>| {
                until.map(|until| tr_with(lang, message, &[&until.day().to_string()]))
            };
            let days = [
                day("Decide by {}", accept_by),
                day("Answer by {}", answer_by),
            ];
            let days: Vec<String> = days.into_iter().flatten().collect();
            EventText {
                reason: reason.words.in_lang(lang).to_owned(),
                ..say(lang, "Promised days extended", &days.join(" · "))
            }
        }
        ComplaintEvent::Held { reason } => EventText {
            reason: reason.words.in_lang(lang).to_owned(),
            ..say(lang, "Complaint put on hold", "")
        },
        ComplaintEvent::Released { reason } => EventText {
            reason: reason.words.in_lang(lang).to_owned(),
            ..say(lang, "Hold of the complaint ended", "")
        },
        ComplaintEvent::PutAside { why } => {
            let why = match why {
                Aside::Burst => "It came with many others at once",
            };
            EventText {
                reason: tr(lang, why).to_owned(),
                ..say(lang, "Complaint put aside", "")
            }
        }
        ComplaintEvent::PutBack {} => say(lang, "Complaint put back", ""),
        ComplaintEvent::Erased { why } => {
            let why = match why {
                Erasure::Retention => "The time for keeping it has passed",
                Erasure::Request => "The customer asked for it",
            };
            EventText {
                reason: tr(lang, why).to_owned(),
                ..say(lang, "Words of the complaint erased", "")
            }
        }
    }
}

/// What an event of the staff area says.
pub fn staff(lang: &Lang, event: &StaffEvent) -> EventText {
    let place =
        |role: &str, place: u32| tr_with(lang, "{0}, number {1}", &[role, &place.to_string()]);
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
