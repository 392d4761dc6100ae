//! What the screens show and where one is, as the state says it: no window is made here.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::DateTime;
use lobby_kiosk::app::Branch;
use lobby_kiosk::domain::ids::IncidentId;
use lobby_kiosk::domain::incident::Mark;
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::service::clock::Clock;
use lobby_kiosk::service::journal::Journal;
use lobby_kiosk::service::recorder::Recorder;
use lobby_kiosk::view::navigator::Navigator;
use lobby_kiosk::view::shell::Rested;
use lobby_kiosk::view::{ViewState, after, board, call, evacuation, guide, posted, shell};
use lobby_kiosk::{EvacuationFace, Face, Screen, StepMark, Urgency};

use crate::kiosk::epoch;

/// The state of a kiosk that keeps nothing, and the clock that the test moves.
struct Stage {
    state: ViewState,
    at: Arc<AtomicI64>,
    _dir: tempfile::TempDir,
}

impl Stage {
    fn new(display_only: bool) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let at = Arc::new(AtomicI64::new(epoch().timestamp_millis()));
        let read = Arc::clone(&at);
        let now = move || {
            DateTime::from_timestamp_millis(read.load(Ordering::SeqCst)).unwrap_or_default()
        };
        let journal = Journal::in_memory(Arc::new(|_| {})).unwrap();
        let recorder = Recorder::with_clock(journal, Clock::new(now));
        let services = Branch::load(dir.path()).services(recorder, Vec::new());
        Self {
            state: ViewState::new(services, display_only),
            at,
            _dir: dir,
        }
    }

    fn pass(&self, seconds: i64) {
        self.at.fetch_add(1_000 * seconds, Ordering::SeqCst);
    }

    fn here(&self) -> Screen {
        self.state.navigator().here()
    }

    /// Starts an incident of this type, and gives its id.
    fn tap(&self, type_id: &str) -> IncidentId {
        self.state.tap_type(type_id);
        self.state.services().incidents.latest_open().unwrap()
    }
}

#[test]
fn a_display_that_only_looks_on_never_shows_what_is_acted_on() {
    let navigator = Navigator::new(Screen::Posted, true);
    for screen in [
        Screen::Board,
        Screen::Guide,
        Screen::After,
        Screen::Pin,
        Screen::Inbox,
    ] {
        navigator.go(screen, true);
        assert_eq!(navigator.here(), Screen::Posted, "{screen:?}");
    }
    navigator.go(Screen::Evacuation, false);
    assert_eq!(navigator.here(), Screen::Evacuation);
}

#[test]
fn what_is_for_the_staff_lies_behind_the_pad_until_it_is_unlocked() {
    let navigator = Navigator::new(Screen::Board, false);
    for screen in [Screen::Inbox, Screen::Complaint, Screen::Numbers] {
        navigator.go(screen, false);
        assert_eq!(navigator.here(), Screen::Pin, "{screen:?}");
        navigator.go(screen, true);
        assert_eq!(navigator.here(), screen);
    }
}

#[test]
fn a_visit_leads_back_to_where_it_began_whatever_was_visited_on_the_way() {
    let stage = Stage::new(false);
    let incident = stage.tap("fire");
    stage.state.visit(Screen::Contacts);
    stage.state.visit(Screen::Codes);
    assert_eq!(stage.state.navigator().before(), Screen::Guide);
    assert_eq!(stage.state.navigator().came_from(), Screen::Guide);
    assert!(!stage.state.navigator().is_turned());
    stage.state.show_guide(&incident);
    stage.state.show_public_notice();
    stage.state.visit(Screen::Contacts);
    assert!(stage.state.navigator().is_turned(), "customers stand there");
}

#[test]
fn the_board_offers_every_type_of_the_plan_once() {
    let stage = Stage::new(false);
    let buttons = board::presenter::buttons(&stage.state);
    let classes = buttons.classes.iter().flat_map(|class| &class.types);
    let mut offered: Vec<String> = (classes.chain(&buttons.beside))
        .map(|button| button.type_id.to_string())
        .collect();
    let plan = stage.state.services().plan();
    let on_it = plan.incidents.iter().filter(|kind| !kind.behind);
    let mut planned: Vec<String> = on_it.map(|kind| kind.id.clone()).collect();
    offered.sort();
    planned.sort();
    assert_eq!(offered, planned);
}

#[test]
fn a_tap_opens_the_guide_and_the_board_shows_the_step_to_do() {
    let stage = Stage::new(false);
    stage.tap("sudden-illness");
    assert_eq!(stage.here(), Screen::Guide);
    let model = guide::presenter::present(&stage.state).unwrap();
    let guide::presenter::FaceModel::Steps(steps) = model.shown else {
        panic!("{:?}", model.shown)
    };
    assert!(steps.has_current && !steps.command.is_empty());
    let board = board::presenter::present(&stage.state);
    assert_eq!(board.open[0].now, steps.command.as_str());
    assert!(!board.after.shown);
}

#[test]
fn a_step_that_is_another_one_pauses_and_one_that_ticks_on_does_not() {
    let stage = Stage::new(false);
    let id = stage.tap("fire");
    let turn = || guide::presenter::present(&stage.state).unwrap().turn;
    let first = turn();
    stage.pass(1);
    assert_eq!(turn(), first, "only the clock went on");
    stage.state.mark_current(&id, Mark::Done);
    let second = turn();
    assert_ne!(second, first);
    stage.state.show_guide(&id);
    assert_ne!(turn(), second, "it has just come again");
}

#[test]
fn a_step_that_was_left_is_asked_about_and_stands_in_the_log() {
    let stage = Stage::new(false);
    let id = stage.tap("fire");
    stage.state.mark_current(&id, Mark::Skipped);
    let model = guide::presenter::present(&stage.state).unwrap();
    let guide::presenter::FaceModel::Steps(steps) = model.shown else {
        panic!("{:?}", model.shown)
    };
    assert!(!steps.reasons.is_empty() && !steps.reasons_title.is_empty());
    assert_eq!(steps.rows[0].mark, StepMark::Skipped);
    stage.state.turn_to(Face::Log);
    let model = guide::presenter::present(&stage.state).unwrap();
    let guide::presenter::FaceModel::Log(rows) = model.shown else {
        panic!("{:?}", model.shown)
    };
    assert_eq!(rows[0].mark, StepMark::Skipped, "the newest first");
    assert_eq!(rows[1].mark, StepMark::Start);
    assert!(rows.iter().any(|row| row.mark == StepMark::Open));
}

#[test]
fn a_closed_incident_leaves_its_follow_ups_behind() {
    let stage = Stage::new(false);
    let id = stage.tap("group-complaint");
    let outcome = stage.state.services().plan().outcomes[0].choice.id.clone();
    assert!(stage.state.services().incidents.close(&id, &outcome));
    stage.state.show_guide(&id);
    let model = guide::presenter::present(&stage.state).unwrap();
    assert_eq!(model.face, Face::Closed);
    let left = after::presenter::present(&stage.state);
    assert!(!left.follow_ups.is_empty());
    assert_eq!(left.closed.len(), 1);
    assert!(
        left.follow_ups
            .iter()
            .all(|row| row.incident == id.as_str())
    );
    stage.pass(400 * 24 * 3600);
    let late = after::presenter::present(&stage.state);
    let urgency = |row: &lobby_kiosk::FollowUpRow| row.urgency == Urgency::Overdue;
    assert!(late.follow_ups.iter().all(urgency));
}

#[test]
fn people_who_leave_read_the_command_and_the_staff_what_they_leave_for() {
    let stage = Stage::new(false);
    stage.tap("fire");
    stage.state.evacuate();
    assert_eq!(stage.here(), Screen::Evacuation);
    let signs = evacuation::presenter::present(&stage.state).unwrap();
    assert_eq!(signs.face, EvacuationFace::Signs);
    assert!(!signs.command.is_empty() && !signs.hazard.is_empty());
    assert!(signs.undo_left > 0 && signs.with_place);
    stage.pass(60);
    let later = evacuation::presenter::present(&stage.state).unwrap();
    assert_eq!((later.elapsed.as_str(), later.undo_left), ("1:00", 0));
    assert!(shell::presenter::present(&stage.state).evacuating);
}

#[test]
fn nobody_there_leads_to_what_goes_on_or_by_way_of_the_board_to_the_numbers() {
    let stage = Stage::new(false);
    stage.state.show(Screen::After);
    assert_eq!(stage.state.rest(), Rested::Again);
    assert_eq!(stage.here(), Screen::Board);
    assert_eq!(stage.state.rest(), Rested::Done);
    assert_eq!(stage.here(), Screen::Posted);
    stage.tap("fire");
    stage.state.show(Screen::Board);
    stage.state.rest();
    assert_eq!(stage.here(), Screen::Guide, "an incident is open");
    stage.state.post();
    assert_eq!(stage.here(), Screen::Posted);
    stage.state.evacuate();
    stage.state.post();
    assert_eq!(stage.here(), Screen::Evacuation, "signs to leave by stay");
}

#[test]
fn nobody_there_finds_the_branchs_own_language_again() {
    let stage = Stage::new(false);
    let own = stage.state.lang();
    stage.state.choose_lang(&Lang::EN);
    stage.state.rest();
    assert_eq!(stage.state.lang(), own);
}

#[test]
fn the_posted_face_and_the_list_know_the_same_numbers_for_now() {
    let stage = Stage::new(false);
    let posted = posted::presenter::present(&stage.state);
    let list = call::presenter::present(&stage.state);
    let of_posted: Vec<_> = posted.now.iter().map(|one| &one.number).collect();
    let of_list: Vec<_> = list.now.iter().map(|one| &one.number).collect();
    assert!(!of_posted.is_empty());
    assert!(of_posted.iter().all(|number| of_list.contains(number)));
}

#[test]
fn a_second_display_follows_people_who_leave_and_starts_nothing_itself() {
    let stage = Stage::new(true);
    stage.state.evacuate();
    assert!(stage.state.services().incidents.evacuating().is_none());
    assert_eq!(stage.here(), Screen::Posted);
}
