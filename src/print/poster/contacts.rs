//! Whom to call: the numbers that customers may read, those that lives depend on first.

use super::parts::{Composer, RED};
use crate::config::settings::PublicNumber;
use crate::document::{Colour, Weight};
use crate::domain::lang::Lang;
use crate::i18n::posted;
use crate::i18n::poster::{self as words, Topic};
use crate::print::layout_box::{Align, LayoutBox, Style};

/// Numbers beside each other that lives depend on.
const TILES: usize = 3;
/// Numbers from which on the rest stands in three columns.
const MANY: usize = 9;

/// The parts of the sheet from top to bottom.
pub(super) fn parts(composer: &Composer<'_>, code: Option<LayoutBox>) -> Vec<LayoutBox> {
    let numbers = composer
        .poster
        .settings
        .public_numbers(composer.poster.plan);
    let (now, mut others): (Vec<_>, Vec<_>) = numbers
        .iter()
        .partition(|one: &&PublicNumber<'_>| one.is_now());
    others.sort_by_key(|one| one.rank());
    let none = if numbers.is_empty() {
        let style = composer.style(Weight::Bold, 9.0, Colour::INK).lines(2);
        composer.both(
            words::no_numbers,
            composer.width,
            style.align(Align::Centre),
            0.6,
        )
    } else {
        LayoutBox::default()
    };
    vec![
        composer.heading(Topic::Contacts, Colour::INK),
        tiles(composer, &now),
        composer.place(),
        rest(composer, &others),
        none,
        code.map_or_else(LayoutBox::default, |code| beside(composer, code)),
        composer.foot(),
    ]
}

/// The numbers that lives depend on, in digits to be read across the room.
pub(super) fn tiles(composer: &Composer<'_>, numbers: &[&PublicNumber<'_>]) -> LayoutBox {
    let gap = composer.mm(3.0);
    let count = numbers.len().clamp(1, TILES);
    let width = (composer.width - gap * (count - 1) as f32) / count as f32;
    let inner = width - composer.mm(6.0);
    let tiles = numbers.iter().map(|one| {
        let white = |weight, size| {
            let style = composer.style(weight, size, Colour::WHITE);
            style.align(Align::Centre)
        };
        let digits = Style {
            leading: 1.02,
            ..white(Weight::Bold, 22.0).least(0.3)
        };
        let digits = composer.text(&composer.digits(one.number), inner, &digits);
        let name = |lang: &Lang| posted::public_name(lang, one);
        let name = composer.both(name, inner, white(Weight::Bold, 6.0), 0.75);
        LayoutBox::stack([digits, name], 0.0, Align::Centre)
    });
    LayoutBox::grid(tiles.collect(), TILES, gap, |tile, height| {
        let size = (width, height + composer.mm(5.0));
        tile.on_panel(size, composer.mm(3.0), RED, Align::Centre, composer.mm(3.0))
    })
}

fn rest(composer: &Composer<'_>, numbers: &[&PublicNumber<'_>]) -> LayoutBox {
    let columns = if numbers.len() < MANY { 2 } else { 3 };
    composer.cells(columns, |width| {
        let cell = |one: &&PublicNumber<'_>| {
            let name = |lang: &Lang| posted::public_name(lang, one);
            let hours = |lang: &Lang| one.role.map_or("", |role| posted::hours(lang, role));
            composer.number(name, &composer.digits(one.number), Some(&hours), width)
        };
        numbers.iter().map(cell).collect()
    })
}

/// The code with its words beside it.
fn beside(composer: &Composer<'_>, code: LayoutBox) -> LayoutBox {
    let gap = composer.mm(3.0);
    let width = composer.width - code.width - gap;
    let caption = composer.caption(Topic::Contacts, 9.0, width, Align::Left);
    let typed = composer.typed(4.4, width, Align::Left);
    let said = LayoutBox::stack([caption, typed], composer.mm(6.0), Align::Left);
    LayoutBox::row([code, said], gap)
}
