//! What a report says of one incident: facts gathered from its entries by the plan that it was made
//! by. Nothing in here is worded, and nothing is known that the journal does not hold.
//!
//! [`Report::of`] folds the entries once more and looks before each of them how the guide stood then
//! (`replay`): a deadline is the one that whoever was there had, whatever was corrected since.

mod calls;
mod leaving;
mod replay;
mod steps;
mod timeline;
mod written;

use chrono::{DateTime, TimeDelta, Utc};

use self::replay::Replay;
use super::complaint::About;
use super::guide::Guide;
use super::ids::{ComplaintId, EntryId, IncidentId};
use super::incident::{Incident, IncidentEvent, Status};
use super::plan::{IncidentType, Plan, Text};
use super::review::Review;
pub use calls::{AnswerFact, CallFact, PromptFact};
pub use leaving::{EvacuationFact, ResuscitationFact};
pub use steps::{StepFact, StepState, Tally, Timing};
pub use timeline::{Deviation, Moment, What, Who};
pub use written::WrittenFact;

/// Why an entry cannot be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// A newer version of the program wrote it.
    Newer,
    /// Its body is none of its kind.
    Spoiled,
}

/// An entry of the journal that a report rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceEntry {
    /// Its position.
    pub seq: i64,
    /// Its id.
    pub id: EntryId,
    /// When it happened, by the clock as it was set then; none if the stored number is no time.
    pub at: Option<DateTime<Utc>>,
    /// Who acted, as it is stored.
    pub actor: Option<String>,
    /// The name of what happened.
    pub kind: String,
    /// What happened.
    pub event: Result<IncidentEvent, Unread>,
    /// Its SHA-256, in hexadecimal.
    pub digest: String,
    /// Whether that is the digest of what it says.
    pub is_sound: bool,
}

/// The plan of a digest; where an incident notes none, the one that it can be told to have had.
pub type PlanOf<'a> = dyn Fn(Option<&str>) -> Option<&'a Plan> + 'a;

/// What a report is gathered from.
pub struct Source<'a> {
    /// The incident, folded from its entries.
    pub incident: &'a Incident,
    /// The device whose journal they are of.
    pub device: &'a str,
    /// Its entries, in the order of the journal.
    pub entries: &'a [SourceEntry],
    /// The plans that it went by.
    pub plan_of: &'a PlanOf<'a>,
    /// The complaints joined to it; none while nobody can tell.
    pub complaints: Option<Vec<(ComplaintId, About)>>,
    /// What was said of it since; none where nothing was.
    pub review: Option<ReviewFact>,
    /// The moment for which the report tells how things stand.
    pub now: DateTime<Utc>,
}

/// The review of an incident, and who made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewFact {
    /// What it says.
    pub review: Review,
    /// Who finalised each of its versions.
    pub by: Vec<Who>,
}

/// A plan whose guide was walked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanFact {
    /// The day of its revision; empty where neither it nor a note of that day is there.
    pub revision: String,
    /// Its digest, where that was noted.
    pub digest: Option<String>,
    /// Whether its words are there: without them nobody knows the guide and its deadlines.
    pub is_known: bool,
}

/// The types that an incident had one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeFact {
    /// Its name.
    pub name: Text,
    /// Since when it was of that type, by the clock as it is set now.
    pub since: DateTime<Utc>,
}

/// Proof of what a report rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The device whose journal it is.
    pub device: String,
    /// How many entries the report rests on.
    pub entries: usize,
    /// Position and digest of the first and of the last.
    pub ends: Option<[(i64, String); 2]>,
    /// The positions of those whose digest is not that of what they say.
    pub unsound: Vec<i64>,
}

/// How an incident stands, for the head of its report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Being handled: the report is of the moment at which it is made.
    Open,
    /// A tap by mistake.
    Undone,
    /// Over, since when, and the words of its outcome.
    Closed(DateTime<Utc>, Text),
}

/// All that a report says. Every moment is by the clock as it is set now, unless it says otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The incident.
    pub id: IncidentId,
    /// The name of its type today.
    pub name: Text,
    /// The class of that type, where it is of one.
    pub class: Option<Text>,
    /// The clauses that define it.
    pub clauses: Vec<String>,
    /// The types it had, the first one first.
    pub types: Vec<TypeFact>,
    /// When it began.
    pub started: DateTime<Utc>,
    /// How it stands.
    pub standing: Standing,
    /// Whether it ended with an outcome that leaves nothing to do: there was no incident.
    pub owes_nothing: bool,
    /// For how long it ran, or has run.
    pub lasted: TimeDelta,
    /// The plans that it was made by: one, unless the type was changed after another was in force.
    pub plans: Vec<PlanFact>,
    /// The entries one by one.
    pub timeline: Vec<Moment>,
    /// The steps of its guide that were on the way.
    pub steps: Vec<StepFact>,
    /// What was to be done afterwards.
    pub follow_ups: Vec<StepFact>,
    /// What was said of other steps: of a guide before the type was changed, or off the way by now.
    pub others: Vec<StepFact>,
    /// How many of its entries correct earlier ones.
    pub corrections: usize,
    /// How many notes and calls were struck out.
    pub struck: usize,
    /// How often the clock was set.
    pub jumps: usize,
    /// The calls.
    pub calls: Vec<CallFact>,
    /// What was asked and answered.
    pub answers: Vec<AnswerFact>,
    /// What came by itself.
    pub prompts: Vec<PromptFact>,
    /// How often people were led out; those taken back at once are left out.
    pub evacuations: Vec<EvacuationFact>,
    /// How often somebody was resuscitated; screens opened by mistake are left out.
    pub resuscitations: Vec<ResuscitationFact>,
    /// What was written about it on phones.
    pub written: Vec<WrittenFact>,
    /// The complaints joined to it; none while nobody can tell.
    pub complaints: Option<Vec<(ComplaintId, About)>>,
    /// What it rests on.
    pub evidence: Evidence,
    /// What was said of it since; none where nothing was.
    pub review: Option<ReviewFact>,
    /// The moment for which it tells how things stand.
    pub now: DateTime<Utc>,
}

impl Report {
    /// Gathers the report of an incident.
    pub fn of(source: &Source<'_>) -> Self {
        let incident = source.incident;
        let plan = (source.plan_of)(incident.plan_digest.as_deref());
        let kind = plan.and_then(|plan| plan.incident(&incident.type_id));
        let class = kind.and_then(|kind| kind.class.as_deref());
        let class = class.and_then(|id| plan?.classes.iter().find(|one| one.id == id));
        let replay = Replay::of(source);
        let timeline = timeline::of(source, &replay);
        let guide = kind.map(|kind| (Guide::of(incident, kind), kind));
        let steps = steps::gather(source, guide.as_ref(), &replay);
        let count = |wanted: fn(&Deviation) -> bool| {
            let marked = timeline.iter();
            marked
                .filter(|one| one.deviations.iter().any(wanted))
                .count()
        };
        Self {
            id: incident.id.clone(),
            name: incident.name.clone(),
            class: class.map(|class| class.name.clone()),
            clauses: kind.map(|kind| kind.clauses.clone()).unwrap_or_default(),
            types: types(incident),
            started: incident.started,
            standing: match &incident.status {
                Status::Open => Standing::Open,
                Status::Undone => Standing::Undone,
                Status::Closed { at, words, .. } => Standing::Closed(*at, words.clone()),
            },
            owes_nothing: plan.is_some_and(|plan| owes_nothing(plan, incident)),
            lasted: incident.elapsed(source.now).max(TimeDelta::zero()),
            plans: plans(source),
            corrections: count(|one| matches!(one, Deviation::Corrects)),
            struck: count(|one| matches!(one, Deviation::Struck)),
            jumps: count(|one| matches!(one, Deviation::ClockSet)),
            written: written::of(&timeline),
            timeline,
            steps: steps.on_the_way,
            follow_ups: steps.follow_ups,
            others: steps.others,
            calls: calls::calls(source, incident),
            answers: calls::answers(incident),
            prompts: calls::prompts(incident),
            evacuations: replay.evacuations,
            resuscitations: replay.resuscitations,
            complaints: source.complaints.clone(),
            evidence: evidence(source),
            review: source.review.clone(),
            now: source.now,
        }
    }

    /// How the steps of the guide went.
    pub fn tally(&self) -> Tally {
        Tally::of(&self.steps)
    }

    /// Whether a step did not go as the plan asks. What is still to be done, and can be, does not.
    pub fn deviates(&self, one: &StepFact) -> bool {
        let is_over = matches!(self.standing, Standing::Closed(..));
        match (one.state, one.timing) {
            (_, Timing::Late(_) | Timing::Missed(_)) => true,
            (StepState::Skipped | StepState::Cannot | StepState::Waived, _) => true,
            (StepState::UnderWay | StepState::ToDo, _) => {
                is_over && !one.afterwards && !self.owes_nothing
            }
            (StepState::Done, _) => false,
        }
    }

    /// Those that do not, in the order of the guide.
    pub fn deviating(&self) -> impl Iterator<Item = &StepFact> {
        let all = self.steps.iter().chain(&self.follow_ups);
        all.chain(&self.others).filter(|one| self.deviates(one))
    }

    /// Whether it is certain that every step was done, and in time.
    pub fn is_as_planned(&self) -> bool {
        let tally = self.tally();
        let is_done = tally.of > 0 && tally.done == tally.of && tally.untold == 0;
        let is_known = self.plans.iter().all(|one| one.is_known);
        is_known && is_done && self.deviating().next().is_none()
    }

    /// Whether the clock was set while it was on: then the entries have times of several clocks.
    pub fn was_clock_set(&self) -> bool {
        self.jumps > 0
    }
}

/// Whether an incident was closed as none.
fn owes_nothing(plan: &Plan, incident: &Incident) -> bool {
    let Status::Closed { outcome, .. } = &incident.status else {
        return false;
    };
    let mut known = plan.outcomes.iter();
    known.any(|one| one.choice.id == *outcome && one.owes_nothing)
}

fn plans(source: &Source<'_>) -> Vec<PlanFact> {
    let mut plans: Vec<PlanFact> = Vec::new();
    for line in &source.incident.log {
        let (noted, digest) = match &line.event {
            IncidentEvent::Started { plan, digest, .. } => (plan.as_str(), digest),
            IncidentEvent::Retyped {
                digest: digest @ Some(_),
                ..
            } => ("", digest),
            _ => continue,
        };
        if plans.iter().any(|one| one.digest == *digest) {
            continue;
        }
        let plan = (source.plan_of)(digest.as_deref());
        plans.push(PlanFact {
            revision: plan.map_or_else(|| noted.to_owned(), |plan| plan.revision.to_string()),
            digest: digest.clone(),
            is_known: plan.is_some(),
        });
    }
    plans
}

fn types(incident: &Incident) -> Vec<TypeFact> {
    let lines: Vec<_> = incident.latest().collect();
    let named = lines.into_iter().rev().filter_map(|(since, line)| {
        let (IncidentEvent::Started { name, .. } | IncidentEvent::Retyped { name, .. }) =
            &line.event
        else {
            return None;
        };
        let name = name.clone();
        Some(TypeFact { name, since })
    });
    named.collect()
}

fn evidence(source: &Source<'_>) -> Evidence {
    let end = |entry: &SourceEntry| (entry.seq, entry.digest.clone());
    let ends = source.entries.first().zip(source.entries.last());
    let unsound = source.entries.iter().filter(|one| !one.is_sound);
    Evidence {
        device: source.device.to_owned(),
        entries: source.entries.len(),
        ends: ends.map(|(first, last)| [end(first), end(last)]),
        unsound: unsound.map(|one| one.seq).collect(),
    }
}

/// The type of this id in the plan that an incident goes by.
fn kind_of<'a>(plan_of: &PlanOf<'a>, incident: &Incident, id: &str) -> Option<&'a IncidentType> {
    plan_of(incident.plan_digest.as_deref())?.incident(id)
}
