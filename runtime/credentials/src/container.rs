//! Credentials of a container, from the container agent.

use crate::metadata::{self, Answer, Metadata, secret};
use crate::provider::{Fetch, Fetching, credentials};
use crate::{Error, Settings, keys};
use aws_credential_types::Credentials;
use http::header::ACCEPT;
use http::uri::Scheme;
use http::{HeaderValue, Method, Uri};
use serde_json::Value;
use std::net::IpAddr;
use std::time::Duration;
use swage_client::error::TransportErrorKind;
use swage_client::{Failure, redact};

const NAME: &str = "container-role";
const LIMIT: Duration = Duration::from_secs(2);
const ATTEMPTS: u32 = 3;
const PAUSE: Duration = Duration::from_secs(1);
/// The address of Amazon ECS's agent.
const AGENT: &str = "169.254.170.2";
/// Hosts, besides loopback addresses, to which the token may be sent over plain HTTP: the agents of Amazon ECS and EKS.
const HOSTS: [&str; 4] = [AGENT, "169.254.170.23", "fd00:ec2::23", "localhost"];

/// The agent, and the authorization token.
#[derive(Debug)]
pub(crate) struct Container {
    url: Uri,
    token: Option<TokenFrom>,
    metadata: Metadata,
}

enum TokenFrom {
    File(String),
    Variable(String),
}

impl std::fmt::Debug for TokenFrom {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(path) => f.debug_tuple("File").field(path).finish(),
            Self::Variable(_) => f.debug_tuple("Variable").finish_non_exhaustive(),
        }
    }
}

impl Fetch for Container {
    fn name(&self) -> &'static str {
        NAME
    }

    fn fetch(&self) -> Fetching<'_> {
        Box::pin(self.load())
    }
}

impl Container {
    /// The agent in the environment.
    pub(crate) fn find(settings: &Settings<'_>) -> Result<Option<Self>, Error> {
        let relative = settings.variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
        let url = relative.map(|path| format!("http://{AGENT}{path}"));
        let Some(url) = url.or_else(|| settings.variable("AWS_CONTAINER_CREDENTIALS_FULL_URI"))
        else {
            return Ok(None);
        };
        let file = settings.variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");
        let token = file.map(TokenFrom::File).or_else(|| {
            let value = settings.variable("AWS_CONTAINER_AUTHORIZATION_TOKEN");
            value.map(TokenFrom::Variable)
        });
        Ok(Some(Self {
            url: allowed(&url)?,
            token,
            metadata: Metadata::new(LIMIT, &settings.user_agent).without_proxy(),
        }))
    }

    async fn load(&self) -> Result<Credentials, Error> {
        let mut headers = vec![(ACCEPT, HeaderValue::from_static("application/json"))];
        if let Some(token) = self.token()? {
            headers.push(secret("authorization", &token)?);
        }
        let mut attempt = 1;
        loop {
            let sent = self
                .metadata
                .send(Method::GET, self.url.clone(), headers.clone())
                .await;
            match document(sent) {
                Ok(document) => return read(&document),
                Err(what) if attempt == ATTEMPTS => {
                    let what = format!("Error retrieving metadata: {what}");
                    return Err(Error::retrieval(NAME, what));
                }
                Err(what) => tracing::debug!(attempt, %what, "no credentials of the container yet"),
            }
            tokio::time::sleep(PAUSE).await;
            attempt += 1;
        }
    }

    /// The authorization token. A file is read every time, because its token is replaced before it expires.
    fn token(&self) -> Result<Option<String>, Error> {
        match &self.token {
            None => Ok(None),
            Some(TokenFrom::Variable(token)) => Ok(Some(token.clone())),
            Some(TokenFrom::File(path)) => match std::fs::read_to_string(path) {
                Ok(token) => Ok(Some(token)),
                Err(error) => Err(Error::Message(format!(
                    "Error when retrieving credentials: {path}: {error}"
                ))),
            },
        }
    }
}

/// The URL, if the token may be sent to its host.
fn allowed(text: &str) -> Result<Uri, Error> {
    let is_allowed = |url: &Uri| {
        let host = host(url);
        let is_loopback = host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback());
        let is_known = HOSTS.iter().any(|known| known.eq_ignore_ascii_case(host));
        url.scheme() == Some(&Scheme::HTTPS) || is_loopback || is_known
    };
    metadata::url(text).filter(is_allowed).ok_or_else(|| {
        let shown = redact::url(text).parse::<Uri>().ok();
        let host = shown.as_ref().map(host).unwrap_or_default();
        Error::Message(format!(
            "Unsupported host '{host}'.  Can only retrieve metadata from a loopback address or one of these hosts: {}",
            HOSTS.join(", ")
        ))
    })
}

fn host(url: &Uri) -> &str {
    let host = url.host().unwrap_or_default();
    host.trim_start_matches('[').trim_end_matches(']')
}

/// The document of a response, or the error message.
fn document(sent: Result<Answer, Failure>) -> Result<Value, String> {
    let answer = sent.map_err(|failure| {
        let what = match &failure {
            Failure::Transport(error) if error.kind == TransportErrorKind::Connect => {
                format!("Could not connect to the endpoint URL: \"{}\"", error.url)
            }
            Failure::Timeout(error) => format!("Read timeout on endpoint URL: \"{}\"", error.url),
            other => other.to_string(),
        };
        format!("Received error when attempting to retrieve container metadata: {what}")
    })?;
    if answer.status != 200 {
        return Err(format!(
            "Received non 200 response {} from container metadata: {}",
            answer.status,
            answer.shown()
        ));
    }
    serde_json::from_str(&answer.text)
        .map_err(|_| "Unable to parse JSON returned from container metadata services".to_owned())
}

/// The credentials in a document. Without an expiration, they never expire.
fn read(document: &Value) -> Result<Credentials, Error> {
    let text = |key: &str| document.get(key).and_then(Value::as_str).map(str::to_owned);
    let required = |key: &str| {
        let what = || format!("Missing required key in response: '{key}'");
        text(key).ok_or_else(|| Error::retrieval(NAME, what()))
    };
    let expiry = text("Expiration").filter(|time| !time.is_empty());
    Ok(credentials(
        NAME,
        required("AccessKeyId")?,
        required("SecretAccessKey")?,
        Some(required("Token")?),
        text("AccountId"),
        expiry.as_deref().map(keys::moment).transpose()?,
    ))
}
