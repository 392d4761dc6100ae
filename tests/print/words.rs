//! What stands on the posters, and what must not.

use lobby_kiosk::config::settings::Direction;
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::print::{Item, Kind, Langs, Poster, Sheet, Sign, poster};

use super::{branch, request, said};

#[test]
fn what_stands_on_them() {
    let (plan, settings) = branch();
    let sheet = |kind| poster(kind, &request(&plan, &settings)).unwrap();
    let expected: [(Kind, &[&str]); 3] = [
        (
            Kind::Complaint,
            &[
                "人民路证券营业部",
                "客户投诉",
                "Makeacomplaint",
                "http://192.168.1.20:8080/complaint",
                "021-58881234转6",
                "021-58881235",
                "tousu@renminlu.example.cn",
                "12386",
                "9:00–11:30",
                "2026-11-28",
                "2026-11-24",
            ],
        ),
        (
            Kind::Evacuation,
            &[
                "疏散指引",
                "Wayout",
                "不要乘电梯",
                "东侧楼梯Eaststairs",
                "南门Southdoor",
                "广场北侧旗杆",
                "110",
                "119",
                "120",
                "浦东新区人民路188号",
                "http://192.168.1.20:8080/evacuate",
                "没有网络",
            ],
        ),
        (
            Kind::Contacts,
            &[
                "应急电话",
                "110",
                "119",
                "120",
                "安保人员",
                "Security",
                "021-58886110",
                "021-58881234转6",
                "http://192.168.1.20:8080/contacts",
            ],
        ),
    ];
    for (kind, expected) in expected {
        let sheet = sheet(kind);
        let said = said(&sheet);
        for words in expected {
            assert!(said.contains(words), "{kind:?}: {words} in {said}");
        }
        assert!(
            !said.contains("13800138000") && !said.contains("13900139000"),
            "{kind:?}: an internal number"
        );
    }
    let signs = |sheet: &Sheet| -> Vec<Sign> {
        let signs = sheet.items.iter().filter_map(|item| match item {
            Item::Sign { sign, .. } => Some(*sign),
            _ => None,
        });
        signs.collect()
    };
    assert_eq!(
        signs(&sheet(Kind::Evacuation)),
        [
            Sign::Exit,
            Sign::Arrow(Direction::Right),
            Sign::Exit,
            Sign::Assembly
        ]
    );
    let english = Poster {
        langs: Langs::only(&Lang::EN),
        ..request(&plan, &settings)
    };
    let english = said(&poster(Kind::Contacts, &english).unwrap());
    assert!(
        !english.contains("应急") && !english.contains("安保"),
        "{english}"
    );
    assert!(english.contains("ext6"), "{english}");
}

#[test]
fn both_signs_are_drawn() {
    let (plan, settings) = branch();
    let svg = poster(Kind::Evacuation, &request(&plan, &settings))
        .unwrap()
        .to_svg();
    // Each has a green ground, and the runner is clipped at the door.
    assert!(svg.matches("#007d3e").count() > 4, "the signs' green");
    assert!(svg.contains("clip-path"), "the runner in the door");
    assert!(
        !svg.contains("<text") && !svg.contains("font"),
        "words are outlines"
    );
    assert!(svg.contains("width=\"210mm\" height=\"297mm\""));
}
