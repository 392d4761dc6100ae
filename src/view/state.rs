//! What the screens know beside the services, without a window: where one is, the language, what
//! was begun on each of them.

use std::cell::{Cell, RefCell};
use std::path::Path;

use chrono::{DateTime, NaiveDate, Utc};

use super::codes::Pictures;
use super::navigator::{self, Navigator};
use super::shell::start;
use super::{aid, call, crew, evacuation, guide, handover, phone, sounds, staff};
use crate::config::settings::Settings;
use crate::domain::ids::IncidentId;
use crate::domain::lang::Lang;
use crate::service::Services;
use crate::service::language::{self, Keeper};
use crate::{EvacuationFace, Face, Screen};

/// The screens as they stand, and everything that a touch does to them. What is drawn is a
/// function of this, made by each screen's presenter.
pub struct ViewState {
    pub(super) services: Services,
    pub(super) navigator: Navigator,
    lang: RefCell<Lang>,
    keeper: Keeper,
    pub(super) guide: guide::State,
    pub(super) calls: call::State,
    pub(super) evacuation: evacuation::State,
    pub(super) crew: crew::State,
    pub(super) handover: handover::State,
    pub(super) aid: aid::State,
    pub(super) phone: phone::State,
    pub(super) sounds: sounds::State,
    pub(super) pin: staff::PinState,
    pub(super) records: staff::RecordsState,
    pub(super) statistics: staff::StatisticsState,
    pub(super) review: staff::ReviewState,
    pub(super) actions: staff::ActionsState,
    pub(super) numbers: staff::NumbersState,
    pub(super) complaint: staff::ComplaintState,
    pub(super) pictures: Pictures,
    /// What was begun on the glass and not finished, such as the question whether to end an
    /// evacuation, is to be dropped with the next drawing.
    dropped: Cell<bool>,
    /// What is under the finger has become something else of itself.
    pub(super) replaced: Cell<bool>,
}

impl ViewState {
    /// At the start screen. A second display (`display_only`) never acts on anything.
    pub fn new(services: Services, display_only: bool) -> Self {
        let keeps = services.data.clone().filter(|_| !display_only);
        let lang = first_lang(&services, keeps.as_deref());
        let at = start(&services.settings().screen, display_only);
        Self {
            services,
            navigator: Navigator::new(at, display_only),
            lang: RefCell::new(lang),
            keeper: Keeper::new(keeps),
            guide: guide::State::default(),
            calls: call::State::default(),
            evacuation: evacuation::State::default(),
            crew: crew::State::default(),
            handover: handover::State::default(),
            aid: aid::State::default(),
            phone: phone::State::default(),
            sounds: sounds::State::default(),
            pin: staff::PinState::default(),
            records: staff::RecordsState::default(),
            statistics: staff::StatisticsState::default(),
            review: staff::ReviewState::default(),
            actions: staff::ActionsState::default(),
            numbers: staff::NumbersState::default(),
            complaint: staff::ComplaintState::default(),
            pictures: Pictures::default(),
            dropped: Cell::default(),
            replaced: Cell::default(),
        }
    }

    /// What the screens work with.
    pub fn services(&self) -> &Services {
        &self.services
    }

    /// Where one is.
    pub fn navigator(&self) -> &Navigator {
        &self.navigator
    }

    /// The language that is shown.
    pub fn lang(&self) -> Lang {
        self.lang.borrow().clone()
    }

    /// Speaks `lang` from now on.
    pub fn choose_lang(&self, lang: &Lang) {
        self.lang.replace(lang.clone());
    }

    /// The same, and at the next start as well: the kiosk's own choice, not a picture's.
    pub(super) fn keep_lang(&self, lang: &Lang) {
        self.keeper.keep(lang);
        self.choose_lang(lang);
    }

    /// The branch's first language, and its second where it has one.
    pub(super) fn two_languages(&self) -> (Lang, Option<Lang>) {
        let settings = self.services.settings();
        let languages = &settings.screen.languages;
        let first = languages.first().cloned().unwrap_or_else(|| self.lang());
        (first, languages.get(1).cloned())
    }

    /// The moment.
    pub(super) fn now(&self) -> DateTime<Utc> {
        self.services.clock.now()
    }

    /// The day on the branch's wall.
    pub(super) fn today(&self, settings: &Settings) -> NaiveDate {
        let now = self.now();
        now.with_timezone(&settings.branch.time_zone).date_naive()
    }

    /// Shows another screen from now on.
    pub fn show(&self, screen: Screen) {
        if screen != Screen::Complaint {
            self.put_file_away();
        }
        self.pin.forget_typed();
        // A code is for whoever stands before it.
        if !matches!(screen, Screen::PhoneLink | Screen::Phones) {
            self.forget_link();
        }
        // Who leaves the staff area, for a guide, a call or the board, may be followed by anybody.
        if !navigator::is_staff(screen) {
            self.lock();
        }
        self.navigator.go(screen, self.is_unlocked());
        self.close_card();
        self.drop_begun();
    }

    /// Shows a screen that is visited and left again.
    pub fn visit(&self, screen: Screen) {
        self.navigator.remember();
        self.show(screen);
    }

    /// Back to where a visit began.
    pub(super) fn go_back(&self) {
        match self.navigator.before() {
            Screen::Guide => match self.guide.shown() {
                Some(id) if self.services.incidents.get(&id).is_some() => self.show_guide(&id),
                _ => self.show(Screen::Board),
            },
            Screen::Evacuation if self.services.incidents.evacuating().is_none() => {
                self.show(Screen::Board);
            }
            Screen::Complaint => self.return_to_complaint(),
            // Past the PIN again: others may have stood here meanwhile.
            before if navigator::is_staff(before) => self.ask_for_staff_area(),
            before => self.show(before),
        }
    }

    /// Shows the incident's guide from now on.
    pub fn show_guide(&self, id: &IncidentId) {
        let incident = self.services.incidents.get(id);
        let face = match incident {
            Some(one) if !one.is_open() => Face::Closed,
            _ => Face::Steps,
        };
        self.guide.open(id, face);
        self.show(Screen::Guide);
    }

    /// Shows the evacuation that runs, or else the resuscitation, or else the guide of the open incident that was shown or
    /// acted on last; says whether there is any.
    pub(super) fn take_up(&self) -> bool {
        let incidents = &self.services.incidents;
        if incidents.evacuating().is_some() {
            self.show_evacuation(EvacuationFace::Signs);
            return true;
        }
        let pressing = incidents.resuscitating().map(|one| one.id.clone());
        if let Some(id) = pressing {
            self.show_resuscitation(&id);
            return true;
        }
        let is_open = |id: &IncidentId| incidents.get(id).is_some_and(|one| one.is_open());
        let shown = self.guide.shown().filter(is_open);
        let back = shown.or_else(|| incidents.latest_open());
        if let Some(id) = &back {
            self.show_guide(id);
        }
        back.is_some()
    }

    /// Back to what goes on, or else to the board.
    pub(super) fn back_to_work(&self) {
        if !self.take_up() {
            self.show(Screen::Board);
        }
    }

    /// Drops what was begun on the glass and not finished.
    pub(super) fn drop_begun(&self) {
        self.dropped.set(true);
    }

    /// Whether something is to be dropped since this was asked last.
    pub(super) fn take_dropped(&self) -> bool {
        self.dropped.take()
    }
}

/// The language to begin with: the one that was asked for, or that was chosen when the program last
/// stopped in the midst of its work, if the branch has it; or else the branch's first.
fn first_lang(services: &Services, data: Option<&Path>) -> Lang {
    let settings = services.settings();
    let languages = &settings.screen.languages;
    (services.asked_lang.clone())
        .or_else(|| data.and_then(language::kept))
        .filter(|lang| languages.contains(lang))
        .or_else(|| languages.first().cloned())
        .unwrap_or_default()
}
