//! What an update means for a crate that was generated before: the changes, the next version, the changelog.

use crate::folder::{CHANGELOG, Changes};
use crate::interface;
use crate::problem::Problem;
use crate::settings::Settings;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use swage_codegen::diff::{Interface, Report, bump, changelog};
use swage_codegen::load::Loaded;
use swage_codegen::{Diagnostic, Options};
use toml::de::DeTable;

/// Above all its sections.
const TITLE: &str = "# Changelog\n";
/// The version of a crate that is new.
const FIRST_VERSION: &str = "0.1.0";

/// A crate before and after.
pub(crate) struct Update {
    /// Its interface before; none if it is new, or was generated before there were such files.
    before: Option<Interface>,
    /// What changed, once that is known.
    pub(crate) report: Option<Report>,
    /// Before and now, where the version follows from the changes.
    version: Option<(String, String)>,
}

impl Update {
    /// Reads what the crate was, and sets its version where that follows from what changed.
    pub(crate) fn prepare(
        settings: &Settings,
        loaded: &Loaded,
        options: &mut Options,
    ) -> Result<Self, Vec<Diagnostic>> {
        let folder = settings.out();
        // A file that can't be read tells nothing, and is replaced.
        let before = interface::of_crate(&folder).unwrap_or_default();
        let mut update = Self {
            before,
            report: None,
            version: None,
        };
        if settings.auto_version {
            let old = version_of(&folder).unwrap_or_else(|| FIRST_VERSION.to_owned());
            let mut new = old.clone();
            if let Some(before) = &update.before {
                let report = Report::new(before, &swage_codegen::interface(loaded, options)?);
                new = bump(&old, report.version_level()).unwrap_or(new);
            }
            options.package.version = Some(new.clone());
            update.version = Some((old, new));
        }
        Ok(update)
    }

    /// Compares the crate with what it was.
    pub(crate) fn finish(mut self, after: &Interface) -> Self {
        self.report = self.before.take().map(|before| Report::new(&before, after));
        self
    }

    /// The version before and now, if it was raised.
    pub(crate) fn raised(&self) -> Option<(String, String)> {
        self.version.clone().filter(|(old, new)| old != new)
    }

    /// Adds the section of the new version to the changelog, above the others, to what is written.
    pub(crate) fn add_changelog(&self, folder: &Path, to: &mut Changes<'_>) -> Result<(), Problem> {
        let (Some((_, version)), Some(report)) = (self.raised(), &self.report) else {
            return Ok(());
        };
        let path = folder.join(CHANGELOG);
        let old = match fs::read_to_string(&path) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(Problem::io("read", &path, &error)),
        };
        let section = changelog(report, &version);
        let new = with_section(old.as_deref().unwrap_or(TITLE), &section);
        to.written.push((CHANGELOG.into(), old, new.into()));
        Ok(())
    }
}

/// A changelog with a section before the first one, below what stands above that.
fn with_section(changelog: &str, section: &str) -> String {
    let first = changelog.find("\n## ").map_or(changelog.len(), |at| at + 1);
    let (head, rest) = if changelog.starts_with("## ") {
        ("", changelog)
    } else {
        changelog.split_at(first)
    };
    let head = head.trim_end();
    let above = if head.is_empty() { "" } else { "\n\n" };
    let below = if rest.is_empty() { "" } else { "\n" };
    format!("{head}{above}{section}{below}{rest}")
}

/// The version that the Cargo.toml in a folder says.
fn version_of(folder: &Path) -> Option<String> {
    let text = fs::read_to_string(folder.join("Cargo.toml")).ok()?;
    let manifest = DeTable::parse(&text).ok()?;
    let package = manifest.get_ref().get("package")?.get_ref();
    Some(package.get("version")?.get_ref().as_str()?.to_owned())
}
