//! The profiles of the configuration files.

use crate::words;
use std::collections::BTreeMap;

/// The keys of a section in lower case, with their values.
pub type Section = BTreeMap<String, String>;

/// The configuration files.
#[derive(Clone, Debug, Default)]
pub struct Profiles {
    /// The profiles of `~/.aws/config`.
    pub config: BTreeMap<String, Section>,
    /// The profiles of `~/.aws/credentials`.
    pub credentials: BTreeMap<String, Section>,
    /// The `[sso-session NAME]` sections of `~/.aws/config`.
    pub sso_sessions: BTreeMap<String, Section>,
}

/// A profile from either or both files.
#[derive(Clone, Copy, Debug)]
pub struct Profile<'a> {
    /// Its section in `~/.aws/config`.
    pub config: Option<&'a Section>,
    /// Its section in `~/.aws/credentials`.
    pub credentials: Option<&'a Section>,
}

impl<'a> Profile<'a> {
    /// The value of a key. The credentials file takes precedence.
    pub fn get(&self, key: &str) -> Option<&'a str> {
        let sections = [self.credentials, self.config].into_iter().flatten();
        let mut values = sections.filter_map(|section| section.get(key));
        values.next().map(String::as_str)
    }

    /// Whether either file has the key, even with an empty value.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }
}

impl Profiles {
    /// Adds a section of `~/.aws/config`: a profile or an SSO session. The last one of a name replaces earlier ones. Other
    /// sections are ignored.
    pub fn add_config(&mut self, header: &str, keys: Section) {
        if header == "default" {
            self.config.insert(header.to_owned(), keys);
            return;
        }
        let of_kind = if header.starts_with("profile") {
            &mut self.config
        } else if header.starts_with("sso-session") {
            &mut self.sso_sessions
        } else {
            return;
        };
        if let Some([_, name]) = words::posix(header).as_deref() {
            of_kind.insert(name.clone(), keys);
        }
    }

    /// The profile with this name, if either file has it.
    pub fn get(&self, name: &str) -> Option<Profile<'_>> {
        let config = self.config.get(name);
        let credentials = self.credentials.get(name);
        (config.is_some() || credentials.is_some()).then_some(Profile {
            config,
            credentials,
        })
    }
}
