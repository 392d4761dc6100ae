//! Keys for what customers write: everybody may seal, and only the staff may open.
//!
//! The branch has one key pair. Whoever receives words seals their key to the public one and cannot
//! read them back; the private one comes from 32 random bytes, the seed. The seed lies in
//! [`key_file`] under the staff's PIN and a secret of the device, which never lies in the data
//! directory ([`device`]), and on paper as 24 words ([`words`]); and under
//! the PIN of each further person with what is known of that person ([`PersonalKey`]). For a phone the
//! keys of one thing alone lie under a secret that only that phone has ([`LinkSecret`]).
//!
//! Sealing is HPKE (RFC 9180: X25519, HKDF-SHA-256, ChaCha20-Poly1305), wrapping is argon2id (RFC
//! 9106) or HKDF (RFC 5869) and ChaCha20-Poly1305. Nothing here knows of complaints, SQLite or
//! screens.

pub mod branch;
pub mod device;
mod error;
mod hexadecimal;
pub mod key_file;
mod link;
mod personal;
pub mod words;
mod wrap;

pub use branch::{BranchKey, ContentKey, PublicKey, SEALED_BYTES, SealedKey};
pub use device::{DeviceSecret, Places};
pub use error::{SealError, randomize};
pub use key_file::{KeyFile, Unlocked, Wrapped};
pub use link::{LinkSecret, LinkWrap};
pub use personal::PersonalKey;
pub use wrap::Cost;
