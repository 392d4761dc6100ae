//! The certificate that encrypts the pages, read again when its files change: certificates are
//! renewed while the tablet runs. Whatever keeps that from working is said, and so is the end of
//! its time before it comes.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use rustls::ServerConfig;
use rustls::client::verify_server_name;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::server::ParsedCertificate;
use thiserror::Error;
use tokio_rustls::TlsAcceptor;
use x509_parser::x509::X509Name;

use crate::config::settings::Web;
use crate::own_file::{self, Stamp};
use crate::service::pages::PagesTrouble;

/// More than any chain of certificates.
const MOST_BYTES: usize = 1 << 20;
/// How long the files are not looked at again.
const LOOK_EVERY: Duration = Duration::from_secs(10);
/// How long before its end a certificate is spoken of: time enough to have it renewed by hand.
const WARNED_BEFORE: chrono::Duration = chrono::Duration::days(14);

/// Why there is no encryption.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TlsError {
    /// A file cannot be read as PEM.
    #[error("{path}: {detail}", path = path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        detail: String,
    },
    /// Certificate and key do not belong together, or are of a kind that is not understood.
    #[error("{detail}")]
    Pair {
        /// What is wrong.
        detail: String,
    },
}

impl From<TlsError> for PagesTrouble {
    fn from(error: TlsError) -> Self {
        let (path, detail) = error.parts();
        Self::Certificate(path, detail)
    }
}

impl TlsError {
    /// The file, where it is one's fault, and what is wrong.
    pub fn parts(self) -> (Option<PathBuf>, String) {
        match self {
            Self::File { path, detail } => (Some(path), detail),
            Self::Pair { detail } => (None, detail),
        }
    }
}

/// A certificate and its key.
pub struct Certificates {
    certificate: PathBuf,
    key: PathBuf,
    now: Mutex<Loaded>,
}

struct Loaded {
    pair: Pair,
    changed: Changed,
    /// None: they are to be looked at anew.
    looked: Option<Instant>,
    /// Why the files of now are not used.
    broken: Option<TlsError>,
}

/// What two sound files hold.
struct Pair {
    config: Arc<ServerConfig>,
    /// The tablet's own certificate, the first of its chain.
    own: CertificateDer<'static>,
    /// The times of all certificates of the chain, the tablet's own first: phones refuse the whole
    /// where one of them is over.
    terms: Vec<Term>,
}

/// When a certificate is good.
struct Term {
    /// Whom it is made out to, where it is not the tablet's own.
    issuer: Option<String>,
    /// The beginning, where a calendar holds it.
    from: Option<DateTime<Utc>>,
    /// The end, where a calendar holds it.
    until: Option<DateTime<Utc>>,
}

/// When the two files were last changed.
type Changed = [Option<Stamp>; 2];

impl Certificates {
    /// Reads the two PEM files.
    ///
    /// # Errors
    /// [`TlsError`].
    pub fn load(certificate: &Path, key: &Path) -> Result<Self, TlsError> {
        let changed = changed(certificate, key);
        let pair = read(certificate, key)?;
        Ok(Self {
            certificate: certificate.to_owned(),
            key: key.to_owned(),
            now: Mutex::new(Loaded {
                pair,
                changed,
                looked: Some(Instant::now()),
                broken: None,
            }),
        })
    }

    /// Encrypts with what the files hold at the moment `at`, or have held some seconds before; with
    /// what they held last where they are broken now.
    pub fn acceptor(&self, at: Instant) -> TlsAcceptor {
        TlsAcceptor::from(Arc::clone(&self.look(at).pair.config))
    }

    /// What is wrong with the certificate at the moment `at`, which is `now` by the clock and
    /// named by the day in `zone`.
    pub fn trouble(&self, at: Instant, now: DateTime<Utc>, zone: Tz) -> Option<PagesTrouble> {
        let loaded = self.look(at);
        let terms = &loaded.pair.terms;
        let day = |at: DateTime<Utc>| at.with_timezone(&zone).date_naive();
        let ends = terms.iter().filter_map(|one| Some((one.until?, one)));
        let first = ends.min_by_key(|(end, _)| *end);
        if let Some((end, one)) = first.filter(|(end, _)| *end < now) {
            return Some(match one.issuer.clone() {
                None => PagesTrouble::Expired(day(end)),
                Some(issuer) => PagesTrouble::ChainExpired(issuer, day(end)),
            });
        }
        let starts = terms.iter().filter_map(|one| Some((one.from?, one)));
        let last = starts.max_by_key(|(start, _)| *start);
        if let Some((start, one)) = last.filter(|(start, _)| *start > now) {
            return Some(match one.issuer.clone() {
                None => PagesTrouble::NotYet(day(start)),
                Some(issuer) => PagesTrouble::ChainNotYet(issuer, day(start)),
            });
        }
        if let Some(error) = &loaded.broken {
            let (path, detail) = error.clone().parts();
            return Some(PagesTrouble::Renewal(path, detail));
        }
        let (end, one) = first.filter(|(end, _)| *end - now <= WARNED_BEFORE)?;
        Some(match one.issuer.clone() {
            None => PagesTrouble::Expires(day(end)),
            Some(issuer) => PagesTrouble::ChainExpires(issuer, day(end)),
        })
    }

    /// Why phones that open the address of the settings `web` do not get along with the
    /// certificate that is used at the moment `at`.
    pub fn misfit(&self, at: Instant, web: &Web) -> Option<PagesTrouble> {
        let url = web.public_url.as_ref()?;
        let Some(place) = url.strip_prefix("https://") else {
            return Some(PagesTrouble::PlainUrl(url.clone()));
        };
        // A proxy shows phones a certificate of its own.
        if !web.trusted_proxies.is_empty() {
            return None;
        }
        let host = match place.strip_prefix('[') {
            Some(six) => six.split(']').next(),
            None => place.split(':').next(),
        }?;
        let name = ServerName::try_from(host).ok()?;
        let loaded = self.look(at);
        let certificate = ParsedCertificate::try_from(&loaded.pair.own).ok()?;
        verify_server_name(&certificate, &name)
            .is_err()
            .then(|| PagesTrouble::OtherName(host.to_owned()))
    }

    /// Something may have happened to the files: whoever asks next finds what they hold now.
    pub fn look_again(&self) {
        self.loaded().looked = None;
    }

    fn loaded(&self) -> MutexGuard<'_, Loaded> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn look(&self, at: Instant) -> MutexGuard<'_, Loaded> {
        let mut now = self.loaded();
        let is_old = |looked| at.saturating_duration_since(looked) >= LOOK_EVERY;
        if now.looked.is_none_or(is_old) {
            now.looked = Some(at);
            let changed = changed(&self.certificate, &self.key);
            // Both files are seldom written in the same moment, and what cannot be read today may
            // be allowed to be tomorrow: what is broken is tried again each time.
            if changed != now.changed || now.broken.is_some() {
                now.changed = changed;
                match read(&self.certificate, &self.key) {
                    Ok(pair) => {
                        now.pair = pair;
                        now.broken = None;
                    }
                    Err(error) => now.broken = Some(error),
                }
            }
        }
        now
    }
}

fn changed(certificate: &Path, key: &Path) -> Changed {
    [certificate, key].map(Stamp::of)
}

fn read(certificate: &Path, key: &Path) -> Result<Pair, TlsError> {
    let file = |path: &Path, detail: String| TlsError::File {
        path: path.to_owned(),
        detail,
    };
    let text = |path: &Path| {
        let bytes =
            own_file::read(path, MOST_BYTES).map_err(|error| file(path, error.to_string()))?;
        Ok(plain(&bytes))
    };
    let chain = CertificateDer::pem_slice_iter(&text(certificate)?)
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| file(certificate, error.to_string()))?;
    let Some(first) = chain.first() else {
        return Err(file(certificate, "no certificate in it".to_owned()));
    };
    let own = first.clone();
    let terms = terms_of(&chain);
    let secret =
        PrivateKeyDer::from_pem_slice(&text(key)?).map_err(|error| file(key, error.to_string()))?;
    let unfit = |error: rustls::Error| TlsError::Pair {
        detail: error.to_string(),
    };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(unfit)?
        .with_no_client_auth()
        .with_single_cert(chain, secret)
        .map_err(unfit)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Pair {
        config: Arc::new(config),
        own,
        terms,
    })
}

/// What an editor saved, as the tools that make such files write it: without the marks of the
/// encoding, which hide the line after them (one a file, of as many as were joined), and not in
/// UTF-16.
fn plain(bytes: &[u8]) -> Vec<u8> {
    let wide = |pair: fn([u8; 2]) -> u16| {
        let pairs = bytes.as_chunks().0.iter().copied().map(pair);
        let signs = char::decode_utf16(pairs).map(|one| one.unwrap_or(char::REPLACEMENT_CHARACTER));
        signs.collect::<String>().into_bytes()
    };
    let text = match bytes {
        [0xff, 0xfe, ..] => wide(u16::from_le_bytes),
        [0xfe, 0xff, ..] => wide(u16::from_be_bytes),
        _ => bytes.to_vec(),
    };
    // Byte by byte: what stands around the parts that are read may be in any encoding.
    let (mut plain, mut rest) = (Vec::with_capacity(text.len()), text.as_slice());
    while let [first, after @ ..] = rest {
        if let [0xef, 0xbb, 0xbf, after @ ..] = rest {
            rest = after;
        } else {
            plain.push(*first);
            rest = after;
        }
    }
    plain
}

/// The first and the last moment at which each certificate is good (RFC 5280, 4.1.2.5).
fn terms_of(chain: &[CertificateDer<'_>]) -> Vec<Term> {
    let moment = |seconds| DateTime::from_timestamp(seconds, 0);
    let read = |(place, certificate): (usize, &CertificateDer<'_>)| {
        let (_, read) = x509_parser::parse_x509_certificate(certificate).ok()?;
        let time = read.validity();
        Some(Term {
            issuer: (place > 0).then(|| name_of(read.subject())),
            from: moment(time.not_before.timestamp()),
            until: moment(time.not_after.timestamp()),
        })
    };
    chain.iter().enumerate().filter_map(read).collect()
}

/// What people know somebody by, in one line.
fn name_of(whom: &X509Name<'_>) -> String {
    const MOST: usize = 60;
    let common = whom.iter_common_name().find_map(|one| one.as_str().ok());
    let name = common.map_or_else(|| whom.to_string(), str::to_owned);
    let shown = name.chars().filter(|sign| !sign.is_control());
    shown.take(MOST).collect()
}
