//! Acts to record, and ways into a journal that only a tamperer has.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use chrono::{DateTime, Duration, TimeZone, Utc};
use lobby_kiosk::domain::entry::{Draft, Event, incident_topic};
use lobby_kiosk::domain::ids::IncidentId;
use lobby_kiosk::domain::incident::{FollowUp, IncidentEvent, Mark, Reason, StepRef};
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::domain::plan::Text;
use lobby_kiosk::service::ids::Ids;
use lobby_kiosk::service::journal::{Notice, Notify};
use lobby_kiosk::store::chain::Fields;
use lobby_kiosk::store::{JOURNAL_FILE, Prepared, Writer};
use rusqlite::Connection;

/// The moment at which every test begins.
pub fn epoch() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 8, 15, 30).unwrap()
}

pub fn text(zh: &str, en: &str) -> Text {
    Text::new([(Lang::ZH_CN, zh), (Lang::EN, en)])
}

/// Acts one second apart, with ids of their own.
pub struct Acts {
    ids: Ids,
    pub now: DateTime<Utc>,
}

impl Default for Acts {
    fn default() -> Self {
        Self::from(epoch())
    }
}

impl Acts {
    pub fn from(now: DateTime<Utc>) -> Self {
        Self {
            ids: Ids::new(),
            now,
        }
    }

    pub fn act(&mut self, incident: &IncidentId, event: IncidentEvent) -> Draft {
        self.now += Duration::seconds(1);
        Draft {
            id: self.ids.next(self.now).into(),
            at: self.now,
            actor: None,
            topic: incident_topic(incident),
            event: Event::Incident(event),
        }
    }

    /// A new incident, and its id.
    pub fn start(&mut self) -> (IncidentId, Draft) {
        let id = IncidentId::from(self.ids.next(self.now));
        let draft = self.act(
            &id,
            IncidentEvent::Started {
                type_id: "power-cut".into(),
                name: text("停电", "Power cut"),
                plan: "2026-01-01".into(),
                digest: None,
            },
        );
        (id, draft)
    }

    /// The same, as the beginning of a list.
    pub fn start_alone(&mut self) -> (IncidentId, Vec<Draft>) {
        let (id, start) = self.start();
        (id, vec![start])
    }

    pub fn undo_start(&mut self, incident: &IncidentId) -> Draft {
        self.act(incident, IncidentEvent::StartUndone {})
    }

    pub fn note(&mut self, incident: &IncidentId, note: &str) -> Draft {
        let event = IncidentEvent::Noted {
            note: note.into(),
            words: text("警察已到", "Police arrived"),
        };
        self.act(incident, event)
    }

    /// Strikes out a note made with [`Acts::note`].
    pub fn strike(&mut self, incident: &IncidentId, note: &Draft) -> Draft {
        let event = IncidentEvent::NoteStruck {
            entry: note.id.clone(),
            words: text("警察已到", "Police arrived"),
        };
        self.act(incident, event)
    }

    pub fn skip(&mut self, incident: &IncidentId, step: &str) -> Draft {
        let event = IncidentEvent::StepMarked {
            step: step_ref(step),
            command: text("打开应急照明", "Switch on emergency lights"),
            mark: Mark::Skipped,
            reason: Some(Reason {
                id: "in-hand".into(),
                words: text("已有人处理", "Someone is on it"),
            }),
            correction: false,
            approved: false,
        };
        self.act(incident, event)
    }

    pub fn settle(&mut self, incident: &IncidentId, step: &str) -> Draft {
        let event = IncidentEvent::StepMarked {
            step: step_ref(step),
            command: text("保存录像", "Save the footage"),
            mark: Mark::Done,
            reason: None,
            correction: false,
            approved: false,
        };
        self.act(incident, event)
    }

    /// Closed, leaving the named follow-ups to do.
    pub fn close(&mut self, incident: &IncidentId, follow_ups: &[&str]) -> Draft {
        let follow_ups = follow_ups.iter().map(|step| FollowUp {
            step: step_ref(step),
            command: text("保存录像", "Save the footage"),
            due: self.now + Duration::hours(24),
        });
        let event = IncidentEvent::Closed {
            outcome: "resolved".into(),
            words: text("已解决", "Resolved"),
            follow_ups: follow_ups.collect(),
        };
        self.act(incident, event)
    }

    /// A closed incident with a few acts: its id and its drafts.
    pub fn story(&mut self) -> (IncidentId, Vec<Draft>) {
        let (id, start) = self.start();
        let drafts = vec![
            start,
            self.skip(&id, "lights"),
            self.note(&id, "police"),
            self.close(&id, &[]),
        ];
        (id, drafts)
    }
}

fn step_ref(step: &str) -> StepRef {
    StepRef {
        type_id: "power-cut".into(),
        step: step.into(),
    }
}

pub fn prepare(drafts: &[Draft]) -> Vec<Prepared> {
    let prepared = drafts.iter().cloned().map(Prepared::new);
    prepared.collect::<Result<_, _>>().unwrap()
}

/// Records drafts in a journal of its own, one commit each, and closes it.
pub fn record(dir: &Path, drafts: &[Draft]) {
    let mut writer = Writer::open(dir).unwrap();
    for prepared in prepare(drafts) {
        writer.commit(&[prepared]).unwrap();
    }
}

/// A connection that nothing holds back, as a tamperer would open it.
pub fn raw(dir: &Path) -> Connection {
    Connection::open(dir.join(JOURNAL_FILE)).unwrap()
}

/// The same, without the triggers in the way.
pub fn tamper(dir: &Path) -> Connection {
    let connection = raw(dir);
    connection
        .execute_batch(
            "DROP TRIGGER entry_never_changed;
             DROP TRIGGER entry_never_deleted;
             DROP TRIGGER entry_never_replaced;",
        )
        .unwrap();
    connection
}

/// Appends an entry as a newer program would: of a kind and a version that this one does not know.
pub fn append_newer(dir: &Path, topic: &str) {
    append_stored(dir, topic, "incident.foreseen", 7, "{\"x\":1}");
}

/// Appends an entry with any body, properly linked to what is there.
pub fn append_stored(dir: &Path, topic: &str, kind: &str, version: i64, body: &str) {
    let connection = raw(dir);
    let (device, seq, prev): (String, i64, Vec<u8>) = connection
        .query_row("SELECT device, seq + 1, digest FROM meta", [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .unwrap();
    let id = format!("newer-{seq}");
    let fields = Fields {
        seq,
        device: device.as_bytes(),
        id: id.as_bytes(),
        at: epoch().timestamp_millis(),
        actor: Some(b"somebody"),
        topic: topic.as_bytes(),
        kind: kind.as_bytes(),
        version,
        body: body.as_bytes(),
        prev: &prev,
    };
    let digest = fields.digest();
    connection
        .execute(
            "INSERT INTO entry VALUES (?1, ?2, ?3, ?4, 'somebody', ?5, ?6, ?7, ?8, ?9, ?10)",
            (
                seq, &device, &id, fields.at, topic, kind, version, body, &prev, digest,
            ),
        )
        .unwrap();
    connection
        .execute(
            "UPDATE meta SET seq = ?1, projected = ?1, digest = ?2",
            (seq, digest),
        )
        .unwrap();
}

/// Notices as they come.
pub fn notices() -> (Notify, Receiver<Notice>) {
    let (sender, receiver) = channel();
    let notify = move |notice| {
        let _ = sender.send(notice);
    };
    (Arc::new(notify), receiver)
}
