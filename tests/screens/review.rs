//! The review of an incident on the tablet, and the actions that follow from it.

use std::path::Path;
use std::time::Duration;

use lobby_kiosk::domain::entry::review_topic;
use lobby_kiosk::domain::ids::IncidentId;
use lobby_kiosk::domain::review::{ActionKind, ActionState, Cause, Decision, Party, Proof};
use lobby_kiosk::service::records::Records;
use lobby_kiosk::service::reviews::digest_of;
use lobby_kiosk::store::Reader;
use lobby_kiosk::{RecordsShown, ReviewDesk, ReviewPart, ReviewShown, Screen, Shell};
use slint::{ComponentHandle, Model};

use crate::kiosk::Kiosk;
use crate::people::{LI, branch, come_in};
use crate::records::{season, tap};

const WANG: &str = "771204";

/// A branch of two that has seen what [`season`] tells of.
fn seasoned() -> (tempfile::TempDir, Kiosk) {
    let dir = tempfile::tempdir().unwrap();
    branch(dir.path());
    let kiosk = Kiosk::start(dir.path());
    season(&kiosk);
    (dir, kiosk)
}

/// Opens the review of the power cut, as the one at this place of the door.
pub fn open(kiosk: &Kiosk, place: usize, pin: &str) {
    come_in(kiosk, place, pin);
    tap(kiosk, "staff-records");
    tap(kiosk, "record-4");
    tap(kiosk, "review");
}

fn desk(kiosk: &Kiosk) -> ReviewDesk<'_> {
    kiosk.window().global::<ReviewDesk<'_>>()
}

fn power_cut(data: &Path) -> IncidentId {
    let list = Records::open(data).unwrap().list().unwrap();
    let found = list.into_iter().find(|one| one.type_id == "power-cut");
    found.unwrap().id
}

/// Goes to a part of the review.
fn part(kiosk: &Kiosk, name: &str) {
    kiosk.tap(&format!("part-{name}"));
}

/// Adds an action by the chips of these names.
pub fn add_action(kiosk: &Kiosk, kind: &str, owner: &str, about: &str) {
    part(kiosk, "actions");
    kiosk.tap("add-action");
    kiosk.tap(kind);
    kiosk.tap(owner);
    kiosk.tap("due-week");
    kiosk.tap("day-after");
    kiosk.tap("choice-next");
    kiosk.tap(about);
}

#[test]
fn a_review_is_written_finalised_and_begun_anew_and_the_journal_has_all_of_it() {
    let (dir, kiosk) = seasoned();
    open(&kiosk, 2, LI);
    assert_eq!(
        kiosk.window().global::<Shell<'_>>().get_screen(),
        Screen::Review
    );
    assert_eq!(desk(&kiosk).get_title(), "复盘：停电");
    // What did not go by the plan stands first.
    let lines: Vec<_> = desk(&kiosk).get_lines().iter().collect();
    assert!(
        lines[0].deviation && lines[0].detail.contains("跳过"),
        "{lines:?}"
    );
    assert!(
        kiosk.label("review-facts").contains("完成 1"),
        "{}",
        kiosk.label("review-facts")
    );
    assert!(!desk(&kiosk).get_can_finalise());
    assert!(kiosk.label("review-standing").contains("至少选一个原因"));

    part(&kiosk, "causes");
    kiosk.tap("cause-equipment");
    kiosk.tap("cause-people");
    kiosk.tap("cause-people");
    part(&kiosk, "guide");
    kiosk.tap("word-1-unclear");
    part(&kiosk, "responsibility");
    kiosk.tap("settle-responsibility");
    kiosk.tap("whose-1");
    kiosk.tap("evidence-record");
    kiosk.tap("evidence-camera");
    kiosk.tap("choice-next");
    assert_eq!(kiosk.label("question"), "王芳：如何处理？");
    kiosk.tap("decision-talk");
    add_action(&kiosk, "kind-training", "owner-1", "about-step-1");
    assert_eq!(desk(&kiosk).get_shown(), ReviewShown::Review);
    assert!(
        kiosk.label("action-1").contains("王芳"),
        "{}",
        kiosk.label("action-1")
    );

    kiosk.tap("finalise");
    assert_eq!(desk(&kiosk).get_shown(), ReviewShown::Finalise);
    kiosk.tap("finalise-confirm");
    assert!(desk(&kiosk).get_is_final());
    assert!(kiosk.label("review-standing").contains("第 1 版"));
    // Nothing is written into it any more.
    part(&kiosk, "causes");
    kiosk.tap("cause-outside");
    kiosk.settle();

    let id = power_cut(dir.path());
    let review = Records::open(dir.path()).unwrap().review(&id).unwrap();
    assert_eq!(review.content.causes, [Cause::Equipment]);
    assert_eq!(review.content.steps.len(), 1);
    let responsible = &review.content.responsibilities[0];
    assert!(matches!(responsible.whose, Party::Person(_)));
    assert_eq!(
        (responsible.evidence.len(), responsible.decision),
        (2, Decision::Talk)
    );
    let action = &review.content.actions[0];
    assert_eq!(action.planned.action, ActionKind::Training);
    let today = kiosk.screens.services().clock.now().date_naive();
    assert_eq!((action.planned.due - today).num_days(), 8);
    let version = review.versions[0].clone();
    assert_eq!(version.digest, digest_of(&review.text_of(&version)));
    let topic = review_topic(&id);
    let entries = Reader::open(dir.path()).unwrap().entries(&topic).unwrap();
    assert_eq!(entries.len(), 7);
    let signed = |one: &Option<String>| one.as_ref().is_some_and(|by| by.starts_with("signed-in:"));
    assert!(entries.iter().all(|one| signed(&one.actor)));

    kiosk.tap("new-version");
    kiosk.tap("cause-outside");
    kiosk.tap("finalise");
    kiosk.tap("finalise-confirm");
    kiosk.settle();
    let review = Records::open(dir.path()).unwrap().review(&id).unwrap();
    assert_eq!(review.versions.len(), 2);
    assert_eq!(review.versions[0], version);
    assert_eq!(review.content.causes, [Cause::Equipment, Cause::Outside]);

    tap(&kiosk, "back-to-board");
    let shown = kiosk
        .window()
        .global::<lobby_kiosk::Records<'_>>()
        .get_shown();
    assert_eq!(shown, RecordsShown::Record);
}

#[test]
fn back_leads_from_each_question_to_the_one_before_and_nothing_is_noted() {
    let (dir, kiosk) = seasoned();
    open(&kiosk, 2, LI);
    part(&kiosk, "actions");
    kiosk.tap("add-action");
    let question = || kiosk.label("question");
    let first = question();
    kiosk.tap("kind-plan");
    assert_ne!(question(), first);
    kiosk.tap("back-to-board");
    assert_eq!(question(), first);
    kiosk.tap("kind-plan");
    kiosk.tap("owner-2");
    assert!(question().starts_with("李建国："), "{}", question());
    kiosk.tap("back-to-board");
    kiosk.tap("owner-1");
    assert!(question().starts_with("王芳："), "{}", question());
    for _ in 0..2 {
        kiosk.tap("back-to-board");
    }
    assert_eq!(question(), first);
    kiosk.tap("back-to-board");
    assert_eq!(desk(&kiosk).get_shown(), ReviewShown::Review);
    assert_eq!(desk(&kiosk).get_part(), ReviewPart::Actions);
    kiosk.settle();
    let topic = review_topic(&power_cut(dir.path()));
    assert!(
        Reader::open(dir.path())
            .unwrap()
            .entries(&topic)
            .unwrap()
            .is_empty()
    );
}

#[test]
fn a_lobby_manager_reads_says_what_helped_and_what_is_done_and_is_refused_the_rest() {
    let (dir, kiosk) = seasoned();
    open(&kiosk, 2, LI);
    part(&kiosk, "causes");
    kiosk.tap("cause-people");
    add_action(&kiosk, "kind-equipment", "owner-2", "about-noticing");
    kiosk.settle();
    let id = power_cut(dir.path());
    let noted = || {
        kiosk.settle();
        let entries = Reader::open(dir.path())
            .unwrap()
            .entries(&review_topic(&id));
        entries.unwrap().len()
    };
    assert_eq!(noted(), 2);

    open(&kiosk, 1, WANG);
    for (name, control) in [
        ("causes", "cause-outside"),
        ("responsibility", "settle-responsibility"),
        ("actions", "add-action"),
        ("actions", "finalise"),
    ] {
        part(&kiosk, name);
        kiosk.tap(control);
        assert!(kiosk.label("refused").contains("负责人"), "{control}");
        assert_eq!(desk(&kiosk).get_shown(), ReviewShown::Review, "{control}");
    }
    assert_eq!(noted(), 2);
    part(&kiosk, "guide");
    kiosk.tap("word-1-helped");
    assert!(!kiosk.shows("refused"));
    part(&kiosk, "actions");
    kiosk.tap("action-1");
    kiosk.tap("drop");
    assert!(kiosk.label("refused").contains("负责人"));
    kiosk.tap("proof-photo");
    assert!(!kiosk.shows("refused"));
    assert_eq!(noted(), 4);
    // What is done is not undone by everybody.
    kiosk.tap("action-1");
    assert!(kiosk.label("refused").contains("负责人"));
    let review = Records::open(dir.path()).unwrap().review(&id).unwrap();
    let state = review.content.actions[0].state;
    assert!(matches!(state, ActionState::Done(_, Proof::Photo)));
}

#[test]
fn what_is_due_and_what_is_to_be_done_is_counted_listed_and_settled() {
    let (dir, kiosk) = seasoned();
    come_in(&kiosk, 2, LI);
    tap(&kiosk, "staff-records");
    // The power cut was eleven days ago, the storm is of today; a mistaken tap is none.
    assert_eq!(kiosk.label("review-due"), "待复盘：2（超期 1）");
    assert_eq!(kiosk.label("staff-actions"), "待办措施：0");
    tap(&kiosk, "review-due");
    assert_eq!(kiosk.label("records-summary"), "共 2 起事件");
    // The one that has waited longest stands first, with its day.
    let first = kiosk.label("record-1");
    assert!(first.contains("停电") && first.contains("超期"), "{first}");
    let second = kiosk.label("record-2");
    assert!(
        second.contains("最迟") && !second.contains("超期"),
        "{second}"
    );
    tap(&kiosk, "record-1");
    tap(&kiosk, "review");
    assert!(
        kiosk.label("review-standing").contains("超期"),
        "{}",
        kiosk.label("review-standing")
    );
    part(&kiosk, "causes");
    kiosk.tap("cause-process");
    add_action(&kiosk, "kind-process", "owner-2", "about-calling");
    kiosk.tap("finalise");
    kiosk.tap("finalise-confirm");
    kiosk.settle();
    // On the way back the list no longer holds it.
    tap(&kiosk, "back-to-board");
    tap(&kiosk, "back-to-board");
    assert_eq!(kiosk.label("records-summary"), "共 1 起事件");
    kiosk.skip(Duration::from_secs(20 * 24 * 3600));
    come_in(&kiosk, 2, LI);
    tap(&kiosk, "staff-records");
    assert_eq!(kiosk.label("review-due"), "待复盘：1（超期 1）");
    assert_eq!(kiosk.label("staff-actions"), "待办措施：1（超期 1）");
    tap(&kiosk, "staff-actions");
    assert_eq!(kiosk.label("actions-summary"), "共 1 项措施");
    assert!(kiosk.label("action-1").contains("停电") && kiosk.label("action-1").contains("超期"));
    // Whose: the first of the two has none.
    tap(&kiosk, "actions-whose");
    tap(&kiosk, "of-1");
    assert_eq!(kiosk.label("actions-summary"), "没有措施");
    tap(&kiosk, "actions-whose");
    tap(&kiosk, "everybody");
    // What is for the next revision of the plan, and what changes how things are done.
    for (kind, found) in [("plan", "没有措施"), ("process", "共 1 项措施")] {
        tap(&kiosk, "actions-kind");
        tap(&kiosk, &format!("listed-{kind}"));
        assert_eq!(kiosk.label("actions-summary"), found);
    }
    tap(&kiosk, "actions-kind");
    tap(&kiosk, "every-kind");
    kiosk.tap("action-1");
    assert!(
        kiosk.label("question").contains("流程"),
        "{}",
        kiosk.label("question")
    );
    kiosk.tap("proof-document");
    assert!(
        kiosk.label("action-1").contains("有材料"),
        "{}",
        kiosk.label("action-1")
    );
    kiosk.settle();
    tap(&kiosk, "actions-settled");
    assert_eq!(kiosk.label("actions-summary"), "共 1 项措施");
    tap(&kiosk, "actions-settled");
    assert_eq!(kiosk.label("actions-summary"), "没有措施");
    let verdict = Records::open(dir.path()).unwrap().verify().unwrap();
    assert!(
        matches!(verdict, lobby_kiosk::store::Verdict::Sound { .. }),
        "{verdict:?}"
    );
}

#[test]
fn nothing_of_a_review_is_left_behind_once_the_area_is_locked() {
    let (_dir, kiosk) = seasoned();
    open(&kiosk, 2, LI);
    assert!(desk(&kiosk).get_lines().row_count() > 0);
    kiosk.tap("lock");
    assert!(kiosk.screens.services().reviews.opened().is_none());
    assert_eq!(desk(&kiosk).get_lines().row_count(), 0);
    for show in [Screen::Review, Screen::Actions] {
        kiosk.screens.state().show(show);
        kiosk.screens.draw();
        let screen = kiosk.window().global::<Shell<'_>>().get_screen();
        assert_eq!(screen, Screen::Pin);
    }
}
