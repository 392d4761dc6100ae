//! The words of the market's clock: how it stands, until when, and what that means for an order.

use chrono::{Duration, NaiveDateTime, Timelike};
use chrono_tz::Tz;

use super::{screen, tr, tr_with};
use crate::domain::lang::Lang;
use crate::domain::market::{BEIJING, Market, Phase};

/// How it stands, and how long until it changes.
pub fn standing(lang: &Lang, market: &Market) -> String {
    let phase = tr(lang, phase(market.phase));
    let until = |minutes: i64, time: &str| {
        tr_with(
            lang,
            "{0} until {1}",
            &[&screen::running(lang, Duration::minutes(minutes)), time],
        )
    };
    let then = match market.phase {
        Phase::Over | Phase::Closed => next_day(lang, market.next),
        Phase::Afternoon => {
            // Between the two nothing can be cancelled any more.
            let close = until(market.minutes + 3, "15:00");
            [until(market.minutes, "14:57"), close].join(tr(lang, ", "))
        }
        _ => until(market.minutes, &time(market.next)),
    };
    tr_with(lang, "{0} · {1}", &[phase, &then])
}

/// Whether an order can still be placed today.
pub fn orders(lang: &Lang, market: &Market) -> &'static str {
    let words = match (market.is_open_today(), market.is_sure) {
        (true, true) => "Orders can still be placed today",
        (false, true) => "No more orders today: no need to hurry",
        // Nobody has entered the year's days off.
        (_, false) => "Holidays not entered: check whether there is trading",
    };
    tr(lang, words)
}

fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Closed => "No trading today",
        Phase::Early => "Not open yet",
        Phase::Opening => "Opening auction",
        Phase::OpeningFixed => "Opening auction, no cancelling",
        Phase::Opened => "Opening auction over",
        Phase::Morning | Phase::Afternoon => "Trading",
        Phase::Noon => "Midday break",
        Phase::Closing => "Closing auction, no cancelling",
        Phase::Over => "Closed for today",
    }
}

/// The day on which trading goes on, with its weekday.
fn next_day(lang: &Lang, next: NaiveDateTime) -> String {
    let at = (next - BEIJING).and_utc();
    let day = screen::date(lang, at, Tz::Asia__Shanghai);
    tr_with(lang, "opens {0}, {1}", &[&day, &time(next)])
}

fn time(at: NaiveDateTime) -> String {
    format!("{}:{:02}", at.hour(), at.minute())
}
