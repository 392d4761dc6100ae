//! What remains after incidents were closed.

pub mod presenter;

use chrono::{DateTime, Duration, Utc};
use slint::{ComponentHandle, SharedString};

use super::face::Face;
use super::rows::Rows;
use super::touched::Touched;
use super::{ViewState, words};
use crate::domain::ids::IncidentId;
use crate::domain::incident::Mark;
use crate::{After, AppWindow, Chip, ClosedRow, FollowUpRow, StepKey};

/// The screen in the window.
#[derive(Default)]
pub(super) struct AfterFace {
    follow_ups: Rows<FollowUpRow>,
    closed: Rows<ClosedRow>,
    reasons: Rows<Chip>,
}

impl Face for AfterFace {
    fn bind(&self, window: &AppWindow, touched: &Touched) {
        let after = window.global::<After<'_>>();
        after.set_follow_ups(self.follow_ups.model());
        after.set_closed(self.closed.model());
        after.set_waive_reasons(self.reasons.model());
        after.on_done(touched.with_two(|state, id: SharedString, step: StepKey| {
            state.settle(&id.as_str().into(), &step, Mark::Done, None);
        }));
        let waive = touched.with(
            |state, (id, step, reason): (SharedString, StepKey, SharedString)| {
                state.settle(&id.as_str().into(), &step, Mark::Waived, Some(&reason));
            },
        );
        after.on_waive(move |id, step, reason| waive((id, step, reason)));
        after
            .on_open(touched.with(|state, id: SharedString| state.show_guide(&id.as_str().into())));
    }

    fn draw(&self, _window: &AppWindow, state: &ViewState) {
        let model = presenter::present(state);
        self.follow_ups.set(model.follow_ups);
        self.closed.set(model.closed);
        self.reasons.set(model.reasons);
    }

    fn drop_begun(&self, window: &AppWindow) {
        window.global::<After<'_>>().set_waiving(-1);
    }

    fn changes(&self, state: &ViewState, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let closed = state.services.incidents.closed();
        let counting = closed.iter().flat_map(|one| &one.follow_ups).any(|left| {
            // What is more than a day away or past is not said by the second.
            (left.due - now).abs() <= Duration::days(1)
        });
        counting.then(|| now + Duration::seconds(1))
    }
}

impl ViewState {
    /// Says what became of a follow-up of the incident `id`.
    fn settle(&self, id: &IncidentId, step: &StepKey, mark: Mark, reason: Option<&str>) {
        let step = words::step_of(step);
        self.services.incidents.mark(id, &step, mark, reason);
        self.drop_begun();
    }
}
