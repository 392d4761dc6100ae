//! What the statistics show.

use crate::ReportState;
use crate::domain::lang::Lang;
use crate::domain::statistics::{Length, Period};
use crate::i18n::archive;
use crate::i18n::sections::{self, Chart, heard, sections};
use crate::i18n::statistics::{self as words, Heading};
use crate::service::filing::Subject;
use crate::view::ViewState;

/// How many bars stand beside each other at most, on a display on its side and on one on end: those of
/// months have two each, with a number over either.
const MONTHS: (i32, i32) = (12, 6);
const OTHERS: (i32, i32) = (12, 12);

/// How a section shows its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Large, beside each other.
    Tiles,
    /// Bars beneath each other.
    Bars,
    /// Bars beside each other.
    Columns,
    /// A table.
    Table,
}

/// A bar of a chart, or two of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bar {
    /// What it is called.
    pub label: String,
    /// Shares of the longest bar of the chart, from 0 to 1.
    pub shares: [f32; 2],
    /// The numbers as they stand at the bars.
    pub said: [String; 2],
    /// All of it, for those who listen.
    pub words: String,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// What it is of, and its numbers.
    pub cells: Vec<String>,
    /// The same with what each number is, for those who listen.
    pub words: String,
}

/// A heading with its numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// What it is called in tests.
    pub id: &'static str,
    /// The heading.
    pub title: String,
    /// How the numbers stand.
    pub shape: Shape,
    /// The bars of a chart.
    pub bars: Vec<Bar>,
    /// The names of two kinds of bar; empty for one.
    pub legend: Vec<String>,
    /// How many bars stand beside each other at most, on a display on its side and on one on end.
    pub per_line: (i32, i32),
    /// The names of a table's columns.
    pub head: Vec<String>,
    /// The rows of a table, or the tiles.
    pub rows: Vec<Row>,
    /// What is to be known of the numbers.
    pub note: String,
}

/// The statistics just now.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// Which of the times that one tap leads to is shown.
    pub chosen: Option<Length>,
    /// The time that is looked at.
    pub period: String,
    /// Something happened before it.
    pub has_before: bool,
    /// There is a time after it.
    pub has_after: bool,
    /// As of when it was counted, or why it is not.
    pub summary: String,
    /// It cannot be.
    pub failing: bool,
    /// The numbers.
    pub sections: Vec<Section>,
    /// What became of its report.
    pub report: (ReportState, String),
}

/// The statistics just now.
pub fn present(state: &ViewState) -> Model {
    let Some(period) = state.statistics.period.get() else {
        return Model::default();
    };
    let (lang, now) = (state.lang(), state.now());
    let services = state.services();
    let settings = services.settings();
    let zone = settings.branch.time_zone;
    let shown = services.figures.shown();
    let unread = services.figures.unread();
    let (begins, ends) = period.range(&zone);
    let since = shown.as_ref().and_then(|shown| shown.counted.since);
    let mut model = Model {
        chosen: present_of(period, state),
        period: words::period(&lang, period),
        has_before: period.before().is_some() && since.is_some_and(|since| since < begins),
        has_after: period.after().is_some() && ends <= now,
        failing: unread.is_some(),
        report: state.report_of(&Subject::Figures(period)),
        ..Model::default()
    };
    // While another time is counted, what was there stays in sight; where it cannot be, nothing says
    // that the numbers are of another.
    let of_it = shown
        .as_deref()
        .filter(|shown| shown.counted.statistics.period == period);
    model.summary = match (&*unread, of_it) {
        (Some(why), _) => archive::unread(&lang, why),
        (None, Some(shown)) => words::as_of(&lang, &shown.counted.statistics, shown.at, zone),
        (None, None) => archive::reading(&lang).to_owned(),
    };
    let drawn = match &*unread {
        Some(_) => of_it,
        None => of_it.or(shown.as_deref()),
    };
    if let Some(shown) = drawn {
        let all = sections(&lang, &shown.counted);
        model.sections = all.into_iter().map(|one| section(&lang, one)).collect();
        if let Some(last) = model.sections.last_mut() {
            words::how_counted(&lang).clone_into(&mut last.note);
        }
    }
    model
}

/// Which of the times that one tap leads to this is.
fn present_of(period: Period, state: &ViewState) -> Option<Length> {
    let today = state.today(&state.services().settings());
    let all = [Length::Month, Length::Quarter, Length::Year, Length::All];
    all.into_iter()
        .find(|length| Period::of(*length, today) == period)
}

fn section(lang: &Lang, of: sections::Section) -> Section {
    let (id, shape) = match of.of {
        Heading::Overview => ("overview", Shape::Tiles),
        Heading::ByType => ("by-type", Shape::Bars),
        Heading::ByMonth => ("by-month", Shape::Columns),
        Heading::ByWeekday => ("by-weekday", Shape::Columns),
        Heading::ByHour => ("by-hour", Shape::Columns),
        Heading::Times => ("times", Shape::Table),
        Heading::BySubject => ("by-subject", Shape::Bars),
        Heading::Answers => ("answers", Shape::Table),
    };
    let (bars, legend) = match &of.chart {
        Some(Chart::Rows(bars)) => (bars.as_slice(), Vec::new()),
        Some(Chart::Columns { bars, legend }) => (bars.as_slice(), legend.clone()),
        None => (&[] as &[_], Vec::new()),
    };
    let most = bars.iter().flat_map(|bar| &bar.counts).max();
    let most = most.copied().unwrap_or(0).max(1);
    let bars = bars.iter().zip(&of.rows).map(|(bar, row)| {
        // Behind a named bar its share of the whole has room as well.
        let said = match shape {
            Shape::Bars => row.iter().skip(1).cloned().collect::<Vec<_>>().join(" · "),
            _ => bar
                .counts
                .first()
                .map_or_else(String::new, usize::to_string),
        };
        let share = |nth: usize| {
            let count = bar.counts.get(nth).copied().unwrap_or(0);
            count as f32 / most as f32
        };
        let second = bar.counts.get(1).map_or_else(String::new, usize::to_string);
        Bar {
            label: bar.label.clone(),
            shares: [share(0), share(1)],
            said: [said, second],
            words: heard(lang, &of.head, row),
        }
    });
    let bars = bars.collect();
    let row = |cells: Vec<String>| Row {
        words: heard(lang, &of.head, &cells),
        cells,
    };
    let is_table = matches!(shape, Shape::Tiles | Shape::Table);
    Section {
        id,
        shape,
        bars,
        legend,
        per_line: match of.of {
            Heading::ByMonth => MONTHS,
            _ => OTHERS,
        },
        rows: of.rows.into_iter().filter(|_| is_table).map(row).collect(),
        head: of.head.clone(),
        title: of.title,
        note: String::new(),
    }
}
