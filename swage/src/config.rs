//! `swage.toml`: a table for each crate, of one service or of a program for many.

mod keys;

use crate::models::shown_here;
use crate::problem::{Error, Problem};
use crate::settings::Settings;
use keys::KEYS;
use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use swage_codegen::diagnostic::{Diagnostic, Severity, Source, sort};
use swage_codegen::did_you_mean;
use swage_codegen::node::Span;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

/// The file's name.
pub const FILE: &str = "swage.toml";

/// The file in the folder or in one above it.
pub fn find(folder: &Path) -> Option<PathBuf> {
    let paths = folder.ancestors().map(|folder| folder.join(FILE));
    paths.into_iter().find(|path| path.is_file())
}

/// The crates that a file describes, in their order.
///
/// # Errors
///
/// Everything that is wrong with the file.
pub fn read(file: &Path) -> Result<Vec<Settings>, Error> {
    let text = fs::read_to_string(file).map_err(|error| Problem::io("read", file, &error))?;
    let root = file.parent().unwrap_or(Path::new("")).to_path_buf();
    let mut reader = ConfigReader::default();
    let crates = reader.file(&text, &root);
    if reader.diagnostics.is_empty() {
        return Ok(crates);
    }
    sort(&mut reader.diagnostics);
    let name = shown_here(file);
    Err(Problem::Diagnostics {
        severity: Severity::Error,
        diagnostics: reader.diagnostics,
        sources: vec![Source { name, text }],
        place: FILE,
    }
    .into())
}

/// A key and its value.
type Entry<'t, 'i> = (&'t Spanned<DeString<'i>>, &'t Spanned<DeValue<'i>>);

/// Reads the file, and keeps what is wrong.
#[derive(Default)]
struct ConfigReader {
    diagnostics: Vec<Diagnostic>,
}

impl ConfigReader {
    fn file(&mut self, text: &str, root: &Path) -> Vec<Settings> {
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            self.report(error.span().unwrap_or_default(), error.message(), "");
        }
        if !errors.is_empty() {
            return Vec::new();
        }
        let mut defaults = Settings {
            root: root.to_path_buf(),
            ..Settings::default()
        };
        let mut crates = Vec::new();
        for (key, value) in table.get_ref() {
            match key.get_ref().as_ref() {
                "defaults" => {
                    self.table(&mut defaults, (key, value), false);
                }
                "crate" | "command" => {
                    let program = key.get_ref() == "command";
                    let entries = self.entries((key, value)).into_iter();
                    crates.extend(entries.map(|entry| (entry, program)));
                }
                other => {
                    let help = did_you_mean(other, ["command", "crate", "defaults"]);
                    let help = help.unwrap_or(
                        "a crate is a table `[crate.NAME]`, a program for many services `[command.NAME]`"
                            .to_owned(),
                    );
                    self.report(key.span(), format!("unknown key `{other}`"), help);
                }
            }
        }
        if crates.is_empty() && self.diagnostics.is_empty() {
            let help = "add a table `[crate.NAME]` with the keys `models` and `out`";
            self.report(0..0, "the file describes no crate", help);
        }
        let crates: Vec<_> = crates
            .into_iter()
            .map(|(entry, program)| self.one_crate(&defaults, entry, program))
            .collect();
        self.same_folders(&crates);
        crates.into_iter().map(|(settings, _)| settings).collect()
    }

    /// The settings of a crate, and where its folder is said.
    fn one_crate(
        &mut self,
        defaults: &Settings,
        entry: Entry<'_, '_>,
        program: bool,
    ) -> (Settings, Range<usize>) {
        let (key, value) = entry;
        let mut settings = defaults.clone();
        settings.program = program;
        settings.name = Some(key.get_ref().to_string());
        let found = self.table(&mut settings, entry, true);
        for (name, help) in REQUIRED {
            if !found.contains_key(name) && value.get_ref().is_table() {
                self.report(key.span(), format!("missing key `{name}`"), help);
            }
        }
        let place = found.get("out").cloned().unwrap_or_else(|| key.span());
        (settings, place)
    }

    /// Reads the keys of a crate, or of what all crates share, and returns those that are there.
    fn table(
        &mut self,
        settings: &mut Settings,
        entry: Entry<'_, '_>,
        of_crate: bool,
    ) -> BTreeMap<String, Range<usize>> {
        let mut found = BTreeMap::new();
        let of_all = |key: &&keys::Key| of_crate || !key.is_own;
        for (key, value) in self.entries(entry) {
            let name = key.get_ref().as_ref();
            found.insert(name.to_owned(), value.span());
            let Some(known) = KEYS.iter().filter(of_all).find(|known| known.name == name) else {
                let names = KEYS.iter().filter(of_all).map(|known| known.name);
                let help = did_you_mean(name, names.clone()).unwrap_or_else(|| {
                    let names: Vec<_> = names.map(|name| format!("`{name}`")).collect();
                    format!("the keys are {}", names.join(", "))
                });
                self.report(key.span(), format!("unknown key `{name}`"), help);
                continue;
            };
            if let Err(wrong) = (known.read)(settings, value) {
                let span = wrong.place.unwrap_or_else(|| value.span());
                let help = format!("`{name}` is {}", known.about);
                self.report(span, wrong.message, help);
            }
        }
        found
    }

    fn entries<'t, 'i>(&mut self, (key, value): Entry<'t, 'i>) -> Vec<Entry<'t, 'i>> {
        match value.get_ref() {
            DeValue::Table(table) => {
                let mut entries: Vec<_> = table.iter().collect();
                entries.sort_by_key(|(key, _)| key.span().start);
                entries
            }
            other => {
                let message = format!("expected a table, found {}", keys::kind(other));
                let help = format!("write `[{}]` and its keys below", key.get_ref());
                self.report(value.span(), message, help);
                Vec::new()
            }
        }
    }

    /// Two crates can't share a folder.
    fn same_folders(&mut self, crates: &[(Settings, Range<usize>)]) {
        for (index, (settings, place)) in crates.iter().enumerate() {
            let before = crates[..index]
                .iter()
                .find(|(other, _)| other.out.components().eq(settings.out.components()));
            if let Some((_, other)) = before {
                let other = span(other.clone());
                let help = "each crate needs a folder of its own";
                self.report(place.clone(), "two crates have the same folder", help);
                if let Some(last) = self.diagnostics.last_mut() {
                    last.related.push((other, "the other one".to_owned()));
                }
            }
        }
    }

    fn report(&mut self, place: Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        let diagnostic = Diagnostic::new(span(place), message);
        self.diagnostics.push(diagnostic.help(help));
    }
}

/// Keys that each crate must have, and what they are for.
const REQUIRED: [(&str, &str); 2] = [
    (
        "models",
        "name the service's models: `models = [\"service.json\"]`",
    ),
    (
        "out",
        "name the folder for the crate: `out = \"generated\"`",
    ),
];

fn span(place: Range<usize>) -> Span {
    let at = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
    Span {
        source: 0,
        start: at(place.start),
        end: at(place.end),
    }
}
