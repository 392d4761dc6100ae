//! Words about the branch's own certificate.

use chrono::NaiveDate;

use super::{tr, tr_with};
use crate::domain::lang::Lang;
use crate::service::certificate::{CERTIFICATE, CertificateError, KEY};

/// What was made, what is left to do where the settings do not name it yet, and what phones will say.
pub fn made(lang: &Lang, hosts: &[String], until: NaiveDate, named: bool) -> Vec<String> {
    let mut lines = vec![tr_with(
        lang,
        "The certificate is for {0}, and good until {1}.",
        &[&hosts.join(", "), &until.to_string()],
    )];
    if !named {
        lines.push(
            tr(
                lang,
                "Set these two lines under [web] in kiosk.toml; a running kiosk follows at once:",
            )
            .to_owned(),
        );
        lines.push(format!("certificate = \"{CERTIFICATE}\""));
        lines.push(format!("key = \"{KEY}\""));
    }
    lines.push(
        tr(
            lang,
            "A phone warns once that it does not know who made the certificate: tap Details or Advanced, then go on. What is sent is encrypted all the same. Codes on posters change from http to https: print them again.",
        )
        .to_owned(),
    );
    lines
}

/// Why there is none.
pub fn error(lang: &Lang, error: &CertificateError) -> String {
    match error {
        CertificateError::Exists { path } => tr_with(
            lang,
            "{} is there already. --replace makes a new one in its place.",
            &[&path.to_string_lossy()],
        ),
        CertificateError::NoAddress => tr(
            lang,
            "The tablet is in no network that phones could be in. Connect it, or name the address: --address 192.168.1.20",
        )
        .to_owned(),
        CertificateError::BadAddress { name } => tr_with(
            lang,
            "“{}” is no host name or address. Write it as phones open it, without http:// and port, such as 192.168.1.20",
            &[name],
        ),
        CertificateError::Uncomputed(detail) => {
            tr_with(lang, "The certificate cannot be made: {}", &[detail])
        }
        CertificateError::Io { path, error } => tr_with(
            lang,
            "{0}: {1}. Check that the folder exists and that this user may write to it.",
            &[&path.to_string_lossy(), &error.to_string()],
        ),
    }
}
