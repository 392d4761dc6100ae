//! The pages that customers open on their phones.

mod accessible;
mod beside;
mod certificate;
mod erasing;
mod evacuate;
mod firm;
mod flood;
mod form;
mod fuzz;
mod guard;
mod keeping;
mod languages;
mod on_a_pc;
mod on_a_phone;
mod orders;
mod passed_on;
mod phone;
mod photo;
mod scanned;
mod sealed;
mod server;
mod staff;
mod status;
mod tls;

#[path = "../common/chromium.rs"]
mod chromium;
#[path = "../common/decoded.rs"]
mod decoded;
#[path = "../common/kiosk.rs"]
mod kiosk;
#[path = "../common/old_data.rs"]
mod old_data;
#[path = "../common/pages.rs"]
mod pages;
#[path = "../common/served.rs"]
mod served;
