//! Models on the disk: which files a path names, and their texts.

mod smithy_build;

use crate::problem::{Error, Problem};
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use swage_codegen::Source;

/// The largest model that is read: far above any, far below what a crafted archive could unpack to.
const LARGEST: u64 = 256 << 20;

/// What stands beside `service-2.json` and belongs to it, in the AWS JSON format.
const COMPANIONS: [&str; 6] = [
    "paginators-",
    "waiters-",
    "examples-",
    "endpoint-rule-set-",
    "endpoint-bdd-",
    "service-2.sdk-extras.",
];

/// Reads the models that the paths name. Everything that can't be read is named at once, together with the syntax errors
/// in the other files; what those mean can't be judged without the rest.
///
/// # Errors
///
/// Files that can't be read, and their neighbours' syntax errors.
pub fn read(paths: &[PathBuf], root: &Path) -> Result<Vec<Source>, Error> {
    let mut problems = Vec::new();
    let files = files(paths, &mut problems);
    let mut sources = Vec::new();
    for file in &files {
        let name = shown(file, root);
        match read_text(file) {
            Ok(text) => sources.push(Source { name, text }),
            Err(error) => problems.push(Problem::io("read", Path::new(&name), &error)),
        }
    }
    if problems.is_empty() {
        return Ok(sources);
    }
    let broken = swage_codegen::load::syntax(&sources);
    if !broken.is_empty() {
        problems.push(Problem::errors(broken, sources));
    }
    Err(problems.into())
}

/// The files that the paths name, each once.
pub(crate) fn files(paths: &[PathBuf], problems: &mut Vec<Problem>) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = Vec::new();
    for path in paths {
        match models_at(path) {
            Ok(found) if found.is_empty() => problems.push(no_model(path)),
            Ok(found) => {
                for file in found {
                    if !files.contains(&file) {
                        files.push(file);
                    } else if file == Path::new(STDIN) {
                        problems.push(Problem::new("standard input is named twice"));
                    }
                }
            }
            Err(problem) => problems.push(problem),
        }
    }
    files
}

/// Models in folders below a folder belong to others, or are definitions that only some need.
fn no_model(folder: &Path) -> Problem {
    let message = format!("no model in {}", folder.display());
    let mut deeper = Vec::new();
    match below(folder, &mut deeper) {
        Ok(()) if !deeper.is_empty() => {
            let found = deeper[0].parent().unwrap_or(folder).display();
            let help = format!("folders in it are not searched; name one, such as {found}");
            Problem::with_help(message, help)
        }
        _ => Problem::new(message),
    }
}

/// A path as messages show it: relative to the current folder where it is inside.
pub(crate) fn shown_here(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    shown(path, &here)
}

/// A path as messages show it: relative to the root where it is inside.
pub fn shown(path: &Path, root: &Path) -> String {
    if path == Path::new(STDIN) {
        return "stdin".to_owned();
    }
    path.strip_prefix(root)
        .unwrap_or(path)
        .display()
        .to_string()
}

/// A folder is the models in it, in order of their names, or those of its `smithy-build.json`; a file is itself, and a
/// service of the AWS JSON format brings what stands beside it.
fn models_at(path: &Path) -> Result<Vec<PathBuf>, Problem> {
    let unreadable = |error: io::Error| Problem::io("read", path, &error);
    if name(path) == smithy_build::FILE {
        return smithy_build::models(path);
    }
    if path.is_dir() {
        let build = path.join(smithy_build::FILE);
        return if build.is_file() {
            smithy_build::models(&build)
        } else {
            files_in(path, is_model).map_err(unreadable)
        };
    }
    let folder = path.parent().filter(|_| is_service(name(path)));
    let mut files = match folder {
        Some(folder) if folder == Path::new("") => files_in(Path::new("."), is_companion),
        Some(folder) => files_in(folder, is_companion),
        None => Ok(Vec::new()),
    }
    .map_err(unreadable)?;
    files.insert(0, path.to_path_buf());
    Ok(files)
}

/// The models in a folder and in those below it.
fn below(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut entries = fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<io::Result<Vec<_>>>()?;
    entries.sort();
    for path in entries {
        if path.is_dir() && !path.is_symlink() {
            below(&path, files)?;
        } else if path.is_file() && is_model(name(&path)) {
            files.push(path);
        }
    }
    Ok(())
}

fn files_in(folder: &Path, wanted: fn(&str) -> bool) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_file() && wanted(name(&path)) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

pub(crate) fn name(path: &Path) -> &str {
    path.file_name().and_then(OsStr::to_str).unwrap_or_default()
}

/// The file of a Smithy project.
pub(crate) const PROJECT: &str = smithy_build::FILE;

/// What stands for standard input.
const STDIN: &str = "-";

/// Editors and backups leave hidden files beside models.
pub(crate) fn is_model(name: &str) -> bool {
    if name == smithy_build::FILE {
        return false;
    }
    let name = name.strip_suffix(".gz").unwrap_or(name);
    let has = |extension| Path::new(name).extension().is_some_and(|e| e == extension);
    !name.starts_with('.') && (has("json") || has("smithy"))
}

/// Whether it is the main file of a service in the AWS JSON format.
pub(crate) fn is_service(name: &str) -> bool {
    matches!(name, "service-2.json" | "service-2.json.gz")
}

fn is_companion(name: &str) -> bool {
    is_model(name) && COMPANIONS.iter().any(|start| name.starts_with(start))
}

/// A model's file, and those that belong to it among its neighbours.
pub(crate) fn with_companions<E>(
    name: &str,
    neighbours: impl FnOnce() -> Result<Vec<String>, E>,
) -> Result<Vec<String>, E> {
    let mut names = vec![name.to_owned()];
    if is_service(name) {
        names.extend(neighbours()?.into_iter().filter(|name| is_companion(name)));
    }
    Ok(names)
}

/// The text of a file; one that is gzip'ed, whatever its name, is unpacked.
pub(crate) fn read_text(path: &Path) -> Result<String, String> {
    if path == Path::new(STDIN) {
        return unpack(limited(io::stdin().lock())?);
    }
    unpack(limited(fs::File::open(path).map_err(|e| e.to_string())?)?)
}

/// The text of a file's bytes, which may be gzip'ed.
pub(crate) fn unpack(mut bytes: Vec<u8>) -> Result<String, String> {
    if bytes.starts_with(&[0x1f, 0x8b]) {
        bytes = limited(flate2::read::MultiGzDecoder::new(bytes.as_slice()))?;
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        format!("it is not UTF-8 (byte {at})")
    })
}

fn limited(from: impl Read) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    from.take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| error.to_string())?;
    if bytes.len() as u64 > LARGEST {
        return Err(format!("it is larger than {} MiB", LARGEST >> 20));
    }
    Ok(bytes)
}
