//! How to get out: the command, exits and assembly point, whom to call, and two kinds of codes.
//! One opens the page; the others carry the way out as text and need no network.

use super::contacts::tiles;
use super::parts::{Composer, GREEN, PALE_GREEN, RED, code_of};
use crate::config::settings::PublicNumber;
use crate::document::{Area, Colour, Weight};
use crate::domain::lang::Lang;
use crate::i18n::poster::{self as words, Topic};
use crate::i18n::{evacuation, posted, way_out};
use crate::print::Poster;
use crate::print::layout_box::{Align, LayoutBox, Style, list};
use crate::print::sheet::{DOT, Item};
use crate::print::sign::Sign;
use crate::qr::{self, Matrix, Medium, NoCode, QUIET_ZONE};

/// Millimetres of a module beneath which a phone close to the paper reads no code with certainty.
const LEAST_MODULE: f32 = 0.42;
/// Millimetres of a module that are enough, on A4: read from a quarter of a metre.
const MODULE: f32 = 0.9;

/// The parts of the sheet from top to bottom; none where the codes do not fit beside each other.
pub(super) fn parts(composer: &Composer<'_>, code: Option<LayoutBox>) -> Option<Vec<LayoutBox>> {
    let numbers = composer
        .poster
        .settings
        .public_numbers(composer.poster.plan);
    let now: Vec<&PublicNumber<'_>> = numbers.iter().filter(|one| one.is_now()).collect();
    Some(vec![
        composer.heading(Topic::Evacuation, GREEN),
        command(composer),
        places(composer),
        tiles(composer, &now),
        composer.place(),
        match code {
            Some(code) => codes(composer, code)?,
            None => texts_alone(composer)?,
        },
        composer.foot(),
    ])
}

/// What to do before anything else.
fn command(composer: &Composer<'_>) -> LayoutBox {
    let style = composer.style(Weight::Bold, 13.0, RED).align(Align::Centre);
    composer.both(words::stairs, composer.width, style, 0.6)
}

/// Where to go, each with its sign.
fn places(composer: &Composer<'_>) -> LayoutBox {
    let branch = &composer.poster.settings.branch;
    let gap = composer.mm(3.0);
    let width = (composer.width - gap) / 2.0;
    let padding = composer.mm(4.5);
    let beside = composer.mm(4.0);
    let cell =
        |sign: Sign, title: fn(&Lang) -> &'static str, named: &dyn Fn(f32) -> Vec<LayoutBox>| {
            let sign = composer.sign(sign, 26.0);
            let room = width - 2.0 * padding - sign.width - beside;
            let title = composer.label(
                title,
                composer.style(Weight::Regular, 4.8, Colour::SOFT),
                room,
            );
            let said = std::iter::once(title).chain(named(room));
            let said = LayoutBox::stack(said.collect::<Vec<_>>(), composer.mm(0.5), Align::Left);
            LayoutBox::row([sign, said], beside)
        };
    let exits = |room: f32| {
        if branch.exits.is_empty() {
            return vec![composer.both(words::exit_signs, room, named(composer, 7.0), 0.65)];
        }
        ways(composer, room)
    };
    let assembly = |room: f32| match branch.assembly_point.as_deref() {
        Some(place) => vec![composer.text(place, room, &named(composer, 7.6))],
        None => vec![composer.both(evacuation::open_ground, room, named(composer, 7.0), 0.65)],
    };
    let cells = vec![
        cell(Sign::Exit, words::exits, &exits),
        cell(Sign::Assembly, evacuation::assembly_point, &assembly),
    ];
    LayoutBox::grid(cells, 2, gap, |cell, height| {
        let size = (width, height + composer.mm(8.0));
        cell.on_panel(size, composer.mm(3.0), PALE_GREEN, Align::Left, padding)
    })
}

/// The exits with their arrows, as far as the branch has said which way they are.
fn ways(composer: &Composer<'_>, room: f32) -> Vec<LayoutBox> {
    let exits = &composer.poster.settings.branch.exits;
    // The more there are, the smaller they get: six take no more room than three.
    let style = named(composer, if exits.len() > 3 { 5.4 } else { 7.6 });
    let names = exits.iter().map(|exit| exit.name.as_str());
    if exits.iter().all(|exit| exit.direction.is_none()) {
        return vec![list(composer.shaper, names, room, &style)];
    }
    let (side, gap) = (if exits.len() > 3 { 6.2 } else { 8.6 }, composer.mm(2.0));
    let room_beside = room - composer.mm(side) - gap;
    // All in the size of the one that has to be smallest.
    let listed = list(composer.shaper, names, room_beside, &style);
    let size = listed.items.iter().find_map(|item| match item {
        Item::TextRun(words) => Some(words.size),
        _ => None,
    });
    let style = Style {
        size: size.unwrap_or(style.size),
        ..style
    };
    let rows = exits.iter().map(|exit| {
        // Without a direction the running man keeps the names on one line.
        let sign = exit.direction.map_or(Sign::Exit, Sign::Arrow);
        let sign = composer.sign(sign, side);
        LayoutBox::row([sign, composer.text(&exit.name, room_beside, &style)], gap)
    });
    vec![LayoutBox::stack(rows, composer.mm(0.4), Align::Left)]
}

fn named(composer: &Composer<'_>, size: f32) -> Style {
    Style {
        leading: 1.2,
        ..composer.style(Weight::Bold, size, Colour::INK).lines(2)
    }
}

/// Both kinds of codes beside each other.
fn codes(composer: &Composer<'_>, code: LayoutBox) -> Option<LayoutBox> {
    let gap = composer.mm(6.0);
    let right = composer.width - code.width - gap;
    let width = code.width;
    let above = composer.caption(Topic::Evacuation, 5.4, width, Align::Centre);
    let beneath = composer.typed(3.8, width, Align::Centre);
    let texts = offline(composer, right, code.height)?;
    let quiet = |block: &LayoutBox| first_code(block).map_or(0.0, |area| area.top);
    let lower = (quiet(&code) - quiet(&texts)).max(0.0);
    let style = composer.style(Weight::Bold, 5.4, Colour::INK).lines(2);
    let said = composer.both(words::offline, right, style.align(Align::Centre), 0.6);
    // Both captions end, and both kinds of codes begin, on one line.
    let line = above.height.max(said.height);
    let mut whole = LayoutBox {
        width: composer.width,
        height: line + (code.height + beneath.height).max(lower + texts.height),
        items: Vec::new(),
    };
    let below = line + code.height;
    whole.put(0.0, line - above.height, above);
    whole.put(0.0, below, beneath);
    whole.put(0.0, line, code);
    whole.put(width + gap, line - said.height, said);
    // The modules of both begin on one line, whatever their quiet zones.
    whole.put(
        width + gap + (right - texts.width) / 2.0,
        line + lower,
        texts,
    );
    Some(whole)
}

/// The codes that need no network, where there is no page to lead to.
fn texts_alone(composer: &Composer<'_>) -> Option<LayoutBox> {
    let said = composer.style(Weight::Bold, 6.4, Colour::INK).lines(2);
    let said = composer.both(
        words::offline,
        composer.width,
        said.align(Align::Centre),
        0.6,
    );
    let texts = offline(composer, composer.width, composer.mm(60.0))?;
    Some(LayoutBox::stack(
        [said, texts],
        composer.mm(1.0),
        Align::Centre,
    ))
}

/// The way out as text, in codes of one size: one or two for each language of the poster.
///
/// # Errors
/// [`NoCode`], which the texts, being cut to length, are not known to meet.
pub(super) fn texts(poster: &Poster<'_>) -> Result<Vec<Vec<Matrix>>, NoCode> {
    let texts = poster
        .langs
        .iter()
        .map(|lang| way_out::of_branch(lang, poster.plan, poster.settings));
    let texts: Vec<Vec<String>> = texts.collect();
    let mut matrices = qr::encode_alike(&texts.concat(), Medium::Paper)?.into_iter();
    let counts = texts.iter().map(Vec::len);
    Ok(counts
        .map(|count| matrices.by_ref().take(count).collect())
        .collect())
}

/// The codes that carry text, of one size: a row a language, or one row where each has but one.
fn offline(composer: &Composer<'_>, width: f32, height: f32) -> Option<LayoutBox> {
    let longest = composer.texts.iter().map(Vec::len).max().unwrap_or(1);
    let columns = if longest > 1 {
        longest
    } else {
        composer.texts.len()
    };
    let fits = (width / columns.max(1) as f32).min(height.max(composer.mm(60.0)));
    // Whole dots of a picture.
    let module = (fits / modules(composer.texts)).min(composer.mm(MODULE).max(LEAST_MODULE + DOT));
    let module = (module / DOT).floor() * DOT;
    if module < LEAST_MODULE {
        return None;
    }
    let style = composer
        .style(Weight::Regular, 4.0, Colour::SOFT)
        .align(Align::Centre);
    let langs = composer.poster.langs;
    let rows = langs.iter().zip(composer.texts).map(|(lang, matrices)| {
        let row = matrices.iter().enumerate().map(|(index, matrix)| {
            let code = code_of(matrix, module);
            let language = langs.second.map_or("", |_| words::language(lang));
            let said = posted::one_of(language, index, matrices.len());
            let said = composer.text(&said, code.width, &style);
            LayoutBox::stack([code, said], 0.0, Align::Centre)
        });
        LayoutBox::row(row, 0.0)
    });
    Some(if longest > 1 {
        LayoutBox::stack(rows, 0.0, Align::Centre)
    } else {
        LayoutBox::row(rows, 0.0)
    })
}

/// Where the modules of the first code are.
fn first_code(block: &LayoutBox) -> Option<Area> {
    block.items.iter().find_map(|item| match item {
        Item::Code { area, .. } => Some(*area),
        Item::Panel { .. } | Item::TextRun(_) | Item::Sign { .. } => None,
    })
}

/// Modules along a side of the largest, with the quiet zone.
fn modules(texts: &[Vec<Matrix>]) -> f32 {
    let widest = texts.iter().flatten().map(Matrix::width).max().unwrap_or(1);
    (widest + 2 * QUIET_ZONE) as f32
}
