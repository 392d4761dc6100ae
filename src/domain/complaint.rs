//! A complaint: what can happen to it, and its state as the fold of what did. Nothing that a
//! customer writes is in here: the words lie in the erasable content that an event names
//! (T/SAC 001-2024 on handling; PIPL 19 and 47 on keeping and erasing).

use chrono::{DateTime, Duration, Months, TimeZone, Utc};
use serde::{Deserialize, Serialize};

use super::calendar::Calendar;
use super::plan::Text;

/// What a complaint is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum About {
    /// Orders, accounts, money.
    Trading,
    /// How somebody was treated.
    Service,
    /// Personal information.
    PersonalInformation,
    /// Equipment or safety in the lobby.
    Equipment,
    /// Anything else.
    Other,
}

impl About {
    /// All of them, in the order that the form offers them.
    pub const ALL: [Self; 5] = [
        Self::Trading,
        Self::Service,
        Self::PersonalInformation,
        Self::Equipment,
        Self::Other,
    ];

    /// Its name in forms and in the journal.
    pub fn id(self) -> &'static str {
        match self {
            Self::Trading => "trading",
            Self::Service => "service",
            Self::PersonalInformation => "personal-information",
            Self::Equipment => "equipment",
            Self::Other => "other",
        }
    }

    /// The one of that name.
    pub fn of(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.id() == id)
    }
}

/// Words kept apart from the journal, where they can be erased.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// UUIDv7 of the content.
    pub content: String,
    /// SHA-256 over its salt and its bytes, in hexadecimal: proves what was written while it is
    /// there, and says nothing about it once salt and content are gone.
    pub digest: String,
}

/// Why the words of a complaint were erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Erasure {
    /// The time for which they may be kept has passed (PIPL 19).
    Retention,
    /// Whoever wrote them asked for it (PIPL 47).
    Request,
}

/// What can happen to a complaint. Words of the plan are carried along.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body")]
pub enum ComplaintEvent {
    /// A customer sent it.
    #[serde(rename = "complaint.received")]
    Received {
        /// What it is about.
        about: About,
        /// What the customer wrote.
        #[serde(flatten)]
        kept: Kept,
        /// The language of the form.
        lang: String,
    },
    /// The customer wrote more.
    #[serde(rename = "complaint.added")]
    Added {
        /// What the customer wrote.
        #[serde(flatten)]
        kept: Kept,
    },
    /// Somebody of the staff took it up.
    #[serde(rename = "complaint.accepted")]
    Accepted {},
    /// One of the plan's replies was given.
    #[serde(rename = "complaint.replied")]
    Replied {
        /// Id of the reply in the plan.
        reply: String,
        /// Its words.
        words: Text,
    },
    /// A department is to see to it.
    #[serde(rename = "complaint.handed-over")]
    HandedOver {
        /// The department's role in the plan.
        role: String,
        /// Its name.
        name: Text,
    },
    /// It belongs to an incident.
    #[serde(rename = "complaint.linked")]
    Linked {
        /// Id of the incident.
        incident: String,
    },
    /// It is settled.
    #[serde(rename = "complaint.closed")]
    Closed {
        /// Id of the outcome in the plan.
        outcome: String,
        /// Its words.
        words: Text,
    },
    /// Everything that the customer wrote is gone.
    #[serde(rename = "complaint.erased")]
    Erased {
        /// Why.
        why: Erasure,
    },
}

/// Where a complaint stands, as its writer is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Nobody has taken it up.
    Received,
    /// Somebody is seeing to it.
    InHand,
    /// There is a reply.
    Answered,
    /// Settled.
    Closed,
}

/// Something said to or by the customer, in its order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Said {
    /// The customer wrote more: the content's id.
    Added(String),
    /// The branch replied.
    Replied(Text),
    /// The branch settled it: the words of the outcome.
    Closed(Text),
}

/// A complaint as everything that has happened to it leaves it. Serialised it is the
/// projection's row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Complaint {
    /// UUIDv7.
    pub id: String,
    /// When it came in.
    pub received: DateTime<Utc>,
    /// What it is about.
    pub about: About,
    /// The content with what was written first.
    pub content: String,
    /// The language of the form.
    pub lang: String,
    /// Where it stands.
    pub stage: Stage,
    /// When somebody first took it up.
    pub accepted: Option<DateTime<Utc>>,
    /// When it was first answered.
    pub answered: Option<DateTime<Utc>>,
    /// When it was last settled, while it is.
    pub closed: Option<DateTime<Utc>>,
    /// What was said since, each with its time.
    pub said: Vec<(DateTime<Utc>, Said)>,
    /// The department that sees to it.
    pub department: Option<Text>,
    /// The incidents that it belongs to.
    pub incidents: Vec<String>,
    /// When its words were erased.
    pub erased: Option<DateTime<Utc>>,
    /// Whether the customer has written since the staff last did anything.
    pub waiting: bool,
}

impl Complaint {
    /// A complaint that has just come in; any other event begins nothing.
    pub fn begin(id: &str, at: DateTime<Utc>, event: &ComplaintEvent) -> Option<Self> {
        let ComplaintEvent::Received { about, kept, lang } = event else {
            return None;
        };
        Some(Self {
            id: id.to_owned(),
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
        })
    }

    /// Takes in the next event.
    pub fn apply(&mut self, at: DateTime<Utc>, event: &ComplaintEvent) {
        match event {
            ComplaintEvent::Received { .. } => {}
            ComplaintEvent::Added { kept } => {
                self.said.push((at, Said::Added(kept.content.clone())));
                self.waiting = true;
                // What was answered or settled is so no longer: somebody has to look again.
                if matches!(self.stage, Stage::Answered | Stage::Closed) {
                    self.stage = Stage::InHand;
                    self.closed = None;
                }
            }
            ComplaintEvent::Accepted {} => self.take_up(at),
            ComplaintEvent::Replied { words, .. } => {
                self.take_up(at);
                self.answered.get_or_insert(at);
                self.said.push((at, Said::Replied(words.clone())));
                if self.stage != Stage::Closed {
                    self.stage = Stage::Answered;
                }
            }
            ComplaintEvent::HandedOver { name, .. } => {
                self.take_up(at);
                self.department = Some(name.clone());
            }
            ComplaintEvent::Linked { incident } => {
                self.take_up(at);
                if !self.incidents.contains(incident) {
                    self.incidents.push(incident.clone());
                }
            }
            ComplaintEvent::Closed { words, .. } => {
                self.take_up(at);
                self.said.push((at, Said::Closed(words.clone())));
                self.stage = Stage::Closed;
                self.closed = Some(at);
            }
            ComplaintEvent::Erased { .. } => {
                self.erased.get_or_insert(at);
                self.waiting = false;
            }
        }
    }

    fn take_up(&mut self, at: DateTime<Utc>) {
        self.accepted.get_or_insert(at);
        self.waiting = false;
        if self.stage == Stage::Received {
            self.stage = Stage::InHand;
        }
    }

    /// What has to be done next, and by when on the branch's clock in `zone`: taken up, then
    /// answered; nothing once that was done.
    pub fn due<Z: TimeZone>(&self, terms: &Terms, zone: &Z) -> Option<Due> {
        let by = |days| {
            let zone = zone.clone();
            terms.calendar.after_working_days(self.received, days, zone)
        };
        if self.stage == Stage::Closed || self.erased.is_some() {
            None
        } else if self.accepted.is_none() {
            Some(Due::Accept(by(terms.accept_days)))
        } else if self.answered.is_none() {
            Some(Due::Answer(by(terms.answer_days)))
        } else {
            None
        }
    }

    /// Whether the time for which its words may be kept has passed: `years` after it was settled.
    pub fn is_past_keeping(&self, years: u32, now: DateTime<Utc>) -> bool {
        let end = self.closed.and_then(|closed| {
            closed
                .checked_add_months(Months::new(years.saturating_mul(12)))
                // A leap day's anniversary comes a day early; nothing goes before its time.
                .map(|end| end + Duration::days(1))
        });
        self.erased.is_none() && end.is_some_and(|end| now >= end)
    }
}

/// The branch's own terms for handling a complaint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Working days until it is taken up.
    pub accept_days: u32,
    /// Working days until it is answered.
    pub answer_days: u32,
    /// The branch's working days.
    pub calendar: Calendar,
}

/// What has to be done next, and by when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Take it up.
    Accept(DateTime<Utc>),
    /// Answer it.
    Answer(DateTime<Utc>),
}

impl Due {
    /// The end of the time for it.
    pub fn by(self) -> DateTime<Utc> {
        match self {
            Self::Accept(by) | Self::Answer(by) => by,
        }
    }
}
