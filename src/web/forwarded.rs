//! What a proxy says of whom it passes on. It is believed only where the settings trust that
//! proxy: anybody else can write the same headers.

use std::net::{IpAddr, SocketAddr};

use axum::http::HeaderMap;

const FORWARDED: &str = "forwarded";
const FOR: &str = "x-forwarded-for";
const PROTO: &str = "x-forwarded-proto";
/// What proxies add to what they pass on.
const ADDED: [&str; 4] = [FORWARDED, "via", FOR, "x-real-ip"];

/// Who asks in truth, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PassedOn {
    /// The visitor.
    pub ip: IpAddr,
    /// Whether their connection to the proxy is encrypted.
    pub encrypted: bool,
}

/// Whether a proxy has passed the request on, trusted or not.
pub fn is_passed_on(headers: &HeaderMap) -> bool {
    ADDED.iter().any(|name| headers.contains_key(*name))
}

/// Who asks, where `peer` is at the other end of the connection.
pub fn read(headers: &HeaderMap, peer: IpAddr, trusted: &[IpAddr]) -> PassedOn {
    let is_trusted = |ip: IpAddr| trusted.iter().any(|one| *one == ip.to_canonical());
    let mut found = PassedOn {
        ip: peer.to_canonical(),
        encrypted: false,
    };
    if !is_trusted(peer) {
        return found;
    }
    // Each proxy adds whom it heard at the end. The last one that is no proxy of ours is the
    // visitor; what stands before that, anybody may have written.
    let hops: Vec<Hop> = if headers.contains_key(FORWARDED) {
        values(headers, FORWARDED).map(forwarded).collect()
    } else {
        let proto = values(headers, PROTO).last().map(is_https);
        let encrypted = proto.unwrap_or(false);
        let hops = values(headers, FOR).map(|one| Hop {
            ip: address(one),
            encrypted,
        });
        hops.collect()
    };
    for hop in hops.iter().rev() {
        found.encrypted = hop.encrypted;
        match hop.ip {
            Some(ip) => found.ip = ip,
            // Hidden or broken: the proxy before it is all that is known.
            None => break,
        }
        if !is_trusted(found.ip) {
            break;
        }
    }
    found
}

/// What one proxy said.
struct Hop {
    ip: Option<IpAddr>,
    encrypted: bool,
}

/// The members of the lists in all headers of this name, in their order.
fn values<'a>(headers: &'a HeaderMap, name: &'static str) -> impl Iterator<Item = &'a str> {
    let lines = headers.get_all(name).iter();
    lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .map(str::trim)
}

/// One member of `Forwarded` (RFC 7239), such as `for="[2001:db8::1]:4711";proto=https`.
fn forwarded(member: &str) -> Hop {
    let mut hop = Hop {
        ip: None,
        encrypted: false,
    };
    for pair in member.split(';') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let value = value.trim().trim_matches('"');
        match name.trim().to_ascii_lowercase().as_str() {
            "for" => hop.ip = address(value),
            "proto" => hop.encrypted = is_https(value),
            _ => {}
        }
    }
    hop
}

fn is_https(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("https")
}

/// An address, with or without brackets and port.
fn address(written: &str) -> Option<IpAddr> {
    let bare = written
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .unwrap_or(written);
    let alone = bare.parse::<IpAddr>().ok();
    let ip = alone.or_else(|| Some(written.parse::<SocketAddr>().ok()?.ip()));
    ip.map(|ip| ip.to_canonical())
}
