//! Roles that are assumed with other credentials.

use crate::assumed::Assumed;
use crate::provider::{Fetch, Fetching};
use crate::{AskForCode, Error, Profile, Provider, Settings};
use aws_credential_types::Credentials;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use swage_client::ClientBuilder;
use swage_sts::operation::assume_role::AssumeRoleOutput;

const NAME: &str = "assume-role";

/// A role, and the credentials to assume it with.
pub(crate) struct Role {
    source: Provider,
    client: ClientBuilder,
    assumed: Assumed,
    external_id: Option<String>,
    duration_seconds: Option<i64>,
    /// The MFA device.
    mfa_serial: Option<String>,
    ask_for_code: AskForCode,
    /// Whether a code was asked for, which is done only once: the user may not be there later.
    was_asked: AtomicBool,
}

impl fmt::Debug for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Role")
            .field("source", &self.source)
            .field("assumed", &self.assumed)
            .finish_non_exhaustive()
    }
}

impl Fetch for Role {
    fn name(&self) -> &'static str {
        NAME
    }

    fn fetch(&self) -> Fetching<'_> {
        Box::pin(self.load())
    }
}

impl Role {
    /// The role of a profile, assumed with the credentials of `source`.
    pub(crate) fn new(
        settings: &Settings<'_>,
        profile: Profile<'_>,
        source: Provider,
    ) -> Result<Self, Error> {
        let get = |key: &str| profile.get(key).map(str::to_owned);
        let arn = profile.get("role_arn").unwrap_or_default();
        let client = swage_sts::Client::builder().untyped();
        // Like the AWS CLI, ignores anything but a number.
        let seconds = get("duration_seconds").and_then(|seconds| seconds.trim().parse().ok());
        Ok(Self {
            source,
            client: (settings.set_up)(client, None).map_err(Error::Message)?,
            assumed: Assumed::new(settings, arn, get("role_session_name")),
            external_id: get("external_id"),
            duration_seconds: seconds,
            mfa_serial: get("mfa_serial"),
            ask_for_code: settings.ask_for_code.clone(),
            was_asked: AtomicBool::new(false),
        })
    }

    /// Returns cached credentials, or else new ones.
    async fn load(&self) -> Result<Credentials, Error> {
        if self.mfa_serial.is_some() && self.was_asked.swap(true, Ordering::Relaxed) {
            return Err(Error::Message(
                "Cannot refresh credentials: MFA token required.".to_owned(),
            ));
        }
        let key = self.key();
        if let Some(kept) = self.assumed.kept(&key, NAME) {
            return Ok(kept);
        }
        let output = self.assume().await?;
        self.assumed.keep(
            &key,
            NAME,
            output.credentials,
            output.assumed_role_user.as_ref(),
        )
    }

    fn key(&self) -> String {
        self.assumed.key(&[
            ("DurationSeconds", self.duration_seconds.map(Into::into)),
            ("ExternalId", self.external_id.clone().map(Into::into)),
            ("SerialNumber", self.mfa_serial.clone().map(Into::into)),
        ])
    }

    async fn assume(&self) -> Result<AssumeRoleOutput, Error> {
        let code = self.code().await?;
        let keys = self.source.credentials().await?;
        let builder = self.client.clone().credentials_provider(keys);
        let client = builder.build().map_err(Error::config("AssumeRole"))?;
        swage_sts::Client::from(client)
            .assume_role()
            .role_arn(&self.assumed.arn)
            .role_session_name(self.assumed.session_name())
            .set_duration_seconds(self.duration_seconds)
            .set_external_id(self.external_id.clone())
            .set_serial_number(self.mfa_serial.clone())
            .set_token_code(code)
            .send()
            .await
            .map_err(Error::call("AssumeRole"))
    }

    /// Asks for the code of the MFA device, if there is one.
    async fn code(&self) -> Result<Option<String>, Error> {
        let Some(serial) = &self.mfa_serial else {
            return Ok(None);
        };
        let question = format!("Enter MFA code for {serial}: ");
        let answer = (self.ask_for_code)(question).await;
        answer
            .map(Some)
            .map_err(|why| Error::Message(format!("No MFA code for {serial}: {why}")))
    }
}
