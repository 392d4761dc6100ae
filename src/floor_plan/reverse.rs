//! White lines on nothing, as programs with a dark ground draw them: on paper they would not be
//! seen.

use super::{Picture, judge};

/// The most ten thousandths of a picture that lines and letters cover; what covers more is an area.
const MOST_LINES: usize = 2_000;
/// From which brightness on a pixel belongs to a line.
const FAINTEST: u8 = 4;
/// How dark the middling pixel of a line becomes at least: lines of a drawing in metres are often
/// thinner than a pixel.
const DARK: f32 = 200.0;
/// By how much a line is darkened at most.
const MOST_DARKENED: f32 = 32.0;

/// How white lines become dark ones.
pub(super) struct Reverse {
    /// Which pixels do; none for all of them.
    only: Option<Vec<bool>>,
    more: f32,
}

impl Reverse {
    /// Made for a picture as it was drawn `on_black`, for `only` those of its pixels; none where
    /// there are no lines.
    pub(super) fn of(on_black: &Picture, only: Option<Vec<bool>>) -> Option<Self> {
        let taken = |at: usize| only.as_ref().is_none_or(|only| only.get(at) == Some(&true));
        let mut lines: Vec<u8> = on_black
            .rgba
            .chunks_exact(4)
            .enumerate()
            .filter(|(at, _)| taken(*at))
            .filter_map(|(_, pixel)| pixel.iter().take(3).max().copied())
            .filter(|bright| *bright >= FAINTEST)
            .collect();
        let all = on_black.rgba.len() / 4;
        if lines.is_empty() || lines.len() * 10_000 > all * MOST_LINES {
            return None;
        }
        let middle = lines.len() / 2;
        let (_, middling, _) = lines.select_nth_unstable(middle);
        let more = (DARK / f32::from(*middling)).clamp(1.0, MOST_DARKENED);
        Some(Self { only, more })
    }

    /// The same lines dark on white, together with what is dark on the picture that was drawn
    /// `on_white`.
    pub(super) fn apply(&self, on_white: &Picture, mut on_black: Picture) -> Picture {
        let seen = on_white.rgba.chunks_exact(4);
        for (at, (pixel, seen)) in on_black.rgba.chunks_exact_mut(4).zip(seen).enumerate() {
            let taken = self
                .only
                .as_ref()
                .is_none_or(|only| only.get(at) == Some(&true));
            for (channel, seen) in pixel.iter_mut().zip(seen).take(3) {
                let dark = 255 - (f32::from(*channel) * self.more).min(255.0) as u8;
                *channel = if taken { dark.min(*seen) } else { *seen };
            }
        }
        on_black
    }
}

/// A picture of nothing but white lines, drawn dark; none where there is nothing to be seen then
/// either.
pub(super) fn dark_lines(on_white: &Picture, on_black: Picture) -> Option<(Picture, Reverse)> {
    let reverse = Reverse::of(&on_black, None)?;
    let picture = reverse.apply(on_white, on_black);
    judge::fault(&picture)
        .is_none()
        .then_some((picture, reverse))
}
