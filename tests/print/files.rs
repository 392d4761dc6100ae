//! The files: SVG, PNG and PDF.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use lobby_kiosk::helper;
use lobby_kiosk::print::{Item, Paper, Poster, poster};

use super::{BASE, KINDS, branch, each, payloads, request};

fn count(bytes: &[u8], what: &str) -> usize {
    bytes
        .windows(what.len())
        .filter(|one| *one == what.as_bytes())
        .count()
}

#[test]
fn a_pdf_is_of_its_papers_size_with_subsets_of_its_fonts() {
    let (plan, settings) = branch();
    each(&request(&plan, &settings), |kind, request, sheet| {
        let pdf = sheet.to_pdf().unwrap();
        let size = match request.paper {
            Paper::A4 => "[0 0 595.2",
            Paper::A5 => "[0 0 419.5",
        };
        assert_eq!(count(&pdf, &["/MediaBox", size].concat()), 1, "{kind:?}");
        assert_eq!(count(&pdf, "/FontFile2"), 2, "two weights, embedded");
        assert!(
            count(&pdf, "+NotoSansSC-Bold") > 0,
            "a subset has a tag before its name"
        );
        assert!(count(&pdf, "/ToUnicode") >= 2, "the text can be searched");
        assert!(
            pdf.len() < 200_000,
            "{} bytes: the fonts are whole",
            pdf.len()
        );
        let lang = request.langs.first.as_str().replace('_', "-");
        assert_eq!(count(&pdf, &format!("/Lang({lang})")), 1);
    });
}

#[test]
fn a_pdf_says_what_its_parts_are() {
    let (plan, settings) = branch();
    each(&request(&plan, &settings), |kind, _, sheet| {
        let pdf = sheet.to_pdf().unwrap();
        let seen = |item: &&Item| matches!(item, Item::Code { .. } | Item::Sign { .. });
        let figures = sheet.items.iter().filter(seen).count();
        let words = sheet
            .items
            .iter()
            .filter(|item| matches!(item, Item::TextRun(_)));
        assert_eq!(count(&pdf, "/Marked true"), 1, "{kind:?}");
        assert_eq!(count(&pdf, "/S/Figure"), figures, "{kind:?}");
        // In Latin letters, or in others.
        let described = count(&pdf, "/Alt(") + count(&pdf, "/Alt<");
        assert_eq!(described, figures, "{kind:?}");
        assert_eq!(count(&pdf, "/S/H1"), 1, "{kind:?}");
        assert_eq!(count(&pdf, "/S/P/"), words.count() - 1, "{kind:?}");
    });
}

#[test]
fn a_process_of_its_own_makes_the_same_pdf() {
    helper::use_program(Path::new(env!("CARGO_BIN_EXE_lobby-kiosk")));
    let (plan, settings) = branch();
    for kind in KINDS {
        let sheet = poster(kind, &request(&plan, &settings)).unwrap();
        assert!(
            sheet.make_pdf().unwrap() == sheet.to_pdf().unwrap(),
            "{kind:?}"
        );
    }
}

#[test]
fn the_same_day_gives_the_same_files() {
    let (plan, settings) = branch();
    for kind in KINDS {
        let files = |day| {
            let sheet = poster(
                kind,
                &Poster {
                    day,
                    ..request(&plan, &settings)
                },
            )
            .unwrap();
            (
                sheet.to_pdf().unwrap(),
                sheet.to_svg(),
                sheet.to_png().unwrap(),
            )
        };
        let day = request(&plan, &settings).day;
        let (pdf, svg, png) = files(day);
        assert!(files(day) == (pdf.clone(), svg.clone(), png.clone()));
        let next = files(day.succ_opt().unwrap());
        assert!(
            next.0 != pdf && next.1 != svg && next.2 != png,
            "the date is on it"
        );
    }
}

#[test]
#[ignore = "needs pdftoppm, pdftotext (Debian: poppler-utils) and zbarimg (zbar-tools)"]
fn a_printed_pdf_is_read_by_other_programs() {
    let dir = tempfile::tempdir().unwrap();
    let (plan, settings) = branch();
    each(&request(&plan, &settings), |kind, request, sheet| {
        let pdf = dir.path().join("sheet.pdf");
        fs::write(&pdf, sheet.to_pdf().unwrap()).unwrap();
        let ran = |program: &str, words: &[&str]| {
            let done = Command::new(program)
                .current_dir(dir.path())
                .args(words)
                .output()
                .unwrap_or_else(|error| panic!("{program}: {error}"));
            assert!(done.status.success(), "{program}: {done:?}");
            String::from_utf8(done.stdout).unwrap()
        };
        ran(
            "pdftoppm",
            &["-r", "300", "-png", "-singlefile", "sheet.pdf", "sheet"],
        );
        let text = ran("zbarimg", &["--quiet", "sheet.png"]);
        let found: BTreeSet<String> = text
            .split("QR-Code:")
            .skip(1)
            .map(|one| one.strip_suffix('\n').unwrap_or(one).to_owned())
            .collect();
        assert_eq!(
            found,
            payloads(kind, request),
            "{kind:?} {:?}",
            request.langs
        );
        let text = ran("pdftotext", &["sheet.pdf", "-"]).replace([' ', '\n'], "");
        assert!(text.contains("人民路证券营业部"), "{text}");
        assert!(text.contains(&[BASE, kind.path()].concat()), "{text}");
    });
}
