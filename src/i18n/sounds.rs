//! The words for programs that play and speak, where the machine has none.

use super::{tr, tr_with};
use crate::domain::lang::Lang;

/// No tone can be played; `names` are the programs that could.
pub fn no_player(lang: &Lang, names: &[&str]) -> String {
    let names = names.join(tr(lang, ", "));
    tr_with(
        lang,
        "no player for the tones of CPR and of overdue steps: install one of {}; until then they are only seen",
        &[&names],
    )
}

/// No order can be spoken, though the settings want it.
pub fn no_speaker(lang: &Lang, names: &[&str]) -> String {
    let names = names.join(tr(lang, ", "));
    tr_with(
        lang,
        "spoken_orders is set, and nothing here speaks: install one of {}",
        &[&names],
    )
}
