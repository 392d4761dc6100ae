//! Links to the staff's own phones, shared by the screen that makes them and the pages that they open.
//! A link is made for one thing, belongs to the first phone that uses it, and ends after some hours, by
//! one tap, or with its thing. What opens it is in the code on the screen and then in that phone; the
//! file here keeps what it is recognised by.

mod acts;
mod heard;
mod kept;
mod reading;
mod screen;
mod writing;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;
use tracing::warn;

use super::complaints::ComplaintError;
use super::journal::JournalError;
use super::recorder::Recorder;
use crate::domain::actor::Actor;
use crate::domain::complaint::ComplaintEvent;
use crate::domain::entry::Event;
use crate::domain::ids::{LinkId, PersonId};
use crate::domain::phone_link::{GOOD_FOR, LinkEvent, MOST_LINKS, Thing, is_good};
use crate::domain::plan::Text;
use crate::own_file;
use crate::seal::{LinkWrap, SealError};
use crate::store::Reader;
use kept::Kept;

pub use crate::seal::LinkSecret;
pub use acts::{ActError, Outcome, PhoneAct, What};
pub use reading::PhoneFile;
pub use screen::Phone;
pub use writing::{MOST_NOTES, Note};

/// A link, as far as anybody may know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// By which it is known.
    pub id: LinkId,
    /// What it opens.
    pub thing: Thing,
    /// What that is called, where it is an incident.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    /// Who made it and writes by it, as `domain::actor` writes it.
    pub actor: String,
    /// When it was made.
    pub made: DateTime<Utc>,
    /// When a phone took it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bound: Option<DateTime<Utc>>,
}

impl Link {
    /// When it ends by itself.
    pub fn until(&self) -> DateTime<Utc> {
        self.made + GOOD_FOR
    }

    /// Whose it is, where that is known.
    pub fn person(&self) -> Option<PersonId> {
        Actor::read(&self.actor).and_then(|(_, person)| person)
    }
}

/// What a link is wished for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// What it is to open.
    pub thing: Thing,
    /// What that is called, where it is an incident.
    pub name: Option<Text>,
    /// As what whoever asks for it acts.
    pub actor: Actor,
    /// Who that is, where it is known.
    pub person: Option<PersonId>,
}

/// A link that no phone has used yet, with what opens it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The link.
    pub link: Link,
    /// What opens it.
    pub secret: LinkSecret,
}

/// A link on the phone that it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The link.
    pub link: Link,
    /// The keys of what it may read.
    pub keys: Vec<LinkWrap>,
    /// What opens them, and proves that a form is of this phone.
    pub secret: LinkSecret,
}

/// Why a link could not be made, or not be given to a phone.
#[derive(Debug, Error)]
pub enum LinkError {
    /// The disk refuses.
    #[error("{path}: {detail}", path = path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's words.
        detail: String,
    },
    /// No randomness, or the key of what it is to read is not at hand.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// What it is to read.
    #[error(transparent)]
    Complaint(#[from] ComplaintError),
    /// No complaints can be read on this tablet.
    #[error("no complaints")]
    NoComplaints,
    /// The system had no thread to give; its words.
    #[error("no thread: {0}")]
    NoThread(String),
}

/// Whether the journal says that a link has ended, or that what it opens is no more: its file may not have
/// been written since. What cannot be read ends nothing.
fn has_ended(journal: Option<&Reader>, link: &Link) -> bool {
    let read = journal.and_then(|journal| journal.entries(&link.thing.topic()).ok());
    let entries = read.unwrap_or_default();
    entries.iter().any(|entry| match entry.event() {
        Ok(Event::Link(LinkEvent::Revoked { link: ended })) => ended == link.id,
        Ok(Event::Complaint(ComplaintEvent::Erased { .. })) => true,
        _ => false,
    })
}

/// The links of a data directory.
pub struct Links {
    path: PathBuf,
    recorder: Arc<Recorder>,
    /// Held for a moment only, never while the disk is waited for.
    now: Mutex<Vec<Kept>>,
    /// Who writes the file, one at a time.
    disk: Mutex<()>,
    acts: acts::Line,
}

impl Links {
    /// Those of the data directory `data`, whose entries `recorder` makes. A file that says something
    /// else is as good as none: nobody has more in it than some hours of a link.
    pub fn of(data: &Path, recorder: Arc<Recorder>) -> Arc<Self> {
        let path = data.join(own_file::PHONE_LINKS);
        let known = kept::read(&path);
        let (all, at) = (known.len(), recorder.clock().now());
        // Most days there is none, and nothing to be asked.
        let journal = (all > 0).then(|| Reader::open(data).ok()).flatten();
        let good: Vec<Kept> = known
            .into_iter()
            .filter(|one| is_good(one.link.made, at) && !has_ended(journal.as_ref(), &one.link))
            .collect();
        let is_less = good.len() < all;
        let links = Arc::new(Self {
            now: Mutex::new(good),
            path,
            recorder,
            disk: Mutex::default(),
            acts: acts::Line::default(),
        });
        if is_less {
            // What the disk refuses is written with the next link.
            drop(links.save());
        }
        links
    }

    fn now(&self) -> MutexGuard<'_, Vec<Kept>> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes a link, whose `keys` are wrapped under its secret. Waits for the disk.
    ///
    /// # Errors
    /// [`LinkError`]; there is no link then.
    pub fn make(
        &self,
        wish: Wish,
        at: DateTime<Utc>,
        keys: impl FnOnce(&LinkSecret) -> Result<Vec<LinkWrap>, LinkError>,
    ) -> Result<Offer, LinkError> {
        let secret = LinkSecret::random()?;
        let link = Link {
            id: self.recorder.new_id(at).into(),
            thing: wish.thing,
            name: wish.name,
            actor: wish.actor.named(wish.person.as_ref()),
            made: at,
            bound: None,
        };
        let kept = Kept {
            link: link.clone(),
            known: secret.known_by(),
            keys: keys(&secret)?,
        };
        self.make_room(at);
        self.now().push(kept);
        if let Err(error) = self.save() {
            self.now().retain(|one| one.link.id != link.id);
            return Err(error);
        }
        let made = LinkEvent::Made {
            link: link.id.clone(),
            thing: link.thing.kind(),
            until: link.until(),
        };
        self.note(&link, made, at);
        Ok(Offer { link, secret })
    }

    /// Lets go of what is over; where there are too many, of those that no phone has taken first.
    fn make_room(&self, at: DateTime<Utc>) {
        let mut ended = Vec::new();
        {
            let mut now = self.now();
            now.retain(|one| is_good(one.link.made, at));
            while now.len() >= MOST_LINKS {
                let place = now.iter().position(|one| one.link.bound.is_none());
                ended.push(now.remove(place.unwrap_or(0)).link);
            }
        }
        for link in ended {
            let revoked = LinkEvent::Revoked {
                link: link.id.clone(),
            };
            self.note(&link, revoked, at);
        }
    }

    /// Whether `secret` opens a link that no phone has taken yet.
    pub fn is_offered(&self, secret: &LinkSecret, at: DateTime<Utc>) -> bool {
        let known = secret.known_by();
        let now = self.now();
        now.iter().any(|one| one.is_offered(&known, at))
    }

    /// Gives the link that `secret` opens to the phone that has just shown it, which gets a secret of
    /// its own: the one before opens nothing from now on. Waits for the disk; none where there is no
    /// such link, or another phone has it.
    ///
    /// # Errors
    /// [`LinkError`]; it is still to be had then.
    pub fn bind(
        &self,
        secret: &LinkSecret,
        at: DateTime<Utc>,
    ) -> Result<Option<(Link, LinkSecret)>, LinkError> {
        let own = LinkSecret::random()?;
        let known = secret.known_by();
        let before = {
            let mut now = self.now();
            let Some(kept) = now.iter_mut().find(|one| one.is_offered(&known, at)) else {
                return Ok(None);
            };
            let bound = kept.bound_to(secret, &own, at)?;
            std::mem::replace(kept, bound)
        };
        let link = Link {
            bound: Some(at),
            ..before.link.clone()
        };
        if let Err(error) = self.save() {
            let mut now = self.now();
            if let Some(kept) = now.iter_mut().find(|one| one.link.id == link.id) {
                *kept = before;
            }
            return Err(error);
        }
        let bound = LinkEvent::Bound {
            link: link.id.clone(),
        };
        self.note(&link, bound, at);
        Ok(Some((link, own)))
    }

    /// The link of this id on the phone that has `secret`; none where it is over or is not that
    /// phone's, alike.
    pub fn open(&self, id: &LinkId, secret: LinkSecret, at: DateTime<Utc>) -> Option<Opened> {
        let known = secret.known_by();
        let now = self.now();
        let kept = now.iter().find(|one| one.is_of(id, &known, at))?;
        Some(Opened {
            link: kept.link.clone(),
            keys: kept.keys.clone(),
            secret,
        })
    }

    /// The links that are good at `at`, the newest first.
    pub fn live(&self, at: DateTime<Utc>) -> Vec<Link> {
        let now = self.now();
        let good = now.iter().filter(|one| is_good(one.link.made, at));
        let mut live: Vec<_> = good.map(|one| one.link.clone()).collect();
        live.reverse();
        live
    }

    /// Ends the links of which `is_meant` says so, at once and without waiting for the disk; says
    /// whether there were any. [`Links::save`] has to be called then.
    pub fn revoke(&self, is_meant: impl Fn(&Link) -> bool, at: DateTime<Utc>) -> bool {
        let ended: Vec<Kept> = self
            .now()
            .extract_if(.., |one| is_meant(&one.link))
            .collect();
        for Kept { link, .. } in &ended {
            let revoked = LinkEvent::Revoked {
                link: link.id.clone(),
            };
            let act = self.recorder.act_at(at, &link.thing.topic(), revoked);
            self.recorder.record(act.by(Actor::SignedIn));
        }
        !ended.is_empty()
    }

    /// Has the file say what holds. Waits for the disk.
    ///
    /// # Errors
    /// [`LinkError::Io`]; the file says what it said before then.
    pub fn save(&self) -> Result<(), LinkError> {
        let _one_at_a_time = self.disk.lock().unwrap_or_else(PoisonError::into_inner);
        // Keys die with their link, on the disk too.
        let at = self.recorder.clock().now();
        let now: Vec<Kept> = {
            let now = self.now();
            let good = now.iter().filter(|one| is_good(one.link.made, at));
            good.cloned().collect()
        };
        kept::write(&self.path, &now).map_err(|error| {
            warn!(%error, "the links to phones are not on disk");
            LinkError::Io {
                path: self.path.clone(),
                detail: error.to_string(),
            }
        })
    }

    /// Notes what happened to a link in the name of whoever it belongs to.
    fn note(&self, link: &Link, event: LinkEvent, at: DateTime<Utc>) {
        let act = self.recorder.act_at(at, &link.thing.topic(), event);
        self.recorder.record(act.signed(&link.actor));
    }

    /// Waits until everything done so far is on disk, or the disk has refused it.
    ///
    /// # Errors
    /// [`JournalError`]; it is tried again.
    pub async fn settled(&self) -> Result<(), JournalError> {
        let journal = self.recorder.journal().clone();
        let flushed = tokio::task::spawn_blocking(move || journal.flush()).await;
        flushed.map_err(|_| JournalError::Closed)?
    }
}
