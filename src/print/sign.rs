//! The safety signs, read from the same files that the screens show.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::config::settings::Direction;
use crate::document::Drawing;

/// A safety sign after ISO 7010.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sign {
    /// E001: emergency exit.
    Exit,
    /// E007: assembly point.
    Assembly,
    /// The arrow beside an exit (ISO 3864-3).
    Arrow(Direction),
}

// The files are built in, and a test sees that all are drawn.
static EXIT: LazyLock<Drawing> = LazyLock::new(|| {
    Drawing::read(include_str!("../../ui/signs/e001-exit.svg")).unwrap_or_default()
});
static ASSEMBLY: LazyLock<Drawing> = LazyLock::new(|| {
    Drawing::read(include_str!("../../ui/signs/e007-assembly.svg")).unwrap_or_default()
});

static ARROWS: LazyLock<[Drawing; 9]> = LazyLock::new(|| {
    [
        include_str!("../../ui/signs/arrow-left.svg"),
        include_str!("../../ui/signs/arrow-right.svg"),
        include_str!("../../ui/signs/arrow-up.svg"),
        include_str!("../../ui/signs/arrow-down.svg"),
        include_str!("../../ui/signs/arrow-up-left.svg"),
        include_str!("../../ui/signs/arrow-up-right.svg"),
        include_str!("../../ui/signs/arrow-down-left.svg"),
        include_str!("../../ui/signs/arrow-down-right.svg"),
        include_str!("../../ui/signs/arrow-back.svg"),
    ]
    .map(|svg| Drawing::read(svg).unwrap_or_default())
});

fn arrow(direction: Direction) -> &'static Drawing {
    let [
        left,
        right,
        up,
        down,
        up_left,
        up_right,
        down_left,
        down_right,
        back,
    ] = &*ARROWS;
    match direction {
        Direction::Left => left,
        Direction::Right => right,
        Direction::Up | Direction::Straight => up,
        Direction::Down => down,
        Direction::UpLeft => up_left,
        Direction::UpRight => up_right,
        Direction::DownLeft => down_left,
        Direction::DownRight => down_right,
        Direction::Back => back,
    }
}

impl Sign {
    /// What is to be seen, square.
    pub(super) fn drawing(self) -> &'static Drawing {
        match self {
            Self::Exit => &EXIT,
            Self::Assembly => &ASSEMBLY,
            Self::Arrow(direction) => arrow(direction),
        }
    }
}
