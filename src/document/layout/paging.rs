//! Slices are dealt out to pages.

use super::slice::{Bond, Slice};
use super::{Heading, Mark, Page};
use crate::document::structure::Of;

/// The names of a table's columns stand again at the top of a page where they take no more than
/// this part of it.
const MOST_HEAD: f32 = 0.4;
/// What rounding may have added to a page that is full.
const ROUNDING: f32 = 0.01;

/// Pages, and where the headings stand on them. Everything is placed from the left upper corner
/// of the text.
#[derive(Debug, Default)]
pub(super) struct Dealt {
    pub pages: Vec<Page>,
    pub headings: Vec<Heading>,
}

struct Dealer<'h> {
    heads: &'h [Vec<Slice>],
    room: f32,
    dealt: Dealt,
    page: Page,
    /// How far the page is filled.
    filled: f32,
}

/// Deals slices out to pages with this height for them.
pub(super) fn deal_out(slices: Vec<Slice>, heads: &[Vec<Slice>], room: f32) -> Dealt {
    let mut dealer = Dealer {
        heads,
        room,
        dealt: Dealt::default(),
        page: Page::default(),
        filled: 0.0,
    };
    let mut slices = slices.into_iter().peekable();
    while let Some(first) = slices.next() {
        let mut bound = vec![first];
        while bound.last().is_some_and(|last| last.bond > Bond::None)
            && slices.peek().is_some_and(|next| !next.on_new_page)
        {
            bound.extend(slices.next());
        }
        dealer.place(bound, Bond::Group);
    }
    dealer.turn();
    dealer.dealt
}

impl Dealer<'_> {
    /// Ends the page.
    fn turn(&mut self) {
        self.dealt.pages.push(std::mem::take(&mut self.page));
        self.filled = 0.0;
    }

    /// The names of the columns that stand above a slice at the top of a page.
    fn head(&self, slice: &Slice) -> &[Slice] {
        let head = slice.table.and_then(|table| self.heads.get(table));
        let head = head.map_or(&[][..], Vec::as_slice);
        let height: f32 = head.iter().map(|slice| slice.height).sum();
        if height <= self.room * MOST_HEAD {
            head
        } else {
            &[]
        }
    }

    /// How much room slices take beneath what fills the page so far.
    fn height(&self, slices: &[Slice], filled: f32) -> f32 {
        let first = slices.first();
        let top = if filled > 0.0 {
            first.map_or(0.0, |first| first.gap)
        } else {
            let head = first.map_or(&[][..], |first| self.head(first));
            head.iter().map(|slice| slice.height).sum()
        };
        let own: f32 = slices.iter().map(|slice| slice.height).sum();
        let gaps: f32 = slices.iter().skip(1).map(|slice| slice.gap).sum();
        top + own + gaps
    }

    fn fits(&self, slices: &[Slice], filled: f32) -> bool {
        filled + self.height(slices, filled) <= self.room + ROUNDING
    }

    /// Places slices that are bound at least as closely as `bond`: on one page, if there is any
    /// that they fit on.
    fn place(&mut self, slices: Vec<Slice>, bond: Bond) {
        let begins = slices.first().is_some_and(|first| first.on_new_page);
        if begins && self.filled > 0.0 {
            self.turn();
        }
        if self.fits(&slices, self.filled) {
            slices.into_iter().for_each(|slice| self.put(slice));
        } else if self.filled > 0.0 && self.fits(&slices, 0.0) {
            self.turn();
            slices.into_iter().for_each(|slice| self.put(slice));
        } else if bond < Bond::Close {
            let mut part = Vec::new();
            for mut slice in slices {
                let ends = slice.bond < Bond::Close;
                // Placed by now, wherever its part goes.
                slice.on_new_page = false;
                part.push(slice);
                if ends {
                    self.place(std::mem::take(&mut part), Bond::Close);
                }
            }
            if !part.is_empty() {
                self.place(part, Bond::Close);
            }
        } else {
            for slice in slices {
                if self.filled > 0.0 && !self.fits(std::slice::from_ref(&slice), self.filled) {
                    self.turn();
                }
                self.put(slice);
            }
        }
    }

    /// Puts a slice beneath what fills the page so far.
    fn put(&mut self, slice: Slice) {
        if self.filled > 0.0 {
            self.filled += slice.gap;
        } else {
            for above in self.head(&slice).to_vec() {
                let marks = above.marks.into_iter().map(|mark| Mark {
                    item: mark.item.moved(0.0, self.filled),
                    // Read once, where the table begins.
                    of: Of::Nothing,
                });
                self.page.marks.extend(marks);
                self.filled += above.height;
            }
        }
        if let Some((level, title)) = slice.heading {
            self.dealt.headings.push(Heading {
                level,
                title,
                page: self.dealt.pages.len(),
                top: self.filled,
            });
        }
        let filled = self.filled;
        let marks = slice.marks.into_iter().map(|mark| Mark {
            item: mark.item.moved(0.0, filled),
            of: mark.of,
        });
        self.page.marks.extend(marks);
        self.filled += slice.height;
    }
}
