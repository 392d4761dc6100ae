//! The address that the codes carry: the one of the settings, or the tablet's own in the lobby's
//! network.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;

use if_addrs::{IfAddr, get_if_addrs};

use crate::atomic_file::{self, Readers};
use crate::config::settings::Web;
use crate::config::settings::address::reaches;
use crate::own_file;

/// The file that remembers which address posters were printed with.
pub const PRINTED: &str = own_file::PRINTED;
/// The file that tells who looks on, such as the second display, which address leads to the pages.
pub const SERVED: &str = own_file::SERVED;
/// The file that tells other programs of the tablet where they find the pages.
const DOOR: &str = own_file::DOOR;
/// More than any address; what is longer was put there by mistake.
const MOST_BYTES: usize = 4096;

/// Scheme, host and port as codes carry them, without a slash at the end. `listening` is where
/// the pages are served in fact. None where the tablet is in no network that phones could be in.
pub fn base(web: &Web, listening: SocketAddr) -> Option<String> {
    let encrypted = web.certificate.is_some();
    web.public_url.clone().or_else(|| own(encrypted, listening))
}

/// The same by the tablet's own address, whatever the settings say.
pub fn own(encrypted: bool, listening: SocketAddr) -> Option<String> {
    let ip = if listening.ip().is_unspecified() {
        own_address()?
    } else {
        reaches(listening.ip()).ok()?;
        listening.ip()
    };
    let (scheme, usual) = if encrypted {
        ("https", 443)
    } else {
        ("http", 80)
    };
    Some(if listening.port() == usual {
        format!("{scheme}://{}", host(ip))
    } else {
        format!("{scheme}://{}:{}", host(ip), listening.port())
    })
}

/// Scheme, host and port by which the tablet itself finds pages that are served at `listening`.
pub fn door(encrypted: bool, listening: SocketAddr) -> String {
    let scheme = if encrypted { "https" } else { "http" };
    let ip = match listening.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    format!("{scheme}://{}:{}", host(ip), listening.port())
}

fn host(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => format!("[{ip}]"),
    }
}

/// The tablet's address in the lobby's network: private ones before others, since phones in the
/// lobby are in the same. IPv4 only: short enough for a code, and every phone has it.
fn own_address() -> Option<IpAddr> {
    let mut found: Vec<_> = get_if_addrs()
        .ok()?
        .into_iter()
        .filter(|one| !one.is_loopback() && !one.is_link_local())
        .filter_map(|one| match one.addr {
            IfAddr::V4(address) => Some((!address.ip.is_private(), one.name, address.ip)),
            IfAddr::V6(_) => None,
        })
        .collect();
    found.sort();
    found.first().map(|(_, _, ip)| IpAddr::V4(*ip))
}

/// Remembers that a poster was printed with this address.
///
/// # Errors
/// The system's, where the data directory cannot be written.
pub fn remember_printed(data: &Path, base: &str) -> std::io::Result<()> {
    atomic_file::write(&data.join(PRINTED), base.as_bytes(), Readers::Owner)
}

/// The address that posters were last printed with, where any were.
pub fn printed(data: &Path) -> Option<String> {
    read(&data.join(PRINTED))
}

/// Tells whoever looks on that phones reach the pages at `base`, or that they reach them nowhere.
///
/// # Errors
/// The system's, where the data directory cannot be written.
pub fn tell_served(data: &Path, base: Option<&str>) -> std::io::Result<()> {
    tell(&data.join(SERVED), base)
}

/// The same, whatever becomes of it.
#[expect(
    clippy::unused_result_ok,
    reason = "who looks on shows no code, or the one before, until the tablet can tell again"
)]
pub fn say_served(data: &Path, base: Option<&str>) {
    tell_served(data, base).ok();
}

/// Tells other programs of the tablet that they find the pages at `door`, or that there are none.
#[expect(
    clippy::unused_result_ok,
    reason = "who looks for them hears less of the kiosk, and nothing that is wrong"
)]
pub fn say_door(data: &Path, door: Option<&str>) {
    tell(&data.join(DOOR), door).ok();
}

/// Where the tablet itself finds the pages that are served for `data`. One that was killed cannot
/// take it back: whoever asks there may hear from nobody, or from another kiosk.
pub fn said_door(data: &Path) -> Option<String> {
    read(&data.join(DOOR))
}

fn tell(file: &Path, address: Option<&str>) -> std::io::Result<()> {
    if read(file).as_deref() == address {
        return Ok(());
    }
    match address {
        Some(address) => atomic_file::write(file, address.as_bytes(), Readers::Owner),
        None => std::fs::remove_file(file),
    }
}

/// The address at which a kiosk serves its pages, where phones reach them. One that was killed
/// cannot take it back; the next one does.
pub fn served(data: &Path) -> Option<String> {
    read(&data.join(SERVED))
}

fn read(file: &Path) -> Option<String> {
    let base = String::from_utf8(own_file::read(file, MOST_BYTES).ok()?).ok()?;
    let base = base.trim();
    (!base.is_empty()).then(|| base.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tablet_finds_its_pages_wherever_they_listen() {
        for (encrypted, listening, expected) in [
            (false, "0.0.0.0:8080", "http://127.0.0.1:8080"),
            (true, "[::]:8443", "https://[::1]:8443"),
            (true, "192.168.1.5:443", "https://192.168.1.5:443"),
        ] {
            assert_eq!(door(encrypted, listening.parse().unwrap()), expected);
        }
    }
}
