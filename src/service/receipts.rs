//! The numbers that complaints are followed up with. A number is drawn from the form's one-time
//! token, so that a form sent twice shows the same one; what is kept of it are hashes.
//!
//! The last four digits of a number are drawn from its others with the tablet's secret: a number
//! that somebody made up is told from one that was given out without the slow hash, all but once
//! in ten thousand. Numbers of earlier versions have no such digits.
//!
//! That is why the quick hash stands in until it is quiet: a slow one takes 10 to 40 ms, and 64
//! visitors who send at once are answered in a hundredth of the time that one for each would take.
//!
//! The slow hash is computed by one thread, one at a time, with a short queue in which the
//! addresses take turns: strangers who try numbers must not take the tablet's processor from
//! those whom it guides, nor the answer from those who wait for one.

use std::collections::VecDeque;
use std::net::IpAddr;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use argon2::{Algorithm, Argon2, Params, Version};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use tokio::sync::oneshot;

use super::form_tokens::{OLD_TOKEN, TOKEN};
use super::jobs::caught;
use crate::domain::receipt::Receipt;

/// How long no new number has come when the quick hashes of earlier ones are replaced.
const QUIET: Duration = Duration::from_secs(1);

/// A hash of a number or a token.
pub type Hash = [u8; 32];

/// KiB of memory and passes of the slow hash: OWASP's smallest for argon2id in its larger-memory
/// form, some tens of milliseconds on a tablet.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
/// How many numbers wait for the slow hash at most; whoever comes then is asked to try again.
const WAITING: usize = 64;
/// How many of them may be of one address, which a whole lobby may share.
const WAITING_OF_ONE: usize = 16;
/// How many numbers wait at most to have their quick hash replaced.
const BACKLOG: usize = 4096;

/// What this installation keys its hashes with.
#[derive(Clone, Copy)]
pub struct Secret([u8; 32]);

impl Secret {
    /// The bytes that the store keeps.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// A keyed hash for one purpose, named so that no two purposes share a hash.
    pub(super) fn keyed(&self, purpose: &str, bytes: &[u8]) -> Hash {
        // HMAC takes a key of any length.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else {
            return Hash::default();
        };
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(bytes);
        mac.finalize().into_bytes().into()
    }

    /// What is kept of a form's token.
    pub fn token(&self, token: &str) -> Hash {
        self.keyed("token", token.as_bytes())
    }

    /// What takes the place of a form's token for other words that are sent with it once it is
    /// used: the same for the same words, however often they come, and known to nobody else.
    pub(super) fn other_token(&self, token: &str, words: &[u8]) -> String {
        let of_words = self.keyed("words", words);
        let whole = self.keyed("other", &[token.as_bytes(), &of_words].concat());
        let half = self.keyed("other half", &whole);
        let all = base16ct::lower::encode_string(&[whole, half].concat());
        all.chars().take(TOKEN).collect()
    }

    /// The number that belongs to a form's token: as random as the token, to whoever does not
    /// know the secret.
    pub fn receipt(&self, token: &str) -> Receipt {
        let drawn = Receipt::from_random(first_eight(&self.keyed("receipt", token.as_bytes())));
        if token.len() == OLD_TOKEN {
            // As earlier versions drew it, whose complaints may be asked for again.
            return drawn;
        }
        drawn.with_check(self.check(&drawn))
    }

    /// Whether a number ends as those do that this tablet gives out.
    pub fn has_check(&self, receipt: &Receipt) -> bool {
        receipt.with_check(self.check(receipt)) == *receipt
    }

    fn check(&self, receipt: &Receipt) -> u64 {
        u64::from_be_bytes(first_eight(&self.keyed("check", receipt.unchecked())))
    }

    /// The hash of a number until the slow one is there.
    pub fn quick(&self, receipt: &Receipt) -> Hash {
        self.keyed("quick", receipt.digits())
    }

    /// The hash of a number by which it is looked up, for good. None only where there is not
    /// enough memory for it.
    pub fn slow(&self, receipt: &Receipt) -> Option<Hash> {
        let params = Params::new(MEMORY_KIB, PASSES, 1, Some(32)).ok()?;
        let mut hash = Hash::default();
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(receipt.digits(), &self.keyed("salt", &[]), &mut hash)
            .ok()?;
        Some(hash)
    }
}

fn first_eight(hash: &Hash) -> [u8; 8] {
    let [a, b, c, d, e, f, g, h, ..] = *hash;
    [a, b, c, d, e, f, g, h]
}

/// Takes the slow hash of a number whose complaint has only the quick one.
pub type UpgradeReceiptHash = Box<dyn Fn(String, Hash) + Send>;

/// The thread that computes slow hashes. Dropping it ends the thread after what it is doing.
pub struct SlowHashes {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    work: Mutex<Work>,
    more: Condvar,
}

/// A number whose slow hash somebody waits for.
struct Asked {
    /// The address that asked first; none for the tablet itself.
    by: Option<IpAddr>,
    receipt: Receipt,
    /// Whoever else asks for the same number meanwhile gets the same answer.
    replies: Vec<oneshot::Sender<Option<Hash>>>,
}

#[derive(Default)]
struct Work {
    /// Somebody waits for these.
    asked: VecDeque<Asked>,
    /// The one that is being computed.
    now: Option<Asked>,
    /// Who was answered last.
    last: Option<IpAddr>,
    /// The topics of complaints to be hardened, with their numbers.
    backlog: VecDeque<(String, Receipt)>,
    /// When the last new number came.
    last_new: Option<Instant>,
    ended: bool,
}

impl Work {
    /// Whose turn it is: one who has waited longest, but not twice in a row of one address while
    /// others wait. Numbers that nobody waits for any more are left out.
    fn next_asked(&mut self) -> Option<Asked> {
        self.asked
            .retain(|one| one.replies.iter().any(|reply| !reply.is_closed()));
        let other = self.asked.iter().position(|one| one.by != self.last);
        let asked = self.asked.remove(other.unwrap_or(0))?;
        self.last = asked.by;
        Some(asked)
    }
}

impl Shared {
    fn work(&self) -> MutexGuard<'_, Work> {
        self.work.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

enum Job {
    Answer(Receipt),
    UpgradeReceiptHash(String, Receipt),
}

impl SlowHashes {
    /// Starts the thread; `upgrade_receipt_hash` is told what the backlog yields.
    ///
    /// # Errors
    /// The system's, if it has no thread to give.
    pub fn start(
        secret: Secret,
        upgrade_receipt_hash: UpgradeReceiptHash,
    ) -> std::io::Result<Self> {
        let shared = Arc::new(Shared::default());
        let there = Arc::clone(&shared);
        std::thread::Builder::new()
            .name("receipts".to_owned())
            .spawn(move || work(&there, secret, &upgrade_receipt_hash))?;
        Ok(Self { shared })
    }

    /// The slow hash of a number that the address `by` asks for, some time soon. None where too
    /// many are waiting already, of that address or of all.
    pub fn ask(
        &self,
        receipt: &Receipt,
        by: Option<IpAddr>,
    ) -> Option<oneshot::Receiver<Option<Hash>>> {
        let (reply, answer) = oneshot::channel();
        let mut work = self.shared.work();
        let Work { asked, now, .. } = &mut *work;
        let same = asked
            .iter_mut()
            .chain(now.as_mut())
            .find(|one| one.receipt == *receipt);
        if let Some(same) = same {
            same.replies.push(reply);
            return Some(answer);
        }
        let of_one = asked.iter().filter(|one| one.by == by).count();
        if asked.len() >= WAITING || (by.is_some() && of_one >= WAITING_OF_ONE) {
            return None;
        }
        asked.push_back(Asked {
            by,
            receipt: receipt.clone(),
            replies: vec![reply],
        });
        drop(work);
        self.shared.more.notify_one();
        Some(answer)
    }

    /// The same for a new number, unless new ones come faster than they can be hashed: then the
    /// quick hash has to do until it is quiet again.
    pub fn ask_in_quiet(&self, receipt: &Receipt) -> Option<oneshot::Receiver<Option<Hash>>> {
        let mut work = self.shared.work();
        let before = work.last_new.replace(Instant::now());
        drop(work);
        if before.is_some_and(|at| at.elapsed() < QUIET) {
            return None;
        }
        self.ask(receipt, None)
    }

    /// Has the quick hash of a complaint replaced when nobody is waiting. Where too many are to
    /// be, this one is when somebody asks for it.
    pub fn upgrade_later(&self, topic: String, receipt: Receipt) {
        let mut work = self.shared.work();
        if work.backlog.len() < BACKLOG {
            work.backlog.push_back((topic, receipt));
            drop(work);
            self.shared.more.notify_one();
        }
    }
}

impl Drop for SlowHashes {
    fn drop(&mut self) {
        self.shared.work().ended = true;
        self.shared.more.notify_one();
    }
}

fn work(shared: &Shared, secret: Secret, upgrade_receipt_hash: &UpgradeReceiptHash) {
    while let Some(job) = next(shared) {
        match job {
            Job::Answer(receipt) => {
                let hash = caught(|| secret.slow(&receipt)).ok().flatten();
                let asked = shared.work().now.take();
                for reply in asked.into_iter().flat_map(|one| one.replies) {
                    #[expect(
                        clippy::unused_result_ok,
                        reason = "who has gone away needs no answer"
                    )]
                    reply.send(hash).ok();
                }
            }
            Job::UpgradeReceiptHash(topic, receipt) => {
                // Where it fails, the quick hash stays in force.
                if let Ok(Some(hash)) = caught(|| secret.slow(&receipt)) {
                    upgrade_receipt_hash(topic, hash);
                }
            }
        }
    }
}

fn next(shared: &Shared) -> Option<Job> {
    let mut work = shared.work();
    loop {
        if work.ended {
            return None;
        }
        if let Some(asked) = work.next_asked() {
            let receipt = asked.receipt.clone();
            work.now = Some(asked);
            return Some(Job::Answer(receipt));
        }
        let noise = work
            .last_new
            .and_then(|at| QUIET.checked_sub(at.elapsed()))
            .unwrap_or_default();
        if !work.backlog.is_empty() && !noise.is_zero() {
            work = shared
                .more
                .wait_timeout(work, noise)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
            continue;
        }
        if let Some((topic, receipt)) = work.backlog.pop_front() {
            return Some(Job::UpgradeReceiptHash(topic, receipt));
        }
        work = shared
            .more
            .wait(work)
            .unwrap_or_else(PoisonError::into_inner);
    }
}
