//! The rules of the emergency plan, pure: no disk, no clock, no window.

pub mod allowance;
pub mod calendar;
pub mod calling;
pub mod clause;
pub mod clock;
pub mod complaint;
mod course;
pub mod dial;
pub mod entry;
pub mod evacuation;
pub mod fault;
pub mod form;
pub mod guide;
pub mod inbox;
pub mod incident;
pub mod limits;
pub mod near;
pub mod phone;
mod phone_reading;
pub mod pieces;
pub mod plan;
pub mod receipt;
pub mod recovery;
pub mod staff;
pub mod summary;
pub mod undo;
pub mod visible;
