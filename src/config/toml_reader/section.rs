//! One table of a file.

use std::sync::LazyLock;

use toml::de::{DeTable, DeValue};

use super::{Item, Location, Report};
use crate::config::fault::{Kind, Problem};

static NOTHING: LazyLock<DeTable<'static>> = LazyLock::new(DeTable::new);

/// A table being read. Dropping it reports the keys that nobody has asked for.
#[derive(Debug)]
pub struct Section<'d> {
    report: &'d Report,
    table: &'d DeTable<'d>,
    place: Location,
    asked: Vec<String>,
}

impl<'d> Section<'d> {
    pub(super) fn root(report: &'d Report, table: &'d DeTable<'d>) -> Self {
        let place = Location {
            line: 1,
            key: String::new(),
        };
        Self::at(report, table, place)
    }

    pub(super) fn at(report: &'d Report, table: &'d DeTable<'d>, place: Location) -> Self {
        Self {
            report,
            table,
            place,
            asked: Vec::new(),
        }
    }

    /// Where the table starts.
    pub fn place(&self) -> &Location {
        &self.place
    }

    /// What collects the faults of the file.
    pub fn report(&self) -> &'d Report {
        self.report
    }

    /// The value of `key`, if it is there.
    pub fn optional(&mut self, key: &str) -> Option<Item<'d>> {
        if !self.asked.iter().any(|asked| asked == key) {
            self.asked.push(key.to_owned());
        }
        let (name, value) = self.table.get_key_value(key)?;
        let place = Location {
            line: self.report.line(name.span().start),
            key: self.path(key),
        };
        Some(Item::new(self.report, value.get_ref(), place))
    }

    /// The value of `key`, which must be there.
    pub fn required(&mut self, key: &str) -> Option<Item<'d>> {
        let item = self.optional(key);
        if item.is_none() {
            self.fault(key, Problem::Missing);
        }
        item
    }

    /// The table under `key`; one with nothing in it where there is none.
    pub fn section(&mut self, key: &str) -> Self {
        self.optional(key)
            .and_then(Item::section)
            .unwrap_or_else(|| {
                let place = Location {
                    line: self.place.line,
                    key: self.path(key),
                };
                Self::at(self.report, &NOTHING, place)
            })
    }

    /// The tables under the `[[key]]` headings; none where there are none.
    pub fn sections(&mut self, key: &str) -> Vec<Self> {
        self.optional(key).map_or_else(Vec::new, Item::sections)
    }

    /// Notes that something is wrong with `key`, at the table's own line.
    pub fn fault(&self, key: &str, problem: Problem) {
        let place = Location {
            line: self.place.line,
            key: self.path(key),
        };
        self.report.add(&place, problem);
    }

    /// Every key with its value, whether asked for or not.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&'d str, Item<'d>)> {
        let (report, path) = (self.report, self.place.key.clone());
        self.table.iter().map(move |(name, value)| {
            let place = Location {
                line: report.line(name.span().start),
                key: join(&path, name.get_ref()),
            };
            let item = Item::new(report, value.get_ref(), place);
            (name.get_ref().as_ref(), item)
        })
    }

    /// Asks for every key at once: none of them is unknown.
    pub(super) fn all_known(&mut self) {
        let keys = self.table.keys().map(|name| name.get_ref().to_string());
        self.asked.extend(keys);
    }

    fn path(&self, key: &str) -> String {
        join(&self.place.key, key)
    }
}

impl Drop for Section<'_> {
    fn drop(&mut self) {
        for (key, item) in self.entries() {
            if !self.asked.iter().any(|asked| asked == key) {
                item.fault(Problem::UnknownKey {
                    key: key.to_owned(),
                    known: self.asked.clone(),
                });
            }
        }
    }
}

/// The path of `key` below `path`; a key that needs quotation marks in TOML has them here.
fn join(path: &str, key: &str) -> String {
    let bare = !key.is_empty()
        && key
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    let key = if bare {
        key.to_owned()
    } else {
        format!("{key:?}")
    };
    if path.is_empty() {
        key
    } else {
        format!("{path}.{key}")
    }
}

/// The tables in `value`, or nothing if it is no list of tables.
pub(super) fn tables<'d>(value: &'d DeValue<'d>) -> Option<Vec<(usize, &'d DeTable<'d>)>> {
    value
        .as_array()?
        .iter()
        .map(|one| Some((one.span().start, one.get_ref().as_table()?)))
        .collect()
}

/// What a list of tables should have been.
pub(super) const TABLES: Problem = Problem::WrongKind {
    expected: Kind::Tables,
};
