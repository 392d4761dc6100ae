//! Guides that ask, count and go on: the way that the answers pick, what a deadline counts from, what is
//! under way. And whatever is done in whatever order, nothing of it is lost.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, TimeZone, Utc};
use lobby_kiosk::config::plan_file;
use lobby_kiosk::domain::guide::{Guide, StepStanding};
use lobby_kiosk::domain::incident::{Incident, IncidentEvent, Mark, StepRef};
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::domain::plan::{IncidentType, Plan, Rhythm, Step};
use lobby_kiosk::domain::prompting;
use proptest::prelude::*;

fn begin() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 7, 42, 0).unwrap()
}

pub(super) fn after(seconds: i64) -> DateTime<Utc> {
    begin() + Duration::seconds(seconds)
}

fn plan() -> Plan {
    plan_file::built_in()
}

/// An incident, and what is done about it a while after its start.
pub(super) struct Case<'a> {
    pub(super) kind: &'a IncidentType,
    incident: Incident,
    entries: usize,
}

impl<'a> Case<'a> {
    pub(super) fn of(plan: &'a Plan, type_id: &str) -> Self {
        let kind = plan.incident(type_id).unwrap();
        let event = IncidentEvent::Started {
            type_id: kind.id.clone(),
            name: kind.name.clone(),
            plan: String::new(),
            digest: None,
        };
        let incident = Incident::begin(&"i".into(), &"e0".into(), begin(), &event).unwrap();
        Self {
            kind,
            incident,
            entries: 1,
        }
    }

    fn step(&self, id: &str) -> (&'a Step, StepRef) {
        let step = self.kind.step(id).unwrap();
        let key = StepRef {
            type_id: self.kind.id.clone(),
            step: id.to_owned(),
        };
        (step, key)
    }

    pub(super) fn apply(&mut self, at: DateTime<Utc>, event: &IncidentEvent) {
        let entry = format!("e{}", self.entries);
        self.entries += 1;
        self.incident.apply(&entry.as_str().into(), at, event);
    }

    pub(super) fn answer(&mut self, at: i64, id: &str, answer: &str) {
        let (step, key) = self.step(id);
        let event = IncidentEvent::Answered {
            step: key,
            question: step.command.clone(),
            answer: answer.to_owned(),
            words: step.answer(answer).unwrap().name.clone(),
            correction: false,
        };
        self.apply(after(at), &event);
    }

    pub(super) fn mark(&mut self, at: i64, id: &str, mark: Mark) {
        let (step, key) = self.step(id);
        let event = IncidentEvent::StepMarked {
            step: key,
            command: step.command.clone(),
            mark,
            reason: None,
            correction: false,
            approved: false,
        };
        self.apply(after(at), &event);
    }

    fn begin_step(&mut self, at: i64, id: &str) {
        let (step, key) = self.step(id);
        let command = step.command.clone();
        self.apply(
            after(at),
            &IncidentEvent::StepStarted { step: key, command },
        );
    }

    fn hand(&mut self, at: i64, id: &str, to: &str) {
        let (step, key) = self.step(id);
        let event = IncidentEvent::StepHanded {
            step: key,
            command: step.command.clone(),
            to: to.to_owned(),
            name: plan().member(to).unwrap().name.clone(),
        };
        self.apply(after(at), &event);
    }

    fn heed(&mut self, at: i64, prompt: &str) {
        let command = (self.kind.prompts.iter())
            .find(|one| one.id == prompt)
            .unwrap()
            .command
            .clone();
        let event = IncidentEvent::Prompted {
            prompt: StepRef {
                type_id: self.kind.id.clone(),
                step: prompt.to_owned(),
            },
            command,
            done: true,
        };
        self.apply(after(at), &event);
    }

    fn guide(&self) -> Guide<'_> {
        Guide::of(&self.incident, self.kind)
    }

    pub(super) fn way(&self) -> Vec<String> {
        let steps = self.guide().steps;
        steps.iter().map(|one| one.step.id.clone()).collect()
    }

    pub(super) fn current(&self) -> Option<String> {
        let guide = self.guide();
        Some(guide.steps[guide.current?].step.id.clone())
    }

    fn due(&self, id: &str) -> Option<DateTime<Utc>> {
        let guide = self.guide();
        let one = guide.steps.iter().find(|one| one.step.id == id)?;
        one.due
    }
}

#[test]
fn the_answer_picks_the_way_and_can_be_changed_without_losing_what_was_done() {
    let plan = plan();
    let mut case = Case::of(&plan, "sudden-illness");
    assert_eq!(case.current().as_deref(), Some("check"));
    assert!(!case.way().contains(&"cpr".to_owned()));

    case.answer(10, "check", "no-response");
    assert_eq!(case.current().as_deref(), Some("call-120"));
    case.mark(20, "call-120", Mark::Done);
    assert_eq!(case.current().as_deref(), Some("cpr"));
    case.mark(30, "cpr", Mark::Done);

    case.answer(40, "check", "choking");
    assert!(!case.way().contains(&"cpr".to_owned()));
    assert_eq!(case.current().as_deref(), Some("choking"));
    let before: Vec<_> = case.incident.log.iter().map(|line| line.at).collect();
    assert_eq!(before.len(), 5, "every act is in the log");
    // The call stays made; back on the first way so does the rest.
    case.mark(45, "choking", Mark::Done);
    assert_eq!(case.current().as_deref(), Some("stay"));
    case.answer(50, "check", "no-response");
    assert_eq!(case.current().as_deref(), Some("use-aed"));
}

#[test]
fn a_question_left_open_shows_nothing_that_depends_on_it_and_one_left_out_the_way_of_all() {
    let plan = plan();
    let mut case = Case::of(&plan, "sudden-illness");
    let of_all = case.way();
    assert!(
        of_all.contains(&"call-120".to_owned()),
        "the call is on every way"
    );
    case.mark(5, "check", Mark::Skipped);
    for step in ["cpr", "use-aed", "recovery"].map(str::to_owned) {
        assert!(
            !of_all.contains(&step) && case.way().contains(&step),
            "{step}"
        );
    }
    assert_eq!(case.current().as_deref(), Some("call-120"));
    let mut fight = Case::of(&plan, "physical-conflict");
    fight.mark(5, "look", Mark::Skipped);
    for step in ["weapon", "security", "police-now", "separate"] {
        assert!(
            fight.way().contains(&step.to_owned()),
            "{step}, since nobody can tell"
        );
    }
    fight.answer(9, "look", "words");
    assert!(!fight.way().contains(&"weapon".to_owned()));
    case.answer(6, "check", "fall");
    case.mark(7, "check", Mark::Open);
    assert_eq!(case.way(), of_all);
    assert_eq!(case.current().as_deref(), Some("check"));
}

#[test]
fn nothing_is_born_overdue() {
    let plan = plan();
    let mut case = Case::of(&plan, "sudden-illness");
    case.answer(600, "check", "bleeding");
    assert_eq!(case.due("bleeding"), Some(after(630)), "from the answer");
    case.answer(900, "check", "no-response");
    assert_eq!(case.due("cpr"), None, "its condition is not known to hold");
    let (cpr, key) = case.step("cpr");
    let held = IncidentEvent::ConditionHeld {
        step: key,
        condition: cpr.condition.clone().unwrap(),
    };
    case.apply(after(1000), &held);
    let within = i64::from(cpr.within.unwrap());
    assert_eq!(case.due("cpr"), Some(after(1000 + within)));
    // To say it again changes nothing.
    case.apply(after(1030), &held);
    assert_eq!(case.due("cpr"), Some(after(1000 + within)));
    case.apply(
        after(1040 + 3600),
        &IncidentEvent::ClockJumped { by_ms: 3_600_000 },
    );
    assert_eq!(case.due("cpr"), Some(after(3600 + 1000 + within)));
}

#[test]
fn a_card_to_take_along_has_what_is_to_be_done_now_and_stays_a_small_code() {
    let plan = plan_file::built_in();
    for lang in [Lang::ZH_CN, Lang::EN] {
        for member in &plan.crew {
            let own = plan.incidents.iter().flat_map(|kind| &kind.steps);
            let own = own.filter(|step| step.by.as_ref() == Some(&member.id));
            let own: Vec<&str> = own.map(|step| step.command.in_lang(&lang)).collect();
            let card = member.lines(&lang);
            for now in own.windows(2) {
                let mut lines: Vec<String> = now.iter().map(|one| (*one).to_owned()).collect();
                lines.extend(card.clone());
                let text = member.plain_text_of(&lines, 180, &lang);
                assert!(text.len() <= 180, "{text}");
                let first: Vec<&str> = text.lines().take(3).collect();
                assert_eq!(first, [member.name.in_lang(&lang), now[0], now[1]]);
            }
            assert_eq!(
                member.plain_text_of(&card, 180, &lang),
                member.plain_text(&lang)
            );
        }
    }
}

#[test]
fn a_clock_of_a_step_runs_once_it_is_its_turn() {
    let text = plan_file::BUILT_IN.replace(
        "contacts = [\"security\", \"property-management\"]\nwithin = 300\n",
        "contacts = [\"security\", \"property-management\"]\nwithin = 300\nafter = \"step\"\n",
    );
    let plan = plan_file::parse("p.toml", &text).unwrap();
    let mut case = Case::of(&plan, "sudden-illness");
    assert_eq!(case.due("meet-ambulance"), None);
    case.mark(5, "check", Mark::Skipped);
    case.mark(10, "call-120", Mark::Done);
    assert_eq!(case.due("meet-ambulance"), None);
    for step in ["cpr", "use-aed", "recovery"] {
        case.mark(50, step, Mark::Skipped);
    }
    case.mark(100, "awake", Mark::Done);
    assert_eq!(case.due("meet-ambulance"), Some(after(400)));
}

#[test]
fn what_is_begun_goes_on_beside_the_guide_until_it_is_done() {
    let plan = plan();
    let mut case = Case::of(&plan, "sudden-illness");
    case.mark(5, "check", Mark::Skipped);
    for step in ["call-120", "cpr", "use-aed", "recovery", "awake"] {
        case.mark(20, step, Mark::Done);
    }
    assert_eq!(case.current().as_deref(), Some("meet-ambulance"));
    case.begin_step(30, "meet-ambulance");
    assert_eq!(case.current().as_deref(), Some("others"));
    let under_way = |case: &Case<'_>| {
        let under_way = case.guide().under_way;
        under_way
            .iter()
            .map(|(step, begun)| (step.id.clone(), begun.since))
            .collect::<Vec<_>>()
    };
    assert_eq!(under_way(&case), [("meet-ambulance".to_owned(), after(30))]);
    // The way may change; whoever is at the door still is.
    case.answer(40, "check", "seizure");
    assert_eq!(under_way(&case).len(), 1);
    case.mark(90, "meet-ambulance", Mark::Done);
    assert_eq!(under_way(&case), []);
}

#[test]
fn what_is_handed_over_stays_in_sight_with_whoever_has_it_until_it_is_done() {
    let plan = plan();
    let mut case = Case::of(&plan, "fire");
    let first = case.kind.steps[0].id.clone();
    case.hand(10, &first, "counter");
    let guide = case.guide();
    assert_eq!(guide.current, Some(1), "the guide goes on");
    let (step, begun) = guide.under_way[0];
    assert_eq!((step.id.as_str(), begun.since), (first.as_str(), after(10)));
    assert_eq!(
        begun.with.as_ref(),
        Some(&plan.member("counter").unwrap().name)
    );
    case.mark(40, &first, Mark::Done);
    assert_eq!(case.guide().under_way, []);
}

#[test]
fn a_prompt_comes_again_and_again_until_what_ends_it() {
    let plan = plan();
    let mut case = Case::of(&plan, "sudden-illness");
    case.answer(0, "check", "no-response");
    let standing = |case: &Case<'_>, at: i64| {
        let standing = prompting::standing(&case.guide(), &case.incident, case.kind, after(at));
        let of = |one: &prompting::Standing<'_>| (one.prompt.id.clone(), one.since);
        standing.iter().map(of).collect::<Vec<_>>()
    };
    let (prompt, seconds) = (case.kind.prompts.iter())
        .find_map(|one| match one.rhythm {
            Rhythm::Every(seconds) if one.from.as_deref() == Some("cpr") => Some((one, seconds)),
            _ => None,
        })
        .expect("the rescuers take turns");
    assert_eq!(seconds, 120);
    assert_eq!(standing(&case, 600), [], "nobody presses yet");
    case.begin_step(20, "cpr");
    assert_eq!(standing(&case, 139), []);
    assert_eq!(standing(&case, 140), [(prompt.id.clone(), after(140))]);
    case.heed(150, &prompt.id);
    assert_eq!(standing(&case, 269), []);
    assert_eq!(standing(&case, 270), [(prompt.id.clone(), after(270))]);
    let until = prompt.until.clone().expect("an end");
    case.mark(280, &until, Mark::Done);
    assert_eq!(standing(&case, 500), []);
}

#[test]
fn a_prompt_that_comes_once_does_not_come_back() {
    let plan = plan();
    let mut case = Case::of(&plan, "network-outage");
    let (prompt, seconds) = (case.kind.prompts.iter())
        .find_map(|one| match one.rhythm {
            Rhythm::Once(seconds) => Some((one, seconds)),
            Rhythm::Every(_) => None,
        })
        .expect("the second report");
    assert_eq!(seconds, 1800);
    let stands = |case: &Case<'_>, at: i64| {
        let standing = prompting::standing(&case.guide(), &case.incident, case.kind, after(at));
        standing.iter().any(|one| one.prompt.id == prompt.id)
    };
    assert!(!stands(&case, 1799) && stands(&case, 1800));
    case.heed(1900, &prompt.id);
    assert!(!stands(&case, 9000));
}

#[test]
fn nothing_is_owed_after_a_false_alarm_and_the_likeliest_ends_come_first() {
    let plan = plan();
    assert!(plan.outcomes.iter().any(|one| one.owes_nothing));
    for kind in &plan.incidents {
        let offered = plan.outcomes_of(Some(kind));
        assert_eq!(offered.len(), plan.outcomes.len(), "{}", kind.id);
        let first: Vec<&str> = (offered.iter().take(kind.outcomes.len()))
            .map(|one| one.choice.id.as_str())
            .collect();
        assert_eq!(first, kind.outcomes, "{}", kind.id);
    }
}

/// The incident as it is folded anew from what the journal wrote of it.
fn again(incident: &Incident) -> Incident {
    let mut lines = incident.log.iter().map(|line| {
        let written = serde_json::to_string(&line.event).unwrap();
        let event: IncidentEvent = serde_json::from_str(&written).unwrap();
        (&line.entry, line.at, event)
    });
    let (entry, at, event) = lines.next().unwrap();
    let mut again = Incident::begin(&incident.id, entry, at, &event).unwrap();
    for (entry, at, event) in lines {
        again.apply(entry, at, &event);
    }
    assert_eq!(again, *incident);
    again
}

/// Something that somebody may do, whether or not it makes sense.
fn any_act() -> impl Strategy<Value = (u8, usize, usize, i64)> {
    (0..16_u8, 0..20_usize, 0..8_usize, 0..900_i64)
}

proptest! {
    #[test]
    fn whatever_is_done_nothing_is_lost_and_the_guide_still_stands(
        first in 0..26_usize,
        acts in prop::collection::vec(any_act(), 0..60),
    ) {
        let plan = plan();
        let mut case = Case::of(&plan, &plan.incidents[first].id);
        let mut said: BTreeMap<StepRef, Mark> = BTreeMap::new();
        let (mut at, mut passed) = (0, 0);
        for (what, which, other, later) in acts {
            at += later;
            passed += later;
            let step = &case.kind.steps[which % case.kind.steps.len()];
            let (_, key) = case.step(&step.id);
            let marks = [Mark::Done, Mark::Skipped, Mark::Cannot, Mark::Open];
            match what {
                0..=2 => {
                    let mark = marks[other % 4];
                    case.mark(at, &step.id, mark);
                    said.insert(key, mark);
                }
                3 | 4 if step.is_question() => {
                    let answer = step.answers[other % step.answers.len()].id.clone();
                    case.answer(at, &step.id, &answer);
                    said.insert(key, Mark::Done);
                }
                5 => {
                    case.begin_step(at, &step.id);
                    said.remove(&key);
                }
                6 => if let Some(condition) = step.condition.clone() {
                    case.apply(after(at), &IncidentEvent::ConditionHeld { step: key, condition });
                },
                7 => {
                    case.kind = &plan.incidents[which % plan.incidents.len()];
                    let event = IncidentEvent::Retyped {
                        type_id: case.kind.id.clone(),
                        name: case.kind.name.clone(),
                        digest: None,
                    };
                    case.apply(after(at), &event);
                }
                8 => {
                    // Set ahead or back, by up to an hour.
                    let by = (i64::try_from(other).unwrap() - 4) * later;
                    at += by;
                    let event = IncidentEvent::ClockJumped { by_ms: by * 1000 };
                    case.apply(after(at), &event);
                }
                9 => {
                    case.hand(at, &step.id, "guard");
                    said.remove(&key);
                }
                10 => case.apply(after(at), &IncidentEvent::AloneSet { alone: other % 2 == 0 }),
                11 => if let Some(prompt) = case.kind.prompts.get(which % 4) {
                    case.heed(at, &prompt.id);
                },
                12 => {
                    let end = &plan.outcomes[which % plan.outcomes.len()].choice;
                    let event = IncidentEvent::Closed {
                        outcome: end.id.clone(),
                        words: end.name.clone(),
                        follow_ups: Vec::new(),
                    };
                    case.apply(after(at), &event);
                }
                13 => case.apply(after(at), &IncidentEvent::CloseUndone {}),
                14 => case.apply(after(at), &IncidentEvent::Reopened {}),
                // The tablet is killed and comes back.
                15 => case.incident = again(&case.incident),
                _ => {}
            }
            let now = after(at);
            // However often the clock was set, as much has passed as has passed.
            prop_assert_eq!(now - case.incident.started, Duration::seconds(passed));
            let guide = case.guide();
            // The step to do is the first that nothing was said of.
            let open = |one: &&StepStanding<'_>| !one.is_left_behind();
            let current = guide.current.map(|at| guide.steps[at].step.id.clone());
            let first_open = guide.steps.iter().find(open).map(|one| one.step.id.clone());
            prop_assert_eq!(current, first_open);
            prop_assert!(guide.steps.len() <= 9);
            // What counts from the moment something was done counts from now at the latest, and what
            // has just come on the way is not overdue.
            for one in &guide.steps {
                prop_assert!(one.began <= now, "{:?}", one);
            }
            let marks: BTreeMap<_, _> = (case.incident.marks.iter())
                .map(|(step, marked)| (step.clone(), marked.mark))
                .collect();
            prop_assert_eq!(&marks, &said);
            prop_assert_eq!(case.incident.log.len(), case.entries);
        }
    }
}
