//! What a resuscitation shows.

use crate::domain::prompting::rescuer_changed;
use crate::domain::resuscitation::Turn;
use crate::i18n::{resuscitation as words, screen};
use crate::view::ViewState;
use crate::{CallCard, RescuerTurn};

/// A resuscitation.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// The time since it began.
    pub elapsed: String,
    /// The time until the rescuer is changed.
    pub left: String,
    /// How that stands.
    pub turn: RescuerTurn,
    /// The rhythm is heard as well.
    pub heard: bool,
    /// Since when the AED is here; empty before.
    pub aed: String,
    /// Leaving now says that it was opened by mistake.
    pub may_undo: bool,
    /// The ambulance.
    pub ambulance: CallCard,
}

/// The resuscitation just now; none where nobody is resuscitated.
pub fn present(state: &ViewState) -> Option<Model> {
    let (lang, now) = (state.lang(), state.now());
    let incident = state.services().incidents.resuscitating()?;
    let going = incident.running_resuscitation()?;
    let zone = state.services().settings().branch.time_zone;
    let kind = state.services().incidents.kind(&incident);
    let changed = kind.map_or(going.changed, |kind| rescuer_changed(&incident, &kind));
    let (left, turn) = going.turn(now, changed);
    Some(Model {
        elapsed: screen::stopwatch(going.elapsed(now)),
        left: words::left(left),
        turn: match turn {
            Turn::Going => RescuerTurn::Going,
            Turn::Ready => RescuerTurn::Ready,
            Turn::Change => RescuerTurn::Change,
        },
        heard: state.services().sound.plays(),
        aed: going.aed.map_or_else(String::new, |at| {
            words::aed_since(&lang, &screen::time_of_day(at, zone))
        }),
        may_undo: going.may_undo(now),
        ambulance: state.ambulance(),
    })
}
