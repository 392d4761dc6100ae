//! Where an incident stands in its guide: the current step, what follows, what is overdue.

use chrono::{DateTime, Duration, Utc};

use super::evacuation;
use super::incident::{FollowUp, Incident, Mark, Marked, StepRef, UnderWay};
use super::plan::{
    Alone, Choice, CountsFrom, Crew, DoneBy, IncidentType, Step, Text, UNKNOWN_ANSWER, Until,
};
use super::resuscitation::End;

/// How pressing a deadline is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// There is time.
    Calm,
    /// The last third of the time is running.
    Soon,
    /// It has passed.
    Overdue,
}

/// A deadline as it stands now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// When it falls.
    pub due: DateTime<Utc>,
    /// How pressing it is.
    pub urgency: Urgency,
    /// Time left; negative once it has passed.
    pub left: Duration,
}

impl Deadline {
    /// The deadline `due` of something that began at `began`, seen at `now`.
    pub fn at(began: DateTime<Utc>, due: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        let left = due - now;
        let urgency = if left <= Duration::zero() {
            Urgency::Overdue
        } else if left * 3 <= due - began {
            Urgency::Soon
        } else {
            Urgency::Calm
        };
        Self { due, urgency, left }
    }
}

/// One step as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepStanding<'a> {
    /// The step in the plan.
    pub step: &'a Step,
    /// The last word on it, unless it is still to do.
    pub marked: Option<&'a Marked>,
    /// The answer to it, where it asks and was answered.
    pub answer: Option<&'a Choice>,
    /// Since when it is under way and with whom, where it is.
    pub under_way: Option<&'a UnderWay>,
    /// Whether its condition, where it has one, is known to hold.
    pub held: bool,
    /// When it must be done, if it has a deadline and that counts already.
    pub due: Option<DateTime<Utc>>,
    /// What that deadline is counted from.
    pub began: DateTime<Utc>,
    /// Whether it reads as it does for somebody who is alone.
    pub alone: bool,
}

impl<'a> StepStanding<'a> {
    /// Its command as it reads here.
    pub fn command(&self) -> &'a Text {
        self.step.command_for(self.alone)
    }

    /// Its deadline at `now`, where it has one that counts already.
    pub fn deadline(&self, now: DateTime<Utc>) -> Option<Deadline> {
        Some(Deadline::at(self.began, self.due?, now))
    }

    /// Whether the guide goes on without it: it is settled, or under way.
    pub fn is_left_behind(&self) -> bool {
        self.marked.is_some() || self.under_way.is_some()
    }
}

/// A guide as it stands: the steps of the plan that are on the way, with what became of each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guide<'a> {
    /// The steps of the incident itself, in order.
    pub steps: Vec<StepStanding<'a>>,
    /// The follow-ups, in order.
    pub follow_ups: Vec<StepStanding<'a>>,
    /// Index into `steps` of the one to do now; none when all are settled or under way.
    pub current: Option<usize>,
    /// The answers on the way, [`UNKNOWN_ANSWER`] for a question that was left out.
    pub answers: Vec<&'a str>,
    /// What is under way, on the way or not: an answer that was changed ends no errand.
    pub under_way: Vec<(&'a Step, &'a UnderWay)>,
}

/// How far the walk through a guide has come.
struct Walk<'a> {
    incident: &'a Incident,
    kind: &'a IncidentType,
    /// The answers to the questions met so far, with when each was given.
    given: Vec<(&'a str, DateTime<Utc>)>,
    /// When the step that comes next became the one to do; none while one before it is not settled.
    turn: Option<DateTime<Utc>>,
}

impl<'a> Walk<'a> {
    /// The next step as it stands, if it is on the way.
    fn next(&mut self, step: &'a Step) -> Option<StepStanding<'a>> {
        let mut of = self
            .given
            .iter()
            .filter(|(id, _)| step.only.iter().any(|one| one == id));
        let answered = of.next().map(|(_, at)| *at);
        if !step.only.is_empty() && answered.is_none() {
            return None;
        }
        let (incident, key) = (self.incident, StepRef::of(self.kind, &step.id));
        let is_touched = incident.marks.contains_key(&key) || incident.under_way(&key).is_some();
        let falls_away = (incident.is_alone() && step.alone == Alone::LeftOut)
            || is_over_with_resuscitation(incident, step)
            || (step.until == Some(Until::Out) && is_everybody_out(incident));
        if falls_away && !is_touched {
            return None;
        }
        let marked = incident
            .marks
            .get(&key)
            .filter(|one| one.mark != Mark::Open);
        let given = incident.given(&key).filter(|_| marked.is_some());
        let under_way = incident.under_way(&key);
        let held = incident.held_since(&key);
        let counts = self.counts_from(step, answered, held);
        match (given, marked) {
            (Some(given), _) => self.given.push((&given.answer, given.at)),
            (None, Some(marked)) if step.is_question() => {
                self.given.push((UNKNOWN_ANSWER, marked.at));
            }
            _ => {}
        }
        if !step.is_follow_up() {
            let left = marked
                .map(|one| one.at)
                .or(under_way.map(|begun| begun.since));
            self.turn = self.turn.zip(left).map(|(turn, left)| turn.max(left));
        }
        Some(StepStanding {
            step,
            marked,
            answer: given.and_then(|given| step.answer(&given.answer)),
            under_way,
            held: held.is_some(),
            due: counts
                .zip(step.within)
                .map(|(from, within)| from + Duration::seconds(within.into())),
            began: counts.unwrap_or(incident.typed),
            alone: incident.is_alone(),
        })
    }

    /// What the deadline of a step counts from; none where it does not count yet.
    fn counts_from(
        &self,
        step: &Step,
        answered: Option<DateTime<Utc>>,
        held: Option<DateTime<Utc>>,
    ) -> Option<DateTime<Utc>> {
        if step.is_follow_up() {
            // Due to somebody who counts from the event itself.
            return Some(self.incident.started);
        }
        if step.condition.is_some() {
            return held;
        }
        match step.counts_from {
            // What is to be done on the spot can only be begun once the type, and what it asks, is
            // known.
            CountsFrom::Start | CountsFrom::Answer => {
                Some(answered.map_or(self.incident.typed, |at| at.max(self.incident.typed)))
            }
            CountsFrom::Step => self.turn,
        }
    }
}

/// Whether a step belongs to a resuscitation that is over: nobody turns on an AED for somebody who
/// breathes, and what else belongs to one is no longer the lobby's once the ambulance crew has taken
/// over.
fn is_over_with_resuscitation(incident: &Incident, step: &Step) -> bool {
    let ended = incident.resuscitation.as_ref().and_then(|one| one.ended);
    let is_its_own = step.is_compressions() || step.done_by == Some(DoneBy::Aed);
    match ended {
        Some((_, End::Breathing)) => is_its_own,
        Some((_, End::TakenOver)) => {
            is_its_own || step.resuscitation || step.until == Some(Until::TakenOver)
        }
        Some((_, End::Closed)) | None => false,
    }
}

/// Whether people were led out because of the incident, and nobody is missing or no danger is left.
fn is_everybody_out(incident: &Incident) -> bool {
    incident.evacuation.as_ref().is_some_and(|one| {
        let ended = one.ended.map(|(_, end)| end);
        match ended {
            Some(evacuation::End::AllClear | evacuation::End::FalseAlarm) => true,
            Some(evacuation::End::Closed) | None => one.missing_in_all() == Some(0),
        }
    })
}

impl<'a> Guide<'a> {
    /// Lays the incident over its type's guide.
    pub fn of(incident: &'a Incident, kind: &'a IncidentType) -> Self {
        let mut walk = Walk {
            incident,
            kind,
            given: Vec::new(),
            turn: Some(incident.typed),
        };
        let way = kind.steps.iter().filter_map(|step| walk.next(step));
        let (follow_ups, steps): (Vec<_>, Vec<_>) = way.partition(|one| one.step.is_follow_up());
        let current = steps.iter().position(|one| !one.is_left_behind());
        let under_way = kind.steps.iter().filter_map(|step| {
            let key = StepRef::of(kind, &step.id);
            Some((step, incident.under_way(&key)?))
        });
        let under_way = under_way.collect();
        Self {
            steps,
            follow_ups,
            current,
            answers: walk.given.iter().map(|(answer, _)| *answer).collect(),
            under_way,
        }
    }

    /// The step still to do whose deadline falls first; none where nothing has one.
    pub fn pressing(&self) -> Option<&StepStanding<'a>> {
        let open = self.steps.iter().filter(|one| !one.is_left_behind());
        open.filter(|one| one.due.is_some())
            .min_by_key(|one| one.due)
    }

    /// The step to name where one line stands for the whole guide: one that is overdue, else the one to
    /// do now, so that a time beside it is its own.
    pub fn foremost(&self, now: DateTime<Utc>) -> Option<&StepStanding<'a>> {
        let over = self
            .pressing()
            .filter(|one| one.due.is_some_and(|due| due <= now));
        over.or_else(|| self.steps.get(self.current?))
    }

    /// What one of the crew has to do in it, still to be done: what was handed to that person, and what is
    /// that person's by nature and nobody has begun.
    pub fn tasks_of<'g>(&'g self, member: &'g Crew) -> impl Iterator<Item = &'g StepStanding<'a>> {
        self.steps.iter().filter(|one| {
            one.marked.is_none()
                && match one.under_way {
                    Some(begun) => begun.with.as_ref() == Some(&member.name),
                    None => one.step.by.as_ref() == Some(&member.id),
                }
        })
    }

    /// The step before the one to do now, which "one step back" opens again; none at the first.
    pub fn previous(&self) -> Option<&StepStanding<'a>> {
        let before = self.current.unwrap_or(self.steps.len()).checked_sub(1)?;
        self.steps.get(before)
    }

    /// What would be left to do if the incident were closed now.
    pub fn left_behind(&self, type_id: &str) -> Vec<FollowUp> {
        self.follow_ups
            .iter()
            .filter(|one| one.marked.is_none())
            .filter_map(|one| {
                Some(FollowUp {
                    step: StepRef {
                        type_id: type_id.to_owned(),
                        step: one.step.id.clone(),
                    },
                    command: one.command().clone(),
                    due: one.due?,
                })
            })
            .collect()
    }
}
