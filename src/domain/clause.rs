//! The clauses of the emergency plan that steps and duties carry out.

/// What a step or a duty that goes beyond the plan names in place of a clause.
pub const ADDED: &str = "added";

/// Every clause of the plan, in its order.
pub const CLAUSES: [&str; 46] = [
    "1.1a", "1.1b", "1.1c", "1.2a", "1.2b", "1.2c", "1.3a", "1.3b", "1.3c", "1.4a", "1.4b", "1.4c",
    "1.5a", "1.5b", "1.5c", "2.1", "2.2", "2.3", "2.4", "2.5", "3.1a", "3.1b", "3.1c", "3.2.1",
    "3.2.2-1a", "3.2.2-1b", "3.2.2-1c", "3.2.2-2a", "3.2.2-2b", "3.2.2-2c", "3.2.2-3a", "3.2.2-3b",
    "3.2.2-3c", "3.2.2-4a", "3.2.2-4b", "3.2.2-4c", "3.2.2-5a", "3.2.2-5b", "3.2.2-5c", "3.3a",
    "3.3b", "3.3c", "4a", "4b", "4c", "5a",
];

/// Whether `clause` is one of the plan's, one of its headings, or [`ADDED`].
pub fn is_known(clause: &str) -> bool {
    clause == ADDED || CLAUSES.contains(&clause) || HEADINGS.contains(&clause)
}

/// The headings of section 1, which the classes name.
pub const HEADINGS: [&str; 5] = ["1.1", "1.2", "1.3", "1.4", "1.5"];
