//! The staff's PIN: kept as a slow hash in a file of its own, so that it can be set and removed
//! beside a running kiosk, and by nobody who cannot write to the data directory.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{self, PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::atomic_file::{self, Readers};
use crate::domain::staff::is_pin;
use crate::own_file;
use crate::private;

/// The file in the data directory.
pub const FILE: &str = own_file::PIN;
/// Memory (KiB), passes and lanes of a new hash: the least that OWASP asks of Argon2id, and within
/// what a small tablet has.
const COST: (u32, u32, u32) = (19_456, 2, 1);
/// The most that a hash may ask for: whoever edits the file must not bring the tablet to its knees.
const MOST_COST: (u32, u32, u32) = (65_536, 10, 4);
const SALT_BYTES: usize = 16;
/// A hash has some hundred bytes.
const MOST_BYTES: usize = 1024;
/// What is longer was never a PIN.
const MOST_TYPED: usize = 64;

/// What can go wrong with the PIN. `i18n::pin` words it for people.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PinError {
    /// Not 6 to 12 digits, or the first that anybody would try.
    #[error("no PIN to be set")]
    Weak,
    /// None has been set.
    #[error("{path}: no PIN is set", path = path.display())]
    NotSet {
        /// The file that would hold it.
        path: PathBuf,
    },
    /// The file holds no hash that can be used.
    #[error("{path}: not a PIN's hash", path = path.display())]
    Broken {
        /// The file.
        path: PathBuf,
    },
    /// The file cannot be read, written or removed.
    #[error("{path}: {detail}", path = path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's words.
        detail: String,
    },
    /// The hash could not be computed: no random numbers, or no memory.
    #[error("the hash cannot be computed: {detail}")]
    Hash {
        /// The system's words.
        detail: String,
    },
}

/// Sets the PIN, in place of the one before it. Power that fails meanwhile leaves either.
///
/// # Errors
/// It is no PIN, or cannot be hashed or written.
pub fn set(data: &Path, pin: &str) -> Result<(), PinError> {
    let hash = hash(pin)?;
    let path = data.join(FILE);
    private::create_dir(data)
        .and_then(|()| {
            own_file::make_way(data);
            let line = format!("{hash}\n");
            atomic_file::write(&path, line.as_bytes(), Readers::Owner)
        })
        .map_err(|error| io(&path, &error))
}

/// The slow hash of a PIN, with a salt of its own, as a text that says how it was made. It takes its
/// time and 19 MiB.
///
/// # Errors
/// It is no PIN, or cannot be hashed.
pub(super) fn hash(pin: &str) -> Result<String, PinError> {
    if !is_pin(pin) {
        return Err(PinError::Weak);
    }
    let mut salt = [0; SALT_BYTES];
    getrandom::fill(&mut salt).map_err(|error| PinError::Hash {
        detail: error.to_string(),
    })?;
    let hash = hasher()
        .hash_password_with_salt(pin.as_bytes(), &salt)
        .map_err(|error| uncomputed(&error))?;
    Ok(hash.to_string())
}

/// What tells a PIN's hash from any other, though it be of the same digits: nothing of them can be
/// had from it.
pub(super) fn mark_of(hash: &str) -> String {
    let digest = Sha256::digest(hash.as_bytes());
    base16ct::lower::encode_string(&digest[..8])
}

/// Whether a PIN has been set: a file that is there and cannot be read is no open door.
pub fn is_set(data: &Path) -> bool {
    match fs::symlink_metadata(data.join(FILE)) {
        Ok(_) => true,
        Err(error) => !is_missing(&error),
    }
}

/// What tells the PIN that is set now from any other, though it be of the same digits: nothing of
/// them can be had from it, because what it is taken from is salted. None where none is set, or
/// the file cannot be read.
pub fn mark(data: &Path) -> Option<String> {
    Some(mark_of(&read(&data.join(FILE)).ok()?))
}

/// Whether `pin` is the one that is set now. It is slow on purpose, some tens of milliseconds or more
/// on a small tablet, and takes 19 MiB for so long.
///
/// # Errors
/// None is set, or the file is broken or cannot be read.
pub fn matches(data: &Path, pin: &str) -> Result<bool, PinError> {
    let path = data.join(FILE);
    let text = read(&path)?;
    is_of(&path, text.trim_end(), pin)
}

/// Whether `hash`, from the file `path`, is that of `pin`. It is slow on purpose.
///
/// # Errors
/// It is no hash that can be used, or none can be computed.
pub(super) fn is_of(path: &Path, hash: &str, pin: &str) -> Result<bool, PinError> {
    let broken = || PinError::Broken {
        path: path.to_owned(),
    };
    let hash = PasswordHash::new(hash).map_err(|_| broken())?;
    if hash.hash.is_none() || hash.salt.is_none() || !is_bearable(&hash) {
        return Err(broken());
    }
    if pin.len() > MOST_TYPED {
        return Ok(false);
    }
    match hasher().verify_password(pin.as_bytes(), &hash) {
        Ok(()) => Ok(true),
        Err(password_hash::Error::PasswordInvalid) => Ok(false),
        Err(error @ password_hash::Error::OutOfMemory) => Err(uncomputed(&error)),
        Err(_) => Err(broken()),
    }
}

/// Removes the PIN, if there is one; says whether there was.
///
/// # Errors
/// The disk refuses.
pub fn remove(data: &Path) -> Result<bool, PinError> {
    let path = data.join(FILE);
    match fs::remove_file(&path).and_then(|()| atomic_file::sync(data)) {
        Ok(()) => Ok(true),
        Err(error) if is_missing(&error) => Ok(false),
        Err(error) => Err(io(&path, &error)),
    }
}

fn hasher() -> Argon2<'static> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// Whether a hash is of the kind that is written here, at a cost that the tablet can bear.
fn is_bearable(hash: &PasswordHash) -> bool {
    let (memory, passes, lanes) = MOST_COST;
    hash.algorithm.as_str() == Algorithm::Argon2id.as_str()
        && hash.version == Some(Version::V0x13.into())
        && Params::try_from(hash).is_ok_and(|params| {
            params.m_cost() <= memory && params.t_cost() <= passes && params.p_cost() <= lanes
        })
}

fn read(path: &Path) -> Result<String, PinError> {
    let owned = || path.to_owned();
    let bytes = own_file::read(path, MOST_BYTES).map_err(|error| match error.kind() {
        ErrorKind::NotFound => PinError::NotSet { path: owned() },
        ErrorKind::FileTooLarge => PinError::Broken { path: owned() },
        _ => io(path, &error),
    })?;
    String::from_utf8(bytes).map_err(|_| PinError::Broken { path: owned() })
}

fn is_missing(error: &std::io::Error) -> bool {
    error.kind() == ErrorKind::NotFound
}

fn io(path: &Path, error: &std::io::Error) -> PinError {
    PinError::Io {
        path: path.to_owned(),
        detail: error.to_string(),
    }
}

fn uncomputed(error: &password_hash::Error) -> PinError {
    PinError::Hash {
        detail: error.to_string(),
    }
}
