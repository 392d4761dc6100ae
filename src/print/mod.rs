//! Posters for the walls of the branch: what scanning a code does, and the same in words for
//! whoever cannot scan.
//!
//! [`poster`] lays a [`Sheet`] out from the plan and the settings alone; the sheet becomes a PDF,
//! SVG or PNG file. The same values and the same day give the same bytes.

mod guides;
mod layout_box;
mod pdf;
mod picture;
mod poster;
mod sheet;
mod sign;
mod svg;

use chrono::NaiveDate;
use thiserror::Error;

use crate::config::settings::Settings;
pub use crate::document::{Area, Colour, Paper, TextRun, Weight};
use crate::domain::lang::Lang;
use crate::domain::plan::Plan;
use crate::qr::NoCode;
pub use guides::GuideCards;
pub use pdf::run_child;
pub use poster::{poster, roles};
pub use sheet::{DPI, Item, Sheet};
pub use sign::Sign;

/// What a poster is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// How to complain; the branch must post its complaint line, fax and e-mail.
    Complaint,
    /// How to get out.
    Evacuation,
    /// Whom to call, as far as customers may read it.
    Contacts,
}

impl Kind {
    /// Where its page is, beneath the address of the kiosk.
    pub fn path(self) -> &'static str {
        match self {
            Self::Complaint => "/complaint",
            Self::Evacuation => "/evacuate",
            Self::Contacts => "/contacts",
        }
    }
}

/// The languages of a poster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Langs<'a> {
    /// The language written large.
    pub first: &'a Lang,
    /// The one beneath it, smaller.
    pub second: Option<&'a Lang>,
}

impl<'a> Langs<'a> {
    /// Chinese large, English beneath it.
    pub const BOTH: Langs<'static> = Langs {
        first: &Lang::ZH_CN,
        second: Some(&Lang::EN),
    };

    /// One language alone.
    pub const fn only(lang: &'a Lang) -> Self {
        Self {
            first: lang,
            second: None,
        }
    }

    fn iter(self) -> impl Iterator<Item = &'a Lang> {
        std::iter::once(self.first).chain(self.second)
    }
}

/// What a poster is made from.
#[derive(Clone, Copy, Debug)]
pub struct Poster<'a> {
    /// The plan in force.
    pub plan: &'a Plan,
    /// The branch's settings.
    pub settings: &'a Settings,
    /// Where phones reach the kiosk, such as `http://192.168.1.20:8080`. Without it only the
    /// complaint poster, which is its code, cannot be made; the others do without theirs.
    pub base: Option<&'a str>,
    /// Its languages.
    pub langs: Langs<'a>,
    /// The paper.
    pub paper: Paper,
    /// From how many metres the code of the page must be readable. Where that is not said, the
    /// code is as large as suits the paper and what stands beside it.
    pub distance: Option<f32>,
    /// The day it is printed, in the branch's time zone.
    pub day: NaiveDate,
}

/// Why there is no poster.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum PosterError {
    /// The code that is asked for needs an address.
    #[error("no address for the code of the page")]
    NoAddress,
    /// The kiosk's address is none that a phone opens.
    #[error("{0}: not an address that a phone can open")]
    BadAddress(String),
    /// The address of the page is longer than a code may be.
    #[error("{address}: {bytes} bytes, and {most} fit in a code: shorten it")]
    LongAddress {
        /// The whole address of the page.
        address: String,
        /// Its length.
        bytes: usize,
        /// What fits.
        most: usize,
    },
    /// Not a distance.
    #[error("{0} m is no distance to read a code from")]
    BadDistance(f32),
    /// A code for this distance does not fit beside the words.
    #[error("a code to be read from {asked} m does not fit on {}: the most is {most} m", paper.name())]
    TooFar {
        /// What was asked for, in metres.
        asked: f32,
        /// What fits, in metres.
        most: f32,
        /// On this paper.
        paper: Paper,
    },
    /// The words do not fit, however small.
    #[error("the branch's names and numbers do not fit on {}", .0.name())]
    NoRoom(Paper),
    /// The encoder refused.
    #[error(transparent)]
    Code(#[from] NoCode),
    /// The PDF file could not be made.
    #[error("PDF: {0}")]
    Pdf(String),
    /// The picture could not be made.
    #[error("PNG: {0}")]
    Picture(String),
}

impl Sheet {
    /// The sheet as a PDF file: exactly as large as its paper, its words as text in embedded
    /// fonts, codes and signs as outlines.
    ///
    /// # Errors
    /// [`PosterError::Pdf`], which no sheet is known to meet.
    pub fn to_pdf(&self) -> Result<Vec<u8>, PosterError> {
        pdf::write(self)
    }

    /// The same file, made in a process of its own; this thread waits for it.
    ///
    /// # Errors
    /// [`PosterError::Pdf`], where that process could not be started or did not come to an end.
    pub fn make_pdf(&self) -> Result<Vec<u8>, PosterError> {
        pdf::make(self)
    }

    /// The sheet as an SVG document, words included as outlines.
    pub fn to_svg(&self) -> String {
        svg::write(self)
    }

    /// The sheet as a PNG file of [`DPI`] dots per inch.
    ///
    /// # Errors
    /// [`PosterError::Picture`], where there is no memory for it.
    pub fn to_png(&self) -> Result<Vec<u8>, PosterError> {
        picture::write(self)
    }
}
