//! What lies aside in the data directory, what stands in the way there, and where to look for what
//! a diagnosis needs.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::domain::lang::Lang;
use crate::i18n::journal::{kept_for_diagnosis, lies_aside, other_lies_aside, stands_in_way};
use crate::own_file;
use crate::service::journal_file;

/// Prints in `lang` what was set aside in the data directory `data`, which are reminders, and what
/// stands `in_the_way` of the kiosk's own files; and where what a diagnosis needs lies.
///
/// # Errors
/// If `out` cannot be written to.
pub(super) fn write(
    data: &Path,
    in_the_way: &[PathBuf],
    lang: &Lang,
    out: &mut dyn Write,
) -> io::Result<()> {
    for name in journal_file::aside(data) {
        writeln!(out, "{}", lies_aside(lang, &name))?;
    }
    for name in own_file::aside(data) {
        writeln!(out, "{}", other_lies_aside(lang, &name))?;
    }
    for file in [own_file::DIAGNOSIS, own_file::DIAGNOSIS_POSTED] {
        let path = data.join(file);
        if path.is_file() {
            writeln!(out, "{}", kept_for_diagnosis(lang, &path))?;
        }
    }
    for path in in_the_way {
        writeln!(out, "{}", stands_in_way(lang, path))?;
    }
    Ok(())
}
