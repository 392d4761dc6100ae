//! The program as it is called, started, killed and taken over from an earlier version.

mod check;
mod codes;
mod demo;
#[cfg(unix)]
mod diagnosis;
mod export;
mod following;
mod keys;
mod kill;
mod kill_listing;
mod kill_screen;
mod people;
mod pin;
#[cfg(unix)]
mod private;
mod records;
mod report;
mod review;
mod screenshot;
mod service;
#[cfg(unix)]
mod sounds;
mod start_to_stop;
mod statistics;
mod upgrade;
mod window;
mod workbook;

#[path = "../common/again.rs"]
mod again;
#[path = "../common/chance.rs"]
mod chance;
#[path = "../common/checked.rs"]
mod checked;
#[path = "../common/command.rs"]
mod command;
#[path = "../common/decoded.rs"]
mod decoded;
#[path = "../common/docx.rs"]
mod docx;
#[path = "../common/extent.rs"]
mod extent;
#[path = "../common/journal.rs"]
mod journal;
#[path = "../common/kiosk.rs"]
mod kiosk;
#[path = "../common/lobby.rs"]
mod lobby;
#[path = "../common/many.rs"]
mod many;
#[path = "../common/old_data.rs"]
mod old_data;
#[path = "../common/told.rs"]
mod told;
#[path = "../common/twin.rs"]
mod twin;
#[path = "../common/x_server.rs"]
mod x_server;
