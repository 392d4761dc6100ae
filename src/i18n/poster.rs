//! The words of the printed posters, and why there is none.

use chrono::NaiveDate;

use super::{tr, tr_with};
use crate::domain::lang::Lang;

/// What a poster is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// How to complain.
    Complaint,
    /// How to get out.
    Evacuation,
    /// Whom to call.
    Contacts,
    /// What each of the crew does.
    Roles,
}

/// The heading of a poster.
pub fn heading(lang: &Lang, topic: Topic) -> &'static str {
    match topic {
        Topic::Complaint => tr(lang, "Make a complaint"),
        Topic::Evacuation => tr(lang, "Way out"),
        Topic::Contacts => tr(lang, "Emergency contacts"),
        Topic::Roles => tr(lang, "Role cards"),
    }
}

/// What scanning the code of a page does.
pub fn scan(lang: &Lang, topic: Topic) -> &'static str {
    match topic {
        Topic::Complaint => tr(lang, "Scan to complain on your phone"),
        Topic::Evacuation => tr(lang, "Scan for the evacuation page (needs a network)"),
        Topic::Contacts => tr(lang, "Scan to see these numbers on your phone"),
        Topic::Roles => tr(lang, "Scan and take it along: no network needed"),
    }
}

/// Above the address for those who cannot scan.
pub fn type_it(lang: &Lang) -> &'static str {
    tr(lang, "Cannot scan? Type this into your phone's browser:")
}

/// Above the codes that carry the way out as text.
pub fn offline(lang: &Lang) -> &'static str {
    tr(lang, "No network? Scan for the way out as text")
}

/// A code, for whoever has a poster read aloud.
pub fn code(lang: &Lang) -> &'static str {
    tr(lang, "QR code")
}

/// The language of one of those codes.
pub fn language(lang: &Lang) -> &'static str {
    tr(lang, "English")
}

/// The branch's complaint line.
pub fn phone(lang: &Lang) -> &'static str {
    tr(lang, "Complaint line")
}

/// Its fax.
pub fn fax(lang: &Lang) -> &'static str {
    tr(lang, "Fax")
}

/// Its e-mail address.
pub fn email(lang: &Lang) -> &'static str {
    tr(lang, "E-mail")
}

/// The command above all others.
pub fn stairs(lang: &Lang) -> &'static str {
    tr(lang, "Use the stairs. Do not use the lifts.")
}

/// Above the names of the exits.
pub fn exits(lang: &Lang) -> &'static str {
    tr(lang, "Emergency exits")
}

/// In their place, where the branch has named none.
pub fn exit_signs(lang: &Lang) -> &'static str {
    tr(lang, "Follow the green exit signs.")
}

/// Above the branch's address.
pub fn where_you_are(lang: &Lang) -> &'static str {
    tr(lang, "You are here. Say so when you call for help:")
}

/// Where there is no number to print.
pub fn no_numbers(lang: &Lang) -> &'static str {
    tr(lang, "Please ask our staff whom to call.")
}

/// When the plan was last revised, and when this was printed.
pub fn dates(lang: &Lang, revision: NaiveDate, printed: NaiveDate) -> String {
    tr_with(
        lang,
        "Plan revised on {0}, printed on {1}",
        &[&revision.to_string(), &printed.to_string()],
    )
}

/// The kiosk's own address.
pub fn kiosk(lang: &Lang, base: &str) -> String {
    tr_with(lang, "Lobby emergency kiosk: {}", &[base])
}

/// The ending of a file says nothing about what to write.
pub fn bad_ending(lang: &Lang, file: &str) -> String {
    tr_with(
        lang,
        "{}: the ending does not say what to write. End it in .pdf, .svg or .png.",
        &[file],
    )
}

/// Nobody knows what the codes are to carry.
pub fn no_address(lang: &Lang) -> &'static str {
    tr(
        lang,
        "The code of the page needs the address at which phones reach this kiosk, and kiosk.toml has none: it listens for this tablet alone. Give it with --address, such as --address http://192.168.1.20:8080",
    )
}

/// It is too long.
pub fn long_address(lang: &Lang, address: &str, bytes: usize, most: usize) -> String {
    tr_with(
        lang,
        "{0} has {1} bytes, and a code holds {2}. Give a shorter --address.",
        &[address, &bytes.to_string(), &most.to_string()],
    )
}

/// It is no distance.
pub fn bad_distance(lang: &Lang, metres: f32) -> String {
    tr_with(
        lang,
        "{} m is no distance to read a code from. Give --distance a number above 0.",
        &[&metres.to_string()],
    )
}

/// The code for this distance does not fit.
pub fn too_far(lang: &Lang, asked: f32, paper: &str, most: f32) -> String {
    tr_with(
        lang,
        "A code that is read from {0} m does not fit on {1}. The most is --distance {2}; a shorter address or larger paper allows more.",
        &[&asked.to_string(), paper, &format!("{most:.2}")],
    )
}

/// The words do not fit.
pub fn no_room(lang: &Lang, paper: &str) -> String {
    tr_with(
        lang,
        "The branch's names and numbers do not fit on {}. Shorten them in kiosk.toml or take larger paper.",
        &[paper],
    )
}

/// What went wrong on the way to the file.
pub fn not_made(lang: &Lang, why: &str) -> String {
    tr_with(lang, "The poster could not be made: {}", &[why])
}

/// What was written without the code of the page.
pub fn written_without_page(lang: &Lang, file: &str, paper: &str) -> String {
    tr_with(
        lang,
        "{0}: {1}, without the code of the page, for phones do not reach this kiosk: give --address to add it. Print it at 100 %, without \"fit to page\".",
        &[file, paper],
    )
}

/// Paper for the staff was written.
pub fn written_for_staff(lang: &Lang, file: &str, paper: &str) -> String {
    tr_with(
        lang,
        "{0}: {1}, for the staff. Print it at 100 %, without \"fit to page\".",
        &[file, paper],
    )
}

/// It has no page on the tablet, and so no code for one.
pub fn no_page(lang: &Lang) -> &'static str {
    tr(
        lang,
        "This paper has no page for phones: leave --address and --distance out.",
    )
}

/// It has many pages.
pub fn guides_as_pdf(lang: &Lang, file: &str) -> String {
    tr_with(
        lang,
        "{}: the guides are many pages. End it in .pdf.",
        &[file],
    )
}

/// What was written.
pub fn written(lang: &Lang, file: &str, paper: &str, metres: f32) -> String {
    tr_with(
        lang,
        "{0}: {1}, its code reads from {2} m. Print it at 100 %, without \"fit to page\".",
        &[file, paper, &format!("{metres:.2}")],
    )
}
