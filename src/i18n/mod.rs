//! The PO catalogues in `locales/`, for what is worded outside the window's own markup:
//! faults, command output, records, and later the phone pages.
//!
//! The message itself is English; a language without a catalogue reads the messages as they are.

pub mod address;
pub mod aid;
pub mod archive;
pub mod calendar;
pub mod calls;
pub mod certificate;
pub mod check;
pub mod contacts;
pub mod demo;
pub mod desk;
pub mod document_file;
pub mod edit;
pub mod evacuation;
pub mod event_text;
pub mod faults;
pub mod filing;
pub mod groups;
pub mod guide_cards;
pub mod handover;
pub mod holding;
pub mod inbox;
pub mod jobs;
pub mod journal;
pub mod keeping;
pub mod log;
pub mod market;
pub mod number;
pub mod pages;
pub mod pcs;
pub mod people;
pub mod phone;
pub mod pin;
pub mod platform;
pub mod posted;
pub mod poster;
pub mod records;
pub mod reminders;
pub mod report;
pub mod resuscitation;
pub mod review;
pub mod screen;
pub mod seal;
pub mod sections;
mod sheets;
pub mod sounds;
pub mod staff;
pub mod statistics;
mod stray_sign;
mod text_util;
mod way_faults;
pub mod way_out;

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::domain::lang::Lang;

static ZH_CN: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    parse(include_str!(
        "../../locales/zh_CN/LC_MESSAGES/lobby-kiosk.po"
    ))
});

fn parse(po: &str) -> HashMap<String, String> {
    // The catalogue is built in and checked by a test; a broken one leaves English, not a panic.
    rspolib::pofile(po).map_or_else(
        |_| HashMap::new(),
        |file| {
            file.entries
                .into_iter()
                .filter_map(|entry| Some((entry.msgid, entry.msgstr?)))
                .filter(|(_, words)| !words.is_empty())
                .collect()
        },
    )
}

/// The tag of a language as files and pages name it (BCP 47): `zh-CN` for `zh_CN`.
pub fn tag(lang: &Lang) -> String {
    lang.as_str().replace('_', "-")
}

/// `message` in `lang`.
pub fn tr<'a>(lang: &Lang, message: &'a str) -> &'a str {
    if *lang == Lang::ZH_CN {
        ZH_CN.get(message).map_or(message, String::as_str)
    } else {
        message
    }
}

/// `message` in `lang`, with `{}` and `{0}`, `{1}` … replaced in the order of `args`.
pub fn tr_with(lang: &Lang, message: &str, args: &[&str]) -> String {
    fill(tr(lang, message), args)
}

fn fill(words: &str, args: &[&str]) -> String {
    let mut filled = String::with_capacity(words.len() + 32);
    let mut rest = words;
    let mut next = 0;
    while let Some(open) = rest.find('{') {
        filled.push_str(&rest[..open]);
        rest = &rest[open..];
        let Some(close) = rest.find('}') else { break };
        let index = match &rest[1..close] {
            "" => {
                next += 1;
                Some(next - 1)
            }
            digits => digits.parse().ok(),
        };
        match index.and_then(|index: usize| args.get(index)) {
            Some(arg) => filled.push_str(arg),
            None => filled.push_str(&rest[..=close]),
        }
        rest = &rest[close + 1..];
    }
    filled.push_str(rest);
    filled
}
