//! Credentials are good until they expire: with what has expired already, nothing is sent.

use crate::stop::Stop;
use crate::values::timestamp;
use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{self, ProvideCredentials, future};
use std::time::SystemTime;

/// What is said about credentials that have expired.
pub(crate) const EXPIRED: &str =
    "Credentials were refreshed, but the refreshed credentials are still expired.";

/// Keys at hand. Looked at when a call is signed, which is after the input was checked.
#[derive(Debug)]
pub(super) struct Keys(pub(super) Credentials);

impl ProvideCredentials for Keys {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::ready(unexpired(self.0.clone()))
    }
}

/// The credentials, unless they have expired.
pub(super) fn unexpired(found: Credentials) -> provider::Result {
    match found.expiry() {
        Some(expiry) if expiry <= SystemTime::now() => {
            Err(CredentialsError::provider_error(EXPIRED))
        }
        _ => Ok(found),
    }
}

/// The point in time that a setting names.
pub(super) fn expiry(text: &str) -> Result<SystemTime, Stop> {
    timestamp::parse(text)
        .and_then(|time| SystemTime::try_from(time).ok())
        .ok_or_else(|| Stop::Error(format!("Unknown string format: {text}")))
}
