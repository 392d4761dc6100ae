//! What people wrote, kept beside the journal where it can be erased: encrypted with a key of its
//! own, which is sealed to the branch's public key and lies in another file.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{ChaCha20Poly1305, KeyInit, Nonce};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use sha2::{Digest as _, Sha256};

use super::error::StoreError;
use super::projection::inbox;
use crate::domain::complaint::ContentRef;
use crate::domain::entry::{topic_complaint, topic_incident};
use crate::seal::{ContentKey, PublicKey, SealError, SealedKey};

/// A content as it is kept: nobody who has only this can read it.
#[derive(Clone, PartialEq, Eq)]
pub struct Content {
    id: String,
    topic: String,
    key: SealedKey,
    sealed: Vec<u8>,
    known: Known,
}

/// By what a content is known again without being read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// A keyed digest of what was written.
    pub words: Option<[u8; 32]>,
    /// How many characters it has.
    pub length: Option<u64>,
}

impl std::fmt::Debug for Content {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Content")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl Content {
    /// Encrypts `plain` under a new key, as the content `id` of `topic`, and seals that to the
    /// branch's key alone.
    ///
    /// # Errors
    /// [`StoreError::NoRandomness`] if the system has none to give.
    pub fn seal(id: &str, topic: &str, plain: &[u8], to: &PublicKey) -> Result<Self, StoreError> {
        let no_key = |error: SealError| StoreError::NoRandomness {
            detail: error.to_string(),
        };
        let key = ContentKey::random().map_err(no_key)?;
        // No key is ever used twice, so that the nonce need not differ.
        let payload = Payload {
            msg: plain,
            aad: id.as_bytes(),
        };
        let sealed = ChaCha20Poly1305::new(&(*key.key()).into())
            .encrypt(&Nonce::default(), payload)
            .map_err(|_| StoreError::Encode {
                id: id.to_owned(),
                detail: "too long to seal".to_owned(),
            })?;
        Ok(Self {
            id: id.to_owned(),
            topic: topic.to_owned(),
            key: to.seal(&key, topic, id).map_err(no_key)?,
            sealed,
            known: Known::default(),
        })
    }

    /// The same, to be known again by `known`.
    #[must_use]
    pub fn known_by(self, known: Known) -> Self {
        Self { known, ..self }
    }

    /// What the journal keeps of it.
    pub fn kept(&self) -> ContentRef {
        kept_sealed(&self.id, &self.key, &self.sealed)
    }
}

/// What the journal keeps of a content whose key is sealed.
pub(super) fn kept_sealed(id: &str, key: &SealedKey, sealed: &[u8]) -> ContentRef {
    ContentRef {
        content: id.to_owned(),
        digest: digest(&key.0, sealed),
        sealed: true,
    }
}

/// What a content's key opens.
pub(super) fn decrypt(key: &[u8; 32], id: &str, sealed: &[u8]) -> Option<Vec<u8>> {
    let payload = Payload {
        msg: sealed,
        aad: id.as_bytes(),
    };
    ChaCha20Poly1305::new(&(*key).into())
        .decrypt(&Nonce::default(), payload)
        .ok()
}

/// SHA-256 in hexadecimal, over `first` and then `rest`.
pub(super) fn digest(first: &[u8], rest: &[u8]) -> String {
    let digest = Sha256::new()
        .chain_update(first)
        .chain_update(rest)
        .finalize();
    base16ct::lower::encode_string(&digest)
}

/// A content whose key lay in the clear, with the key sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resealed {
    /// The content's id.
    pub id: String,
    /// Its key.
    pub key: SealedKey,
    /// By what it is known from now on.
    pub known: Known,
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
pub enum SideWrite {
    /// Something that somebody wrote.
    Content(Content),
    /// The key of something that was written before keys were sealed.
    Seal(Resealed),
    /// How its receipt finds it.
    Receipt(ReceiptRow),
    /// Everything that was kept for this topic goes.
    Erase {
        /// The topic.
        topic: String,
    },
}

impl SideWrite {
    /// The key that has to be on disk before the transaction, with its content's id.
    pub(super) fn key(&self) -> Option<(&str, &SealedKey)> {
        match self {
            Self::Content(one) => Some((&one.id, &one.key)),
            Self::Seal(one) => Some((&one.id, &one.key)),
            Self::Receipt(_) | Self::Erase { .. } => None,
        }
    }

    /// Whether something is gone by it that no older copy of a page may show.
    pub(super) fn removes(&self) -> bool {
        matches!(self, Self::Seal(_) | Self::Erase { .. })
    }
}

/// Writes what belongs to an act; `slot` is where its key lies, if it has one.
pub(super) fn write(
    transaction: &Transaction,
    beside: &SideWrite,
    slot: Option<i64>,
) -> Result<(), StoreError> {
    match beside {
        SideWrite::Content(one) => {
            transaction
                .prepare_cached(
                    "INSERT INTO content (id, topic, salt, key, sealed, slot, words, length)
                     VALUES (?1, ?2, x'', x'', ?3, ?4, ?5, ?6)",
                )?
                .execute(params![
                    one.id,
                    one.topic,
                    one.sealed,
                    slot,
                    one.known.words,
                    one.known.length.map(u64::cast_signed),
                ])?;
        }
        SideWrite::Seal(one) => {
            transaction
                .prepare_cached(
                    "UPDATE content SET salt = x'', key = x'', slot = ?2, words = ?3, length = ?4
                     WHERE id = ?1 AND slot IS NULL",
                )?
                .execute(params![
                    one.id,
                    slot,
                    one.known.words,
                    one.known.length.map(u64::cast_signed),
                ])?;
        }
        SideWrite::Receipt(row) => {
            transaction
                .prepare_cached(
                    "INSERT INTO receipt (topic, token, slow, quick) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![row.topic, row.token, row.slow, row.quick])?;
        }
        SideWrite::Erase { topic } => {
            // Checked here, where nothing can come in between.
            if let Some(id) = topic_complaint(topic)
                && inbox::is_held(transaction, &id)?
            {
                return Err(StoreError::Held { id: id.to_string() });
            }
            if let Some(id) = topic_incident(topic)
                && is_held(transaction, topic)?
            {
                return Err(StoreError::Held { id: id.to_string() });
            }
            // Wiped once this is on disk: the keys of what is erased for certain.
            transaction.execute(
                "INSERT OR IGNORE INTO content_gone (slot)
                 SELECT slot FROM content WHERE topic = ?1 AND slot IS NOT NULL",
                [topic],
            )?;
            transaction.execute("DELETE FROM content WHERE topic = ?1", [topic])?;
            transaction.execute("DELETE FROM receipt WHERE topic = ?1", [topic])?;
        }
    }
    Ok(())
}

/// Whether what was written about the incident of this topic must be kept, as its entries say.
fn is_held(transaction: &Transaction, topic: &str) -> Result<bool, StoreError> {
    let mut statement = transaction.prepare_cached(
        "SELECT kind = 'incident.held' FROM entry
         WHERE topic = ?1 AND kind IN ('incident.held', 'incident.released')
         ORDER BY seq DESC LIMIT 1",
    )?;
    let held = statement.query_row([topic], |row| row.get(0)).optional()?;
    Ok(held.unwrap_or(false))
}

/// The slots that are still to be wiped.
pub(super) fn gone(connection: &Connection) -> Result<Vec<i64>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT slot FROM content_gone")?;
    let slots = statement.query_map([], |row| row.get(0))?;
    Ok(slots.collect::<Result<_, _>>()?)
}

/// Notes that they have been wiped.
pub(super) fn wiped(connection: &Connection, slots: &[i64]) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached("DELETE FROM content_gone WHERE slot = ?1")?;
    for slot in slots {
        statement.execute([slot])?;
    }
    Ok(())
}

/// Puts the slow hash of a receipt's number in the place of the quick one.
pub(super) fn upgrade_receipt_hash(
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

pub(super) fn secret(connection: &Connection) -> Result<[u8; 32], StoreError> {
    Ok(connection.query_row("SELECT value FROM secret", [], |row| row.get(0))?)
}
