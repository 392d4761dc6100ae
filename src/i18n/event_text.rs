//! What the record says of calls and evacuations, for the log on the screen and for exports.

use chrono::TimeDelta;

use super::evacuation as leaving;
use super::screen::running;
use super::{tr, tr_with};
use crate::domain::calling::{CallEvent, Outcome};
use crate::domain::evacuation::{End, EvacuationEvent};
use crate::domain::lang::Lang;
use crate::domain::plan::Text;
use crate::service::wording::EventText;

/// The most people missing that the screen counts one by one: this many, or more.
const MANY: u32 = 3;

fn words(what: &str, detail: String) -> EventText {
    EventText {
        what: what.to_owned(),
        detail,
        reason: String::new(),
    }
}

/// A contact opened or called.
pub fn call(lang: &Lang, event: &CallEvent) -> EventText {
    match event {
        CallEvent::Opened { name, .. } => words(
            tr(lang, "Contact card opened"),
            name.in_lang(lang).to_owned(),
        ),
        CallEvent::Called {
            name,
            place,
            answered,
            ..
        } => {
            let what = if *answered {
                tr(lang, "Called, answered")
            } else {
                tr(lang, "Called, no answer")
            };
            words(what, called(lang, name, *place))
        }
        CallEvent::Corrected {
            name,
            place,
            outcome,
            ..
        } => words(
            match outcome {
                Outcome::Answered => tr(lang, "Call corrected: answered"),
                Outcome::NoAnswer => tr(lang, "Call corrected: no answer"),
                Outcome::NotMade => tr(lang, "Call struck out: not made"),
            },
            called(lang, name, *place),
        ),
    }
}

/// Who was called: the name, and which number where it was not the first.
pub fn called(lang: &Lang, name: &Text, place: usize) -> String {
    let name = name.in_lang(lang);
    if place > 1 {
        tr_with(lang, "{0}, number {1}", &[name, &place.to_string()])
    } else {
        name.to_owned()
    }
}

/// The clock was set, and by how much: what was noted before has the times of the old one.
pub fn clock(lang: &Lang, by_ms: i64) -> EventText {
    let by = TimeDelta::try_milliseconds(by_ms).unwrap_or_default();
    let amount = running(lang, by.abs());
    let detail = if by < TimeDelta::zero() {
        tr_with(lang, "{} back; running times go on", &[&amount])
    } else {
        tr_with(lang, "{} forward; running times go on", &[&amount])
    };
    words(tr(lang, "The tablet's clock was set"), detail)
}

/// A turn of an evacuation.
pub fn evacuation(lang: &Lang, event: &EvacuationEvent) -> EventText {
    match event {
        EvacuationEvent::Started { because, .. } => {
            let name = because.as_ref().map(|name| name.in_lang(lang));
            words(
                tr(lang, "Evacuation started"),
                name.unwrap_or_default().to_owned(),
            )
        }
        EvacuationEvent::Undone {} => words(
            tr(lang, "Evacuation undone: tapped by mistake"),
            String::new(),
        ),
        EvacuationEvent::HazardNamed { name, .. } => {
            words(tr(lang, "Hazard"), name.in_lang(lang).to_owned())
        }
        EvacuationEvent::Ordered { command, .. } => words(
            tr(lang, "Command to the crowd"),
            command.in_lang(lang).to_owned(),
        ),
        EvacuationEvent::SweepMarked { command, done, .. } => words(
            if *done {
                tr(lang, "Evacuation step done")
            } else {
                tr(lang, "Evacuation step still to do")
            },
            command.in_lang(lang).to_owned(),
        ),
        EvacuationEvent::HeadCounted { out } => words(tr(lang, "Head count"), people(lang, *out)),
        EvacuationEvent::Missing { missing: 0, out } => {
            words(tr(lang, "Everybody is out"), people(lang, *out))
        }
        EvacuationEvent::Missing { missing, out } => words(
            tr(lang, "Somebody is missing"),
            if *missing < MANY {
                tr_with(
                    lang,
                    "{0} missing, {1} counted",
                    &[&missing.to_string(), &out.to_string()],
                )
            } else {
                tr_with(
                    lang,
                    "{0} or more missing, {1} counted",
                    &[&MANY.to_string(), &out.to_string()],
                )
            },
        ),
        EvacuationEvent::TaskGiven { task, to, name } => match to {
            Some(to) => {
                let unnamed = leaving::holder_unnamed(lang, to);
                let name = name.as_ref().map_or(unnamed, |name| name.in_lang(lang));
                words(
                    tr(lang, "Task given"),
                    tr_with(lang, "{0}: {1}", &[leaving::task(lang, *task), name]),
                )
            }
            None => words(
                tr(lang, "Task taken back"),
                leaving::task(lang, *task).to_owned(),
            ),
        },
        EvacuationEvent::PersonMissing { who, seen, .. } => words(
            tr(lang, "Person missing"),
            tr_with(
                lang,
                "{0}, last seen: {1}",
                &[who.in_lang(lang), seen.in_lang(lang)],
            ),
        ),
        EvacuationEvent::PersonFound { who, .. } => {
            words(tr(lang, "No longer missing"), who.in_lang(lang).to_owned())
        }
        EvacuationEvent::EndUndone {} => words(
            tr(lang, "Evacuation goes on: ended by mistake"),
            String::new(),
        ),
        EvacuationEvent::Ended { end } => words(
            tr(lang, "Evacuation ended"),
            evacuation_end(lang, *end).to_owned(),
        ),
    }
}

/// How an evacuation ended.
pub fn evacuation_end(lang: &Lang, end: End) -> &'static str {
    tr(
        lang,
        match end {
            End::AllClear => "All clear",
            End::FalseAlarm => "False alarm",
            End::Closed => "The incident was closed",
        },
    )
}

/// `12 people`.
pub fn people(lang: &Lang, count: u32) -> String {
    if count == 1 {
        tr(lang, "1 person").to_owned()
    } else {
        tr_with(lang, "{} people", &[&count.to_string()])
    }
}
