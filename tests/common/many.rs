//! A journal with a long history, made in a moment: its entries are linked as the writer links them,
//! and nobody has made its lists yet.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::path::Path;

use chrono::{DateTime, Duration, Utc};
use chrono_tz::Asia::Shanghai;
use lobby_kiosk::config::settings::Settings;
use lobby_kiosk::domain::complaint::{About, ComplaintEvent, ContentRef, Promise};
use lobby_kiosk::domain::entry::{Draft, Event, complaint_topic, incident_topic};
use lobby_kiosk::domain::incident::{FollowUp, IncidentEvent, Mark, StepRef};
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::domain::plan::Text;
use lobby_kiosk::service::ids::Ids;
use lobby_kiosk::store::chain::Fields;
use lobby_kiosk::store::{JOURNAL_FILE, Prepared, Writer};
use rusqlite::{Connection, params};

/// What has become of the lists that an earlier program left: rules that no program has any more,
/// and rows that say what is not so.
pub const STALE: &str = "
    UPDATE meta SET rules = 0;
    UPDATE incident SET kept = 0, summary = 'of other rules';
    UPDATE complaint SET kept = 0, rest = 2, fresh = 0, summary = 'of other rules';
    INSERT INTO incident VALUES ('0000', 1, 9223372036854775807, '{}');
    INSERT INTO incident VALUES ('ffff', 1, 1, '{}');";

fn text(zh: &str, en: &str) -> Text {
    Text::new([(Lang::ZH_CN, zh), (Lang::EN, en)])
}

fn step() -> StepRef {
    StepRef {
        type_id: "power-cut".into(),
        step: "lights".into(),
    }
}

/// A closed incident of six entries; what it left behind is done.
fn incident() -> Vec<IncidentEvent> {
    let command = || text("打开应急照明", "Switch on emergency lights");
    let mark = |mark| IncidentEvent::StepMarked {
        step: step(),
        command: command(),
        mark,
        reason: None,
        correction: false,
        approved: false,
    };
    let note = |note: &str| IncidentEvent::Noted {
        note: note.into(),
        words: text("警察已到", "Police arrived"),
    };
    vec![
        IncidentEvent::Started {
            type_id: "power-cut".into(),
            name: text("停电", "Power cut"),
            plan: "2026-01-01".into(),
            digest: None,
        },
        mark(Mark::Skipped),
        note("police"),
        note("light"),
        IncidentEvent::Closed {
            outcome: "resolved".into(),
            words: text("已解决", "Resolved"),
            follow_ups: vec![FollowUp {
                step: step(),
                command: command(),
                due: DateTime::UNIX_EPOCH,
            }],
        },
        mark(Mark::Done),
    ]
}

/// A complaint that was answered and closed; one of eight is still waiting.
fn complaint(nth: usize, at: DateTime<Utc>, ids: &Ids) -> Vec<ComplaintEvent> {
    let received = ComplaintEvent::Received {
        about: About::ALL[nth % About::ALL.len()],
        kept: ContentRef {
            content: ids.next(at),
            digest: "00".repeat(32),
            sealed: true,
        },
        lang: Lang::ZH_CN,
        promise: Promise::of(at, &Settings::default().complaint.terms(), &Shanghai),
    };
    let rest = [
        ComplaintEvent::Accepted {},
        ComplaintEvent::Replied {
            reply: "sorry".into(),
            words: text("已为您办理", "It has been done"),
            interim: false,
            approved: false,
        },
        ComplaintEvent::Closed {
            outcome: "settled".into(),
            words: text("已解决", "Solved"),
        },
    ];
    let done = if nth.is_multiple_of(8) { 0 } else { rest.len() };
    let rest = rest.into_iter().take(done);
    std::iter::once(received).chain(rest).collect()
}

/// Puts so many incidents and complaints into the journal of `dir`, the last of them before `until`.
pub fn fill(dir: &Path, incidents: usize, complaints: usize, until: DateTime<Utc>) {
    drop(Writer::open(dir).unwrap());
    let ids = Ids::new();
    let all = incidents + complaints;
    let mut connection = Connection::open(dir.join(JOURNAL_FILE)).unwrap();
    let transaction = connection.transaction().unwrap();
    let mut end: End = transaction
        .query_row("SELECT device, seq, digest FROM meta", [], |row| {
            Ok(End {
                device: row.get(0)?,
                seq: row.get(1)?,
                digest: row.get(2)?,
            })
        })
        .unwrap();
    for nth in 0..all {
        let at = until - Duration::hours(1) * i32::try_from(all - nth).unwrap();
        let id = ids.next(at);
        // Both kinds, evenly spread.
        let is_complaint = nth * complaints / all != (nth + 1) * complaints / all;
        let (topic, events): (_, Vec<Event>) = if is_complaint {
            let events = complaint(nth, at, &ids).into_iter();
            (
                complaint_topic(&id.into()),
                events.map(Event::from).collect(),
            )
        } else {
            let events = incident().into_iter();
            (
                incident_topic(&id.into()),
                events.map(Event::from).collect(),
            )
        };
        for (minute, event) in (0..).zip(events) {
            let at = at + Duration::minutes(minute);
            let draft = Draft {
                id: ids.next(at).into(),
                at,
                actor: None,
                topic: topic.clone(),
                event,
            };
            end.append(&transaction, &Prepared::new(draft).unwrap());
        }
    }
    let sql = "UPDATE meta SET seq = ?1, digest = ?2, projected = 0, rules = 0";
    transaction
        .execute(sql, params![end.seq, end.digest])
        .unwrap();
    transaction.commit().unwrap();
}

struct End {
    device: String,
    seq: i64,
    digest: Vec<u8>,
}

impl End {
    fn append(&mut self, connection: &Connection, one: &Prepared) {
        self.seq += 1;
        let draft = one.draft();
        let version = i64::from(draft.event.version());
        let fields = Fields {
            seq: self.seq,
            device: self.device.as_bytes(),
            id: draft.id.as_str().as_bytes(),
            at: draft.at.timestamp_millis(),
            actor: None,
            topic: draft.topic.as_bytes(),
            kind: one.kind().as_bytes(),
            version,
            body: one.body().as_bytes(),
            prev: &self.digest,
        };
        let digest = fields.digest();
        let sql = "INSERT INTO entry VALUES (?1, ?2, ?3, ?4, NULL, ?5, ?6, ?7, ?8, ?9, ?10)";
        connection
            .prepare_cached(sql)
            .unwrap()
            .execute(params![
                self.seq,
                self.device,
                draft.id.as_str(),
                fields.at,
                draft.topic,
                one.kind(),
                version,
                one.body(),
                self.digest,
                digest
            ])
            .unwrap();
        self.digest = digest.to_vec();
    }
}

/// All rows of both lists, as they lie in the file.
pub fn lists(dir: &Path) -> Vec<String> {
    let connection = Connection::open(dir.join(JOURNAL_FILE)).unwrap();
    let mut all = Vec::new();
    for table in ["incident", "complaint"] {
        let mut statement = connection
            .prepare(&format!("SELECT * FROM {table} ORDER BY id"))
            .unwrap();
        let columns = statement.column_count();
        let rows = statement.query_map([], |row| {
            let values = (0..columns).map(|at| row.get::<_, rusqlite::types::Value>(at));
            Ok(format!("{:?}", values.collect::<Result<Vec<_>, _>>()?))
        });
        all.extend(rows.unwrap().map(Result::unwrap));
    }
    all
}
