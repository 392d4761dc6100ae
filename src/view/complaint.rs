//! One complaint: what was written, what was done, and what can be done next.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use slint::ComponentHandle;

use super::guide::chips;
use super::{Screens, case_lines, rows};
use crate::domain::complaint::{About, Complaint, ComplaintEvent, Erasure, Stage};
use crate::domain::inbox::Matter;
use crate::domain::plan::{
    DATA_LEAK_DISPUTE, Group, IncidentType, SERVICE_DISPUTE, TRADING_DISPUTE, UNCLASSIFIED,
};
use crate::i18n::{desk, inbox as words, screen};
use crate::service::complaints::File;
use crate::{CaseFile, Chip, DeskFace, FileLine, Guide, Screen};

/// What stands before the id of an incident type to start.
const START: &str = "start-";
/// What stands before the id of an open incident.
const LINK: &str = "link-";

/// Which complaint is shown, and how.
#[derive(Default)]
pub(super) struct State {
    /// The complaint for whose sake somebody wishes to enter the staff area.
    pub(super) wanted: RefCell<Option<String>>,
    /// The one shown last.
    shown: RefCell<Option<String>>,
    face: Cell<DeskFace>,
    /// The chip picked for a second look.
    chosen: RefCell<Option<String>>,
}

/// The models of a complaint's screen.
#[derive(Default)]
pub(super) struct Rows {
    lines: rows::Rows<FileLine>,
    acts: rows::Rows<Chip>,
    chips: rows::Rows<Chip>,
}

impl Screens {
    pub(super) fn bind_complaint(self: &Rc<Self>) {
        let file = self.window.global::<CaseFile<'_>>();
        let rows = &self.rows.complaint;
        file.set_lines(rows.lines.model());
        file.set_acts(rows.acts.model());
        file.set_chips(rows.chips.model());

        let me = Rc::downgrade(self);
        file.on_back(move || {
            if let Some(me) = me.upgrade() {
                me.acted(|me| match me.complaint.face.get() {
                    DeskFace::File => me.show_inbox(),
                    _ => me.turn_file(DeskFace::File),
                });
            }
        });
        let me = Rc::downgrade(self);
        file.on_act(move |act| {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.begin_act(&act));
            }
        });
        let me = Rc::downgrade(self);
        file.on_pick(move |id| {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.pick(&id));
            }
        });
        let me = Rc::downgrade(self);
        file.on_carry_out(move || {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.carry_out());
            }
        });
        let me = Rc::downgrade(self);
        self.window.global::<Guide<'_>>().on_to_complaint(move || {
            if let Some(me) = me.upgrade() {
                me.acted(|me| {
                    let incident = me.guide.incident.borrow().clone();
                    let linked = incident.and_then(|id| me.services.desk.of_incident(&id));
                    me.wish_for(linked.as_deref());
                    me.enter_staff();
                });
            }
        });
    }

    /// Keeps in mind for which complaint's sake the staff area is asked for, if for one's.
    pub(super) fn wish_for(&self, complaint: Option<&str>) {
        self.complaint.wanted.replace(complaint.map(str::to_owned));
    }

    /// Back to the complaint from which something else was visited, past the PIN again.
    pub(super) fn return_to_complaint(self: &Rc<Self>) {
        let shown = self.complaint.shown.borrow().clone();
        self.wish_for(shown.as_deref());
        self.enter_staff();
    }

    /// Shows a complaint from now on. The caller has seen to the PIN.
    pub fn open_complaint(&self, id: &str) {
        self.show(Screen::Complaint);
        self.complaint.shown.replace(Some(id.to_owned()));
        self.turn_file(DeskFace::File);
        self.services.desk.open_file(id);
    }

    /// Shows another face of the complaint, with nothing chosen on it.
    pub fn turn_file(&self, face: DeskFace) {
        self.complaint.face.set(face);
        self.complaint.chosen.take();
    }

    /// Nothing that a customer wrote is left on the screens.
    pub(super) fn put_file_away(&self) {
        self.services.desk.put_away();
        self.rows.complaint.lines.set([]);
    }

    /// Records something about the complaint shown, and shows its file again.
    fn handle(&self, event: ComplaintEvent) {
        let shown = self.complaint.shown.borrow().clone();
        if let Some(id) = shown {
            let now = self.services.clock.now();
            self.services.desk.handle(&id, event, now);
        }
        self.turn_file(DeskFace::File);
    }

    fn begin_act(&self, act: &str) {
        match act {
            "accept" => self.handle(ComplaintEvent::Accepted {}),
            "reply" => self.turn_file(DeskFace::Reply),
            "hand-over" => self.turn_file(DeskFace::HandOver),
            "link" => self.turn_file(DeskFace::Link),
            "settle" => self.turn_file(DeskFace::Settle),
            "erase" => self.turn_file(DeskFace::Erase),
            _ => {}
        }
    }

    fn pick(&self, id: &str) {
        let plan = &self.services.plan;
        match self.complaint.face.get() {
            DeskFace::Reply | DeskFace::Settle => {
                self.complaint.chosen.replace(Some(id.to_owned()));
            }
            DeskFace::HandOver => {
                if let Some(role) = plan.role(id) {
                    self.handle(ComplaintEvent::HandedOver {
                        role: role.id.clone(),
                        name: role.name.clone(),
                    });
                }
            }
            DeskFace::Link => self.pick_incident(id),
            DeskFace::File | DeskFace::Erase => {}
        }
    }

    /// Joins the complaint to an incident: a new one's guide opens, and so does that of one to
    /// which it belongs already.
    fn pick_incident(&self, id: &str) {
        let incidents = &self.services.incidents;
        if let Some(type_id) = id.strip_prefix(START) {
            if let Some(incident) = incidents.start(type_id) {
                self.handle(ComplaintEvent::Linked {
                    incident: incident.clone(),
                });
                self.show_guide(&incident);
            }
        } else if let Some(incident) = id.strip_prefix(LINK) {
            let linked = self.services.desk.file().is_some_and(|file| {
                let linked = &file.complaint.incidents;
                linked.iter().any(|one| one == incident)
            });
            if linked {
                self.show_guide(incident);
            } else if incidents.get(incident).is_some() {
                self.handle(ComplaintEvent::Linked {
                    incident: incident.to_owned(),
                });
            }
        }
    }

    /// What was chosen and looked at once more.
    fn carry_out(&self) {
        let plan = &self.services.plan;
        let chosen = self.complaint.chosen.borrow().clone();
        let chosen = chosen.as_deref();
        match self.complaint.face.get() {
            DeskFace::Reply => {
                if let Some(reply) = chosen.and_then(|id| plan.reply(id)) {
                    self.handle(ComplaintEvent::Replied {
                        reply: reply.id.clone(),
                        words: reply.words.clone(),
                    });
                }
            }
            DeskFace::Settle => {
                if let Some(end) = chosen.and_then(|id| plan.settlement(id)) {
                    self.handle(ComplaintEvent::Closed {
                        outcome: end.id.clone(),
                        words: end.name.clone(),
                    });
                }
            }
            DeskFace::Erase => self.handle(ComplaintEvent::Erased {
                why: Erasure::Request,
            }),
            DeskFace::File | DeskFace::HandOver | DeskFace::Link => {}
        }
    }

    pub(super) fn draw_complaint(&self) {
        let lang = self.lang();
        let window = self.window.global::<CaseFile<'_>>();
        let Some(file) = self.services.desk.file() else {
            let at_hand = &self.services.desk;
            let said = if !at_hand.is_readable() {
                words::unreadable(&lang).to_owned()
            } else if at_hand.is_waiting() {
                String::new()
            } else if at_hand.matters().is_empty() {
                words::summary(&lang, 0, 0, 0)
            } else {
                words::unreadable(&lang).to_owned()
            };
            window.set_face(DeskFace::File);
            window.set_title("".into());
            window.set_stage(said.into());
            window.set_due("".into());
            window.set_beside("".into());
            self.rows.complaint.lines.set([]);
            self.rows.complaint.acts.set([]);
            return;
        };
        window.set_face(self.complaint.face.get());
        let about = desk::about(&lang, file.complaint.about);
        window.set_title(words::title(&lang, about).into());
        self.draw_standing(&file, &lang);
        let zone = self.services.settings().branch.time_zone;
        let named = |id: &str| self.named(id, &lang);
        let lines = case_lines::lines(&file, &lang, zone, &named);
        self.rows.complaint.lines.set(lines);
        let acts = acts(&file.complaint).iter().map(|&act| Chip {
            id: act.into(),
            label: words::act(&lang, act).into(),
        });
        self.rows.complaint.acts.set(acts);
        self.draw_choice(&file, &lang);
    }

    fn draw_standing(&self, file: &File, lang: &str) {
        let complaint = &file.complaint;
        let (settings, now) = (&self.services.settings(), self.services.clock.now());
        let zone = settings.branch.time_zone;
        let matter = Matter::of(complaint.clone(), &settings.complaint.terms(), &zone);
        let late = matter.due.is_some_and(|due| due.by() <= now);
        let window = self.window.global::<CaseFile<'_>>();
        let gone = complaint.erased.is_some();
        window.set_stage(
            if gone {
                words::gone(lang)
            } else {
                desk::stage(lang, complaint.stage)
            }
            .into(),
        );
        window.set_due(
            matter
                .due
                .map_or_else(String::new, |due| words::due(lang, due, now, zone))
                .into(),
        );
        window.set_urgency(if late { 2 } else { 0 });
        let department = complaint.department.iter();
        let department = department.map(|name| words::seen_to_by(lang, name.in_lang(lang)));
        let incidents = complaint.incidents.iter().filter_map(|id| {
            let name = self.named(id, lang)?;
            Some(words::belongs_to(lang, &name))
        });
        let erased = file.history.iter().rev().find_map(|(at, event)| {
            let said = desk::complaint(lang, event);
            let erasure = matches!(event, ComplaintEvent::Erased { .. });
            erasure.then(|| words::standing(&words::when(*at, zone), &said.reason, None))
        });
        let beside: Vec<String> = erased
            .into_iter()
            .chain(department)
            .chain(incidents.take(3))
            .collect();
        window.set_beside(beside.join("\n").into());
    }

    /// The name of an incident that is still in mind.
    fn named(&self, id: &str, lang: &str) -> Option<String> {
        let incident = self.services.incidents.get(id)?;
        Some(self.incident_name(&incident, lang).to_owned())
    }

    fn draw_choice(&self, file: &File, lang: &str) {
        let plan = &self.services.plan;
        let window = self.window.global::<CaseFile<'_>>();
        let face = self.complaint.face.get();
        let chosen = self.complaint.chosen.borrow().clone().unwrap_or_default();
        let (prefix, confirm, said, list): (_, _, _, Vec<Chip>) = match face {
            DeskFace::Reply => {
                let list = plan.replies.iter().map(|reply| Chip {
                    id: reply.id.as_str().into(),
                    label: reply.name.in_lang(lang).into(),
                });
                let said = plan.reply(&chosen).map_or_else(
                    || words::choose_reply(lang).to_owned(),
                    |reply| words::in_both(&reply.words, &file.complaint.lang, lang),
                );
                ("reply-", words::send(lang), said, list.collect())
            }
            DeskFace::Settle => {
                let said = plan.settlement(&chosen).map_or_else(
                    || words::choose_settlement(lang).to_owned(),
                    |end| words::in_both(&end.name, &file.complaint.lang, lang),
                );
                let list = chips(&plan.settlements, lang).collect();
                ("settlement-", words::settle(lang), said, list)
            }
            DeskFace::HandOver => {
                let people = plan.roles.iter().filter(|one| one.group == Group::People);
                let list = people.map(|role| Chip {
                    id: role.id.as_str().into(),
                    label: role.name.in_lang(lang).into(),
                });
                ("department-", "", String::new(), list.collect())
            }
            DeskFace::Link => ("", "", String::new(), self.links(&file.complaint, lang)),
            DeskFace::Erase => (
                "",
                words::erase_for_good(lang),
                words::what_erasing_does(lang).to_owned(),
                Vec::new(),
            ),
            DeskFace::File => ("", "", String::new(), Vec::new()),
        };
        window.set_question(words::question(lang, question(face)).into());
        window.set_prefix(prefix.into());
        window.set_confirm(confirm.into());
        window.set_words(said.into());
        window.set_chosen(chosen.into());
        self.rows.complaint.chips.set(list);
    }

    /// The open incidents, and the type that fits the complaint, to be started.
    fn links(&self, complaint: &Complaint, lang: &str) -> Vec<Chip> {
        let now = self.services.clock.now();
        let start = self.fitting(complaint.about).map(|kind| Chip {
            id: [START, &kind.id].concat().into(),
            label: words::start(lang, kind.open_name().in_lang(lang)).into(),
        });
        let open = self.services.incidents.open();
        let open = open.iter().map(|one| {
            let name = self.incident_name(one, lang);
            let running = screen::running(lang, now - one.started);
            let label = if complaint.incidents.contains(&one.id) {
                words::to_guide(lang, name)
            } else {
                words::join_to(lang, name, &running)
            };
            Chip {
                id: [LINK, &one.id].concat().into(),
                label: label.into(),
            }
        });
        start.into_iter().chain(open).collect()
    }

    /// The type of incident that a complaint about this is.
    fn fitting(&self, about: About) -> Option<&IncidentType> {
        let id = match about {
            About::Trading => TRADING_DISPUTE,
            About::Service => SERVICE_DISPUTE,
            About::PersonalInformation => DATA_LEAK_DISPUTE,
            About::Equipment | About::Other => UNCLASSIFIED,
        };
        let plan = &self.services.plan;
        plan.incident(id).or_else(|| plan.incident(UNCLASSIFIED))
    }
}

/// What can be done with a complaint, in the order of the buttons.
fn acts(complaint: &Complaint) -> &'static [&'static str] {
    if complaint.erased.is_some() {
        &[]
    } else if complaint.stage == Stage::Closed {
        &["reply", "link", "erase"]
    } else if complaint.accepted.is_none() {
        &["accept", "reply", "hand-over", "link", "settle", "erase"]
    } else {
        &["reply", "hand-over", "link", "settle", "erase"]
    }
}

fn question(face: DeskFace) -> words::Question {
    match face {
        DeskFace::Reply | DeskFace::File => words::Question::Reply,
        DeskFace::HandOver => words::Question::HandOver,
        DeskFace::Link => words::Question::Link,
        DeskFace::Settle => words::Question::Settle,
        DeskFace::Erase => words::Question::Erase,
    }
}
