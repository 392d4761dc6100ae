//! The evacuation: what everybody sees, and what the staff see to.

mod acts;
pub mod presenter;
pub mod roll;
pub mod way_out;

use std::cell::Cell;

use chrono::{DateTime, Utc};
use slint::{ComponentHandle, Image, Rgba8Pixel, SharedPixelBuffer, SharedString};

use super::ViewState;
use super::face::Face;
use super::rows::Rows;
use super::ticks::next_second;
use super::touched::Touched;
use crate::{
    AppWindow, Chip, EndAsked, Evacuation, EvacuationFace as Side, ExitRow, HazardChip, MissingRow,
    SweepRow, TaskRow,
};

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
    exits: Rows<ExitRow>,
    tasks: Rows<TaskRow>,
    holders: Rows<Chip>,
    kinds: Rows<Chip>,
    places: Rows<Chip>,
    people: Rows<MissingRow>,
}

impl Face for EvacuationFace {
    fn bind(&self, window: &AppWindow, touched: &Touched) {
        let evacuation = window.global::<Evacuation<'_>>();
        evacuation.set_hazards(self.hazards.model());
        evacuation.set_sweeps(self.sweeps.model());
        evacuation.set_exits(self.exits.model());
        evacuation.set_tasks(self.tasks.model());
        evacuation.set_holders(self.holders.model());
        evacuation.set_kinds(self.kinds.model());
        evacuation.set_places(self.places.model());
        evacuation.set_people(self.people.model());
        evacuation.on_undo(touched.plain(ViewState::undo_evacuation));
        evacuation.on_name_hazard(touched.with(|state, hazard: SharedString| {
            state.services.incidents.name_hazard(&hazard);
        }));
        evacuation.on_call_next(touched.plain(|state| {
            state.services.incidents.next_order();
        }));
        evacuation.on_turn_to(touched.with(ViewState::turn_evacuation));
        evacuation.on_sweep(touched.with_two(|state, sweep: SharedString, done| {
            state.sweep(&sweep, done);
        }));
        evacuation.on_count(touched.in_place().with(|state, more| {
            state.services.incidents.count_heads(more);
        }));
        evacuation.on_all_out(touched.plain(|state| {
            state.services.incidents.miss(0);
        }));
        evacuation.on_give(
            touched.with_two(|state, task: SharedString, to: SharedString| {
                state.give_task(&task, &to);
            }),
        );
        evacuation.on_miss(
            touched.with_two(|state, kind: SharedString, place: SharedString| {
                state.miss_person(&kind, &place);
            }),
        );
        evacuation.on_found(touched.with(|state, person: i32| {
            let person = u32::try_from(person).unwrap_or(0);
            state.services.incidents.find_person(person);
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
        evacuation.set_undo_left(model.undo_left);
        evacuation.set_command(model.command.into());
        evacuation.set_command_other(model.command_other.into());
        evacuation.set_next_order(model.next_order.into());
        evacuation.set_hazard(model.hazard.into());
        evacuation.set_with_place(model.with_place);
        evacuation.set_stay(model.stay.into());
        evacuation.set_stay_other(model.stay_other.into());
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
        let roll = model.roll;
        self.tasks.set(roll.tasks);
        self.holders.set(roll.holders);
        self.kinds.set(roll.kinds);
        self.places.set(roll.places);
        self.people.set(roll.people);
        evacuation.set_expected(roll.expected.into());
        evacuation.set_out_of(roll.out_of.into());
        evacuation.set_missing_words(roll.missing.into());
    }

    /// Takes the picture of the floor plan over into the window, once it is there; every screen
    /// says since when people are leaving, and what they are told.
    fn keep_up(&self, window: &AppWindow, state: &ViewState) -> bool {
        if let Some(band) = presenter::band(state) {
            let evacuation = window.global::<Evacuation<'_>>();
            evacuation.set_elapsed(band.elapsed.into());
            evacuation.set_order(band.order.into());
        }
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
        evacuation.set_giving("".into());
        evacuation.set_kind("".into());
        evacuation.set_place("".into());
    }

    fn translate(&self, window: &AppWindow, state: &ViewState) {
        let way = way_out::present(state);
        let evacuation = window.global::<Evacuation<'_>>();
        evacuation.set_assembly_title(way.assembly_title.into());
        let (assembly, other) = way.assembly;
        evacuation.set_assembly_ems(way_out::ems(&assembly));
        evacuation.set_assembly(assembly.into());
        evacuation.set_assembly_other(other.into());
        self.exits.set(way.exits);
        evacuation.set_here_words(way.here_words.into());
    }

    fn changes(&self, state: &ViewState, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let incident = state.announced()?;
        let announced = incident.announced_evacuation(now)?;
        Some(next_second(announced.started, now))
    }
}
