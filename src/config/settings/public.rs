//! The numbers that customers may read: on the posted face, on their phones, on paper.

use super::Settings;
use crate::domain::plan::{Group, Plan, Role};

/// The role whose hours everybody may want to know.
pub const INVESTOR_HOTLINE: &str = "investor-hotline";

/// A number that customers may read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicNumber<'a> {
    /// Whom it reaches; none for the branch's complaint line, which is no role of the plan.
    pub role: Option<&'a Role>,
    /// The number as people write it, with its extension.
    pub number: &'a str,
    /// The branch's own, not one of the whole country.
    pub own: bool,
}

impl PublicNumber<'_> {
    /// Whether lives depend on it.
    pub fn is_now(&self) -> bool {
        self.role.is_some_and(|role| role.group == Group::Now)
    }

    /// Where it stands among those that are not [`PublicNumber::is_now`], since not all may fit:
    /// first where to complain, then the branch's own, then the rest.
    pub fn rank(&self) -> u8 {
        match self.role {
            None => 0,
            Some(role) if role.id == INVESTOR_HOTLINE => 1,
            _ if self.own => 2,
            Some(role) if role.group == Group::Partners => 3,
            Some(_) => 4,
        }
    }
}

impl Settings {
    /// The numbers that customers may read, in the plan's order, the complaint line first. Of a
    /// role with several only the one to try first.
    pub fn public_numbers<'a>(&'a self, plan: &'a Plan) -> Vec<PublicNumber<'a>> {
        let complaint = self.complaint.phone.as_deref().map(|number| PublicNumber {
            role: None,
            number,
            own: true,
        });
        let roles = plan.roles.iter().filter_map(|role| {
            let contacts = self.contacts_of(&role.id, plan);
            let first = contacts.into_iter().find(|one| one.public)?;
            Some(PublicNumber {
                role: Some(role),
                number: first.number,
                own: !first.national,
            })
        });
        complaint.into_iter().chain(roles).collect()
    }
}
