//! Where one is, and where back leads. It knows neither the window nor what the screens show.

use std::cell::Cell;

use crate::Screen;

/// Which screen is shown, and which one a visit to the contacts, the codes or the evacuation
/// leads back to.
#[derive(Debug)]
pub struct Navigator {
    here: Cell<Screen>,
    before: Cell<Screen>,
    display_only: bool,
}

impl Navigator {
    /// Begins at `start`. A second display (`display_only`) shows what everybody may see, and
    /// never acts on anything.
    pub fn new(start: Screen, display_only: bool) -> Self {
        Self {
            here: Cell::new(start),
            before: Cell::new(start),
            display_only,
        }
    }

    /// The screen that is shown.
    pub fn here(&self) -> Screen {
        self.here.get()
    }

    /// Where a visit began.
    pub fn before(&self) -> Screen {
        self.before.get()
    }

    /// Whether this is a second display.
    pub fn is_display_only(&self) -> bool {
        self.display_only
    }

    /// Shows `screen` from now on, or what may be shown in its place: on a second display the
    /// posted face, and while the staff area is locked the pad for its PIN.
    pub fn go(&self, screen: Screen, is_unlocked: bool) {
        self.here.set(
            if self.display_only && access(screen) != Access::Everybody {
                Screen::Posted
            } else if is_staff(screen) && !is_unlocked {
                Screen::Pin
            } else {
                screen
            },
        );
    }

    /// Keeps in mind what is shown now, to come back to it.
    pub fn remember(&self) {
        if !self.is_visiting() {
            self.before.set(self.here());
        }
    }

    /// Whether a screen is shown that is visited and left again.
    pub fn is_visiting(&self) -> bool {
        matches!(
            self.here(),
            Screen::Contacts
                | Screen::Codes
                | Screen::RoleCards
                | Screen::Handover
                | Screen::Aid
                | Screen::Resuscitation
                | Screen::PhoneLink
        )
    }

    /// The screen that is shown, or from which it is visited.
    pub fn came_from(&self) -> Screen {
        if self.is_visiting() {
            self.before()
        } else {
            self.here()
        }
    }

    /// Whether customers may be standing before the screen: it is the notice to them, or what
    /// they may ask for from there or from the posted face.
    pub fn is_turned(&self) -> bool {
        self.here() == Screen::PublicNotice
            || self.is_visiting() && matches!(self.before(), Screen::PublicNotice | Screen::Posted)
    }
}

/// Who may see a screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Access {
    /// Whoever stands there, and a display on which nobody acts.
    Everybody,
    /// Whoever is at the kiosk.
    Kiosk,
    /// The staff, behind their PIN.
    Staff,
}

fn access(screen: Screen) -> Access {
    match screen {
        Screen::Contacts
        | Screen::Codes
        | Screen::Evacuation
        | Screen::Posted
        | Screen::PublicNotice => Access::Everybody,
        Screen::Board
        | Screen::Guide
        | Screen::After
        | Screen::Pin
        | Screen::Duty
        | Screen::RoleCards
        | Screen::Handover
        | Screen::Aid
        | Screen::Resuscitation
        | Screen::PhoneLink => Access::Kiosk,
        Screen::Numbers
        | Screen::Records
        | Screen::Statistics
        | Screen::Review
        | Screen::Actions
        | Screen::Health
        | Screen::Inbox
        | Screen::Complaint
        | Screen::People
        | Screen::Phones => Access::Staff,
    }
}

/// Whether only the staff may see it.
pub fn is_staff(screen: Screen) -> bool {
    access(screen) == Access::Staff
}
