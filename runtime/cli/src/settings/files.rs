//! The configuration and credentials files, and the profiles in them.

use crate::env;
use crate::paramfile::expand;
use crate::stop::Stop;
use std::collections::BTreeMap;
use swage_credentials::{Profile, Profiles, Section, ini, words};

/// The content of both files.
#[derive(Debug, Default)]
pub(crate) struct Files {
    /// Profiles and SSO sessions.
    profiles: Profiles,
    /// The `[services NAME]` sections.
    services: BTreeMap<String, Section>,
}

impl Files {
    /// Reads the files that exist.
    pub(crate) fn load() -> Result<Self, Stop> {
        let mut files = Self::default();
        for (header, keys) in read("AWS_CONFIG_FILE", "~/.aws/config")? {
            files.config_section(&header, keys);
        }
        let credentials = read("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials")?;
        files.profiles.credentials = credentials.into_iter().collect();
        Ok(files)
    }

    /// Adds a section. The last one of a name replaces earlier ones.
    fn config_section(&mut self, header: &str, keys: Section) {
        if !header.starts_with("services") {
            self.profiles.add_config(header, keys);
        } else if let Some([_, name]) = words::posix(header).as_deref() {
            self.services.insert(name.clone(), keys);
        }
    }

    /// A profile, from both files.
    pub(crate) fn profile(&self, name: &str) -> Option<Profile<'_>> {
        self.profiles.get(name)
    }

    /// All profiles.
    pub(crate) fn profiles(&self) -> &Profiles {
        &self.profiles
    }

    /// A setting of a service in the section `[services NAME]`.
    pub(crate) fn service(
        &self,
        name: &str,
        service: &str,
        key: &str,
    ) -> Result<Option<String>, Stop> {
        let Some(services) = self.services.get(name) else {
            return Err(Stop::Error(format!(
                "The profile is configured to use the services section but the \"{name}\" services configuration does \
                 not exist."
            )));
        };
        let Some(settings) = services.get(service) else {
            return Ok(None);
        };
        match ini::nested(settings) {
            Some(mut settings) => Ok(settings.remove(key)),
            None => Err(Stop::Error(format!(
                "The \"{name}\" services configuration of {service} must be on lines of its own, as 'key = value'."
            ))),
        }
    }
}

/// Reads the file that the variable names, or the default one. A missing file is empty.
fn read(variable: &str, default: &str) -> Result<Vec<(String, Section)>, Stop> {
    let name = env::var(variable).unwrap_or_else(|| default.to_owned());
    let path = expand(&name);
    if !path.is_file() {
        return Ok(Vec::new());
    }
    let fail = |what: String| {
        Stop::Config(format!(
            "Unable to parse config file {}: {what}",
            path.display()
        ))
    };
    let bytes = std::fs::read(&path).map_err(|error| fail(error.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|_| fail("not UTF-8".to_owned()))?;
    ini::parse(&text).map_err(fail)
}
