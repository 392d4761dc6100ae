//! What holds for the repository itself.

mod architecture;
mod catalogue;
mod dependencies;
mod forgotten;
mod silence;
mod spelling;
