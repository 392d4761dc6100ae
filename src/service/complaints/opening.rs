//! The first line of what a customer wrote, by which the staff tell complaints apart.

use std::collections::HashMap;
use std::fmt;

use zeroize::Zeroizing;

use super::{ComplaintText, Complaints};
use crate::domain::complaint::Complaint;
use crate::domain::ids::ComplaintId;
use crate::store::reader::contents::Opened;

/// Columns that a line has room for: a letter or digit takes one, a Chinese character two.
const COLUMNS: usize = 56;

/// The first line of each complaint whose words can be read, as far as it fits. Each is wiped when
/// it is let go of.
#[derive(Clone, Default)]
pub struct Openings(HashMap<ComplaintId, Zeroizing<String>>);

impl Openings {
    /// The first line of this complaint.
    pub fn of(&self, id: &ComplaintId) -> Option<&Zeroizing<String>> {
        self.0.get(id)
    }
}

impl fmt::Debug for Openings {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What a customer wrote is in no line of a diagnosis.
        write!(out, "Openings({})", self.0.len())
    }
}

impl Complaints {
    /// The first lines of these complaints; none while the staff area is locked. What cannot be read
    /// is left out: whoever opens the file is told why.
    pub(in crate::service) fn openings(&self, of: &[Complaint]) -> Openings {
        let Ok(key) = self.seals.key() else {
            return Openings::default();
        };
        let readable = of.iter().filter(|one| one.erased.is_none());
        let opening = |one: &Complaint| {
            let opened = self.read(|reader| reader.content(&one.content, Some(&key)));
            let bytes = Zeroizing::new(opened.ok()?.and_then(Opened::words)?);
            let words: ComplaintText = serde_json::from_slice(&bytes).ok()?;
            let what = Zeroizing::new(words.what);
            Some((one.id.clone(), Zeroizing::new(first_line(&what))))
        };
        Openings(readable.filter_map(opening).collect())
    }
}

/// The first line with anything in it, cut off where a row ends.
fn first_line(what: &str) -> String {
    let mut lines = what.lines().map(str::trim);
    let line = lines.find(|line| !line.is_empty()).unwrap_or("");
    let mut columns = 0;
    let fits = |sign: &char| {
        columns += if sign.is_ascii() { 1 } else { 2 };
        columns <= COLUMNS
    };
    let cut: String = line.chars().take_while(fits).collect();
    if cut.len() == line.len() {
        cut
    } else {
        format!("{}…", cut.trim_end())
    }
}
