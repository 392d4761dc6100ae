//! What people leave the building for, and what staff see to meanwhile.

use super::Text;

/// What people have to leave the building for, and the commands for it (clause 3.2.2-4b).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hazard {
    /// Stable id.
    pub id: String,
    /// The words on its chip.
    pub name: Text,
    /// The incident type whose guide carries on, where there is one.
    pub incident: Option<String>,
    /// The commands to the crowd, one after the other: each is shown until staff call the next.
    pub commands: Vec<Text>,
    /// Its name where the public can read it, if it differs.
    pub public_name: Option<Text>,
    /// Whether whoever people flee from may read along: no public face then says where to gather.
    pub discreet: bool,
    /// Whether phones must stay off, so that there is no code to scan.
    pub no_codes: bool,
    /// What only the staff's face says.
    pub staff_commands: Vec<Text>,
    /// What staff see to with this hazard, in order; empty where it is what the plan says for all.
    pub sweeps: Vec<Sweep>,
}

impl Hazard {
    /// The name to show where the public could read it.
    pub fn open_name(&self) -> &Text {
        self.public_name.as_ref().unwrap_or(&self.name)
    }

    /// Whether codes with the way out are withheld: they name the assembly point, or phones must
    /// stay off.
    pub fn withholds_codes(&self) -> bool {
        self.discreet || self.no_codes
    }
}

/// What staff see to while people leave (clause 3.2.2-4b).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sweep {
    /// Stable id.
    pub id: String,
    /// The clauses it carries out, or `added`.
    pub clauses: Vec<String>,
    /// The command: verb first, one action.
    pub command: Text,
    /// One line on how to do it.
    pub detail: Text,
}
