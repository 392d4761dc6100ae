//! What is made of the records for people to read, print and file: documents of [`crate::document`].

pub mod incident;
pub mod statistics;
