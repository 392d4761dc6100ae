//! SVG files, drawn with the program's own fonts: what stands outside the file is never read.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::roxmltree::{self, Document, ParsingOptions};
use resvg::usvg::{ImageHrefResolver, Options, Tree};

use super::answer::Refused;
use super::weigh::{MOST_ELEMENTS, Weight};
use super::{Picture, Size, bounded, css, flow, html, judge, reverse, unread, words};
use crate::domain::fault::Problem;
use crate::fonts;

/// The most characters without a typeface that are named.
const MOST_NAMED: usize = 20;

fn no_svg(words: &str) -> Refused {
    (None, Problem::NotAPicture(words.to_owned()))
}

fn parsed(text: &str) -> Result<Document<'_>, Refused> {
    let parsing = ParsingOptions {
        // Drawing programs write document types; Weight has seen that this one is harmless.
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
    Weight::of_text(text).map_err(|problem| (None, problem))?;
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
    Weight::of_elements(&document).map_err(|problem| (None, problem))?;
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
    let pictures = within
        .iter()
        .map(|size| render(&tree, bounded(*size)))
        .collect::<Result<Vec<Picture>, Refused>>()?;
    let first = pictures.first();
    let unseen = first.map_or(Vec::new(), |picture| words::unseen(&tree, picture));
    remarks.extend(unseen.into_iter().map(|problem| (None, problem)));
    Ok((pictures, remarks))
}

fn render(tree: &Tree, within: Size) -> Result<Picture, Refused> {
    let size = tree.size();
    let scale = (within.0 as f32 / size.width()).min(within.1 as f32 / size.height());
    if !scale.is_normal() {
        return Err(no_svg("SVG"));
    }
    Weight::of_drawing(tree, scale, within).map_err(|problem| (None, problem))?;
    let side = |length: f32, most: u32| ((length * scale).round() as u32).clamp(1, most);
    let (width, height) = (side(size.width(), within.0), side(size.height(), within.1));
    let on = |ground| {
        let mut pixels = Pixmap::new(width, height)?;
        pixels.fill(ground);
        let scale = Transform::from_scale(scale, scale);
        resvg::render(tree, scale, &mut pixels.as_mut());
        Some(Picture {
            width,
            height,
            rgba: pixels.take(),
        })
    };
    let picture = on(Color::WHITE).ok_or_else(|| no_svg("SVG"))?;
    // A frame alone is no plan: what it surrounds may be white.
    if !judge::is_empty(&picture) {
        return Ok(picture);
    }
    let reversed = on(Color::BLACK).and_then(|black| reverse::dark_lines(&picture, black));
    Ok(reversed.unwrap_or(picture))
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
