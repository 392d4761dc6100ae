//! The device's secret: 32 random bytes that lie outside the data directory, so that whoever has
//! that directory, or a copy of it, has nothing to try PINs on.
//!
//! It is a credential that systemd hands to the kiosk's unit (`systemd-creds` binds one to the
//! machine's TPM), or else a file in the state directory of the kiosk's user.

use std::fmt;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

use super::branch::KEY;
use super::error::{SealError, randomize};
use super::hexadecimal::hex;
use crate::atomic_file;
use crate::own_file;
use crate::private;

/// What the credential is called.
pub const CREDENTIAL: &str = "lobby-kiosk.device";
/// The credential as whoever runs a command beside the unit finds it.
const BESIDE_UNIT: &str = "/run/credentials/lobby-kiosk.service/lobby-kiosk.device";
/// What the file is called.
pub const FILE: &str = "device-secret";
/// The state directory that the unit of `lobby-kiosk service` asks for, beside the one for data.
const OF_UNIT: &str = "/var/lib/lobby-kiosk-device";
/// The least bytes that a secret has, and the most that are read.
const LEAST: usize = 16;
const MOST: usize = 4096;

/// The secret of this device, wiped when it is dropped.
#[derive(Clone)]
pub struct DeviceSecret(Zeroizing<[u8; KEY]>);

impl fmt::Debug for DeviceSecret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_tuple("DeviceSecret").field(&self.id()).finish()
    }
}

impl DeviceSecret {
    /// From whatever the file or the credential holds.
    fn of(bytes: &[u8]) -> Option<Self> {
        (bytes.len() >= LEAST).then(|| {
            let mut secret = Zeroizing::new([0; KEY]);
            #[expect(clippy::unused_result_ok, reason = "it gives keys of up to 8 KiB")]
            Hkdf::<Sha256>::new(None, bytes)
                .expand(b"lobby-kiosk device secret 1", &mut *secret)
                .ok();
            Self(secret)
        })
    }

    pub(super) fn bytes(&self) -> &[u8; KEY] {
        &self.0
    }

    /// A key for one purpose, named so that no two purposes share one.
    pub fn key_for(&self, purpose: &str) -> Zeroizing<[u8; KEY]> {
        let mut key = Zeroizing::new([0; KEY]);
        #[expect(clippy::unused_result_ok, reason = "it gives keys of up to 8 KiB")]
        Hkdf::<Sha256>::new(Some(purpose.as_bytes()), self.bytes())
            .expand(b"lobby-kiosk key of device 1", &mut *key)
            .ok();
        key
    }

    /// What tells it from others, and says nothing about it.
    pub fn id(&self) -> String {
        let mut id = [0; 8];
        #[expect(clippy::unused_result_ok, reason = "it gives keys of up to 8 KiB")]
        Hkdf::<Sha256>::new(None, self.bytes())
            .expand(b"lobby-kiosk device id 1", &mut id)
            .ok();
        hex(&id)
    }
}

/// Where the secret is looked for: the first that is there is the one that new keys are put under.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// Files that somebody else provides.
    pub given: Vec<PathBuf>,
    /// Where this program makes one, if none is given; none where every such place lies in the data
    /// directory.
    pub own: Option<PathBuf>,
}

impl Places {
    /// Those of this system, for the data directory `data`. `LOBBY_DEVICE_SECRET` names another
    /// file, on a stick for example that is kept apart.
    pub fn of_system(data: &Path) -> Self {
        let var = |name| std::env::var_os(name).filter(|value| !value.is_empty());
        let named = var("LOBBY_DEVICE_SECRET").map(PathBuf::from);
        let credential = var("CREDENTIALS_DIRECTORY").map(|dir| Path::new(&dir).join(CREDENTIAL));
        let given = [credential, Some(PathBuf::from(BESIDE_UNIT))];
        let user = directories::ProjectDirs::from("", "", "lobby-kiosk");
        let user = user.as_ref().and_then(|dirs| {
            let state = dirs.state_dir().unwrap_or(dirs.config_local_dir());
            Some(state.join(FILE)).filter(|_| state.is_absolute())
        });
        let unit = Path::new(OF_UNIT);
        let unit = is_ours(unit).then(|| unit.join(FILE));
        let own = [named, unit, user].into_iter().flatten();
        Self {
            given: given.into_iter().flatten().collect(),
            own: own.into_iter().find(|path| !is_within(path, data)),
        }
    }

    /// Every secret at hand, the one that new keys are put under first.
    pub fn find(&self) -> Vec<DeviceSecret> {
        let files = self.given.iter().chain(&self.own);
        files.filter_map(|path| read(path).ok().flatten()).collect()
    }

    /// The same, with one made where there is none and a place for it. Where none can be made the
    /// rest goes on without: the PIN alone protects the key then, and `check` says so.
    pub fn secrets(&self) -> Vec<DeviceSecret> {
        self.find_or_make().unwrap_or_default()
    }

    /// The same, which says why none could be made.
    ///
    /// # Errors
    /// [`SealError`].
    pub fn find_or_make(&self) -> Result<Vec<DeviceSecret>, SealError> {
        let found = self.find();
        match &self.own {
            Some(path) if found.is_empty() => Ok(vec![make(path)?]),
            _ => Ok(found),
        }
    }
}

fn read(path: &Path) -> Result<Option<DeviceSecret>, SealError> {
    match own_file::read(path, MOST) {
        Ok(bytes) => Ok(DeviceSecret::of(&Zeroizing::new(bytes))),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(SealError::io(path, &error)),
    }
}

/// Makes the secret, unless another program has just made it. It never takes the place of one.
fn make(path: &Path) -> Result<DeviceSecret, SealError> {
    let failed = |error: std::io::Error| SealError::io(path, &error);
    let dir = path.parent().unwrap_or(Path::new("/"));
    private::create_dir(dir).map_err(failed)?;
    let mut secret = Zeroizing::new([0; KEY]);
    randomize(&mut *secret)?;
    // For its owner alone; under its name only once it is whole.
    let mut part = tempfile::Builder::new()
        .prefix(".part-")
        .tempfile_in(dir)
        .map_err(failed)?;
    part.write_all(&*secret).map_err(failed)?;
    part.as_file().sync_all().map_err(failed)?;
    match part.persist_noclobber(path) {
        Ok(_) => atomic_file::sync(dir).map_err(failed)?,
        Err(error) if error.error.kind() == ErrorKind::AlreadyExists => {}
        Err(error) => return Err(failed(error.error)),
    }
    read(path)?.ok_or_else(|| SealError::Damaged {
        path: path.to_owned(),
    })
}

/// Whether this directory is there, and this user's.
fn is_ours(dir: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let ours = rustix::process::geteuid().as_raw();
        std::fs::metadata(dir).is_ok_and(|found| found.is_dir() && found.uid() == ours)
    }
    #[cfg(not(unix))]
    dir.is_dir()
}

/// Whether `path` lies in the directory `data`, or would be copied with it.
fn is_within(path: &Path, data: &Path) -> bool {
    real(path).starts_with(real(data))
}

/// The path without links, as far as it exists.
fn real(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut there: &Path = &path;
    loop {
        if let Ok(real) = there.canonicalize() {
            let rest = path.strip_prefix(there).unwrap_or(Path::new(""));
            return real.join(rest);
        }
        match there.parent() {
            Some(parent) => there = parent,
            None => return path,
        }
    }
}
