//! Words that are in a drawing and that nobody sees on its picture: off the page, of the colour of
//! what they stand on, under something else, or too small.

use resvg::usvg::{Group, Node, Rect, Text, Tree};

use super::Picture;
use super::legible::is_legible;
use crate::config::fault::Problem;

/// The most words that are named.
const MOST_NAMED: usize = 12;
/// The width and height of the screen that heights of letters are given for, in pixels.
const SCREEN: (f32, f32) = (1200.0, 800.0);
/// The least height of letters, in pixels of that screen: smaller ones are a grey line.
const LEAST_HEIGHT: f32 = 2.0;
/// The least height of most words, in the same pixels. The sign shows a plan at half that size
/// and less; small print beside larger words is usual.
const LEAST_USUAL: f32 = 6.0;
/// How much of its width and height is on the page at least.
const LEAST_SHARE: f32 = 0.5;
/// How far two words at the same place lie apart at most, in the drawing's own units.
const SAME_PLACE: f32 = 4.0;
/// How many words lie between a word and its rim at most.
const NEIGHBOURS: usize = 2;

/// Those words. `bare` makes the picture as it is without any words.
pub(super) fn unseen(
    tree: &Tree,
    picture: &Picture,
    bare: impl FnOnce() -> Picture,
) -> Vec<Problem> {
    let mut texts = Vec::new();
    collect(tree.root(), &mut texts);
    if texts.is_empty() {
        return Vec::new();
    }
    let page = Page {
        picture,
        bare: &bare(),
        // As large as it is drawn, in pixels.
        scale: picture.width as f32 / tree.size().width(),
    };
    let all: Vec<Word> = texts.into_iter().map(|text| page.look_at(text)).collect();
    let all: Vec<Word> = all
        .into_iter()
        .filter(|word| !word.letters.is_empty())
        .collect();
    let tiny = all
        .iter()
        .filter(|word| word.size < page.least(LEAST_USUAL));
    let mostly_tiny = tiny.count() * 2 > all.len();
    let mut found: Vec<String> = Vec::new();
    for (at, word) in all.iter().enumerate() {
        let beside = all.iter().skip(at.saturating_sub(NEIGHBOURS));
        let mut beside = beside.take(2 * NEIGHBOURS + 1);
        let hidden =
            !word.seen && !beside.any(|other| other.seen && other.is_at_the_place_of(word));
        let tiny = mostly_tiny && word.size < page.least(LEAST_USUAL);
        if (hidden || tiny) && !found.contains(&word.letters) {
            found.push(word.letters.clone());
        }
        if found.len() >= MOST_NAMED {
            break;
        }
    }
    found
        .into_iter()
        .map(|words| Problem::WordsUnseen { words })
        .collect()
}

/// Words that are to be seen.
struct Word {
    letters: String,
    /// The size of the largest letters, in pixels.
    size: f32,
    place: Rect,
    seen: bool,
}

impl Word {
    /// Whether it is the same word at the same place: some programs draw one twice, the first time
    /// as a light rim for the second.
    fn is_at_the_place_of(&self, other: &Self) -> bool {
        let near = |one: f32, other: f32| (one - other).abs() <= SAME_PLACE;
        self.letters == other.letters
            && near(self.place.left(), other.place.left())
            && near(self.place.top(), other.place.top())
    }
}

fn collect<'t>(group: &'t Group, texts: &mut Vec<&'t Text>) {
    // Somebody wanted it not to be seen.
    if group.opacity().get() == 0.0 {
        return;
    }
    for node in group.children() {
        match node {
            Node::Group(inner) => collect(inner, texts),
            Node::Text(text) => texts.push(text),
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

struct Page<'p> {
    picture: &'p Picture,
    bare: &'p Picture,
    scale: f32,
}

impl Page<'_> {
    /// Pixels of a screen of 1200 × 800 in those of the picture, which fills it one way.
    fn least(&self, height: f32) -> f32 {
        let across = self.picture.width as f32 / SCREEN.0;
        let down = self.picture.height as f32 / SCREEN.1;
        height * across.max(down).min(1.0)
    }

    fn look_at(&self, text: &Text) -> Word {
        let place = text.abs_stroke_bounding_box();
        Word {
            letters: meant(text),
            size: letters(text) * self.scale,
            place,
            seen: self.is_seen(text, place),
        }
    }

    fn is_seen(&self, text: &Text, place: Rect) -> bool {
        // Turned text is as wide as it is high; the larger size is the kinder one.
        let high = place.height().max(place.width()) * self.scale;
        let least = self.least(LEAST_HEIGHT);
        if high < least || letters(text) * self.scale < least {
            return false;
        }
        let share = |from: f32, to: f32, most: u32| {
            let inside = (to * self.scale).min(most as f32) - (from * self.scale).max(0.0);
            inside / ((to - from) * self.scale).max(f32::MIN_POSITIVE)
        };
        let shares = [
            share(place.left(), place.right(), self.picture.width),
            share(place.top(), place.bottom(), self.picture.height),
        ];
        shares.iter().all(|share| *share >= LEAST_SHARE)
            && is_legible(text, self.scale, self.picture, self.bare)
    }
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
