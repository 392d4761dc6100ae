//! The one-time tokens of forms. The tablet signs them and keeps none: what a visitor made up is
//! told by its signature, and an old one by its time, so that forms cost no room until one is
//! taken in.

use chrono::{DateTime, Duration, Utc};

use super::receipts::Secret;

/// Characters of a form's one-time token: sixteen random bytes, four of its time and sixteen of
/// the tablet's signature, each as two digits of base 16 …
pub const TOKEN: usize = 72;
/// … and of the unsigned one of earlier versions, whose complaints are still known by it.
pub const OLD_TOKEN: usize = 32;
/// Random bytes of a token.
const RANDOM: usize = 16;
/// Bytes before the signature: the random ones, and seconds since 1970.
const SIGNED: usize = RANDOM + 4;
/// How long a form may lie open before it is sent.
pub const GOOD_FOR: Duration = Duration::hours(24);

/// Whether this is a token as forms carry it.
pub fn is_token(token: &str) -> bool {
    [TOKEN, OLD_TOKEN].contains(&token.len())
        && token
            .bytes()
            .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

impl Secret {
    /// A new token of a form that is opened at `at`; none where the system has no randomness to
    /// give.
    pub fn form_token(&self, at: DateTime<Utc>) -> Option<String> {
        let mut bytes = [0_u8; SIGNED + 16];
        let (signed, signature) = bytes.split_at_mut(SIGNED);
        let (random, time) = signed.split_at_mut(RANDOM);
        getrandom::fill(random).ok()?;
        time.copy_from_slice(&seconds(at).to_be_bytes());
        signature.copy_from_slice(&self.signature(signed));
        Some(base16ct::lower::encode_string(&bytes))
    }

    /// Whether this tablet gave the token out, within the last day before `now`. Where the clock
    /// was set meanwhile it may be refused, and the form comes back with a new one.
    pub fn is_form_token(&self, token: &str, now: DateTime<Utc>) -> bool {
        let mut bytes = [0_u8; TOKEN / 2];
        let Ok(bytes) = base16ct::lower::decode(token, &mut bytes) else {
            return false;
        };
        let Some((signed, signature)) = bytes.split_at_checked(SIGNED) else {
            return false;
        };
        let Some(Ok(time)) = signed.get(RANDOM..).map(<[u8; 4]>::try_from) else {
            return false;
        };
        let age = i64::from(seconds(now)) - i64::from(u32::from_be_bytes(time));
        // A clock may be corrected by a little while a form lies open.
        same(&self.signature(signed), signature) && (-60..=GOOD_FOR.num_seconds()).contains(&age)
    }

    fn signature(&self, signed: &[u8]) -> [u8; 16] {
        let mut short = [0; 16];
        let whole = self.keyed("form", signed);
        short.copy_from_slice(whole.split_at(16).0);
        short
    }
}

fn seconds(at: DateTime<Utc>) -> u32 {
    u32::try_from(at.timestamp().max(0)).unwrap_or(u32::MAX)
}

/// Whether two are the same, in a time that does not tell where they differ.
pub(super) fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}
