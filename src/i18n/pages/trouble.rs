//! Why phones may not reach the pages, for the staff.

use std::path::PathBuf;

use crate::domain::lang::Lang;
use crate::i18n::journal::{journal_error, store_error};
use crate::i18n::seal::seal_error;
use crate::i18n::{tr, tr_with};
use crate::service::complaints::ComplaintError;
use crate::service::pages::PagesTrouble;

/// Where the pages are.
pub fn served(lang: &Lang, base: &str) -> String {
    tr_with(lang, "Phones find the pages at {}", &[base])
}

/// What keeps phones from the pages, and what to do.
pub fn pages(lang: &Lang, trouble: &PagesTrouble) -> String {
    match trouble {
        PagesTrouble::Taken(address) => tr_with(
            lang,
            "No pages for phones: another program uses {}. Choose another port under [web] in kiosk.toml.",
            &[&address.to_string()],
        ),
        PagesTrouble::NotListening(address, detail) => tr_with(
            lang,
            "No pages for phones: {0} cannot be used. Check [web] in kiosk.toml. ({1})",
            &[&address.to_string(), detail],
        ),
        PagesTrouble::Certificate(path, detail) => tr_with(
            lang,
            "No pages for phones: the certificate cannot be used. Check {0}. ({1})",
            &[&named(lang, path), detail],
        ),
        PagesTrouble::NoThread(detail) => tr_with(
            lang,
            "No pages for phones: start the tablet again. ({})",
            &[detail],
        ),
        PagesTrouble::NoNetwork => tr(
            lang,
            "Codes lead nowhere: the tablet is in no network. Connect it, or set public_url in kiosk.toml.",
        )
        .to_owned(),
        PagesTrouble::NoComplaints => tr(
            lang,
            "Phones cannot complain: the journal cannot be opened. It is tried again by itself; see what else the kiosk says of it.",
        )
        .to_owned(),
        PagesTrouble::NoRoom => tr(
            lang,
            "Phones cannot complain: the disk is nearly full, and what is left is kept for incidents. Make room on it.",
        )
        .to_owned(),
        PagesTrouble::Expires(day) => tr_with(
            lang,
            "The certificate of the pages expires on {}. Put a new one in its place; no restart is needed.",
            &[&day.to_string()],
        ),
        PagesTrouble::Expired(day) => tr_with(
            lang,
            "The certificate of the pages expired on {}: phones refuse or warn. Put a new one in its place; no restart is needed.",
            &[&day.to_string()],
        ),
        PagesTrouble::NotYet(day) => tr_with(
            lang,
            "The certificate of the pages is not valid before {}: phones refuse or warn. Put one in its place that is valid today, and check the tablet's date.",
            &[&day.to_string()],
        ),
        PagesTrouble::ChainExpires(issuer, day) => tr_with(
            lang,
            "In the chain of the pages' certificate, that of “{0}” expires on {1}. Put a new chain in its place, with all its certificates; no restart is needed.",
            &[issuer, &day.to_string()],
        ),
        PagesTrouble::ChainExpired(issuer, day) => tr_with(
            lang,
            "In the chain of the pages' certificate, that of “{0}” expired on {1}: phones refuse or warn. Put a new chain in its place, with all its certificates; no restart is needed.",
            &[issuer, &day.to_string()],
        ),
        PagesTrouble::ChainNotYet(issuer, day) => tr_with(
            lang,
            "In the chain of the pages' certificate, that of “{0}” is not valid before {1}: phones refuse or warn. Put a chain in its place that is valid today, and check the tablet's date.",
            &[issuer, &day.to_string()],
        ),
        PagesTrouble::OtherName(host) => tr_with(
            lang,
            "The certificate of the pages is not made out to {}, the host of public_url: phones refuse or warn. Put one in its place that names it, or correct public_url in kiosk.toml.",
            &[host],
        ),
        PagesTrouble::PlainUrl(url) => tr_with(
            lang,
            "Codes lead nowhere: public_url is {}, while the pages are encrypted. Write https:// in kiosk.toml.",
            &[url],
        ),
        PagesTrouble::Renewal(path, detail) => tr_with(
            lang,
            "The new certificate of the pages cannot be used, so the former one still is. Check {0}. ({1})",
            &[&named(lang, path), detail],
        ),
        PagesTrouble::Stays(why) => tr_with(
            lang,
            "What [web] in kiosk.toml asks for cannot be had, so the pages stay as they were. Correct it there. ({})",
            &[why],
        ),
        PagesTrouble::NotHere(base) => tr_with(
            lang,
            "Codes do not lead here: {} does not reach this tablet. Check the network.",
            &[base],
        ),
        PagesTrouble::Moved { printed, now } => tr_with(
            lang,
            "Codes on posters do not lead here: they say {0}, the tablet is at {1}. Print them again.",
            &[printed, now],
        ),
    }
}

/// The file to mend; both where they do not belong together.
fn named(lang: &Lang, path: &Option<PathBuf>) -> String {
    path.as_ref().map_or_else(
        || tr(lang, "the certificate and its key").to_owned(),
        |path| path.display().to_string(),
    )
}

/// The same in a few words for the tablet's banner. That the tablet is in no network is none: it
/// is made to work alone, and its codes then do without pages.
pub fn short(lang: &Lang, trouble: &PagesTrouble) -> Option<String> {
    Some(match trouble {
        PagesTrouble::Taken(address) => tr_with(
            lang,
            "No pages for phones: port {} is taken",
            &[&address.port().to_string()],
        ),
        PagesTrouble::NotListening(address, _) => tr_with(
            lang,
            "No pages for phones: {} cannot be used",
            &[&address.to_string()],
        ),
        PagesTrouble::Certificate(..) => {
            tr(lang, "No pages for phones: the certificate cannot be used").to_owned()
        }
        PagesTrouble::NoThread(_) => {
            tr(lang, "No pages for phones: start the tablet again").to_owned()
        }
        PagesTrouble::NoNetwork => return None,
        PagesTrouble::NoComplaints => {
            tr(lang, "Phones cannot complain: the journal cannot be opened").to_owned()
        }
        PagesTrouble::NoRoom => {
            tr(lang, "Phones cannot complain: the disk is nearly full").to_owned()
        }
        PagesTrouble::Expires(day) => tr_with(
            lang,
            "The certificate of the pages expires on {}",
            &[&day.to_string()],
        ),
        PagesTrouble::Expired(day) => tr_with(
            lang,
            "The certificate of the pages expired on {}",
            &[&day.to_string()],
        ),
        PagesTrouble::NotYet(day) => tr_with(
            lang,
            "The certificate of the pages is not valid before {}",
            &[&day.to_string()],
        ),
        PagesTrouble::ChainExpires(_, day) => tr_with(
            lang,
            "The pages' certificate chain expires on {}",
            &[&day.to_string()],
        ),
        PagesTrouble::ChainExpired(_, day) => tr_with(
            lang,
            "The pages' certificate chain expired on {}",
            &[&day.to_string()],
        ),
        PagesTrouble::ChainNotYet(_, day) => tr_with(
            lang,
            "The pages' certificate chain is not valid before {}",
            &[&day.to_string()],
        ),
        PagesTrouble::OtherName(_) => {
            tr(lang, "The certificate of the pages is for another address").to_owned()
        }
        PagesTrouble::PlainUrl(_) => {
            tr(lang, "Codes lead nowhere: public_url lacks https://").to_owned()
        }
        PagesTrouble::Renewal(..) => {
            tr(lang, "The new certificate of the pages cannot be used").to_owned()
        }
        PagesTrouble::Stays(_) => tr(
            lang,
            "The pages stay as they were: check [web] in kiosk.toml",
        )
        .to_owned(),
        PagesTrouble::NotHere(_) => {
            tr(lang, "Codes do not lead here: check the network").to_owned()
        }
        PagesTrouble::Moved { .. } => {
            tr(lang, "Codes on posters do not lead here: print them again").to_owned()
        }
    })
}

/// Why complaints cannot be kept.
pub fn complaints(lang: &Lang, error: &ComplaintError) -> String {
    match error {
        ComplaintError::Journal(error) => journal_error(lang, error),
        ComplaintError::Store(error) => store_error(lang, error),
        ComplaintError::Seal(error) => seal_error(lang, error),
        ComplaintError::Busy
        | ComplaintError::Unknown
        | ComplaintError::Full
        | ComplaintError::Thread(_) => tr_with(
            lang,
            "No pages for phones: start the tablet again. ({})",
            &[&error.to_string()],
        ),
    }
}
