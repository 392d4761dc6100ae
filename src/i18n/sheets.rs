//! The words of exported tables.

use super::tr;
use crate::domain::lang::Lang;
use crate::service::wording::{SheetColumn, SheetName};

/// The heading of a column.
pub(super) fn column(lang: &Lang, column: SheetColumn) -> &'static str {
    match column {
        SheetColumn::Started => tr(lang, "Started at"),
        SheetColumn::Ended => tr(lang, "Ended"),
        SheetColumn::Took => tr(lang, "Duration"),
        SheetColumn::Type => tr(lang, "Type of incident"),
        SheetColumn::State => tr(lang, "Status"),
        SheetColumn::Outcome => tr(lang, "Outcome"),
        SheetColumn::ToStep => tr(lang, "First step after"),
        SheetColumn::ToReport => tr(lang, "First call answered after"),
        SheetColumn::LeftToDo => tr(lang, "Left to do"),
        SheetColumn::Incident => tr(lang, "Incident number"),
        SheetColumn::Received => tr(lang, "Received"),
        SheetColumn::Subject => tr(lang, "Subject"),
        SheetColumn::Stage => tr(lang, "Status"),
        SheetColumn::AcceptBy => tr(lang, "Accept by the end of"),
        SheetColumn::Accepted => tr(lang, "Accepted on"),
        SheetColumn::AnswerBy => tr(lang, "Answer by the end of"),
        SheetColumn::Answered => tr(lang, "Answered on"),
        SheetColumn::Settled => tr(lang, "Settled on"),
        SheetColumn::Department => tr(lang, "Department"),
        SheetColumn::Incidents => tr(lang, "Incident numbers"),
        SheetColumn::Language => tr(lang, "Language"),
        SheetColumn::HeldSince => tr(lang, "On hold since"),
        SheetColumn::Erased => tr(lang, "Words erased on"),
        SheetColumn::Complaint => tr(lang, "Complaint number"),
        SheetColumn::ActionNumber => tr(lang, "No."),
        SheetColumn::ActionKind => tr(lang, "Action"),
        SheetColumn::ActionAbout => tr(lang, "Concerning"),
        SheetColumn::Owner => tr(lang, "In charge"),
        SheetColumn::Added => tr(lang, "Added on"),
        SheetColumn::DueDay => tr(lang, "To be done by"),
        SheetColumn::ActionState => tr(lang, "Status"),
        SheetColumn::SettledAt => tr(lang, "Done or dropped on"),
    }
}

/// The name of a sheet.
pub(super) fn name(lang: &Lang, sheet: SheetName) -> &'static str {
    match sheet {
        SheetName::Incidents => tr(lang, "Incidents"),
        SheetName::Complaints => tr(lang, "Complaints"),
        SheetName::Actions => tr(lang, "Actions"),
        SheetName::Entries => tr(lang, "Entries"),
    }
}
