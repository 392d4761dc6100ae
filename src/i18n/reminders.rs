//! The words for what a branch has not filled in yet, or should look at again.

use chrono::NaiveDate;

use super::number::unfit;
use super::{tr, tr_with};
use crate::config::settings::{Stale, UnsetVital};
use crate::domain::lang::Lang;
use crate::domain::phone::Unfit;
use crate::domain::plan::Plan;

/// A value that lives depend on, by the name of its role where it is a number.
pub fn unset(lang: &Lang, unset: &UnsetVital, plan: &Plan) -> String {
    match unset {
        UnsetVital::Address => tr(lang, "the branch's address").to_owned(),
        UnsetVital::Number(role) => {
            let name = plan
                .role(role)
                .map_or(role.as_str(), |role| role.name.in_lang(lang));
            tr_with(lang, "the number of {}", &[name])
        }
    }
}

/// A number that is due to be confirmed, by the key that whoever edits the file looks for.
pub fn stale(lang: &Lang, stale: &Stale, today: NaiveDate) -> String {
    let (last, today) = (stale.confirmed.to_string(), today.to_string());
    tr_with(
        lang,
        "{0}: {1}, last confirmed on {2}; ring it, then write confirmed = {3}",
        &[&stale.role, &stale.number, &last, &today],
    )
}

/// Numbers that nobody has ever confirmed, the first of them by name.
pub fn unconfirmed(
    lang: &Lang,
    (role, number): (&str, &str),
    count: usize,
    today: NaiveDate,
) -> String {
    let (today, more) = (today.to_string(), count.saturating_sub(1).to_string());
    if count == 1 {
        return tr_with(
            lang,
            "{0}: {1}, never confirmed; ring it, then write confirmed = {2}",
            &[role, number, &today],
        );
    }
    tr_with(
        lang,
        "{0}: {1}, never confirmed, and {2} more; ring them, then write confirmed = {3}",
        &[role, number, &more, &today],
    )
}

/// A number that reaches nobody as it stands in the file.
pub fn unreachable(lang: &Lang, key: &str, number: &str, why: &Unfit) -> String {
    tr_with(lang, "{0}: {1}", &[key, &unfit(lang, number, why)])
}

/// A number whose date is still to come: a slip that would keep it from ever falling due.
pub fn ahead(lang: &Lang, role: &str, number: &str, confirmed: NaiveDate) -> String {
    tr_with(
        lang,
        "{0}: {1}, confirmed on {2}, a day still to come; correct the date",
        &[role, number, &confirmed.to_string()],
    )
}

/// The working days of a year cannot be told.
pub fn no_holidays(lang: &Lang, year: i32) -> String {
    tr_with(
        lang,
        "no holidays of {0} under [complaint] yet: deadlines of complaints fall too early; take them over with lobby-kiosk calendar import {0}.json",
        &[&year.to_string()],
    )
}

/// The same for the staff, who know no keys.
pub fn no_holidays_short(lang: &Lang, year: i32) -> String {
    tr_with(
        lang,
        "Holidays of {} are not entered yet: tell IT",
        &[&year.to_string()],
    )
}

/// Nobody has entered which company is responsible for customers' personal data.
pub fn no_firm(lang: &Lang) -> &str {
    tr(
        lang,
        "name and contact under [firm] are not both set yet: the complaint form asks for no name and no contact (PIPL, articles 17 and 73)",
    )
}

/// The same for the staff, who know no keys.
pub fn no_firm_short(lang: &Lang) -> &str {
    tr(lang, "No company entered: complaints take no names")
}

/// There is no complaint line for customers to dial.
pub fn no_complaint_line(lang: &Lang) -> &str {
    tr(
        lang,
        "no phone under [complaint] yet: the code to dial it is not drawn",
    )
}
