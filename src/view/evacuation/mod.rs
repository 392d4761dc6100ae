//! The evacuation: what everybody sees, and what the staff see to.

mod acts;
pub mod presenter;
pub mod way_out;

use std::cell::Cell;

use chrono::{DateTime, Utc};
use slint::{ComponentHandle, Image, Rgba8Pixel, SharedPixelBuffer, SharedString};

use super::ViewState;
use super::face::Face;
use super::rows::Rows;
use super::ticks::next_second;
use super::touched::Touched;
use crate::{AppWindow, EndAsked, Evacuation, EvacuationFace as Side, HazardChip, SweepRow};

/// What the evacuation screen shows beside the services' state.
#[derive(Default)]
pub(super) struct State {
    face: Cell<Side>,
    /// The face from which the end was asked for.
    asked_from: Cell<Side>,
}

/// The evacuation in the window.
#[derive(Default)]
pub(super) struct EvacuationFace {
    hazards: Rows<HazardChip>,
    sweeps: Rows<SweepRow>,
}

impl Face for EvacuationFace {
    fn bind(&self, window: &AppWindow, touched: &Touched) {
        let evacuation = window.global::<Evacuation<'_>>();
        evacuation.set_hazards(self.hazards.model());
        evacuation.set_sweeps(self.sweeps.model());
        evacuation.on_undo(touched.plain(ViewState::undo_evacuation));
        evacuation.on_name_hazard(touched.with(|state, hazard: SharedString| {
            state.services.incidents.name_hazard(&hazard);
        }));
        evacuation.on_call_next(touched.plain(|state| {
            state.services.incidents.next_order();
        }));
        evacuation.on_turn_to(touched.with(ViewState::turn_evacuation));
        evacuation.on_sweep(touched.with_two(|state, sweep: SharedString, done| {
            state.services.incidents.sweep(&sweep, done);
        }));
        evacuation.on_count(touched.in_place().with(|state, more| {
            state.services.incidents.count_heads(more);
        }));
        evacuation.on_miss(touched.with(|state, missing: i32| {
            let missing = u32::try_from(missing).unwrap_or(0);
            state.services.incidents.miss(missing);
        }));
        evacuation.on_end(touched.with(|state, how: EndAsked| state.end_evacuation(how)));
        evacuation.on_carry_on(touched.plain(ViewState::carry_on));
        evacuation.on_to_guide(touched.plain(ViewState::to_guide_of_evacuation));
    }

    fn draw(&self, window: &AppWindow, state: &ViewState) {
        let Some(model) = presenter::present(state) else {
            return;
        };
        let evacuation = window.global::<Evacuation<'_>>();
        evacuation.set_face(model.face);
        evacuation.set_elapsed(model.elapsed.into());
        evacuation.set_undo_left(model.undo_left);
        evacuation.set_command(model.command.into());
        evacuation.set_command_other(model.command_other.into());
        evacuation.set_next_order(model.next_order.into());
        evacuation.set_hazard(model.hazard.into());
        evacuation.set_with_codes(model.with_codes);
        evacuation.set_with_place(model.with_place);
        evacuation.set_staff_words(model.staff_words.into());
        self.hazards.set(model.hazards);
        evacuation.set_floor_plan_words(model.floor.words.into());
        let (x, y) = model.floor.here.unwrap_or((-1.0, -1.0));
        evacuation.set_here_x(x);
        evacuation.set_here_y(y);
        evacuation.set_out(model.out.into());
        evacuation.set_heads(model.heads.into());
        evacuation.set_missing(
            model
                .missing
                .map_or(-1, |count| i32::try_from(count).unwrap_or(i32::MAX)),
        );
        self.sweeps.set(model.sweeps);
    }

    /// Takes the picture of the floor plan over into the window, once it is there.
    fn keep_up(&self, window: &AppWindow, state: &ViewState) -> bool {
        let Some(picture) = state.services.floor.take() else {
            return false;
        };
        let (width, height) = (picture.width, picture.height);
        let pixels =
            SharedPixelBuffer::<Rgba8Pixel>::clone_from_slice(&picture.rgba, width, height);
        let evacuation = window.global::<Evacuation<'_>>();
        evacuation.set_floor_plan(Image::from_rgba8(pixels));
        true
    }

    fn drop_begun(&self, window: &AppWindow) {
        let evacuation = window.global::<Evacuation<'_>>();
        evacuation.set_end_asked(EndAsked::Nothing);
    }

    fn translate(&self, window: &AppWindow, state: &ViewState) {
        let way = way_out::present(state);
        let evacuation = window.global::<Evacuation<'_>>();
        evacuation.set_assembly_title(way.assembly_title.into());
        evacuation.set_assembly(way.assembly.into());
        evacuation.set_exits_title(way.exits_title.into());
        evacuation.set_exits(way.exits.into());
        evacuation.set_code_title(way.code_title.into());
        evacuation.set_here_words(way.here_words.into());
    }

    fn changes(&self, state: &ViewState, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let incident = state.announced()?;
        let announced = incident.announced_evacuation(now)?;
        Some(next_second(announced.started, now))
    }
}
