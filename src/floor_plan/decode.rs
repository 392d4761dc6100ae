//! The text of an SVG, in whatever encoding and packing a drawing program saved it.

use std::io::Read;

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use flate2::read::GzDecoder;

use crate::config::fault::Problem;

/// The most bytes that a packed drawing unpacks to.
const MOST_UNPACKED: u64 = 32 * 1024 * 1024;
/// How many bytes the declaration of an encoding lies within.
const DECLARATION: usize = 200;

/// What a packed file holds; other bytes as they are.
///
/// # Errors
/// [`Problem::NotAPicture`] where the packing is broken or holds too much.
pub(super) fn unpacked(bytes: Vec<u8>) -> Result<Vec<u8>, Problem> {
    if !bytes.starts_with(b"\x1f\x8b") {
        return Ok(bytes);
    }
    let broken = || Problem::NotAPicture("SVGZ".to_owned());
    let mut all = Vec::new();
    GzDecoder::new(bytes.as_slice())
        .take(MOST_UNPACKED + 1)
        .read_to_end(&mut all)
        .map_err(|_| broken())?;
    if all.len() as u64 > MOST_UNPACKED {
        return Err(Problem::TooIntricate);
    }
    Ok(all)
}

/// The text, if these bytes are markup at all.
///
/// # Errors
/// [`Problem::NotUtf8`] where they are not text in the encoding that they name, nor in UTF-8 or
/// GB 18030.
pub(super) fn markup(bytes: &[u8]) -> Result<Option<String>, Problem> {
    let encoding = match bytes {
        [0xff, 0xfe, ..] | [b'<', 0, ..] => UTF_16LE,
        [0xfe, 0xff, ..] | [0, b'<', ..] => UTF_16BE,
        _ => {
            let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            if !text.trim_ascii_start().starts_with(b"<") {
                return Ok(None);
            }
            declared(text).unwrap_or(UTF_8)
        }
    };
    let whole = |encoding: &'static Encoding| {
        let (text, _, broken) = encoding.decode(bytes);
        (!broken).then(|| text.into_owned())
    };
    whole(encoding)
        // Saved by an editor that did not look at what the file says of itself.
        .or_else(|| whole(GB18030))
        .map(Some)
        .ok_or(Problem::NotUtf8)
}

/// The encoding that the first line names, of those that such a line can be read in.
fn declared(text: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(text.get(..DECLARATION).unwrap_or(text));
    let declaration = head
        .trim_start()
        .strip_prefix("<?xml")?
        .split("?>")
        .next()?;
    let after = declaration.split("encoding").nth(1)?;
    let value = after.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| ['"', '\''].contains(c))?;
    let name = value.split(quote).nth(1)?;
    Encoding::for_label(name.as_bytes()).filter(|one| one.is_ascii_compatible())
}
