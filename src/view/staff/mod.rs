//! The staff area: its door, the records, reviews and what follows from them, the statistics, the list of
//! complaints, one complaint, the telephone numbers, and
//! the people with whoever of them is on duty.

pub mod actions;
mod acts;
mod case_lines;
pub mod choice;
pub mod complaint;
pub mod file;
mod filing;
pub mod health;
pub mod inbox;
pub mod numbers;
pub mod people;
pub mod pin;
pub mod records;
pub mod review;
pub mod statistics;

pub(super) use actions::{ActionsFace, State as ActionsState};
pub(super) use complaint::{ComplaintFace, State as ComplaintState};
pub(super) use health::HealthFace;
pub(super) use inbox::InboxFace;
pub(super) use numbers::{NumbersFace, State as NumbersState};
pub(super) use people::{DutyFace, PeopleFace};
pub(super) use pin::{PinFace, State as PinState};
pub(super) use records::{RecordsFace, State as RecordsState};
pub(super) use review::{ReviewFace, State as ReviewState};
pub(super) use statistics::{State as StatisticsState, StatisticsFace};
