//! The dependency rules of the design, read off the `use` lines and paths of the sources.

use std::fs;
use std::path::{Path, PathBuf};

/// Files below `folder` with this ending.
fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|one| one == ending) {
                found.push(path);
            }
        }
    }
    assert!(!found.is_empty(), "nothing in {folder}");
    found
}

/// The part of the crate that a source file belongs to: `src/view/board.rs` is of `view`. Under the
/// roof of `config` each room is a part.
fn part(path: &Path) -> String {
    let inner = path.strip_prefix("src").unwrap();
    let mut names = inner.iter().map(|name| name.to_string_lossy());
    let first = names.next().unwrap();
    let room = names.next().filter(|_| first == "config");
    let part = room.unwrap_or(first);
    part.trim_end_matches(".rs").to_owned()
}

/// The lines of code, without comments.
fn code(path: &Path) -> Vec<String> {
    let source = fs::read_to_string(path).unwrap();
    source
        .lines()
        .map(|line| line.split("//").next().unwrap().to_owned())
        .collect()
}

/// Every `crate::part` that a line names.
fn named(line: &str) -> Vec<String> {
    let mut parts = Vec::new();
    for rest in line.split("crate::").skip(1) {
        let rest = rest.strip_prefix("config::").unwrap_or(rest);
        let end = rest
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(rest.len());
        parts.push(rest[..end].to_owned());
    }
    parts
}

/// Which parts of the crate each part may use, beside itself.
fn allowed(part: &str) -> Option<&'static [&'static str]> {
    Some(match part {
        "diagnosis" => &["own_file", "private"],
        "document" => &["fonts", "helper", "qr"],
        "domain" => &[],
        "own_file" => &[],
        "private" => &["own_file"],
        "seal" => &["own_file", "private", "atomic_file", "versioned_file"],
        "versioned_file" => &["own_file", "private", "atomic_file"],
        "store" => &["diagnosis", "domain", "own_file", "private", "seal"],
        "threads" => &[],
        "sound" => &["domain", "threads"],
        "memory" => &[],
        "qr" => &[],
        "toml_reader" => &["suggestions", "limits", "fault", "domain"],
        "fault" => &["domain"],
        "limits" | "suggestions" => &[],
        "file" => &["fault", "own_file", "private", "atomic_file"],
        "floor_plan" => &["fault", "domain", "fonts", "helper"],
        "fonts" => &[],
        "helper" => &["threads"],
        "photo" => &["helper"],
        "plan_file" => &[
            "suggestions",
            "limits",
            "fault",
            "file",
            "domain",
            "toml_reader",
        ],
        "settings" => &[
            "suggestions",
            "limits",
            "fault",
            "file",
            "domain",
            "plan_file",
            "toml_reader",
        ],
        "i18n" => &[
            "fault",
            "suggestions",
            "domain",
            "platform",
            "service",
            "settings",
        ],
        "service" => &[
            "limits",
            "fault",
            "diagnosis",
            "domain",
            "floor_plan",
            "own_file",
            "photo",
            "private",
            "qr",
            "seal",
            "settings",
            "sound",
            "store",
            "threads",
            "atomic_file",
            "versioned_file",
        ],
        "platform" => &[
            "diagnosis",
            "domain",
            "fonts",
            "own_file",
            "threads",
            "atomic_file",
        ],
        "view" => &[
            "limits", "fault", "domain", "i18n", "photo", "platform", "qr", "service", "settings",
            "sound",
        ],
        "web" => &[
            "fault",
            "diagnosis",
            "domain",
            "i18n",
            "own_file",
            "photo",
            "qr",
            "service",
            "settings",
            "threads",
        ],
        "print" => &[
            "fault", "document", "domain", "helper", "i18n", "qr", "settings",
        ],
        "report" => &["document", "domain", "i18n", "service", "settings"],
        "cli" => &[
            "fault",
            "app",
            "document",
            "file",
            "diagnosis",
            "document",
            "domain",
            "i18n",
            "own_file",
            "plan_file",
            "platform",
            "print",
            "report",
            "service",
            "settings",
            "sound",
            "atomic_file",
        ],
        "atomic_file" => &[],
        // The composition root and the crate itself see all.
        "app" | "lib" | "main" | "mod" => return None,
        other => panic!("say in this test what {other} may use"),
    })
}

/// Types that the compiled screens put at the root of the crate.
fn is_screen_type(name: &str) -> bool {
    name.is_empty() || name.starts_with(char::is_uppercase)
}

#[test]
fn parts_use_only_what_they_may() {
    let mut faults = Vec::new();
    for path in files("src", "rs") {
        let here = part(&path);
        let Some(allowed) = allowed(&here) else {
            continue;
        };
        for (number, line) in code(&path).iter().enumerate() {
            for used in named(line) {
                if used == here || allowed.contains(&used.as_str()) {
                    continue;
                }
                if is_screen_type(&used) && here == "view" {
                    continue;
                }
                faults.push(format!(
                    "{}:{}: {here} uses {used}",
                    path.display(),
                    number + 1
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn libraries_stay_where_they_belong() {
    let homes: [(&str, &[&str]); 8] = [
        ("rusqlite", &["store"]),
        ("axum", &["web"]),
        ("krilla", &["document"]),
        ("parley", &["document"]),
        ("resvg", &["document", "floor_plan", "fonts", "print"]),
        ("slint", &["app", "lib", "platform", "view"]),
        (
            "tracing",
            &[
                "app",
                "cli",
                "diagnosis",
                "helper",
                "own_file",
                "platform",
                "private",
                "service",
                "sound",
                "store",
                "web",
            ],
        ),
        ("tracing_subscriber", &["diagnosis"]),
    ];
    let mut faults = Vec::new();
    for path in files("src", "rs") {
        let here = part(&path);
        for (number, line) in code(&path).iter().enumerate() {
            for (library, parts) in homes {
                let used = line.contains(&format!("{library}::"))
                    && !line.contains(&format!("_{library}::"));
                if used && !parts.contains(&here.as_str()) {
                    faults.push(format!("{}:{}: {library}", path.display(), number + 1));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn a_document_knows_no_kind_of_file_but_where_it_becomes_one() {
    for path in files("src/document", "rs") {
        let inner = path.strip_prefix("src/document").unwrap();
        let homes: [(&str, &[&str]); 4] = [
            ("krilla", &["pdf"]),
            ("maud", &["docx", "html.rs"]),
            ("png", &["pixels.rs"]),
            ("zip", &["docx"]),
        ];
        for (number, line) in code(&path).iter().enumerate() {
            for (library, homes) in homes {
                let used = line.contains(&format!("{library}::"));
                let place = format!("{}:{}: {library}", path.display(), number + 1);
                let at_home = homes.iter().any(|home| inner.starts_with(home));
                assert!(!used || at_home, "{place}");
            }
        }
    }
}

#[test]
fn the_domain_reads_no_clock_and_no_disk() {
    for path in files("src/domain", "rs") {
        for (number, line) in code(&path).iter().enumerate() {
            for word in [
                "Utc::now",
                "Local::now",
                "SystemTime",
                "Instant",
                "std::fs",
                "std::net",
                "std::env",
            ] {
                assert!(
                    !line.contains(word),
                    "{}:{}: {word}",
                    path.display(),
                    number + 1
                );
            }
            if let Some(used) = line.trim().strip_prefix("use ") {
                let root = used.split("::").next().unwrap();
                // Of libraries only those that compute: dates, and Unicode's tables of letters.
                let may = [
                    "std",
                    "serde",
                    "chrono",
                    "unicode_segmentation",
                    "super",
                    "crate",
                    "self",
                ];
                assert!(
                    may.contains(&root),
                    "{}:{}: the domain uses {root}",
                    path.display(),
                    number + 1
                );
            }
        }
    }
}

#[test]
fn screens_widgets_and_theme_keep_their_order() {
    let may: [(&str, &[&str]); 5] = [
        ("theme", &["theme"]),
        ("types", &["types"]),
        ("widgets", &["theme", "types", "widgets"]),
        ("adapters", &["types", "adapters"]),
        (
            "screens",
            &["theme", "types", "widgets", "adapters", "screens"],
        ),
    ];
    for (folder, allowed) in may {
        for path in files(&format!("ui/{folder}"), "slint") {
            let source = fs::read_to_string(&path).unwrap();
            for line in source.lines() {
                let Some(from) = line.split(" from \"").nth(1) else {
                    continue;
                };
                let from = from.split('"').next().unwrap();
                if from == "std-widgets.slint" {
                    continue;
                }
                let place = path.parent().unwrap().join(from).canonicalize().unwrap();
                let ui = Path::new("ui").canonicalize().unwrap();
                let inside = place.strip_prefix(&ui).unwrap();
                let target = inside.iter().next().unwrap().to_str().unwrap();
                assert!(
                    allowed.contains(&target),
                    "{}: imports {from}",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn what_is_to_be_shown_is_decided_without_a_window() {
    let windows = ["AppWindow", "ComponentHandle", "global::<", "winit"];
    let bindings = [
        "screens.rs",
        "face.rs",
        "shell/mod.rs",
        "shell/hearing.rs",
        "guide/turn.rs",
    ];
    for path in files("src/view", "rs") {
        let source = fs::read_to_string(&path).unwrap();
        let named = path.strip_prefix("src/view").unwrap().to_str().unwrap();
        let binds = source.contains("Face for ") || bindings.contains(&named);
        let decides = ["presenter.rs", "acts.rs"]
            .iter()
            .any(|end| named.ends_with(end));
        for word in windows {
            assert!(
                !source.contains(word) || (binds && !decides),
                "{}: {word}: only a binding knows the window",
                path.display()
            );
        }
    }
}

#[test]
fn every_screen_has_a_face() {
    let adapter = fs::read_to_string("ui/adapters/shell.slint").unwrap();
    let screens = adapter.split("export enum Screen {").nth(1).unwrap();
    let screens = screens.split('}').next().unwrap();
    let faces = fs::read_to_string("src/view/face.rs").unwrap();
    for screen in screens.split(',').map(str::trim) {
        // The markup writes words apart with a hyphen, the program with a capital.
        let words = screen.split('-').map(|word| {
            let (first, rest) = word.split_at(1);
            first.to_ascii_uppercase() + rest
        });
        let name = format!("Screen::{},", words.collect::<String>());
        assert!(faces.contains(&name), "{name} stands in no list of faces");
    }
}

#[test]
fn sources_stay_small() {
    for path in files("src", "rs").into_iter().chain(files("ui", "slint")) {
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        assert!(
            lines <= 400,
            "{} has {lines} lines: it has more than one subject",
            path.display()
        );
    }
}
