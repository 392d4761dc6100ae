//! Tables become slices: one for each line of the highest cell of a row.

use super::blocks::Setter;
use super::measures::{CELL_SIZE, RULE, TIGHT};
use super::slice::{Bond, Slice};
use super::text::Look;
use super::{Item, Mark};
use crate::document::colour::Colour;
use crate::document::model::{Side, Table, Text};
use crate::document::page::{Area, Weight};
use crate::document::structure::{Of, Role};

/// White around the words of a cell, in parts of their size.
const PADDING: f32 = 0.4;
/// The least width for the words of a cell, in millimetres: narrower ones run into their
/// neighbours.
const LEAST_WIDTH: f32 = 1.0;

/// A column on paper.
struct ColumnArea {
    left: f32,
    width: f32,
    side: Side,
}

impl Setter<'_> {
    pub(super) fn table(&mut self, table: &Table) {
        let rows = table.head.iter().chain(&table.rows);
        let count = rows.map(Vec::len).max().unwrap_or(0);
        if count == 0 {
            return;
        }
        let places = places(table, count, self.measures.width);
        let node = self.cut.structure.add(Role::Table, None);
        let mut slices = Vec::new();
        if !table.head.is_empty() {
            let rows = self.cut.structure.add(Role::TableHead, Some(node));
            for row in &table.head {
                slices.extend(self.row(row, &places, rows, true));
            }
        }
        // The names of the columns stay with the first row.
        let names = slices.len();
        for slice in &mut slices {
            slice.bond = if table.rows.is_empty() {
                Bond::Group
            } else {
                Bond::Close
            };
        }
        let number = self.cut.heads.len();
        self.cut.heads.push(slices.clone());
        if !table.rows.is_empty() {
            let rows = self.cut.structure.add(Role::TableBody, Some(node));
            for (index, row) in table.rows.iter().enumerate() {
                slices.extend(self.row(row, &places, rows, false));
                // The last row is not left alone, as the last line of a paragraph is not.
                if index + 2 == table.rows.len()
                    && let Some(end) = slices.last_mut()
                {
                    end.bond = end.bond.max(Bond::Group);
                }
            }
        }
        for slice in slices.iter_mut().skip(names) {
            slice.table = Some(number);
        }
        match slices.first_mut() {
            Some(first) if names == 0 => first.marks.push(rule(0.0, self.measures.width)),
            _ => {}
        }
        if let Some(last) = slices.last_mut() {
            last.bond = Bond::None;
        }
        self.push(slices, self.measures.gap());
    }

    /// A row, with a line beneath it.
    fn row(&mut self, row: &[Text], places: &[ColumnArea], rows: usize, names: bool) -> Vec<Slice> {
        let node = self.cut.structure.add(Role::Row, Some(rows));
        let size = self.measures.size * CELL_SIZE;
        let padding = size * PADDING;
        let empty = Text::default();
        let mut cells = Vec::new();
        for (index, place) in places.iter().enumerate() {
            let role = if names { Role::HeadCell } else { Role::Cell };
            let cell = self.cut.structure.add(role, Some(node));
            let look = Look {
                size,
                weight: if names { Weight::Bold } else { Weight::Regular },
                colour: Colour::INK,
                leading: TIGHT,
                side: place.side,
            };
            let text = row.get(index).unwrap_or(&empty);
            let width = (place.width - 2.0 * padding).max(LEAST_WIDTH);
            cells.push(self.lines(text, width, &look, Of::Node(cell)).into_iter());
        }
        let count = cells.iter().map(ExactSizeIterator::len).max().unwrap_or(1);
        let mut slices = Vec::new();
        for line in 0..count.max(1) {
            let (first, last) = (line == 0, line + 1 >= count);
            let above = if first { padding } else { 0.0 };
            let beneath = if last { padding } else { 0.0 };
            let mut slice = Slice::of(above + size * TIGHT + beneath);
            if names {
                let area = Area {
                    width: self.measures.width,
                    height: slice.height,
                    ..Area::default()
                };
                slice.put(Item::Panel(area, Colour::CELL), Of::Nothing);
            }
            for (cell, place) in cells.iter_mut().zip(places) {
                for mark in cell.next().unwrap_or_default() {
                    slice.put(mark.item.moved(place.left + padding, above), mark.of);
                }
            }
            if last {
                slice
                    .marks
                    .push(rule(slice.height - RULE, self.measures.width));
            } else {
                slice.bond = Bond::Close;
            }
            slices.push(slice);
        }
        slices
    }
}

fn rule(top: f32, width: f32) -> Mark {
    let area = Area {
        left: 0.0,
        top,
        width,
        height: RULE,
    };
    Mark {
        item: Item::Panel(area, Colour::LINE),
        of: Of::Nothing,
    }
}

/// Where the columns stand.
fn places(table: &Table, count: usize, width: f32) -> Vec<ColumnArea> {
    let columns = || (0..count).map(|index| table.columns.get(index).copied().unwrap_or_default());
    let all: f32 = columns().map(|column| column.parts()).sum();
    let mut left = 0.0;
    let places = columns().map(|column| {
        let width = width * (column.parts() / all);
        let place = ColumnArea {
            left,
            width,
            side: column.side,
        };
        left += width;
        place
    });
    places.collect()
}
