//! What the staff look up among 20,000 incidents and 10,000 complaints of an invented history: a page of the
//! records, what narrows it, the statistics, one incident.

use std::sync::OnceLock;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Asia::Shanghai;
use divan::Bencher;
use lobby_kiosk::app::Branch;
use lobby_kiosk::app::demo::{Wanted, fill};
use lobby_kiosk::domain::statistics::{Length, Period};
use lobby_kiosk::service::archive::PAGE;
use lobby_kiosk::service::demo::end_of;
use lobby_kiosk::service::records::{IncidentFilter, Records};
use tempfile::{TempDir, tempdir};

fn last() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 27).unwrap()
}

fn now() -> DateTime<Utc> {
    end_of(last(), Shanghai)
}

/// The same for all: it takes a while to invent.
fn history() -> &'static TempDir {
    static MADE: OnceLock<TempDir> = OnceLock::new();
    MADE.get_or_init(|| {
        let dir = tempdir().unwrap();
        let wanted = Wanted {
            incidents: 20_000,
            complaints: 10_000,
            seed: 1,
            last: last(),
        };
        fill(dir.path(), &wanted).unwrap();
        dir
    })
}

/// Opened anew each time, as a tap does.
fn records() -> Records {
    Records::open(history().path()).unwrap()
}

const FILTERS: [&str; 4] = ["none", "type", "month", "left"];

#[divan::bench(args = FILTERS)]
fn a_page_of_the_records(bencher: Bencher<'_, '_>, filter: &str) {
    let mut wanted = IncidentFilter::default();
    match filter {
        "type" => wanted.type_id = Some("power-cut".to_owned()),
        "month" => wanted.began = Some((now() - TimeDelta::days(30), now())),
        "left" => wanted.left = true,
        _ => {}
    }
    history();
    bencher.bench(|| records().page(&wanted, 0, PAGE).unwrap());
}

#[divan::bench]
fn the_last_page_of_the_records(bencher: Bencher<'_, '_>) {
    history();
    let first = 20_000 - PAGE;
    bencher.bench(|| {
        records()
            .page(&IncidentFilter::default(), first, PAGE)
            .unwrap()
    });
}

#[divan::bench(args = ["all", "year", "month"])]
fn statistics(bencher: Bencher<'_, '_>, of: &str) {
    let plan = Branch::load_readonly(history().path()).plan;
    let length = match of {
        "all" => Length::All,
        "year" => Length::Year,
        _ => Length::Month,
    };
    let period = Period::of(length, last());
    bencher.bench(|| records().count(period, &plan, Shanghai, now()).unwrap());
}

#[divan::bench]
fn one_incident(bencher: Bencher<'_, '_>) {
    let page = records().page(&IncidentFilter::default(), 0, 1).unwrap();
    let id = &page.incidents[0].id;
    bencher.bench(|| records().show(id.as_str()).unwrap());
}
