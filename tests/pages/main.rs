//! The pages that customers open on their phones.

#[path = "../common/pages.rs"]
mod common;

mod beside;
mod browser;
#[path = "../common/browser.rs"]
mod chromium;
mod erasing;
mod evacuate;
mod flood;
mod form;
mod fuzz;
mod guard;
mod languages;
mod passed_on;
#[path = "../common/served.rs"]
mod served;
mod server;
mod status;
mod tls;
