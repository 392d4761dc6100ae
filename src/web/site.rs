//! What the pages are made from, shared by all connections.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use axum::body::Bytes;
use chrono::{DateTime, Utc};
use maud::{Markup, html};
use tokio::sync::{Notify, watch};

use super::busy::Busy;
use super::code::Codes;
use super::layout::{Page, danger};
use super::poster_press::Posters;
use super::refused::Refused;
use super::request_context::RequestContext;
use super::room::Room;
use super::self_probe::SelfProbe;
use super::situation::Situation;
use super::staff::StaffPages;
use super::throttle::Throttles;
use crate::config::settings::Settings;
use crate::domain::incident::Incident;
use crate::domain::lang::Lang;
use crate::domain::plan::Plan;
use crate::i18n::pages::{self, Common};
use crate::service::complaints::Complaints;
use crate::service::floor_plan_thumbnail::FloorPlanThumbnail;
use crate::service::in_force::InForce;
use crate::service::jobs::Jobs;
use crate::service::phone::Links;

/// Where the picture of the floor plan lies.
pub const PLAN_PATH: &str = "/floor-plan.png";

/// Tells the time on any thread.
pub type Now = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// A cached page: its path, its language, whether that was chosen.
type Key = (&'static str, &'static Lang, bool);

/// The branch's pages.
pub struct Site {
    /// The plan and the settings in force.
    pub in_force: InForce,
    /// What an address may ask.
    pub throttles: Throttles,
    /// Room on the disk.
    pub room: Room,
    /// Who waits for the disk or a slow hash.
    pub busy: Arc<Busy>,
    /// The codes on pages.
    pub codes: Codes,
    /// Posters to print, where something can make them.
    pub posters: Posters,
    /// Whether the codes lead here.
    pub reach: SelfProbe,
    /// Has the tablet look at once whether everything about the pages is as it should be.
    pub look_again: Notify,
    /// The incidents as the tablet's screen has them, what is not on disk yet included; none
    /// where nobody has told, so that the journal has to.
    pub live: watch::Sender<Option<Arc<[Incident]>>>,
    /// Where it is said how the pages' own work goes.
    pub jobs: Jobs,
    /// What was refused, for a diagnosis.
    pub refused: Refused,
    /// Says that something else was put in force.
    pub changed: watch::Sender<()>,
    /// Links to the staff's own phones; none where there is no screen to make any.
    pub links: Option<Arc<Links>>,
    /// What the branch's PCs read; none where there is no screen to pair any.
    pub staff: Option<StaffPages>,
    complaints: RwLock<Option<Arc<Complaints>>>,
    /// The tablet's own address, scheme and port included, as it is reached in the lobby.
    own: RwLock<Option<String>>,
    /// Why the pages are not yet where the settings want them.
    stays: Mutex<Option<String>>,
    now: Now,
    floor_plan: RwLock<Option<Arc<FloorPlanThumbnail>>>,
    standing: Mutex<Cached>,
}

/// A page as it was made.
#[derive(Clone)]
pub struct CachedPage {
    /// Its HTML.
    pub bytes: Bytes,
    /// Whether it says that people are leaving.
    pub is_live: bool,
}

/// What changes.
#[derive(Default)]
struct Cached {
    situation: Situation,
    pages: HashMap<Key, CachedPage>,
    /// How often the pages had to be made anew.
    round: u64,
}

impl Cached {
    /// The pages no longer say what is so.
    fn outdate(&mut self) {
        self.pages.clear();
        self.round += 1;
    }
}

impl Site {
    /// A site of this branch, calm. Complaints may come later.
    pub fn following(
        in_force: InForce,
        complaints: impl Into<Option<Arc<Complaints>>>,
        now: Now,
    ) -> Self {
        let complaints: Option<Arc<Complaints>> = complaints.into();
        if let Some(complaints) = &complaints {
            complaints.follow(&in_force.settings());
        }
        Self {
            in_force,
            throttles: Throttles::default(),
            room: Room::new(Box::new(|| None)),
            busy: Arc::default(),
            codes: Codes::default(),
            posters: Posters::default(),
            reach: SelfProbe::default(),
            look_again: Notify::new(),
            refused: Refused::default(),
            live: watch::Sender::new(None),
            jobs: Jobs::default(),
            changed: watch::Sender::new(()),
            links: None,
            staff: None,
            complaints: RwLock::new(complaints),
            own: RwLock::default(),
            stays: Mutex::default(),
            now,
            floor_plan: RwLock::default(),
            standing: Mutex::default(),
        }
    }

    fn standing(&self) -> MutexGuard<'_, Cached> {
        self.standing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The settings in force.
    pub fn settings(&self) -> Arc<Settings> {
        self.in_force.settings()
    }

    /// The plan in force.
    pub fn plan(&self) -> Arc<Plan> {
        self.in_force.plan()
    }

    /// Goes by what was just put in force.
    pub fn follow(&self) {
        if let Some(complaints) = self.complaints() {
            complaints.follow(&self.settings());
        }
        self.posters.forget();
        self.standing().outdate();
        self.changed.send_replace(());
        // The codes may lead elsewhere from now on.
        self.look_again.notify_one();
    }

    /// Why the pages are served where and as they were, though the settings in force want it
    /// otherwise.
    pub fn stays(&self) -> Option<String> {
        let stays = self.stays.lock();
        stays.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Says that they stay, and why; or that nothing keeps them, as far as is known.
    pub fn set_stays(&self, why: Option<String>) {
        *self.stays.lock().unwrap_or_else(PoisonError::into_inner) = why;
        self.look_again.notify_one();
    }

    /// The complaints; none while no journal can be opened.
    pub fn complaints(&self) -> Option<Arc<Complaints>> {
        let complaints = self.complaints.read();
        complaints.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes complaints in from now on.
    pub fn set_complaints(&self, complaints: Arc<Complaints>) {
        complaints.follow(&self.settings());
        let mut now = self
            .complaints
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        *now = Some(complaints);
        drop(now);
        self.look_again.notify_one();
    }

    /// The address that documents carry: the one of the settings, or the tablet's own. None while
    /// the tablet is in no network. What a visitor calls the tablet never gets there.
    pub fn address(&self) -> Option<String> {
        let public = self.settings().web.public_url.clone();
        let own = || {
            self.own
                .read()
                .unwrap_or_else(PoisonError::into_inner)
                .clone()
        };
        public.or_else(own)
    }

    /// Takes over by which address of its own the tablet is reached.
    pub fn set_own_address(&self, own: Option<String>) {
        *self.own.write().unwrap_or_else(PoisonError::into_inner) = own;
    }

    /// The time.
    pub fn now(&self) -> DateTime<Utc> {
        (self.now)()
    }

    /// Takes over what is happening.
    pub fn set_situation(&self, situation: Situation) {
        let mut standing = self.standing();
        if standing.situation != situation {
            standing.situation = situation;
            standing.outdate();
        }
    }

    /// Whether nothing may say just now where people gather.
    pub fn withholds_place(&self) -> bool {
        self.standing().situation.withholds_place()
    }

    /// The numbers that save lives, as they may be called just now.
    pub fn danger(&self, visit: &RequestContext) -> Markup {
        let off = self.standing().situation.keeps_phones_off();
        danger(visit, off)
    }

    /// Takes over the picture of the floor plan. Where the branch's own was just broken, there is
    /// none to take over, and the last good one stays.
    pub fn set_floor_plan(&self, plan: FloorPlanThumbnail) {
        let mut place = self
            .floor_plan
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        *place = Some(Arc::new(plan));
        drop(place);
        self.standing().outdate();
    }

    /// The picture of the floor plan, once it has been made.
    pub fn floor_plan(&self) -> Option<Arc<FloorPlanThumbnail>> {
        let plan = self.floor_plan.read();
        plan.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The page at `path`, made once as long as nothing changes.
    pub fn cached(
        &self,
        path: &'static str,
        visit: &RequestContext,
        make: impl FnOnce(&Situation) -> Markup,
    ) -> CachedPage {
        let key = (path, visit.lang, visit.chosen);
        let (situation, round) = {
            let standing = self.standing();
            if let Some(made) = standing.pages.get(&key) {
                return made.clone();
            }
            (standing.situation.clone(), standing.round)
        };
        let made = CachedPage {
            bytes: Bytes::from(make(&situation).into_string()),
            is_live: matches!(situation, Situation::Leave(_)),
        };
        let mut standing = self.standing();
        // What was made from what has changed meanwhile is given once and not kept.
        if standing.round == round {
            standing.pages.insert(key, made.clone());
        }
        made
    }

    /// A new one-time token for a form; empty where there is none to give, which the form then
    /// says when it comes back.
    pub fn new_token(&self) -> String {
        let token = self.complaints().and_then(|one| one.form_token(self.now()));
        token.unwrap_or_default()
    }

    /// Hours and minutes on the branch's clock.
    pub fn clock_time(&self, at: DateTime<Utc>) -> String {
        let local = at.with_timezone(&self.settings().branch.time_zone);
        local.format("%H:%M").to_string()
    }

    /// Day and time on the branch's clock.
    pub fn day_and_time(&self, at: DateTime<Utc>) -> String {
        let local = at.with_timezone(&self.settings().branch.time_zone);
        local.format("%Y-%m-%d %H:%M").to_string()
    }

    /// A whole page.
    pub fn wrap(&self, visit: &RequestContext, path: &str, title: &str, content: Markup) -> Markup {
        let page = Page {
            title,
            path,
            content,
        };
        let revised = pages::revised(visit.lang, self.plan().revision);
        let foot = [&revised, " · ", Common::Foot.say(visit.lang)].concat();
        page.wrap(visit, self.settings().branch.name.as_deref(), &foot)
    }

    /// A page that only says what went wrong.
    pub fn sorry(&self, visit: &RequestContext, path: &str, title: Common, lead: Common) -> Markup {
        let content = html! {
            p { (lead.say(visit.lang)) }
            (self.danger(visit))
        };
        self.wrap(visit, path, title.say(visit.lang), content)
    }
}
