//! What the card for the rescuers says.

use slint::Image;

use crate::HandoverRow;
use crate::domain::handover::{acts, concerns_building, open_words};
use crate::domain::roll::MissingPerson;
use crate::i18n::handover as words;
use crate::view::ViewState;

/// The card.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// The facts, then what was done.
    pub rows: Vec<HandoverRow>,
    /// The same as text in a code.
    pub code: Image,
}

/// The card just now; none where the incident is not in mind any more.
pub fn present(state: &ViewState) -> Option<Model> {
    let lang = state.lang();
    let incidents = &state.services().incidents;
    let id = state.handover.incident.borrow().clone()?;
    let incident = incidents.get(&id)?;
    let kind = incidents.kind(&incident);
    let hazard = incident
        .evacuation
        .as_ref()
        .and(incidents.hazard(&incident));
    let settings = state.services().settings();
    let acts = acts(&incident);
    let evacuation = incident.evacuation.as_ref();
    let missing: Vec<MissingPerson> = evacuation
        .filter(|one| !one.was_false_alarm())
        .map(|one| one.people.values().cloned().collect())
        .unwrap_or_default();
    let facts = words::Facts {
        branch: &settings.branch,
        what: open_words(&incident, kind.as_deref()),
        since: incident.started,
        hazard: hazard.as_ref().map(|one| one.open_name()),
        heads: evacuation
            .filter(|one| !one.was_false_alarm())
            .map(|one| (one.out, one.missing_in_all())),
        missing: &missing,
        building: concerns_building(&incident, kind.as_deref()),
        acts: &acts,
    };
    let row = |line: words::Line, done| HandoverRow {
        label: line.label.into(),
        words: line.words.into(),
        done,
    };
    let known = words::facts(&lang, &facts).into_iter();
    let done = words::acts(&lang, &facts).into_iter();
    let code = words::plain_text(&lang, &facts);
    Some(Model {
        rows: known
            .map(|line| row(line, false))
            .chain(done.map(|line| row(line, true)))
            .collect(),
        code: state.pictures.get(Some(&code)),
    })
}
