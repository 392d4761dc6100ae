//! The emergency exits of `kiosk.toml`: each a name, or a small table that also says which way it is.

use serde::{Deserialize, Serialize};

use super::fields::value;
use crate::config::toml_reader::Item;

/// An emergency exit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exit {
    /// What it is called, as the branch writes it.
    pub name: String,
    /// Which way it is from in front of the tablet; none where nobody has said.
    pub direction: Option<Direction>,
}

/// Which way to go, seen from in front of the tablet (arrows after ISO 3864-3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// To the left.
    Left,
    /// To the right.
    Right,
    /// Up, as by stairs.
    Up,
    /// Down, as by stairs.
    Down,
    /// Up and to the left.
    UpLeft,
    /// Up and to the right.
    UpRight,
    /// Down and to the left.
    DownLeft,
    /// Down and to the right.
    DownRight,
    /// Behind whoever reads the tablet.
    Back,
    /// Straight on; drawn like up.
    Straight,
}

/// Every direction by its word in the file.
const DIRECTIONS: [(&str, Direction); 10] = [
    ("left", Direction::Left),
    ("right", Direction::Right),
    ("up", Direction::Up),
    ("down", Direction::Down),
    ("up-left", Direction::UpLeft),
    ("up-right", Direction::UpRight),
    ("down-left", Direction::DownLeft),
    ("down-right", Direction::DownRight),
    ("back", Direction::Back),
    ("straight", Direction::Straight),
];

impl From<&str> for Exit {
    fn from(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            direction: None,
        }
    }
}

/// The exits: one or a list, each a name or a table; those without a name are left out.
pub(super) fn read(item: Option<Item<'_>>) -> Vec<Exit> {
    item.map_or_else(Vec::new, Item::one_or_more)
        .into_iter()
        .filter_map(exit)
        .collect()
}

fn exit(item: Item<'_>) -> Option<Exit> {
    if !item.is_table() {
        return value(item).map(|name| Exit::from(name.as_str()));
    }
    let mut table = item.section()?;
    let name = table.required("name").and_then(value);
    // Left empty by whoever does not know it yet.
    let direction = table
        .optional("direction")
        .filter(|item| !item.is_blank())
        .and_then(|item| item.one_of(&DIRECTIONS));
    Some(Exit {
        name: name?,
        direction,
    })
}
