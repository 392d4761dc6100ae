//! The posters: one file a kind, and what they have in common.

mod complaint;
mod contacts;
mod evacuation;
mod parts;
mod roles;

use self::parts::{Composer, READ_FROM};
use super::layout_box::{Align, LayoutBox};
use super::sheet::{Item, Sheet};
use super::{Kind, Poster, PosterError};
use crate::config::settings::address::for_phones;
use crate::document::Paper;
use crate::document::shaping::Shaper;
use crate::i18n::poster as words;
use crate::qr::{self, MOST_ADDRESS_BYTES, Matrix, Medium, QUIET_ZONE};
pub use roles::roles;

/// The width that lengths are given for.
const A4_WIDTH: f32 = 210.0;
/// Sizes of the words to try, in parts of the intended ones, the largest first.
const SCALES: [f32; 16] = [
    1.2, 1.15, 1.1, 1.05, 1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5, 0.45,
];
/// Below this the words give way to a larger code no further.
const LEAST_SCALE: f32 = 0.7;
/// Metres between two distances to try when looking for the largest that fits.
const DISTANCE_STEP: f32 = 0.05;

/// Lays a poster out.
///
/// # Errors
/// [`PosterError`] for an address that no code carries, a distance whose code does not fit, and
/// names that do not.
pub fn poster(kind: Kind, poster: &Poster<'_>) -> Result<Sheet, PosterError> {
    let address = match poster.base {
        Some(base) => Some(address(base, kind)?),
        None if kind == Kind::Complaint || poster.distance.is_some() => {
            return Err(PosterError::NoAddress);
        }
        None => None,
    };
    let address = address.as_deref();
    let matrix = match address {
        Some(address) => Some(qr::encode(address, Medium::Paper)?),
        None => None,
    };
    let texts = match kind {
        Kind::Evacuation => evacuation::texts(poster)?,
        Kind::Complaint | Kind::Contacts => Vec::new(),
    };
    let layout = Layout {
        texts,
        kind,
        poster,
        address,
        matrix: matrix.as_ref(),
        shaper: Shaper::default(),
    };
    match poster.distance {
        None => layout
            .sheet(SCALES.iter().map(|&scale| (scale, layout.usual() * scale)))
            .ok_or(PosterError::NoRoom(poster.paper)),
        Some(asked) if !asked.is_finite() || asked <= 0.0 => Err(PosterError::BadDistance(asked)),
        Some(asked) => match layout.at(asked) {
            Some(sheet) => Ok(sheet),
            None => Err(layout.too_far(asked)),
        },
    }
}

/// The address of the page, such as `http://192.168.1.20:8080/complaint`.
fn address(base: &str, kind: Kind) -> Result<String, PosterError> {
    let base = base.trim();
    let plain = for_phones(base).map_err(|_| PosterError::BadAddress(base.to_owned()))?;
    let address = [&plain, kind.path()].concat();
    let bytes = address.len();
    if bytes > MOST_ADDRESS_BYTES {
        return Err(PosterError::LongAddress {
            address,
            bytes,
            most: MOST_ADDRESS_BYTES,
        });
    }
    Ok(address)
}

/// One poster while it is laid out.
struct Layout<'a> {
    kind: Kind,
    poster: &'a Poster<'a>,
    address: Option<&'a str>,
    matrix: Option<&'a Matrix>,
    texts: Vec<Vec<Matrix>>,
    shaper: Shaper,
}

impl Layout<'_> {
    /// From how far the code should be readable where nobody says, in metres.
    fn usual(&self) -> f32 {
        let on_a4 = match self.kind {
            Kind::Complaint => 1.0,
            Kind::Contacts => 0.7,
            // The other codes take more height in two languages than in one.
            Kind::Evacuation if self.poster.langs.second.is_some() => 0.65,
            Kind::Evacuation => 0.5,
        };
        on_a4 * self.poster.paper.size().0 / A4_WIDTH
    }

    /// The sheet with a code for exactly this distance.
    fn at(&self, distance: f32) -> Option<Sheet> {
        let scales = SCALES.iter().filter(|&&scale| scale >= LEAST_SCALE);
        self.sheet(scales.map(|&scale| (scale, distance)))
    }

    /// The largest distance that fits.
    fn too_far(&self, asked: f32) -> PosterError {
        let paper = self.poster.paper;
        // What is as wide as the paper, to begin with.
        let modules = self.matrix.map_or(1, Matrix::width) + 2 * QUIET_ZONE;
        let modules = modules as f32;
        let widest = (paper.size().0 - 2.0 * margin(paper)) / modules * READ_FROM / 1000.0;
        let mut steps = (widest / DISTANCE_STEP) as u32;
        while steps > 0 {
            let most = steps as f32 * DISTANCE_STEP;
            if most < asked && self.at(most).is_some() {
                return PosterError::TooFar { asked, most, paper };
            }
            steps -= 1;
        }
        PosterError::NoRoom(paper)
    }

    /// The first of these sizes, each with its distance, that fits.
    fn sheet(&self, mut sizes: impl Iterator<Item = (f32, f32)>) -> Option<Sheet> {
        sizes.find_map(|(scale, distance)| self.try_size(scale, distance))
    }

    fn try_size(&self, scale: f32, distance: f32) -> Option<Sheet> {
        let (width, height) = self.poster.paper.size();
        let margin = margin(self.poster.paper);
        let composer = Composer {
            poster: self.poster,
            shaper: &self.shaper,
            address: self.address,
            texts: &self.texts,
            scale: scale * width / A4_WIDTH,
            width: width - 2.0 * margin,
        };
        let code = self.matrix.map(|matrix| composer.code(matrix, distance));
        let parts = match self.kind {
            Kind::Complaint => complaint::parts(&composer, code?),
            Kind::Evacuation => evacuation::parts(&composer, code)?,
            Kind::Contacts => contacts::parts(&composer, code),
        };
        let parts: Vec<LayoutBox> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        if parts.iter().any(|part| part.width > composer.width + 0.01) {
            return None;
        }
        let filled: f32 = parts.iter().map(|part| part.height).sum();
        let gaps = parts.len().saturating_sub(1).max(1) as f32;
        // What is left over is shared out between the parts.
        let gap = (height - 2.0 * margin - filled) / gaps;
        if gap < composer.mm(parts::GAP) {
            return None;
        }
        let parts = parts.into_iter().map(|part| part.centred(composer.width));
        let mut whole = LayoutBox::default();
        whole.put(margin, margin, LayoutBox::stack(parts, gap, Align::Left));
        let first = self.poster.langs.first;
        let heading = words::heading(first, self.topic());
        let title = match self.poster.settings.branch.name.as_deref() {
            Some(name) => [heading, " · ", name].concat(),
            None => heading.to_owned(),
        };
        Some(Sheet {
            paper: self.poster.paper,
            title,
            lang: first.clone(),
            day: self.poster.day,
            distance: self.matrix.map(|_| distance),
            items: whole.items.into_iter().map(Item::on_grid).collect(),
        })
    }

    fn topic(&self) -> words::Topic {
        match self.kind {
            Kind::Complaint => words::Topic::Complaint,
            Kind::Evacuation => words::Topic::Evacuation,
            Kind::Contacts => words::Topic::Contacts,
        }
    }
}

/// What stays white at the edges, in millimetres: more than any printer needs.
fn margin(paper: Paper) -> f32 {
    match paper {
        Paper::A4 => 13.0,
        Paper::A5 => 9.0,
    }
}
