//! The seed under another secret: the device's alone while no PIN is set, else the device's and the
//! staff's PIN together.

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{ChaCha20Poly1305, KeyInit, Nonce};
use hkdf::Hkdf;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::branch::{BranchKey, KEY, PublicKey};
use super::device::DeviceSecret;
use super::error::{SealError, randomize};
use super::hexadecimal::{bytes, hex};

const SALT: usize = 16;
/// Bytes of a wrapped seed: the seed and its tag.
const WRAPPED: usize = KEY + 16;

/// What the slow hash of a PIN costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// KiB of memory.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
}

impl Cost {
    /// The least that OWASP asks of argon2id, and within what a small tablet has.
    pub const OF_PIN: Self = Self {
        memory_kib: 19_456,
        passes: 2,
    };

    /// The most that a key file may ask for: whoever edits it must not bring the tablet to its
    /// knees.
    const MOST: Self = Self {
        memory_kib: 262_144,
        passes: 16,
    };

    fn is_bearable(self) -> bool {
        self.memory_kib <= Self::MOST.memory_kib && self.passes <= Self::MOST.passes
    }
}

/// A seed under something, as the key file has it. Bytes are hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "under", rename_all = "kebab-case")]
pub(super) enum Wrap {
    /// Nothing: there was no place for a secret of the device, and no PIN.
    Nothing {
        /// The seed.
        seed: String,
    },
    /// The device's secret.
    Device {
        /// Which, by [`DeviceSecret::id`].
        device: String,
        /// Of the key that it was wrapped with.
        salt: String,
        /// The seed.
        wrapped: String,
    },
    /// The staff's PIN, and the device's secret where there is one.
    Pin {
        /// Which device's; none where there was none.
        device: Option<String>,
        /// Of the slow hash.
        salt: String,
        /// Of the slow hash.
        #[serde(flatten)]
        cost: Cost,
        /// The seed.
        wrapped: String,
    },
}

/// Why a wrap does not open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shut {
    /// Not this PIN, or not these bytes any more.
    Wrong,
    /// The device's secret is not among those at hand.
    NoDevice,
    /// It does not say what every wrap says.
    Damaged,
    /// No memory for the hash.
    Uncomputed(String),
}

impl Wrap {
    /// Under the device's secret alone.
    pub(super) fn under_device(
        key: &BranchKey,
        device: Option<&DeviceSecret>,
    ) -> Result<Self, SealError> {
        let Some(device) = device else {
            return Ok(Self::Nothing {
                seed: hex(key.seed()),
            });
        };
        let salt = fresh_salt()?;
        let wrapped = encrypt(&derive(device, &salt), key)?;
        Ok(Self::Device {
            device: device.id(),
            salt: hex(&salt),
            wrapped,
        })
    }

    /// Under the PIN, and the device's secret where there is one.
    pub(super) fn under_pin(
        key: &BranchKey,
        pin: &str,
        device: Option<&DeviceSecret>,
        cost: Cost,
    ) -> Result<Self, SealError> {
        let salt = fresh_salt()?;
        let hash = stretch(pin, device, &salt, cost).map_err(|shut| SealError::Uncomputed {
            detail: format!("{shut:?}"),
        })?;
        Ok(Self::Pin {
            device: device.map(DeviceSecret::id),
            salt: hex(&salt),
            cost,
            wrapped: encrypt(&hash, key)?,
        })
    }

    /// Whether it lies under a PIN.
    pub(super) fn has_pin(&self) -> bool {
        matches!(self, Self::Pin { .. })
    }

    /// Whether it lies under this device's secret, or under none where there is none.
    pub(super) fn is_of(&self, wanted: Option<&DeviceSecret>) -> bool {
        self.device() == wanted.map(DeviceSecret::id).as_ref()
    }

    /// Whether it lies under the secret of one of these devices, or under none.
    pub(super) fn is_of_any(&self, devices: &[DeviceSecret]) -> bool {
        self.device()
            .is_none_or(|id| devices.iter().any(|one| one.id() == *id))
    }

    fn device(&self) -> Option<&String> {
        match self {
            Self::Nothing { .. } => None,
            Self::Device { device, .. } => Some(device),
            Self::Pin { device, .. } => device.as_ref(),
        }
    }

    /// The key in it, with one of the secrets of `devices` and, where one is needed, the PIN.
    pub(super) fn open(
        &self,
        pin: Option<&str>,
        devices: &[DeviceSecret],
        public: PublicKey,
    ) -> Result<BranchKey, Shut> {
        let find = |id: &String| devices.iter().find(|one| one.id() == *id);
        let seed = match self {
            Self::Nothing { seed } => Zeroizing::new(written::<KEY>(seed)?),
            Self::Device {
                device,
                salt,
                wrapped,
            } => {
                let device = find(device).ok_or(Shut::NoDevice)?;
                let hash = derive(device, &written::<SALT>(salt)?);
                decrypt(&hash, wrapped, public)?
            }
            Self::Pin {
                device,
                salt,
                cost,
                wrapped,
            } => {
                let device = match device {
                    Some(id) => Some(find(id).ok_or(Shut::NoDevice)?),
                    None => None,
                };
                let pin = pin.ok_or(Shut::Wrong)?;
                let hash = stretch(pin, device, &written::<SALT>(salt)?, *cost)?;
                decrypt(&hash, wrapped, public)?
            }
        };
        let key = BranchKey::from_seed(seed);
        if key.public() == public {
            Ok(key)
        } else {
            Err(Shut::Damaged)
        }
    }
}

fn fresh_salt() -> Result<[u8; SALT], SealError> {
    let mut salt = [0; SALT];
    randomize(&mut salt)?;
    Ok(salt)
}

/// The key under which a seed lies that only the device protects.
fn derive(device: &DeviceSecret, salt: &[u8; SALT]) -> Zeroizing<[u8; KEY]> {
    let mut key = Zeroizing::new([0; KEY]);
    let hkdf = Hkdf::<Sha256>::new(Some(salt), device.bytes());
    #[expect(clippy::unused_result_ok, reason = "it gives keys of up to 8 KiB")]
    hkdf.expand(b"lobby-kiosk seed under device 1", &mut *key)
        .ok();
    key
}

/// The key under which a seed lies that the PIN protects: the slow hash with the device's secret as
/// its own secret input, so that neither is of use without the other.
fn stretch(
    pin: &str,
    device: Option<&DeviceSecret>,
    salt: &[u8; SALT],
    cost: Cost,
) -> Result<Zeroizing<[u8; KEY]>, Shut> {
    if !cost.is_bearable() {
        return Err(Shut::Damaged);
    }
    let params =
        Params::new(cost.memory_kib, cost.passes, 1, Some(KEY)).map_err(|_| Shut::Damaged)?;
    let (algorithm, version) = (Algorithm::Argon2id, Version::V0x13);
    let argon2 = match device {
        Some(device) => Argon2::new_with_secret(device.bytes(), algorithm, version, params)
            .map_err(|_| Shut::Damaged)?,
        None => Argon2::new(algorithm, version, params),
    };
    let mut key = Zeroizing::new([0; KEY]);
    argon2
        .hash_password_into(pin.as_bytes(), salt, &mut *key)
        .map_err(|error| Shut::Uncomputed(error.to_string()))?;
    Ok(key)
}

fn encrypt(under: &[u8; KEY], key: &BranchKey) -> Result<String, SealError> {
    // Each has a salt of its own, so that no key is used twice and the nonce need not differ.
    let payload = Payload {
        msg: key.seed(),
        aad: &key.public().0,
    };
    let wrapped = ChaCha20Poly1305::new(&(*under).into())
        .encrypt(&Nonce::default(), payload)
        .map_err(|error| SealError::uncomputed(&error))?;
    Ok(hex(&wrapped))
}

fn decrypt(
    under: &[u8; KEY],
    wrapped: &str,
    public: PublicKey,
) -> Result<Zeroizing<[u8; KEY]>, Shut> {
    let wrapped = written::<WRAPPED>(wrapped)?;
    let payload = Payload {
        msg: &wrapped[..],
        aad: &public.0,
    };
    let seed = ChaCha20Poly1305::new(&(*under).into()).decrypt(&Nonce::default(), payload);
    let seed = Zeroizing::new(seed.map_err(|_| Shut::Wrong)?);
    let mut key = Zeroizing::new([0; KEY]);
    *key = seed.as_slice().try_into().map_err(|_| Shut::Damaged)?;
    Ok(key)
}

/// So many bytes that the key file has in hexadecimal.
fn written<const LENGTH: usize>(text: &str) -> Result<[u8; LENGTH], Shut> {
    bytes(text).ok_or(Shut::Damaged)
}
