//! White lines on nothing among other things that are seen, in a picture of pixels: of those
//! nobody knows what they belong to, so that only their thinness tells them from white areas.

use super::{Picture, judge};

/// The most pixels across a line: that part of the picture's longer side, and at least so many.
const LINE: (usize, usize) = (80, 4);
/// From this value on in every channel, a pixel is as bright as paper.
const PAPER: u8 = 236;
/// Up to this coverage, a pixel is nothing; from twice that on it is something.
const BARE: u8 = 64;
/// From this share of the rims of what is seen, in percent, the rims of white lines are no gaps of
/// doors and no halos.
const MOST: usize = 50;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Bare,
    White,
    Ink,
    /// Something in between.
    Rim,
}

/// One for each pixel: whether it belongs to a white line on nothing. None where such lines are
/// few.
pub(super) fn lost(on_white: &Picture, on_black: &Picture) -> Option<Vec<bool>> {
    let pairs = on_white
        .rgba
        .chunks_exact(4)
        .zip(on_black.rgba.chunks_exact(4));
    let kinds: Vec<Kind> = pairs.map(|(white, black)| kind(white, black)).collect();
    let (width, height) = (on_white.width as usize, on_white.height as usize);
    let mut rims = Rims {
        most: (width.max(height) / LINE.0).max(LINE.1),
        lost: vec![false; kinds.len()],
        of_lines: 0,
        of_ink: 0,
    };
    for row in 0..height {
        rims.along(&kinds, row * width, 1, width);
    }
    for column in 0..width {
        rims.along(&kinds, column, width, height);
    }
    let much = rims.of_lines > 0 && rims.of_lines * 100 >= rims.of_ink * MOST;
    much.then(|| spread(&kinds, rims.lost, width))
}

fn kind(white: &[u8], black: &[u8]) -> Kind {
    let pairs = white.iter().zip(black).take(3);
    let missing = pairs
        .map(|(white, black)| white.saturating_sub(*black))
        .max();
    let covered = 255 - missing.unwrap_or(0);
    let seen = white.first_chunk().copied().unwrap_or([255; 3]);
    if covered < BARE {
        Kind::Bare
    } else if judge::differs(seen, [255; 3]) {
        Kind::Ink
    } else if covered >= 2 * BARE && seen.iter().all(|channel| *channel >= PAPER) {
        Kind::White
    } else {
        Kind::Rim
    }
}

struct Rims {
    /// The most pixels across a line.
    most: usize,
    lost: Vec<bool>,
    of_lines: usize,
    of_ink: usize,
}

impl Rims {
    /// Looks at `count` pixels from `first` on, each `step` after the one before.
    fn along(&mut self, kinds: &[Kind], first: usize, step: usize, count: usize) {
        let at = |place: usize| kinds.get(first + place * step).copied();
        // Where white begins that has nothing before it.
        let mut begun = None;
        let mut before = Kind::Bare;
        for place in 0..count {
            let now = at(place).unwrap_or(Kind::Bare);
            self.of_ink += usize::from((now == Kind::Ink) != (before == Kind::Ink));
            match now {
                Kind::White if before == Kind::Bare => begun = Some(place),
                Kind::Bare => {
                    if let Some(from) = begun.take().filter(|from| place - from <= self.most) {
                        self.of_lines += 2;
                        for lost in (from..place).map(|place| first + place * step) {
                            if let Some(lost) = self.lost.get_mut(lost) {
                                *lost = true;
                            }
                        }
                    }
                }
                Kind::Ink => begun = None,
                Kind::White | Kind::Rim => {}
            }
            if now != Kind::Rim {
                before = now;
            }
        }
    }
}

/// With the half covered pixels beside them.
fn spread(kinds: &[Kind], lost: Vec<bool>, width: usize) -> Vec<bool> {
    let beside = |place: usize| {
        let near = [
            place.wrapping_sub(1),
            place + 1,
            place.wrapping_sub(width),
            place + width,
        ];
        near.iter().any(|near| lost.get(*near) == Some(&true))
    };
    let all = kinds.iter().zip(&lost).enumerate();
    all.map(|(place, (kind, lost))| {
        *lost || (matches!(kind, Kind::Rim | Kind::Bare) && beside(place))
    })
    .collect()
}
