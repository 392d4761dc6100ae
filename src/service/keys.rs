//! Setting a PIN with all that hangs on it: the branch's private key goes under the new one, or is
//! opened again by the recovery words.

use std::path::Path;

use thiserror::Error;
use zeroize::Zeroizing;

use super::pin::{self, PinError};
use crate::domain::staff::is_pin;
use crate::own_file;
use crate::seal::words::{self, List};
use crate::seal::{BranchKey, KeyFile, Places, SealError, Wrapped};

/// What became of the key when a PIN was set.
#[derive(Debug)]
pub enum KeyOutcome {
    /// It lies under the new PIN.
    Under,
    /// The same, and its recovery words are to be printed now.
    New(RecoveryWords),
    /// It could not be put under the new PIN, so that what was written until now stays closed.
    Shut(SealError),
}

/// The words that open what customers wrote when the PIN is forgotten or the tablet is gone.
#[derive(Debug)]
pub struct RecoveryWords {
    /// In Chinese characters.
    pub chinese: Vec<&'static str>,
    /// In English.
    pub english: Vec<&'static str>,
}

/// Why the recovery words set no PIN.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RecoverError {
    /// The words, or the key file.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The PIN.
    #[error(transparent)]
    Pin(#[from] PinError),
}

/// Sets the PIN of `data` and puts the branch's key under it, making one where there is none. Where
/// the key lies under the PIN before, `before` is asked for that; whoever has forgotten it sets a
/// PIN all the same. Power that fails meanwhile leaves either PIN in force, with the key under it.
///
/// # Errors
/// It is no PIN, or cannot be hashed or written.
pub fn set_pin(
    data: &Path,
    pin: &str,
    before: &mut dyn FnMut() -> Option<Zeroizing<String>>,
) -> Result<KeyOutcome, PinError> {
    if !is_pin(pin) {
        return Err(PinError::Weak);
    }
    let devices = Places::of_system(data).secrets();
    let opened = KeyFile::read_or_make(data, devices.first()).and_then(|file| {
        let key = match file.unlock(None, &devices) {
            Err(SealError::NeedsPin { .. }) => {
                let before = before();
                file.unlock(before.as_deref().map(String::as_str), &devices)
            }
            opened => opened,
        };
        Ok((file, key?.key))
    });
    let put = opened.and_then(|(mut file, key)| {
        file.add_pin(&key, pin, devices.first())?;
        Ok((file, key))
    });
    pin::set(data, pin)?;
    let kept = put.and_then(|(mut file, key)| {
        file.keep_newest()?;
        if file.words_given() {
            return Ok(KeyOutcome::Under);
        }
        Ok(KeyOutcome::New(words_of(&key)?))
    });
    Ok(kept.unwrap_or_else(KeyOutcome::Shut))
}

/// Notes that the words of [`KeyOutcome::New`] have been printed: they are not printed again.
///
/// # Errors
/// The disk refuses; they are printed once more with the next PIN then.
pub fn words_are_printed(data: &Path) -> Result<(), SealError> {
    KeyFile::read(data)?.note_words_given()
}

/// Opens the branch's key with its recovery words, typed in either list, and puts it under a new
/// PIN. A key file that is gone or damaged is made anew from them; a damaged one is set aside.
///
/// # Errors
/// [`RecoverError`]; everything is as before then.
pub fn recover(data: &Path, typed: &str, pin: &str) -> Result<(), RecoverError> {
    let key = words::read(typed)?;
    if !is_pin(pin) {
        return Err(PinError::Weak.into());
    }
    let devices = Places::of_system(data).secrets();
    let device = devices.first();
    let mut file = match KeyFile::read(data) {
        Err(SealError::Missing { .. }) => KeyFile::restore(data, &key, device)?,
        Err(SealError::Damaged { path }) => {
            own_file::set_aside(&path).map_err(|error| SealError::Io {
                path: path.clone(),
                detail: error.to_string(),
            })?;
            KeyFile::restore(data, &key, device)?
        }
        read => read?,
    };
    file.add_pin(&key, pin, device)?;
    pin::set(data, pin)?;
    file.keep_newest()?;
    Ok(())
}

/// What is to be said about the keys of `data`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// The key file cannot be used, or its key lies under the secret of another device: nobody can
    /// read what customers wrote.
    Fault(SealError),
    /// The recovery words have never been printed.
    NoWords,
    /// There is no place for a secret of the device outside the data directory.
    NoDevice,
    /// No PIN is set: the device's secret alone protects the key.
    NoPin,
}

/// Looks at the keys of `data` without touching anything; nothing is found where there are none
/// yet.
pub fn look(data: &Path) -> Vec<Found> {
    let file = match KeyFile::read(data) {
        Ok(file) => file,
        Err(SealError::Missing { .. }) => return Vec::new(),
        Err(error) => return vec![Found::Fault(error)],
    };
    let mut found = Vec::new();
    let places = Places::of_system(data);
    if let Some(error) = file.wants_other_device(&places.find()) {
        found.push(Found::Fault(error));
    }
    match file.wrapped() {
        Wrapped::Nothing | Wrapped::Pin => found.push(Found::NoDevice),
        Wrapped::Device if !pin::is_set(data) => found.push(Found::NoPin),
        Wrapped::Device | Wrapped::PinAndDevice => {}
    }
    if !file.words_given() {
        found.push(Found::NoWords);
    }
    found
}

fn words_of(key: &BranchKey) -> Result<RecoveryWords, SealError> {
    Ok(RecoveryWords {
        chinese: words::of(key, List::Chinese)?,
        english: words::of(key, List::English)?,
    })
}
