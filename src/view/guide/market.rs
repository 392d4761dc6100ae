//! The market's clock above the steps of guides where orders may be waiting.

use crate::domain::market::{Market, Phase};
use crate::domain::plan::IncidentType;
use crate::i18n::market as words;
use crate::view::ViewState;

/// Minutes before the closing auction from which there is hurry.
const SOON: i64 = 30;

/// What the clock says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    /// How it stands with the market.
    pub standing: String,
    /// Whether an order can still be placed today.
    pub orders: String,
    /// Whether the close is near.
    pub is_soon: bool,
}

/// The clock just now; none in guides that have nothing to do with it.
pub(super) fn present(state: &ViewState, kind: Option<&IncidentType>) -> Option<Model> {
    kind.filter(|kind| kind.market_clock)?;
    let lang = state.lang();
    let calendar = state.services().settings().complaint.calendar();
    let market = Market::at(state.now(), &calendar)?;
    Some(Model {
        standing: words::standing(&lang, &market),
        orders: words::orders(&lang, &market).to_owned(),
        is_soon: match market.phase {
            Phase::Closing => true,
            Phase::Afternoon => market.minutes <= SOON,
            _ => false,
        },
    })
}
