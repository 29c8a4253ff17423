//! The credentials of a command: the chain of providers, with the AWS CLI's error messages.

use super::prompt;
use crate::errors;
use crate::settings::Settings;
use crate::stop::Stop;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{self, ProvideCredentials, future};
use std::sync::Arc;
use swage_credentials::{Error, Provider, SetUp};

/// Provides credentials when a request is signed.
#[derive(Debug)]
pub(super) struct Credentials {
    provider: Provider,
    settings: Settings,
}

/// Finds the provider. Invalid settings are an error. `set_up` is applied to the clients that fetch credentials.
pub(super) fn find(
    settings: &Settings,
    set_up: &SetUp<'_>,
    user_agent: String,
) -> Result<Option<Credentials>, Stop> {
    let chain = settings.for_credentials(set_up, Arc::new(prompt::ask), user_agent);
    let found = swage_credentials::find(&chain);
    let found = found.map_err(|error| Stop::Error(errors::credentials(&error, settings)))?;
    Ok(found.map(|provider| Credentials {
        provider,
        settings: settings.clone(),
    }))
}

impl Credentials {
    /// Whether nothing is configured, and only the metadata of an instance may have them.
    pub(super) fn is_guess(&self) -> bool {
        self.provider.is_guess()
    }

    async fn get(&self) -> provider::Result {
        self.provider.credentials().await.map_err(|error| {
            if matches!(error, Error::NotFound) {
                CredentialsError::not_loaded(error)
            } else {
                CredentialsError::provider_error(errors::credentials(&error, &self.settings))
            }
        })
    }
}

impl ProvideCredentials for Credentials {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.get())
    }
}
