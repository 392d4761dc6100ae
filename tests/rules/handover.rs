//! What the rescuers are handed: what was done and when, as the record has it, and the same in a code.

use chrono::{DateTime, Duration, TimeZone, Utc};
use lobby_kiosk::config::plan_file;
use lobby_kiosk::config::settings::Branch;
use lobby_kiosk::domain::calling::{CallEvent, Outcome};
use lobby_kiosk::domain::evacuation::{End, EvacuationEvent};
use lobby_kiosk::domain::handover::{Done, acts, concerns_building, open_words};
use lobby_kiosk::domain::incident::{Incident, IncidentEvent, Mark, StepRef};
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::domain::plan::{IncidentType, Text};
use lobby_kiosk::domain::resuscitation::{self, ResuscitationEvent};
use lobby_kiosk::i18n::handover::{self as words, CODE_BYTES, Facts};
use lobby_kiosk::qr::{self, Medium};

use crate::decoded;

fn begin() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 7, 42, 0).unwrap()
}

/// An incident of this type with what happened to it, a minute apart.
fn incident(kind: &IncidentType, events: &[IncidentEvent]) -> Incident {
    let start = IncidentEvent::Started {
        type_id: kind.id.clone(),
        name: kind.name.clone(),
        plan: "2026-11-27".to_owned(),
        digest: None,
    };
    let mut incident = Incident::begin(&"i".into(), &"e0".into(), begin(), &start).unwrap();
    for (index, event) in events.iter().enumerate() {
        let minute = i64::try_from(index).unwrap() + 1;
        let entry = format!("e{minute}");
        incident.apply(
            &entry.as_str().into(),
            begin() + Duration::minutes(minute),
            event,
        );
    }
    incident
}

fn kind(id: &str) -> IncidentType {
    plan_file::built_in().incident(id).expect(id).clone()
}

fn marked(kind: &IncidentType, step: usize, mark: Mark) -> IncidentEvent {
    IncidentEvent::StepMarked {
        step: StepRef {
            type_id: kind.id.clone(),
            step: kind.steps[step].id.clone(),
        },
        command: kind.steps[step].command.clone(),
        mark,
        reason: None,
        correction: false,
        approved: false,
    }
}

fn name() -> Text {
    Text::new([(Lang::ZH_CN, "急救中心"), (Lang::EN, "Ambulance")])
}

fn called(answered: bool) -> IncidentEvent {
    IncidentEvent::Call(CallEvent::Called {
        role: "ambulance".to_owned(),
        name: name(),
        place: 1,
        answered,
    })
}

/// Minutes after the beginning, and what was done then.
fn told(incident: &Incident) -> Vec<(i64, String)> {
    let said = |what: Done<'_>| match what {
        Done::Step(words) => words.in_lang(&Lang::EN).to_owned(),
        Done::Begun(words) => format!("begun {}", words.in_lang(&Lang::EN)),
        Done::Answer(words) => format!("answer {}", words.in_lang(&Lang::EN)),
        Done::Reached(name) => format!("reached {}", name.in_lang(&Lang::EN)),
        Done::NotReached(name) => format!("not reached {}", name.in_lang(&Lang::EN)),
        Done::Evacuation => "leave".to_owned(),
        Done::AllClear => "all clear".to_owned(),
        Done::Resuscitation(event) => format!("{event:?}"),
    };
    acts(incident)
        .iter()
        .map(|act| ((act.at - begin()).num_minutes(), said(act.what)))
        .collect()
}

#[test]
fn what_was_done_is_told_in_its_order_with_its_time() {
    let fire = kind("fire");
    let events = [
        marked(&fire, 0, Mark::Done),
        called(false),
        called(true),
        marked(&fire, 1, Mark::Skipped),
        marked(&fire, 2, Mark::Done),
    ];
    let command = |step: usize| fire.steps[step].command.in_lang(&Lang::EN).to_owned();
    assert_eq!(
        told(&incident(&fire, &events)),
        [
            (1, command(0)),
            (2, "not reached Ambulance".to_owned()),
            (3, "reached Ambulance".to_owned()),
            (5, command(2)),
        ]
    );
}

#[test]
fn what_was_corrected_is_told_as_it_is_now() {
    let fire = kind("fire");
    let not_made = IncidentEvent::Call(CallEvent::Corrected {
        entry: "e2".into(),
        role: "ambulance".to_owned(),
        name: name(),
        place: 1,
        outcome: Outcome::NotMade,
    });
    let events = [
        marked(&fire, 0, Mark::Done),
        called(true),
        marked(&fire, 1, Mark::Done),
        not_made,
        marked(&fire, 0, Mark::Open),
        marked(&fire, 1, Mark::Done),
    ];
    let command = fire.steps[1].command.in_lang(&Lang::EN).to_owned();
    assert_eq!(told(&incident(&fire, &events)), [(6, command)]);
}

/// A step that goes on for a while is begun.
fn begun(kind: &IncidentType, id: &str) -> (IncidentEvent, StepRef, Text) {
    let command = kind.step(id).expect(id).command.clone();
    let step = StepRef {
        type_id: kind.id.clone(),
        step: id.to_owned(),
    };
    let event = IncidentEvent::StepStarted {
        step: step.clone(),
        command: command.clone(),
    };
    (event, step, command)
}

#[test]
fn what_went_on_for_a_while_is_told_from_when_it_began() {
    let illness = kind("sudden-illness");
    let (start, step, command) = begun(&illness, "call-120");
    let done = |mark| IncidentEvent::StepMarked {
        step: step.clone(),
        command: command.clone(),
        mark,
        reason: None,
        correction: false,
        approved: false,
    };
    let words = command.in_lang(&Lang::EN).to_owned();
    let under_way = incident(&illness, std::slice::from_ref(&start));
    assert_eq!(told(&under_way), [(1, format!("begun {words}"))]);
    let over = incident(&illness, &[start.clone(), done(Mark::Done)]);
    assert_eq!(told(&over), [(1, words.clone())]);
    // Begun anew, after it was found not to have been done.
    let anew = [
        start.clone(),
        done(Mark::Open),
        start.clone(),
        done(Mark::Done),
    ];
    assert_eq!(told(&incident(&illness, &anew)), [(3, words.clone())]);
    // Done, and begun once more.
    let twice = [start.clone(), done(Mark::Done), start, done(Mark::Done)];
    assert_eq!(told(&incident(&illness, &twice)), [(3, words)]);
}

#[test]
fn the_ambulance_crew_hears_of_the_resuscitation() {
    let illness = kind("sudden-illness");
    let act = IncidentEvent::Resuscitation;
    let (start, undone) = (
        ResuscitationEvent::Started {},
        ResuscitationEvent::Undone {},
    );
    let aed = ResuscitationEvent::AedHere {};
    let end = ResuscitationEvent::Ended {
        end: resuscitation::End::TakenOver,
    };
    let events = [
        act(start.clone()),
        act(undone),
        act(start.clone()),
        act(ResuscitationEvent::RescuerChanged {}),
        act(aed.clone()),
        act(end.clone()),
    ];
    let said = |event: &ResuscitationEvent| format!("{event:?}");
    assert_eq!(
        told(&incident(&illness, &events)),
        [(3, said(&start)), (5, said(&aed)), (6, said(&end))]
    );
}

#[test]
fn the_shut_offs_are_for_those_who_come_for_the_building() {
    let illness = kind("sudden-illness");
    let fire = kind("fire");
    let of = |kind: &IncidentType, events: &[IncidentEvent]| {
        concerns_building(&incident(kind, events), Some(kind))
    };
    assert!(of(&fire, &[]) && !of(&illness, &[]));
    let leave = EvacuationEvent::Started {
        opened: false,
        because: None,
    };
    assert!(of(&illness, &[IncidentEvent::Evacuation(leave)]));
    assert!(concerns_building(&incident(&illness, &[]), None));
}

#[test]
fn an_evacuation_is_told_unless_it_was_a_false_alarm() {
    let fire = kind("fire");
    let leave = IncidentEvent::Evacuation(EvacuationEvent::Started {
        opened: false,
        because: None,
    });
    let end = |end| IncidentEvent::Evacuation(EvacuationEvent::Ended { end });
    let running = incident(&fire, std::slice::from_ref(&leave));
    assert_eq!(told(&running), [(1, "leave".to_owned())]);
    let over = incident(&fire, &[leave.clone(), end(End::AllClear)]);
    let both = [(1, "leave".to_owned()), (2, "all clear".to_owned())];
    assert_eq!(told(&over), both);
    assert_eq!(told(&incident(&fire, &[leave, end(End::FalseAlarm)])), []);
}

#[test]
fn a_discreet_type_goes_by_what_the_police_are_told_or_its_open_name() {
    for kind in &plan_file::built_in().incidents {
        let incident = incident(kind, &[]);
        let what = open_words(&incident, Some(kind));
        if kind.discreet {
            let open = kind.police_words.as_ref().unwrap_or(kind.open_name());
            assert_eq!(what, open, "{}", kind.id);
        } else {
            assert_eq!(what, &kind.name, "{}", kind.id);
        }
    }
}

/// A branch with everything that rescuers ask for, as long as it is commonly written.
fn branch() -> Branch {
    let value = |words: &str| Some(words.to_owned());
    Branch {
        name: value("人民路证券营业部"),
        address: value("浦东新区人民路188号"),
        floor: value("一楼"),
        entrance: value("南门"),
        key_holder: value("安保室"),
        power_shutoff: value("一楼东侧配电间"),
        gas_shutoff: value("北门外燃气箱"),
        water_shutoff: value("地下一层水表间"),
        site_hazards: value("二楼机房 UPS 电池"),
        ..Branch::default()
    }
}

#[test]
fn the_facts_stand_in_the_order_in_which_they_are_asked_for() {
    let (fire, branch) = (kind("fire"), branch());
    let facts = Facts {
        branch: &branch,
        what: &fire.name,
        since: begin(),
        hazard: None,
        heads: Some((12, Some(2))),
        missing: &[],
        building: true,
        acts: &[],
    };
    let told = words::facts(&Lang::EN, &facts);
    let told: Vec<(&str, &str)> = told
        .iter()
        .map(|line| (line.label.as_str(), line.words.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("What", "Fire, since 15:42"),
            ("People", "Head count: 12 · 2 missing"),
            ("Address", "浦东新区人民路188号 · 一楼 · 南门"),
            ("Hazards", "二楼机房 UPS 电池"),
            ("Keys", "安保室"),
            ("Power off", "一楼东侧配电间"),
            ("Gas off", "北门外燃气箱"),
            ("Water off", "地下一层水表间"),
        ]
    );
    // What a branch has not filled in leaves no gap, and nobody had to leave.
    let bare = Branch::default();
    let told = words::facts(
        &Lang::ZH_CN,
        &Facts {
            branch: &bare,
            heads: None,
            missing: &[],
            ..facts
        },
    );
    let labels: Vec<&str> = told.iter().map(|line| line.label.as_str()).collect();
    assert_eq!(labels, ["情况"]);
}

#[test]
fn nobody_reads_that_all_are_safe_where_nobody_has_said_so() {
    let (fire, branch) = (kind("fire"), branch());
    let people = |missing| {
        let facts = Facts {
            branch: &branch,
            what: &fire.name,
            since: begin(),
            hazard: None,
            heads: Some((12, missing)),
            missing: &[],
            building: true,
            acts: &[],
        };
        words::facts(&Lang::EN, &facts)[1].words.clone()
    };
    assert!(people(None).ends_with("not known who is missing"));
    assert!(people(Some(0)).ends_with("nobody missing"));
    assert!(people(Some(1)).ends_with("1 missing"));
}

#[test]
fn the_code_holds_the_facts_and_the_latest_acts_and_is_read_back() {
    let (fire, branch) = (kind("fire"), branch());
    let steps: Vec<IncidentEvent> = (0..fire.steps.len())
        .map(|step| marked(&fire, step, Mark::Done))
        .collect();
    let incident = incident(&fire, &steps);
    let acts = acts(&incident);
    for lang in Lang::OURS {
        let facts = Facts {
            branch: &branch,
            what: &fire.name,
            since: begin(),
            hazard: None,
            heads: Some((12, Some(2))),
            missing: &[],
            building: true,
            acts: &acts,
        };
        let text = words::plain_text(&lang, &facts);
        assert!(text.len() <= CODE_BYTES, "{} bytes: {text}", text.len());
        for line in words::facts(&lang, &facts) {
            assert!(text.contains(&line.words), "{lang}: {text}");
        }
        let code = qr::encode(&text, Medium::Screen).expect("a code");
        assert_eq!(decoded::drawn(&code, 5), text);
        let short = Branch {
            address: Some("人民路1号".to_owned()),
            ..Branch::default()
        };
        let text = words::plain_text(
            &lang,
            &Facts {
                branch: &short,
                ..facts
            },
        );
        let last = acts.last().expect("an act");
        let Done::Step(last) = last.what else {
            panic!("{last:?}");
        };
        assert!(text.contains(last.in_lang(&lang)), "{lang}: {text}");
        assert!(text.len() <= CODE_BYTES);
    }
}

#[test]
fn values_as_long_as_they_may_be_still_fit_the_code() {
    let fire = kind("fire");
    let long = || Some("长".repeat(100));
    let branch = Branch {
        address: long(),
        floor: long(),
        entrance: long(),
        landmark: long(),
        key_holder: long(),
        power_shutoff: long(),
        gas_shutoff: long(),
        water_shutoff: long(),
        site_hazards: long(),
        ..Branch::default()
    };
    for lang in Lang::OURS {
        let facts = Facts {
            branch: &branch,
            what: &fire.name,
            since: begin(),
            hazard: Some(&fire.name),
            heads: Some((9_999, Some(3))),
            missing: &[],
            building: true,
            acts: &[],
        };
        let text = words::plain_text(&lang, &facts);
        assert!(text.len() <= CODE_BYTES, "{} bytes", text.len());
        assert!(text.starts_with(words::facts(&lang, &facts)[0].label.as_str()));
    }
}
