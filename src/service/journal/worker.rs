//! The writer thread: its queue, and its patience with a disk that fails.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use super::{Backoff, Notice, Notify, Sink};
use crate::domain::entry::Entry;
use crate::store::{Prepared, StoreError};

/// How many messages are taken in at most before the next attempt, so that a stream of them
/// cannot keep it from coming.
const GROUP: usize = 4096;

/// Tells somebody who waits for one act.
type Reply = Box<dyn FnOnce(Result<Entry, StoreError>) + Send>;

/// What the handles send. Replies go to a channel whose other end may have gone.
#[expect(
    clippy::large_enum_variant,
    reason = "nearly every message is the largest"
)]
pub enum Message {
    /// Record this, and tell whoever waits for it.
    Append(Prepared, Option<Reply>),
    /// Put this slow hash in the place of the quick one of the topic's receipt.
    Harden(String, [u8; 32]),
    /// Try to write all that came before, and say how it went.
    Flush(Sender<Result<(), StoreError>>),
    /// The same, and end.
    Finish(Sender<Result<(), StoreError>>),
}

/// State of the writer thread.
pub struct Worker<S> {
    sink: S,
    notify: Notify,
    backoff: Backoff,
    /// What is not on disk yet, in order.
    queue: Vec<Prepared>,
    /// Who waits for which act of the queue, by its place.
    waiting: Vec<Option<Reply>>,
    flushes: Vec<Sender<Result<(), StoreError>>>,
    /// When to try again, and how long that wait is, after a failure.
    retry: Option<(Instant, Duration)>,
    /// Somebody waits for the next attempt, so that it does not wait for `retry`.
    urgent: bool,
    closing: bool,
}

impl<S: Sink> Worker<S> {
    /// A worker with nothing to do yet.
    pub fn new(sink: S, notify: Notify, backoff: Backoff) -> Self {
        Self {
            sink,
            notify,
            backoff,
            queue: Vec::new(),
            waiting: Vec::new(),
            flushes: Vec::new(),
            retry: None,
            urgent: false,
            closing: false,
        }
    }

    /// Works until told to finish, or until nobody is left to tell it anything.
    pub fn run(mut self, inbox: &Receiver<Message>) {
        while !self.closing {
            self.gather(inbox);
            let due = self.retry.is_none_or(|(at, _)| at <= Instant::now());
            if due || self.urgent || self.closing {
                self.attempt();
            }
        }
    }

    /// Waits for a message or for the time to try again, and takes in all that is there.
    fn gather(&mut self, inbox: &Receiver<Message>) {
        let first = match self.retry {
            None => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some((at, _)) => inbox.recv_timeout(at.saturating_duration_since(Instant::now())),
        };
        match first {
            Ok(message) => self.take(message),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => self.closing = true,
        }
        // What came after the word to finish is still written; who races it may come too late.
        for message in inbox.try_iter().take(GROUP) {
            self.take(message);
        }
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::Append(prepared, waiting) => {
                self.urgent |= waiting.is_some();
                self.queue.push(prepared);
                self.waiting.push(waiting);
            }
            Message::Harden(topic, slow) => {
                // What fails stays as it is until somebody asks for that receipt.
                self.sink.harden(&topic, &slow).ok();
            }
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

    /// Tries to record the whole queue. A failure keeps it, in order, for the next attempt.
    fn attempt(&mut self) {
        self.urgent = false;
        let outcome = self.commit();
        match &outcome {
            Ok(()) => self.retry = None,
            Err(error) => {
                let wait = self.retry.map_or(self.backoff.first, |(_, wait)| {
                    (wait * 2).min(self.backoff.most)
                });
                self.retry = Some((Instant::now() + wait, wait));
                for reply in self.waiting.iter_mut().filter_map(Option::take) {
                    reply(Err(error.clone()));
                }
                (self.notify)(Notice::Failed {
                    error: error.clone(),
                    pending: self.queue.len(),
                });
            }
        }
        for reply in self.flushes.drain(..) {
            let _ = reply.send(outcome.clone());
        }
    }

    fn commit(&mut self) -> Result<(), StoreError> {
        while !self.queue.is_empty() {
            match self.sink.commit(&self.queue) {
                Ok(entries) => {
                    self.queue.clear();
                    let ids = entries.iter().map(|entry| entry.draft.id.clone()).collect();
                    // Whoever waits hears of it only once it has been told to all.
                    (self.notify)(Notice::Recorded { ids });
                    for (reply, entry) in self.waiting.drain(..).zip(entries) {
                        if let Some(reply) = reply {
                            reply(Ok(entry));
                        }
                    }
                }
                Err(StoreError::IdTaken { id }) if self.refuse(&id) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Takes the last act with this id out of the queue, since it can never be recorded; says
    /// whether there was one. The last, because the first may be the one that took the id.
    fn refuse(&mut self, id: &str) -> bool {
        let Some(place) = self.queue.iter().rposition(|one| one.draft().id == id) else {
            return false;
        };
        self.queue.remove(place);
        let error = StoreError::IdTaken { id: id.to_owned() };
        if let Some(reply) = self.waiting.remove(place) {
            reply(Err(error.clone()));
        }
        (self.notify)(Notice::Refused {
            id: id.to_owned(),
            error,
        });
        true
    }
}
