//! What remains after incidents were closed.

use std::rc::Rc;

use chrono::{DateTime, Duration, Utc};
use slint::{ComponentHandle, SharedString};

use super::board::urgency_level;
use super::guide::{chips, parse_step, step_name};
use super::{Screens, rows};
use crate::domain::guide::Deadline;
use crate::domain::incident::{Mark, Status};
use crate::i18n::screen as words;
use crate::{After, Chip, ClosedRow, FollowUpRow};

/// The models of what remains.
#[derive(Default)]
pub(super) struct Rows {
    follow_ups: rows::Rows<FollowUpRow>,
    closed: rows::Rows<ClosedRow>,
    reasons: rows::Rows<Chip>,
}

impl Screens {
    pub(super) fn bind_after(self: &Rc<Self>) {
        let after = self.window.global::<After<'_>>();
        after.set_follow_ups(self.rows.after.follow_ups.model());
        after.set_closed(self.rows.after.closed.model());
        after.set_waive_reasons(self.rows.after.reasons.model());

        let me = Rc::downgrade(self);
        after.on_done(move |id, step| {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.settle(&id, &step, Mark::Done, None));
            }
        });
        let me = Rc::downgrade(self);
        after.on_waive(move |id, step, reason| {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.settle(&id, &step, Mark::Waived, Some(&reason)));
            }
        });
        let me = Rc::downgrade(self);
        after.on_open(move |id| {
            if let Some(me) = me.upgrade() {
                me.acted(|me| me.show_guide(&id));
            }
        });
    }

    fn settle(&self, id: &str, step: &SharedString, mark: Mark, reason: Option<&str>) {
        if let Some(step) = parse_step(step) {
            self.services.incidents.mark(id, &step, mark, reason);
        }
        self.window.global::<After<'_>>().set_waiving(-1);
    }

    pub(super) fn draw_after(&self) {
        let (lang, now) = (self.lang(), self.services.clock.now());
        let zone = self.services.settings().branch.time_zone;
        let closed = self.services.incidents.closed();
        let mut left: Vec<(DateTime<Utc>, FollowUpRow)> = Vec::new();
        for one in &closed {
            left.extend(one.follow_ups.iter().map(|follow_up| {
                let row = FollowUpRow {
                    incident: one.id.as_str().into(),
                    step: step_name(&follow_up.step).into(),
                    command: follow_up.command.in_lang(&lang).into(),
                    of: self.incident_name(one, &lang).into(),
                    due: words::due(&lang, follow_up.due, now, zone).into(),
                    urgency: urgency_level(Deadline::at(one.started, follow_up.due, now).urgency),
                };
                (follow_up.due, row)
            }));
        }
        left.sort_by_key(|(due, _)| *due);
        self.rows
            .after
            .follow_ups
            .set(left.into_iter().map(|(_, row)| row));
        self.rows
            .after
            .closed
            .set(closed.iter().filter(|one| one.may_reopen(now)).map(|one| {
                let (at, outcome) = match &one.status {
                    Status::Closed { at, words, .. } => (*at, words.in_lang(&lang)),
                    Status::Open | Status::Undone => (one.started, ""),
                };
                ClosedRow {
                    incident: one.id.as_str().into(),
                    name: self.incident_name(one, &lang).into(),
                    when: words::closed_when(&lang, &words::moment(&lang, at, now, zone), outcome)
                        .into(),
                }
            }));
        self.rows
            .after
            .reasons
            .set(chips(&self.services.plan().waive_reasons, &lang));
    }

    /// When this screen next changes by itself, apart from the wall clock.
    pub(super) fn after_changes(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        let closed = self.services.incidents.closed();
        let counting = closed.iter().flat_map(|one| &one.follow_ups).any(|left| {
            let rest = left.due - now;
            rest > Duration::zero() && rest <= Duration::hours(1)
        });
        now + if counting {
            Duration::seconds(1)
        } else {
            Duration::hours(1)
        }
    }
}
