//! How it goes with what is done beside the screen: the report that the banner, `check` and
//! `/healthz` share, in full.

use slint::ComponentHandle;

use crate::i18n::jobs as words;
use crate::view::ViewState;
use crate::view::face::Face;
use crate::view::rows::Rows;
use crate::view::touched::Touched;
use crate::{AppWindow, Health, HealthRow, HealthState, Screen};

/// The report in the window.
#[derive(Default)]
pub(in crate::view) struct HealthFace {
    rows: Rows<HealthRow>,
}

impl Face for HealthFace {
    fn bind(&self, window: &AppWindow, touched: &Touched) {
        let health = window.global::<Health<'_>>();
        health.set_rows(self.rows.model());
        health.on_show(touched.plain(|state| state.show(Screen::Health)));
        health.on_back(touched.plain(ViewState::show_inbox));
    }

    fn draw(&self, window: &AppWindow, state: &ViewState) {
        let model = present(state);
        let health = window.global::<Health<'_>>();
        health.set_summary(model.summary.into());
        health.set_failing(model.failing);
        self.rows.set(model.rows);
    }
}

/// How it goes with the jobs.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// How many fail, in words.
    pub summary: String,
    /// At least one fails.
    pub failing: bool,
    /// Each job, those that fail first.
    pub rows: Vec<HealthRow>,
}

/// How it goes just now.
pub fn present(state: &ViewState) -> Model {
    let (lang, now) = (state.lang(), state.now());
    let zone = state.services().settings().branch.time_zone;
    let health = state.services().jobs.health();
    let mut all: Vec<_> = health.iter().collect();
    all.sort_by_key(|(job, report)| (!report.failing, **job));
    let rows = all.into_iter().map(|(job, report)| HealthRow {
        name: words::title(&lang, *job).into(),
        state: if report.failing {
            HealthState::Failing
        } else if report.last_success.is_some() {
            HealthState::Works
        } else {
            HealthState::NotYet
        },
        said: words::state(&lang, report).into(),
        detail: words::detail(&lang, report, now, zone).into(),
    });
    Model {
        summary: words::summary(&lang, &health),
        failing: health.values().any(|report| report.failing),
        rows: rows.collect(),
    }
}
