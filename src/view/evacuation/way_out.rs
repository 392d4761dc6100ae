//! Where people gather and how they get out: the branch's words, and its floor plan.

use crate::config::settings::{Direction, Exit};
use crate::domain::lang::Lang;
use crate::i18n::evacuation as words;
use crate::service::floor::FloorPicture;
use crate::view::ViewState;
use crate::{ExitRow, Way};

/// The exits that the sign has room for: all of them are on the floor plan and in the codes.
const EXITS: usize = 6;

/// What changes only with the language and the settings.
#[derive(Clone, Debug, PartialEq)]
pub struct WayOut {
    /// What the assembly point is called, in the branch's languages.
    pub assembly_title: String,
    /// The assembly point, and the same in the branch's second language where it has that.
    pub assembly: (String, String),
    /// The exits, each with the way to it.
    pub exits: Vec<ExitRow>,
    /// What the mark of the tablet's own place says, in the branch's languages.
    pub here_words: String,
}

/// The floor plan, as far as it is no picture.
#[derive(Clone, Debug, PartialEq)]
pub struct FloorPlan {
    /// What stands beneath the picture or in its place.
    pub words: String,
    /// Where the tablet is on it, as a share of its sides.
    pub here: Option<(f32, f32)>,
}

/// Where people gather and how they get out.
pub fn present(state: &ViewState) -> WayOut {
    let settings = state.services().settings();
    let branch = &settings.branch;
    let (first, second) = state.two_languages();
    let both = |say: fn(&Lang) -> &'static str| {
        let other = second.as_ref().map_or("", say);
        (say(&first).to_owned(), other.to_owned())
    };
    let halves = |name: &str| {
        let (name, other) = words::by_script(name);
        (name.to_owned(), other.to_owned())
    };
    let joined =
        |(first, second): (String, String), gap: &str| [first, second].join(gap).trim().to_owned();
    let exits: Vec<ExitRow> = branch
        .exits
        .iter()
        .take(EXITS)
        .map(|exit: &Exit| row(halves(&exit.name), exit.direction, &state.lang()))
        .collect();
    WayOut {
        assembly_title: joined(both(words::assembly_point), "\n"),
        assembly: match branch.assembly_point.as_deref() {
            Some(place) => halves(place),
            None => both(words::open_ground),
        },
        exits: if exits.is_empty() {
            vec![row(both(words::exit_signs), None, &first)]
        } else {
            exits
        },
        here_words: joined(both(words::here), " "),
    }
}

fn row((name, other): (String, String), direction: Option<Direction>, lang: &Lang) -> ExitRow {
    ExitRow {
        said: direction
            .map_or("", |one| words::direction(lang, one))
            .into(),
        ems: ems(&name),
        name: name.into(),
        other: other.into(),
        way: direction.map_or(Way::None, way),
    }
}

/// About how wide a text is, in full-width characters.
pub(super) fn ems(words: &str) -> f32 {
    words
        .chars()
        .map(|c| if c.is_ascii() { 0.62 } else { 1.0 })
        .sum()
}

fn way(direction: Direction) -> Way {
    match direction {
        Direction::Left => Way::Left,
        Direction::Right => Way::Right,
        Direction::Up | Direction::Straight => Way::Up,
        Direction::Down => Way::Down,
        Direction::UpLeft => Way::UpLeft,
        Direction::UpRight => Way::UpRight,
        Direction::DownLeft => Way::DownLeft,
        Direction::DownRight => Way::DownRight,
        Direction::Back => Way::Back,
    }
}

/// What stands beneath the picture or in its place, and where the tablet is on it.
pub(in crate::view) fn floor_plan(state: &ViewState, lang: &Lang) -> FloorPlan {
    let floor = &state.services().floor;
    let share = |percent: u8| f32::from(percent) / 100.0;
    FloorPlan {
        words: match floor.shown() {
            Some(FloorPicture::Own) => "",
            Some(FloorPicture::Sample) => words::sample(lang),
            Some(FloorPicture::Nothing) | None => words::no_picture(lang),
        }
        .to_owned(),
        here: floor.here().map(|(x, y)| (share(x), share(y))),
    }
}
