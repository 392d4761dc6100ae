//! What the screen takes in of what happened on phones.

use crate::domain::complaint::ComplaintEvent;
use crate::domain::entry::{Entry, Event, topic_incident};
use crate::domain::ids::IncidentId;
use crate::domain::incident::IncidentEvent;
use crate::service::Services;
use crate::service::incidents::Incidents;
use crate::service::journal::Notice;

impl Services {
    /// Takes in what the journal says of links and of what was written by them; says whether it
    /// changes anything that is shown.
    pub fn heard_of_phones(&self, notice: &Notice) -> bool {
        let Notice::Recorded(entries) = notice else {
            return false;
        };
        let mut any = false;
        for entry in &**entries {
            match &entry.draft.event {
                Event::Link(_) => any = true,
                Event::Incident(
                    IncidentEvent::Written { .. }
                    | IncidentEvent::Erased { .. }
                    | IncidentEvent::Held { .. }
                    | IncidentEvent::Released { .. },
                ) => {
                    any = true;
                    self.remove_report(entry);
                    self.incidents.take_written(entry);
                    self.look_at_record_again(topic_incident(&entry.draft.topic));
                }
                // A link dies with what it opens.
                Event::Complaint(ComplaintEvent::Erased { .. }) => {
                    let topic = &entry.draft.topic;
                    any |= self
                        .phone
                        .revoke(|link| link.thing.topic() == *topic, entry.draft.at);
                }
                _ => {}
            }
        }
        any
    }

    /// What was erased may stand in a report that was made while it was on its way to the disk.
    fn remove_report(&self, entry: &Entry) {
        let is_erased = matches!(
            &entry.draft.event,
            Event::Incident(IncidentEvent::Erased { .. })
        );
        let id = topic_incident(&entry.draft.topic).filter(|_| is_erased);
        if let (Some(id), Some(data)) = (id, &self.data) {
            self.filing.remove(data, &id);
        }
    }

    fn look_at_record_again(&self, id: Option<IncidentId>) {
        let is_shown = self
            .archive
            .record()
            .map(|record| record.incident.id.clone())
            == id;
        if let (Some(id), Some(data), true) = (id, &self.data, is_shown) {
            let complaints = self.complaints.borrow().clone();
            self.archive.open_again(data, &id, complaints);
        }
    }
}

impl Incidents {
    /// Takes in what was written about an incident that is still in mind: it was recorded without
    /// passing here.
    fn take_written(&self, entry: &Entry) {
        let (Some(id), Event::Incident(event)) =
            (topic_incident(&entry.draft.topic), &entry.draft.event)
        else {
            return;
        };
        {
            let mut live = self.live.borrow_mut();
            let incident = live.iter_mut().find(|one| one.id == id);
            let Some(incident) = incident else { return };
            if incident.log.iter().any(|line| line.entry == entry.draft.id) {
                return;
            }
            incident.apply(&entry.draft.id, entry.draft.at, event);
        }
        self.show();
    }
}
