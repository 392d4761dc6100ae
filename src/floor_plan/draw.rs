//! A picture from the bytes of a file, judged by its content and not by its name.

use super::answer::{Drawn, Refused};
use super::{Picture, Size, decode, judge, raster, vector};
use crate::config::fault::{Fault, Problem};

/// Draws the picture `within` each of these sizes.
pub(super) fn draw(bytes: Vec<u8>, within: &[Size]) -> Result<Drawn, Refused> {
    let whole = |problem| (None, problem);
    let bytes = decode::unpacked(bytes).map_err(whole)?;
    let mut remarks = Vec::new();
    let pictures = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        let drawn = within.iter().map(|size| raster::draw(&bytes, *size));
        drawn
            .collect::<Result<Vec<Picture>, Problem>>()
            .map_err(whole)?
    } else if let Some(text) = decode::markup(&bytes).map_err(whole)? {
        remarks = vector::lacking(&text);
        let (pictures, undrawn) = vector::draw(&text, within)?;
        remarks.extend(undrawn);
        pictures
    } else {
        return Err(whole(Problem::NotAPicture(kind_of(&bytes).to_owned())));
    };
    let blank = pictures.first().and_then(judge::fault);
    // First what matters most: of many remarks, not all are passed on.
    remarks.splice(0..0, blank.map(|problem| (None, problem)));
    let named = |(line, problem)| Fault {
        file: String::new(),
        line,
        key: String::new(),
        problem,
    };
    Ok(Drawn {
        remarks: remarks.into_iter().map(named).collect(),
        pictures,
    })
}

/// The name of a format that a floor plan may well be saved in by mistake.
fn kind_of(bytes: &[u8]) -> &'static str {
    let known: [(usize, &[u8], &str); 11] = [
        (0, b"\xff\xd8\xff", "JPEG"),
        (0, b"GIF8", "GIF"),
        (0, b"BM", "BMP"),
        (0, b"%PDF", "PDF"),
        (0, b"II*\0", "TIFF"),
        (0, b"MM\0*", "TIFF"),
        (0, b"\x1f\x8b", "SVGZ"),
        (0, b"AC10", "DWG"),
        (0, b"PK\x03\x04", "ZIP"),
        (8, b"WEBP", "WebP"),
        (4, b"ftyp", "HEIC"),
    ];
    known
        .iter()
        .find(|(at, magic, _)| bytes.get(*at..).is_some_and(|rest| rest.starts_with(magic)))
        .map_or(
            if bytes.is_empty() { "0 bytes" } else { "?" },
            |(.., name)| name,
        )
}
