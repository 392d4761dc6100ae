//! Reports by one tap: asked for, and what became of them.

use crate::ReportState;
use crate::domain::person::Right;
use crate::i18n::filing as words;
use crate::service::filing::{Filed, Subject};
use crate::view::ViewState;

impl ViewState {
    /// Has a report made in the language of the screen; with what was written on phones, if `with_notes`.
    pub(super) fn file_report(&self, subject: Subject, with_notes: bool) {
        if self.allows(Right::Handle) {
            self.services.file_report(subject, &self.lang(), with_notes);
        }
    }

    /// What became of the report of `subject`, and the same in words: empty where nobody has asked for it.
    pub(super) fn report_of(&self, subject: &Subject) -> (ReportState, String) {
        let (filing, lang) = (&self.services.filing, self.lang());
        match filing.making() {
            Some(making) if making == *subject => {
                return (ReportState::Making, words::making(&lang).to_owned());
            }
            Some(_) => return (ReportState::Making, words::another(&lang).to_owned()),
            None => {}
        }
        match filing.filed(subject).as_deref() {
            Some(filed @ Filed::Lies(_)) => (ReportState::Ready, words::filed(&lang, filed)),
            Some(filed @ Filed::Failed(_)) => (ReportState::Failed, words::filed(&lang, filed)),
            None => Default::default(),
        }
    }
}
