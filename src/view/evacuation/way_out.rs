//! Where people gather and how they get out: the branch's words, and its floor plan.

use crate::domain::lang::Lang;
use crate::i18n::evacuation as words;
use crate::service::floor::FloorPicture;
use crate::view::ViewState;

/// What changes only with the language and the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WayOut {
    /// What the assembly point is called, in the branch's languages.
    pub assembly_title: String,
    /// The assembly point.
    pub assembly: String,
    /// What the exits are called.
    pub exits_title: String,
    /// The exits.
    pub exits: String,
    /// What to do with the code.
    pub code_title: String,
    /// What the mark of the tablet's own place says.
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
    let lang = state.lang();
    let settings = state.services().settings();
    let branch = &settings.branch;
    let (first, second) = state.two_languages();
    let title = match &second {
        Some(second) => [words::assembly_point(&first), words::assembly_point(second)].join(" "),
        None => words::assembly_point(&first).to_owned(),
    };
    let assembly = branch.assembly_point.as_deref();
    WayOut {
        assembly_title: title,
        assembly: assembly.unwrap_or(words::open_ground(&first)).to_owned(),
        exits_title: words::exits(&lang).to_owned(),
        exits: if branch.exits.is_empty() {
            words::exit_signs(&lang).to_owned()
        } else {
            words::that_fit(&branch.exits, words::gap(&lang))
        },
        code_title: words::take_along(&lang).to_owned(),
        here_words: words::here(&lang).to_owned(),
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
