//! Words about the people of the branch: who they are, what they may do, who is on duty.

use super::pin::pin_error;
use super::{tr, tr_with};
use crate::domain::actor::Actor;
use crate::domain::ids::PersonId;
use crate::domain::lang::Lang;
use crate::domain::person::{NAME_LENGTH, PeopleEvent, Person, REACH_LENGTH, Right, Role};
use crate::service::people::{People, PeopleError};
use crate::service::wording::EventText;

/// What somebody is in the branch.
pub fn role(lang: &Lang, role: Role) -> &'static str {
    tr(
        lang,
        match role {
            Role::LobbyManager => "Lobby manager",
            Role::BranchHead => "Branch head",
            Role::Administrator => "Administrator",
        },
    )
}

/// Whoever has the PIN that belongs to nobody by name.
pub fn first_administrator(lang: &Lang) -> &'static str {
    tr(lang, "Administrator PIN")
}

/// Asks for a name at the door of the staff area.
pub fn who_are_you(lang: &Lang) -> &'static str {
    tr(lang, "Tap your name")
}

/// Asks for the PIN of one of them.
pub fn enter_pin_of(lang: &Lang, name: &str) -> String {
    tr_with(lang, "{}: enter your PIN", &[name])
}

/// Nobody has said yet who is on duty.
pub fn who_is_on_duty(lang: &Lang) -> &'static str {
    tr(lang, "On duty?")
}

/// What else is known of somebody, in one line.
pub fn detail(lang: &Lang, person: &Person, has_pin: bool) -> String {
    let first_aider = person.first_aider.then(|| tr(lang, "First aider"));
    let no_pin = (!has_pin).then(|| tr(lang, "no PIN yet"));
    let reach = Some(person.reach.as_str()).filter(|reach| !reach.is_empty());
    let parts = [first_aider, reach, no_pin];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// How somebody comes onto the list, or off it.
pub fn how_to_add(lang: &Lang) -> &'static str {
    tr(
        lang,
        "People are added, changed and removed with \"lobby-kiosk people\". A forgotten PIN is set anew there as well.",
    )
}

/// Who may do what somebody else may not.
pub fn refused(lang: &Lang, right: Right) -> String {
    let message = match right {
        Right::Handle => "Lobby managers can do this: {}.",
        Right::Release => "This reply needs a branch head to release it: {}.",
        Right::Hold => "Only a branch head can put something on hold or end that: {}.",
        Right::Review => "Only a branch head can review an incident: {}.",
        Right::Responsibility => "Only a branch head can settle who is responsible: {}.",
        Right::Settings => "Only an administrator can change this: {}.",
        Right::People => "Only an administrator can see to the people: {}.",
    };
    tr_with(lang, message, &[tr(lang, "ask one to sign in")])
}

/// What an entry about the people says: never a name.
pub fn event(lang: &Lang, event: &PeopleEvent) -> EventText {
    let (what, detail) = match event {
        PeopleEvent::InForce { people } => (
            tr(lang, "People in force"),
            tr_with(lang, "{} on the list", &[&people.len().to_string()]),
        ),
        PeopleEvent::OnDuty { person: Some(one) } => (tr(lang, "On duty"), one.to_string()),
        PeopleEvent::OnDuty { person: None } => (tr(lang, "Nobody on duty"), String::new()),
    };
    EventText {
        what: what.to_owned(),
        detail,
        reason: String::new(),
    }
}

/// The name of whoever the journal knows by this id.
pub fn name_of<'a>(lang: &Lang, id: &PersonId, people: &'a People) -> &'a str {
    let known = people.get(id).map(|person| person.name.as_str());
    known.unwrap_or_else(|| tr(lang, "somebody no longer listed"))
}

/// Who did something, by what an entry says of them; empty for what a customer or the program did.
pub fn who(lang: &Lang, actor: Option<&str>, people: &People) -> String {
    let Some((actor, person)) = actor.and_then(Actor::read) else {
        return String::new();
    };
    let name = person.as_ref().map(|id| name_of(lang, id, people));
    match (actor, name) {
        (Actor::OnDuty, None) => tr(lang, "On duty").to_owned(),
        (Actor::OnDuty, Some(name)) => tr_with(lang, "{} (on duty)", &[name]),
        (Actor::SignedIn, None) => tr(lang, "Administrator PIN").to_owned(),
        (Actor::SignedIn, Some(name)) => tr_with(lang, "{} (signed in)", &[name]),
    }
}

/// Why nothing is known of the people, or nothing was changed.
pub fn people_error(lang: &Lang, error: &PeopleError) -> String {
    let say = |message, args: &[&str]| tr_with(lang, message, args);
    match error {
        PeopleError::Damaged { path } => say(
            "{} is no list of people any more. Put a copy back, or remove it and add them again.",
            &[&path.to_string_lossy()],
        ),
        PeopleError::Newer { path } => say(
            "{} was written by a newer version of lobby-kiosk. Install that version.",
            &[&path.to_string_lossy()],
        ),
        PeopleError::Io { path, detail } => say(
            "{0}: {1}. Check that the folder exists and that this user may write to it.",
            &[&path.to_string_lossy(), detail],
        ),
        PeopleError::NoName => say(
            "A name has 1 to {} characters in one line. Nothing was changed.",
            &[&NAME_LENGTH.to_string()],
        ),
        PeopleError::NoReach => say(
            "How somebody is reached has at most {} characters in one line. Nothing was changed.",
            &[&REACH_LENGTH.to_string()],
        ),
        PeopleError::SameName => say(
            "Somebody is called so already. Add what tells them apart, such as the department.",
            &[],
        ),
        PeopleError::Nobody => say(
            "Nobody is called so. \"lobby-kiosk people list\" names all of them.",
            &[],
        ),
        PeopleError::TooMany => say(
            "The tablet keeps no more people. Remove those who have left.",
            &[],
        ),
        PeopleError::Pin(error) => pin_error(lang, error),
    }
}

/// Somebody is on the list now.
pub fn added(lang: &Lang, name: &str) -> String {
    tr_with(
        lang,
        "{0} is on the list. Give them a PIN: lobby-kiosk people pin {0}",
        &[name],
    )
}

/// What is known of somebody was changed.
pub fn changed(lang: &Lang, name: &str) -> String {
    tr_with(lang, "{} is changed.", &[name])
}

/// Somebody is off the list.
pub fn removed(lang: &Lang, name: &str) -> String {
    tr_with(
        lang,
        "{} is removed. The record of what they did keeps a number, and no name.",
        &[name],
    )
}

/// Somebody has a PIN, which opens what customers wrote or does not yet.
pub fn pin_set(lang: &Lang, name: &str, opens: bool) -> String {
    if opens {
        tr_with(lang, "The PIN of {} is set.", &[name])
    } else {
        tr_with(
            lang,
            "The PIN of {} is set. It does not open what customers wrote: run this again and give the administrator PIN.",
            &[name],
        )
    }
}

/// Asks for the first administrator's PIN, under which the branch's key lies.
pub fn ask_administrator(lang: &Lang) -> &'static str {
    tr(lang, "Administrator PIN (empty to go without): ")
}

/// There is nobody.
pub fn nobody(lang: &Lang) -> &'static str {
    tr(lang, "No people yet.")
}
