//! Local metadata services over plain HTTP: container agents and instance metadata.

use crate::Error;
use bytes::Bytes;
use http::header::{HeaderName, USER_AGENT};
use http::uri::Authority;
use http::{HeaderValue, Method, Request, Uri};
use std::time::Duration;
use swage_client::operation::Service;
use swage_client::protocol::rest_json;
use swage_client::{Client, ClientBuilder, Failure};

/// A service without a model, since only the client's transport is used.
static METADATA: Service = Service {
    id: "swage.credentials#Metadata",
    sdk_id: "metadata",
    version: "",
    protocol: rest_json::REST_JSON_1,
    auth: &[],
    endpoint_rules: "",
    endpoint_prefix: "",
    xml_namespace: None,
    traits: &[],
};

/// The limit for responses. Credentials take a few hundred bytes.
const MAX_SIZE: usize = 1 << 20;
/// How many characters of a response are shown in messages.
const SHOWN: usize = 200;

/// Sends requests to a metadata service.
#[derive(Debug)]
pub(crate) struct Metadata {
    client: ClientBuilder,
    user_agent: String,
}

/// A response.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) text: String,
}

impl Metadata {
    /// Creates a client with this limit for connecting and for reading.
    pub(crate) fn new(limit: Duration, user_agent: &str) -> Self {
        Self {
            client: Client::builder(&METADATA)
                .connect_timeout(limit)
                .read_timeout(limit)
                .max_response_size(MAX_SIZE),
            user_agent: user_agent.to_owned(),
        }
    }

    /// Ignores proxies.
    pub(crate) fn without_proxy(self) -> Self {
        Self {
            client: self.client.no_proxy(),
            ..self
        }
    }

    /// Sends a request without a body, once.
    pub(crate) async fn send(
        &self,
        method: Method,
        url: Uri,
        headers: Vec<(HeaderName, HeaderValue)>,
    ) -> Result<Answer, Failure> {
        let mut request = Request::new(Bytes::new());
        *request.method_mut() = method;
        *request.uri_mut() = url;
        request.headers_mut().extend(headers);
        if let Ok(user_agent) = HeaderValue::try_from(&self.user_agent) {
            request.headers_mut().insert(USER_AGENT, user_agent);
        }
        let client = self.client.clone().build().map_err(Failure::Config)?;
        let response = client.exchange(request).await?;
        Ok(Answer {
            status: response.status().as_u16(),
            text: String::from_utf8_lossy(response.body()).into_owned(),
        })
    }
}

impl Answer {
    /// The start of a text on one line, for messages.
    pub(crate) fn shown(&self) -> String {
        let text = self.text.chars().take(SHOWN);
        text.map(|c| if c.is_control() { ' ' } else { c }).collect()
    }
}

/// A setting with an `http` or `https` URL, without user and password.
pub(crate) fn url(text: &str) -> Option<Uri> {
    let url = text.parse::<Uri>().ok()?;
    let mut parts = url.into_parts();
    let authority = parts.authority?;
    let (_, authority) = authority
        .as_str()
        .rsplit_once('@')
        .unwrap_or(("", authority.as_str()));
    let authority: Authority = authority.parse().ok()?;
    let has_no_port = authority.as_str() == authority.host();
    let is_usable = has_no_port || authority.port_u16().is_some();
    let scheme = parts.scheme.as_ref()?.as_str();
    if !is_usable || authority.host().is_empty() || !matches!(scheme, "http" | "https") {
        return None;
    }
    parts.authority = Some(authority);
    Uri::from_parts(parts).ok()
}

/// A header value that is not logged.
pub(crate) fn secret(name: &'static str, value: &str) -> Result<(HeaderName, HeaderValue), Error> {
    let illegal = |_| Error::Message("Auth token value is not a legal header value".to_owned());
    let mut value = HeaderValue::try_from(value).map_err(illegal)?;
    value.set_sensitive(true);
    Ok((HeaderName::from_static(name), value))
}
