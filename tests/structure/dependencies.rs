//! What the program is built from is what `deny.toml` allows: licences, banned libraries, sources.
//! `cargo deny check` asks the same and more; this asks with every run of the tests, of the lock file
//! alone and without a network.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;
use spdx::{Expression, ParseMode};
use toml_edit::{DocumentMut, Item};

fn configuration() -> DocumentMut {
    let text = std::fs::read_to_string("deny.toml").unwrap();
    text.parse().unwrap()
}

fn strings(value: &Item) -> BTreeSet<String> {
    let all = value.as_array().unwrap().iter();
    all.map(|one| one.as_str().unwrap().to_owned()).collect()
}

/// Every library that the program is built from on the tablet's kind of machine.
fn packages() -> Vec<Value> {
    let asked = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .args(["--filter-platform", "x86_64-unknown-linux-gnu"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&asked.stderr);
    assert!(asked.status.success(), "{said}");
    let metadata: Value = serde_json::from_slice(&asked.stdout).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}

#[test]
fn every_library_may_be_combined_with_the_programs_own_licence() {
    // The parser tells a GNU licence from one "or any later" by itself, and drops the "only".
    let allowed: BTreeSet<String> = strings(&configuration()["licenses"]["allow"])
        .iter()
        .map(|licence| licence.trim_end_matches("-only").to_owned())
        .collect();
    let mut refused = Vec::new();
    for package in packages() {
        let licence = package["license"].as_str().unwrap_or("none");
        let known = Expression::parse_mode(licence, ParseMode::LAX).is_ok_and(|expression| {
            expression.evaluate(|asked| allowed.contains(&asked.to_string()))
        });
        if !known {
            refused.push(format!("{}: {licence}", package["name"]));
        }
    }
    assert!(refused.is_empty(), "{refused:#?}");
}

#[test]
fn none_is_banned_and_all_come_from_the_registry() {
    let configuration = configuration();
    let banned: BTreeSet<&str> = configuration["bans"]["deny"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            let one = one.as_inline_table().unwrap();
            one.get("crate").unwrap().as_str().unwrap()
        })
        .collect();
    let registries = strings(&configuration["sources"]["allow-registry"]);
    for package in packages() {
        let name = package["name"].as_str().unwrap();
        assert!(!banned.contains(name), "{name} is banned");
        // The program itself has none.
        if let Some(source) = package["source"].as_str() {
            let registry = source.strip_prefix("registry+").unwrap_or(source);
            assert!(registries.contains(registry), "{name} comes from {source}");
        }
    }
}

#[test]
fn none_asks_for_a_newer_compiler_than_the_program_says() {
    let version = |text: &str| -> Vec<u64> {
        let numbers = text.split('.').map(|one| one.parse().unwrap_or(0));
        numbers.chain([0, 0]).take(3).collect()
    };
    let own = version(env!("CARGO_PKG_RUST_VERSION"));
    for package in packages() {
        let name = package["name"].as_str().unwrap();
        let asked = package["rust_version"].as_str().unwrap_or("1");
        assert!(version(asked) <= own, "{name} asks for Rust {asked}");
    }
}
