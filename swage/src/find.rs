//! The models below folders.

use crate::models::{self, is_model};
use crate::problem::{Error, Problem};
use serde_json::Value as Json;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use swage_codegen::load::idl;

/// The format of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Format {
    SmithyJson,
    SmithyIdl,
    AwsJson,
}

impl Format {
    #[cfg(feature = "command")]
    pub(crate) const ALL: [Self; 3] = [Self::SmithyJson, Self::SmithyIdl, Self::AwsJson];

    #[cfg(feature = "command")]
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::SmithyJson => "Smithy JSON",
            Self::SmithyIdl => "Smithy IDL",
            Self::AwsJson => "AWS JSON",
        }
    }
}

/// A model.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// What `swage generate --model` would take; the first has the service.
    pub(crate) paths: Vec<PathBuf>,
    #[cfg_attr(
        not(feature = "command"),
        expect(dead_code, reason = "only `swage sweep` reports it")
    )]
    pub(crate) format: Format,
}

impl Found {
    fn new(path: &Path, format: Format) -> Self {
        let paths = vec![path.to_path_buf()];
        Self { paths, format }
    }

    /// The path that names it in messages.
    #[cfg(feature = "command")]
    pub(crate) fn shown(&self) -> String {
        let first = self.paths.first().map(|path| path.display().to_string());
        first.unwrap_or_default()
    }
}

/// The models at and below the paths, in the order of their names.
pub(crate) fn models(paths: &[PathBuf]) -> Result<Vec<Found>, Error> {
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    for path in paths {
        let before = found.len();
        let result = match path.metadata() {
            Err(error) => Err(error),
            Ok(metadata) if metadata.is_dir() => folder(path, &mut found),
            Ok(_) => {
                files(std::slice::from_ref(path), &mut found);
                Ok(())
            }
        };
        match result {
            Err(error) => problems.push(Problem::io("read", path, &error)),
            Ok(()) if found.len() == before => {
                problems.push(Problem::new(format!("no model in {}", path.display())));
            }
            Ok(()) => {}
        }
    }
    if problems.is_empty() {
        Ok(found)
    } else {
        Err(problems.into())
    }
}

/// A folder, and those below it; a Smithy project is one model.
fn folder(path: &Path, found: &mut Vec<Found>) -> io::Result<()> {
    if path.join(models::PROJECT).is_file() {
        found.push(Found::new(path, Format::SmithyIdl));
        return Ok(());
    }
    let entries = fs::read_dir(path)?.map(|entry| Ok(entry?.path()));
    let mut entries = entries.collect::<io::Result<Vec<_>>>()?;
    entries.sort();
    let newest = entries.iter().rfind(|path| path.is_dir() && is_dated(path));
    let is_older = |path: &PathBuf| is_dated(path) && newest.is_some_and(|newest| newest != path);
    let (folders, mut others): (Vec<PathBuf>, Vec<PathBuf>) =
        entries.iter().cloned().partition(|path| path.is_dir());
    others.retain(|path| is_model(models::name(path)));
    files(&others, found);
    for below in folders
        .iter()
        .filter(|path| !path.is_symlink() && !is_older(path))
    {
        folder(below, found)?;
    }
    Ok(())
}

/// Whether a folder is named by a date, as versions of AWS's services are: `2018-09-07`.
fn is_dated(path: &Path) -> bool {
    let name = models::name(path).as_bytes();
    name.len() == 10
        && name.iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

/// The models among the files of one folder.
fn files(paths: &[PathBuf], found: &mut Vec<Found>) {
    let (mut services, mut shared) = (Vec::new(), Vec::new());
    if let Some(path) = paths
        .iter()
        .find(|path| models::is_service(models::name(path)))
    {
        // What stands beside it belongs to it.
        return found.push(Found::new(path, Format::AwsJson));
    }
    for path in paths {
        // Files that can't be read are reported when they are used.
        let text = models::read_text(path);
        if models::name(path)
            .trim_end_matches(".gz")
            .ends_with(".smithy")
        {
            if text.as_deref().map_or(true, has_service) {
                services.push(path.clone());
            } else {
                shared.push(path.clone());
            }
        } else if let Some(format) = text.map_or(Some(Format::SmithyJson), |text| json(&text)) {
            let mut service = Found::new(path, format);
            service.paths.extend(
                paths
                    .iter()
                    .filter(|other| is_overlay(other, path))
                    .cloned(),
            );
            found.push(service);
        }
    }
    for service in services {
        let paths = [vec![service], shared.clone()].concat();
        let format = Format::SmithyIdl;
        found.push(Found { paths, format });
    }
}

/// Whether a file is the overlay of the model beside it: `sqs.overlay.json` of `sqs.json`.
fn is_overlay(path: &Path, of: &Path) -> bool {
    let stem = of.file_stem().unwrap_or_default().to_string_lossy();
    let overlay = path.file_stem().unwrap_or_default().to_string_lossy();
    overlay.strip_prefix(&*stem) == Some(".overlay")
}

/// Errors are reported when the file is used.
fn has_service(text: &str) -> bool {
    idl::parse(0, text).map_or(true, |file| file.has_service())
}

/// The format of a text that describes a service.
fn json(text: &str) -> Option<Format> {
    let Ok(root) = serde_json::from_str::<Json>(text.trim_start_matches('\u{feff}')) else {
        return Some(Format::SmithyJson);
    };
    let is_service = |shape: &Json| {
        shape["type"] == "service" && shape["traits"].get("smithy.api#mixin").is_none()
    };
    let shapes = root["shapes"].as_object();
    if root.get("smithy").is_some() {
        let has_service = shapes?.values().any(is_service);
        return has_service.then_some(Format::SmithyJson);
    }
    (root["metadata"].is_object() && root["operations"].is_object()).then_some(Format::AwsJson)
}
