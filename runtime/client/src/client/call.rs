//! The path of a call: check, fill in, resolve, encode, attempts, decode.

use super::auth::{Authentication, Identities};
use super::config::Config;
use super::exchange::{Http, Outgoing, too_long};
use super::retry::{self, Attempts, TokenBucket};
use super::sign::{self, Scope};
use super::target::{self, Target, Targets};
use super::{Metadata, trace, user_agent, uuid};
use crate::error::{ConfigError, EncodeError, Failure, InputError, ResponseError, TimeoutKind};
use crate::operation::{Operation, OperationTrait};
use crate::protocol::{self, Body, HttpProtocol, Request};
use crate::shape::Shape;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, USER_AGENT};
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
    skew: AtomicI64,
}

/// A request that is complete but for what each attempt adds.
struct Prepared {
    method: Method,
    url: Uri,
    /// The URL for errors and the log.
    shown: String,
    headers: HeaderMap,
    unsigned_body: bool,
    authentication: Authentication,
}

/// Which attempt, and the time that it is signed with.
#[derive(Clone, Copy)]
struct Try {
    number: u32,
    time: SystemTime,
}

/// What a request carries.
enum Content {
    Bytes(Bytes),
    /// Can be sent once, unless it can be cloned. None: it was sent.
    Stream(Option<SdkBody>),
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
            self.config.timeouts.operation,
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
        let request = protocol
            .request(operation, input)
            .map_err(|error| unencodable(&error))?;
        let (prepared, mut content) = self.prepare(operation, request, target, authentication)?;
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
            let limit = self.config.timeouts.attempt;
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
            let Some(delay) = attempts.after(&failure) else {
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
        let request = self.request(prepared, content, Try { number, time })?;
        trace::request(
            operation,
            request.method(),
            &prepared.shown,
            request.headers(),
            content.bytes(),
        );
        let http = self.http.get_or_init(|| Http::new(&self.config));
        let url = &prepared.shown;
        let response = http.send(request, url).await?;
        let (status, headers) = (response.status(), response.headers().clone());
        trace::response(operation, status, &headers);
        let success = status.is_success() || status.as_u16() == operation.code;
        let body = if success && protocol::streams_output(operation) {
            Body::Stream(http.stream(response))
        } else {
            let body = http.read(response, url).await?;
            if !success {
                let mut error = protocol.error(operation, status, &headers, body);
                error.retryable |= retry::is_retryable(&error);
                error.attempts = number;
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
                error,
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
        if let Authentication::SigV4 {
            identity,
            name,
            region,
            disable_double_encoding,
        } = &prepared.authentication
        {
            let body = if prepared.unsigned_body {
                None
            } else {
                content.contents()
            };
            let disable_double_encoding = *disable_double_encoding;
            let scope = Scope {
                identity,
                name,
                region,
                time,
                disable_double_encoding,
                body,
            };
            sign::sign_headers(&scope, &prepared.method, &prepared.url, &mut headers)?;
        }
        let mut request = http::Request::new(content.send());
        *request.method_mut() = prepared.method.clone();
        *request.uri_mut() = prepared.url.clone();
        *request.headers_mut() = headers;
        Ok(request)
    }

    /// The service's time, as far as we know it.
    fn now(&self) -> SystemTime {
        let now = self.config.time.now();
        let skew = self.skew.load(Ordering::Relaxed);
        let distance = Duration::from_secs(skew.unsigned_abs());
        let corrected = if skew < 0 {
            now.checked_sub(distance)
        } else {
            now.checked_add(distance)
        };
        corrected.unwrap_or(now)
    }

    /// Remembers by how much our clock is off, when that explains the failure of what was signed at `time`.
    fn correct_clock(&self, failure: &Failure, time: SystemTime) -> bool {
        let now = time
            .duration_since(SystemTime::UNIX_EPOCH)
            .map_or(0, |since| since.as_secs());
        let Some(skew) = retry::skew(failure, i64::try_from(now).unwrap_or(i64::MAX)) else {
            return false;
        };
        tracing::debug!(seconds = skew, "clock corrected");
        self.skew.fetch_add(skew, Ordering::Relaxed);
        skew != 0
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
        }
    }

    /// What a signature covers; none when that can't be known before sending.
    fn contents(&self) -> Option<&[u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            Self::Stream(stream) => stream.as_ref().and_then(SdkBody::bytes),
        }
    }

    /// For the next attempt.
    fn send(&mut self) -> Outgoing {
        match self {
            Self::Bytes(bytes) => bytes.clone().into(),
            Self::Stream(stream) => {
                let copy = stream.as_ref().and_then(SdkBody::try_clone);
                copy.or_else(|| stream.take())
                    .unwrap_or_else(SdkBody::empty)
                    .into()
            }
        }
    }

    /// Whether there can be another attempt.
    fn is_replayable(&self) -> bool {
        !matches!(self, Self::Stream(None))
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

fn unencodable(error: &EncodeError) -> Failure {
    Failure::Input(InputError {
        problems: vec![error.to_string()],
    })
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
