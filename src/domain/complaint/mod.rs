//! A complaint: what can happen to it, and its state as the fold of what did. Nothing that a
//! customer writes is in here: the words lie in the erasable content that an event names
//! (T/SAC 001-2024 on handling; PIPL 19 and 47 on keeping and erasing).

mod event;
mod promise;
mod why;

use chrono::{DateTime, Duration, Months, Utc};
use serde::{Deserialize, Serialize};

pub use crate::domain::content::{ContentRef, Erasure};
pub use event::{About, Aside, ComplaintEvent};
pub use promise::{Due, Promise, Terms, Until};
pub use why::Why;

use super::incident::Reason;
use super::plan::Text;
use crate::domain::ids::{ComplaintId, IncidentId};
use crate::domain::lang::Lang;

/// Where a complaint stands, as its writer is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Nobody has taken it up.
    Received,
    /// Somebody is seeing to it.
    InHand,
    /// It is answered.
    Answered,
    /// Settled.
    Closed,
}

/// Something said to or by the customer, in its order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Exchange {
    /// The customer wrote more: the content's id.
    Added(String),
    /// The branch said how things stand; its answer is still to come.
    Interim(Text),
    /// The branch answered.
    Replied(Text),
    /// The branch settled it: the words of the outcome.
    Closed(Text),
}

/// A promised day that was moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// When that was said.
    pub at: DateTime<Utc>,
    /// The day to take it up by, before and since, where it was moved.
    pub accept: Option<(Until, Until)>,
    /// The day to answer it by, before and since, where it was moved.
    pub answer: Option<(Until, Until)>,
    /// Why.
    pub reason: Reason,
}

/// A complaint as everything that has happened to it leaves it. Serialised it is the
/// projection's row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Complaint {
    /// UUIDv7.
    pub id: ComplaintId,
    /// When it came in.
    pub received: DateTime<Utc>,
    /// What it is about.
    pub about: About,
    /// The content with what was written first.
    pub content: String,
    /// The language of the form.
    pub lang: Lang,
    /// Where it stands.
    pub stage: Stage,
    /// When somebody first took it up.
    pub accepted: Option<DateTime<Utc>>,
    /// When it was first answered.
    pub answered: Option<DateTime<Utc>>,
    /// When it was last settled, while it is.
    pub closed: Option<DateTime<Utc>>,
    /// What was said since, each with its time.
    pub said: Vec<(DateTime<Utc>, Exchange)>,
    /// The department that sees to it.
    pub department: Option<Text>,
    /// The incidents that it belongs to.
    pub incidents: Vec<IncidentId>,
    /// When its words were erased.
    pub erased: Option<DateTime<Utc>>,
    /// Whether the customer has written since the staff last did anything.
    pub waiting: bool,
    /// The days that hold now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promise: Option<Promise>,
    /// How they were moved, the first time first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extensions: Vec<Extension>,
    /// Since when it must be kept, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<(DateTime<Utc>, Reason)>,
    /// Since when it lies aside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aside: Option<DateTime<Utc>>,
}

impl Complaint {
    /// A complaint that has just come in; any other event begins nothing.
    pub fn begin(id: &ComplaintId, at: DateTime<Utc>, event: &ComplaintEvent) -> Option<Self> {
        let ComplaintEvent::Received {
            about,
            kept,
            lang,
            promise,
        } = event
        else {
            return None;
        };
        Some(Self {
            id: id.clone(),
            received: at,
            about: *about,
            content: kept.content.clone(),
            lang: lang.clone(),
            stage: Stage::Received,
            accepted: None,
            answered: None,
            closed: None,
            said: Vec::new(),
            department: None,
            incidents: Vec::new(),
            erased: None,
            waiting: true,
            promise: *promise,
            extensions: Vec::new(),
            held: None,
            aside: None,
        })
    }

    /// Takes in the next event.
    pub fn apply(&mut self, at: DateTime<Utc>, event: &ComplaintEvent) {
        match event {
            ComplaintEvent::Received { .. }
            | ComplaintEvent::Noted { .. }
            | ComplaintEvent::Sealed { .. } => {}
            ComplaintEvent::Added { kept } => {
                self.said.push((at, Exchange::Added(kept.content.clone())));
                self.waiting = true;
                // Whoever comes back with a receipt has meant it.
                self.aside = None;
                // What was answered or settled is so no longer: somebody has to look again.
                if matches!(self.stage, Stage::Answered | Stage::Closed) {
                    self.stage = Stage::InHand;
                    self.closed = None;
                }
            }
            ComplaintEvent::Accepted {} => self.accept(at),
            ComplaintEvent::Replied {
                words,
                interim: true,
                ..
            } => {
                // Neither accepted by it nor answered: what is owed stays owed, with its days.
                self.take_notice();
                self.said.push((at, Exchange::Interim(words.clone())));
            }
            ComplaintEvent::Replied { words, .. } => {
                self.accept(at);
                self.answered.get_or_insert(at);
                self.said.push((at, Exchange::Replied(words.clone())));
                if self.stage != Stage::Closed {
                    self.stage = Stage::Answered;
                }
            }
            ComplaintEvent::HandedOver { name, .. } => {
                self.accept(at);
                self.department = Some(name.clone());
            }
            ComplaintEvent::Linked { incident } => {
                self.accept(at);
                if !self.incidents.contains(incident) {
                    self.incidents.push(incident.clone());
                }
            }
            ComplaintEvent::Closed { words, .. } => {
                self.accept(at);
                self.said.push((at, Exchange::Closed(words.clone())));
                self.stage = Stage::Closed;
                self.closed = Some(at);
            }
            ComplaintEvent::Promised { promise } => {
                // The first word holds; whatever comes later is an extension.
                self.promise.get_or_insert(*promise);
            }
            ComplaintEvent::Extended {
                accept_by,
                answer_by,
                reason,
            } => {
                self.take_notice();
                self.extend(at, *accept_by, *answer_by, reason);
            }
            ComplaintEvent::Held { reason } => self.held = Some((at, reason.clone())),
            ComplaintEvent::Released { .. } => self.held = None,
            ComplaintEvent::PutAside { .. } => {
                // What somebody sees to already is no burst's.
                if self.is_fresh() {
                    self.aside = Some(at);
                    self.waiting = false;
                }
            }
            ComplaintEvent::PutBack {} => {
                if self.aside.take().is_some() {
                    self.waiting = true;
                }
            }
            ComplaintEvent::Erased { .. } => {
                self.erased.get_or_insert(at);
                self.waiting = false;
            }
        }
    }

    fn accept(&mut self, at: DateTime<Utc>) {
        self.accepted.get_or_insert(at);
        self.take_notice();
        if self.stage == Stage::Received {
            self.stage = Stage::InHand;
        }
    }

    fn take_notice(&mut self) {
        self.waiting = false;
        self.aside = None;
    }

    fn extend(
        &mut self,
        at: DateTime<Utc>,
        accept_by: Option<Until>,
        answer_by: Option<Until>,
        reason: &Reason,
    ) {
        let Some(promise) = &mut self.promise else {
            return;
        };
        let change = |held: &mut Until, to: Option<Until>| {
            let to = to?;
            Some((std::mem::replace(held, to), to))
        };
        let accept = change(&mut promise.accept_by, accept_by);
        let answer = change(&mut promise.answer_by, answer_by);
        self.extensions.push(Extension {
            at,
            accept,
            answer,
            reason: reason.clone(),
        });
    }

    /// Whether nobody has done anything about it, its writer included, since it came in.
    pub fn is_fresh(&self) -> bool {
        self.stage == Stage::Received
            && self.accepted.is_none()
            && self.said.is_empty()
            && self.extensions.is_empty()
            && self.held.is_none()
            && self.erased.is_none()
            && self.aside.is_none()
    }

    /// What has to be done next, and by when as promised: accepted, then answered; nothing once
    /// that was done.
    pub fn due(&self) -> Option<Due> {
        let promise = self.promise?;
        if self.stage == Stage::Closed || self.erased.is_some() || self.aside.is_some() {
            None
        } else if self.accepted.is_none() {
            Some(Due::Accept(promise.accept_by))
        } else if self.answered.is_none() {
            Some(Due::Answer(promise.answer_by))
        } else {
            None
        }
    }

    /// Since when nothing is left to do about it: from then on its time to be kept runs. None
    /// while something is, and while it must be kept whatever its age.
    pub fn done_since(&self) -> Option<DateTime<Utc>> {
        if self.held.is_some() {
            return None;
        }
        self.closed.or(self.aside)
    }

    /// Whether the time for which its words may be kept has passed: `years` after it was settled.
    pub fn is_past_keeping(&self, years: u32, now: DateTime<Utc>) -> bool {
        let end = self.done_since().and_then(|done| {
            done.checked_add_months(Months::new(years.saturating_mul(12)))
                // A leap day's anniversary comes a day early; nothing goes before its time.
                .map(|end| end + Duration::days(1))
        });
        self.erased.is_none() && end.is_some_and(|end| now >= end)
    }
}
