//! The screens. One folder a face: a presenter turns the state into a plain model, a thin binding
//! puts that into the window, and acts on the state are what touches do.
//!
//! A new screen is a folder here, a line in `face::all`, its place in `navigator::access`, and one
//! line in `ui/app.slint`.

pub mod after;
pub mod aid;
pub mod board;
pub mod call;
pub mod codes;
pub mod crew;
pub mod evacuation;
mod face;
pub mod guide;
pub mod handover;
pub mod navigator;
pub mod phone;
pub mod posted;
pub mod resuscitation;
mod rows;
mod screens;
pub mod shell;
mod sounds;
pub mod staff;
mod state;
mod ticks;
mod touched;
pub mod words;

pub use screens::{Look, Screens, bind, bind_posted};
pub use state::ViewState;
