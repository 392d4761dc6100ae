//! Everything that can be done with an incident. Each act is applied to the state in memory at
//! once and handed to the journal; no caller ever waits for the disk.

use std::cell::{Cell, Ref, RefCell};
use std::collections::HashSet;
use std::rc::Rc;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::clock::{Clock, Watch};
use super::ids::Ids;
use super::journal::{Journal, JournalError, Notice};
use crate::domain::entry::{Draft, Event, incident_topic};
use crate::domain::evacuation::End;
use crate::domain::guide::Guide;
use crate::domain::incident::{Incident, IncidentEvent, Mark, Reason, StepRef};
use crate::domain::plan::{Choice, IncidentType, Plan};

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

/// What a tap on a type led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tapped {
    /// A new incident of this id.
    Started(String),
    /// One of the same type was open already: its id.
    AlreadyOpen(String),
}

/// The incidents that the tablet keeps in mind, and the acts on them.
pub struct Incidents {
    pub(super) plan: Rc<Plan>,
    journal: Journal,
    pub(super) clock: Clock,
    pub(super) watch: Option<Arc<Watch>>,
    /// By how much the clock was set altogether, as far as the incidents know.
    pub(super) jumped: Cell<TimeDelta>,
    ids: Ids,
    pub(super) live: RefCell<Vec<Incident>>,
    pending: RefCell<HashSet<String>>,
    failure: RefCell<Option<JournalError>>,
    // An act that can never be recorded: said until the program is started again.
    refused: Cell<bool>,
    pub(super) viewer: RefCell<Option<Viewer>>,
}

/// Is shown the incidents whenever they have changed, on the thread of the screens.
pub type Viewer = Box<dyn Fn(&[Incident])>;

impl Incidents {
    /// Takes up where the journal left off: `live` is what it holds of incidents still in mind.
    pub fn new(plan: Rc<Plan>, journal: Journal, clock: Clock, live: Vec<Incident>) -> Self {
        Self {
            plan,
            journal,
            clock,
            watch: None,
            jumped: Cell::default(),
            ids: Ids::new(),
            live: RefCell::new(live),
            pending: RefCell::default(),
            failure: RefCell::default(),
            refused: Cell::new(false),
            viewer: RefCell::default(),
        }
    }

    /// Takes over what another kiosk has recorded: for a display that only looks on.
    pub fn see(&self, live: Vec<Incident>) {
        self.live.replace(live);
    }

    /// The open incidents, oldest first.
    pub fn open(&self) -> Vec<Ref<'_, Incident>> {
        self.those(Incident::is_open)
    }

    /// The open incident that was last acted on.
    pub fn latest_open(&self) -> Option<String> {
        let open = self.open();
        let latest = open.iter().max_by_key(|one| one.last_act());
        latest.map(|one| one.id.clone())
    }

    /// Incidents closed with something left to do, or that may still be reopened, newest first.
    pub fn closed(&self) -> Vec<Ref<'_, Incident>> {
        let now = self.clock.now();
        let mut closed = self.those(|one| {
            one.closed_at().is_some() && (one.may_reopen(now) || !one.follow_ups.is_empty())
        });
        closed.sort_by_key(|one| std::cmp::Reverse(one.closed_at()));
        closed
    }

    fn those(&self, wanted: impl Fn(&Incident) -> bool) -> Vec<Ref<'_, Incident>> {
        let count = self.live.borrow().len();
        (0..count)
            .map(|index| Ref::map(self.live.borrow(), |live| &live[index]))
            .filter(|one| wanted(one))
            .collect()
    }

    /// The incident with this id.
    pub fn get(&self, id: &str) -> Option<Ref<'_, Incident>> {
        Ref::filter_map(self.live.borrow(), |live| {
            live.iter().find(|one| one.id == id)
        })
        .ok()
    }

    /// One tap on a type: starts it, or leads to the one of that type that is open.
    pub fn tap(&self, type_id: &str) -> Option<Tapped> {
        let open = self
            .open()
            .into_iter()
            .rfind(|one| one.type_id == type_id)
            .map(|one| one.id.clone());
        match open {
            Some(id) => Some(Tapped::AlreadyOpen(id)),
            None => self.start(type_id).map(Tapped::Started),
        }
    }

    /// Starts an incident, whether or not one of its type is open. None for an unknown type.
    pub fn start(&self, type_id: &str) -> Option<String> {
        let kind = self.plan.incident(type_id)?;
        let id = self.ids.next(self.clock.now());
        self.record(
            &id,
            IncidentEvent::Started {
                type_id: kind.id.clone(),
                name: kind.name.clone(),
                plan: self.plan.revision.to_string(),
            },
        );
        Some(id)
    }

    /// Takes back a start or a close made by mistake, while the undo window lasts.
    pub fn undo(&self, id: &str) -> bool {
        let now = self.clock.now();
        if self.get(id).is_some_and(|one| one.may_undo_start(now)) {
            // Nobody has to leave because of what has not happened.
            self.take_back_evacuation(id);
        }
        let event = self.get(id).and_then(|one| {
            if one.may_undo_start(now) {
                Some(IncidentEvent::StartUndone {})
            } else if one.may_undo_close(now) {
                Some(IncidentEvent::CloseUndone {})
            } else {
                None
            }
        });
        event.map(|event| self.record(id, event)).is_some()
    }

    /// Says what became of the current step; answers which step that was.
    pub fn mark_current(&self, id: &str, mark: Mark) -> Option<StepRef> {
        let step = {
            let incident = self.get(id).filter(|one| one.is_open())?;
            let kind = self.kind(&incident)?;
            let guide = Guide::of(&incident, kind);
            let step = guide.steps.get(guide.current?)?.step;
            StepRef {
                type_id: kind.id.clone(),
                step: step.id.clone(),
            }
        };
        self.mark(id, &step, mark, None);
        Some(step)
    }

    /// Says what became of any step, first or again: an earlier word on it stays in the journal.
    /// `reason` is the id of one of the plan's reasons. On a closed incident only what it left
    /// behind can be settled.
    pub fn mark(&self, id: &str, step: &StepRef, mark: Mark, reason: Option<&str>) -> bool {
        let event = self.get(id).and_then(|one| {
            if !one.is_open() && !one.follow_ups.iter().any(|left| left.step == *step) {
                return None;
            }
            let left = one.follow_ups.iter().find(|left| left.step == *step);
            let command = match self
                .plan
                .incident(&step.type_id)
                .and_then(|kind| kind.step(&step.step))
            {
                Some(step) => step.command.clone(),
                None => left?.command.clone(),
            };
            Some(IncidentEvent::StepMarked {
                step: step.clone(),
                command,
                mark,
                reason: reason.and_then(|id| self.reason(mark, id)),
                // A reason given after the mark completes it; another mark corrects it.
                correction: one
                    .marks
                    .get(step)
                    .is_some_and(|before| before.mark != mark),
            })
        });
        event.map(|event| self.record(id, event)).is_some()
    }

    /// Adds a quick note of the incident's type, once for the taps of a shaking finger.
    pub fn note(&self, id: &str, note: &str) -> bool {
        let now = self.clock.now();
        let event = self.get(id).filter(|one| one.may_note(note, now));
        let event = event.and_then(|one| {
            let note = find(&self.kind(&one)?.notes, note)?;
            Some(IncidentEvent::Noted {
                note: note.id.clone(),
                words: note.name.clone(),
            })
        });
        event.map(|event| self.record(id, event)).is_some()
    }

    /// Changes the type; everything noted so far stays.
    pub fn change_type(&self, id: &str, type_id: &str) -> bool {
        let event = self
            .get(id)
            .filter(|one| one.is_open() && one.type_id != type_id)
            .and_then(|_| self.plan.incident(type_id))
            .map(|kind| IncidentEvent::Retyped {
                type_id: kind.id.clone(),
                name: kind.name.clone(),
            });
        let changed = event.map(|event| self.record(id, event)).is_some();
        if changed {
            self.follow_type(id);
        }
        changed
    }

    /// Closes it with one of the plan's outcomes; its follow-ups stay in sight.
    pub fn close(&self, id: &str, outcome: &str) -> bool {
        let event = self.get(id).filter(|one| one.is_open()).and_then(|one| {
            let outcome = find(&self.plan.outcomes, outcome)?;
            let follow_ups = self
                .kind(&one)
                .map(|kind| Guide::of(&one, kind).left_behind(&kind.id));
            Some(IncidentEvent::Closed {
                outcome: outcome.id.clone(),
                words: outcome.name.clone(),
                follow_ups: follow_ups.unwrap_or_default(),
            })
        });
        if event.is_some() {
            self.end_evacuation(id, End::Closed);
        }
        event.map(|event| self.record(id, event)).is_some()
    }

    /// Takes a closed incident up again, within 24 hours.
    pub fn reopen(&self, id: &str) -> bool {
        let now = self.clock.now();
        let may = self.get(id).is_some_and(|one| one.may_reopen(now));
        if may {
            self.record(id, IncidentEvent::Reopened {});
        }
        may
    }

    /// The guide's type of an incident, where the plan in force still has it.
    pub fn kind(&self, incident: &Incident) -> Option<&IncidentType> {
        self.plan.incident(&incident.type_id)
    }

    /// Whether everything that was done is on disk.
    pub fn recorded(&self) -> Recorded {
        match (
            self.pending.borrow().is_empty(),
            self.failure.borrow().is_some(),
        ) {
            (_, true) => Recorded::Failed,
            (true, false) => Recorded::Yes,
            (false, false) => Recorded::Pending,
        }
    }

    /// Waits until the journal has said what became of everything handed to it so far. Not for
    /// the thread that draws a screen which somebody is looking at.
    ///
    /// # Errors
    /// What keeps the journal from being written.
    pub fn flush(&self) -> Result<(), JournalError> {
        self.journal.flush()
    }

    /// Why something is not on disk, while the disk refuses.
    pub fn failure(&self) -> Option<JournalError> {
        self.failure.borrow().clone()
    }

    /// Takes in what the journal says of acts handed to it.
    pub fn heard(&self, notice: &Notice) {
        match notice {
            Notice::Recorded { ids, .. } => {
                let mut pending = self.pending.borrow_mut();
                for id in ids {
                    pending.remove(id);
                }
                if !self.refused.get() {
                    self.failure.take();
                }
            }
            Notice::Failed { error, .. } => {
                self.failure.replace(Some(error.clone().into()));
            }
            Notice::Refused { error, .. } if !error.is_held() => self.refuse(error.clone().into()),
            // Nothing is lost: what was held back from erasure is kept, as somebody decided before.
            _ => {}
        }
    }

    fn refuse(&self, error: JournalError) {
        self.refused.set(true);
        self.failure.replace(Some(error));
    }

    /// One of the plan's reasons for this mark.
    fn reason(&self, mark: Mark, id: &str) -> Option<Reason> {
        let reasons = match mark {
            Mark::Skipped => &self.plan.skip_reasons,
            Mark::Cannot => &self.plan.cannot_reasons,
            Mark::Waived => &self.plan.waive_reasons,
            Mark::Done | Mark::Open => return None,
        };
        find(reasons, id).map(|reason| Reason {
            id: reason.id.clone(),
            words: reason.name.clone(),
        })
    }

    /// Applies an act to the state on the screen and hands it to the journal.
    pub(super) fn record(&self, id: &str, event: IncidentEvent) {
        self.look_at_clock();
        self.apply(id, event);
    }

    pub(super) fn apply(&self, id: &str, event: IncidentEvent) {
        let now = self.clock.now();
        let entry = self.ids.next(now);
        {
            let mut live = self.live.borrow_mut();
            match live.iter_mut().find(|one| one.id == id) {
                Some(incident) => incident.apply(&entry, now, &event),
                None => live.extend(Incident::begin(id, &entry, now, &event)),
            }
            // Years without a restart must not pile up what nobody can reach any more.
            live.retain(|one| one.is_open() || one.may_reopen(now) || !one.follow_ups.is_empty());
        }
        if let Some(viewer) = &*self.viewer.borrow() {
            viewer(&self.live.borrow());
        }
        self.hand_over(entry, now, incident_topic(id), Event::Incident(event));
    }

    /// Hands what is about no incident to the journal, beside the acts on incidents, so that the
    /// screen's one mark speaks of it too; answers when it happened.
    pub(super) fn record_beside(&self, topic: &str, event: Event) -> DateTime<Utc> {
        self.look_at_clock();
        let now = self.clock.now();
        self.hand_over(self.ids.next(now), now, topic.to_owned(), event);
        now
    }

    fn hand_over(&self, id: String, at: DateTime<Utc>, topic: String, event: Event) {
        self.pending.borrow_mut().insert(id.clone());
        let draft = Draft {
            id,
            at,
            actor: None,
            topic,
            event,
        };
        // The guide goes on whatever becomes of the record; the screen says that it has not.
        if let Err(error) = self.journal.append(draft) {
            self.refuse(error);
        }
    }
}

fn find<'a>(choices: &'a [Choice], id: &str) -> Option<&'a Choice> {
    choices.iter().find(|choice| choice.id == id)
}
