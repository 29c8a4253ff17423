//! An output folder: what has to change in it, and changing it so that it is never left half-written.

mod lock;
mod swap;

pub use lock::Lock;

use crate::problem::Problem;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Component, Path, PathBuf};
use swage_codegen::{OutputFile, is_generated, may_become_generated};

/// The changelog of a generated crate. It is the only file there that is changed and not replaced.
pub(crate) const CHANGELOG: &str = "CHANGELOG.md";

/// What separates a folder from what codegen gives.
#[derive(Default)]
pub struct Changes<'a> {
    /// Files to create or replace: path below the folder, old text (none: new), new text.
    pub written: Vec<(PathBuf, Option<String>, Cow<'a, str>)>,
    /// Files that codegen no longer emits, and their text.
    pub removed: Vec<(PathBuf, String)>,
    /// How many files are as they should be.
    pub unchanged: usize,
}

impl<'a> Changes<'a> {
    /// Compares a folder, which may be missing, with the files that it should contain.
    ///
    /// # Errors
    ///
    /// A path leads out of the folder, a file can't be read, or files that Swage didn't write would be replaced. The error
    /// names all of these.
    pub fn find(folder: &Path, files: &'a [OutputFile]) -> Result<Self, Problem> {
        let mut changes = Self::default();
        let mut in_the_way = Vec::new();
        let mut reader = Reader::new(folder);
        for file in files {
            let path = below(&file.path)?;
            match reader.read(&path)? {
                Found::Nothing => changes
                    .written
                    .push((path, None, file.text.as_str().into())),
                Found::Text(old) if old == file.text => changes.unchanged += 1,
                Found::Text(old) if is_generated(&old) => {
                    changes
                        .written
                        .push((path, Some(old), file.text.as_str().into()))
                }
                Found::Text(_) | Found::Other => {
                    in_the_way.push(folder.join(path).display().to_string())
                }
            }
        }
        if !in_the_way.is_empty() {
            return Err(Problem::with_help(
                format!(
                    "not written by codegen, so not overwritten: {}",
                    in_the_way.join(", ")
                ),
                "move them away, or choose another folder with --out; nothing was written",
            ));
        }
        let kept: HashSet<PathBuf> = files.iter().map(|file| PathBuf::from(&file.path)).collect();
        for path in ours_below(folder, |path| !kept.contains(path))? {
            let text = fs::read(folder.join(&path));
            let text = text.map_err(|error| Problem::io("read", &path, &error))?;
            let text = String::from_utf8_lossy(&text).into_owned();
            changes.removed.push((path, text));
        }
        Ok(changes)
    }

    /// Whether the folder is as it should be.
    pub fn is_empty(&self) -> bool {
        self.written.is_empty() && self.removed.is_empty()
    }

    /// The changes as a unified diff.
    pub fn diff(&self) -> String {
        let written = self
            .written
            .iter()
            .map(|(path, old, new)| (path, old.as_deref(), Some(&**new)));
        let removed = self
            .removed
            .iter()
            .map(|(path, old)| (path, Some(old.as_str()), None));
        written
            .chain(removed)
            .map(|(path, old, new)| file_diff(path, old, new))
            .collect()
    }

    /// Writes and removes all files, or none. Unchanged files are not touched.
    ///
    /// # Errors
    ///
    /// A file can't be written or removed. The folder is as it was before.
    pub fn apply(&self, folder: &Path) -> Result<(), Problem> {
        swap::apply(self, folder)
    }
}

enum Found {
    Nothing,
    Text(String),
    Other,
}

/// Reads files below a folder, and remembers the folders on the way.
struct Reader<'f> {
    folder: &'f Path,
    parents: BTreeMap<PathBuf, Parent>,
}

/// A folder on the way to a file.
#[derive(Clone, Copy, PartialEq)]
enum Parent {
    Missing,
    /// It, or a folder above it, is a link, which leads out of the folder.
    Link,
    Present,
}

impl<'f> Reader<'f> {
    fn new(folder: &'f Path) -> Self {
        let parents = BTreeMap::from([(PathBuf::new(), Parent::Present)]);
        Self { folder, parents }
    }

    /// What stands at a path below the folder.
    fn read(&mut self, path: &Path) -> Result<Found, Problem> {
        match path.parent().map(|parent| self.parent(parent)) {
            Some(Parent::Missing) => Ok(Found::Nothing),
            Some(Parent::Link) => Ok(Found::Other),
            Some(Parent::Present) | None => read(&self.folder.join(path)),
        }
    }

    fn parent(&mut self, path: &Path) -> Parent {
        if let Some(known) = self.parents.get(path) {
            return *known;
        }
        let above = path.parent().map(|above| self.parent(above));
        let found = match above {
            Some(above @ (Parent::Missing | Parent::Link)) => above,
            Some(Parent::Present) | None => match fs::symlink_metadata(self.folder.join(path)) {
                Ok(metadata) if metadata.is_symlink() => Parent::Link,
                Err(error) if error.kind() == ErrorKind::NotFound => Parent::Missing,
                _ => Parent::Present,
            },
        };
        self.parents.insert(path.to_owned(), found);
        found
    }
}

fn read(path: &Path) -> Result<Found, Problem> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if !metadata.is_file() => return Ok(Found::Other),
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(Found::Nothing),
        _ => {}
    }
    match fs::read(path) {
        Ok(bytes) => Ok(String::from_utf8(bytes).map_or(Found::Other, Found::Text)),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(Found::Nothing),
        // A file where a folder should be, or the other way round.
        Err(e) if matches!(e.kind(), ErrorKind::NotADirectory | ErrorKind::IsADirectory) => {
            Ok(Found::Other)
        }
        Err(e) => Err(Problem::io("read", path, &e)),
    }
}

/// The path, when it stays below the folder that it is joined to.
fn below(path: &str) -> Result<PathBuf, Problem> {
    let path = PathBuf::from(path);
    let inside = path
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    if inside {
        Ok(path)
    } else {
        Err(Problem::new(format!(
            "generated path outside the folder: {}",
            path.display()
        )))
    }
}

/// Reads the files below a folder that codegen wrote.
///
/// # Errors
///
/// A file or folder can't be read.
pub(crate) fn read_generated(
    folder: &Path,
    mut tell: impl FnMut(&Path, &[u8]),
) -> Result<(), Problem> {
    for path in ours_below(folder, |_| true)? {
        let text = fs::read(folder.join(&path));
        tell(&path, &text.map_err(|e| Problem::io("read", &path, &e))?);
    }
    Ok(())
}

/// The files below a folder that codegen wrote, of those that are wanted. Build output, hidden folders, links and crates in
/// folders of their own are ignored.
fn ours_below(folder: &Path, wanted: impl Fn(&Path) -> bool) -> Result<Vec<PathBuf>, Problem> {
    let mut found = Vec::new();
    collect(folder, Path::new(""), &wanted, &mut found)?;
    Ok(found)
}

fn collect(
    folder: &Path,
    at: &Path,
    wanted: &impl Fn(&Path) -> bool,
    found: &mut Vec<PathBuf>,
) -> Result<(), Problem> {
    let entries = match fs::read_dir(folder.join(at)) {
        Ok(entries) => entries,
        Err(e) if matches!(e.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(());
        }
        Err(e) => return Err(Problem::io("read", &folder.join(at), &e)),
    };
    let mut names: Vec<_> = entries
        .filter_map(|entry| {
            let entry = entry.ok()?;
            Some((entry.file_name(), entry.file_type().ok()?))
        })
        .collect();
    names.sort_by(|(left, _), (right, _)| left.cmp(right));
    for (name, kind) in names {
        let path = at.join(&name);
        let place = folder.join(&path);
        if kind.is_dir() {
            let skip = at == Path::new("") && name == "target"
                || name.as_encoded_bytes().starts_with(b".")
                || place.join("Cargo.toml").exists();
            if !skip {
                collect(folder, &path, wanted, found)?;
            }
        } else if kind.is_file() && wanted(&path) && is_ours(&place) {
            found.push(path);
        }
    }
    Ok(())
}

/// Whether codegen wrote it: the header is there, or it waits for a place that a killed run never gave it.
fn is_ours(path: &Path) -> bool {
    let start = start(path);
    let is_left = || may_become_generated(&start) || swap::is_changelog(path);
    is_generated(&start) || swap::is_waiting(path) && is_left()
}

/// A file's start: the folder may hold large files that are not ours.
fn start(path: &Path) -> String {
    let mut start = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(400).read_to_end(&mut start));
    if read.is_err() {
        return "not to be read".to_owned();
    }
    String::from_utf8_lossy(&start).into_owned()
}

fn file_diff(path: &Path, old: Option<&str>, new: Option<&str>) -> String {
    let name = |side: &str, text: Option<&str>| {
        text.map_or("/dev/null".into(), |_| format!("{side}/{}", path.display()))
    };
    similar::TextDiff::from_lines(old.unwrap_or_default(), new.unwrap_or_default())
        .unified_diff()
        .context_radius(3)
        .header(&name("a", old), &name("b", new))
        .to_string()
}
