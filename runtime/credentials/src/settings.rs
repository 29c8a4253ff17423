//! What the chain depends on.

use crate::profiles::Profiles;
use std::pin::Pin;
use std::sync::Arc;
use swage_client::ClientBuilder;

/// Looks up an environment variable.
pub type Environment = Arc<dyn Fn(&str) -> Option<String> + Send + Sync>;

/// Asks the user for the code of a device for multi-factor authentication. Takes the question, and returns the code
/// or why there is none.
pub type AskForCode = Arc<dyn Fn(String) -> Answer + Send + Sync>;

/// The user's answer, once it is there.
pub type Answer = Pin<Box<dyn Future<Output = Result<String, String>> + Send>>;

/// Sets up a client for the calls that get credentials: its endpoint, time limits, retries, whom it trusts. Takes the
/// region where the profile names one for this service; otherwise the client is for the caller's region. Fails with a
/// sentence that says which setting is wrong.
pub type SetUp<'a> = dyn Fn(ClientBuilder, Option<&str>) -> Result<ClientBuilder, String> + 'a;

/// What the chain depends on.
pub struct Settings<'a> {
    /// The profiles of the configuration files.
    pub profiles: &'a Profiles,
    /// The name of the profile in effect.
    pub profile: &'a str,
    /// Whether credentials in the environment are ignored, because the profile was chosen by an option.
    pub ignores_environment: bool,
    /// The environment.
    pub environment: Environment,
    /// How to ask for the code of a device.
    pub ask_for_code: AskForCode,
    /// How to set up clients.
    pub set_up: &'a SetUp<'a>,
    /// The `User-Agent` of requests to containers and instances.
    pub user_agent: String,
}

impl Settings<'_> {
    /// A variable that is set, even to nothing.
    pub(crate) fn variable(&self, name: &str) -> Option<String> {
        (self.environment)(name)
    }

    /// A variable that is set to something.
    pub(crate) fn non_empty(&self, name: &str) -> Option<String> {
        self.variable(name).filter(|value| !value.is_empty())
    }
}
