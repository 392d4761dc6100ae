//! The screens of the tablet, drawn and touched without a display.

mod aids;
mod audit;
mod board;
mod clock;
mod colours;
mod contacts;
mod contrast;
mod evacuation;
mod first_aid;
mod fonts;
mod guide;
mod guides;
mod inbox;
mod leaving;
mod listing;
mod market;
mod numbers;
mod paths;
mod people;
mod phone;
mod posted;
mod presenters;
mod records;
mod repaint;
mod resuscitation;
mod review;
mod sounds;
mod staff;
mod statistics;
mod still;
mod touch;

#[path = "../common/chance.rs"]
mod chance;
#[path = "../common/extent.rs"]
mod extent;
#[path = "../common/kiosk.rs"]
mod kiosk;
#[path = "../common/many.rs"]
mod many;
#[path = "../common/twin.rs"]
mod twin;
#[path = "../common/walk.rs"]
mod walk;
#[path = "../common/ways.rs"]
mod ways;
