//! The text of `kiosk.toml` → settings and faults.

use std::ops::RangeInclusive;
use std::path::Path;
use std::str::FromStr;

use chrono_tz::Tz;

use super::contact::police_by_sms;
use super::fields::{file, shorter, valid, value, values, whole};
use super::{
    Branch, Reminders, Screen, Settings, StartScreen, Theme, complaint, exits, firm, numbers,
    review, staff_pages, web,
};
use crate::config::fault::{Fault, Kind, Problem};
use crate::config::limits::{EVERY_DAYS, FLOOR_CHARACTERS, FLOORS, NAME_CHARACTERS};
use crate::config::toml_reader::{self, Item, Section};
use crate::domain::lang::Lang;
use crate::domain::phone;
use crate::domain::plan::{POLICE_SMS, Plan};

/// Digits that an extension may have which is dialled by itself.
const INTERNAL_DIGITS: RangeInclusive<i64> = 3..=6;
/// Seconds until the tablet counts as idle: long enough to read a step, within an hour.
const IDLE_SECONDS: RangeInclusive<i64> = 10..=3600;
/// Minutes until the posted face covers an open incident: at most a day.
const POSTED_MINUTES: RangeInclusive<i64> = 1..=1440;
const PERCENT: RangeInclusive<i64> = 0..=100;
/// People on a usual day: no branch's lobby holds more.
const EXPECTED_PEOPLE: RangeInclusive<i64> = 1..=999;
const START_SCREENS: [(&str, StartScreen); 2] = [
    ("board", StartScreen::Board),
    ("posted", StartScreen::Posted),
];
const THEMES: [(&str, Theme); 2] = [("light", Theme::Light), ("dark", Theme::Dark)];

pub(super) fn read(file: &str, text: &str, data_dir: &Path, plan: &Plan) -> (Settings, Vec<Fault>) {
    toml_reader::read(file, text, |mut root| {
        let branch = branch(root.section("branch"), data_dir);
        let mut contacts = numbers::read(root.section("contacts"), plan);
        if let Some(number) = police_by_sms(&branch, plan) {
            contacts
                .entry(POLICE_SMS.to_owned())
                .or_insert_with(|| vec![numbers::plain(number)]);
        }
        let as_template = complaint::is_as_template(text);
        Settings {
            branch,
            firm: firm::read(root.section("firm")),
            complaint: complaint::read(root.section("complaint"), as_template),
            web: web::read(root.section("web"), data_dir),
            staff_pages: staff_pages::read(root.section("staff_pages")),
            contacts,
            screen: screen(root.section("screen"), plan),
            reminders: reminders(root.section("reminders")),
            review: review::read(root.section("review")),
            saved: None,
            readings: root.report().readings(),
        }
    })
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
        exits: exits::read(one.optional("exits")),
        floors: floors(one.optional("floors")),
        basements: floors(one.optional("basements")),
        expected_people: one
            .optional("expected_people")
            .filter(|item| !item.is_blank())
            .and_then(|item| whole(item, EXPECTED_PEOPLE)),
        assembly_point: one.optional("assembly_point").and_then(value),
        staff_meeting_point: one.optional("staff_meeting_point").and_then(value),
        area_code: one.optional("area_code").and_then(|item| {
            valid(item, phone::is_area_code, |code| Problem::BadAreaCode {
                code,
            })
        }),
        internal_digits: one
            .optional("internal_digits")
            .filter(|item| !item.is_blank())
            .and_then(|item| whole(item, INTERNAL_DIGITS)),
        time_zone: one
            .optional("time_zone")
            .and_then(time_zone)
            .unwrap_or(Branch::default().time_zone),
        floor_plan: one
            .optional("floor_plan")
            .and_then(|item| file(item, data_dir)),
        you_are_here: one.optional("you_are_here").and_then(place),
        key_holder: one.optional("key_holder").and_then(value),
        power_shutoff: one.optional("power_shutoff").and_then(value),
        gas_shutoff: one.optional("gas_shutoff").and_then(value),
        water_shutoff: one.optional("water_shutoff").and_then(value),
        site_hazards: one.optional("site_hazards").and_then(value),
    }
}

/// The names of floors, as many as there are chips for.
fn floors(item: Option<Item<'_>>) -> Vec<String> {
    let Some(item) = item else {
        return Vec::new();
    };
    let names = values(Some(item.clone()), |one| shorter(one, FLOOR_CHARACTERS));
    if names.len() > *FLOORS.end() {
        item.fault(Problem::Count {
            least: *FLOORS.start(),
            most: *FLOORS.end(),
            count: names.len(),
        });
    }
    names.into_iter().take(*FLOORS.end()).collect()
}

fn screen(mut one: Section<'_>, plan: &Plan) -> Screen {
    let default = Screen::default();
    Screen {
        languages: languages(one.optional("languages"), plan),
        idle_seconds: one
            .optional("idle_seconds")
            .and_then(|item| whole(item, IDLE_SECONDS))
            .unwrap_or(default.idle_seconds),
        start_screen: one
            .optional("start_screen")
            .and_then(|item| item.one_of(&START_SCREENS))
            .unwrap_or(default.start_screen),
        theme: one
            .optional("theme")
            .and_then(|item| item.one_of(&THEMES))
            .unwrap_or(default.theme),
        posted_minutes: one
            .optional("posted_minutes")
            .and_then(|item| whole(item, POSTED_MINUTES))
            .unwrap_or(default.posted_minutes),
        discreet_guide: one
            .optional("discreet_guide")
            .and_then(Item::flag)
            .unwrap_or(default.discreet_guide),
        spoken_orders: one
            .optional("spoken_orders")
            .and_then(Item::flag)
            .unwrap_or(default.spoken_orders),
    }
}

fn reminders(mut one: Section<'_>) -> Reminders {
    Reminders {
        contacts_days: one
            .optional("contacts_days")
            .and_then(|item| whole(item, EVERY_DAYS))
            .unwrap_or(Reminders::default().contacts_days),
    }
}

/// Percent from the left and from the top; none where the list is left empty.
fn place(item: Item<'_>) -> Option<(u8, u8)> {
    let members = item.clone().list()?;
    match <[Item<'_>; 2]>::try_from(members) {
        Ok([left, top]) => {
            // Both are asked, so that both faults are reported.
            let (left, top) = (whole(left, PERCENT), whole(top, PERCENT));
            left.zip(top)
        }
        Err(members) => {
            if !members.is_empty() {
                item.fault(Problem::BadPlace {
                    count: members.len(),
                });
            }
            None
        }
    }
}

fn time_zone(item: Item<'_>) -> Option<Tz> {
    let zone = value(item.clone())?;
    let Ok(found) = Tz::from_str(&zone) else {
        item.fault(Problem::BadTimeZone { zone });
        return None;
    };
    if let Some(utc) = reversed(&zone) {
        item.fault(Problem::ReversedTimeZone { zone, utc });
        return None;
    }
    if is_placeless(&zone) {
        // It tells some time, and the branch may have written nothing else: named, and kept.
        item.fault(Problem::PlacelessTimeZone { zone });
    }
    Some(found)
}

/// Zones of the IANA list that stand for no place beside those under `Etc/`: names of UTC, and
/// zones as time was written before there was the list.
const PLACELESS: [&str; 22] = [
    "UTC",
    "UCT",
    "GMT",
    "GMT0",
    "GMT+0",
    "GMT-0",
    "Greenwich",
    "Universal",
    "Zulu",
    "EST",
    "MST",
    "HST",
    "EST5EDT",
    "CST6CDT",
    "MST7MDT",
    "PST8PDT",
    "CET",
    "MET",
    "EET",
    "WET",
    "Factory",
    "localtime",
];

fn is_placeless(zone: &str) -> bool {
    zone.starts_with("Etc/") || PLACELESS.contains(&zone)
}

/// What a zone whose sign is reversed, as POSIX has it, is in the way that people write it.
fn reversed(zone: &str) -> Option<String> {
    let hours: i8 = zone.strip_prefix("Etc/GMT")?.parse().ok()?;
    (hours != 0).then(|| format!("UTC{:+}", -hours))
}

/// The languages offered, each one of the plan's; the plan's own where the list is left empty.
fn languages(item: Option<Item<'_>>, plan: &Plan) -> Vec<Lang> {
    let mut found: Vec<(Lang, usize)> = Vec::new();
    for one in item.map_or_else(Vec::new, Item::one_or_more) {
        let Some(name) = value(one.clone()) else {
            continue;
        };
        if let Some((_, first)) = found.iter().find(|(known, _)| known.as_str() == name) {
            let first = *first;
            one.fault(Problem::DuplicateId { id: name, first });
        } else if let Some(lang) = plan.languages.iter().find(|lang| lang.as_str() == name) {
            found.push((lang.clone(), one.place().line));
        } else {
            one.fault(Problem::Unknown {
                what: Kind::Language,
                name,
                known: plan.languages.iter().map(Lang::to_string).collect(),
            });
        }
    }
    if found.is_empty() {
        return plan.languages.clone();
    }
    found.into_iter().map(|(lang, _)| lang).collect()
}
