//! One screen as a picture, composed without a display.

mod staff;

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use clap::ValueEnum;
use slint::{ComponentHandle, Rgba8Pixel, SharedPixelBuffer};

use super::{AppError, Branch, failed};
use crate::config::settings::Settings;
use crate::domain::ids::IncidentId;
use crate::domain::incident::Mark;
use crate::domain::lang::Lang;
use crate::domain::undo::REOPEN;
use crate::platform::Canvas;
use crate::service::address;
use crate::service::clock::Clock;
use crate::service::complaints::Complaints;
use crate::service::journal::Journal;
use crate::service::journal_file::{self, JournalFile};
use crate::service::keeper::{Keeper, Outlook};
use crate::service::pages::PagesState;
use crate::service::people::Here;
use crate::service::recorder::Recorder;
use crate::store::Reader;
use crate::threads::tell;
use crate::view::ViewState;
use crate::{AppWindow, EvacuationFace, Face, Screen};

/// The screens that can be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ScreenshotScreen {
    /// The board of incident types.
    Board,
    /// The guide at its current step.
    Guide,
    /// The guide asking why a step was skipped.
    Reasons,
    /// The guide's log, where steps are corrected.
    Log,
    /// The choice of another type.
    Types,
    /// The choice of an outcome.
    Outcomes,
    /// An incident just closed.
    Closed,
    /// What is left to do afterwards.
    After,
    /// Everybody to call.
    Contacts,
    /// The card of one contact.
    Call,
    /// The codes to scan.
    Codes,
    /// The signs of an evacuation.
    Evacuation,
    /// The floor plan during an evacuation, as large as the screen.
    FloorPlan,
    /// What the staff see to during an evacuation.
    Staff,
    /// The head count, and who is missing.
    HeadCount,
    /// The question how the evacuation ended.
    Ending,
    /// What stands on the idle tablet.
    Posted,
    /// The notice to customers of an incident.
    Notice,
    /// The pad for the PIN of the staff area.
    Pin,
    /// The question who is on duty.
    Duty,
    /// The people of the branch, for administrators.
    People,
    /// What happened, the newest first.
    Records,
    /// The incident that stands first there.
    Record,
    /// Statistics of the year.
    Statistics,
    /// The review of the incident that was closed last.
    Review,
    /// What the reviews ask to be done.
    Actions,
    /// The telephone numbers, as the staff keep them right.
    Numbers,
    /// One of them being edited.
    Number,
    /// How it goes with what is done beside the screen.
    Health,
    /// The complaints, for the staff.
    Inbox,
    /// The complaint that stands first among them.
    Complaint,
    /// The card of one of the crew.
    RoleCard,
    /// What the rescuers are handed.
    Handover,
    /// A first-aid card.
    Aid,
    /// The rhythm of a resuscitation.
    Resuscitation,
}

/// What to draw.
#[derive(Clone, Debug)]
pub struct ScreenshotRequest {
    /// The screen.
    pub shown: ScreenshotScreen,
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// The language; none for the kiosk's own.
    pub lang: Option<Lang>,
    /// The type of the incident shown; none for the open one last acted on, and where there is
    /// none, a sudden illness.
    pub incident: Option<String>,
    /// How many of the guide's steps are drawn as done already; of a question the first answer.
    pub done: usize,
    /// For the card of a contact and a number: the role; none for the ambulance, and for security.
    pub contact: Option<String>,
    /// The time on the screen.
    pub at: DateTime<Utc>,
}

/// Draws a screen of the data directory `data`, which is only read. What is drawn for the
/// picture alone is kept in memory and goes with it. Once a process.
///
/// # Errors
/// [`AppError`] if the journal cannot be read or there is no canvas.
pub fn draw(
    motif: &ScreenshotRequest,
    data: &Path,
) -> Result<SharedPixelBuffer<Rgba8Pixel>, AppError> {
    let canvas = Canvas::new()?;
    let window = AppWindow::new().map_err(failed)?;
    let now = motif.at;
    let live = Reader::open(data)?.live(now - REOPEN.length())?;
    let (heard, notices) = std::sync::mpsc::channel();
    let journal = Journal::in_memory(Arc::new(move |notice| tell(&heard, notice)))?;
    let recorder = Recorder::with_clock(journal, Clock::new(move || now));
    let complaints = Complaints::open(data, Arc::clone(&recorder)).ok();
    let mut services = Branch::load_readonly(data).services(recorder, live);
    services.data = Some(data.to_owned());
    services.people = Here::of(data);
    services.broken = journal_file::broken(data);
    services.journal_file = JournalFile::of(data).after(journal_file::lost(data).as_ref());
    // The codes of the settings' address; without one, those of the kiosk that runs beside this.
    let named = services.settings().web.public_url.clone();
    services.pages.set(PagesState {
        base: named.or_else(|| address::served(data)),
        trouble: None,
    });
    services.keeping.tell(outlook(
        complaints.as_ref(),
        data,
        &services.settings(),
        now,
    ));
    services.keep_complaints(complaints, None, Arc::new(|| ()));
    window.show().map_err(failed)?;
    canvas.resize(motif.size.0, motif.size.1);
    let screens = crate::view::bind(window, services, notices);
    if let Some(lang) = &motif.lang {
        screens.state().choose_lang(lang);
    }
    screens.services().desk.wait();
    pose(screens.state(), motif);
    screens.services().recorder.journal().flush()?;
    screens.services().desk.wait();
    screens.process_notices();
    screens.draw();
    screens.end_turn();
    Ok(canvas.paint())
}

/// What the staff are told of erasing by itself. Where there are no complaints yet, only whether
/// anything ever will be.
fn outlook(
    complaints: Option<&Arc<Complaints>>,
    data: &Path,
    settings: &Settings,
    now: DateTime<Utc>,
) -> Outlook {
    let years = settings.complaint.retention_years;
    let keeper = complaints.map(|one| Keeper::new(Arc::clone(one), data, years));
    let foreseen = keeper.and_then(|keeper| keeper.foresee(now).ok());
    foreseen.unwrap_or(Outlook {
        unset: years.is_none(),
        ..Outlook::default()
    })
}

/// Brings the screens to what is asked for, with the same acts as a finger's.
fn pose(state: &ViewState, motif: &ScreenshotRequest) {
    match motif.shown {
        ScreenshotScreen::Numbers
        | ScreenshotScreen::Number
        | ScreenshotScreen::Health
        | ScreenshotScreen::People
        | ScreenshotScreen::Records
        | ScreenshotScreen::Record
        | ScreenshotScreen::Statistics
        | ScreenshotScreen::Review
        | ScreenshotScreen::Actions => staff::pose(state, motif),
        ScreenshotScreen::Evacuation
        | ScreenshotScreen::FloorPlan
        | ScreenshotScreen::Staff
        | ScreenshotScreen::HeadCount
        | ScreenshotScreen::Ending => pose_evacuation(state, motif),
        _ if motif.incident.is_none() && pose_alone(state, motif) => {}
        _ => pose_guide(state, motif),
    }
}

/// The screens that need no incident; says whether it is one.
fn pose_alone(state: &ViewState, motif: &ScreenshotRequest) -> bool {
    let screen = match motif.shown {
        ScreenshotScreen::Board => Screen::Board,
        ScreenshotScreen::After => Screen::After,
        ScreenshotScreen::Contacts | ScreenshotScreen::Call => Screen::Contacts,
        ScreenshotScreen::Codes => Screen::Codes,
        ScreenshotScreen::Posted => Screen::Posted,
        ScreenshotScreen::Duty => Screen::Duty,
        ScreenshotScreen::Pin => Screen::Pin,
        ScreenshotScreen::Inbox | ScreenshotScreen::Complaint => {
            state.unlock_to_look();
            Screen::Inbox
        }
        _ => return false,
    };
    state.show(screen);
    match motif.shown {
        ScreenshotScreen::Call => show_call(state, motif),
        ScreenshotScreen::Complaint => open_first(state),
        _ => {}
    }
    true
}

fn pose_evacuation(state: &ViewState, motif: &ScreenshotRequest) {
    if let Some(id) = &motif.incident {
        state.services().incidents.tap(id);
    }
    state.evacuate();
    state.show_evacuation(match motif.shown {
        ScreenshotScreen::FloorPlan => EvacuationFace::Plan,
        ScreenshotScreen::Staff => EvacuationFace::Staff,
        ScreenshotScreen::HeadCount => EvacuationFace::Count,
        ScreenshotScreen::Ending => EvacuationFace::Ending,
        _ => EvacuationFace::Signs,
    });
}

/// Gives the first answer where the step to do now asks; says whether it does.
fn answer_first(state: &ViewState, id: &IncidentId) -> bool {
    let incidents = &state.services().incidents;
    let (Some(step), answers) = (incidents.current_step(id), incidents.answers(id)) else {
        return false;
    };
    let first = answers.first();
    first.is_some_and(|answer| incidents.answer(id, &step, &answer.id))
}

/// The guide of an incident, and what is asked for from there.
fn pose_guide(state: &ViewState, motif: &ScreenshotRequest) {
    let incidents = &state.services().incidents;
    let existing = incidents.latest_open().filter(|_| motif.incident.is_none());
    let asked = motif.incident.as_deref().unwrap_or("sudden-illness");
    let Some(id) = existing.or_else(|| incidents.start(asked)) else {
        return;
    };
    for _ in 0..motif.done {
        if !answer_first(state, &id) {
            incidents.mark_current(&id, Mark::Done);
        }
    }
    state.show_guide(&id);
    match motif.shown {
        ScreenshotScreen::Board => state.show(Screen::Board),
        ScreenshotScreen::Contacts => state.visit(Screen::Contacts),
        ScreenshotScreen::Codes => state.visit(Screen::Codes),
        ScreenshotScreen::RoleCard => state.visit(Screen::RoleCards),
        ScreenshotScreen::Handover => state.show_handover(),
        ScreenshotScreen::Posted => state.show(Screen::Posted),
        ScreenshotScreen::Notice => state.show_public_notice(),
        ScreenshotScreen::Call => show_call(state, motif),
        ScreenshotScreen::Inbox | ScreenshotScreen::Complaint => {
            state.unlock_to_look();
            state.show(Screen::Inbox);
        }
        ScreenshotScreen::Pin => state.show(Screen::Pin),
        ScreenshotScreen::Duty => state.show(Screen::Duty),
        ScreenshotScreen::Reasons => {
            // Nobody is asked why a question was left out.
            answer_first(state, &id);
            state.mark_current(&id, Mark::Skipped);
        }
        ScreenshotScreen::Log => state.show_face(Face::Log),
        ScreenshotScreen::Types => state.show_face(Face::Types),
        ScreenshotScreen::Outcomes => state.show_face(Face::Outcomes),
        ScreenshotScreen::Closed | ScreenshotScreen::After => {
            if let Some(outcome) = state
                .services()
                .plan()
                .outcomes
                .first()
                .map(|one| &one.choice)
            {
                incidents.close(&id, &outcome.id);
            }
            state.show_guide(&id);
            if motif.shown == ScreenshotScreen::After {
                state.show(Screen::After);
            }
        }
        ScreenshotScreen::Aid => {
            let first = incidents.aids(&id).into_iter().next();
            state.show_aid(first.as_deref().unwrap_or("bleeding"));
        }
        ScreenshotScreen::Resuscitation => state.resuscitate(),
        ScreenshotScreen::Guide
        | ScreenshotScreen::Evacuation
        | ScreenshotScreen::FloorPlan
        | ScreenshotScreen::Staff
        | ScreenshotScreen::HeadCount
        | ScreenshotScreen::Ending
        | ScreenshotScreen::Numbers
        | ScreenshotScreen::Number
        | ScreenshotScreen::Health
        | ScreenshotScreen::People
        | ScreenshotScreen::Records
        | ScreenshotScreen::Record
        | ScreenshotScreen::Statistics
        | ScreenshotScreen::Review
        | ScreenshotScreen::Actions => {}
    }
}

fn show_call(state: &ViewState, motif: &ScreenshotRequest) {
    state.show_card(motif.contact.as_deref().unwrap_or("ambulance"));
}

/// Opens the complaint that stands first in the list, if there is any.
fn open_first(state: &ViewState) {
    let desk = &state.services().desk;
    let first = desk.matters().first().map(|one| one.complaint.id.clone());
    match first {
        Some(id) => state.open_complaint(&id),
        None => state.show(Screen::Complaint),
    }
}
