//! The commented `kiosk.toml` that the first run writes.

use crate::domain::plan::Plan;

/// Settings for the built-in plan, with nothing filled in.
const TEMPLATE: &str = include_str!("kiosk.toml");
const CONTACTS: &str = "[contacts]";

/// A `kiosk.toml` to fill in, with a key for each role of `plan`.
pub fn fresh(plan: &Plan) -> String {
    let mut text = String::with_capacity(TEMPLATE.len());
    let mut within = false;
    let mut written: Vec<&str> = Vec::new();
    for line in TEMPLATE.lines() {
        if line.starts_with('[') {
            if within {
                within = false;
                add_roles(&mut text, plan, &written);
            }
            within = line == CONTACTS;
        } else if within && let Some((key, _)) = line.split_once(" = ") {
            // A branch with a plan of its own may know other roles than the template.
            if plan.role(key).is_none() {
                continue;
            }
            written.push(key);
        }
        text.push_str(line);
        text.push('\n');
    }
    text
}

/// The roles that the template does not know, before the blank line that ends the section.
fn add_roles(text: &mut String, plan: &Plan, written: &[&str]) {
    let missing = plan
        .roles
        .iter()
        .filter(|role| !written.contains(&role.id.as_str()));
    let lines: String = missing
        .map(|role| {
            let names: Vec<&str> = role.name.iter().map(|(_, name)| name).collect();
            format!("{} = \"\"  # {}\n", role.id, names.join(" / "))
        })
        .collect();
    if lines.is_empty() {
        return;
    }
    let end = text.trim_end().len();
    text.truncate(end);
    text.push('\n');
    text.push_str(&lines);
    text.push('\n');
}
