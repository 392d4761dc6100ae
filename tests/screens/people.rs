//! The people of the branch, through the window: who is on duty, who comes in by which PIN, and what
//! each may do.

use std::path::Path;

use lobby_kiosk::domain::complaint::{About, ComplaintEvent};
use lobby_kiosk::domain::ids::PersonId;
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::domain::person::{Person, Right, Role};
use lobby_kiosk::service::complaints::ComplaintText;
use lobby_kiosk::service::people::{Here, People, note};
use lobby_kiosk::service::pin;
use lobby_kiosk::service::seals::Seals;
use lobby_kiosk::store::{Reader, StoreError, Stored};
use lobby_kiosk::{People as PeopleGlobal, Screen, Shell, Staff};
use slint::ComponentHandle;

use crate::kiosk::Kiosk;

pub const FIRST: &str = "482915";
pub const WANG: &str = "771204";
pub const LI: &str = "530186";
const WRONG: &str = "771205";

fn person(name: &str, role: Role) -> Person {
    let id = format!(
        "0199a0c4-0000-7000-8000-{:012}",
        name.chars().count() * 7 + role as usize
    );
    Person {
        id: PersonId::from(id),
        name: name.to_owned(),
        role,
        first_aider: false,
        reach: String::new(),
    }
}

/// A branch with a lobby manager and a head, each with a PIN that opens what customers wrote.
pub fn branch(data: &Path) -> [PersonId; 2] {
    pin::set(data, FIRST).unwrap();
    let seals = Seals::of(data);
    seals.unlock(Some(FIRST)).unwrap();
    let mut people = People::read(data).unwrap();
    let of = [
        (person("王芳", Role::LobbyManager), WANG),
        (person("李建国", Role::BranchHead), LI),
    ];
    let ids = of.map(|(person, pin)| {
        let id = person.id.clone();
        people.add(person).unwrap();
        people.set_pin(&id, pin, seals.key_for(pin)).unwrap();
        id
    });
    people.write().unwrap();
    ids
}

fn kiosk() -> (tempfile::TempDir, Kiosk, [PersonId; 2]) {
    let dir = tempfile::tempdir().unwrap();
    let ids = branch(dir.path());
    let kiosk = Kiosk::start(dir.path());
    (dir, kiosk, ids)
}

fn screen(kiosk: &Kiosk) -> Screen {
    kiosk.window().global::<Shell<'_>>().get_screen()
}

/// Comes in as the one at this place of the list.
pub fn come_in(kiosk: &Kiosk, place: usize, pin: &str) {
    kiosk.screens.state().lock_staff();
    kiosk.screens.state().enter_staff();
    kiosk.screens.draw();
    kiosk.tap(&format!("person-{place}"));
    kiosk.wait_for_staff();
    kiosk.type_pin(pin);
}

/// All that is in the journal.
fn entries(kiosk: &Kiosk) -> Vec<Stored> {
    kiosk.settle();
    let mut all = Vec::new();
    let reader = Reader::open(&kiosk.data).unwrap();
    let taken = reader.for_each(|entry| -> Result<(), StoreError> {
        all.push(entry);
        Ok(())
    });
    taken.unwrap();
    all
}

fn actors(kiosk: &Kiosk, topic: &str) -> Vec<Option<String>> {
    kiosk.settle();
    let entries = Reader::open(&kiosk.data).unwrap().entries(topic).unwrap();
    entries.into_iter().map(|entry| entry.actor).collect()
}

#[test]
fn one_tap_at_the_start_of_a_shift_and_acts_carry_the_person_until_the_day_is_over() {
    let (dir, kiosk, [wang, li]) = kiosk();
    assert_eq!(kiosk.label("on-duty"), "谁当班？");
    kiosk.tap("on-duty");
    assert_eq!(screen(&kiosk), Screen::Duty);
    kiosk.tap("person-1");
    assert_eq!(screen(&kiosk), Screen::Board);
    assert_eq!(kiosk.label("on-duty"), "当班: 王芳");
    let id = kiosk
        .screens
        .services()
        .incidents
        .start("power-cut")
        .unwrap();
    let topic = format!("incident:{id}");
    assert_eq!(actors(&kiosk, &topic), [Some(format!("on-duty:{wang}"))]);
    // Another takes over, and a restart knows it.
    kiosk.tap("on-duty");
    kiosk.tap("person-2");
    kiosk.settle();
    let now = kiosk.now();
    kiosk.stop();
    let kiosk = Kiosk::start_at(dir.path(), now);
    assert_eq!(kiosk.screens.services().on_duty().unwrap().id, li);
    // A shift ends with its day.
    kiosk.pass(std::time::Duration::from_secs(9 * 3600));
    kiosk.screens.state().show(Screen::Board);
    kiosk.screens.draw();
    assert_eq!(kiosk.label("on-duty"), "谁当班？");
    kiosk
        .screens
        .services()
        .incidents
        .start("earthquake")
        .unwrap();
    kiosk.settle();
    let last = entries(&kiosk).pop().unwrap();
    assert_eq!(last.actor.as_deref(), Some("on-duty"));
}

#[test]
fn a_tablet_that_knows_nobody_is_as_before() {
    let dir = tempfile::tempdir().unwrap();
    pin::set(dir.path(), FIRST).unwrap();
    let kiosk = Kiosk::start(dir.path());
    assert!(!kiosk.shows("on-duty"));
    kiosk.enter_pin(FIRST);
    assert_eq!(kiosk.screens.state().role(), Some(Role::Administrator));
}

#[test]
fn each_comes_in_by_a_pin_of_their_own_and_reads_what_customers_wrote() {
    let (_dir, kiosk, [wang, li]) = kiosk();
    let words = ComplaintText {
        what: "每个人都能用自己的密码看到".to_owned(),
        ..ComplaintText::default()
    };
    let (complaint, _) = kiosk.receive(About::Service, &Lang::ZH_CN, &words);
    kiosk.settle();
    let may = [
        (1, WANG, Some(&wang), Role::LobbyManager),
        (2, LI, Some(&li), Role::BranchHead),
        (3, FIRST, None, Role::Administrator),
    ];
    for (place, pin, who, role) in may {
        come_in(&kiosk, place, pin);
        assert_eq!(kiosk.screens.state().role(), Some(role));
        let file = kiosk.complaints().file(&complaint).unwrap();
        assert_eq!(file.words, Some(words.clone()), "{role:?}");
        let topic = who.map_or("staff".to_owned(), |who| format!("staff:{who}"));
        let actor = who.map_or("signed-in".to_owned(), |who| format!("signed-in:{who}"));
        assert_eq!(actors(&kiosk, &topic), [Some(actor)]);
    }
    // Nobody comes in by another's.
    come_in(&kiosk, 1, LI);
    assert!(!kiosk.screens.state().is_unlocked());
}

#[test]
fn whoever_tries_one_pin_keeps_nobody_from_another_and_a_restart_forgets_no_try() {
    let (dir, kiosk, [wang, _]) = kiosk();
    for _ in 0..4 {
        come_in(&kiosk, 1, WRONG);
    }
    let wait = |kiosk: &Kiosk| {
        let lockout = kiosk.screens.services().staff.lockout(&Some(wang.clone()));
        lockout.is_some_and(|lockout| lockout.is_locked(kiosk.now()))
    };
    assert!(wait(&kiosk));
    come_in(&kiosk, 2, LI);
    assert!(kiosk.screens.state().is_unlocked());
    kiosk.settle();
    let now = kiosk.now();
    kiosk.stop();
    let again = Kiosk::start_at(dir.path(), now);
    again.screens.state().enter_staff();
    again.screens.draw();
    again.tap("person-1");
    again.wait_for_staff();
    assert!(wait(&again));
    let said = again.window().global::<Staff<'_>>().get_said();
    assert!(said.contains("0:30"), "{said}");
}

/// Every act that not everybody may do, by every role: allowed, or refused with the role that may and
/// without a trace in the journal.
#[test]
fn what_a_role_may_not_do_is_refused_without_a_trace() {
    let (_dir, kiosk, _) = kiosk();
    let (complaint, _) = kiosk.receive(About::Service, &Lang::ZH_CN, &ComplaintText::default());
    let incident = kiosk.screens.services().incidents.start("power-cut");
    crate::phone::send(&kiosk, &incident.unwrap());
    let doors = [
        (1, WANG, Role::LobbyManager),
        (2, LI, Role::BranchHead),
        (3, FIRST, Role::Administrator),
    ];
    for (place, pin, role) in doors {
        for (button, right, leads_to) in [
            ("to-numbers", Right::Settings, Screen::Numbers),
            ("staff-people", Right::People, Screen::People),
        ] {
            come_in(&kiosk, place, pin);
            kiosk.tap(button);
            let may = role.may(right);
            assert_eq!(screen(&kiosk) == leads_to, may, "{role:?} {button}");
            assert_eq!(!kiosk.shows("refused"), may, "{role:?} {button}");
            if !may {
                assert!(kiosk.label("refused").contains("管理员"), "{role:?}");
            }
        }
        come_in(&kiosk, place, pin);
        kiosk.screens.state().open_complaint(&complaint);
        kiosk.read();
        let before = entries(&kiosk).len();
        kiosk.tap("hold");
        let may = role.may(Right::Hold);
        assert_eq!(!kiosk.shows("refused"), may, "{role:?}");
        assert_eq!(kiosk.shows("refused"), kiosk.shows("hold"), "{role:?}");
        kiosk.screens.state().show_records();
        kiosk.wait_for_records();
        crate::records::tap(&kiosk, "record-1");
        kiosk.tap("hold-notes");
        assert_eq!(kiosk.shows("hold-question"), may, "{role:?}");
        assert_eq!(kiosk.shows("refused"), !may, "{role:?}");
        assert_eq!(entries(&kiosk).len(), before, "{role:?}");
    }
    assert_eq!(Right::of(&ComplaintEvent::Accepted {}), Right::Handle);
}

#[test]
fn whoever_is_taken_off_the_list_is_out_at_once_and_in_no_file_any_more() {
    let (dir, kiosk, [wang, _]) = kiosk();
    come_in(&kiosk, 1, WANG);
    assert!(kiosk.screens.state().is_unlocked());
    let mut people = People::read(dir.path()).unwrap();
    people.remove(&wang).unwrap();
    people.write().unwrap();
    let services = kiosk.screens.services();
    services.staff.people_teller(dir.path(), &services.people)();
    kiosk.screens.process_notices();
    assert!(!kiosk.screens.state().is_unlocked());
    assert_eq!(screen(&kiosk), Screen::Board);
    kiosk.settle();
    for file in std::fs::read_dir(dir.path()).unwrap() {
        let path = file.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let name = "王芳".as_bytes();
        let there = bytes.windows(name.len()).any(|part| part == name);
        assert!(!there, "{}", path.display());
    }
}

#[test]
fn a_new_pin_shuts_the_door_that_one_before_has_opened_and_lifts_the_wait() {
    let (dir, kiosk, [wang, _]) = kiosk();
    for _ in 0..4 {
        come_in(&kiosk, 1, WRONG);
    }
    let mut people = People::read(dir.path()).unwrap();
    people.set_pin(&wang, "904417", None).unwrap();
    people.write().unwrap();
    let services = kiosk.screens.services();
    services.staff.people_teller(dir.path(), &services.people)();
    kiosk.screens.process_notices();
    come_in(&kiosk, 1, "904417");
    assert!(kiosk.screens.state().is_unlocked());
    people.set_pin(&wang, WANG, None).unwrap();
    people.write().unwrap();
    services.staff.people_teller(dir.path(), &services.people)();
    kiosk.screens.process_notices();
    assert!(!kiosk.screens.state().is_unlocked());
}

#[test]
fn the_list_names_each_with_what_they_are() {
    let (_dir, kiosk, _) = kiosk();
    come_in(&kiosk, 3, FIRST);
    kiosk.tap("staff-people");
    assert_eq!(kiosk.label("person-1"), "王芳, 大堂经理");
    assert_eq!(kiosk.label("person-2"), "李建国, 营业部负责人");
    let rows = kiosk.window().global::<PeopleGlobal<'_>>().get_rows();
    assert_eq!(slint::Model::row_count(&rows), 2);
    kiosk.tap("lock");
    let rows = kiosk.window().global::<PeopleGlobal<'_>>().get_rows();
    assert_eq!(slint::Model::row_count(&rows), 0, "no name stays behind");
}

#[test]
fn the_journal_notes_who_may_do_what_and_nothing_of_a_list_that_cannot_be_read() {
    let (dir, kiosk, [wang, li]) = kiosk();
    let noted = || {
        let services = kiosk.screens.services();
        note(dir.path(), &services.people.list(), &services.recorder).unwrap();
        let known = entries(&kiosk)
            .into_iter()
            .filter(|one| one.topic == "people");
        known.map(|one| one.body).collect::<Vec<_>>()
    };
    let first = noted();
    assert_eq!(first.len(), 1);
    assert!(first[0].contains(wang.as_str()) && first[0].contains(li.as_str()));
    assert!(!first[0].contains("王芳"));
    assert_eq!(noted(), first, "what is known is not noted again");
    // As at a start with a broken file, of which nobody knows the one before.
    std::fs::write(dir.path().join("people.json"), "7").unwrap();
    let unread = Here::of(dir.path());
    let recorder = &kiosk.screens.services().recorder;
    note(dir.path(), &unread.list(), recorder).unwrap();
    assert_eq!(noted(), first, "nobody has gone");
}

#[test]
fn a_name_that_was_taken_off_meanwhile_is_not_somebody_elses() {
    let (dir, kiosk, [wang, _]) = kiosk();
    kiosk.tap("on-duty");
    let mut people = People::read(dir.path()).unwrap();
    people.remove(&wang).unwrap();
    people.write().unwrap();
    let services = kiosk.screens.services();
    // Read, and not drawn yet: the first button still says the one who has gone.
    services.people.teller(dir.path())();
    kiosk.tap("person-1");
    assert_eq!(services.on_duty(), None);
}

#[test]
fn a_list_that_cannot_be_read_leaves_the_people_of_before_and_is_named() {
    let (dir, kiosk, _) = kiosk();
    std::fs::write(
        dir.path().join("people.json"),
        "{\"version\":1,\"people\":7}",
    )
    .unwrap();
    let services = kiosk.screens.services();
    services.staff.people_teller(dir.path(), &services.people)();
    kiosk.screens.process_notices();
    come_in(&kiosk, 3, FIRST);
    kiosk.tap("staff-people");
    assert!(kiosk.label("people-said").contains("people.json"));
    assert!(kiosk.shows("person-2"));
}
