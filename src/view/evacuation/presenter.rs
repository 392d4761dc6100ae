//! What the evacuation shows: the signs for everybody, and the staff's list.

use super::roll;
use super::way_out::{self, FloorPlan};
use crate::domain::evacuation::{command_in_force, next_command, tells_to_stay};
use crate::domain::hazard::{asks_hazard, named_hazard};
use crate::domain::incident::Incident;
use crate::domain::lang::Lang;
use crate::domain::plan::{Hazard, Plan};
use crate::i18n::{evacuation as words, screen};
use crate::view::ViewState;
use crate::{EvacuationFace, HazardChip, SweepRow};

/// An evacuation.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// The signs for everybody, the staff's list, or the question how it ended.
    pub face: EvacuationFace,
    /// The time since it began.
    pub elapsed: String,
    /// Seconds left to undo the start; 0 when that is over.
    pub undo_left: i32,
    /// What everybody is called, in the branch's first language.
    pub command: String,
    /// The same in its second; empty without one.
    pub command_other: String,
    /// The next command to the crowd; empty where there is only one.
    pub next_order: String,
    /// What people leave for, once it is known: for the staff's face.
    pub hazard: String,
    /// Whether they say where to gather.
    pub with_place: bool,
    /// What the sign says in place of the ways out, in both languages; empty where people leave.
    pub stay: String,
    /// The same in the other language.
    pub stay_other: String,
    /// What the staff's face alone says.
    pub staff_words: String,
    /// Chips to say what people leave for; none where that is known.
    pub hazards: Vec<HazardChip>,
    /// The floor plan.
    pub floor: FloorPlan,
    /// How many people are out.
    pub out: String,
    /// The same with those on a usual day, and the people missing.
    pub heads: String,
    /// People missing; none as long as nobody has said.
    pub missing: Option<u32>,
    /// Who has which task, and who is missing.
    pub roll: roll::Model,
    /// Where somebody looks whether everybody is out.
    pub sweeps: Vec<SweepRow>,
}

/// The evacuation just now; none where people do not leave.
pub fn present(state: &ViewState) -> Option<Model> {
    let (lang, now) = (state.lang(), state.now());
    let incidents = &state.services().incidents;
    let incident = state.announced()?;
    let running = incident.announced_evacuation(now)?;
    let plan = incidents.plan_of(&incident);
    let hazard = incidents.hazard(&incident);
    let hazard = hazard.as_ref();
    let command = hazard.and_then(|hazard| command_in_force(hazard, running));
    let in_force = |lang: &Lang| {
        let command = command.map_or(words::leave(lang), |text| text.in_lang(lang));
        words::in_lines(command)
    };
    let (first, second) = state.two_languages();
    let stays = hazard.is_some_and(|hazard| tells_to_stay(hazard, running));
    let next = hazard.and_then(|hazard| next_command(hazard, running));
    let naming = Naming::of(state, &plan, &incident, hazard);
    let settings = state.services().settings();
    let branch = &settings.branch;
    let zone = branch.time_zone;
    let discreet = hazard.is_some_and(|one| one.discreet);
    // Where people have to get away from somebody, nobody is sent below ground.
    let below = if discreet {
        None
    } else {
        roll::below_ground(branch, running, &lang, zone)
    };
    let sweeps = plan.sweeps_for(hazard).iter().map(|sweep| {
        let done = running.swept.get(&sweep.id);
        let time = done.map_or_else(String::new, |at| screen::time_of_day(*at, zone));
        SweepRow {
            id: sweep.id.as_str().into(),
            command: sweep.command.in_lang(&lang).into(),
            detail: sweep.detail.in_lang(&lang).into(),
            done: done.is_some(),
            time: time.into(),
        }
    });
    Some(Model {
        face: state.evacuation.face.get(),
        elapsed: screen::stopwatch(now - running.started),
        undo_left: running.undo_left(now),
        command: in_force(&first),
        command_other: second.as_ref().map(in_force).unwrap_or_default(),
        next_order: next.map_or_else(String::new, |text| words::in_lines(text.in_lang(&lang))),
        // The staff's face alone says what people leave for.
        hazard: (naming.known)
            .map_or("", |one| one.name.in_lang(&lang))
            .to_owned(),
        with_place: !discreet,
        stay: if stays {
            words::stay(&first).to_owned()
        } else {
            String::new()
        },
        stay_other: (second.as_ref().filter(|_| stays))
            .map_or_else(String::new, |lang| words::stay(lang).to_owned()),
        staff_words: told_staff(state, hazard, &lang),
        hazards: naming.chips(state, &plan, &lang),
        floor: way_out::floor_plan(state, &lang),
        out: running.out.to_string(),
        heads: words::heads(
            &lang,
            running.out,
            branch.expected_people,
            running.missing_in_all(),
        ),
        missing: running.missing_in_all(),
        roll: roll::present(&settings, &plan, running, discreet, &lang),
        sweeps: sweeps.chain(below).collect(),
    })
}

/// What every screen says of an evacuation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// The time since it began.
    pub elapsed: String,
    /// What people are told, on one line and in the language of the screen.
    pub order: String,
}

/// What every screen says of the evacuation just now; none where people do not leave.
pub fn band(state: &ViewState) -> Option<Band> {
    let (lang, now) = (state.lang(), state.now());
    let incident = state.announced()?;
    let running = incident.announced_evacuation(now)?;
    let hazard = state.services().incidents.hazard(&incident);
    let command = (hazard.as_ref()).and_then(|hazard| command_in_force(hazard, running));
    Some(Band {
        elapsed: screen::stopwatch(now - running.started),
        order: command
            .map_or(words::leave(&lang), |text| text.in_lang(&lang))
            .to_owned(),
    })
}

/// What is known of why people leave, and what there is to be asked.
struct Naming<'a> {
    /// What they leave for, as far as the staff are told.
    known: Option<&'a Hazard>,
    /// It is to be asked.
    asks: bool,
    /// Once it is named the signs have other things to show; the staff's face still has them.
    is_settled: bool,
}

impl<'a> Naming<'a> {
    fn of(
        state: &ViewState,
        plan: &'a Plan,
        incident: &Incident,
        hazard: Option<&'a Hazard>,
    ) -> Self {
        let asks = asks_hazard(incident, hazard);
        let evacuation = incident.evacuation.as_ref();
        let is_named = evacuation.is_some_and(|one| one.hazard.is_some());
        // A fight that is open says as much as a word would.
        let presumed = hazard.filter(|one| !is_named && one.discreet);
        Self {
            known: if asks {
                named_hazard(plan, incident).or(presumed)
            } else {
                hazard
            },
            asks,
            // With a fight going on the wrong one would lead people to where they can be found: it
            // can be put right where it was named.
            is_settled: is_named && !state.services().incidents.is_discreet_beside(),
        }
    }

    fn chips(&self, state: &ViewState, plan: &Plan, lang: &Lang) -> Vec<HazardChip> {
        let signs = is_public(state.evacuation.face.get());
        if signs && (!self.asks || self.is_settled) {
            return Vec::new();
        }
        let chip = |one: &Hazard| {
            let name = if signs { one.open_name() } else { &one.name };
            HazardChip {
                id: one.id.as_str().into(),
                label: name.in_lang(lang).into(),
                chosen: self.known.is_some_and(|it| it.id == one.id),
            }
        };
        plan.hazards.iter().map(chip).collect()
    }
}

/// Whether everybody reads the face.
fn is_public(face: EvacuationFace) -> bool {
    matches!(face, EvacuationFace::Signs | EvacuationFace::Plan)
}

/// What the public does not read: the staff's orders and, where whoever people flee from may
/// read along, their meeting point.
fn told_staff(state: &ViewState, hazard: Option<&Hazard>, lang: &Lang) -> String {
    let Some(hazard) = hazard else {
        return String::new();
    };
    let settings = state.services().settings();
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
