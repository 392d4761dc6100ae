//! No test file is forgotten: a file that no program names is never compiled, and nobody is told.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The programs, by their folders.
fn programs() -> Vec<PathBuf> {
    let folders = fs::read_dir("tests").unwrap();
    let folders = folders.map(|one| one.unwrap().path());
    folders
        .filter(|folder| folder.join("main.rs").is_file())
        .collect()
}

/// Every Rust file below a folder.
fn files(folder: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.append(&mut files(&path));
        } else if path.extension().is_some_and(|one| one == "rs") {
            found.insert(path);
        }
    }
    found
}

/// What the file's `mod` lines name: files of their own, or such as a `#[path]` before them says.
fn named(file: &Path, is_main: bool) -> Vec<PathBuf> {
    let folder = file.parent().unwrap();
    let inner = if is_main || file.ends_with("mod.rs") {
        folder.to_owned()
    } else {
        file.with_extension("")
    };
    let source = fs::read_to_string(file).unwrap();
    let mut path = None;
    let mut found = Vec::new();
    for line in source.lines() {
        let at = line.strip_prefix("#[path = \"");
        if let Some(at) = at.and_then(|rest| rest.strip_suffix("\"]")) {
            path = Some(folder.join(at).canonicalize().unwrap());
        } else if let Some(name) = line
            .strip_prefix("mod ")
            .and_then(|rest| rest.strip_suffix(';'))
        {
            let beside = inner.join(format!("{name}.rs"));
            let within = inner.join(name).join("mod.rs");
            let own = if within.is_file() { within } else { beside };
            found.push(path.take().unwrap_or(own).canonicalize().unwrap());
        }
    }
    found
}

/// All files that a program consists of.
fn compiled(main: &Path) -> BTreeSet<PathBuf> {
    let mut all = BTreeSet::new();
    let main = main.canonicalize().unwrap();
    let mut next = vec![main.clone()];
    while let Some(file) = next.pop() {
        if all.insert(file.clone()) {
            next.extend(named(&file, file == main));
        }
    }
    all
}

#[test]
fn every_file_belongs_to_a_program() {
    let programs = programs();
    assert!(programs.len() > 1);
    let mut mains: Vec<PathBuf> = programs.iter().map(|one| one.join("main.rs")).collect();
    mains.extend(["tests/bench/kiosk.rs", "tests/bench/race/main.rs"].map(PathBuf::from));
    let compiled: BTreeSet<PathBuf> = mains.iter().flat_map(|main| compiled(main)).collect();
    let forgotten: Vec<PathBuf> = files(Path::new("tests"))
        .into_iter()
        .filter(|file| !compiled.contains(&file.canonicalize().unwrap()))
        .collect();
    assert_eq!(forgotten, Vec::<PathBuf>::new());
}

#[test]
fn each_program_links_the_toolkit_so_that_there_are_few() {
    let loose = fs::read_dir("tests")
        .unwrap()
        .map(|one| one.unwrap().path());
    let loose: Vec<PathBuf> = loose.filter(|path| path.is_file()).collect();
    assert_eq!(
        loose,
        Vec::<PathBuf>::new(),
        "a program each: put it into one"
    );
    assert!(programs().len() <= 8, "{:?}", programs());
}
