//! The kinds of field that the plan's tables share.

use std::ops::RangeInclusive;

use super::corrections;
use super::inherit::FallbackPlan;
use crate::config::fault::{Kind, Problem};
use crate::config::limits::TextSlot;
use crate::config::toml_reader::{Item, Section};
use crate::domain::clause::{self, CLAUSES, HEADINGS};
use crate::domain::lang::Lang;
use crate::domain::plan::Text;

/// The languages that every text of the plan must have.
pub(super) struct Languages {
    tags: Vec<String>,
    /// Whether the texts are a branch's own, which may hold corrected sentences.
    own: bool,
}

impl Languages {
    /// Reads the list of tags, the default first.
    pub(super) fn of(root: &mut Section<'_>, elder: FallbackPlan) -> Self {
        let mut tags: Vec<(String, usize)> = Vec::new();
        for item in members(root, "languages") {
            let place = item.place().clone();
            let Some(tag) = item.clone().text() else {
                continue;
            };
            if let Some((_, first)) = tags.iter().find(|(known, _)| *known == tag) {
                let first = *first;
                item.fault(Problem::DuplicateId { id: tag, first });
            } else {
                if Lang::new(&tag).is_none() {
                    item.fault(Problem::BadLanguage { tag: tag.clone() });
                }
                tags.push((tag, place.line));
            }
        }
        Self {
            tags: tags.into_iter().map(|(tag, _)| tag).collect(),
            own: elder == FallbackPlan::BuiltIn,
        }
    }

    /// Those that are tags of languages; of any other the file was told.
    pub(super) fn langs(self) -> Vec<Lang> {
        self.iter().collect()
    }

    /// The same, one after the other.
    pub(super) fn iter(&self) -> impl Iterator<Item = Lang> {
        self.tags.iter().filter_map(|tag| Lang::new(tag))
    }

    /// Reads a text in every one of them.
    pub(super) fn read(&self, item: Item<'_>, place: Option<TextSlot>) -> Option<Text> {
        // Without a single language every text would be wrong; the list itself is reported.
        if self.tags.is_empty() {
            return None;
        }
        let breaks =
            place.is_some_and(|place| self.tags.iter().any(|tag| place.limit(tag).lines > 1));
        let text = item.clone().texts(&self.tags, breaks, |language, words| {
            place.and_then(|place| unfit(place, language, words))
        })?;
        if self.own
            && let Some(problem) = corrections::of(&text)
        {
            item.fault(problem);
        }
        Some(text)
    }
}

/// What keeps `words` from fitting their place.
fn unfit(place: TextSlot, language: &str, words: &str) -> Option<Problem> {
    let limit = place.limit(language);
    let count = words.split('\n').count();
    if count > limit.lines {
        return Some(Problem::TooManyLines {
            limit: limit.lines,
            count,
        });
    }
    let length = words
        .split('\n')
        .map(|line| line.trim().chars().count())
        .max()?;
    (length > limit.characters).then_some(Problem::TooLong {
        limit: limit.characters,
        length,
    })
}

/// A text that must be there, in every language; `place` is where it must fit, unless it flows.
pub(super) fn words(
    section: &mut Section<'_>,
    key: &str,
    place: Option<TextSlot>,
    languages: &Languages,
) -> Text {
    section
        .required(key)
        .and_then(|item| languages.read(item, place))
        .unwrap_or_default()
}

/// A text that may be there.
pub(super) fn words_if_any(
    section: &mut Section<'_>,
    key: &str,
    place: TextSlot,
    languages: &Languages,
) -> Option<Text> {
    section
        .optional(key)
        .and_then(|item| languages.read(item, Some(place)))
}

/// The tables of a list that must have at least one.
pub(super) fn required_list<'d>(section: &mut Section<'d>, key: &str) -> Vec<Section<'d>> {
    let Some(item) = section.required(key) else {
        return Vec::new();
    };
    filled(&item, item.clone().sections())
}

/// The members of a list that must have at least one; a single one may stand without brackets.
pub(super) fn members<'d>(section: &mut Section<'d>, key: &str) -> Vec<Item<'d>> {
    let Some(item) = section.required(key) else {
        return Vec::new();
    };
    filled(&item, item.clone().one_or_more())
}

/// The tables of a list that may be left out, but is not empty where it stands.
pub(super) fn optional_list<'d>(section: &mut Section<'d>, key: &str) -> Vec<Section<'d>> {
    section
        .optional(key)
        .map_or_else(Vec::new, |item| filled(&item, item.clone().sections()))
}

/// The texts of a list with as many places as `range` has; a single one may stand without
/// brackets. A list that is too short is noted where it is read.
pub(super) fn texts(
    item: &Item<'_>,
    range: RangeInclusive<usize>,
    place: TextSlot,
    languages: &Languages,
) -> Vec<Text> {
    let members = item.clone().one_or_more();
    if members.len() > *range.end() {
        item.fault(Problem::Count {
            least: *range.start(),
            most: *range.end(),
            count: members.len(),
        });
    }
    members
        .into_iter()
        .filter_map(|member| languages.read(member, Some(place)))
        .collect()
}

/// `members`, with a fault on `item` if it is a list without any.
pub(super) fn filled<T>(item: &Item<'_>, members: Vec<T>) -> Vec<T> {
    if item.is_empty_list() {
        item.fault(Problem::Empty);
    }
    members
}

/// Notes a list that is longer than its place; one that is too short is noted where it is read.
pub(super) fn count(root: &Section<'_>, key: &str, range: RangeInclusive<usize>, count: usize) {
    if count > *range.end() {
        let problem = Problem::Count {
            least: *range.start(),
            most: *range.end(),
            count,
        };
        root.fault(key, problem);
    }
}

/// The clauses that something carries out: one, or a list.
pub(super) fn clauses(section: &mut Section<'_>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for item in members(section, "clause") {
        let Some(name) = item.clone().text() else {
            continue;
        };
        if clause::is_known(&name) {
            found.push(name);
        } else {
            let known = CLAUSES.iter().chain(&HEADINGS).chain([&clause::ADDED]);
            item.fault(Problem::Unknown {
                what: Kind::Clause,
                name,
                known: known.map(|one| (*one).to_owned()).collect(),
            });
        }
    }
    found
}
