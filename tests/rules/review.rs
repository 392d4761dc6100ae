//! The review of an incident: what its entries make of it, whatever they are.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Asia::Shanghai;
use lobby_kiosk::domain::calendar::Calendar;
use lobby_kiosk::domain::ids::IncidentId;
use lobby_kiosk::domain::incident::StepRef;
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::domain::person::{Right, Role};
use lobby_kiosk::domain::plan::Text;
use lobby_kiosk::domain::review::{
    ActionKind, ActionState, AgainWhy, Asked, Cause, Decision, DropWhy, Evidence, MOST_ACTIONS,
    Party, Phase, Planned, Proof, Review, ReviewEvent, StepWord, Subject,
};

use crate::chance::Chance;

fn at(minute: i64) -> DateTime<Utc> {
    let monday: DateTime<Utc> = "2026-11-23T08:00:00Z".parse().unwrap();
    monday + TimeDelta::minutes(minute)
}

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, day).unwrap()
}

fn step(id: &str) -> StepRef {
    StepRef {
        type_id: "power-cut".to_owned(),
        step: id.to_owned(),
    }
}

fn words(words: &str) -> Text {
    Text::new([(Lang::ZH_CN, words)])
}

fn person(number: usize) -> Party {
    Party::Person(format!("0199a0c4-0000-7000-8000-{number:012}").into())
}

fn planned(due: u32) -> Planned {
    Planned {
        action: ActionKind::Training,
        owner: person(1),
        due: day(due),
        about: Subject::Phase(Phase::First),
    }
}

fn added(number: u32, due: u32) -> ReviewEvent {
    ReviewEvent::ActionAdded {
        number,
        planned: planned(due),
    }
}

fn finalised(version: u32) -> ReviewEvent {
    ReviewEvent::Finalised {
        version,
        record: "0199".into(),
        digest: format!("{version:064}"),
    }
}

fn review(events: &[ReviewEvent]) -> Review {
    let mut review = Review::of(&IncidentId::from("0199a0c4-0000-7000-8000-000000000009"));
    for (event, minute) in events.iter().zip(0..) {
        review.apply(at(minute), event);
    }
    review
}

#[test]
fn causes_and_words_can_be_taken_back_and_stand_once() {
    let judged = |word| ReviewEvent::StepJudged {
        step: step("lights"),
        command: words("打开应急照明"),
        word,
    };
    let cause = |cause| ReviewEvent::CauseChosen { cause };
    let told = review(&[
        cause(Cause::Outside),
        cause(Cause::People),
        cause(Cause::People),
        judged(Some(StepWord::Unclear)),
        judged(Some(StepWord::Helped)),
    ]);
    assert_eq!(told.content.causes, [Cause::People, Cause::Outside]);
    assert_eq!(
        told.content.word_on(&step("lights")),
        Some(StepWord::Helped)
    );
    assert_eq!(told.content.steps.len(), 1);
    let told = review(&[
        cause(Cause::People),
        judged(Some(StepWord::Wrong)),
        ReviewEvent::CauseDropped {
            cause: Cause::People,
        },
        judged(None),
    ]);
    assert!(told.content.causes.is_empty() && told.content.steps.is_empty());
}

#[test]
fn a_later_word_on_who_is_responsible_takes_the_place_of_the_first() {
    let settled = |whose: &Party, decision| ReviewEvent::Settled {
        whose: whose.clone(),
        evidence: vec![Evidence::Camera, Evidence::Record, Evidence::Camera],
        decision,
    };
    let role = |name: &str| Party::Role {
        id: "security".to_owned(),
        name: words(name),
    };
    let told = review(&[
        settled(&role("保安"), Decision::Talk),
        settled(&person(1), Decision::None),
        settled(&role("安保"), Decision::Training),
    ]);
    let known = &told.content.responsibilities;
    let decisions: Vec<Decision> = known.iter().map(|one| one.decision).collect();
    assert_eq!(decisions, [Decision::None, Decision::Training]);
    assert_eq!(known[0].evidence, [Evidence::Record, Evidence::Camera]);
    let mut told = told;
    told.apply(
        at(9),
        &ReviewEvent::Withdrawn {
            whose: role("旧名"),
        },
    );
    assert_eq!(told.content.responsibilities.len(), 1);
}

#[test]
fn an_action_is_open_then_done_or_dropped_and_can_come_back() {
    let done = ReviewEvent::ActionDone {
        number: 1,
        proof: Proof::Exercise,
    };
    let told = review(&[added(1, 4), added(2, 2), done.clone()]);
    assert_eq!(
        told.content.actions[0].state,
        ActionState::Done(at(2), Proof::Exercise)
    );
    assert_eq!(told.next_due(), Some(day(2)));
    let second = &told.content.actions[1];
    assert!(!second.is_overdue(day(2)) && second.is_overdue(day(3)));
    let told = review(&[
        added(1, 4),
        added(2, 2),
        done,
        ReviewEvent::ActionReopened {
            number: 1,
            why: AgainWhy::NoEffect,
        },
        ReviewEvent::ActionDropped {
            number: 2,
            why: DropWhy::Needless,
        },
        // Of an action that there is not.
        ReviewEvent::ActionDone {
            number: 7,
            proof: Proof::Photo,
        },
    ]);
    let open: Vec<u32> = told.open_actions().map(|one| one.number).collect();
    assert_eq!((open, told.next_due()), (vec![1], Some(day(4))));
}

#[test]
fn a_final_version_stays_while_its_actions_go_on_and_a_new_one_is_written() {
    let mut told = review(&[
        ReviewEvent::CauseChosen {
            cause: Cause::People,
        },
        added(1, 4),
    ]);
    assert!(told.can_be_finalised());
    let text = told.text(&"0199".into());
    told.apply(at(5), &finalised(1));
    assert!(told.is_final && !told.can_be_finalised());
    // Nothing is written into it any more, but what became of an action is known.
    told.apply(
        at(6),
        &ReviewEvent::CauseDropped {
            cause: Cause::People,
        },
    );
    told.apply(at(6), &added(2, 9));
    let done = ReviewEvent::ActionDone {
        number: 1,
        proof: Proof::Photo,
    };
    told.apply(at(7), &done);
    assert_eq!(told.content.causes, [Cause::People]);
    assert_eq!(told.content.actions.len(), 1);
    assert_eq!(told.open_actions().count(), 0);
    // A number that is not the next one begins nothing.
    for version in [0, 1, 3] {
        told.apply(at(8), &ReviewEvent::Reopened { version });
        assert!(told.is_final);
    }
    told.apply(at(9), &ReviewEvent::Reopened { version: 2 });
    told.apply(
        at(9),
        &ReviewEvent::CauseChosen {
            cause: Cause::Process,
        },
    );
    told.apply(at(9), &finalised(1));
    assert!(!told.is_final && told.versions.len() == 1);
    told.apply(at(10), &finalised(2));
    let [first, second] = &told.versions[..] else {
        panic!("{:?}", told.versions);
    };
    assert_eq!(first.content.causes, [Cause::People]);
    assert_eq!(first.content.actions[0].state, ActionState::Open);
    assert_eq!(second.content.causes, [Cause::People, Cause::Process]);
    assert_eq!(told.text_of(first), text);
}

#[test]
fn the_text_that_is_digested_is_the_same_for_ever() {
    let told = review(&[
        ReviewEvent::CauseChosen {
            cause: Cause::Equipment,
        },
        ReviewEvent::StepJudged {
            step: step("lights"),
            command: words("打开应急照明"),
            word: Some(StepWord::Missing),
        },
        ReviewEvent::Settled {
            whose: Party::Role {
                id: "security".to_owned(),
                name: words("保安"),
            },
            evidence: vec![Evidence::Record, Evidence::Witness],
            decision: Decision::HeadOffice,
        },
        added(1, 4),
        ReviewEvent::ActionAdded {
            number: 2,
            planned: Planned {
                about: Subject::Step {
                    step: step("lights"),
                    command: words("打开应急照明"),
                },
                ..planned(31)
            },
        },
        ReviewEvent::ActionDropped {
            number: 2,
            why: DropWhy::Mistake,
        },
    ]);
    let text = "lobby-kiosk review 1
incident 0199a0c4-0000-7000-8000-000000000009
version 1
record 0199
cause equipment
step power-cut/lights missing
responsible role:security on record,witness decision head-office
action 1 training owner person:0199a0c4-0000-7000-8000-000000000001 due 2026-12-04 about phase:first-minutes open
action 2 training owner person:0199a0c4-0000-7000-8000-000000000001 due 2026-12-31 about step:power-cut/lights dropped:mistake
";
    assert_eq!(told.text(&"0199".into()), text);
}

/// Any event, with numbers near those that matter.
fn any(chance: &mut Chance) -> ReviewEvent {
    let number = u32::try_from(chance.below(6)).unwrap();
    let party = person(chance.below(3));
    let cause = Cause::ALL[chance.below(Cause::ALL.len())];
    match chance.below(11) {
        0 => ReviewEvent::CauseChosen { cause },
        1 => ReviewEvent::CauseDropped { cause },
        2 => ReviewEvent::StepJudged {
            step: step(["lights", "doors", "gate"][chance.below(3)]),
            command: words("一步"),
            word: StepWord::ALL.get(chance.below(6)).copied(),
        },
        3 => ReviewEvent::Settled {
            whose: party,
            evidence: Evidence::ALL[..chance.below(5)].to_vec(),
            decision: Decision::ALL[chance.below(5)],
        },
        4 => ReviewEvent::Withdrawn { whose: party },
        5 | 6 => added(number * 9, 1 + number),
        7 => ReviewEvent::ActionDone {
            number: number * 9,
            proof: Proof::ALL[chance.below(4)],
        },
        8 => ReviewEvent::ActionReopened {
            number: number * 9,
            why: AgainWhy::ALL[chance.below(3)],
        },
        9 => finalised(number),
        _ => ReviewEvent::Reopened { version: number },
    }
}

#[test]
fn whatever_happens_in_any_order_old_versions_stay_and_what_changed_it_can_be_taken_in_twice() {
    let (mut versions, mut actions) = (0, 0);
    for seed in 0..400 {
        let mut chance = Chance(seed);
        let events: Vec<ReviewEvent> = (0..60).map(|_| any(&mut chance)).collect();
        let mut told = review(&[]);
        let (mut before, mut changes) = (Vec::new(), Vec::new());
        for (event, minute) in events.iter().zip(0..) {
            let known = told.clone();
            told.apply(at(minute), event);
            if told.content != known.content || told.is_final != known.is_final {
                changes.push((at(minute), event));
            }
            assert_eq!(told.versions[..before.len()], before, "{seed} {event:?}");
            before.clone_from(&told.versions);
            let numbers: Vec<u32> = told.versions.iter().map(|one| one.number).collect();
            let expected = u32::try_from(numbers.len()).unwrap();
            assert_eq!(numbers, (1..=expected).collect::<Vec<_>>());
            assert!(told.content.actions.len() <= MOST_ACTIONS);
            assert!(told.content.actions.is_sorted_by_key(|one| one.number));
            assert!(told.is_final <= !told.versions.is_empty());
        }
        let mut twice = told.clone();
        for (at, event) in changes {
            twice.apply(at, event);
        }
        assert_eq!(twice, told, "{seed}");
        let stored = serde_json::to_string(&told).unwrap();
        assert_eq!(serde_json::from_str::<Review>(&stored).unwrap(), told);
        (versions, actions) = (
            versions + told.versions.len(),
            actions + told.content.actions.len(),
        );
    }
    // It was not all for nothing.
    assert!(versions > 200 && actions > 400, "{versions} {actions}");
}

#[test]
fn branch_heads_review_and_settle_responsibility_and_whoever_handles_says_what_helped() {
    let mut chance = Chance(7);
    let mut rights = Vec::new();
    for _ in 0..400 {
        let event = any(&mut chance);
        let handles = matches!(
            event,
            ReviewEvent::StepJudged { .. } | ReviewEvent::ActionDone { .. }
        );
        let right = event.right();
        assert_eq!(Role::LobbyManager.may(right), handles, "{event:?}");
        assert!(Role::BranchHead.may(right), "{event:?}");
        rights.push(right);
    }
    for right in [Right::Handle, Right::Review, Right::Responsibility] {
        assert!(rights.contains(&right), "{right:?}");
    }
}

#[test]
fn a_review_is_due_after_working_days_and_asked_for_a_year_long() {
    let calendar = Calendar::default();
    // Closed on a Monday afternoon: the fifth working day after is the next Monday.
    let until = Asked::until(at(0), 5, &calendar, Shanghai);
    let monday = NaiveDate::from_ymd_opt(2026, 11, 30).unwrap();
    let last = (until - TimeDelta::seconds(1)).with_timezone(&Shanghai);
    assert_eq!(last.date_naive(), monday);
    let asked = Asked::at(at(0), None, vec!["false-alarm".to_owned()]);
    assert_eq!(at(0) - asked.since, TimeDelta::days(365));
    // A branch that has had the kiosk for longer says since when it reviews.
    for (since, from) in [(at(-9000), at(-9000)), (at(-999_999), asked.since)] {
        assert_eq!(Asked::at(at(0), Some(since), Vec::new()).since, from);
    }
}

#[test]
fn what_was_finalised_holds_while_the_next_version_is_written_and_until_the_incident_goes_on() {
    let cause = |cause| ReviewEvent::CauseChosen { cause };
    let mut told = review(&[cause(Cause::People)]);
    assert_eq!(told.holds().causes, [Cause::People]);
    assert!(!told.settles(at(-5)));
    told.apply(at(1), &finalised(1));
    assert!(told.settles(at(0)) && told.settles(at(1)));
    // It was opened again and closed after that.
    assert!(!told.settles(at(2)) && told.is_before(at(2)) && !told.is_before(at(1)));
    told.apply(at(3), &ReviewEvent::Reopened { version: 2 });
    told.apply(at(4), &cause(Cause::Outside));
    assert_eq!(told.holds().causes, [Cause::People]);
    assert!(!told.settles(at(0)));
    told.apply(at(5), &finalised(2));
    assert_eq!(told.holds().causes, [Cause::People, Cause::Outside]);
    assert!(told.settles(at(2)));
}
