//! The branch's seed under the PIN of one more person: whoever may read what customers wrote opens it
//! with a PIN of their own. It is kept with what else is known of that person.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::branch::{BranchKey, PublicKey};
use super::device::DeviceSecret;
use super::error::SealError;
use super::key_file::why_shut;
use super::wrap::{Cost, Wrap};

/// A seed under somebody's PIN and the device's secret, as a file has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PersonalKey(Wrap);

impl PersonalKey {
    /// `key` under `pin` and the secret of `device`. It takes its time.
    ///
    /// # Errors
    /// The hash cannot be computed.
    pub fn of(
        key: &BranchKey,
        pin: &str,
        device: Option<&DeviceSecret>,
    ) -> Result<Self, SealError> {
        Ok(Self(Wrap::under_pin(key, pin, device, Cost::OF_PIN)?))
    }

    /// The key in it, which has to be that of `public`; `file` is named where it is not. It takes its
    /// time.
    ///
    /// # Errors
    /// [`SealError::OtherPin`], [`SealError::OtherDevice`], [`SealError::Damaged`],
    /// [`SealError::Uncomputed`].
    pub fn open(
        &self,
        pin: &str,
        devices: &[DeviceSecret],
        public: PublicKey,
        file: &Path,
    ) -> Result<BranchKey, SealError> {
        let opened = self.0.open(Some(pin), devices, public);
        opened.map_err(|shut| why_shut(file, shut))
    }
}
