//! Where things stand: nothing leaves the paper, nothing lies over anything else.

use lobby_kiosk::config::plan_file;
use lobby_kiosk::config::settings::{Direction, Exit};
use lobby_kiosk::print::{Area, Item, Kind, Poster, Sheet, poster};

use super::{BRANCH, branch, each, request, said, settings};

fn overlap(one: Area, other: Area) -> bool {
    const ROUNDING: f32 = 0.02;
    one.left + ROUNDING < other.right()
        && other.left + ROUNDING < one.right()
        && one.top + ROUNDING < other.bottom()
        && other.top + ROUNDING < one.bottom()
}

fn within(inner: Area, outer: Area) -> bool {
    const ROUNDING: f32 = 0.1;
    inner.left + ROUNDING >= outer.left
        && inner.top + ROUNDING >= outer.top
        && inner.right() <= outer.right() + ROUNDING
        && inner.bottom() <= outer.bottom() + ROUNDING
}

/// Nothing leaves the paper's printable part, nothing lies over anything else, and what stands on
/// a panel stands on it wholly.
pub fn check_places(sheet: &Sheet) {
    let (width, height) = sheet.paper.size();
    let edge = 8.0;
    let paper = Area {
        left: edge,
        top: edge,
        width: width - 2.0 * edge,
        height: height - 2.0 * edge,
    };
    for (index, one) in sheet.items.iter().enumerate() {
        assert!(within(one.area(), paper), "off the paper: {one:?}");
        for other in &sheet.items[index + 1..] {
            let (here, there) = (one.area(), other.area());
            if !overlap(here, there) {
                continue;
            }
            assert!(
                matches!(one, Item::Panel { .. }) && within(there, here),
                "{other:?}\nlies over\n{one:?}"
            );
            assert!(
                !matches!(other, Item::Code { .. }),
                "a code needs white paper: {other:?}"
            );
        }
    }
}

#[test]
fn nothing_overlaps_or_leaves_the_paper() {
    let (plan, settings) = branch();
    each(&request(&plan, &settings), |_, _, sheet| {
        check_places(&sheet)
    });
}

#[test]
fn the_longest_values_fit() {
    let (plan, mut settings) = branch();
    let place = "浦东新区人民路188号环球金融广场裙楼";
    settings.branch.name =
        Some("中华人民共和国上海市浦东新区人民路第一百八十八号证券营业部".to_owned());
    settings.branch.address = Some(place.repeat(15));
    settings.branch.exits = (1..=6)
        .map(|n| format!("{n}号门，经消防通道到人民路 Gate {n} to the road"))
        .map(|name| Exit {
            name,
            direction: Some(Direction::UpLeft),
        })
        .collect();
    settings.branch.assembly_point = Some(place.repeat(4));
    settings.complaint.email = Some(format!("{}@example.cn", "a-very-long-mailbox".repeat(4)));
    let request = Poster {
        base: Some("https://kiosk-of-the-branch.securities.example.cn"),
        ..request(&plan, &settings)
    };
    each(&request, |kind, request, sheet| {
        check_places(&sheet);
        let said = said(&sheet);
        assert!(
            said.contains(settings.branch.name.as_deref().unwrap()),
            "{said}"
        );
        assert!(
            said.contains(&[request.base.unwrap(), kind.path()].concat()),
            "{said}"
        );
        if kind != Kind::Complaint {
            assert!(said.contains(&place.repeat(15)), "{said}");
        }
        if kind == Kind::Evacuation {
            assert!(
                (1..=6).all(|n| said.contains(&format!("{n}号门"))),
                "{said}"
            );
        }
    });
}

#[test]
fn twenty_numbers_fit() {
    let plan = plan_file::built_in();
    let numbers = plan.roles.iter().filter(|role| role.number.is_none());
    let contacts: String = numbers
        .map(|role| {
            format!(
                "{} = {{ number = \"+86 021 5888 1234转12345678\", public = true }}\n",
                role.id
            )
        })
        .collect();
    let settings = settings(&format!("{BRANCH}\n").replace("security = { number = \"021-58886110\", public = true }\nsupervisor = [\"13800138000\", \"13900139000\"]\n", &contacts), &plan);
    assert!(settings.public_numbers(&plan).len() >= 20);
    each(&request(&plan, &settings), |kind, _, sheet| {
        check_places(&sheet);
        if kind == Kind::Contacts {
            let count = said(&sheet).matches("12345678").count();
            assert_eq!(
                count,
                plan.roles
                    .iter()
                    .filter(|role| role.number.is_none())
                    .count()
            );
        }
    });
}

#[test]
fn what_lies_over_something_else_is_seen() {
    let (plan, settings) = branch();
    let sheet = poster(Kind::Complaint, &request(&plan, &settings)).unwrap();
    let area = |item: &Item| match item {
        Item::Code { area, .. } => Some(*area),
        _ => None,
    };
    let code = sheet.items.iter().find_map(area).unwrap();
    let last = sheet.items.len() - 1;
    for (left, baseline) in [(code.left, code.top + 20.0), (-1.0, 290.0)] {
        let mut spoilt = sheet.clone();
        let Item::TextRun(words) = &mut spoilt.items[last] else {
            panic!("the foot ends in words");
        };
        (words.left, words.baseline) = (left, baseline);
        let seen = std::panic::catch_unwind(|| check_places(&spoilt));
        assert!(seen.is_err(), "{left} {baseline}");
    }
}
