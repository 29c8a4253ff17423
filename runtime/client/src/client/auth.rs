//! Who the caller is: which way to authenticate a call, and the credentials for it.

use super::config::Config;
use super::target::Target;
use crate::endpoint::AuthScheme;
use crate::error::{ConfigError, Failure};
use crate::operation::{Auth, Operation};
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::token::ProvideToken;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_smithy_runtime_api::client::identity::Identity;
use http::header::{AUTHORIZATION, HeaderName};
use http::{HeaderMap, HeaderValue};
use std::error::Error as StdError;
use std::time::{Duration, SystemTime};

/// Credentials are fetched anew this long before they expire.
const BEFORE_EXPIRY: Duration = Duration::from_secs(10);

/// How a call is authenticated.
pub(crate) enum Authentication {
    /// Not at all.
    Unsigned,
    /// By a signature, made anew for each attempt.
    SigV4 {
        identity: Identity,
        name: String,
        region: String,
        disable_double_encoding: bool,
    },
    /// By a header.
    Header(HeaderName, HeaderValue),
    /// By a query parameter, percent-encoded.
    Query(String),
}

impl Authentication {
    /// Adds what doesn't depend on the attempt.
    pub(crate) fn apply(&self, headers: &mut HeaderMap, path_and_query: &mut String) {
        match self {
            Self::Header(name, value) => {
                headers.insert(name.clone(), value.clone());
            }
            Self::Query(parameter) => {
                path_and_query.push(if path_and_query.contains('?') {
                    '&'
                } else {
                    '?'
                });
                path_and_query.push_str(parameter);
            }
            Self::Unsigned | Self::SigV4 { .. } => {}
        }
    }
}

/// Credentials, kept until they expire. One call fetches, the others wait for it.
#[derive(Default)]
pub(crate) struct Identities {
    credentials: tokio::sync::Mutex<Option<Identity>>,
}

impl Identities {
    /// How to authenticate a call: the first way that the operation lists and that there are credentials for.
    pub(crate) async fn authenticate(
        &self,
        config: &Config,
        operation: &Operation,
        target: &Target,
    ) -> Result<Authentication, Failure> {
        let ways = operation.auth.unwrap_or(operation.service.auth);
        if config.anonymous || ways.is_empty() {
            return Ok(Authentication::Unsigned);
        }
        for way in ways {
            if let Some(authentication) = self.by(*way, config, target).await? {
                return Ok(authentication);
            }
        }
        if operation.optional_auth {
            return Ok(Authentication::Unsigned);
        }
        Err(Failure::Config(ConfigError::NoCredentials))
    }

    /// That way, when there are credentials for it.
    async fn by(
        &self,
        way: Auth,
        config: &Config,
        target: &Target,
    ) -> Result<Option<Authentication>, Failure> {
        Ok(match way {
            Auth::None => Some(Authentication::Unsigned),
            Auth::SigV4(name) => self.sigv4(name, config, target.signing.as_ref()).await?,
            Auth::Bearer => bearer(config).await?,
            Auth::Basic => config.basic.as_ref().and_then(|(user, password)| {
                header(&format!(
                    "Basic {}",
                    aws_smithy_types::base64::encode(format!("{user}:{password}"))
                ))
            }),
            Auth::ApiKey {
                header,
                name,
                scheme,
            } => config
                .api_key
                .as_deref()
                .and_then(|key| api_key(key, header, name, scheme)),
            Auth::SigV4a(_) => None,
        })
    }

    async fn sigv4(
        &self,
        name: &str,
        config: &Config,
        signing: Option<&AuthScheme>,
    ) -> Result<Option<Authentication>, Failure> {
        let Some(provider) = &config.credentials else {
            return Ok(None);
        };
        let Some(identity) = self.credentials(provider, config.time.now()).await? else {
            return Ok(None);
        };
        let region = signing
            .and_then(|signing| signing.signing_region.clone())
            .or_else(|| config.region.clone());
        Ok(Some(Authentication::SigV4 {
            identity,
            name: signing
                .and_then(|signing| signing.signing_name.clone())
                .unwrap_or_else(|| name.to_owned()),
            region: region.ok_or(Failure::Config(ConfigError::NoRegion))?,
            disable_double_encoding: signing.is_some_and(|signing| signing.disable_double_encoding),
        }))
    }

    async fn credentials(
        &self,
        provider: &SharedCredentialsProvider,
        now: SystemTime,
    ) -> Result<Option<Identity>, Failure> {
        let mut kept = self.credentials.lock().await;
        let lasts = |identity: &Identity| {
            identity
                .expiration()
                .is_none_or(|end| end > now + BEFORE_EXPIRY)
        };
        if let Some(identity) = kept.as_ref().filter(|identity| lasts(identity)) {
            return Ok(Some(identity.clone()));
        }
        match provider.provide_credentials().await {
            Ok(credentials) => Ok(Some(kept.insert(credentials.into()).clone())),
            Err(CredentialsError::CredentialsNotLoaded(_)) => Ok(None),
            Err(error) => Err(Failure::Config(ConfigError::Credentials(story(&error)))),
        }
    }
}

async fn bearer(config: &Config) -> Result<Option<Authentication>, Failure> {
    let Some(provider) = &config.token else {
        return Ok(None);
    };
    match provider.provide_token().await {
        Ok(token) => Ok(header(&format!("Bearer {}", token.token()))),
        Err(error) => Err(Failure::Config(ConfigError::Credentials(story(&error)))),
    }
}

fn api_key(key: &str, in_header: bool, name: &str, scheme: &str) -> Option<Authentication> {
    if !in_header {
        let key = percent_encoding::utf8_percent_encode(key, percent_encoding::NON_ALPHANUMERIC);
        return Some(Authentication::Query(format!("{name}={key}")));
    }
    let text = if scheme.is_empty() {
        key.to_owned()
    } else {
        format!("{scheme} {key}")
    };
    Some(Authentication::Header(
        HeaderName::try_from(name).ok()?,
        secret(&text)?,
    ))
}

fn header(text: &str) -> Option<Authentication> {
    Some(Authentication::Header(AUTHORIZATION, secret(text)?))
}

fn secret(text: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::try_from(text).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// An error and its causes in a line.
fn story(error: &dyn StdError) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}
