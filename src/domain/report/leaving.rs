//! Evacuations and resuscitations: every one, not the last alone.

use chrono::TimeDelta;

use crate::domain::clock::jump;
use crate::domain::evacuation::{Evacuation, EvacuationEvent};
use crate::domain::incident::{Incident, IncidentEvent};
use crate::domain::plan::Text;
use crate::domain::resuscitation::{Resuscitation, ResuscitationEvent};
use crate::domain::roll::Task;

/// People were led out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvacuationFact {
    /// How that went.
    pub evacuation: Evacuation,
    /// What for, as the record has it.
    pub because: Option<Text>,
    /// Who had which task last: the words for that one, or an older program's id.
    pub tasks: Vec<(Task, Result<Text, String>)>,
}

/// Somebody was resuscitated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResuscitationFact {
    /// How that went.
    pub resuscitation: Resuscitation,
    /// How often somebody said that the rescuer had changed.
    pub changes: usize,
}

/// Those met so far.
#[derive(Debug, Default)]
pub(super) struct Leaving {
    evacuations: Vec<EvacuationFact>,
    resuscitations: Vec<ResuscitationFact>,
}

impl Leaving {
    pub(super) fn done(self) -> (Vec<EvacuationFact>, Vec<ResuscitationFact>) {
        (self.evacuations, self.resuscitations)
    }

    /// Takes in an event that has been applied to the incident.
    pub(super) fn take(&mut self, after: &Incident, event: &IncidentEvent) {
        match event {
            IncidentEvent::Evacuation(event) => self.evacuation(after, event),
            IncidentEvent::Resuscitation(event) => self.resuscitation(after, event),
            IncidentEvent::Closed { .. } | IncidentEvent::CloseUndone {} => self.refresh(after),
            IncidentEvent::ClockJumped { by_ms } => self.shift(jump(*by_ms)),
            _ => {}
        }
    }

    fn evacuation(&mut self, after: &Incident, event: &EvacuationEvent) {
        match (event, &after.evacuation) {
            (EvacuationEvent::Started { because, .. }, Some(begun)) => {
                self.evacuations.push(EvacuationFact {
                    evacuation: begun.clone(),
                    because: because.clone(),
                    tasks: Vec::new(),
                });
            }
            // Tapped by mistake: nobody left.
            (EvacuationEvent::Undone {}, _) => drop(self.evacuations.pop()),
            _ => {}
        }
        if let Some(last) = self.evacuations.last_mut() {
            match event {
                EvacuationEvent::HazardNamed { name, .. } => last.because = Some(name.clone()),
                EvacuationEvent::TaskGiven { task, to, name } => {
                    last.tasks.retain(|(known, _)| known != task);
                    let holder = (name.clone()).map_or(to.clone().map(Err), |name| Some(Ok(name)));
                    let holder = holder.filter(|_| to.is_some());
                    last.tasks.extend(holder.map(|holder| (*task, holder)));
                }
                _ => {}
            }
        }
        self.refresh(after);
    }

    fn resuscitation(&mut self, after: &Incident, event: &ResuscitationEvent) {
        match (event, &after.resuscitation) {
            (ResuscitationEvent::Started {}, Some(begun)) => {
                self.resuscitations.push(ResuscitationFact {
                    resuscitation: begun.clone(),
                    changes: 0,
                });
            }
            (ResuscitationEvent::Undone {}, _) => drop(self.resuscitations.pop()),
            (ResuscitationEvent::RescuerChanged {}, _) => {
                if let Some(last) = self.resuscitations.last_mut() {
                    last.changes += 1;
                }
            }
            _ => {}
        }
        self.refresh(after);
    }

    /// The last one of each as the incident has it.
    fn refresh(&mut self, after: &Incident) {
        if let (Some(last), Some(now)) = (self.evacuations.last_mut(), &after.evacuation) {
            last.evacuation.clone_from(now);
        }
        if let (Some(last), Some(now)) = (self.resuscitations.last_mut(), &after.resuscitation) {
            last.resuscitation.clone_from(now);
        }
    }

    fn shift(&mut self, by: TimeDelta) {
        for one in &mut self.evacuations {
            one.evacuation.shift(by);
        }
        for one in &mut self.resuscitations {
            one.resuscitation.shift(by);
        }
    }
}
