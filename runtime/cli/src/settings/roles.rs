//! Profiles that assume a role, from one to the next: what is wrong with them is told before anything is asked for.

use super::Settings;
use super::ini::Section;
use crate::stop::{Stop, quoted};

/// What a profile may take its first credentials from.
const SOURCES: [&str; 3] = ["Environment", "Ec2InstanceMetadata", "EcsContainer"];
/// The keys by which a profile has credentials of its own.
const OWN: [&str; 6] = [
    "aws_access_key_id",
    "credential_process",
    "login_session",
    "sso_session",
    "sso_start_url",
    "web_identity_token_file",
];

impl Settings {
    /// Follows `source_profile` from the profile in effect.
    pub(super) fn check_roles(&self) -> Result<(), Stop> {
        let mut visited = vec![self.profile.as_str()];
        let mut name = self.profile.as_str();
        while let Some(keys) = self.files.profile(name).filter(|keys| assumes(keys)) {
            let Some(next) = next(name, keys)? else {
                return Ok(());
            };
            let Some(source) = self.files.profile(next) else {
                return Err(Stop::Error(format!(
                    "The source_profile \"{next}\" referenced in the profile \"{name}\" does not exist."
                )));
            };
            if has_keys(source) {
                return Ok(());
            }
            if visited.contains(&next) {
                let names: Vec<_> = visited.iter().map(|name| quoted(name)).collect();
                return Err(Stop::Error(format!(
                    "Infinite loop in credential configuration detected. Attempting to load from profile {next} which has \
                     already been visited. Visited profiles: [{}]",
                    names.join(", ")
                )));
            }
            if !assumes(source) && !has_any(source) {
                return Err(Stop::Error(format!(
                    "The source profile \"{next}\" must have credentials."
                )));
            }
            visited.push(next);
            name = next;
        }
        Ok(())
    }
}

fn assumes(keys: &Section) -> bool {
    keys.contains_key("role_arn") && !keys.contains_key("web_identity_token_file")
}

fn has_keys(keys: &Section) -> bool {
    keys.contains_key("aws_access_key_id")
}

fn has_any(keys: &Section) -> bool {
    OWN.iter().any(|key| keys.contains_key(*key))
}

/// The profile that a role is assumed from; none when its credentials come from elsewhere.
fn next<'a>(name: &str, keys: &'a Section) -> Result<Option<&'a str>, Stop> {
    match (keys.get("source_profile"), keys.get("credential_source")) {
        (Some(_), Some(_)) => Err(Stop::Error(format!(
            "The profile \"{name}\" contains both source_profile and credential_source."
        ))),
        (Some(next), None) => Ok(Some(next)),
        (None, Some(source)) if SOURCES.contains(&source.as_str()) => Ok(None),
        (None, Some(source)) => Err(Stop::Error(format!(
            "The credential source \"{source}\" referenced in profile \"{name}\" is not valid."
        ))),
        (None, None) => Err(Stop::Error(
            "Partial credentials found in assume-role, missing: source_profile or credential_source"
                .to_owned(),
        )),
    }
}
