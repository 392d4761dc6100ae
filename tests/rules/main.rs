//! The rules, without a window, a disk or a clock.

mod alone;
mod calendar;
mod calls;
mod guides;
mod handover;
mod incidents;
mod market;
mod public;
mod qr;
mod resuscitation;
mod review;
mod staff;
mod statistics;

#[path = "../common/chance.rs"]
mod chance;
#[path = "../common/decoded.rs"]
mod decoded;
#[path = "../common/ways.rs"]
mod ways;
