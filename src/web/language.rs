//! The language of a page: as the visitor chose it, or as their phone asks for it.

use std::cmp::{Ordering, Reverse};

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;

use crate::domain::lang::Lang;
use crate::domain::tongue::{Reads, reads};

/// The languages that pages are written in.
static LANGUAGES: [Lang; 2] = Lang::OURS;

/// The language to answer in, and whether the visitor chose it on a page.
pub fn of(query: Option<&str>, headers: &HeaderMap, offered: &[Lang]) -> (&'static Lang, bool) {
    let known = |tag: &str| LANGUAGES.iter().find(|one| one.as_str() == tag);
    let asked = query.and_then(|query| {
        form_urlencoded::parse(query.as_bytes())
            .find(|(name, _)| name == "lang")
            .and_then(|(_, value)| known(&value))
    });
    if let Some(lang) = asked {
        return (lang, true);
    }
    let accepted = headers
        .get(ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .and_then(preferred);
    let first = offered.first().and_then(|first| known(first.as_str()));
    (accepted.or(first).unwrap_or(&Lang::ZH_CN), false)
}

/// The language of ours that the visitor likes best (RFC 9110, 12.5.4); of two that are liked
/// alike, the one named first. None where nothing was asked for.
fn preferred(accepted: &str) -> Option<&'static Lang> {
    let ranges: Vec<(String, f32)> = accepted.split(',').take(32).filter_map(range).collect();
    // What stands for a language, and where: its own range, or else the one for all others.
    let liked = |name: &str| {
        let of = |name: &str| {
            let all = ranges.iter().enumerate().filter(|(_, one)| one.0 == name);
            all.map(|(place, one)| (one.1, Reverse(place)))
                .max_by(|one, other| one.partial_cmp(other).unwrap_or(Ordering::Equal))
        };
        of(name).or_else(|| of("*"))
    };
    let (chinese, english) = (liked("zh"), liked("en"));
    let wanted = |one: Option<(f32, _)>| one.is_some_and(|(weight, _)| weight > 0.0);
    match (wanted(chinese), wanted(english)) {
        (true, true) if chinese > english => Some(&Lang::ZH_CN),
        (true, false) => Some(&Lang::ZH_CN),
        (_, true) => Some(&Lang::EN),
        // Whoever reads neither is more likely to read English, unless they say that they do not.
        (false, false) if english.is_some() => Some(&Lang::ZH_CN),
        (false, false) => (!accepted.trim().is_empty()).then_some(&Lang::EN),
    }
}

/// The language of a tag as far as the pages are concerned, `zh` for `zh-Hant-TW` and for `yue`,
/// `en` for `en-GB`, and its weight.
fn range(one: &str) -> Option<(String, f32)> {
    let (tag, rest) = one.split_once(';').unwrap_or((one, ""));
    let weight = match rest.trim().strip_prefix("q=") {
        Some(weight) => weight.trim().parse().unwrap_or(0.0),
        None => 1.0,
    };
    let name = match reads(tag) {
        Some(Reads::Chinese) => "zh",
        Some(Reads::English) => "en",
        None => tag.trim().split('-').next()?,
    };
    (!name.is_empty()).then(|| (name.to_owned(), weight))
}
