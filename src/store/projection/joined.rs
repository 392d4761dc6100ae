//! The complaints that belong to one incident.

use rusqlite::Connection;

use super::inbox::some;
use crate::domain::complaint::Complaint;
use crate::domain::ids::IncidentId;
use crate::store::error::StoreError;

/// Those joined to an incident, erased ones too, the oldest first.
pub(in crate::store) fn of_incident(
    connection: &Connection,
    id: &IncidentId,
) -> Result<Vec<Complaint>, StoreError> {
    // Its number anywhere in the row: what else a row says has no such numbers but its own.
    let found = some(
        connection,
        "SELECT id, summary FROM complaint INDEXED BY complaint_linked
         WHERE linked = 1 AND instr(summary, ?1) > 0 ORDER BY started",
        &[&id.as_str()],
    )?;
    let joined = found.into_iter().filter(|one| one.incidents.contains(id));
    Ok(joined.collect())
}
