//! What is to be heard, as it follows from what goes on: the rhythm of a resuscitation, a tone for a
//! life-saving step that has become overdue, the order to leave.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::time::Instant;

use chrono::{DateTime, Utc};

use super::ViewState;
use crate::domain::evacuation::command_in_force;
use crate::domain::ids::IncidentId;
use crate::domain::incident::{Incident, StepRef};
use crate::domain::vital;
use crate::i18n::evacuation as words;
use crate::sound::Wish;
use crate::sound::speaker::Spoken;

/// A deadline of a step, by which a tone that was heard is known.
type Deadline = (IncidentId, StepRef, DateTime<Utc>);

/// What is heard.
#[derive(Default)]
pub(super) struct State {
    /// The resuscitation whose rhythm it is, and when that began on the clock that nobody sets.
    rhythm: RefCell<Option<(IncidentId, DateTime<Utc>)>>,
    began: Cell<Option<Instant>>,
    /// The deadlines that had their tone.
    rung: RefCell<HashSet<Deadline>>,
    /// The order that is spoken.
    spoken: RefCell<Vec<Spoken>>,
}

impl State {
    /// When the rhythm began that is heard now.
    pub(super) fn began(&self) -> Option<Instant> {
        self.began.get()
    }
}

impl ViewState {
    /// Has heard what is to be heard just now, and nothing else.
    pub(super) fn hear(&self) {
        if self.navigator.is_display_only() {
            return;
        }
        let now = self.now();
        self.hear_rhythm(now);
        self.hear_overdue(now);
        self.hear_order(now);
    }

    fn hear_rhythm(&self, now: DateTime<Utc>) {
        let going = self.services.incidents.resuscitating().and_then(|one| {
            let started = one.running_resuscitation()?.started;
            Some((one.id.clone(), started))
        });
        if *self.sounds.rhythm.borrow() == going {
            return;
        }
        let began = going.as_ref().and_then(|(_, started)| {
            let elapsed = (now - *started).to_std().unwrap_or_default();
            Instant::now().checked_sub(elapsed)
        });
        self.sounds.rhythm.replace(going);
        self.sounds.began.set(began);
        self.services.sound.wish(Wish::Rhythm(began));
    }

    /// The deadlines of life-saving steps that are still to pass or have just passed.
    fn vital_deadlines(&self) -> Vec<Deadline> {
        let incidents = &self.services.incidents;
        let open = incidents.open();
        let all = open.iter().filter_map(|one| {
            let kind = incidents.kind(one)?;
            let due = vital::deadlines(one, &kind).into_iter();
            Some(due.map(|(step, due)| (one.id.clone(), step, due)))
        });
        all.flatten().collect()
    }

    fn hear_overdue(&self, now: DateTime<Utc>) {
        let deadlines = self.vital_deadlines();
        let mut rung = self.sounds.rung.borrow_mut();
        rung.retain(|one| deadlines.contains(one));
        // Whoever presses to a rhythm is not to be put out of it, nor whoever has 120 on the telephone.
        let is_quiet = self.sounds.began().is_some() || self.has_open_card();
        for one in deadlines {
            let news = vital::has_just_passed(one.2, now) && !is_quiet;
            if news && rung.insert(one) {
                self.services.sound.wish(Wish::Overdue);
            }
        }
    }

    /// When the next tone is due.
    pub(super) fn next_tone(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let due = self.vital_deadlines().into_iter().map(|(_, _, due)| due);
        due.filter(|due| *due > now).min()
    }

    fn hear_order(&self, now: DateTime<Utc>) {
        let order = self.order_to_speak(now);
        if *self.sounds.spoken.borrow() != order {
            self.services.sound.wish(Wish::Speech(order.clone()));
            self.sounds.spoken.replace(order);
        }
    }

    /// The order to leave, in the branch's two languages; none where it is not to be heard: while
    /// somebody telephones or presses to the rhythm, and where whoever people flee from may listen.
    fn order_to_speak(&self, now: DateTime<Utc>) -> Vec<Spoken> {
        let is_wanted = self.services.settings().screen.spoken_orders
            && self.sounds.began().is_none()
            && !self.has_open_card();
        let incidents = &self.services.incidents;
        let leaving = incidents.evacuating().filter(|_| is_wanted);
        leaving.map_or_else(Vec::new, |one| self.order_of(&one, now))
    }

    fn order_of(&self, incident: &Incident, now: DateTime<Utc>) -> Vec<Spoken> {
        let incidents = &self.services.incidents;
        let hazard = incidents.hazard(incident);
        let is_secret = hazard.as_ref().is_some_and(|one| one.discreet);
        // A tap by mistake is seen and not heard.
        let running = incident
            .running_evacuation()
            .filter(|one| !one.may_undo(now));
        let Some(running) = running.filter(|_| !is_secret) else {
            return Vec::new();
        };
        let command = hazard
            .as_ref()
            .and_then(|one| command_in_force(one, running));
        let (first, second) = self.two_languages();
        let spoken = [Some(first), second].into_iter().flatten();
        spoken
            .map(|lang| Spoken {
                words: command
                    .map_or(words::leave(&lang), |text| text.in_lang(&lang))
                    .to_owned(),
                lang: lang.as_str().to_owned(),
            })
            .collect()
    }
}
