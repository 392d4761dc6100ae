//! The way out on the phone, before, while and after people leave.

use chrono::Duration;
use lobby_kiosk::domain::evacuation::{End, EvacuationEvent};
use lobby_kiosk::domain::incident::{Incident, IncidentEvent};
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::domain::plan::Text;
use lobby_kiosk::helper;
use lobby_kiosk::service::floor_plan_thumbnail;
use lobby_kiosk::web::situation::Situation;

use crate::pages::{Pages, epoch};

fn fire() -> Incident {
    let started = IncidentEvent::Started {
        type_id: "fire".into(),
        name: Text::new([(Lang::ZH_CN, "火灾"), (Lang::EN, "Fire")]),
        plan: "2026-11-23".into(),
        digest: None,
    };
    let mut incident = Incident::begin(&"one".into(), &"a".into(), epoch(), &started).unwrap();
    let leave = EvacuationEvent::Started {
        opened: false,
        because: None,
    };
    incident.apply(&"b".into(), epoch(), &IncidentEvent::Evacuation(leave));
    incident
}

fn show(pages: &Pages, incident: &Incident, seconds: i64) -> Option<i64> {
    let now = epoch() + Duration::seconds(seconds);
    let in_force = &pages.app.site().in_force;
    let (situation, next) = Situation::of(std::slice::from_ref(incident), in_force, now);
    pages.app.site().set_situation(situation);
    next.map(|at| (at - epoch()).num_seconds())
}

#[test]
fn the_page_is_live_from_the_end_of_the_undo_window_to_the_end() {
    let dir = tempfile::tempdir().unwrap();
    let toml = "[branch]\nexits = [\"东侧楼梯\"]\nassembly_point = \"广场北侧旗杆\"\n";
    std::fs::write(dir.path().join("kiosk.toml"), toml).unwrap();
    let pages = Pages::open(dir.path());
    let mut incident = fire();
    let calm = pages.get("/evacuate");
    assert!(calm.body.contains("东侧楼梯") && calm.body.contains("广场北侧旗杆"));
    assert_eq!(calm.header("refresh"), "");

    assert_eq!(
        show(&pages, &incident, 4),
        Some(5),
        "may still be taken back"
    );
    assert_eq!(pages.get("/evacuate").body, calm.body);

    assert_eq!(show(&pages, &incident, 5), None);
    let live = pages.get("/evacuate");
    assert_eq!(live.header("refresh"), "10");
    for words in [
        "紧急情况，请马上这样做",
        "马上撤离，不乘电梯",
        "不要乘电梯",
        "广场北侧旗杆",
        "立即刷新",
    ] {
        assert!(live.body.contains(words), "{words}");
    }
    let english = pages.get("/evacuate?lang=en");
    assert!(english.body.contains("Do not use the lifts."));
    assert!(
        english.body.contains("href=\"/evacuate?lang=en\""),
        "the visible link"
    );

    let ended = EvacuationEvent::Ended {
        end: End::FalseAlarm,
    };
    let at = epoch() + Duration::seconds(60);
    incident.apply(&"c".into(), at, &IncidentEvent::Evacuation(ended));
    assert_eq!(show(&pages, &incident, 61), Some(70), "the end too");
    assert_eq!(pages.get("/evacuate").header("refresh"), "10");
    assert_eq!(show(&pages, &incident, 70), Some(60 + 3600));
    let over = pages.get("/evacuate");
    assert!(over.body.contains("误报"));
    assert_eq!(over.header("refresh"), "");
    show(&pages, &incident, 60 + 3600);
    assert_eq!(pages.get("/evacuate").body, calm.body);
}

#[test]
fn in_an_earthquake_nobody_is_told_to_run() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    let mut incident = fire();
    incident.type_id = "earthquake".into();
    assert_eq!(show(&pages, &incident, 10), None);
    let page = pages.get("/evacuate").body;
    let live = page.split("class=\"leave\"").nth(1).unwrap();
    assert!(
        live.split("</section>")
            .next()
            .unwrap()
            .contains("伏地、遮挡、手抓牢")
    );
    let title = page
        .split("<h1>")
        .nth(1)
        .unwrap()
        .split('<')
        .next()
        .unwrap();
    assert!(!title.contains('撤'), "{title}");
}

#[test]
fn a_start_taken_back_is_told_to_nobody() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    let mut incident = fire();
    let undone = IncidentEvent::Evacuation(EvacuationEvent::Undone {});
    incident.apply(&"c".into(), epoch() + Duration::seconds(3), &undone);
    assert_eq!(show(&pages, &incident, 10), None);
    let page = pages.get("/evacuate");
    assert_eq!(page.header("refresh"), "");
    assert!(!page.body.contains("class=\"leave\""));
}

#[test]
fn the_floor_plan_is_a_light_picture() {
    let dir = tempfile::tempdir().unwrap();
    let pages = Pages::open(dir.path());
    let plan = floor_plan_thumbnail::make(None, None).unwrap();
    assert!(plan.sample);
    pages.app.site().set_floor_plan(plan);
    let page = pages.get("/evacuate");
    assert!(
        page.body
            .contains("<img class=\"plan\" src=\"/floor-plan.png\"")
    );
    assert!(page.body.contains("示例图"), "says that it is a sample");
    let picture = pages.get("/floor-plan.png");
    assert_eq!(picture.header("content-type"), "image/png");
    let mut reader = png::Decoder::new(std::io::Cursor::new(&picture.bytes))
        .read_info()
        .unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut pixels).unwrap();
    let style = pages.get("/style.css");
    let whole = page.bytes.len() + picture.bytes.len() + style.bytes.len();
    assert!(whole <= 60_000, "{whole}");
}

#[test]
fn a_busy_picture_is_made_light_too() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("noise.png");
    let (width, height) = (1600_u32, 1200_u32);
    // Nothing compresses worse than noise.
    let mut seed = 1_u32;
    let pixels: Vec<u8> = (0..width * height * 3)
        .map(|_| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            seed.to_be_bytes()[0]
        })
        .collect();
    let file = std::fs::File::create(&path).unwrap();
    let mut encoder = png::Encoder::new(file, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder
        .write_header()
        .unwrap()
        .write_image_data(&pixels)
        .unwrap();
    helper::use_program(std::path::Path::new(env!("CARGO_BIN_EXE_lobby-kiosk")));
    let plan = floor_plan_thumbnail::make(Some(path), Some((50, 50))).unwrap();
    assert!(
        plan.png.len() <= floor_plan_thumbnail::MOST_BYTES,
        "{}",
        plan.png.len()
    );
    assert!(!plan.sample);
}

#[test]
fn numbers_are_said_once_and_their_extensions_in_the_language_of_the_page() {
    let dir = tempfile::tempdir().unwrap();
    let toml = "[complaint]\nphone = \"021-58881234-6\"\nfax = \"021-58881235-7\"\n\
                [contacts]\nsecurity = { number = \"021-58881236-8\", public = true }\n";
    std::fs::write(dir.path().join("kiosk.toml"), toml).unwrap();
    let pages = Pages::open(dir.path());
    for path in ["/complaint", "/contacts", "/evacuate", "/privacy"] {
        let page = pages.get(&format!("{path}?lang=en")).body;
        assert!(!page.contains('转'), "{path}");
    }
    let form = pages.get("/complaint?lang=en").body;
    assert!(form.contains(">021-58881234 ext 6</a>"), "{form}");
    assert!(form.contains("tel:02158881234,6"));
    assert!(form.contains("021-58881235 ext 7"));
    assert!(pages.get("/complaint").body.contains("021-58881234 转"));
    assert!(!form.contains("<dt>12386"), "the number follows its name");
}

#[test]
fn no_page_says_why_people_leave_nor_with_violence_where_to_gather() {
    let dir = tempfile::tempdir().unwrap();
    let toml = "[branch]\nname = \"一部\"\nexits = [\"东侧楼梯\"]\nassembly_point = \"广场北侧旗杆\"\nstaff_meeting_point = \"后门车棚\"\n[web]\npublic_url = \"https://desk.example.cn\"\n";
    std::fs::write(dir.path().join("kiosk.toml"), toml).unwrap();
    let pages = Pages::arranged(dir.path(), epoch(), |site| {
        site.posters.printer = Some(Box::new(|_, _, _, _| Some(b"%PDF".to_vec())));
    });
    let drawn = floor_plan_thumbnail::make(None, None).unwrap();
    pages.app.site().set_floor_plan(drawn);
    let plan = pages.app.site().plan();
    let paths = [
        "/",
        "/evacuate",
        "/complaint",
        "/status",
        "/contacts",
        "/privacy",
        "/posters",
        "/nothing",
    ];
    let told = |path: &str, lang: &str| {
        let page = pages.get(&format!("{path}?lang={lang}")).body;
        let mut never = vec!["暴力威胁", "后门车棚"];
        // The contacts say to everybody and at any time when to call the police, and how unheard.
        if path != "/contacts" {
            never.extend(["暴力", "威胁", "Violence", "锁门", "静音", "Lock in"]);
        }
        for words in never {
            assert!(!page.contains(words), "{path}: {words}");
        }
        page
    };
    for path in paths {
        told(path, "zh_CN");
        told(path, "en");
    }
    for hazard in plan.hazards.iter().filter(|one| one.id != "other") {
        for order in 1..=hazard.commands.len() {
            let mut incident = fire();
            incident.type_id = "unclassified".into();
            let events = [
                EvacuationEvent::HazardNamed {
                    hazard: hazard.id.clone(),
                    name: hazard.name.clone(),
                },
                EvacuationEvent::Ordered {
                    order,
                    command: hazard.commands[order - 1].clone(),
                },
            ];
            for event in events {
                incident.apply(&"c".into(), epoch(), &IncidentEvent::Evacuation(event));
            }
            show(&pages, &incident, 10);
            // The contacts say the same at any time, and so nothing of what happens now.
            for path in paths.iter().filter(|path| **path != "/contacts") {
                let (zh, en) = (told(path, "zh_CN"), told(path, "en"));
                assert!(
                    !zh.contains(hazard.name.in_lang(&Lang::ZH_CN)),
                    "{path}: {}",
                    hazard.id
                );
                assert!(
                    hazard.id == "fire" || !en.contains(hazard.name.in_lang(&Lang::EN)),
                    "{path}"
                );
                assert!(
                    !zh.contains("原因") && !en.contains("Reason"),
                    "{path}: {}",
                    hazard.id
                );
            }
            let live = told("/evacuate", "zh_CN");
            assert!(
                live.contains(hazard.commands[order - 1].in_lang(&Lang::ZH_CN)),
                "{}",
                hazard.id
            );
            // While the earth shakes people stay: nobody is shown where to go.
            let leads_out = !hazard.discreet && (hazard.id != "earthquake" || order > 1);
            assert_eq!(live.contains("广场北侧旗杆"), leads_out, "{}", hazard.id);
            // With gas in the air no phone is used before one is outside.
            for path in ["/evacuate", "/", "/complaint"] {
                let page = told(path, "zh_CN");
                assert_eq!(page.contains("到了楼外，再拨打"), hazard.no_codes, "{path}");
                assert_eq!(page.contains("请马上拨打"), !hazard.no_codes, "{path}");
            }
            let general = "不要奔跑。帮助行动不便的人";
            assert_eq!(live.contains(general), leads_out, "{}", hazard.id);
            for picture in ["/floor-plan.png", "/posters/evacuation-A4.pdf"] {
                let there = pages.get(picture).status == 200;
                assert_eq!(there, !hazard.discreet, "{picture}: {}", hazard.id);
            }
        }
    }
}
