//! Credentials of an EC2 instance, from its metadata service (IMDS).

use crate::metadata::{self, Answer, Metadata, secret};
use crate::provider::{ADVISORY, Fetch, Fetching, credentials};
use crate::{Error, Settings, keys};
use aws_credential_types::Credentials;
use http::{HeaderName, HeaderValue, Method, Uri};
use serde_json::Value;
use std::time::{Duration, SystemTime};
use swage_client::error::TimeoutKind;
use swage_client::{Failure, redact};

const NAME: &str = "iam-role";
const IPV4: &str = "http://169.254.169.254";
const IPV6: &str = "http://[fd00:ec2::254]";
const TOKEN: &str = "latest/api/token";
const ROLES: &str = "latest/meta-data/iam/security-credentials/";
const REGION: &str = "latest/meta-data/placement/region";
/// The lifetime of the token in seconds: the maximum.
const TOKEN_LIFETIME: HeaderValue = HeaderValue::from_static("21600");

/// The instance's metadata service.
#[derive(Debug)]
pub(crate) struct Instance {
    base: String,
    metadata: Metadata,
    attempts: u32,
    /// Whether version 1, which needs no token, is disabled.
    only_version_2: bool,
    /// The profile whose `credential_source` is the instance.
    named_by: Option<String>,
}

impl Fetch for Instance {
    fn name(&self) -> &'static str {
        NAME
    }

    fn fetch(&self) -> Fetching<'_> {
        Box::pin(self.load())
    }
}

impl Instance {
    /// The service, unless it is disabled.
    pub(crate) fn find(settings: &Settings<'_>) -> Result<Option<Self>, Error> {
        let is_disabled = settings.variable("AWS_EC2_METADATA_DISABLED");
        if is_disabled.is_some_and(|value| value.eq_ignore_ascii_case("true")) {
            return Ok(None);
        }
        let timeout = number(
            settings,
            "AWS_METADATA_SERVICE_TIMEOUT",
            "metadata_service_timeout",
        )?;
        let attempts = number(
            settings,
            "AWS_METADATA_SERVICE_NUM_ATTEMPTS",
            "metadata_service_num_attempts",
        )?;
        let v1_disabled = get(
            settings,
            "AWS_EC2_METADATA_V1_DISABLED",
            "ec2_metadata_v1_disabled",
        );
        Ok(Some(Self {
            base: base(settings)?,
            metadata: Metadata::new(Duration::from_secs(timeout.into()), &settings.user_agent),
            attempts,
            only_version_2: v1_disabled.is_some_and(|value| value.eq_ignore_ascii_case("true")),
            named_by: None,
        }))
    }

    /// The service for a profile whose `credential_source` it is.
    pub(crate) fn named_by(self, profile: &str) -> Self {
        Self {
            named_by: Some(profile.to_owned()),
            ..self
        }
    }

    /// The region of the instance; `None` outside of one.
    pub(crate) async fn region(&self) -> Option<String> {
        let token = match self.token().await {
            Token::Found(token) => Some(token),
            Token::Unavailable if !self.only_version_2 => None,
            Token::Unavailable | Token::Refused => return None,
        };
        let region = self.get(REGION, token.as_deref(), |_| true).await;
        Some(region.ok()??.trim().to_owned())
    }

    async fn load(&self) -> Result<Credentials, Error> {
        match (self.find_credentials().await?, &self.named_by) {
            (Some(found), _) => Ok(found),
            (None, Some(profile)) => Err(Error::none_at_source("Ec2InstanceMetadata", profile)),
            (None, None) => Err(Error::NotFound),
        }
    }

    /// `None` outside of an instance, or if the instance has no role.
    async fn find_credentials(&self) -> Result<Option<Credentials>, Error> {
        let token = match self.token().await {
            Token::Found(token) => Some(token),
            Token::Unavailable => None,
            Token::Refused => return Ok(None),
        };
        if token.is_none() && self.only_version_2 {
            return Err(Error::Message(
                "Error retrieving metadata: Unable to retrieve token for use in IMDSv2 call and IMDSv1 has been disabled"
                    .to_owned(),
            ));
        }
        let token = token.as_deref();
        let Some(role) = self.get(ROLES, token, |_| true).await? else {
            return Ok(None);
        };
        let is_json = |text: &str| serde_json::from_str::<Value>(text).is_ok();
        let path = format!("{ROLES}{role}");
        let document = self.get(&path, token, is_json).await?;
        let document = document.and_then(|text| serde_json::from_str::<Value>(&text).ok());
        Ok(document.and_then(|document| read(&document)))
    }

    /// The token of version 2.
    async fn token(&self) -> Token {
        let headers = vec![(
            HeaderName::from_static("x-aws-ec2-metadata-token-ttl-seconds"),
            TOKEN_LIFETIME,
        )];
        let Some(url) = self.url(TOKEN) else {
            return Token::Unavailable;
        };
        for _ in 0..self.attempts {
            let sent = self
                .metadata
                .send(Method::PUT, url.clone(), headers.clone());
            match sent.await {
                Ok(answer) if answer.status == 200 => return Token::Found(answer.text),
                Ok(answer) if answer.status == 400 => return Token::Refused,
                Ok(answer) if matches!(answer.status, 403..=405) => break,
                Err(Failure::Timeout(error)) if error.kind == TimeoutKind::Read => break,
                Ok(answer) => log_status(&answer),
                Err(error) => {
                    tracing::debug!(%error, "could not get a token for instance metadata")
                }
            }
        }
        Token::Unavailable
    }

    /// Fetches a path, until a response is `usable`.
    async fn get(
        &self,
        path: &str,
        token: Option<&str>,
        usable: impl Fn(&str) -> bool,
    ) -> Result<Option<String>, Error> {
        let token = token.map(|token| secret("x-aws-ec2-metadata-token", token));
        let headers: Vec<_> = token.transpose()?.into_iter().collect();
        let Some(url) = self.url(path) else {
            return Ok(None);
        };
        for _ in 0..self.attempts {
            let sent = self
                .metadata
                .send(Method::GET, url.clone(), headers.clone());
            match sent.await {
                Ok(answer) if is_content(&answer) && usable(&answer.text) => {
                    return Ok(Some(answer.text));
                }
                Ok(answer) => log_status(&answer),
                Err(error) => tracing::debug!(%error, "could not get instance metadata"),
            }
        }
        Ok(None)
    }

    fn url(&self, path: &str) -> Option<Uri> {
        let base = self.base.trim_end_matches('/');
        format!("{base}/{path}").parse().ok()
    }
}

enum Token {
    Found(String),
    /// No token, but version 1 works without.
    Unavailable,
    /// Rejected as a bad request: no version is tried.
    Refused,
}

fn is_content(answer: &Answer) -> bool {
    answer.status == 200 && !answer.text.is_empty()
}

fn log_status(answer: &Answer) {
    tracing::debug!(status = answer.status, "unusable instance metadata");
}

fn get(settings: &Settings<'_>, variable: &str, key: &str) -> Option<String> {
    let of_profile = || {
        let profile = settings.profiles.get(settings.profile)?;
        profile.get(key).map(str::to_owned)
    };
    settings.variable(variable).or_else(of_profile)
}

/// A numeric setting; default: 1.
fn number(settings: &Settings<'_>, variable: &str, key: &str) -> Result<u32, Error> {
    let Some(text) = get(settings, variable, key) else {
        return Ok(1);
    };
    let number = text.trim().parse();
    number.map_err(|_| Error::Message(format!("Invalid value for {key}: '{text}'")))
}

/// The URL of the service.
fn base(settings: &Settings<'_>) -> Result<String, Error> {
    let url = get(
        settings,
        "AWS_EC2_METADATA_SERVICE_ENDPOINT",
        "ec2_metadata_service_endpoint",
    );
    if let Some(text) = url.filter(|url| !url.is_empty()) {
        let url = metadata::url(&text).map(|url| url.to_string());
        return url.ok_or_else(|| {
            Error::Message(format!(
                "Invalid endpoint EC2 Instance Metadata endpoint: {}",
                redact::url(&text)
            ))
        });
    }
    let mode = get(
        settings,
        "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE",
        "ec2_metadata_service_endpoint_mode",
    );
    let ipv6 = || {
        let value = get(settings, "AWS_IMDS_USE_IPV6", "imds_use_ipv6");
        value.is_some_and(|value| value.eq_ignore_ascii_case("true"))
    };
    match mode.map(|mode| (mode.to_ascii_lowercase(), mode)) {
        Some((lower, _)) if lower == "ipv6" => Ok(IPV6.to_owned()),
        Some((lower, _)) if lower == "ipv4" => Ok(IPV4.to_owned()),
        Some((_, mode)) => Err(Error::Message(format!(
            "Invalid EC2 Instance Metadata endpoint mode: {mode} Valid endpoint modes (case-insensitive): ipv4, ipv6."
        ))),
        None if ipv6() => Ok(IPV6.to_owned()),
        None => Ok(IPV4.to_owned()),
    }
}

/// The credentials in a document. `None` if a member is missing, as in an error document.
fn read(document: &Value) -> Option<Credentials> {
    let text = |key: &str| Some(document.get(key)?.as_str()?.to_owned());
    let expiry = keys::moment(&text("Expiration")?).ok();
    Some(credentials(
        NAME,
        text("AccessKeyId")?,
        text("SecretAccessKey")?,
        Some(text("Token")?),
        None,
        expiry.map(extended),
    ))
}

/// When to refresh. If the service fails to replace credentials in time, they are used after they expire,
/// because other services keep accepting them.
fn extended(expiry: SystemTime) -> SystemTime {
    let now = SystemTime::now();
    if expiry > now + ADVISORY {
        return expiry;
    }
    tracing::warn!("instance credentials expire soon and were not replaced; using them anyway");
    now + ADVISORY + ADVISORY
}
