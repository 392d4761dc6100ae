//! The certificate that encrypts the pages, read again when its files change: certificates are
//! renewed while the tablet runs.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use thiserror::Error;
use tokio_rustls::TlsAcceptor;

use crate::service::pages::PagesTrouble;

/// How long the files are not looked at again.
const LOOK_EVERY: Duration = Duration::from_secs(10);

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
        match error {
            TlsError::File { path, detail } => Self::Certificate(Some(path), detail),
            TlsError::Pair { detail } => Self::Certificate(None, detail),
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
    config: Arc<ServerConfig>,
    changed: Changed,
    looked: Instant,
}

/// When the two files were last changed.
type Changed = [Option<SystemTime>; 2];

impl Certificates {
    /// Reads the two PEM files.
    ///
    /// # Errors
    /// [`TlsError`].
    pub fn load(certificate: &Path, key: &Path) -> Result<Self, TlsError> {
        let changed = changed(certificate, key);
        let config = read(certificate, key)?;
        Ok(Self {
            certificate: certificate.to_owned(),
            key: key.to_owned(),
            now: Mutex::new(Loaded {
                config,
                changed,
                looked: Instant::now(),
            }),
        })
    }

    /// Encrypts with what the files hold at the moment `at`, or have held some seconds before; with
    /// what they held last where they are broken now.
    pub fn acceptor(&self, at: Instant) -> TlsAcceptor {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        if at.saturating_duration_since(now.looked) >= LOOK_EVERY {
            now.looked = at;
            let changed = changed(&self.certificate, &self.key);
            // Both files are seldom written in the same moment: what does not fit together is
            // tried again when one of them changes next.
            if changed != now.changed {
                now.changed = changed;
                if let Ok(config) = read(&self.certificate, &self.key) {
                    now.config = config;
                }
            }
        }
        TlsAcceptor::from(Arc::clone(&now.config))
    }
}

fn changed(certificate: &Path, key: &Path) -> Changed {
    [certificate, key].map(|path| {
        std::fs::metadata(path)
            .and_then(|file| file.modified())
            .ok()
    })
}

fn read(certificate: &Path, key: &Path) -> Result<Arc<ServerConfig>, TlsError> {
    let file = |path: &Path, detail: String| TlsError::File {
        path: path.to_owned(),
        detail,
    };
    let chain = CertificateDer::pem_file_iter(certificate)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| file(certificate, error.to_string()))?;
    if chain.is_empty() {
        return Err(file(certificate, "no certificate in it".to_owned()));
    }
    let secret = PrivateKeyDer::from_pem_file(key).map_err(|error| file(key, error.to_string()))?;
    let pair = |error: rustls::Error| TlsError::Pair {
        detail: error.to_string(),
    };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(pair)?
        .with_no_client_auth()
        .with_single_cert(chain, secret)
        .map_err(pair)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}
