//! Models on the disk: which files a path names, and their texts.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, IsTerminal, Read};
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

/// Reads the models that the paths name. What can't be read is named all at once, together with what is wrong with the
/// texts of the others; what those mean can't be judged without the rest.
pub(crate) fn read(paths: &[PathBuf], root: &Path) -> Result<Vec<Source>, String> {
    let mut files: Vec<PathBuf> = Vec::new();
    let mut problems = Vec::new();
    for path in paths {
        match models_at(path) {
            Ok(found) if found.is_empty() => {
                problems.push(format!("error: no model in {}", path.display()))
            }
            Ok(found) => {
                for file in found {
                    if !files.contains(&file) {
                        files.push(file);
                    }
                }
            }
            Err(error) => problems.push(format!("error: cannot read {}: {error}", path.display())),
        }
    }
    let mut sources = Vec::new();
    for file in &files {
        let name = shown(file, root);
        match text(file) {
            Ok(text) => sources.push(Source { name, text }),
            Err(error) => problems.push(format!("error: cannot read {name}: {error}")),
        }
    }
    if problems.is_empty() {
        return Ok(sources);
    }
    let broken = swage_codegen::load::syntax(&sources);
    if !broken.is_empty() {
        let colour = std::io::stderr().is_terminal();
        problems.push(swage_codegen::render_diagnostics(&broken, &sources, colour));
    }
    Err(problems.join("\n"))
}

/// The overlay for the service of that `sdkId`, where there is one: `Route 53` has `models/aws/route-53.smithy`.
pub(crate) fn overlay(sdk_id: &str, root: &Path) -> Result<Option<Source>, String> {
    let stem = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '-'
        }
    };
    let stem: String = sdk_id.chars().map(stem).collect();
    let path = root.join(format!("models/aws/{stem}.smithy"));
    if !path.is_file() {
        return Ok(None);
    }
    let name = shown(&path, root);
    match text(&path) {
        Ok(text) => Ok(Some(Source { name, text })),
        Err(error) => Err(format!("error: cannot read {name}: {error}")),
    }
}

/// A path as messages show it: relative to the workspace where it is inside.
pub(crate) fn shown(path: &Path, root: &Path) -> String {
    path.strip_prefix(root)
        .unwrap_or(path)
        .display()
        .to_string()
}

/// A folder is the models in it, in order of their names; a file is itself, and a service of the AWS JSON format
/// brings what stands beside it.
fn models_at(path: &Path) -> io::Result<Vec<PathBuf>> {
    if path.is_dir() {
        return files_in(path, is_model);
    }
    let folder = path.parent().filter(|_| is_service(name(path)));
    let mut files = match folder {
        Some(folder) if folder == Path::new("") => files_in(Path::new("."), is_companion)?,
        Some(folder) => files_in(folder, is_companion)?,
        None => Vec::new(),
    };
    files.insert(0, path.to_path_buf());
    Ok(files)
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

fn name(path: &Path) -> &str {
    path.file_name().and_then(OsStr::to_str).unwrap_or_default()
}

/// The definitions of our own traits stand beside models and belong to none.
const TRAITS: &str = "swage.smithy";

/// Editors and backups leave hidden files beside models.
fn is_model(name: &str) -> bool {
    if name == TRAITS {
        return false;
    }
    let name = name.strip_suffix(".gz").unwrap_or(name);
    let has = |extension| Path::new(name).extension().is_some_and(|e| e == extension);
    !name.starts_with('.') && (has("json") || has("smithy"))
}

fn is_service(name: &str) -> bool {
    matches!(name, "service-2.json" | "service-2.json.gz")
}

fn is_companion(name: &str) -> bool {
    is_model(name) && COMPANIONS.iter().any(|start| name.starts_with(start))
}

/// The text of a file; one that is gzip'ed, whatever its name, is unpacked.
fn text(path: &Path) -> Result<String, String> {
    let mut bytes = limited(fs::File::open(path).map_err(|e| e.to_string())?)?;
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
