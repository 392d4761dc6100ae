//! What a first-aid card shows, and which cards a guide offers.

use crate::domain::plan::AMBULANCE;
use crate::i18n::aid as words;
use crate::view::ViewState;
use crate::{CallCard, Chip};

/// A first-aid card.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Its name.
    pub name: String,
    /// What to do, a line each.
    pub lines: Vec<String>,
    /// What never to do.
    pub never: String,
    /// When to call 120.
    pub call: String,
    /// What it rests on.
    pub source: String,
    /// It may come to resuscitation.
    pub leads_on: bool,
    /// The ambulance.
    pub ambulance: CallCard,
}

/// The card just now; none where the plan has none of its id.
pub fn present(state: &ViewState) -> Option<Model> {
    let lang = state.lang();
    let shown = state.aid.shown.borrow().clone()?;
    let plan = state.guided_plan();
    let aid = plan.aid(&shown)?;
    let text = |text: &crate::domain::plan::Text| text.in_lang(&lang).to_owned();
    Some(Model {
        name: text(&aid.name),
        lines: aid.lines.iter().map(text).collect(),
        never: text(&aid.never),
        call: text(&aid.call),
        source: words::source(&lang, &aid.source),
        leads_on: aid.resuscitation,
        ambulance: state.ambulance(),
    })
}

/// What the guide that is shown offers beside its current step.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Offered {
    /// First-aid cards.
    pub aids: Vec<Chip>,
    /// The rhythm of a resuscitation.
    pub resuscitation: bool,
    /// One goes on in the incident.
    pub running: bool,
}

/// What the guide offers just now.
pub fn offered(state: &ViewState) -> Offered {
    let incidents = &state.services().incidents;
    let Some(id) = state.guide.shown() else {
        return Offered::default();
    };
    let lang = state.lang();
    let plan = state.guided_plan();
    let aids = incidents.aids(&id);
    let aids = aids.iter().filter_map(|id| plan.aid(id)).map(|aid| Chip {
        id: aid.id.as_str().into(),
        label: aid.name.in_lang(&lang).into(),
    });
    let incident = incidents.get(&id);
    Offered {
        aids: aids.collect(),
        resuscitation: incidents.leads_to_resuscitation(&id),
        running: incident.is_some_and(|one| one.running_resuscitation().is_some()),
    }
}

impl ViewState {
    /// The plan that the guide shown goes by.
    fn guided_plan(&self) -> std::sync::Arc<crate::domain::plan::Plan> {
        let incidents = &self.services.incidents;
        let shown = self.guide.shown().and_then(|id| incidents.get(&id));
        shown.map_or_else(|| self.services.plan(), |one| incidents.plan_of(&one))
    }

    /// The card of the ambulance, for beside what is to be done meanwhile.
    pub(in crate::view) fn ambulance(&self) -> CallCard {
        let plan = self.services.plan();
        let role = plan.role(AMBULANCE);
        role.map_or_else(CallCard::default, |role| {
            self.card(role, false, &self.lang(), self.now())
        })
    }
}
