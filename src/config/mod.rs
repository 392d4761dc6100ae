//! The files that a branch edits: how they are read and kept, what is wrong with them and how much
//! fits, the settings, and the plan.

pub mod fault;
pub mod file;
pub mod limits;
pub mod plan_file;
pub mod settings;
pub mod suggestions;
pub mod toml_reader;
