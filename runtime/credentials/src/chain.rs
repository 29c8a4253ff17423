//! The order in which credentials are looked up, and errors in profiles.

use crate::container::Container;
use crate::instance::Instance;
use crate::process::Process;
use crate::provider::Fetch;
use crate::role::Role;
use crate::sso::{self, Sso};
use crate::web_identity::WebIdentity;
use crate::{Error, Profile, Provider, Settings, keys};

/// Looks up credentials in the AWS CLI's order. `None` if no settings have any, and instance metadata is not to be
/// used.
///
/// # Errors
///
/// Invalid or incomplete settings, such as a profile whose source profile doesn't exist.
pub fn find(settings: &Settings<'_>) -> Result<Option<Provider>, Error> {
    let found = Chain {
        settings,
        visited: vec![settings.profile],
    }
    .find()?;
    sso::check_session(settings)?;
    Ok(found)
}

/// Follows references between profiles.
struct Chain<'a> {
    settings: &'a Settings<'a>,
    /// The visited profiles, in order.
    visited: Vec<&'a str>,
}

impl<'a> Chain<'a> {
    fn find(&mut self) -> Result<Option<Provider>, Error> {
        let found = |source| Ok(Some(Provider::new(source)));
        let settings = self.settings;
        if !settings.ignores_environment
            && let Some(keys) = keys::of_environment(settings)?
        {
            return found(boxed(keys));
        }
        let profile = settings.profiles.get(settings.profile);
        if let Some(profile) = profile.filter(assumes) {
            return found(boxed(self.role(settings.profile, profile)?));
        }
        let nothing = Profile {
            config: None,
            credentials: None,
        };
        let uses_environment = !settings.ignores_environment;
        let profile = profile.unwrap_or(nothing);
        if let Some(source) = self.of_profile(settings.profile, profile, uses_environment)? {
            return found(source);
        }
        if let Some(container) = Container::find(settings)? {
            return found(boxed(container));
        }
        let instance = Instance::find(settings)?;
        Ok(instance.map(|instance| Provider::guess(boxed(instance))))
    }

    /// The profile's own credentials, without the role of [`assumes`].
    fn of_profile(
        &self,
        name: &str,
        profile: Profile<'_>,
        uses_environment: bool,
    ) -> Result<Option<Box<dyn Fetch>>, Error> {
        let settings = self.settings;
        if let Some(identity) = WebIdentity::find(settings, profile, uses_environment)? {
            return Ok(Some(boxed(identity)));
        }
        if let Some(sso) = Sso::find(settings, name, profile)? {
            return Ok(Some(boxed(sso)));
        }
        if let Some(keys) = keys::of_file("shared-credentials-file", profile.credentials)? {
            return Ok(Some(boxed(keys)));
        }
        if profile.has("login_session") {
            return Err(Error::Message(format!(
                "The profile \"{name}\" takes its credentials from a login session, which this command can't use."
            )));
        }
        if let Some(process) = Process::find(profile) {
            return Ok(Some(boxed(process)));
        }
        Ok(keys::of_file("config-file", profile.config)?.map(boxed))
    }

    /// The role of a profile, and the credentials to assume it with.
    fn role(&mut self, name: &'a str, profile: Profile<'a>) -> Result<Role, Error> {
        let source = match (
            profile.get("source_profile"),
            profile.get("credential_source"),
        ) {
            (Some(_), Some(_)) => Err(Error::Message(format!(
                "The profile \"{name}\" contains both source_profile and credential_source."
            ))),
            (None, None) => Err(Error::partial(
                "assume-role",
                "source_profile or credential_source",
            )),
            (Some(next), None) => self.source_profile(name, next),
            (None, Some(source)) => self.credential_source(name, source),
        };
        Role::new(self.settings, profile, Provider::new(source?))
    }

    fn source_profile(&mut self, name: &str, next: &'a str) -> Result<Box<dyn Fetch>, Error> {
        let Some(profile) = self.settings.profiles.get(next) else {
            return Err(Error::Message(format!(
                "The source_profile \"{next}\" referenced in the profile \"{name}\" does not exist."
            )));
        };
        // A profile may refer to itself to use its own keys for its role.
        let is_loop = self.visited.contains(&next) && !(next == name && has_keys(&profile));
        if is_loop {
            return Err(self.infinite_loop(next));
        }
        self.visited.push(next);
        if assumes(&profile) && !has_keys(&profile) {
            return Ok(Box::new(self.role(next, profile)?));
        }
        self.of_profile(next, profile, false)?.ok_or_else(|| {
            Error::Message(format!(
                "The source profile \"{next}\" must have credentials."
            ))
        })
    }

    fn infinite_loop(&self, next: &str) -> Error {
        let names: Vec<_> = self.visited.iter().map(|name| quoted(name)).collect();
        Error::Message(format!(
            "Infinite loop in credential configuration detected. Attempting to load from profile {next} which has already \
             been visited. Visited profiles: [{}]",
            names.join(", ")
        ))
    }

    fn credential_source(&self, name: &str, place: &str) -> Result<Box<dyn Fetch>, Error> {
        let found = match place {
            "Environment" => keys::of_environment(self.settings)?.map(boxed),
            "EcsContainer" => Container::find(self.settings)?.map(boxed),
            "Ec2InstanceMetadata" => {
                let instance = Instance::find(self.settings)?;
                instance.map(|instance| boxed(instance.named_by(name)))
            }
            _ => {
                return Err(Error::Message(format!(
                    "The credential source \"{place}\" referenced in profile \"{name}\" is not valid."
                )));
            }
        };
        found.ok_or_else(|| Error::none_at_source(place, name))
    }
}

fn boxed(source: impl Fetch + 'static) -> Box<dyn Fetch> {
    Box::new(source)
}

/// Whether the profile has a role to assume with other credentials.
fn assumes(profile: &Profile<'_>) -> bool {
    profile.has("role_arn") && !profile.has("web_identity_token_file")
}

fn has_keys(profile: &Profile<'_>) -> bool {
    profile.has("aws_access_key_id") || profile.has("aws_secret_access_key")
}

/// A name in quotes, as Python shows it: single quotes unless the name has some.
fn quoted(name: &str) -> String {
    if name.contains('\'') && !name.contains('"') {
        format!("\"{name}\"")
    } else {
        format!("'{}'", name.replace('\'', "\\'"))
    }
}
