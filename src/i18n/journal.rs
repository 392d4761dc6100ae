//! Words about the journal itself: what is wrong with its file, and what a check found.

use std::path::Path;

use super::{tr, tr_with};
use crate::domain::entry::topic_incident;
use crate::domain::lang::Lang;
use crate::service::journal::JournalError;
use crate::service::journal_file::JournalFile;
use crate::service::{Amiss, Broken, Newer, StoreError, Trouble, Verdict, What};

/// What is wrong, where, and what to do.
pub fn store_error(lang: &Lang, error: &StoreError) -> String {
    let say = |message, args: &[&str]| tr_with(lang, message, args);
    match error {
        StoreError::Io { path, detail } => say(
            "{0}: {1}. Check that the folder exists and that this user may write to it.",
            &[&path.to_string_lossy(), detail],
        ),
        StoreError::Locked { path } => say(
            "Another lobby-kiosk is already recording in this data directory ({}). Stop it first, or choose another directory with --data.",
            &[&path.to_string_lossy()],
        ),
        StoreError::NotADatabase { path } => say(
            "{} is not a database. Move it aside and keep it, then start again.",
            &[&path.to_string_lossy()],
        ),
        StoreError::Foreign { path } => say(
            "{} belongs to another program and was left untouched. Choose another directory with --data.",
            &[&path.to_string_lossy()],
        ),
        StoreError::Exchanged { path } => say(
            "Another journal lay in the place of this one. It now lies at {}, untouched; keep it.",
            &[&path.to_string_lossy()],
        ),
        StoreError::Tampered { path } => say(
            "{} is a journal, but its version number was changed. Keep it, and restore it from a copy.",
            &[&path.to_string_lossy()],
        ),
        StoreError::NoDirectory { path } => say(
            "{} is not there. Name the kiosk's data directory with --data.",
            &[&path.to_string_lossy()],
        ),
        StoreError::Newer { path, found, known } => say(
            "{0} was written by a newer version of lobby-kiosk (format {1}; this version knows {2}) and was left untouched. Start that version, or install the newest.",
            &[
                &path.to_string_lossy(),
                &found.to_string(),
                &known.to_string(),
            ],
        ),
        StoreError::OldSqlite { found } => say(
            "This build uses SQLite {}, which can damage the journal. Build lobby-kiosk with the SQLite that it brings along.",
            &[found],
        ),
        StoreError::Encode { id, detail } => say(
            "Entry {0} cannot be written: {1}. This is a fault of the program; please report it.",
            &[id, detail],
        ),
        StoreError::IdTaken { id } => say(
            "Entry {} is already there and says something else. This is a fault of the program; please report it.",
            &[id],
        ),
        StoreError::Held { .. } => say(
            "The complaint is on hold and was not erased. End the hold first.",
            &[],
        ),
        StoreError::Growing => say(
            "The records are being put in order. Wait a moment and try again.",
            &[],
        ),
        StoreError::NoSuchIncident { prefix } => say(
            "No incident's number begins with {}. \"lobby-kiosk records list\" shows them all.",
            &[prefix],
        ),
        StoreError::Ambiguous { prefix, ids } => say(
            "Several incidents' numbers begin with {0}: {1}. Give more of the number.",
            &[prefix, &ids.join(", ")],
        ),
        StoreError::NoRandomness { detail } => say(
            "The system gives no random numbers, without which nothing can be kept secret: start the tablet again. ({})",
            &[detail],
        ),
        StoreError::Unreadable { id } => say(
            "What was written under {} cannot be read any more: somebody changed the file.",
            &[id],
        ),
        StoreError::Database { trouble, detail } => say(trouble_words(*trouble), &[detail]),
    }
}

fn trouble_words(trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::Full => "The disk is full: free some space, and recording goes on by itself. ({})",
        Trouble::Busy => {
            "Another program keeps the journal busy: close it, and recording goes on by itself. ({})"
        }
        Trouble::Damaged | Trouble::Schema => {
            "The journal's file is damaged: keep a copy of the data directory, then call whoever looks after this tablet. ({})"
        }
        Trouble::Forbidden => {
            "The journal may not be opened or written: check the rights of the data directory. ({})"
        }
        Trouble::Disk => {
            "The disk reports a fault: copy the data directory to another disk and replace this one. ({})"
        }
        Trouble::Taken | Trouble::Other => {
            "The journal's database refused. This may be a fault of the program; please report it. ({})"
        }
    }
}

/// What has become of the journal's file, each in one line for the banner.
pub fn file(lang: &Lang, file: &JournalFile) -> Vec<String> {
    let left_behind = file
        .was_left_behind()
        .then(|| tr(lang, "The disk with earlier records is gone: tell IT").to_owned());
    let lost = file
        .was_lost()
        .then(|| tr(lang, "Earlier records are gone: tell IT").to_owned());
    let put_back = file.was_put_back().then(|| {
        tr(
            lang,
            "Records were taken away and have been put back: tell IT",
        )
        .to_owned()
    });
    let aside = file
        .has_aside()
        .then(|| tr(lang, "Old records were set aside, new ones begun: tell IT").to_owned());
    let mended = file.was_mended().then(|| {
        tr(
            lang,
            "A damaged list was made anew from the records: tell IT",
        )
        .to_owned()
    });
    let disk = file
        .unfit_disk()
        .map(|kind| tr_with(lang, "Records lie on a shared disk ({}): tell IT", &[&kind]));
    let growing = file.growing().map(|percent| being_listed(lang, percent));
    let all = [left_behind, lost, put_back, aside, mended, disk, growing];
    all.into_iter().flatten().collect()
}

/// That the lists are being made anew, and how much of them is there.
pub fn being_listed(lang: &Lang, percent: u8) -> String {
    let percent = percent.to_string();
    tr_with(lang, "Putting records in order: {}% done", &[&percent])
}

/// That the data directory lies on a kind of disk that is not made for the journal.
pub fn shared_disk(lang: &Lang, kind: &str) -> String {
    tr_with(
        lang,
        "The data directory lies on a shared disk ({}), where recording is slower and another machine can get in the way: move it to the tablet's own.",
        &[kind],
    )
}

/// A journal that lies aside.
pub fn lies_aside(lang: &Lang, name: &str) -> String {
    tr_with(
        lang,
        "{} could not be used and was set aside; a new journal was begun. Keep it safe: it holds earlier records and what customers wrote.",
        &[name],
    )
}

/// What stood in the place of one of the kiosk's own files, and lies aside as `name`.
pub fn other_lies_aside(lang: &Lang, name: &str) -> String {
    tr_with(
        lang,
        "{} stood where the kiosk keeps a file of its own, and was set aside as it was. Find out where it came from, then move it elsewhere.",
        &[name],
    )
}

/// Where it lies what the kiosk noted for a diagnosis.
pub fn kept_for_diagnosis(lang: &Lang, path: &Path) -> String {
    tr_with(
        lang,
        "For a diagnosis, send {} to whoever looks after the kiosk: it names starts, ends and failures, and nobody.",
        &[&path.display().to_string()],
    )
}

/// What stands at `path`, in the place of one of the kiosk's own files.
pub fn stands_in_way(lang: &Lang, path: &Path) -> String {
    tr_with(
        lang,
        "{} is no ordinary file, and stands where the kiosk keeps one of its own. Move it elsewhere, or restart lobby-kiosk, which sets it aside as it is.",
        &[&path.display().to_string()],
    )
}

/// Why an act is not recorded.
pub fn journal_error(lang: &Lang, error: &JournalError) -> String {
    match error {
        JournalError::Store(error) => store_error(lang, error),
        JournalError::Closed => tr(lang, "Recording has stopped: restart lobby-kiosk.").to_owned(),
        JournalError::Busy => {
            tr(lang, "The disk does not keep up: try again in a moment.").to_owned()
        }
        JournalError::Thread(detail) => tr_with(
            lang,
            "Recording could not start: restart the tablet. ({})",
            &[detail],
        ),
    }
}

/// What a check of the whole journal found.
pub fn verdict(lang: &Lang, verdict: &Verdict) -> String {
    match verdict {
        Verdict::Sound { entries } => tr_with(
            lang,
            "The journal is whole: {} entries.",
            &[&entries.to_string()],
        ),
        Verdict::Broken(broken) => self::broken(lang, broken),
        Verdict::Amiss(amiss) => self::amiss(lang, amiss),
        Verdict::ListsDiffer { entries, incident } => {
            let entries = entries.to_string();
            let found = match incident {
                Some(id) => tr_with(
                    lang,
                    "The journal is whole ({0} entries), but the list of incidents differs from it at {1}.",
                    &[&entries, id],
                ),
                None => tr_with(
                    lang,
                    "The journal is whole ({} entries), but the list of incidents is behind it.",
                    &[&entries],
                ),
            };
            let remedy = tr(
                lang,
                "Stop the kiosk and run \"lobby-kiosk records rebuild\".",
            );
            [found.as_str(), remedy].join("\n")
        }
    }
}

/// What a newer version of the program wrote.
pub fn newer(lang: &Lang, newer: &Newer) -> String {
    tr_with(
        lang,
        "A newer version of the program wrote {0} of the entries, which this one passes over ({1}).",
        &[&newer.entries.to_string(), &newer.kind],
    )
}

/// What is wrong although the chain holds, and what it is about.
fn amiss(lang: &Lang, amiss: &Amiss) -> String {
    let say = |message, about: &String| tr_with(lang, message, &[about]);
    // What was written belongs to a complaint, named by its id, or to an incident, by its topic.
    let of = |complaint, incident, topic: &String| match topic_incident(topic) {
        Some(id) => tr_with(lang, incident, &[id.as_str()]),
        None => tr_with(lang, complaint, &[topic]),
    };
    match amiss {
        Amiss::Structure(detail) => say(
            "The journal's file is damaged inside, although every entry can be read: keep a copy of the data directory, then call whoever looks after this tablet. ({})",
            detail,
        ),
        Amiss::Schema(name) => say(
            "{} in the journal's file is missing or was changed: somebody opened the file with another program.",
            name,
        ),
        Amiss::Device => tr(
            lang,
            "This journal, or its device number, was exchanged: it is not the one that was kept in this directory.",
        )
        .to_owned(),
        Amiss::Malformed { seq, kind, detail } => tr_with(
            lang,
            "Entry {0} ({1}) cannot be read, although nobody changed it since it was written: please report it. ({2})",
            &[&seq.to_string(), kind, detail],
        ),
        Amiss::ContentMissing(id) => of(
            "What was written under complaint {} is missing, although nobody erased it.",
            "What was written about incident {} is missing, although nobody erased it.",
            id,
        ),
        Amiss::ContentChanged(id) => of(
            "What stands under complaint {} is not what was sent: somebody changed it.",
            "What stands about incident {} is not what was written: somebody changed it.",
            id,
        ),
        Amiss::ContentLeft(id) => of(
            "Words are kept under complaint {}, although it was erased or never recorded.",
            "Words are kept about incident {}, although they were erased or never recorded.",
            id,
        ),
        Amiss::ReceiptMissing(id) => say(
            "The receipt of complaint {} leads nowhere any more: somebody removed what it is found by.",
            id,
        ),
        Amiss::ReceiptLeft(id) => say(
            "A receipt leads to complaint {}, although it was erased or never recorded.",
            id,
        ),
        Amiss::Secret => tr(
            lang,
            "The key by which receipts are found is missing: no receipt leads anywhere.",
        )
        .to_owned(),
        Amiss::Gone => tr(
            lang,
            "There is no journal here, although this directory has been used: journal.db was removed or emptied. Put it back from a copy.",
        )
        .to_owned(),
        Amiss::Emptied => tr(
            lang,
            "The journal is empty, although this directory has been used: what was recorded here is gone. Put journal.db back from a copy.",
        )
        .to_owned(),
        Amiss::Unwritable(detail) => say(
            "The journal is whole, but nothing can be recorded in it: check the rights of the data directory. ({})",
            detail,
        ),
    }
}

/// Where the chain breaks first, and how.
pub fn broken(lang: &Lang, broken: &Broken) -> String {
    let what = tr(lang, what_words(broken.what));
    let seq = broken.seq.to_string();
    match &broken.id {
        Some(id) => tr_with(
            lang,
            "The journal is broken at entry {0} ({1}): {2}",
            &[&seq, id, what],
        ),
        None => tr_with(
            lang,
            "The journal is broken at entry {0}: {1}",
            &[&seq, what],
        ),
    }
}

fn what_words(what: What) -> &'static str {
    match what {
        What::Missing => "it is missing.",
        What::Digest => "its content and its digest do not match; one of them was changed.",
        What::Link => "it does not follow from the entry before; one of the two was exchanged.",
        What::Malformed => "it holds a value that the kiosk never writes.",
        What::Unreadable => "the file is damaged here.",
        What::Unvouched => "the kiosk never recorded it.",
        What::Head => "it is not the last entry that the kiosk recorded.",
    }
}
