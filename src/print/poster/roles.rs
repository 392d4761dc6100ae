//! The cards of the crew on one sheet, to be cut apart: what each of them does, in words and in a code
//! that needs no network.

use super::parts::{Composer, code_of};
use super::{A4_WIDTH, SCALES, margin};
use crate::document::shaping::Shaper;
use crate::document::{Colour, Weight};
use crate::domain::plan::{Crew, Text};
use crate::i18n::poster::{self as words, Topic};
use crate::print::layout_box::{Align, LayoutBox, Style};
use crate::print::sheet::{DOT, Item, Sheet};
use crate::print::{Poster, PosterError};
use crate::qr::{self, Matrix, Medium};

/// Millimetres of a module, on A4: read from a fifth of a metre, as a card in the hand is.
const MODULE: f32 = 0.7;
/// The same at the least, however small the words get.
const LEAST_MODULE: f32 = 0.42;

/// Lays the cards out. A sheet has no page on the tablet, and its codes need none.
///
/// # Errors
/// [`PosterError`] for cards that do not fit the paper.
pub fn roles(poster: &Poster<'_>) -> Result<Sheet, PosterError> {
    let lang = poster.langs.first;
    let crew = &poster.plan.crew;
    let texts: Vec<String> = crew.iter().map(|one| one.plain_text(lang)).collect();
    let codes = qr::encode_alike(&texts, Medium::Paper)?;
    let shaper = Shaper::default();
    let poster = &Poster {
        base: None,
        ..*poster
    };
    SCALES
        .iter()
        .find_map(|&scale| at(poster, &shaper, &codes, scale))
        .ok_or(PosterError::NoRoom(poster.paper))
}

/// The sheet with letters of this size, if it fits.
fn at(poster: &Poster<'_>, shaper: &Shaper, codes: &[Matrix], scale: f32) -> Option<Sheet> {
    let (width, height) = poster.paper.size();
    let margin = margin(poster.paper);
    let composer = Composer {
        poster,
        shaper,
        address: None,
        texts: &[],
        scale: scale * width / A4_WIDTH,
        width: width - 2.0 * margin,
    };
    let cards = poster.plan.crew.iter().zip(codes);
    let cards = cards.map(|(one, code)| card(&composer, one, code));
    let parts: Vec<LayoutBox> = std::iter::once(heading(&composer))
        .chain(cards)
        .chain([composer.foot()])
        .collect();
    let filled: f32 = parts.iter().map(|part| part.height).sum();
    let gap = (height - 2.0 * margin - filled) / (parts.len() - 1).max(1) as f32;
    if gap < composer.mm(super::parts::GAP) {
        return None;
    }
    let mut whole = LayoutBox::default();
    whole.put(margin, margin, LayoutBox::stack(parts, gap, Align::Left));
    let lang = poster.langs.first;
    let title = words::heading(lang, Topic::Roles);
    Some(Sheet {
        paper: poster.paper,
        title: title.to_owned(),
        lang: lang.clone(),
        day: poster.day,
        distance: None,
        items: whole.items.into_iter().map(Item::on_grid).collect(),
    })
}

/// What the sheet is, and whose; lower than that of a poster, which is read across a room.
fn heading(composer: &Composer<'_>) -> LayoutBox {
    let padding = composer.mm(4.5);
    let width = composer.width - 2.0 * padding;
    let white = |weight, size| composer.style(weight, size, Colour::WHITE);
    let title = composer.label(
        |lang| words::heading(lang, Topic::Roles),
        white(Weight::Bold, 9.0),
        width,
    );
    let name = composer.poster.settings.branch.name.as_deref();
    let name = composer.text(
        name.unwrap_or_default(),
        width - title.width - composer.mm(6.0),
        &white(Weight::Regular, 4.6).lines(2),
    );
    let whole = LayoutBox::row([title, name], composer.mm(6.0));
    let size = (composer.width, whole.height + composer.mm(5.0));
    whole.on_panel(size, composer.mm(2.5), Colour::INK, Align::Left, padding)
}

/// One card: the words on the left, the code on white paper beside them.
fn card(composer: &Composer<'_>, one: &Crew, code: &Matrix) -> LayoutBox {
    let padding = composer.mm(4.5);
    let module = composer.mm(MODULE).max(LEAST_MODULE);
    let code = code_of(code, (module / DOT).ceil() * DOT);
    let width = composer.width - code.width - composer.mm(1.0);
    let room = width - 2.0 * padding;
    let name = composer.style(Weight::Bold, 8.4, Colour::INK);
    let name = composer.label(|lang| one.name.in_lang(lang), name, room);
    let lines = one.card.iter().enumerate();
    let lines = lines.map(|(index, line)| card_line(composer, index + 1, line, room));
    let said = LayoutBox::stack(
        std::iter::once(name).chain(lines),
        composer.mm(1.6),
        Align::Left,
    );
    let height = (said.height + composer.mm(5.0)).max(code.height);
    let (radius, colour) = (composer.mm(2.5), Colour::CELL);
    let said = said.on_panel((width, height), radius, colour, Align::Left, padding);
    LayoutBox::row([said, code], composer.mm(1.0))
}

/// A line with its number, in both languages beside each other: each begins where those above do.
fn card_line(composer: &Composer<'_>, number: usize, line: &Text, room: f32) -> LayoutBox {
    let langs = composer.poster.langs;
    let indent = composer.mm(5.5);
    let style = |weight, size| Style {
        leading: 1.2,
        ..composer.style(weight, size, Colour::INK).lines(2)
    };
    let digits = composer.style(Weight::Bold, 5.0, Colour::SOFT);
    let digits = composer.text(&number.to_string(), indent, &digits);
    let (first, second) = match langs.second {
        None => (room - indent, None),
        Some(lang) => ((room - indent) * 0.46, Some(lang)),
    };
    let size = if second.is_some() { 5.0 } else { 6.2 };
    let said = line.in_lang(langs.first);
    let said = composer.text(said, first, &style(Weight::Bold, size));
    let gap = composer.mm(3.0);
    let other = second.map_or_else(LayoutBox::default, |lang| {
        let width = room - indent - first - gap;
        composer.text(line.in_lang(lang), width, &style(Weight::Regular, 3.9))
    });
    let height = digits.height.max(said.height).max(other.height);
    let mut whole = LayoutBox {
        width: room,
        height,
        items: Vec::new(),
    };
    let middle = |part: &LayoutBox| (height - part.height) / 2.0;
    whole.put(0.0, middle(&digits), digits);
    whole.put(indent, middle(&said), said);
    whole.put(indent + first + gap, middle(&other), other);
    whole
}
