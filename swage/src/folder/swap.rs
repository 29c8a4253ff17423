//! Changing files together: new texts wait beside their places until all of them are written, old files wait beside theirs
//! until the new ones are in place.

use super::{CHANGELOG, Changes, ours_below};
use crate::problem::Problem;
use std::ffi::OsString;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Removes what killed runs left in a folder; the caller has its lock, so no living run waits for it.
pub(super) fn clear(folder: &Path) -> Result<(), Problem> {
    for path in ours_below(folder, is_waiting)? {
        let place = folder.join(path);
        remove(&place).map_err(|error| Problem::io("remove", &place, &error))?;
        remove_empty_parents(folder, &place);
    }
    Ok(())
}

/// Whether a file has the name of one that waits.
pub(super) fn is_waiting(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    name.starts_with(b".") && [NEW, OLD].iter().any(|end| name.ends_with(end.as_bytes()))
}

/// Whether a file that waits is a changelog, which has no header.
pub(super) fn is_changelog(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    name.starts_with(format!(".{CHANGELOG}.").as_bytes())
}

const NEW: &str = ".swage-new";
const OLD: &str = ".swage-old";

/// Makes the changes, or leaves the folder as it was.
pub(super) fn apply(changes: &Changes<'_>, folder: &Path) -> Result<(), Problem> {
    let mut swap = Swap {
        folder,
        staged: Vec::new(),
        retired: Vec::new(),
        placed: Vec::new(),
    };
    swap.make(changes).inspect_err(|_| swap.undo())
}

/// What has been done so far.
struct Swap<'a> {
    folder: &'a Path,
    /// Places whose new text waits.
    staged: Vec<PathBuf>,
    /// Places whose file waits for its removal.
    retired: Vec<PathBuf>,
    /// Places that have their new text, and the old one.
    placed: Vec<(PathBuf, Option<&'a str>)>,
}

impl<'a> Swap<'a> {
    fn make(&mut self, changes: &'a Changes<'_>) -> Result<(), Problem> {
        for (path, _, text) in &changes.written {
            let place = self.folder.join(path);
            stage(&place, text).map_err(|error| Problem::io("write", &place, &error))?;
            self.staged.push(place);
        }
        for (path, _) in &changes.removed {
            let place = self.folder.join(path);
            match fs::rename(&place, waiting(&place, OLD)) {
                Ok(()) => self.retired.push(place),
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(Problem::io("remove", &place, &error)),
            }
        }
        for (path, old, _) in &changes.written {
            let place = self.folder.join(path);
            fs::rename(waiting(&place, NEW), &place)
                .map_err(|error| Problem::io("write", &place, &error))?;
            self.placed.push((place, old.as_deref()));
        }
        for place in &self.retired {
            // What can be renamed can be removed; if not, the next run does it.
            let _ = remove(&waiting(place, OLD));
            remove_empty_parents(self.folder, place);
        }
        Ok(())
    }

    /// Undoes as much as can be undone: the error that led here is the one to report.
    fn undo(&self) {
        for (place, old) in &self.placed {
            let _ = match old {
                Some(text) => {
                    stage(place, text).and_then(|()| fs::rename(waiting(place, NEW), place))
                }
                None => remove(place),
            };
        }
        for place in &self.retired {
            let _ = fs::rename(waiting(place, OLD), place);
        }
        for place in &self.staged {
            let _ = remove(&waiting(place, NEW));
            remove_empty_parents(self.folder, place);
        }
    }
}

/// Writes a text beside its place.
fn stage(place: &Path, text: &str) -> io::Result<()> {
    let waiting = waiting(place, NEW);
    let created = fs::File::create_new(&waiting);
    let mut file = created.or_else(|error| match place.parent() {
        Some(parent) if error.kind() == ErrorKind::NotFound => {
            fs::create_dir_all(parent)?;
            fs::File::create_new(&waiting)
        }
        _ => Err(error),
    })?;
    file.write_all(text.as_bytes()).inspect_err(|_| {
        let _ = remove(&waiting);
    })
}

/// The place beside a file where its new text or its old one waits, known to this process alone.
fn waiting(place: &Path, end: &str) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(place.file_name().unwrap_or_default());
    name.push(format!(".{}{end}", std::process::id()));
    place.with_file_name(name)
}

/// A file that is gone already is removed.
fn remove(place: &Path) -> io::Result<()> {
    match fs::remove_file(place) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Only a folder that is empty can be removed.
fn remove_empty_parents(folder: &Path, path: &Path) {
    let parents = path.ancestors().skip(1);
    for parent in parents.take_while(|parent| *parent != folder) {
        if fs::remove_dir(parent).is_err() {
            break;
        }
    }
}
