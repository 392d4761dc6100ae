//! Notes and photos that the staff sent from phones of their own.

use chrono::{DateTime, Utc};

use super::{IncidentReport, cell};
use crate::document::model::{Block, Column, Image, Picture, Table};
use crate::domain::incident::Field;
use crate::domain::report::WrittenFact;
use crate::i18n::pages::phone::field;
use crate::i18n::report::{self as words, NONE, Name, Part, notes};
use crate::service::complaints::Written;

/// The most that a photo takes of a page, across and down, in millimetres: two of them stand on one.
const MOST: (f32, f32) = (150.0, 100.0);

impl IncidentReport<'_> {
    /// What was written, as far as it is still there; where the report goes without it, how much there is
    /// and where it can be read.
    pub(super) fn written(&self) -> Vec<Block> {
        let facts = &self.report.written;
        if facts.is_empty() {
            return Vec::new();
        }
        let (erased, kept): (Vec<_>, Vec<_>) = facts.iter().partition(|one| one.is_erased);
        let (photos, said): (Vec<_>, Vec<_>) =
            kept.into_iter().partition(|one| one.field == Field::Photo);
        let gone = (!erased.is_empty()).then(|| notes::written_erased(self.lang, erased.len()));
        let gone = gone.map(|words| Block::Paragraph(words.into()));
        let Some(written) = self.written else {
            let left_out = notes::written_elsewhere(self.lang, said.len(), photos.len());
            let left_out = (photos.len() + said.len() > 0).then(|| left_out.into());
            let left_out = left_out.map(Block::Paragraph);
            let blocks = [self.heading(Part::Written)].into_iter();
            return vec![Block::Together(
                blocks.chain(left_out).chain(gone).collect(),
            )];
        };
        let mut blocks = vec![self.heading(Part::Written)];
        blocks.extend(gone);
        blocks.extend(self.notes(&said, written));
        blocks.extend(photos.iter().map(|one| self.photo(one, written)));
        blocks
    }

    fn notes(&self, facts: &[&WrittenFact], written: &Written) -> Option<Block> {
        let rows = facts.iter().map(|one| {
            let said = match written.of(&one.content) {
                Some(words) => self.own(words.to_owned()),
                None => notes::written_unread(self.lang).into(),
            };
            vec![
                cell(one.at.map(|at| self.time(at))),
                field(self.lang, one.field).into(),
                said,
                words::who(self.lang, &one.who, self.people).into(),
            ]
        });
        (!facts.is_empty()).then(|| {
            Block::Table(Table {
                columns: [1.3, 1.7, 4.6, 1.5].map(Column::of).to_vec(),
                head: self.columns([Name::Time, Name::WroteAbout, Name::Wrote, Name::By]),
                rows: rows.collect(),
            })
        })
    }

    /// A photo above its caption, both on one page.
    fn photo(&self, one: &WrittenFact, written: &Written) -> Block {
        let time = |at: DateTime<Utc>| self.time(at);
        let time = one.at.map_or_else(|| NONE.to_owned(), time);
        let who = words::who(self.lang, &one.who, self.people);
        let caption = Block::Paragraph(notes::photo_by(self.lang, &time, &who).into());
        let photo = written.photo(&one.content);
        let Some((photo, (width, height))) = photo.and_then(|one| Some((one, one.size()?))) else {
            let unread = Block::Paragraph(notes::written_unread(self.lang).into());
            return Block::Together(vec![caption, unread]);
        };
        let across = MOST.1 * width as f32 / height as f32;
        let picture = Block::Picture(Picture {
            image: Image::Jpeg(photo.jpeg.to_vec()),
            width: across.min(MOST.0),
            words: notes::photo_of(self.lang, &time),
        });
        Block::Together(vec![picture, caption])
    }
}
