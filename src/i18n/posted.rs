//! The words of the posted face, the codes and the notices to customers.

use super::{tr, tr_with};
use crate::config::settings::{INVESTOR_HOTLINE, PublicNumber};
use crate::domain::lang::Lang;
use crate::domain::plan::Role;

/// The caption of the code that says how to get out.
pub fn way_out(lang: &Lang) -> &'static str {
    tr(lang, "How to get out")
}

/// The caption of one of several codes that belong together.
pub fn one_of(caption: &str, index: usize, count: usize) -> String {
    [caption, &which_of(index, count)]
        .join(" ")
        .trim()
        .to_owned()
}

/// Which of several codes it is; empty for an only one.
pub fn which_of(index: usize, count: usize) -> String {
    if count > 1 {
        format!("{}/{count}", index + 1)
    } else {
        String::new()
    }
}

/// A name and what is to be known of it.
pub fn named(name: &str, more: &str) -> String {
    format!("{name} {more}")
}

/// The name of the branch's complaint line.
pub fn complaint_line(lang: &Lang) -> &'static str {
    tr(lang, "Complaints")
}

/// Whom a number that customers may read reaches.
pub fn public_name<'a>(lang: &Lang, one: &PublicNumber<'a>) -> &'a str {
    match one.role {
        Some(role) => role.name.in_lang(lang),
        None => complaint_line(lang),
    }
}

/// When a public number answers, where that is not always.
pub fn hours<'a>(lang: &Lang, role: &'a Role) -> &'a str {
    if role.id == INVESTOR_HOTLINE {
        role.when.in_lang(lang)
    } else {
        ""
    }
}

/// The one line of advice beneath the numbers.
pub fn advice(lang: &Lang) -> &'static str {
    tr(
        lang,
        "In an emergency follow the staff, leave by the safety exits, and do not use the lifts.",
    )
}

/// The way back to what is being handled.
pub fn running(lang: &Lang, count: usize) -> String {
    if count == 1 {
        tr(lang, "In progress: back to the guide").to_owned()
    } else {
        tr_with(
            lang,
            "{} in progress: back to the guide",
            &[&count.to_string()],
        )
    }
}

/// What a notice says where the plan has no words of its own.
pub fn calm(lang: &Lang) -> &'static str {
    tr(
        lang,
        "Please wait here.\nOur staff will be with you shortly.",
    )
}
