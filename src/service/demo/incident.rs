//! One invented incident: from the tap on the board to the last thing that it left to do.

use std::collections::VecDeque;

use chrono::{DateTime, TimeDelta, Utc};

use super::Scene;
use super::review::Reviewer;
use crate::domain::demo::chance::Chance;
use crate::domain::guide::Guide;
use crate::domain::ids::IncidentId;
use crate::domain::incident::{Mark, StepRef};
use crate::domain::plan::{Plan, UNCLASSIFIED};
use crate::service::incidents::Incidents;

/// Where it is.
pub(super) enum Stage {
    /// It is about to begin.
    Begin,
    /// The tap was a mistake.
    TakeBack,
    /// Its type is about to be said.
    Name,
    /// Its guide is walked.
    Guide,
    /// People leave; how often they were counted.
    Leaving(u8),
    /// Somebody is resuscitated; how often something was said there.
    Resuscitating(u8),
    /// What was begun or handed over is reported done, then it is closed.
    Settle,
    /// The close was a mistake.
    TakeCloseBack,
    /// It is about to be taken up again.
    Reopen,
    /// What it left to do, in its order.
    Later(VecDeque<Left>),
    /// It is reviewed, and what follows from that is done.
    Review,
}

/// Something left to do.
pub(super) struct Left {
    at: DateTime<Utc>,
    step: StepRef,
    mark: Mark,
}

/// Somebody who handles an incident.
pub(super) struct IncidentPlayer {
    pub(super) kind: String,
    pub(super) id: IncidentId,
    pub(super) stage: Stage,
    pub(super) chance: Chance,
    pub(super) acts: u32,
    /// The contact whose card is open, and how often the step's were called in vain.
    pub(super) card: Option<String>,
    pub(super) in_vain: usize,
    pub(super) has_left: bool,
    was_reopened: bool,
    reviewer: Option<Box<Reviewer>>,
}

impl IncidentPlayer {
    /// Of this type, in the end.
    pub(super) fn new(kind: String, chance: Chance) -> Self {
        Self {
            kind,
            id: IncidentId::from(""),
            stage: Stage::Begin,
            chance,
            acts: 0,
            card: None,
            in_vain: 0,
            has_left: false,
            was_reopened: false,
            reviewer: None,
        }
    }

    /// Does what comes next; says when the next act is, if there is one.
    pub(super) fn go_on(&mut self, scene: &Scene, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let incidents = &scene.incidents;
        self.acts += 1;
        let wait = match &mut self.stage {
            Stage::Begin => self.begin(scene)?,
            Stage::TakeBack => {
                incidents.undo(&self.id);
                return None;
            }
            Stage::Name => {
                incidents.change_type(&self.id, &self.kind);
                self.to(Stage::Guide, 8, 40)
            }
            Stage::Guide => self.guide(scene, now),
            Stage::Leaving(_) => self.leave(scene),
            Stage::Resuscitating(said) => {
                let said = *said;
                self.press(incidents, said)
            }
            Stage::Settle => return self.settle(scene, now),
            Stage::TakeCloseBack => {
                incidents.undo(&self.id);
                self.to(Stage::Settle, 40, 400)
            }
            Stage::Reopen => {
                incidents.reopen(&self.id);
                self.note(scene);
                self.to(Stage::Settle, 120, 900)
            }
            Stage::Later(left) => {
                let left = left.pop_front()?;
                let reason = self.reason(&scene.plan, left.mark);
                incidents.mark(&self.id, &left.step, left.mark, reason.as_deref());
                if let (Some(reviewer), Some(one)) = (&mut self.reviewer, incidents.get(&self.id)) {
                    reviewer.follow(&one);
                }
                return self.next_left(now);
            }
            Stage::Review => {
                if let Some(reviewer) = &mut self.reviewer {
                    reviewer.go_on(scene);
                }
                return self.next_left(now);
            }
        };
        Some(now + wait)
    }

    /// Goes over to another stage after some seconds.
    pub(super) fn to(&mut self, stage: Stage, least: i64, most: i64) -> TimeDelta {
        self.stage = stage;
        self.seconds(least, most)
    }

    pub(super) fn seconds(&mut self, least: i64, most: i64) -> TimeDelta {
        TimeDelta::milliseconds(self.chance.between(least * 1000, most * 1000))
    }

    /// The pause between two acts: mostly short.
    pub(super) fn pause(&mut self) -> TimeDelta {
        match self.chance.below(20) {
            0 => self.seconds(120, 420),
            1..=4 => self.seconds(45, 120),
            _ => self.seconds(6, 45),
        }
    }

    fn begin(&mut self, scene: &Scene) -> Option<TimeDelta> {
        let unsaid = self.kind != UNCLASSIFIED
            && self.chance.percent(6)
            && scene.plan.incident(UNCLASSIFIED).is_some();
        let type_id = if unsaid { UNCLASSIFIED } else { &self.kind };
        self.id = scene.incidents.start(type_id)?;
        if self.chance.percent(3) {
            return Some(self.to(Stage::TakeBack, 1, 4));
        }
        if self.kind.contains("dispute") || self.kind.contains("complaint") {
            scene.note_dispute(&self.id);
        }
        if unsaid {
            return Some(self.to(Stage::Name, 10, 60));
        }
        if self.chance.percent(3) {
            scene.incidents.set_alone(&self.id, true);
        }
        Some(self.to(Stage::Guide, 5, 45))
    }

    pub(super) fn reason(&mut self, plan: &Plan, mark: Mark) -> Option<String> {
        let reasons = match mark {
            Mark::Skipped => &plan.skip_reasons,
            Mark::Cannot => &plan.cannot_reasons,
            Mark::Waived => &plan.waive_reasons,
            Mark::Done | Mark::Open => return None,
        };
        Some(self.chance.pick(reasons)?.id.clone())
    }

    /// Reports done what is under way, one after the other; then closes the incident.
    fn settle(&mut self, scene: &Scene, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let incidents = &scene.incidents;
        if let Some(step) = under_way(incidents, &self.id) {
            incidents.mark(&self.id, &step, Mark::Done, None);
            return Some(now + self.seconds(10, 240));
        }
        let bound = incidents.get(&self.id).and_then(|one| incidents.kind(&one));
        let kind = bound.as_deref();
        let outcomes = scene.plan.outcomes_of(kind);
        let first = kind.map_or(1, |kind| kind.outcomes.len().max(1));
        let offered = match self.chance.below(100) {
            0..=3 => &outcomes[..],
            _ => outcomes.get(..first).unwrap_or(&outcomes),
        };
        let outcome = self.chance.pick(offered)?;
        incidents.close(&self.id, &outcome.choice.id);
        if !self.was_reopened {
            self.was_reopened = true;
            match self.chance.below(100) {
                0 => return Some(now + self.to(Stage::TakeCloseBack, 1, 4)),
                1..=2 => return Some(now + self.to(Stage::Reopen, 600, 5 * 3600)),
                _ => {}
            }
        }
        self.stage = Stage::Later(self.left(scene, now));
        if !outcome.owes_nothing {
            self.reviewer = self.reviewer(scene, now);
        }
        self.next_left(now)
    }

    /// Whoever reviews it, once it is over.
    fn reviewer(&mut self, scene: &Scene, now: DateTime<Utc>) -> Option<Box<Reviewer>> {
        let one = scene.incidents.get(&self.id)?;
        let kind = scene.incidents.kind(&one)?;
        let guide = Guide::of(&one, &kind);
        let walked = guide.steps.iter().map(|one| {
            let step = StepRef::of(&kind, &one.step.id);
            (step, one.command().clone())
        });
        let walked = walked.collect();
        Reviewer::of(&one, walked, scene, now, &mut self.chance).map(Box::new)
    }

    /// When what was left to do is done: mostly in time.
    fn left(&mut self, scene: &Scene, now: DateTime<Utc>) -> VecDeque<Left> {
        let found = scene.incidents.get(&self.id);
        let found = found.map(|one| (one.started, one.follow_ups.clone()));
        let Some((started, follow_ups)) = found else {
            return VecDeque::new();
        };
        let left = follow_ups.into_iter().map(|left| {
            let (least, most, mark) = match self.chance.below(100) {
                0..=3 => (20, 90, Mark::Waived),
                4..=11 => (102, 160, Mark::Done),
                _ => (6, 80, Mark::Done),
            };
            let share = i32::try_from(self.chance.between(least, most)).unwrap_or(50);
            let wanted = started + (left.due - started) * share / 100;
            let at = scene.in_office(wanted.max(now), &mut self.chance);
            let step = left.step;
            Left { at, step, mark }
        });
        let mut left: Vec<Left> = left.collect();
        left.sort_by_key(|one| one.at);
        left.into()
    }

    fn next_left(&mut self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let soonest = now + TimeDelta::seconds(7);
        if let Stage::Later(left) = &self.stage {
            if let Some(next) = left.front() {
                return Some(next.at.max(soonest));
            }
            self.stage = Stage::Review;
        }
        match (&self.stage, &self.reviewer) {
            (Stage::Review, Some(reviewer)) => reviewer.next().map(|at| at.max(soonest)),
            _ => None,
        }
    }
}

/// Something that is under way.
fn under_way(incidents: &Incidents, id: &IncidentId) -> Option<StepRef> {
    let one = incidents.get(id)?;
    let kind = incidents.kind(&one)?;
    let guide = Guide::of(&one, &kind);
    let (step, _) = guide.under_way.first()?;
    Some(StepRef::of(&kind, &step.id))
}
