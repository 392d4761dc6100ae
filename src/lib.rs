//! 大堂应急台: a securities branch's emergency plan as a kiosk on the lobby's tablet.

// Nothing panics: what can fail says so. Tests may, so that this is not among Cargo's lints.
#![warn(clippy::expect_used, clippy::panic, clippy::unwrap_used)]
// And nothing fails in silence: what may, says why, or does it in a function that says so.
#![warn(
    clippy::allow_attributes_without_reason,
    clippy::let_underscore_must_use,
    clippy::unused_result_ok
)]

pub mod app;
pub mod atomic_file;
pub mod cli;
pub mod config;
pub mod diagnosis;
pub mod document;
pub mod domain;
pub mod floor_plan;
pub mod fonts;
pub mod helper;
pub mod i18n;
pub mod memory;
pub mod own_file;
pub mod photo;
pub mod platform;
pub mod print;
pub mod private;
pub mod qr;
pub mod report;
pub mod seal;
pub mod service;
pub mod sound;
pub mod store;
pub mod threads;
pub mod versioned_file;
pub mod view;
pub mod web;

pub use screens::*;

/// What the compiler of the screens makes of `ui`.
#[allow(
    clippy::all,
    clippy::allow_attributes_without_reason,
    clippy::expect_used,
    clippy::let_underscore_must_use,
    clippy::panic,
    clippy::todo,
    clippy::unused_result_ok,
    clippy::unwrap_used,
    missing_docs,
    reason = "nobody has written it"
)]
mod screens {
    slint::include_modules!();
}
