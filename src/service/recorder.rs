//! The one place where entries are made: each has its identity, its time and who acted from here,
//! and is remembered as pending until the journal has said what became of it. Used by every thread.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, SubsecRound, Utc};

use super::clock::Clock;
use super::ids::Ids;
use super::journal::{Journal, JournalError, Notice};
use crate::domain::actor::Actor;
use crate::domain::entry::{Draft, Entry, Event};
use crate::domain::ids::{EntryId, PersonId};
use crate::store::content::SideWrite;
use crate::store::{Prepared, StoreError};

/// Whether everything that was done is on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recorded {
    /// All of it.
    Yes,
    /// Something is on its way.
    Pending,
    /// The disk refuses; it is tried again.
    Failed,
}

/// Something that was done, on its way to the journal.
pub struct Act {
    draft: Draft,
    beside: Vec<SideWrite>,
    who: Who,
}

impl Act {
    /// The id of the entry that it becomes.
    pub fn id(&self) -> &EntryId {
        &self.draft.id
    }

    /// When it was done, as the journal keeps it.
    pub fn at(&self) -> DateTime<Utc> {
        self.draft.at
    }

    /// The same as done by `actor`; none where a customer or the program did it.
    #[must_use]
    pub fn by(mut self, actor: impl Into<Option<Actor>>) -> Self {
        let named = |actor: Actor| actor.named(self.who.of(actor));
        self.draft.actor = actor.into().map(named);
        self
    }

    /// The same as done by whoever is `actor`, as `domain::actor` writes it: somebody with a link of
    /// their own, whoever is on duty or signed in meanwhile.
    #[must_use]
    pub fn signed(mut self, actor: &str) -> Self {
        self.draft.actor = Some(actor.to_owned());
        self
    }

    /// The same with what belongs into its transaction.
    #[must_use]
    pub fn with(mut self, beside: Vec<SideWrite>) -> Self {
        self.beside = beside;
        self
    }

    fn prepare(self) -> Result<Prepared, StoreError> {
        Ok(Prepared::new(self.draft)?.beside(self.beside))
    }
}

/// Makes entries and hands them to the journal.
pub struct Recorder {
    journal: Journal,
    clock: Clock,
    ids: Ids,
    state: Mutex<State>,
    who: Mutex<Who>,
}

/// Who acts, as far as it is known.
#[derive(Clone, Debug, Default)]
struct Who {
    on_duty: Option<PersonId>,
    signed_in: Option<PersonId>,
}

impl Who {
    fn of(&self, actor: Actor) -> Option<&PersonId> {
        match actor {
            Actor::OnDuty => self.on_duty.as_ref(),
            Actor::SignedIn => self.signed_in.as_ref(),
        }
    }
}

/// What became of the acts that nobody waits for.
#[derive(Default)]
struct State {
    pending: HashSet<EntryId>,
    failure: Option<JournalError>,
    /// An act can never be recorded: said until the program is started again.
    refused: bool,
}

impl Recorder {
    /// Records in `journal`, by the system's clock.
    pub fn new(journal: Journal) -> Arc<Self> {
        Self::with_clock(journal, Clock::system())
    }

    /// The same by another clock.
    pub fn with_clock(journal: Journal, clock: Clock) -> Arc<Self> {
        Self::with_ids(journal, clock, Ids::new())
    }

    /// The same with ids of another maker.
    pub fn with_ids(journal: Journal, clock: Clock, ids: Ids) -> Arc<Self> {
        Arc::new(Self {
            journal,
            clock,
            ids,
            state: Mutex::default(),
            who: Mutex::default(),
        })
    }

    /// The clock that stamps what is recorded.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The journal.
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// The identity of something new, such as an incident.
    pub fn new_id(&self, at: DateTime<Utc>) -> String {
        self.ids.next(at)
    }

    /// Something that is done now.
    pub fn act(&self, topic: &str, event: impl Into<Event>) -> Act {
        self.act_at(self.clock.now(), topic, event)
    }

    /// Something that was done at `at`.
    pub fn act_at(&self, at: DateTime<Utc>, topic: &str, event: impl Into<Event>) -> Act {
        let at = at.trunc_subsecs(3);
        Act {
            draft: Draft {
                id: self.ids.next(at).into(),
                at,
                actor: None,
                topic: topic.to_owned(),
                event: event.into(),
            },
            beside: Vec::new(),
            who: self.who().clone(),
        }
    }

    /// From now on what is done as `actor` is this person's.
    pub fn acts(&self, actor: Actor, person: Option<PersonId>) {
        let mut who = self.who();
        match actor {
            Actor::OnDuty => who.on_duty = person,
            Actor::SignedIn => who.signed_in = person,
        }
    }

    fn who(&self) -> MutexGuard<'_, Who> {
        self.who.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Records `act` without ever waiting for the disk. It is pending until a notice says what
    /// became of it; what can never be recorded is said in [`Recorder::failure`].
    pub fn record(&self, act: Act) {
        self.state().pending.insert(act.draft.id.clone());
        let appended = act
            .prepare()
            .map_err(JournalError::from)
            .and_then(|prepared| self.journal.append_prepared(prepared));
        if let Err(error) = appended {
            self.state().refuse(error);
        }
    }

    /// Records `act` and has `then` told what became of it, on the thread of the journal's writer.
    /// What failed is tried again all the same.
    ///
    /// # Errors
    /// [`JournalError::Store`] if the act cannot be encoded; [`JournalError::Closed`].
    pub fn record_then(
        &self,
        act: Act,
        then: impl FnOnce(Result<Entry, StoreError>) + Send + 'static,
    ) -> Result<(), JournalError> {
        self.journal.append_then(act.prepare()?, then)
    }

    /// Offers what a customer did: recorded now or never, and `then` is told which.
    ///
    /// # Errors
    /// [`JournalError::Busy`], [`JournalError::Closed`], and [`JournalError::Store`] if the act
    /// cannot be encoded.
    pub fn offer(
        &self,
        act: Act,
        then: impl FnOnce(Result<Entry, StoreError>) + Send + 'static,
    ) -> Result<(), JournalError> {
        self.journal.offer(act.prepare()?, then)
    }

    /// Whether everything that was done is on disk.
    pub fn recorded(&self) -> Recorded {
        let state = self.state();
        match (state.pending.is_empty(), state.failure.is_some()) {
            (_, true) => Recorded::Failed,
            (true, false) => Recorded::Yes,
            (false, false) => Recorded::Pending,
        }
    }

    /// Why something is not on disk, while the disk refuses.
    pub fn failure(&self) -> Option<JournalError> {
        self.state().failure.clone()
    }

    /// Takes in what the journal says of acts handed to it.
    pub fn heard(&self, notice: &Notice) {
        let mut state = self.state();
        match notice {
            Notice::Recorded(entries) => {
                for entry in &**entries {
                    state.pending.remove(&entry.draft.id);
                }
                if !state.refused {
                    state.failure = None;
                }
            }
            Notice::Failed { error, .. } => state.failure = Some(error.clone().into()),
            Notice::Refused { id, error } => {
                state.pending.remove(id);
                // Nothing is lost where an erasure was held back: what was to go is kept, as
                // somebody decided before.
                if !error.is_held() {
                    state.refuse(error.clone().into());
                }
            }
            _ => {}
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn refuse(&mut self, error: JournalError) {
        self.refused = true;
        self.failure = Some(error);
    }
}
