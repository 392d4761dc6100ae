//! Whether words stand out from what they stand on.

use resvg::tiny_skia::{Mask, Transform};
use resvg::usvg::{Group, Node, Path, Text};

use super::{Picture, pieces};

/// The least ratio of brightness between letters and their ground, with the light of a hall on
/// the glass: pale grey on white has it, yellow on white and near-black on black have not.
const LEAST_CONTRAST: f32 = 1.4;
/// How much light the glass throws back, as a share of white.
const GLARE: f32 = 0.1;
/// By how much red and green differ at least where a hue alone makes the difference, as with red
/// on green. Blue does little for an eye.
const OTHER_HUE: (u8, u8) = (120, 60);
/// The least share of the letters that must stand out, in percent.
const LEAST_SHARE: usize = 60;
/// The least coverage of any pixel of letters that are more than a breath.
const FAINTEST: u8 = 16;

/// Whether `text` stands out on `picture` from what is at its place on the one that is `bare` of
/// words.
pub(super) fn is_legible(text: &Text, scale: f32, picture: &Picture, bare: &Picture) -> bool {
    let to_pixels = Transform::from_scale(scale, scale);
    let transform = text.abs_transform().post_concat(to_pixels);
    let mut count = Count::default();
    let place = Place {
        transform,
        picture,
        bare,
    };
    place.group(text.flattened(), &mut count);
    count.all > 0 && count.seen * 100 >= count.all * LEAST_SHARE
}

/// How many pixels of letters there are, and how many stand out.
#[derive(Clone, Copy, Default)]
struct Count {
    all: usize,
    seen: usize,
}

impl Count {
    /// Whether a larger share of this one stands out.
    fn is_better_than(self, other: Self) -> bool {
        self.seen * other.all.max(1) > other.seen * self.all.max(1)
    }
}

struct Place<'p> {
    transform: Transform,
    picture: &'p Picture,
    bare: &'p Picture,
}

impl Place<'_> {
    fn group(&self, group: &Group, count: &mut Count) {
        for node in group.children() {
            match node {
                Node::Group(inner) => self.group(inner, count),
                Node::Path(path) if path.is_visible() => {
                    let one = self.letters(path);
                    count.all += one.all;
                    count.seen += one.seen;
                }
                _ => {}
            }
        }
    }

    /// Letters are read by their inside or by their outline, whichever stands out.
    fn letters(&self, path: &Path) -> Count {
        let inside = path.fill().filter(|fill| fill.opacity().get() > 0.0);
        let inside = inside.and_then(|_| self.count(path, false));
        let outline = path.stroke().filter(|one| one.opacity().get() > 0.0);
        let outline = outline.and_then(|_| self.count(path, true));
        match (inside, outline) {
            (Some(inside), Some(outline)) if outline.is_better_than(inside) => outline,
            (Some(inside), _) => inside,
            (None, outline) => outline.unwrap_or_default(),
        }
    }

    fn count(&self, path: &Path, outline: bool) -> Option<Count> {
        let bounds = path.stroke_bounding_box().transform(self.transform)?;
        let (left, width) = window(bounds.left(), bounds.right(), self.picture.width)?;
        let (top, height) = window(bounds.top(), bounds.bottom(), self.picture.height)?;
        let mut mask = Mask::new(width, height)?;
        let corner = Transform::from_translate(-(left as f32), -(top as f32));
        let stroke = path.stroke().filter(|_| outline);
        let stroke = stroke.map(resvg::usvg::Stroke::to_tiny_skia);
        let transform = self.transform.post_concat(corner);
        pieces::cover(&mut mask, path, stroke.as_ref(), transform)?;
        let most = mask.data().iter().max().copied().unwrap_or(0);
        let mut count = Count::default();
        if most < FAINTEST {
            return Some(count);
        }
        let [mut core, mut around, mut before] = [Mean::default(); 3];
        for (at, covered) in mask.data().iter().enumerate() {
            let (row, column) = (at / width as usize, at % width as usize);
            let place = (top + row) * self.picture.width as usize + left + column;
            let (Some(with), Some(ground)) = (self.picture.at(place), self.bare.at(place)) else {
                continue;
            };
            // The core of the letters: their rims are a mixture with the ground.
            if *covered <= most / 2 {
                let near = [at.wrapping_sub(2), at + 2].into_iter().any(|near| {
                    mask.data()
                        .get(near)
                        .is_some_and(|covered| *covered > most / 2)
                });
                if *covered == 0 && near {
                    around.add(with);
                    before.add(ground);
                }
                continue;
            }
            core.add(with);
            count.all += 1;
            count.seen += usize::from(stands_out(unmixed(with, ground, *covered), ground));
        }
        // Some programs give them a light rim of its own beneath, which is no part of the ground.
        let rim = around.colour();
        if stands_out(rim, before.colour()) && stands_out(core.colour(), rim) {
            count.seen = count.all;
        }
        Some(count)
    }
}

/// A mean of colours.
#[derive(Clone, Copy, Default)]
struct Mean {
    sum: [usize; 3],
    all: usize,
}

impl Mean {
    fn add(&mut self, colour: [u8; 3]) {
        self.all += 1;
        for (sum, channel) in self.sum.iter_mut().zip(colour) {
            *sum += usize::from(channel);
        }
    }

    fn colour(&self) -> [u8; 3] {
        let mean = |sum: usize| u8::try_from(sum / self.all.max(1)).unwrap_or(u8::MAX);
        self.sum.map(mean)
    }
}

impl Picture {
    /// Red, green and blue of a pixel, counted line by line.
    fn at(&self, place: usize) -> Option<[u8; 3]> {
        self.rgba.get(place * 4..)?.first_chunk().copied()
    }
}

/// The first pixel and the number of pixels of what is on the page.
fn window(from: f32, to: f32, most: u32) -> Option<(usize, u32)> {
    let from = (from.floor() - 1.0).clamp(0.0, most as f32) as u32;
    let to = (to.ceil() + 1.0).clamp(0.0, most as f32) as u32;
    (to > from).then_some((from as usize, to - from))
}

/// The colour that makes `mixed` of `ground` when it covers that much of a pixel.
fn unmixed(mixed: [u8; 3], ground: [u8; 3], covered: u8) -> [u8; 3] {
    let more = 255.0 / f32::from(covered.max(1));
    let mut ink = ground;
    for (channel, mixed) in ink.iter_mut().zip(mixed) {
        let ground = f32::from(*channel);
        *channel = (ground + (f32::from(mixed) - ground) * more).clamp(0.0, 255.0) as u8;
    }
    ink
}

fn stands_out(ink: [u8; 3], ground: [u8; 3]) -> bool {
    let (ink_light, ground_light) = (brightness(ink) + GLARE, brightness(ground) + GLARE);
    let contrast = ink_light.max(ground_light) / ink_light.min(ground_light);
    let ([red, green, _], [red_below, green_below, _]) = (ink, ground);
    contrast >= LEAST_CONTRAST
        || (red.abs_diff(red_below) >= OTHER_HUE.0 && green.abs_diff(green_below) >= OTHER_HUE.1)
}

/// The brightness as a share of white's.
fn brightness(colour: [u8; 3]) -> f32 {
    let parts = [0.2126, 0.7152, 0.0722];
    let linear = |channel: u8| (f32::from(channel) / 255.0).powf(2.2);
    colour
        .iter()
        .zip(parts)
        .map(|(channel, part)| linear(*channel) * part)
        .sum()
}
