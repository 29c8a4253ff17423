//! Keys in the environment and in files.

use crate::provider::{Fetch, Fetching, credentials};
use crate::{Error, Section, Settings, timestamp};
use aws_credential_types::Credentials;
use std::time::SystemTime;

const ENVIRONMENT: [&str; 2] = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];
const FILE: [&str; 2] = ["aws_access_key_id", "aws_secret_access_key"];
/// The names of the session token. The older one takes precedence, as in the AWS CLI.
const TOKENS: [&str; 2] = ["aws_security_token", "aws_session_token"];
/// The AWS account id, which some endpoints use.
pub(crate) const ACCOUNT: &str = "aws_account_id";

/// Keys, and the name of their source.
#[derive(Debug)]
pub(crate) struct Keys(&'static str, Credentials);

impl Fetch for Keys {
    fn name(&self) -> &'static str {
        self.0
    }

    fn fetch(&self) -> Fetching<'_> {
        Box::pin(std::future::ready(Ok(self.1.clone())))
    }
}

/// The keys in the environment.
pub(crate) fn of_environment(settings: &Settings<'_>) -> Result<Option<Keys>, Error> {
    const PLACE: &str = "env";
    let get = |name: &str| settings.non_empty(name);
    let Some([id, secret]) = pair(PLACE, ENVIRONMENT, get)? else {
        return Ok(None);
    };
    let token = get("AWS_SECURITY_TOKEN").or_else(|| get("AWS_SESSION_TOKEN"));
    let account = get("AWS_ACCOUNT_ID");
    let expiry = get("AWS_CREDENTIAL_EXPIRATION");
    let expiry = expiry.as_deref().map(moment).transpose()?;
    let keys = credentials(PLACE, id, secret, token, account, expiry);
    Ok(Some(Keys(PLACE, keys)))
}

/// The keys of a profile in a file; `place` is the AWS CLI's name for the file.
pub(crate) fn of_file(
    place: &'static str,
    section: Option<&Section>,
) -> Result<Option<Keys>, Error> {
    let get = |key: &str| section.and_then(|keys| keys.get(key).cloned());
    let Some([id, secret]) = pair(place, FILE, get)? else {
        return Ok(None);
    };
    let mut tokens = TOKENS.into_iter().filter_map(get);
    let token = tokens.find(|token| !token.is_empty());
    let keys = credentials(place, id, secret, token, get(ACCOUNT), None);
    Ok(Some(Keys(place, keys)))
}

/// The key id and the secret; an error if there is an id without a secret.
fn pair(
    place: &str,
    [id, secret]: [&str; 2],
    get: impl Fn(&str) -> Option<String>,
) -> Result<Option<[String; 2]>, Error> {
    let Some(id) = get(id) else {
        return Ok(None);
    };
    match get(secret) {
        Some(secret) => Ok(Some([id, secret])),
        None => Err(Error::partial(place, secret)),
    }
}

/// Parses a timestamp.
pub(crate) fn moment(text: &str) -> Result<SystemTime, Error> {
    timestamp::parse(text)
        .and_then(|time| SystemTime::try_from(time).ok())
        .ok_or_else(|| Error::Message(format!("Unknown string format: {text}")))
}
