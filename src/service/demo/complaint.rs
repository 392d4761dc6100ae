//! One invented complaint: from the form to its settlement, and what became of its words.

use std::collections::VecDeque;

use chrono::{DateTime, TimeDelta, Utc};

use super::{Scene, Written};
use crate::domain::complaint::{About, ComplaintEvent, Erasure, Promise, Why};
use crate::domain::demo::chance::Chance;
use crate::domain::ids::ComplaintId;
use crate::domain::plan::Reply;
use crate::service::complaints::{ComplaintError, ComplaintText};

/// What complaints are about, and how often.
const ABOUTS: [(About, u64); 5] = [
    (About::Service, 36),
    (About::Trading, 28),
    (About::Equipment, 14),
    (About::Other, 12),
    (About::PersonalInformation, 10),
];
/// How complaints end, and how often beside the other ways.
const ENDS: [(&str, u64); 3] = [("as-asked", 6), ("explained", 6), ("in-part", 4)];
/// Departments that see to some.
const DEPARTMENTS: [&str; 4] = ["trading-department", "it", "logistics", "compliance"];
/// Working days by which the branch extends what it promised.
const LONGER: u32 = 5;

/// Something that will happen to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Accept,
    Interim,
    Add,
    HandOver,
    Link,
    Extend,
    Hold,
    Release,
    Answer,
    Settle,
    Erase,
}

/// A customer who complains, and whoever sees to it.
pub(super) struct ComplaintPlayer {
    chance: Chance,
    id: Option<ComplaintId>,
    promise: Option<Promise>,
    /// What the customer writes later.
    later: String,
    course: VecDeque<(DateTime<Utc>, What)>,
}

impl ComplaintPlayer {
    pub(super) fn new(chance: Chance) -> Self {
        Self {
            chance,
            id: None,
            promise: None,
            later: String::new(),
            course: VecDeque::new(),
        }
    }

    /// Does what comes next; says when the next act is, if there is one.
    ///
    /// # Errors
    /// [`ComplaintError`] where what is written cannot be sealed.
    pub(super) fn go_on(
        &mut self,
        scene: &Scene,
        now: DateTime<Utc>,
    ) -> Result<Option<DateTime<Utc>>, ComplaintError> {
        match (self.id.clone(), self.course.pop_front()) {
            (None, _) => self.receive(scene, now)?,
            (Some(id), Some((_, What::Add))) => {
                scene.complaints.add_past(&id, &self.later, now)?;
            }
            (Some(id), Some((_, what))) => {
                if let Some(event) = self.event(scene, what, now) {
                    scene.complaints.handle(&id, event, now);
                }
            }
            (Some(_), None) => {}
        }
        let soonest = now + TimeDelta::seconds(20);
        Ok(self.course.front().map(|(at, _)| (*at).max(soonest)))
    }

    fn receive(&mut self, scene: &Scene, now: DateTime<Utc>) -> Result<(), ComplaintError> {
        let about = *self.chance.weighted(&ABOUTS).unwrap_or(&About::Other);
        let written: Vec<&Written> = scene
            .written
            .iter()
            .filter(|one| one.about == about)
            .collect();
        let Some(written) = self.chance.pick(&written).copied() else {
            return Ok(());
        };
        self.later.clone_from(&written.later);
        let local = now.with_timezone(&scene.zone());
        let named = self.chance.percent(45);
        let words = ComplaintText {
            what: written.what.clone(),
            when: local.format("%Y-%m-%d").to_string(),
            wish: written.wish.clone(),
            // Nobody's: a name that is none, and an address of the reserved domain.
            name: if named {
                "DEMO".to_owned()
            } else {
                String::new()
            },
            contact: if named {
                format!("demo{}@example.com", self.chance.between(100, 999))
            } else {
                String::new()
            },
            ..ComplaintText::default()
        };
        let of = (about, &written.lang, &words);
        let (id, promise) = scene.complaints.receive_past(of, now)?;
        self.id = Some(id);
        self.promise = promise;
        self.course = self.invent(scene, about, now);
        Ok(())
    }

    /// What will happen to it, in its order.
    fn invent(
        &mut self,
        scene: &Scene,
        about: About,
        now: DateTime<Utc>,
    ) -> VecDeque<(DateTime<Utc>, What)> {
        let (accept_by, answer_by) = self.promise.map_or(
            (now + TimeDelta::days(3), now + TimeDelta::days(15)),
            |promise| (promise.accept_by.over(), promise.answer_by.over()),
        );
        let mut course: Vec<(DateTime<Utc>, What)> = Vec::new();
        let mut add = |chance: &mut Chance, at: DateTime<Utc>, what| {
            let at = scene.in_office(at, chance);
            course.push((at, what));
            at
        };
        let chance = &mut self.chance;
        let share = |chance: &mut Chance, from, to: DateTime<Utc>, in_time: u64, late: i64| {
            let (least, most) = match chance.percent(in_time) {
                true => (5, 85),
                false => (101, late),
            };
            let part = i32::try_from(chance.between(least, most)).unwrap_or(50);
            from + (to - from) * part / 100
        };
        let accepted = share(chance, now, accept_by, 92, 220);
        let accepted = add(chance, accepted, What::Accept);
        let hours = |chance: &mut Chance, least: i64, most: i64| {
            TimeDelta::minutes(chance.between(least * 60, most * 60))
        };
        for (of_hundred, what, most) in [
            (40, What::Interim, 30),
            (14, What::Add, 90),
            (12, What::HandOver, 60),
            (2, What::Hold, 60),
        ] {
            if chance.percent(of_hundred) {
                let at = accepted + hours(chance, 1, most);
                add(chance, at, what);
            }
        }
        if about != About::Other && chance.percent(14) {
            let at = accepted + hours(chance, 0, 4);
            add(chance, at, What::Link);
        }
        let extended = chance.percent(9);
        let answered = if extended {
            let at = answer_by - hours(chance, 12, 40);
            add(chance, at, What::Extend);
            answer_by + hours(chance, 4, 90)
        } else {
            share(chance, accepted, answer_by, 88, 150)
        };
        let answered = add(chance, answered, What::Answer);
        let mut last = answered;
        if chance.percent(8) {
            let at = last + hours(chance, 2, 70);
            let at = add(chance, at, What::Add);
            let at = at + hours(chance, 3, 90);
            last = add(chance, at, What::Answer);
        }
        let settled = last + hours(chance, 2, 96);
        let settled = add(chance, settled, What::Settle);
        if chance.percent(4) {
            let at = settled + hours(chance, 20, 900);
            add(chance, at, What::Erase);
        }
        if course.iter().any(|(_, what)| *what == What::Hold) {
            // What must be kept is not erased.
            course.retain(|(_, what)| *what != What::Erase);
            if chance.percent(60) {
                course.push((settled + TimeDelta::days(40), What::Release));
            }
        }
        course.sort_by_key(|(at, _)| *at);
        course.into()
    }

    fn event(&mut self, scene: &Scene, what: What, now: DateTime<Utc>) -> Option<ComplaintEvent> {
        let plan = &scene.plan;
        let chance = &mut self.chance;
        let mut reason = |of: &[Why]| chance.pick(of).map(|why| (scene.reason)(*why));
        Some(match what {
            What::Accept => ComplaintEvent::Accepted {},
            What::Interim => replied(chance, &plan.replies, true)?,
            What::Answer => replied(chance, &plan.replies, false)?,
            What::HandOver => {
                let role = plan.role(chance.pick(&DEPARTMENTS)?)?;
                ComplaintEvent::HandedOver {
                    role: role.id.clone(),
                    name: role.name.clone(),
                }
            }
            What::Link => ComplaintEvent::Linked {
                incident: scene.dispute(chance)?,
            },
            What::Extend => {
                let calendar = &scene.calendar;
                let promise = self.promise?;
                let (accept_by, answer_by) =
                    promise.extended(true, LONGER, now, calendar, &scene.zone());
                ComplaintEvent::Extended {
                    accept_by,
                    answer_by: Some(answer_by?),
                    reason: reason(&Why::EXTEND)?,
                }
            }
            What::Hold => ComplaintEvent::Held {
                reason: reason(&Why::HOLD)?,
            },
            What::Release => ComplaintEvent::Released {
                reason: reason(&Why::RELEASE)?,
            },
            What::Settle => {
                let weighed = plan.settlements.iter().map(|one| {
                    let often = ENDS.iter().find(|(id, _)| *id == one.id);
                    (one, often.map_or(1, |(_, weight)| *weight))
                });
                let weighed: Vec<_> = weighed.collect();
                let end = chance.weighted(&weighed)?;
                ComplaintEvent::Closed {
                    outcome: end.id.clone(),
                    words: end.name.clone(),
                }
            }
            What::Erase => ComplaintEvent::Erased {
                why: Erasure::Request,
            },
            What::Add => return None,
        })
    }
}

/// One of the plan's replies of this kind.
fn replied(chance: &mut Chance, replies: &[Reply], interim: bool) -> Option<ComplaintEvent> {
    let of: Vec<&Reply> = replies
        .iter()
        .filter(|one| one.interim == interim)
        .collect();
    let reply = chance.pick(&of)?;
    Some(ComplaintEvent::Replied {
        reply: reply.id.clone(),
        words: reply.words.clone(),
        interim: reply.interim,
        approved: reply.approval,
    })
}
