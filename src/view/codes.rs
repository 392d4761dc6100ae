//! Codes as pictures: one pixel a module, with the quiet zone, drawn larger by the screens.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use slint::{ComponentHandle, Image, Rgb8Pixel, SharedPixelBuffer, VecModel};

use super::Screens;
use crate::domain::dial;
use crate::domain::plan::Role;
use crate::i18n::{posted as words, screen, way_out};
use crate::qr::{self, Matrix, Medium, QUIET_ZONE};
use crate::settings::INVESTOR_HOTLINE;
use crate::{CodePicture, Codes};

/// Pictures kept at most: a few screens' worth.
const KEPT: usize = 64;

/// The codes drawn so far, by what they carry: a guide draws itself every second.
#[derive(Default)]
pub(super) struct Drawn(RefCell<HashMap<String, Image>>);

impl Drawn {
    /// The code of `payload`; an empty picture where there is nothing to carry, or too much.
    pub(super) fn picture(&self, payload: Option<&str>) -> Image {
        let Some(payload) = payload else {
            return Image::default();
        };
        if let Some(drawn) = self.0.borrow().get(payload) {
            return drawn.clone();
        }
        let Ok(matrix) = qr::encode(payload, Medium::Screen) else {
            return Image::default();
        };
        let drawn = draw(&matrix);
        let mut kept = self.0.borrow_mut();
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(payload.to_owned(), drawn.clone());
        drawn
    }
}

fn draw(matrix: &Matrix) -> Image {
    const LIGHT: Rgb8Pixel = Rgb8Pixel::new(255, 255, 255);
    const DARK: Rgb8Pixel = Rgb8Pixel::new(0, 0, 0);
    let side = matrix.width() + 2 * QUIET_ZONE;
    let width = u32::try_from(side).unwrap_or(0);
    let mut pixels = SharedPixelBuffer::<Rgb8Pixel>::new(width, width);
    for (at, pixel) in pixels.make_mut_slice().iter_mut().enumerate() {
        let (column, row) = (at % side, at / side);
        let dark = column >= QUIET_ZONE
            && row >= QUIET_ZONE
            && matrix.is_dark(column - QUIET_ZONE, row - QUIET_ZONE);
        *pixel = if dark { DARK } else { LIGHT };
    }
    Image::from_rgb8(pixels)
}

impl Screens {
    /// The codes that change only with the language.
    pub(super) fn draw_codes(&self) {
        let lang = self.lang();
        let (plan, settings) = (&self.services.plan(), self.services.settings());
        let codes = self.window.global::<Codes<'_>>();
        let complaint = settings.complaint.phone.as_deref();
        // The page where phones can reach it, or else the complaint line.
        let pages = self.services.pages.get();
        let page = pages.good_base();
        let payload = match page {
            Some(base) => Some([base, "/complaint"].concat()),
            None => complaint.and_then(dial::tel),
        };
        let shown = page.map(|base| base.trim_start_matches("http://"));
        codes.set_complaint_address(shown.unwrap_or_default().into());
        self.drawn_for.replace(page.map(str::to_owned));
        let code = payload.map(|payload| CodePicture {
            picture: self.drawn.picture(Some(&payload)),
            caption: words::complaint_line(&lang).into(),
            mark: "".into(),
        });
        codes.set_complaint(Rc::new(VecModel::from_iter(code)).into());
        let (number, extension) = screen::number(&lang, complaint.unwrap_or_default());
        codes.set_complaint_number([number, extension].join(" ").trim().into());

        let withheld = self.withholds_codes();
        self.codes_withheld.set(withheld);
        let texts = if withheld {
            Vec::new()
        } else {
            self.way_out(&lang)
        };
        let caption = words::way_out(&lang);
        codes.set_way_out(caption.into());
        let matrices = qr::encode_alike(&texts, Medium::Screen).unwrap_or_default();
        let count = matrices.len();
        let pictures = matrices
            .iter()
            .enumerate()
            .map(|(index, matrix)| CodePicture {
                picture: draw(matrix),
                caption: words::one_of(caption, index, count).into(),
                mark: words::which_of(index, count).into(),
            });
        codes.set_evacuation(Rc::new(VecModel::from_iter(pictures)).into());

        let hotline = plan.role(INVESTOR_HOTLINE);
        let number = hotline.and_then(|role| settings.number(&role.id, plan));
        codes.set_hotline(number.unwrap_or_default().into());
        let name = hotline.map_or_else(String::new, |role| self.with_hours(role, &lang));
        codes.set_hotline_words(name.into());
    }

    /// Draws the codes again where the address that they carry has changed, or what the public may
    /// be told.
    pub(super) fn follow_pages(&self) {
        let pages = self.services.pages.get();
        let moved = *self.drawn_for.borrow() != pages.good_base().map(str::to_owned);
        if moved || self.codes_withheld.get() != self.withholds_codes() {
            self.draw_codes();
        }
    }

    /// What the evacuation codes say, in one text or two.
    pub(super) fn way_out(&self, lang: &str) -> Vec<String> {
        way_out::of_branch(lang, &self.services.plan(), &self.services.settings())
    }

    fn with_hours(&self, role: &Role, lang: &str) -> String {
        words::named(role.name.in_lang(lang), role.when.in_lang(lang))
    }
}
