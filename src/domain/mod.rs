//! The rules of the emergency plan, pure: no disk, no clock, no window.

pub mod calendar;
pub mod calling;
pub mod clause;
pub mod dial;
pub mod entry;
pub mod evacuation;
pub mod fault;
pub mod guide;
pub mod incident;
pub mod limits;
pub mod near;
pub mod phone;
pub mod plan;
pub mod staff;
pub mod summary;
