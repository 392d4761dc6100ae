//! 大堂应急台: a securities branch's emergency plan as a kiosk on the lobby's tablet.

pub mod cli;
pub mod domain;
pub mod i18n;
pub mod service;
pub mod store;

slint::include_modules!();
