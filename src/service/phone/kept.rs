//! The file of the links: what each is recognised by, and the keys that it may use, which nothing in the
//! data directory opens.

use std::io;
use std::path::Path;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tracing::warn;

use super::{Link, LinkSecret};
use crate::domain::ids::LinkId;
use crate::domain::phone_link::is_good;
use crate::seal::{LinkWrap, SealError};
use crate::versioned_file::{self, Unfit};

/// The version of the file that this program writes.
const VERSION: u64 = 1;
/// Some links, each with the keys of a long complaint.
const MOST_BYTES: usize = 1 << 20;

/// A link with what it is recognised by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    #[serde(flatten)]
    pub(super) link: Link,
    /// A digest of the secret that opens it: of the one in the code, then of the phone's.
    pub(super) known: String,
    /// The keys that this secret opens.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) keys: Vec<LinkWrap>,
}

impl Kept {
    /// Whether whoever is known so may take it.
    pub(super) fn is_offered(&self, known: &str, at: DateTime<Utc>) -> bool {
        self.link.bound.is_none() && self.known == known && is_good(self.link.made, at)
    }

    /// Whether it is the link of this id, of the phone that is known so.
    pub(super) fn is_of(&self, id: &LinkId, known: &str, at: DateTime<Utc>) -> bool {
        let is_bound = self.link.bound.is_some();
        is_bound && self.link.id == *id && self.known == known && is_good(self.link.made, at)
    }

    /// The same under the secret `own` of the phone that has shown `secret`.
    pub(super) fn bound_to(
        &self,
        secret: &LinkSecret,
        own: &LinkSecret,
        at: DateTime<Utc>,
    ) -> Result<Self, SealError> {
        let topic = self.link.thing.topic();
        let again = |wrap: &LinkWrap| {
            // What does not open was changed on the disk, and would not have opened later either.
            let key = secret.open(wrap, &topic)?;
            Some(own.wrap(&key, &topic, &wrap.content))
        };
        let keys = self.keys.iter().filter_map(again);
        Ok(Self {
            keys: keys.collect::<Result<_, _>>()?,
            link: Link {
                bound: Some(at),
                ..self.link.clone()
            },
            known: own.known_by(),
        })
    }
}

#[derive(Serialize, Deserialize)]
struct Content {
    version: u64,
    links: Vec<Kept>,
}

/// What the file says; nothing where it is none.
pub(super) fn read(path: &Path) -> Vec<Kept> {
    match versioned_file::read::<Content>(path, MOST_BYTES, VERSION) {
        Ok(content) => content.links,
        Err(Unfit::Missing) => Vec::new(),
        Err(why) => {
            let what = format!("{why:?}");
            warn!(what, "the links to phones cannot be read");
            Vec::new()
        }
    }
}

/// Has the file say this.
pub(super) fn write(path: &Path, links: &[Kept]) -> io::Result<()> {
    let content = Content {
        version: VERSION,
        links: links.to_vec(),
    };
    versioned_file::write(path, &content)
}
