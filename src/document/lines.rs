//! Where the lines of mixed Chinese and Latin text break: by Unicode's rules (UAX 14), and by what
//! the Chinese standard for punctuation (GB/T 15834) asks beyond them.

use std::ops::Range;

use parley::layout::BreakReason;
use parley::{Layout, LineBreakContext, LineBreakOverrideFn};

/// What must not begin a line, though Unicode's rules would let some of it: separating and
/// connecting marks.
const NOT_FIRST: &str = "，。、；：？！）】》〉」』〕｝”’…—·・–～,.;:?!)]}%％‰℃°";
/// Behind these an address breaks where it has to.
const JOINTS: &str = "@._-?&=";
/// How often a text is broken anew to keep its punctuation from the beginnings of lines.
const MOST_REPAIRS: usize = 24;
/// The least width of a line, in the text's own unit.
const LEAST_WIDTH: f32 = 0.01;

/// Where lines may break beside the usual places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Breaks {
    /// Wherever Unicode's rules let them.
    Usual,
    /// At spaces and between full-width characters, never within an address or a number.
    TextRun,
    /// Also before the path of an address.
    Paths,
    /// Also at the joints of an address.
    Joints,
}

impl Breaks {
    pub(super) fn rule(self) -> &'static LineBreakOverrideFn {
        match self {
            Self::Usual => &|at| chinese(at),
            Self::TextRun => &|at| chinese(at).or_else(|| in_word(at).then_some(false)),
            Self::Paths => &|at| {
                let within = || in_word(at).then(|| before_path(at));
                chinese(at).or_else(within)
            },
            Self::Joints => &|at| {
                let joint = || before_path(at) || JOINTS.contains(at.before);
                chinese(at).or_else(|| in_word(at).then(joint))
            },
        }
    }
}

fn chinese(at: LineBreakContext) -> Option<bool> {
    NOT_FIRST.contains(at.after).then_some(false)
}

fn in_word(at: LineBreakContext) -> bool {
    at.before.is_ascii_graphic() && at.after.is_ascii_graphic()
}

fn before_path(at: LineBreakContext) -> bool {
    at.after == '/' && at.before != '/' && at.before != ':'
}

/// A line of a text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct BrokenLine {
    /// Its part of the text, with the spaces that it broke at.
    pub bytes: Range<usize>,
    /// How long it is without them.
    pub width: f32,
    /// Whether a word had to be torn apart at its end.
    pub torn: bool,
}

/// A part of a line that is of one span and runs in one direction.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Piece {
    /// The number of its span.
    pub span: usize,
    /// Its part of the text.
    pub bytes: Range<usize>,
    /// Where it begins on its line.
    pub left: f32,
    /// How long it is.
    pub width: f32,
}

/// A text that is set, to be broken into lines again and again.
pub(crate) struct Lines {
    text: String,
    layout: Layout<usize>,
}

impl Lines {
    pub(super) fn new(text: &str, layout: Layout<usize>) -> Self {
        Self {
            text: text.to_owned(),
            layout,
        }
    }

    /// The text in lines of at most this width. Where a word is torn apart, what must not begin a
    /// line does not for all that.
    pub(crate) fn broken(&mut self, width: f32) -> Vec<BrokenLine> {
        let width = if width.is_finite() { width } else { f32::MAX };
        let width = width.max(LEAST_WIDTH);
        let mut widths: Vec<f32> = Vec::new();
        for _ in 0..MOST_REPAIRS {
            let found = self.broken_at(width, &widths);
            let Some((index, narrower)) = self.misplaced(&found, widths.len(), width) else {
                return found;
            };
            widths.extend(found.iter().map(|_| width).take(index).skip(widths.len()));
            widths.push(narrower);
        }
        self.broken_at(width, &widths)
    }

    fn broken_at(&mut self, width: f32, first: &[f32]) -> Vec<BrokenLine> {
        let mut lines = self.layout.break_lines();
        lines.state_mut().set_layout_max_advance(width);
        let mut widths = first.iter().copied();
        loop {
            let state = lines.state_mut();
            state.set_line_max_advance(widths.next().unwrap_or(width));
            if lines.break_next().is_none() {
                break;
            }
        }
        lines.finish();
        let lines = self.layout.lines().map(|line| {
            let metrics = line.metrics();
            BrokenLine {
                bytes: line.text_range(),
                width: metrics.advance - metrics.trailing_whitespace,
                torn: line.break_reason() == BreakReason::Emergency,
            }
        });
        lines.collect()
    }

    /// The first line from the one numbered `from` on that is torn before what must not begin a
    /// line, with the width at which it ends a character earlier; that is less than `most`, unless
    /// a letter is wider than its line.
    fn misplaced(&self, lines: &[BrokenLine], from: usize, most: f32) -> Option<(usize, f32)> {
        let torn = lines.iter().enumerate().skip(from);
        let mut torn = torn.filter(|(_, line)| line.torn);
        torn.find_map(|(index, line)| {
            let next = self.text.get(line.bytes.end..)?.chars().next()?;
            let several = self.text.get(line.bytes.clone())?.chars().count() > 2;
            let narrower = line.width * 0.999 - LEAST_WIDTH;
            let helps = several && NOT_FIRST.contains(next) && narrower > 0.0 && narrower < most;
            helps.then_some((index, narrower))
        })
    }

    /// The pieces of the line with this number, from left to right.
    pub(crate) fn pieces(&self, line: usize) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        let Some(line) = self.layout.get(line) else {
            return pieces;
        };
        let mut left = 0.0;
        // Whether the piece before runs from right to left, and is of a run of its own.
        let mut before = None;
        for run in line.runs() {
            let of = run.is_rtl().then(|| run.index());
            for cluster in run.visual_clusters() {
                let (span, bytes) = (cluster.first_style().brush, cluster.text_range());
                let (advance, begin) = (cluster.advance(), left);
                left += advance;
                match pieces.last_mut() {
                    Some(last) if last.span == span && before == Some(of) => {
                        last.bytes.start = last.bytes.start.min(bytes.start);
                        last.bytes.end = last.bytes.end.max(bytes.end);
                        last.width += advance;
                    }
                    _ => pieces.push(Piece {
                        span,
                        bytes,
                        left: begin,
                        width: advance,
                    }),
                }
                before = Some(of);
            }
        }
        pieces
    }
}
