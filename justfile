# Everyday commands; `just` lists them. Each is one line that works without `just` as well.

# What there is to do.
default:
    @just --list

# The kiosk in a window, on a data directory of its own.
run data="/tmp/lobby-kiosk" size="1280x800":
    cargo run --release -- --data {{data}} --windowed {{size}}

# The tests that take a moment.
test:
    cargo test

# Everything that a change must pass.
ci:
    .ci/run

# Formatting, lints and spelling.
lint:
    cargo fmt --check
    cargo clippy --locked --all-targets -- -D warnings
    codespell

# Known faults in what the program is built from: looked up on the network, so not part of `ci`.
advisories:
    cargo deny check advisories

# Licences, bans and sources, by the tool that `deny.toml` is written for.
dependencies:
    cargo deny check licenses bans sources

# A screen as a picture, without a display.
picture screen out lang="zh_CN" size="1280x800":
    cargo run -- --lang {{lang}} screenshot {{screen}} --size {{size}} --out {{out}}

# How long things take.
bench:
    cargo bench

# The kiosk beside Chromium, measured from outside: some of `start tap idle screens history`.
race *parts="start tap idle screens history":
    SLINT_EMIT_DEBUG_INFO=1 cargo bench --bench race -- {{parts}}
