//! Everything that can be done with an incident. Each act is applied to the state in memory at
//! once and handed to the journal; no caller ever waits for the disk.

use std::cell::{Cell, Ref, RefCell};
use std::collections::HashSet;
use std::sync::Arc;

use chrono::TimeDelta;

use super::clock::Clock;
use super::clock_watch::Watch;
use super::in_force::{BoundType, InForce};
use super::journal::Notice;
use super::recorder::{Act, Recorder};
use crate::domain::actor::Actor;
use crate::domain::entry::incident_topic;
use crate::domain::evacuation::End;
use crate::domain::guide::Guide;
use crate::domain::ids::IncidentId;
use crate::domain::incident::{Incident, IncidentEvent, Mark, Reason, StepRef};
use crate::domain::plan::{Choice, IncidentType, Plan, Text};

/// What a tap on a type led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tapped {
    /// A new incident of this id.
    Started(IncidentId),
    /// One of the same type was open already: its id.
    AlreadyOpen(IncidentId),
}

/// The incidents that the tablet keeps in mind, and the acts on them.
pub struct Incidents {
    pub(super) in_force: InForce,
    recorder: Arc<Recorder>,
    pub(super) clock: Clock,
    pub(super) watch: Option<Arc<Watch>>,
    /// By how much the clock was set altogether, as far as the incidents know.
    pub(super) jumped: Cell<TimeDelta>,
    pub(super) live: RefCell<Vec<Incident>>,
    /// Those that were in mind and are no longer: they do not come back with another file.
    gone: RefCell<HashSet<IncidentId>>,
    pub(super) viewer: RefCell<Option<Viewer>>,
}

/// Is shown the incidents whenever they have changed, on the thread of the screens.
pub type Viewer = Box<dyn Fn(&[Incident])>;

impl Incidents {
    /// Takes up where the journal left off: `live` is what it holds of incidents still in mind.
    pub fn new(in_force: InForce, recorder: Arc<Recorder>, live: Vec<Incident>) -> Self {
        Self {
            in_force,
            clock: recorder.clock().clone(),
            recorder,
            watch: None,
            jumped: Cell::default(),
            live: RefCell::new(live),
            gone: RefCell::default(),
            viewer: RefCell::default(),
        }
    }

    /// Takes over what another kiosk has recorded: for a display that only looks on.
    pub fn see(&self, live: Vec<Incident>) {
        self.live.replace(live);
    }

    /// Takes in what the journal says: what another file holds that has taken its place is kept in
    /// mind as well. Of what is known already the screens know more than any file.
    pub fn heard(&self, notice: &Notice) {
        let Notice::Holds(found) = notice else {
            return;
        };
        {
            let mut live = self.live.borrow_mut();
            let gone = self.gone.borrow();
            for one in &**found {
                let known = live.iter().any(|other| other.id == one.id);
                if !known && !gone.contains(&one.id) {
                    live.push(one.clone());
                }
            }
            live.sort_by_key(|one| one.started);
        }
        self.show();
    }

    /// The open incidents, oldest first.
    pub fn open(&self) -> Vec<Ref<'_, Incident>> {
        self.those(Incident::is_open)
    }

    /// The open incident that was last acted on.
    pub fn latest_open(&self) -> Option<IncidentId> {
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
    pub fn get(&self, id: &IncidentId) -> Option<Ref<'_, Incident>> {
        Ref::filter_map(self.live.borrow(), |live| {
            live.iter().find(|one| one.id == *id)
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
    pub fn start(&self, type_id: &str) -> Option<IncidentId> {
        let now = self.in_force.now();
        let kind = now.plan.incident(type_id)?;
        let id = IncidentId::from(self.recorder.new_id(self.clock.now()));
        self.record(
            &id,
            IncidentEvent::Started {
                type_id: kind.id.clone(),
                name: kind.name.clone(),
                plan: now.plan.revision.to_string(),
                digest: Some(now.plan_digest.clone()),
            },
        );
        Some(id)
    }

    /// Takes back a start or a close made by mistake, while the undo window lasts.
    pub fn undo(&self, id: &IncidentId) -> bool {
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
    pub fn mark_current(&self, id: &IncidentId, mark: Mark) -> Option<StepRef> {
        let step = self.current_step(id)?;
        let needs_word = self.of_current(id, |_, step| step.approval);
        let approved = mark == Mark::Done && needs_word == Some(true);
        self.mark_with(id, &step, (mark, approved), None)
            .then_some(step)
    }

    /// Says what became of any step, first or again: an earlier word on it stays in the journal.
    /// `reason` is the id of one of the plan's reasons. On a closed incident only what it left
    /// behind can be settled.
    pub fn mark(&self, id: &IncidentId, step: &StepRef, mark: Mark, reason: Option<&str>) -> bool {
        self.mark_with(id, step, (mark, false), reason)
    }

    /// The same; `approved` says that a superior's word was given for it.
    fn mark_with(
        &self,
        id: &IncidentId,
        step: &StepRef,
        (mark, approved): (Mark, bool),
        reason: Option<&str>,
    ) -> bool {
        let event = self.get(id).and_then(|one| {
            if !one.is_open() && !one.follow_ups.iter().any(|left| left.step == *step) {
                return None;
            }
            let left = one.follow_ups.iter().find(|left| left.step == *step);
            let plan = self.plan_of(&one);
            let command = match plan
                .incident(&step.type_id)
                .and_then(|kind| kind.step(&step.step))
            {
                // Nothing else than an answer settles a question, but that nobody has one.
                Some(step) if step.is_question() && mark == Mark::Done => return None,
                Some(step) => step.command_for(one.is_alone()).clone(),
                None => left?.command.clone(),
            };
            Some(IncidentEvent::StepMarked {
                step: step.clone(),
                command,
                mark,
                reason: reason.and_then(|id| {
                    // Those offered for what several incidents left behind are today's.
                    find_reason(&plan, mark, id)
                        .or_else(|| find_reason(&self.in_force.plan(), mark, id))
                }),
                // A reason given after the mark completes it; another mark corrects it.
                correction: one
                    .marks
                    .get(step)
                    .is_some_and(|before| before.mark != mark),
                approved,
            })
        });
        let marked = event.map(|event| self.record(id, event)).is_some();
        if marked {
            self.follow_shelter(id, step);
        }
        marked
    }

    /// Adds a quick note of the incident's type, once for the taps of a shaking finger.
    pub fn note(&self, id: &IncidentId, note: &str) -> bool {
        let now = self.clock.now();
        let event = self.get(id).filter(|one| one.may_note(note, now));
        let event = event.and_then(|one| {
            let kind = self.kind(&one)?;
            let note = find(&kind.notes, note)?;
            Some(IncidentEvent::Noted {
                note: note.id.clone(),
                words: note.name.clone(),
            })
        });
        let noted = event.map(|event| self.record(id, event)).is_some();
        if noted {
            self.follow_note(id, note);
        }
        noted
    }

    /// Changes the type; everything noted so far stays.
    pub fn change_type(&self, id: &IncidentId, type_id: &str) -> bool {
        let event = self
            .get(id)
            .filter(|one| one.is_open() && one.type_id != type_id)
            .and_then(|one| {
                let now = self.in_force.now();
                let bound = self.plan_of(&one);
                // What is chosen is a type of the plan in force, and with it that plan's guide.
                let (kind, rebound) = match now.plan.incident(type_id) {
                    Some(kind) => (kind, one.plan_digest.as_ref() != Some(&now.plan_digest)),
                    None => (bound.incident(type_id)?, false),
                };
                Some(IncidentEvent::Retyped {
                    type_id: kind.id.clone(),
                    name: kind.name.clone(),
                    digest: rebound.then(|| now.plan_digest.clone()),
                })
            });
        let changed = event.map(|event| self.record(id, event)).is_some();
        if changed {
            self.follow_type(id);
        }
        changed
    }

    /// Closes it with one of the plan's outcomes; its follow-ups stay in sight.
    pub fn close(&self, id: &IncidentId, outcome: &str) -> bool {
        let event = self.get(id).filter(|one| one.is_open()).and_then(|one| {
            let plan = self.plan_of(&one);
            let outcome = plan.outcomes.iter().find(|it| it.choice.id == outcome)?;
            let follow_ups = plan
                .incident(&one.type_id)
                .filter(|_| !outcome.owes_nothing)
                .map(|kind| Guide::of(&one, kind).left_behind(&kind.id));
            Some(IncidentEvent::Closed {
                outcome: outcome.choice.id.clone(),
                words: outcome.choice.name.clone(),
                follow_ups: follow_ups.unwrap_or_default(),
            })
        });
        if event.is_some() {
            self.end_evacuation(id, End::Closed);
        }
        event.map(|event| self.record(id, event)).is_some()
    }

    /// Takes a closed incident up again, within 24 hours.
    pub fn reopen(&self, id: &IncidentId) -> bool {
        let now = self.clock.now();
        let may = self.get(id).is_some_and(|one| one.may_reopen(now));
        if may {
            self.record(id, IncidentEvent::Reopened {});
        }
        may
    }

    /// The plan that an incident is bound to.
    pub fn plan_of(&self, incident: &Incident) -> Arc<Plan> {
        self.in_force.plan_of(incident)
    }

    /// The guide's type of an incident, where the plan that it is bound to has it.
    pub fn kind(&self, incident: &Incident) -> Option<BoundType> {
        BoundType::of(self.plan_of(incident), &incident.type_id)
    }

    /// An incident's name where customers may read it.
    pub fn open_name(&self, incident: &Incident) -> Text {
        let kind = self.kind(incident);
        let kind = kind.as_deref();
        kind.map_or(&incident.name, IncidentType::open_name).clone()
    }

    /// Applies an act of whoever is on duty to the state on the screen and hands it to the journal.
    pub(super) fn record(&self, id: &IncidentId, event: IncidentEvent) {
        self.look_at_clock();
        let act = self.recorder.act(&incident_topic(id), event.clone());
        self.apply(id, act.by(Actor::OnDuty), &event);
    }

    /// The same for what nobody does, such as a jump of the clock.
    pub(super) fn befell(&self, id: &IncidentId, event: &IncidentEvent) {
        let act = self.recorder.act(&incident_topic(id), event.clone());
        self.apply(id, act, event);
    }

    fn apply(&self, id: &IncidentId, act: Act, event: &IncidentEvent) {
        let now = act.at();
        {
            let mut live = self.live.borrow_mut();
            match live.iter_mut().find(|one| one.id == *id) {
                Some(incident) => incident.apply(act.id(), now, event),
                None => live.extend(Incident::begin(id, act.id(), now, event)),
            }
            // Years without a restart must not pile up what nobody can reach any more.
            let is_kept =
                |one: &Incident| one.is_open() || one.may_reopen(now) || !one.follow_ups.is_empty();
            let gone = live.extract_if(.., |one| !is_kept(one)).map(|one| one.id);
            self.gone.borrow_mut().extend(gone);
        }
        self.show();
        // The guide goes on whatever becomes of the record; the screen says that it has not.
        self.recorder.record(act);
    }

    pub(super) fn show(&self) {
        if let Some(viewer) = &*self.viewer.borrow() {
            viewer(&self.live.borrow());
        }
    }
}

/// One of the plan's reasons for this mark.
fn find_reason(plan: &Plan, mark: Mark, id: &str) -> Option<Reason> {
    let reasons = match mark {
        Mark::Skipped => &plan.skip_reasons,
        Mark::Cannot => &plan.cannot_reasons,
        Mark::Waived => &plan.waive_reasons,
        Mark::Done | Mark::Open => return None,
    };
    find(reasons, id).map(|reason| Reason {
        id: reason.id.clone(),
        words: reason.name.clone(),
    })
}

fn find<'a>(choices: &'a [Choice], id: &str) -> Option<&'a Choice> {
    choices.iter().find(|choice| choice.id == id)
}
