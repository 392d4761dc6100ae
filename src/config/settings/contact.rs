//! Whom to reach at which number, and which of the branch's own numbers to confirm again.

use chrono::NaiveDate;

use super::{Branch, Settings};
use crate::domain::phone::{self, Here};
use crate::domain::plan::{Group, POLICE_SMS, Plan};

/// A number to reach a role at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact<'a> {
    /// The number as people write it, with its extension.
    pub number: &'a str,
    /// The day it was last known to be right: its own date, or else the day the settings were
    /// saved. A national number has none unless the branch wrote one.
    pub confirmed: Option<NaiveDate>,
    /// Whether anybody has ever confirmed it: only then is that day more than the file's age.
    pub ever: bool,
    /// Whether customers may read it.
    pub public: bool,
    /// Whether the plan knows the number for the whole country, wherever the branch wrote it:
    /// such a number is never rung to try it.
    pub national: bool,
}

/// One of the branch's own numbers that nobody has confirmed for too long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stale {
    /// The id of its role.
    pub role: String,
    /// The number as people write it.
    pub number: String,
    /// The day it was last known to be right.
    pub confirmed: NaiveDate,
}

impl Settings {
    /// The numbers of a role, the one to try first in front: the branch's own, or else the one
    /// that the plan knows for the whole country.
    pub fn numbers<'a>(&'a self, role: &str, plan: &'a Plan) -> Vec<&'a str> {
        self.contacts_of(role, plan)
            .into_iter()
            .map(|contact| contact.number)
            .collect()
    }

    /// The number of a role to try first.
    pub fn number<'a>(&'a self, role: &str, plan: &'a Plan) -> Option<&'a str> {
        self.numbers(role, plan).into_iter().next()
    }

    /// The numbers of a role as [`Settings::numbers`] has them, each with what is known of it.
    pub fn contacts_of<'a>(&'a self, role: &str, plan: &'a Plan) -> Vec<Contact<'a>> {
        let known = plan.role(role);
        let public = known.is_some_and(|role| role.public);
        match self.contacts.get(role) {
            Some(own) if !own.is_empty() => own
                .iter()
                .map(|one| {
                    let national = self.is_national(&one.number, role, plan);
                    let saved = self.saved.filter(|_| !national);
                    Contact {
                        number: &one.number,
                        confirmed: one.confirmed.or(saved),
                        ever: one.confirmed.is_some(),
                        public: one.public.unwrap_or(public),
                        national,
                    }
                })
                .collect(),
            _ => known
                .and_then(|role| role.number.as_deref())
                .map(|number| Contact {
                    number,
                    confirmed: None,
                    ever: false,
                    public,
                    national: true,
                })
                .into_iter()
                .collect(),
        }
    }

    /// The branch's own numbers that nobody has confirmed for [`super::Reminders::contacts_days`]
    /// days or more, in the plan's order of roles. `today` is the date in the branch's time zone.
    pub fn stale(&self, plan: &Plan, today: NaiveDate) -> Vec<Stale> {
        let of_role = |role: &str| -> Vec<Stale> {
            let own = self.contacts_of(role, plan).into_iter();
            own.filter(|contact| self.is_stale(contact, today))
                .filter_map(|contact| {
                    Some(Stale {
                        role: role.to_owned(),
                        number: contact.number.to_owned(),
                        confirmed: contact.confirmed?,
                    })
                })
                .collect()
        };
        let roles = plan.roles.iter();
        roles.flat_map(|role| of_role(&role.id)).collect()
    }

    /// The branch's own numbers that nobody has ever confirmed, each with its role, its own people
    /// first and else in the plan's order of roles; without those that are [`Settings::stale`], which are named as such.
    pub fn unconfirmed<'a>(&'a self, plan: &'a Plan, today: NaiveDate) -> Vec<(&'a str, &'a str)> {
        let of_role = |role: &'a str| {
            let own = self.contacts_of(role, plan).into_iter();
            own.filter(|one| !one.national && !one.ever && !self.is_stale(one, today))
                .map(move |one| (role, one.number))
        };
        let mut roles: Vec<_> = plan.roles.iter().collect();
        roles.sort_by_key(|role| role.group != Group::People);
        roles
            .into_iter()
            .flat_map(|role| of_role(&role.id))
            .collect()
    }

    /// What is known of the branch's telephones.
    pub fn here(&self) -> Here<'_> {
        let digits = self.branch.internal_digits;
        Here {
            area_code: self.branch.area_code.as_deref(),
            internal_digits: digits.and_then(|digits| usize::try_from(digits).ok()),
        }
    }

    /// Whether a number wants to be confirmed again.
    pub fn is_stale(&self, contact: &Contact<'_>, today: NaiveDate) -> bool {
        let days = i64::from(self.reminders.contacts_days);
        !contact.national
            && contact
                .confirmed
                .is_some_and(|confirmed| (today - confirmed).num_days() >= days)
    }

    /// Whether `number`, written for `role`, is one of the plan's own, or follows from one.
    fn is_national(&self, number: &str, role: &str, plan: &Plan) -> bool {
        let mut national = plan.roles.iter().filter_map(|role| role.number.as_deref());
        national.any(|known| phone::is_same(known, number))
            || (role == POLICE_SMS
                && police_by_sms(&self.branch, plan)
                    .is_some_and(|local| phone::is_same(&local, number)))
    }
}

/// A text message reaches the police of the place: 12110 and the last three digits of its area
/// code.
pub(super) fn police_by_sms(branch: &Branch, plan: &Plan) -> Option<String> {
    let everywhere = plan.role(POLICE_SMS)?.number.as_deref()?;
    let area = branch.area_code.as_deref()?;
    let local = area.get(area.len().checked_sub(3)?..)?;
    Some(format!("{everywhere}{local}"))
}
