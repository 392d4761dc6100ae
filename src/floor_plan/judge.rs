//! Whether there is anything to be seen on a picture.

use std::collections::HashMap;

use super::Picture;
use crate::domain::fault::Problem;

/// By how much a channel must differ for an eye to tell it from the ground.
const TOLD_APART: u8 = 40;
/// The least share of pixels that differ from the ground, in ten thousands.
const LEAST_INK: usize = 4;

/// The fault of a picture that is all one colour, or so nearly that nobody sees the rest.
pub(super) fn fault(picture: &Picture) -> Option<Problem> {
    let mut counts: HashMap<[u8; 3], usize> = HashMap::new();
    for pixel in picture.rgba.chunks_exact(4) {
        if let [red, green, blue, _] = pixel {
            *counts.entry([*red, *green, *blue]).or_default() += 1;
        }
    }
    let all: usize = counts.values().sum();
    let (ground, _) = counts
        .iter()
        .max_by_key(|(colour, count)| (**count, **colour))?;
    let ink: usize = counts
        .iter()
        .filter(|(colour, _)| {
            let pairs = colour.iter().zip(ground);
            pairs.map(|(one, other)| one.abs_diff(*other)).max() >= Some(TOLD_APART)
        })
        .map(|(_, count)| count)
        .sum();
    let [red, green, blue] = ground;
    (ink * 10_000 < all * LEAST_INK).then(|| Problem::OneColour {
        colour: format!("#{red:02x}{green:02x}{blue:02x}"),
    })
}
