//! What the posters have in common: heading, code with its caption, cells of numbers, foot.

use crate::document::shaping::Shaper;
use crate::document::{Area, Colour, Weight};
use crate::domain::lang::Lang;
use crate::i18n::poster as words;
use crate::i18n::{poster::Topic, screen};
use crate::print::Poster;
use crate::print::layout_box::{Align, LayoutBox, Style, text};
use crate::print::sheet::{DOT, Item, quiet};
use crate::print::sign::Sign;
use crate::qr::Matrix;

/// Act now (ISO 22324).
pub(super) const RED: Colour = Colour(0xa8, 0x00, 0x1c);
/// Safe.
pub(super) const GREEN: Colour = Colour(0x0b, 0x5b, 0x36);
/// The ground of what is safe.
pub(super) const PALE_GREEN: Colour = Colour(0xe4, 0xf4, 0xea);
/// Neither.
pub(super) const BLUE: Colour = Colour(0x14, 0x46, 0x7c);
/// The least room between two parts, in millimetres on A4.
pub(super) const GAP: f32 = 4.0;
/// How many modules' width away a code can be read (a rule of thumb for phones).
pub(super) const READ_FROM: f32 = 285.0;

/// What a poster is laid out with. Lengths are given in millimetres as on A4 at full size.
pub(super) struct Composer<'a> {
    pub poster: &'a Poster<'a>,
    pub shaper: &'a Shaper,
    /// The address that the code carries; none where the poster does without it.
    pub address: Option<&'a str>,
    /// The codes that carry text, by language; none on most posters.
    pub texts: &'a [Vec<Matrix>],
    /// What a length is multiplied by.
    pub scale: f32,
    /// The width to fill, in millimetres on this paper.
    pub width: f32,
}

impl Composer<'_> {
    /// A length on this paper.
    pub(super) fn mm(&self, length: f32) -> f32 {
        length * self.scale
    }

    /// A style whose size is given for A4.
    pub(super) fn style(&self, weight: Weight, size: f32, colour: Colour) -> Style {
        Style::new(weight, self.mm(size), colour)
    }

    /// A text in at most this width on this paper.
    pub(super) fn text(&self, what: &str, width: f32, style: &Style) -> LayoutBox {
        text(self.shaper, what, width, style)
    }

    /// The same in both languages: the first as given, the second smaller beneath it.
    pub(super) fn both<'w>(
        &self,
        say: impl Fn(&Lang) -> &'w str,
        width: f32,
        style: Style,
        second: f32,
    ) -> LayoutBox {
        let mut parts = vec![self.text(say(self.poster.langs.first), width, &style)];
        if let Some(lang) = self.poster.langs.second {
            let smaller = Style {
                weight: Weight::Regular,
                size: style.size * second,
                least: style.least * second,
                ..style
            };
            parts.push(self.text(say(lang), width, &smaller));
        }
        LayoutBox::stack(parts, 0.0, style.align)
    }

    /// The heading in its colour, with the branch's name above it.
    pub(super) fn heading(&self, topic: Topic, ground: Colour) -> LayoutBox {
        let padding = self.mm(8.0);
        let width = self.width - 2.0 * padding;
        let white = |weight, size| self.style(weight, size, Colour::WHITE);
        let name = self.poster.settings.branch.name.as_deref();
        let name = self.text(
            name.unwrap_or_default(),
            width,
            &white(Weight::Regular, 6.6).lines(2),
        );
        let heading = self.both(
            |lang| words::heading(lang, topic),
            width,
            white(Weight::Bold, 19.0),
            0.5,
        );
        let whole = LayoutBox::stack([name, heading], 0.0, Align::Left);
        let size = (self.width, whole.height + self.mm(9.0));
        whole.on_panel(size, self.mm(4.0), ground, Align::Left, padding)
    }

    /// A code to be read from `distance` metres, with its quiet zone.
    pub(super) fn code(&self, matrix: &Matrix, distance: f32) -> LayoutBox {
        let module = distance * 1000.0 / READ_FROM;
        // Whole dots of a picture; what rounding has added must not make it a dot more.
        code_of(matrix, (module / DOT - 0.001).ceil().max(1.0) * DOT)
    }

    /// What scanning does, in the middle of this width.
    pub(super) fn caption(&self, topic: Topic, size: f32, width: f32, align: Align) -> LayoutBox {
        let style = self
            .style(Weight::Bold, size, Colour::INK)
            .lines(2)
            .align(align);
        self.both(|lang| words::scan(lang, topic), width, style, 0.6)
    }

    /// The address for those who cannot scan.
    pub(super) fn typed(&self, size: f32, width: f32, align: Align) -> LayoutBox {
        let ask = self
            .style(Weight::Regular, size, Colour::SOFT)
            .lines(2)
            .align(align);
        let ask = self.both(words::type_it, width, ask, 0.8);
        let address = self
            .style(Weight::Bold, size * 1.45, Colour::INK)
            .least(0.65);
        let address = self.text(
            self.address.unwrap_or_default(),
            width,
            &address.align(align),
        );
        LayoutBox::stack([ask, address], self.mm(0.8), align)
    }

    /// A number with its name above it, and beneath it when it answers.
    pub(super) fn number<'w>(
        &self,
        name: impl Fn(&Lang) -> &'w str,
        value: &str,
        hours: Option<&dyn Fn(&Lang) -> &'w str>,
        width: f32,
    ) -> LayoutBox {
        let label = self.style(Weight::Regular, 4.6, Colour::SOFT);
        let small = self.style(Weight::Regular, 3.4, Colour::SOFT).lines(2);
        let name = self.label(name, label, width);
        let style = self.style(Weight::Bold, 8.6, Colour::INK).least(0.45);
        // An address by e-mail is typed more easily from one line.
        let style = style.lines(if value.contains('@') { 1 } else { 2 });
        let leading = 1.2;
        let value = self.text(value, width, &Style { leading, ..style });
        let hours = hours.map(|hours| self.both(hours, width, small, 1.0));
        let parts = [Some(name), Some(value), hours].into_iter().flatten();
        LayoutBox::stack(parts, 0.0, Align::Left)
    }

    /// A name in both languages, on one line where they fit beside each other.
    pub(super) fn label<'w>(
        &self,
        name: impl Fn(&Lang) -> &'w str,
        style: Style,
        width: f32,
    ) -> LayoutBox {
        let langs = self.poster.langs;
        let first = self.text(name(langs.first), width, &style);
        let second = langs.second.map(|lang| {
            let style = Style {
                size: style.size * 0.82,
                least: style.least * 0.82,
                ..style
            };
            self.text(
                name(lang),
                width,
                &Style {
                    align: Align::Left,
                    ..style
                },
            )
        });
        let Some(second) = second else { return first };
        let gap = style.size * 0.5;
        if style.align == Align::Left && first.width + gap + second.width <= width {
            LayoutBox::row([first, second], gap)
        } else {
            self.both(name, width, style, 0.82)
        }
    }

    /// A telephone number as it is printed: with the words for its extension in the first language.
    pub(super) fn digits(&self, number: &str) -> String {
        let (main, extension) = screen::number(self.poster.langs.first, number);
        [main, extension].join(" ").trim().to_owned()
    }

    /// Cells beside each other, each on a ground of its own.
    pub(super) fn cells(&self, count: usize, cells: impl Fn(f32) -> Vec<LayoutBox>) -> LayoutBox {
        let gap = self.mm(3.0);
        let padding = self.mm(4.5);
        let width = |count: usize| (self.width - gap * (count - 1) as f32) / count as f32;
        let mut count = count.max(1);
        let mut found = cells(width(count) - 2.0 * padding);
        // Fewer share the whole width.
        if (1..count).contains(&found.len()) {
            count = found.len();
            found = cells(width(count) - 2.0 * padding);
        }
        let width = width(count);
        LayoutBox::grid(found, count, gap, |cell, height| {
            let size = (width, height + self.mm(4.0));
            cell.on_panel(size, self.mm(2.5), Colour::CELL, Align::Left, padding)
        })
    }

    /// A sign of this side, given for A4.
    pub(super) fn sign(&self, sign: Sign, side: f32) -> LayoutBox {
        let side = self.mm(side);
        let area = Area {
            width: side,
            height: side,
            ..Area::default()
        };
        LayoutBox::of(side, side, Item::Sign { area, sign })
    }

    /// Where the branch is, for whoever calls for help; empty where it has not said.
    pub(super) fn place(&self) -> LayoutBox {
        let branch = &self.poster.settings.branch;
        let said: Vec<&str> = [&branch.address, &branch.floor]
            .into_iter()
            .filter_map(Option::as_deref)
            .collect();
        if branch.address.is_none() {
            return LayoutBox::default();
        }
        let ask = self.style(Weight::Regular, 4.6, Colour::SOFT);
        let padding = self.mm(4.5);
        let width = self.width - 2.0 * padding;
        let ask = self.label(words::where_you_are, ask, width);
        let address = self
            .style(Weight::Bold, 7.6, Colour::INK)
            .lines(2)
            .least(0.5);
        let address = self.text(&said.join(" "), width, &address);
        let whole = LayoutBox::stack([ask, address], self.mm(0.5), Align::Left);
        let size = (self.width, whole.height + self.mm(5.0));
        whole.on_panel(size, self.mm(2.5), Colour::CELL, Align::Left, padding)
    }

    /// The dates and the kiosk's address, small, beneath a line.
    pub(super) fn foot(&self) -> LayoutBox {
        let (revision, day) = (self.poster.plan.revision, self.poster.day);
        let style = self.style(Weight::Regular, 3.0, Colour::SOFT);
        let half = (self.width - self.mm(6.0)) / 2.0;
        let lines = |say: &dyn Fn(&Lang) -> String, align| {
            let said = self.poster.langs.iter().map(say);
            let lines = said.map(|said| self.text(&said, half, &style));
            LayoutBox::stack(lines.collect::<Vec<_>>(), 0.0, align)
        };
        let dates = lines(&|lang| words::dates(lang, revision, day), Align::Left);
        let kiosk = match self.poster.base {
            Some(base) => {
                let base = base.trim().trim_end_matches('/');
                lines(&|lang| words::kiosk(lang, base), Align::Right)
            }
            None => LayoutBox::default(),
        };
        let top = self.mm(1.6);
        let area = Area {
            width: self.width,
            height: self.mm(0.3),
            ..Area::default()
        };
        let line = Item::Panel {
            area,
            radius: 0.0,
            colour: Colour::LINE,
        };
        let height = top + dates.height.max(kiosk.height);
        let mut foot = LayoutBox::of(self.width, height, line);
        let right = self.width - kiosk.width;
        foot.put(0.0, top, dates);
        foot.put(right, top, kiosk);
        foot
    }
}

/// A code with modules of this many millimetres.
pub(super) fn code_of(matrix: &Matrix, module: f32) -> LayoutBox {
    let width = module * matrix.width() as f32;
    let around = quiet(width, matrix);
    let area = Area {
        left: around,
        top: around,
        width,
        height: width,
    };
    let whole = width + 2.0 * around;
    let matrix = matrix.clone();
    LayoutBox::of(whole, whole, Item::Code { area, matrix })
}
