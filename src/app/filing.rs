//! The reports that are asked for on the screen: what the services gather, put into words as a document,
//! which the program started again as a child makes into a file.

use std::sync::Arc;

use crate::config::plan_file;
use crate::document::{self, Document, Format};
use crate::domain::lang::Lang;
use crate::domain::statistics::Period;
use crate::i18n::filing as words;
use crate::report::incident::IncidentReport;
use crate::report::statistics::Report;
use crate::service::Services;
use crate::service::complaints::{Complaints, Written};
use crate::service::errand::Wake;
use crate::service::figures::Figures;
use crate::service::filing::{Filing, Form, Made, NotFiled, Order, Subject, Tell, mark_of};
use crate::service::records::Records;
use crate::service::reporting;

/// Has the staff's statistics counted and reports made from now on; `wake` tells the screen of either.
pub fn begin(services: &mut Services, wake: &Wake) {
    services.figures = Figures::new(Arc::clone(wake));
    services.filing = Filing::new(Arc::clone(wake), Arc::new(make));
}

/// Makes the report that is wanted, as the commands `report` and `statistics` do; waits for the disk and
/// for the child.
fn make(order: &Order) -> Result<Made, NotFiled> {
    let (document, mut made) = told(order)?;
    let bytes = document::make(&document, Format::Pdf);
    made.bytes = bytes.map_err(|error| NotFiled::NotMade(error.to_string()))?;
    Ok(made)
}

/// Tells the reports to the pages for the branch's PCs.
pub fn teller() -> Tell {
    Arc::new(tell)
}

/// Tells a report; waits for the disk, and for the child where a file is made.
fn tell(order: &Order, form: Form) -> Result<Made, NotFiled> {
    let (document, mut made) = told(order)?;
    let bytes = match form {
        Form::Page => Ok(document::part(&document).into_bytes()),
        Form::Pdf => document::make(&document, Format::Pdf),
        Form::Docx => document::make(&document, Format::Docx),
    };
    made.bytes = bytes.map_err(|error| NotFiled::NotMade(error.to_string()))?;
    Ok(made)
}

/// What the report says, and what its file is called by.
fn told(order: &Order) -> Result<(Document, Made), NotFiled> {
    let Order { current, lang, .. } = order;
    let settings = &current.settings;
    let zone = settings.branch.time_zone;
    let records = Records::open(&order.data)?;
    match &order.subject {
        Subject::Incident(id) => {
            let prefix = id.as_str();
            let gathered =
                reporting::report(&records, prefix, current, &plan_file::kept, order.now)?;
            let written = match &order.written {
                Some(complaints) => Some(read(complaints, &records, prefix)?),
                None => None,
            };
            let told = IncidentReport {
                report: &gathered,
                people: Some(&order.people),
                written: written.as_ref(),
                settings,
                lang,
                version: env!("CARGO_PKG_VERSION"),
            };
            let made = Made {
                day: Some(gathered.started.with_timezone(&zone).date_naive()),
                words: gathered.name.in_lang(lang).to_owned(),
                mark: mark_of(&gathered.id),
                bytes: Vec::new(),
            };
            Ok((told.document(), made))
        }
        Subject::Figures(period) => {
            let counted = records.count(*period, &current.plan, zone, order.now)?;
            let told = Report {
                counted: &counted,
                lang,
            };
            let day = order.now.with_timezone(&zone).date_naive();
            let document = told.document(settings.branch.name.as_deref(), day);
            Ok((document, figures(*period, lang)))
        }
    }
}

/// What was written about an incident on phones. A report that was to have it is not made without it.
fn read(complaints: &Complaints, records: &Records, id: &str) -> Result<Written, NotFiled> {
    let mut written = complaints.written(&records.show(id)?);
    if let Some(why) = written.shut.take() {
        return Err(NotFiled::Shut(why));
    }
    written.shrink();
    Ok(written)
}

fn figures(period: Period, lang: &Lang) -> Made {
    Made {
        day: None,
        words: words::figures(lang).to_owned(),
        mark: words::period(period),
        bytes: Vec::new(),
    }
}
