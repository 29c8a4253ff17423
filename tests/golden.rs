//! Golden cases: their sources, what they generate, and writing it to `expected/`.

use crate::{cases, root};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use swage_codegen::{Options, OutputFile, Package, Source};

/// The main file of a case in the AWS JSON format.
pub const SERVICE: &str = "service-2.json";

/// The crates of all cases: where each is checked in, and its files.
///
/// # Panics
/// When a model can't be read or is rejected.
pub fn crates() -> Vec<(PathBuf, Vec<OutputFile>)> {
    let of = |case: PathBuf| (case.join("expected"), generate(&sources(&case), &case));
    cases("golden").into_iter().map(of).collect()
}

/// What a case is generated from.
///
/// # Panics
/// When a file can't be read.
pub fn sources(case: &Path) -> Vec<Source> {
    if case.join(SERVICE).exists() {
        let mut paths = files_below(case, Path::new(""));
        paths.retain(|path| path.components().count() == 1 && *path != Path::new("model.json"));
        paths.sort();
        return paths.iter().map(|path| source(&case.join(path))).collect();
    }
    let names = ["model.json", "overlay.json"].map(|name| case.join(name));
    names
        .iter()
        .filter(|path| path.exists())
        .map(|path| source(path))
        .collect()
}

/// A file as a source, named by its path in the workspace.
///
/// # Panics
/// When it can't be read.
pub fn source(path: &Path) -> Source {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let name = path
        .strip_prefix(root())
        .unwrap_or(path)
        .display()
        .to_string();
    Source { name, text }
}

/// The cases whose crates have a README.md.
const README: [&str; 2] = ["hostile", "options"];

fn package(case: &Path) -> String {
    format!(
        "golden-{}",
        case.file_name().unwrap_or_default().to_string_lossy()
    )
}

/// The settings of a case's crate.
pub fn options(case: &Path) -> Options {
    Options {
        name: Some(package(case)),
        readme: README.iter().any(|name| case.ends_with(name)),
        runtime: "../../../../runtime".into(),
        package: Package {
            license: Some("Apache-2.0".to_owned()),
            ..Package::default()
        },
        ..Options::default()
    }
}

/// The files of a case's crate.
///
/// # Panics
/// When the model is rejected.
pub fn generate(sources: &[Source], case: &Path) -> Vec<OutputFile> {
    swage_codegen::generate(sources, &options(case))
        .unwrap_or_else(|problems| {
            panic!(
                "{}",
                swage_codegen::render_diagnostics(&problems, sources, false)
            )
        })
        .files
}

/// The text of each file by its path.
pub fn texts(files: &[OutputFile]) -> BTreeMap<PathBuf, &str> {
    files
        .iter()
        .map(|file| (PathBuf::from(&file.path), file.text.as_str()))
        .collect()
}

/// Writes changed files and removes obsolete ones. The folder stays, because without it cargo can't load the workspace.
///
/// # Panics
/// When a file can't be written.
pub fn bless(expected: &Path, files: &[OutputFile]) {
    let given = texts(files);
    for (path, text) in &given {
        let path = expected.join(path);
        if fs::read_to_string(&path).is_ok_and(|old| old == **text) {
            continue;
        }
        fs::create_dir_all(path.parent().unwrap_or(expected)).expect("a folder");
        fs::write(&path, text).expect("a file");
    }
    for path in files_below(expected, Path::new("")) {
        if !given.contains_key(&path) {
            fs::remove_file(expected.join(path)).expect("a file that goes");
        }
    }
}

/// The files below a folder's subfolder `at`, as paths from the folder.
pub fn files_below(folder: &Path, at: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder.join(at)) else {
        return Vec::new();
    };
    let below = |name: PathBuf| {
        let path = at.join(name);
        if folder.join(&path).is_dir() {
            files_below(folder, &path)
        } else {
            vec![path]
        }
    };
    entries
        .filter_map(|entry| Some(PathBuf::from(entry.ok()?.file_name())))
        .flat_map(below)
        .collect()
}
