//! The program's own typefaces. The Chinese one covers the General Standard Chinese list
//! (通用规范汉字表, 8,105 characters), the GBK repertoire and usual signs; others stand in for the
//! scripts that people in China also write. What none of them has is drawn as a box, so that
//! nothing that somebody wrote vanishes without a trace. `ui/fonts/README.md` says how the files
//! were made.

use std::sync::{Arc, LazyLock};

use resvg::usvg::FontResolver;
use resvg::usvg::fontdb::{Database, ID, Source};
use skrifa::charmap::Charmap;
use skrifa::raw::TableProvider;
use skrifa::raw::tables::cmap::Cmap;
use skrifa::{FontRef, MetadataProvider};

/// Noto Sans SC at its regular weight.
pub static REGULAR: &[u8] = include_bytes!("../ui/fonts/NotoSansSC-Regular.ttf");
/// Noto Sans SC at its bold weight, which has the same characters.
pub static BOLD: &[u8] = include_bytes!("../ui/fonts/NotoSansSC-Bold.ttf");

/// What is asked, in this order, for a character that the Chinese typeface lacks: other Latin,
/// Greek and Cyrillic letters, Uyghur and
/// Kazakh, Tibetan, Mongolian, Yi, Thai and Dai, Korean, and signs.
pub static OTHERS: [&[u8]; 8] = [
    include_bytes!("../ui/fonts/NotoSans-Regular.ttf"),
    include_bytes!("../ui/fonts/NotoSansArabic-Regular.ttf"),
    include_bytes!("../ui/fonts/NotoSerifTibetan-Regular.ttf"),
    include_bytes!("../ui/fonts/NotoSansMongolian-Regular.ttf"),
    include_bytes!("../ui/fonts/NotoSansYi-Regular.ttf"),
    include_bytes!("../ui/fonts/NotoSansThai-Regular.ttf"),
    include_bytes!("../ui/fonts/NotoSansKR-Regular.ttf"),
    include_bytes!("../ui/fonts/NotoSansSymbols2-Regular.ttf"),
];

/// Draws a box for every character that leaves ink; it has none for spaces, for marks that stand
/// on other letters, and for what only shapes its neighbours.
pub static BOX: &[u8] = include_bytes!("../ui/fonts/Box.ttf");

/// What stands for a character that no typeface has, where it is put into the text itself.
const LACKING: char = '□';

/// All of them, in the order in which they are asked for a character; the first two have the same
/// characters in two weights.
pub fn faces() -> impl Iterator<Item = &'static [u8]> {
    [REGULAR, BOLD].into_iter().chain(OTHERS).chain([BOX])
}

/// Tells which characters can be drawn.
struct Coverage {
    drawn: Vec<Charmap<'static>>,
    /// The box's own table: its compact form is none that a [`Charmap`] reads.
    ink: Option<Cmap<'static>>,
}

static COVERAGE: LazyLock<Coverage> = LazyLock::new(|| {
    let charmap = |font| FontRef::new(font).ok().map(|font| font.charmap());
    let fonts = std::iter::once(REGULAR).chain(OTHERS);
    Coverage {
        drawn: fonts.filter_map(charmap).collect(),
        ink: FontRef::new(BOX).and_then(|font| font.cmap()).ok(),
    }
});

/// Whether `c` should leave ink and none of the typefaces has it: emoji, and scripts and
/// ideographs that are rarer than those above.
pub fn lacks(c: char) -> bool {
    let inked = |table: &Cmap<'_>| table.map_codepoint(c).is_some();
    let drawn = |map: &Charmap<'_>| map.map(c).is_some();
    // The Chinese typeface has them all, and a drawing has millions.
    if c.is_ascii() {
        return false;
    }
    COVERAGE.ink.as_ref().is_some_and(inked) && !COVERAGE.drawn.iter().any(drawn)
}

/// Whether another typeface than the Chinese one has `c`.
pub fn is_foreign(c: char) -> bool {
    let has = |map: &Charmap<'_>| map.map(c).is_some();
    let mut faces = COVERAGE.drawn.iter();
    !c.is_ascii() && !faces.next().is_some_and(has) && faces.any(has)
}

/// Every character of `lines` that [`lacks`] names, once, with the line that it first stands on.
pub fn lacking<'t>(lines: impl IntoIterator<Item = (usize, &'t str)>) -> Vec<(usize, char)> {
    let mut found: Vec<(usize, char)> = Vec::new();
    for (line, text) in lines {
        for sign in text.chars().filter(|c| lacks(*c)) {
            if !found.iter().any(|(_, known)| *known == sign) {
                found.push((line, sign));
            }
        }
    }
    found
}

/// `text` with a box in the place of every character that [`lacks`] names, for what is drawn
/// without the window; that asks [`BOX`] by itself.
pub fn drawable(text: &str) -> String {
    text.chars()
        .map(|c| if lacks(c) { LACKING } else { c })
        .collect()
}

/// The typefaces for drawings with letters.
struct Faces {
    database: Arc<Database>,
    regular: Option<ID>,
    others: Vec<(ID, Charmap<'static>)>,
}

static FACES: LazyLock<Faces> = LazyLock::new(|| {
    let mut database = Database::new();
    let mut load = |font: &'static [u8]| {
        let ids = database.load_font_source(Source::Binary(Arc::new(font)));
        ids.first().copied()
    };
    let regular = load(REGULAR);
    let others = OTHERS
        .iter()
        .filter_map(|font| Some((load(font)?, FontRef::new(font).ok()?.charmap())))
        .collect();
    Faces {
        database: Arc::new(database),
        regular,
        others,
    }
});

/// The typefaces that a drawing's letters are taken from, and nothing else of the machine.
pub fn database() -> Arc<Database> {
    FACES.database.clone()
}

/// Has letters that a foreign drawing asks for set in the program's own typefaces. What they lack
/// has to be replaced before, with [`drawable`].
pub fn of_drawing() -> FontResolver<'static> {
    FontResolver {
        select_font: Box::new(|_, _| FACES.regular),
        select_fallback: Box::new(|c, tried, _| {
            let others = FACES.others.iter();
            let mut having = others.filter(|(_, map)| map.map(c).is_some());
            having
                .find(|(id, _)| !tried.contains(id))
                .map(|(id, _)| *id)
        }),
    }
}
