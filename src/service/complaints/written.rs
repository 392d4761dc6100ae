//! What the staff wrote about an incident on phones of their own, read while the staff area is open.

use std::collections::HashMap;
use std::fmt;

use zeroize::Zeroizing;

use super::Complaints;
use crate::domain::entry::Event;
use crate::domain::incident::{Field, IncidentEvent};
use crate::photo::{self, Pixels};
use crate::seal::SealError;
use crate::service::records::{Line, Record};
use crate::store::reader::contents::Opened;

/// The most pixels of the longer side of a photo on the glass.
const GLASS: u32 = 720;
/// The same on paper: print that was photographed stays legible on half a page.
const PAPER: u32 = 1280;
/// The same where there are more than [`MANY`]: a report of very many is still a file to send.
const SMALL: u32 = 640;
/// How many photos are many in one report.
const MANY: usize = 40;

/// The words and photos by their contents' ids, as far as they can be read. Words and files are wiped
/// when they are let go of.
#[derive(Clone, Default)]
pub struct Written {
    words: HashMap<String, Zeroizing<String>>,
    photos: HashMap<String, Photo>,
    /// Why some cannot be read now, though they are there.
    pub shut: Option<SealError>,
}

impl Written {
    /// What was written there; none where it was erased, or cannot be read.
    pub fn of(&self, content: &str) -> Option<&str> {
        self.words.get(content).map(|words| words.as_str())
    }

    /// A photo, likewise.
    pub fn photo(&self, content: &str) -> Option<&Photo> {
        self.photos.get(content)
    }

    /// Makes the photos as large as paper has use of. It takes its time.
    pub fn shrink(&mut self) {
        let many = self.photos.len() > MANY;
        for photo in self.photos.values_mut() {
            if let Some(jpeg) = photo::shrink(&photo.jpeg, if many { SMALL } else { PAPER }) {
                photo.jpeg = Zeroizing::new(jpeg);
            }
        }
    }

    /// Draws the photos for the glass. It takes its time.
    pub(in crate::service) fn draw(&mut self) {
        for photo in self.photos.values_mut() {
            photo.drawn = photo::draw(&photo.jpeg, GLASS);
        }
    }
}

/// A photo that can be read.
#[derive(Clone)]
pub struct Photo {
    /// The file.
    pub jpeg: Zeroizing<Vec<u8>>,
    /// The same for the glass, once it is drawn.
    pub drawn: Option<Pixels>,
}

impl Photo {
    /// Its width and height in pixels; none where it is no photo.
    pub fn size(&self) -> Option<(u32, u32)> {
        photo::size(&self.jpeg)
    }
}

impl fmt::Debug for Written {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What somebody wrote is in no line of a diagnosis.
        write!(out, "Written({})", self.words.len() + self.photos.len())
    }
}

impl Complaints {
    /// What was written about an incident.
    pub fn written(&self, record: &Record) -> Written {
        let contents = record.lines.iter().filter_map(content_of);
        let key = self.seals.key();
        let mut written = Written::default();
        for (field, content) in contents {
            match self.read(|reader| reader.content(content, key.as_deref().ok())) {
                Ok(Some(Opened::Words(bytes))) => {
                    let bytes = Zeroizing::new(bytes);
                    if field == Field::Photo {
                        let photo = Photo {
                            jpeg: bytes,
                            drawn: None,
                        };
                        written.photos.insert(content.to_owned(), photo);
                        continue;
                    }
                    let words = Zeroizing::new(String::from_utf8_lossy(&bytes).into_owned());
                    written.words.insert(content.to_owned(), words);
                }
                Ok(Some(Opened::Sealed)) => written.shut = key.as_ref().err().cloned(),
                // Erased, or nothing that opens: the line says that it cannot be read.
                Ok(None) | Err(_) => {}
            }
        }
        written
    }
}

fn content_of(line: &Line) -> Option<(Field, &str)> {
    match &line.event {
        Ok(Event::Incident(IncidentEvent::Written { field, kept, .. })) => {
            Some((*field, &kept.content))
        }
        _ => None,
    }
}
