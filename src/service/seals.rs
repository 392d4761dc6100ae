//! Who may read what customers wrote: whoever receives it seals to the branch's public key, and the
//! private one is at hand only while the staff area is open.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use zeroize::Zeroizing;

use super::receipts::{Hash, Secret};
use crate::own_file;
use crate::seal::{BranchKey, DeviceSecret, KeyFile, Places, PublicKey};

pub use crate::seal::SealError;

/// The keys of a data directory, shared between threads.
pub struct Seals {
    data: PathBuf,
    places: Places,
    /// What words are known again by.
    words: Secret,
    known: Mutex<Option<(Stamp, KeyFile)>>,
    opened: Mutex<Opened>,
}

/// The private key, or why there is none.
struct Opened {
    key: Option<Arc<BranchKey>>,
    why: SealError,
}

/// By what the key file shows that somebody has written it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Stamp {
    length: u64,
    changed: Option<SystemTime>,
}

impl Seals {
    /// Of the data directory `data`. Where there is no key pair yet, one is made, and a secret of
    /// the device that protects it until a PIN does.
    pub fn of(data: &Path) -> Self {
        let places = Places::of_system(data);
        let devices = devices(&places);
        // Without a secret, what is sent twice across a restart is two.
        let mut words = Zeroizing::new([0; 32]);
        match devices.first() {
            Some(device) => *words = *device.key_for("words"),
            None => {
                getrandom::fill(&mut *words).ok();
            }
        }
        let seals = Self {
            data: data.to_owned(),
            places,
            words: Secret::new(*words),
            known: Mutex::default(),
            opened: Mutex::new(Opened {
                key: None,
                why: SealError::NeedsPin {
                    path: data.join(own_file::BRANCH_KEY),
                },
            }),
        };
        // What is wrong with it is said to whoever wants to seal.
        seals.public().ok();
        seals
    }

    /// What is sealed to now. The file is read again once somebody has written it, and put back
    /// where it was taken away: with another key, what is there already could not be read any more.
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
        let file = KeyFile::read_or_make(&self.data, devices(&self.places).first())?;
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
        let opened = self.open(pin);
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
        let devices = devices(&self.places);
        let mut file = KeyFile::read(&self.data)?;
        let unlocked = file.unlock(pin, &devices)?;
        if let Some(pin) = pin.filter(|_| unlocked.is_loose) {
            // What the disk refuses now is tried with the next PIN.
            file.put_under_pin(&unlocked.key, pin, devices.first()).ok();
        }
        Ok(unlocked.key)
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
        self.words.keyed("said", &named)
    }

    fn opened(&self) -> MutexGuard<'_, Opened> {
        self.opened.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The secrets of this device, with one made where there is none. Where there is no place for one
/// the rest goes on without, and `check` says so.
fn devices(places: &Places) -> Vec<DeviceSecret> {
    places.find_or_make().unwrap_or_default()
}

impl Stamp {
    fn of(path: &Path) -> Option<Self> {
        let found = fs::metadata(path).ok()?;
        Some(Self {
            length: found.len(),
            changed: found.modified().ok(),
        })
    }
}
