//! Whether there is anything to be seen on a picture.

use std::collections::HashMap;

use super::Picture;
use crate::config::fault::Problem;

/// By how much a channel must differ for an eye to tell it from the ground.
const TOLD_APART: u8 = 40;
/// The least share of pixels that differ from the ground, in ten thousands.
const LEAST_INK: usize = 4;
/// Pixels along each side that do not count: where a drawing does not end on a whole pixel, they
/// are a mixture of it and the ground, and a line there is the edge of the page.
const EDGE: usize = 2;
/// The least pixels of a side whose edges are left out.
const LEAST_SIDE: usize = 50;
/// Up to this value in every channel, a pixel is dark.
const DARK: u8 = 80;
/// From this share of dark pixels on, in percent, the dark is the ground and no line.
const MOST_DARK: usize = 60;
/// The least share of clearly lighter pixels within a dark ground, in ten thousands: the lines
/// and words of a plan that is meant to be dark are more.
const LEAST_LIGHT: usize = 15;
/// By how much a channel must exceed a dark ground to be seen on it in a lit hall.
const CLEARLY_LIGHTER: u8 = 80;
/// How thick a frame may be, in parts of the sides of what it surrounds.
const FRAME: u16 = 32;

/// The fault of a picture that is all one colour, or so nearly that nobody sees the rest, and of
/// one that is dark with nothing light to be seen within.
pub(super) fn fault(picture: &Picture) -> Option<Problem> {
    Inside::of(picture).fault()
}

/// Whether nothing is seen, or nothing but a frame: around the page, or around nothing.
pub(super) fn is_empty(picture: &Picture) -> bool {
    let inside = Inside::of(picture);
    inside.fault().is_some() || inside.is_frame()
}

/// Whether an eye tells the one from the other.
pub(super) fn differs(one: [u8; 3], other: [u8; 3]) -> bool {
    let pairs = one.iter().zip(other);
    pairs.map(|(one, other)| one.abs_diff(other)).max() >= Some(TOLD_APART)
}

/// Neighbours in a row that have one colour.
struct Run {
    row: u16,
    /// The first column, and the one after the last.
    columns: (u16, u16),
    pixel: [u8; 3],
}

impl Run {
    fn length(&self) -> usize {
        usize::from(self.columns.1 - self.columns.0)
    }

    /// How many of its pixels are in columns from the first up to the last.
    fn within(&self, first: u16, last: u16) -> usize {
        let (from, to) = (self.columns.0.max(first), self.columns.1.min(last));
        usize::from(to.saturating_sub(from))
    }
}

/// A picture without its outermost pixels. Drawings have long runs: they are counted much sooner
/// than pixels.
struct Inside {
    width: usize,
    runs: Vec<Run>,
    all: usize,
    ground: [u8; 3],
}

impl Inside {
    fn of(picture: &Picture) -> Self {
        let (width, height) = (picture.width as usize, picture.height as usize);
        let edge = |side: usize| if side >= LEAST_SIDE { EDGE } else { 0 };
        let (across, down) = (edge(width), edge(height));
        let mut runs: Vec<Run> = Vec::new();
        let lines = picture.rgba.chunks_exact(width.max(1) * 4).zip(0_u16..);
        for (line, row) in lines.skip(down).take(height.saturating_sub(2 * down)) {
            let line = line.get(across * 4..(width - across) * 4);
            let mut before: &[u8] = &[];
            for (pixel, column) in line.unwrap_or_default().chunks_exact(4).zip(0_u16..) {
                if pixel == before {
                    continue;
                }
                before = pixel;
                if let Some(run) = runs.last_mut().filter(|run| run.row == row) {
                    run.columns.1 = column;
                }
                runs.push(Run {
                    row,
                    columns: (
                        column,
                        u16::try_from(width - 2 * across).unwrap_or(u16::MAX),
                    ),
                    pixel: pixel.first_chunk().copied().unwrap_or_default(),
                });
            }
        }
        let mut counts: HashMap<[u8; 3], usize> = HashMap::new();
        for run in &runs {
            *counts.entry(run.pixel).or_default() += run.length();
        }
        let all = counts.values().sum();
        let ground = counts
            .into_iter()
            .max_by_key(|(colour, count)| (*count, *colour))
            .map(|(colour, _)| colour);
        Self {
            width,
            runs,
            all,
            ground: ground.unwrap_or_default(),
        }
    }

    /// What differs from the ground.
    fn ink(&self) -> impl Iterator<Item = &Run> {
        self.runs
            .iter()
            .filter(|run| differs(run.pixel, self.ground))
    }

    fn fault(&self) -> Option<Problem> {
        let ink: usize = self.ink().map(Run::length).sum();
        let [red, green, blue] = self.ground;
        (ink * 10_000 < self.all * LEAST_INK || self.is_dark()).then(|| Problem::OneColour {
            colour: format!("#{red:02x}{green:02x}{blue:02x}"),
        })
    }

    /// Whether all the ink is at the sides of the rectangle that it takes up.
    fn is_frame(&self) -> bool {
        let (mut columns, mut rows) = ((u16::MAX, 0), (u16::MAX, 0));
        for run in self.ink() {
            columns = (columns.0.min(run.columns.0), columns.1.max(run.columns.1));
            rows = (rows.0.min(run.row), rows.1.max(run.row + 1));
        }
        let inner = |(first, end): (u16, u16)| {
            let thick = end.saturating_sub(first) / FRAME + 1;
            (first.saturating_add(thick), end.saturating_sub(thick))
        };
        let (columns, rows) = (inner(columns), inner(rows));
        let within: usize = self
            .ink()
            .filter(|run| (rows.0..rows.1).contains(&run.row))
            .map(|run| run.within(columns.0, columns.1))
            .sum();
        within * 10_000 < self.all * LEAST_INK
    }

    /// Whether it is dark, with hardly anything light that has the dark on every side: what is
    /// light around the dark is the paper.
    fn is_dark(&self) -> bool {
        let dark = |run: &&Run| run.pixel.iter().all(|channel| *channel <= DARK);
        let darkness: usize = self.runs.iter().filter(dark).map(Run::length).sum();
        if darkness == 0 || darkness * 100 < self.all * MOST_DARK {
            return false;
        }
        // The first and the last dark pixel of every column and of every row.
        let mut columns = vec![(u16::MAX, 0); self.width];
        let mut rows: HashMap<u16, (u16, u16)> = HashMap::new();
        for run in self.runs.iter().filter(dark) {
            let span = rows.entry(run.row).or_insert(run.columns);
            span.1 = run.columns.1;
            let over = columns.iter_mut().skip(usize::from(run.columns.0));
            for span in over.take(run.length()) {
                *span = (span.0.min(run.row), span.1.max(run.row));
            }
        }
        let least = |channel: u8| channel.saturating_add(CLEARLY_LIGHTER);
        let light = |run: &&Run| {
            let mut pairs = run.pixel.iter().zip(self.ground);
            pairs.any(|(one, ground)| *one >= least(ground))
        };
        let mut lightness = 0;
        for run in self.runs.iter().filter(light) {
            let Some((first, last)) = rows.get(&run.row) else {
                continue;
            };
            let over =
                (run.columns.0..run.columns.1).zip(columns.iter().skip(usize::from(run.columns.0)));
            lightness += over
                .filter(|(column, (top, bottom))| {
                    (first..last).contains(&column) && (top..bottom).contains(&&run.row)
                })
                .count();
        }
        lightness * 10_000 < self.all * LEAST_LIGHT
    }
}
