//! What the card of one of the crew says.

use slint::Image;

use crate::config::limits::CARD_BYTES;
use crate::domain::guide::Guide;
use crate::domain::lang::Lang;
use crate::domain::plan::Crew;
use crate::view::ViewState;
use crate::{Chip, RoleTask};

/// Tasks on one card: so many have room, and nobody keeps more in mind.
const TASKS: usize = 2;

/// One card, and whose others there are.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Everybody who has a card.
    pub roles: Vec<Chip>,
    /// The id of the one that is shown.
    pub shown: String,
    /// Its name.
    pub name: String,
    /// What that person does in the incident at hand, the next first; none where it has nothing for
    /// that person.
    pub tasks: Vec<RoleTask>,
    /// What that person does in any, in order.
    pub lines: Vec<String>,
    /// The same as text in a code; empty where there is nobody.
    pub code: Image,
}

/// The card just now: the one that was chosen, or else the first.
pub fn present(state: &ViewState) -> Model {
    let (lang, plan) = (state.lang(), state.services().plan());
    let roles = plan.crew.iter().map(|one| Chip {
        id: one.id.as_str().into(),
        label: one.name.in_lang(&lang).into(),
    });
    let chosen = state.crew.chosen.borrow();
    let shown = plan.member(&chosen).or_else(|| plan.crew.first());
    let (tasks, is_guarded) = shown.map_or_else(Default::default, |one| tasks(state, one, &lang));
    // What holds in any incident is for keeping safe from somebody, or for who has nothing else to do: in a
    // fire nobody is to read of weapons.
    let lines = shown.filter(|_| tasks.is_empty() || is_guarded);
    let lines = lines.map_or_else(Vec::new, |one| one.lines(&lang));
    let code = shown.map(|one| one.plain_text_of(&told(&tasks, &lines), CARD_BYTES, &lang));
    Model {
        roles: roles.collect(),
        shown: shown.map_or_else(String::new, |one| one.id.clone()),
        name: shown.map_or("", |one| one.name.in_lang(&lang)).to_owned(),
        lines,
        code: (state.pictures).get(code.as_deref()),
        tasks,
    }
}

/// All that a card says, what matters most first: there may be no room for the rest.
fn told(tasks: &[RoleTask], lines: &[String]) -> Vec<String> {
    let words = tasks.iter().map(|task| task.words.to_string());
    let details = tasks.iter().map(|task| task.detail.to_string());
    words.chain(lines.iter().cloned()).chain(details).collect()
}

/// What `member` has to do in the open incident whose guide is shown, and whether that is one in which
/// everybody is on their guard against somebody.
fn tasks(state: &ViewState, member: &Crew, lang: &Lang) -> (Vec<RoleTask>, bool) {
    let incidents = &state.services().incidents;
    let shown = state.guide.shown();
    let incident = shown.as_ref().and_then(|id| incidents.get(id));
    let Some(incident) = incident.filter(|one| one.is_open()) else {
        return Default::default();
    };
    let Some(kind) = incidents.kind(&incident) else {
        return Default::default();
    };
    let guide = Guide::of(&incident, &kind);
    let tasks = guide.tasks_of(member).take(TASKS).map(|one| RoleTask {
        words: one.command().in_lang(lang).into(),
        detail: one.step.detail_for(one.alone).in_lang(lang).into(),
    });
    (tasks.collect(), kind.discreet)
}
