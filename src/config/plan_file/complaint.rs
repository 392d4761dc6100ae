//! The plan's replies to a complaint and the ways in which one can end.

use super::fields::{Languages, count, optional_list, words};
use super::ids::Ids;
use super::inherit::FallbackPlan;
use super::lists::choices;
use crate::config::limits::{REPLIES, SETTLEMENTS, TextSlot};
use crate::config::toml_reader::Section;
use crate::domain::plan::{Choice, Reply};

pub(super) fn replies(
    root: &mut Section<'_>,
    elder: FallbackPlan,
    languages: &Languages,
) -> Vec<Reply> {
    let sections = optional_list(root, "reply");
    count(root, "reply", REPLIES, sections.len());
    let mut ids = Ids::new();
    sections
        .into_iter()
        .map(|mut one| {
            let id = ids.claim(&mut one);
            let known = elder.reply(&id);
            let mut flag = |key: &str, known: Option<bool>| match one.optional(key) {
                Some(item) => item.flag().unwrap_or_default(),
                None => known.unwrap_or_default(),
            };
            let interim = flag("interim", known.map(|reply| reply.interim));
            let approval = flag("approval", known.map(|reply| reply.approval));
            Reply {
                name: words(&mut one, "name", Some(TextSlot::ReplyName), languages),
                words: words(&mut one, "words", Some(TextSlot::ReplyWords), languages),
                id,
                interim,
                approval,
            }
        })
        .collect()
}

pub(super) fn settlements(root: &mut Section<'_>, languages: &Languages) -> Vec<Choice> {
    let sections = optional_list(root, "settlement");
    count(root, "settlement", SETTLEMENTS, sections.len());
    choices(sections, TextSlot::Settlement, languages)
}
