//! The staff change telephone numbers: one is confirmed, corrected, added or removed.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use chrono::NaiveDate;
use slint::ComponentHandle;

use super::Screens;
use super::number_list::GROUPS;
use crate::domain::phone::{self, Here, Kind, Reading, Unfit, Unreadable};
use crate::domain::staff::StaffEvent;
use crate::service::staff::{Change, Edit, Edited, Outcome};
use crate::settings::edit::EditError;
use crate::settings::{From, Settings};
use crate::{Numbers, Screen};

/// What the screen shows beside the settings.
#[derive(Default)]
pub(super) struct State {
    pub(super) group: Cell<usize>,
    pub(super) editor: RefCell<Option<Editor>>,
    pub(super) said: RefCell<Option<Said>>,
}

/// A number being edited.
pub(super) struct Editor {
    pub(super) role: String,
    /// Behind the last number seen: one is being added.
    pub(super) place: usize,
    /// The role's numbers as they were when it was opened.
    seen: Vec<String>,
    pub(super) typed: String,
    /// It was asked to remove the number, and has asked back.
    pub(super) removing: bool,
    /// What was typed is read back before it is saved.
    pub(super) reviewing: bool,
}

/// What became of the last change.
pub(super) enum Said {
    Done(Change),
    Meanwhile(String),
    Refused(EditError),
    NoThread(String),
    /// What is typed reaches nobody.
    Unfit(String, Unfit),
    /// The role, and what was typed for it and not saved.
    Dropped(String, String),
}

impl Screens {
    pub(super) fn bind_numbers(self: &Rc<Self>) {
        let numbers = self.window.global::<Numbers<'_>>();
        numbers.set_rows(self.rows.numbers.rows.model());
        numbers.set_groups(self.rows.numbers.groups.model());

        let me = Rc::downgrade(self);
        numbers.on_show(move || {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.show_numbers());
            }
        });
        let me = Rc::downgrade(self);
        numbers.on_choose(move |group| {
            if let Some(me) = me.upgrade() {
                let group = usize::try_from(group).unwrap_or(0).min(GROUPS.len() - 1);
                me.acted(|me| {
                    me.numbers.said.take();
                    me.numbers.group.set(group);
                });
            }
        });
        let me = Rc::downgrade(self);
        numbers.on_open(move |role, place| {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.edit_number(&role, usize::try_from(place).ok()));
            }
        });
        let me = Rc::downgrade(self);
        numbers.on_left(move || {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.leave_numbers());
            }
        });
        let me = Rc::downgrade(self);
        numbers.on_key(move |sign| {
            if let Some(me) = me.upgrade() {
                me.acted_in_place(|me| me.type_sign(&sign));
            }
        });
        let me = Rc::downgrade(self);
        numbers.on_confirm(move || {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.confirm_number());
            }
        });
        let me = Rc::downgrade(self);
        numbers.on_save(move || {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.save_number());
            }
        });
        let me = Rc::downgrade(self);
        numbers.on_review(move |on| {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.review_number(on));
            }
        });
        let me = Rc::downgrade(self);
        numbers.on_remove(move || {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.remove_number());
            }
        });
    }

    /// Shows the list of the numbers.
    pub fn show_numbers(&self) {
        self.forget_numbers();
        self.show(Screen::Numbers);
    }

    /// Opens the editor of a number; without a place, to add one to the role's.
    pub fn edit_number(&self, role: &str, place: Option<usize>) {
        let settings = self.services.settings();
        let seen: Vec<String> = self.seen(&settings, role);
        let editor = Editor {
            role: role.to_owned(),
            place: place.unwrap_or(seen.len()).min(seen.len()),
            seen,
            typed: String::new(),
            removing: false,
            reviewing: false,
        };
        let before = self.numbers.editor.replace(Some(editor));
        self.say_dropped(before.as_ref());
    }

    /// Nobody is at work on the numbers any more.
    pub(super) fn forget_numbers(&self) {
        self.numbers.group.set(0);
        self.numbers.editor.take();
        self.numbers.said.take();
    }

    /// From the editor back to the list, and from there out.
    fn leave_numbers(self: &Rc<Self>) {
        self.numbers.said.take();
        let left = self.numbers.editor.take();
        self.say_dropped(left.as_ref());
        if left.is_none() {
            self.show_inbox();
        }
    }

    fn seen(&self, settings: &Settings, role: &str) -> Vec<String> {
        let plan = self.services.plan();
        let numbers = settings.numbers(role, &plan);
        numbers.into_iter().map(str::to_owned).collect()
    }

    /// A key of the editor's pad; an empty one takes the last sign back.
    fn type_sign(&self, sign: &str) {
        let mut editor = self.numbers.editor.borrow_mut();
        let Some(editor) = editor.as_mut() else {
            return;
        };
        self.numbers.said.take();
        editor.removing = false;
        editor.reviewing = false;
        if sign.is_empty() {
            editor.typed.pop();
            return;
        }
        let typed = [editor.typed.as_str(), sign].concat();
        if phone::is_beginning(&typed) {
            editor.typed = typed;
        }
    }

    /// Confirms the number that is in sight: a typed one is read back first.
    fn confirm_number(&self) {
        let editor = self.numbers.editor.borrow();
        let is_typed = editor.as_ref().is_some_and(|one| !one.typed.is_empty());
        drop(editor);
        if is_typed {
            self.review_number(true);
        } else {
            self.write_number(Edit::Confirm);
        }
    }

    /// Reads back what was typed, or says why nobody is reached at it; or goes on typing.
    fn review_number(&self, on: bool) {
        let settings = self.services.settings();
        let mut editor = self.numbers.editor.borrow_mut();
        let Some(editor) = editor.as_mut() else {
            return;
        };
        editor.removing = false;
        let unfit = editor.read(settings.here()).err();
        editor.reviewing = on && unfit.is_none();
        let said = unfit.map(|why| Said::Unfit(editor.typed.clone(), why));
        self.numbers.said.replace(said);
    }

    /// Says that what was typed and not saved is gone.
    fn say_dropped(&self, editor: Option<&Editor>) {
        self.numbers.said.replace(
            editor
                .filter(|one| !one.typed.is_empty())
                .map(|one| Said::Dropped(one.role.clone(), one.typed.clone())),
        );
    }

    /// Saves what was read back.
    fn save_number(&self) {
        let editor = self.numbers.editor.borrow();
        let reviewed = editor.as_ref().filter(|one| one.reviewing);
        let number = reviewed.map(|one| one.typed.clone());
        drop(editor);
        if let Some(number) = number {
            self.write_number(Edit::Set(number));
        }
    }

    fn remove_number(&self) {
        let sure = {
            let mut editor = self.numbers.editor.borrow_mut();
            let Some(editor) = editor.as_mut() else {
                return;
            };
            std::mem::replace(&mut editor.removing, true)
        };
        if sure {
            self.write_number(Edit::Remove);
        }
    }

    fn write_number(&self, edit: Edit) {
        let editor = self.numbers.editor.borrow();
        let (Some(editor), Some(data)) = (editor.as_ref(), &self.services.data) else {
            return;
        };
        self.numbers.said.take();
        let change = Change {
            role: editor.role.clone(),
            place: editor.place,
            seen: editor.seen.clone(),
            edit,
            day: self.today(&self.services.settings()),
        };
        let plan = (*self.services.plan()).clone();
        self.services.staff.edit(data, plan, change);
    }

    /// Takes in what became of a change: all that the tablet shows follows.
    pub(super) fn edited(self: &Rc<Self>, edited: Edited) {
        let Edited {
            change,
            outcome,
            loaded,
        } = edited;
        // A file that is gone or unreadable just now takes no number off the screen.
        if !matches!(loaded.from, From::BuiltIn | From::Partly) {
            self.services.in_force.take_settings(loaded);
            self.retranslate();
        }
        let said = match outcome {
            Outcome::Done => {
                // The journal counts a role's numbers from 1.
                let place = u32::try_from(change.place + 1).unwrap_or(u32::MAX);
                let role = change.role.clone();
                self.services.staff_did(match change.edit {
                    Edit::Confirm => StaffEvent::NumberConfirmed { role, place },
                    Edit::Set(_) | Edit::Remove => StaffEvent::NumberChanged { role, place },
                });
                Said::Done(change)
            }
            Outcome::Meanwhile => Said::Meanwhile(change.role),
            Outcome::Refused(error) => Said::Refused(error),
        };
        if !self.is_unlocked() {
            return;
        }
        if !matches!(said, Said::Refused(_)) {
            self.numbers.editor.take();
        } else if let Some(editor) = self.numbers.editor.borrow_mut().as_mut() {
            editor.reviewing = false;
        }
        self.numbers.said.replace(Some(said));
    }

    /// The system had no thread for it.
    pub(super) fn cannot_edit(&self, detail: String) {
        self.numbers.said.replace(Some(Said::NoThread(detail)));
    }

    pub(super) fn today(&self, settings: &Settings) -> NaiveDate {
        let now = self.services.clock.now();
        now.with_timezone(&settings.branch.time_zone).date_naive()
    }
}

impl Editor {
    /// What was typed, once somebody is reached at it from `here`.
    pub(super) fn read(&self, here: Here<'_>) -> Result<(Reading, Kind), Unfit> {
        if self.typed.ends_with('-') {
            return Err(Unfit::Unreadable(Unreadable::TooShort));
        }
        phone::identify(&self.typed, here)
    }
}
