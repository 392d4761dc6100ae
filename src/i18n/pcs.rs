//! Words about the branch's PCs that read the staff pages, on the tablet.

use super::{tr, tr_with};
use crate::domain::lang::Lang;

/// What a PC opens.
pub fn a_pc(lang: &Lang) -> &'static str {
    tr(lang, "A PC: staff pages")
}

/// In whose name a code is, and until when it is good.
pub fn facts(lang: &Lang, who: &str, until: &str) -> String {
    tr_with(lang, "{0} · until {1}", &[who, until])
}

/// Since when a PC reads, when it last did, and until when it may.
pub fn standing(lang: &Lang, begun: &str, used: &str, until: &str) -> String {
    tr_with(
        lang,
        "Paired at {0}, last used at {1}, until {2}",
        &[begun, used, until],
    )
}

/// Nobody has allowed it.
pub fn off(lang: &Lang) -> &'static str {
    tr(
        lang,
        "Off: an administrator first names the PCs' networks in kiosk.toml, as networks under [staff_pages].",
    )
}

/// No PC reaches the pages.
pub fn no_pages(lang: &Lang) -> &'static str {
    tr(
        lang,
        "PCs do not reach this tablet just now: see the banner on the board.",
    )
}

/// The pages are not encrypted.
pub fn plain(lang: &Lang) -> &'static str {
    tr(
        lang,
        "The staff pages need HTTPS: “lobby-kiosk certificate” makes a certificate for it.",
    )
}

/// The system had no randomness to give.
pub fn no_code(lang: &Lang) -> &'static str {
    tr(lang, "No code could be made. Go back and ask again.")
}

/// A PC has used the code.
pub fn taken(lang: &Lang) -> &'static str {
    tr(
        lang,
        "A PC has it now: go on there. The code is no good any more.",
    )
}

/// Somebody has tried too many other codes.
pub fn void(lang: &Lang) -> &'static str {
    tr(
        lang,
        "Wrong codes were typed 5 times: this one is void. Go back and ask for another.",
    )
}

/// The time of the code is over.
pub fn over(lang: &Lang) -> &'static str {
    tr(
        lang,
        "This code is no good any more. Go back and ask for another.",
    )
}
