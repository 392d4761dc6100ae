//! Tables: fixed widths, no row cut in two, the names of the columns on every page.

use maud::{Markup, html};

use super::blocks::{Setter, Standing, paragraph};
use super::measures::twips;
use super::runs::runs;
use crate::document::model::{Column, Side, Table, Text};

impl Setter {
    pub(super) fn table(&mut self, table: &Table) {
        let all = table.head.iter().chain(&table.rows);
        let count = all.map(Vec::len).max().unwrap_or(0);
        if count == 0 {
            return;
        }
        let columns: Vec<Column> = (0..count)
            .map(|index| table.columns.get(index).copied().unwrap_or_default())
            .collect();
        let whole: f32 = columns.iter().map(Column::parts).sum();
        let width = self.measures.width();
        let widths: Vec<i32> = (columns.iter())
            .map(|column| twips(width * column.parts() / whole).max(1))
            .collect();
        let standing = self.standing();
        if standing.new_page {
            // A table begins no page by itself.
            self.push(gap(standing));
        }
        // The last row is not left alone.
        let keeps = |index: usize| {
            let left = table.rows.len() - index;
            left == 2 || (standing.keeps && left > 2)
        };
        let markup = html! {
            w:tbl {
                w:tblPr {
                    w:tblStyle w:val="Lines" {}
                    w:tblW w:w=(widths.iter().sum::<i32>()) w:type="dxa" {}
                    w:tblLayout w:type="fixed" {}
                    w:tblLook w:val=(if table.head.is_empty() { "0400" } else { "0420" }) {}
                }
                w:tblGrid { @for width in &widths { w:gridCol w:w=(width) {} } }
                @for row in &table.head {
                    // The names of the columns stay with the first row.
                    (self::row(row, &columns, &widths, true, !table.rows.is_empty()))
                }
                @for (index, row) in table.rows.iter().enumerate() {
                    (self::row(row, &columns, &widths, false, keeps(index)))
                }
            }
        };
        self.push(markup);
        // Two tables with nothing between them would be one.
        self.push(gap(Standing {
            new_page: false,
            keeps: standing.keeps,
        }));
    }
}

fn row(row: &[Text], columns: &[Column], widths: &[i32], names: bool, keeps: bool) -> Markup {
    let standing = Standing {
        new_page: false,
        keeps,
    };
    let style = if names { "CellName" } else { "Cell" };
    html! {
        w:tr {
            w:trPr {
                w:cantSplit {}
                @if names { w:tblHeader {} }
            }
            @for (index, (column, width)) in columns.iter().zip(widths).enumerate() {
                @let side = html! {
                    @if column.side == Side::Right { w:jc w:val="right" {} }
                };
                w:tc {
                    w:tcPr {
                        w:tcW w:w=(width) w:type="dxa" {}
                        @if names { w:shd w:val="clear" w:color="auto" w:fill="EFF3F7" {} }
                    }
                    (paragraph(Some(style), standing, &side,
                        &row.get(index).map(runs).unwrap_or_default()))
                }
            }
        }
    }
}

/// A low paragraph that says nothing.
fn gap(standing: Standing) -> Markup {
    let low = html! { w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact" {} };
    paragraph(None, standing, &low, &html! {})
}
