//! Credentials of roles from STS, and their cache.

use crate::cache::{self, Cache};
use crate::provider::{ADVISORY, credentials};
use crate::{Error, Settings, python_json, timestamp};
use aws_credential_types::Credentials;
use aws_smithy_types::date_time::Format;
use serde_json::{Map, Value, json};
use std::time::{SystemTime, UNIX_EPOCH};
use swage_sts::types;

/// The role, the session's name, and the cache of its credentials.
#[derive(Debug)]
pub(crate) struct Assumed {
    pub(crate) arn: String,
    /// `None`: a name with the time is generated.
    session_name: Option<String>,
    cache: Cache,
}

impl Assumed {
    pub(crate) fn new(settings: &Settings<'_>, arn: &str, session_name: Option<String>) -> Self {
        Self {
            arn: arn.to_owned(),
            session_name: session_name.filter(|name| !name.is_empty()),
            cache: Cache::of_roles(settings),
        }
    }

    /// The session name. The default is the AWS CLI's, which policies and logs may depend on.
    pub(crate) fn session_name(&self) -> String {
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH);
        let made = || format!("botocore-session-{}", seconds.unwrap_or_default().as_secs());
        self.session_name.clone().unwrap_or_else(made)
    }

    /// The cache key of the credentials: the AWS CLI's digest of the arguments. `others` are
    /// the arguments other than role and session.
    pub(crate) fn key(&self, others: &[(&str, Option<Value>)]) -> String {
        let session_name = self.session_name.clone().map(Value::from);
        let mut arguments = vec![
            ("RoleArn", Some(Value::from(self.arn.as_str()))),
            ("RoleSessionName", session_name),
        ];
        arguments.extend_from_slice(others);
        arguments.sort_by_key(|(name, _)| *name);
        let given = |(name, value): (&str, Option<Value>)| Some((name.to_owned(), value?));
        let arguments: Map<String, Value> = arguments.into_iter().filter_map(given).collect();
        cache::key(&python_json::to_string(&Value::Object(arguments)))
    }

    /// The cached credentials, unless they expire soon.
    pub(crate) fn kept(&self, key: &str, provider: &'static str) -> Option<Credentials> {
        let kept = self.cache.get(key)?;
        let kept = kept.get("Credentials")?;
        let text = |name: &str| Some(kept.get(name)?.as_str()?.to_owned());
        let expiry = SystemTime::try_from(timestamp::parse(&text("Expiration")?)?).ok()?;
        let lasts = expiry > SystemTime::now() + ADVISORY;
        if !lasts {
            tracing::debug!(provider, "the credentials in the cache have expired");
            return None;
        }
        tracing::debug!(provider, "the cache has credentials");
        Some(credentials(
            provider,
            text("AccessKeyId")?,
            text("SecretAccessKey")?,
            Some(text("SessionToken")?),
            text("AccountId"),
            Some(expiry),
        ))
    }

    /// The credentials of a response, which are put into the cache.
    pub(crate) fn keep(
        &self,
        key: &str,
        provider: &'static str,
        found: Option<types::Credentials>,
        user: Option<&types::AssumedRoleUser>,
    ) -> Result<Credentials, Error> {
        let found = found
            .ok_or_else(|| Error::retrieval(provider, "no credentials in the response of STS"))?;
        let account = user.and_then(|user| account(&user.arn));
        let mut kept = json!({
            "AccessKeyId": found.access_key_id,
            "SecretAccessKey": found.secret_access_key,
            "SessionToken": found.session_token,
            "Expiration": found.expiration.fmt(Format::DateTime).unwrap_or_default(),
        });
        if let Some(account) = account {
            kept["AccountId"] = account.into();
        }
        let mut document = json!({ "Credentials": kept });
        if let Some(user) = user {
            document["AssumedRoleUser"] =
                json!({ "AssumedRoleId": user.assumed_role_id, "Arn": user.arn });
        }
        self.cache.put(key, &document);
        Ok(credentials(
            provider,
            found.access_key_id,
            found.secret_access_key,
            Some(found.session_token),
            account.map(str::to_owned),
            SystemTime::try_from(found.expiration).ok(),
        ))
    }
}

/// The account in an ARN.
fn account(arn: &str) -> Option<&str> {
    let mut parts = arn.strip_prefix("arn:")?.splitn(5, ':');
    parts.nth(3).filter(|account| !account.is_empty())
}
