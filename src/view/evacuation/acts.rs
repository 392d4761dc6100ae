//! What a touch does while people leave, and what a second display follows.

use std::cell::Ref;

use chrono::{DateTime, Utc};

use crate::domain::evacuation::End;
use crate::domain::incident::Incident;
use crate::domain::plan::Hazard;
use crate::view::ViewState;
use crate::view::ticks::next_second;
use crate::{EndAsked, EvacuationFace, Screen};

impl ViewState {
    /// People have to leave: from any screen, at once.
    pub fn evacuate(&self) {
        if self.navigator.is_display_only() {
            return;
        }
        if self.services.incidents.evacuating().is_none() {
            self.navigator.remember();
        }
        let here = self.guided();
        if self.services.incidents.evacuate(here.as_ref()).is_some() {
            self.show_evacuation(EvacuationFace::Signs);
        }
    }

    /// Shows the evacuation from now on.
    pub fn show_evacuation(&self, face: EvacuationFace) {
        self.evacuation.face.set(face);
        self.show(Screen::Evacuation);
    }

    pub(super) fn turn_evacuation(&self, face: EvacuationFace) {
        self.drop_begun();
        let state = &self.evacuation;
        if face == EvacuationFace::Ending {
            state.asked_from.set(state.face.get());
        }
        state.face.set(face);
    }

    /// It is not over yet: back to the face from which the end was asked for.
    pub(super) fn carry_on(&self) {
        self.evacuation.face.set(self.evacuation.asked_from.get());
    }

    pub(super) fn undo_evacuation(&self) {
        if self.services.incidents.undo_evacuation() {
            self.go_back();
        }
    }

    pub(super) fn end_evacuation(&self, how: EndAsked) {
        let end = match how {
            EndAsked::FalseAlarm => End::FalseAlarm,
            EndAsked::AllClear => End::AllClear,
            EndAsked::Nothing => return,
        };
        if let Some(id) = self.services.incidents.end(end) {
            self.show_guide(&id);
        }
    }

    /// It was ended by mistake: people go on leaving.
    pub(in crate::view) fn undo_end(&self) {
        if self.services.incidents.undo_end().is_some() {
            self.show_evacuation(EvacuationFace::Signs);
        }
    }

    pub(super) fn to_guide_of_evacuation(&self) {
        let incidents = &self.services.incidents;
        let id = incidents.evacuating().map(|one| one.id.clone());
        let guide = id.and_then(|id| incidents.guide_of_evacuation(&id));
        if let Some(id) = guide {
            self.show_guide(&id);
        }
    }

    /// The evacuation to show: the one that runs; on a display that only looks on, also one that
    /// was ended so short a while ago that this may be taken back.
    pub(in crate::view) fn announced(&self) -> Option<Ref<'_, Incident>> {
        let incidents = &self.services.incidents;
        let follows = self.navigator.is_display_only();
        incidents
            .evacuating()
            .or_else(|| incidents.just_ended().filter(|_| follows))
    }

    /// Whether the codes with the way out are withheld just now.
    pub(in crate::view) fn withholds_codes(&self) -> bool {
        let hazard = (self.announced()).and_then(|one| self.services.incidents.hazard(&one));
        hazard.as_ref().is_some_and(Hazard::withholds_codes)
    }

    /// When the start of an evacuation can no longer be undone.
    pub(in crate::view) fn evacuation_is_certain(
        &self,
        now: DateTime<Utc>,
    ) -> Option<DateTime<Utc>> {
        let incident = self.services.incidents.evacuating()?;
        let running = incident.running_evacuation()?;
        running.may_undo(now).then(|| running.certain())
    }

    /// When the time since people are leaving changes, which every screen of the kiosk shows.
    pub(in crate::view) fn band_changes(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let incident = self.services.incidents.evacuating()?;
        let running = incident.running_evacuation()?;
        let looks_on = self.navigator.is_display_only();
        (!looks_on).then(|| next_second(running.started, now))
    }

    /// A display that only looks on follows the kiosk: people leave once the start can no longer
    /// be undone, and until its end no longer can.
    pub(in crate::view) fn follow(&self) {
        let now = self.now();
        let incidents = &self.services.incidents;
        let leaving = match incidents.evacuating() {
            Some(one) => one
                .running_evacuation()
                .is_some_and(|one| !one.may_undo(now)),
            None => incidents.just_ended().is_some(),
        };
        match (leaving, self.navigator.here()) {
            (true, Screen::Evacuation) => {}
            (true, _) => self.show_evacuation(EvacuationFace::Signs),
            (false, Screen::Evacuation) => self.show(Screen::Posted),
            (false, _) => {}
        }
    }
}
