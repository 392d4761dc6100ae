//! The words of a resuscitation.

use super::{tr, tr_with};
use crate::domain::lang::Lang;
use crate::domain::resuscitation::{End, ResuscitationEvent};
use crate::service::wording::EventText;

/// What the record says of it.
pub fn event(lang: &Lang, event: &ResuscitationEvent) -> EventText {
    let what = match event {
        ResuscitationEvent::Started {} => "CPR started",
        ResuscitationEvent::Undone {} => "CPR screen opened by mistake",
        ResuscitationEvent::AedHere {} => "AED is here",
        ResuscitationEvent::RescuerChanged {} => "Rescuer changed",
        ResuscitationEvent::Ended { end } => match end {
            End::Breathing => "CPR ended: breathing normally",
            End::TakenOver => "CPR ended: the ambulance crew has taken over",
            End::Closed => "CPR ended: the incident was closed",
        },
        ResuscitationEvent::EndUndone {} => "CPR goes on: that it had ended was a mistake",
    };
    EventText {
        what: tr(lang, what).to_owned(),
        ..EventText::default()
    }
}

/// Since when the AED is here.
pub fn aed_since(lang: &Lang, time: &str) -> String {
    tr_with(lang, "AED here since {}", &[time])
}

/// Minutes and seconds that are left of two minutes.
pub fn left(seconds: i64) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}
