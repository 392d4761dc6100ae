//! Links to the staff's own phones, on the tablet: the code of a guide without a PIN, those behind it, what
//! is done by them, and the list that ends them.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use lobby_kiosk::domain::actor::Actor;
use lobby_kiosk::domain::content::Erasure;
use lobby_kiosk::domain::ids::IncidentId;
use lobby_kiosk::domain::incident::{Field, StepRef};
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::domain::phone_link::Thing;
use lobby_kiosk::helper;
use lobby_kiosk::service::filing::{Filed, NotFiled, Subject};
use lobby_kiosk::service::pages::PagesState;
use lobby_kiosk::service::people::People;
use lobby_kiosk::service::phone::{ActError, Link, LinkSecret, Offer, Outcome, What, Wish};
use lobby_kiosk::{Guide, Records, Screen, Shell};
use slint::{ComponentHandle, Model};

use crate::kiosk::Kiosk;

/// As long as an address may be.
const BASE: &str = "http://lobby-desk.people-road.example.cn:8080";
const WORDS: &str = "老人扶墙坐下，家属 13:05 到场。";

/// A kiosk whose pages phones reach, and which makes reports.
fn reached() -> (tempfile::TempDir, Kiosk) {
    helper::use_program(Path::new(env!("CARGO_BIN_EXE_lobby-kiosk")));
    let dir = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::start_with(dir.path(), |services| {
        services.pages.set(PagesState {
            base: Some(BASE.to_owned()),
            trouble: None,
        });
    });
    (dir, kiosk)
}

/// A kiosk whose staff pages PCs may open, with somebody in the staff area.
fn paired_by_pcs(settings: &str, base: &str) -> (tempfile::TempDir, Kiosk) {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("kiosk.toml"), settings).unwrap();
    let kiosk = Kiosk::start_with(dir.path(), |services| {
        services.pages.set(PagesState {
            base: Some(base.to_owned()),
            trouble: None,
        });
    });
    kiosk.screens.state().unlock();
    kiosk.screens.state().show_phones();
    kiosk.screens.draw();
    (dir, kiosk)
}

/// The guide of a power cut, past the time in which its start can be undone.
fn dark(kiosk: &Kiosk) -> IncidentId {
    kiosk.start_guide("power-cut");
    kiosk.pass(Duration::from_secs(6));
    kiosk.open()[0].id.clone()
}

fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(future)
}

/// A link of somebody, as a phone has it.
pub fn bound(kiosk: &Kiosk, thing: Thing) -> Link {
    bound_of(kiosk, thing, "0199a0c4-0000-7000-8000-0000000000aa")
}

fn bound_of(kiosk: &Kiosk, thing: Thing, person: &str) -> Link {
    let wish = Wish {
        thing,
        name: None,
        actor: Actor::OnDuty,
        person: Some(person.into()),
    };
    let made = kiosk.links.make(wish, kiosk.now(), |_| Ok(Vec::new()));
    let Offer { secret, .. } = made.unwrap();
    let (link, _) = kiosk.links.bind(&secret, kiosk.now()).unwrap().unwrap();
    link
}

/// Has a phone do something with a step by a form of its own, while the tablet goes on.
fn act(kiosk: &Kiosk, link: &Link, step: &StepRef, what: What) -> Outcome {
    let form = kiosk.screens.services().recorder.new_id(kiosk.now());
    act_by(kiosk, link, &form, step, what)
}

/// The same by this form, which may have come before.
fn act_by(kiosk: &Kiosk, link: &Link, form: &str, step: &StepRef, what: What) -> Outcome {
    let done = try_by(kiosk, link, form, step, what).unwrap();
    kiosk.settle();
    done
}

/// The same by a link that may have ended.
fn try_by(
    kiosk: &Kiosk,
    link: &Link,
    form: &str,
    step: &StepRef,
    what: What,
) -> Result<Outcome, ActError> {
    let (links, link, step) = (Arc::clone(&kiosk.links), link.clone(), step.clone());
    let (form, incident) = (form.to_owned(), link.thing.incident().unwrap().clone());
    let phone =
        std::thread::spawn(move || block_on(links.act(&link, &incident, &form, (step, what))));
    while !phone.is_finished() {
        kiosk.screens.process_notices();
        std::thread::yield_now();
    }
    phone.join().unwrap()
}

/// Types wrong codes at a PC until the one that is shown is void.
pub fn type_wrong_codes(kiosk: &Kiosk) {
    let pcs = kiosk.screens.services().pcs.clone().unwrap();
    let wrong = if kiosk.label("pc-code") == "0000 0000" {
        "00000001"
    } else {
        "00000000"
    };
    for _ in 0..5 {
        assert_eq!(pcs.pair(wrong, kiosk.now()).unwrap(), None);
    }
    kiosk.screens.draw();
}

fn command(kiosk: &Kiosk) -> String {
    kiosk.window().global::<Guide<'_>>().get_command().into()
}

/// A note and a photo from a phone about an incident, which is open in the records after that.
pub fn noted(kiosk: &Kiosk, id: &IncidentId) {
    send(kiosk, id);
    super::records::open(kiosk);
    super::records::tap(kiosk, "record-1");
}

/// A note and a photo from a phone about an incident.
pub fn send(kiosk: &Kiosk, id: &IncidentId) {
    let link = bound(kiosk, Thing::Guide(id.clone()));
    let mut jpeg = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_fn(1600, 1200, |x, y| image::Rgb([x as u8, y as u8, 90]))
        .write_to(&mut jpeg, image::ImageFormat::Jpeg)
        .unwrap();
    let jpeg = jpeg.into_inner();
    let complaints = kiosk.complaints();
    for (form, field, said) in [
        ("form", Field::Features, WORDS.as_bytes()),
        ("form-2", Field::Photo, &jpeg),
    ] {
        block_on(complaints.write_down(&link, (form, field), said, kiosk.now())).unwrap();
    }
    kiosk.settle();
}

/// What another program reads in the report that lies in the folder, and how many photos are in it.
fn report(kiosk: &Kiosk) -> (String, usize) {
    let made = super::statistics::reports(&kiosk.data);
    assert_eq!(made.len(), 1, "{made:?}");
    let read = std::process::Command::new("pdftotext")
        .args(["-layout".as_ref(), made[0].as_os_str(), "-".as_ref()])
        .output()
        .unwrap();
    let file = std::fs::read(&made[0]).unwrap();
    let photos = file.windows(10).filter(|part| part == b"/DCTDecode");
    (String::from_utf8(read.stdout).unwrap(), photos.count())
}

fn screen(kiosk: &Kiosk) -> Screen {
    kiosk.window().global::<Shell<'_>>().get_screen()
}

#[test]
fn one_tap_on_a_guide_shows_a_code_that_goes_once_a_phone_has_it() {
    let (_dir, kiosk) = reached();
    dark(&kiosk);
    kiosk.tap("phone-link");
    kiosk.wait_for_link();
    assert_eq!(screen(&kiosk), Screen::PhoneLink);
    assert!(kiosk.shows("qr-phone"));
    let address = kiosk.label("phone-address");
    let written = address.strip_prefix(&format!("{BASE}/p/")).expect(&address);
    let secret = LinkSecret::read(written).expect(written);
    assert!(kiosk.label("phone-said").contains("未加密"));
    kiosk.links.bind(&secret, kiosk.now()).unwrap().unwrap();
    kiosk.settle();
    assert!(!kiosk.shows("qr-phone") && !kiosk.shows("phone-address"));
    assert!(kiosk.label("phone-said").contains("已有一部手机打开"));
    kiosk.tap("back-to-board");
    assert_eq!(screen(&kiosk), Screen::Guide);
}

#[test]
fn a_step_done_on_a_phone_is_done_on_the_tablet_once_and_by_its_holder() {
    let (_dir, kiosk) = reached();
    let id = dark(&kiosk);
    let link = bound(&kiosk, Thing::Guide(id.clone()));
    let first = kiosk
        .screens
        .services()
        .incidents
        .current_step(&id)
        .unwrap();
    let before = command(&kiosk);
    assert_eq!(act(&kiosk, &link, &first, What::Done), Outcome::Done);
    assert_ne!(command(&kiosk), before, "the tablet is at the next step");
    assert_eq!(act(&kiosk, &link, &first, What::Done), Outcome::Before);
    let marked = |kiosk: &Kiosk| {
        let entries = kiosk.entries(&id).into_iter();
        let marked = entries.filter(|one| one.kind == "incident.step-marked");
        marked.map(|one| one.actor.unwrap()).collect::<Vec<_>>()
    };
    let holder = "on-duty:0199a0c4-0000-7000-8000-0000000000aa";
    assert_eq!(marked(&kiosk), [holder]);
    assert_eq!(act(&kiosk, &link, &first, What::Open), Outcome::Done);
    assert_eq!(command(&kiosk), before);
    // What is done on the tablet is still nobody's by name.
    kiosk
        .screens
        .services()
        .incidents
        .mark_current(&id, lobby_kiosk::domain::incident::Mark::Done);
    assert_eq!(marked(&kiosk), [holder, holder, "on-duty"]);
    let elsewhere = StepRef {
        step: "no-such-step".to_owned(),
        ..first
    };
    assert_eq!(act(&kiosk, &link, &elsewhere, What::Done), Outcome::Passed);
}

#[test]
fn a_step_sent_again_does_not_undo_what_the_tablet_did_meanwhile_and_an_ended_link_does_nothing() {
    let (_dir, kiosk) = reached();
    let id = dark(&kiosk);
    let link = bound(&kiosk, Thing::Guide(id.clone()));
    let services = kiosk.screens.services();
    let current = || services.incidents.current_step(&id).unwrap();
    let first = current();
    let done = || act_by(&kiosk, &link, "one-form", &first, What::Done);
    assert_eq!(done(), Outcome::Done);
    assert_eq!(act(&kiosk, &link, &first, What::Open), Outcome::Done);
    assert_eq!(done(), Outcome::Before);
    assert_eq!(current(), first);
    // What was not done does not become done by being sent again.
    let elsewhere = StepRef {
        step: "no-such-step".to_owned(),
        ..first.clone()
    };
    for _ in 0..2 {
        let passed = act_by(&kiosk, &link, "no-step", &elsewhere, What::Open);
        assert_eq!(passed, Outcome::Passed);
    }
    kiosk.links.revoke(|_| true, kiosk.now());
    let late = try_by(&kiosk, &link, "late", &first, What::Done);
    assert_eq!(late, Err(ActError::NoScreen));
}

#[test]
fn a_note_from_a_phone_shows_at_once_and_its_words_behind_the_pin_alone() {
    let (_dir, kiosk) = reached();
    let id = dark(&kiosk);
    let link = bound(&kiosk, Thing::Guide(id.clone()));
    let complaints = kiosk.complaints();
    let written = complaints.write_down(
        &link,
        ("form", Field::Features),
        WORDS.as_bytes(),
        kiosk.now(),
    );
    block_on(written).unwrap();
    kiosk.settle();
    kiosk.tap("log");
    let log = kiosk.window().global::<Guide<'_>>().get_log();
    let rows: Vec<String> = log
        .iter()
        .map(|row| format!("{} {}", row.words, row.detail))
        .collect();
    assert!(
        rows.iter().any(|row| row.contains("手机记录：人员特征")),
        "{rows:?}"
    );
    assert!(!rows.iter().any(|row| row.contains("扶墙")), "{rows:?}");
    super::records::open(&kiosk);
    super::records::tap(&kiosk, "record-1");
    let lines = kiosk.window().global::<Records<'_>>().get_lines();
    let all: Vec<String> = lines.iter().map(|line| line.detail.into()).collect();
    assert!(all.iter().any(|line| line.contains(WORDS)), "{all:?}");
    // One more comes while it is being read.
    let complaints = kiosk.complaints();
    let more = complaints.write_down(
        &link,
        ("form-2", Field::Note),
        "又及".as_bytes(),
        kiosk.now(),
    );
    block_on(more).unwrap();
    kiosk.settle();
    kiosk.wait_for_records();
    let lines = kiosk.window().global::<Records<'_>>().get_lines();
    assert!(lines.iter().any(|line| line.detail.contains("又及")));
    // Two taps, and the words are gone for good.
    kiosk.tap("erase-notes");
    assert!(kiosk.label("erase-notes").contains("再点一次"));
    kiosk.tap("erase-notes");
    kiosk.settle();
    kiosk.wait_for_records();
    assert!(!kiosk.shows("erase-notes"));
    let lines = kiosk.window().global::<Records<'_>>().get_lines();
    assert!(!lines.iter().any(|line| line.detail.contains(WORDS)));
}

#[test]
fn a_photo_stands_in_the_record_and_is_gone_once_it_is_erased() {
    let (_dir, kiosk) = reached();
    let id = dark(&kiosk);
    let link = bound(&kiosk, Thing::Guide(id));
    let mut jpeg = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_pixel(1600, 1200, image::Rgb([90, 20, 20]))
        .write_to(&mut jpeg, image::ImageFormat::Jpeg)
        .unwrap();
    let complaints = kiosk.complaints();
    let jpeg = jpeg.into_inner();
    let sent = complaints.write_down(&link, ("form", Field::Photo), &jpeg, kiosk.now());
    block_on(sent).unwrap();
    kiosk.settle();
    super::records::open(&kiosk);
    super::records::tap(&kiosk, "record-1");
    let photos = || -> Vec<(u32, u32)> {
        let lines = kiosk.window().global::<Records<'_>>().get_lines();
        let photos = lines.iter().filter(|line| line.detail.contains("照片"));
        let sizes = photos.map(|line| line.photo.size());
        sizes.map(|size| (size.width, size.height)).collect()
    };
    assert_eq!(photos(), [(720, 540)]);
    kiosk.tap("erase-notes");
    kiosk.tap("erase-notes");
    kiosk.settle();
    kiosk.wait_for_records();
    assert_eq!(photos(), [(0, 0)]);
}

#[test]
fn a_report_has_notes_and_photos_only_where_one_says_so_and_is_gone_with_them() {
    let (dir, kiosk) = reached();
    let id = dark(&kiosk);
    noted(&kiosk, &id);
    // It asks first, and back is no answer.
    kiosk.tap("report");
    assert!(kiosk.label("report-question").contains("未加密"));
    kiosk.tap("back-to-board");
    assert!(kiosk.shows("report") && !kiosk.shows("report-question"));
    assert!(super::statistics::reports(dir.path()).is_empty());
    kiosk.tap("report");
    kiosk.tap("report-without");
    kiosk.wait_for_report();
    let (said, photos) = report(&kiosk);
    assert!(said.contains("手机发来记录 1 条、照片 1 张"), "{said}");
    assert!(!said.contains("扶墙") && photos == 0, "{said}");
    kiosk.tap("report");
    kiosk.tap("report-with");
    kiosk.wait_for_report();
    let (said, photos) = report(&kiosk);
    assert!(said.contains("老人扶墙坐下"), "{said}");
    assert!(
        said.contains("人员特征") && said.contains("发送人"),
        "{said}"
    );
    assert_eq!(photos, 1);
    // What is erased stays in no file of the tablet, and comes back into none.
    kiosk.tap("erase-notes");
    kiosk.tap("erase-notes");
    kiosk.settle();
    kiosk.wait_for_records();
    kiosk.wait_for_report();
    assert!(super::statistics::reports(dir.path()).is_empty());
    assert!(!kiosk.shows("report-said"));
    kiosk.tap("report");
    kiosk.wait_for_report();
    let (said, photos) = report(&kiosk);
    assert!(said.contains("已清除手机记录和照片共 2 件"), "{said}");
    assert!(!said.contains("扶墙") && photos == 0, "{said}");
}

#[test]
fn what_is_on_hold_is_erased_by_nobody_until_the_hold_ends() {
    let (_dir, kiosk) = reached();
    let id = dark(&kiosk);
    noted(&kiosk, &id);
    kiosk.tap("hold-notes");
    assert!(kiosk.label("hold-question").contains("为什么保全"));
    assert_eq!(kiosk.label("hold-why-3"), "公安机关调查");
    // Back is no answer.
    kiosk.tap("back-to-board");
    assert!(kiosk.shows("erase-notes"));
    kiosk.tap("hold-notes");
    kiosk.tap("hold-why-3");
    kiosk.settle();
    kiosk.wait_for_records();
    assert!(!kiosk.shows("erase-notes"));
    assert!(
        kiosk
            .label("record-facts")
            .contains("手机记录保全：公安机关调查")
    );
    // Whatever asks for it, nothing goes, and the journal says nothing of it.
    let complaints = kiosk.complaints();
    complaints.erase_written(&id, Erasure::Request, kiosk.now());
    kiosk.settle();
    let kinds = |kiosk: &Kiosk| -> Vec<String> {
        let entries = kiosk.entries(&id).into_iter().map(|one| one.kind);
        let about = |kind: &String| kind.starts_with("incident.") && kind != "incident.started";
        entries.filter(about).collect()
    };
    let noted = ["incident.written", "incident.written", "incident.held"];
    assert_eq!(kinds(&kiosk), noted);
    super::records::tap(&kiosk, "back-to-board");
    super::records::tap(&kiosk, "record-1");
    let records = kiosk.window().global::<Records<'_>>();
    assert!(
        records
            .get_lines()
            .iter()
            .any(|line| line.detail.contains(WORDS))
    );
    kiosk.tap("hold-notes");
    assert!(kiosk.label("hold-question").contains("解除"));
    kiosk.tap("hold-why-1");
    kiosk.settle();
    kiosk.wait_for_records();
    assert!(!kiosk.label("record-facts").contains("保全"));
    kiosk.tap("erase-notes");
    kiosk.tap("erase-notes");
    kiosk.settle();
    kiosk.wait_for_records();
    assert!(
        !records
            .get_lines()
            .iter()
            .any(|line| line.detail.contains(WORDS))
    );
    assert!(!kiosk.shows("hold-notes"));
    assert_eq!(kinds(&kiosk)[3..], ["incident.released", "incident.erased"]);
}

#[test]
fn once_the_area_is_locked_nobody_is_asked_and_no_report_has_notes() {
    let (dir, kiosk) = reached();
    let id = dark(&kiosk);
    noted(&kiosk, &id);
    kiosk.tap("report");
    kiosk.tap("lock");
    // Asked for a moment before, it comes to nothing rather than to a report without them.
    let services = kiosk.screens.services();
    let subject = Subject::Incident(id);
    services.file_report(subject.clone(), &Lang::ZH_CN, true);
    kiosk.wait_for_report();
    let filed = services.filing.filed(&subject);
    assert!(matches!(
        filed.as_deref(),
        Some(Filed::Failed(NotFiled::Shut(_)))
    ));
    drop(filed);
    assert!(super::statistics::reports(dir.path()).is_empty());
    super::records::open(&kiosk);
    super::records::tap(&kiosk, "record-1");
    assert!(!kiosk.shows("report-question"));
}

#[test]
fn the_staff_end_one_link_or_all_by_one_tap() {
    let (_dir, kiosk) = reached();
    let id = dark(&kiosk);
    let link = bound(&kiosk, Thing::Guide(id.clone()));
    bound(&kiosk, Thing::Record(id));
    kiosk.screens.state().unlock();
    kiosk.screens.state().show_inbox();
    kiosk.screens.draw();
    kiosk.tap("staff-phones");
    assert!(kiosk.shows("phone-1") && kiosk.shows("phone-2"));
    kiosk.tap("revoke-2");
    assert!(!kiosk.shows("phone-2"));
    let live = kiosk.links.live(kiosk.now());
    assert!(
        live.len() == 1 && live[0].id != link.id,
        "the older one has ended"
    );
    bound(&kiosk, Thing::Counter);
    kiosk.settle();
    kiosk.tap("revoke-all");
    assert!(kiosk.links.live(kiosk.now()).is_empty());
    assert!(kiosk.label("phones-said").contains("没有关联的手机"));
}

#[test]
fn a_record_and_a_complaint_have_a_code_behind_the_pin() {
    let (_dir, kiosk) = reached();
    dark(&kiosk);
    super::records::open(&kiosk);
    super::records::tap(&kiosk, "record-1");
    kiosk.tap("phone-link");
    kiosk.wait_for_link();
    assert!(kiosk.shows("qr-phone"));
    assert!(kiosk.label("phone-what").contains("记录"));
    let live = kiosk.links.live(kiosk.now());
    assert!(live[0].actor.starts_with("signed-in"), "{live:?}");
    // Back to the record, still behind the PIN.
    kiosk.tap("back-to-board");
    assert_eq!(screen(&kiosk), Screen::Records);
    kiosk.tap("lock");
    assert!(!kiosk.shows("qr-phone"));
}

#[test]
fn whoever_is_taken_off_the_list_has_no_link_any_more() {
    let dir = tempfile::tempdir().unwrap();
    crate::people::branch(dir.path());
    let kiosk = Kiosk::start(dir.path());
    let mut people = People::read(dir.path()).unwrap();
    let all: Vec<_> = people.all().map(|one| one.id.clone()).collect();
    let id = kiosk
        .screens
        .services()
        .incidents
        .start("power-cut")
        .unwrap();
    for person in &all {
        bound_of(&kiosk, Thing::Guide(id.clone()), person.as_str());
    }
    people.remove(&all[0]).unwrap();
    people.write().unwrap();
    let services = kiosk.screens.services();
    services.staff.people_teller(&kiosk.data, &services.people)();
    kiosk.screens.process_notices();
    let live = kiosk.links.live(kiosk.now());
    assert_eq!(live.len(), all.len() - 1);
    assert!(
        !live
            .iter()
            .any(|link| link.person() == Some(all[0].clone()))
    );
}

const ALLOWED: &str = "[staff_pages]\nnetworks = [\"192.168.1.0/24\"]\n";
const ENCRYPTED: &str = "https://192.168.1.20:8443";

#[test]
fn a_pc_is_paired_by_the_code_on_the_tablet_and_ended_by_one_tap() {
    let (_dir, kiosk) = paired_by_pcs(ALLOWED, ENCRYPTED);
    kiosk.tap("pair-pc");
    assert_eq!(screen(&kiosk), Screen::Phones);
    let shown = kiosk.label("pc-code");
    assert_eq!(shown.chars().filter(char::is_ascii_digit).count(), 8);
    assert_eq!(kiosk.label("phone-address"), format!("{ENCRYPTED}/staff"));
    assert!(!kiosk.shows("qr-phone"));
    let pcs = kiosk.screens.services().pcs.clone().unwrap();
    assert_eq!(pcs.pair("00000000", kiosk.now()).unwrap(), None);
    pcs.pair(&shown, kiosk.now()).unwrap().expect("a session");
    kiosk.settle();
    assert!(!kiosk.shows("pc-code") && !kiosk.shows("phone-address"));
    assert!(kiosk.label("phone-said").contains("已有一台电脑使用"));
    kiosk.tap("back-to-board");
    assert_eq!(screen(&kiosk), Screen::Phones);
    assert!(kiosk.label("phone-1").contains("电脑：员工页面"));
    kiosk.tap("revoke-1");
    assert!(!kiosk.shows("phone-1"));
    assert!(pcs.live(kiosk.now()).is_empty());
}

#[test]
fn a_code_for_a_pc_that_is_no_good_any_more_is_not_shown() {
    let (_dir, kiosk) = paired_by_pcs(ALLOWED, ENCRYPTED);
    kiosk.tap("pair-pc");
    kiosk.set_clock(kiosk.now() + chrono::TimeDelta::minutes(5));
    kiosk.screens.draw();
    assert!(!kiosk.shows("pc-code"));
    assert!(kiosk.label("phone-said").contains("已失效"));
    kiosk.tap("back-to-board");
    kiosk.tap("pair-pc");
    type_wrong_codes(&kiosk);
    assert!(!kiosk.shows("pc-code"));
    assert!(kiosk.label("phone-said").contains("作废"));
    // Whoever locks the staff area takes the code out of sight.
    kiosk.tap("back-to-board");
    kiosk.tap("pair-pc");
    assert!(kiosk.shows("pc-code"));
    kiosk.tap("lock");
    assert!(!kiosk.shows("pc-code"));
}

#[test]
fn where_no_pc_may_read_the_tablet_says_what_is_missing_and_shows_no_code() {
    for (settings, base, said) in [
        ("", ENCRYPTED, "staff_pages"),
        (ALLOWED, "http://192.168.1.20:8080", "HTTPS"),
    ] {
        let (_dir, kiosk) = paired_by_pcs(settings, base);
        kiosk.tap("pair-pc");
        assert!(!kiosk.shows("pc-code"));
        assert!(kiosk.label("phone-said").contains(said));
        let pcs = kiosk.screens.services().pcs.as_ref().unwrap();
        assert_eq!(pcs.code(kiosk.now()), None);
    }
}
