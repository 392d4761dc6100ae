//! What was tapped by mistake while an incident is open, taken back without a trace being lost.

use super::incidents::Incidents;
use crate::domain::guide::Guide;
use crate::domain::ids::{EntryId, IncidentId};
use crate::domain::incident::{IncidentEvent, Mark, StepRef};

impl Incidents {
    /// Strikes out a quick note, named by its entry: it stays in the record.
    pub fn strike_note(&self, id: &IncidentId, entry: &EntryId) -> bool {
        let event = self.get(id).filter(|one| one.is_open()).and_then(|one| {
            let line = one.log.iter().find(|line| line.entry == *entry)?;
            let IncidentEvent::Noted { words, .. } = &line.event else {
                return None;
            };
            (!one.is_struck(entry)).then(|| IncidentEvent::NoteStruck {
                entry: entry.clone(),
                words: words.clone(),
            })
        });
        event.map(|event| self.record(id, event)).is_some()
    }

    /// Opens the step before the current one again; answers which step that was.
    pub fn step_back(&self, id: &IncidentId) -> Option<StepRef> {
        let step = self.step_before(id)?;
        self.mark(id, &step, Mark::Open, None).then_some(step)
    }

    /// The step that one step back opens again.
    pub(super) fn step_before(&self, id: &IncidentId) -> Option<StepRef> {
        let incident = self.get(id).filter(|one| one.is_open())?;
        let kind = self.kind(&incident)?;
        let guide = Guide::of(&incident, &kind);
        Some(StepRef::of(&kind, &guide.previous()?.step.id))
    }
}
