//! The report of one incident, from the journal to the bytes of its file.

use divan::Bencher;
use lobby_kiosk::config::plan_file;
use lobby_kiosk::document::{Format, write};
use lobby_kiosk::domain::ids::IncidentId;
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::report::incident::IncidentReport;
use lobby_kiosk::service::records::Records;
use lobby_kiosk::service::reporting;
use tempfile::{TempDir, tempdir};

use super::lobby::{Lobby, begin, collapse};

const FORMATS: [Format; 3] = [Format::Pdf, Format::Html, Format::Docx];

/// A journal with one incident.
struct Recorded {
    dir: TempDir,
    id: IncidentId,
}

impl Recorded {
    fn of(happened: impl FnOnce(&Lobby) -> IncidentId) -> Self {
        let dir = tempdir().unwrap();
        let lobby = Lobby::open(dir.path());
        let id = happened(&lobby);
        lobby.close();
        Self { dir, id }
    }

    fn report(&self, format: Format) -> Vec<u8> {
        let records = Records::open(self.dir.path()).unwrap();
        let reading = lobby_kiosk::app::Branch::load_readonly(self.dir.path()).reading();
        let in_force = lobby_kiosk::service::in_force::InForce::new(reading).now();
        let read = &plan_file::kept;
        let id = self.id.as_str();
        let report = reporting::report(&records, id, &in_force, read, begin()).unwrap();
        let told = IncidentReport {
            people: None,
            written: None,
            report: &report,
            settings: &in_force.settings,
            lang: &Lang::ZH_CN,
            version: "bench",
        };
        write(&told.document(), format).unwrap()
    }
}

#[divan::bench(args = FORMATS)]
fn of_an_incident(bencher: Bencher<'_, '_>, format: Format) {
    let recorded = Recorded::of(collapse);
    bencher.bench(|| recorded.report(format));
}

/// Two thousand entries: what nobody's day has, and the tablet survives.
#[divan::bench(args = FORMATS, sample_count = 5)]
fn of_two_thousand_entries(bencher: Bencher<'_, '_>, format: Format) {
    let recorded = Recorded::of(|lobby| {
        let id = lobby.start("power-cut");
        for _ in 0..1000 {
            lobby.pass(5);
            assert!(lobby.services.incidents.note(&id, "crew-arrived"));
            assert!(lobby.services.incidents.note(&id, "lights-on"));
        }
        id
    });
    bencher.bench(|| recorded.report(format));
}
