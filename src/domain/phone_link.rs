//! Links to somebody's own phone: each opens a page for one thing, on the first phone that uses it, for
//! some hours. In the journal stand ids alone; the secret that opens the page is in none of it.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::entry::{complaint_topic, incident_topic};
use super::ids::{ComplaintId, IncidentId, LinkId};

/// How long a link is good for: a shift, and the writing after it.
pub const GOOD_FOR: TimeDelta = TimeDelta::hours(12);
/// By how much a clock may be corrected backwards before a link is taken for one of another time.
const SET_BACK: TimeDelta = TimeDelta::hours(1);
/// The most links that are good at once: more than a branch has phones.
pub const MOST_LINKS: usize = 40;
/// The topic of links that belong to nothing which is there already.
pub const LINKS_TOPIC: &str = "links";

/// What a link opens.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "kebab-case")]
pub enum Thing {
    /// The guide of an incident: its step, and what is written about it.
    Guide(IncidentId),
    /// The record of an incident: what is written about it.
    Record(IncidentId),
    /// A complaint: what the customer wrote, and notes on it.
    Complaint(ComplaintId),
    /// An empty form for a complaint that somebody tells at the counter.
    Counter,
}

impl Thing {
    /// The topic that its links are noted under.
    pub fn topic(&self) -> String {
        match self {
            Self::Guide(id) | Self::Record(id) => incident_topic(id),
            Self::Complaint(id) => complaint_topic(id),
            Self::Counter => LINKS_TOPIC.to_owned(),
        }
    }

    /// Its kind, as the journal has it: which one it is, the topic says.
    pub fn kind(&self) -> ThingKind {
        match self {
            Self::Guide(_) => ThingKind::Guide,
            Self::Record(_) => ThingKind::Record,
            Self::Complaint(_) => ThingKind::Complaint,
            Self::Counter => ThingKind::Counter,
        }
    }

    /// The incident that it is of.
    pub fn incident(&self) -> Option<&IncidentId> {
        match self {
            Self::Guide(id) | Self::Record(id) => Some(id),
            Self::Complaint(_) | Self::Counter => None,
        }
    }
}

/// Kinds of things that a link opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ThingKind {
    /// The guide of an incident.
    Guide,
    /// The record of an incident.
    Record,
    /// A complaint.
    Complaint,
    /// A form for a complaint told at the counter.
    Counter,
}

/// What can happen to a link. Who did it is the entry's actor; which thing it opens is its topic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body")]
pub enum LinkEvent {
    /// It was made.
    #[serde(rename = "link.made")]
    Made {
        /// The link.
        link: LinkId,
        /// The kind of the thing.
        thing: ThingKind,
        /// Until when it is good.
        until: DateTime<Utc>,
    },
    /// A phone has used it first: it is that phone's from now on.
    #[serde(rename = "link.bound")]
    Bound {
        /// The link.
        link: LinkId,
    },
    /// A PC of the branch reads the staff pages from now on.
    #[serde(rename = "link.paired")]
    Paired {
        /// Its session.
        link: LinkId,
        /// Until when that is good at the longest.
        until: DateTime<Utc>,
    },
    /// It opens nothing any more, before its time.
    #[serde(rename = "link.revoked")]
    Revoked {
        /// The link.
        link: LinkId,
    },
}

impl LinkEvent {
    /// The link that it is about.
    pub fn link(&self) -> &LinkId {
        match self {
            Self::Made { link, .. }
            | Self::Bound { link }
            | Self::Paired { link, .. }
            | Self::Revoked { link } => link,
        }
    }
}

/// Whether a link made at `made` is good at `now`. One from the future is none: a clock that was
/// wrong when it was made must not keep it good for years.
pub fn is_good(made: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    (-SET_BACK..GOOD_FOR).contains(&(now - made))
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    #[test]
    fn a_link_is_good_for_its_hours_and_never_for_those_of_another_time() {
        let made = Utc.with_ymd_and_hms(2026, 11, 23, 7, 42, 0).unwrap();
        let after = |hours: i64| is_good(made, made + TimeDelta::hours(hours));
        assert!(after(0) && after(11));
        assert!(!after(12) && !after(24 * 365));
        // Somebody has corrected the clock a little; and it was years ahead.
        assert!(is_good(made, made - TimeDelta::minutes(30)));
        assert!(!after(-2) && !after(-24 * 365));
        assert!(!is_good(made, made + GOOD_FOR));
        assert!(is_good(made, made + GOOD_FOR - TimeDelta::milliseconds(1)));
    }

    #[test]
    fn a_link_is_noted_with_what_it_opens() {
        let thing = Thing::Guide("0199a0c4-0000-7000-8000-000000000001".into());
        assert_eq!(
            thing.topic(),
            "incident:0199a0c4-0000-7000-8000-000000000001"
        );
        assert_eq!(Thing::Counter.topic(), LINKS_TOPIC);
    }
}
