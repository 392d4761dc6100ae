//! The `[web]` section of `kiosk.toml`: where customers' phones find the tablet.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use super::address;
use super::fields::{file, value};
use crate::config::fault::Problem;
use crate::config::limits::PUBLIC_URL_BYTES;
use crate::config::toml_reader::{Item, Section};

/// Where the tablet listens, and by which address phones reach it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Web {
    /// Address and port to listen at. With port 0 the system chooses one at every start.
    pub listen: SocketAddr,
    /// The address that phones open, where it is another than the tablet's own: scheme, host and
    /// perhaps a port, in lower case, without a slash at its end; at most 45 bytes of ASCII.
    pub public_url: Option<String>,
    /// Further names by which phones may call the tablet, such as one of the branch's own DNS; in
    /// lower case, without a port.
    pub hosts: Vec<String>,
    /// Proxies whose word on the visitors they pass on is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// The PEM file with the certificate, in the data directory. A sound file names it together
    /// with its key.
    pub certificate: Option<PathBuf>,
    /// The PEM file with the certificate's private key, in the data directory.
    pub key: Option<PathBuf>,
}

impl Default for Web {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::UNSPECIFIED, 8080)),
            public_url: None,
            hosts: Vec::new(),
            trusted_proxies: Vec::new(),
            certificate: None,
            key: None,
        }
    }
}

pub(super) fn read(mut one: Section<'_>, data_dir: &Path) -> Web {
    let default = Web::default();
    let listen = one.optional("listen").and_then(listen);
    let public_url = one.optional("public_url").and_then(public_url);
    let hosts = each(one.optional("hosts"), host);
    let trusted_proxies = each(one.optional("trusted_proxies"), proxy);
    let certificate = one.optional("certificate");
    let key = one.optional("key");
    let path = |item: &Option<Item<'_>>| item.clone().and_then(|item| file(item, data_dir));
    let (certificate_file, key_file) = (path(&certificate), path(&key));
    alone(
        certificate,
        certificate_file.as_ref(),
        key_file.as_ref(),
        "key",
    );
    alone(
        key,
        key_file.as_ref(),
        certificate_file.as_ref(),
        "certificate",
    );
    Web {
        listen: listen.unwrap_or(default.listen),
        public_url,
        hosts,
        trusted_proxies,
        certificate: certificate_file,
        key: key_file,
    }
}

/// Notes where one file of a pair is named and the `other` is not.
fn alone(item: Option<Item<'_>>, own: Option<&PathBuf>, pair: Option<&PathBuf>, other: &str) {
    if let (Some(item), Some(_), None) = (item, own, pair) {
        item.fault(Problem::Alone {
            other: other.to_owned(),
        });
    }
}

/// A value or a list of values, without the empty and the faulty ones.
fn each<T>(item: Option<Item<'_>>, read: impl Fn(Item<'_>) -> Option<T>) -> Vec<T> {
    let all = item.map_or_else(Vec::new, Item::one_or_more);
    all.into_iter().filter_map(read).collect()
}

/// A name of the tablet, without a port.
fn host(item: Item<'_>) -> Option<String> {
    let name = value(item.clone())?.to_ascii_lowercase();
    let sound = address::is_name(&name);
    if !sound {
        item.fault(Problem::BadHost { host: name.clone() });
    }
    sound.then_some(name)
}

/// The address of a proxy.
fn proxy(item: Item<'_>) -> Option<IpAddr> {
    let written = value(item.clone())?;
    let parsed = written.parse::<IpAddr>().ok();
    // One on the tablet itself may well pass phones on.
    let found = parsed.filter(|ip| address::is_of_one_machine(*ip));
    if found.is_none() {
        item.fault(Problem::BadAddress { address: written });
    }
    found.map(|ip| ip.to_canonical())
}

/// An IP address and a port; none where it is left empty.
fn listen(item: Item<'_>) -> Option<SocketAddr> {
    let address = value(item.clone())?;
    let found = address.parse().ok();
    if found.is_none() {
        item.fault(Problem::BadListen { address });
    }
    found
}

/// The address that phones open; none where it is left empty.
fn public_url(item: Item<'_>) -> Option<String> {
    let url = value(item.clone())?;
    let Ok(plain) = address::for_phones(&url) else {
        item.fault(Problem::BadUrl { url });
        return None;
    };
    if plain.len() > PUBLIC_URL_BYTES {
        item.fault(Problem::TooLong {
            limit: PUBLIC_URL_BYTES,
            length: plain.len(),
        });
        return None;
    }
    Some(plain)
}
