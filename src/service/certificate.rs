//! The branch's own certificate: made on the tablet, for the addresses by which phones reach it. Nobody
//! vouches for it, so that each phone asks once whether to trust it; what is sent is encrypted all the
//! same.

use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Datelike, TimeDelta, Utc};
use rcgen::{
    CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, KeyPair,
    KeyUsagePurpose, date_time_ymd,
};
use thiserror::Error;

use super::address;
use crate::atomic_file::{self, Readers};
use crate::config::settings::Settings;
use crate::private;

/// The file of the certificate in the data directory …
pub const CERTIFICATE: &str = "certificate.pem";
/// … and that of its private key, for its owner alone.
pub const KEY: &str = "certificate-key.pem";
/// How long it is good: phones refuse certificates of more than 825 days, whoever made them.
const GOOD_FOR: TimeDelta = TimeDelta::days(800);
/// It is good from the day before on: the clocks of phones differ.
const BEFORE: TimeDelta = TimeDelta::days(1);

/// Why no certificate was made.
#[derive(Debug, Error)]
pub enum CertificateError {
    /// One is there already.
    #[error("{path}: there already", path = path.display())]
    Exists {
        /// Its file.
        path: PathBuf,
    },
    /// The tablet is in no network, and no address was given.
    #[error("no address")]
    NoAddress,
    /// It cannot be the name of a host.
    #[error("{name:?} is no address")]
    BadAddress {
        /// What was given.
        name: String,
    },
    /// No randomness, most likely; the maker's words.
    #[error("not made: {0}")]
    Uncomputed(String),
    /// The disk refuses.
    #[error("{path}: {error}", path = path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's words.
        error: io::Error,
    },
}

/// A certificate that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// The hosts that it is for.
    pub hosts: Vec<String>,
    /// The last moment at which it is good.
    pub until: DateTime<Utc>,
}

/// The hosts by which phones reach the tablet: that of the public address, the tablet's own address, and
/// the further names of the settings.
pub fn hosts(settings: &Settings) -> Vec<String> {
    let host = |url: &str| {
        let place = url.split_once("://").map_or(url, |(_, place)| place);
        let bare = match place.strip_prefix('[') {
            Some(six) => six.split(']').next(),
            None => place.split(':').next(),
        };
        bare.unwrap_or_default().to_owned()
    };
    let web = &settings.web;
    let public = web.public_url.as_deref().map(host);
    let own = address::own(true, web.listen).map(|base| host(&base));
    let all = public.into_iter().chain(own).chain(web.hosts.clone());
    let mut hosts: Vec<String> = Vec::new();
    for one in all {
        if !hosts.contains(&one) {
            hosts.push(one);
        }
    }
    hosts
}

/// Makes a certificate for `hosts` in the data directory `data`, good from `now` on. One that is there is
/// replaced only where that is asked for.
///
/// # Errors
/// [`CertificateError`].
pub fn make(
    data: &Path,
    hosts: Vec<String>,
    replace: bool,
    now: DateTime<Utc>,
) -> Result<Certificate, CertificateError> {
    let (certificate, key) = (data.join(CERTIFICATE), data.join(KEY));
    for path in [&certificate, &key] {
        if !replace && std::fs::symlink_metadata(path).is_ok() {
            return Err(CertificateError::Exists { path: path.clone() });
        }
    }
    if hosts.is_empty() {
        return Err(CertificateError::NoAddress);
    }
    let until = now + GOOD_FOR;
    let uncomputed = |error: rcgen::Error| CertificateError::Uncomputed(error.to_string());
    let mut params =
        CertificateParams::new(hosts.clone()).map_err(|_| CertificateError::BadAddress {
            name: hosts.join(", "),
        })?;
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, hosts.first().map_or("", String::as_str));
    params.distinguished_name = name;
    let part = |number: u32| u8::try_from(number).unwrap_or(1);
    let day = |at: DateTime<Utc>| date_time_ymd(at.year(), part(at.month()), part(at.day()));
    params.not_before = day(now - BEFORE);
    params.not_after = day(until);
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let pair = KeyPair::generate().map_err(uncomputed)?;
    let made = params.self_signed(&pair).map_err(uncomputed)?;
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |error| CertificateError::Io { path, error }
    };
    private::create_dir(data).map_err(failed(data))?;
    // The key first: a certificate without its key would be served by nobody.
    atomic_file::write(&key, pair.serialize_pem().as_bytes(), Readers::Owner)
        .map_err(failed(&key))?;
    atomic_file::write(&certificate, made.pem().as_bytes(), Readers::Owner)
        .map_err(failed(&certificate))?;
    Ok(Certificate { hosts, until })
}
