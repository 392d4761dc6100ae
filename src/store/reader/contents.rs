//! Reading what people wrote: with the branch's private key, or by what it is known without it.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension};

use super::Reader;
use crate::domain::entry::topic_complaint;
use crate::domain::ids::ComplaintId;
use crate::seal::{BranchKey, ContentKey, SealedKey};
use crate::store::content::{self, Known, decrypt, digest};
use crate::store::content_keys;
use crate::store::error::StoreError;
use crate::store::schema::has_seals;

/// A content that is there.
#[derive(Clone, PartialEq, Eq)]
pub enum Opened {
    /// What was written.
    Words(Vec<u8>),
    /// It is sealed, and no key was given.
    Sealed,
}

impl Opened {
    /// What was written, where it could be read.
    pub fn words(self) -> Option<Vec<u8>> {
        match self {
            Self::Words(words) => Some(words),
            Self::Sealed => None,
        }
    }
}

impl std::fmt::Debug for Opened {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self {
            Self::Words(_) => "Words",
            Self::Sealed => "Sealed",
        })
    }
}

/// What can be told of a content without the branch's private key.
pub struct Trace {
    /// By what it is known.
    pub known: Known,
    /// What was written, where its key lies in the clear as an earlier version left it.
    pub plain: Option<Vec<u8>>,
}

/// A content whose key still lies in the clear, as an earlier version left it.
pub struct Unsealed {
    /// The content's id.
    pub id: String,
    /// The complaint that it is of.
    pub complaint: ComplaintId,
    /// Its key and its salt.
    pub key: ContentKey,
    /// What was written.
    pub plain: Vec<u8>,
    sealed: Vec<u8>,
}

impl Unsealed {
    /// What the journal keeps of it once its key is sealed.
    pub fn kept(&self, key: &SealedKey) -> crate::domain::complaint::ContentRef {
        content::kept_sealed(&self.id, key, &self.sealed)
    }
}

/// What a complaint is found by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The form's token.
    Token,
    /// The slow hash of the receipt's number.
    Slow,
    /// Its quick hash.
    Quick,
}

impl Reader {
    /// What was written under the id `content`, with the branch's private key; none where it was
    /// erased.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] where it is there and does not open; [`StoreError::Database`].
    pub fn content(
        &self,
        content: &str,
        key: Option<&BranchKey>,
    ) -> Result<Option<Opened>, StoreError> {
        let Some(row) = self.row(content)? else {
            return Ok(None);
        };
        let shut = || StoreError::Unreadable {
            id: content.to_owned(),
        };
        let Some(slot) = row.slot else {
            let plain = row.in_clear().and_then(|key| row.open(&key));
            return plain.map(Opened::Words).map(Some).ok_or_else(shut);
        };
        let sealed = content_keys::find(self.dir(), slot, content)?.ok_or_else(shut)?;
        let Some(key) = key else {
            return Ok(Some(Opened::Sealed));
        };
        let opened = key.open(&sealed, &row.topic, content);
        let plain = opened.and_then(|key| row.open(&key));
        plain.map(Opened::Words).map(Some).ok_or_else(shut)
    }

    /// The key of the content `content` alone, opened with the branch's private key; none where it was
    /// erased.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] where it is there and does not open; [`StoreError::Database`].
    pub fn content_key(
        &self,
        content: &str,
        key: &BranchKey,
    ) -> Result<Option<ContentKey>, StoreError> {
        let shut = || StoreError::Unreadable {
            id: content.to_owned(),
        };
        let Some(row) = self.row(content)? else {
            return Ok(None);
        };
        let Some(slot) = row.slot else {
            return Ok(row.in_clear());
        };
        let sealed = content_keys::find(self.dir(), slot, content)?.ok_or_else(shut)?;
        key.open(&sealed, &row.topic, content)
            .map(Some)
            .ok_or_else(shut)
    }

    /// What was written under the id `content`, with its own key; none where it was erased, or the key
    /// is another's.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn content_by(
        &self,
        content: &str,
        key: &ContentKey,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.row(content)?.and_then(|row| row.open(key)))
    }

    /// By what the content is known, with its words where its key lies in the clear; none where it
    /// was erased.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn trace(&self, content: &str) -> Result<Option<Trace>, StoreError> {
        let row = self.row(content)?;
        Ok(row.map(|row| Trace {
            plain: row.in_clear().and_then(|key| row.open(&key)),
            known: row.known,
        }))
    }

    /// The contents after the id `after` whose keys lie in the clear and that are what the journal
    /// has the digest of, at most `length` of them; and the id to go on after, if any were looked
    /// at.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn unsealed(
        &self,
        after: &str,
        length: usize,
    ) -> Result<(Vec<Unsealed>, Option<String>), StoreError> {
        let none = (Vec::new(), None);
        let Some(connection) = self.complaints_in()? else {
            return Ok(none);
        };
        if !has_seals(connection)? {
            return Ok(none);
        }
        let mut statement = connection.prepare_cached(&format!(
            "SELECT {} FROM content INDEXED BY content_unsealed
             WHERE slot IS NULL AND id > ?1 ORDER BY id LIMIT ?2",
            Row::COLUMNS
        ))?;
        let length = i64::try_from(length).unwrap_or(i64::MAX);
        let mut rows = statement.query((after, length))?;
        let (mut found, mut last) = none;
        while let Some(row) = rows.next()? {
            let row = Row::of(row, true)?;
            last = Some(row.id.clone());
            found.extend(row.unsealed(connection)?);
        }
        Ok((found, last))
    }

    /// The topic that a receipt's hash in `column` leads to.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn by_hash(&self, column: Column, hash: &[u8; 32]) -> Result<Option<String>, StoreError> {
        let Some(connection) = self.complaints_in()? else {
            return Ok(None);
        };
        let column = match column {
            Column::Token => "token",
            Column::Slow => "slow",
            Column::Quick => "quick",
        };
        Ok(connection
            .prepare_cached(&format!("SELECT topic FROM receipt WHERE {column} = ?1"))?
            .query_row([hash], |row| row.get(0))
            .optional()?)
    }

    /// What this installation keys its hashes with; none before the first writer has made it.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn secret(&self) -> Result<Option<[u8; 32]>, StoreError> {
        self.complaints_in()?.map(content::secret).transpose()
    }

    fn row(&self, content: &str) -> Result<Option<Row>, StoreError> {
        let Some(connection) = self.complaints_in()? else {
            return Ok(None);
        };
        find(connection, content)
    }

    fn dir(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new(""))
    }
}

/// A row of the contents.
struct Row {
    id: String,
    topic: String,
    salt: Vec<u8>,
    key: Vec<u8>,
    sealed: Vec<u8>,
    slot: Option<i64>,
    known: Known,
}

impl Row {
    const COLUMNS: &str = "id, topic, salt, key, sealed, slot, words, length";
    /// Those of a journal that no writer of this version has brought up to date.
    const OLD_COLUMNS: &str = "id, topic, salt, key, sealed";

    fn of(row: &rusqlite::Row, has_seals: bool) -> rusqlite::Result<Self> {
        let mut known = Known::default();
        let mut slot = None;
        if has_seals {
            slot = row.get(5)?;
            known.words = row.get(6)?;
            known.length = row.get::<_, Option<i64>>(7)?.map(i64::unsigned_abs);
        }
        Ok(Self {
            id: row.get(0)?,
            topic: row.get(1)?,
            salt: row.get(2)?,
            key: row.get(3)?,
            sealed: row.get(4)?,
            slot,
            known,
        })
    }

    /// Its key and salt, where they lie in the clear.
    fn in_clear(&self) -> Option<ContentKey> {
        let (key, salt) = (self.key.as_slice(), self.salt.as_slice());
        let both = (key.try_into().ok()?, salt.try_into().ok()?);
        self.slot.is_none().then(|| ContentKey::of(both.0, both.1))
    }

    fn open(&self, key: &ContentKey) -> Option<Vec<u8>> {
        decrypt(key.key(), &self.id, &self.sealed)
    }

    /// The content, if it is what its entry says; what `verify` would name stays as it is.
    fn unsealed(self, connection: &Connection) -> Result<Option<Unsealed>, StoreError> {
        let Some(key) = self.in_clear() else {
            return Ok(None);
        };
        let Some(plain) = self.open(&key) else {
            return Ok(None);
        };
        let is_said: bool = connection
            .prepare_cached(
                "SELECT EXISTS (
                     SELECT 1 FROM entry WHERE topic = ?1 AND json_valid(body)
                     AND json_extract(body, '$.content') = ?2
                     AND json_extract(body, '$.digest') = ?3
                 )",
            )?
            .query_row((&self.topic, &self.id, digest(key.salt(), &plain)), |row| {
                row.get(0)
            })?;
        let complaint = topic_complaint(&self.topic);
        Ok(complaint.filter(|_| is_said).map(|complaint| Unsealed {
            complaint,
            id: self.id,
            key,
            plain,
            sealed: self.sealed,
        }))
    }
}

fn find(connection: &Connection, id: &str) -> Result<Option<Row>, StoreError> {
    let has_seals = has_seals(connection)?;
    let columns = if has_seals {
        Row::COLUMNS
    } else {
        Row::OLD_COLUMNS
    };
    Ok(connection
        .prepare_cached(&format!("SELECT {columns} FROM content WHERE id = ?1"))?
        .query_row([id], |row| Row::of(row, has_seals))
        .optional()?)
}

/// How a content stands to its entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Checked {
    /// It is what was written.
    Same,
    /// It is not there, or its key is not.
    Missing,
    /// It is of another topic, does not open, or is not what the entry has the digest of.
    Changed,
}

/// Compares the content `id` in the data directory `dir` with what its entry says: the digest of
/// what lies sealed, where it `is_sealed`, else of what was written.
///
/// # Errors
/// [`StoreError::Database`], [`StoreError::Io`].
pub(in crate::store) fn check(
    connection: &Connection,
    dir: &Path,
    id: &str,
    topic: &str,
    (expected, is_sealed): (&str, bool),
) -> Result<Checked, StoreError> {
    let Some(row) = find(connection, id)? else {
        return Ok(Checked::Missing);
    };
    let is_same = match row.slot {
        Some(slot) => {
            let Some(key) = content_keys::find(dir, slot, id)? else {
                return Ok(Checked::Missing);
            };
            is_sealed && digest(&key.0, &row.sealed) == expected
        }
        None => {
            let plain = row.in_clear().and_then(|key| {
                let plain = row.open(&key)?;
                Some(digest(key.salt(), &plain))
            });
            !is_sealed && plain.is_some_and(|digest| digest == expected)
        }
    };
    Ok(if is_same && row.topic == topic {
        Checked::Same
    } else {
        Checked::Changed
    })
}
