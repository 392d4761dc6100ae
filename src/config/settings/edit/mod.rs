//! Changes of `kiosk.toml` from the tablet: a number is confirmed, corrected, added or removed.
//!
//! The file stays the branch's own. Only the characters of the number itself are replaced, so that
//! every comment, the order, the blank lines and the line ends stay byte for byte; a comment goes
//! only together with the number of a list that it stands beside or above. The result is read like
//! any `kiosk.toml` before it is written, and must say exactly what was asked for and nothing else.
//!
//! `toml_edit` reads the file and says where each value stands; it does not write it. Its
//! `DocumentMut` (0.25) makes LF of CRLF, moves dotted keys together and ends every file with a line
//! break: a file that somebody keeps with another editor would come back changed all over.

mod form;
mod holidays;
mod list;
mod splice;

use std::path::Path;

use chrono::NaiveDate;
use thiserror::Error;

use super::contact::police_by_sms;
use super::{Number, Settings, fresh, numbers};
use crate::config::fault::{Fault, Problem};
use crate::config::file::{self as config_file, ConfigFile};
use crate::config::limits::{NUMBERS, bad_character};
use crate::domain::phone;
use crate::domain::plan::{POLICE_SMS, Plan, Text};

pub use holidays::{ImportError, Imported, import};

/// Why `kiosk.toml` was left as it is. `i18n::edit` words it for people.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum EditError {
    /// The plan has no such role.
    #[error("no role {role}")]
    NoSuchRole {
        /// The id that was asked for.
        role: String,
    },
    /// The role has no number at this place.
    #[error("{role} has {count} numbers")]
    NoSuchPlace {
        /// The role's id.
        role: String,
        /// How many numbers it has in the file.
        count: usize,
    },
    /// The role has as many numbers as it may have.
    #[error("{role} has {most} numbers already")]
    Full {
        /// The role's id.
        role: String,
        /// How many it may have.
        most: usize,
    },
    /// The plan knows the number for the whole country.
    #[error("the number of {role} is built in")]
    National {
        /// The role's id.
        role: String,
    },
    /// No telephone number.
    #[error("{number:?} is no telephone number")]
    BadNumber {
        /// What was to be written.
        number: String,
    },
    /// An emergency number, or another number of the whole country, which reaches somebody else.
    #[error("{number} is not a number of {role}")]
    Elsewhere {
        /// The number as it was to be written.
        number: String,
        /// The id of the role whose own it was to be.
        role: String,
        /// Who is reached there, where the plan knows.
        whose: Option<Text>,
    },
    /// The role has this number at another place.
    #[error("{number} is in the list already")]
    Taken {
        /// The number as it was to be written.
        number: String,
    },
    /// The file is no TOML, or cannot be read at all.
    #[error("the file is broken")]
    Broken(Vec<Fault>),
    /// The file would have these faults, which it has not now.
    #[error("the file would be broken")]
    Worse(Vec<Fault>),
    /// The numbers are written in a form that has no room for the change.
    #[error("the numbers of {role} are written in an unusual form")]
    Form {
        /// The role's id.
        role: String,
        /// Line of the role in the file, counted from 1, where it is there.
        line: Option<usize>,
    },
    /// The disk refuses.
    #[error("the file cannot be written")]
    Unwritable(Fault),
}

/// What is to be done with a number.
#[derive(Clone, Copy, Debug)]
enum Act<'a> {
    Confirm,
    Set(&'a str),
    Remove,
}

/// Notes in the `kiosk.toml` of `data` that a number was found to be right on `day`. `place` is
/// its place among the role's numbers in the file, from 0, as [`Settings::contacts`] has them. The
/// file is read at this moment, so that what an editor saved meanwhile is kept.
///
/// # Errors
/// Why nothing was written. A number of the whole country is never rung to try it.
pub fn confirm(
    data: &Path,
    plan: &Plan,
    role: &str,
    place: usize,
    day: NaiveDate,
) -> Result<(), EditError> {
    change(data, plan, (role, place), Act::Confirm, day)
}

/// Replaces the number at `place` as [`confirm`] counts it, adds one behind the last, or removes
/// it where `number` is empty; an empty one behind the last is nothing to do. The new number counts
/// as confirmed on `day`, and is public if the one before it was. A missing file is begun from the
/// template.
///
/// # Errors
/// Why nothing was written.
pub fn set_number(
    data: &Path,
    plan: &Plan,
    role: &str,
    place: usize,
    number: &str,
    day: NaiveDate,
) -> Result<(), EditError> {
    let number = number.trim();
    let reading = match bad_character(number, false) {
        None => phone::read(number).ok(),
        Some(_) => None,
    };
    let act = match &reading {
        _ if number.is_empty() => Act::Remove,
        // The file says what was understood, so that whoever looks at it sees what is dialled.
        Some(reading) => Act::Set(&reading.shown),
        None => {
            let number = number.to_owned();
            return Err(EditError::BadNumber { number });
        }
    };
    change(data, plan, (role, place), act, day)
}

fn change(
    data: &Path,
    plan: &Plan,
    (role, place): (&str, usize),
    act: Act<'_>,
    day: NaiveDate,
) -> Result<(), EditError> {
    if plan.role(role).is_none() {
        let role = role.to_owned();
        return Err(EditError::NoSuchRole { role });
    }
    let file = ConfigFile::new(data, "kiosk");
    let text = match config_file::text_of(file.path()) {
        Err(fault) if fault.problem == Problem::NotFound => fresh(plan),
        read => read.map_err(|fault| EditError::Broken(vec![fault]))?,
    };
    let name = config_file::name(file.path());
    let read = |text: &str| Settings::read(&name, text, data, plan);
    let (before, faults) = read(&text);
    let broken =
        |fault: &Fault| fault.problem.is_syntax() || fault.problem == Problem::DuplicateKey;
    if faults.iter().any(broken) {
        return Err(EditError::Broken(
            faults.into_iter().filter(broken).collect(),
        ));
    }

    // An editor's mark at the beginning is no part of the TOML.
    let body = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mark = text.strip_suffix(body).unwrap_or_default();
    let spot = form::Spot::find(body, role)?;
    let own = own_numbers(&before, &spot, role, plan);
    check(&before, plan, &own, (role, place), act)?;
    if own.len() == place && matches!(act, Act::Remove) {
        return Ok(());
    }
    let changed = match act {
        _ if own.len() == place => spot.with(&own, act.number(), day),
        Act::Remove => spot.without(&own, place),
        Act::Confirm | Act::Set(_) => spot.changed(&own, place, act.number(), day),
    };
    let changed = changed.ok_or_else(|| spot.unusual())?;
    if changed == body {
        return Ok(());
    }
    let changed = format!("{mark}{changed}");

    let (after, faults_after) = read(&changed);
    let new = |fault: &Fault| {
        !faults
            .iter()
            .any(|old| (&old.key, &old.problem) == (&fault.key, &fault.problem))
    };
    if faults_after.len() > faults.len() {
        return Err(EditError::Worse(
            faults_after.into_iter().filter(new).collect(),
        ));
    }
    if after != wished(before, &after, own, (role, place), act, day, plan) {
        return Err(spot.unusual());
    }
    file.rewrite(&changed).map_err(EditError::Unwritable)?;
    // The copy of the last good state follows as it does whenever the file is read.
    let _ = Settings::load(data, plan);
    Ok(())
}

impl<'a> Act<'a> {
    /// The number to write, if it is another one.
    fn number(self) -> Option<&'a str> {
        match self {
            Self::Set(number) => Some(number),
            Self::Confirm | Self::Remove => None,
        }
    }
}

/// The role's numbers that the file itself says, in its order.
fn own_numbers(settings: &Settings, spot: &form::Spot<'_>, role: &str, plan: &Plan) -> Vec<Number> {
    let numbers = settings.contacts.get(role).cloned().unwrap_or_default();
    // The number that follows from the area code is not written anywhere.
    let derived = role == POLICE_SMS
        && numbers == derived(settings, plan)
        && numbers.iter().all(|one| !spot.says(&one.number));
    if derived { Vec::new() } else { numbers }
}

/// What a role for text messages to the police has without a number of its own.
fn derived(settings: &Settings, plan: &Plan) -> Vec<Number> {
    let number = police_by_sms(&settings.branch, plan).map(numbers::plain);
    number.into_iter().collect()
}

/// Whether the change makes sense at all.
fn check(
    settings: &Settings,
    plan: &Plan,
    own: &[Number],
    (role, place): (&str, usize),
    act: Act<'_>,
) -> Result<(), EditError> {
    let role_id = || role.to_owned();
    let built_in = plan.role(role).is_some_and(|role| role.number.is_some());
    if own.is_empty() && built_in {
        return Err(EditError::National { role: role_id() });
    }
    let adds = place == own.len();
    if place > own.len() || (adds && matches!(act, Act::Confirm)) {
        return Err(EditError::NoSuchPlace {
            role: role_id(),
            count: own.len(),
        });
    }
    let contacts = settings.contacts_of(role, plan);
    let national = contacts.get(place).is_some_and(|one| one.national);
    if national && matches!(act, Act::Confirm) {
        return Err(EditError::National { role: role_id() });
    }
    if let Act::Set(number) = act {
        elsewhere(plan, role, number)?;
        let mut others = own.iter().enumerate().filter(|(at, _)| *at != place);
        if others.any(|(_, one)| phone::is_same(&one.number, number)) {
            return Err(EditError::Taken {
                number: number.to_owned(),
            });
        }
        let most = *NUMBERS.end();
        if adds && own.len() >= most {
            return Err(EditError::Full {
                role: role_id(),
                most,
            });
        }
    }
    Ok(())
}

/// Whether `number` reaches somebody else in the whole country: nobody of a branch is called at an
/// emergency number, and a slip of the finger must not make it so.
fn elsewhere(plan: &Plan, role: &str, number: &str) -> Result<(), EditError> {
    let same = |known: &str| phone::is_same(known, number);
    let own = plan.role(role).and_then(|one| one.number.as_deref());
    if own.is_some_and(same) {
        return Ok(());
    }
    let mut others = plan.roles.iter();
    let whose = others.find(|one| one.number.as_deref().is_some_and(same));
    if whose.is_none() && !phone::is_emergency(number) {
        return Ok(());
    }
    Err(EditError::Elsewhere {
        number: number.to_owned(),
        role: role.to_owned(),
        whose: whose.map(|one| one.name.clone()),
    })
}

/// What the file has to say afterwards: what it said before, but for this one number.
fn wished(
    before: Settings,
    after: &Settings,
    mut own: Vec<Number>,
    (role, place): (&str, usize),
    act: Act<'_>,
    day: NaiveDate,
    plan: &Plan,
) -> Settings {
    match (act, own.get_mut(place)) {
        (Act::Remove, Some(_)) => {
            own.remove(place);
        }
        (Act::Remove, None) => {}
        (Act::Confirm | Act::Set(_), Some(one)) => {
            one.confirmed = Some(day);
            if let Some(number) = act.number() {
                number.clone_into(&mut one.number);
            }
        }
        (Act::Confirm | Act::Set(_), None) => own.push(Number {
            number: act.number().unwrap_or_default().to_owned(),
            confirmed: Some(day),
            // A table that was prepared for it may say so.
            public: after
                .contacts
                .get(role)
                .and_then(|numbers| numbers.get(place)?.public),
        }),
    }
    if own.is_empty() && role == POLICE_SMS {
        own = derived(&before, plan);
    }
    let mut contacts = before.contacts;
    if own.is_empty() {
        contacts.remove(role);
    } else {
        contacts.insert(role.to_owned(), own);
    }
    Settings {
        contacts,
        // How the others are written has not changed, but their lines may have.
        readings: after.readings.clone(),
        ..before
    }
}
