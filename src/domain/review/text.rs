//! The text of a review, of which the digest is taken: ids alone, a line each, the same whatever the
//! language and the version of the program.

use super::{Action, ActionState, Content, Party, Review, Subject, Version};
use crate::domain::ids::{EntryId, IncidentId};

impl Review {
    /// The text of the version that would be finalised now, resting on the entry `record` of the
    /// incident. Lines end with a line feed.
    pub fn text(&self, record: &EntryId) -> String {
        text(&self.incident, self.next_version(), record, &self.content)
    }

    /// The text of a version that was finalised.
    pub fn text_of(&self, version: &Version) -> String {
        text(
            &self.incident,
            version.number,
            &version.record,
            &version.content,
        )
    }
}

fn text(incident: &IncidentId, version: u32, record: &EntryId, content: &Content) -> String {
    let mut lines = vec![
        "lobby-kiosk review 1".to_owned(),
        format!("incident {incident}"),
        format!("version {version}"),
        format!("record {record}"),
    ];
    lines.extend(
        content
            .causes
            .iter()
            .map(|one| format!("cause {}", one.id())),
    );
    lines.extend(content.steps.iter().map(|one| {
        let step = &one.step;
        format!("step {}/{} {}", step.type_id, step.step, one.word.id())
    }));
    lines.extend(content.responsibilities.iter().map(|one| {
        let evidence: Vec<&str> = one.evidence.iter().map(|one| one.id()).collect();
        format!(
            "responsible {} on {} decision {}",
            party(&one.whose),
            evidence.join(","),
            one.decision.id()
        )
    }));
    lines.extend(content.actions.iter().map(action));
    lines.push(String::new());
    lines.join("\n")
}

fn party(party: &Party) -> String {
    match party {
        Party::Person(id) => format!("person:{id}"),
        Party::Role { id, .. } => format!("role:{id}"),
    }
}

fn action(action: &Action) -> String {
    let planned = &action.planned;
    let about = match &planned.about {
        Subject::Step { step, .. } => format!("step:{}/{}", step.type_id, step.step),
        Subject::Phase(phase) => format!("phase:{}", phase.id()),
    };
    let state = match action.state {
        ActionState::Open => "open".to_owned(),
        ActionState::Done(_, proof) => format!("done:{}", proof.id()),
        ActionState::Dropped(_, why) => format!("dropped:{}", why.id()),
    };
    format!(
        "action {} {} owner {} due {} about {about} {state}",
        action.number,
        planned.action.id(),
        party(&planned.owner),
        planned.due
    )
}
