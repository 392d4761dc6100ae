//! One complaint: opening it, and what the staff do with it.

use std::cell::{Cell, RefCell};

use slint::{ComponentHandle, SharedString};

use super::{choice, file};
use crate::domain::complaint::{ComplaintEvent, Erasure, Until, Why};
use crate::domain::ids::{ComplaintId, IncidentId};
use crate::domain::incident::Reason;
use crate::domain::person::Right;
use crate::i18n::holding;
use crate::service::complaints::ComplaintFile;
use crate::view::ViewState;
use crate::view::face::Face;
use crate::view::rows::Rows;
use crate::view::touched::Touched;
use crate::{
    AppWindow, CaseFile, DeskAct, DeskActChip, DeskChip, DeskFace, FileLine, Pick, Screen,
};

/// Which complaint is shown, and how.
#[derive(Default)]
pub(in crate::view) struct State {
    /// The complaint for whose sake somebody wishes to enter the staff area.
    pub(super) wanted: RefCell<Option<ComplaintId>>,
    /// The one shown last.
    pub(super) shown: RefCell<Option<ComplaintId>>,
    pub(super) face: Cell<DeskFace>,
    /// The chip picked for a second look.
    pub(super) chosen: RefCell<Option<String>>,
    /// A superior has agreed to the reply that is chosen.
    pub(super) agreed: Cell<bool>,
    /// The working days by which promised days are to be moved.
    pub(super) extension: Cell<u32>,
}

/// A complaint in the window.
#[derive(Default)]
pub(in crate::view) struct ComplaintFace {
    lines: Rows<FileLine>,
    acts: Rows<DeskActChip>,
    chips: Rows<DeskChip>,
}

impl Face for ComplaintFace {
    fn bind(&self, window: &AppWindow, touched: &Touched) {
        let file = window.global::<CaseFile<'_>>();
        file.set_lines(self.lines.model());
        file.set_acts(self.acts.model());
        file.set_chips(self.chips.model());
        file.on_back(touched.plain(ViewState::leave_file));
        file.on_act(touched.with(ViewState::begin_act));
        file.on_pick(touched.with_two(|state, what, id: SharedString| state.pick(what, &id)));
        file.on_agree(touched.plain(ViewState::agree));
        file.on_carry_out(touched.plain(ViewState::carry_out));
    }

    fn draw(&self, window: &AppWindow, state: &ViewState) {
        let model = file::present(state);
        let file = window.global::<CaseFile<'_>>();
        file.set_face(model.face);
        file.set_title(model.title.into());
        file.set_stage(model.stage.into());
        file.set_due(model.due.into());
        file.set_urgency(model.urgency);
        file.set_beside(model.beside.into());
        self.lines.set(model.lines);
        self.acts.set(model.acts);
        if let Some(choice) = choice::present(state) {
            file.set_question(choice.question.into());
            file.set_confirm(choice.confirm.into());
            file.set_words(choice.words.into());
            file.set_chosen(choice.chosen.into());
            file.set_approval(choice.approval);
            file.set_agreed(state.complaint.agreed.get());
            self.chips.set(choice.chips);
        }
    }

    /// Nothing that a customer wrote is left on the screens.
    fn put_away(&self) {
        self.lines.set([]);
    }
}

impl ViewState {
    /// Keeps in mind for which complaint's sake the staff area is asked for, if for one's.
    pub(in crate::view) fn wish_for(&self, complaint: Option<&ComplaintId>) {
        self.complaint.wanted.replace(complaint.cloned());
    }

    /// Back to the complaint from which something else was visited, past the PIN again.
    pub(in crate::view) fn return_to_complaint(&self) {
        let shown = self.complaint.shown.borrow().clone();
        self.wish_for(shown.as_ref());
        self.enter_staff();
    }

    /// Shows a complaint from now on. The caller has seen to the PIN.
    pub fn open_complaint(&self, id: &ComplaintId) {
        self.show(Screen::Complaint);
        self.complaint.shown.replace(Some(id.clone()));
        self.turn_file(DeskFace::File);
        self.services.desk.open_file(id);
    }

    /// Shows another face of the complaint, with nothing chosen on it.
    pub fn turn_file(&self, face: DeskFace) {
        self.complaint.face.set(face);
        self.complaint.chosen.take();
        self.complaint.agreed.set(false);
    }

    /// Nothing that a customer wrote is at hand any more; the next drawing takes it off the screen.
    pub(in crate::view) fn put_file_away(&self) {
        self.services.desk.put_away();
    }

    /// Records something about the complaint shown, and shows its file again.
    fn handle(&self, event: ComplaintEvent) {
        if !self.allows(Right::of(&event)) {
            return;
        }
        let shown = self.complaint.shown.borrow().clone();
        if let Some(id) = shown {
            let now = self.services.clock.now();
            self.services.desk.handle(&id, event, now);
        }
        self.turn_file(DeskFace::File);
    }

    /// Back from a choice to the file, and from there to the list.
    fn leave_file(&self) {
        match self.complaint.face.get() {
            DeskFace::File => self.back_to_list(),
            _ => self.turn_file(DeskFace::File),
        }
    }

    fn begin_act(&self, act: DeskAct) {
        match act {
            DeskAct::Accept => self.handle(ComplaintEvent::Accepted {}),
            DeskAct::PutBack => self.handle(ComplaintEvent::PutBack {}),
            DeskAct::Reply => self.turn_file(DeskFace::Reply),
            DeskAct::HandOver => self.turn_file(DeskFace::HandOver),
            DeskAct::Link => self.turn_file(DeskFace::Link),
            DeskAct::Settle => self.turn_file(DeskFace::Settle),
            DeskAct::Extend => self.turn_file(DeskFace::Extend),
            DeskAct::Hold if self.allows(Right::Hold) => self.turn_file(DeskFace::Hold),
            DeskAct::Release if self.allows(Right::Hold) => self.turn_file(DeskFace::Release),
            DeskAct::Hold | DeskAct::Release => {}
            DeskAct::Erase => self.turn_file(DeskFace::Erase),
        }
    }

    fn pick(&self, what: Pick, id: &str) {
        match what {
            Pick::Days => {
                if let Ok(days) = id.parse() {
                    self.complaint.extension.set(days);
                    self.turn_file(DeskFace::ExtendWhy);
                }
            }
            Pick::Reply | Pick::Settlement | Pick::Reason => {
                self.complaint.chosen.replace(Some(id.to_owned()));
                // What was agreed to is one reply, not the next.
                self.complaint.agreed.set(false);
            }
            Pick::Department => {
                if let Some(role) = self.services.plan().role(id) {
                    self.handle(ComplaintEvent::HandedOver {
                        role: role.id.clone(),
                        name: role.name.clone(),
                    });
                }
            }
            Pick::Start => self.start_for_complaint(id),
            Pick::Join => self.join(&id.into()),
        }
    }

    /// Starts an incident of this type for the complaint: its guide opens.
    fn start_for_complaint(&self, type_id: &str) {
        if let Some(incident) = self.services.incidents.start(type_id) {
            self.handle(ComplaintEvent::Linked {
                incident: incident.clone(),
            });
            self.show_guide(&incident);
        }
    }

    /// Joins the complaint to an open incident; the guide of one to which it belongs already opens.
    fn join(&self, incident: &IncidentId) {
        let linked = self.services.desk.file().is_some_and(|file| {
            let linked = &file.complaint.incidents;
            linked.iter().any(|one| one == incident)
        });
        if linked {
            self.show_guide(incident);
        } else if self.services.incidents.get(incident).is_some() {
            self.handle(ComplaintEvent::Linked {
                incident: incident.clone(),
            });
        }
    }

    /// Notes that a superior has agreed to the reply that is chosen, or takes that back.
    fn agree(&self) {
        if !self.allows(Right::Release) {
            return;
        }
        let agreed = &self.complaint.agreed;
        agreed.set(!agreed.get());
    }

    /// What was chosen and looked at once more.
    fn carry_out(&self) {
        let plan = &self.services.plan();
        let chosen = self.complaint.chosen.borrow().clone();
        let chosen = chosen.as_deref();
        match self.complaint.face.get() {
            DeskFace::Reply => {
                let agreed = self.complaint.agreed.get();
                let reply = chosen.and_then(|id| plan.reply(id));
                if let Some(reply) = reply.filter(|one| agreed || !one.approval) {
                    self.handle(ComplaintEvent::Replied {
                        reply: reply.id.clone(),
                        words: reply.words.clone(),
                        interim: reply.interim,
                        approved: reply.approval,
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
