//! The words for what a branch has not filled in yet.

use super::{tr, tr_with};
use crate::domain::plan::Plan;
use crate::settings::UnsetVital;

/// A value that lives depend on, by the name of its role where it is a number.
pub fn unset(lang: &str, unset: &UnsetVital, plan: &Plan) -> String {
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
