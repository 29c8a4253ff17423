//! The path of a call: check, fill in, resolve, encode, attempts, decode.

use super::auth::{Authentication, Identities};
use super::config::Config;
#[cfg(feature = "event-stream")]
use super::events::{self, Received};
use super::exchange::{Http, Outgoing, too_long};
use super::retry::{self, Attempts, TokenBucket};
use super::sign::{self, Payload, Scope};
use super::target::{self, Target, Targets};
use super::{Metadata, trace, user_agent, uuid};
use crate::error::{
    ConfigError, DecodeError, EncodeError, Failure, InputError, ResponseError, TimeoutKind,
};
#[cfg(feature = "event-stream")]
use crate::event_stream::{Fault, Sent};
use crate::operation::{Operation, OperationTrait};
use crate::protocol::{self, Body, HttpProtocol, Request};
use crate::shape::Shape;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, LOCATION, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Uri};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};
use tracing::Instrument;

const INVOCATION_ID: HeaderName = HeaderName::from_static("amz-sdk-invocation-id");
const ATTEMPT: HeaderName = HeaderName::from_static("amz-sdk-request");
/// As much of a body that isn't what the protocol says as an error shows.
const BODY_START: usize = 200;

/// What clones of a client share.
pub(crate) struct Inner {
    config: Config,
    problems: Option<String>,
    user_agent: HeaderValue,
    targets: Targets,
    identities: Identities,
    http: OnceLock<Http>,
    bucket: TokenBucket,
    /// Seconds to add to our clock to have the service's.
    pub(super) skew: AtomicI64,
}

/// A request that is complete but for what each attempt adds.
pub(super) struct Prepared {
    method: Method,
    pub(super) url: Uri,
    /// The URL for errors and the log.
    pub(super) shown: String,
    headers: HeaderMap,
    unsigned_body: bool,
    pub(super) authentication: Authentication,
}

/// Which attempt, and the time that it is signed with.
#[derive(Clone, Copy)]
pub(super) struct Try {
    pub(super) number: u32,
    time: SystemTime,
}

/// What a request carries.
pub(super) enum Content {
    Bytes(Bytes),
    /// Can be sent once, unless it can be cloned. None: it was sent.
    Stream(Option<SdkBody>),
    #[cfg(feature = "event-stream")]
    Events(Sent),
}

impl Inner {
    pub(crate) fn new(config: Config, problems: Option<String>) -> Self {
        Self {
            problems,
            user_agent: user_agent::header(&config),
            targets: Targets::new(&config),
            identities: Identities::default(),
            http: OnceLock::new(),
            bucket: TokenBucket::new(),
            skew: AtomicI64::new(0),
            config,
        }
    }

    pub(crate) fn config(&self) -> &Config {
        &self.config
    }

    pub(crate) async fn call(
        &self,
        operation: &'static Operation,
        input: &mut dyn Shape,
        output: &mut dyn Shape,
    ) -> Result<Metadata, Failure> {
        if let Some(problems) = &self.problems {
            return Err(Failure::Config(ConfigError::Setting(problems.clone())));
        }
        if tokio::runtime::Handle::try_current().is_err() {
            let what = "calls are made within a Tokio runtime, and there is none";
            return Err(Failure::Config(ConfigError::Setting(what.to_owned())));
        }
        crate::token::fill_idempotency_tokens(input, &*self.config.tokens);
        if self.config.validates {
            crate::validate::validate(input).map_err(Failure::Input)?;
        }
        let target = self
            .targets
            .find(operation, input)
            .map_err(Failure::Config)?;
        let url = target.url.clone();
        let work = self
            .exchange(operation, target, input, output)
            .instrument(trace::call(operation));
        within(
            limit(operation, self.config.timeouts.operation),
            TimeoutKind::Operation,
            || target::shown(&url),
            work,
        )
        .await
    }

    async fn exchange(
        &self,
        operation: &'static Operation,
        target: Target,
        input: &mut dyn Shape,
        output: &mut dyn Shape,
    ) -> Result<Metadata, Failure> {
        let protocol = protocol_of(operation)?;
        let authentication = self
            .identities
            .authenticate(&self.config, operation, &target)
            .await?;
        #[cfg(feature = "event-stream")]
        let events = events::take(operation, protocol, input, self.config.validates)?;
        let request = protocol
            .request(operation, input)
            .map_err(|error| unencodable(&error))?;
        let (prepared, mut content) = self.prepare(operation, request, target, authentication)?;
        #[cfg(feature = "event-stream")]
        if let Some(events) = events {
            content = events::content(events, content);
        }
        let mut attempts = Attempts::new(&self.config.retry, &self.bucket);
        loop {
            let number = attempts.number;
            let time = self.now();
            let attempt = self
                .attempt(
                    operation,
                    protocol,
                    &prepared,
                    &mut content,
                    Try { number, time },
                    output,
                )
                .instrument(trace::attempt(number));
            let limit = limit(operation, self.config.timeouts.attempt);
            let failure = match within(
                limit,
                TimeoutKind::Attempt,
                || prepared.shown.clone(),
                attempt,
            )
            .await
            {
                Ok(metadata) => {
                    attempts.succeeded();
                    return Ok(metadata);
                }
                Err(failure) => failure,
            };
            if !content.is_replayable() {
                return Err(failure);
            }
            if self.correct_clock(&failure, time) && attempts.after_correction() {
                continue;
            }
            let Some(delay) = attempts.after(&failure, self.now()) else {
                return Err(failure);
            };
            tracing::debug!(?delay, attempt = attempts.number, "retry");
            self.sleep(delay).await;
        }
    }

    fn prepare(
        &self,
        operation: &Operation,
        request: Request,
        target: Target,
        authentication: Authentication,
    ) -> Result<(Prepared, Content), Failure> {
        let Request {
            method,
            host_prefix,
            mut path_and_query,
            mut headers,
            body,
        } = request;
        #[cfg(feature = "event-stream")]
        events::mark(operation, &mut headers);
        headers.extend(target.headers);
        authentication.apply(&mut headers, &mut path_and_query);
        headers.insert(USER_AGENT, self.user_agent.clone());
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        if let Ok(id) = HeaderValue::try_from(uuid::random()) {
            headers.insert(INVOCATION_ID, id);
        }
        let url = target::join(&target.url, &host_prefix, &path_and_query)
            .map_err(|error| unencodable(&EncodeError::new(format!("the URL: {error}"))))?;
        let prepared = Prepared {
            method,
            shown: target::shown(if trace::has_secret_path(operation) {
                &target.url
            } else {
                &url
            }),
            url,
            headers,
            unsigned_body: operation
                .traits
                .iter()
                .any(|t| matches!(t, OperationTrait::UnsignedPayload)),
            authentication,
        };
        let content = match body {
            Body::Bytes(bytes) => Content::Bytes(bytes),
            Body::Stream(stream) => Content::Stream(Some(stream.into_inner())),
        };
        Ok((prepared, content))
    }

    async fn attempt(
        &self,
        operation: &'static Operation,
        protocol: &'static dyn HttpProtocol,
        prepared: &Prepared,
        content: &mut Content,
        Try { number, time }: Try,
        output: &mut dyn Shape,
    ) -> Result<Metadata, Failure> {
        #[cfg_attr(
            not(feature = "event-stream"),
            expect(unused_mut, reason = "its version")
        )]
        let mut request = self.request(prepared, content, Try { number, time })?;
        #[cfg(feature = "event-stream")]
        {
            *request.version_mut() = self.http_version(operation, prepared);
        }
        trace::request(
            operation,
            request.method(),
            &prepared.shown,
            request.headers(),
            content.bytes(),
        );
        let http = self.http.get_or_init(|| Http::new(&self.config));
        let url = &prepared.shown;
        let response = http.send(request, url).await;
        let response = response.map_err(|failure| content.failure().unwrap_or(failure))?;
        let (status, headers) = (response.status(), response.headers().clone());
        trace::response(operation, status, &headers);
        let success = status.is_success() || status.as_u16() == operation.code;
        #[cfg(feature = "event-stream")]
        if success && events::receives(operation) {
            let of = Received {
                operation,
                protocol,
                http,
                prepared,
                content,
                attempt: Try { number, time },
            };
            return self.receive(of, response, output).await;
        }
        let body = if success && protocol::streams_output(operation) {
            Body::Stream(http.stream(response))
        } else {
            let body = http.read(response, url).await?;
            if !success {
                let mut error = protocol.error(operation, status, &headers, body);
                error.retryable |= retry::is_retryable(&error);
                error.attempts = number;
                if status.is_redirection() && error.message.is_none() {
                    error.message = Some(redirected(&headers));
                }
                return Err(Failure::Service(Box::new(error)));
            }
            trace::response_body(operation.output, &body);
            Body::Bytes(body)
        };
        let whole = match &body {
            Body::Bytes(bytes) => bytes.clone(),
            Body::Stream(_) => Bytes::new(),
        };
        let request_id = protocol.request_id(&headers, &whole);
        match protocol.response(operation, status, &headers, body, output) {
            Ok(()) => Ok(Metadata {
                status: status.as_u16(),
                request_id,
                attempts: number,
            }),
            Err(error) => Err(Failure::Response(ResponseError {
                error: encoded(error, &headers),
                status: status.as_u16(),
                request_id,
                body_start: trace::body_start(operation.output, start_of(&whole)),
            })),
        }
    }

    /// The request of an attempt.
    fn request(
        &self,
        prepared: &Prepared,
        content: &mut Content,
        Try { number, time }: Try,
    ) -> Result<http::Request<Outgoing>, Failure> {
        let mut headers = prepared.headers.clone();
        let max = self.config.retry.max_attempts;
        if let Ok(value) = HeaderValue::try_from(format!("attempt={number}; max={max}")) {
            headers.insert(ATTEMPT, value);
        }
        let mut signature = None;
        if let Authentication::SigV4 {
            identity,
            name,
            region,
            disable_double_encoding,
        } = &prepared.authentication
        {
            let payload = if prepared.unsigned_body {
                Payload::Unsigned
            } else {
                content.payload()
            };
            let disable_double_encoding = *disable_double_encoding;
            let scope = Scope {
                identity,
                name,
                region,
                time,
                disable_double_encoding,
                payload,
            };
            let signed = sign::sign_headers(&scope, &prepared.method, &prepared.url, &mut headers);
            signature = Some(signed?);
        }
        let mut request = http::Request::new(content.send(self, prepared, signature));
        *request.method_mut() = prepared.method.clone();
        *request.uri_mut() = prepared.url.clone();
        *request.headers_mut() = headers;
        Ok(request)
    }

    /// The service's time, as far as we know it.
    fn now(&self) -> SystemTime {
        skewed(self.config.time.now(), self.skew.load(Ordering::Relaxed))
    }

    /// Remembers by how much our clock is off, when that explains the failure of what was signed at `time`.
    fn correct_clock(&self, failure: &Failure, time: SystemTime) -> bool {
        // Calls that fail at the same time all find the same difference: it is set, not added.
        let found = retry::skew(failure, self.config.time.now(), time);
        if let Some(seconds) = found.filter(|_| self.config.corrects_clock) {
            tracing::debug!(seconds, "clock corrected");
            self.skew.store(seconds, Ordering::Relaxed);
            return true;
        }
        false
    }

    async fn sleep(&self, delay: Duration) {
        match &self.config.sleep {
            Some(sleep) => aws_smithy_async::rt::sleep::AsyncSleep::sleep(sleep, delay).await,
            None => tokio::time::sleep(delay).await,
        }
    }
}

impl Content {
    fn bytes(&self) -> Option<&Bytes> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            Self::Stream(_) => None,
            #[cfg(feature = "event-stream")]
            Self::Events(_) => None,
        }
    }

    /// What a signature covers.
    fn payload(&self) -> Payload<'_> {
        match self {
            Self::Bytes(bytes) => Payload::Bytes(bytes),
            Self::Stream(stream) => match stream.as_ref().and_then(SdkBody::bytes) {
                Some(bytes) => Payload::Bytes(bytes),
                None => Payload::Unsigned,
            },
            #[cfg(feature = "event-stream")]
            Self::Events(_) => Payload::Events,
        }
    }

    /// For the next attempt.
    #[cfg_attr(
        not(feature = "event-stream"),
        expect(clippy::needless_pass_by_value, unused_variables)
    )]
    fn send(&mut self, inner: &Inner, prepared: &Prepared, signature: Option<String>) -> Outgoing {
        match self {
            Self::Bytes(bytes) => bytes.clone().into(),
            Self::Stream(stream) => {
                let copy = stream.as_ref().and_then(SdkBody::try_clone);
                copy.or_else(|| stream.take())
                    .unwrap_or_else(SdkBody::empty)
                    .into()
            }
            #[cfg(feature = "event-stream")]
            Self::Events(events) => events.body(inner.event_signer(prepared, signature)).into(),
        }
    }

    /// Whether there can be another attempt.
    fn is_replayable(&self) -> bool {
        match self {
            Self::Bytes(_) => true,
            Self::Stream(stream) => stream.is_some(),
            #[cfg(feature = "event-stream")]
            Self::Events(events) => events.is_replayable(),
        }
    }

    /// What went wrong while it was sent, when it knows more than the connection.
    fn failure(&self) -> Option<Failure> {
        match self {
            #[cfg(feature = "event-stream")]
            Self::Events(events) => events.fault().failure(),
            Self::Bytes(_) | Self::Stream(_) => None,
        }
    }

    /// Where [`Content::failure`] comes from.
    #[cfg(feature = "event-stream")]
    pub(super) fn fault(&self) -> Option<Fault> {
        match self {
            Self::Events(events) => Some(events.fault()),
            Self::Bytes(_) | Self::Stream(_) => None,
        }
    }
}

/// The first of the service's protocols that this crate was built with.
fn protocol_of(operation: &Operation) -> Result<&'static dyn HttpProtocol, Failure> {
    operation
        .service
        .protocols
        .iter()
        .find_map(|protocol| protocol::find(*protocol))
        .ok_or_else(|| {
            let what = format!(
                "swage-client was built without a protocol of {}",
                operation.service.sdk_id
            );
            Failure::Config(ConfigError::Setting(what))
        })
}

/// As much of a body as an error shows.
fn start_of(body: &[u8]) -> &[u8] {
    body.get(..BODY_START).unwrap_or(body)
}

/// What the body is, where that may explain why it can't be read: we ask for it as it is, and not every server listens.
fn encoded(error: DecodeError, headers: &HeaderMap) -> DecodeError {
    let encoding = headers
        .get(CONTENT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .filter(|encoding| !encoding.eq_ignore_ascii_case("identity"));
    match encoding {
        Some(encoding) => DecodeError::new(format!(
            "{error}; its Content-Encoding is {encoding:?}, which wasn't asked for"
        )),
        None => error,
    }
}

/// Why a redirect is an error: a signature holds for one host, and a token is meant for one.
fn redirected(headers: &HeaderMap) -> String {
    let location = headers.get(LOCATION).and_then(|value| value.to_str().ok());
    let to = location.and_then(|value| value.split(['?', '#']).next());
    format!(
        "a redirect to {}, which isn't followed",
        to.unwrap_or("nowhere")
    )
}

fn unencodable(error: &EncodeError) -> Failure {
    Failure::Input(InputError {
        problems: vec![error.to_string()],
    })
}

/// The limit that counts: a stream of events lasts as long as its caller likes.
fn limit(operation: &Operation, limit: Option<Duration>) -> Option<Duration> {
    #[cfg(feature = "event-stream")]
    if events::sends(operation) {
        return None;
    }
    #[cfg(not(feature = "event-stream"))]
    let _ = operation;
    limit
}

/// A time that many seconds later, or earlier.
pub(crate) fn skewed(now: SystemTime, seconds: i64) -> SystemTime {
    let distance = Duration::from_secs(seconds.unsigned_abs());
    let corrected = if seconds < 0 {
        now.checked_sub(distance)
    } else {
        now.checked_add(distance)
    };
    corrected.unwrap_or(now)
}

/// The work's result, unless it takes too long.
async fn within<T>(
    limit: Option<Duration>,
    kind: TimeoutKind,
    url: impl FnOnce() -> String,
    work: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    match limit {
        None => work.await,
        Some(limit) => tokio::time::timeout(limit, work)
            .await
            .unwrap_or_else(|_| Err(too_long(kind, limit, url()))),
    }
}
