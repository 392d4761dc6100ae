//! The staff's PIN, the waits after wrong ones, and what of it is written down.

use chrono::{DateTime, TimeDelta, Utc};
use lobby_kiosk::domain::staff::{Lockout, StaffEvent, is_pin};

fn at(second: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_420_000 + second, 0).expect("a time")
}

/// What the journal holds after these seconds with a wrong PIN each.
fn wrong(seconds: impl IntoIterator<Item = i64>) -> Lockout {
    let mut lockout = Lockout::default();
    for second in seconds {
        lockout.apply(at(second), &StaffEvent::Refused {});
    }
    lockout
}

#[test]
fn three_wrong_tries_cost_nothing() {
    for tries in 0..=3 {
        let lockout = wrong(0..tries);
        assert_eq!(lockout.until(), None);
        assert!(!lockout.is_locked(at(tries)));
    }
}

#[test]
fn each_further_one_doubles_the_wait_up_to_an_hour() {
    let waits: Vec<i64> = (4..=14)
        .map(|tries| {
            let lockout = wrong(vec![0; tries]);
            (lockout.until().expect("a wait") - at(0)).num_seconds()
        })
        .collect();
    let expected = [30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600, 3600];
    assert_eq!(waits, expected);
    let many = wrong(vec![0; 1000]);
    assert_eq!(many.until(), Some(at(3600)));
}

#[test]
fn a_wait_ends_to_the_second() {
    let lockout = wrong([0, 1, 2, 10]);
    assert_eq!(lockout.until(), Some(at(40)));
    assert!(lockout.is_locked(at(10)));
    assert_eq!(lockout.left(at(10)), Some(TimeDelta::seconds(30)));
    assert_eq!(lockout.left(at(39)), Some(TimeDelta::seconds(1)));
    assert!(lockout.is_locked(at(40) - TimeDelta::milliseconds(1)));
    assert!(!lockout.is_locked(at(40)));
    assert_eq!(lockout.left(at(40)), None);
    // Waiting it out does not make the tries good.
    let again = wrong([0, 1, 2, 10, 5000]);
    assert_eq!(again.until(), Some(at(5060)));
}

#[test]
fn the_right_pin_makes_all_good() {
    let mut lockout = wrong([0, 1, 2, 3, 40]);
    lockout.apply(at(200), &StaffEvent::Unlocked {});
    assert_eq!(lockout, Lockout::default());
    for second in 201..204 {
        lockout.apply(at(second), &StaffEvent::Refused {});
    }
    assert_eq!(lockout.until(), None);
}

#[test]
fn numbers_have_nothing_to_do_with_it() {
    let mut lockout = wrong([0, 1, 2, 3]);
    let before = lockout.clone();
    let role = || "security".to_owned();
    let (role_changed, role_confirmed) = (role(), role());
    lockout.apply(
        at(9),
        &StaffEvent::NumberChanged {
            role: role_changed,
            place: 0,
        },
    );
    lockout.apply(
        at(9),
        &StaffEvent::NumberConfirmed {
            role: role_confirmed,
            place: 0,
        },
    );
    assert_eq!(lockout, before);
}

#[test]
fn a_clock_set_back_locks_nobody_out() {
    let year = 365 * 86_400;
    let lockout = wrong([year, year, year, year]);
    assert!(lockout.is_locked(at(year)));
    for earlier in [year - 1, 3600, 0] {
        assert!(!lockout.is_locked(at(earlier)));
        assert_eq!(lockout.left(at(earlier)), None);
    }
    // The next wrong try waits longer than the last one, and from its own time.
    let next = wrong([year, year, year, year, 0]);
    assert_eq!(next.until(), Some(at(60)));
    assert!(next.is_locked(at(59)));
    for now in (0..200).map(at) {
        let left = next.left(now).unwrap_or_default();
        assert!(left <= TimeDelta::seconds(60), "{now}");
    }
}

#[test]
fn the_ends_of_time_are_no_reason_to_stop() {
    let mut lockout = Lockout::default();
    for _ in 0..20 {
        lockout.apply(DateTime::<Utc>::MAX_UTC, &StaffEvent::Refused {});
    }
    assert_eq!(lockout.until(), Some(DateTime::<Utc>::MAX_UTC));
    assert!(!lockout.is_locked(DateTime::<Utc>::MIN_UTC));
    assert!(!lockout.is_locked(DateTime::<Utc>::MAX_UTC));
}

#[test]
fn a_pin_is_no_number_that_anybody_tries_first() {
    for good in [
        "482915",
        "112233",
        "123457",
        "098764",
        "135792",
        "482915037264",
    ] {
        assert!(is_pin(good), "{good}");
    }
    for bad in [
        "",
        "4829",
        "48291",
        "4829150372641",
        "000000",
        "777777777777",
        "123456",
        "0123456789",
        "987654",
        "9876543210",
        "567890",
        "432109",
        "48291a",
        " 482915",
        "482 915",
        "４８２９１５",
        "482915\n",
        "-48291",
    ] {
        assert!(!is_pin(bad), "{bad:?}");
    }
}

#[test]
fn what_the_journal_holds_of_it() {
    let role = "security".to_owned();
    for (event, json) in [
        (
            StaffEvent::Unlocked {},
            r#"{"kind":"staff.unlocked","body":{}}"#,
        ),
        (
            StaffEvent::Refused {},
            r#"{"kind":"staff.refused","body":{}}"#,
        ),
        (
            StaffEvent::NumberChanged {
                role: role.clone(),
                place: 1,
            },
            r#"{"kind":"staff.number-changed","body":{"role":"security","place":1}}"#,
        ),
        (
            StaffEvent::NumberConfirmed { role, place: 0 },
            r#"{"kind":"staff.number-confirmed","body":{"role":"security","place":0}}"#,
        ),
    ] {
        assert_eq!(serde_json::to_string(&event).expect("JSON"), json);
        let read: StaffEvent = serde_json::from_str(json).expect("an event");
        assert_eq!(read, event);
    }
}
