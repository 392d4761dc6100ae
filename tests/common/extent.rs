//! How much of a long test is run: all of it where `LOBBY_KIOSK_TESTS=all` is set, as `.ci/run`
//! does, and else a sample, which is the same every time.

#![allow(dead_code, reason = "each test file uses its own part")]

/// Whether everything is to be tested.
pub fn is_whole() -> bool {
    std::env::var_os("LOBBY_KIOSK_TESTS").is_some_and(|value| value == "all")
}

/// So many of `all` as are to be tested.
pub fn of(all: usize, sample: usize) -> usize {
    if is_whole() { all } else { sample }
}
