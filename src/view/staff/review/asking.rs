//! What is being chosen for a review, one question after the other: each answer leads to the next one,
//! and the last to an event.

use chrono::{Days, NaiveDate};

use crate::domain::ids::{IncidentId, PersonId};
use crate::domain::plan::{Group, Plan};
use crate::domain::review::{
    ActionKind, AgainWhy, Decision, DropWhy, Evidence, Party, Phase, Planned, Proof, ReviewEvent,
    Subject,
};
use crate::i18n::review::Asks;
use crate::service::people::People;

/// The spans after which an action is due, with their days.
pub const SPANS: [(&str, u64); 4] = [
    ("week", 7),
    ("fortnight", 14),
    ("month", 30),
    ("quarter", 91),
];

/// A question, with what was answered before.
#[derive(Clone, Debug, PartialEq)]
pub enum Asking {
    /// What an action changes.
    Kind,
    /// Who sees to it, of those who were offered.
    Owner(ActionKind, Vec<Party>),
    /// Until when.
    Due(ActionKind, Party, NaiveDate),
    /// What it is about.
    About(ActionKind, Party, NaiveDate),
    /// Who is responsible, of those who were offered.
    Whose(Vec<Party>),
    /// On what evidence, as far as it is chosen.
    Evidence(Party, Vec<Evidence>),
    /// What follows.
    Decision(Party, Vec<Evidence>),
    /// What became of an action.
    Became(IncidentId, u32),
    /// Why an action is dropped.
    Drop(IncidentId, u32),
    /// Why an action is to be done again.
    Again(IncidentId, u32),
    /// Whose actions are listed, of those who were offered.
    Listed(Vec<PersonId>),
    /// Which kind of actions is listed.
    ListedKind,
}

/// What an answer leads to.
#[derive(Clone, Debug, PartialEq)]
pub enum Answered {
    /// Another question.
    Next(Asking),
    /// Something to note about the review of this incident, or of the one that is shown.
    Note(Option<IncidentId>, Box<ReviewEvent>),
    /// The answer belongs to no choice of this question.
    Nothing,
}

impl Asking {
    /// The question.
    pub fn asks(&self) -> Asks {
        match self {
            Self::Kind => Asks::Kind,
            Self::Owner(..) => Asks::Owner,
            Self::Due(..) => Asks::Due,
            Self::About(..) => Asks::About,
            Self::Whose(_) => Asks::Whose,
            Self::Evidence(..) => Asks::Evidence,
            Self::Decision(..) => Asks::Decision,
            Self::Became(..) => Asks::Became,
            Self::Drop(..) => Asks::Drop,
            Self::Again(..) => Asks::Again,
            Self::Listed(_) => Asks::Listed,
            Self::ListedKind => Asks::ListedKind,
        }
    }

    /// Takes in the choice with this id. `today` is the day on the branch's wall, `parties` who may own
    /// something, `steps` what an action can be about, and `next` the number of the next action.
    pub fn answer(
        &self,
        id: &str,
        today: NaiveDate,
        parties: impl FnOnce() -> Vec<Party>,
        steps: &[Subject],
        next: Option<u32>,
    ) -> Answered {
        let found = match self {
            Self::Kind => after(id, "kind-")
                .and_then(ActionKind::of)
                .map(|kind| Answered::Next(Self::Owner(kind, parties()))),
            Self::Owner(kind, offered) => nth(id, "owner-", offered)
                .map(|owner| Answered::Next(Self::Due(*kind, owner, later(today, SPANS[1].1)))),
            Self::Due(kind, owner, _) => {
                let span = SPANS
                    .iter()
                    .find(|(span, _)| Some(*span) == after(id, "due-"));
                span.map(|(_, days)| {
                    Answered::Next(Self::Due(*kind, owner.clone(), later(today, *days)))
                })
            }
            Self::About(kind, owner, due) => about(id, steps).zip(next).map(|(about, number)| {
                note(ReviewEvent::ActionAdded {
                    number,
                    planned: Planned {
                        action: *kind,
                        owner: owner.clone(),
                        due: *due,
                        about,
                    },
                })
            }),
            Self::Whose(offered) => nth(id, "whose-", offered)
                .map(|whose| Answered::Next(Self::Evidence(whose, Vec::new()))),
            Self::Evidence(whose, chosen) => {
                after(id, "evidence-").and_then(Evidence::of).map(|one| {
                    let mut chosen = chosen.clone();
                    match chosen.iter().position(|known| *known == one) {
                        Some(place) => drop(chosen.remove(place)),
                        None => chosen.push(one),
                    }
                    Answered::Next(Self::Evidence(whose.clone(), chosen))
                })
            }
            Self::Decision(whose, evidence) => {
                after(id, "decision-")
                    .and_then(Decision::of)
                    .map(|decision| {
                        note(ReviewEvent::Settled {
                            whose: whose.clone(),
                            evidence: evidence.clone(),
                            decision,
                        })
                    })
            }
            Self::Became(incident, number) if id == "drop" => {
                Some(Answered::Next(Self::Drop(incident.clone(), *number)))
            }
            Self::Became(incident, number) => {
                after(id, "proof-").and_then(Proof::of).map(|proof| {
                    let number = *number;
                    note_of(incident, ReviewEvent::ActionDone { number, proof })
                })
            }
            Self::Drop(incident, number) => after(id, "why-").and_then(DropWhy::of).map(|why| {
                let number = *number;
                note_of(incident, ReviewEvent::ActionDropped { number, why })
            }),
            Self::Again(incident, number) => after(id, "why-").and_then(AgainWhy::of).map(|why| {
                let number = *number;
                note_of(incident, ReviewEvent::ActionReopened { number, why })
            }),
            Self::Listed(_) | Self::ListedKind => None,
        };
        found.unwrap_or(Answered::Nothing)
    }

    /// Goes on where several may be chosen, or a day stands there.
    pub fn go_on(&self) -> Option<Self> {
        match self {
            Self::Due(kind, owner, due) => Some(Self::About(*kind, owner.clone(), *due)),
            Self::Evidence(whose, chosen) if !chosen.is_empty() => {
                Some(Self::Decision(whose.clone(), chosen.clone()))
            }
            _ => None,
        }
    }

    /// The question before, where there was one; `parties` are those who are offered then.
    pub fn before(&self, parties: impl FnOnce() -> Vec<Party>) -> Option<Self> {
        match self {
            Self::Owner(..) => Some(Self::Kind),
            Self::Due(kind, ..) => Some(Self::Owner(*kind, parties())),
            Self::Evidence(..) => Some(Self::Whose(parties())),
            Self::Drop(incident, number) => Some(Self::Became(incident.clone(), *number)),
            Self::Decision(whose, chosen) => Some(Self::Evidence(whose.clone(), chosen.clone())),
            Self::About(kind, owner, due) => Some(Self::Due(*kind, owner.clone(), *due)),
            _ => None,
        }
    }

    /// The day that is chosen, moved by one; never one before `today`.
    pub fn moved(&self, forward: bool, today: NaiveDate) -> Option<Self> {
        let Self::Due(kind, owner, due) = self else {
            return None;
        };
        let day = match forward {
            true => later(*due, 1),
            false => due.pred_opt().unwrap_or(*due).max(today),
        };
        Some(Self::Due(*kind, owner.clone(), day))
    }
}

/// Whoever something can be given to: the people of the branch, then the plan's roles of its own people.
pub fn parties(people: &People, plan: &Plan) -> Vec<Party> {
    let people = people.all().map(|one| Party::Person(one.id.clone()));
    let own = plan.roles.iter().filter(|role| role.group == Group::People);
    let roles = own.map(|role| Party::Role {
        id: role.id.clone(),
        name: role.name.clone(),
    });
    people.chain(roles).collect()
}

/// What an action can be about, as its chip names it.
pub fn about(id: &str, steps: &[Subject]) -> Option<Subject> {
    match after(id, "about-step-") {
        Some(_) => nth(id, "about-step-", steps),
        None => after(id, "about-").and_then(Phase::of).map(Subject::Phase),
    }
}

fn after<'a>(id: &'a str, prefix: &str) -> Option<&'a str> {
    id.strip_prefix(prefix)
}

/// The one that a chip names by its place, counted from 1.
fn nth<T: Clone>(id: &str, prefix: &str, of: &[T]) -> Option<T> {
    let place: usize = after(id, prefix)?.parse().ok()?;
    of.get(place.checked_sub(1)?).cloned()
}

fn note(event: ReviewEvent) -> Answered {
    Answered::Note(None, Box::new(event))
}

fn note_of(incident: &IncidentId, event: ReviewEvent) -> Answered {
    Answered::Note(Some(incident.clone()), Box::new(event))
}

fn later(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    #[test]
    fn an_action_is_asked_for_in_four_steps() {
        let owner = Party::Person("0199".into());
        let offered = || vec![owner.clone()];
        let mut asking = Asking::Kind;
        for id in ["kind-training", "owner-1", "due-week"] {
            let Answered::Next(next) = asking.answer(id, day(2), offered, &[], Some(1)) else {
                panic!("{id}");
            };
            asking = next;
        }
        assert_eq!(
            asking,
            Asking::Due(ActionKind::Training, owner.clone(), day(9))
        );
        let asking = asking.moved(true, day(2)).and_then(|one| one.go_on());
        let asked = asking
            .unwrap()
            .answer("about-noticing", day(2), offered, &[], Some(3));
        let planned = Planned {
            action: ActionKind::Training,
            owner: owner.clone(),
            due: day(10),
            about: Subject::Phase(Phase::Noticing),
        };
        let event = ReviewEvent::ActionAdded { number: 3, planned };
        assert_eq!(asked, Answered::Note(None, Box::new(event)));
    }

    #[test]
    fn every_question_leads_back_to_the_one_before() {
        let owner = Party::Person("0199".into());
        let offered = || vec![owner.clone()];
        let mut asking = Asking::About(ActionKind::Plan, owner.clone(), day(9));
        let mut way = Vec::new();
        while let Some(before) = asking.before(offered) {
            way.push(before.asks());
            asking = before;
        }
        assert_eq!(way, [Asks::Due, Asks::Owner, Asks::Kind]);
        let settled = Asking::Decision(owner.clone(), vec![Evidence::Record]);
        let chosen = settled.before(offered).unwrap();
        assert_eq!(
            chosen,
            Asking::Evidence(owner.clone(), vec![Evidence::Record])
        );
        assert_eq!(chosen.before(offered), Some(Asking::Whose(offered())));
    }

    #[test]
    fn no_day_before_today_is_offered_and_what_is_no_choice_does_nothing() {
        let owner = Party::Person("0199".into());
        let due = Asking::Due(ActionKind::Plan, owner.clone(), day(2));
        assert_eq!(due.moved(false, day(2)), Some(due.clone()));
        let offered = || vec![owner.clone()];
        for asking in [Asking::Kind, due, Asking::Whose(offered())] {
            for id in ["", "kind-", "kind-nothing", "whose-0", "whose-9", "due-"] {
                let answered = asking.answer(id, day(2), offered, &[], Some(1));
                assert_eq!(answered, Answered::Nothing, "{asking:?} {id}");
            }
        }
        assert_eq!(Asking::Evidence(owner, Vec::new()).go_on(), None);
    }
}
