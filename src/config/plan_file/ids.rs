//! The ids of the plan's lists, and the names that refer to them.

use crate::config::fault::{Kind, Problem};
use crate::config::limits::ID_CHARACTERS;
use crate::config::toml_reader::{Item, Location, Section};

/// One id of a list.
pub(super) struct Known {
    pub(super) id: String,
    /// The line of the id itself.
    line: usize,
    /// The table that has it.
    pub(super) table: Location,
}

/// The ids of one list, in its order.
pub(super) struct Ids {
    found: Vec<Known>,
    /// Whether every table of the list had a sound id: only then is another name unknown.
    complete: bool,
}

impl Ids {
    pub(super) fn new() -> Self {
        Self {
            found: Vec::new(),
            complete: true,
        }
    }

    /// Ids that were taken over from another plan; `place` is where they would stand.
    pub(super) fn taken_over(ids: impl Iterator<Item = String>, place: &Location) -> Self {
        let known = ids.map(|id| Known {
            id,
            line: place.line,
            table: place.clone(),
        });
        Self {
            found: known.collect(),
            complete: true,
        }
    }

    /// Reads the id of `section`, which must be like no earlier one.
    pub(super) fn claim(&mut self, section: &mut Section<'_>) -> String {
        let item = section.required("id");
        let id = item.clone().and_then(Item::text);
        let (Some(item), Some(id)) = (item, id) else {
            self.complete = false;
            return String::new();
        };
        if let Some(first) = self.found.iter().find(|known| known.id == id) {
            let first = first.line;
            item.fault(Problem::DuplicateId { id, first });
            return String::new();
        }
        if !is_id(&id) {
            item.fault(Problem::BadId { id: id.clone() });
        }
        self.found.push(Known {
            id: id.clone(),
            line: item.place().line,
            table: section.place().clone(),
        });
        id
    }

    /// Takes over an id that the file does not hold itself; `place` stands for its table.
    pub(super) fn take_over(&mut self, id: &str, place: &Location) {
        self.found.push(Known {
            id: id.to_owned(),
            line: place.line,
            table: place.clone(),
        });
    }

    /// The id that `item` names, which must be one of these.
    pub(super) fn named(&self, item: Item<'_>, what: Kind) -> Option<String> {
        let name = item.clone().text()?;
        if self.complete && !self.has(&name) {
            let known = self.iter().map(|known| known.id.clone()).collect();
            item.fault(Problem::Unknown { what, name, known });
            return None;
        }
        Some(name)
    }

    /// The ids that the members of a list name, none of them twice.
    pub(super) fn all_named(&self, items: Vec<Item<'_>>, what: Kind) -> Vec<String> {
        let mut names: Vec<(String, usize)> = Vec::new();
        for item in items {
            let Some(name) = self.named(item.clone(), what) else {
                continue;
            };
            if let Some((_, first)) = names.iter().find(|(known, _)| *known == name) {
                let first = *first;
                item.fault(Problem::DuplicateId { id: name, first });
            } else {
                names.push((name, item.place().line));
            }
        }
        names.into_iter().map(|(name, _)| name).collect()
    }

    pub(super) fn has(&self, id: &str) -> bool {
        self.iter().any(|known| known.id == id)
    }

    pub(super) fn is_complete(&self) -> bool {
        self.complete
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Known> {
        self.found.iter()
    }
}

/// Ids go to the journal, to accessible ids and to keys of `kiosk.toml`.
fn is_id(id: &str) -> bool {
    id.len() <= ID_CHARACTERS
        && id.starts_with(|c: char| c.is_ascii_lowercase())
        && id
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}
