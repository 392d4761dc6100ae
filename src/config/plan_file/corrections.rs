//! Sentences of the built-in plan that were corrected: a branch's own plan would keep them for ever,
//! so it is read against the list of them (`locales/corrections.toml`).

use std::sync::LazyLock;

use crate::config::fault::{Correction, Fault, Problem};
use crate::config::toml_reader::{self, Section};
use crate::domain::lang::Lang;
use crate::domain::plan::Text;

/// The list, as the text of its file.
const CORRECTIONS: &str = include_str!("../../../locales/corrections.toml");
/// The most corrections that one plan is told of: more than there are sentences in the list.
const MOST: usize = 100;

static KNOWN: LazyLock<Vec<Correction>> =
    LazyLock::new(|| toml_reader::read("locales/corrections.toml", CORRECTIONS, list).0);

fn list(mut root: Section<'_>) -> Vec<Correction> {
    let languages = Lang::OURS.map(|lang| lang.to_string());
    let text = |section: &mut Section<'_>, key: &str| {
        section
            .required(key)
            .and_then(|item| item.texts(&languages, true, |_, _| None))
            .unwrap_or_default()
    };
    let mut found = Vec::new();
    for mut one in root.sections("correction") {
        let id = one
            .required("id")
            .and_then(toml_reader::Item::text)
            .unwrap_or_default();
        let why = text(&mut one, "why");
        for mut sentence in one.sections("sentence") {
            found.push(Correction {
                id: id.clone(),
                old: text(&mut sentence, "old"),
                new: text(&mut sentence, "new"),
                why: why.clone(),
            });
        }
    }
    found
}

/// The correction of a text that in any language still is an old sentence.
pub(super) fn of(text: &Text) -> Option<Problem> {
    let is_old = |one: &&Correction| {
        text.iter().any(|(language, words)| {
            Lang::OURS.contains(language)
                && words == one.old.in_lang(language)
                && words != one.new.in_lang(language)
        })
    };
    let found = KNOWN.iter().find(is_old)?;
    Some(Problem::Corrected(Box::new(found.clone())))
}

/// Keeps the first of them where a file repeats a sentence without end.
pub(super) fn bound(found: &mut Vec<Fault>) {
    let mut left = MOST;
    found.retain(|one| {
        let corrected = one.problem.is_advice();
        let keep = !corrected || left > 0;
        left -= usize::from(corrected && left > 0);
        keep
    });
}
