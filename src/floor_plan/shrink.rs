//! Reduces a picture to the screen's size line by line, so that the whole of it never has to be
//! in memory: each pixel becomes the average of the area that it stands for.

use super::Picture;

/// The largest size `within` with the proportions of `from`, and not larger than `from`.
pub(super) fn fit(from: (u32, u32), within: (u32, u32)) -> (u32, u32) {
    let scale = (f64::from(within.0) / f64::from(from.0))
        .min(f64::from(within.1) / f64::from(from.1))
        .min(1.0);
    let side = |length: u32, most: u32| {
        let length = (f64::from(length) * scale).round() as u32;
        length.clamp(1, most)
    };
    (side(from.0, within.0), side(from.1, within.1))
}

/// A picture while its lines come in.
pub(super) struct Shrink {
    from: (u32, u32),
    to: (u32, u32),
    /// Lines that have come in.
    lines: u32,
    /// The line that came in last, reduced in width.
    narrow: Vec<f32>,
    /// The line that goes out next, as far as it is known.
    sum: Vec<f32>,
    rgba: Vec<u8>,
}

impl Shrink {
    /// A picture of `from` that is to have the size `to`, which is not larger.
    pub(super) fn new(from: (u32, u32), to: (u32, u32)) -> Self {
        let values = to.0 as usize * 3;
        Self {
            from,
            to,
            lines: 0,
            narrow: vec![0.0; values],
            sum: vec![0.0; values],
            rgba: Vec::with_capacity(to.0 as usize * to.1 as usize * 4),
        }
    }

    /// Takes in the next line, one `[red, green, blue]` for each pixel.
    pub(super) fn line(&mut self, pixels: impl Iterator<Item = [f32; 3]>) {
        self.narrow.fill(0.0);
        for (at, pixel) in pixels.take(self.from.0 as usize).enumerate() {
            for (target, share) in shares(at as u64, self.from.0, self.to.0) {
                let values = self.narrow.iter_mut().skip(target as usize * 3);
                for (value, colour) in values.zip(pixel) {
                    *value += colour * share;
                }
            }
        }
        for (target, share) in shares(u64::from(self.lines), self.from.1, self.to.1) {
            if target as usize > self.rgba.len() / (self.to.0 as usize * 4) {
                self.put();
            }
            for (sum, value) in self.sum.iter_mut().zip(&self.narrow) {
                *sum += value * share;
            }
        }
        self.lines += 1;
        if self.lines == self.from.1 {
            self.put();
        }
    }

    /// Puts out the line that is complete.
    fn put(&mut self) {
        for pixel in self.sum.chunks_exact(3) {
            let byte = |value: &f32| (value + 0.5).clamp(0.0, 255.0) as u8;
            self.rgba.extend(pixel.iter().map(byte));
            self.rgba.push(255);
        }
        self.sum.fill(0.0);
    }

    /// The picture; none while lines are missing.
    pub(super) fn picture(self) -> Option<Picture> {
        let (width, height) = self.to;
        let whole = self.rgba.len() == width as usize * height as usize * 4;
        whole.then_some(Picture {
            width,
            height,
            rgba: self.rgba,
        })
    }
}

/// The pixels out of `to` that pixel `at` out of `from` falls on, and how much of each it makes
/// up. Counted in whole parts of a pixel, so that the shares of each add up to one.
fn shares(at: u64, from: u32, to: u32) -> impl Iterator<Item = (u64, f32)> {
    let (from, to) = (u64::from(from), u64::from(to));
    let (begin, end) = (at * to, (at + 1) * to);
    (begin / from..=(end - 1) / from).map(move |target| {
        let inside = end.min((target + 1) * from) - begin.max(target * from);
        (target, inside as f32 / from as f32)
    })
}
