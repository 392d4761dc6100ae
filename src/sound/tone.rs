//! The samples of every tone, made by arithmetic alone: a click for each compression, a ring for the
//! change of the rescuer, a tone for a step that is overdue.

use std::f64::consts::TAU;
use std::time::Duration;

use crate::domain::resuscitation::{ROUND, compression, onset};

/// Samples a second.
pub const RATE: u32 = 48_000;

/// Loudness as a share of the most.
const LOUD: f64 = 0.85;
/// The click: its pitch in hertz, the time in which it fades, and after which there is silence.
const CLICK: (f64, f64, f64) = (1_000.0, 0.012, 0.08);
/// The two strokes of the ring, each with its pitch and when it comes: higher than the click, and over
/// well before the next one, so that the rhythm is heard through it.
const RING: [(f64, f64); 2] = [(1_976.0, 0.0), (1_568.0, 0.11)];
const RING_FADES: f64 = 0.055;
const RING_LASTS: f64 = 0.3;
/// So many compressions in a row have the ring in place of their click.
const RINGS: u64 = 3;
/// The tone of an overdue step.
const OVERDUE: (f64, f64) = (784.0, 0.45);

/// How many samples fit into `time`, to the nearest one.
pub fn samples_in(time: Duration) -> u64 {
    let nanos = time.as_nanos() * u128::from(RATE);
    let half = Duration::from_secs(1).as_nanos() / 2;
    u64::try_from((nanos + half) / Duration::from_secs(1).as_nanos()).unwrap_or(u64::MAX)
}

/// How long `samples` last.
pub fn time_of(samples: u64) -> Duration {
    let nanos = u128::from(samples) * 1_000_000_000 / u128::from(RATE);
    Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX))
}

/// The sample of the rhythm at `position`, counted in samples from the start of the resuscitation:
/// a click with each compression, and in its place the ring with the first of every two minutes but the
/// first two.
pub fn rhythm(position: u64) -> i16 {
    let begun = compression_at(position);
    let since = position.saturating_sub(samples_in(onset(begun)));
    let seconds = since as f64 / f64::from(RATE);
    let a_round = compression(ROUND);
    let rings = begun >= a_round && begun % a_round < RINGS;
    level(if rings { ring(seconds) } else { click(seconds) })
}

/// The compression in whose time `position` is.
fn compression_at(position: u64) -> u64 {
    // The onset of the next one may be rounded down into the time of this one.
    let near = compression(time_of(position + 1));
    if samples_in(onset(near)) > position {
        near.saturating_sub(1)
    } else {
        near
    }
}

/// Where nothing is to be heard at `position`: of which compression that is the end, and for how many
/// samples it lasts.
pub fn rest(position: u64) -> Option<(u64, u64)> {
    let begun = compression_at(position);
    let since = position.saturating_sub(samples_in(onset(begun)));
    let is_over = since as f64 >= RING_LASTS * f64::from(RATE);
    is_over.then(|| (begun, samples_in(onset(begun + 1)).saturating_sub(position)))
}

/// The tone of a life-saving step that has become overdue.
pub fn overdue() -> impl Iterator<Item = i16> {
    let (pitch, lasts) = OVERDUE;
    let count = (lasts * f64::from(RATE)) as u64;
    (0..count).map(move |at| {
        let seconds = at as f64 / f64::from(RATE);
        // Rises and falls softly: it calls, it does not frighten.
        let swell = (seconds / 0.02)
            .min((lasts - seconds) / 0.15)
            .clamp(0.0, 1.0);
        level(wave(pitch, seconds) * swell * LOUD)
    })
}

fn click(seconds: f64) -> f64 {
    let (pitch, fades, lasts) = CLICK;
    if seconds >= lasts {
        return 0.0;
    }
    wave(pitch, seconds) * (-seconds / fades).exp() * LOUD
}

fn ring(seconds: f64) -> f64 {
    if seconds >= RING_LASTS {
        return 0.0;
    }
    let strokes = RING.iter().filter(|(_, from)| seconds >= *from);
    let sum: f64 = strokes
        .map(|(pitch, from)| wave(*pitch, seconds - from) * (-(seconds - from) / RING_FADES).exp())
        .sum();
    sum * LOUD
}

fn wave(pitch: f64, seconds: f64) -> f64 {
    (TAU * pitch * seconds).sin()
}

/// A share of the most as a sample.
#[expect(
    clippy::cast_possible_truncation,
    reason = "it is within the range of a sample"
)]
fn level(share: f64) -> i16 {
    (share.clamp(-1.0, 1.0) * f64::from(i16::MAX)) as i16
}
