//! Credentials from `credential_process`, printed by a program.

use crate::provider::{Fetch, Fetching, credentials};
use crate::{Error, Profile, keys, words};
use aws_credential_types::Credentials;
use serde_json::Value;
use tokio::process::Command;

const NAME: &str = "custom-process";

/// The command line, which may contain secrets.
pub(crate) struct Process {
    command: String,
    account_id: Option<String>,
}

impl std::fmt::Debug for Process {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Process").finish_non_exhaustive()
    }
}

impl Fetch for Process {
    fn name(&self) -> &'static str {
        NAME
    }

    fn fetch(&self) -> Fetching<'_> {
        Box::pin(self.load())
    }
}

impl Process {
    /// The program of a profile.
    pub(crate) fn find(profile: Profile<'_>) -> Option<Self> {
        Some(Self {
            command: profile.get("credential_process")?.to_owned(),
            account_id: profile.get(keys::ACCOUNT).map(str::to_owned),
        })
    }

    async fn load(&self) -> Result<Credentials, Error> {
        let printed = self.run().await?;
        let told = |what: &str| Error::retrieval(NAME, what);
        let document: Value = serde_json::from_slice(&printed)
            .map_err(|error| told(&format!("invalid JSON: {error}")))?;
        if !document.is_object() {
            return Err(told("invalid JSON: expected an object"));
        }
        check_version(document.get("Version"))?;
        let text = |key: &str| document.get(key).and_then(Value::as_str).map(str::to_owned);
        let required = |key: &str| {
            text(key).ok_or_else(|| told(&format!("Missing required key in response: '{key}'")))
        };
        let account_id = text("AccountId").filter(|id| !id.is_empty());
        let expiry = text("Expiration");
        Ok(credentials(
            NAME,
            required("AccessKeyId")?,
            required("SecretAccessKey")?,
            text("SessionToken"),
            account_id.or_else(|| self.account_id.clone()),
            expiry.as_deref().map(keys::moment).transpose()?,
        ))
    }

    /// Runs the program and returns its output. It inherits standard input, so that it can prompt the user.
    async fn run(&self) -> Result<Vec<u8>, Error> {
        let unclosed = "unclosed quote or trailing backslash in credential_process";
        let words = words::of_command(&self.command);
        let words = words.ok_or_else(|| Error::retrieval(NAME, unclosed))?;
        let Some((program, arguments)) = words.split_first() else {
            return Err(Error::retrieval(NAME, "credential_process is empty"));
        };
        let mut command = Command::new(program);
        command.args(arguments).kill_on_drop(true);
        command.stdin(std::process::Stdio::inherit());
        let output = command.output().await.map_err(|error| Error::File {
            path: program.clone(),
            error,
        })?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let said = String::from_utf8_lossy(&output.stderr);
        Err(Error::retrieval(NAME, said.trim_end()))
    }
}

fn check_version(version: Option<&Value>) -> Result<(), Error> {
    let shown = match version {
        Some(version) if version.as_f64() == Some(1.0) => return Ok(()),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => "<Version key not provided>".to_owned(),
    };
    Err(Error::retrieval(
        NAME,
        format!(
            "Unsupported version '{shown}' for credential process provider, supported versions: 1"
        ),
    ))
}
