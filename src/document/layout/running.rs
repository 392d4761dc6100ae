//! What stands at the edges of every page.

use super::measures::{EDGE_SIZE, Measures, RULE, TIGHT};
use super::text::{Look, Setting};
use super::{Item, Mark};
use crate::document::colour::Colour;
use crate::document::model::{Document, Running, RunningPart, Side, Text};
use crate::document::page::{Area, Weight};
use crate::document::shaping::Shaper;
use crate::document::structure::{Of, Structure};

/// From the edge of the paper to what runs along it, in parts of the margin.
const OUTSIDE: f32 = 0.6;
/// Between that and the text, in parts of the margin.
const INSIDE: f32 = 0.3;
/// Between what stands on the left and on the right, in parts of the width.
const BETWEEN: f32 = 0.04;
/// Head and foot take no more than this part of a page each, whatever they say.
const MOST: f32 = 0.25;
/// Stands for a number before it is known how many pages there are.
const LARGEST: usize = 8888;

/// What is told of one page at its edges.
pub(super) struct Numbers<'t> {
    /// Its number, from 1.
    pub page: usize,
    /// How many there are.
    pub pages: usize,
    /// The heading that it is under.
    pub title: &'t str,
}

/// Head and foot of a document, and what they leave for the text.
pub(super) struct Edges<'d> {
    document: &'d Document,
    shaper: &'d Shaper,
    measures: &'d Measures,
    /// The heights of head and foot.
    heights: (f32, f32),
}

impl<'d> Edges<'d> {
    pub(super) fn of(document: &'d Document, shaper: &'d Shaper, measures: &'d Measures) -> Self {
        let mut edges = Self {
            document,
            shaper,
            measures,
            heights: (f32::MAX, f32::MAX),
        };
        let height = |running| {
            let unknown = Numbers {
                page: LARGEST,
                pages: LARGEST,
                title: "",
            };
            let lines = edges.lines(running, &unknown, Of::Nothing).len();
            (lines as f32 * edges.look(Side::Left).height()).min(measures.height * MOST)
        };
        edges.heights = (height(&document.head), height(&document.foot));
        edges
    }

    fn look(&self, side: Side) -> Look {
        Look {
            size: self.measures.size * EDGE_SIZE,
            weight: Weight::Regular,
            colour: Colour::SOFT,
            leading: TIGHT,
            side,
        }
    }

    /// From the edge of the paper to the text, with something of this height between them.
    fn outside(&self, height: f32) -> f32 {
        let margin = self.measures.margin;
        if height > 0.0 {
            margin * OUTSIDE + height + margin * INSIDE
        } else {
            margin
        }
    }

    /// Where the text begins.
    pub(super) fn top(&self) -> f32 {
        self.outside(self.heights.0)
    }

    /// The height of the text.
    pub(super) fn room(&self) -> f32 {
        self.measures.height - self.outside(self.heights.0) - self.outside(self.heights.1)
    }

    /// What stands above the text of a page.
    pub(super) fn head(&self, numbers: &Numbers<'_>) -> Vec<Mark> {
        let top = self.measures.margin * OUTSIDE;
        let line = top + self.heights.0 + self.measures.margin * INSIDE * 0.4;
        self.edge(&self.document.head, numbers, Of::Head, (top, line))
    }

    /// What stands beneath it.
    pub(super) fn foot(&self, numbers: &Numbers<'_>) -> Vec<Mark> {
        let top = self.measures.height - self.measures.margin * OUTSIDE - self.heights.1;
        let line = top - self.measures.margin * INSIDE * 0.4;
        self.edge(&self.document.foot, numbers, Of::Foot, (top, line))
    }

    fn edge(
        &self,
        running: &Running,
        numbers: &Numbers<'_>,
        of: Of,
        (top, line): (f32, f32),
    ) -> Vec<Mark> {
        let lines = self.lines(running, numbers, of);
        if lines.is_empty() {
            return Vec::new();
        }
        let height = if of == Of::Head {
            self.heights.0
        } else {
            self.heights.1
        };
        let step = self.look(Side::Left).height();
        // What is beyond reason is cut off.
        let fit = ((height / step) + 0.01) as usize;
        let left = self.measures.margin;
        let mut marks = Vec::new();
        for (index, line) in lines.into_iter().take(fit).enumerate() {
            let down = top + index as f32 * step;
            marks.extend(line.into_iter().map(|mark| Mark {
                item: mark.item.moved(left, down),
                of,
            }));
        }
        let area = Area {
            left,
            top: line,
            width: self.measures.width,
            height: RULE,
        };
        marks.push(Mark {
            item: Item::Panel(area, Colour::LINE),
            of: Of::Nothing,
        });
        marks
    }

    /// Both sides, line by line.
    fn lines(&self, running: &Running, numbers: &Numbers<'_>, of: Of) -> Vec<Vec<Mark>> {
        let width = self.measures.width;
        let half = width * (1.0 - BETWEEN) / 2.0;
        let said = |parts: &[RunningPart]| -> String {
            let words = parts.iter().map(|part| match part {
                RunningPart::TextRun(words) => words.clone(),
                RunningPart::Page => numbers.page.to_string(),
                RunningPart::Pages => numbers.pages.to_string(),
                RunningPart::Title => numbers.title.to_owned(),
            });
            words.collect()
        };
        let set = |said: String, side| {
            if said.trim().is_empty() {
                return Vec::new();
            }
            let setting = Setting {
                shaper: self.shaper,
                lang: &self.document.lang,
                width: half,
                look: &self.look(side),
            };
            // Nothing of it is a part of the document.
            setting.lines(&Text::plain(said), of, &mut Structure::default())
        };
        let mut lines = set(said(&running.left), Side::Left);
        for (index, line) in set(said(&running.right), Side::Right)
            .into_iter()
            .enumerate()
        {
            let line = line.into_iter().map(|mark| Mark {
                item: mark.item.moved(width - half, 0.0),
                of: mark.of,
            });
            match lines.get_mut(index) {
                Some(beside) => beside.extend(line),
                None => lines.push(line.collect()),
            }
        }
        lines
    }
}
