//! The interface of a crate, for comparisons: from a model on the disk or in a commit, or from a generated crate.

use crate::git::Revision;
use crate::models;
use crate::overlays;
use crate::problem::{Error, Problem};
use crate::settings::Settings;
use std::path::{Path, PathBuf};
use swage_codegen::Source;
use swage_codegen::diff::Interface;

/// The file of a generated crate that has its interface.
pub const FILE: &str = "interface.txt";

/// The interface of the crate that the settings describe with these models, and the models' texts. `from` is a model, a
/// folder of models, `git:REV:PATH`, a generated crate, or its `interface.txt`; of a crate there are no texts.
///
/// # Errors
///
/// What can't be read, or is wrong with the models.
pub fn read(from: &str, settings: &Settings) -> Result<(Vec<Source>, Interface), Error> {
    let path = settings.root.join(from);
    let file = path.join(FILE);
    let paths = [if file.is_file() { file } else { path }];
    let sources = match Revision::parse(from)? {
        Some(revision) => revision.read()?,
        None => models::read(&paths, &settings.root)?,
    };
    if let [source] = sources.as_slice()
        && Interface::is_text(&source.text)
    {
        return Ok((Vec::new(), parse(&source.name, &source.text)?));
    }
    let options = settings.options()?;
    let (sources, loaded) = overlays::load(sources, settings);
    match swage_codegen::interface(&loaded, &options) {
        Ok(interface) => Ok((sources, interface)),
        Err(diagnostics) => Err(Problem::errors(diagnostics, sources).into()),
    }
}

/// The interface that the crate in a folder has; none if it was generated before there was such a file.
///
/// # Errors
///
/// The file can't be read.
pub(crate) fn of_crate(folder: &Path) -> Result<Option<Interface>, Problem> {
    let file: PathBuf = folder.join(FILE);
    match std::fs::read_to_string(&file) {
        Ok(text) => parse(&file.display().to_string(), &text).map(Some),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Problem::io("read", &file, &error)),
    }
}

fn parse(name: &str, text: &str) -> Result<Interface, Problem> {
    Interface::parse(text).map_err(|error| Problem::io("read", Path::new(name), &error))
}
