//! Between the domain's events and the journal's columns.

use chrono::{DateTime, SubsecRound, TimeZone, Utc};
use rusqlite::Row;
use rusqlite::types::FromSqlError;

use super::chain::Fields;
use super::content::SideWrite;
use super::error::StoreError;
use super::kinds::{self, Unreadable};
use crate::domain::entry::{Draft, Entry, Event};
use crate::domain::ids::EntryId;

/// The columns of `entry` in the order that [`Stored`] and [`fields`] read them.
pub(super) const COLUMNS: &str =
    "seq, device, id, at, actor, topic, kind, version, body, prev, digest";

/// A draft with its columns worked out, so that nothing about the draft itself can fail later,
/// when it has long been promised to the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepared {
    pub(super) draft: Draft,
    pub(super) kind: String,
    pub(super) body: String,
    pub(super) beside: Vec<SideWrite>,
    offered: bool,
}

impl Prepared {
    /// Encodes `draft`. Its time is cut to the millisecond that the journal keeps.
    ///
    /// # Errors
    /// [`StoreError::Encode`] if its event cannot be written as JSON.
    pub fn new(mut draft: Draft) -> Result<Self, StoreError> {
        draft.at = draft.at.trunc_subsecs(3);
        let (kind, body) = kinds::write(&draft.event).map_err(|error| StoreError::Encode {
            id: draft.id.to_string(),
            detail: error.to_string(),
        })?;
        Ok(Self {
            draft,
            kind,
            body,
            beside: Vec::new(),
            offered: false,
        })
    }

    /// The same with what is to be written in its transaction.
    #[must_use]
    pub fn beside(self, beside: Vec<SideWrite>) -> Self {
        Self { beside, ..self }
    }

    /// The same as a customer's, who is told whether it was recorded and may send it again.
    #[must_use]
    pub fn offered(self) -> Self {
        Self {
            offered: true,
            ..self
        }
    }

    /// Whether it is a customer's.
    pub fn is_offered(&self) -> bool {
        self.offered
    }

    /// The draft as it will be recorded.
    pub fn draft(&self) -> &Draft {
        &self.draft
    }

    /// The name of what happened.
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// Its body, as JSON.
    pub fn body(&self) -> &str {
        &self.body
    }

    /// Version of its body.
    pub(super) fn version(&self) -> i64 {
        i64::from(self.draft.event.version())
    }

    /// The journal's columns at the position `seq`.
    pub(super) fn fields<'a>(&'a self, seq: i64, device: &'a str, prev: &'a [u8]) -> Fields<'a> {
        Fields {
            seq,
            device: device.as_bytes(),
            id: self.draft.id.as_str().as_bytes(),
            at: self.draft.at.timestamp_millis(),
            actor: self.draft.actor.as_deref().map(str::as_bytes),
            topic: self.draft.topic.as_bytes(),
            kind: self.kind.as_bytes(),
            version: self.version(),
            body: self.body.as_bytes(),
            prev,
        }
    }
}

/// An entry with every column as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Position in the journal, from 1.
    pub seq: i64,
    /// The device that wrote it.
    pub device: String,
    /// The act's id.
    pub id: EntryId,
    /// Milliseconds since 1970, UTC.
    pub at: i64,
    /// Who did it, where anybody was signed in.
    pub actor: Option<String>,
    /// What it is about.
    pub topic: String,
    /// What happened, by the name of its kind.
    pub kind: String,
    /// Version of the body.
    pub version: i64,
    /// JSON, byte for byte as it was digested.
    pub body: String,
    /// Digest of the entry before.
    pub prev: Vec<u8>,
    /// Its own digest.
    pub digest: Vec<u8>,
}

impl Stored {
    /// Reads a row of [`COLUMNS`]. Text that is no UTF-8 can only come from tampering, which
    /// `verify` reports; here it must not keep the rest from being read.
    pub(super) fn from_row(row: &Row) -> Result<Self, StoreError> {
        let (fields, digest) = fields(row)?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Ok(Self {
            seq: fields.seq,
            device: text(fields.device),
            id: text(fields.id).into(),
            at: fields.at,
            actor: fields.actor.map(text),
            topic: text(fields.topic),
            kind: text(fields.kind),
            version: fields.version,
            body: text(fields.body),
            prev: fields.prev.to_vec(),
            digest: digest.to_vec(),
        })
    }

    /// When it happened; none if the stored number is no time.
    pub fn time(&self) -> Option<DateTime<Utc>> {
        Utc.timestamp_millis_opt(self.at).single()
    }

    /// What happened.
    ///
    /// # Errors
    /// [`Unreadable`] if a newer program wrote it in a way that this one does not know, or if its
    /// body is none.
    pub fn event(&self) -> Result<Event, Unreadable> {
        kinds::read(&self.kind, self.version, &self.body)
    }

    /// Whether its digest is that of what it says.
    pub fn is_sound(&self) -> bool {
        let fields = Fields {
            seq: self.seq,
            device: self.device.as_bytes(),
            id: self.id.as_str().as_bytes(),
            at: self.at,
            actor: self.actor.as_deref().map(str::as_bytes),
            topic: self.topic.as_bytes(),
            kind: self.kind.as_bytes(),
            version: self.version,
            body: self.body.as_bytes(),
            prev: &self.prev,
        };
        self.digest == fields.digest()
    }

    /// The entry in the domain's terms; none if its event or its time cannot be read.
    pub fn entry(&self) -> Option<Entry> {
        Some(Entry {
            seq: self.seq,
            draft: Draft {
                id: self.id.clone(),
                at: self.time()?,
                actor: self.actor.clone(),
                topic: self.topic.clone(),
                event: self.event().ok()?,
            },
        })
    }
}

/// The fields of a row of [`COLUMNS`] without copying them, and its digest.
pub(super) fn fields<'a>(row: &'a Row) -> Result<(Fields<'a>, &'a [u8]), StoreError> {
    let integer = |index| column(row, index, |value| value.as_i64());
    let bytes = |index| column(row, index, |value| value.as_bytes());
    Ok((
        Fields {
            seq: integer(0)?,
            device: bytes(1)?,
            id: bytes(2)?,
            at: integer(3)?,
            actor: column(row, 4, |value| value.as_bytes_or_null())?,
            topic: bytes(5)?,
            kind: bytes(6)?,
            version: integer(7)?,
            body: bytes(8)?,
            prev: bytes(9)?,
        },
        bytes(10)?,
    ))
}

fn column<'a, T>(
    row: &'a Row,
    index: usize,
    read: impl Fn(rusqlite::types::ValueRef<'a>) -> Result<T, FromSqlError>,
) -> Result<T, StoreError> {
    let value = row.get_ref(index)?;
    Ok(read(value).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(index, value.data_type(), Box::new(error))
    })?)
}
