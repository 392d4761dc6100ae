//! Somebody is resuscitated: the rhythm, seen and heard, until somebody says otherwise.

mod acts;
mod beat;
pub mod presenter;

use chrono::{DateTime, TimeDelta, Utc};
use slint::ComponentHandle;
use slint::winit_030::WinitWindowAccessor;

use self::beat::Beat;
use super::ViewState;
use super::call;
use super::face::Face;
use super::ticks::next_second;
use super::touched::Touched;
use crate::domain::resuscitation::{End, beside_the_beat};
use crate::{AppWindow, Resuscitation};

/// The resuscitation in the window.
#[derive(Default)]
pub(super) struct ResuscitationFace {
    beat: Beat,
}

impl Face for ResuscitationFace {
    fn bind(&self, window: &AppWindow, touched: &Touched) {
        let weak = window.as_weak();
        self.beat.show_by(move |pressed| {
            if let Some(window) = weak.upgrade() {
                window.global::<Resuscitation<'_>>().set_pressed(pressed);
                // As after a tap: under X11 the toolkit would wait for a frame's length, which is half of
                // what the picture may be behind its tone.
                window
                    .window()
                    .with_winit_window(|window| window.request_redraw());
            }
        });
        let resuscitation = window.global::<Resuscitation<'_>>();
        resuscitation.on_open(touched.plain(ViewState::resuscitate));
        resuscitation.on_leave(touched.plain(ViewState::leave_resuscitation));
        resuscitation.on_aed_here(touched.in_place().on_incident(|state, id| {
            state.services.incidents.aed_is_here(id);
        }));
        resuscitation.on_changed(touched.in_place().on_incident(|state, id| {
            state.services.incidents.change_rescuer(id);
        }));
        resuscitation.on_breathing(touched.on_incident(|state, id| {
            state.end_resuscitation(id, End::Breathing);
        }));
        resuscitation.on_taken_over(touched.on_incident(|state, id| {
            state.end_resuscitation(id, End::TakenOver);
        }));
    }

    fn draw(&self, window: &AppWindow, state: &ViewState) {
        call::show_card(window, state);
        let Some(model) = presenter::present(state) else {
            return;
        };
        let resuscitation = window.global::<Resuscitation<'_>>();
        resuscitation.set_elapsed(model.elapsed.into());
        resuscitation.set_left(model.left.into());
        resuscitation.set_turn(model.turn);
        resuscitation.set_heard(model.heard);
        resuscitation.set_aed(model.aed.into());
        resuscitation.set_may_undo(model.may_undo);
        resuscitation.set_ambulance(model.ambulance);
        if let Some(began) = state.sounds.began() {
            self.beat.go_by(began);
        }
    }

    fn put_away(&self) {
        self.beat.rest();
    }

    fn changes(&self, state: &ViewState, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let incident = state.services.incidents.resuscitating()?;
        let going = incident.running_resuscitation()?;
        let due = next_second(going.started, now);
        let since = (due - going.started).to_std().ok()?;
        TimeDelta::from_std(beside_the_beat(since))
            .ok()
            .map(|since| going.started + since)
    }
}
