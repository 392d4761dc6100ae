//! The words for a machine that cannot show the kiosk.

use super::{tr, tr_with};
use crate::domain::lang::Lang;
use crate::platform::{DISPLAY_PACKAGES, NoWindow};

/// A fault of the program's own.
pub fn failed(lang: &Lang) -> &'static str {
    tr(lang, "The program failed. What was recorded is kept.")
}

/// After such a fault the program could not begin anew.
pub fn not_begun_again(lang: &Lang, why: &str) -> String {
    tr_with(
        lang,
        "The program failed and could not start itself again: {}. What was recorded is kept: start lobby-kiosk again, and report the lines above.",
        &[why],
    )
}

/// Why there is no window, and the ways on.
pub fn no_window(lang: &Lang, none: &NoWindow) -> String {
    match none {
        NoWindow::NoDisplay => tr_with(
            lang,
            "No display: neither DISPLAY nor WAYLAND_DISPLAY is set. Start lobby-kiosk inside a graphical session or under a kiosk compositor such as cage; or draw a picture without a display: lobby-kiosk screenshot board --out board.png",
            &[],
        ),
        NoWindow::Failed(why) => tr_with(
            lang,
            "The window could not be opened: {0}. If libraries are missing, install them (Debian, Ubuntu): apt-get install {1}; or draw a picture without a display: lobby-kiosk screenshot board --out board.png",
            &[why, DISPLAY_PACKAGES],
        ),
        NoWindow::Gone(why) => tr_with(
            lang,
            "The display server has gone away: {0}. What was done is recorded; start lobby-kiosk again once there is a display.",
            &[why],
        ),
    }
}

/// No data directory is known.
pub fn no_home(lang: &Lang) -> &'static str {
    tr(
        lang,
        "No home directory is known: name the data directory with --data DIR.",
    )
}

/// There is no such incident type to draw.
pub fn no_such_type(lang: &Lang, asked: &str, known: &str) -> String {
    tr_with(
        lang,
        "There is no incident type {0}. The plan has: {1}.",
        &[asked, known],
    )
}

/// There is no such contact to draw.
pub fn no_such_role(lang: &Lang, asked: &str, known: &str) -> String {
    tr_with(
        lang,
        "There is no contact {0}. The plan has: {1}.",
        &[asked, known],
    )
}

/// A path that cannot stand in the unit of a service.
pub fn no_unit_path(lang: &Lang, path: &str) -> String {
    tr_with(
        lang,
        "{0} cannot stand in a systemd unit: name the whole path, from / on, without control characters.",
        &[path],
    )
}
