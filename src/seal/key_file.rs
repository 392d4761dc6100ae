//! The file with the branch's keys: the public one as it is, the seed of the private one under
//! what protects it. It is a file of its own, replaced as a whole, so that a backup can hold the
//! present one and none before it.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::branch::{BranchKey, PublicKey};
use super::device::DeviceSecret;
use super::error::SealError;
use super::hexadecimal::{bytes, hex};
use super::wrap::{Cost, Shut, Wrap};
use crate::own_file;
use crate::versioned_file::{self, Unfit};

/// The file in the data directory.
pub const FILE: &str = own_file::BRANCH_KEY;
/// The version of the file that this program writes.
const VERSION: u64 = 1;
/// A key file has some six hundred bytes.
const MOST: usize = 64 << 10;
/// The most wraps: the PIN's, and that of the one before it while a change is under way.
const MOST_WRAPS: usize = 4;

/// A key file as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyFile {
    path: PathBuf,
    public: PublicKey,
    content: Content,
}

/// What the file says, as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Content {
    version: u64,
    /// In hexadecimal.
    public: String,
    /// Whether the recovery words have been printed.
    words_given: bool,
    seed: Vec<Wrap>,
}

/// What the private key lies under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrapped {
    /// Nothing but the rights of the file.
    Nothing,
    /// The device's secret.
    Device,
    /// The staff's PIN, and no secret of the device.
    Pin,
    /// The staff's PIN and the device's secret.
    PinAndDevice,
}

/// A private key, and what is to be done about how it is kept.
#[derive(Debug)]
pub struct Unlocked {
    /// The key.
    pub key: BranchKey,
    /// Whether the file holds it under anything else than the PIN given and the first of the
    /// devices given: [`KeyFile::put_under_pin`] mends that.
    pub is_loose: bool,
}

impl KeyFile {
    /// Reads the key file of the data directory `data`.
    ///
    /// # Errors
    /// [`SealError::Missing`], [`SealError::Damaged`], [`SealError::Newer`], [`SealError::Io`].
    pub fn read(data: &Path) -> Result<Self, SealError> {
        let path = data.join(FILE);
        let damaged = || SealError::Damaged { path: path.clone() };
        let read = versioned_file::read(&path, MOST, VERSION);
        let content: Content = read.map_err(|unfit| match unfit {
            Unfit::Missing => SealError::Missing { path: path.clone() },
            Unfit::Damaged => damaged(),
            Unfit::Newer(found) => SealError::Newer {
                path: path.clone(),
                found,
                known: VERSION,
            },
            Unfit::Io(error) => SealError::io(&path, &error),
        })?;
        let public = bytes(&content.public).ok_or_else(damaged)?;
        if content.seed.is_empty() || content.seed.len() > MOST_WRAPS {
            return Err(damaged());
        }
        Ok(Self {
            public: PublicKey(public),
            content,
            path,
        })
    }

    /// The key file of `data`; where there is none, one with a new pair under the secret of
    /// `device`, which has no PIN yet.
    ///
    /// # Errors
    /// Those of [`KeyFile::read`]; the disk refuses.
    pub fn read_or_make(data: &Path, device: Option<&DeviceSecret>) -> Result<Self, SealError> {
        match Self::read(data) {
            Err(SealError::Missing { path }) => Self::make(path, &BranchKey::random()?, device),
            read => read,
        }
    }

    /// Puts `key` into `data` under the secret of `device`, in place of whatever key file is there:
    /// for words whose file is gone.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn restore(
        data: &Path,
        key: &BranchKey,
        device: Option<&DeviceSecret>,
    ) -> Result<Self, SealError> {
        let mut file = Self::make(data.join(FILE), key, device)?;
        file.note_words_given()?;
        Ok(file)
    }

    fn make(
        path: PathBuf,
        key: &BranchKey,
        device: Option<&DeviceSecret>,
    ) -> Result<Self, SealError> {
        let file = Self {
            public: key.public(),
            content: Content {
                version: VERSION,
                public: hex(&key.public().0),
                words_given: false,
                seed: vec![Wrap::under_device(key, device)?],
            },
            path,
        };
        file.write()?;
        Ok(file)
    }

    /// Writes the file as it was read, where it was taken away since.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn put_back(&self) -> Result<(), SealError> {
        self.write()
    }

    /// What is sealed to.
    pub fn public(&self) -> PublicKey {
        self.public
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the recovery words have been printed.
    pub fn words_given(&self) -> bool {
        self.content.words_given
    }

    /// What the private key lies under at least.
    pub fn wrapped(&self) -> Wrapped {
        let each = self.content.seed.iter().map(|wrap| match wrap {
            Wrap::Nothing { .. } => (0, Wrapped::Nothing),
            Wrap::Device { .. } => (1, Wrapped::Device),
            Wrap::Pin { device: None, .. } => (2, Wrapped::Pin),
            Wrap::Pin { .. } => (3, Wrapped::PinAndDevice),
        });
        let least = each.min_by_key(|(order, _)| *order);
        least.map_or(Wrapped::Nothing, |(_, wrapped)| wrapped)
    }

    /// The private key, with one of the secrets of `devices` and the PIN where it lies under one.
    /// With a PIN it takes its time.
    ///
    /// # Errors
    /// [`SealError::NeedsPin`] and [`SealError::OtherPin`]; [`SealError::OtherDevice`] where it
    /// lies under a secret that is not at hand; [`SealError::Damaged`]; [`SealError::Uncomputed`].
    pub fn unlock(
        &self,
        pin: Option<&str>,
        devices: &[DeviceSecret],
    ) -> Result<Unlocked, SealError> {
        let mut worst = None;
        for wrap in &self.content.seed {
            if wrap.has_pin() && pin.is_none() {
                worst = worst.or(Some(SealError::NeedsPin {
                    path: self.path.clone(),
                }));
                continue;
            }
            match wrap.open(pin, devices, self.public) {
                Ok(key) => {
                    let is_tight = self.content.seed.len() == 1
                        && wrap.has_pin()
                        && wrap.is_of(devices.first());
                    return Ok(Unlocked {
                        key,
                        is_loose: !is_tight,
                    });
                }
                Err(shut) => worst = Some(why_shut(&self.path, shut)),
            }
        }
        Err(worst.unwrap_or_else(|| SealError::Damaged {
            path: self.path.clone(),
        }))
    }

    /// Why none of `devices` opens it with whatever PIN, where that is so.
    pub fn wants_other_device(&self, devices: &[DeviceSecret]) -> Option<SealError> {
        let wants = |wrap: &Wrap| !wrap.is_of_any(devices);
        self.content
            .seed
            .iter()
            .all(wants)
            .then(|| why_shut(&self.path, Shut::NoDevice))
    }

    /// Puts `key` under `pin` and the secret of `device` as well, beside what it lies under: the
    /// first half of a change of PIN. Power that fails before the second leaves both in force.
    ///
    /// # Errors
    /// It is another key; the hash cannot be computed; the disk refuses. The file is as before.
    pub fn add_pin(
        &mut self,
        key: &BranchKey,
        pin: &str,
        device: Option<&DeviceSecret>,
    ) -> Result<(), SealError> {
        self.put_behind(1, key, pin, device)
    }

    /// Puts `key` under `pin` and the secret of `device`, and under nothing else any more.
    ///
    /// # Errors
    /// Those of [`KeyFile::add_pin`].
    pub fn put_under_pin(
        &mut self,
        key: &BranchKey,
        pin: &str,
        device: Option<&DeviceSecret>,
    ) -> Result<(), SealError> {
        self.put_behind(0, key, pin, device)
    }

    /// Puts `key` under `pin` and the secret of `device`, behind the first `kept` of what it lies
    /// under.
    fn put_behind(
        &mut self,
        kept: usize,
        key: &BranchKey,
        pin: &str,
        device: Option<&DeviceSecret>,
    ) -> Result<(), SealError> {
        self.must_be(key)?;
        let wrap = Wrap::under_pin(key, pin, device, Cost::OF_PIN)?;
        let mut changed = self.clone();
        changed.content.seed.truncate(kept);
        changed.content.seed.push(wrap);
        self.replace(changed)
    }

    /// Forgets what the key lay under before [`KeyFile::add_pin`]: the second half of a change.
    ///
    /// # Errors
    /// The disk refuses; both are in force then.
    pub fn keep_newest(&mut self) -> Result<(), SealError> {
        let mut changed = self.clone();
        let older = changed.content.seed.len().saturating_sub(1);
        changed.content.seed.drain(..older);
        self.replace(changed)
    }

    /// Notes that the recovery words have been printed.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn note_words_given(&mut self) -> Result<(), SealError> {
        let mut changed = self.clone();
        changed.content.words_given = true;
        self.replace(changed)
    }

    fn must_be(&self, key: &BranchKey) -> Result<(), SealError> {
        if key.public() == self.public {
            return Ok(());
        }
        Err(SealError::OtherWords {
            path: self.path.clone(),
        })
    }

    fn replace(&mut self, changed: Self) -> Result<(), SealError> {
        if changed != *self {
            changed.write()?;
            *self = changed;
        }
        Ok(())
    }

    fn write(&self) -> Result<(), SealError> {
        versioned_file::write(&self.path, &self.content)
            .map_err(|error| SealError::io(&self.path, &error))
    }
}

/// What is said of a wrap in the file `path` that does not open.
pub(super) fn why_shut(path: &Path, shut: Shut) -> SealError {
    let path = path.to_owned();
    match shut {
        Shut::Wrong => SealError::OtherPin { path },
        Shut::NoDevice => SealError::OtherDevice { path },
        Shut::Damaged => SealError::Damaged { path },
        Shut::Uncomputed(detail) => SealError::Uncomputed { detail },
    }
}
