//! The file is emptied, cut off or written over under the program, or damaged deep inside: what the
//! program still holds stands in the journal that follows, and what people wrote comes along only
//! with the complaint that it belongs to.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use lobby_kiosk::domain::complaint::About;
use lobby_kiosk::domain::entry::Draft;
use lobby_kiosk::domain::ids::{EntryId, IncidentId};
use lobby_kiosk::domain::incident::{Incident, Mark};
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::service::complaints::{ComplaintText, Complaints};
use lobby_kiosk::service::incidents::Incidents;
use lobby_kiosk::service::journal::{Notice, Sink, Steady};
use lobby_kiosk::service::recorder::Recorder;
use lobby_kiosk::store::{Reader, StoreError, Verdict, Writer, list_aside};
use tempfile::{TempDir, tempdir};

use super::{damage, journal, keep, open_incident, set_aside, wait};
use crate::checked::check;
use crate::journal::{Acts, prepare, raw, record};
use crate::kiosk::Kiosk;

/// What somebody else does to the file `journal.db`, as a command line in its directory; `$OTHER` is
/// another journal.
const WAYS: [&str; 5] = [
    ": > journal.db",
    "dd if=/dev/urandom of=journal.db bs=4096 count=31 conv=notrunc status=none",
    "truncate -s 8192 journal.db",
    "printf 'no database at all' | dd of=journal.db conv=notrunc status=none",
    "cat \"$OTHER\" > journal.db",
];

/// Another process does it: this one would lose its locks with the file that it closes.
fn run(dir: &Path, line: &str, other: &Path) {
    let mut shell = Command::new("sh");
    shell.args(["-c", line]).current_dir(dir);
    let done = shell.env("OTHER", other).status().unwrap();
    assert!(done.success(), "{line}");
}

/// A journal of another tablet, longer than any that a test makes.
fn other() -> TempDir {
    open_incident(900).0
}

/// What is kept in mind, by its ids.
fn by_id(incidents: impl IntoIterator<Item = Incident>) -> BTreeMap<IncidentId, Incident> {
    let all = incidents.into_iter();
    all.map(|one| (one.id.clone(), one)).collect()
}

fn on_disk(dir: &Path) -> BTreeMap<IncidentId, Incident> {
    by_id(
        Reader::open(dir)
            .unwrap()
            .live(crate::journal::epoch())
            .unwrap(),
    )
}

fn in_mind(incidents: &Incidents) -> BTreeMap<IncidentId, Incident> {
    let (open, closed) = (incidents.open(), incidents.closed());
    by_id(open.iter().chain(&closed).map(|one| (**one).clone()))
}

#[test]
fn a_file_that_is_spoiled_under_the_guide_costs_no_open_incident() {
    let other = other();
    for way in WAYS {
        let dir = tempdir().unwrap();
        let kiosk = Kiosk::start_kept(dir.path());
        let incidents = &kiosk.screens.services().incidents;
        let fire = incidents.start("fire").unwrap();
        incidents.mark_current(&fire, Mark::Done).unwrap();
        let closed = incidents.start("power-cut").unwrap();
        assert!(incidents.close(&closed, "resolved"));
        kiosk.settle();

        run(dir.path(), way, &other.path().join("journal.db"));
        incidents.mark_current(&fire, Mark::Done).unwrap();
        let second = incidents.start("power-cut").unwrap();
        incidents.mark_current(&second, Mark::Skipped).unwrap();
        kiosk.settle();
        // It counts as recorded: so it is where a start finds it, even after a kill. What can be
        // read of the other tablet's comes with it, depending on how much of the file it was.
        let ours = |mut all: BTreeMap<IncidentId, Incident>| {
            all.retain(|id, _| [&fire, &closed, &second].contains(&id));
            all
        };
        let held = ours(in_mind(incidents));
        assert_eq!(held.len(), 3, "{way}");
        assert_eq!(ours(on_disk(dir.path())), held, "{way}");
        while !kiosk.screens.services().journal_file.has_aside() {
            kiosk.hear_next();
        }
        incidents.mark_current(&second, Mark::Done).unwrap();
        kiosk.settle();
        let held = in_mind(incidents);
        assert_eq!(on_disk(dir.path()), held, "{way}");
        assert_eq!(list_aside(dir.path()).len(), 1, "{way}");
        kiosk.stop();

        assert!(
            matches!(check(dir.path()), Verdict::Sound { .. }),
            "{way}: {:?}",
            check(dir.path())
        );
        let kiosk = Kiosk::start(dir.path());
        assert_eq!(in_mind(&kiosk.screens.services().incidents), held, "{way}");
        kiosk.stop();
    }
}

#[test]
fn the_incidents_of_another_journal_in_its_place_are_on_the_screen_at_once() {
    let (other, theirs, _) = open_incident(7);
    let dir = tempdir().unwrap();
    let kiosk = Kiosk::start_kept(dir.path());
    let incidents = &kiosk.screens.services().incidents;
    let fire = incidents.start("fire").unwrap();
    let undone = incidents.start("power-cut").unwrap();
    kiosk.settle();
    let put = dir.path().join("coming");
    fs::copy(journal(other.path()), &put).unwrap();
    fs::rename(&put, journal(dir.path())).unwrap();
    let before = incidents.get(&undone).unwrap().clone();
    assert!(incidents.undo(&undone));
    while incidents.get(&theirs).is_none() {
        kiosk.hear_next();
    }
    kiosk.settle();
    let open: Vec<IncidentId> = incidents.open().iter().map(|one| one.id.clone()).collect();
    assert_eq!(open.len(), 2);
    assert!(open.contains(&fire) && open.contains(&theirs));
    assert_eq!(in_mind(incidents), on_disk(dir.path()));
    // A file that was read before the start was taken back.
    incidents.heard(&Notice::Holds(vec![before].into()));
    assert!(incidents.get(&undone).is_none());
    kiosk.stop();
}

#[test]
fn a_spoiled_file_is_noticed_though_nobody_acts() {
    let other = other();
    for way in WAYS {
        let (dir, ..) = open_incident(60);
        let before = on_disk(dir.path());
        let (journal, told) = keep(dir.path());
        run(dir.path(), way, &other.path().join("journal.db"));
        let aside = set_aside(&told);
        let why = aside.why;
        assert!(matches!(why, StoreError::Database { .. }), "{way}: {why}");
        let after = on_disk(dir.path());
        for (id, incident) in before {
            assert_eq!(after.get(&id), Some(&incident), "{way}");
        }
        journal.finish().unwrap();
        assert!(matches!(check(dir.path()), Verdict::Sound { .. }), "{way}");
    }
}

#[test]
fn the_log_of_an_emptied_file_is_set_aside_with_it() {
    let (dir, incident, mut acts) = open_incident(3);
    let mut steady = Steady::open(dir.path()).unwrap();
    // The first commit empties the log; this one stays in it.
    for note in ["one", "two"] {
        let act = acts.note(&incident, note);
        steady.commit(&prepare(&[act])).unwrap();
    }
    let log = fs::read(dir.path().join("journal.db-wal")).unwrap();
    assert!(!log.is_empty());
    run(dir.path(), WAYS[0], dir.path());
    steady.look().unwrap();
    let [aside] = &list_aside(dir.path())[..] else {
        panic!("one");
    };
    let mut kept = aside.as_os_str().to_owned();
    kept.push("-wal");
    assert_eq!(fs::read(kept).unwrap(), log);
}

#[test]
fn nothing_counts_as_recorded_in_a_spoiled_file() {
    let other = other();
    for way in WAYS {
        let (dir, incident, mut acts) = open_incident(60);
        // Nobody watches: the commit itself has to see it.
        let mut steady = Steady::open(dir.path()).unwrap();
        run(dir.path(), way, &other.path().join("journal.db"));
        let act = acts.note(&incident, "more");
        steady.commit(&prepare(&[act])).unwrap();
        assert_eq!(on_disk(dir.path())[&incident].log.len(), 62, "{way}");
        assert!(!steady.news().is_empty(), "{way}");
        // Once is enough.
        steady.look().unwrap();
        assert!(steady.news().is_empty(), "{way}");
        drop(steady);
        assert_eq!(list_aside(dir.path()).len(), 1, "{way}");
    }
}

#[test]
fn entries_that_cannot_be_read_stand_in_their_order_among_those_that_can() {
    let dir = tempdir().unwrap();
    let mut acts = Acts::default();
    let (incident, mut drafts) = acts.start_alone();
    drafts.extend((0..400).map(|n| acts.note(&incident, &n.to_string())));
    record(dir.path(), &drafts);
    let mut steady = Steady::open(dir.path()).unwrap();
    damage(dir.path(), "entry", "ASC", 5);
    steady.mend_lists().unwrap();
    drop(steady);
    assert_eq!(list_aside(dir.path()).len(), 1);
    let log = &on_disk(dir.path())[&incident].log;
    let ids = |draft: &Draft| draft.id.clone();
    let wanted: Vec<EntryId> = drafts.iter().map(ids).collect();
    let found: Vec<EntryId> = log.iter().map(|line| line.entry.clone()).collect();
    assert_eq!(found, wanted);
    assert_eq!(check(dir.path()), Verdict::Sound { entries: 401 });
}

#[test]
fn what_is_held_follows_to_a_journal_that_is_begun_after_a_panic() {
    let (dir, incident, mut acts) = open_incident(3);
    let mut steady = Steady::open(dir.path()).unwrap();
    let more = prepare(&[acts.note(&incident, "more")]);
    steady.commit(&more).unwrap();
    steady.begin_anew();
    run(dir.path(), "rm -f journal.db journal.db-*", dir.path());
    let more = prepare(&[acts.note(&incident, "still more")]);
    steady.commit(&more).unwrap();
    assert_eq!(on_disk(dir.path())[&incident].log.len(), 6);
}

#[cfg(target_os = "linux")]
#[test]
fn a_look_at_the_file_leaves_its_locks() {
    use std::os::unix::fs::MetadataExt;
    let (dir, ..) = open_incident(3);
    let writer = Writer::open(dir.path()).unwrap();
    let inode = fs::metadata(writer.path()).unwrap().ino();
    // The list may miss a lock while others come and go; one that is lost never comes back.
    let is_locked = || {
        let locks = || fs::read_to_string("/proc/locks").unwrap();
        (0..100).any(|_| locks().contains(&format!(":{inode} ")))
    };
    let times_open = || {
        let all = fs::read_dir("/proc/self/fd").unwrap().flatten();
        let files = all.filter_map(|one| fs::read_link(one.path()).ok());
        files.filter(|file| file == writer.path()).count()
    };
    let mut first = None;
    for minute in 1..20 {
        let touch = format!("touch -d 2020-01-01T00:{minute}:00 journal.db");
        run(dir.path(), &touch, dir.path());
        assert_eq!(writer.spoiled(), None);
        assert!(is_locked());
        // Nor does it pile up what it opens.
        assert_eq!(*first.get_or_insert_with(times_open), times_open());
    }
}

/// A journal with two complaints, one of them with an addition after `notes` other entries.
fn with_complaints(notes: usize) -> TempDir {
    let dir = tempdir().unwrap();
    let mut acts = Acts::default();
    let (journal, _told) = keep(dir.path());
    let complaints = Complaints::open(dir.path(), Recorder::new(journal.clone())).unwrap();
    let words = ComplaintText {
        what: "柜员让我等了一个小时".to_owned(),
        ..ComplaintText::default()
    };
    let receive = |token: &str| {
        let received = complaints.receive(
            token,
            About::Service,
            &Lang::ZH_CN,
            &words,
            crate::journal::epoch(),
        );
        wait(received).unwrap()
    };
    receive("one");
    let id = complaints.list().unwrap()[0].id.clone();
    let (incident, start) = acts.start();
    journal.append(start).unwrap();
    for note in 0..notes {
        journal
            .append(acts.note(&incident, &note.to_string()))
            .unwrap();
    }
    journal.flush().unwrap();
    wait(complaints.add(&id, "还没有回复", crate::journal::epoch())).unwrap();
    receive("two");
    journal.finish().unwrap();
    dir
}

fn count(dir: &Path, table: &str) -> i64 {
    let sql = format!("SELECT count(*) FROM {table}");
    raw(dir).query_row(&sql, [], |row| row.get(0)).unwrap()
}

/// A start, with an act of its own.
fn start_and_act(dir: &Path) {
    let (journal, told) = keep(dir);
    set_aside(&told);
    let act = Acts::default().start().1;
    journal.append(act).unwrap();
    journal.finish().unwrap();
}

#[test]
fn without_its_entries_no_complaint_leaves_words_behind() {
    let dir = with_complaints(3);
    assert_eq!(count(dir.path(), "content"), 3);
    let page: i64 = raw(dir.path())
        .query_row(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'entry'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    let at = usize::try_from(page - 1).unwrap() * 4096;
    let mut bytes = fs::read(journal(dir.path())).unwrap();
    assert_eq!(bytes[at], 13, "a leaf");
    bytes[at] ^= 0x40;
    fs::write(journal(dir.path()), bytes).unwrap();

    start_and_act(dir.path());
    assert_eq!(count(dir.path(), "content"), 0);
    assert_eq!(count(dir.path(), "receipt"), 0);
    assert_eq!(check(dir.path()), Verdict::Sound { entries: 1 });
}

#[test]
fn a_complaint_whose_first_entry_is_lost_leaves_no_words_behind() {
    let dir = with_complaints(400);
    damage(dir.path(), "entry", "ASC", 0);
    start_and_act(dir.path());
    // The other one is whole.
    assert_eq!(count(dir.path(), "content"), 1);
    assert_eq!(count(dir.path(), "receipt"), 1);
    let verdict = check(dir.path());
    assert!(matches!(verdict, Verdict::Sound { .. }), "{verdict:?}");
}
