//! The files that a branch edits: its settings, its plan and its floor plan, every fault named.

mod edit;
mod floor_plan;
mod photo;
mod plan;
mod settings;

/// The plan in force in the directory `dir`, and what is wrong with its file.
fn plan_of(
    dir: &std::path::Path,
    access: lobby_kiosk::config::file::Access,
) -> (
    lobby_kiosk::domain::plan::Plan,
    Vec<lobby_kiosk::config::fault::Fault>,
) {
    let found = lobby_kiosk::config::plan_file::sourced(dir, access);
    (found.plan, found.faults)
}
