//! The floor plan as a picture light enough for a bad phone: a few colours, few bytes.

use std::path::{Path, PathBuf};

use color_quant::NeuQuant;

use crate::config::fault::Fault;
use crate::floor_plan::{self, Picture};

/// The most bytes, so that the page with it stays under 60 kB.
pub const MOST_BYTES: usize = 44_000;
/// Widths and colours tried, from the finest on.
const TRIES: [((u32, u32), usize); 11] = [
    ((900, 900), 64),
    ((900, 900), 16),
    ((760, 760), 48),
    ((760, 760), 16),
    ((640, 640), 32),
    ((640, 640), 12),
    ((520, 520), 24),
    ((520, 520), 8),
    ((420, 420), 16),
    ((420, 420), 8),
    ((320, 320), 8),
];
/// The mark of where the tablet stands: a red dot on white.
const MARK: [u8; 4] = [0xa8, 0x00, 0x1c, 0xff];

/// The picture, as PNG.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FloorPlanThumbnail {
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
    /// The file.
    pub png: Vec<u8>,
    /// Whether it is the built-in sample.
    pub sample: bool,
}

/// Makes the picture of the branch's own floor plan at `path`, or of the sample; `here` is where
/// the tablet stands on it, in percent.
///
/// # Errors
/// The [`Fault`] of the branch's own file, which is then shown by nobody.
pub fn make(path: Option<PathBuf>, here: Option<(u8, u8)>) -> Result<FloorPlanThumbnail, Fault> {
    let sample = path.is_none();
    let here = if sample {
        Some(floor_plan::SAMPLE_HERE)
    } else {
        here
    };
    let mut smallest = None;
    for (within, colours) in TRIES {
        let drawn = match &path {
            Some(path) => own(path, within)?,
            None => Some(floor_plan::sample(within)),
        };
        let Some(mut picture) = drawn else {
            continue;
        };
        if let Some(here) = here {
            mark(&mut picture, here);
        }
        let Some(png) = encode(&picture, colours) else {
            continue;
        };
        let light = png.len() <= MOST_BYTES;
        smallest = Some(FloorPlanThumbnail {
            width: picture.width,
            height: picture.height,
            png,
            sample,
        });
        if light {
            break;
        }
    }
    Ok(smallest.unwrap_or(FloorPlanThumbnail {
        width: 1,
        height: 1,
        png: Vec::new(),
        sample,
    }))
}

/// The branch's own picture.
fn own(path: &Path, within: floor_plan::Size) -> Result<Option<Picture>, Fault> {
    let reading = floor_plan::load(path, &[within])?;
    match reading.nothing_seen() {
        Some(fault) => Err(fault.clone()),
        None => Ok(reading.pictures.into_iter().next()),
    }
}

/// Draws the dot at `here`, in percent.
fn mark(picture: &mut Picture, here: (u8, u8)) {
    let (width, height) = (i64::from(picture.width), i64::from(picture.height));
    let centre = (
        width * i64::from(here.0) / 100,
        height * i64::from(here.1) / 100,
    );
    let radius = (width.max(height) / 60).max(4);
    let rim = radius + (radius / 3).max(2);
    for y in (centre.1 - rim).max(0)..(centre.1 + rim + 1).min(height) {
        for x in (centre.0 - rim).max(0)..(centre.0 + rim + 1).min(width) {
            let far = (x - centre.0).pow(2) + (y - centre.1).pow(2);
            let colour = if far <= radius * radius {
                MARK
            } else if far <= rim * rim {
                [255; 4]
            } else {
                continue;
            };
            let at = usize::try_from((y * width + x) * 4).unwrap_or(usize::MAX);
            if let Some(pixel) = at
                .checked_add(4)
                .and_then(|end| picture.rgba.get_mut(at..end))
            {
                pixel.copy_from_slice(&colour);
            }
        }
    }
}

/// The picture in that many colours; none where the encoder refuses.
fn encode(picture: &Picture, colours: usize) -> Option<Vec<u8>> {
    // Every tenth pixel is enough to find the colours by.
    let quantiser = NeuQuant::new(10, colours, &picture.rgba);
    let indices: Vec<u8> = picture
        .rgba
        .chunks_exact(4)
        .map(|pixel| u8::try_from(quantiser.index_of(pixel)).unwrap_or(0))
        .collect();
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, picture.width, picture.height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::High);
    encoder.set_palette(quantiser.color_map_rgb());
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&indices).ok()?;
    writer.finish().ok()?;
    Some(file)
}
