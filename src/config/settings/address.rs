//! The address that codes carry: whether a phone in the lobby can open it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The most bytes of a name (RFC 1035, 2.3.4).
const HOST_BYTES: usize = 253;

/// Why an address is of no use in a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// Not http or https, a host and perhaps a port, and nothing else.
    Form,
    /// It is no machine's, or only its own or its cable's: unspecified, broadcast, multicast,
    /// loopback, link-local.
    Nowhere,
}

/// What an address names.
enum Host {
    Name(String),
    Address(IpAddr),
}

/// `url` as codes carry it: scheme, host and perhaps a port, in lower case, without a slash at its
/// end. One that [leads to itself](leads_to_itself) is none the less one, for who tries the kiosk
/// on a desk.
///
/// # Errors
/// [`Unfit`] where no phone in the lobby would reach a page by it.
pub fn for_phones(url: &str) -> Result<String, Unfit> {
    let (url, host) = parsed(url)?;
    match host {
        Host::Address(address) if !address.to_canonical().is_loopback() => reaches(address)?,
        Host::Name(_) | Host::Address(_) => {}
    }
    Ok(url)
}

/// Whether `url` leads every phone to itself and never to the tablet, such as `http://localhost`.
pub fn leads_to_itself(url: &str) -> bool {
    match parsed(url) {
        Ok((_, Host::Name(name))) => is_own_name(&name),
        Ok((_, Host::Address(address))) => address.to_canonical().is_loopback(),
        Err(_) => false,
    }
}

fn parsed(url: &str) -> Result<(String, Host), Unfit> {
    let url = url.strip_suffix('/').unwrap_or(url).to_ascii_lowercase();
    let authority = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))
        .ok_or(Unfit::Form)?;
    let (host, port) = match authority.rsplit_once(':') {
        // A colon within brackets is of the IPv6 address.
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    };
    if !port.is_none_or(is_port) {
        return Err(Unfit::Form);
    }
    let address = match host.strip_prefix('[') {
        Some(inner) => {
            let inner = inner.strip_suffix(']').ok_or(Unfit::Form)?;
            let six: Ipv6Addr = inner.parse().map_err(|_| Unfit::Form)?;
            Some(IpAddr::V6(six))
        }
        None => host.parse::<Ipv4Addr>().ok().map(IpAddr::V4),
    };
    let host = match address {
        Some(address) => Host::Address(address),
        None if is_name(host) => Host::Name(host.to_owned()),
        None => return Err(Unfit::Form),
    };
    Ok((url, host))
}

/// Whether a phone reaches a machine at `address`, as far as that shows.
///
/// # Errors
/// [`Unfit::Nowhere`].
pub fn reaches(address: IpAddr) -> Result<(), Unfit> {
    let address = address.to_canonical();
    let link_local = match address {
        IpAddr::V4(ip) => ip.is_link_local(),
        IpAddr::V6(ip) => ip.is_unicast_link_local(),
    };
    if link_local || address.is_loopback() || !is_of_one_machine(address) {
        return Err(Unfit::Nowhere);
    }
    Ok(())
}

/// Whether one machine can have this address, and not none (unspecified, reserved) or many
/// (broadcast, multicast).
pub fn is_of_one_machine(address: IpAddr) -> bool {
    let address = address.to_canonical();
    let is_a_hosts = match address {
        // No host has one of the block 0, nor from 240 on (RFC 6890, 2.2.2).
        IpAddr::V4(ip) => {
            let [first, ..] = ip.octets();
            (1..240).contains(&first)
        }
        IpAddr::V6(ip) => !ip.is_unspecified(),
    };
    is_a_hosts && !address.is_multicast()
}

/// Whether `host` is a domain name, in lower case. One whose last part is a number would be taken
/// for an address (WHATWG URL, "ends in a number checker").
pub fn is_name(host: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last = host.rsplit('.').next().unwrap_or_default();
    let is_number = match last.strip_prefix("0x") {
        Some(hex) => hex.bytes().all(|b| b.is_ascii_hexdigit()),
        None => last.bytes().all(|b| b.is_ascii_digit()),
    };
    host.len() <= HOST_BYTES && host.split('.').all(label) && !is_number
}

/// Whether every machine calls itself by this name (RFC 6761, 6.3, and what systems write into
/// their table of hosts).
fn is_own_name(host: &str) -> bool {
    const OWN: [&str; 6] = [
        "localhost",
        "localhost4",
        "localhost6",
        "ip6-localhost",
        "ip6-loopback",
        "loopback",
    ];
    let first = host.split('.').next().unwrap_or_default();
    let last = host.rsplit('.').next().unwrap_or_default();
    // localhost.localdomain, localhost6.localdomain6
    let local = OWN.contains(&first) && last.starts_with("localdomain");
    last == "localhost" || OWN.contains(&host) || local
}

/// Whether `port` is one that can be opened.
fn is_port(port: &str) -> bool {
    port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|port| port > 0)
}
