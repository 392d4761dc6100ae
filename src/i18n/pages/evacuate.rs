//! Words of the evacuation page.

use crate::domain::lang::Lang;
use crate::i18n::tr;

/// Words of the evacuation page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
// Each is what it says, a few lines below.
#[expect(missing_docs, reason = "the names of the messages say what they are")]
pub enum Leaving {
    Now,
    NoLifts,
    Refresh,
    Renews,
    AllClear,
    FalseAlarm,
    Over,
    OverLead,
    Plan,
    PlanWords,
    Sample,
    Exits,
    Gather,
    What,
    General,
}

impl Leaving {
    /// These words in `lang`.
    pub fn say(self, lang: &Lang) -> &'static str {
        tr(
            lang,
            match self {
                Self::Now => "Emergency: do this now",
                Self::NoLifts => "Do not use the lifts.",
                Self::Refresh => "Refresh now",
                Self::Renews => "This page renews itself every 10 seconds.",
                Self::AllClear => "The evacuation is over: all clear",
                Self::FalseAlarm => "The evacuation is over: it was a false alarm",
                Self::Over => "The evacuation is over",
                Self::OverLead => "Go back in only when the staff say so.",
                Self::Plan => "Floor plan",
                Self::PlanWords => "Floor plan with exits and assembly point",
                Self::Sample => "This is a sample, not this building. Follow the green exit signs.",
                Self::Exits => "Exits",
                Self::Gather => "Assembly point",
                Self::What => "What to do",
                Self::General => {
                    "Walk, do not run. Help those who cannot walk alone. Leave your things behind."
                }
            },
        )
    }
}
