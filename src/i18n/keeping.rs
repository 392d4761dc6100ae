//! The words about erasing what is past its keeping.

use chrono_tz::Tz;

use super::{inbox, tr, tr_with};
use crate::domain::keeping::KeepingEvent;
use crate::domain::lang::Lang;
use crate::service::keeper::{Ahead, Outlook};
use crate::service::wording::EventText;

/// What the staff are told in one line of the banner; none where there is nothing to tell.
pub fn short(lang: &Lang, outlook: &Outlook, zone: Tz) -> Option<String> {
    if outlook.doubted.is_some() {
        let said = tr(
            lang,
            "The date jumped. Nothing is erased until it is confirmed",
        );
        return Some(said.to_owned());
    }
    if let Some(ahead) = &outlook.announced {
        return Some(coming(lang, ahead, zone));
    }
    outlook.unset.then(|| never(lang).to_owned())
}

/// What the staff are told above the list; empty where there is nothing to tell.
pub fn full(lang: &Lang, outlook: &Outlook, zone: Tz) -> String {
    if let Some((before, now)) = outlook.doubted {
        let (before, now) = (inbox::when(before, zone), inbox::when(now, zone));
        return tr_with(
            lang,
            "The date jumped from {0} to {1}. Nothing is erased until somebody confirms that today's date is right.",
            &[&before, &now],
        );
    }
    if let Some(ahead) = &outlook.announced {
        let since = ahead.since.with_timezone(&zone).date_naive().to_string();
        let rest = tr_with(
            lang,
            "Announced on {}, at most 20 a day. Put on hold what must be kept.",
            &[&since],
        );
        return [&coming(lang, ahead, zone), tr(lang, ". "), &rest].concat();
    }
    if outlook.unset {
        return never(lang).to_owned();
    }
    String::new()
}

fn coming(lang: &Lang, ahead: &Ahead, zone: Tz) -> String {
    let from = ahead.from.with_timezone(&zone).date_naive().to_string();
    if ahead.count == 1 {
        return tr_with(
            lang,
            "The words of 1 settled complaint are erased from {} on",
            &[&from],
        );
    }
    tr_with(
        lang,
        "The words of {0} settled complaints are erased from {1} on",
        &[&ahead.count.to_string(), &from],
    )
}

/// Nobody has said how long complaints are kept: for the staff, who know no keys.
fn never(lang: &Lang) -> &'static str {
    tr(
        lang,
        "No time is set for keeping complaints, so none is erased: ask Compliance, then IT",
    )
}

/// The same for whoever edits the file.
pub fn unset(lang: &Lang) -> &'static str {
    tr(
        lang,
        "retention_years is not set: no complaint is ever erased by itself",
    )
}

/// Complaints are to be erased sooner than the law lets business records go.
pub fn too_short(lang: &Lang, years: u32) -> String {
    tr_with(
        lang,
        "retention_years = {} under [complaint]: business records are kept for twenty years at least (Securities Law, article 137); have Compliance confirm it",
        &[&years.to_string()],
    )
}

/// The line of the settings still stands as a template wrote it.
pub fn as_template(lang: &Lang) -> &'static str {
    tr(
        lang,
        "retention_years = 3 stands as the program wrote it and counts as not set: ask Compliance (twenty years at least for business records), then write the number without the remark behind it",
    )
}

/// Something that happened about it.
pub fn event(lang: &Lang, event: &KeepingEvent) -> EventText {
    let say = |what: &str, detail: String| EventText {
        what: what.to_owned(),
        detail,
        reason: String::new(),
    };
    match event {
        KeepingEvent::Announced {
            count,
            years,
            done_before,
        } => {
            let before = done_before.date_naive().to_string();
            let detail = tr_with(
                lang,
                "{0} complaints, settled up to {1}, kept for {2} years",
                &[&count.to_string(), &before, &years.to_string()],
            );
            say(tr(lang, "Erasure announced"), detail)
        }
        KeepingEvent::Withdrawn {} => say(tr(lang, "Announced erasure withdrawn"), String::new()),
        KeepingEvent::Finished {} => say(tr(lang, "Announced erasure finished"), String::new()),
        KeepingEvent::ClockDoubted { before, now } => {
            let times = [before, now].map(|at| at.format("%Y-%m-%d %H:%M UTC").to_string());
            let detail = tr_with(lang, "from {0} to {1}", &[&times[0], &times[1]]);
            say(tr(lang, "The date jumped"), detail)
        }
        KeepingEvent::ClockConfirmed {} => say(tr(lang, "Date confirmed"), String::new()),
    }
}
