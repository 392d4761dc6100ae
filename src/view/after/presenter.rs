//! What the list of what remains shows.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::domain::guide::Deadline;
use crate::domain::incident::{Incident, Status};
use crate::domain::lang::Lang;
use crate::i18n::screen;
use crate::view::{ViewState, words};
use crate::{Chip, ClosedRow, FollowUpRow};

/// What remains after incidents were closed.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// What is still to be done, by the time by which it is.
    pub follow_ups: Vec<FollowUpRow>,
    /// The incidents that can still be opened again.
    pub closed: Vec<ClosedRow>,
    /// Why a follow-up may be let go.
    pub reasons: Vec<Chip>,
}

/// What remains just now.
pub fn present(state: &ViewState) -> Model {
    let (lang, now) = (state.lang(), state.now());
    let zone = state.services().settings().branch.time_zone;
    let closed = state.services().incidents.closed();
    let mut left: Vec<(DateTime<Utc>, FollowUpRow)> = Vec::new();
    for one in &closed {
        let name = words::incident_name(state, one, &lang);
        left.extend(one.follow_ups.iter().map(|follow_up| {
            let deadline = Deadline::at(one.started, follow_up.due, now);
            let row = FollowUpRow {
                incident: one.id.as_str().into(),
                step: words::step_key(&follow_up.step),
                command: follow_up.command.in_lang(&lang).into(),
                of: name.as_str().into(),
                due: screen::due(&lang, follow_up.due, now, zone).into(),
                urgency: words::urgency(deadline.urgency),
            };
            (follow_up.due, row)
        }));
    }
    left.sort_by_key(|(due, _)| *due);
    let may_reopen = closed.iter().filter(|one| one.may_reopen(now));
    Model {
        follow_ups: left.into_iter().map(|(_, row)| row).collect(),
        closed: may_reopen
            .map(|one| closed_row(state, one, &lang, now, zone))
            .collect(),
        reasons: words::chips(&state.services().plan().waive_reasons, &lang),
    }
}

fn closed_row(
    state: &ViewState,
    one: &Incident,
    lang: &Lang,
    now: DateTime<Utc>,
    zone: Tz,
) -> ClosedRow {
    let (at, outcome) = match &one.status {
        Status::Closed { at, words, .. } => (*at, words.in_lang(lang)),
        Status::Open | Status::Undone => (one.started, ""),
    };
    let when = screen::moment(lang, at, now, zone);
    ClosedRow {
        incident: one.id.as_str().into(),
        name: words::incident_name(state, one, lang).into(),
        when: screen::closed_when(lang, &when, outcome).into(),
    }
}
