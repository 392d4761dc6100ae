//! The words for a guide of the plan that somebody could not walk to its end.

use super::{tr, tr_with};
use crate::domain::lang::Lang;

/// Nothing is done on the spot with an answer.
pub(super) fn nothing_done(lang: &Lang, answer: &str) -> String {
    tr_with(
        lang,
        "with the answer “{}” nothing is done on the spot; give one step no deadline, or one within 3600 seconds",
        &[answer],
    )
}

/// Nothing is left to do for somebody who is alone; with an answer, where the guide asks.
pub(super) fn nothing_alone(lang: &Lang, answer: Option<String>) -> String {
    match answer {
        Some(answer) => tr_with(
            lang,
            "for somebody who is alone nothing is left to do with the answer “{}”; give a step other words in place of alone = \"skip\"",
            &[&answer],
        ),
        None => tr(
            lang,
            "for somebody who is alone nothing is left to do; give a step other words in place of alone = \"skip\"",
        )
        .to_owned(),
    }
}

/// A step that somebody who is alone has to take as well.
pub(super) fn alone_skips(lang: &Lang) -> &'static str {
    tr(
        lang,
        "a question, a step that a life depends on and a follow-up are not left out for somebody who is alone; write other words in place of \"skip\", or take it out",
    )
}
