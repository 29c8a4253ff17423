//! Settings outside the command line: configuration files, profiles, environment variables.

pub(crate) mod built_ins;
pub(crate) mod endpoint;
mod features;
mod files;
mod retry;
pub(crate) mod timeouts;
mod trust;

use crate::env;
use crate::pager::Choice;
use crate::stop::Stop;
use files::Files;
use std::collections::BTreeSet;
use std::sync::Arc;
use swage_credentials::{AskForCode, SetUp};

/// The configuration files and the selected profile.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    files: Arc<Files>,
    profile: String,
    /// The profile was selected by `--profile`, so that its credentials take precedence over the environment.
    by_option: bool,
    /// The profile was selected explicitly, so it must exist.
    explicit: bool,
}

/// The names of all profiles; none if a file can't be read.
pub(crate) fn profiles() -> BTreeSet<String> {
    let files = Files::load().unwrap_or_default();
    let profiles = files.profiles();
    let names = profiles.config.keys().chain(profiles.credentials.keys());
    names.cloned().collect()
}

impl Settings {
    /// Reads the files.
    pub(crate) fn load() -> Result<Self, Stop> {
        let named = env::non_empty("AWS_DEFAULT_PROFILE").or_else(|| env::non_empty("AWS_PROFILE"));
        Ok(Self {
            files: Arc::new(Files::load()?),
            by_option: false,
            explicit: named.is_some(),
            profile: named.unwrap_or_else(|| "default".to_owned()),
        })
    }

    /// Selects the profile of `--profile`.
    pub(crate) fn with_profile(mut self, option: Option<&str>) -> Self {
        if let Some(name) = option {
            name.clone_into(&mut self.profile);
            self.by_option = true;
            self.explicit = true;
        }
        self
    }

    /// Checks that an explicitly selected profile exists.
    pub(crate) fn check_profile(&self) -> Result<(), Stop> {
        if !self.explicit || self.files.profile(&self.profile).is_some() {
            return Ok(());
        }
        Err(Stop::Error(format!(
            "The config profile ({}) could not be found",
            self.profile
        )))
    }

    /// The settings of the credential chain.
    pub(crate) fn for_credentials<'a>(
        &'a self,
        set_up: &'a SetUp<'a>,
        ask_for_code: AskForCode,
        user_agent: String,
    ) -> swage_credentials::Settings<'a> {
        swage_credentials::Settings {
            profiles: self.files.profiles(),
            profile: &self.profile,
            ignores_environment: self.by_option,
            environment: Arc::new(env::var),
            ask_for_code,
            set_up,
            user_agent,
        }
    }

    /// A key of the profile.
    pub(crate) fn get(&self, key: &str) -> Option<&str> {
        self.files.profile(&self.profile)?.get(key)
    }

    /// A variable if it isn't empty, else a key of the profile.
    fn var_or(&self, variable: &str, key: &str) -> Option<String> {
        env::non_empty(variable).or_else(|| self.get(key).map(str::to_owned))
    }

    fn is_true(&self, variable: &str, key: &str) -> bool {
        self.var_or(variable, key)
            .is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }

    /// Checks the settings that every command reads.
    pub(crate) fn check(&self) -> Result<(), Stop> {
        match self.get("cli_timestamp_format") {
            None | Some("none" | "wire" | "iso8601") => Ok(()),
            Some(other) => Err(Stop::Error(format!(
                "Unknown cli_timestamp_format value: {other}, valid values are \"none\", \"wire\" or \"iso8601\""
            ))),
        }
    }

    /// Whether timestamps are printed in ISO 8601 instead of as received.
    pub(crate) fn iso8601(&self) -> bool {
        self.get("cli_timestamp_format") == Some("iso8601")
    }

    /// Whether the input is validated.
    pub(crate) fn validates(&self) -> bool {
        self.get("parameter_validation")
            .is_none_or(|value| value.eq_ignore_ascii_case("true"))
    }

    /// The pager of `AWS_PAGER` or `cli_pager`. An empty value turns pagers off.
    pub(crate) fn pager(&self, is_off: bool) -> Choice {
        let chosen = env::var("AWS_PAGER").or_else(|| self.get("cli_pager").map(str::to_owned));
        match chosen {
            _ if is_off => Choice::Off,
            None => Choice::Unset,
            Some(program) if program.trim().is_empty() => Choice::Off,
            Some(program) => Choice::Program(program),
        }
    }

    /// The configured output format, if there is one.
    pub(crate) fn output(&self) -> Option<String> {
        self.var_or("AWS_DEFAULT_OUTPUT", "output")
    }
}
