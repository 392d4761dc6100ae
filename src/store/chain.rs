//! The digest that ties each entry to the one before, and the walk along the chain.
//!
//! # Format, for anybody who wants to check a journal with their own tools
//!
//! `digest` is the SHA-256 of ten fields, each written as its length in bytes (unsigned, 64 bits,
//! little-endian) followed by its bytes:
//!
//! | field | bytes |
//! |---|---|
//! | `seq`, `at`, `version` | 8 bytes, two's complement, little-endian |
//! | `device`, `id`, `topic`, `kind`, `body` | the UTF-8 text exactly as stored |
//! | `actor` | the same; where it is NULL, the length is 2⁶⁴ − 1 and no bytes follow |
//! | `prev` | the 32 bytes of the previous entry's `digest`; 32 zero bytes for the first entry |
//!
//! in the order `seq`, `device`, `id`, `at`, `actor`, `topic`, `kind`, `version`, `body`, `prev`.
//! `at` counts milliseconds since 1970-01-01T00:00:00Z. The last entry's `seq` and `digest`
//! stand a second time in the one row of `meta`, so that a cut-off tail shows.
//!
//! The chain shows every change by somebody who does not recompute it to its end; it cannot show
//! a change by somebody who does and writes `meta` too. That takes a copy held elsewhere.

use sha2::{Digest as _, Sha256};

/// A SHA-256 digest.
pub type Digest = [u8; 32];

/// What the first entry has for its `prev`, and an empty journal for its head.
pub const ORIGIN: Digest = [0; 32];

/// The fields of an entry as they are stored, without its own digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fields<'a> {
    /// Position, from 1.
    pub seq: i64,
    /// The device that wrote it.
    pub device: &'a [u8],
    /// The act's id.
    pub id: &'a [u8],
    /// Milliseconds since 1970, UTC.
    pub at: i64,
    /// Who, if anybody was signed in.
    pub actor: Option<&'a [u8]>,
    /// What it is about.
    pub topic: &'a [u8],
    /// What happened.
    pub kind: &'a [u8],
    /// Version of the body.
    pub version: i64,
    /// JSON.
    pub body: &'a [u8],
    /// Digest of the entry before.
    pub prev: &'a [u8],
}

impl Fields<'_> {
    /// The digest of these fields, in the format that this module describes.
    pub fn digest(&self) -> Digest {
        let mut hasher = Sha256::new();
        take(&mut hasher, &self.seq.to_le_bytes());
        take(&mut hasher, self.device);
        take(&mut hasher, self.id);
        take(&mut hasher, &self.at.to_le_bytes());
        match self.actor {
            Some(actor) => take(&mut hasher, actor),
            None => hasher.update(u64::MAX.to_le_bytes()),
        }
        take(&mut hasher, self.topic);
        take(&mut hasher, self.kind);
        take(&mut hasher, &self.version.to_le_bytes());
        take(&mut hasher, self.body);
        take(&mut hasher, self.prev);
        hasher.finalize().into()
    }
}

fn take(hasher: &mut Sha256, bytes: &[u8]) {
    hasher.update((bytes.len() as u64).to_le_bytes());
    hasher.update(bytes);
}

/// What the writer last vouched for: the end of the journal as `meta` remembers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The last entry's position; 0 for an empty journal.
    pub seq: i64,
    /// Its digest as stored; [`ORIGIN`] for an empty journal.
    pub digest: Vec<u8>,
}

/// What is wrong with an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// There is none at this position, although later ones or the head say that there was.
    Missing,
    /// Its digest is not that of its fields: one of them, or the digest, was changed.
    Digest,
    /// It does not follow from the entry before: one of the two was exchanged.
    Link,
    /// A field holds a value of another kind than the journal writes.
    Malformed,
    /// The file is damaged here.
    Unreadable,
    /// The writer never vouched for it: added by something else, or the head was set back.
    Unvouched,
    /// It is not the last entry that the writer vouched for.
    Head,
}

/// The first entry at which the chain breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Its position.
    pub seq: i64,
    /// Its id, if there is an entry to have one.
    pub id: Option<String>,
    /// What is wrong.
    pub what: What,
}

/// A walk along the chain, entry by entry, that remembers only the last one.
#[derive(Debug)]
pub struct Walk {
    /// Position and digest of the last entry; none at the start of a walk over a tail.
    last: Option<(i64, Vec<u8>)>,
}

impl Walk {
    /// A walk from the first entry.
    pub fn from_origin() -> Self {
        Self {
            last: Some((0, ORIGIN.to_vec())),
        }
    }

    /// A walk from somewhere in the middle: the first entry's link cannot be checked.
    pub fn from_middle() -> Self {
        Self { last: None }
    }

    /// The position after the last entry seen.
    pub fn next_seq(&self) -> i64 {
        self.last.as_ref().map_or(1, |(seq, _)| seq + 1)
    }

    /// Takes the next entry with its stored digest; says how the chain breaks there, if it does.
    pub fn step(&mut self, fields: &Fields, digest: &[u8]) -> Option<Broken> {
        let broken = |seq, what| {
            Some(Broken {
                seq,
                id: (what != What::Missing)
                    .then(|| String::from_utf8_lossy(fields.id).into_owned()),
                what,
            })
        };
        if let Some((last, _)) = &self.last
            && fields.seq != last + 1
        {
            // Rows come in ascending order, so that a position below is one before the first.
            return if fields.seq > last + 1 {
                broken(last + 1, What::Missing)
            } else {
                broken(fields.seq, What::Unvouched)
            };
        }
        if fields.digest() != digest {
            return broken(fields.seq, What::Digest);
        }
        if let Some((_, prev)) = &self.last
            && prev != fields.prev
        {
            return broken(fields.seq, What::Link);
        }
        match &mut self.last {
            Some((seq, last)) if last.len() == digest.len() => {
                *seq = fields.seq;
                last.copy_from_slice(digest);
            }
            last => *last = Some((fields.seq, digest.to_vec())),
        }
        None
    }

    /// Compares the end of the walk with what the writer vouched for.
    pub fn finish(&self, head: &Head) -> Option<Broken> {
        let (seq, digest) = self
            .last
            .as_ref()
            .map_or((0, &ORIGIN[..]), |(seq, digest)| (*seq, digest));
        let (seq, what) = match seq.cmp(&head.seq) {
            std::cmp::Ordering::Less => (seq + 1, What::Missing),
            std::cmp::Ordering::Greater => (head.seq + 1, What::Unvouched),
            std::cmp::Ordering::Equal if digest != head.digest => (seq, What::Head),
            std::cmp::Ordering::Equal => return None,
        };
        Some(Broken {
            seq,
            id: None,
            what,
        })
    }
}
