//! The file that the first run writes.

use std::fs;
use std::path::Path;

use lobby_kiosk::config::plan_file;
use lobby_kiosk::config::settings::{self, From, Settings};
use tempfile::TempDir;

use super::{FILE, small, unsaved};

#[test]
fn the_first_run_writes_a_file_that_is_sound() {
    let dir = TempDir::new().expect("a directory");
    let data = dir.path().join("deep").join("data");
    let plan = plan_file::built_in();
    let first = Settings::load(&data, &plan);
    assert_eq!((first.from, first.faults), (From::Fresh, vec![]));
    let second = Settings::load(&data, &plan);
    assert_eq!((second.from, second.faults), (From::File, vec![]));
    assert!(second.settings.saved.is_some(), "a file has its day");
    assert_eq!(unsaved(second.settings), Settings::built_in(&plan));
    assert_eq!(unsaved(first.settings), Settings::built_in(&plan));
    let text = fs::read_to_string(data.join(FILE)).expect("written");
    for role in &plan.roles {
        let key = format!("\n{} = \"\"", role.id);
        assert!(text.contains(&key), "no key for {}", role.id);
        for (_, name) in role.name.iter() {
            assert!(text.contains(name), "no name for {}", role.id);
        }
    }
}

#[test]
fn a_fresh_file_has_the_roles_of_the_plan_in_force_and_every_other_key() {
    let text = settings::fresh(&small());
    let (_, contacts) = text.split_once("\n[contacts]\n").expect("the section");
    let (contacts, _) = contacts.split_once("\n[").expect("a section after it");
    let keys: Vec<&str> = contacts
        .lines()
        .filter_map(|line| Some(line.split_once(" = ")?.0))
        .collect();
    assert_eq!(keys, ["security", "supervisor", "police"]);

    let mut plan = small();
    plan.roles[0].id = "night-guard".to_owned();
    let text = settings::fresh(&plan);
    assert!(
        text.contains("\nnight-guard = \"\"  # Security / 保安\n"),
        "{text}"
    );
    assert!(!text.contains("\nsecurity = "), "{text}");
    let (_, faults) = Settings::read(FILE, &text, Path::new("."), &plan);
    assert_eq!(faults, []);

    for key in [
        "name",
        "address",
        "floor",
        "entrance",
        "landmark",
        "exits",
        "floors",
        "basements",
        "expected_people",
        "assembly_point",
        "area_code",
        "time_zone",
        "floor_plan",
        "you_are_here",
        "key_holder",
        "power_shutoff",
        "gas_shutoff",
        "water_shutoff",
        "site_hazards",
        "contact",
        "phone",
        "fax",
        "email",
        "accept_days",
        "answer_days",
        "retention_years",
        "holidays",
        "workdays",
        "listen",
        "public_url",
        "hosts",
        "trusted_proxies",
        "certificate",
        "key",
        "languages",
        "idle_seconds",
        "start_screen",
        "posted_minutes",
        "discreet_guide",
        "theme",
        "contacts_days",
    ] {
        assert!(text.contains(&format!("\n{key} = ")), "no {key}");
    }
}

#[test]
fn the_examples_in_a_fresh_file_are_sound() {
    let plan = plan_file::built_in();
    let text = settings::fresh(&plan);
    // An example stands in the comment above the heading of its section.
    let mut waiting = Vec::new();
    let mut file = String::new();
    for line in text.lines() {
        if let Some(example) = line.strip_prefix("#   ") {
            waiting.push(example);
        } else if line.starts_with('[') && !waiting.is_empty() {
            let examples: Vec<&str> = std::mem::take(&mut waiting);
            file.push_str(&format!("{line}\n{}\n", examples.join("\n")));
        }
    }
    assert_eq!(file.lines().count(), 4 + 6, "{file}");
    let (settings, faults) = Settings::read(FILE, &file, Path::new("."), &plan);
    assert_eq!(faults, []);
    let [number] = settings.contacts["security"].as_slice() else {
        panic!("{:?}", settings.contacts);
    };
    assert_eq!(
        (number.confirmed.is_some(), number.public),
        (true, Some(true))
    );
    assert_eq!(settings.contacts["supervisor"].len(), 2);
    let exits = &settings.branch.exits;
    assert!(exits.len() == 2 && exits[0].direction.is_some());
    let days = &settings.complaint;
    assert_eq!((days.holidays.len(), days.workdays.len()), (5, 2));
    assert!(settings.web.public_url.is_some());
}
