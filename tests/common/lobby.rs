//! A lobby without a window: the services on a real journal, with clocks that the test moves.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use lobby_kiosk::app::Branch;
use lobby_kiosk::domain::calling::Outcome;
use lobby_kiosk::domain::clock::Reading;
use lobby_kiosk::domain::complaint::{About, ComplaintEvent, ContentRef};
use lobby_kiosk::domain::entry::complaint_topic;
use lobby_kiosk::domain::evacuation::End as EvacuationEnd;
use lobby_kiosk::domain::ids::{ComplaintId, IncidentId};
use lobby_kiosk::domain::incident::{IncidentEvent, Mark, StepRef};
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::domain::plan::Text;
use lobby_kiosk::domain::plan_event::{PlanEvent, plan_topic};
use lobby_kiosk::domain::resuscitation::End as ResuscitationEnd;
use lobby_kiosk::domain::roll::Task;
use lobby_kiosk::service::Services;
use lobby_kiosk::service::clock::Clock;
use lobby_kiosk::service::clock_watch::Watch;
use lobby_kiosk::service::journal::Journal;
use lobby_kiosk::service::recorder::Recorder;
use lobby_kiosk::store::Writer;

/// 15:42 in Shanghai.
pub fn begin() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 7, 42, 0).unwrap()
}

/// A branch with its names.
pub const NAMED: &str = r#"
[branch]
name = "人民路证券营业部"
address = "浦东新区人民路188号"
expected_people = 12
[firm]
name = "华东证券股份有限公司"
contact = "021-58880000"
[contacts]
supervisor = "13800138000"
"#;

/// The lobby.
pub struct Lobby {
    pub services: Services,
    journal: Journal,
    wall: Arc<AtomicI64>,
    up: Arc<AtomicI64>,
}

impl Lobby {
    /// Opens on `data` at [`begin`].
    pub fn open(data: &Path) -> Self {
        let wall = Arc::new(AtomicI64::new(begin().timestamp_millis()));
        let up = Arc::new(AtomicI64::new(0));
        let at = |wall: &AtomicI64| {
            DateTime::from_timestamp_millis(wall.load(Ordering::SeqCst)).unwrap()
        };
        let journal = Journal::start(Writer::open(data).unwrap(), Arc::new(|_| ())).unwrap();
        let now = Arc::clone(&wall);
        let recorder = Recorder::with_clock(journal.clone(), Clock::new(move || at(&now)));
        let clocks = (Arc::clone(&wall), Arc::clone(&up));
        let read = Arc::new(move || Reading {
            wall: at(&clocks.0),
            up: TimeDelta::milliseconds(clocks.1.load(Ordering::SeqCst)),
        });
        let watch = Watch::start(data, Arc::clone(&recorder), read, None);
        let mut services = Branch::load(data).services(recorder, Vec::new());
        services.incidents.watch(Arc::new(watch));
        Self {
            services,
            journal,
            wall,
            up,
        }
    }

    /// Keeps the plan in force in the journal, as the kiosk does at its start.
    pub fn keep_plan(&self) {
        let now = self.services.in_force.now();
        let event = PlanEvent::InForce {
            revision: now.plan.revision.to_string(),
            text: now.plan_text.to_string(),
        };
        let recorder = &self.services.recorder;
        recorder.record(recorder.act(&plan_topic(&now.plan_digest), event));
    }

    /// Lets seconds pass.
    pub fn pass(&self, seconds: i64) {
        self.wall.fetch_add(seconds * 1000, Ordering::SeqCst);
        self.up.fetch_add(seconds * 1000, Ordering::SeqCst);
    }

    /// Sets the wall clock forward by seconds, or back.
    pub fn set_clock(&self, seconds: i64) {
        self.wall.fetch_add(seconds * 1000, Ordering::SeqCst);
    }

    pub fn start(&self, type_id: &str) -> IncidentId {
        self.services.incidents.start(type_id).expect("a type")
    }

    pub fn step(&self, id: &IncidentId, step: &str) -> StepRef {
        let type_id = self.services.incidents.get(id).unwrap().type_id.clone();
        StepRef {
            type_id,
            step: step.to_owned(),
        }
    }

    pub fn mark(&self, id: &IncidentId, step: &str, mark: Mark, reason: Option<&str>) {
        let step = self.step(id, step);
        assert!(self.services.incidents.mark(id, &step, mark, reason));
    }

    pub fn done(&self, id: &IncidentId, step: &str) {
        self.mark(id, step, Mark::Done, None);
    }

    pub fn answer(&self, id: &IncidentId, step: &str, answer: &str) {
        let step = self.step(id, step);
        assert!(self.services.incidents.answer(id, &step, answer));
    }

    /// Strikes the last note out.
    pub fn strike(&self, id: &IncidentId) {
        let note = {
            let incident = self.services.incidents.get(id).unwrap();
            let notes = incident.log.iter().rev();
            let note = notes
                .into_iter()
                .find(|line| matches!(line.event, IncidentEvent::Noted { .. }));
            note.unwrap().entry.clone()
        };
        assert!(self.services.incidents.strike_note(id, &note));
    }

    /// Says of the last call that it was something else.
    pub fn correct_call(&self, id: &IncidentId, outcome: Outcome) {
        let call = {
            let incident = self.services.incidents.get(id).unwrap();
            let calls = incident.log.iter().rev();
            let call = calls
                .into_iter()
                .find(|line| incident.call_outcome(&line.entry).is_some());
            call.unwrap().entry.clone()
        };
        assert!(self.services.incidents.correct_call(id, &call, outcome));
    }

    /// A complaint of this kind that is joined to the incident.
    pub fn join(&self, id: &IncidentId, about: About) -> ComplaintId {
        let recorder = &self.services.recorder;
        let complaint: ComplaintId = recorder.new_id(recorder.clock().now()).into();
        let topic = complaint_topic(&complaint);
        let received = ComplaintEvent::Received {
            about,
            kept: ContentRef {
                content: recorder.new_id(recorder.clock().now()),
                digest: "00".repeat(32),
                sealed: true,
            },
            lang: Lang::ZH_CN,
            promise: None,
        };
        recorder.record(recorder.act(&topic, received));
        let incident = id.clone();
        recorder.record(recorder.act(&topic, ComplaintEvent::Linked { incident }));
        complaint
    }

    /// Waits until all is on disk.
    pub fn close(self) {
        self.journal.finish().unwrap();
    }
}

pub fn text(zh: &str, en: &str) -> Text {
    Text::new([(Lang::ZH_CN, zh), (Lang::EN, en)])
}

/// Somebody collapses: first nobody knows what it is, then nearly everything happens that can.
/// 120 does not answer at once, the supervisor is told too late, a note is made by mistake.
pub fn collapse(lobby: &Lobby) -> IncidentId {
    let incidents = &lobby.services.incidents;
    let id = lobby.start("unclassified");
    lobby.pass(12);
    lobby.done(&id, "look");
    lobby.pass(16);
    assert!(incidents.change_type(&id, "sudden-illness"));
    lobby.pass(9);
    lobby.answer(&id, "check", "chest-pain");
    lobby.pass(7);
    lobby.answer(&id, "check", "no-response");
    lobby.pass(6);
    assert!(incidents.open_contact(&id, "ambulance"));
    lobby.pass(14);
    assert!(incidents.called(&id, "ambulance", 1, false));
    lobby.pass(21);
    assert!(incidents.called(&id, "ambulance", 1, true));
    lobby.pass(8);
    assert!(incidents.resuscitate(&id));
    lobby.pass(40);
    assert!(incidents.hand_step(&id, &lobby.step(&id, "meet-ambulance"), "door"));
    lobby.pass(26);
    assert!(incidents.note(&id, "family-arrived"));
    lobby.pass(9);
    lobby.strike(&id);
    lobby.pass(50);
    assert!(incidents.change_rescuer(&id));
    lobby.pass(45);
    assert!(incidents.aed_is_here(&id));
    lobby.pass(75);
    assert!(incidents.change_rescuer(&id));
    lobby.pass(180);
    assert!(incidents.note(&id, "ambulance-arrived"));
    lobby.pass(35);
    assert!(incidents.end_resuscitation(&id, ResuscitationEnd::TakenOver));
    lobby.pass(10);
    lobby.done(&id, "meet-ambulance");
    lobby.pass(20);
    lobby.mark(&id, "others", Mark::Cannot, None);
    lobby.pass(4);
    lobby.mark(&id, "others", Mark::Cannot, Some("no-hands"));
    lobby.pass(130);
    assert!(incidents.called(&id, "supervisor", 1, true));
    lobby.pass(90);
    lobby.join(&id, About::Service);
    lobby.pass(60);
    assert!(incidents.close(&id, "handed-to-ambulance"));
    id
}

/// A fire: people are led out, somebody is missing for a while, the clock is set meanwhile.
pub fn fire(lobby: &Lobby) -> IncidentId {
    let incidents = &lobby.services.incidents;
    let id = lobby.start("fire");
    lobby.pass(44);
    lobby.done(&id, "alarm");
    lobby.pass(8);
    assert!(incidents.called(&id, "fire-brigade", 1, true));
    lobby.pass(6);
    assert!(incidents.evacuate(Some(&id)).is_some());
    lobby.pass(20);
    assert!(incidents.give_task(Task::Door, "guard", text("保安", "Guard")));
    lobby.pass(15);
    lobby.answer(&id, "spread", "smoke");
    lobby.pass(9);
    lobby.mark(&id, "close-doors", Mark::Skipped, None);
    lobby.pass(3);
    lobby.mark(&id, "close-doors", Mark::Skipped, Some("someone-else"));
    lobby.pass(30);
    // A time server sets it an hour forward.
    lobby.set_clock(3600);
    lobby.pass(60);
    assert!(incidents.count_heads(10));
    assert!(incidents.miss_person(text("老人", "Older person"), text("洗手间", "Toilets")));
    lobby.pass(95);
    assert!(incidents.find_person(1));
    assert!(incidents.count_heads(1));
    lobby.pass(5);
    assert!(incidents.miss(0));
    lobby.pass(200);
    assert!(incidents.end(EvacuationEnd::AllClear).is_some());
    lobby.pass(40);
    assert!(incidents.called(&id, "supervisor", 1, true));
    lobby.pass(30);
    lobby.mark(&id, "trapped", Mark::Skipped, Some("does-not-apply"));
    lobby.pass(60);
    assert!(incidents.close(&id, "evacuated"));
    lobby.pass(1800);
    lobby.done(&id, "government");
    id
}
