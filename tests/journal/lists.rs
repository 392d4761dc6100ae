//! The list of incidents is the fold of the journal, or is found out and folded anew.

use chrono_tz::Tz;
use lobby_kiosk::cli::records::{RecordsArgs, RecordsCommand, run};
use lobby_kiosk::domain::entry::incident_topic;
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::store::{Reader, Verdict, Writer};
use tempfile::tempdir;

use crate::checked::{check, ten, verify_command};
use crate::journal::{Acts, append_newer, prepare, raw, record};

#[test]
fn a_list_that_differs_from_the_journal_is_a_verdict_of_its_own() {
    let rebuild = RecordsArgs {
        command: RecordsCommand::Rebuild,
    };
    for sql in [
        "UPDATE incident SET summary = replace(summary, '停电', '火灾')",
        "UPDATE incident SET summary = 'no json'",
        "UPDATE incident SET kept = 0",
        "UPDATE incident SET started = started + 1",
        "DELETE FROM incident",
        "INSERT INTO incident VALUES ('0000', 1, 1, '{}')",
        "INSERT INTO incident VALUES ('ffff', 1, 1, '{}')",
    ] {
        let (dir, drafts) = ten();
        raw(dir.path()).execute(sql, []).unwrap();
        let first = if sql.contains("0000") {
            "0000"
        } else if sql.contains("ffff") {
            "ffff"
        } else {
            drafts[0].topic.strip_prefix("incident:").unwrap()
        };
        let expected = Verdict::ListsDiffer {
            entries: 10,
            incident: Some(first.to_owned()),
        };
        assert_eq!(check(dir.path()), expected, "{sql}");
        let (status, said) = verify_command(dir.path(), &Lang::EN);
        assert_eq!(status, 1);
        assert!(said.contains("records rebuild"), "{said}");

        run(&rebuild, dir.path(), &Lang::EN, Tz::UTC, &mut Vec::new()).unwrap();
        assert_eq!(check(dir.path()), Verdict::Sound { entries: 10 }, "{sql}");
    }
}

#[test]
fn lists_that_are_behind_are_folded_anew_at_the_start() {
    for sql in [
        "UPDATE meta SET projected = 3; DELETE FROM incident",
        "UPDATE meta SET rules = 0; DELETE FROM incident",
    ] {
        let (dir, _) = ten();
        let reader = Reader::open(dir.path()).unwrap();
        let before = reader.list().unwrap();
        assert_eq!(before.len(), 2);
        raw(dir.path()).execute_batch(sql).unwrap();
        let behind = Verdict::ListsDiffer {
            entries: 10,
            incident: None,
        };
        assert_eq!(check(dir.path()), behind);
        drop(Writer::open(dir.path()).unwrap());
        assert_eq!(reader.list().unwrap(), before);
        assert_eq!(check(dir.path()), Verdict::Sound { entries: 10 });
    }
}

#[test]
fn an_unreadable_row_of_the_list_is_mended_by_the_next_act() {
    let dir = tempdir().unwrap();
    let mut acts = Acts::default();
    let (id, drafts) = acts.start_alone();
    record(dir.path(), &drafts);
    append_newer(dir.path(), &incident_topic(&id));
    let mut writer = Writer::open(dir.path()).unwrap();
    raw(dir.path())
        .execute("UPDATE incident SET summary = 'no json'", [])
        .unwrap();
    // Read from the journal meanwhile.
    assert_eq!(Reader::open(dir.path()).unwrap().list().unwrap().len(), 1);
    writer.commit(&prepare(&[acts.close(&id, &[])])).unwrap();
    assert_eq!(check(dir.path()), Verdict::Sound { entries: 3 });
}
