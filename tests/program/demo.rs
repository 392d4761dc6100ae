//! An invented history: what it fills, that it is whole, and that it can be made again.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use chrono::{NaiveDate, TimeDelta};
use chrono_tz::Asia::Shanghai;
use lobby_kiosk::app::Branch;
use lobby_kiosk::app::demo::{DemoError, Wanted, fill, written};
use lobby_kiosk::domain::complaint::{About, ComplaintEvent, Stage};
use lobby_kiosk::domain::entry::{Event, topic_incident};
use lobby_kiosk::domain::incident::{IncidentEvent, Mark, Status};
use lobby_kiosk::domain::market::is_trading_day;
use lobby_kiosk::domain::summary::{IncidentState, Summary};
use lobby_kiosk::service::demo::end_of;
use lobby_kiosk::service::records::Records;
use lobby_kiosk::service::seals::Seals;
use lobby_kiosk::store::{Reader, Stored, Verdict};
use tempfile::{TempDir, tempdir};

use crate::command::printed;

/// A Friday.
fn last() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 27).unwrap()
}

fn wanted(incidents: usize, seed: u64) -> Wanted {
    Wanted {
        incidents,
        complaints: incidents / 2,
        seed,
        last: last(),
    }
}

fn made(incidents: usize, seed: u64) -> TempDir {
    let dir = tempdir().unwrap();
    fill(dir.path(), &wanted(incidents, seed)).unwrap();
    dir
}

fn entries(dir: &Path) -> Vec<Stored> {
    let mut entries = Vec::new();
    Reader::open(dir)
        .unwrap()
        .for_each(|entry| -> Result<(), lobby_kiosk::store::StoreError> {
            entries.push(entry);
            Ok(())
        })
        .unwrap();
    entries
}

/// What is the same each time: all but secrets and what hangs on them.
fn told(dir: &Path) -> Vec<String> {
    let told = entries(dir).into_iter().map(|entry| {
        let mut body: serde_json::Value = serde_json::from_str(&entry.body).unwrap();
        if let Some(digest) = body
            .get_mut("digest")
            .filter(|_| entry.kind.starts_with("complaint."))
        {
            assert!(digest.as_str().is_some_and(|it| it.len() == 64));
            digest.take();
        }
        let Stored {
            seq,
            id,
            at,
            actor,
            topic,
            kind,
            ..
        } = entry;
        format!("{seq} {id} {at} {actor:?} {topic} {kind} {body}")
    });
    told.collect()
}

#[test]
fn a_directory_with_anything_in_it_is_left_as_it_is() {
    let dir = tempdir().unwrap();
    fs::write(dir.path().join("note"), "mine").unwrap();
    let refused = fill(dir.path(), &wanted(3, 1));
    assert!(matches!(refused, Err(DemoError::NotEmpty { path }) if path == dir.path()));
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    // What it has made itself is something as well.
    let made = made(1, 1);
    assert!(fill(made.path(), &wanted(1, 1)).is_err());
    let file = dir.path().join("note");
    assert!(matches!(
        fill(&file, &wanted(1, 1)),
        Err(DemoError::Io { .. })
    ));
}

#[test]
fn the_same_seed_makes_the_same_history_and_another_another() {
    let (one, again, other) = (made(12, 1), made(12, 1), made(12, 2));
    assert_eq!(told(one.path()), told(again.path()));
    assert_ne!(told(one.path()), told(other.path()));
    // What seals customers' words is never of the seed.
    let key = |dir: &TempDir| fs::read(dir.path().join("branch-key.json")).unwrap();
    assert_ne!(key(&one), key(&again));
}

#[test]
fn what_it_makes_is_whole_and_as_much_as_was_asked_for() {
    let dir = made(40, 7);
    let records = Records::open(dir.path()).unwrap();
    let count = Reader::open(dir.path()).unwrap().count().unwrap();
    assert_eq!(records.verify().unwrap(), Verdict::Sound { entries: count });
    let list: Vec<Summary> = records.list().unwrap();
    assert_eq!(list.len(), 40);
    let complaints = Reader::open(dir.path()).unwrap().complaints().unwrap();
    assert_eq!(complaints.len(), 20);
    for summary in &list {
        let incident = records.show(summary.id.as_str()).unwrap().incident;
        assert_eq!(incident.started, summary.started);
        assert_eq!(incident.type_id, summary.type_id);
        assert_eq!(incident.follow_ups, summary.follow_ups);
        let standing = match incident.status {
            Status::Open => IncidentState::Open,
            Status::Undone => IncidentState::Undone,
            Status::Closed { .. } => IncidentState::Closed,
        };
        assert_eq!(standing, summary.standing);
    }
    let listed = printed(
        dir.path(),
        &lobby_kiosk::domain::lang::Lang::ZH_CN,
        lobby_kiosk::cli::records::RecordsCommand::List,
    );
    assert_eq!(listed.unwrap().lines().count(), 40);
    // Its settings and its plan have nothing wrong with them.
    let branch = Branch::load_readonly(dir.path());
    assert_eq!(branch.faults, []);
    assert!(branch.settings.branch.unset_for_rescuers().is_empty());
    // What customers wrote can be read by whoever may.
    let seals = Seals::of(dir.path());
    seals.unlock(None).unwrap();
    assert!(seals.is_open());
    // An empty one is one, too.
    let none = made(0, 1);
    assert!(
        Records::open(none.path())
            .unwrap()
            .list()
            .unwrap()
            .is_empty()
    );
}

#[test]
fn nothing_in_it_is_out_of_order_or_in_the_future() {
    let dir = made(60, 3);
    let entries = entries(dir.path());
    let end = end_of(last(), Shanghai);
    assert!(entries.iter().all(|entry| entry.time().unwrap() < end));
    assert!(
        entries.is_sorted_by_key(|entry| entry.at),
        "the times ascend"
    );
    assert!(
        entries.is_sorted_by(|a, b| a.id < b.id),
        "and so do the ids"
    );
    let first = entries
        .iter()
        .find(|entry| topic_incident(&entry.topic).is_some());
    let span = end - first.unwrap().time().unwrap();
    assert!(
        span > TimeDelta::days(600) && span < TimeDelta::days(731),
        "{span}"
    );
    // Most of it happens while the exchanges trade.
    let calendar = Branch::load_readonly(dir.path())
        .settings
        .complaint
        .calendar();
    let starts: Vec<_> = entries
        .iter()
        .filter(|entry| entry.kind == "incident.started")
        .map(|entry| entry.time().unwrap().with_timezone(&Shanghai))
        .collect();
    let trading = |at: &&chrono::DateTime<chrono_tz::Tz>| {
        is_trading_day(&calendar, at.date_naive()) && (9..15).contains(&chrono::Timelike::hour(*at))
    };
    assert!(starts.iter().filter(trading).count() * 10 > starts.len() * 7);
}

#[test]
fn what_happens_is_as_manifold_as_in_a_branch() {
    let dir = made(300, 1);
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in entries(dir.path()) {
        let event = entry.event().unwrap();
        let what = match &event {
            Event::Incident(IncidentEvent::StepMarked {
                mark,
                reason,
                correction,
                approved,
                ..
            }) => {
                for (is_so, what) in [
                    (
                        *mark == Mark::Skipped && reason.is_some(),
                        "skipped with a reason",
                    ),
                    (
                        *mark == Mark::Cannot && reason.is_some(),
                        "not possible, with a reason",
                    ),
                    (*mark == Mark::Waived, "waived"),
                    (*correction, "corrected"),
                    (*approved, "approved"),
                ] {
                    *seen.entry(what).or_default() += usize::from(is_so);
                }
                continue;
            }
            Event::Complaint(ComplaintEvent::Replied { interim: true, .. }) => "interim",
            _ => {
                let kind: &'static str = lobby_kiosk::store::forms()
                    .map(|(kind, _)| kind)
                    .find(|kind| **kind == *entry.kind)
                    .unwrap();
                kind
            }
        };
        *seen.entry(what).or_default() += 1;
    }
    for what in [
        "skipped with a reason",
        "not possible, with a reason",
        "waived",
        "corrected",
        "approved",
        "interim",
        "incident.start-undone",
        "incident.retyped",
        "incident.noted",
        "incident.note-struck",
        "incident.answered",
        "incident.condition-held",
        "incident.prompted",
        "incident.step-started",
        "incident.step-handed",
        "incident.contact-called",
        "incident.call-corrected",
        "incident.reopened",
        "incident.evacuation-started",
        "incident.head-counted",
        "incident.evacuation-ended",
        "complaint.accepted",
        "complaint.extended",
        "complaint.added",
        "complaint.linked",
        "complaint.closed",
        "complaint.erased",
        "plan.in-force",
    ] {
        assert!(
            seen.get(what).is_some_and(|count| *count > 0),
            "{what}: {seen:#?}"
        );
    }
    let now = end_of(last(), Shanghai);
    let reader = Reader::open(dir.path()).unwrap();
    let complaints = reader.complaints().unwrap();
    let overdue = complaints.iter().filter(|one| {
        let by = one.promise.unwrap().answer_by.over();
        one.answered.map_or(now > by, |at| at > by)
    });
    let overdue = overdue.count();
    assert!(overdue > 0 && overdue * 3 < complaints.len(), "{overdue}");
    assert!(complaints.iter().any(|one| one.erased.is_some()));
    let settled = complaints.iter().filter(|one| one.stage == Stage::Closed);
    assert!(settled.count() * 10 > complaints.len() * 8);
}

#[test]
fn every_subject_has_words_in_both_languages_and_a_line_for_each() {
    let written = written();
    let lines = include_str!("../../src/app/demo/complaints.csv")
        .lines()
        .count();
    assert_eq!(written.len() + 1, lines);
    for about in About::ALL {
        for lang in lobby_kiosk::domain::lang::Lang::OURS {
            let found = written
                .iter()
                .any(|one| one.about == about && one.lang == lang);
            assert!(found, "{about:?} in {lang}");
        }
    }
}

/// The program as it is called, with nothing of this machine's.
fn called(args: &[&str]) -> (bool, String, String) {
    let home = tempdir().unwrap();
    let done = Command::new(env!("CARGO_BIN_EXE_lobby-kiosk"))
        .args(["--lang", "en"])
        .args(args)
        .env_remove("LOBBY_DATA")
        .env("HOME", home.path())
        .env_remove("XDG_DATA_HOME")
        .env_remove("XDG_STATE_HOME")
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (done.status.success(), text(done.stdout), text(done.stderr))
}

#[test]
fn the_command_says_what_it_made_and_wants_to_be_told_where() {
    let dir = tempdir().unwrap();
    let data = dir.path().join("demo");
    let data = data.to_str().unwrap();
    let demo = [
        "--data",
        data,
        "demo",
        "--incidents",
        "6",
        "--complaints",
        "2",
    ];
    let (done, said, failed) = called(&demo);
    assert!(done, "{failed}");
    assert!(
        said.contains("incidents 6, complaints 2, entries "),
        "{said}"
    );
    let (done, _, failed) = called(&demo);
    assert!(
        !done && failed.contains(data) && failed.contains("left as it is"),
        "{failed}"
    );
    // The user's own data directory is never filled because nobody named another.
    let (done, _, failed) = called(&["demo"]);
    assert!(!done && failed.contains("--data"), "{failed}");
    let (done, said, failed) = called(&["--data", data, "verify"]);
    assert!(done, "{said}{failed}");
}
