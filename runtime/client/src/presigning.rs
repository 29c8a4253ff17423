//! Presigned requests: signed now, to be sent by others until they expire.

use crate::redact;
use http::{HeaderMap, Method, Uri};
use std::fmt;
use std::time::{Duration, SystemTime};

/// The longest time for which a signature is valid: a week.
const LONGEST: Duration = Duration::from_hours(7 * 24);

/// When a presigned request is valid.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PresigningConfig {
    start_time: SystemTime,
    expires_in: Duration,
}

impl PresigningConfig {
    /// Valid from now on, for this time. If the credentials expire earlier, so does the request.
    ///
    /// # Errors
    ///
    /// The time is longer than a week.
    pub fn expires_in(expires_in: Duration) -> Result<Self, PresigningConfigError> {
        Self::builder().expires_in(expires_in).build()
    }

    /// Creates a builder.
    pub fn builder() -> PresigningConfigBuilder {
        PresigningConfigBuilder::default()
    }

    /// Returns for how long the request is valid.
    pub fn expires(&self) -> Duration {
        self.expires_in
    }

    /// Returns from when on the request is valid.
    pub fn start_time(&self) -> SystemTime {
        self.start_time
    }
}

/// A builder of [`PresigningConfig`].
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct PresigningConfigBuilder {
    start_time: Option<SystemTime>,
    expires_in: Option<Duration>,
}

impl PresigningConfigBuilder {
    /// Sets from when on the request is valid. Default: now.
    pub fn start_time(mut self, start_time: SystemTime) -> Self {
        self.set_start_time(Some(start_time));
        self
    }

    /// Sets from when on the request is valid, or clears it.
    pub fn set_start_time(&mut self, start_time: Option<SystemTime>) {
        self.start_time = start_time;
    }

    /// Sets for how long the request is valid, at most a week. Required.
    pub fn expires_in(mut self, expires_in: Duration) -> Self {
        self.set_expires_in(Some(expires_in));
        self
    }

    /// Sets for how long the request is valid, or clears it.
    pub fn set_expires_in(&mut self, expires_in: Option<Duration>) {
        self.expires_in = expires_in;
    }

    /// Builds the configuration.
    ///
    /// # Errors
    ///
    /// `expires_in` isn't set, or is longer than a week.
    pub fn build(self) -> Result<PresigningConfig, PresigningConfigError> {
        let Some(expires_in) = self.expires_in else {
            let kind = PresigningProblem::ExpiresInRequired;
            return Err(PresigningConfigError { kind });
        };
        if expires_in > LONGEST {
            let kind = PresigningProblem::ExpiresInDurationTooLong;
            return Err(PresigningConfigError { kind });
        }
        Ok(PresigningConfig {
            start_time: self.start_time.unwrap_or_else(SystemTime::now),
            expires_in,
        })
    }
}

/// What is wrong with a [`PresigningConfig`].
#[derive(Debug)]
pub struct PresigningConfigError {
    kind: PresigningProblem,
}

#[derive(Debug)]
enum PresigningProblem {
    ExpiresInDurationTooLong,
    ExpiresInRequired,
}

impl fmt::Display for PresigningConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            PresigningProblem::ExpiresInDurationTooLong => "`expires_in` is longer than a week",
            PresigningProblem::ExpiresInRequired => "`expires_in` isn't set",
        })
    }
}

impl std::error::Error for PresigningConfigError {}

/// A request that is signed and waits for somebody to send it. Whoever has it can send it, so its Debug form leaves out the
/// query, which has the signature, and the values of headers.
#[derive(Clone)]
#[non_exhaustive]
pub struct PresignedRequest {
    method: Method,
    uri: Uri,
    text: String,
    headers: HeaderMap,
}

impl PresignedRequest {
    pub(crate) fn new(method: Method, uri: Uri, headers: HeaderMap) -> Self {
        Self {
            method,
            text: uri.to_string(),
            uri,
            headers,
        }
    }

    /// Returns the HTTP method.
    pub fn method(&self) -> &str {
        self.method.as_str()
    }

    /// Returns the URI, with the signature in its query.
    pub fn uri(&self) -> &str {
        &self.text
    }

    /// Returns the headers that must be sent with the request, except for `Host`.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers.iter().filter_map(|(name, value)| {
            let value = std::str::from_utf8(value.as_bytes()).ok()?;
            Some((name.as_str(), value))
        })
    }

    /// Returns it as a request with this body.
    pub fn make_http_1x_request<B>(&self, body: B) -> http::Request<B> {
        self.clone().into_http_1x_request(body)
    }

    /// Converts it into a request with this body.
    pub fn into_http_1x_request<B>(self, body: B) -> http::Request<B> {
        let mut request = http::Request::new(body);
        *request.method_mut() = self.method;
        *request.uri_mut() = self.uri;
        *request.headers_mut() = self.headers;
        request
    }
}

impl fmt::Debug for PresignedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers.keys().collect();
        let uri = self.text.split('?').next().unwrap_or_default();
        f.debug_struct("PresignedRequest")
            .field("method", &self.method)
            .field("uri", &redact::url(uri))
            .field("headers", &names)
            .finish()
    }
}
