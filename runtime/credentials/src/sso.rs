//! Credentials of roles from IAM Identity Center, for users who signed in.

use crate::provider::{Fetch, Fetching, credentials};
use crate::sso_token::{SignIn, Token, unauthorized};
use crate::{Error, Profile, Section, Settings};
use aws_credential_types::Credentials;
use aws_smithy_types::DateTime;
use std::time::SystemTime;
use swage_client::{ClientBuilder, Failure};
use swage_sso::types::RoleCredentials;

const NAME: &str = "sso";
/// The keys of a profile that uses IAM Identity Center.
const OF_PROFILE: [&str; 2] = ["sso_role_name", "sso_account_id"];
/// The keys of the sign-in.
const OF_SESSION: [&str; 2] = ["sso_start_url", "sso_region"];

/// A role, and the user's token.
#[derive(Debug)]
pub(crate) struct Sso {
    client: ClientBuilder,
    role_name: String,
    account_id: String,
    token: Token,
}

impl Fetch for Sso {
    fn name(&self) -> &'static str {
        NAME
    }

    fn fetch(&self) -> Fetching<'_> {
        Box::pin(self.load())
    }
}

impl Sso {
    /// The role of a profile.
    pub(crate) fn find(
        settings: &Settings<'_>,
        name: &str,
        profile: Profile<'_>,
    ) -> Result<Option<Self>, Error> {
        if !OF_PROFILE.iter().any(|key| profile.has(key)) {
            return Ok(None);
        }
        let session = session_of(settings, profile)?;
        let of_session = |key: &str| session.and_then(|(_, keys)| keys.get(key));
        let get = |key: &str| of_session(key).map(String::as_str).or(profile.get(key));
        let all = OF_PROFILE.into_iter().chain(OF_SESSION);
        let missing: Vec<&str> = all.filter(|key| get(key).is_none()).collect();
        if !missing.is_empty() {
            return Err(Error::Message(format!(
                "The profile \"{name}\" is configured to use SSO but is missing required configuration: {}",
                missing.join(", ")
            )));
        }
        let text = |key: &str| get(key).unwrap_or_default();
        let sign_in = SignIn {
            session: session.map(|(name, _)| name),
            start_url: text("sso_start_url"),
            region: text("sso_region"),
        };
        let client = swage_sso::Client::builder().untyped();
        Ok(Some(Self {
            client: (settings.set_up)(client, Some(sign_in.region)).map_err(Error::Message)?,
            role_name: text("sso_role_name").to_owned(),
            account_id: text("sso_account_id").to_owned(),
            token: Token::new(settings, &sign_in)?,
        }))
    }

    async fn load(&self) -> Result<Credentials, Error> {
        let token = self.token.get().await?;
        let client = self.client.clone().build();
        let client = client.map_err(Error::config("GetRoleCredentials"))?;
        let sent = swage_sso::Client::from(client)
            .get_role_credentials()
            .role_name(&self.role_name)
            .account_id(&self.account_id)
            .access_token(token)
            .send()
            .await;
        let sent = sent.map_err(Error::call("GetRoleCredentials"));
        let output = sent.map_err(told_as_unauthorized)?;
        let found = output.role_credentials.unwrap_or_default();
        self.credentials(found)
            .ok_or_else(|| Error::retrieval(NAME, "incomplete credentials in the response of SSO"))
    }

    fn credentials(&self, found: RoleCredentials) -> Option<Credentials> {
        let expiry = DateTime::from_millis(found.expiration?);
        Some(credentials(
            NAME,
            found.access_key_id?,
            found.secret_access_key?,
            Some(found.session_token?),
            Some(self.account_id.clone()),
            Some(SystemTime::try_from(expiry).ok()?),
        ))
    }
}

/// The session of a profile, and its keys. Keys that are in both must have the same value.
fn session_of<'a>(
    settings: &'a Settings<'_>,
    profile: Profile<'a>,
) -> Result<Option<(&'a str, &'a Section)>, Error> {
    let Some(name) = profile.get("sso_session") else {
        return Ok(None);
    };
    let Some(session) = settings.profiles.sso_sessions.get(name) else {
        return Err(Error::Message(format!(
            "The specified sso-session does not exist: \"{name}\""
        )));
    };
    for (key, value) in session {
        if let Some(other) = profile.get(key).filter(|other| other != value) {
            return Err(Error::Message(format!(
                "The value for {key} is inconsistent between profile ({other}) and sso-session ({value})."
            )));
        }
    }
    Ok(Some((name, session)))
}

/// Checks that the session of the active profile is complete. Invalid sessions are reported even if
/// the credentials come from another source.
pub(crate) fn check_session(settings: &Settings<'_>) -> Result<(), Error> {
    let profile = settings.profiles.get(settings.profile);
    let Some(name) = profile.and_then(|profile| profile.get("sso_session")) else {
        return Ok(());
    };
    let told = |what: String| {
        Err(Error::Message(format!(
            "The profile \"{}\" is configured to use the SSO token provider but {what}",
            settings.profile
        )))
    };
    let session = settings.profiles.sso_sessions.get(name);
    let Some(session) = session.filter(|session| !session.is_empty()) else {
        return told(format!(
            "the \"{name}\" sso_session configuration does not exist."
        ));
    };
    let missing = OF_SESSION
        .iter()
        .filter(|key| !session.contains_key(**key))
        .map(|key| format!("'{key}'"))
        .collect::<Vec<_>>();
    if missing.is_empty() {
        return Ok(());
    }
    told(format!(
        "is missing the following configuration: [{}].",
        missing.join(", ")
    ))
}

/// A token that the service rejects has expired, or was revoked.
fn told_as_unauthorized(error: Error) -> Error {
    match &error {
        Error::Call {
            failure: Failure::Service(service),
            ..
        } if service.code.as_deref() == Some("UnauthorizedException") => unauthorized(),
        _ => error,
    }
}
