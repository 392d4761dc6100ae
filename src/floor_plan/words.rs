//! Words that are in a drawing and that nobody sees on its picture: off the page, white on white,
//! too small, or under something else.

use resvg::usvg::{Group, Node, Text, Tree};

use super::{Picture, judge};
use crate::domain::fault::Problem;

/// The most words that are named.
const MOST_NAMED: usize = 12;
/// The least height of letters, in pixels of a screen's height of 800: smaller ones are a
/// grey line.
const LEAST_HEIGHT: f32 = 2.0;
/// How much of its width and height is on the page at least.
const LEAST_SHARE: f32 = 0.5;

/// Those words.
pub(super) fn unseen(tree: &Tree, picture: &Picture) -> Vec<Problem> {
    let mut found = Vec::new();
    // As large as it is drawn, in pixels.
    let scale = picture.width as f32 / tree.size().width();
    search(tree.root(), picture, scale, &mut found);
    found
        .into_iter()
        .map(|words| Problem::WordsUnseen { words })
        .collect()
}

fn search(group: &Group, picture: &Picture, scale: f32, found: &mut Vec<String>) {
    // Somebody wanted it not to be seen.
    if group.opacity().get() == 0.0 || found.len() >= MOST_NAMED {
        return;
    }
    for node in group.children() {
        match node {
            Node::Group(inner) => search(inner, picture, scale, found),
            Node::Text(text) => {
                let words = meant(text);
                let room = found.len() < MOST_NAMED;
                if room
                    && !words.is_empty()
                    && !is_seen(text, picture, scale)
                    && !found.contains(&words)
                {
                    found.push(words);
                }
            }
            _ => {}
        }
    }
}

/// The words that are to be seen.
fn meant(text: &Text) -> String {
    let mut all = String::new();
    for chunk in text.chunks() {
        for span in chunk.spans() {
            let filled = span.fill().is_some_and(|fill| fill.opacity().get() > 0.0);
            let outlined = span.stroke().is_some_and(|one| one.opacity().get() > 0.0);
            if span.is_visible() && (filled || outlined) {
                all += chunk.text().get(span.start()..span.end()).unwrap_or("");
            }
        }
        all.push(' ');
    }
    all.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_seen(text: &Text, picture: &Picture, scale: f32) -> bool {
    let place = text.abs_stroke_bounding_box();
    // Turned text is as wide as it is high; the larger size is the kinder one.
    let high = place.height().max(place.width()) * scale;
    let least = LEAST_HEIGHT * picture.height.min(800) as f32 / 800.0;
    if high < least || letters(text) * scale < least {
        return false;
    }
    let share = |from: f32, to: f32, most: u32| {
        let inside = (to * scale).min(most as f32) - (from * scale).max(0.0);
        inside / ((to - from) * scale).max(f32::MIN_POSITIVE)
    };
    if share(place.left(), place.right(), picture.width) < LEAST_SHARE
        || share(place.top(), place.bottom(), picture.height) < LEAST_SHARE
    {
        return false;
    }
    let range = |from: f32, to: f32, most: u32| {
        let clamped = |value: f32| (value * scale).clamp(0.0, most as f32) as usize;
        clamped(from)..clamped(to + 1.0 / scale)
    };
    let columns = range(place.left(), place.right(), picture.width);
    let rows = range(place.top(), place.bottom(), picture.height);
    let lines = picture.rgba.chunks_exact(picture.width as usize * 4);
    let mut pixels = lines
        .skip(rows.start)
        .take(rows.len())
        .flat_map(|line| line.chunks_exact(4).skip(columns.start).take(columns.len()))
        .filter_map(|pixel| pixel.first_chunk::<3>().copied());
    let Some(first) = pixels.next() else {
        return false;
    };
    pixels.any(|pixel| judge::differs(pixel, first))
}

/// The size of the largest letters, in the drawing's own units.
fn letters(text: &Text) -> f32 {
    let transform = text.abs_transform();
    let (across, down) = transform.get_scale();
    let sizes = text
        .chunks()
        .iter()
        .flat_map(|chunk| chunk.spans())
        .map(|span| span.font_size().get());
    sizes.fold(0.0, f32::max) * across.max(down)
}
