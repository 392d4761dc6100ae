//! The writer thread: its queues, and its patience with a disk that fails.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use tracing::warn;

use super::listing::Listing;
use super::noted::Noted;
use super::{Backoff, Notice, Notify, Sink};
use crate::domain::entry::{Entry, Event};
use crate::service::jobs::caught;
use crate::store::{Prepared, StoreError};
use crate::threads::tell;

/// How many messages are taken in at most before the next attempt, so that a stream of them
/// cannot keep it from coming.
const GROUP: usize = 4096;
/// How many acts a commit takes at most: it stays small on a disk with little room, and an act on
/// an incident never waits behind many others.
const CHUNK: usize = 128;
/// How long after the lists were looked at they are not looked at again: a disk that spoils them
/// for ever must not keep the writer from its work, nor be filled with what it sets aside.
const LOOKED_AT: Duration = Duration::from_secs(60);

/// Tells somebody who waits for one act.
pub type Reply = Box<dyn FnOnce(Result<Entry, StoreError>) + Send>;

/// What the handles send. Replies go to a channel whose other end may have gone.
pub enum Message {
    /// Record this, and tell whoever waits for it.
    Append(Prepared, Option<Reply>),
    /// Record this now, or drop it and say so.
    Offer(Prepared, Reply),
    /// Put this slow hash in the place of the quick one of the topic's receipt.
    UpgradeReceiptHash(String, [u8; 32]),
    /// A file of the data directory came or went.
    Look,
    /// Something that is read beside the entries turned out to be damaged.
    Mend,
    /// Lists that wait for it may be made anew.
    BeginListing,
    /// Try to write all that came before, and say how it went.
    Flush(Sender<Result<(), StoreError>>),
    /// The same, and end.
    Finish(Sender<Result<(), StoreError>>),
}

/// An act, and who waits for it.
type Queued = (Prepared, Option<Reply>);

/// What is not on disk yet, each in its order.
#[derive(Default)]
struct Queues {
    /// About incidents and the staff: they go first.
    incidents: VecDeque<Queued>,
    /// What the staff did with complaints.
    complaints: VecDeque<Queued>,
    /// What customers wrote, never kept beyond one failure.
    offers: VecDeque<Queued>,
    /// Nothing goes before anything else.
    in_order: bool,
}

impl Queues {
    fn take(&mut self, prepared: Prepared, waiting: Option<Reply>) {
        let queue = match prepared.draft().event {
            Event::Complaint(_) if !self.in_order => &mut self.complaints,
            _ => &mut self.incidents,
        };
        queue.push_back((prepared, waiting));
    }

    /// What goes next.
    fn first(&mut self) -> Option<&mut VecDeque<Queued>> {
        [&mut self.incidents, &mut self.complaints, &mut self.offers]
            .into_iter()
            .find(|queue| !queue.is_empty())
    }

    /// How many acts wait that are tried again.
    fn kept(&self) -> usize {
        self.incidents.len() + self.complaints.len()
    }
}

/// State of the writer thread.
pub struct Worker<S> {
    pub(super) sink: S,
    pub(super) notify: Notify,
    pub(super) backoff: Backoff,
    queues: Queues,
    flushes: Vec<Sender<Result<(), StoreError>>>,
    /// When to try again, and how long that wait is, after a failure.
    pub(super) retry: Option<(Instant, Duration)>,
    /// Somebody waits for the next attempt, so that it does not wait for `retry`.
    urgent: bool,
    /// A file of the data directory came or went.
    look: bool,
    /// Somebody could not read what lies beside the entries.
    mend: bool,
    /// When the lists may be looked at again.
    next_mend: Option<Instant>,
    /// Lists are to be made anew.
    pub(super) lists: Listing,
    /// The sink has just panicked.
    panicked: bool,
    /// One act among several made it panic: each is tried alone, to find out which.
    singly: bool,
    pub(super) closing: bool,
    noted: Noted,
}

impl<S: Sink> Worker<S> {
    /// A worker with nothing to do yet.
    pub fn new(sink: S, notify: Notify, backoff: Backoff) -> Self {
        // What cannot take anything yet is tried without waiting for an act.
        let first = backoff.first;
        let retry = sink.is_ailing().then(|| (Instant::now() + first, first));
        Self {
            sink,
            notify,
            backoff,
            queues: Queues::default(),
            flushes: Vec::new(),
            retry,
            urgent: false,
            look: false,
            mend: false,
            next_mend: None,
            lists: Listing::default(),
            panicked: false,
            singly: false,
            closing: false,
            noted: Noted::default(),
        }
    }

    /// The same, which records all in the order in which it comes.
    pub fn in_order(mut self) -> Self {
        self.queues.in_order = true;
        self
    }

    /// Works until told to finish, or until nobody is left to tell it anything.
    pub fn run(mut self, inbox: &Receiver<Message>) {
        self.tell_news();
        while !self.closing {
            self.gather(inbox);
            let due = self.retry.is_none_or(|(at, _)| at <= Instant::now());
            if due || self.urgent || self.closing || self.look || self.mend {
                self.attempt(inbox);
            }
            self.list_some();
        }
    }

    /// Waits for a message or for the time to try again, and takes in all that is there.
    fn gather(&mut self, inbox: &Receiver<Message>) {
        let first = match self.retry.map(|(at, _)| at).or_else(|| self.next_part()) {
            // It came in with others, while those were being recorded.
            _ if self.look || self.mend => Err(RecvTimeoutError::Timeout),
            None => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(at) => inbox.recv_timeout(at.saturating_duration_since(Instant::now())),
        };
        match first {
            Ok(message) => self.take(message),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => self.closing = true,
        }
        self.gather_more(inbox);
    }

    fn gather_more(&mut self, inbox: &Receiver<Message>) {
        // What came after the word to finish is still written; who races it may come too late.
        for message in inbox.try_iter().take(GROUP) {
            self.take(message);
        }
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::Append(prepared, waiting) => {
                self.urgent |= waiting.is_some();
                self.queues.take(prepared, waiting);
            }
            Message::Offer(prepared, reply) => {
                self.urgent = true;
                self.queues
                    .offers
                    .push_back((prepared.offered(), Some(reply)));
            }
            Message::UpgradeReceiptHash(topic, slow) => {
                #[expect(
                    clippy::unused_result_ok,
                    reason = "what fails stays as it is until somebody asks for that receipt"
                )]
                self.guarded(|sink| sink.upgrade_receipt_hash(&topic, &slow))
                    .ok();
            }
            Message::Look => self.look = true,
            Message::Mend => {
                self.mend |= self.next_mend.is_none_or(|at| at <= Instant::now());
            }
            Message::BeginListing => self.sink.begin_listing(),
            Message::Flush(reply) => {
                self.urgent = true;
                self.flushes.push(reply);
            }
            Message::Finish(reply) => {
                self.closing = true;
                self.flushes.push(reply);
            }
        }
    }

    /// Tries to record all that is queued. A failure keeps the acts, in order, for the next
    /// attempt, and sends the customers away.
    fn attempt(&mut self, inbox: &Receiver<Message>) {
        self.urgent = false;
        let looked = match std::mem::take(&mut self.look) {
            true => self.guarded(Sink::look),
            false => Ok(()),
        };
        let outcome = looked.and_then(|()| self.commit(inbox));
        self.mend();
        self.tell_news();
        match &outcome {
            Ok(()) => self.retry = None,
            Err(error) => self.fail(error),
        }
        for reply in self.flushes.drain(..) {
            tell(&reply, outcome.clone());
        }
    }

    /// Has the lists mended, where somebody could not read them. What waited to be recorded has gone
    /// before; what cannot be mended now is tried when somebody reads it the next time.
    fn mend(&mut self) {
        if std::mem::take(&mut self.mend) {
            if let Err(error) = self.guarded(Sink::mend_lists) {
                warn!(%error, "what lies beside the entries cannot be mended");
            }
            self.next_mend = Some(Instant::now() + LOOKED_AT);
        }
    }

    fn fail(&mut self, error: &StoreError) {
        let wait = self.retry.map_or(self.backoff.first, |(_, wait)| {
            (wait * 2).min(self.backoff.most)
        });
        self.retry = Some((Instant::now() + wait, wait));
        let queues = &mut self.queues;
        let offers = std::mem::take(&mut queues.offers).into_iter();
        let waiting = offers.filter_map(|(_, reply)| reply).chain(
            (queues.incidents.iter_mut().chain(&mut queues.complaints))
                .filter_map(|(_, reply)| reply.take()),
        );
        for reply in waiting {
            reply(Err(error.clone()));
        }
        let pending = queues.kept();
        self.tell(Notice::Failed {
            error: error.clone(),
            pending,
        });
    }

    pub(super) fn tell_news(&mut self) {
        let sink = &mut self.sink;
        for notice in caught(|| sink.news()).unwrap_or_default() {
            self.tell(notice);
        }
    }

    fn tell(&mut self, notice: Notice) {
        self.noted.take(&notice);
        (self.notify)(notice);
    }

    fn commit(&mut self, inbox: &Receiver<Message>) -> Result<(), StoreError> {
        if self.retry.is_some() && self.queues.kept() == 0 && !self.closing {
            // Nobody's act shows whether the disk is well again.
            self.guarded(Sink::probe)?;
            self.tell(Notice::Recorded(Arc::from([])));
            self.retry = None;
        }
        let several = if self.queues.in_order { GROUP } else { CHUNK };
        while let Some(queue) = self.queues.first() {
            let most = if self.singly { 1 } else { several };
            let count = queue.len().min(most);
            let mut chunk: Vec<Queued> = queue.drain(..count).collect();
            // The sink takes them in one piece.
            let drafts: Vec<Prepared> = chunk.iter().map(|(one, _)| one.clone()).collect();
            self.panicked = false;
            match self.guarded(|sink| sink.commit(&drafts)) {
                Ok(entries) => {
                    // Whoever waits hears of it only once it has been told to all.
                    let entries: Arc<[Entry]> = entries.into();
                    self.tell(Notice::Recorded(Arc::clone(&entries)));
                    for ((_, reply), entry) in chunk.into_iter().zip(&*entries) {
                        if let Some(reply) = reply {
                            reply(Ok(entry.clone()));
                        }
                    }
                    // An act on an incident goes before what waits here.
                    self.gather_more(inbox);
                }
                Err(error) => {
                    let go_on =
                        self.refuse(&mut chunk, &error) || self.single_out(&mut chunk, &error);
                    self.put_back(chunk);
                    if !go_on {
                        return Err(error);
                    }
                }
            }
        }
        self.singly = false;
        Ok(())
    }

    /// Has the sink do `act`. A panic in it is a failed attempt, and the sink begins anew: a fault
    /// of this program ends neither the record nor the guide.
    pub(super) fn guarded<T>(
        &mut self,
        act: impl FnOnce(&mut S) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let sink = &mut self.sink;
        caught(|| act(sink)).unwrap_or_else(|_| {
            self.panicked = true;
            self.sink.begin_anew();
            Err(StoreError::panicked())
        })
    }

    /// After a panic: says whether to go on at once with each act alone, or, where it was alone
    /// already, without the act that cannot be recorded.
    fn single_out(&mut self, chunk: &mut Vec<Queued>, error: &StoreError) -> bool {
        if !std::mem::take(&mut self.panicked) {
            return false;
        }
        if chunk.len() > 1 {
            self.singly = true;
        } else if let Some((prepared, reply)) = chunk.pop() {
            self.drop_act(&prepared, reply, error);
        }
        true
    }

    /// Tells of an act that can never be recorded.
    fn drop_act(&mut self, prepared: &Prepared, reply: Option<Reply>, error: &StoreError) {
        if let Some(reply) = reply {
            reply(Err(error.clone()));
        }
        if !prepared.is_offered() {
            self.tell(Notice::Refused {
                id: prepared.draft().id.clone(),
                error: error.clone(),
            });
        }
    }

    /// Puts what was not recorded back to the front of its queue.
    fn put_back(&mut self, chunk: Vec<Queued>) {
        for one in chunk.into_iter().rev() {
            let queue = match &one.0.draft().event {
                _ if one.0.is_offered() => &mut self.queues.offers,
                Event::Complaint(_) if !self.queues.in_order => &mut self.queues.complaints,
                _ => &mut self.queues.incidents,
            };
            queue.push_front(one);
        }
    }

    /// Takes the last act with this id out of the chunk, since it can never be recorded; says
    /// whether there was one. The last, because the first may be the one that took the id. That a
    /// customer's form came twice is no fault of the journal's, and is told to them alone.
    fn refuse(&mut self, chunk: &mut Vec<Queued>, error: &StoreError) -> bool {
        let (StoreError::IdTaken { id } | StoreError::Held { id }) = error else {
            return false;
        };
        let Some(place) = chunk
            .iter()
            .rposition(|(one, _)| one.draft().id.as_str() == id)
        else {
            return false;
        };
        let (prepared, reply) = chunk.remove(place);
        self.drop_act(&prepared, reply, error);
        true
    }
}
