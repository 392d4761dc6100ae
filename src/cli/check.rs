//! `lobby-kiosk check`: what is wrong in the branch's own files, and what is still to fill in.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use chrono::{DateTime, Utc};

use super::own_files;
use crate::config::fault::{Fault, Problem};
use crate::config::file as config_file;
use crate::config::plan_file;
use crate::config::settings::address::leads_to_itself;
use crate::config::settings::{self, Settings};
use crate::config::toml_reader;
use crate::domain::lang::Lang;
use crate::domain::phone;
use crate::domain::plan::Plan;
use crate::floor_plan;
use crate::fonts;
use crate::i18n::pages::trouble;
use crate::i18n::{self, faults, jobs, journal, keeping, number, reminders, seal, tr, tr_with};
use crate::service::Verdict;
use crate::service::address;
use crate::service::journal_file;
use crate::service::keys::{self, Found};
use crate::service::pages::PagesTrouble;
use crate::web::health;
use crate::web::tls::Certificates;

/// The size that the screen shows of a floor plan: it is judged as it will be seen.
const PICTURE: (u32, u32) = (1200, 800);

/// Checks `kiosk.toml` and the branch's own plan in `data_dir`, writing nothing there; `lang`
/// words what it prints, and `now` decides which numbers are due to be confirmed. Exit code 1 if
/// either has faults, or the journal is gone, changed at its end, or its lists are damaged, or something
/// stands in the place of the kiosk's own files; a reminder is none.
///
/// # Errors
/// If `out` cannot be written to.
pub fn run(
    data_dir: &Path,
    lang: &Lang,
    now: DateTime<Utc>,
    out: &mut dyn Write,
) -> io::Result<ExitCode> {
    let sound = write_journal_file(data_dir, lang, out)?;
    let own = plan_file::own(data_dir);
    let has_own_plan = own.is_some();
    let (plan, found) = own.unwrap_or_else(|| (plan_file::built_in(), Vec::new()));
    let (corrections, mut found): (Vec<_>, Vec<_>) = found
        .into_iter()
        .partition(|one| one.problem.is_correction());
    write_corrections(&corrections, lang, out)?;
    let path = settings::path(data_dir);
    let name = config_file::name(&path);
    let mut boxes = boxes(&plan_file::path(data_dir));
    boxes.extend(self::boxes(&path));
    let settings = match config_file::text_of(&path) {
        Ok(text) => {
            let (mut settings, faults) = Settings::read(&name, &text, data_dir, &plan);
            // Of a plan that cannot be read nobody knows which roles it has.
            let roles_known = found.is_empty();
            found.extend(faults.into_iter().filter(|fault| {
                let unknown = matches!(fault.problem, Problem::UnknownKey { .. });
                roles_known || !unknown || !fault.key.starts_with("contacts.")
            }));
            settings.saved = settings::saved(&path, settings.branch.time_zone);
            Some(settings)
        }
        Err(fault) if fault.problem == Problem::NotFound => None,
        Err(fault) => {
            found.push(fault);
            Some(Settings::built_in(&plan))
        }
    };
    let copy_in_use = settings.is_none()
        && Settings::load_readonly(data_dir, &plan).from == settings::From::LastGood;
    if settings.is_none() {
        writeln!(out, "{}", missing(data_dir, &name, copy_in_use, lang))?;
    }
    let floor_plan = settings
        .as_ref()
        .and_then(|settings| settings.branch.floor_plan.as_deref());
    found.extend(
        floor_plan
            // One that is not there has been named with its line.
            .filter(|path| path.is_file())
            .map(|path| match floor_plan::load(path, &[PICTURE]) {
                Ok(reading) => reading.faults,
                Err(fault) => vec![fault],
            })
            .unwrap_or_default(),
    );
    // They are shown, though not as they were written, and the file is sound.
    let is_box = |one: &Fault| matches!(one.problem, Problem::NoGlyph { .. });
    let (on_plan, found): (Vec<_>, Vec<_>) = found.into_iter().partition(is_box);
    boxes.extend(on_plan);
    write_faults(&boxes, lang, out)?;
    if !found.is_empty() {
        write_faults(&found, lang, out)?;
        write_readings(settings.as_ref(), lang, out)?;
        return Ok(ExitCode::FAILURE);
    }
    let certificate = settings
        .as_ref()
        .and_then(|settings| certificate_trouble(settings, now));
    if let Some(trouble) = &certificate {
        writeln!(out, "{}", trouble::pages(lang, trouble))?;
        if !trouble.is_ahead() {
            return Ok(ExitCode::FAILURE);
        }
    }
    if has_own_plan {
        writeln!(out, "{}", tr(lang, "the branch's own plan: no faults"))?;
    }
    if copy_in_use {
        return Ok(ExitCode::FAILURE);
    }
    if let Some(settings) = settings {
        writeln!(out, "{}", tr_with(lang, "{}: no faults", &[&name]))?;
        write_readings(Some(&settings), lang, out)?;
        write_reminders(&settings, &plan, now, lang, out)?;
        write_health(data_dir, &settings, lang, out)?;
    }
    Ok(if sound {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// What is said of settings that are not there: nothing before the first run, and later that
/// their copy stands in for them.
fn missing(data_dir: &Path, name: &str, copy_in_use: bool, lang: &Lang) -> String {
    if !copy_in_use {
        return tr_with(
            lang,
            "{} is not there yet; the first run of lobby-kiosk writes it",
            &[name],
        );
    }
    let copy = settings::last_good(data_dir);
    tr_with(
        lang,
        "{0} is missing; the tablet uses the last good copy, {1}: put the file back, or copy {1} to its place",
        &[name, &config_file::name(&copy)],
    )
}

/// The characters in the texts of a branch's own file that are shown as boxes.
fn boxes(path: &Path) -> Vec<Fault> {
    let text = config_file::text_of(path).unwrap_or_default();
    let texts = toml_reader::texts(&text);
    let lines = texts.iter().map(|(line, text)| (*line, text.as_str()));
    let named = |(line, sign)| Fault {
        file: config_file::name(path),
        line: Some(line),
        key: String::new(),
        problem: Problem::NoGlyph { sign },
    };
    fonts::lacking(lines).into_iter().map(named).collect()
}

/// What is to be said of the journal's file and the kiosk's others: reminders, unless it is gone,
/// changed at its end, or its lists are damaged, or something stands in their place. Says whether all
/// is there.
fn write_journal_file(data_dir: &Path, lang: &Lang, out: &mut dyn Write) -> io::Result<bool> {
    let (in_place, keys) = (
        own_files::write(data_dir, lang, out)?,
        write_keys(data_dir, lang, out)?,
    );
    if let Some(percent) = journal_file::growing_lists(data_dir) {
        writeln!(out, "{}", journal::being_listed(lang, percent))?;
    }
    if let Some(kind) = journal_file::shared_disk(data_dir) {
        writeln!(out, "{}", journal::shared_disk(lang, &kind))?;
    }
    let wrong = journal_file::lost(data_dir)
        .map(Verdict::Amiss)
        .or_else(|| journal_file::broken(data_dir).map(Verdict::Broken))
        .or_else(|| journal_file::damaged_lists(data_dir).map(Verdict::Amiss));
    let sound = in_place && keys && wrong.is_none();
    if let Some(found) = wrong {
        writeln!(out, "{}", journal::verdict(lang, &found))?;
    }
    Ok(sound)
}

/// Prints what is to be said about the keys of what customers wrote; says whether they are sound.
fn write_keys(data_dir: &Path, lang: &Lang, out: &mut dyn Write) -> io::Result<bool> {
    let found = keys::look(data_dir);
    for one in &found {
        writeln!(out, "{}", seal::found(lang, one))?;
    }
    Ok(!found.iter().any(|one| matches!(one, Found::Fault(_))))
}

/// Why the pages cannot be encrypted as the settings ask for, or not for long.
fn certificate_trouble(settings: &Settings, now: DateTime<Utc>) -> Option<PagesTrouble> {
    let (certificate, key) = (
        settings.web.certificate.as_ref()?,
        settings.web.key.as_ref()?,
    );
    match Certificates::load(certificate, key) {
        Ok(loaded) => {
            let at = Instant::now();
            let trouble = loaded.trouble(at, now, settings.branch.time_zone);
            // That it ends some day weighs less than that phones refuse it today.
            if trouble.as_ref().is_none_or(PagesTrouble::is_ahead) {
                loaded.misfit(at, &settings.web).or(trouble)
            } else {
                trouble
            }
        }
        Err(error) => Some(error.into()),
    }
}

/// Corrected sentences that the branch's plan still holds, as many as anybody reads at once.
///
/// # Errors
/// If `out` cannot be written to.
pub(super) fn write_corrections(
    found: &[Fault],
    lang: &Lang,
    out: &mut dyn Write,
) -> io::Result<()> {
    const SHOWN: usize = 30;
    write_faults(found.get(..SHOWN).unwrap_or(found), lang, out)?;
    let more = found.len().saturating_sub(SHOWN);
    if more > 0 {
        let line = tr_with(
            lang,
            "and {} more corrected sentences",
            &[&more.to_string()],
        );
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn write_faults(found: &[Fault], lang: &Lang, out: &mut dyn Write) -> io::Result<()> {
    for fault in found {
        writeln!(out, "{}", faults::fault(lang, fault))?;
    }
    Ok(())
}

/// How the numbers were understood that are not written as the tablet shows them: whoever wrote
/// them looks whether they meant that.
fn write_readings(settings: Option<&Settings>, lang: &Lang, out: &mut dyn Write) -> io::Result<()> {
    for one in settings.into_iter().flat_map(|one| &one.readings) {
        writeln!(out, "{}", number::read_as(lang, one))?;
    }
    Ok(())
}

/// The years that the deadlines of a complaint of today reach into, and for which no day off is
/// entered.
fn years_without_holidays(settings: &Settings, now: DateTime<Utc>) -> Vec<i32> {
    let (complaint, zone) = (&settings.complaint, settings.branch.time_zone);
    let calendar = complaint.calendar();
    let last = calendar.after_working_days(now, complaint.answer_days, zone);
    let day = |at: DateTime<Utc>| at.with_timezone(&zone).date_naive();
    calendar.years_without_holidays(day(now), day(last))
}

/// What is no fault and yet will be missed in an emergency.
fn write_reminders(
    settings: &Settings,
    plan: &Plan,
    now: DateTime<Utc>,
    lang: &Lang,
    out: &mut dyn Write,
) -> io::Result<()> {
    let today = now.with_timezone(&settings.branch.time_zone).date_naive();
    let url = settings.web.public_url.as_deref();
    if let Some(url) = url.filter(|url| leads_to_itself(url)) {
        writeln!(out, "{}", i18n::address::itself(lang, url))?;
    }
    for unset in settings.unset(plan) {
        let what = reminders::unset(lang, &unset, plan);
        let line = tr_with(lang, "still to fill in, lives depend on it: {}", &[&what]);
        writeln!(out, "{line}")?;
    }
    let without: Vec<&str> = plan
        .roles
        .iter()
        .filter(|role| settings.number(&role.id, plan).is_none())
        .map(|role| role.id.as_str())
        .collect();
    if !without.is_empty() {
        let line = tr_with(
            lang,
            "no number under [contacts] yet: {}",
            &[&without.join(", ")],
        );
        writeln!(out, "{line}")?;
    }
    if settings.complaint.phone.is_none() {
        writeln!(out, "{}", reminders::no_complaint_line(lang))?;
    }
    if settings.complaint.retention_as_template {
        writeln!(out, "{}", keeping::as_template(lang))?;
    }
    if settings.complaint.retention_years.is_none() {
        writeln!(out, "{}", keeping::unset(lang))?;
    }
    for year in years_without_holidays(settings, now) {
        writeln!(out, "{}", reminders::no_holidays(lang, year))?;
    }
    write_unreachable(settings, plan, lang, out)?;
    for stale in settings.stale(plan, today) {
        writeln!(out, "{}", reminders::stale(lang, &stale, today))?;
    }
    let unconfirmed = settings.unconfirmed(plan, today);
    if let Some(first) = unconfirmed.first() {
        let line = reminders::unconfirmed(lang, *first, unconfirmed.len(), today);
        writeln!(out, "{line}")?;
    }
    for role in &plan.roles {
        for one in settings.contacts.get(&role.id).into_iter().flatten() {
            if let Some(day) = one.confirmed.filter(|day| *day > today) {
                let line = reminders::ahead(lang, &role.id, &one.number, day);
                writeln!(out, "{line}")?;
            }
        }
    }
    Ok(())
}

/// What the kiosk that runs on `data_dir` fails at, where one serves pages.
fn write_health(
    data_dir: &Path,
    settings: &Settings,
    lang: &Lang,
    out: &mut dyn Write,
) -> io::Result<()> {
    let running = address::served(data_dir).and_then(|_| health::of_running(&settings.web));
    for line in jobs::failing(lang, &running.unwrap_or_default()) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// Numbers that are read as they stand, and at which nobody is reached all the same.
fn write_unreachable(
    settings: &Settings,
    plan: &Plan,
    lang: &Lang,
    out: &mut dyn Write,
) -> io::Result<()> {
    let own = plan.roles.iter().flat_map(|role| {
        let own = settings.contacts_of(&role.id, plan).into_iter();
        own.filter(|one| !one.national)
            .map(|one| (role.id.as_str(), one.number))
    });
    let complaints = settings
        .complaint
        .phone
        .iter()
        .chain(&settings.complaint.fax);
    let all = own.chain(complaints.map(|number| ("[complaint]", number.as_str())));
    for (key, number) in all {
        if let Err(why) = phone::identify(number, settings.here()) {
            writeln!(out, "{}", reminders::unreachable(lang, key, number, &why))?;
        }
    }
    Ok(())
}
