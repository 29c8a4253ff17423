//! The chain of credentials, as this command sets it up.

use super::Settings;
use crate::env;
use crate::errors;
use crate::prompt;
use crate::stop::Stop;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{self, ProvideCredentials, future};
use std::sync::Arc;
use swage_credentials::{Error, Provider, SetUp};

/// Gets credentials when a call is signed, and words what goes wrong as the command does.
#[derive(Debug)]
pub(crate) struct Credentials {
    provider: Provider,
    settings: Settings,
}

impl Settings {
    /// Looks for credentials; what is wrong with the settings is an error. `set_up`: for the clients of calls that get
    /// credentials.
    pub(crate) fn credentials(
        &self,
        set_up: &SetUp<'_>,
        user_agent: String,
    ) -> Result<Option<Credentials>, Stop> {
        let settings = swage_credentials::Settings {
            profiles: self.files.profiles(),
            profile: &self.profile,
            ignores_environment: self.by_option,
            environment: Arc::new(env::var),
            ask_for_code: Arc::new(prompt::ask),
            set_up,
            user_agent,
        };
        let found = swage_credentials::find(&settings);
        let found = found.map_err(|error| Stop::Error(errors::credentials(&error, self)))?;
        Ok(found.map(|provider| Credentials {
            provider,
            settings: self.clone(),
        }))
    }
}

impl Credentials {
    /// Whether nothing says that there are some, so that what needs none isn't to wait for an instance's metadata.
    pub(crate) fn are_a_guess(&self) -> bool {
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
