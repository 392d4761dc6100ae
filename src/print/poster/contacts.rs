//! Whom to call: the numbers that customers may read, those that lives depend on first.

use super::parts::{Desk, INK, RED};
use crate::i18n::posted;
use crate::i18n::poster::{self as words, Topic};
use crate::print::block::{Align, Block, Style};
use crate::print::sheet::Colour;
use crate::print::type_case::Weight;
use crate::settings::PublicNumber;

/// Numbers beside each other that lives depend on.
const TILES: usize = 3;
/// Numbers from which on the rest stands in three columns.
const MANY: usize = 11;

/// The parts of the sheet from top to bottom.
pub(super) fn parts(desk: &Desk<'_>, code: Option<Block>) -> Vec<Block> {
    let numbers = desk.poster.settings.public_numbers(desk.poster.plan);
    let (now, mut others): (Vec<_>, Vec<_>) = numbers
        .iter()
        .partition(|one: &&PublicNumber<'_>| one.is_now());
    others.sort_by_key(|one| one.rank());
    let none = if numbers.is_empty() {
        let style = desk.style(Weight::Bold, 9.0, INK).lines(2);
        desk.both(
            words::no_numbers,
            desk.width,
            style.align(Align::Centre),
            0.6,
        )
    } else {
        Block::default()
    };
    vec![
        desk.heading(Topic::Contacts, INK),
        tiles(desk, &now),
        desk.place(),
        rest(desk, &others),
        none,
        code.map_or_else(Block::default, |code| beside(desk, code)),
        desk.foot(),
    ]
}

/// The numbers that lives depend on, in digits to be read across the room.
pub(super) fn tiles(desk: &Desk<'_>, numbers: &[&PublicNumber<'_>]) -> Block {
    let gap = desk.mm(3.0);
    let count = numbers.len().clamp(1, TILES);
    let width = (desk.width - gap * (count - 1) as f32) / count as f32;
    let inner = width - desk.mm(6.0);
    let tiles = numbers.iter().map(|one| {
        let white = |weight, size| {
            let style = desk.style(weight, size, Colour::WHITE);
            style.align(Align::Centre)
        };
        let digits = Style {
            leading: 1.02,
            ..white(Weight::Bold, 22.0).least(0.3)
        };
        let digits = desk.text(&desk.digits(one.number), inner, &digits);
        let name = |lang: &str| posted::public_name(lang, one);
        let name = desk.both(name, inner, white(Weight::Bold, 6.0), 0.75);
        Block::stack([digits, name], 0.0, Align::Centre)
    });
    Block::grid(tiles.collect(), TILES, gap, |tile, height| {
        let size = (width, height + desk.mm(5.0));
        tile.on_panel(size, desk.mm(3.0), RED, Align::Centre, desk.mm(3.0))
    })
}

fn rest(desk: &Desk<'_>, numbers: &[&PublicNumber<'_>]) -> Block {
    let columns = if numbers.len() < MANY { 2 } else { 3 };
    desk.cells(columns, |width| {
        let cell = |one: &&PublicNumber<'_>| {
            let name = |lang: &str| posted::public_name(lang, one);
            let hours = |lang: &str| one.role.map_or("", |role| posted::hours(lang, role));
            desk.number(name, &desk.digits(one.number), Some(&hours), width)
        };
        numbers.iter().map(cell).collect()
    })
}

/// The code with its words beside it.
fn beside(desk: &Desk<'_>, code: Block) -> Block {
    let gap = desk.mm(3.0);
    let width = desk.width - code.width - gap;
    let caption = desk.caption(Topic::Contacts, 9.0, width, Align::Left);
    let typed = desk.typed(4.4, width, Align::Left);
    let said = Block::stack([caption, typed], desk.mm(6.0), Align::Left);
    Block::row([code, said], gap)
}
