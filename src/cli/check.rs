//! `lobby-kiosk check`: what is wrong in the branch's own files, and what is still to fill in.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use chrono::{DateTime, Utc};

use super::{own_files, sounds};
use crate::app::checkup::{self, BranchFiles, OwnFiles, Running};
use crate::config::fault::Fault;
use crate::config::file as config_file;
use crate::config::settings::address::leads_to_itself;
use crate::config::settings::{self, LEGAL_YEARS, Settings};
use crate::domain::lang::Lang;
use crate::domain::phone;
use crate::domain::plan::Plan;
use crate::i18n::check as words;
use crate::i18n::pages::trouble;
use crate::i18n::people::people_error;
use crate::i18n::{self, faults, jobs, journal, keeping, number, reminders, seal};

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
    let own = OwnFiles::of(data_dir);
    write_own_files(data_dir, &own, lang, out)?;
    let running = Running::on(data_dir);
    if let Some(running) = &running {
        for line in jobs::failing(lang, &running.health) {
            writeln!(out, "{line}")?;
        }
    }
    let branch = BranchFiles::read(data_dir);
    write_corrections(&branch.corrections, lang, out)?;
    let name = config_file::name(&branch.settings_file);
    if branch.copy_in_use {
        let copy = config_file::name(&settings::last_good(data_dir));
        writeln!(out, "{}", words::copy_in_use(lang, &name, &copy))?;
    } else if branch.settings.is_none() {
        writeln!(out, "{}", words::not_there_yet(lang, &name))?;
    }
    write_faults(&branch.boxes, lang, out)?;
    // Whatever else is wrong: phones get nothing.
    let trouble = branch.certificate_trouble(now, running.as_ref());
    if let Some(trouble) = &trouble {
        writeln!(out, "{}", trouble::pages(lang, trouble))?;
    }
    if !branch.faults.is_empty() {
        write_faults(&branch.faults, lang, out)?;
        write_readings(branch.settings.as_ref(), lang, out)?;
        // The banner counts what is to be said of the copy that the kiosk goes by.
        if let Some(copy) = checkup::last_good(data_dir, &branch.plan) {
            write_reminders(&copy, &branch.plan, now, lang, out)?;
        }
        return Ok(ExitCode::FAILURE);
    }
    if trouble.is_some_and(|trouble| !trouble.is_ahead()) {
        return Ok(ExitCode::FAILURE);
    }
    if branch.has_own_plan {
        writeln!(out, "{}", words::own_plan_is_sound(lang))?;
    }
    if let Some(settings) = &branch.settings {
        writeln!(out, "{}", words::is_sound(lang, &name))?;
        write_readings(Some(settings), lang, out)?;
        write_reminders(settings, &branch.plan, now, lang, out)?;
    }
    Ok(if own.are_sound() && !branch.copy_in_use {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// What is to be said of the kiosk's own files: faults, and reminders.
fn write_own_files(
    data_dir: &Path,
    own: &OwnFiles,
    lang: &Lang,
    out: &mut dyn Write,
) -> io::Result<()> {
    own_files::write(data_dir, &own.in_the_way, lang, out)?;
    for one in &own.keys {
        writeln!(out, "{}", seal::found(lang, one))?;
    }
    if let Some(error) = &own.people {
        writeln!(out, "{}", people_error(lang, error))?;
    }
    if let Some(percent) = own.growing {
        writeln!(out, "{}", journal::being_listed(lang, percent))?;
    }
    if let Some(kind) = &own.shared_disk {
        writeln!(out, "{}", journal::shared_disk(lang, kind))?;
    }
    if let Some(found) = &own.journal {
        writeln!(out, "{}", journal::verdict(lang, found))?;
    }
    Ok(())
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
        writeln!(out, "{}", words::more_corrections(lang, more))?;
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

/// The years that the deadlines of a complaint of today reach into, or that are about to begin, and
/// for which no day off is known.
fn years_without_holidays(settings: &Settings, now: DateTime<Utc>) -> Vec<i32> {
    let (complaint, zone) = (&settings.complaint, settings.branch.time_zone);
    let calendar = complaint.calendar();
    let last = calendar.after_working_days(now, complaint.answer_days, zone);
    let day = |at: DateTime<Utc>| at.with_timezone(&zone).date_naive();
    calendar.missing_years(day(now), day(last))
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
        writeln!(out, "{}", words::vital(lang, &what))?;
    }
    let without: Vec<&str> = plan
        .roles
        .iter()
        .filter(|role| settings.number(&role.id, plan).is_none())
        .map(|role| role.id.as_str())
        .collect();
    if !without.is_empty() {
        writeln!(out, "{}", words::without_number(lang, &without))?;
    }
    if settings.firm.responsible().is_none() {
        writeln!(out, "{}", reminders::no_firm(lang))?;
    }
    let unset = settings.branch.unset_for_rescuers();
    if !unset.is_empty() {
        writeln!(out, "{}", words::rescuers_will_ask(lang, &unset))?;
    }
    for one in sounds::missing(lang, settings) {
        writeln!(out, "{one}")?;
    }
    if settings.complaint.phone.is_none() {
        writeln!(out, "{}", reminders::no_complaint_line(lang))?;
    }
    if settings.complaint.retention_as_template {
        writeln!(out, "{}", keeping::as_template(lang))?;
    }
    match settings.complaint.retention_years {
        None => writeln!(out, "{}", keeping::unset(lang))?,
        Some(years) if years < LEGAL_YEARS => {
            writeln!(out, "{}", keeping::too_short(lang, years))?;
        }
        Some(_) => {}
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
