//! The end of the journal, where the next entry goes.

use std::collections::HashMap;

use rusqlite::{Connection, ErrorCode, OptionalExtension, Transaction, params};

use super::chain::Fields;
use super::codec::{COLUMNS, Prepared, Stored};
use super::content;
use super::error::StoreError;
use super::projection;
use super::salvage::RawEntry;
use super::schema::PROJECTION_RULES;
use crate::domain::entry::Entry;

/// Where the next entry goes. Read in each transaction: after a failure whose outcome is unclear,
/// only the file knows.
pub(super) struct End {
    pub(super) device: String,
    /// The position that the next entry takes.
    next: i64,
    prev: Vec<u8>,
    /// Whether the projections are folded, by today's rules, up to the entry before.
    projected: bool,
    /// Whether anything has been appended.
    pub(super) moved: bool,
    /// Where the keys of contents lie that come with the acts, by the contents' ids.
    pub(super) slots: HashMap<String, i64>,
}

impl End {
    /// As the journal says in this transaction.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub(super) fn read(transaction: &Transaction) -> Result<Self, StoreError> {
        Ok(transaction
            .prepare_cached(
                "SELECT device, max(seq, last) + 1, digest, projected = last AND rules = ?1
                 FROM meta, (SELECT coalesce(max(seq), 0) AS last FROM entry)",
            )?
            .query_row([PROJECTION_RULES], |row| {
                Ok(Self {
                    device: row.get(0)?,
                    next: row.get(1)?,
                    prev: row.get(2)?,
                    projected: row.get(3)?,
                    moved: false,
                    slots: HashMap::new(),
                })
            })?)
    }

    /// Appends an act, with what belongs to it; an act that is there already is answered with its
    /// entry.
    ///
    /// # Errors
    /// [`StoreError::IdTaken`] where another act has its id; [`StoreError::Database`].
    pub(super) fn append(
        &mut self,
        transaction: &Transaction,
        prepared: &Prepared,
    ) -> Result<Entry, StoreError> {
        let (seq, device, prev) = (self.next, self.device.clone(), self.prev.clone());
        let draft = &prepared.draft;
        match self.insert(transaction, &prepared.fields(seq, &device, &prev)) {
            Ok(()) => {}
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
                return find_same(transaction, prepared)?.ok_or(error.into());
            }
            Err(error) => return Err(error.into()),
        }
        for beside in &prepared.beside {
            let slot = beside.key().and_then(|(id, _)| self.slots.get(id)).copied();
            content::write(transaction, beside, slot)
                .map_err(|error| error.of_act(draft.id.as_str()))?;
        }
        let entry = Entry {
            seq,
            draft: draft.clone(),
        };
        projection::project(transaction, &entry, self.projected)?;
        Ok(entry)
    }

    /// Takes over an entry of another journal, without its place there; says whether it was not
    /// there yet.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub(super) fn carry(
        &mut self,
        transaction: &Transaction,
        row: &RawEntry,
    ) -> Result<bool, StoreError> {
        let (device, prev) = (self.device.clone(), self.prev.clone());
        let fields = Fields {
            seq: self.next,
            device: device.as_bytes(),
            id: row.id.as_bytes(),
            at: row.at,
            actor: row.actor.as_deref().map(str::as_bytes),
            topic: row.topic.as_bytes(),
            kind: row.kind.as_bytes(),
            version: row.version,
            body: row.body.as_bytes(),
            prev: &prev,
        };
        match self.insert(transaction, &fields) {
            Ok(()) => Ok(true),
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
                Ok(false)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Writes one row, whose fields are text throughout.
    fn insert(&mut self, transaction: &Transaction, fields: &Fields) -> rusqlite::Result<()> {
        let digest = fields.digest();
        let text = |bytes| String::from_utf8_lossy(bytes);
        transaction
            .prepare_cached(
                "INSERT INTO entry
                 (seq, device, id, at, actor, topic, kind, version, body, prev, digest)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            )?
            .execute(params![
                fields.seq,
                text(fields.device),
                text(fields.id),
                fields.at,
                fields.actor.map(text),
                text(fields.topic),
                text(fields.kind),
                fields.version,
                text(fields.body),
                fields.prev,
                digest
            ])?;
        self.moved = true;
        self.next += 1;
        self.prev.clear();
        self.prev.extend_from_slice(&digest);
        Ok(())
    }

    /// Vouches for what was appended.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub(super) fn write(&self, transaction: &Transaction) -> Result<(), StoreError> {
        if !self.moved {
            return Ok(());
        }
        transaction
            .prepare_cached(
                "UPDATE meta SET seq = ?1, digest = ?2,
                        projected = CASE WHEN ?3 THEN ?1 ELSE projected END",
            )?
            .execute(params![self.next - 1, self.prev, self.projected])?;
        Ok(())
    }
}

/// The entry that the journal already holds under the draft's id, if that says the same.
fn find_same(connection: &Connection, prepared: &Prepared) -> Result<Option<Entry>, StoreError> {
    let draft = &prepared.draft;
    let stored = connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM entry WHERE id = ?1"))?
        .query_row([draft.id.as_str()], |row| Ok(Stored::from_row(row)))
        .optional()?
        .transpose()?;
    let Some(stored) = stored else {
        return Ok(None);
    };
    let same = stored.at == draft.at.timestamp_millis()
        && stored.actor == draft.actor
        && stored.topic == draft.topic
        && stored.kind == prepared.kind
        && stored.body == prepared.body;
    if !same {
        return Err(StoreError::IdTaken {
            id: draft.id.to_string(),
        });
    }
    Ok(Some(Entry {
        seq: stored.seq,
        draft: draft.clone(),
    }))
}
