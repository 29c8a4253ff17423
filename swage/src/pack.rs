//! Packs: the tables of many services in one file, for programs that read them at run time.

use crate::find;
use crate::models;
use crate::overlays;
use crate::parallel::in_order;
use crate::problem::{Error, Problem};
use crate::settings::Settings;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use swage_codegen::pack::{self, PackedService};

/// The settings of each service among the models that the settings name. Folders are searched.
///
/// # Errors
///
/// What can't be read.
pub fn services(settings: &Settings) -> Result<Vec<Settings>, Error> {
    if !settings.overlays.is_empty() {
        let message = "`overlays` is for crates of one service";
        let help = "put an overlay beside the model that it is for: service.overlay.json beside service.json";
        return Err(Problem::with_help(message, help).into());
    }
    let found = find::models(&settings.sources())?;
    let services = found.into_iter().map(|found| Settings {
        models: found.paths,
        name: None,
        ..settings.clone()
    });
    Ok(services.collect())
}

/// A pack.
#[derive(Debug)]
pub struct Packed {
    /// The content of the file.
    pub bytes: Vec<u8>,
    /// The number of services. Models of the same service count once.
    pub services: usize,
}

/// Packs services, several at a time. Each result is reported when it and those before it are there.
///
/// # Errors
///
/// Everything that is wrong with the models, or that the services don't fit into one pack.
pub fn pack(
    services: &[Settings],
    mut tell: impl FnMut(&Settings, Result<(), &Error>),
) -> Result<Packed, Error> {
    let (mut packed, mut problems) = (Vec::new(), Vec::new());
    in_order(services, one, |settings, result| {
        tell(settings, result.as_ref().map(drop));
        match result {
            Ok(service) => packed.push(service),
            Err(error) => problems.extend(error.problems),
        }
    });
    if !problems.is_empty() {
        return Err(problems.into());
    }
    let names: BTreeSet<_> = packed.iter().map(|of| &of.name).collect();
    let services = names.len();
    match pack::file(packed) {
        Ok(bytes) => Ok(Packed { bytes, services }),
        Err(error) => Err(Problem::new(error.to_string()).into()),
    }
}

fn one(settings: &Settings) -> Result<PackedService, Error> {
    let options = settings.options()?;
    let sources = models::read(&settings.sources(), &settings.root)?;
    let (sources, loaded) = overlays::load(sources, settings);
    let packed = swage_codegen::packed(&loaded, &options);
    packed.map_err(|diagnostics| Problem::errors(diagnostics, sources).into())
}

/// Writes a pack to its place, or leaves what is there. Returns false if it is there already.
///
/// # Errors
///
/// The file can't be written.
pub fn write(out: &Path, pack: &[u8]) -> Result<bool, Problem> {
    if fs::read(out).is_ok_and(|old| old == pack) {
        return Ok(false);
    }
    let written = stage(out, pack).and_then(|staged| {
        fs::rename(&staged, out).inspect_err(|_| {
            let _ = fs::remove_file(&staged);
        })
    });
    match written {
        Ok(()) => Ok(true),
        Err(error) => Err(Problem::io("write", out, &error)),
    }
}

/// Writes the bytes beside their place.
fn stage(out: &Path, bytes: &[u8]) -> io::Result<PathBuf> {
    if let Some(parent) = out.parent() {
        fs::create_dir_all(parent)?;
    }
    let mut name = OsString::from(".");
    name.push(out.file_name().unwrap_or_default());
    name.push(format!(".{}.swage-new", std::process::id()));
    let staged = out.with_file_name(name);
    fs::write(&staged, bytes).inspect_err(|_| {
        let _ = fs::remove_file(&staged);
    })?;
    Ok(staged)
}
