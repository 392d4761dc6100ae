//! Which files of the data directory are the kiosk's own, and nobody else's to read.

use std::path::Path;

use crate::own_file;
use crate::private;

/// The files that a branch edits.
const BRANCH: [&str; 2] = ["kiosk.toml", "plan.toml"];

/// Sets aside what stands in the place of the kiosk's own files in `data` and is none, and closes
/// to others what an earlier release, or a copy put back, left open. Before anything there is
/// opened.
pub fn correct(data: &Path) {
    own_file::make_way(data);
    let own = own_file::names();
    let folders = [own_file::REPORTS];
    let own = own.iter().map(String::as_str);
    private::correct(data, own.chain(BRANCH).chain(folders));
}
