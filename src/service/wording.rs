//! What an export needs in words: services have none themselves, `i18n` does.

use serde::Serialize;

use crate::domain::entry::Event;
use crate::domain::plan::Text;
use crate::store::Unreadable;

/// What happened, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct EventText {
    /// What happened, such as "step done".
    pub what: String,
    /// To what: the step, the note, the outcome; empty where there is nothing to add.
    pub detail: String,
    /// Why, where a reason was given; else empty.
    pub reason: String,
}

/// The columns of the CSV file, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CsvColumn {
    /// Date and time in the branch's time zone.
    Time,
    /// The same in UTC, ISO 8601.
    Utc,
    /// Id of the incident.
    Incident,
    /// The name of its type at that time.
    Name,
    /// What happened.
    What,
    /// To what.
    Detail,
    /// Why.
    Reason,
    /// Id of the entry.
    Entry,
    /// Its position in the journal.
    Seq,
    /// Its digest.
    Digest,
}

/// Words in one language; services themselves have none. `i18n` has the implementation.
pub trait Wording {
    /// The heading of a column.
    fn heading(&self, column: CsvColumn) -> String;
    /// What an entry of this kind says; without an event, a newer version wrote it.
    fn entry(&self, kind: &str, event: Result<&Event, &Unreadable>) -> EventText;
    /// The plan's own words.
    fn text<'a>(&self, text: &'a Text) -> &'a str;
}
