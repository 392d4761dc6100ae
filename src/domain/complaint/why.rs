//! Why the staff move promised days, or keep a complaint whatever its age.

/// A reason to choose from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// More facts are needed.
    Inquiry,
    /// Another department is asked.
    Department,
    /// The customer agreed to it.
    Agreed,
    /// The working days changed.
    Holidays,
    /// The tablet's date was wrong.
    Clock,
    /// A lawsuit or an arbitration.
    Lawsuit,
    /// The regulator looks into it.
    Regulator,
    /// The police look into it.
    Police,
    /// The firm looks into it.
    Audit,
    /// Another obligation.
    Other,
    /// The matter has ended.
    Ended,
    /// Whoever asked for the hold agrees.
    Lifted,
    /// It was held by mistake.
    Mistake,
}

impl Why {
    /// Why the branch needs longer than it promised.
    pub const EXTEND: [Self; 5] = [
        Self::Inquiry,
        Self::Department,
        Self::Agreed,
        Self::Holidays,
        Self::Clock,
    ];
    /// Why a complaint must be kept.
    pub const HOLD: [Self; 5] = [
        Self::Lawsuit,
        Self::Regulator,
        Self::Police,
        Self::Audit,
        Self::Other,
    ];
    /// Why it need not be kept any longer.
    pub const RELEASE: [Self; 3] = [Self::Ended, Self::Lifted, Self::Mistake];

    /// Its name in the journal.
    pub fn id(self) -> &'static str {
        match self {
            Self::Inquiry => "inquiry",
            Self::Department => "department",
            Self::Agreed => "agreed",
            Self::Holidays => "holidays",
            Self::Clock => "clock",
            Self::Lawsuit => "lawsuit",
            Self::Regulator => "regulator",
            Self::Police => "police",
            Self::Audit => "audit",
            Self::Other => "other",
            Self::Ended => "ended",
            Self::Lifted => "lifted",
            Self::Mistake => "mistake",
        }
    }
}
