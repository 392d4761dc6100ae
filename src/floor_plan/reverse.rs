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

/// The same lines dark on white, made of a picture that was drawn on black, together with what
/// is dark on the one that was drawn `on_white`; none where there are no lines.
pub(super) fn dark_lines(on_white: &Picture, mut on_black: Picture) -> Option<Picture> {
    let mut lines: Vec<u8> = on_black
        .rgba
        .chunks_exact(4)
        .filter_map(|pixel| pixel.iter().take(3).max().copied())
        .filter(|bright| *bright >= FAINTEST)
        .collect();
    let all = on_black.rgba.len() / 4;
    if lines.is_empty() || lines.len() * 10_000 > all * MOST_LINES {
        return None;
    }
    let middle = lines.len() / 2;
    let (_, middling, _) = lines.select_nth_unstable(middle);
    let more = (DARK / f32::from(*middling)).clamp(1.0, MOST_DARKENED);
    let seen = on_white.rgba.chunks_exact(4);
    for (pixel, seen) in on_black.rgba.chunks_exact_mut(4).zip(seen) {
        for (channel, seen) in pixel.iter_mut().zip(seen).take(3) {
            let dark = 255 - (f32::from(*channel) * more).min(255.0) as u8;
            *channel = dark.min(*seen);
        }
    }
    judge::fault(&on_black).is_none().then_some(on_black)
}
