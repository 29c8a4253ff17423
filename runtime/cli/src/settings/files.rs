//! The configuration and credentials files, and the profiles in them.

use super::env;
use super::ini::{self, Section};
use super::words;
use crate::stop::Stop;
use crate::values::paramfile::expand;
use std::collections::BTreeMap;

/// What both files hold.
#[derive(Debug, Default)]
pub(crate) struct Files {
    /// The profiles of the configuration file.
    config: BTreeMap<String, Section>,
    /// Those of the credentials file.
    credentials: BTreeMap<String, Section>,
    /// The `[services NAME]` sections.
    services: BTreeMap<String, Section>,
    /// The `[sso-session NAME]` sections.
    sso_sessions: BTreeMap<String, Section>,
}

/// A profile, as far as either file has it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Profile<'a> {
    pub(crate) config: Option<&'a Section>,
    pub(crate) credentials: Option<&'a Section>,
}

impl<'a> Profile<'a> {
    /// A key; that of the credentials file wins.
    pub(crate) fn get(&self, key: &str) -> Option<&'a str> {
        let sections = [self.credentials, self.config].into_iter().flatten();
        let mut values = sections.filter_map(|section| section.get(key));
        values.next().map(String::as_str)
    }
}

impl Files {
    /// Reads both, where they exist.
    pub(crate) fn load() -> Result<Self, Stop> {
        let mut files = Self::default();
        for (header, keys) in read("AWS_CONFIG_FILE", "~/.aws/config")? {
            files.config_section(&header, keys);
        }
        let credentials = read("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials")?;
        files.credentials = credentials.into_iter().collect();
        Ok(files)
    }

    /// Of sections for the same profile the last one counts.
    fn config_section(&mut self, header: &str, keys: Section) {
        if header == "default" {
            self.config.insert(header.to_owned(), keys);
            return;
        }
        let of_kind = if header.starts_with("profile") {
            &mut self.config
        } else if header.starts_with("services") {
            &mut self.services
        } else if header.starts_with("sso-session") {
            &mut self.sso_sessions
        } else {
            return;
        };
        if let Some([_, name]) = words::split(header).as_deref() {
            of_kind.insert(name.clone(), keys);
        }
    }

    /// A profile of either file.
    pub(crate) fn profile(&self, name: &str) -> Option<Profile<'_>> {
        let config = self.config.get(name);
        let credentials = self.credentials.get(name);
        (config.is_some() || credentials.is_some()).then_some(Profile {
            config,
            credentials,
        })
    }

    /// The `[sso-session NAME]` section of that name.
    pub(crate) fn sso_session(&self, name: &str) -> Option<&Section> {
        self.sso_sessions.get(name)
    }

    /// A service's setting in the `[services NAME]` section of that name.
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

/// Reads the file that the variable names, or the default one; nothing when there is none.
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
