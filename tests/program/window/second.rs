//! The second display as a process of its own: it follows what the kiosk's journal says of an
//! evacuation, and writes nothing but its own notes for a diagnosis.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use lobby_kiosk::app::Branch;
use lobby_kiosk::domain::evacuation::End;
use lobby_kiosk::own_file::DIAGNOSIS_POSTED;
use lobby_kiosk::service::journal::Journal;
use lobby_kiosk::service::recorder::Recorder;
use lobby_kiosk::store::Writer;

use super::display::{Display, Picture};
use super::until;

/// How much of two pictures is the same, in percent.
fn alike(one: &Picture, other: &Picture) -> usize {
    let (one, other) = (one.0.chunks_exact(4), other.0.chunks_exact(4));
    let all = one.len();
    one.zip(other).filter(|(one, other)| one == other).count() * 100 / all
}

/// All files but the display's own notes, as they lie there. What SQLite keeps beside a journal while
/// it is open is no part of what is written.
fn files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let all = fs::read_dir(dir).unwrap().map(|one| one.unwrap().path());
    let named = all.map(|path| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, fs::read(path).unwrap())
    });
    named
        .filter(|(name, _)| !name.ends_with("-shm") && !name.ends_with("-wal"))
        .filter(|(name, _)| name != DIAGNOSIS_POSTED)
        .collect()
}

#[test]
#[ignore = "needs an X server: Xvfb"]
fn a_second_display_follows_an_evacuation_and_never_writes() {
    let dir = tempfile::tempdir().unwrap();
    let journal = Journal::start(Writer::open(dir.path()).unwrap(), Arc::new(|_| ())).unwrap();
    let recorder = Recorder::new(journal.clone());
    let services = Branch::load(dir.path()).services(recorder, Vec::new());
    let id = services.incidents.start("sudden-illness").unwrap();
    services.incidents.undo(&id);
    journal.flush().unwrap();
    let before = files(dir.path());

    let display = Display::start();
    let _posted = display.kiosk_with(dir.path(), &["--screen", "posted"]);
    display.wait_for_window();
    let dark = Picture(vec![0; display.picture().0.len()]);
    until("the posted face is there", || {
        alike(&display.picture(), &dark) < 50
    });
    let posted = display.at_rest();
    assert!(
        files(dir.path()) == before,
        "nothing is written at its start"
    );

    // What was tapped can be taken back for a moment; then everybody is told.
    services.incidents.evacuate(None).unwrap();
    journal.flush().unwrap();
    let written = files(dir.path());
    until("the way out is shown", || {
        alike(&display.picture(), &posted) < 50
    });
    services.incidents.end(End::AllClear).unwrap();
    journal.flush().unwrap();
    until("the posted face is there again", || {
        alike(&display.picture(), &posted) > 95
    });
    let lasting = |files: &BTreeMap<String, Vec<u8>>| {
        let names = files.keys().filter(|name| *name != "journal.db");
        names
            .map(|name| (name.clone(), files[name].clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(lasting(&files(dir.path())), lasting(&written));

    // With the kiosk ended, the display shows on, and still writes nothing.
    journal.finish().unwrap();
    let ended = files(dir.path());
    assert!(alike(&display.at_rest(), &posted) > 95);
    assert!(files(dir.path()) == ended);
}
