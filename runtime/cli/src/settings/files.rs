//! The configuration and credentials files, and the profiles in them.

use super::env;
use super::ini::{self, Section};
use crate::stop::Stop;
use crate::values::paramfile::expand;
use std::collections::BTreeMap;

/// What both files hold.
#[derive(Debug, Default)]
pub(crate) struct Files {
    /// The profiles of both files; the credentials file's keys win.
    profiles: BTreeMap<String, Section>,
    /// The credentials file alone.
    credentials: BTreeMap<String, Section>,
    /// The `[services NAME]` sections.
    services: BTreeMap<String, Section>,
}

impl Files {
    /// Reads both, where they exist.
    pub(crate) fn load() -> Result<Self, Stop> {
        let mut files = Self::default();
        for (header, keys) in read("AWS_CONFIG_FILE", "~/.aws/config")? {
            files.config_section(&header, keys);
        }
        files.credentials = read("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials")?;
        for (name, keys) in &files.credentials {
            files
                .profiles
                .entry(name.clone())
                .or_default()
                .extend(keys.clone());
        }
        Ok(files)
    }

    fn config_section(&mut self, header: &str, keys: Section) {
        if header == "default" {
            self.profiles.insert("default".to_owned(), keys);
            return;
        }
        let Some((kind, name)) = header.split_once([' ', '\t']) else {
            return;
        };
        let name = name.trim().trim_matches(['"', '\'']);
        match kind {
            "profile" => {
                self.profiles.entry(name.to_owned()).or_insert(keys);
            }
            "services" => {
                self.services.insert(name.to_owned(), keys);
            }
            _ => {}
        }
    }

    /// A profile of either file.
    pub(crate) fn profile(&self, name: &str) -> Option<&Section> {
        self.profiles.get(name)
    }

    /// A profile of the credentials file.
    pub(crate) fn credentials(&self, name: &str) -> Option<&Section> {
        self.credentials.get(name)
    }

    /// Whether there is a `[services NAME]` section.
    pub(crate) fn has_services(&self, name: &str) -> bool {
        self.services.contains_key(name)
    }

    /// A service's setting in a `[services NAME]` section.
    pub(crate) fn service(&self, name: &str, service: &str, key: &str) -> Option<String> {
        ini::nested(self.services.get(name)?.get(service)?)?.remove(key)
    }
}

/// Reads the file that the variable names, or the default one; nothing when there is none.
fn read(variable: &str, default: &str) -> Result<BTreeMap<String, Section>, Stop> {
    let name = env::var(variable).unwrap_or_else(|| default.to_owned());
    let path = expand(&name);
    if !path.is_file() {
        return Ok(BTreeMap::new());
    }
    let fail = |what: String| {
        Stop::Config(format!(
            "Unable to parse config file {}: {what}",
            path.display()
        ))
    };
    let bytes = std::fs::read(&path).map_err(|error| fail(error.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|_| fail("not UTF-8".to_owned()))?;
    let sections = ini::parse(&text).map_err(fail)?;
    for (header, keys) in &sections {
        if let Some((key, _)) = keys
            .iter()
            .find(|(_, value)| value.starts_with('\n') && ini::nested(value).is_none())
        {
            return Err(fail(format!(
                "[{header}] {key}: expected 'key = value' on each line"
            )));
        }
    }
    Ok(sections)
}
