//! Reports: what the journal tells, as documents to file.

pub mod incident;
