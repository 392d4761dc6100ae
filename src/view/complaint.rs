//! One complaint: opening it, and what the staff do with it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use slint::ComponentHandle;

use super::{Screens, rows};
use crate::domain::complaint::{ComplaintEvent, Erasure, Until, Why};
use crate::domain::incident::Reason;
use crate::i18n::holding;
use crate::service::complaints::ComplaintFile;
use crate::{CaseFile, Chip, DeskFace, FileLine, Guide, Screen};

/// What stands before the id of an incident type to start.
pub(super) const START: &str = "start-";
/// What stands before the id of an open incident.
pub(super) const LINK: &str = "link-";

/// Which complaint is shown, and how.
#[derive(Default)]
pub(super) struct State {
    /// The complaint for whose sake somebody wishes to enter the staff area.
    pub(super) wanted: RefCell<Option<String>>,
    /// The one shown last.
    shown: RefCell<Option<String>>,
    pub(super) face: Cell<DeskFace>,
    /// The chip picked for a second look.
    pub(super) chosen: RefCell<Option<String>>,
    /// The working days by which promised days are to be moved.
    pub(super) extension: Cell<u32>,
}

/// The models of a complaint's screen.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) lines: rows::Rows<FileLine>,
    pub(super) acts: rows::Rows<Chip>,
    pub(super) chips: rows::Rows<Chip>,
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
                    DeskFace::File => me.back_to_list(),
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
            "extend" => self.turn_file(DeskFace::Extend),
            "hold" => self.turn_file(DeskFace::Hold),
            "release" => self.turn_file(DeskFace::Release),
            "put-back" => self.handle(ComplaintEvent::PutBack {}),
            "erase" => self.turn_file(DeskFace::Erase),
            _ => {}
        }
    }

    fn pick(&self, id: &str) {
        let plan = &self.services.plan();
        match self.complaint.face.get() {
            DeskFace::Extend => {
                if let Ok(days) = id.parse() {
                    self.complaint.extension.set(days);
                    self.turn_file(DeskFace::ExtendWhy);
                }
            }
            DeskFace::Reply
            | DeskFace::Settle
            | DeskFace::ExtendWhy
            | DeskFace::Hold
            | DeskFace::Release => {
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
        let plan = &self.services.plan();
        let chosen = self.complaint.chosen.borrow().clone();
        let chosen = chosen.as_deref();
        match self.complaint.face.get() {
            DeskFace::Reply => {
                if let Some(reply) = chosen.and_then(|id| plan.reply(id)) {
                    self.handle(ComplaintEvent::Replied {
                        reply: reply.id.clone(),
                        words: reply.words.clone(),
                        interim: reply.interim,
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
            DeskFace::ExtendWhy => self.extend(chosen.unwrap_or_default()),
            DeskFace::Hold => {
                if let Some(reason) = self.reason(&Why::HOLD, chosen) {
                    self.handle(ComplaintEvent::Held { reason });
                }
            }
            DeskFace::Release => {
                if let Some(reason) = self.reason(&Why::RELEASE, chosen) {
                    self.handle(ComplaintEvent::Released { reason });
                }
            }
            DeskFace::Erase => {
                // What must be kept is kept, whatever led here.
                let held = self.services.desk.file();
                let held = held.is_some_and(|file| file.complaint.held.is_some());
                if !held {
                    let why = Erasure::Request;
                    self.handle(ComplaintEvent::Erased { why });
                }
            }
            DeskFace::File | DeskFace::HandOver | DeskFace::Link | DeskFace::Extend => {}
        }
    }

    fn reason(&self, reasons: &[Why], chosen: Option<&str>) -> Option<Reason> {
        let why = reasons.iter().find(|why| Some(why.id()) == chosen)?;
        Some(holding::reason(*why, &self.services.plan().languages))
    }

    /// The later days that the chosen number of working days gives, as the settings count them
    /// today.
    pub(super) fn later_days(&self, file: &ComplaintFile) -> (Option<Until>, Option<Until>) {
        let Some(promise) = file.complaint.promise else {
            return (None, None);
        };
        let settings = self.services.settings();
        promise.extended(
            file.complaint.accepted.is_some(),
            self.complaint.extension.get(),
            self.services.clock.now(),
            &settings.complaint.calendar(),
            &settings.branch.time_zone,
        )
    }

    fn extend(&self, why: &str) {
        let days = {
            let file = self.services.desk.file();
            file.map(|file| self.later_days(&file))
        };
        let reason = self.reason(&Why::EXTEND, Some(why));
        if let (Some((accept_by, answer_by)), Some(reason)) = (days, reason)
            && (accept_by.is_some() || answer_by.is_some())
        {
            self.handle(ComplaintEvent::Extended {
                accept_by,
                answer_by,
                reason,
            });
        }
    }
}
