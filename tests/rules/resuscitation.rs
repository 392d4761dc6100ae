//! The rhythm of a resuscitation, its two minutes, and the samples that are played of it.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use lobby_kiosk::config::plan_file;
use lobby_kiosk::domain::incident::{Incident, IncidentEvent, Mark, StepRef};
use lobby_kiosk::domain::plan::Text;
use lobby_kiosk::domain::resuscitation::{
    End, ResuscitationEvent, Turn, beside_the_beat, compression, onset, pulse, turn,
};
use lobby_kiosk::domain::vital;
use lobby_kiosk::sound::tone::{self, RATE, rhythm};
use lobby_kiosk::sound::wav;

fn began() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 7, 42, 0).unwrap()
}

fn after(seconds: i64) -> DateTime<Utc> {
    began() + TimeDelta::seconds(seconds)
}

/// Onsets in samples: where it becomes loud after it was quiet for a while, in milliseconds.
fn onsets(samples: &[i16], from: u64) -> Vec<f64> {
    let quiet = (0.2 * f64::from(RATE)) as u64;
    let mut last_loud = None::<u64>;
    let mut found = Vec::new();
    for (at, sample) in (from..).zip(samples) {
        if sample.unsigned_abs() > 1_500 {
            if last_loud.is_none_or(|last| at - last > quiet) {
                found.push(at as f64 * 1_000.0 / f64::from(RATE));
            }
            last_loud = Some(at);
        }
    }
    found
}

#[test]
fn a_hundred_and_ten_compressions_fill_a_minute() {
    assert_eq!(onset(0), Duration::ZERO);
    assert_eq!(onset(110), Duration::from_secs(60));
    assert_eq!(onset(220), Duration::from_secs(120));
    for number in [0, 1, 2, 109, 110, 219, 220, 221, 3_301] {
        assert_eq!(compression(onset(number)), number);
        let before = onset(number + 1) - Duration::from_micros(1);
        assert_eq!(compression(before), number, "until the next one");
    }
}

#[test]
fn the_pulse_turns_twice_a_compression_and_never_drifts() {
    let mut elapsed = Duration::ZERO;
    let mut pressed = 0;
    while elapsed < Duration::from_secs(120) {
        let now = pulse(elapsed);
        assert!(!now.lasts.is_zero() && now.lasts <= Duration::from_millis(280));
        pressed += u32::from(now.pressed);
        // A timer is late now and then.
        elapsed += now.lasts + Duration::from_micros(u64::from(pressed % 7) * 300);
    }
    assert_eq!(pressed, 220);
}

#[test]
fn what_is_drawn_beside_the_pulse_never_makes_it_late() {
    for second in 0..240 {
        let due = Duration::from_secs(second);
        let at = beside_the_beat(due);
        assert!(
            at >= due && at < due + Duration::from_millis(200),
            "{second}"
        );
        let (before, next) = (onset(compression(at)), onset(compression(at) + 1));
        assert!(at - before >= Duration::from_millis(40), "{second}");
        assert!(next - at >= Duration::from_millis(140), "{second}");
    }
}

#[test]
fn onsets_of_the_tones_are_545_ms_apart_and_do_not_drift() {
    // Two minutes and a half, begun in the midst of it, as after a restart.
    for from in [0, 7 * u64::from(RATE) + 123] {
        let samples: Vec<i16> = (from..from + 150 * u64::from(RATE)).map(rhythm).collect();
        let found = onsets(&samples, from);
        assert!(found.len() >= 274, "{}", found.len());
        for two in found.windows(2) {
            assert!((two[1] - two[0] - 545.45).abs() < 5.0, "{two:?}");
        }
        for at in &found {
            let nearest = onset((at / 545.4545).round() as u64).as_secs_f64() * 1_000.0;
            assert!((at - nearest).abs() < 1.0, "{at} and not {nearest}");
        }
    }
}

#[test]
fn the_ring_comes_with_the_end_of_two_minutes_and_only_then() {
    let rate = u64::from(RATE);
    let loudness = |number: u64| {
        // After a click has faded the ring still sounds.
        let from = tone::samples_in(onset(number)) + rate * 200 / 1_000;
        let loud = (from..from + rate / 20).map(|at| rhythm(at).unsigned_abs());
        loud.max().unwrap()
    };
    for number in [0, 1, 2, 110, 219, 223, 330, 439] {
        assert_eq!(loudness(number), 0, "{number}");
    }
    for number in [220, 221, 222, 440, 660] {
        assert!(loudness(number) > 2_000, "{number}");
    }
    for number in [220, 440, 660] {
        let at = tone::samples_in(Duration::from_secs(120 * (number / 220)));
        let start = (at - rate / 10..).find(|at| rhythm(*at).unsigned_abs() > 1_500);
        let late = start.unwrap() as f64 - at as f64;
        assert!((0.0..rate as f64 * 0.03).contains(&late), "{late}");
    }
}

#[test]
fn a_stream_has_the_head_of_a_wav_file() {
    let head = wav::head(Some(10));
    assert_eq!(
        (head.len(), &head[..4], &head[8..16]),
        (44, &b"RIFF"[..], &b"WAVEfmt "[..])
    );
    assert_eq!(head[40..44], 20_u32.to_le_bytes());
    assert_eq!(head[24..28], RATE.to_le_bytes());
    let endless = u32::from_le_bytes(wav::head(None)[40..44].try_into().unwrap());
    assert!(endless > 6 * 3_600 * RATE * 2, "hours without an end");
    assert_eq!(wav::bytes([1, -2]), [1, 0, 0xfe, 0xff]);
}

#[test]
fn the_tone_of_an_overdue_step_is_short_and_swells() {
    let samples: Vec<i16> = tone::overdue().collect();
    assert!(samples.len() < RATE as usize);
    let loudest = samples.iter().map(|one| one.unsigned_abs()).max().unwrap();
    assert!(loudest > 20_000);
    let last = samples.last().unwrap().unsigned_abs();
    assert!(samples[0].unsigned_abs() < 500 && last < 500, "no crack");
}

#[test]
fn the_two_minutes_are_counted_down_and_begin_anew() {
    let at = |seconds| turn(TimeDelta::seconds(seconds), None);
    assert_eq!(at(0), (120, Turn::Going));
    assert_eq!(at(104), (16, Turn::Going));
    assert_eq!(at(105), (15, Turn::Ready));
    assert_eq!(at(119), (1, Turn::Ready));
    assert_eq!(at(120), (120, Turn::Change));
    assert_eq!(at(134), (106, Turn::Change));
    assert_eq!(at(135), (105, Turn::Going));
    assert_eq!(at(240), (120, Turn::Change));
    let said = |seconds, changed| {
        turn(
            TimeDelta::seconds(seconds),
            Some(TimeDelta::seconds(changed)),
        )
    };
    assert_eq!(said(125, 123), (115, Turn::Going), "it was done");
    assert_eq!(
        said(110, 107),
        (10, Turn::Going),
        "when the next one was ready"
    );
    assert_eq!(said(121, 107), (119, Turn::Going));
    assert_eq!(said(121, 104), (119, Turn::Change), "long before");
    assert_eq!(
        said(241, 123),
        (119, Turn::Change),
        "that was the one before"
    );
}

fn incident() -> Incident {
    let started = IncidentEvent::Started {
        type_id: "sudden-illness".to_owned(),
        name: Text::default(),
        plan: String::new(),
        digest: None,
    };
    Incident::begin(&"i".into(), &"e".into(), began(), &started).unwrap()
}

fn say(one: &mut Incident, seconds: i64, event: ResuscitationEvent) {
    one.apply(
        &"e".into(),
        after(seconds),
        &IncidentEvent::Resuscitation(event),
    );
}

#[test]
fn it_goes_on_until_somebody_says_otherwise_and_ends_with_its_incident() {
    let mut one = incident();
    say(&mut one, 1, ResuscitationEvent::AedHere {});
    assert_eq!(one.resuscitation, None, "nothing was begun");
    say(&mut one, 10, ResuscitationEvent::Started {});
    assert!(one.running_resuscitation().unwrap().may_undo(after(12)));
    assert!(!one.running_resuscitation().unwrap().may_undo(after(16)));
    say(&mut one, 20, ResuscitationEvent::AedHere {});
    say(&mut one, 30, ResuscitationEvent::AedHere {});
    assert_eq!(one.running_resuscitation().unwrap().aed, Some(after(20)));
    one.apply(
        &"e".into(),
        after(40),
        &IncidentEvent::ClockJumped { by_ms: 3_600_000 },
    );
    assert_eq!(one.running_resuscitation().unwrap().started, after(3_610));

    let closed = IncidentEvent::Closed {
        outcome: "resolved".to_owned(),
        words: Text::default(),
        follow_ups: Vec::new(),
    };
    one.apply(&"e".into(), after(3_700), &closed);
    assert_eq!(one.running_resuscitation(), None);
    one.apply(&"e".into(), after(3_702), &IncidentEvent::CloseUndone {});
    assert!(one.running_resuscitation().is_some(), "closed by mistake");
    one.apply(&"e".into(), after(3_710), &closed);
    one.apply(&"e".into(), after(9_000), &IncidentEvent::Reopened {});
    assert_eq!(one.running_resuscitation(), None, "that was hours ago");

    say(&mut one, 9_010, ResuscitationEvent::Started {});
    assert!(
        one.running_resuscitation().unwrap().aed.is_some(),
        "still there"
    );
    say(
        &mut one,
        9_020,
        ResuscitationEvent::Ended {
            end: End::TakenOver,
        },
    );
    assert_eq!(one.running_resuscitation(), None);
    say(&mut one, 9_030, ResuscitationEvent::Started {});
    say(&mut one, 9_032, ResuscitationEvent::Undone {});
    assert_eq!(one.resuscitation, None);
}

#[test]
fn only_open_vital_steps_of_a_guide_that_hides_nothing_call_with_a_tone() {
    let plan = plan_file::built_in();
    let mut one = incident();
    let kind = plan.incident("sudden-illness").unwrap();
    let ids = |one: &Incident| -> Vec<String> {
        let all = vital::deadlines(one, kind).into_iter();
        all.map(|(step, _)| step.step).collect()
    };
    assert_eq!(ids(&one), ["call-120"]);
    let due = vital::deadlines(&one, kind)[0].1;
    assert!(!vital::has_just_passed(due, due - TimeDelta::seconds(1)));
    assert!(vital::has_just_passed(due, due));
    assert!(
        !vital::has_just_passed(due, due + TimeDelta::seconds(5)),
        "old news"
    );

    let marked = IncidentEvent::StepMarked {
        step: StepRef {
            type_id: "sudden-illness".to_owned(),
            step: "call-120".to_owned(),
        },
        command: Text::default(),
        mark: Mark::Done,
        reason: None,
        correction: false,
        approved: false,
    };
    one.apply(&"e".into(), after(5), &marked);
    assert!(ids(&one).is_empty());
    let mut discreet = kind.clone();
    discreet.discreet = true;
    assert!(vital::deadlines(&incident(), &discreet).is_empty());
}
