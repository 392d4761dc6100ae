//! The numbers that complaints are followed up with. A number is drawn from the form's one-time
//! token, so that a form sent twice shows the same one; what is kept of it are hashes.
//!
//! The slow hash is computed by one thread, one at a time, with a short queue: strangers who try
//! numbers must not take the tablet's processor from those whom it guides.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use argon2::{Algorithm, Argon2, Params, Version};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use tokio::sync::oneshot;

use crate::domain::receipt::Receipt;

/// How long no new number has come when the quick hashes of earlier ones are replaced.
const QUIET: Duration = Duration::from_secs(1);

/// A hash of a number or a token.
pub type Hash = [u8; 32];

/// KiB of memory and passes of the slow hash: OWASP's smallest for argon2id in its larger-memory
/// form, some tens of milliseconds on a tablet.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
/// How many wait for the slow hash at most; whoever comes then is asked to try again.
const WAITING: usize = 8;
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
    fn keyed(&self, purpose: &str, bytes: &[u8]) -> Hash {
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

    /// The number that belongs to a form's token: as random as the token, to whoever does not
    /// know the secret.
    pub fn receipt(&self, token: &str) -> Receipt {
        let [a, b, c, d, e, f, g, h, ..] = self.keyed("receipt", token.as_bytes());
        Receipt::from_random([a, b, c, d, e, f, g, h])
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

/// Takes the slow hash of a number whose complaint has only the quick one.
pub type Harden = Box<dyn Fn(String, Hash) + Send>;

/// The thread that computes slow hashes. Dropping it ends the thread after what it is doing.
pub struct SlowHashes {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    work: Mutex<Work>,
    more: Condvar,
}

#[derive(Default)]
struct Work {
    /// Somebody waits for these.
    asked: VecDeque<(Receipt, oneshot::Sender<Option<Hash>>)>,
    /// The topics of complaints to be hardened, with their numbers.
    backlog: VecDeque<(String, Receipt)>,
    /// When the last new number came.
    last_new: Option<Instant>,
    ended: bool,
}

impl Shared {
    fn work(&self) -> MutexGuard<'_, Work> {
        self.work.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

enum Job {
    Answer(Receipt, oneshot::Sender<Option<Hash>>),
    Harden(String, Receipt),
}

impl SlowHashes {
    /// Starts the thread; `harden` is told what the backlog yields.
    ///
    /// # Errors
    /// The system's, if it has no thread to give.
    pub fn start(secret: Secret, harden: Harden) -> std::io::Result<Self> {
        let shared = Arc::new(Shared::default());
        let there = Arc::clone(&shared);
        std::thread::Builder::new()
            .name("receipts".to_owned())
            .spawn(move || work(&there, secret, &harden))?;
        Ok(Self { shared })
    }

    /// The slow hash of a number, some time soon. None where too many are waiting already.
    pub fn ask(&self, receipt: &Receipt) -> Option<oneshot::Receiver<Option<Hash>>> {
        let (reply, answer) = oneshot::channel();
        let mut work = self.shared.work();
        if work.asked.len() >= WAITING {
            return None;
        }
        work.asked.push_back((receipt.clone(), reply));
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
        self.ask(receipt)
    }

    /// Has the quick hash of a complaint replaced when nobody is waiting. Where too many are to
    /// be, this one is when somebody asks for it.
    pub fn harden_later(&self, topic: String, receipt: Receipt) {
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

fn work(shared: &Shared, secret: Secret, harden: &Harden) {
    while let Some(job) = next(shared) {
        match job {
            Job::Answer(receipt, reply) => {
                // Who has gone away needs no answer.
                if !reply.is_closed() {
                    reply.send(secret.slow(&receipt)).ok();
                }
            }
            Job::Harden(topic, receipt) => {
                if let Some(hash) = secret.slow(&receipt) {
                    harden(topic, hash);
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
        if let Some((receipt, reply)) = work.asked.pop_front() {
            return Some(Job::Answer(receipt, reply));
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
            return Some(Job::Harden(topic, receipt));
        }
        work = shared
            .more
            .wait(work)
            .unwrap_or_else(PoisonError::into_inner);
    }
}
