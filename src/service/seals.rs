//! Who may read what customers wrote: whoever receives it seals to the branch's public key, and the
//! private one is at hand only while the staff area is open.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use tracing::warn;
use zeroize::Zeroizing;

use super::receipts::{Hash, Secret};
use crate::own_file::{self, Stamp};
use crate::seal::{BranchKey, KeyFile, PersonalKey, Places, PublicKey};

pub use crate::seal::SealError;

/// The keys of a data directory, shared between threads.
pub struct Seals {
    data: PathBuf,
    places: Places,
    /// What words are known again by.
    words: OnceLock<Secret>,
    known: Mutex<Option<(Stamp, KeyFile)>>,
    opened: Mutex<Opened>,
}

/// The private key, or why there is none.
struct Opened {
    key: Option<Arc<BranchKey>>,
    why: SealError,
}

impl Seals {
    /// Of the data directory `data`. Nothing is read or made before somebody asks: what customers
    /// wrote must not keep the first picture waiting.
    pub fn of(data: &Path) -> Self {
        Self {
            data: data.to_owned(),
            places: Places::of_system(data),
            words: OnceLock::new(),
            known: Mutex::default(),
            opened: Mutex::new(Opened {
                key: None,
                why: SealError::NeedsPin {
                    path: data.join(own_file::BRANCH_KEY),
                },
            }),
        }
    }

    /// What is sealed to now. Where there is no key pair yet, one is made, and a secret of the device
    /// that protects it until a PIN does. The file is read again once somebody has written it, and put
    /// back where it was taken away: with another key, what is there already could not be read any more.
    ///
    /// # Errors
    /// [`SealError`] where the file holds no key that can be used.
    pub fn public(&self) -> Result<PublicKey, SealError> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let path = self.data.join(own_file::BRANCH_KEY);
        match (Stamp::of(&path), &*known) {
            (Some(now), Some((stamp, file))) if now == *stamp => return Ok(file.public()),
            (None, Some((_, file))) => file.put_back()?,
            _ => {}
        }
        let file = KeyFile::read_or_make(&self.data, self.places.secrets().first())?;
        let public = file.public();
        *known = Stamp::of(&path).map(|stamp| (stamp, file));
        Ok(public)
    }

    /// Opens what the branch's private key opens, with the staff's PIN where it lies under one. It
    /// takes its time. What lies under less than the PIN and the device's secret is put under both.
    ///
    /// # Errors
    /// [`SealError`], which whoever reads is told from then on.
    pub fn unlock(&self, pin: Option<&str>) -> Result<(), SealError> {
        self.take(self.open(pin))
    }

    /// The same with the PIN of somebody who has one of their own, and what lies under it; without
    /// that, what needs no PIN.
    ///
    /// # Errors
    /// [`SealError`], which whoever reads is told from then on.
    pub fn unlock_for(&self, pin: &str, key: Option<&PersonalKey>) -> Result<(), SealError> {
        self.take(self.open_for(pin, key))
    }

    fn open_for(&self, pin: &str, key: Option<&PersonalKey>) -> Result<BranchKey, SealError> {
        let public = self.public()?;
        let Some(key) = key else {
            return self.open(None).map_err(|why| match why {
                SealError::NeedsPin { path } => SealError::NotShared { path },
                other => other,
            });
        };
        let people = self.data.join(own_file::PEOPLE);
        key.open(pin, &self.places.secrets(), public, &people)
    }

    /// The private key under the PIN of one more person; none while it is not at hand. It takes its
    /// time.
    pub fn key_for(&self, pin: &str) -> Option<PersonalKey> {
        let key = self.key().ok()?;
        let made = PersonalKey::of(&key, pin, self.places.secrets().first());
        made.inspect_err(|error| warn!(%error, "the branch's key does not lie under the PIN yet"))
            .ok()
    }

    fn take(&self, opened: Result<BranchKey, SealError>) -> Result<(), SealError> {
        let mut now = self.opened();
        match opened {
            Ok(key) => {
                now.key = Some(Arc::new(key));
                Ok(())
            }
            Err(why) => {
                now.key = None;
                now.why = why.clone();
                Err(why)
            }
        }
    }

    fn open(&self, pin: Option<&str>) -> Result<BranchKey, SealError> {
        // What arrives while it is open is to be read as well: it has to be that key's.
        self.public()?;
        let devices = self.places.secrets();
        let mut file = KeyFile::read(&self.data)?;
        let unlocked = file.unlock(pin, &devices)?;
        if let Some(pin) = pin.filter(|_| unlocked.is_loose) {
            // What the disk refuses now is tried with the next PIN.
            if let Err(error) = file.put_under_pin(&unlocked.key, pin, devices.first()) {
                warn!(%error, "the branch's key does not lie under the PIN yet");
            }
        }
        Ok(unlocked.key)
    }

    /// Whether there is a key pair: who only looks makes none.
    pub fn are_made(&self) -> bool {
        self.data.join(own_file::BRANCH_KEY).exists()
    }

    /// Forgets the private key. Whoever is reading at this moment still does, and nobody after.
    pub fn lock(&self) {
        let mut opened = self.opened();
        if opened.key.take().is_some() {
            opened.why = SealError::NeedsPin {
                path: self.data.join(own_file::BRANCH_KEY),
            };
        }
    }

    /// Whether what customers wrote can be read.
    pub fn is_open(&self) -> bool {
        self.opened().key.is_some()
    }

    /// The private key.
    ///
    /// # Errors
    /// Why it is not at hand.
    pub(super) fn key(&self) -> Result<Arc<BranchKey>, SealError> {
        let opened = self.opened();
        opened.key.clone().ok_or_else(|| opened.why.clone())
    }

    /// What these words of a topic are known again by. Whoever has the data directory alone cannot
    /// try words on it: its key lies with the device's secret.
    pub(super) fn known(&self, topic: &str, words: &[u8]) -> Hash {
        let named = [topic.as_bytes(), &[0], words].concat();
        let secret = self.words.get_or_init(|| {
            let mut secret = Zeroizing::new([0; 32]);
            match self.places.secrets().first() {
                Some(device) => *secret = *device.key_for("words"),
                // Without one, what is sent twice across a restart is two.
                None => {
                    if let Err(error) = getrandom::fill(&mut *secret) {
                        warn!(%error, "no random numbers");
                    }
                }
            }
            Secret::new(*secret)
        });
        secret.keyed("said", &named)
    }

    fn opened(&self) -> MutexGuard<'_, Opened> {
        self.opened.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
