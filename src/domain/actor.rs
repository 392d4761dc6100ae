//! Who acted, as an entry of the journal names them.

/// Somebody of the staff. What a customer does, and what the program does by itself, has no actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Whoever handles incidents on the lobby floor: nobody is asked for a name there.
    OnDuty,
    /// Whoever has given the staff's PIN.
    SignedIn,
}

impl Actor {
    /// The name in the journal's `actor`.
    pub fn id(self) -> &'static str {
        match self {
            Self::OnDuty => "on-duty",
            Self::SignedIn => "signed-in",
        }
    }
}
