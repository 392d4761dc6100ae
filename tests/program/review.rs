//! Reviews and actions outside the tablet: in the report, in exports, and of an invented history.

use std::path::Path;
use std::process::Command;

use chrono::NaiveDate;
use lobby_kiosk::app::demo::{Wanted, fill};
use lobby_kiosk::cli::records::{Format, RecordsCommand, WhatArg};
use lobby_kiosk::domain::entry::{Draft, Event, review_topic};
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::domain::review::{Cause, Party, Review, ReviewEvent};
use lobby_kiosk::service::records::Records;
use lobby_kiosk::service::reviews::{ActionFilter, digest_of};
use lobby_kiosk::store::{Prepared, Writer};
use tempfile::{TempDir, tempdir};

use crate::command::{printed, rows};
use crate::journal::tamper;

fn history() -> TempDir {
    let dir = tempdir().unwrap();
    let wanted = Wanted {
        incidents: 80,
        complaints: 4,
        seed: 12,
        last: NaiveDate::from_ymd_opt(2026, 11, 27).unwrap(),
    };
    fill(dir.path(), &wanted).unwrap();
    dir
}

/// Every review, with the incident's id.
fn reviews(dir: &Path) -> Vec<Review> {
    let records = Records::open(dir).unwrap();
    let list = records.list().unwrap().into_iter();
    let all = list.map(|one| records.review(&one.id).unwrap());
    all.filter(|one| one.begun.is_some()).collect()
}

fn export(dir: &Path, lang: &Lang, format: Format) -> String {
    let what = Some(WhatArg::Actions);
    let command = RecordsCommand::Export {
        format,
        what,
        out: None,
    };
    printed(dir, lang, command).unwrap()
}

/// The page that the program makes of a report.
fn report(dir: &Path, id: &str, lang: &str) -> String {
    let file = dir.join("r.html");
    let done = Command::new(env!("CARGO_BIN_EXE_lobby-kiosk"))
        .args(["--data".as_ref(), dir.as_os_str()])
        .args([
            "report",
            id,
            "--lang",
            lang,
            "--out",
            file.to_str().unwrap(),
        ])
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap();
    assert!(done.status.success(), "{done:?}");
    std::fs::read_to_string(file).unwrap()
}

#[test]
fn an_invented_history_is_reviewed_for_the_most_part_and_its_digests_are_right() {
    let dir = history();
    let reviews = reviews(dir.path());
    assert!(reviews.len() > 40, "{}", reviews.len());
    let finished: Vec<&Review> = reviews.iter().filter(|one| one.is_final).collect();
    assert!(
        finished.len() * 10 > reviews.len() * 8,
        "{}",
        finished.len()
    );
    for one in finished {
        let version = &one.versions[0];
        assert_eq!(digest_of(&one.text_of(version)), version.digest);
        assert!(!version.content.causes.is_empty());
    }
    let records = Records::open(dir.path()).unwrap();
    let filter = |settled| ActionFilter {
        settled,
        ..ActionFilter::default()
    };
    let open = records.actions(&filter(false), 3).unwrap();
    let settled = records.actions(&filter(true), usize::MAX).unwrap();
    assert!(open.listed.len() <= 3 && open.all >= open.listed.len());
    let days: Vec<_> = open
        .listed
        .iter()
        .map(|one| one.action.planned.due)
        .collect();
    assert!(days.is_sorted(), "{days:?}");
    let all: usize = reviews.iter().map(|one| one.content.actions.len()).sum();
    assert_eq!(open.all + settled.all, all);
    assert!(settled.all > open.all && settled.listed.iter().all(|one| !one.action.is_open()));
}

#[test]
fn actions_are_exported_one_row_each_in_every_format() {
    let dir = history();
    let all: usize = reviews(dir.path())
        .iter()
        .map(|one| one.content.actions.len())
        .sum();
    let csv = export(dir.path(), &Lang::EN, Format::Csv);
    let rows = rows(&csv);
    assert_eq!(
        rows[0],
        [
            "To be done by",
            "Action",
            "Concerning",
            "In charge",
            "Status",
            "Done or dropped on",
            "Added on",
            "Type of incident",
            "Started at",
            "No.",
            "Incident number",
        ]
    );
    assert_eq!(rows.len(), all + 1);
    for row in &rows[1..] {
        assert!(row[0].parse::<NaiveDate>().is_ok(), "{row:?}");
        assert_eq!(row[4] == "To be done", row[5].is_empty(), "{row:?}");
        assert!(
            row.iter()
                .enumerate()
                .all(|(at, cell)| at == 5 || !cell.is_empty()),
            "{row:?}"
        );
    }
    let json = export(dir.path(), &Lang::EN, Format::Json);
    let json: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
    assert_eq!(json.len(), all);
    assert!(
        json.iter()
            .all(|one| one["action"]["due"].is_string() && one["incident"].is_string())
    );
    let chinese = export(dir.path(), &Lang::ZH_CN, Format::Csv);
    assert!(chinese.contains("完成期限") && chinese.contains("改进流程"));
}

#[test]
fn the_report_tells_the_review_who_is_responsible_and_what_is_done() {
    let dir = history();
    let reviews = reviews(dir.path());
    let full = |one: &&Review| {
        let content = &one.content;
        let known = [
            content.responsibilities.len(),
            content.actions.len(),
            content.steps.len(),
        ];
        one.is_final && known.iter().all(|count| *count > 0)
    };
    let one = reviews.iter().find(full).expect("one of everything");
    let version = &one.versions[0];
    let owner = match &one.content.actions[0].planned.owner {
        Party::Role { name, .. } => name.clone(),
        Party::Person(id) => panic!("{id}"),
    };
    for (lang, headings) in [
        (Lang::ZH_CN, ["复盘", "责任认定", "改进措施"]),
        (
            Lang::EN,
            ["Review", "Responsibility", "Actions for improvement"],
        ),
    ] {
        let html = report(dir.path(), one.incident.as_str(), lang.as_str());
        for heading in headings {
            assert!(html.contains(&format!(">{heading}</h2>")), "{heading}");
        }
        assert!(html.contains(&version.digest));
        assert!(html.contains(owner.in_lang(&lang)));
        assert!(html.contains(one.content.steps[0].command.in_lang(&lang)));
    }
    // Nothing is told of a review that nobody has begun.
    let records = Records::open(dir.path()).unwrap();
    let list = records.list().unwrap();
    let without = list
        .iter()
        .find(|one| records.review_fact(&one.id).unwrap().is_none());
    let html = report(dir.path(), without.unwrap().id.as_str(), "en");
    assert!(!html.contains(">Review</h2>") && !html.contains(">Responsibility</h2>"));
}

#[test]
fn while_a_new_version_is_written_the_report_tells_the_one_that_was_finalised() {
    let dir = history();
    let reviews = reviews(dir.path());
    let is_other =
        |one: &&Review| one.is_final && !one.content.causes.contains(&Cause::Environment);
    let one = reviews.iter().find(is_other).unwrap();
    let cause = Cause::Environment;
    let drafts = [
        ("reopened", ReviewEvent::Reopened { version: 2 }),
        ("cause", ReviewEvent::CauseChosen { cause }),
    ];
    let drafts = drafts.map(|(id, event)| {
        let draft = Draft {
            id: id.into(),
            at: one.versions[0].at,
            actor: None,
            topic: review_topic(&one.incident),
            event: Event::Review(event),
        };
        Prepared::new(draft).unwrap()
    });
    Writer::open(dir.path()).unwrap().commit(&drafts).unwrap();
    let html = report(dir.path(), one.incident.as_str(), "en");
    let review = html.split(">Review</h2>").nth(1).unwrap();
    assert!(review.contains("Version 1, as it was finalised; version 2 is being written"));
    assert!(!review.contains("Building and weather"));
}

#[test]
fn a_review_that_was_changed_behind_its_digest_is_told_so() {
    let dir = history();
    let reviews = reviews(dir.path());
    let is_other = |one: &&Review| one.is_final && one.content.causes != [Cause::Environment];
    let one = reviews.iter().find(is_other).unwrap();
    let topic = format!("review:{}", one.incident);
    let changed = tamper(dir.path())
        .execute(
            "UPDATE entry SET body = ?1 WHERE topic = ?2 AND kind = 'review.cause-chosen'",
            [r#"{"cause":"environment"}"#, &topic],
        )
        .unwrap();
    assert!(changed > 0);
    let html = report(dir.path(), one.incident.as_str(), "en");
    assert!(html.contains("Not the digest of what the journal says"));
}
