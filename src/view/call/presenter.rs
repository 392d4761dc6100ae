//! What the list of all contacts shows.

use chrono::{DateTime, Utc};

use crate::config::settings::Contact;
use crate::domain::lang::Lang;
use crate::domain::phone;
use crate::domain::plan::{Group, Role};
use crate::i18n::{contacts, screen};
use crate::view::ViewState;
use crate::{Chip, ContactTile};

/// The groups that share one place on the contacts screen.
pub(super) const GROUPS: [Group; 3] = [Group::People, Group::Partners, Group::Regulator];

/// The contacts of the branch.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// The numbers that lives depend on.
    pub now: Vec<ContactTile>,
    /// The other groups.
    pub groups: Vec<Chip>,
    /// Which of them is shown.
    pub group: usize,
    /// Its contacts.
    pub shown: Vec<ContactTile>,
}

/// The contacts just now.
pub fn present(state: &ViewState) -> Model {
    let (lang, now) = (state.lang(), state.now());
    let plan = state.services().plan();
    // Customers are shown no gaps.
    let has_gaps = !(state.navigator.is_display_only() || state.navigator.is_turned());
    let of = |group: Group| -> Vec<ContactTile> {
        let roles = plan.roles.iter().filter(|role| role.group == group);
        let roles = roles.filter(|role| has_gaps || state.count(&role.id) > 0);
        let mut tiles: Vec<_> = roles.map(|role| tile(state, role, &lang, now)).collect();
        // What cannot be called comes last.
        tiles.sort_by_key(|tile| tile.number.is_empty());
        tiles
    };
    let groups = GROUPS.map(|group| (group, of(group)));
    let groups = groups.into_iter().filter(|(_, tiles)| !tiles.is_empty());
    let (groups, mut tiles): (Vec<_>, Vec<_>) = groups.unzip();
    let group = (state.calls.group.get()).min(groups.len().saturating_sub(1));
    let chip = |group: &Group| Chip {
        id: group_id(*group).into(),
        label: contacts::group(&lang, *group).into(),
    };
    Model {
        now: of(Group::Now),
        groups: groups.iter().map(chip).collect(),
        group,
        shown: tiles.get_mut(group).map(std::mem::take).unwrap_or_default(),
    }
}

fn tile(state: &ViewState, role: &Role, lang: &Lang, now: DateTime<Utc>) -> ContactTile {
    let current = state.services().in_force.now();
    let numbers = state.numbers_of(&current, &role.id);
    let first = numbers.first();
    let written = first.map_or("", |contact| contact.number);
    let here = current.settings.here();
    let (mut number, extension) = screen::number_in_groups(lang, written, here);
    // Whoever passes by the posted face is not to read a colleague's own mobile off it.
    if state.navigator.is_turned() && first.is_some_and(|one| !one.public) {
        number = phone::veiled(&number);
    }
    ContactTile {
        role_id: role.id.as_str().into(),
        role: role.name.in_lang(lang).into(),
        number: number.into(),
        extension: extension.into(),
        stale: numbers.iter().any(|one| is_stale(state, one, now)),
    }
}

/// Whether the number wants to be confirmed again.
pub(super) fn is_stale(state: &ViewState, contact: &Contact<'_>, now: DateTime<Utc>) -> bool {
    let settings = state.services().settings();
    let today = now.with_timezone(&settings.branch.time_zone).date_naive();
    settings.is_stale(contact, today)
}

/// A group as the plan writes it.
pub(in crate::view) fn group_id(group: Group) -> &'static str {
    match group {
        Group::Now => "now",
        Group::People => "people",
        Group::Partners => "partners",
        Group::Regulator => "regulator",
    }
}

/// Which of several numbers this is; nothing for an only one.
pub(in crate::view) fn which(place: usize, of: usize) -> String {
    if of > 1 {
        format!("{place}/{of}")
    } else {
        String::new()
    }
}
