//! The rules, without a window, a disk or a clock.

mod calendar;
mod calls;
mod guides;
mod handover;
mod incidents;
mod market;
mod public;
mod qr;
mod resuscitation;
mod staff;

#[path = "../common/decoded.rs"]
mod decoded;
