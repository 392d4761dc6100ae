//! Where people gather and how they get out: the branch's words and its floor plan, on the
//! evacuation screen.

use slint::{ComponentHandle, Image, Rgba8Pixel, SharedPixelBuffer};

use super::Screens;
use crate::Evacuation;
use crate::i18n::evacuation as words;
use crate::service::floor::Shown;

impl Screens {
    /// What changes only with the language and with the picture.
    pub(super) fn draw_place(&self) {
        let lang = self.lang();
        let settings = self.services.settings();
        let branch = &settings.branch;
        let (first, second) = self.two_languages();
        let window = self.window.global::<Evacuation<'_>>();
        let both = |words: fn(&str) -> &'static str| match &second {
            Some(second) => [words(&first), words(second)].join(" "),
            None => words(&first).to_owned(),
        };
        window.set_assembly_title(both(words::assembly_point).into());
        window.set_assembly(
            branch
                .assembly_point
                .as_deref()
                .unwrap_or(words::open_ground(&first))
                .into(),
        );
        window.set_exits_title(words::exits(&lang).into());
        let exits = if branch.exits.is_empty() {
            words::exit_signs(&lang).to_owned()
        } else {
            words::that_fit(&branch.exits, words::gap(&lang))
        };
        window.set_exits(exits.into());
        window.set_code_title(words::take_along(&lang).into());
        window.set_here_words(words::here(&lang).into());
    }

    /// Takes the picture of the floor plan over into the window, once it is there.
    pub(super) fn take_floor(&self) {
        if let Some(picture) = self.services.floor.take() {
            let (width, height) = (picture.width, picture.height);
            let pixels =
                SharedPixelBuffer::<Rgba8Pixel>::clone_from_slice(&picture.rgba, width, height);
            let window = self.window.global::<Evacuation<'_>>();
            window.set_floor_plan(Image::from_rgba8(pixels));
        }
    }

    /// What stands beneath the picture or in its place, and where the tablet is on it.
    pub(super) fn draw_floor(&self, lang: &str) {
        let window = self.window.global::<Evacuation<'_>>();
        let floor = &self.services.floor;
        let said = match floor.shown() {
            Some(Shown::Own) => "",
            Some(Shown::Sample) => words::sample(lang),
            Some(Shown::Nothing) | None => words::no_picture(lang),
        };
        window.set_floor_plan_words(said.into());
        let here = floor.here();
        let share = |percent: u8| f32::from(percent) / 100.0;
        window.set_here_x(here.map_or(-1.0, |(x, _)| share(x)));
        window.set_here_y(here.map_or(-1.0, |(_, y)| share(y)));
    }
}
