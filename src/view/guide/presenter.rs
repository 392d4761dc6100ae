//! What the guide of an incident shows.

use super::{log, market, steps};
use crate::domain::guide::Guide;
use crate::domain::ids::IncidentId;
use crate::domain::lang::Lang;
use crate::domain::plan::{IncidentType, Plan};
use crate::i18n::screen;
use crate::view::{ViewState, words};
use crate::{Chip, Face, LogRow, TypeButton};

/// The guide of one incident.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Which face it shows.
    pub face: Face,
    /// What gives it its colour.
    pub class_id: String,
    /// The plan's id of its type.
    pub type_id: String,
    /// Its name where customers may read it.
    pub name: String,
    /// It has neutral colours, and no name that can be read from a distance.
    pub discreet: bool,
    /// A complaint belongs to it.
    pub has_complaint: bool,
    /// The principles of its type, in their short forms.
    pub principles: String,
    /// The time since it started.
    pub elapsed: String,
    /// Seconds left to undo the start or the close; 0 when that is over.
    pub undo_left: i32,
    /// Seconds left to take back the end of an evacuation; 0 when that is over.
    pub end_undo_left: i32,
    /// A second incident of the same type may be started.
    pub may_start_second: bool,
    /// There are types that the board has no button for.
    pub has_kinds: bool,
    /// How it stands with the market, where orders may be waiting.
    pub market: Option<market::Model>,
    /// What the face shows.
    pub shown: FaceModel,
    /// Which step is to be done, where steps are shown.
    pub turn: Option<TurnKey>,
}

/// What one face of the guide shows.
#[derive(Clone, Debug, PartialEq)]
pub enum FaceModel {
    /// The step to do now, and all the others in brief.
    Steps(Box<steps::Model>),
    /// All that happened, and all that is still to do.
    Log(Vec<LogRow>),
    /// How it can have ended.
    Outcomes(Vec<Chip>),
    /// The types it can be changed to, which the board has.
    Types,
    /// Those that the board does not have.
    Kinds(Vec<TypeButton>),
    /// It is over.
    Closed(log::Closed),
}

/// By what a step is known to be another one than before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TurnKey {
    /// How often a guide was opened.
    pub opened: u32,
    /// The incident.
    pub incident: IncidentId,
    /// The plan's id of its type.
    pub type_id: String,
    /// The plan's id of the step; none where all are settled.
    pub step: Option<String>,
}

/// The guide just now; none where it shows no incident that is in mind.
pub fn present(state: &ViewState) -> Option<Model> {
    let (lang, now) = (state.lang(), state.now());
    let incidents = &state.services().incidents;
    let incident = incidents.get(&state.guide.shown()?)?;
    let incident = &*incident;
    let plan = incidents.plan_of(incident);
    let kind = plan.incident(&incident.type_id);
    let face = state.face_of(incident);
    let mut turn = None;
    let shown = match (face, kind) {
        (Face::Steps, Some(kind)) => {
            let standing = Guide::of(incident, kind);
            let current = standing.current.and_then(|at| standing.steps.get(at));
            turn = Some(TurnKey {
                opened: state.guide.opened.get(),
                incident: incident.id.clone(),
                type_id: kind.id.clone(),
                step: current.map(|one| one.step.id.clone()),
            });
            let steps = steps::present(state, incident, kind, &standing);
            FaceModel::Steps(Box::new(steps))
        }
        (Face::Log, kind) => FaceModel::Log(log::present(state, incident, kind)),
        (Face::Outcomes, kind) => {
            let outcomes = plan.outcomes_of(kind).into_iter();
            let outcomes = outcomes.map(|one| words::chip(&one.choice, &lang));
            FaceModel::Outcomes(outcomes.collect())
        }
        (Face::Kinds, _) => FaceModel::Kinds(kinds(state, &lang)),
        (Face::Closed, kind) => FaceModel::Closed(log::closed(state, incident, kind)),
        (Face::Types | Face::Steps, _) => FaceModel::Types,
    };
    Some(Model {
        face,
        class_id: words::class_of(kind).to_owned(),
        type_id: incident.type_id.clone(),
        name: words::incident_name(state, incident, &lang),
        discreet: kind.is_some_and(|kind| state.is_discreet(kind)),
        has_complaint: state.services().desk.of_incident(&incident.id).is_some(),
        principles: kind.map_or_else(String::new, |kind| principles(&plan, kind, &lang)),
        elapsed: screen::stopwatch(incident.elapsed(now)),
        undo_left: incident.undo_left(now),
        end_undo_left: (incident.evacuation.as_ref())
            .filter(|_| incident.is_open())
            .map_or(0, |one| one.end_undo_left(now)),
        may_start_second: state.guide.second.get() && incident.is_open(),
        has_kinds: state.services().plan().behind().next().is_some(),
        market: market::present(state, kind.filter(|_| face == Face::Steps)),
        shown,
        turn,
    })
}

/// The types behind "other incident" of the plan in force, which a change of type goes by.
fn kinds(state: &ViewState, lang: &Lang) -> Vec<TypeButton> {
    let plan = state.services().plan();
    let button = |kind| words::type_button(kind, lang);
    plan.behind().map(button).collect()
}

/// The principles of a type of incident, in their short forms.
fn principles(plan: &Plan, kind: &IncidentType, lang: &Lang) -> String {
    let names = (kind.principles.iter()).filter_map(|id| plan.principle(id));
    names
        .map(|principle| principle.name.in_lang(lang))
        .collect::<Vec<_>>()
        .join(" · ")
}
