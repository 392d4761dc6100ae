//! The `[contacts]` section of `kiosk.toml` → the branch's own numbers.

use std::collections::BTreeMap;

use super::Number;
use super::fields::number;
use crate::config::fault::Problem;
use crate::config::limits::NUMBERS;
use crate::config::toml_reader::{Item, Section};
use crate::domain::phone;
use crate::domain::plan::Plan;

/// The numbers of every role of the plan; roles without one are absent.
pub(super) fn read(mut one: Section<'_>, plan: &Plan) -> BTreeMap<String, Vec<Number>> {
    let of_role = |id: &str, item: Option<Item<'_>>| {
        let numbers = item.map_or_else(Vec::new, of_role);
        (!numbers.is_empty()).then(|| (id.to_owned(), numbers))
    };
    plan.roles
        .iter()
        .filter_map(|role| of_role(&role.id, one.optional(&role.id)))
        .collect()
}

/// A number or a list of numbers, without the empty ones.
fn of_role(item: Item<'_>) -> Vec<Number> {
    let members = item.clone().one_or_more();
    if members.len() > *NUMBERS.end() {
        item.fault(Problem::Count {
            least: *NUMBERS.start(),
            most: *NUMBERS.end(),
            count: members.len(),
        });
    }
    let mut found: Vec<(Number, usize)> = Vec::new();
    // Even a list that is too long must not cost the role its first numbers: a last good copy may
    // be older than the limit.
    for one in members.into_iter().take(*NUMBERS.end()) {
        let line = one.place().line;
        let Some(number) = of_member(one.clone()) else {
            continue;
        };
        let same = |(known, _): &&(Number, usize)| phone::is_same(&known.number, &number.number);
        if let Some(&(_, first)) = found.iter().find(same) {
            let id = number.number;
            one.fault(Problem::DuplicateId { id, first });
        } else {
            found.push((number, line));
        }
    }
    found.into_iter().map(|(number, _)| number).collect()
}

/// One number: alone, or in a table that says more of it.
fn of_member(item: Item<'_>) -> Option<Number> {
    if !item.is_table() {
        return number(item).map(plain);
    }
    let mut table = item.section()?;
    let written = table.required("number").and_then(number);
    let confirmed = table.optional("confirmed").and_then(Item::date);
    let public = table.optional("public").and_then(Item::flag);
    Some(Number {
        number: written?,
        confirmed,
        public,
    })
}

/// A number of which nothing else is said.
pub(super) fn plain(number: String) -> Number {
    Number {
        number,
        confirmed: None,
        public: None,
    }
}
