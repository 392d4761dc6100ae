//! Words about links to the staff's own phones, on the tablet and in the record.

use super::pages::phone::field;
use super::{pages, seal, tr, tr_with};
use crate::domain::incident::Field;
use crate::domain::lang::Lang;
use crate::domain::phone_link::{LinkEvent, ThingKind};
use crate::service::phone::LinkError;
use crate::service::wording::EventText;

/// A link to a guide.
pub fn guide_of(lang: &Lang, name: &str) -> String {
    tr_with(lang, "Guide: {}", &[name])
}

/// A link to a record.
pub fn record_of(lang: &Lang, name: &str) -> String {
    tr_with(lang, "Record: {}", &[name])
}

/// A link to a complaint.
pub fn a_complaint(lang: &Lang) -> &'static str {
    tr(lang, "Complaint")
}

/// A link for complaints told at the counter.
pub fn at_the_counter(lang: &Lang) -> &'static str {
    tr(lang, "Complaint told at the counter")
}

/// In whose name a link is, and until when it is good.
pub fn facts(lang: &Lang, who: &str, until: &str) -> String {
    tr_with(lang, "{0} · until {1}", &[who, until])
}

/// How a link stands: since when a phone has it, or that none has.
pub fn standing(lang: &Lang, bound: Option<String>, until: &str) -> String {
    match bound {
        Some(at) => tr_with(lang, "On a phone since {0}, until {1}", &[&at, until]),
        None => tr_with(lang, "Not scanned yet, good until {}", &[until]),
    }
}

/// How many links are good.
pub fn count(lang: &Lang, count: usize) -> String {
    match count {
        0 => tr(
            lang,
            "No phone is linked. “My phone” on a guide, a record or a complaint makes a link.",
        )
        .to_owned(),
        1 => tr(lang, "1 link is good").to_owned(),
        many => tr_with(lang, "{} links are good", &[&many.to_string()]),
    }
}

/// A link is being made.
pub fn making(lang: &Lang) -> &'static str {
    tr(lang, "Making the link …")
}

/// A link is over, or was never made.
pub fn ended(lang: &Lang) -> &'static str {
    tr(lang, "There is no link. Go back and ask for one.")
}

/// A phone has taken the link.
pub fn taken(lang: &Lang) -> &'static str {
    tr(
        lang,
        "A phone has it now: go on there. The code is no good any more.",
    )
}

/// Phones do not reach the pages.
pub fn no_pages(lang: &Lang) -> &'static str {
    tr(
        lang,
        "Phones do not reach this tablet just now: see the banner on the board.",
    )
}

/// The way to the page is not encrypted.
pub fn plain(lang: &Lang) -> &'static str {
    tr(
        lang,
        "Not encrypted: “lobby-kiosk certificate” makes a certificate for it.",
    )
}

/// Why there is no link.
pub fn link_error(lang: &Lang, error: &LinkError) -> String {
    match error {
        LinkError::Io { path, detail } => tr_with(
            lang,
            "{0}: {1}. Check that the folder exists and that this user may write to it.",
            &[&path.to_string_lossy(), detail],
        ),
        LinkError::Seal(error) => seal::shut(lang, error),
        LinkError::Complaint(error) => pages::trouble::complaints(lang, error),
        LinkError::NoComplaints => tr(lang, "Complaints cannot be read just now.").to_owned(),
        LinkError::NoThread(detail) => super::staff::no_thread(lang, detail),
    }
}

/// What an entry about a link says.
pub fn event(lang: &Lang, event: &LinkEvent) -> EventText {
    let what = match event {
        LinkEvent::Made { .. } => "Link to a phone made",
        LinkEvent::Bound { .. } => "Link opened on a phone",
        LinkEvent::Paired { .. } => "Staff pages opened on a PC",
        LinkEvent::Revoked { .. } => "Link to a phone or PC ended",
    };
    let detail = match event {
        LinkEvent::Made { thing, .. } => tr(
            lang,
            match thing {
                ThingKind::Guide => "Guide",
                ThingKind::Record => "Record",
                ThingKind::Complaint => "Complaint",
                ThingKind::Counter => "Complaint told at the counter",
            },
        ),
        LinkEvent::Bound { .. } | LinkEvent::Paired { .. } | LinkEvent::Revoked { .. } => "",
    };
    EventText {
        what: tr(lang, what).to_owned(),
        detail: detail.to_owned(),
        reason: String::new(),
    }
}

/// That somebody wrote something on a phone; what, only the staff area shows.
pub fn written(lang: &Lang, about: Field) -> EventText {
    EventText {
        what: tr(lang, "Note from a phone").to_owned(),
        detail: field(lang, about).to_owned(),
        reason: String::new(),
    }
}

/// That all that was written is gone.
pub fn erased(lang: &Lang) -> &'static str {
    tr(lang, "Notes from phones erased")
}

/// That what was written must be kept.
pub fn held(lang: &Lang) -> &'static str {
    tr(lang, "Notes from phones put on hold")
}

/// That it need not be kept any longer.
pub fn released(lang: &Lang) -> &'static str {
    tr(lang, "Hold of the notes from phones ended")
}

/// The same beside the facts of an incident, with the reason.
pub fn held_because(lang: &Lang, why: &str) -> String {
    tr_with(lang, "Notes on hold: {}", &[why])
}

/// What stands in place of words that are gone.
pub fn gone(lang: &Lang) -> &'static str {
    tr(lang, "erased")
}

/// What somebody wrote, behind what it is about.
pub fn said(lang: &Lang, about: &str, words: &str) -> String {
    tr_with(lang, "{0}: {1}", &[about, words])
}
