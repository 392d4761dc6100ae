//! What the codes carry, and what stands beside them.

use super::picture;
use crate::CodePicture;
use crate::config::settings::INVESTOR_HOTLINE;
use crate::domain::dial;
use crate::domain::lang::Lang;
use crate::i18n::{posted, screen, way_out};
use crate::qr::{self, Medium};
use crate::view::ViewState;

/// The codes for customers' phones.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Opens the complaint page, or dials the complaint line; none where there is neither.
    pub complaint: Option<CodePicture>,
    /// The page that the code opens; empty where it dials.
    pub address: String,
    /// The complaint line's number, to read.
    pub number: String,
    /// What the codes with the way out are called together.
    pub way_out: String,
    /// The way out as text, in one code or two.
    pub evacuation: Vec<CodePicture>,
    /// The investors' hotline; empty where the plan does not know one.
    pub hotline: String,
    /// Its name, and when it answers.
    pub hotline_words: String,
}

/// The codes just now.
pub fn present(state: &ViewState) -> Model {
    let lang = state.lang();
    let services = state.services();
    let (plan, settings) = (services.plan(), services.settings());
    let line = settings.complaint.phone.as_deref();
    // The page where phones can reach it, or else the complaint line.
    let pages = services.pages.get();
    let page = pages.good_base();
    let payload = match page {
        Some(base) => Some([base, "/complaint"].concat()),
        None => line.and_then(dial::tel),
    };
    let shown = page.map(|base| base.trim_start_matches("http://"));
    let (number, extension) = screen::number(&lang, line.unwrap_or_default());
    let hotline = plan.role(INVESTOR_HOTLINE);
    let hotline_number = hotline.and_then(|role| settings.number(&role.id, &plan));
    Model {
        complaint: payload.map(|payload| CodePicture {
            picture: state.pictures.get(Some(&payload)),
            caption: posted::complaint_line(&lang).into(),
            mark: "".into(),
        }),
        address: shown.unwrap_or_default().to_owned(),
        number: [number, extension].join(" ").trim().to_owned(),
        way_out: posted::way_out(&lang).to_owned(),
        evacuation: evacuation(state, &lang),
        hotline: hotline_number.unwrap_or_default().to_owned(),
        hotline_words: hotline.map_or_else(String::new, |role| {
            posted::named(role.name.in_lang(&lang), role.when.in_lang(&lang))
        }),
    }
}

/// The codes with the way out, of one size, unless they are withheld.
fn evacuation(state: &ViewState, lang: &Lang) -> Vec<CodePicture> {
    if state.withholds_codes() {
        return Vec::new();
    }
    let services = state.services();
    let texts = way_out::of_branch(lang, &services.plan(), &services.settings());
    let matrices = qr::encode_alike(&texts, Medium::Screen).unwrap_or_default();
    let (caption, count) = (posted::way_out(lang), matrices.len());
    let pictures = matrices.iter().enumerate();
    let pictures = pictures.map(|(index, matrix)| CodePicture {
        picture: picture::draw(matrix),
        caption: posted::one_of(caption, index, count).into(),
        mark: posted::which_of(index, count).into(),
    });
    pictures.collect()
}
