//! One screen in the window, and the list of them all.

use chrono::{DateTime, Utc};

use super::state::ViewState;
use super::touched::Touched;
use super::{
    after, aid, board, call, codes, crew, evacuation, guide, handover, phone, posted,
    resuscitation, staff,
};
use crate::{AppWindow, Screen};

/// A screen as the window has it: a thin binding between the presenter, which says what is to be
/// shown, and the markup, which shows it.
pub(super) trait Face {
    /// Hands the window the models, and what a touch does.
    fn bind(&self, _window: &AppWindow, _touched: &Touched) {}

    /// Puts what the presenter says into the window.
    fn draw(&self, _window: &AppWindow, _state: &ViewState) {}

    /// The same for what changes only with the language, the plan and the settings.
    fn translate(&self, _window: &AppWindow, _state: &ViewState) {}

    /// The same for what other screens show too, whichever is shown, and what may change at any
    /// moment; says whether it has.
    fn keep_up(&self, _window: &AppWindow, _state: &ViewState) -> bool {
        false
    }

    /// What was begun on the glass and not finished is dropped.
    fn drop_begun(&self, _window: &AppWindow) {}

    /// Another screen is shown: nothing stays behind that must not.
    fn put_away(&self) {}

    /// No finger is over it: nothing waits for one.
    fn free(&self, _window: &AppWindow) {}

    /// When it next changes by itself, apart from the wall clock's minute.
    fn changes(&self, _state: &ViewState, _now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        None
    }
}

/// Every screen.
pub(super) fn all() -> Vec<(Screen, Box<dyn Face>)> {
    vec![
        (Screen::Board, Box::new(board::BoardFace::default())),
        (Screen::Guide, Box::new(guide::GuideFace::default())),
        (Screen::After, Box::new(after::AfterFace::default())),
        (Screen::Contacts, Box::new(call::ContactsFace::default())),
        (Screen::Codes, Box::new(codes::CodesFace::default())),
        (
            Screen::Evacuation,
            Box::new(evacuation::EvacuationFace::default()),
        ),
        (Screen::Posted, Box::new(posted::PostedFace::default())),
        (Screen::PublicNotice, Box::new(posted::PublicNoticeFace)),
        (Screen::Pin, Box::new(staff::PinFace::default())),
        (Screen::Duty, Box::new(staff::DutyFace::default())),
        (Screen::People, Box::new(staff::PeopleFace::default())),
        (Screen::Records, Box::new(staff::RecordsFace::default())),
        (
            Screen::Statistics,
            Box::new(staff::StatisticsFace::default()),
        ),
        (Screen::Review, Box::new(staff::ReviewFace::default())),
        (Screen::Actions, Box::new(staff::ActionsFace::default())),
        (Screen::Numbers, Box::new(staff::NumbersFace::default())),
        (Screen::Health, Box::new(staff::HealthFace::default())),
        (Screen::Inbox, Box::new(staff::InboxFace::default())),
        (Screen::Complaint, Box::new(staff::ComplaintFace::default())),
        (Screen::RoleCards, Box::new(crew::RoleCardsFace::default())),
        (
            Screen::Handover,
            Box::new(handover::HandoverFace::default()),
        ),
        (Screen::Aid, Box::new(aid::AidFace::default())),
        (
            Screen::Resuscitation,
            Box::new(resuscitation::ResuscitationFace::default()),
        ),
        (Screen::PhoneLink, Box::new(phone::PhoneLinkFace)),
        (Screen::Phones, Box::new(phone::PhonesFace::default())),
    ]
}
