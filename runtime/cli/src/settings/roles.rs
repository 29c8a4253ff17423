//! Profiles that assume a role, from one to the next, or sign in: what is wrong with them is told before anything is
//! asked for.

use super::files::Profile;
use super::{Settings, env};
use crate::stop::{Stop, quoted};
use crate::values::paramfile;

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

/// What signing in takes.
const SSO: [&str; 4] = [
    "sso_role_name",
    "sso_account_id",
    "sso_start_url",
    "sso_region",
];

impl Settings {
    /// Whether a role for a web identity is named, and its token is there.
    pub(super) fn check_web_identity(&self) -> Result<(), Stop> {
        let setting = |variable: &str, key: &str| {
            let of_environment = env::non_empty(variable).filter(|_| !self.by_option);
            of_environment.or_else(|| self.get(key).map(str::to_owned))
        };
        let token = setting("AWS_WEB_IDENTITY_TOKEN_FILE", "web_identity_token_file");
        let Some(token) = token else { return Ok(()) };
        if setting("AWS_ROLE_ARN", "role_arn").is_none() {
            return Err(Stop::Error(
                "The provided profile or the current environment is configured to assume role with web identity but has no \
                 role ARN configured. Ensure that the profile has the role_arn configuration set or the AWS_ROLE_ARN env var \
                 is set."
                    .to_owned(),
            ));
        }
        match std::fs::metadata(&token) {
            Ok(_) => Ok(()),
            Err(error) => Err(Stop::Error(paramfile::describe(&error, &token))),
        }
    }

    /// Whether all is there that the profile needs to sign in.
    pub(super) fn check_sso(&self) -> Result<(), Stop> {
        let name = self.get("sso_session");
        let session = name.and_then(|name| self.files.sso_session(name));
        if let (Some(name), None) = (name, session) {
            return Err(Stop::Error(format!(
                "The profile \"{}\" is configured to use the SSO token provider but the \"{name}\" sso_session \
                 configuration does not exist.",
                self.profile
            )));
        }
        if !self.signs_in() {
            return Ok(());
        }
        let is_missing = |key: &&str| {
            self.get(key).is_none() && session.and_then(|keys| keys.get(*key)).is_none()
        };
        let missing: Vec<&str> = SSO.into_iter().filter(is_missing).collect();
        if missing.is_empty() {
            return Ok(());
        }
        Err(Stop::Error(format!(
            "The profile \"{}\" is configured to use SSO but is missing required configuration: {}",
            self.profile,
            missing.join(", ")
        )))
    }

    /// Whether the profile's credentials are those of a role that one signs in for.
    pub(super) fn signs_in(&self) -> bool {
        self.get("sso_role_name").is_some() || self.get("sso_account_id").is_some()
    }

    /// Follows `source_profile` from the profile in effect.
    pub(super) fn check_roles(&self) -> Result<(), Stop> {
        let mut visited = vec![self.profile.as_str()];
        let mut name = self.profile.as_str();
        while let Some(profile) = self.files.profile(name).filter(assumes) {
            let Some(next) = next(name, profile)? else {
                return Ok(());
            };
            let Some(source) = self.files.profile(next) else {
                return Err(Stop::Error(format!(
                    "The source_profile \"{next}\" referenced in the profile \"{name}\" does not exist."
                )));
            };
            if source.get("aws_access_key_id").is_some() {
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
            if !assumes(&source) && !has_any(&source) {
                return Err(Stop::Error(format!(
                    "The source profile \"{next}\" must have credentials."
                )));
            }
            check_login(next, source)?;
            visited.push(next);
            name = next;
        }
        Ok(())
    }
}

/// Refuses a profile whose credentials are those of a browser session, which only the AWS CLI can use.
pub(super) fn check_login(name: &str, profile: Profile<'_>) -> Result<(), Stop> {
    if profile.get("login_session").is_none() {
        return Ok(());
    }
    Err(Stop::Error(format!(
        "The profile \"{name}\" takes its credentials from a login session, which this command can't use."
    )))
}

fn assumes(profile: &Profile<'_>) -> bool {
    profile.get("role_arn").is_some() && profile.get("web_identity_token_file").is_none()
}

fn has_any(profile: &Profile<'_>) -> bool {
    OWN.iter().any(|key| profile.get(key).is_some())
}

/// The profile that a role is assumed from; none when its credentials come from elsewhere.
fn next<'a>(name: &str, profile: Profile<'a>) -> Result<Option<&'a str>, Stop> {
    match (
        profile.get("source_profile"),
        profile.get("credential_source"),
    ) {
        (Some(_), Some(_)) => Err(Stop::Error(format!(
            "The profile \"{name}\" contains both source_profile and credential_source."
        ))),
        (Some(next), None) => Ok(Some(next)),
        (None, Some("Environment")) if env::non_empty("AWS_ACCESS_KEY_ID").is_none() => {
            Err(Stop::Error(format!(
                "Error when retrieving credentials from Environment: No credentials found in credential_source referenced \
                 in profile {name}"
            )))
        }
        (None, Some(source)) if SOURCES.contains(&source) => Ok(None),
        (None, Some(source)) => Err(Stop::Error(format!(
            "The credential source \"{source}\" referenced in profile \"{name}\" is not valid."
        ))),
        (None, None) => Err(Stop::Error(
            "Partial credentials found in assume-role, missing: source_profile or credential_source"
                .to_owned(),
        )),
    }
}
