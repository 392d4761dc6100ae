//! The design's visual rules, asked of every screen in every size and language: nothing is cut
//! off, nothing overlaps, every control is large enough for a shaking finger.

mod first_aid;
mod people;
mod phones;
mod records;
mod review;
mod statistics;
mod words;

use std::path::Path;

use i_slint_backend_testing::{AccessibleRole, ElementHandle, ElementQuery};
use lobby_kiosk::Shell;
use lobby_kiosk::config::{plan_file, settings};
use lobby_kiosk::domain::complaint::{About, ComplaintEvent};
use lobby_kiosk::domain::ids::ComplaintId;
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::service::complaints::ComplaintText;
use lobby_kiosk::service::jobs::JobId;
use lobby_kiosk::service::journal::Notice;
use lobby_kiosk::service::keeper::{Ahead, Outlook};
use lobby_kiosk::service::pin;
use slint::ComponentHandle;

use crate::extent;
use crate::kiosk::{Kiosk, LANGUAGES, SIZES, once};
use crate::ways::ways;

/// Controls that lives depend on: 20 mm at the baseline.
const PRIMARY: [&str; 29] = [
    "incident-",
    "open-",
    "outcome-",
    "undo",
    "step-done",
    "step-skip",
    "step-cannot",
    "step-back",
    "close-incident",
    "back-to-board",
    "start-second",
    "reopen",
    "evacuate",
    "evacuation-end",
    "end-",
    "contacts",
    "codes",
    "headcount",
    "all-out",
    "count-",
    "card-close",
    "turn-back",
    "public-notice",
    "key-",
    "pin-",
    "save",
    "confirm",
    "lock",
    "resuscitation",
];
/// Smallest sides at the baseline, in logical pixels.
const PRIMARY_SIDE: f32 = 118.0;
const CONTROL_SIDE: f32 = 88.0;
/// How wide the border of a control is: words do not lie on it.
const BORDER: f32 = 2.0;

/// The views of a sample, by their place among all: Chinese at the baseline, and English on end,
/// where room is scarcest.
const SAMPLE: [usize; 2] = [0, 5];

#[derive(Clone, Copy, Debug, PartialEq)]
struct Area {
    left: f32,
    top: f32,
    right: f32,
    bottom: f32,
}

impl Area {
    fn of(element: &ElementHandle) -> Self {
        let (at, size) = (element.absolute_position(), element.size());
        Self {
            left: at.x,
            top: at.y,
            right: at.x + size.width,
            bottom: at.y + size.height,
        }
    }

    /// Whether it lies inside `outer`, but for the rounding of half a pixel.
    fn inside(&self, outer: &Self) -> bool {
        self.left >= outer.left - 1.0
            && self.top >= outer.top - 1.0
            && self.right <= outer.right + 1.0
            && self.bottom <= outer.bottom + 1.0
    }

    /// Whether it keeps this far from the sides of `outer`, and does not go beyond its top and
    /// bottom.
    fn clear_of_edge(&self, outer: &Self, far: f32) -> bool {
        self.left >= outer.left + far - 0.1
            && self.right <= outer.right - far + 0.1
            && self.top >= outer.top - 1.0
            && self.bottom <= outer.bottom + 1.0
    }

    fn overlaps(&self, other: &Self) -> bool {
        let across = self.right.min(other.right) - self.left.max(other.left);
        let down = self.bottom.min(other.bottom) - self.top.max(other.top);
        across > 1.0 && down > 1.0
    }

    fn is_empty(&self) -> bool {
        self.right - self.left < 0.5 || self.bottom - self.top < 0.5
    }
}

/// Collects what is wrong on the screen as it stands.
fn faults(kiosk: &Kiosk, size: (u32, u32), what: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut fault = |text: String| faults.push(format!("{what} at {size:?}: {text}"));
    let unit = size.0.min(size.1) as f32 / 800.0;
    let screen = Area {
        left: 0.0,
        top: 0.0,
        right: size.0 as f32,
        bottom: size.1 as f32,
    };
    let scrolled: Vec<Area> = ElementQuery::from_root(kiosk.window())
        .match_inherits("ListView")
        .find_all()
        .iter()
        .map(Area::of)
        .collect();
    // A row at the edge of a list may be half in sight.
    let in_list = |area: &Area| scrolled.iter().any(|list| list.overlaps(area));
    let rows_words: Vec<Area> = ElementQuery::from_root(kiosk.window())
        .match_inherits("ListView")
        .match_descendants()
        .match_inherits("Label")
        .match_descendants()
        .match_type_name("Text")
        .find_all()
        .iter()
        .map(Area::of)
        .collect();

    let mut texts: Vec<(String, Area)> = Vec::new();
    let banners = ElementQuery::from_root(kiosk.window())
        .match_inherits("Banner")
        .find_all();
    for banner in &banners {
        let box_ = Area::of(banner);
        for words in words_in(banner) {
            if !Area::of(&words).clear_of_edge(&box_, BORDER * unit) {
                fault(format!(
                    "words at the edge of a banner: {:?} {box_:?}",
                    Area::of(&words)
                ));
            }
        }
    }
    for label in labels(kiosk) {
        let place = Area::of(&label);
        for words in words_of(&label) {
            let area = Area::of(&words);
            if area.is_empty() {
                continue;
            }
            let text = format!("{:?} {area:?}", label.id());
            if !area.inside(&place) {
                fault(format!("words larger than their label {place:?}: {text}"));
            }
            if in_list(&area) || rows_words.contains(&area) {
                continue;
            }
            if !area.inside(&screen) {
                fault(format!("off the screen: {text}"));
            }
            for (other, taken) in &texts {
                if area.overlaps(taken) {
                    fault(format!("words over words: {text} and {other}"));
                }
            }
            texts.push((text, area));
        }
    }

    if let Some(text) = words::too_small(kiosk, size) {
        fault(text);
    }
    let (cards, speeches) = (inheriting(kiosk, "StepCard"), inheriting(kiosk, "Speech"));
    for speech in speeches {
        if !cards.iter().any(|card| speech.inside(card)) {
            fault(format!("speech out of the card: {speech:?} in {cards:?}"));
        }
    }

    let mut controls: Vec<(String, Area)> = Vec::new();
    for button in buttons(kiosk) {
        let id = String::from(button.accessible_id().unwrap_or_default());
        let area = Area::of(&button);
        if button.accessible_label().unwrap_or_default().is_empty() {
            fault(format!("{id} has no label"));
        }
        if button.accessible_enabled() == Some(true) && id.is_empty() {
            fault(format!(
                "a control without an id: {:?}",
                button.accessible_label()
            ));
        }
        let primary = PRIMARY.iter().any(|one| id.starts_with(one));
        let least = unit * if primary { PRIMARY_SIDE } else { CONTROL_SIDE };
        if area.right - area.left < least - 0.5 || area.bottom - area.top < least - 0.5 {
            fault(format!("{id} is smaller than {least}: {area:?}"));
        }
        for words in words_in(&button) {
            if !Area::of(&words).clear_of_edge(&area, BORDER * unit) {
                fault(format!(
                    "{id} has words at its edge: {area:?} {:?}",
                    Area::of(&words)
                ));
            }
            if !Area::of(&words).inside(&area) {
                fault(format!(
                    "{id} is smaller than its words: {area:?} {:?}",
                    Area::of(&words)
                ));
            }
        }
        if in_list(&area) {
            if primary {
                fault(format!("{id} lives depend on, and it is in a list"));
            }
            continue;
        }
        if !area.inside(&screen) {
            fault(format!("{id} is off the screen: {area:?}"));
        }
        for (other, taken) in &controls {
            if area.overlaps(taken) {
                fault(format!("{id} lies over {other}"));
            }
        }
        // Whatever is not a control of its own on the posted face wakes the tablet.
        if id == "posted" && area.left < 0.5 && area.right > screen.right - 0.5 {
            continue;
        }
        controls.push((id, area));
    }
    let mut drawn_codes: Vec<(String, Area)> = Vec::new();
    // Words beside the controls, or on one of them; never half beneath one.
    for (text, area) in &texts {
        for (id, control) in &controls {
            if area.overlaps(control) && !area.inside(control) {
                fault(format!("{id} lies over words: {text}"));
            }
        }
    }
    for code in codes(kiosk) {
        let area = Area::of(&code);
        let id = String::from(code.accessible_id().unwrap_or_default());
        let pictures = code.query_descendants().match_type_name("Image").find_all();
        let drawn = Area::of(pictures.first().expect("a code has a picture"));
        if !drawn.inside(&area) || !drawn.inside(&screen) {
            fault(format!(
                "{id} is larger than its place: {drawn:?} in {area:?}"
            ));
        }
        // No phone reads a code that something lies over, nor a person what a code lies over.
        let things = texts.iter().chain(&drawn_codes);
        for (other, taken) in things.filter(|_| !in_list(&drawn)) {
            if drawn.overlaps(taken) {
                fault(format!("{id} and {other} lie over each other"));
            }
        }
        drawn_codes.push((id, drawn));
    }
    faults
}

/// Where the elements of one component are.
fn inheriting(kiosk: &Kiosk, component: &str) -> Vec<Area> {
    let found = ElementQuery::from_root(kiosk.window())
        .match_inherits(component)
        .find_all();
    found.iter().map(Area::of).collect()
}

fn codes(kiosk: &Kiosk) -> Vec<ElementHandle> {
    once(
        ElementQuery::from_root(kiosk.window())
            .match_inherits("QrCode")
            .find_all(),
    )
}

fn labels(kiosk: &Kiosk) -> Vec<ElementHandle> {
    let found = ElementQuery::from_root(kiosk.window())
        .match_inherits("Label")
        .find_all();
    assert!(!found.is_empty(), "no label is found at all");
    found
}

fn words_of(label: &ElementHandle) -> Vec<ElementHandle> {
    label.query_descendants().match_type_name("Text").find_all()
}

fn words_in(control: &ElementHandle) -> Vec<ElementHandle> {
    words_of(control)
        .into_iter()
        .filter(|words| !Area::of(words).is_empty())
        .collect()
}

fn buttons(kiosk: &Kiosk) -> Vec<ElementHandle> {
    once(
        ElementQuery::from_root(kiosk.window())
            .match_accessible_role(AccessibleRole::Button)
            .find_all(),
    )
}

/// A branch that has filled in everything, as long as it is commonly written.
fn filled_in(data: &Path) {
    let text = settings::fresh(&plan_file::built_in());
    let (head, contacts) = text.split_once("[contacts]").unwrap();
    let (contacts, tail) = contacts.split_once("[screen]").unwrap();
    let head = head.replacen(
        "name = \"\"",
        "name = \"华东第一证券股份有限公司上海浦东新区人民路证券营业部\"",
        1,
    );
    let contacts = contacts.replace(" = \"\"", " = \"0755-12345678转8012\"");
    assert!(contacts.contains("security = \"0755"), "{contacts}");
    let text = [head.as_str(), "[contacts]", &contacts, "[screen]", tail].concat();
    std::fs::write(data.join("kiosk.toml"), text).unwrap();
}

/// A branch whose file has faults, so that there is more than one thing to say.
fn at_fault(data: &Path) {
    filled_in(data);
    let path = data.join("kiosk.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    let text = text
        .replace("idle_seconds = 120", "idle_seconds = \"soon\"")
        .replace("theme = ", "thema = ");
    std::fs::write(path, text).unwrap();
}

/// A branch that has filled in nothing.
fn fresh(_: &Path) {}

/// Runs `visit` on a kiosk in every size and language, and reports every fault at once.
fn everywhere(prepare: fn(&Path), visit: impl Fn(&Kiosk, &Lang, &mut dyn FnMut(&str))) {
    let mut all = Vec::new();
    let views = SIZES
        .into_iter()
        .flat_map(|size| LANGUAGES.map(|lang| (size, lang)));
    for (index, (size, lang)) in views.enumerate() {
        if !extent::is_whole() && !SAMPLE.contains(&index) {
            continue;
        }
        let dir = tempfile::tempdir().unwrap();
        prepare(dir.path());
        let kiosk = Kiosk::start(dir.path());
        kiosk.resize(size);
        if lang != LANGUAGES[0] {
            kiosk.tap("language");
        }
        visit(&kiosk, &lang, &mut |what| {
            // After a long idleness the kiosk speaks the branch's first language again.
            if kiosk.screens.state().lang() != lang {
                kiosk.screens.state().choose_lang(&lang);
                kiosk.screens.draw();
            }
            all.extend(faults(&kiosk, size, &format!("{what} in {lang}")));
        });
        kiosk.stop();
    }
    all.dedup();
    let shown: Vec<&String> = all.iter().take(60).collect();
    assert!(all.is_empty(), "{} faults:\n{shown:#?}", all.len());
}

#[test]
fn the_board() {
    everywhere(fresh, |kiosk, _, look| {
        look("board");
        let ids: Vec<String> = kiosk
            .ids()
            .into_iter()
            .filter(|id| id.starts_with("incident-"))
            .collect();
        for (index, id) in ids.iter().enumerate() {
            kiosk.start_guide(id.trim_start_matches("incident-"));
            kiosk.tap("back-to-board");
            if index < 8 || index + 1 == ids.len() {
                look(&format!("board with {} open", index + 1));
            }
            if [0, 1, 2, 5].contains(&index) {
                kiosk.skip(std::time::Duration::from_secs(16 * 60));
                // Nobody was there for so long that a guide has come back.
                kiosk.tap("back-to-board");
                look(&format!("board with {} open and overdue", index + 1));
            }
        }
        if kiosk.shows("open-more") {
            kiosk.tap("open-more");
            look("board, second page of open incidents");
        }
        kiosk.tap("incident-fire");
        kiosk.tap("close-incident");
        kiosk.tap("outcome-resolved");
        kiosk.tap("back-to-board");
        look("board with something left to do");
        kiosk.skip(std::time::Duration::from_secs(40 * 24 * 3600));
    });
}

#[test]
fn every_step_of_every_guide() {
    everywhere(filled_in, |kiosk, _, look| {
        let plan = plan_file::built_in();
        let all = plan.incidents.iter();
        // A step looks the same on every way to it but for what goes on beside it.
        let mut seen = std::collections::BTreeSet::new();
        let mut walked = std::collections::BTreeSet::new();
        for (kind, way) in all.flat_map(|kind| ways(kind).into_iter().map(move |way| (kind, way))) {
            // A way whose steps were all seen, with as much going on beside them, shows nothing new.
            let lasting = way.steps.iter().scan(0, |before, step| {
                let is_met = (kind.id.clone(), step.id.clone(), *before);
                *before += usize::from(step.lasts);
                Some(is_met)
            });
            if lasting.filter(|met| walked.insert(met.clone())).count() == 0 {
                continue;
            }
            kiosk.start_guide(&kind.id);
            // The clocks that have run out have the longest words.
            kiosk.skip(std::time::Duration::from_secs(15 * 60));
            let mut answers = way.answers.iter();
            for (index, step) in way.steps.iter().enumerate() {
                let named = format!("{} {:?} step {}", kind.id, way.answers, index + 1);
                let beside = kiosk.all(|id| id.starts_with("under-way-")).len();
                let is_new = seen.insert((kind.id.clone(), step.id.clone(), beside));
                if is_new {
                    look(&named);
                }
                if step.is_question() {
                    kiosk.tap(&format!("answer-{}", answers.next().unwrap()));
                    continue;
                }
                if kiosk.shows("step-condition") {
                    kiosk.tap("step-condition");
                    if is_new {
                        look(&format!("{named}, as its condition has it"));
                    }
                }
                if kiosk.shows("step-begun") {
                    kiosk.tap("step-begun");
                } else {
                    kiosk.tap("step-done");
                }
            }
            assert!(!kiosk.shows("step-done"));
            if seen.insert((kind.id.clone(), String::new(), 0)) {
                look(&format!("{} with all settled", kind.id));
            }
            kiosk.tap("close-incident");
            kiosk.tap("outcome-resolved");
            kiosk.tap("back-to-board");
        }
    });
}

#[test]
fn the_market_clock_on_a_day_off() {
    everywhere(filled_in, |kiosk, _, look| {
        // From a Monday to the Saturday after it: then the next session is named with its day.
        kiosk.skip(std::time::Duration::from_secs(5 * 24 * 3600));
        kiosk.tap("posted-staff");
        for id in ["trading-dispute", "trading-system-down", "network-outage"] {
            kiosk.start_guide(id);
            assert!(kiosk.shows("market-clock"), "{id}");
            look(&format!("{id} on a Saturday"));
            kiosk.tap("back-to-board");
        }
    });
}

#[test]
fn what_a_guide_leads_to() {
    everywhere(fresh, |kiosk, _, look| {
        for kind in &plan_file::built_in().incidents {
            let id = &kind.id;
            kiosk.start_guide(id);
            let past_a_question = || {
                if kiosk.shows("answer-unknown") {
                    kiosk.tap("answer-unknown");
                }
            };
            past_a_question();
            if kiosk.shows("step-hand") {
                kiosk.tap("step-hand");
                kiosk.tap("role-cards");
                for role in plan_file::built_in().crew {
                    kiosk.tap(&format!("role-{}", role.id));
                    if kiosk.shows("role-task-1") {
                        look(&format!("the card of {} in {id}", role.id));
                    }
                }
                kiosk.tap("back-to-board");
                kiosk.tap("step-hand");
            }
            kiosk.tap("step-skip");
            look(&format!("{id} asking why it was skipped"));
            kiosk.tap("reason-1");
            past_a_question();
            kiosk.tap("step-cannot");
            look(&format!("{id} asking why it was impossible"));
            kiosk.tap("reason-5");
            past_a_question();
            // A question has no row for the notes, and some steps have them behind one control.
            while !kiosk.shows("note-1") && !kiosk.shows("notes") {
                kiosk.tap("step-done");
                past_a_question();
            }
            if kiosk.shows("notes") {
                kiosk.tap("notes");
                look(&format!("{id} with its notes open"));
            }
            kiosk.tap("note-1");
            look(&format!("{id} with a note"));
            kiosk.tap("log");
            look(&format!("{id} log"));
            kiosk.tap("log-2");
            look(&format!("{id} correcting"));
            kiosk.tap("log-2");
            // The newest comes first.
            kiosk.tap("log-1");
            kiosk.tap("strike-note");
            look(&format!("{id} with a note struck out"));
            kiosk.tap("back-to-board");
            kiosk.tap("close-incident");
            look(&format!("{id} outcomes"));
            kiosk.tap("outcome-handed-to-supervisor");
            look(&format!("{id} just closed"));
            kiosk.pass(std::time::Duration::from_secs(6));
            look(&format!("{id} closed"));
            kiosk.tap("back-to-board");
        }
        kiosk.tap("incident-fire");
        kiosk.tap("change-type");
        look("types");
        kiosk.tap("back-to-board");
        kiosk.tap("back-to-board");
        kiosk.tap("incident-fire");
        look("offering a second");
        kiosk.tap("back-to-board");
        kiosk.tap("after");
        look("afterwards");
        kiosk.tap("follow-up-waive-1");
        look("afterwards, waiving");
        kiosk.skip(std::time::Duration::from_secs(10 * 24 * 3600));
    });
}

#[test]
fn what_the_staff_must_know() {
    everywhere(at_fault, |kiosk, _, look| {
        assert!(kiosk.shows("banner"));
        look("board with two notices");
        kiosk.tap("incident-fire");
        look("guide beside them");
        kiosk.tap("back-to-board");
        look("board with a long name");
    });
}

/// A branch with a short name, beneath which there is less room for what the staff must know.
fn short_name(data: &Path) {
    filled_in(data);
    let path = data.join("kiosk.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    let long = "华东第一证券股份有限公司上海浦东新区人民路证券营业部";
    std::fs::write(path, text.replace(long, "人民路证券营业部")).unwrap();
}

#[test]
fn a_long_notice_beneath_a_short_name() {
    everywhere(short_name, |kiosk, _, look| {
        let services = kiosk.screens.services();
        services.keeping.tell(Outlook {
            unset: true,
            ..Outlook::default()
        });
        kiosk.screens.draw();
        assert!(kiosk.shows("banner"));
        look("board with one long notice");
        services.journal_file.heard(&Notice::UnfitDisk {
            kind: "fuse.sshfs".into(),
        });
        kiosk.screens.draw();
        look("board with two notices, one of them long");
    });
}

/// A journal that could not be used.
fn set_aside(data: &Path) {
    filled_in(data);
    let name = "journal.db.set-aside-20261127T091500Z-2";
    std::fs::write(data.join(name), "damaged").unwrap();
}

#[test]
fn what_became_of_the_journals_file() {
    everywhere(set_aside, |kiosk, _, look| {
        assert!(kiosk.shows("banner"));
        look("board with a journal set aside");
        let heard = |notice: &Notice| {
            kiosk.screens.services().journal_file.heard(notice);
            kiosk.tap("incident-fire");
            kiosk.tap("back-to-board");
        };
        heard(&Notice::UnfitDisk {
            kind: "fuse.sshfs".into(),
        });
        look("board with a shared disk");
        heard(&Notice::PutBack);
        heard(&Notice::LeftBehind);
        heard(&Notice::Mended);
        look("board with a journal left behind");
    });
}

/// A branch whose values are as long as they may be, so that nothing fits as it would like to.
fn wordy(data: &Path) {
    filled_in(data);
    let path = data.join("kiosk.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    let text = text
        .replace("address = \"\"", "address = \"上海市浦东新区人民路一百八十八号中环国际金融中心大厦西塔楼\"")
        .replace("floor = \"\"", "floor = \"一楼营业大厅\"")
        .replace("entrance = \"\"", "entrance = \"人民路一侧的南门\"")
        .replace("landmark = \"\"", "landmark = \"地铁二号线三号出口对面\"")
        .replace(
            "exits = []",
            "exits = [\"东侧消防楼梯 East fire stairs\", \"南门旋转门旁 Door beside the south gate\", \"西侧货运通道 West goods passage\"]",
        )
        .replace("floors = []", "floors = [\"一层营业大厅\", \"夹层\", \"二层贵宾区\"]")
        .replace("basements = []", "basements = [\"地下一层车库\", \"地下二层\", \"设备夹层\"]")
        .replace("expected_people = \"\"", "expected_people = 120")
        .replace("assembly_point = \"\"", "assembly_point = \"人民广场北侧旗杆下的空地 Flagpole, People's Square\"")
        .replace("[complaint]\nphone = \"\"", "[complaint]\nphone = \"0755-12345678转8012\"")
        .replace("key_holder = \"\"", "key_holder = \"安保室（屋顶、机房）、值班主管（配电间、卷帘门）\"")
        .replace("power_shutoff = \"\"", "power_shutoff = \"一楼东侧消防楼梯旁的配电间 East distribution room\"")
        .replace("gas_shutoff = \"\"", "gas_shutoff = \"北门外燃气箱\"")
        .replace("water_shutoff = \"\"", "water_shutoff = \"地下一层水表间\"")
        .replace("site_hazards = \"\"", "site_hazards = \"二楼机房 UPS 电池间，发电机房柴油\"")
        .replace("area_code = \"\"", "area_code = \"0755\"")
        // Left open, the police are written to at the number of the area.
        .replace("police-sms = \"0755-12345678转8012\"", "police-sms = \"\"");
    assert!(text.contains("旗杆下") && text.contains("货运"));
    std::fs::write(path, text).unwrap();
}

/// The public half in one order of visits.
fn tour(kiosk: &Kiosk, look: &mut dyn FnMut(&str)) {
    kiosk.tap("contacts");
    look("contacts");
    for group in ["group-partners", "group-regulator", "group-people"] {
        kiosk.tap(group);
        look(group);
    }
    for role in ["contact-police", "contact-supervisor", "contact-logistics"] {
        kiosk.tap(role);
        look(&format!("the card of {role}"));
        kiosk.tap("card-close");
    }
    kiosk.tap("back-to-board");
    kiosk.tap("codes");
    look("codes");
    kiosk.tap("back-to-board");
    kiosk.tap("evacuate");
    look("evacuation, just begun");
    kiosk.pass(std::time::Duration::from_secs(6));
    look("evacuation");
    kiosk.tap("contacts");
    look("contacts while people leave");
    kiosk.tap("evacuate");
    kiosk.tap("way-plan");
    look("the floor plan");
    kiosk.tap("headcount");
    look("head count");
    kiosk.tap("count-5");
    kiosk.tap("who-wheelchair");
    look("who is missing, half said");
    for kind in [
        "several",
        "customer",
        "elder",
        "child",
        "colleague",
        "wheelchair",
    ] {
        kiosk.tap("seen-toilets");
        kiosk.tap(&format!("who-{kind}"));
    }
    look("six people missing");
    kiosk.record(false);
    look("six people missing, not recorded");
    kiosk.record(true);
    kiosk.tap("staff-steps");
    look("staff");
    kiosk.tap("sweep-rooms");
    kiosk.tap("task-door");
    look("staff, giving a task");
    kiosk.tap("task-door-guard");
    kiosk.tap("task-count");
    kiosk.tap("task-count-lobby");
    look("staff at work");
    for (screen, what) in [
        (lobby_kiosk::Screen::Board, "the board"),
        (lobby_kiosk::Screen::Codes, "the codes"),
        (lobby_kiosk::Screen::Contacts, "the contacts"),
        (lobby_kiosk::Screen::Posted, "the posted face"),
        (lobby_kiosk::Screen::After, "what is left to do"),
        (lobby_kiosk::Screen::Pin, "the pad"),
    ] {
        kiosk.screens.state().show(screen);
        kiosk.screens.draw();
        assert!(kiosk.shows("evacuate"), "no way back from {what}");
        look(&format!("{what} while people leave"));
    }
    kiosk.tap("evacuate");
    kiosk.tap("to-guide");
    look("the guide while people leave");
    kiosk.tap("public-notice");
    look("the notice while people leave");
    kiosk.tap("evacuate");
    kiosk.tap("staff-steps");
    kiosk.tap("handover");
    look("what the rescuers are handed while people leave");
    kiosk.tap("back-to-board");
    for hazard in ["fire", "earthquake", "gas", "violence", "other"] {
        kiosk.tap(&format!("hazard-{hazard}"));
        look(&format!("staff with {hazard}"));
        kiosk.record(false);
        look(&format!("staff with {hazard}, not recorded"));
        kiosk.record(true);
        kiosk.tap("back-to-board");
        for order in 1..=3 {
            look(&format!("evacuation from {hazard}, command {order}"));
            kiosk.record(false);
            look(&format!("{hazard}, command {order}, not recorded"));
            kiosk.record(true);
            if kiosk.shows("next-command") {
                kiosk.tap("next-command");
            }
        }
        kiosk.tap("staff-steps");
    }
    kiosk.tap("evacuation-end");
    look("how it ended");
    kiosk.tap("end-all-clear");
    look("ending it for certain");
    kiosk.tap("confirm-end");
    look("just ended");
    kiosk.tap("handover");
    look("what the rescuers are handed");
    kiosk.tap("back-to-board");
    if !kiosk.shows("role-cards") {
        kiosk.tap("step-hand");
        look("to whom the step is handed");
    }
    kiosk.tap("role-cards");
    for role in ["guard", "counter", "door", "runner"] {
        kiosk.tap(&format!("role-{role}"));
        look(&format!("the card of {role}"));
    }
    kiosk.tap("back-to-board");
    kiosk.tap("back-to-board");
    kiosk.skip(std::time::Duration::from_secs(31 * 60));
    assert!(kiosk.shows("resume"));
    look("posted, with something open");
    kiosk.tap("evacuate");
    look("asking whether to evacuate");
    kiosk.tap("evacuate-not");
    kiosk.tap("contacts");
    look("contacts from the posted face");
}

#[test]
fn the_public_half_of_a_fresh_branch() {
    everywhere(fresh, |kiosk, _, look| tour(kiosk, look));
}

#[test]
fn the_public_half_of_a_wordy_branch() {
    everywhere(wordy, |kiosk, _, look| tour(kiosk, look));
}

/// A branch with more complaints than anybody has seen.
fn swamped(data: &Path) {
    filled_in(data);
    crate::kiosk::fill_inbox(data, 1_000);
}

/// As long as the form takes it.
fn long_letter(lang: &Lang) -> ComplaintText {
    let long = |zh: &str, en: &str, count: usize| {
        let words = if *lang == Lang::EN { en } else { zh };
        words.chars().cycle().take(count).collect::<String>()
    };
    ComplaintText {
        what: long(
            "等了一个小时也没有人理我，",
            "I waited for an hour and nobody came. ",
            2_000,
        ),
        when: long("今天上午十点左右，", "this morning at about ten, ", 200),
        whom: long("三号柜台的柜员，", "the clerk at counter three, ", 200),
        wish: long("请给我一个说法。", "Please tell me why. ", 2_000),
        name: long("欧阳", "Montgomery ", 200),
        contact: long("13900001234 ", "montgomeryexample.com ", 200),
        sensitive: true,
    }
}

#[test]
fn the_complaints() {
    everywhere(swamped, |kiosk, lang, look| {
        kiosk.read();
        look("board with many complaints");
        kiosk.screens.state().unlock();
        kiosk.tap("staff");
        kiosk.read();
        look("a thousand complaints");
        let handle = |id: &ComplaintId, event| {
            let desk = &kiosk.screens.services().desk;
            desk.handle(id, event, kiosk.now());
        };
        kiosk.skip(std::time::Duration::from_secs(30 * 24 * 3600));
        kiosk.screens.state().choose_lang(lang);
        kiosk.screens.state().unlock();
        kiosk.screens.state().show_inbox();
        kiosk.read();
        look("a thousand complaints, overdue");
        let first = kiosk.screens.services().desk.matters()[0]
            .complaint
            .id
            .clone();
        let department = plan_file::built_in()
            .role("trading-department")
            .unwrap()
            .clone();
        handle(
            &first,
            ComplaintEvent::HandedOver {
                role: department.id,
                name: department.name,
            },
        );
        kiosk.settle();
        look("complaints, one of them handed over");
        let (id, _) = kiosk.receive(About::PersonalInformation, lang, &long_letter(lang));
        kiosk.screens.state().open_complaint(&id);
        kiosk.read();
        look("a long complaint");
        kiosk.tap("extend");
        look("how much longer");
        kiosk.tap("extend-10");
        look("why longer");
        kiosk.tap("reason-department");
        look("about to extend");
        kiosk.tap("choice-confirm");
        look("extended");
        kiosk.tap("accept");
        kiosk.tap("reply");
        look("choosing a reply");
        for reply in &plan_file::built_in().replies {
            kiosk.tap(&format!("reply-{}", reply.id));
            look(&format!("the reply {}", reply.id));
        }
        kiosk.tap("agree");
        look("the last of them, agreed to");
        kiosk.tap("send");
        look("replied");
        kiosk.tap("hand-over");
        look("choosing a department");
        kiosk.tap("department-trading-department");
        kiosk.tap("link");
        look("choosing an incident");
        kiosk.tap("start-data-leak-dispute");
        look("the guide of its incident");
        kiosk.pass(std::time::Duration::from_secs(6));
        look("the same, for certain");
        // Leaving for the guide has locked the staff area.
        kiosk.screens.state().unlock();
        kiosk.tap("to-complaint");
        kiosk.read();
        look("a complaint with an incident");
        kiosk.tap("link");
        look("choosing among incidents");
        kiosk.tap("back-to-board");
        kiosk.tap("settle");
        look("choosing how it was settled");
        kiosk.tap("settlement-passed-on");
        look("a settlement");
        kiosk.tap("settle-confirm");
        look("settled");
        kiosk.tap("hold");
        look("why to hold");
        kiosk.tap("reason-regulator");
        look("about to hold");
        kiosk.tap("choice-confirm");
        look("on hold");
        kiosk.tap("release");
        kiosk.tap("reason-lifted");
        look("about to end the hold");
        kiosk.tap("choice-confirm");
        kiosk.tap("erase");
        look("about to erase");
        kiosk.tap("erase-confirm");
        look("erased");
        kiosk.tap("back-to-board");
        kiosk.read();
        look("complaints in the end");
    });
}

#[test]
fn a_burst_and_what_is_said_of_erasing() {
    let burst = |data: &Path| {
        filled_in(data);
        crate::kiosk::fill_burst(data, 3_000);
    };
    everywhere(burst, |kiosk, _, look| {
        kiosk.screens.state().unlock();
        kiosk.tap("staff");
        kiosk.read();
        look("a burst");
        kiosk.tap("group-1");
        kiosk.read();
        look("the first of a burst");
        kiosk.tap("sweep");
        look("being put aside");
        kiosk.read();
        kiosk.settle();
        look("put aside");
        let keeping = &kiosk.screens.services().keeping;
        let day = chrono::Duration::days(1);
        let at = kiosk.now();
        for outlook in [
            Outlook {
                unset: true,
                ..Outlook::default()
            },
            Outlook {
                announced: Some(Ahead {
                    count: 1_234,
                    since: at,
                    from: at + day * 7,
                }),
                ..Outlook::default()
            },
            Outlook {
                doubted: Some((at, at + day * 4_000)),
                ..Outlook::default()
            },
        ] {
            let doubted = outlook.doubted.is_some();
            keeping.tell(outlook);
            // The board has locked the staff area.
            kiosk.screens.state().unlock();
            kiosk.screens.state().show_inbox();
            kiosk.read();
            assert_eq!(kiosk.shows("date-confirm"), doubted);
            look("what is said of erasing");
            kiosk.screens.state().show(lobby_kiosk::Screen::Board);
            kiosk.screens.draw();
            look("the board says it too");
        }
    });
}

#[test]
fn no_complaints() {
    everywhere(fresh, |kiosk, _, look| {
        kiosk.screens.state().unlock();
        kiosk.tap("staff");
        kiosk.read();
        look("no complaints");
    });
}

#[test]
fn the_staff_area() {
    let visit = |kiosk: &Kiosk, look: &mut dyn FnMut(&str)| {
        let (staff, tap) = (&kiosk.screens, |id: &str| {
            kiosk.tap(id);
            kiosk.wait_for_staff();
        });
        let lang = kiosk.window().global::<Shell<'_>>().get_lang();
        staff.state().enter_staff();
        staff.draw();
        look("no PIN");
        pin::set(&kiosk.data, "482915").unwrap();
        kiosk.enter_pin("482916482916");
        look("a wrong PIN");
        kiosk.type_keys("482916482916");
        look("a long PIN");
        tap("pin-ok");
        for _ in 0..2 {
            kiosk.enter_pin("482916");
        }
        look("a wait");
        kiosk.skip(std::time::Duration::from_secs(31));
        kiosk.enter_pin("482915");
        staff.state().choose_lang(&Lang::new(&lang).unwrap());
        staff.state().show_numbers();
        staff.draw();
        for group in [
            "group-partners",
            "group-regulator",
            "group-now",
            "group-people",
        ] {
            tap(group);
            look(group);
        }
        if kiosk.shows("number-security-0") {
            tap("number-security-0");
            look("a number");
            tap("remove");
            look("asking back");
            kiosk.type_keys("12345678901234567890");
            tap("key-extension");
            kiosk.type_keys("12345678");
            look("the longest number");
            tap("next");
            look("what is wrong with it");
            tap("back-to-board");
            tap("number-security-0");
            kiosk.type_keys("057188887777");
            tap("key-extension");
            kiosk.type_keys("12345678");
            tap("next");
            look("a number read back");
            std::fs::write(kiosk.data.join("kiosk.toml"), "[contacts\n").unwrap();
            tap("save");
            look("what cannot be written");
            tap("back-to-board");
        }
        staff.state().show(lobby_kiosk::Screen::Health);
        staff.draw();
        look("nothing beside the screen");
        let jobs = &staff.services().jobs;
        for id in [JobId::Retention, JobId::AddressTest, JobId::BranchFiles] {
            let job = jobs.job(id, Some(std::time::Duration::from_secs(600)));
            job.succeeded();
        }
        let job = jobs.job(JobId::FloorPlan, None);
        job.failed("no space left on device (os error 28) while writing the picture of the floor");
        staff.draw();
        look("a job that fails");
        staff.state().show_numbers();
        staff.draw();
        tap("number-security-add");
        look("adding");
        kiosk.type_keys("110110");
        tap("next");
        look("what is refused");
        for _ in 0..6 {
            tap("key-delete");
        }
        kiosk.type_keys("13800138000");
        tap("next");
        tap("save");
        look("what became of it");
    };
    everywhere(fresh, |kiosk, _, look| visit(kiosk, look));
    everywhere(wordy, |kiosk, _, look| visit(kiosk, look));
}

#[test]
fn every_notice_to_customers_and_every_card_in_a_guide() {
    everywhere(wordy, |kiosk, _, look| {
        for kind in &plan_file::built_in().incidents {
            kiosk.start_guide(&kind.id);
            kiosk.tap("public-notice");
            look(&format!("the notice of {}", kind.id));
            kiosk
                .find("turn-back")
                .unwrap()
                .invoke_accessible_default_action();
            let mut seen = std::collections::BTreeSet::new();
            while let Some(next) = ["step-done", "answer-unknown"]
                .into_iter()
                .find(|id| kiosk.shows(id))
            {
                let ids = kiosk.ids();
                let card = ids.iter().find(|id| id.starts_with("contact-"));
                if let Some(card) = card.filter(|id| seen.insert((*id).clone())) {
                    kiosk.tap(card);
                    assert_eq!(kiosk.shows("qr-sms"), card.starts_with("contact-police"));
                    look(&format!("{card} in the guide of {}", kind.id));
                    kiosk.tap("no-answer");
                    look(&format!("{card} in {}, no answer", kind.id));
                    kiosk.tap("card-close");
                    look(&format!("{} with {card} unanswered", kind.id));
                }
                kiosk.tap(next);
            }
            kiosk.tap("close-incident");
            kiosk.tap("outcome-resolved");
            kiosk.tap("back-to-board");
        }
        kiosk.skip(std::time::Duration::from_secs(121));
        look("posted");
    });
}
