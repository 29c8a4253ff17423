//! The path of a call: check, fill in, resolve, encode, attempts, decode.

use super::auth::{Authentication, Identities};
use super::body_traits::{BodyTraits, Way};
use super::config::Config;
use super::content::{Content, Payload};
#[cfg(feature = "event-stream")]
use super::events::{self, Received};
use super::exchange::{How, Http, too_long};
use super::retry::{self, Attempts, TokenBucket};
use super::sign::{self, Scope};
use super::target::{self, Target, Targets};
use super::{Metadata, trace, user_agent, uuid};
use crate::error::{
    ConfigError, DecodeError, EncodeError, Failure, InputError, ResponseError, TimeoutKind,
};
use crate::operation::Operation;
use crate::protocol::{self, Body, HttpProtocol, Request};
use crate::redact;
use crate::shape::Shape;
use crate::transport::{RequestBody, ResponseBody};
use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, LOCATION, USER_AGENT};
use http::uri::Scheme;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, Uri};
use std::pin::{Pin, pin};
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

/// What is called, and how.
#[derive(Clone, Copy)]
struct Called {
    operation: &'static Operation,
    protocol: &'static dyn HttpProtocol,
    traits: BodyTraits,
}

/// The head of a response, and which attempt it answers.
pub(super) struct Head {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) attempt: u32,
}

/// Which attempt, and the time that it is signed with.
#[derive(Clone, Copy)]
pub(super) struct Try {
    pub(super) number: u32,
    time: SystemTime,
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
        let url = OnceLock::new();
        let work = pin!(
            self.deliver(operation, &url, input, output)
                .instrument(trace::call(operation))
        );
        within(
            limit(operation, self.config.timeouts.operation),
            TimeoutKind::Operation,
            || {
                url.get()
                    .map(|url| trace::endpoint(operation, url))
                    .unwrap_or_default()
            },
            work,
        )
        .await
    }

    /// Sends a request that no operation describes. Neither its headers nor the response are logged: nothing says what
    /// of them is secret.
    pub(crate) async fn exchange(
        &self,
        request: http::Request<Bytes>,
    ) -> Result<http::Response<Bytes>, Failure> {
        let url = target::shown(request.uri());
        tracing::debug!(method = %request.method(), url, "request");
        let http = self.http.get_or_init(|| Http::new(&self.config));
        let request = request.map(RequestBody::from);
        let response = http.send(request, How::default(), &url).await?;
        let (parts, body) = response.into_parts();
        let (status, headers) = (parts.status, parts.headers);
        tracing::debug!(status = status.as_u16(), "response");
        let body = http.read(status, body, status.is_success(), &url).await?;
        let mut whole = http::Response::new(body);
        *whole.status_mut() = status;
        *whole.headers_mut() = headers;
        Ok(whole)
    }

    /// Where the call goes; what depends on the account needs credentials first.
    async fn target(
        &self,
        operation: &'static Operation,
        input: &dyn Shape,
    ) -> Result<Target, Failure> {
        let needs = self.targets.needs_account_id(operation);
        let account_id = if needs.map_err(Failure::Config)? {
            self.identities.account_id(&self.config, operation).await?
        } else {
            None
        };
        self.targets
            .find(operation, input, account_id)
            .map_err(Failure::Config)
    }

    async fn deliver(
        &self,
        operation: &'static Operation,
        url: &OnceLock<Uri>,
        input: &mut dyn Shape,
        output: &mut dyn Shape,
    ) -> Result<Metadata, Failure> {
        let target = self.target(operation, input).await?;
        url.get_or_init(|| target.url.clone());
        let protocol = operation.service.protocol;
        let authentication = self
            .identities
            .authenticate(&self.config, operation, &target)
            .await?;
        let traits = BodyTraits::decide(operation, input, &self.config)?;
        #[cfg(feature = "event-stream")]
        let events = events::take(operation, protocol, input, self.config.validates)?;
        #[cfg(feature = "event-stream")]
        if events.is_some() {
            events::check_signer(&authentication)?;
        }
        let request = protocol
            .request(operation, input)
            .map_err(|error| unencodable(&error))?;
        let (prepared, mut content) = self
            .prepare(traits, operation, request, target, authentication)
            .await?;
        #[cfg(feature = "event-stream")]
        if let Some(events) = events {
            content = content.with_events(events);
        }
        let called = Called {
            operation,
            protocol,
            traits,
        };
        self.attempts(called, &prepared, &mut content, output).await
    }

    /// As many attempts as it takes, or as there may be.
    async fn attempts(
        &self,
        called: Called,
        prepared: &Prepared,
        content: &mut Content,
        output: &mut dyn Shape,
    ) -> Result<Metadata, Failure> {
        let limit = limit(called.operation, self.config.timeouts.attempt);
        let mut attempts = Attempts::new(&self.config.retry, &self.bucket);
        loop {
            let (number, time) = (attempts.number, self.now());
            let result = {
                let attempt = pin!(
                    self.attempt(called, prepared, content, Try { number, time }, output)
                        .instrument(trace::attempt(number))
                );
                let url = || prepared.shown.clone();
                within(limit, TimeoutKind::Attempt, url, attempt).await
            };
            let failure = match result {
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

    async fn prepare(
        &self,
        traits: BodyTraits,
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
        let host_prefix = if self.config.host_prefixes {
            host_prefix.as_str()
        } else {
            ""
        };
        let url = target::join(&target.url, host_prefix, &path_and_query)
            .map_err(|error| unencodable(&EncodeError::new(format!("the URL: {error}"))))?;
        let unsigned_body = operation.has_unsigned_payload();
        let mut content = Content::new(body);
        let way = Way {
            secure: url.scheme() == Some(&Scheme::HTTPS),
            signed: !unsigned_body && matches!(authentication, Authentication::Signature(_)),
        };
        traits
            .prepare(&self.config, &mut headers, &mut content, way)
            .await?;
        let prepared = Prepared {
            method,
            shown: trace::url(operation, &target.url, &url),
            url,
            headers,
            unsigned_body,
            authentication,
        };
        Ok((prepared, content))
    }

    async fn attempt(
        &self,
        called: Called,
        prepared: &Prepared,
        content: &mut Content,
        of: Try,
        output: &mut dyn Shape,
    ) -> Result<Metadata, Failure> {
        let operation = called.operation;
        let http = self.http.get_or_init(|| Http::new(&self.config));
        let url = &prepared.shown;
        let sent = self.send(http, called, prepared, content, of).await;
        let response = sent.map_err(|failure| content.failure().unwrap_or(failure))?;
        let (parts, body) = response.into_parts();
        let head = Head {
            status: parts.status,
            headers: parts.headers,
            attempt: of.number,
        };
        trace::response(operation, head.status, &head.headers);
        let success = head.status.is_success() || head.status.as_u16() == operation.code;
        #[cfg(feature = "event-stream")]
        if success && events::receives(operation) {
            let of = Received {
                operation,
                protocol: called.protocol,
                http,
                prepared,
                content,
            };
            return self.receive(of, &head, body, output).await;
        }
        if success && protocol::streams_output(operation) {
            let body = called.traits.verified(&head.headers, http.stream(body));
            return called.read(&head, Body::Stream(body), &[], output);
        }
        let body = http.read(head.status, body, success, url).await?;
        if !success || called.protocol.is_error(operation, &body) {
            return Err(called.error(head, body));
        }
        trace::response_body(operation.output, &body);
        called.read(&head, Body::Bytes(body.clone()), &body, output)
    }

    /// Sends the request of an attempt and waits for the head of the response.
    async fn send(
        &self,
        http: &Http,
        called: Called,
        prepared: &Prepared,
        content: &mut Content,
        of: Try,
    ) -> Result<Response<ResponseBody>, Failure> {
        let operation = called.operation;
        #[cfg_attr(
            not(feature = "event-stream"),
            expect(unused_mut, reason = "its version")
        )]
        let mut request = self.request(prepared, content, of)?;
        #[cfg(feature = "event-stream")]
        {
            *request.version_mut() = self.http_version(operation, prepared);
        }
        let url = &prepared.shown;
        trace::request(
            operation,
            request.method(),
            url,
            request.headers(),
            content.bytes(),
        );
        let how = How {
            may_resend: self.may_resend(operation, prepared),
            is_paced: content.is_events(),
        };
        http.send(request, how, url).await
    }

    /// Whether a request that was lost on a connection that was kept open may be sent again. The service has most likely
    /// not seen it, but that isn't certain: without retries, only requests that do no harm when they arrive twice.
    fn may_resend(&self, operation: &Operation, prepared: &Prepared) -> bool {
        self.config.retry.max_attempts > 1
            || prepared.method.is_idempotent()
            || crate::token::has_idempotency_token(operation.input)
    }

    /// The request of an attempt.
    fn request(
        &self,
        prepared: &Prepared,
        content: &mut Content,
        Try { number, time }: Try,
    ) -> Result<http::Request<RequestBody>, Failure> {
        let mut headers = prepared.headers.clone();
        let max = self.config.retry.max_attempts;
        if let Ok(value) = HeaderValue::try_from(format!("attempt={number}; max={max}")) {
            headers.insert(ATTEMPT, value);
        }
        if content.is_empty() && takes_body(&prepared.method) {
            headers.insert(CONTENT_LENGTH, HeaderValue::from(0));
        }
        let mut signature = None;
        if let Authentication::Signature(signer) = &prepared.authentication {
            let payload = match content.payload() {
                Payload::Bytes(_) | Payload::Sha256(_) if prepared.unsigned_body => {
                    Payload::Unsigned
                }
                payload => payload,
            };
            let scope = Scope {
                signer,
                time,
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

    pub(super) async fn sleep(&self, delay: Duration) {
        match &self.config.sleep {
            Some(sleep) => aws_smithy_async::rt::sleep::AsyncSleep::sleep(sleep, delay).await,
            None => tokio::time::sleep(delay).await,
        }
    }
}

impl Called {
    /// Reads a response into the output; `whole` is its body, unless that is a stream.
    fn read(
        self,
        head: &Head,
        body: Body,
        whole: &[u8],
        output: &mut dyn Shape,
    ) -> Result<Metadata, Failure> {
        let (status, headers) = (head.status, &head.headers);
        let request_id = self.protocol.request_id(headers, whole);
        let verified = match &body {
            Body::Bytes(bytes) => self.traits.verify(headers, bytes),
            Body::Stream(_) => Ok(()),
        };
        let read = verified.and_then(|()| {
            self.protocol
                .response(self.operation, status, headers, body, output)
        });
        match read {
            Ok(()) => Ok(Metadata {
                status: status.as_u16(),
                request_id,
                attempts: head.attempt,
            }),
            Err(error) => Err(Failure::Response(ResponseError {
                error: encoded(error, headers),
                status: status.as_u16(),
                request_id,
                body_start: trace::body_start(self.operation.output, start_of(whole)),
            })),
        }
    }

    /// The error that a response is.
    fn error(self, head: Head, body: Bytes) -> Failure {
        let Head {
            status,
            headers,
            attempt,
        } = head;
        let start = body.slice(..body.len().min(BODY_START));
        let mut error = self.protocol.error(self.operation, status, &headers, body);
        if error.code.is_none() {
            trace::error_body(self.operation.output, &start);
        }
        error.retryable |= error.is_transient();
        error.attempts = attempt;
        if status.is_redirection() && error.message.is_none() {
            error.message = Some(redirected(self.operation, &headers));
        }
        Failure::Service(Box::new(error))
    }
}

/// Whether a request by that method says that it has no body (RFC 9110, section 8.6).
fn takes_body(method: &Method) -> bool {
    [Method::PATCH, Method::POST, Method::PUT].contains(method)
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
fn redirected(operation: &Operation, headers: &HeaderMap) -> String {
    let location = headers.get(LOCATION).and_then(|value| value.to_str().ok());
    let location = location.map(|to| {
        if to.contains('@') {
            redact::url(to)
        } else {
            to.to_owned()
        }
    });
    let to = match location
        .as_deref()
        .and_then(|to| to.split(['?', '#']).next())
    {
        None => "nowhere",
        // It may repeat what the request's path has.
        Some(_) if trace::has_secret_path(operation) => "another place",
        Some(to) => to,
    };
    format!("a redirect to {to}, which isn't followed")
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

/// The work's result, unless it takes too long. The work stays where it is, because a future would hold it more than once.
async fn within<T>(
    limit: Option<Duration>,
    kind: TimeoutKind,
    url: impl FnOnce() -> String,
    work: Pin<&mut impl Future<Output = Result<T, Failure>>>,
) -> Result<T, Failure> {
    match limit {
        None => work.await,
        Some(limit) => tokio::time::timeout(limit, work)
            .await
            .unwrap_or_else(|_| Err(too_long(kind, limit, url()))),
    }
}
