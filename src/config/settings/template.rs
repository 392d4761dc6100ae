//! The commented `kiosk.toml` that the first run writes.

use crate::domain::plan::Plan;

/// Settings for the built-in plan, with nothing filled in.
const TEMPLATE: &str = include_str!("kiosk.toml");
const CONTACTS: &str = "\n[contacts]";

/// A `kiosk.toml` to fill in, with a key for each role of `plan`.
pub fn fresh(plan: &Plan) -> String {
    let Some((before, contacts)) = TEMPLATE.split_once(CONTACTS) else {
        return TEMPLATE.to_owned();
    };
    let (contacts, after) = contacts.split_once("\n\n").unwrap_or((contacts, ""));
    // A branch with a plan of its own may know other roles than the template.
    let mut written: Vec<&str> = Vec::new();
    let known: Vec<&str> = contacts
        .lines()
        .filter(|line| match line.split_once(" = ") {
            Some((key, _)) => {
                written.push(key);
                plan.role(key).is_some()
            }
            None => true,
        })
        .collect();
    let more = plan
        .roles
        .iter()
        .filter(|role| !written.contains(&role.id.as_str()))
        .map(|role| {
            let names: Vec<&str> = role.name.iter().map(|(_, name)| name).collect();
            format!("\n{} = \"\"  # {}", role.id, names.join(" / "))
        });
    let contacts = known.join("\n") + &more.collect::<String>();
    format!("{before}{CONTACTS}{contacts}\n\n{after}")
}
