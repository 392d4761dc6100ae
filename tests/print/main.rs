//! What is printed: posters, what their codes carry, what stands on them, and that it all fits;
//! and documents.

mod codes;
mod command;
mod documents;
mod files;
mod places;
mod staff_paper;
mod words;

#[path = "../common/decoded.rs"]
mod decoded;
#[path = "../common/docx.rs"]
mod docx;

use std::collections::BTreeSet;
use std::path::Path;

use chrono::NaiveDate;
use lobby_kiosk::config::plan_file;
use lobby_kiosk::config::settings::Settings;
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::domain::plan::Plan;
use lobby_kiosk::i18n::way_out;
use lobby_kiosk::print::{Item, Kind, Langs, Paper, Poster, Sheet, poster};

const BASE: &str = "http://192.168.1.20:8080";
const KINDS: [Kind; 3] = [Kind::Complaint, Kind::Evacuation, Kind::Contacts];
const PAPERS: [Paper; 2] = [Paper::A4, Paper::A5];
const LANGS: [Langs<'static>; 3] = [
    Langs::BOTH,
    Langs::only(&Lang::ZH_CN),
    Langs::only(&Lang::EN),
];

/// A branch with everything filled in; two of its numbers are internal.
const BRANCH: &str = r#"
[branch]
name = "人民路证券营业部"
address = "浦东新区人民路188号"
floor = "一楼"
exits = [{ name = "东侧楼梯 East stairs", direction = "right" }, "南门 South door"]
assembly_point = "广场北侧旗杆"
area_code = "021"
[complaint]
phone = "021-58881234转6"
fax = "021-58881235"
email = "tousu@renminlu.example.cn"
[contacts]
security = { number = "021-58886110", public = true }
supervisor = ["13800138000", "13900139000"]
"#;

fn settings(text: &str, plan: &Plan) -> Settings {
    let (settings, faults) = Settings::read("kiosk.toml", text, Path::new("."), plan);
    assert!(faults.is_empty(), "{faults:?}");
    settings
}

fn branch() -> (Plan, Settings) {
    let plan = plan_file::built_in();
    let settings = settings(BRANCH, &plan);
    (plan, settings)
}

fn request<'a>(plan: &'a Plan, settings: &'a Settings) -> Poster<'a> {
    Poster {
        plan,
        settings,
        base: Some(BASE),
        langs: Langs::BOTH,
        paper: Paper::A4,
        distance: None,
        day: NaiveDate::from_ymd_opt(2026, 11, 24).unwrap(),
    }
}

/// Every kind in every language on every paper, with what was asked for.
fn each(request: &Poster<'_>, mut check: impl FnMut(Kind, &Poster<'_>, Sheet)) {
    for kind in KINDS {
        for langs in LANGS {
            for paper in PAPERS {
                let request = Poster {
                    langs,
                    paper,
                    ..*request
                };
                let sheet = poster(kind, &request)
                    .unwrap_or_else(|error| panic!("{kind:?} {langs:?} {paper:?}: {error}"));
                check(kind, &request, sheet);
            }
        }
    }
}

/// What the codes of a poster carry.
fn payloads(kind: Kind, request: &Poster<'_>) -> BTreeSet<String> {
    let mut all = BTreeSet::from([[request.base.unwrap(), kind.path()].concat()]);
    if kind == Kind::Evacuation {
        for lang in [Some(request.langs.first), request.langs.second] {
            let lang = lang.into_iter();
            all.extend(
                lang.flat_map(|lang| way_out::of_branch(lang, request.plan, request.settings)),
            );
        }
    }
    all
}

/// The words on a sheet, without spaces, line after line.
fn said(sheet: &Sheet) -> String {
    let words = sheet.items.iter().filter_map(|item| match item {
        Item::TextRun(words) => Some(words.text.replace(' ', "")),
        _ => None,
    });
    words.collect()
}
