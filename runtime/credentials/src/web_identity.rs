//! Roles assumed with an identity provider's token from a file.

use crate::assumed::Assumed;
use crate::provider::{Fetch, Fetching};
use crate::{Error, Profile, Settings};
use aws_credential_types::Credentials;
use swage_client::ClientBuilder;

const NAME: &str = "assume-role-with-web-identity";

/// A role, and the file with the token.
#[derive(Debug)]
pub(crate) struct WebIdentity {
    token_file: String,
    client: ClientBuilder,
    assumed: Assumed,
}

impl Fetch for WebIdentity {
    fn name(&self) -> &'static str {
        NAME
    }

    fn fetch(&self) -> Fetching<'_> {
        Box::pin(self.load())
    }
}

impl WebIdentity {
    /// The value in the environment, if that is used, or else in the profile.
    pub(crate) fn find(
        settings: &Settings<'_>,
        profile: Profile<'_>,
        uses_environment: bool,
    ) -> Result<Option<Self>, Error> {
        // An empty variable counts as well: it overrides the profile.
        let get = |variable: &str, key: &str| {
            let variable = uses_environment.then(|| settings.variable(variable));
            variable
                .flatten()
                .or_else(|| profile.get(key).map(str::to_owned))
        };
        let token_file = get("AWS_WEB_IDENTITY_TOKEN_FILE", "web_identity_token_file");
        let Some(token_file) = token_file.filter(|file| !file.is_empty()) else {
            return Ok(None);
        };
        let arn = get("AWS_ROLE_ARN", "role_arn").filter(|arn| !arn.is_empty());
        let Some(arn) = arn else {
            return Err(Error::Message(
                "The provided profile or the current environment is configured to assume role with web identity but has no \
                 role ARN configured. Ensure that the profile has the role_arn configuration set or the AWS_ROLE_ARN env var \
                 is set."
                    .to_owned(),
            ));
        };
        if let Err(error) = std::fs::metadata(&token_file) {
            let path = token_file;
            return Err(Error::File { path, error });
        }
        let client = swage_sts::Client::builder().untyped();
        let session_name = get("AWS_ROLE_SESSION_NAME", "role_session_name");
        Ok(Some(Self {
            token_file,
            client: (settings.set_up)(client, None).map_err(Error::Message)?,
            assumed: Assumed::new(settings, &arn, session_name),
        }))
    }

    /// Returns cached credentials, or else new ones.
    async fn load(&self) -> Result<Credentials, Error> {
        const CALL: &str = "AssumeRoleWithWebIdentity";
        let key = self.assumed.key(&[]);
        if let Some(kept) = self.assumed.kept(&key, NAME) {
            return Ok(kept);
        }
        let client = self.client.clone().build().map_err(Error::config(CALL))?;
        let output = swage_sts::Client::from(client)
            .assume_role_with_web_identity()
            .role_arn(&self.assumed.arn)
            .role_session_name(self.assumed.session_name())
            .web_identity_token(self.token()?)
            .send()
            .await
            .map_err(Error::call("AssumeRoleWithWebIdentity"))?;
        self.assumed.keep(
            &key,
            NAME,
            output.credentials,
            output.assumed_role_user.as_ref(),
        )
    }

    /// Reads the token, every time, because the file is updated before the token expires.
    fn token(&self) -> Result<String, Error> {
        std::fs::read_to_string(&self.token_file).map_err(|error| Error::File {
            path: self.token_file.clone(),
            error,
        })
    }
}
