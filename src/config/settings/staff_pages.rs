//! The `[staff_pages]` section of `kiosk.toml`: which PCs of the branch may read the staff pages.

use std::fmt;
use std::net::IpAddr;

use super::fields::value;
use crate::config::fault::Problem;
use crate::config::toml_reader::{Item, Section};

/// The fewest leading bits of a network: with fewer it is half the world and no branch's.
const LEAST_BITS: u8 = 8;

/// Which PCs may read the staff pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StaffPages {
    /// The networks that they are in; without any there are no such pages.
    pub networks: Vec<Network>,
}

impl StaffPages {
    /// Whether somebody at this address may see that there are such pages.
    pub fn allow(&self, ip: IpAddr) -> bool {
        self.networks.iter().any(|one| one.contains(ip))
    }
}

/// A network as CIDR writes it (RFC 4632, RFC 4291): an address, and how many of its leading bits
/// all its members share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    first: IpAddr,
    bits: u8,
}

impl Network {
    /// The network that is written so; none where it is none, or is wider than any branch's.
    pub fn read(written: &str) -> Option<Self> {
        let (address, bits) = written.split_once('/')?;
        let address: IpAddr = address.trim().parse().ok()?;
        let typed = bits.trim();
        let is_number = !typed.is_empty() && typed.bytes().all(|one| one.is_ascii_digit());
        let bits: u8 = typed.parse().ok().filter(|_| is_number)?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        (LEAST_BITS..=most).contains(&bits).then_some(Self {
            first: address,
            bits,
        })
    }

    /// The same with nothing behind the bits that its members share.
    pub fn begun(self) -> Self {
        let first = match self.first {
            IpAddr::V4(ip) => {
                let mask = u32::MAX.checked_shl(32 - u32::from(self.bits));
                IpAddr::from((ip.to_bits() & mask.unwrap_or(0)).to_be_bytes())
            }
            IpAddr::V6(ip) => {
                let mask = u128::MAX.checked_shl(128 - u32::from(self.bits));
                IpAddr::from((ip.to_bits() & mask.unwrap_or(0)).to_be_bytes())
            }
        };
        Self { first, ..self }
    }

    /// Whether this address is in it; an IPv4 address written as IPv6 is the one that it stands for.
    pub fn contains(self, ip: IpAddr) -> bool {
        let ip = ip.to_canonical();
        let of_kind = ip.is_ipv4() == self.first.is_ipv4();
        of_kind && Self { first: ip, ..self }.begun() == self.begun()
    }
}

impl fmt::Display for Network {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{}", self.first, self.bits)
    }
}

pub(super) fn read(mut one: Section<'_>) -> StaffPages {
    let networks = one.optional("networks");
    let networks = networks.map_or_else(Vec::new, Item::one_or_more);
    StaffPages {
        networks: networks.into_iter().filter_map(network).collect(),
    }
}

/// A network; none where it is left empty.
fn network(item: Item<'_>) -> Option<Network> {
    let written = value(item.clone())?;
    let found = Network::read(&written);
    // An address of one PC with the bits of a network may mean either: whoever wrote it says which.
    let meant = found.map(Network::begun).filter(|one| Some(*one) != found);
    if found.is_none() || meant.is_some() {
        item.fault(Problem::BadNetwork {
            network: written,
            meant: meant.map(|one| one.to_string()),
        });
        return None;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(written: &str) -> IpAddr {
        written.parse().unwrap()
    }

    #[test]
    fn a_network_holds_its_members_and_nobody_else() {
        for (written, inside, outside) in [
            ("192.168.1.0/24", "192.168.1.255", "192.168.2.0"),
            ("10.0.0.0/8", "10.255.0.1", "11.0.0.0"),
            ("192.168.1.77/32", "192.168.1.77", "192.168.1.78"),
            ("192.168.1.64/27", "192.168.1.95", "192.168.1.96"),
            ("fd00:1::/64", "fd00:1::7", "fd00:1:0:1::7"),
            ("::1/128", "::1", "::2"),
            ("fd00:1::/64", "fd00:1::7", "192.168.1.1"),
        ] {
            let network = Network::read(written).unwrap();
            assert!(network.contains(ip(inside)), "{written} {inside}");
            assert!(!network.contains(ip(outside)), "{written} {outside}");
            assert_eq!(
                (network.begun(), network.to_string().as_str()),
                (network, written)
            );
        }
        let network = Network::read("192.168.1.0/24").unwrap();
        assert!(network.contains(ip("::ffff:192.168.1.9")));
        assert!(!network.contains(ip("::192.168.1.9")));
    }

    #[test]
    fn what_is_no_network_or_is_everybody_is_none() {
        for written in [
            "",
            "192.168.1.0",
            "192.168.1.0/",
            "192.168.1.0/33",
            "192.168.1/24",
            "0.0.0.0/0",
            "10.0.0.0/7",
            "::/0",
            "fd00::/129",
            "desk/24",
            "192.168.1.0/+24",
            "192.168.1.0/24/8",
        ] {
            assert_eq!(Network::read(written), None, "{written}");
        }
        let own = Network::read("192.168.1.20/24").unwrap();
        assert_eq!(own.begun().to_string(), "192.168.1.0/24");
    }
}
