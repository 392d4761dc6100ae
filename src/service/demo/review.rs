//! The review of an invented incident: some days after it was over, what it came from, what the guide was
//! worth and what is to be done; later what became of that.

use std::collections::VecDeque;

use chrono::{DateTime, Days, TimeDelta, Utc};

use super::Scene;
use crate::domain::actor::Actor;
use crate::domain::demo::chance::Chance;
use crate::domain::entry::review_topic;
use crate::domain::ids::{EntryId, IncidentId};
use crate::domain::incident::{Incident, StepRef};
use crate::domain::plan::{Group, Text};
use crate::domain::review::{
    ActionKind, Cause, Decision, Evidence, Party, Phase, Planned, Proof, Review, ReviewEvent,
    StepWord, Subject,
};
use crate::service::reviews::digest_of;

/// How often each cause is found.
const CAUSES: [(Cause, u64); 5] = [
    (Cause::Process, 34),
    (Cause::People, 26),
    (Cause::Outside, 22),
    (Cause::Equipment, 20),
    (Cause::Environment, 8),
];
/// How often each word is said on a step.
const WORDS: [(StepWord, u64); 4] = [
    (StepWord::Helped, 60),
    (StepWord::Unclear, 18),
    (StepWord::Missing, 14),
    (StepWord::Wrong, 4),
];

/// What an incident leaves for its review.
pub(super) struct Reviewer {
    incident: IncidentId,
    /// The last entry that is known of it.
    record: EntryId,
    steps: Vec<(StepRef, Text)>,
    review: Review,
    /// What is said still, each after so long.
    left: VecDeque<(DateTime<Utc>, Said)>,
}

/// Something to be said.
enum Said {
    Event(ReviewEvent),
    Finalise,
}

impl Reviewer {
    /// Of an incident that is over, and when it is reviewed; none where nobody does.
    pub(super) fn of(
        incident: &Incident,
        steps: Vec<(StepRef, Text)>,
        scene: &Scene<'_>,
        now: DateTime<Utc>,
        chance: &mut Chance,
    ) -> Option<Self> {
        // Some are forgotten, and some come too late.
        let days = match chance.below(100) {
            0..=5 => return None,
            6..=13 => chance.between(8, 15),
            _ => chance.between(1, 5),
        };
        let last = incident.log.last()?;
        let mut one = Self {
            incident: incident.id.clone(),
            record: last.entry.clone(),
            steps,
            review: Review::of(&incident.id),
            left: VecDeque::new(),
        };
        let at = scene.in_office(now + TimeDelta::days(days), chance);
        one.plan(scene, at, chance);
        Some(one)
    }

    /// Something was noted of the incident since.
    pub(super) fn follow(&mut self, incident: &Incident) {
        if let Some(last) = incident.log.last() {
            self.record = last.entry.clone();
        }
    }

    /// When the next thing is said.
    pub(super) fn next(&self) -> Option<DateTime<Utc>> {
        self.left.front().map(|(at, _)| *at)
    }

    /// Says it.
    pub(super) fn go_on(&mut self, scene: &Scene<'_>) {
        let Some((_, said)) = self.left.pop_front() else {
            return;
        };
        let event = match said {
            Said::Event(event) => event,
            Said::Finalise => ReviewEvent::Finalised {
                version: self.review.next_version(),
                digest: digest_of(&self.review.text(&self.record)),
                record: self.record.clone(),
            },
        };
        let recorder = &scene.recorder;
        let act = recorder.act(&review_topic(&self.incident), event.clone());
        let act = act.by(Actor::SignedIn);
        self.review.apply(act.at(), &event);
        recorder.record(act);
    }

    fn plan(&mut self, scene: &Scene<'_>, begins: DateTime<Utc>, chance: &mut Chance) {
        let mut at = begins;
        let mut say = |said: Said, chance: &mut Chance| {
            self.left.push_back((at, said));
            at += TimeDelta::milliseconds(chance.between(6_000, 90_000));
        };
        let mut causes: Vec<Cause> = Vec::new();
        for _ in 0..=u8::from(chance.percent(25)) {
            causes.extend(chance.weighted(&CAUSES));
        }
        causes.dedup();
        for cause in causes {
            say(Said::Event(ReviewEvent::CauseChosen { cause }), chance);
        }
        let mut judged: Vec<&(StepRef, Text)> = Vec::new();
        for _ in 0..chance.below(4) {
            judged.extend(chance.pick(&self.steps));
        }
        judged.dedup_by_key(|(step, _)| step.clone());
        for (step, command) in judged {
            let word = chance.weighted(&WORDS).copied();
            let event = ReviewEvent::StepJudged {
                step: step.clone(),
                command: command.clone(),
                word,
            };
            say(Said::Event(event), chance);
        }
        let parties = parties(scene);
        if chance.percent(28)
            && let Some(whose) = chance.pick(&parties)
        {
            let mut evidence = vec![Evidence::Record];
            evidence.extend(chance.percent(50).then_some(Evidence::Camera));
            let decision = chance.pick(Decision::ALL).copied();
            let event = ReviewEvent::Settled {
                whose: whose.clone(),
                evidence,
                decision: decision.unwrap_or(Decision::None),
            };
            say(Said::Event(event), chance);
        }
        let mut later = Vec::new();
        let count = chance.weighted(&[(0, 45), (1, 38), (2, 17)]).copied();
        for number in 1..=count.unwrap_or(0) {
            let Some(planned) = planned(scene, begins, &self.steps, &parties, chance) else {
                continue;
            };
            later.extend(settled(scene, number, &planned, begins, chance));
            let event = ReviewEvent::ActionAdded { number, planned };
            say(Said::Event(event), chance);
        }
        say(Said::Finalise, chance);
        let last = at;
        later.sort_by_key(|(at, _)| *at);
        let later = later.into_iter();
        self.left.extend(
            later.map(|(at, event)| (at.max(last + TimeDelta::minutes(5)), Said::Event(event))),
        );
    }
}

/// Those who an action can be given to.
fn parties(scene: &Scene<'_>) -> Vec<Party> {
    let own = scene.plan.roles.iter();
    let own = own.filter(|role| role.group == Group::People);
    let party = own.map(|role| Party::Role {
        id: role.id.clone(),
        name: role.name.clone(),
    });
    party.collect()
}

fn planned(
    scene: &Scene<'_>,
    begins: DateTime<Utc>,
    steps: &[(StepRef, Text)],
    parties: &[Party],
    chance: &mut Chance,
) -> Option<Planned> {
    let owner = chance.pick(parties)?.clone();
    let action = *chance.pick(ActionKind::ALL)?;
    let day = begins.with_timezone(&scene.zone()).date_naive();
    let days = *chance.pick(&[7, 14, 14, 30, 30, 91])?;
    let step = chance.pick(steps).filter(|_| chance.percent(40)).cloned();
    let about = match step {
        Some((step, command)) => Subject::Step { step, command },
        None => Subject::Phase(*chance.pick(Phase::ALL)?),
    };
    Some(Planned {
        action,
        owner,
        due: day.checked_add_days(Days::new(days))?,
        about,
    })
}

/// When an action is done, mostly in time; none where it is left lying.
fn settled(
    scene: &Scene<'_>,
    number: u32,
    planned: &Planned,
    begins: DateTime<Utc>,
    chance: &mut Chance,
) -> Option<(DateTime<Utc>, ReviewEvent)> {
    let share = match chance.below(100) {
        0..=3 => return None,
        4..=13 => chance.between(105, 170),
        _ => chance.between(20, 95),
    };
    let day = begins.with_timezone(&scene.zone()).date_naive();
    let span = TimeDelta::days((planned.due - day).num_days());
    let wanted = begins + span * i32::try_from(share).unwrap_or(50) / 100;
    let at = scene.in_office(wanted, chance);
    let proof = match planned.action {
        ActionKind::Plan => Proof::Revision,
        ActionKind::Training => Proof::Exercise,
        ActionKind::Equipment => Proof::Photo,
        ActionKind::Process => Proof::Document,
    };
    Some((at, ReviewEvent::ActionDone { number, proof }))
}
