//! The wall clock jumps: running times, deadlines and undo go on, and the record says so.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use lobby_kiosk::config::plan_file;
use lobby_kiosk::domain::clock::{ClockEvent, Mark, Reading, jump_at_start};
use lobby_kiosk::domain::guide::{Deadline, Guide as Standing, Urgency};
use lobby_kiosk::domain::incident::{FollowUp, Incident, IncidentEvent, StepRef};
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::domain::plan::Text;
use lobby_kiosk::domain::summary::Summary;
use lobby_kiosk::i18n::records::RecordWords;
use lobby_kiosk::service::wording::Wording;
use lobby_kiosk::store::{Reader, Verdict};
use slint::{ComponentHandle, Model};

use crate::kiosk::{Kiosk, epoch};

fn day(count: i64) -> TimeDelta {
    TimeDelta::days(count)
}

fn elapsed(kiosk: &Kiosk) -> String {
    let guide = kiosk.window().global::<lobby_kiosk::Guide<'_>>();
    guide.get_elapsed().into()
}

/// Where the clock may jump from the tests' own moment.
fn wrong_clocks() -> [DateTime<Utc>; 6] {
    [
        DateTime::from_timestamp(3, 0).unwrap(),
        epoch() - day(1),
        epoch() - TimeDelta::seconds(40),
        epoch() + TimeDelta::hours(3),
        epoch() + day(1),
        epoch() + day(366 * 40),
    ]
}

#[test]
fn a_time_left_or_over_is_said_in_one_way() {
    let (lang, zone) = (Lang::ZH_CN, chrono_tz::Asia::Shanghai);
    let said = |left: i64| {
        let due = epoch() + TimeDelta::seconds(left);
        lobby_kiosk::i18n::screen::due(&lang, due, epoch(), zone)
    };
    assert_eq!(said(60), "剩 1:00");
    assert_eq!(said(42), "剩 0:42");
    assert_eq!(said(3720), "剩 1:02:00");
    assert_eq!(said(0), "已超 0:00");
    assert_eq!(said(-42), "已超 0:42");
    assert_eq!(said(-3720), "已超 1:02:00");
    assert_eq!(said(2 * 86_400), "11月25日 15:42 前");
    assert_eq!(said(-2 * 86_400), "已超 2 天 0 小时");
}

#[test]
fn beside_a_step_in_the_list_a_time_that_is_long_over_is_short() {
    let said = |lang: &Lang, over: i64| {
        let due = epoch() - TimeDelta::seconds(over);
        lobby_kiosk::i18n::screen::due_in_short(lang, due, epoch(), chrono_tz::Asia::Shanghai)
    };
    assert_eq!(said(&Lang::ZH_CN, 3599), "已超 59:59");
    assert_eq!(said(&Lang::ZH_CN, 3600), "超 1 小时");
    assert_eq!(said(&Lang::EN, 2 * 86_400 - 1), "1 d over");
    // A kiosk that nobody closed an incident on for days.
    let dir = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::start(dir.path());
    kiosk.tap("incident-fire");
    kiosk.skip(Duration::from_secs(50 * 3600));
    kiosk.screens.draw();
    let guide = kiosk.window().global::<lobby_kiosk::Guide<'_>>();
    let rows = guide.get_steps();
    let listed = rows.row_data(guide.get_current_row() as usize).unwrap();
    assert_eq!(listed.time, "超 2 天");
}

#[test]
fn step_list_and_board_say_the_same_of_one_deadline() {
    let dir = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::start(dir.path());
    kiosk.tap("incident-fire");
    for seconds in [5, 70] {
        kiosk.pass(Duration::from_secs(seconds));
        let guide = kiosk.window().global::<lobby_kiosk::Guide<'_>>();
        let due = guide.get_due();
        let rows = guide.get_steps();
        let listed = rows.row_data(guide.get_current_row() as usize).unwrap();
        assert!(!due.is_empty());
        assert_eq!(listed.time, due);
        kiosk.screens.state().show(lobby_kiosk::Screen::Board);
        kiosk.screens.draw();
        assert!(kiosk.label("open-1").contains(due.as_str()), "{due}");
        kiosk.tap("open-1");
    }
}

#[test]
fn the_guide_counts_on_whatever_the_clock_shows() {
    for to in wrong_clocks() {
        let dir = tempfile::tempdir().unwrap();
        let kiosk = Kiosk::start(dir.path());
        kiosk.tap("incident-fire");
        kiosk.pass(Duration::from_secs(20));
        let (before, urgency) = (elapsed(&kiosk), kiosk.urgency());
        assert!(before.starts_with("0:2"), "{before}");
        kiosk.set_clock(to);
        kiosk.pass(Duration::from_secs(1));
        assert!(
            elapsed(&kiosk).starts_with("0:2"),
            "{to}: {}",
            elapsed(&kiosk)
        );
        assert_eq!(kiosk.urgency(), urgency, "{to}");
        kiosk.pass(Duration::from_secs(10));
        assert!(
            elapsed(&kiosk).starts_with("0:3"),
            "{to}: {}",
            elapsed(&kiosk)
        );
        // And back, as a time server does some minutes later.
        kiosk.set_clock(epoch() + TimeDelta::seconds(31));
        kiosk.pass(Duration::from_secs(10));
        assert!(
            elapsed(&kiosk).starts_with("0:4"),
            "{to}: {}",
            elapsed(&kiosk)
        );
        let id = kiosk.open()[0].id.clone();
        let kinds: Vec<String> = kiosk.entries(&id).into_iter().map(|one| one.kind).collect();
        let jumps = kinds.iter().filter(|kind| *kind == "incident.clock-jumped");
        assert_eq!(jumps.count(), 2, "{to}: {kinds:?}");
    }
}

#[test]
fn a_jump_is_noted_before_the_act_that_follows_it() {
    let dir = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::start(dir.path());
    kiosk.tap("incident-fire");
    kiosk.pass(Duration::from_secs(10));
    let id = kiosk.open()[0].id.clone();
    kiosk.set_clock(epoch() - day(1));
    kiosk
        .screens
        .services()
        .incidents
        .mark_current(&id, lobby_kiosk::domain::incident::Mark::Done);
    let entries = kiosk.entries(&id);
    let kinds: Vec<&str> = entries.iter().map(|one| one.kind.as_str()).collect();
    assert_eq!(
        kinds,
        [
            "incident.started",
            "incident.clock-jumped",
            "incident.step-marked"
        ]
    );
    // In words, everywhere.
    for (lang, what, detail) in [
        (&Lang::ZH_CN, "本机时钟被调整", "调慢"),
        (&Lang::EN, "The tablet's clock was set", "back"),
    ] {
        let event = entries[1].event();
        let said = RecordWords { lang }.entry(&entries[1].kind, event.as_ref());
        assert_eq!(said.what, what);
        assert!(said.detail.contains(detail), "{}", said.detail);
    }
    let reader = Reader::open(dir.path()).unwrap();
    let clock = reader.entries("clock").unwrap();
    assert_eq!(clock.len(), 1);
    assert_eq!(clock[0].kind, "clock.jumped");
    assert!(clock[0].seq < entries[1].seq);
    // Never backwards without a word.
    let mut before = i64::MIN;
    reader
        .for_each(|one| -> Result<(), lobby_kiosk::store::StoreError> {
            assert!(one.at >= before || one.kind.ends_with("jumped"), "{one:?}");
            before = one.at;
            Ok(())
        })
        .unwrap();
    assert!(matches!(reader.verify().unwrap(), Verdict::Sound { .. }));
}

#[test]
fn with_nothing_open_the_jump_is_noted_all_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::start(dir.path());
    kiosk.set_clock(epoch() + day(30));
    kiosk.pass(Duration::from_secs(61));
    kiosk.tap("incident-fire");
    kiosk.settle();
    let reader = Reader::open(dir.path()).unwrap();
    assert_eq!(reader.entries("clock").unwrap().len(), 1);
    assert_eq!(elapsed(&kiosk), "0:00");
}

#[test]
fn a_step_of_the_clock_within_two_seconds_is_no_jump() {
    let dir = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::start(dir.path());
    kiosk.tap("incident-fire");
    kiosk.pass(Duration::from_secs(5));
    kiosk.set_clock(kiosk.now() + TimeDelta::milliseconds(1900));
    kiosk.pass(Duration::from_secs(5));
    // Small steps add up, and are noted once they are one.
    let id = kiosk.open()[0].id.clone();
    assert_eq!(kiosk.entries(&id).len(), 1);
    kiosk.set_clock(kiosk.now() + TimeDelta::milliseconds(200));
    kiosk.pass(Duration::from_secs(1));
    assert_eq!(kiosk.entries(&id).len(), 2);
}

#[test]
fn a_start_can_be_undone_for_five_seconds_of_real_time() {
    for to in wrong_clocks() {
        let dir = tempfile::tempdir().unwrap();
        let kiosk = Kiosk::start(dir.path());
        kiosk.tap("incident-fire");
        kiosk.pass(Duration::from_secs(1));
        kiosk.set_clock(to);
        kiosk.pass(Duration::from_secs(1));
        assert!(kiosk.shows("undo"), "{to}");
        kiosk.pass(Duration::from_secs(4));
        assert!(!kiosk.shows("undo"), "{to}");
    }
}

#[test]
fn a_clock_set_back_while_the_tablet_was_off_makes_nothing_run_backwards() {
    for to in [DateTime::from_timestamp(3, 0).unwrap(), epoch() - day(1)] {
        let dir = tempfile::tempdir().unwrap();
        let kiosk = Kiosk::start(dir.path());
        kiosk.tap("incident-fire");
        kiosk.pass(Duration::from_secs(90));
        kiosk.tap("step-done");
        kiosk.settle();
        kiosk.stop();
        for _ in 0..2 {
            let again = Kiosk::start_at(dir.path(), to);
            again.pass(Duration::from_secs(1));
            assert!(elapsed(&again).starts_with("1:3"), "{}", elapsed(&again));
            let id = again.open()[0].id.clone();
            let entries = again.entries(&id);
            let noted = entries
                .iter()
                .filter(|one| one.kind == "incident.clock-jumped");
            assert_eq!(noted.count(), 1, "noted once");
            again.stop();
        }
    }
}

#[test]
fn within_one_boot_the_other_clock_tells_what_the_wall_clock_did() {
    let reading = |wall: i64, up: i64| Reading {
        wall: epoch() + TimeDelta::seconds(wall),
        up: TimeDelta::seconds(up),
    };
    let event = ClockEvent::Read {
        boot: "a".to_owned(),
        up_ms: 100_000,
    };
    let mark = Mark::of(epoch(), &event).unwrap();
    let by = |now, boot: &str, last: i64| {
        let last = epoch() + TimeDelta::seconds(last);
        jump_at_start(now, Some(boot), Some(&mark), Some(last)).map(|by| by.num_seconds())
    };
    assert_eq!(by(reading(50, 150), "a", 40), None);
    assert_eq!(by(reading(86_450, 150), "a", 40), Some(86_400));
    assert_eq!(by(reading(-86_350, 150), "a", 40), Some(-86_400));
    // After another start of the machine only what is recorded tells.
    assert_eq!(by(reading(86_450, 7), "b", 40), None);
    assert_eq!(by(reading(-60, 7), "b", 40), Some(-100));
    assert_eq!(jump_at_start(reading(0, 0), None, None, None), None);
}

/// A plain generator, so that each run tries the same.
fn random(state: &mut u64) -> i64 {
    *state = state
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) as i64
}

#[test]
fn however_the_clock_jumps_what_has_passed_and_what_is_left_is_the_same() {
    let plan = plan_file::built_in();
    let kind = plan.incident("fire").unwrap();
    let begun = IncidentEvent::Started {
        type_id: kind.id.clone(),
        name: kind.name.clone(),
        plan: String::new(),
        digest: None,
    };
    let closed = IncidentEvent::Closed {
        outcome: "resolved".to_owned(),
        words: Text::new([(Lang::EN, "Resolved")]),
        follow_ups: vec![FollowUp {
            step: StepRef {
                type_id: kind.id.clone(),
                step: "later".to_owned(),
            },
            command: Text::default(),
            due: epoch() + day(1),
        }],
    };
    for seed in 0..200 {
        let mut state = seed;
        let mut incident = Incident::begin(&"i".into(), &"e".into(), epoch(), &begun).unwrap();
        let mut row = Summary::begin(&"i".into(), epoch(), &begun).unwrap();
        let (mut real, mut wrong) = (TimeDelta::zero(), TimeDelta::zero());
        let close_after = random(&mut state) % 20;
        let mut due = day(1);
        for turn in 0..20 {
            real += TimeDelta::seconds(random(&mut state) % 400);
            if turn == close_after {
                let mut event = closed.clone();
                if let IncidentEvent::Closed { follow_ups, .. } = &mut event {
                    follow_ups[0].due = epoch() + wrong + day(1);
                }
                due = day(1);
                incident.apply(&"e".into(), epoch() + real + wrong, &event);
                row.apply(epoch() + real + wrong, &event);
            }
            let by = TimeDelta::milliseconds(random(&mut state) * 977 - (1 << 30) * 977);
            wrong += by;
            let event = IncidentEvent::ClockJumped {
                by_ms: by.num_milliseconds(),
            };
            let now = epoch() + real + wrong;
            incident.apply(&"e".into(), now, &event);
            row.apply(now, &event);
            if incident.is_open() {
                assert_eq!(incident.elapsed(now), real, "seed {seed}, turn {turn}");
                let guide = Standing::of(&incident, kind);
                let timed = guide.steps.iter().find(|one| one.due.is_some()).unwrap();
                let within = TimeDelta::seconds(i64::from(timed.step.within.unwrap()));
                let deadline = Deadline::at(incident.started, timed.due.unwrap(), now);
                assert_eq!(deadline.left, within - real);
                assert_eq!(deadline.urgency == Urgency::Overdue, real >= within);
            } else {
                assert_eq!(incident.follow_ups[0].due - now, due - real);
                assert_eq!(incident.closed_at(), row.ended);
                assert_eq!(incident.follow_ups, row.follow_ups);
            }
            assert_eq!(incident.started, row.started);
        }
    }
}
