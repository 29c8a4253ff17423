//! The settings of the chain.

use crate::profiles::Profiles;
use std::pin::Pin;
use std::sync::Arc;
use swage_client::ClientBuilder;

/// Looks up an environment variable.
pub type Environment = Arc<dyn Fn(&str) -> Option<String> + Send + Sync>;

/// Asks the user for an MFA code. Takes the prompt, and returns the code
/// or why there is none.
pub type AskForCode = Arc<dyn Fn(String) -> Answer + Send + Sync>;

/// A future with the user's answer.
pub type Answer = Pin<Box<dyn Future<Output = Result<String, String>> + Send>>;

/// Configures a client that fetches credentials: endpoint, time limits, retries, trusted certificates. Takes the
/// region if the profile has one for this service; the default is the caller's region. The error is a message that
/// names the invalid setting.
pub type SetUp<'a> = dyn Fn(ClientBuilder, Option<&str>) -> Result<ClientBuilder, String> + 'a;

/// The settings of the chain.
pub struct Settings<'a> {
    /// The profiles of the configuration files.
    pub profiles: &'a Profiles,
    /// The name of the active profile.
    pub profile: &'a str,
    /// Whether credentials in the environment are ignored, because the profile was selected by an option.
    pub ignores_environment: bool,
    /// The environment.
    pub environment: Environment,
    /// How to ask for an MFA code.
    pub ask_for_code: AskForCode,
    /// How to configure clients.
    pub set_up: &'a SetUp<'a>,
    /// The `User-Agent` of requests to metadata services.
    pub user_agent: String,
}

impl Settings<'_> {
    /// The value of a variable, which may be empty.
    pub(crate) fn variable(&self, name: &str) -> Option<String> {
        (self.environment)(name)
    }

    /// The value of a variable, unless it is empty.
    pub(crate) fn non_empty(&self, name: &str) -> Option<String> {
        self.variable(name).filter(|value| !value.is_empty())
    }
}
