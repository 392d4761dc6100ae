//! The evacuation: what everybody sees, and what the staff see to.

use std::cell::{Cell, Ref};
use std::rc::Rc;

use chrono::{DateTime, Utc};
use slint::ComponentHandle;

use super::ticks::next_second;
use super::{Screens, rows};
use crate::domain::evacuation::{End, asks_hazard, command_in_force, named_hazard, next_command};
use crate::domain::incident::Incident;
use crate::domain::plan::Hazard;
use crate::i18n::{evacuation as words, screen};
use crate::{EndAsked, Evacuation, EvacuationFace, HazardChip, Screen, SweepRow};

/// What the evacuation screen shows beside the services' state.
#[derive(Default)]
pub(super) struct State {
    face: Cell<EvacuationFace>,
    /// The face from which the end was asked for.
    asked_from: Cell<EvacuationFace>,
}

/// The models of the evacuation.
#[derive(Default)]
pub(super) struct Rows {
    hazards: rows::Rows<HazardChip>,
    sweeps: rows::Rows<SweepRow>,
}

impl Screens {
    pub(super) fn bind_evacuation(self: &Rc<Self>) {
        let evacuation = self.window.global::<Evacuation<'_>>();
        evacuation.set_hazards(self.rows.evacuation.hazards.model());
        evacuation.set_sweeps(self.rows.evacuation.sweeps.model());

        let me = Rc::downgrade(self);
        evacuation.on_undo(move || {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.undo_evacuation());
            }
        });
        let me = Rc::downgrade(self);
        evacuation.on_name_hazard(move |hazard| {
            if let Some(me) = me.upgrade() {
                me.acted(|me| {
                    me.services.incidents.name_hazard(&hazard);
                });
            }
        });
        let me = Rc::downgrade(self);
        evacuation.on_call_next(move || {
            if let Some(me) = me.upgrade() {
                me.acted(|me| {
                    me.services.incidents.next_order();
                });
            }
        });
        let me = Rc::downgrade(self);
        evacuation.on_turn_to(move |face| {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.turn_evacuation(face));
            }
        });
        let me = Rc::downgrade(self);
        evacuation.on_sweep(move |sweep, done| {
            if let Some(me) = me.upgrade() {
                me.acted(|me| {
                    me.services.incidents.sweep(&sweep, done);
                });
            }
        });
        let me = Rc::downgrade(self);
        evacuation.on_count(move |more| {
            if let Some(me) = me.upgrade() {
                me.acted_in_place(|me| {
                    me.services.incidents.count_heads(more);
                });
            }
        });
        let me = Rc::downgrade(self);
        evacuation.on_miss(move |missing| {
            if let Some(me) = me.upgrade() {
                me.acted(|me| {
                    let missing = u32::try_from(missing).unwrap_or(0);
                    me.services.incidents.miss(missing);
                });
            }
        });
        let me = Rc::downgrade(self);
        evacuation.on_end(move |false_alarm| {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.end_evacuation(false_alarm));
            }
        });
        let me = Rc::downgrade(self);
        evacuation.on_carry_on(move || {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.evacuation.face.set(me.evacuation.asked_from.get()));
            }
        });
        let me = Rc::downgrade(self);
        evacuation.on_to_guide(move || {
            if let Some(me) = me.upgrade() {
                me.acted(|me| {
                    let incidents = &me.services.incidents;
                    let id = incidents.evacuating().map(|one| one.id.clone());
                    let guide = id.and_then(|id| incidents.guide_of_evacuation(&id));
                    if let Some(id) = guide {
                        me.show_guide(&id);
                    }
                });
            }
        });
    }

    /// People have to leave: from any screen, at once.
    pub fn evacuate(&self) {
        if self.display_only {
            return;
        }
        if self.services.incidents.evacuating().is_none() {
            self.remember();
        }
        let here = self.guided();
        if self.services.incidents.evacuate(here.as_deref()).is_some() {
            self.show_evacuation(EvacuationFace::Signs);
        }
    }

    /// Shows the evacuation from now on.
    pub fn show_evacuation(&self, face: EvacuationFace) {
        self.ask_no_end();
        self.evacuation.face.set(face);
        self.show(Screen::Evacuation);
    }

    fn turn_evacuation(&self, face: EvacuationFace) {
        self.ask_no_end();
        let state = &self.evacuation;
        if face == EvacuationFace::Ending {
            state.asked_from.set(state.face.get());
        }
        state.face.set(face);
    }

    fn undo_evacuation(self: &Rc<Self>) {
        if self.services.incidents.undo_evacuation() {
            self.go_back();
        }
    }

    fn end_evacuation(&self, false_alarm: bool) {
        let end = if false_alarm {
            End::FalseAlarm
        } else {
            End::AllClear
        };
        if let Some(id) = self.services.incidents.end(end) {
            self.show_guide(&id);
        }
    }

    /// It was ended by mistake: people go on leaving.
    pub(super) fn undo_end(&self) {
        if self.services.incidents.undo_end().is_some() {
            self.show_evacuation(EvacuationFace::Signs);
        }
    }

    fn ask_no_end(&self) {
        let window = self.window.global::<Evacuation<'_>>();
        window.set_end_asked(EndAsked::Nothing);
    }

    /// Seconds in which the end of the incident's evacuation can still be taken back, rounded up.
    pub(super) fn end_undo_left(incident: &Incident, now: DateTime<Utc>) -> i32 {
        let evacuation = incident.evacuation.as_ref().filter(|_| incident.is_open());
        evacuation.map_or(0, |one| one.end_undo_left(now))
    }

    /// The evacuation to show: the one that runs; on a display that only looks on, also one that
    /// was ended so short a while ago that this may be taken back.
    fn announced(&self) -> Option<Ref<'_, Incident>> {
        let incidents = &self.services.incidents;
        incidents
            .evacuating()
            .or_else(|| incidents.just_ended().filter(|_| self.display_only))
    }

    pub(super) fn draw_evacuation(&self) {
        let (lang, now) = (self.lang(), self.services.clock.now());
        let Some(incident) = self.announced() else {
            return;
        };
        let Some(running) = incident.announced_evacuation(now) else {
            return;
        };
        let window = self.window.global::<Evacuation<'_>>();
        window.set_face(self.evacuation.face.get());
        window.set_elapsed(screen::stopwatch(now - running.started).into());
        window.set_undo_left(running.undo_left(now));
        self.draw_commands(&incident, &lang);
        self.draw_floor(&lang);
        window.set_out(running.out.to_string().into());
        window.set_heads(words::heads(&lang, running.out, running.missing).into());
        let missing = running.missing.map(|count| i32::try_from(count).ok());
        window.set_missing(missing.flatten().unwrap_or(-1));
        let zone = self.services.settings().branch.time_zone;
        let hazard = self.services.incidents.hazard(&incident);
        let plan = self.services.incidents.plan_of(&incident);
        let sweeps = plan.sweeps_for(hazard.as_ref()).iter().map(|sweep| {
            let done = running.swept.get(&sweep.id);
            SweepRow {
                id: sweep.id.as_str().into(),
                command: sweep.command.in_lang(&lang).into(),
                detail: sweep.detail.in_lang(&lang).into(),
                done: done.is_some(),
                time: done
                    .map_or_else(String::new, |at| screen::time_of_day(*at, zone))
                    .into(),
            }
        });
        self.rows.evacuation.sweeps.set(sweeps);
    }

    /// The command in force, the one to follow it, and what there is to be named.
    fn draw_commands(&self, incident: &Incident, lang: &str) {
        let window = self.window.global::<Evacuation<'_>>();
        let (first, second) = self.two_languages();
        let plan = self.services.incidents.plan_of(incident);
        let hazard = self.services.incidents.hazard(incident);
        let hazard = hazard.as_ref();
        let announced = incident.announced_evacuation(self.services.clock.now());
        let because = hazard.zip(announced);
        let command = because.and_then(|(hazard, running)| command_in_force(hazard, running));
        let in_force = |lang: &str| {
            let command = command.map_or(words::leave(lang), |text| text.in_lang(lang));
            words::in_lines(command)
        };
        window.set_command(in_force(&first).into());
        window.set_command_other(second.as_deref().map(in_force).unwrap_or_default().into());
        let next = because.and_then(|(hazard, running)| next_command(hazard, running));
        window.set_next_order(next.map_or("", |text| text.in_lang(lang)).into());

        let asks = asks_hazard(incident, hazard);
        let evacuation = incident.evacuation.as_ref();
        let is_named = evacuation.is_some_and(|one| one.hazard.is_some());
        // A fight that is open says as much as a word would.
        let presumed = hazard.filter(|one| !is_named && one.discreet);
        let known = if asks {
            named_hazard(&plan, incident).or(presumed)
        } else {
            hazard
        };
        // The staff's face alone says what people leave for.
        window.set_hazard(known.map_or("", |one| one.name.in_lang(lang)).into());
        window.set_with_codes(!hazard.is_some_and(Hazard::withholds_codes));
        window.set_with_place(!hazard.is_some_and(|one| one.discreet));
        window.set_staff_words(self.told_staff(hazard, lang).into());
        // Once it is named the signs have other things to show; the staff's face still has them.
        // With a fight going on the wrong one would lead people to where they can be found: it
        // can be put right where it was named.
        let signs = self.evacuation.face.get() == EvacuationFace::Signs;
        let named_for_good = is_named && !self.services.incidents.is_discreet_beside();
        let chips = (plan.hazards.iter())
            .filter(|_| !signs || (asks && !named_for_good))
            .map(|one| HazardChip {
                id: one.id.as_str().into(),
                label: if signs {
                    one.open_name().in_lang(lang).into()
                } else {
                    one.name.in_lang(lang).into()
                },
                chosen: known.is_some_and(|it| it.id == one.id),
            });
        self.rows.evacuation.hazards.set(chips);
    }

    /// What the public does not read: the staff's orders and, where whoever people flee from may
    /// read along, their meeting point.
    fn told_staff(&self, hazard: Option<&Hazard>, lang: &str) -> String {
        let Some(hazard) = hazard else {
            return String::new();
        };
        let settings = self.services.settings();
        let place = settings.branch.staff_meeting_point.as_deref();
        let meet = hazard.discreet.then(|| {
            place.map_or(words::no_meeting_point(lang).to_owned(), |it| {
                words::meet_at(lang, it)
            })
        });
        let orders = hazard.staff_commands.iter();
        orders
            .map(|one| one.in_lang(lang).to_owned())
            .chain(meet)
            .collect::<Vec<_>>()
            .join(" · ")
    }

    /// Whether the codes with the way out are withheld just now.
    pub(super) fn withholds_codes(&self) -> bool {
        let leaving = self.announced();
        leaving
            .and_then(|one| {
                let hazard = self.services.incidents.hazard(&one)?;
                Some(hazard.withholds_codes())
            })
            .unwrap_or(false)
    }

    /// The branch's first language, and its second where it has one.
    pub(super) fn two_languages(&self) -> (String, Option<String>) {
        let settings = self.services.settings();
        let languages = &settings.screen.languages;
        let first = languages.first().cloned().unwrap_or_else(|| self.lang());
        (first, languages.get(1).cloned())
    }

    /// When the start of an evacuation can no longer be undone; far off where there is none.
    pub(super) fn evacuation_is_certain(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        let incident = self.services.incidents.evacuating();
        let certain = incident
            .as_ref()
            .and_then(|one| one.running_evacuation())
            .filter(|running| running.may_undo(now))
            .map(|running| running.certain());
        certain.unwrap_or(now + chrono::Duration::hours(1))
    }

    /// When the evacuation next changes by itself.
    pub(super) fn evacuation_changes(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        let incident = self.announced();
        let started = incident
            .as_ref()
            .and_then(|one| one.announced_evacuation(now))
            .map(|one| one.started);
        started.map_or(now + chrono::Duration::hours(1), |started| {
            next_second(started, now)
        })
    }
}
