//! What people wrote, kept beside the journal where it can be erased: sealed with a key of its
//! own in the same row, so that deleting the row leaves nothing to be read anywhere.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{ChaCha20Poly1305, KeyInit, Nonce};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use sha2::{Digest as _, Sha256};

use super::error::StoreError;
use super::projection::inbox;
use crate::domain::complaint::Kept;
use crate::domain::entry::topic_complaint;

/// A content and everything needed to read it.
#[derive(Clone, PartialEq, Eq)]
pub struct Content {
    id: String,
    topic: String,
    salt: [u8; 32],
    key: [u8; 32],
    sealed: Vec<u8>,
}

impl std::fmt::Debug for Content {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Content")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl Content {
    /// Seals `plain` under a new key, as the content `id` of `topic`.
    ///
    /// # Errors
    /// [`StoreError::NoRandomness`] if the system has none to give.
    pub fn seal(id: &str, topic: &str, plain: &[u8]) -> Result<Self, StoreError> {
        let (mut salt, mut key) = ([0; 32], [0; 32]);
        for bytes in [&mut salt, &mut key] {
            getrandom::fill(bytes).map_err(|error| StoreError::NoRandomness {
                detail: error.to_string(),
            })?;
        }
        // No key is ever used twice, so that the nonce need not differ.
        let payload = Payload {
            msg: plain,
            aad: id.as_bytes(),
        };
        let sealed = ChaCha20Poly1305::new(&key.into())
            .encrypt(&Nonce::default(), payload)
            .map_err(|_| StoreError::Encode {
                id: id.to_owned(),
                detail: "too long to seal".to_owned(),
            })?;
        Ok(Self {
            id: id.to_owned(),
            topic: topic.to_owned(),
            salt,
            key,
            sealed,
        })
    }

    /// What the journal keeps of it.
    pub fn kept(&self, plain: &[u8]) -> Kept {
        Kept {
            content: self.id.clone(),
            digest: digest(&self.salt, plain),
        }
    }

    fn open(&self) -> Option<Vec<u8>> {
        let payload = Payload {
            msg: &self.sealed,
            aad: self.id.as_bytes(),
        };
        ChaCha20Poly1305::new(&self.key.into())
            .decrypt(&Nonce::default(), payload)
            .ok()
    }
}

fn digest(salt: &[u8], plain: &[u8]) -> String {
    let digest = Sha256::new()
        .chain_update(salt)
        .chain_update(plain)
        .finalize();
    base16ct::lower::encode_string(&digest)
}

/// How a receipt finds its complaint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptRow {
    /// The complaint's topic.
    pub topic: String,
    /// Hash of the form's one-time token.
    pub token: [u8; 32],
    /// The slow hash of the number, where it has been computed …
    pub slow: Option<[u8; 32]>,
    /// … or else the quick one.
    pub quick: Option<[u8; 32]>,
}

/// What is written in the transaction of an act, beside its entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Beside {
    /// Something that somebody wrote.
    Content(Content),
    /// How its receipt finds it.
    Receipt(ReceiptRow),
    /// Everything that was kept for this topic goes.
    Erase {
        /// The topic.
        topic: String,
    },
}

pub(super) fn write(transaction: &Transaction, beside: &Beside) -> Result<(), StoreError> {
    match beside {
        Beside::Content(one) => {
            transaction
                .prepare_cached(
                    "INSERT INTO content (id, topic, salt, key, sealed) VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![one.id, one.topic, one.salt, one.key, one.sealed])?;
        }
        Beside::Receipt(row) => {
            transaction
                .prepare_cached(
                    "INSERT INTO receipt (topic, token, slow, quick) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![row.topic, row.token, row.slow, row.quick])?;
        }
        Beside::Erase { topic } => {
            // Checked here, where nothing can come in between.
            if let Some(id) = topic_complaint(topic)
                && inbox::is_held(transaction, id)?
            {
                return Err(StoreError::Held { id: id.to_owned() });
            }
            transaction.execute("DELETE FROM content WHERE topic = ?1", [topic])?;
            transaction.execute("DELETE FROM receipt WHERE topic = ?1", [topic])?;
        }
    }
    Ok(())
}

/// Puts the slow hash of a receipt's number in the place of the quick one.
pub(super) fn harden(
    connection: &Connection,
    topic: &str,
    slow: &[u8; 32],
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "UPDATE receipt SET slow = ?2, quick = NULL WHERE topic = ?1 AND slow IS NULL",
        )?
        .execute(params![topic, slow])?;
    Ok(())
}

/// The content `id` in the clear; none where it was erased.
///
/// # Errors
/// [`StoreError::Unreadable`] where it is there and does not open.
pub(super) fn read(connection: &Connection, id: &str) -> Result<Option<Vec<u8>>, StoreError> {
    find(connection, id)?
        .map(|content| {
            content
                .open()
                .ok_or_else(|| StoreError::Unreadable { id: id.to_owned() })
        })
        .transpose()
}

fn find(connection: &Connection, id: &str) -> rusqlite::Result<Option<Content>> {
    connection
        .prepare_cached("SELECT id, topic, salt, key, sealed FROM content WHERE id = ?1")?
        .query_row([id], |row| {
            Ok(Content {
                id: row.get(0)?,
                topic: row.get(1)?,
                salt: row.get(2)?,
                key: row.get(3)?,
                sealed: row.get(4)?,
            })
        })
        .optional()
}

/// How a content stands to its entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Checked {
    /// It is what was written.
    Same,
    /// It is not there.
    Missing,
    /// It is of another topic, does not open, or is not what the entry has the digest of.
    Changed,
}

/// Compares the content `id` with what its entry says of it.
///
/// # Errors
/// [`StoreError::Database`].
pub(super) fn check(
    connection: &Connection,
    id: &str,
    topic: &str,
    expected: &str,
) -> Result<Checked, StoreError> {
    let content = match find(connection, id) {
        Ok(Some(content)) => content,
        Ok(None) => return Ok(Checked::Missing),
        // A salt or a key of another length than the kiosk ever writes.
        Err(rusqlite::Error::FromSqlConversionFailure(..)) => return Ok(Checked::Changed),
        Err(error) => return Err(error.into()),
    };
    let is_same = content.topic == topic
        && content
            .open()
            .is_some_and(|plain| digest(&content.salt, &plain) == expected);
    Ok(if is_same {
        Checked::Same
    } else {
        Checked::Changed
    })
}

/// The topic whose receipt has this hash in `column`.
pub(super) fn by_hash(
    connection: &Connection,
    column: Column,
    hash: &[u8; 32],
) -> Result<Option<String>, StoreError> {
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

pub(super) fn secret(connection: &Connection) -> Result<[u8; 32], StoreError> {
    Ok(connection.query_row("SELECT value FROM secret", [], |row| row.get(0))?)
}
