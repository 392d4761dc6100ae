//! What many incidents and complaints say together: the charts of a time that is chosen by taps.

mod presenter;

use std::cell::{Cell, RefCell};

use slint::{ComponentHandle, ModelRc, SharedString};

use crate::domain::statistics::{Length, Period};
use crate::service::filing::Subject;
use crate::view::ViewState;
use crate::view::face::Face;
use crate::view::rows::Rows;
use crate::view::touched::Touched;
use crate::{
    AppWindow, FigureBar, FigurePeriod, FigureRow, FigureSection, FigureShape, Figures, Screen,
};
pub use presenter::{Bar, Model, Row, Section, Shape, present};

/// The time that is looked at; none while nobody does.
#[derive(Default)]
pub(in crate::view) struct State {
    period: Cell<Option<Period>>,
}

/// The statistics in the window.
#[derive(Default)]
pub(in crate::view) struct StatisticsFace {
    sections: Rows<FigureSection>,
    /// What the window has: as many models as a section has bars are made only for something else.
    drawn: RefCell<Vec<Section>>,
}

impl Face for StatisticsFace {
    fn bind(&self, window: &AppWindow, touched: &Touched) {
        let figures = window.global::<Figures<'_>>();
        figures.set_sections(self.sections.model());
        figures.on_show(touched.plain(ViewState::show_statistics));
        figures.on_back(touched.plain(ViewState::show_inbox));
        figures.on_choose(touched.with(|state, chosen| {
            if let Some(length) = length_of(chosen) {
                state.choose_period(length);
            }
        }));
        let turns = touched.in_place();
        figures.on_before(turns.plain(|state| state.turn_period(Period::before)));
        figures.on_after(turns.plain(|state| state.turn_period(Period::after)));
        figures.on_report(turns.plain(ViewState::report_figures));
    }

    fn draw(&self, window: &AppWindow, state: &ViewState) {
        let model = present(state);
        let figures = window.global::<Figures<'_>>();
        figures.set_chosen(chosen(model.chosen));
        figures.set_period(model.period.into());
        figures.set_has_before(model.has_before);
        figures.set_has_after(model.has_after);
        figures.set_summary(model.summary.into());
        figures.set_failing(model.failing);
        figures.set_report_state(model.report.0);
        figures.set_report_said(model.report.1.into());
        if *self.drawn.borrow() != model.sections {
            self.sections.set(model.sections.iter().map(section));
            self.drawn.replace(model.sections);
        }
    }

    fn keep_up(&self, _window: &AppWindow, state: &ViewState) -> bool {
        state.keep_statistics_up();
        false
    }

    fn put_away(&self) {
        self.sections.set([]);
        self.drawn.take();
    }
}

fn length_of(chosen: FigurePeriod) -> Option<Length> {
    match chosen {
        FigurePeriod::Month => Some(Length::Month),
        FigurePeriod::Quarter => Some(Length::Quarter),
        FigurePeriod::Year => Some(Length::Year),
        FigurePeriod::All => Some(Length::All),
        FigurePeriod::Other => None,
    }
}

fn chosen(length: Option<Length>) -> FigurePeriod {
    match length {
        Some(Length::Month) => FigurePeriod::Month,
        Some(Length::Quarter) => FigurePeriod::Quarter,
        Some(Length::Year) => FigurePeriod::Year,
        Some(Length::All) => FigurePeriod::All,
        None => FigurePeriod::Other,
    }
}

/// A section as the markup has it.
fn section(one: &Section) -> FigureSection {
    let bar = |bar: &Bar| FigureBar {
        label: bar.label.as_str().into(),
        first: bar.shares[0],
        second: bar.shares[1],
        first_said: bar.said[0].as_str().into(),
        second_said: bar.said[1].as_str().into(),
        words: bar.words.as_str().into(),
    };
    let row = |row: &Row| FigureRow {
        cells: words(&row.cells),
        words: row.words.as_str().into(),
    };
    FigureSection {
        id: one.id.into(),
        title: one.title.as_str().into(),
        shape: match one.shape {
            Shape::Tiles => FigureShape::Tiles,
            Shape::Bars => FigureShape::Bars,
            Shape::Columns => FigureShape::Columns,
            Shape::Table => FigureShape::Table,
        },
        bars: one
            .bars
            .iter()
            .map(bar)
            .collect::<Vec<_>>()
            .as_slice()
            .into(),
        legend: words(&one.legend),
        wide: one.per_line.0,
        narrow: one.per_line.1,
        head: words(&one.head),
        rows: one
            .rows
            .iter()
            .map(row)
            .collect::<Vec<_>>()
            .as_slice()
            .into(),
        note: one.note.as_str().into(),
    }
}

fn words(all: &[String]) -> ModelRc<SharedString> {
    let all: Vec<SharedString> = all.iter().map(|one| one.as_str().into()).collect();
    all.as_slice().into()
}

impl ViewState {
    /// Shows the statistics: of the present year, unless another time is looked at already.
    pub fn show_statistics(&self) {
        self.show(Screen::Statistics);
        if self.navigator.here() != Screen::Statistics {
            return;
        }
        match self.statistics.period.get() {
            Some(period) => self.look_at_period(period),
            None => self.choose_period(Length::Year),
        }
    }

    /// Looks at the present month, quarter or year, or at all there is.
    pub fn choose_period(&self, length: Length) {
        let today = self.today(&self.services.settings());
        self.look_at_period(Period::of(length, today));
    }

    fn turn_period(&self, to: impl Fn(Period) -> Option<Period>) {
        let period = self.statistics.period.get().and_then(to);
        if let Some(period) = period {
            self.look_at_period(period);
        }
    }

    fn look_at_period(&self, period: Period) {
        self.statistics.period.set(Some(period));
        if let Some(data) = &self.services.data {
            let current = self.services.in_force.now();
            let figures = &self.services.figures;
            figures.look_at(data, &current, period, self.now());
        }
    }

    /// Goes by what has happened since the statistics were counted.
    fn keep_statistics_up(&self) {
        if self.navigator.here() == Screen::Statistics {
            let current = self.services.in_force.now();
            self.services.figures.keep_up(&current, self.now());
        }
    }

    /// Has the report of the time that is looked at made.
    pub fn report_figures(&self) {
        if let Some(period) = self.statistics.period.get() {
            self.file_report(Subject::Figures(period), false);
        }
    }

    /// Nobody looks at anything any more.
    pub(super) fn forget_statistics(&self) {
        self.statistics.period.set(None);
        self.services.figures.forget();
        self.services.filing.forget();
    }
}
