//! How one value of `kiosk.toml` is read: a whole number, a text of a bounded length, a telephone
//! number, a file.

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use crate::config::fault::Problem;
use crate::config::limits::SETTING_CHARACTERS;
use crate::config::toml_reader::Item;
use crate::domain::phone;

/// A whole number within `range`.
pub(super) fn whole<T: TryFrom<i64>>(item: Item<'_>, range: RangeInclusive<i64>) -> Option<T> {
    item.number(range)
        .and_then(|number| T::try_from(number).ok())
}

/// A text; none where it is left empty.
pub(super) fn value(item: Item<'_>) -> Option<String> {
    shorter(item, SETTING_CHARACTERS)
}

/// A text of at most `limit` characters; none where it is left empty.
pub(super) fn shorter(item: Item<'_>, limit: usize) -> Option<String> {
    let words = item.clone().words()?;
    let length = words.chars().count();
    if length > limit {
        item.fault(Problem::TooLong { limit, length });
        return None;
    }
    Some(words).filter(|words| !words.is_empty())
}

/// A text that must be of a certain shape; none where it is left empty.
pub(super) fn valid(
    item: Item<'_>,
    shape: impl Fn(&str) -> bool,
    problem: impl Fn(String) -> Problem,
) -> Option<String> {
    let words = value(item.clone())?;
    if !shape(&words) {
        item.fault(problem(words));
        return None;
    }
    Some(words)
}

/// A telephone number, as it was understood; none where it is left empty.
pub(super) fn number(item: Item<'_>) -> Option<String> {
    let written = value(item.clone())?;
    let Ok(reading) = phone::read(&written) else {
        item.fault(Problem::BadNumber { number: written });
        return None;
    };
    if reading.shown != written {
        item.note(written, reading.shown.clone());
    }
    Some(reading.shown)
}

/// A value or a list of values, without the empty ones.
pub(super) fn values(
    item: Option<Item<'_>>,
    read: impl Fn(Item<'_>) -> Option<String>,
) -> Vec<String> {
    item.map_or_else(Vec::new, Item::one_or_more)
        .into_iter()
        .filter_map(read)
        .collect()
}

/// A file in the data directory. Only that it is there: whoever shows it knows its format, and
/// what to show in its place.
pub(super) fn file(item: Item<'_>, data_dir: &Path) -> Option<PathBuf> {
    let path = value(item.clone())?;
    let full = data_dir.join(&path);
    if !full.is_file() {
        item.fault(Problem::NoSuchFile { path });
    }
    Some(full)
}
