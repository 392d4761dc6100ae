//! What the staff wrote about an incident on phones of their own, read while the staff area is open.

use std::collections::HashMap;
use std::fmt;

use zeroize::Zeroizing;

use super::Complaints;
use crate::domain::entry::Event;
use crate::domain::incident::IncidentEvent;
use crate::seal::SealError;
use crate::service::records::{Line, Record};
use crate::store::reader::contents::Opened;

/// The words by their contents' ids, as far as they can be read. Each is wiped when it is let go of.
#[derive(Clone, Default)]
pub struct Written {
    words: HashMap<String, Zeroizing<String>>,
    /// Why some cannot be read now, though they are there.
    pub shut: Option<SealError>,
}

impl Written {
    /// What was written there; none where it was erased, or cannot be read.
    pub fn of(&self, content: &str) -> Option<&str> {
        self.words.get(content).map(|words| words.as_str())
    }
}

impl fmt::Debug for Written {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What somebody wrote is in no line of a diagnosis.
        write!(out, "Written({})", self.words.len())
    }
}

impl Complaints {
    /// What was written about an incident.
    pub(in crate::service) fn written(&self, record: &Record) -> Written {
        let contents = record.lines.iter().filter_map(content_of);
        let key = self.seals.key();
        let mut written = Written::default();
        for content in contents {
            match self.read(|reader| reader.content(content, key.as_deref().ok())) {
                Ok(Some(Opened::Words(bytes))) => {
                    let bytes = Zeroizing::new(bytes);
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

fn content_of(line: &Line) -> Option<&str> {
    match &line.event {
        Ok(Event::Incident(IncidentEvent::Written { kept, .. })) => Some(&kept.content),
        _ => None,
    }
}
