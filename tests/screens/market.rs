//! The market's clock above the guides where orders may be waiting.

use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::kiosk::Kiosk;

/// A kiosk at this time in Beijing, with this guide open.
fn guide(at: &str, kind: &str) -> (tempfile::TempDir, Kiosk) {
    let dir = tempfile::tempdir().unwrap();
    let at: DateTime<Utc> = format!("{at}+08:00").parse().unwrap();
    let kiosk = Kiosk::start_at(dir.path(), at);
    kiosk.tap(&format!("incident-{kind}"));
    (dir, kiosk)
}

#[test]
fn an_outage_says_how_long_orders_can_still_be_placed() {
    let (_dir, kiosk) = guide("2026-11-23T14:20:00", "trading-system-down");
    assert_eq!(
        kiosk.label("market-clock"),
        "交易中 · 距 14:57 还有 37 分钟、距 15:00 还有 40 分钟 今天还能下单"
    );
    kiosk.tap("language");
    assert_eq!(
        kiosk.label("market-clock"),
        "Trading · 37 min until 14:57, 40 min until 15:00 Orders can still be placed today"
    );
    for (at, standing) in [
        (
            "2026-11-23T14:57:00",
            "Closing auction, no cancelling · 3 min until 15:00 Orders can still be placed today",
        ),
        (
            "2026-11-23T15:00:00",
            "Closed for today · opens Tuesday, 24 Nov, 9:15 No more orders today: no need to hurry",
        ),
    ] {
        let (_dir, kiosk) = guide(at, "trading-system-down");
        kiosk.tap("language");
        assert_eq!(kiosk.label("market-clock"), standing);
    }
    // With the next minute it says so by itself.
    let (_dir, kiosk) = guide("2026-11-23T14:59:30", "trading-system-down");
    assert!(
        kiosk
            .label("market-clock")
            .starts_with("收盘集合竞价，不能撤单 · 距 15:00 还有 1 分钟")
    );
    kiosk.pass(Duration::from_secs(31));
    assert!(kiosk.label("market-clock").starts_with("今天已收盘"));
}

#[test]
fn outside_hours_nobody_is_hurried() {
    for (at, standing) in [
        (
            "2026-11-23T08:10:00",
            "还没开市 · 距 9:15 还有 1 小时 5 分 今天还能下单",
        ),
        (
            "2026-11-23T09:21:00",
            "开盘集合竞价，不能撤单 · 距 9:25 还有 4 分钟 今天还能下单",
        ),
        (
            "2026-11-23T12:00:00",
            "午间休市 · 距 13:00 还有 1 小时 0 分 今天还能下单",
        ),
        (
            "2026-11-27T15:00:00",
            "今天已收盘 · 下次开市 11月30日 星期一 9:15 今天不能再下单，不必赶时间",
        ),
        (
            "2026-11-28T10:00:00",
            "今天休市 · 下次开市 11月30日 星期一 9:15 今天不能再下单，不必赶时间",
        ),
        (
            "2026-10-10T10:00:00",
            "今天休市 · 下次开市 10月12日 星期一 9:15 今天不能再下单，不必赶时间",
        ),
        (
            "2027-03-01T10:00:00",
            "交易中 · 距 11:30 还有 1 小时 30 分 放假安排未录入，请核对是否开市",
        ),
    ] {
        let (_dir, kiosk) = guide(at, "network-outage");
        assert_eq!(kiosk.label("market-clock"), standing, "{at}");
    }
}

#[test]
fn only_guides_that_deal_with_orders_have_it_and_only_beside_their_steps() {
    let (_dir, kiosk) = guide("2026-11-23T14:20:00", "earthquake");
    assert!(kiosk.shows("current-step") && !kiosk.shows("market-clock"));
    let (_dir, kiosk) = guide("2026-11-23T14:20:00", "power-cut");
    assert!(kiosk.shows("market-clock"));
    kiosk.tap("close-incident");
    assert!(!kiosk.shows("market-clock"), "where it is closed");
}
