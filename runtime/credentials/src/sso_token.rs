//! Tokens of users who signed in to IAM Identity Center, from the cache of the AWS CLI's `sso login`.

use crate::cache::{self, Cache};
use crate::provider::ADVISORY;
use crate::{Error, Settings, keys};
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use serde_json::{Value, json};
use std::time::{Duration, SystemTime};
use swage_client::{ClientBuilder, Failure, redact};

/// The sign-in of a profile.
pub(crate) struct SignIn<'a> {
    /// The name of the `[sso-session NAME]` section; `None` for legacy profiles.
    pub(crate) session: Option<&'a str>,
    pub(crate) start_url: &'a str,
    pub(crate) region: &'a str,
}

/// The cached token, and how to refresh it.
#[derive(Debug)]
pub(crate) struct Token {
    cache: Cache,
    key: String,
    start_url: String,
    /// `None` for legacy profiles, whose tokens can't be refreshed.
    session: Option<Session>,
}

/// What is needed to refresh a token.
#[derive(Debug)]
struct Session {
    name: String,
    region: String,
    client: ClientBuilder,
}

impl Token {
    pub(crate) fn new(settings: &Settings<'_>, sign_in: &SignIn<'_>) -> Result<Self, Error> {
        let session = sign_in.session.map(|name| {
            let client = swage_sso_oidc::Client::builder().untyped();
            Ok(Session {
                name: name.to_owned(),
                region: sign_in.region.to_owned(),
                client: (settings.set_up)(client, Some(sign_in.region)).map_err(Error::Message)?,
            })
        });
        Ok(Self {
            cache: Cache::of_tokens(settings),
            key: cache::key(sign_in.session.unwrap_or(sign_in.start_url)),
            start_url: sign_in.start_url.to_owned(),
            session: session.transpose()?,
        })
    }

    /// A token that hasn't expired.
    pub(crate) async fn get(&self) -> Result<String, Error> {
        let mut kept = self.load()?;
        let Some(session) = &self.session else {
            return kept.unless_expired().ok_or_else(unauthorized);
        };
        if kept.remaining() < ADVISORY
            && let Some(new) = self.replace(session, &kept).await?
        {
            self.cache.put(&self.key, &new);
            kept = self.read(new)?;
        }
        kept.unless_expired().ok_or_else(|| {
            Error::Message(
                "Error when retrieving token from sso: Token has expired and refresh failed"
                    .to_owned(),
            )
        })
    }

    fn load(&self) -> Result<Kept, Error> {
        let name = self.session.as_ref().map(|session| session.name.as_str());
        let Some(document) = self.cache.get(&self.key) else {
            let name = name.map_or_else(|| redact::url(&self.start_url), str::to_owned);
            return Err(load_error(&format!("Token for {name} does not exist")));
        };
        self.read(document)
    }

    fn read(&self, document: Value) -> Result<Kept, Error> {
        let text = |name: &str| Some(document.get(name)?.as_str()?.to_owned());
        let (Some(token), Some(expiry)) = (text("accessToken"), text("expiresAt")) else {
            let what = format!("Token for {} is invalid", redact::url(&self.start_url));
            return Err(load_error(&what));
        };
        Ok(Kept {
            token,
            expiry: keys::moment(&expiry)?,
            document,
        })
    }

    /// Refreshes the token, and returns the document to cache; `None` if that fails.
    async fn replace(&self, session: &Session, kept: &Kept) -> Result<Option<Value>, Error> {
        let text = |name: &str| kept.document.get(name)?.as_str();
        let (Some(refresh), Some(id), Some(secret), Some(until)) = (
            text("refreshToken"),
            text("clientId"),
            text("clientSecret"),
            text("registrationExpiresAt"),
        ) else {
            tracing::debug!("could not refresh the SSO token: no refresh token in the cache");
            return Ok(None);
        };
        if keys::moment(until)? <= SystemTime::now() {
            tracing::debug!("could not refresh the SSO token: the client registration has expired");
            return Ok(None);
        }
        let client = session.client.clone().build();
        let client = client.map_err(Error::config("CreateToken"))?;
        let sent = swage_sso_oidc::Client::from(client)
            .create_token()
            .grant_type("refresh_token")
            .client_id(id)
            .client_secret(secret)
            .refresh_token(refresh)
            .send()
            .await;
        let output = match sent.map_err(Error::call("CreateToken")) {
            Ok(output) => output,
            Err(error) if is_answer(&error) || kept.remaining() > Duration::ZERO => {
                tracing::warn!(%error, "could not refresh the SSO token");
                return Ok(None);
            }
            Err(error) => return Err(error),
        };
        let Some(token) = output.access_token else {
            return Ok(None);
        };
        let seconds = u64::try_from(output.expires_in.unwrap_or_default()).unwrap_or_default();
        let mut document = json!({
            "startUrl": self.start_url,
            "region": session.region,
            "accessToken": token,
            "expiresAt": written(SystemTime::now() + Duration::from_secs(seconds)),
            "clientId": id,
            "clientSecret": secret,
            "registrationExpiresAt": until,
        });
        if let Some(refresh) = output.refresh_token {
            document["refreshToken"] = refresh.into();
        }
        tracing::debug!("the SSO token was refreshed");
        Ok(Some(document))
    }
}

/// A token from the cache.
struct Kept {
    token: String,
    expiry: SystemTime,
    document: Value,
}

impl Kept {
    fn remaining(&self) -> Duration {
        let left = self.expiry.duration_since(SystemTime::now());
        left.unwrap_or_default()
    }

    fn unless_expired(self) -> Option<String> {
        (self.remaining() > Duration::ZERO).then_some(self.token)
    }
}

fn load_error(what: &str) -> Error {
    Error::Message(format!("Error loading SSO Token: {what}"))
}

/// Whether the service refused to issue a new token.
fn is_answer(error: &Error) -> bool {
    matches!(
        error,
        Error::Call {
            failure: Failure::Service(_),
            ..
        }
    )
}

fn written(time: SystemTime) -> String {
    let time = DateTime::from_secs(DateTime::from(time).secs());
    time.fmt(Format::DateTime).unwrap_or_default()
}

/// The error for users who have to sign in again.
pub(crate) fn unauthorized() -> Error {
    Error::Message(
        "The SSO session associated with this profile has expired or is otherwise invalid. To refresh this SSO session \
         run aws sso login with the corresponding profile."
            .to_owned(),
    )
}
