//! The people of the branch: what each may do, and who is on duty. Their names are kept beside the
//! journal and can be erased; in the journal stands an id.

use chrono::{DateTime, TimeZone, Utc};
use serde::{Deserialize, Serialize};

use super::complaint::ComplaintEvent;
use super::ids::PersonId;
use super::visible;

/// The topic of who may do what, in the journal.
pub const PEOPLE_TOPIC: &str = "people";
/// The topic of who is on duty.
pub const DUTY_TOPIC: &str = "duty";
/// The most people that a branch keeps on its tablet.
pub const MOST_PEOPLE: usize = 60;
/// The most characters of a name that can be seen.
pub const NAME_LENGTH: usize = 20;
/// The most characters of how somebody is reached.
pub const REACH_LENGTH: usize = 40;

/// What somebody is in the branch. Each may do what those before may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// 大堂经理: handles incidents and complaints.
    LobbyManager,
    /// 营业部负责人: also reviews, settles responsibility, releases replies, keeps what the law asks for.
    BranchHead,
    /// Also sets the tablet up, and says who the people are.
    Administrator,
}

impl Role {
    /// All of them, the least first.
    pub const ALL: [Self; 3] = [Self::LobbyManager, Self::BranchHead, Self::Administrator];

    /// Its name, as commands and files have it.
    pub fn id(self) -> &'static str {
        match self {
            Self::LobbyManager => "lobby-manager",
            Self::BranchHead => "branch-head",
            Self::Administrator => "administrator",
        }
    }

    /// Whether somebody of this role may do this.
    pub fn may(self, right: Right) -> bool {
        self >= right.least()
    }
}

/// What not everybody behind a PIN may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Right {
    /// Read and handle complaints and records.
    Handle,
    /// Release a reply that the plan marks so.
    Release,
    /// Keep a complaint from being erased, and let it go.
    Hold,
    /// Review an incident: its causes, and what is to be done.
    Review,
    /// Settle who is responsible for one.
    Responsibility,
    /// Change what the tablet is set up with.
    Settings,
    /// Say who the people are, and what each may do.
    People,
}

impl Right {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Handle,
        Self::Release,
        Self::Hold,
        Self::Review,
        Self::Responsibility,
        Self::Settings,
        Self::People,
    ];

    /// The first role that has it.
    pub fn least(self) -> Role {
        match self {
            Self::Handle => Role::LobbyManager,
            Self::Release | Self::Hold | Self::Review | Self::Responsibility => Role::BranchHead,
            Self::Settings | Self::People => Role::Administrator,
        }
    }

    /// What an act on a complaint takes.
    pub fn of(event: &ComplaintEvent) -> Self {
        match event {
            ComplaintEvent::Held { .. } | ComplaintEvent::Released { .. } => Self::Hold,
            ComplaintEvent::Replied { approved: true, .. } => Self::Release,
            _ => Self::Handle,
        }
    }
}

/// Somebody of the branch, without what lets them in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// By which the journal knows them.
    pub id: PersonId,
    /// What they are called.
    pub name: String,
    /// What they are.
    pub role: Role,
    /// Has learned first aid.
    #[serde(default)]
    pub first_aider: bool,
    /// How they are reached, such as an extension; may be empty.
    #[serde(default)]
    pub reach: String,
}

/// Whether this can be a name: 1 to [`NAME_LENGTH`] characters that are seen, in one line.
pub fn is_name(name: &str) -> bool {
    (1..=NAME_LENGTH).contains(&visible::count(name)) && is_line(name, NAME_LENGTH)
}

/// Whether this can say how somebody is reached: nothing, or up to [`REACH_LENGTH`] characters.
pub fn is_reach(reach: &str) -> bool {
    is_line(reach, REACH_LENGTH)
}

/// One line of at most so many characters, of which all but single blanks are seen.
fn is_line(text: &str, most: usize) -> bool {
    text.trim() == text
        && text.chars().count() <= most
        && text.chars().all(|c| c == ' ' || visible::is_visible(c))
}

/// What can happen to the people, as the journal notes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body")]
pub enum PeopleEvent {
    /// Other people, or other roles, than before are in force.
    #[serde(rename = "people.in-force")]
    InForce {
        /// All of them.
        people: Vec<Standing>,
    },
    /// Somebody is on duty from now on, or nobody any more.
    #[serde(rename = "people.on-duty")]
    OnDuty {
        /// Who.
        person: Option<PersonId>,
    },
}

/// What the journal says of somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Who.
    pub person: PersonId,
    /// What they may do.
    pub role: Role,
}

/// Who was said to be on duty, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// Who.
    pub person: PersonId,
    /// Since when.
    pub since: DateTime<Utc>,
}

impl Duty {
    /// The duty that an entry begins; none where it ends one.
    pub fn of(at: DateTime<Utc>, event: &PeopleEvent) -> Option<Self> {
        match event {
            PeopleEvent::OnDuty {
                person: Some(person),
            } => Some(Self {
                person: person.clone(),
                since: at,
            }),
            _ => None,
        }
    }

    /// Whether it still holds: a shift ends with its day on the branch's wall. Whoever was on duty
    /// yesterday is not taken for who is there this morning.
    pub fn holds<Z: TimeZone>(&self, now: DateTime<Utc>, zone: &Z) -> bool {
        let day = |at: DateTime<Utc>| at.with_timezone(zone).date_naive();
        day(self.since) == day(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_has_the_rights_of_those_before_it() {
        let rights = |role: Role| Right::ALL.map(|right| role.may(right));
        assert_eq!(
            rights(Role::LobbyManager),
            [true, false, false, false, false, false, false]
        );
        assert_eq!(
            rights(Role::BranchHead),
            [true, true, true, true, true, false, false]
        );
        assert_eq!(rights(Role::Administrator), [true; 7]);
    }

    #[test]
    fn a_name_is_one_short_line_that_can_be_seen() {
        for name in ["王芳", "欧阳寻南", "Li Na", "O'Brien"] {
            assert!(is_name(name), "{name}");
        }
        let long = "王".repeat(NAME_LENGTH + 1);
        for name in ["", " ", "王\n芳", " 王芳", "\u{202e}芳", "\u{200b}", &long] {
            assert!(!is_name(name), "{name:?}");
        }
    }
}
