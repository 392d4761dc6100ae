//! What presenters of several screens put the same way.

use chrono::{DateTime, Utc};

use crate::domain::guide::{self, Guide};
use crate::domain::incident::Mark;
use crate::domain::incident::{Incident, StepRef};
use crate::domain::lang::Lang;
use crate::domain::plan::{Choice, IncidentType};
use crate::i18n::screen;
use crate::{Chip, StepKey, StepMark, TypeButton, Urgency};

use super::ViewState;

/// The class that gives an incident its colour; types beside the classes have their own.
pub fn class_of(kind: Option<&IncidentType>) -> &str {
    kind.map_or("", |kind| kind.class.as_deref().unwrap_or(&kind.id))
}

/// How much a deadline presses, as the markup names it.
pub fn urgency(urgency: guide::Urgency) -> Urgency {
    match urgency {
        guide::Urgency::Calm => Urgency::Calm,
        guide::Urgency::Soon => Urgency::Soon,
        guide::Urgency::Overdue => Urgency::Overdue,
    }
}

/// What one line says of a guide: the command of its foremost step.
pub fn foremost<'a>(guide: &Guide<'a>, lang: &Lang, now: DateTime<Utc>) -> &'a str {
    let foremost = guide.foremost(now);
    foremost.map_or(screen::all_settled(lang), |one| one.command().in_lang(lang))
}

/// When the first of an incident's deadlines falls, or fell; none without one.
pub fn due_first(state: &ViewState, incident: &Incident) -> Option<DateTime<Utc>> {
    let kind = state.services().incidents.kind(incident)?;
    Guide::of(incident, &kind).pressing()?.due
}

/// The button of a type.
pub fn type_button(kind: &IncidentType, lang: &Lang) -> TypeButton {
    TypeButton {
        type_id: kind.id.as_str().into(),
        label: kind.button_name().in_lang(lang).into(),
    }
}

/// What became of a step, as the markup names it.
pub fn step_mark(mark: Mark) -> StepMark {
    match mark {
        Mark::Open => StepMark::Open,
        Mark::Done => StepMark::Done,
        Mark::Skipped => StepMark::Skipped,
        Mark::Cannot => StepMark::Cannot,
        Mark::Waived => StepMark::Waived,
    }
}

/// A step as the window hands it back.
pub fn step_key(step: &StepRef) -> StepKey {
    StepKey {
        type_id: step.type_id.as_str().into(),
        step: step.step.as_str().into(),
    }
}

/// The step that the window names.
pub fn step_of(key: &StepKey) -> StepRef {
    StepRef {
        type_id: key.type_id.as_str().to_owned(),
        step: key.step.as_str().to_owned(),
    }
}

/// A choice as a chip.
pub fn chip(choice: &Choice, lang: &Lang) -> Chip {
    Chip {
        id: choice.id.as_str().into(),
        label: choice.name.in_lang(lang).into(),
    }
}

/// Choices as chips.
pub fn chips(choices: &[Choice], lang: &Lang) -> Vec<Chip> {
    choices.iter().map(|choice| chip(choice, lang)).collect()
}

/// An incident's name where customers may read it.
pub fn incident_name(state: &ViewState, incident: &Incident, lang: &Lang) -> String {
    let name = state.services().incidents.open_name(incident);
    name.in_lang(lang).to_owned()
}
