//! The files that a branch edits: its settings, its plan and its floor plan, every fault named.

mod edit;
mod floor_plan;
mod plan;
mod settings;
