//! The journal: what is written, what becomes of its file, and what is found out about either.

mod append_only;
mod damaged;
mod failing_disk;
mod golden;
mod histories;
mod listing;
mod lists;
mod recording;
mod reviews;
mod tail;
mod verify;

#[path = "../common/checked.rs"]
mod checked;
#[path = "../common/extent.rs"]
mod extent;
#[path = "../common/journal.rs"]
mod journal;
#[path = "../common/kiosk.rs"]
mod kiosk;
#[path = "../common/many.rs"]
mod many;
#[path = "../common/old_data.rs"]
mod old_data;
#[path = "../common/told.rs"]
mod told;
