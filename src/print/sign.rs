//! The safety signs, read from the same files that the screens show.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::document::Drawing;

/// A safety sign after ISO 7010.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sign {
    /// E001: emergency exit.
    Exit,
    /// E007: assembly point.
    Assembly,
}

// The files are built in, and a test sees that both are drawn.
static EXIT: LazyLock<Drawing> = LazyLock::new(|| {
    Drawing::read(include_str!("../../ui/signs/e001-exit.svg")).unwrap_or_default()
});
static ASSEMBLY: LazyLock<Drawing> = LazyLock::new(|| {
    Drawing::read(include_str!("../../ui/signs/e007-assembly.svg")).unwrap_or_default()
});

impl Sign {
    /// What is to be seen, square.
    pub(super) fn drawing(self) -> &'static Drawing {
        match self {
            Self::Exit => &EXIT,
            Self::Assembly => &ASSEMBLY,
        }
    }
}
