//! What `lobby-kiosk check` says of the programs that play and speak.

use crate::config::settings::Settings;
use crate::domain::lang::Lang;
use crate::i18n::sounds as words;
use crate::sound::{player, speaker};

/// A line for each that the machine does not have and the kiosk would want.
pub(super) fn missing(lang: &Lang, settings: &Settings) -> Vec<String> {
    let mut lines = Vec::new();
    if player::installed().is_none() {
        let names: Vec<&str> = player::names().collect();
        lines.push(words::no_player(lang, &names));
    }
    if settings.screen.spoken_orders && speaker::installed().is_none() {
        let names: Vec<&str> = speaker::names().collect();
        lines.push(words::no_speaker(lang, &names));
    }
    lines
}
