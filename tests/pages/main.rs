//! The pages that customers open on their phones.

#[path = "../common/pages.rs"]
mod common;

mod beside;
mod browser;
#[path = "../common/browser.rs"]
mod chromium;
mod erasing;
mod evacuate;
mod form;
mod fuzz;
mod guard;
mod languages;
#[path = "../common/served.rs"]
mod served;
mod server;
mod status;
mod tls;
