//! What is drawn as bright as paper, for a dark ground that the file does not have, among other
//! things that are seen: white walls beside a dark title block. A picture with nothing but such
//! lines is the business of [`super::reverse`].
//!
//! White has other uses, and they stay as they are: a gap of a door painted over a wall, a sheet
//! or a box behind words, the words on a dark sign. All of these have something darker under or
//! over them; what has nothing of the kind is lost.

use resvg::tiny_skia::{Mask, Paint as Brush, Pixmap, PremultipliedColorU8, Stroke};
use resvg::usvg::Tree;

use super::pieces::{self, Piece, Shade, rule};

/// Up to this share of the picture, in percent, what is darker stands apart, as a title block
/// does, and pale lines are no mere grid under it.
const APART: usize = 30;
/// From this share of the picture on, in percent, a white area is a sheet to draw on.
const SHEET: usize = 20;
/// Up to this share of a line's middle or of a word, in percent, something darker may cross it.
const CROSSED: usize = 50;
/// Up to this share of a line's sides, in percent, there may be something darker that it parts.
const PARTING: usize = 20;
/// Up to this share of an area, in thousandths, something darker may stand on it.
const STOOD_ON: usize = 20;
/// Up to this share of an area, in thousandths, it may be made dark with what stands on it.
const EMPTY: usize = 3;
/// Up to this share of an area's rim, in percent, a darker line may follow it.
const FRAMED: usize = 10;
/// How wide that rim is, and the sides of a line that are looked at, in pixels.
const RIM: f32 = 4.0;
/// From this share of all lines and letters on, in percent, lost ones are no accident.
const MOST_LINES: f32 = 20.0;
/// The same, areas included: what draws white areas on nothing seldom loses anything.
const MOST_ALL: f32 = 50.0;
/// The most pixels that all the shapes are tried on.
const MOST_TRIED: usize = 80_000_000;
/// From this coverage on, a pixel belongs to a shape.
const COVERED: u8 = 64;
/// From this coverage on, a pixel has something of ink.
const INKED: u8 = 24;

/// What the paper swallows.
pub(super) struct Lost {
    /// One for each pixel of the picture: whether it belongs to what is lost on nothing.
    pub pixels: Vec<bool>,
    /// Whether it is lost on a white sheet, where it cannot be told what it was to be seen on.
    pub on_sheet: bool,
}

/// What of the drawing is lost on paper, where it is much; none where it is little.
pub(super) fn lost(tree: &Tree, scale: f32, size: (u32, u32)) -> Option<Lost> {
    let pieces = pieces::of(tree, scale);
    if pieces.iter().all(|piece| piece.shade == Shade::Ink) {
        return None;
    }
    let mut search = Search::new(size)?;
    for piece in pieces.iter().filter(|piece| piece.shade == Shade::Ink) {
        search.draw_ink(piece);
    }
    let pale_too = search.ink_stands_apart();
    for piece in pieces.iter().filter(|piece| piece.shade != Shade::Ink) {
        search.try_bright(piece, pale_too || piece.shade == Shade::Paper);
    }
    search.found()
}

struct Search {
    width: usize,
    height: usize,
    /// Whatever is darker than paper, hidden or not.
    ink: Pixmap,
    /// White areas to draw on.
    sheets: Vec<bool>,
    lost: Vec<bool>,
    tried: usize,
    /// Lengths in pixels: of everything; of lost lines and letters, and of lost areas, on nothing;
    /// of lost lines and letters on a sheet.
    all: f32,
    lines: f32,
    areas: f32,
    on_sheet: f32,
}

impl Search {
    fn new((width, height): (u32, u32)) -> Option<Self> {
        let pixels = width as usize * height as usize;
        Some(Self {
            width: width as usize,
            height: height as usize,
            ink: Pixmap::new(width, height)?,
            sheets: vec![false; pixels],
            lost: vec![false; pixels],
            tried: 0,
            all: 0.0,
            lines: 0.0,
            areas: 0.0,
            on_sheet: 0.0,
        })
    }

    fn draw_ink(&mut self, piece: &Piece<'_>) {
        let brush = Brush::default();
        let path = piece.path.data();
        match &piece.stroke {
            Some(stroke) => self
                .ink
                .stroke_path(path, &brush, stroke, piece.transform, None),
            None => self
                .ink
                .fill_path(path, &brush, rule(piece.path), piece.transform, None),
        }
        if self.window(piece).is_some() {
            self.all += piece.length();
        }
    }

    /// The part of the picture that the piece can reach: left, top, width and height.
    fn window(&self, piece: &Piece<'_>) -> Option<(usize, usize, u32, u32)> {
        let bounds = piece.bounds()?;
        let side = |from: f32, to: f32, most: usize| {
            let from = from.floor().clamp(0.0, most as f32) as usize;
            let to = to.ceil().clamp(0.0, most as f32) as usize;
            (to > from).then_some((from, u32::try_from(to - from).ok()?))
        };
        let (left, width) = side(bounds.left() - RIM, bounds.right() + RIM, self.width)?;
        let (top, height) = side(bounds.top() - RIM, bounds.bottom() + RIM, self.height)?;
        Some((left, top, width, height))
    }

    /// Notes a sheet, and what is lost; other areas and lines than sheets only if they `may_be`.
    fn try_bright(&mut self, piece: &Piece<'_>, may_be: bool) {
        let Some((left, top, width, height)) = self.window(piece) else {
            return;
        };
        self.tried += width as usize * height as usize;
        if self.tried > MOST_TRIED {
            return;
        }
        let Some(mask) = piece.mask((left, top), (width, height)) else {
            return;
        };
        let places = self.places(&mask, (left, top));
        let (mut area, mut inked, mut on_sheet) = (0, 0, 0);
        for (place, _) in places.clone().filter(|(_, covered)| *covered >= COVERED) {
            area += 1;
            inked += usize::from(self.is_ink(place));
            on_sheet += usize::from(self.sheets.get(place) == Some(&true));
        }
        let is_line = piece.stroke.is_some() || piece.letters;
        if !is_line && area * 100 >= self.width * self.height * SHEET {
            for (place, covered) in places {
                if let Some(sheet) = self.sheets.get_mut(place) {
                    *sheet |= covered >= COVERED;
                }
            }
            return;
        }
        let corner = (left, top);
        let is_seen = match &piece.stroke {
            Some(stroke) => self.is_line_seen(piece, stroke, corner, &mask),
            None if piece.letters => inked * 100 > area * CROSSED,
            None => inked * 1000 > area * STOOD_ON || self.is_framed(piece, corner, &mask),
        };
        if area == 0 || is_seen || !may_be {
            return;
        }
        let length = piece.length();
        self.all += length;
        if on_sheet * 2 > area {
            self.on_sheet += if is_line { length } else { 0.0 };
            return;
        }
        *(if is_line {
            &mut self.lines
        } else {
            &mut self.areas
        }) += length;
        if !is_line && inked * 1000 > area * EMPTY {
            return;
        }
        for (place, covered) in places {
            if let Some(lost) = self.lost.get_mut(place) {
                *lost |= covered > 0;
            }
        }
    }

    /// The pixels of the picture that a mask with this corner stands for, with their coverage.
    fn places<'m>(
        &self,
        mask: &'m Mask,
        (left, top): (usize, usize),
    ) -> impl Iterator<Item = (usize, u8)> + Clone + use<'m> {
        let (all_across, across) = (self.width, mask.width() as usize);
        mask.data().iter().enumerate().map(move |(at, covered)| {
            let (row, column) = (at / across, at % across);
            ((top + row) * all_across + left + column, *covered)
        })
    }

    fn is_ink(&self, place: usize) -> bool {
        let ink = self.ink.pixels().get(place);
        ink.is_some_and(|ink| ink.alpha() >= INKED)
    }

    /// How many pixels of a stroke of that many pixels around the piece's outline there are
    /// beside its own mask, and how many of them have ink.
    fn along(
        &self,
        piece: &Piece<'_>,
        pixels: f32,
        corner: (usize, usize),
        size: (u32, u32),
        beside: Option<&Mask>,
    ) -> (usize, usize) {
        let (across, down) = piece.transform.get_scale();
        let stroke = Stroke {
            width: pixels / across.max(down).max(f32::MIN_POSITIVE),
            ..Stroke::default()
        };
        let Some(mask) = piece.mask_of(Some(&stroke), corner, size) else {
            return (0, 0);
        };
        let own = |at: usize| beside.is_some_and(|mask| mask.data().get(at) > Some(&0));
        let (mut all, mut inked) = (0, 0);
        for (at, (place, covered)) in self.places(&mask, corner).enumerate() {
            if covered >= COVERED && !own(at) {
                all += 1;
                inked += usize::from(self.is_ink(place));
            }
        }
        (all, inked)
    }

    /// Whether a darker line follows the rim of an area.
    fn is_framed(&self, piece: &Piece<'_>, corner: (usize, usize), own: &Mask) -> bool {
        let size = (own.width(), own.height());
        let (all, inked) = self.along(piece, RIM, corner, size, None);
        inked * 100 > all * FRAMED
    }

    /// Whether a line lies on something darker, under its middle, or parts it.
    fn is_line_seen(
        &self,
        piece: &Piece<'_>,
        stroke: &Stroke,
        corner: (usize, usize),
        own: &Mask,
    ) -> bool {
        let size = (own.width(), own.height());
        let (all, inked) = self.along(piece, 1.0, corner, size, None);
        if inked * 100 > all * CROSSED {
            return true;
        }
        let (across, down) = piece.transform.get_scale();
        let wide = (stroke.width * across.max(down)).max(1.0) + 2.0 * RIM;
        let (all, inked) = self.along(piece, wide, corner, size, Some(own));
        inked * 100 > all * PARTING
    }

    /// Whether all that is darker lies in a small part of the picture.
    fn ink_stands_apart(&self) -> bool {
        let (mut columns, mut rows) = ((self.width, 0), (self.height, 0));
        for (row, line) in self.ink.pixels().chunks(self.width.max(1)).enumerate() {
            let inked = |ink: &PremultipliedColorU8| ink.alpha() >= INKED;
            let Some(first) = line.iter().position(inked) else {
                continue;
            };
            let last = line.iter().rposition(inked).unwrap_or(first);
            columns = (columns.0.min(first), columns.1.max(last + 1));
            rows = (rows.0.min(row), rows.1.max(row + 1));
        }
        let span = |(from, to): (usize, usize)| to.saturating_sub(from);
        span(columns) * span(rows) * 100 <= self.width * self.height * APART
    }

    fn found(self) -> Option<Lost> {
        let part = |length: f32| length * 100.0 / self.all.max(1.0);
        let on_nothing =
            part(self.lines) >= MOST_LINES || part(self.lines + self.areas) >= MOST_ALL;
        let on_sheet = !on_nothing && part(self.on_sheet) >= MOST_ALL;
        (on_nothing || on_sheet).then_some(Lost {
            pixels: self.lost,
            on_sheet,
        })
    }
}
