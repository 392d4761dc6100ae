//! Why an address is of no use in a code, and what to write in its place.

use std::net::IpAddr;

use super::tr_with;
use crate::config::settings::address::{Unfit, for_phones};
use crate::domain::lang::Lang;

/// The address `url` of the settings, which is shown as `shown`.
pub(super) fn setting(lang: &Lang, url: &str, shown: &str) -> String {
    match for_phones(url) {
        Err(Unfit::Nowhere) => tr_with(
            lang,
            "\"{}\" leads no phone to the tablet; write its address in the lobby's network, such as http://192.168.1.20:8080, or leave this empty: the tablet then finds its own",
            &[shown],
        ),
        Err(Unfit::Form) | Ok(_) => tr_with(
            lang,
            "\"{}\" is no address for phones; write only http:// or https://, the host and, if needed, its port, such as https://help.example.com",
            &[shown],
        ),
    }
}

/// The `address` of a gateway, which is shown as `shown`.
pub(super) fn gateway(lang: &Lang, address: &str, shown: &str) -> String {
    if address.parse::<IpAddr>().is_ok() {
        return tr_with(
            lang,
            "\"{}\" is the address of no single machine; write that of each gateway, such as 192.168.1.1",
            &[shown],
        );
    }
    tr_with(
        lang,
        "\"{}\" is no IP address; write it like 192.168.1.1",
        &[shown],
    )
}

/// What is written as a `network` and is none; where one was `meant`, which.
pub(super) fn network(lang: &Lang, network: &str, meant: &Option<String>) -> String {
    match meant {
        Some(meant) => tr_with(
            lang,
            "\"{0}\" is one machine with the bits of a network; write {1} for the network",
            &[network, meant],
        ),
        None => tr_with(
            lang,
            "\"{}\" is no network of a branch; write its first address and how many bits its members share, from 8 on, such as 192.168.1.0/24, or 192.168.1.20/32 for one PC",
            &[network],
        ),
    }
}

/// The address `url` of the command line.
pub fn argument(lang: &Lang, url: &str) -> String {
    match for_phones(url) {
        Err(Unfit::Nowhere) => tr_with(
            lang,
            "\"{}\" leads no phone to the kiosk. Give --address the tablet's address in the lobby's network, such as http://192.168.1.20:8080",
            &[url],
        ),
        Err(Unfit::Form) | Ok(_) => tr_with(
            lang,
            "No phone opens \"{}\". Give --address only http:// or https://, the host's name or number and, if needed, its port, such as http://192.168.1.20:8080",
            &[url],
        ),
    }
}

/// The address `url`, which codes carry, leads every phone to itself.
pub fn itself(lang: &Lang, url: &str) -> String {
    tr_with(
        lang,
        "{} leads every phone to itself. Give codes the tablet's address in the lobby's network, such as http://192.168.1.20:8080.",
        &[url],
    )
}
