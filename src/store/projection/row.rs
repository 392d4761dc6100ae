//! What has a table of its own among the projections.

use chrono::{DateTime, Datelike, Utc};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::domain::complaint::Complaint;
use crate::domain::entry::Event;
use crate::domain::review::Review;
use crate::domain::summary::{IncidentState, Summary};

/// Everything that a topic's entries leave.
pub(in crate::store) trait Row: Serialize + DeserializeOwned {
    /// The table.
    const TABLE: &'static str;
    /// Every topic lies between these two; `;` follows `:` in ASCII.
    const TOPICS: (&'static str, &'static str);
    /// The id in a topic of this kind.
    fn id_in(topic: &str) -> Option<&str> {
        topic.strip_prefix(Self::TOPICS.0)
    }
    /// The row that its first event makes.
    fn begin(id: &str, at: DateTime<Utc>, event: &Event) -> Option<Self>;
    /// Takes in a further event; says whether the row may have changed.
    fn apply(&mut self, at: DateTime<Utc>, event: &Event) -> bool;
    /// Its id.
    fn id(&self) -> &str;
    /// When it began.
    fn started(&self) -> DateTime<Utc>;
    /// Until when it is kept in mind, in ms UTC: the one number by which what is alive is found
    /// in an index.
    fn kept(&self) -> i64;
    /// The columns that its table has besides.
    const MORE: &'static [&'static str] = &[];
    /// What stands in them.
    fn more(&self) -> Vec<Option<i64>> {
        Vec::new()
    }
}

impl Row for Summary {
    const TABLE: &'static str = "incident";
    const TOPICS: (&'static str, &'static str) = ("incident:", "incident;");

    fn begin(id: &str, at: DateTime<Utc>, event: &Event) -> Option<Self> {
        match event {
            Event::Incident(event) => Self::begin(&id.into(), at, event),
            _ => None,
        }
    }

    fn apply(&mut self, at: DateTime<Utc>, event: &Event) -> bool {
        matches!(event, Event::Incident(event) if self.apply(at, event))
    }

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn started(&self) -> DateTime<Utc> {
        self.started
    }

    /// By which [`Summary::is_live`] is found.
    fn kept(&self) -> i64 {
        match self.standing {
            IncidentState::Open => i64::MAX,
            IncidentState::Undone => i64::MIN,
            IncidentState::Closed if !self.follow_ups.is_empty() => i64::MAX,
            IncidentState::Closed => self
                .ended
                .map_or(i64::MIN, |ended| ended.timestamp_millis()),
        }
    }
}

impl Row for Complaint {
    const TABLE: &'static str = "complaint";
    const TOPICS: (&'static str, &'static str) = ("complaint:", "complaint;");

    fn begin(id: &str, at: DateTime<Utc>, event: &Event) -> Option<Self> {
        match event {
            Event::Complaint(event) => Self::begin(&id.into(), at, event),
            _ => None,
        }
    }

    fn apply(&mut self, at: DateTime<Utc>, event: &Event) -> bool {
        let Event::Complaint(event) = event else {
            return false;
        };
        self.apply(at, event);
        true
    }

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn started(&self) -> DateTime<Utc> {
        self.received
    }

    /// As long as its words are there; after that, for nobody.
    fn kept(&self) -> i64 {
        if self.erased.is_some() {
            return i64::MIN;
        }
        self.done_since()
            .map_or(i64::MAX, |done| done.timestamp_millis())
    }

    const MORE: &'static [&'static str] = &[
        "due", "waiting", "rest", "aside", "fresh", "held", "linked", "promised",
    ];

    fn more(&self) -> Vec<Option<i64>> {
        let gone = self.erased.is_some();
        let aside = self.aside.filter(|_| !gone);
        let rest = match (gone, aside) {
            (true, _) => 2,
            (false, Some(_)) => 1,
            (false, None) => 0,
        };
        vec![
            self.due().map(|due| due.by().timestamp_millis()),
            Some(self.waiting.into()),
            Some(rest),
            aside.map(|aside| aside.timestamp_millis()),
            Some(self.is_fresh().into()),
            Some(self.held.is_some().into()),
            Some((!self.incidents.is_empty()).into()),
            Some((self.promise.is_some() || gone).into()),
        ]
    }
}

impl Row for Review {
    const TABLE: &'static str = "review";
    const TOPICS: (&'static str, &'static str) = ("review:", "review;");

    fn begin(id: &str, at: DateTime<Utc>, event: &Event) -> Option<Self> {
        let Event::Review(event) = event else {
            return None;
        };
        let mut review = Self::of(&id.into());
        review.apply(at, event);
        Some(review)
    }

    fn apply(&mut self, at: DateTime<Utc>, event: &Event) -> bool {
        let Event::Review(event) = event else {
            return false;
        };
        self.apply(at, event);
        true
    }

    fn id(&self) -> &str {
        self.incident.as_str()
    }

    fn started(&self) -> DateTime<Utc> {
        self.begun.unwrap_or(DateTime::UNIX_EPOCH)
    }

    /// As long as something is to be done because of it.
    fn kept(&self) -> i64 {
        match self.open_actions().next() {
            Some(_) => i64::MAX,
            None => self.started().timestamp_millis(),
        }
    }

    const MORE: &'static [&'static str] = &["final", "open", "due"];

    fn more(&self) -> Vec<Option<i64>> {
        let open = self.open_actions().count();
        vec![
            Some(self.is_final.into()),
            Some(i64::try_from(open).unwrap_or(i64::MAX)),
            self.next_due().map(|day| day.num_days_from_ce().into()),
        ]
    }
}
