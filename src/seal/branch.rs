//! The branch's key pair, and the keys of contents that are sealed to it.

use std::fmt;

use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{
    Deserializable, Kem, OpModeR, OpModeS, Serializable, single_shot_open, single_shot_seal,
};
use zeroize::Zeroizing;

use super::error::{SealError, randomize};

/// Bytes of a seed, and of either key.
pub const KEY: usize = 32;
/// Bytes of a content's key and of the salt that belongs to it.
pub(super) const CONTENT_KEY: usize = 2 * KEY;
/// What HPKE puts before a ciphertext, and the tag behind it.
const ENCAPSULATED: usize = 32;
const TAG: usize = 16;
/// Bytes of a sealed content key.
pub const SEALED_BYTES: usize = ENCAPSULATED + CONTENT_KEY + TAG;
/// What tells these seals from any other use of the same pair.
const PURPOSE: &[u8] = b"lobby-kiosk content key 1";

/// What is sealed to. It is no secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicKey(pub [u8; KEY]);

/// The key of one content, with the salt of what was written about it in the clear. Both are
/// wiped when they are dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct ContentKey(Zeroizing<[u8; CONTENT_KEY]>);

/// A content's key as only the private key opens it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SealedKey(pub [u8; SEALED_BYTES]);

/// The private key with the seed that it is derived from. Both are wiped when it is dropped.
pub struct BranchKey {
    seed: Zeroizing<[u8; KEY]>,
    private: <X25519HkdfSha256 as Kem>::PrivateKey,
    public: PublicKey,
}

impl fmt::Debug for ContentKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("ContentKey")
    }
}

impl fmt::Debug for SealedKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("SealedKey")
    }
}

impl fmt::Debug for BranchKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_tuple("BranchKey").field(&self.public).finish()
    }
}

impl ContentKey {
    /// A new one.
    ///
    /// # Errors
    /// [`SealError::Uncomputed`] if the system has no randomness to give.
    pub fn random() -> Result<Self, SealError> {
        let mut bytes = Zeroizing::new([0; CONTENT_KEY]);
        randomize(&mut *bytes)?;
        Ok(Self(bytes))
    }

    /// One that lay in the clear.
    pub fn of(key: &[u8; KEY], salt: &[u8; KEY]) -> Self {
        let mut bytes = Zeroizing::new([0; CONTENT_KEY]);
        for (to, from) in bytes.iter_mut().zip(key.iter().chain(salt)) {
            *to = *from;
        }
        Self(bytes)
    }

    /// What the content is encrypted with.
    pub fn key(&self) -> &[u8; KEY] {
        let (key, _) = self.halves();
        key
    }

    /// What is digested before the content.
    pub fn salt(&self) -> &[u8; KEY] {
        let (_, salt) = self.halves();
        salt
    }

    /// Both, for wrapping them again.
    pub(super) fn whole(&self) -> &[u8; CONTENT_KEY] {
        &self.0
    }

    /// Both, as they were wrapped.
    pub(super) fn of_whole(bytes: Zeroizing<[u8; CONTENT_KEY]>) -> Self {
        Self(bytes)
    }

    fn halves(&self) -> (&[u8; KEY], &[u8; KEY]) {
        match self.0.as_chunks::<KEY>().0 {
            [key, salt] => (key, salt),
            // It has two halves by its type.
            _ => (&[0; KEY], &[0; KEY]),
        }
    }
}

impl PublicKey {
    /// Seals `key` as that of the content `id` of `topic`: under any other name it does not open.
    ///
    /// # Errors
    /// [`SealError::Uncomputed`] where this is no public key.
    ///
    /// # Panics
    /// If the system has no randomness to give, which it had for `key` a moment ago.
    pub fn seal(&self, key: &ContentKey, topic: &str, id: &str) -> Result<SealedKey, SealError> {
        let failed = |error: hpke::HpkeError| SealError::uncomputed(&error);
        let public = <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(&self.0).map_err(failed)?;
        let (encapsulated, sealed) = single_shot_seal::<
            ChaCha20Poly1305,
            HkdfSha256,
            X25519HkdfSha256,
        >(
            &OpModeS::Base, &public, PURPOSE, &*key.0, &name(topic, id)
        )
        .map_err(failed)?;
        let whole = [&encapsulated.to_bytes()[..], &sealed].concat();
        let whole = whole.try_into().map_err(|_| SealError::Uncomputed {
            detail: "length".to_owned(),
        })?;
        Ok(SealedKey(whole))
    }
}

impl BranchKey {
    /// A new pair.
    ///
    /// # Errors
    /// [`SealError::Uncomputed`] if the system has no randomness to give.
    pub fn random() -> Result<Self, SealError> {
        let mut seed = Zeroizing::new([0; KEY]);
        randomize(&mut *seed)?;
        Ok(Self::from_seed(seed))
    }

    /// The pair that belongs to a seed, always the same (RFC 9180, `DeriveKeyPair`).
    pub fn from_seed(seed: Zeroizing<[u8; KEY]>) -> Self {
        let (private, public) = X25519HkdfSha256::derive_keypair(&*seed);
        let public = PublicKey(public.to_bytes().into());
        Self {
            seed,
            private,
            public,
        }
    }

    /// What is sealed to.
    pub fn public(&self) -> PublicKey {
        self.public
    }

    /// What it is derived from: for wrapping, and for the words.
    pub(super) fn seed(&self) -> &[u8; KEY] {
        &self.seed
    }

    /// The key of the content `id` of `topic`; none where it was sealed to another pair or under
    /// another name, or was changed.
    pub fn open(&self, sealed: &SealedKey, topic: &str, id: &str) -> Option<ContentKey> {
        let (encapsulated, sealed) = sealed.0.split_at(ENCAPSULATED);
        let encapsulated = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(encapsulated).ok()?;
        let opened = single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeR::Base,
            &self.private,
            &encapsulated,
            PURPOSE,
            sealed,
            &name(topic, id),
        );
        let opened = Zeroizing::new(opened.ok()?);
        let mut bytes = Zeroizing::new([0; CONTENT_KEY]);
        *bytes = opened.as_slice().try_into().ok()?;
        Some(ContentKey(bytes))
    }
}

/// What a seal is bound to, so that no two pairs of names give the same bytes.
pub(super) fn name(topic: &str, id: &str) -> Vec<u8> {
    let length = (topic.len() as u64).to_le_bytes();
    [&length[..], topic.as_bytes(), id.as_bytes()].concat()
}
