//! Which guides say how it stands with the market.

use lobby_kiosk::config::fault::{Kind, Problem};
use lobby_kiosk::config::plan_file;

use super::{edited, one};

const BEFORE: &str = "principles = [\"safety\"]";

/// Whether the first type of a plan has the clock.
fn has_clock(id: &str, line: &str) -> bool {
    let text = edited(BEFORE, &format!("{BEFORE}\n{line}"));
    let text = text.replace("id = \"physical-conflict\"", &format!("id = \"{id}\""));
    let plan = plan_file::parse("", &text).expect("no fault");
    plan.incident(id).expect("the type").market_clock
}

#[test]
fn the_guides_that_deal_with_orders_have_the_clock() {
    let plan = plan_file::built_in();
    let with = plan.incidents.iter().filter(|one| one.market_clock);
    let ids: Vec<&str> = with.map(|one| one.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "trading-dispute",
            "trading-system-down",
            "network-outage",
            "power-cut"
        ]
    );
}

#[test]
fn a_branchs_plan_that_says_nothing_takes_it_over_by_itself() {
    assert!(!has_clock("physical-conflict", ""));
    assert!(has_clock("physical-conflict", "market_clock = true"));
    assert!(has_clock("network-outage", ""));
    assert!(has_clock("network-outage", "discreet = false"));
    assert!(!has_clock("network-outage", "market_clock = false"));
    let key = "incident[1].market_clock";
    let flag = Problem::WrongKind {
        expected: Kind::Flag,
    };
    let line = "market_clock = \"true\"";
    one(BEFORE, &format!("{BEFORE}\n{line}"), line, key, flag);
}
