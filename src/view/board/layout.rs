//! Where the board puts the types of each class, so that all of them, and what stands beside the
//! classes, fit one screen.
//!
//! The window knows how large it is and how many incidents are open; every way of laying out that
//! may then be needed is worked out here, from the numbers of types alone.

/// Columns of a tall window; of one that wants room for two rows of open incidents.
const TALL: usize = 3;
const TALL_LOW: usize = 4;
/// Rows of a wide window, and of such a one.
const WIDE: usize = 3;
const WIDE_LOW: usize = 2;

/// Where the types of a class begin, and how many columns they may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Counted from 0.
    pub column: usize,
    /// Counted from 0.
    pub row: usize,
    /// The class's name may be as wide as this many columns.
    pub columns: usize,
}

/// Where something that stands beside the classes is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Counted from 0.
    pub column: usize,
    /// Counted from 0.
    pub row: usize,
}

/// One way of laying out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Each class, in the plan's order.
    pub blocks: Vec<Block>,
    /// How many columns there are.
    pub columns: usize,
    /// How many rows there are.
    pub rows: usize,
    /// The two places beside the classes, the second one last on the screen; none where the
    /// classes leave no room for them.
    pub beside: Option<[Cell; 2]>,
}

/// All that a window may need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layouts {
    /// A wide window.
    pub wide: Layout,
    /// The same with two rows of open incidents.
    pub wide_low: Layout,
    /// A tall window.
    pub tall: Layout,
    /// The same with two rows of open incidents.
    pub tall_low: Layout,
}

impl Layouts {
    /// Lays out classes with these numbers of types.
    pub fn of(counts: &[usize]) -> Self {
        Self {
            wide: in_columns(counts, WIDE),
            wide_low: in_columns(counts, WIDE_LOW),
            tall: in_rows(counts, TALL, false),
            tall_low: in_rows(counts, TALL_LOW, true),
        }
    }
}

/// A class beside the other, each filling its columns from the top.
fn in_columns(counts: &[usize], rows: usize) -> Layout {
    let mut blocks = Vec::new();
    // How many types each column holds.
    let mut filled = Vec::new();
    for &count in counts {
        let columns = count.div_ceil(rows).max(1);
        blocks.push(Block {
            column: filled.len(),
            row: 0,
            columns,
        });
        filled.extend((0..columns).map(|column| count.saturating_sub(column * rows).min(rows)));
    }
    let last = filled.len().saturating_sub(1);
    let has_room = |column: usize, of: usize| filled.get(column).is_some_and(|it| it + of <= rows);
    let cell = |column: usize, row: usize| Cell { column, row };
    let beside = if !has_room(last, 1) {
        None
    } else if last > 0 && has_room(last - 1, 1) {
        Some([cell(last - 1, rows - 1), cell(last, rows - 1)])
    } else {
        has_room(last, 2).then(|| [cell(last, rows - 2), cell(last, rows - 1)])
    };
    Layout {
        blocks,
        columns: filled.len().max(1),
        rows,
        beside,
    }
}

/// A class beneath the other, each filling its rows from the left; `shared`: several in a row
/// where they fit.
fn in_rows(counts: &[usize], columns: usize, shared: bool) -> Layout {
    let mut blocks = Vec::new();
    // How many places of each row are taken.
    let mut filled: Vec<usize> = Vec::new();
    for &count in counts {
        let open = filled.last().copied().filter(|_| shared);
        let (row, column) = match open.filter(|taken| taken + count <= columns) {
            Some(taken) => (filled.len() - 1, taken),
            None => (filled.len(), 0),
        };
        blocks.push(Block {
            column,
            row,
            columns: count.min(columns - column).max(1),
        });
        if row == filled.len() {
            let rows = count.div_ceil(columns).max(1);
            let taken = |row: usize| count.saturating_sub(row * columns).min(columns);
            filled.extend((0..rows).map(taken));
        } else {
            filled[row] += count;
        }
    }
    let last = filled.len().saturating_sub(1);
    let has_room = |row: usize, of: usize| filled.get(row).is_some_and(|it| it + of <= columns);
    let cell = |row: usize, column: usize| Cell { column, row };
    let beside = if has_room(last, 2) {
        Some([cell(last, columns - 2), cell(last, columns - 1)])
    } else {
        (last > 0 && has_room(last, 1) && has_room(last - 1, 1))
            .then(|| [cell(last - 1, columns - 1), cell(last, columns - 1)])
    };
    Layout {
        blocks,
        columns,
        rows: filled.len().max(1),
        beside,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The built-in plan's classes without what threatens lives.
    const BUILT_IN: [usize; 5] = [2, 3, 3, 2, 2];

    /// Every cell that is taken, by column and row.
    fn cells(counts: &[usize], layout: &Layout, down: bool) -> Vec<(usize, usize)> {
        let mut all = Vec::new();
        for (block, &count) in layout.blocks.iter().zip(counts) {
            for at in 0..count {
                let (along, across) = if down {
                    (at / layout.rows, at % layout.rows)
                } else {
                    (at % layout.columns, at / layout.columns)
                };
                all.push((block.column + along, block.row + across));
            }
        }
        all.extend(layout.beside.iter().flatten().map(|it| (it.column, it.row)));
        all
    }

    #[test]
    fn nothing_lies_over_anything_or_beyond_the_end() {
        let counts = (0..4_usize.pow(5)).map(|code| {
            let digit = |at: u32| code / 4_usize.pow(at) % 4;
            (0..5).map(digit).collect::<Vec<_>>()
        });
        for counts in counts {
            let all = Layouts::of(&counts);
            let ways = [
                (&all.wide, true),
                (&all.wide_low, true),
                (&all.tall, false),
                (&all.tall_low, false),
            ];
            for (layout, down) in ways {
                let mut taken = cells(&counts, layout, down);
                let within =
                    |(column, row): &(usize, usize)| *column < layout.columns && *row < layout.rows;
                assert!(taken.iter().all(within), "{counts:?} {layout:?}");
                let count = taken.len();
                taken.sort_unstable();
                taken.dedup();
                assert_eq!(taken.len(), count, "{counts:?} {layout:?}");
            }
        }
    }

    #[test]
    fn the_built_in_plan_leaves_the_last_places_for_what_stands_beside_the_classes() {
        let all = Layouts::of(&BUILT_IN);
        assert_eq!((all.wide.columns, all.wide.rows), (5, 3));
        let last = Cell { column: 4, row: 2 };
        assert_eq!(all.wide.beside.map(|it| it[1]), Some(last));
        assert_eq!(all.wide_low.columns, 7);
        assert_eq!((all.tall.columns, all.tall.rows), (3, 5));
        let last = Cell { column: 2, row: 4 };
        assert_eq!(all.tall.beside.map(|it| it[1]), Some(last));
        assert_eq!(all.tall_low.rows, 4);
    }

    #[test]
    fn a_full_plan_leaves_no_place_and_says_so() {
        let all = Layouts::of(&[3; 5]);
        assert_eq!(all.wide.beside, None);
        assert_eq!(all.tall.beside, None);
    }
}
