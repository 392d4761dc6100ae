//! A branch's own settings: `kiosk.toml` in the data directory, checked as a whole.

pub mod address;
mod complaint;
mod contact;
pub mod edit;
mod exits;
mod fields;
mod firm;
pub mod notice;
mod numbers;
mod public;
mod read;
mod review;
mod staff_pages;
mod template;
mod web;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use chrono::{DateTime, Datelike, NaiveDate};
use chrono_tz::Tz;

use crate::config::fault::Fault;
use crate::config::file::{self as config_file, Access, ConfigFile, Found};
pub use crate::config::toml_reader::ReadAs;
use crate::domain::lang::Lang;
use crate::domain::plan::Plan;
pub use complaint::{Complaint, LEGAL_YEARS};
pub use contact::{Contact, Stale};
pub use exits::{Direction, Exit};
pub use firm::Firm;
pub use public::{INVESTOR_HOTLINE, PublicNumber};
pub use review::ReviewTerms;
pub use staff_pages::{Network, StaffPages};
pub use template::fresh;
pub use web::Web;

/// The role whose number lives depend on inside the house.
pub const SECURITY: &str = "security";
/// The role that takes over when the lobby manager cannot go on alone.
pub const SUPERVISOR: &str = "supervisor";

/// Everything that `kiosk.toml` says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Where the branch is.
    pub branch: Branch,
    /// Who is responsible by law for what customers write about themselves.
    pub firm: Firm,
    /// How customers complain, and in which time the branch answers.
    pub complaint: Complaint,
    /// Where customers' phones find the tablet.
    pub web: Web,
    /// Which PCs of the branch may read the staff pages.
    pub staff_pages: StaffPages,
    /// The branch's own numbers by the plan's role ids; roles without a number are absent.
    pub contacts: BTreeMap<String, Vec<Number>>,
    /// How the tablet behaves.
    pub screen: Screen,
    /// What the tablet reminds the staff of.
    pub reminders: Reminders,
    /// In which time what happened is reviewed.
    pub review: ReviewTerms,
    /// The day the file was last saved: a number without a date of its own counts from then.
    pub saved: Option<NaiveDate>,
    /// The telephone numbers that were understood otherwise than letter by letter.
    pub readings: Vec<ReadAs>,
}

/// One telephone number of a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// The number as it was understood, with its extension.
    pub number: String,
    /// The day it was entered, or last found to be right.
    pub confirmed: Option<NaiveDate>,
    /// Whether customers may read it; where that is not said, the plan's word on the role holds.
    pub public: Option<bool>,
}

/// What the tablet reminds the staff of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminders {
    /// Days after which a number wants to be confirmed again (duty "contact-check").
    pub contacts_days: u32,
}

impl Default for Reminders {
    fn default() -> Self {
        Self { contacts_days: 90 }
    }
}

/// Where the branch is, in the words that help can be called with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// Its name.
    pub name: Option<String>,
    /// Street and house number.
    pub address: Option<String>,
    /// The floor of the lobby.
    pub floor: Option<String>,
    /// Which entrance to take.
    pub entrance: Option<String>,
    /// What stands nearby.
    pub landmark: Option<String>,
    /// The emergency exits.
    pub exits: Vec<Exit>,
    /// The floors and places above ground where somebody may be left behind.
    pub floors: Vec<String>,
    /// The same below ground, which is searched as well.
    pub basements: Vec<String>,
    /// How many people are in the branch on a usual day; none where nobody has said.
    pub expected_people: Option<u32>,
    /// Where people gather after an evacuation.
    pub assembly_point: Option<String>,
    /// Where the staff meet when people flee from somebody: the staff's face alone says it.
    pub staff_meeting_point: Option<String>,
    /// The area code with its leading 0, which ends the number for a text message to the police.
    pub area_code: Option<String>,
    /// How many digits the firm's own extensions have, where they may be typed as numbers.
    pub internal_digits: Option<u32>,
    /// The clock on the wall.
    pub time_zone: Tz,
    /// The picture of the floor plan, in the data directory.
    pub floor_plan: Option<PathBuf>,
    /// Where on that picture the tablet stands: percent of its width from the left, and of its
    /// height from the top.
    pub you_are_here: Option<(u8, u8)>,
    /// Who holds the keys, by role.
    pub key_holder: Option<String>,
    /// Where the power is switched off.
    pub power_shutoff: Option<String>,
    /// Where the gas is shut off.
    pub gas_shutoff: Option<String>,
    /// Where the water is shut off.
    pub water_shutoff: Option<String>,
    /// What in the house endangers rescuers, such as batteries.
    pub site_hazards: Option<String>,
}

impl Branch {
    /// The keys of what rescuers ask for first and the branch has not filled in.
    pub fn unset_for_rescuers(&self) -> Vec<&'static str> {
        let asked = [
            ("key_holder", &self.key_holder),
            ("power_shutoff", &self.power_shutoff),
            ("gas_shutoff", &self.gas_shutoff),
            ("water_shutoff", &self.water_shutoff),
        ];
        let unset = asked.into_iter().filter(|(_, value)| value.is_none());
        unset.map(|(key, _)| key).collect()
    }
}

impl Default for Branch {
    fn default() -> Self {
        Self {
            name: None,
            address: None,
            floor: None,
            entrance: None,
            landmark: None,
            exits: Vec::new(),
            floors: Vec::new(),
            basements: Vec::new(),
            expected_people: None,
            assembly_point: None,
            staff_meeting_point: None,
            area_code: None,
            internal_digits: None,
            time_zone: Tz::Asia__Shanghai,
            floor_plan: None,
            you_are_here: None,
            key_holder: None,
            power_shutoff: None,
            gas_shutoff: None,
            water_shutoff: None,
            site_hazards: None,
        }
    }
}

/// How the tablet behaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Screen {
    /// The languages offered; the first one is the default.
    pub languages: Vec<Lang>,
    /// Seconds without a touch after which the tablet goes back to its start screen.
    pub idle_seconds: u32,
    /// Where it starts and returns to.
    pub start_screen: StartScreen,
    /// Its colours by day.
    pub theme: Theme,
    /// Minutes without a touch after which the posted face appears even while an incident is
    /// open.
    pub posted_minutes: u32,
    /// Whether the guides that the plan calls discreet keep their subject from bystanders.
    pub discreet_guide: bool,
    /// Whether the order to leave is spoken while an evacuation runs.
    pub spoken_orders: bool,
}

impl Default for Screen {
    fn default() -> Self {
        Self {
            languages: Lang::OURS.to_vec(),
            idle_seconds: 120,
            start_screen: StartScreen::Board,
            theme: Theme::Light,
            posted_minutes: 30,
            discreet_guide: true,
            spoken_orders: false,
        }
    }
}

/// A screen that the tablet can start with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StartScreen {
    /// The board of incident types.
    Board,
    /// The posted face.
    Posted,
}

/// The colours of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark words on a light ground.
    Light,
    /// Light words on a dark ground.
    Dark,
}

/// A value that lives depend on and that nobody has filled in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnsetVital {
    /// The branch's address, which every call for help begins with.
    Address,
    /// The number of the role with this id.
    Number(String),
}

/// Where the settings in force come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// There was no file; one has been written.
    Fresh,
    /// The file.
    File,
    /// The copy of the file's last good state.
    LastGood,
    /// What is sound of a broken file that has no copy yet.
    Partly,
    /// The program itself.
    BuiltIn,
}

/// The settings in force, and what is wrong with the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// What the tablet goes by.
    pub settings: Settings,
    /// What to mend, for the banner.
    pub faults: Vec<Fault>,
    /// Where the settings come from.
    pub from: From,
}

impl Settings {
    /// The settings of the branch whose data directory is `data_dir`. Never fails: a missing
    /// file is written, a broken one gives way to its last good copy, and without one to what is
    /// sound of it.
    pub fn load(data_dir: &Path, plan: &Plan) -> Loaded {
        Self::in_force(data_dir, plan, Access::Keep)
    }

    /// The same as [`Settings::load`], writing nothing: for what runs beside the kiosk. A
    /// missing file then gives the defaults, without a fault.
    pub fn load_readonly(data_dir: &Path, plan: &Plan) -> Loaded {
        Self::in_force(data_dir, plan, Access::ReadOnly)
    }

    /// Reads settings from the text of their file, with every fault; sound only without one.
    /// `file` is the name that the faults carry, `data_dir` where the floor plan is looked for.
    /// The text knows nothing of [`Settings::saved`].
    pub fn read(file: &str, text: &str, data_dir: &Path, plan: &Plan) -> (Self, Vec<Fault>) {
        read::read(file, text, data_dir, plan)
    }

    /// The settings of a branch that has set nothing yet.
    pub fn built_in(plan: &Plan) -> Self {
        let languages = plan.languages.clone();
        Self {
            screen: Screen {
                languages,
                ..Screen::default()
            },
            ..Self::default()
        }
    }

    /// What a broken file says where it is sound: better than nothing, and what help is called
    /// with may be in it.
    fn sound_part(file: &ConfigFile, data_dir: &Path, plan: &Plan) -> Option<Self> {
        let text = config_file::text_of(file.path()).ok()?;
        let name = config_file::name(file.path());
        Some(Self::read(&name, &text, data_dir, plan).0)
    }

    fn in_force(data_dir: &Path, plan: &Plan, access: Access) -> Loaded {
        let file = ConfigFile::new(data_dir, "kiosk");
        let read = |name: &str, text: &str| Self::read(name, text, data_dir, plan);
        // The copy was sound when it was made. What the world around it has lost since, such as the
        // floor plan's picture, must not cost the branch its telephone numbers.
        let usable = |faults: &[Fault]| !faults.iter().any(|fault| fault.problem.is_syntax());
        let found = match file.load(access, read, usable) {
            // Nobody clears the settings by taking their file away: its copy knows the numbers.
            Found::Missing => match file.copy(read, usable) {
                Some(copy) => Found::Broken(Some(copy), vec![file.missing()]),
                None => Found::Missing,
            },
            found => found,
        };
        let (mut settings, faults, from) = match found {
            Found::Sound(settings, faults) => (settings, faults, From::File),
            Found::Broken(Some(settings), faults) => (settings, faults, From::LastGood),
            Found::Broken(None, faults) => match Self::sound_part(&file, data_dir, plan) {
                Some(settings) => (settings, faults, From::Partly),
                None => (Self::built_in(plan), faults, From::BuiltIn),
            },
            Found::Missing if access == Access::ReadOnly => {
                (Self::built_in(plan), Vec::new(), From::BuiltIn)
            }
            Found::Missing => match file.write(&fresh(plan)) {
                Ok(()) => (Self::built_in(plan), Vec::new(), From::Fresh),
                Err(fault) => (Self::built_in(plan), vec![fault], From::BuiltIn),
            },
        };
        let in_force = match from {
            From::File | From::Fresh | From::Partly => Some(file.path()),
            From::LastGood => Some(file.last_good()),
            From::BuiltIn => None,
        };
        let zone = settings.branch.time_zone;
        settings.saved = in_force.and_then(|path| saved(path, zone));
        Loaded {
            settings,
            faults,
            from,
        }
    }

    /// The values that lives depend on and that are still unset, in the order to fill them in.
    /// A role that a branch's own plan does without is not missed.
    pub fn unset(&self, plan: &Plan) -> Vec<UnsetVital> {
        let address = self.branch.address.is_none().then_some(UnsetVital::Address);
        let numbers = [SECURITY, SUPERVISOR]
            .into_iter()
            .filter(|role| plan.role(role).is_some() && self.number(role, plan).is_none())
            .map(|role| UnsetVital::Number(role.to_owned()));
        address.into_iter().chain(numbers).collect()
    }
}

/// The day in `zone` on which the file at `path` was last saved; none where the disk does not
/// tell, or tells what no calendar holds.
pub fn saved(path: &Path, zone: Tz) -> Option<NaiveDate> {
    let modified = std::fs::metadata(path).ok()?.modified().ok()?;
    let since = modified.duration_since(UNIX_EPOCH).ok()?;
    let at = DateTime::from_timestamp(i64::try_from(since.as_secs()).ok()?, 0)?;
    // Beyond that, moving it into a time zone may leave chrono's range.
    (at.year() <= 9999).then(|| at.with_timezone(&zone).date_naive())
}

/// The copy of the last good settings in `data_dir`.
pub fn last_good(data_dir: &Path) -> PathBuf {
    ConfigFile::new(data_dir, "kiosk").last_good().to_owned()
}

/// The settings file in `data_dir`.
pub fn path(data_dir: &Path) -> PathBuf {
    ConfigFile::new(data_dir, "kiosk").path().to_owned()
}
