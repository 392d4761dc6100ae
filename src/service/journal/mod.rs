//! Recording acts without ever waiting for the disk: what is appended goes to one writer thread,
//! which takes all that has queued up into one transaction and tells afterwards what became of it.

mod listing;
mod memory;
mod noted;
mod sink;
mod steady;
mod watch;
mod worker;

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use thiserror::Error;

use crate::domain::entry::{Draft, Entry};
use crate::domain::ids::EntryId;
use crate::domain::incident::Incident;
use crate::store::{Aside, Prepared, StoreError, Writer};
use crate::threads::{join, tell};
pub use listing::Lists;
use memory::Memory;
pub use sink::Sink;
pub use steady::Steady;
use worker::{Message, Worker};

/// What became of acts, told on the writer thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// They are on disk for good, in the order of the journal. None where the disk takes entries
    /// again after a failure, and nothing had waited.
    Recorded(Arc<[Entry]>),
    /// The disk did not take them. They stay queued in their order, and are tried again.
    Failed {
        /// Why.
        error: StoreError,
        /// How many acts are waiting.
        pending: usize,
    },
    /// The journal already holds something else under the act's id, so that it can never be
    /// recorded: a fault of this program, told so that it does not hold up the others.
    Refused {
        /// The act.
        id: EntryId,
        /// Why.
        error: StoreError,
    },
    /// Its file could not be used: it was set aside, and a new one begun.
    SetAside(Aside),
    /// Another file has taken the journal's place: the incidents still in mind that it holds, also
    /// those that nobody here has seen yet.
    Holds(Arc<[Incident]>),
    /// What lies beside the entries was damaged: it has been made anew from them.
    Mended,
    /// Its file had been taken away under the program: everything recorded has been put back.
    PutBack,
    /// Its disk is gone, and what was recorded on it; what follows is recorded where it can be.
    LeftBehind,
    /// The lists are being made anew, by other rules than those that they were made by before.
    Listing(Lists),
    /// The disk is of a kind that recording is slower on.
    UnfitDisk {
        /// The kind, as the system names it; empty where it does not.
        kind: String,
    },
}

/// How many customers may wait for the disk at once; whoever comes then is refused at once.
pub const MOST_OFFERED: usize = 256;

/// Takes notices. It runs on the writer thread, so that it must be quick, must not panic, and
/// must not hold a [`Journal`].
pub type Notify = Arc<dyn Fn(Notice) + Send + Sync>;

/// Why an act was not recorded, or not yet.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum JournalError {
    /// The store's reason.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The journal was finished, or its thread is gone.
    #[error("the journal is closed")]
    Closed,
    /// Too many customers are waiting for the disk.
    #[error("too many are waiting for the disk")]
    Busy,
    /// The writer thread could not be started; the system's words.
    #[error("no thread for the journal: {0}")]
    Thread(String),
}

/// How long to wait before a failed commit is tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backoff {
    /// The first wait; each further one is twice as long …
    pub first: Duration,
    /// … up to this.
    pub most: Duration,
}

impl Default for Backoff {
    fn default() -> Self {
        Self {
            first: Duration::from_secs(1),
            most: Duration::from_secs(30),
        }
    }
}

/// A handle on the journal, cheap to clone. When the last one is dropped, what is queued is
/// written and the thread ends.
#[derive(Clone, Debug)]
pub struct Journal {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    messages: Sender<Message>,
    thread: Mutex<Option<JoinHandle<()>>>,
    /// How many customers wait.
    offered: Arc<AtomicUsize>,
    /// Tells of files that come and go; none where the system does not.
    _watch: Option<watch::Watch>,
}

impl Journal {
    /// Starts the writer thread.
    ///
    /// # Errors
    /// [`JournalError::Thread`] if the system has none to give.
    pub fn start(writer: Writer, notify: Notify) -> Result<Self, JournalError> {
        Self::start_on(writer, notify, Backoff::default())
    }

    /// The same for a history that is written in one go: all of it in the order in which it was appended,
    /// many acts to a commit, where else an act on an incident goes before what customers wrote.
    ///
    /// # Errors
    /// [`JournalError::Thread`] if the system has none to give.
    pub fn in_order(writer: Writer, notify: Notify) -> Result<Self, JournalError> {
        Self::spawn(None, move || {
            Worker::new(writer, notify, Backoff::default()).in_order()
        })
    }

    /// A journal without a disk, which says of everything that it is recorded: for pictures.
    ///
    /// # Errors
    /// [`JournalError::Thread`] if the system has no thread to give.
    pub fn in_memory(notify: Notify) -> Result<Self, JournalError> {
        Self::start_on(Memory::default(), notify, Backoff::default())
    }

    /// Keeps the journal of the data directory `data`, whatever becomes of its file.
    ///
    /// # Errors
    /// [`JournalError::Thread`] if the system has no thread to give.
    pub fn keep(steady: Steady, data: &Path, notify: Notify) -> Result<Self, JournalError> {
        Self::start_watched(steady, notify, Backoff::default(), Some(data))
    }

    /// Starts the writer thread on any sink, with any patience.
    ///
    /// # Errors
    /// [`JournalError::Thread`] if the system has no thread to give.
    pub fn start_on(
        sink: impl Sink,
        notify: Notify,
        backoff: Backoff,
    ) -> Result<Self, JournalError> {
        Self::start_watched(sink, notify, backoff, None)
    }

    fn start_watched(
        sink: impl Sink,
        notify: Notify,
        backoff: Backoff,
        data: Option<&Path>,
    ) -> Result<Self, JournalError> {
        Self::spawn(data, move || Worker::new(sink, notify, backoff))
    }

    fn spawn<S: Sink>(
        data: Option<&Path>,
        worker: impl FnOnce() -> Worker<S> + Send + 'static,
    ) -> Result<Self, JournalError> {
        let (messages, inbox) = channel();
        let watch = data.and_then(|data| watch::Watch::start(data, messages.clone()));
        let thread = std::thread::Builder::new()
            .name("journal".to_owned())
            .spawn(move || worker().run(&inbox))
            .map_err(|error| JournalError::Thread(error.to_string()))?;
        Ok(Self {
            shared: Arc::new(Shared {
                messages,
                thread: Mutex::new(Some(thread)),
                offered: Arc::default(),
                _watch: watch,
            }),
        })
    }

    /// Queues an act and returns at once, never touching the disk. A [`Notice`] tells later what
    /// became of it.
    ///
    /// # Errors
    /// [`JournalError::Store`] if the act cannot be encoded, [`JournalError::Closed`] after
    /// [`Journal::finish`]; it is not queued then.
    pub fn append(&self, draft: Draft) -> Result<(), JournalError> {
        self.append_prepared(Prepared::new(draft)?)
    }

    /// The same for an act that is encoded already.
    ///
    /// # Errors
    /// [`JournalError::Closed`] after [`Journal::finish`]; it is not queued then.
    pub fn append_prepared(&self, prepared: Prepared) -> Result<(), JournalError> {
        self.send(Message::Append(prepared, None))
    }

    /// Queues an act and waits until it is on disk. Not for the thread that draws the screen.
    ///
    /// # Errors
    /// As [`Journal::append`]; and [`JournalError::Store`] if the first attempt to write it
    /// failed. Unless that is [`StoreError::IdTaken`], the act stays queued and is still recorded
    /// as soon as the disk takes it, so that repeating it needs the same id.
    pub fn append_and_wait(&self, draft: Draft) -> Result<Entry, JournalError> {
        let (reply, answer) = channel();
        self.append_then(Prepared::new(draft)?, move |outcome| {
            tell(&reply, outcome);
        })?;
        let entry = answer.recv().map_err(|_| JournalError::Closed)??;
        Ok(entry)
    }

    /// Queues an act, with what belongs into its transaction, and has `then` told what became of
    /// it: on the writer thread, so that it must be quick and must not panic.
    ///
    /// # Errors
    /// [`JournalError::Closed`] after [`Journal::finish`]; it is not queued then. What `then` is
    /// told is as for [`Journal::append_and_wait`].
    pub fn append_then(
        &self,
        prepared: Prepared,
        then: impl FnOnce(Result<Entry, StoreError>) + Send + 'static,
    ) -> Result<(), JournalError> {
        self.send(Message::Append(prepared, Some(Box::new(then))))
    }

    /// Offers what a customer wrote: recorded now or never. Once `then` is told that it was not,
    /// it is dropped, so that nothing is recorded of what somebody was told had failed. Acts of
    /// the staff go first.
    ///
    /// # Errors
    /// [`JournalError::Busy`] where [`MOST_OFFERED`] are waiting; [`JournalError::Closed`].
    pub fn offer(
        &self,
        prepared: Prepared,
        then: impl FnOnce(Result<Entry, StoreError>) + Send + 'static,
    ) -> Result<(), JournalError> {
        let offered = Arc::clone(&self.shared.offered);
        if offered.fetch_add(1, Ordering::AcqRel) >= MOST_OFFERED {
            offered.fetch_sub(1, Ordering::AcqRel);
            return Err(JournalError::Busy);
        }
        let then = Box::new(move |outcome| {
            offered.fetch_sub(1, Ordering::AcqRel);
            then(outcome);
        });
        self.send(Message::Offer(prepared, then))
    }

    /// Has the slow hash of a receipt's number put in the place of the quick one, some time.
    ///
    /// # Errors
    /// [`JournalError::Closed`] after [`Journal::finish`].
    pub fn upgrade_receipt_hash(&self, topic: String, slow: [u8; 32]) -> Result<(), JournalError> {
        self.send(Message::UpgradeReceiptHash(topic, slow))
    }

    /// Has what lies beside the entries mended: some of it could not be read. Waits for nothing; a
    /// [`Notice`] tells what became of it.
    pub fn mend(&self) {
        // While the program ends, the next start finds it.
        tell(&self.shared.messages, Message::Mend);
    }

    /// Has lists made anew that wait for it ([`Steady::listing_later`]), between the acts.
    pub fn begin_listing(&self) {
        // While the program ends, the next start does it.
        tell(&self.shared.messages, Message::BeginListing);
    }

    /// Waits until all that was appended before has been tried at least once.
    ///
    /// # Errors
    /// [`JournalError::Store`] if that failed, [`JournalError::Closed`] after
    /// [`Journal::finish`].
    pub fn flush(&self) -> Result<(), JournalError> {
        let (reply, answer) = channel();
        self.send(Message::Flush(reply))?;
        answer.recv().map_err(|_| JournalError::Closed)??;
        Ok(())
    }

    /// Writes what is queued, ends the writer thread and lets go of the data directory, whatever
    /// other handles there are. An act that one of those appends at the same moment may come too
    /// late; like any other that is pending when the program ends, it is lost.
    ///
    /// # Errors
    /// [`JournalError::Store`] if the last attempt failed: what was still queued is lost.
    pub fn finish(&self) -> Result<(), JournalError> {
        let (reply, answer) = channel();
        self.send(Message::Finish(reply))?;
        let written = answer.recv().map_err(|_| JournalError::Closed)?;
        self.shared.join();
        Ok(written?)
    }

    fn send(&self, message: Message) -> Result<(), JournalError> {
        self.shared
            .messages
            .send(message)
            .map_err(|_| JournalError::Closed)
    }
}

impl Shared {
    fn join(&self) {
        let mut thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(thread) = thread.take()
            && thread.thread().id() != std::thread::current().id()
        {
            join(thread);
        }
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        // The thread may have gone already, by `finish`.
        let (reply, _) = channel();
        tell(&self.messages, Message::Finish(reply));
        self.join();
    }
}
