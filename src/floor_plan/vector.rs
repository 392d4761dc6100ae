//! SVG files, drawn with the program's own font: what stands outside the file is never read.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::roxmltree::{self, Document, ParsingOptions};
use resvg::usvg::{ImageHrefResolver, Options, Tree};

use super::weigh::{MOST_ELEMENTS, Weight};
use super::{Picture, Refused};
use crate::domain::fault::Problem;
use crate::fonts;

/// How long a drawing may take. A floor plan takes a fraction of a second.
const PATIENCE: Duration = Duration::from_secs(8);
/// The library descends into what is nested: it gets more room than a thread usually has, because
/// to run out of it ends the program.
const STACK_BYTES: usize = 64 * 1024 * 1024;

/// Draws an SVG as large as fits.
///
/// The drawing runs in a thread of its own, since nothing else can stop waiting for it: a file
/// that passes every other limit and still takes too long is given up. Its thread then runs on
/// unheard, in no more memory than [`super::weigh`] allows, until it is done.
pub(super) fn draw(text: String, within: (u32, u32)) -> Result<Picture, Refused> {
    let (done, drawn) = channel();
    thread::Builder::new()
        .name("floor-plan".to_owned())
        .stack_size(STACK_BYTES)
        .spawn(move || done.send(render(&text, within)).ok())
        .map_err(|error| (None, Problem::Unreadable(error.to_string())))?;
    match drawn.recv_timeout(PATIENCE) {
        Ok(result) => result,
        // Or the library gave up with a panic, which ended its thread and nothing else.
        Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
            Err((None, Problem::TooIntricate))
        }
    }
}

fn no_svg(words: &str) -> Refused {
    (None, Problem::NotAPicture(words.to_owned()))
}

fn render(text: &str, within: (u32, u32)) -> Result<Picture, Refused> {
    Weight::of_text(text).map_err(|problem| (None, problem))?;
    let parsing = ParsingOptions {
        // Drawing programs write document types; Weight has seen that this one is harmless.
        allow_dtd: true,
        nodes_limit: MOST_ELEMENTS * 4,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(text, parsing).map_err(|error| match error {
        roxmltree::Error::NodesLimitReached => (None, Problem::TooIntricate),
        error => {
            let line = usize::try_from(error.pos().row).ok();
            (line, Problem::NotAPicture(error.to_string()))
        }
    })?;
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
    let size = tree.size();
    let scale = (within.0 as f32 / size.width()).min(within.1 as f32 / size.height());
    if !scale.is_normal() {
        return Err(no_svg("SVG"));
    }
    Weight::of_drawing(&tree, scale, within).map_err(|problem| (None, problem))?;
    let side = |length: f32, most: u32| ((length * scale).round() as u32).clamp(1, most);
    let (width, height) = (side(size.width(), within.0), side(size.height(), within.1));
    let mut pixels = Pixmap::new(width, height).ok_or_else(|| no_svg("SVG"))?;
    pixels.fill(Color::WHITE);
    let scale = Transform::from_scale(scale, scale);
    resvg::render(&tree, scale, &mut pixels.as_mut());
    Ok(Picture {
        width,
        height,
        rgba: pixels.take(),
    })
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
