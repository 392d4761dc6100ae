//! The text of `kiosk.toml` → settings and faults.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use chrono_tz::Tz;

use super::{Branch, Complaint, Number, Reminders, Screen, Settings, StartScreen, Theme};
use crate::domain::fault::{Fault, Kind, Problem};
use crate::domain::limits::{NAME_CHARACTERS, SETTING_CHARACTERS};
use crate::domain::phone;
use crate::domain::plan::Plan;
use crate::tables::{self, Item, Section};

/// Seconds until the tablet counts as idle: long enough to read a step, within an hour.
const IDLE_SECONDS: std::ops::RangeInclusive<i64> = 10..=3600;
const START_SCREENS: [(&str, StartScreen); 2] = [
    ("board", StartScreen::Board),
    ("posted", StartScreen::Posted),
];
const THEMES: [(&str, Theme); 2] = [("light", Theme::Light), ("dark", Theme::Dark)];

pub(super) fn read(file: &str, text: &str, data_dir: &Path, plan: &Plan) -> (Settings, Vec<Fault>) {
    tables::read(file, text, |mut root| {
        let branch = branch(root.section("branch"), data_dir);
        let mut contacts = contacts(root.section("contacts"), plan);
        if let Some(number) = police_by_sms(&branch, plan) {
            contacts
                .entry(POLICE_SMS.to_owned())
                .or_insert_with(|| vec![plain(number)]);
        }
        Settings {
            branch,
            complaint: complaint(root.section("complaint")),
            contacts,
            screen: screen(root.section("screen"), plan),
            reminders: Reminders::default(),
            saved: None,
        }
    })
}

/// The role of the police as reached by text message.
const POLICE_SMS: &str = "police-sms";

/// A text message reaches the police of the place: 12110 and the last three digits of its area
/// code.
fn police_by_sms(branch: &Branch, plan: &Plan) -> Option<String> {
    let everywhere = plan.role(POLICE_SMS)?.number.as_deref()?;
    let area = branch.area_code.as_deref()?;
    let local = &area[area.len().checked_sub(3)?..];
    Some(format!("{everywhere}{local}"))
}

fn branch(mut one: Section<'_>, data_dir: &Path) -> Branch {
    Branch {
        name: one
            .optional("name")
            .and_then(|item| shorter(item, NAME_CHARACTERS)),
        address: one.optional("address").and_then(value),
        floor: one.optional("floor").and_then(value),
        entrance: one.optional("entrance").and_then(value),
        landmark: one.optional("landmark").and_then(value),
        exits: values(one.optional("exits"), value),
        assembly_point: one.optional("assembly_point").and_then(value),
        area_code: one.optional("area_code").and_then(|item| {
            valid(item, phone::is_area_code, |code| Problem::BadAreaCode {
                code,
            })
        }),
        time_zone: one
            .optional("time_zone")
            .and_then(time_zone)
            .unwrap_or(Branch::default().time_zone),
        floor_plan: one
            .optional("floor_plan")
            .and_then(|item| file(item, data_dir)),
        you_are_here: None,
    }
}

fn complaint(mut one: Section<'_>) -> Complaint {
    Complaint {
        phone: one.optional("phone").and_then(number),
        fax: one.optional("fax").and_then(number),
        email: one.optional("email").and_then(|item| {
            valid(item, phone::is_email, |address| Problem::BadEmail {
                address,
            })
        }),
    }
}

fn contacts(mut one: Section<'_>, plan: &Plan) -> BTreeMap<String, Vec<Number>> {
    plan.roles
        .iter()
        .map(|role| {
            let numbers = values(one.optional(&role.id), number);
            (role.id.clone(), numbers.into_iter().map(plain).collect())
        })
        .filter(|(_, numbers): &(String, Vec<Number>)| !numbers.is_empty())
        .collect()
}

/// A number of which nothing else is said.
fn plain(number: String) -> Number {
    Number {
        number,
        confirmed: None,
        public: None,
    }
}

fn screen(mut one: Section<'_>, plan: &Plan) -> Screen {
    let default = Screen::default();
    Screen {
        languages: languages(one.optional("languages"), plan),
        idle_seconds: one
            .optional("idle_seconds")
            .and_then(|item| item.number(IDLE_SECONDS))
            .and_then(|seconds| u32::try_from(seconds).ok())
            .unwrap_or(default.idle_seconds),
        start_screen: one
            .optional("start_screen")
            .and_then(|item| item.one_of(&START_SCREENS))
            .unwrap_or(default.start_screen),
        theme: one
            .optional("theme")
            .and_then(|item| item.one_of(&THEMES))
            .unwrap_or(default.theme),
        posted_minutes: default.posted_minutes,
        discreet_guide: default.discreet_guide,
    }
}

/// A text; none where it is left empty.
fn value(item: Item<'_>) -> Option<String> {
    shorter(item, SETTING_CHARACTERS)
}

/// A text of at most `limit` characters; none where it is left empty.
fn shorter(item: Item<'_>, limit: usize) -> Option<String> {
    let words = item.clone().words()?;
    let length = words.chars().count();
    if length > limit {
        item.fault(Problem::TooLong { limit, length });
        return None;
    }
    Some(words).filter(|words| !words.is_empty())
}

/// A text that must be of a certain shape; none where it is left empty.
fn valid(
    item: Item<'_>,
    shape: impl Fn(&str) -> bool,
    problem: impl Fn(String) -> Problem,
) -> Option<String> {
    let words = value(item.clone())?;
    if !shape(&words) {
        item.fault(problem(words));
        return None;
    }
    Some(words)
}

fn number(item: Item<'_>) -> Option<String> {
    valid(item, phone::is_number, |number| Problem::BadNumber {
        number,
    })
}

/// A value or a list of values, without the empty ones.
fn values(item: Option<Item<'_>>, read: impl Fn(Item<'_>) -> Option<String>) -> Vec<String> {
    item.map_or_else(Vec::new, Item::one_or_more)
        .into_iter()
        .filter_map(read)
        .collect()
}

fn time_zone(item: Item<'_>) -> Option<Tz> {
    let zone = value(item.clone())?;
    let found = Tz::from_str(&zone).ok();
    if found.is_none() {
        item.fault(Problem::BadTimeZone { zone });
    }
    found
}

/// A file in the data directory. Only that it is there: whoever shows it knows its format.
fn file(item: Item<'_>, data_dir: &Path) -> Option<PathBuf> {
    let path = value(item.clone())?;
    let full = data_dir.join(&path);
    if !full.is_file() {
        item.fault(Problem::NoSuchFile { path });
        return None;
    }
    Some(full)
}

/// The languages offered, each one of the plan's; the plan's own where the list is left empty.
fn languages(item: Option<Item<'_>>, plan: &Plan) -> Vec<String> {
    let mut found: Vec<(String, usize)> = Vec::new();
    for one in item.map_or_else(Vec::new, Item::one_or_more) {
        let Some(name) = value(one.clone()) else {
            continue;
        };
        if let Some((_, first)) = found.iter().find(|(known, _)| *known == name) {
            let first = *first;
            one.fault(Problem::DuplicateId { id: name, first });
        } else if plan.languages.contains(&name) {
            found.push((name, one.place().line));
        } else {
            one.fault(Problem::Unknown {
                what: Kind::Language,
                name,
                known: plan.languages.clone(),
            });
        }
    }
    if found.is_empty() {
        return plan.languages.clone();
    }
    found.into_iter().map(|(name, _)| name).collect()
}
