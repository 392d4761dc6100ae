//! A sheet as SVG. Its words are outlines, so that it looks the same wherever it is opened.

#![expect(
    clippy::let_underscore_must_use,
    reason = "a text takes any number of writes"
)]

use std::fmt::Write;

use resvg::usvg::tiny_skia_path::{Path, PathSegment};

use super::sheet::{Item, Sheet};
use crate::document::shaping::{EM, Shaper};
use crate::document::{Area, Colour, Drawing, Shape, TextRun, outline};
use crate::i18n;

/// The sheet as a document of its own size in millimetres.
pub(super) fn write(sheet: &Sheet) -> String {
    let (width, height) = sheet.paper.size();
    let mut svg = Svg::default();
    let _ = write!(
        svg.text,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}mm\" height=\"{height}mm\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\" xml:lang=\"{}\">\n<title>{}</title>\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n",
        i18n::tag(&sheet.lang),
        escaped(&sheet.title),
    );
    for item in &sheet.items {
        match item {
            Item::Panel {
                area,
                radius,
                colour,
            } => svg.path(outline::panel(area, *radius).as_ref(), *colour, ""),
            Item::Code { area, matrix } => {
                let modules = outline::modules(area, matrix);
                svg.path(
                    modules.as_ref(),
                    Colour::BLACK,
                    " shape-rendering=\"crispEdges\"",
                );
            }
            Item::TextRun(words) => svg.words(words),
            Item::Sign { area, sign } => svg.drawing(sign.drawing(), area),
        }
    }
    svg.text.push_str("</svg>\n");
    svg.text
}

#[derive(Default)]
struct Svg {
    text: String,
    clips: usize,
    shaper: Shaper,
}

impl Svg {
    fn path(&mut self, path: Option<&Path>, colour: Colour, more: &str) {
        let Some(path) = path else { return };
        let Colour(red, green, blue) = colour;
        let _ = writeln!(
            self.text,
            "<path fill=\"#{red:02x}{green:02x}{blue:02x}\"{more} d=\"{}\"/>",
            data(path)
        );
    }

    fn words(&mut self, words: &TextRun) {
        let line = self.shaper.line(&words.text, words.weight);
        let outline = outline::letters(&line);
        let scale = words.size / EM;
        let place = format!(
            " transform=\"translate({} {}) scale({})\"",
            Number(words.left),
            Number(words.baseline),
            scale
        );
        self.path(outline.as_ref(), words.colour, &place);
    }

    fn drawing(&mut self, drawing: &Drawing, area: &Area) {
        let place = drawing.placed(area);
        for shape in &drawing.shapes {
            self.shape(shape, place);
        }
    }

    fn shape(&mut self, shape: &Shape, place: resvg::usvg::Transform) {
        let mut more = String::new();
        if shape.even_odd {
            more.push_str(" fill-rule=\"evenodd\"");
        }
        if let Some(clip) = shape
            .clip
            .as_deref()
            .and_then(|clip| clip.clone().transform(place))
        {
            self.clips += 1;
            let id = self.clips;
            let _ = writeln!(
                self.text,
                "<clipPath id=\"c{id}\"><path d=\"{}\"/></clipPath>",
                data(&clip)
            );
            let _ = write!(more, " clip-path=\"url(#c{id})\"");
        }
        let path = shape.path.clone().transform(place);
        self.path(path.as_ref(), shape.colour, &more);
    }
}

/// `text` as XML has to be written; what XML cannot carry is left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// A path's outline as SVG writes it.
fn data(path: &Path) -> String {
    let mut data = String::new();
    for segment in path.segments() {
        let (letter, points) = match segment {
            PathSegment::MoveTo(to) => ('M', vec![to]),
            PathSegment::LineTo(to) => ('L', vec![to]),
            PathSegment::QuadTo(by, to) => ('Q', vec![by, to]),
            PathSegment::CubicTo(by, and, to) => ('C', vec![by, and, to]),
            PathSegment::Close => ('Z', Vec::new()),
        };
        data.push(letter);
        for (index, point) in points.into_iter().enumerate() {
            let space = if index > 0 { " " } else { "" };
            let _ = write!(data, "{space}{} {}", Number(point.x), Number(point.y));
        }
    }
    data
}

/// A length to the thousandth, without the zeros at its end.
struct Number(f32);

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = format!("{:.3}", self.0);
        let text = text.trim_end_matches('0').trim_end_matches('.');
        f.write_str(if text == "-0" { "0" } else { text })
    }
}
