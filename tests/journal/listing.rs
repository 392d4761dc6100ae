//! Lists of other rules are made anew while the kiosk runs: a part at a time between the acts, going
//! on where a kill left off, and never saying meanwhile what is not so.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};

use chrono::Duration;
use lobby_kiosk::cli::check::run as check_files;
use lobby_kiosk::domain::complaint::{Complaint, ComplaintEvent, Erasure};
use lobby_kiosk::domain::entry::{Draft, Entry, complaint_topic};
use lobby_kiosk::domain::ids::{ComplaintId, IncidentId};
use lobby_kiosk::domain::inbox::Counts;
use lobby_kiosk::domain::incident::Reason;
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::domain::summary::Summary;
use lobby_kiosk::domain::undo::REOPEN;
use lobby_kiosk::service::bus::Bus;
use lobby_kiosk::service::jobs::{JobId, Jobs};
use lobby_kiosk::service::journal::{Backoff, Journal, Lists, Notice, Sink, Steady};
use lobby_kiosk::service::lists;
use lobby_kiosk::store::content::SideWrite;
use lobby_kiosk::store::reader::Which;
use lobby_kiosk::store::{Prepared, Reader, SCHEMA_VERSION, StoreError, Trouble, Verdict, Writer};
use tempfile::{TempDir, tempdir};

use crate::checked::check;
use crate::extent;
use crate::golden::{database, fold};
use crate::journal::{Acts, epoch, notices, prepare, raw, record, text};
use crate::many::{self, STALE, fill};
use crate::told::{NEVER, QUICK};

/// The writer of the directory as the kiosk opens it.
fn open(dir: &Path) -> Writer {
    let (writer, aside) = Writer::open_or_begin_anew(dir).unwrap();
    assert!(aside.is_none(), "{aside:?}");
    writer
}

/// What the lists come to when all is folded at once.
fn expected(dir: &Path) -> Vec<String> {
    let copy = tempdir().unwrap();
    for one in fs::read_dir(dir).unwrap() {
        let from = one.unwrap().path();
        fs::copy(&from, copy.path().join(from.file_name().unwrap())).unwrap();
    }
    Writer::open(copy.path())
        .unwrap()
        .rebuild_projections()
        .unwrap();
    many::lists(copy.path())
}

type Folded = (
    BTreeMap<IncidentId, Summary>,
    BTreeMap<ComplaintId, Complaint>,
);

/// Asks everything that anybody asks of lists, and compares it with the entries.
fn says_nothing_false(reader: &Reader, (incidents, complaints): &Folded) {
    let (_, end) = reader.last().unwrap().unwrap();
    let since = end - REOPEN.length();
    let mut alive: Vec<&Summary> = incidents
        .values()
        .filter(|one| one.is_live(since))
        .collect();
    alive.sort_by_key(|one| (one.started, one.id.clone()));
    let live: Vec<IncidentId> = reader
        .live(since)
        .unwrap()
        .into_iter()
        .map(|one| one.id)
        .collect();
    assert_eq!(
        live,
        alive.iter().map(|one| one.id.clone()).collect::<Vec<_>>()
    );
    let listed = reader.list().unwrap().into_iter();
    let listed: BTreeMap<_, _> = listed.map(|one| (one.id.clone(), one)).collect();
    assert_eq!(&listed, incidents);
    for id in incidents.keys().take(3) {
        assert_eq!(&reader.find(id.as_str()).unwrap(), id);
    }
    for (id, one) in complaints.iter().take(40) {
        assert_eq!(reader.complaint(id).unwrap().as_ref(), Some(one));
    }
    let is_whole = reader.growing().unwrap().is_none();
    let page = reader
        .inbox(Which::Single, end, 0, complaints.len())
        .unwrap();
    assert_eq!(page.growing, reader.growing().unwrap());
    for one in page.complaints.iter().chain(&reader.linked(1000).unwrap()) {
        assert_eq!(
            Some(one),
            complaints.get(&one.id),
            "no row of other rules is shown"
        );
    }
    match is_whole {
        true => assert_eq!(page.counts.all(), complaints.len()),
        false => {
            // Nothing is erased, and nothing is promised, by what is not known yet.
            let growing = |found: StoreError| assert_eq!(found, StoreError::Growing);
            growing(reader.done_before(end, 10).unwrap_err());
            growing(reader.unpromised(10).unwrap_err());
            assert!(page.counts.all() <= complaints.len());
        }
    }
}

/// Makes all of the lists, asking after each part; how far they had come each time.
fn make(dir: &Path, writer: &mut Writer) -> Vec<u8> {
    let reader = Reader::open(dir).unwrap();
    let folded = fold(&reader);
    let mut seen = Vec::new();
    while let Some(percent) = writer.growing().unwrap() {
        says_nothing_false(&reader, &folded);
        seen.push(percent);
        writer.list_some().unwrap();
    }
    says_nothing_false(&reader, &folded);
    seen
}

#[test]
fn a_database_of_every_schema_with_lists_of_other_rules_is_right_from_the_first_reading_on() {
    for schema in 1..=SCHEMA_VERSION {
        let dir = database(schema);
        raw(dir.path())
            .execute_batch("UPDATE meta SET rules = 0; UPDATE incident SET kept = 0")
            .unwrap();
        // Before anything is written, as a program that only reads finds it.
        let reader = Reader::open(dir.path()).unwrap();
        let folded = fold(&reader);
        let (_, end) = reader.last().unwrap().unwrap();
        let alive = |one: &&Summary| one.is_live(end - REOPEN.length());
        let alive = folded.0.values().filter(alive).count();
        assert_eq!(reader.live(end - REOPEN.length()).unwrap().len(), alive);
        assert!(alive > 0, "schema {schema}");
        assert_eq!(reader.list().unwrap().len(), folded.0.len());
        drop(reader);

        let mut writer = open(dir.path());
        let entries = folded.0.len() + folded.1.len();
        assert!(entries > 0 && !make(dir.path(), &mut writer).is_empty());
        drop(writer);
        assert_eq!(many::lists(dir.path()), expected(dir.path()));
        assert!(matches!(check(dir.path()), Verdict::Sound { .. }));
    }
}

#[test]
fn whatever_the_old_lists_said_what_is_alive_is_right_at_once() {
    let dir = tempdir().unwrap();
    fill(dir.path(), 60, 30, epoch() - Duration::days(30));
    let mut acts = Acts::default();
    let (open_one, start) = acts.start();
    let (closed, begun) = acts.start();
    let (undone, tapped) = acts.start();
    let drafts = [
        start,
        begun,
        acts.close(&closed, &[]),
        tapped,
        acts.undo_start(&undone),
    ];
    record(dir.path(), &drafts);
    for sql in [
        STALE,
        "UPDATE meta SET rules = 0; DELETE FROM incident; DELETE FROM complaint",
        "UPDATE meta SET projected = 3; UPDATE incident SET kept = 0",
        "UPDATE meta SET rules = 7; UPDATE incident SET kept = 9223372036854775807",
    ] {
        let dir = copy(dir.path());
        raw(dir.path()).execute_batch(sql).unwrap();
        let steady = Steady::open(dir.path()).unwrap().listing_later();
        assert_eq!(steady.lists(), Lists::of(Some(0)), "{sql}");
        let live = Reader::open(dir.path()).unwrap().live(epoch()).unwrap();
        let ids: Vec<&str> = live.iter().map(|one| one.id.as_str()).collect();
        assert_eq!(ids, [open_one.as_str(), closed.as_str()], "{sql}");
        drop(steady);
        make(dir.path(), &mut open(dir.path()));
        assert_eq!(many::lists(dir.path()), expected(dir.path()), "{sql}");
    }
}

fn copy(dir: &Path) -> TempDir {
    let copy = tempdir().unwrap();
    for one in fs::read_dir(dir).unwrap() {
        let from = one.unwrap().path();
        fs::copy(&from, copy.path().join(from.file_name().unwrap())).unwrap();
    }
    copy
}

#[test]
fn acts_recorded_meanwhile_are_listed_once_wherever_the_program_is_stopped() {
    let dir = tempdir().unwrap();
    let incidents = extent::of(600, 150);
    fill(dir.path(), incidents, 300, epoch() - Duration::days(2));
    raw(dir.path()).execute_batch(STALE).unwrap();
    let mut acts = Acts::default();
    let (mut last, mut parts) = (0, 0);
    loop {
        // Stopped after three parts each time, and started again.
        let mut writer = open(dir.path());
        let Some(begun) = writer.growing().unwrap() else {
            break;
        };
        assert!(
            begun >= last,
            "{begun} after {last}: it goes on, and not from the beginning"
        );
        for _ in 0..3 {
            // A new incident, one that is acted on again, and complaints of both ends.
            let (id, start) = acts.start();
            writer.commit(&prepare(&[start])).unwrap();
            let known = Reader::open(dir.path()).unwrap();
            let complaints = known.complaints().unwrap();
            let old = known.list().unwrap().last().unwrap().id.clone();
            let mut drafts = vec![acts.note(&id, "seen"), acts.skip(&old, "later")];
            drafts.push(acts.close(&id, &["footage"]));
            for one in [&complaints[0], complaints.last().unwrap()] {
                drafts.push(about(&mut acts, &one.id, ComplaintEvent::Accepted {}));
            }
            writer.commit(&prepare(&drafts)).unwrap();
            parts += 1;
            last = writer.list_some().unwrap().unwrap_or(100);
            if parts % 4 == 0 {
                says_nothing_false(&known, &fold(&known));
            }
        }
    }
    assert!(parts > 6, "{parts}");
    assert_eq!(many::lists(dir.path()), expected(dir.path()));
    let reader = Reader::open(dir.path()).unwrap();
    says_nothing_false(&reader, &fold(&reader));
}

fn about(acts: &mut Acts, complaint: &ComplaintId, event: ComplaintEvent) -> Draft {
    // An entry like any other; only what it says is of a complaint.
    let (_, start) = acts.start();
    Draft {
        topic: complaint_topic(complaint),
        event: event.into(),
        ..start
    }
}

#[test]
fn progress_counts_up_and_the_newest_complaints_are_listed_first() {
    let dir = tempdir().unwrap();
    fill(dir.path(), 400, 400, epoch());
    let mut writer = open(dir.path());
    let reader = Reader::open(dir.path()).unwrap();
    let newest = reader.complaints().unwrap()[0].id.clone();
    let (mut seen, mut first) = (Vec::new(), None);
    while let Some(percent) = writer.growing().unwrap() {
        seen.push(percent);
        let page = reader.inbox(Which::Single, epoch(), 0, 800).unwrap();
        if page.counts != Counts::default() {
            let rows = page.complaints.iter().map(|one| one.id.clone());
            first.get_or_insert_with(|| rows.collect::<Vec<_>>());
        }
        writer.list_some().unwrap();
    }
    assert!(
        seen.is_sorted() && seen[0] == 0 && seen.len() > 8,
        "{seen:?}"
    );
    assert!(first.unwrap().contains(&newest));
}

#[test]
fn what_must_be_kept_is_not_erased_while_the_list_does_not_say_so() {
    let dir = tempdir().unwrap();
    fill(dir.path(), 0, 8, epoch() - Duration::days(2));
    let mut acts = Acts::default();
    let id = Reader::open(dir.path()).unwrap().complaints().unwrap()[0]
        .id
        .clone();
    let mut writer = open(dir.path());
    let reason = Reason {
        id: "lawsuit".into(),
        words: text("诉讼", "Lawsuit"),
    };
    let held = about(&mut acts, &id, ComplaintEvent::Held { reason });
    writer.commit(&prepare(&[held])).unwrap();
    raw(dir.path())
        .execute_batch("UPDATE complaint SET held = 0")
        .unwrap();
    let why = Erasure::Retention;
    let erased = about(&mut acts, &id, ComplaintEvent::Erased { why });
    let erased = Prepared::new(erased)
        .unwrap()
        .beside(vec![SideWrite::Erase {
            topic: complaint_topic(&id),
        }]);
    assert!(writer.growing().unwrap().is_some());
    let refused = writer.commit(&[erased]).unwrap_err();
    assert!(refused.is_held(), "{refused:?}");
}

/// A disk whose lists are made a part at a time, each when it is let.
struct Parts {
    left: u8,
    let_go: Receiver<()>,
    begun: Sender<()>,
    seq: i64,
    fails: bool,
}

impl Sink for Parts {
    fn commit(&mut self, drafts: &[Prepared]) -> Result<Vec<Entry>, StoreError> {
        let entries = drafts.iter().map(|one| {
            self.seq += 1;
            Entry {
                seq: self.seq,
                draft: one.draft().clone(),
            }
        });
        Ok(entries.collect())
    }

    fn growing(&self) -> Option<u8> {
        (self.left > 0).then(|| 100 - self.left)
    }

    fn list_some(&mut self) -> Result<Option<u8>, StoreError> {
        self.begun.send(()).unwrap();
        self.let_go.recv().unwrap();
        if std::mem::take(&mut self.fails) {
            return Err(StoreError::Database {
                trouble: Trouble::Full,
                detail: "full".into(),
            });
        }
        self.left -= 1;
        Ok(self.growing())
    }
}

#[test]
fn an_act_waits_for_one_part_at_most() {
    let ((begun, begins), (go, let_go)) = (channel(), channel());
    let sink = Parts {
        left: 3,
        let_go,
        begun,
        seq: 0,
        fails: false,
    };
    let (notify, told) = notices();
    let journal = Journal::start_on(sink, notify, Backoff::default()).unwrap();
    let next = || told.recv_timeout(NEVER).unwrap();
    for left in [2, 1] {
        begins.recv_timeout(NEVER).unwrap();
        // Tapped while a part is being made: recorded before the next one is.
        let draft = Acts::default().start().1;
        journal.append(draft.clone()).unwrap();
        go.send(()).unwrap();
        assert_eq!(next(), Notice::Listing(Lists::of(Some(100 - left))));
        let Notice::Recorded(entries) = next() else {
            panic!("the act comes first");
        };
        assert_eq!(entries[0].draft.id, draft.id);
    }
    begins.recv_timeout(NEVER).unwrap();
    go.send(()).unwrap();
    assert_eq!(next(), Notice::Listing(Lists::of(None)));
    journal.finish().unwrap();
}

#[test]
fn a_part_that_fails_is_said_and_tried_again_while_acts_are_recorded() {
    let ((begun, begins), (go, let_go)) = (channel(), channel());
    let sink = Parts {
        left: 1,
        let_go,
        begun,
        seq: 0,
        fails: true,
    };
    let (bus, jobs) = (Bus::default(), Jobs::default());
    let (tell, told) = channel();
    lists::report(&bus, &jobs);
    bus.listen(move |notice| tell.send(notice.clone()).unwrap_or(()));
    let journal = Journal::start_on(sink, bus.notify(), QUICK).unwrap();
    begins.recv_timeout(NEVER).unwrap();
    go.send(()).unwrap();
    let Notice::Listing(lists) = told.recv_timeout(NEVER).unwrap() else {
        panic!("said");
    };
    assert!(lists.error.is_some() && !lists.are_whole(), "{lists:?}");
    assert!(jobs.health()[&JobId::Lists].failing);
    journal.append_and_wait(Acts::default().start().1).unwrap();
    begins.recv_timeout(NEVER).unwrap();
    go.send(()).unwrap();
    while told.recv_timeout(NEVER).unwrap() != Notice::Listing(Lists::of(None)) {}
    let report = jobs.health()[&JobId::Lists].clone();
    assert!(
        !report.failing && report.last_success.is_some(),
        "{report:?}"
    );
    journal.finish().unwrap();
}

#[test]
fn lists_wait_until_they_are_let_and_are_then_made_to_the_end() {
    let dir = tempdir().unwrap();
    fill(dir.path(), 120, 120, epoch() - Duration::days(2));
    raw(dir.path()).execute_batch(STALE).unwrap();
    let (bus, jobs) = (Bus::default(), Jobs::default());
    lists::report(&bus, &jobs);
    let (tell, told) = channel();
    bus.listen(move |notice| tell.send(notice.clone()).unwrap_or(()));
    let steady = Steady::open(dir.path()).unwrap().listing_later();
    let journal = Journal::keep(steady, dir.path(), bus.notify()).unwrap();
    let (_, act) = Acts::default().start();
    journal.append_and_wait(act).unwrap();
    let reader = Reader::open(dir.path()).unwrap();
    assert_eq!(
        reader.growing().unwrap(),
        Some(0),
        "not before somebody lets it"
    );
    let health = jobs.health();
    assert_eq!(health[&JobId::Lists].percent, Some(0));
    assert!(
        serde_json::to_string(&health)
            .unwrap()
            .contains("\"percent\":0"),
        "as `/healthz` says it"
    );

    journal.begin_listing();
    let mut seen = Vec::new();
    loop {
        if let Notice::Listing(lists) = told.recv_timeout(NEVER).unwrap() {
            match lists.growing {
                Some(percent) => seen.push(percent),
                None => break,
            }
        }
    }
    assert!(seen.is_sorted() && seen.len() > 2, "{seen:?}");
    assert_eq!(jobs.health()[&JobId::Lists].percent, None);
    journal.finish().unwrap();
    assert_eq!(many::lists(dir.path()), expected(dir.path()));
}

#[test]
fn check_names_lists_that_are_not_whole_between_two_starts() {
    let dir = tempdir().unwrap();
    fill(dir.path(), 60, 60, epoch() - Duration::days(2));
    let mut writer = open(dir.path());
    while writer.growing().unwrap() == Some(0) {
        writer.list_some().unwrap();
    }
    let percent = writer.growing().unwrap().unwrap();
    drop(writer);
    for (lang, words) in [
        (
            &Lang::EN,
            format!("Putting records in order: {percent}% done"),
        ),
        (&Lang::ZH_CN, format!("正在整理记录：已完成 {percent}%")),
    ] {
        let mut out = Vec::new();
        check_files(dir.path(), lang, epoch(), &mut out).unwrap();
        let said = String::from_utf8(out).unwrap();
        assert!(said.contains(&words), "{said}");
    }
}
