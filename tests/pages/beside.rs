//! The pages as the kiosk serves them beside its screen.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use lobby_kiosk::app::Branch;
use lobby_kiosk::app::pages::{Serving, serve};
use lobby_kiosk::service::address;
use lobby_kiosk::service::changes::Changes;
use lobby_kiosk::service::complaints::Complaints;
use lobby_kiosk::service::journal::Journal;
use lobby_kiosk::service::pages::{Pages, PagesTrouble};
use lobby_kiosk::settings::Settings;
use lobby_kiosk::store::Writer;

/// Longer than anything takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// Serves the branch of `data` at `place`; what the screen knows, and when it is told.
fn start(data: &Path, place: SocketAddr) -> (Serving, Settings, Pages, Receiver<()>) {
    let journal = Journal::start(Writer::open(data).unwrap(), Arc::new(|_| {})).unwrap();
    let complaints = Complaints::open(data, journal).unwrap();
    let mut branch = Branch::look(data);
    let mut settings = (*branch.settings).clone();
    settings.web.listen = place;
    settings.web.public_url = Some(format!("http://{place}"));
    branch.settings = Rc::new(settings.clone());
    let (pages, changes) = (Pages::default(), Changes::default());
    let (tell, told): (Sender<()>, _) = channel();
    let told_by = Arc::new(move || tell.send(()).unwrap_or(()));
    let time = Arc::new(chrono::Utc::now);
    let serving = serve(
        data,
        &branch,
        Some(complaints),
        &pages,
        &changes,
        time,
        told_by,
    );
    (serving, settings, pages, told)
}

/// A place that was free a moment ago.
fn free() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap()
}

/// The page at `path`, or nothing while none is served.
fn page(place: SocketAddr, path: &str) -> Option<String> {
    let mut answer = ureq::get(format!("http://{place}{path}")).call().ok()?;
    answer.body_mut().read_to_string().ok()
}

#[test]
fn the_screen_is_told_where_and_the_staffs_changes_reach_the_phones() {
    let dir = tempfile::tempdir().unwrap();
    let place = free();
    let (serving, mut settings, pages, told) = start(dir.path(), place);
    told.recv_timeout(PATIENCE).expect("told");
    let base = format!("http://{place}");
    assert_eq!(pages.get().good_base(), Some(base.as_str()));
    assert!(!page(place, "/complaint").unwrap().contains("021-58881234"));
    settings.complaint.phone = Some("021-58881234".to_owned());
    serving.taker()(&settings);
    // Asked until it is there, as a phone does; the last try fails the test.
    let changed = |_| page(place, "/complaint").is_some_and(|page| page.contains("021-58881234"));
    assert!((0..5_000).any(changed), "the phones read the old number");
    let taker = serving.taker();
    drop(serving);
    assert_eq!(page(place, "/"), None);
    // The screen may still hold on to it.
    taker(&settings);
}

#[test]
fn a_program_that_ends_at_once_waits_for_no_page() {
    let dir = tempfile::tempdir().unwrap();
    let place = free();
    let (serving, _, pages, _told) = start(dir.path(), place);
    drop(serving);
    assert_eq!(pages.get().good_base(), None);
    assert_eq!(page(place, "/"), None);
}

#[test]
fn the_screen_goes_on_where_the_port_is_taken() {
    let dir = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let place = taken.local_addr().unwrap();
    // What a kiosk left behind that was killed.
    address::tell_served(dir.path(), Some("http://192.168.1.20:8080")).unwrap();
    let (_serving, _, pages, told) = start(dir.path(), place);
    told.recv_timeout(PATIENCE).expect("told");
    assert_eq!(pages.get().trouble, Some(PagesTrouble::Taken(place)));
    assert_eq!(address::served(dir.path()), None);
}
