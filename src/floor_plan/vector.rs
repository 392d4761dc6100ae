//! SVG files, drawn with the program's own fonts: what stands outside the file is never read.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::roxmltree::{self, Document, ParsingOptions};
use resvg::usvg::{FontResolver, ImageHrefResolver, Options, Tree};

use super::answer::Refused;
use super::render_cost::{MOST_ELEMENTS, RenderCost};
use super::reverse::{self, Reverse};
use super::{Picture, Size, bounded, css, flow, hairline, html, judge, paper, unread, words};
use crate::config::fault::Problem;
use crate::fonts;

/// The most characters without a typeface that are named.
const MOST_NAMED: usize = 20;

fn no_svg(words: &str) -> Refused {
    (None, Problem::NotAPicture(words.to_owned()))
}

fn parsed(text: &str) -> Result<Document<'_>, Refused> {
    let parsing = ParsingOptions {
        // Drawing programs write document types; `render_cost` has seen that this one is harmless.
        allow_dtd: true,
        nodes_limit: MOST_ELEMENTS * 4,
        ..ParsingOptions::default()
    };
    Document::parse_with_options(text, parsing).map_err(|error| match error {
        roxmltree::Error::NodesLimitReached => (None, Problem::TooIntricate),
        error => {
            let line = usize::try_from(error.pos().row).ok();
            (line, Problem::NotAPicture(error.to_string()))
        }
    })
}

/// The characters in the drawing's words that are drawn as boxes, with their lines.
pub(super) fn lacking(text: &str) -> Vec<(Option<usize>, Problem)> {
    let Ok(document) = parsed(text) else {
        return Vec::new();
    };
    let words = document.descendants().filter_map(|node| {
        let words = node.text().filter(|_| node.is_text())?;
        let row = document.text_pos_at(node.range().start).row;
        Some((usize::try_from(row).ok()?, words))
    });
    let found = fonts::lacking(words).into_iter().take(MOST_NAMED);
    found
        .map(|(line, sign)| (Some(line), Problem::NoGlyph { sign }))
        .collect()
}

/// `text` with its characters beyond ASCII written out, where they are given by number.
fn written_out(text: &str) -> String {
    let mut parts = text.split("&#");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let written = part.split_once(';').and_then(|(number, rest)| {
            let code = match number.strip_prefix('x') {
                Some(number) => u32::from_str_radix(number, 16),
                None => number.parse(),
            };
            let sign = code.ok().and_then(char::from_u32)?;
            // Others may be part of what the drawing itself is made of.
            (!sign.is_ascii()).then_some((sign, rest))
        });
        match written {
            Some((sign, rest)) => {
                out.push(sign);
                out.push_str(rest);
            }
            None => {
                out.push_str("&#");
                out.push_str(part);
            }
        }
    }
    out
}

/// What was drawn, and what was not, with its line.
pub(super) type Sketch = (Vec<Picture>, Vec<(Option<usize>, Problem)>);

/// Draws an SVG, for each of the sizes as large as fits.
pub(super) fn draw(text: &str, within: &[Size]) -> Result<Sketch, Refused> {
    RenderCost::of_text(text).map_err(|problem| (None, problem))?;
    let finished = css::finished(text);
    let document = parsed(&finished)?;
    let mut remarks = unread::of(&document);
    let flowed = flow::set(&finished, &document);
    let paged = match &flowed {
        Some(text) => html::set(text, &parsed(text)?),
        None => html::set(&finished, &document),
    };
    let text = paged.or(flowed);
    let text = fonts::drawable(&written_out(text.as_ref().unwrap_or(&finished)));
    let document = parsed(&text)?;
    let root = document.root_element().tag_name().name();
    if root != "svg" {
        return Err(no_svg(&["<", root, ">"].concat()));
    }
    RenderCost::of_elements(&document).map_err(|problem| (None, problem))?;
    let pictures = Arc::new(AtomicBool::new(false));
    let tree = Tree::from_xmltree(&document, &options(&pictures))
        .map_err(|error| no_svg(&error.to_string()))?;
    // Left out silently, a scan within the SVG would leave a white plan.
    if pictures.load(Ordering::Relaxed) {
        return Err((None, Problem::PictureInside));
    }
    if !tree.root().has_children() {
        return Err(no_svg("SVG"));
    }
    let mut drawn = within.iter().map(|size| render(&tree, bounded(*size)));
    let Some(first) = drawn.next().transpose()? else {
        return Ok((Vec::new(), remarks));
    };
    let mut found = words::unseen(&tree, &first.picture, || {
        let without = Tree::from_xmltree(&document, &without_letters());
        first.again(without.ok().as_ref())
    });
    if first.unseen_on_sheet {
        found.push(Problem::LinesUnseen);
    }
    remarks.extend(found.into_iter().map(|problem| (None, problem)));
    let mut pictures = vec![first.picture];
    for one in drawn {
        pictures.push(one?.picture);
    }
    Ok((pictures, remarks))
}

/// A drawing as a picture, and how it was made.
struct Rendered {
    picture: Picture,
    scale: f32,
    reverse: Option<Reverse>,
    /// Whether much of it is white on a white sheet.
    unseen_on_sheet: bool,
}

impl Rendered {
    /// Another drawing made into a picture in the same way.
    fn again(&self, other: Option<&Tree>) -> Picture {
        let size = (self.picture.width, self.picture.height);
        let widened = other.and_then(|tree| hairline::widened(tree, self.scale, &plain_options()));
        let other = widened.as_ref().or(other);
        let on = |ground| other.and_then(|tree| rendered_on(tree, self.scale, size, ground));
        let blank = || Picture {
            rgba: vec![255; self.picture.rgba.len()],
            ..self.picture
        };
        let white = on(Color::WHITE).unwrap_or_else(blank);
        match &self.reverse {
            Some(reverse) => match on(Color::BLACK) {
                Some(black) => reverse.apply(&white, black),
                None => white,
            },
            None => white,
        }
    }
}

fn rendered_on(
    tree: &Tree,
    scale: f32,
    (width, height): (u32, u32),
    ground: Color,
) -> Option<Picture> {
    let mut pixels = Pixmap::new(width, height)?;
    pixels.fill(ground);
    let scale = Transform::from_scale(scale, scale);
    resvg::render(tree, scale, &mut pixels.as_mut());
    Some(Picture {
        width,
        height,
        rgba: pixels.take(),
    })
}

fn render(tree: &Tree, within: Size) -> Result<Rendered, Refused> {
    let size = tree.size();
    let scale = (within.0 as f32 / size.width()).min(within.1 as f32 / size.height());
    if !scale.is_normal() {
        return Err(no_svg("SVG"));
    }
    RenderCost::of_drawing(tree, scale, within).map_err(|problem| (None, problem))?;
    let side = |length: f32, most: u32| ((length * scale).round() as u32).clamp(1, most);
    let size = (side(size.width(), within.0), side(size.height(), within.1));
    let widened = hairline::widened(tree, scale, &plain_options());
    let on = |ground| rendered_on(widened.as_ref().unwrap_or(tree), scale, size, ground);
    let white = on(Color::WHITE).ok_or_else(|| no_svg("SVG"))?;
    let mut made = Rendered {
        picture: white,
        scale,
        reverse: None,
        unseen_on_sheet: false,
    };
    // A frame alone is no plan: what it surrounds may be white.
    let reversed = if judge::is_empty(&made.picture) {
        on(Color::BLACK).and_then(|black| reverse::dark_lines(&made.picture, black))
    } else if let Some(lost) = paper::lost(tree, scale, size) {
        made.unseen_on_sheet = lost.on_sheet;
        let wanted = (!lost.on_sheet).then(|| on(Color::BLACK)).flatten();
        let reversed = wanted.and_then(|black| {
            let reverse = Reverse::of(&black, Some(lost.pixels))?;
            Some((reverse.apply(&made.picture, black), reverse))
        });
        made.unseen_on_sheet |= reversed.is_none();
        reversed
    } else {
        None
    };
    if let Some((picture, reverse)) = reversed {
        (made.picture, made.reverse) = (picture, Some(reverse));
    }
    Ok(made)
}

/// The drawing as it is without its words.
fn without_letters() -> Options<'static> {
    Options {
        fontdb: Arc::default(),
        font_resolver: FontResolver {
            select_font: Box::new(|_, _| None),
            select_fallback: Box::new(|_, _, _| None),
        },
        ..plain_options()
    }
}

fn plain_options() -> Options<'static> {
    options(&Arc::default())
}

/// Every text in the program's own font, and nothing from outside the file. Pictures inside it
/// are not drawn either; that there are some is noted in `pictures`.
fn options(pictures: &Arc<AtomicBool>) -> Options<'static> {
    let (data, path) = (pictures.clone(), pictures.clone());
    Options {
        resources_dir: None,
        languages: vec!["zh-CN".to_owned(), "zh".to_owned(), "en".to_owned()],
        fontdb: fonts::database(),
        font_resolver: fonts::of_drawing(),
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(move |_, _, _| {
                data.store(true, Ordering::Relaxed);
                None
            }),
            resolve_string: Box::new(move |_, _| {
                path.store(true, Ordering::Relaxed);
                None
            }),
        },
        ..Options::default()
    }
}
