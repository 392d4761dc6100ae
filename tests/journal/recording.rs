//! Acts are recorded behind the back of whoever appends them: in order, none lost, each told.

use std::time::Duration;

use lobby_kiosk::domain::actor::Actor;
use lobby_kiosk::domain::clock::ClockEvent;
use lobby_kiosk::domain::entry::Draft;
use lobby_kiosk::domain::ids::EntryId;
use lobby_kiosk::domain::incident::IncidentEvent;
use lobby_kiosk::service::bus::Bus;
use lobby_kiosk::service::ids::Ids;
use lobby_kiosk::service::journal::{Journal, JournalError, Notice, Steady};
use lobby_kiosk::service::recorder::{Recorded, Recorder};
use lobby_kiosk::store::{Reader, StoreError, Trouble, Verdict, Writer};
use tempfile::tempdir;

use crate::journal::{Acts, notices, raw};
use crate::told::{NEVER, QUICK, id, recorded};

#[test]
fn a_handle_goes_to_any_thread() {
    fn goes<T: Clone + Send + Sync>() {}
    goes::<Journal>();
}

#[test]
fn acts_are_recorded_in_the_order_in_which_they_were_appended() {
    let dir = tempdir().unwrap();
    let (notify, told) = notices();
    let journal = Journal::start(Writer::open(dir.path()).unwrap(), notify).unwrap();
    let mut acts = Acts::default();
    let (incident, start) = acts.start();
    let mut drafts = vec![start];
    drafts.extend((0..99).map(|n| acts.note(&incident, &n.to_string())));
    for draft in &drafts {
        journal.clone().append(draft.clone()).unwrap();
    }
    let ids: Vec<EntryId> = drafts.iter().map(id).collect();
    assert_eq!(recorded(&told, 100), ids);
    drop(journal);

    let reader = Reader::open(dir.path()).unwrap();
    assert_eq!(reader.verify().unwrap(), Verdict::Sound { entries: 100 });
    let log = reader.incident(incident.as_str()).unwrap().log;
    let logged: Vec<EntryId> = log.into_iter().map(|line| line.entry).collect();
    assert_eq!(logged, ids);
}

#[test]
fn a_journal_held_by_another_program_is_written_once_it_is_free() {
    let dir = tempdir().unwrap();
    let (notify, told) = notices();
    let writer = Writer::open_patient(dir.path(), Duration::from_millis(1)).unwrap();
    let journal = Journal::start_on(writer, notify, QUICK).unwrap();
    let holder = raw(dir.path());
    holder.execute_batch("BEGIN IMMEDIATE").unwrap();
    let mut acts = Acts::default();
    let (incident, first) = acts.start();
    journal.append(first.clone()).unwrap();
    let Notice::Failed { error, pending: 1 } = told.recv_timeout(NEVER).unwrap() else {
        panic!("not told");
    };
    assert!(
        matches!(
            error,
            StoreError::Database {
                trouble: Trouble::Busy,
                ..
            }
        ),
        "{error}"
    );
    let second = acts.note(&incident, "1");
    journal.append(second.clone()).unwrap();
    let reader = Reader::open(dir.path()).unwrap();
    assert_eq!(reader.count().unwrap(), 0);
    holder.execute_batch("ROLLBACK").unwrap();
    assert_eq!(recorded(&told, 2), [id(&first), id(&second)]);
    assert_eq!(reader.verify().unwrap(), Verdict::Sound { entries: 2 });
}

#[test]
fn an_act_whose_id_is_taken_does_not_hold_up_the_others() {
    let dir = tempdir().unwrap();
    let (notify, told) = notices();
    let journal = Journal::start(Writer::open(dir.path()).unwrap(), notify).unwrap();
    let mut acts = Acts::default();
    let (incident, first) = acts.start();
    let (second, third) = (acts.note(&incident, "2"), acts.note(&incident, "3"));
    let clash = Draft {
        id: id(&first),
        ..acts.note(&incident, "clash")
    };
    journal.append_and_wait(first.clone()).unwrap();
    // The same act twice is one.
    journal.append_and_wait(first.clone()).unwrap();
    for draft in [&second, &clash, &third] {
        journal.append(draft.clone()).unwrap();
    }
    journal.flush().unwrap();
    journal.finish().unwrap();
    let mut refused = Vec::new();
    let mut ids = Vec::new();
    for notice in told.try_iter() {
        match notice {
            Notice::Refused { id, error } => refused.push((id, error)),
            Notice::Recorded(more) => ids.extend(more.iter().map(|entry| id(&entry.draft))),
            other => panic!("{other:?}"),
        }
    }
    let taken = StoreError::IdTaken {
        id: id(&first).to_string(),
    };
    assert_eq!(refused, [(id(&first), taken)]);
    assert_eq!(ids, [id(&first), id(&first), id(&second), id(&third)]);
    let verdict = Reader::open(dir.path()).unwrap().verify().unwrap();
    assert_eq!(verdict, Verdict::Sound { entries: 3 });
}

#[test]
fn finishing_writes_what_is_queued_and_lets_go_of_the_directory() {
    let dir = tempdir().unwrap();
    let (notify, _told) = notices();
    let journal = Journal::start(Writer::open(dir.path()).unwrap(), notify).unwrap();
    let other = journal.clone();
    let (_, drafts) = Acts::default().story();
    for draft in &drafts {
        journal.append(draft.clone()).unwrap();
    }
    journal.finish().unwrap();
    drop(Writer::open(dir.path()).unwrap());
    let closed = other.append(drafts[0].clone()).unwrap_err();
    assert_eq!(closed, JournalError::Closed);
    assert_eq!(other.flush(), Err(JournalError::Closed));
    let reader = Reader::open(dir.path()).unwrap();
    assert_eq!(reader.count().unwrap(), 4);
}

#[test]
fn finishing_on_a_failing_disk_says_so_and_does_not_hang() {
    let dir = tempfile::tempdir().unwrap();
    let taken = dir.path().join("taken");
    std::fs::write(&taken, "a file where the directory should be").unwrap();
    let (notify, told) = notices();
    let journal = Journal::keep(Steady::open(&taken).unwrap(), &taken, notify).unwrap();
    journal.append(Acts::default().start().1).unwrap();
    assert!(matches!(journal.finish(), Err(JournalError::Store(_))));
    assert!(matches!(told.recv().unwrap(), Notice::Failed { .. }));
}

#[test]
fn a_journal_that_could_not_be_opened_is_opened_as_soon_as_it_can_be() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    std::fs::write(&data, "in the way").unwrap();
    let (notify, told) = notices();
    let journal = Journal::keep(Steady::open(&data).unwrap(), &data, notify).unwrap();
    let (_, drafts) = Acts::default().story();
    journal.append(drafts[0].clone()).unwrap();
    assert!(matches!(told.recv().unwrap(), Notice::Failed { .. }));
    std::fs::remove_file(&data).unwrap();
    for draft in &drafts[1..] {
        journal.append(draft.clone()).unwrap();
    }
    journal.finish().unwrap();
    assert_eq!(Reader::open(&data).unwrap().count().unwrap(), 4);
}

#[test]
fn without_a_disk_everything_counts_as_recorded() {
    let (notify, told) = notices();
    let journal = Journal::in_memory(notify).unwrap();
    let (_, drafts) = Acts::default().story();
    for draft in &drafts {
        journal.append(draft.clone()).unwrap();
    }
    let ids: Vec<EntryId> = drafts.iter().map(id).collect();
    assert_eq!(recorded(&told, 4), ids);
}

#[test]
fn ids_ascend_and_carry_their_time() {
    let ids = Ids::new();
    let at = crate::journal::epoch();
    let mut made: Vec<String> = (0..1000).map(|_| ids.next(at)).collect();
    made.push(ids.next(at - chrono::Duration::hours(1)));
    made.push(ids.next(at + chrono::Duration::milliseconds(1)));
    assert!(made.is_sorted_by(|one, next| one < next));
    let uuid = uuid::Uuid::parse_str(&made[0]).unwrap();
    assert_eq!(uuid.get_version_num(), 7);
    assert_eq!(made[0], uuid.hyphenated().to_string());
    let (seconds, nanos) = uuid.get_timestamp().unwrap().to_unix();
    assert_eq!(i64::try_from(seconds).unwrap(), at.timestamp());
    assert_eq!(nanos, 0);
}

#[test]
fn all_who_listen_hear_what_was_committed_and_only_what_they_asked_for() {
    let dir = tempdir().unwrap();
    let bus = Bus::default();
    let (hear, heard) = std::sync::mpsc::channel();
    for listener in 0..2 {
        let hear = hear.clone();
        bus.listen(move |notice| {
            if let Notice::Recorded(entries) = notice {
                let topics = entries.iter().map(|entry| entry.draft.topic.clone());
                hear.send((listener, topics.collect::<Vec<_>>())).unwrap();
            }
        });
    }
    let mut incidents = bus.changes(|entry| entry.draft.topic.starts_with("incident:"));
    let journal = Journal::start(Writer::open(dir.path()).unwrap(), bus.notify()).unwrap();
    let recorder = Recorder::new(journal.clone());
    recorder.record(recorder.act(
        "clock",
        ClockEvent::Read {
            boot: "b".into(),
            up_ms: 1,
        },
    ));
    journal.flush().unwrap();
    assert!(!incidents.has_changed().unwrap());
    let act = recorder.act("incident:one", IncidentEvent::Reopened {});
    recorder.record(act.by(Actor::OnDuty));
    journal.flush().unwrap();
    assert!(incidents.has_changed().unwrap());
    incidents.mark_unchanged();
    for topic in ["clock", "incident:one"] {
        for listener in 0..2 {
            assert_eq!(heard.recv().unwrap(), (listener, vec![topic.to_owned()]));
        }
    }
    journal.finish().unwrap();
    let entries = Reader::open(dir.path())
        .unwrap()
        .entries("incident:one")
        .unwrap();
    assert_eq!(entries[0].actor.as_deref(), Some("on-duty"));
}

#[test]
fn an_act_is_pending_until_the_journal_has_said_what_became_of_it() {
    let (notify, told) = notices();
    let journal = Journal::in_memory(notify).unwrap();
    let recorder = Recorder::new(journal.clone());
    assert_eq!(recorder.recorded(), Recorded::Yes);
    let act = recorder.act("incident:one", IncidentEvent::Reopened {});
    let id = act.id().to_owned();
    recorder.record(act);
    assert_eq!(recorder.recorded(), Recorded::Pending);
    recorder.heard(&told.recv_timeout(NEVER).unwrap());
    assert_eq!(recorder.recorded(), Recorded::Yes);
    let full = StoreError::IdTaken { id: id.to_string() };
    recorder.heard(&Notice::Refused {
        id,
        error: full.clone(),
    });
    assert_eq!(recorder.failure(), Some(full.into()));
    recorder.heard(&Notice::Recorded(std::sync::Arc::from([])));
    assert_eq!(
        recorder.recorded(),
        Recorded::Failed,
        "what is lost stays said"
    );
    journal.finish().unwrap();
    recorder.record(recorder.act("incident:one", IncidentEvent::Reopened {}));
    assert_eq!(recorder.failure(), Some(JournalError::Closed));
}
