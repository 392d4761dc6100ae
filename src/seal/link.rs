//! The secret of a link to somebody's phone, and the keys of single contents under it: whoever has the
//! secret opens these and nothing else, and whoever has the data directory alone opens none.

use std::fmt;

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{ChaCha20Poly1305, KeyInit, Nonce};
use hkdf::Hkdf;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::branch::{CONTENT_KEY, ContentKey, KEY, name};
use super::error::{SealError, randomize};
use super::hexadecimal::{bytes, hex};

/// Bytes of a secret: as many as nobody guesses.
const SECRET: usize = 16;
/// Characters of a secret as an address has it.
const WRITTEN: usize = 26;
/// Digits and letters that cannot be taken for each other (Crockford's base 32), five bits each.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// What tells keys derived from a secret from any other use of it.
const WRAPS: &[u8] = b"lobby-kiosk phone link key 1";
/// The same for what it is recognised by, and for what proves that a form is of its phone.
const KNOWN: &[u8] = b"lobby-kiosk phone link known 1";
const PROOF: &[u8] = b"lobby-kiosk phone link proof 1";

/// What opens a link: in the code on the screen until a phone uses it, then in that phone alone. It is
/// wiped when it is dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct LinkSecret(Zeroizing<[u8; SECRET]>);

impl fmt::Debug for LinkSecret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("LinkSecret")
    }
}

/// The key of one content under a link's secret, as a file has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkWrap {
    /// The content's id.
    pub content: String,
    /// Its key, wrapped; in hexadecimal.
    wrapped: String,
}

impl LinkSecret {
    /// A new one.
    ///
    /// # Errors
    /// [`SealError::Uncomputed`] if the system has no randomness to give.
    pub fn random() -> Result<Self, SealError> {
        let mut secret = Zeroizing::new([0; SECRET]);
        randomize(&mut *secret)?;
        Ok(Self(secret))
    }

    /// As an address and a phone have it: 26 digits and small letters.
    pub fn written(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(WRITTEN));
        let bit = |place: usize| {
            let byte = self.0.get(place / 8).copied().unwrap_or(0);
            usize::from(byte >> (7 - place % 8) & 1)
        };
        for sign in 0..WRITTEN {
            let digit = (0..5).fold(0, |digit, of| digit << 1 | bit(sign * 5 + of));
            text.push(char::from(ALPHABET.get(digit).copied().unwrap_or(b'0')));
        }
        text
    }

    /// What was written so, in capitals or not, perhaps by hand; none for anything else.
    pub fn read(written: &str) -> Option<Self> {
        let mut secret = Zeroizing::new([0_u8; SECRET]);
        let mut signs = 0;
        for sign in written.bytes() {
            let sign = match sign.to_ascii_lowercase() {
                b'o' => b'0',
                b'i' | b'l' => b'1',
                other => other,
            };
            let digit = ALPHABET.iter().position(|one| *one == sign)?;
            for of in 0..5 {
                let (place, set) = (signs * 5 + of, digit >> (4 - of) & 1 == 1);
                match secret.get_mut(place / 8) {
                    Some(byte) => *byte |= u8::from(set) << (7 - place % 8),
                    None if set => return None,
                    None => {}
                }
            }
            signs += 1;
        }
        (signs == WRITTEN).then_some(Self(secret))
    }

    /// What it is recognised by: the one thing that a disk keeps of it.
    pub fn known_by(&self) -> String {
        hex(&self.digest(KNOWN, b""))
    }

    /// What proves that `form` was opened on the phone that has this secret.
    pub fn proof(&self, form: &str) -> String {
        hex(&self.digest(PROOF, form.as_bytes()))
    }

    fn digest(&self, purpose: &[u8], of: &[u8]) -> [u8; 32] {
        let whole = Sha256::new()
            .chain_update(purpose)
            .chain_update(*self.0)
            .chain_update(of);
        whole.finalize().into()
    }

    /// The key of the content `id` of `topic`, to be opened with this secret alone.
    ///
    /// # Errors
    /// [`SealError::Uncomputed`].
    pub fn wrap(&self, key: &ContentKey, topic: &str, id: &str) -> Result<LinkWrap, SealError> {
        let plain = Payload {
            msg: key.whole(),
            aad: id.as_bytes(),
        };
        // A key for each content of each secret, so that no nonce is needed.
        let wrapped = ChaCha20Poly1305::new(&(*self.key_for(topic, id)).into())
            .encrypt(&Nonce::default(), plain)
            .map_err(|error| SealError::uncomputed(&error))?;
        Ok(LinkWrap {
            content: id.to_owned(),
            wrapped: hex(&wrapped),
        })
    }

    /// The key in `wrap`, which is of a content of `topic`; none where another secret wrapped it.
    pub fn open(&self, wrap: &LinkWrap, topic: &str) -> Option<ContentKey> {
        let wrapped: [u8; CONTENT_KEY + 16] = bytes(&wrap.wrapped)?;
        let sealed = Payload {
            msg: &wrapped,
            aad: wrap.content.as_bytes(),
        };
        let opened = ChaCha20Poly1305::new(&(*self.key_for(topic, &wrap.content)).into())
            .decrypt(&Nonce::default(), sealed);
        let opened = Zeroizing::new(opened.ok()?);
        let mut whole = Zeroizing::new([0; CONTENT_KEY]);
        *whole = opened.as_slice().try_into().ok()?;
        Some(ContentKey::of_whole(whole))
    }

    fn key_for(&self, topic: &str, id: &str) -> Zeroizing<[u8; KEY]> {
        let mut key = Zeroizing::new([0; KEY]);
        let info = [WRAPS, &name(topic, id)].concat();
        #[expect(clippy::unused_result_ok, reason = "it gives keys of up to 8 KiB")]
        Hkdf::<Sha256>::new(None, &*self.0)
            .expand(&info, &mut *key)
            .ok();
        key
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_reads_back_as_it_was_written_and_as_somebody_types_it() {
        for _ in 0..200 {
            let secret = LinkSecret::random().unwrap();
            let written = secret.written();
            assert_eq!(written.len(), WRITTEN);
            assert!(LinkSecret::read(&written).as_ref() == Some(&secret));
            let typed = written.to_uppercase().replace('0', "O").replace('1', "l");
            assert!(LinkSecret::read(&typed).as_ref() == Some(&secret));
            let shorter = written.get(1..).unwrap();
            assert!(LinkSecret::read(shorter).is_none());
        }
        // Two bits of the last sign stand for nothing: no other address opens the same.
        assert!(LinkSecret::read(&"z".repeat(WRITTEN)).is_none());
        assert!(LinkSecret::read("").is_none());
        assert!(LinkSecret::read(&"u".repeat(WRITTEN)).is_none());
    }

    #[test]
    fn a_key_opens_with_its_own_secret_under_its_own_name_alone() {
        let (secret, other) = (LinkSecret::random().unwrap(), LinkSecret::random().unwrap());
        let key = ContentKey::random().unwrap();
        let wrap = secret.wrap(&key, "complaint:1", "a").unwrap();
        assert!(secret.open(&wrap, "complaint:1").as_ref() == Some(&key));
        assert!(other.open(&wrap, "complaint:1").is_none());
        assert!(secret.open(&wrap, "complaint:2").is_none());
        let renamed = LinkWrap {
            content: "b".to_owned(),
            ..wrap
        };
        assert!(secret.open(&renamed, "complaint:1").is_none());
    }

    #[test]
    fn what_is_kept_of_a_secret_tells_neither_it_nor_what_it_proves() {
        let secret = LinkSecret::random().unwrap();
        let known = secret.known_by();
        assert_ne!(known, secret.proof(""));
        assert_ne!(secret.proof("a"), secret.proof("b"));
        assert!(!known.contains(secret.written().as_str()));
    }
}
