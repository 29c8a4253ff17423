//! The path of a call: fill in, validate, resolve, encode, attempts.

use super::adjust::adjust;
use super::auth::{Authentication, Identities};
use super::body_traits::{BodyTraits, Way};
use super::config::{self, Config, RetryConfig, Timeouts};
use super::content::Content;
use super::discovery::Discovered;
use super::drivers::checked;
#[cfg(feature = "event-stream")]
use super::events::{self};
use super::exchange::{Http, too_long};
use super::intercept::{Hooks, InputSlot, OutputSlot, Untyped};
use super::quota::Quota;
use super::redirect::{self, Regions};
use super::resolve::{self, EndpointResolver, ResolvedEndpoint};
use super::response::Called;
use super::retry::{self, Attempts, TokenBucket};
use super::session::Sessions;
use super::sigv4::SigningKeys;
use super::{Metadata, trace, user_agent, uuid};
use crate::error::{ConfigError, EncodeError, Failure, InputError, TimeoutKind};
use crate::operation::Operation;
use crate::protocol::Request;
use crate::schema::{Location, Member};
use crate::shape::{Shape, Value};
use aws_smithy_runtime::client::retries::strategy::StandardRetryStrategy;
use http::header::{ACCEPT_ENCODING, CONTENT_TYPE, USER_AGENT};
use http::uri::Scheme;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Uri};
use percent_encoding::{CONTROLS, utf8_percent_encode};
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock};
use std::task::Poll;
use std::time::{Duration, SystemTime};
use tracing::Instrument;

const INVOCATION_ID: HeaderName = HeaderName::from_static("amz-sdk-invocation-id");
/// What clones of a client share.
pub(crate) struct Inner {
    pub(super) config: Arc<Config>,
    problems: Option<String>,
    pub(super) retry: RetryConfig,
    timeouts: Timeouts,
    user_agent: HeaderValue,
    pub(super) endpoints: EndpointResolver,
    pub(super) regions: Arc<Regions>,
    pub(super) discovered: Arc<Discovered>,
    pub(super) sessions: Arc<Sessions>,
    pub(super) identities: Arc<Identities>,
    pub(super) keys: Arc<SigningKeys>,
    pub(super) http: OnceLock<Http>,
    bucket: Arc<TokenBucket>,
    strategy: Arc<StandardRetryStrategy>,
    /// Seconds to add to our clock to get the service's.
    pub(super) skew: Arc<AtomicI64>,
}

/// A request without what each attempt adds.
pub(super) struct Prepared {
    pub(super) method: Method,
    pub(super) url: Uri,
    /// The parts of the URL that aren't the endpoint's.
    host_prefix: String,
    path_and_query: String,
    /// The URL for errors and the log.
    pub(super) shown: String,
    pub(super) headers: HeaderMap,
    pub(super) unsigned_body: bool,
    pub(super) authentication: Authentication,
    /// What answers the call instead of the service.
    #[cfg(feature = "test-util")]
    pub(super) answer: Option<super::Answer>,
}

/// The number of an attempt, and the time of its signature.
#[derive(Clone, Copy)]
pub(super) struct Try {
    pub(super) number: u32,
    pub(super) time: SystemTime,
}

impl Inner {
    pub(crate) fn new(config: Arc<Config>, problems: Option<String>) -> Self {
        Self {
            problems,
            retry: config.retry(),
            timeouts: config.timeouts(),
            user_agent: user_agent::header(&config),
            endpoints: EndpointResolver::new(&config),
            regions: Arc::default(),
            discovered: Arc::default(),
            sessions: Arc::default(),
            identities: Arc::default(),
            keys: Arc::default(),
            http: OnceLock::new(),
            bucket: Arc::new(TokenBucket::new()),
            strategy: Arc::default(),
            skew: Arc::default(),
            config,
        }
    }

    /// The same for a call with settings of its own. What is kept between calls is shared, unless the settings change what
    /// it depends on.
    pub(super) fn overridden(&self, by: Config) -> Self {
        let replaces_identities = by.credentials.is_some();
        let replaces_sessions = replaces_identities || by.session_credentials.is_some();
        let replaces_endpoint =
            replaces_identities || by.region.is_some() || by.endpoint_url.is_some();
        let mut config = self.config.overridden(by);
        let keeps_transport = config.timeouts().connect == self.timeouts.connect;
        if config.http_client.is_none() && config.transport.is_none() && keeps_transport {
            let http = self.http.get_or_init(|| Http::new(&self.config));
            config.transport = Some(http.transport());
        }
        let problems = config.problems();
        let mut inner = Self::new(Arc::new(config), problems);
        inner.regions = self.regions.clone();
        inner.keys = self.keys.clone();
        inner.bucket = self.bucket.clone();
        inner.strategy = self.strategy.clone();
        inner.skew = self.skew.clone();
        if !replaces_identities {
            inner.identities = self.identities.clone();
        }
        if !replaces_sessions {
            inner.sessions = self.sessions.clone();
        }
        if !replaces_endpoint {
            inner.discovered = self.discovered.clone();
        }
        inner
    }

    pub(crate) fn config(&self) -> &Arc<Config> {
        &self.config
    }

    pub(super) async fn call(
        &self,
        operation: &'static Operation,
        input: &mut dyn InputSlot,
        output: &mut dyn OutputSlot,
    ) -> Result<Metadata, Failure> {
        let (result, attempts) = self.call_unlogged(operation, input, output).await;
        result.inspect_err(|failure| trace::failed(operation, failure, attempts))
    }

    /// The same for callers that may expect the failure: the result, and the number of attempts.
    pub(super) async fn call_unlogged(
        &self,
        operation: &'static Operation,
        input: &mut dyn InputSlot,
        output: &mut dyn OutputSlot,
    ) -> (Result<Metadata, Failure>, u32) {
        let mut hooks = Hooks::new(&self.config, operation);
        let result = {
            let run = pin!(self.run(operation, input, output, &mut hooks));
            checked(run).await
        };
        let result = hooks.after_execution(result, output);
        (result, hooks.attempts())
    }

    /// A call that the client makes for another one. Interceptors aren't meant for it.
    pub(super) async fn call_own(
        &self,
        operation: &'static Operation,
        input: &mut dyn Shape,
        output: &mut dyn Shape,
    ) -> Result<Metadata, Failure> {
        let (mut input, mut output) = (Untyped(input), Untyped(output));
        self.run(operation, &mut input, &mut output, &mut Hooks::none())
            .await
    }

    async fn run(
        &self,
        operation: &'static Operation,
        input: &mut dyn InputSlot,
        output: &mut dyn OutputSlot,
        hooks: &mut Hooks,
    ) -> Result<Metadata, Failure> {
        hooks.before_serialization(input)?;
        let input = input.shape();
        self.begin(input)?;
        let metadata = self.limited(operation, input, output, hooks).await?;
        #[cfg(all(feature = "checksum", feature = "waiters"))]
        super::digest::verify(operation, input, output.shape(), &metadata)?;
        Ok(metadata)
    }

    /// Delivers the call within its time limit.
    async fn limited(
        &self,
        operation: &'static Operation,
        input: &mut dyn Shape,
        output: &mut dyn OutputSlot,
        hooks: &mut Hooks,
    ) -> Result<Metadata, Failure> {
        let url = OnceLock::new();
        let work = pin!(
            self.deliver(operation, &url, input, output, hooks)
                .instrument(trace::call(operation))
        );
        within(
            &self.config,
            limit(operation, self.timeouts.operation),
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

    /// Checks the settings; completes and checks the input.
    pub(super) fn begin(&self, input: &mut dyn Shape) -> Result<(), Failure> {
        if let Some(problems) = &self.problems {
            return Err(Failure::Config(ConfigError::Setting(problems.clone())));
        }
        if tokio::runtime::Handle::try_current().is_err() {
            let what = "calls are made within a Tokio runtime, and there is none";
            return Err(Failure::Config(ConfigError::Setting(what.to_owned())));
        }
        adjust(input, self.config.encodes);
        if self.config.validates {
            crate::validate::validate(input).map_err(Failure::Input)?;
        }
        // After validation: tokens that a program's own source generates may be shorter than the model allows, as in tests.
        self.fill_tokens(input);
        Ok(())
    }

    fn fill_tokens(&self, input: &mut dyn Shape) {
        crate::token::fill_idempotency_tokens(input, &|| self.new_token());
    }

    /// An idempotency token.
    pub(crate) fn new_token(&self) -> String {
        match &self.config.tokens {
            Some(tokens) => tokens.make_idempotency_token(),
            None => uuid::random(),
        }
    }

    /// Where the call goes. Endpoints that depend on the account need credentials first.
    pub(super) async fn endpoint(
        &self,
        operation: &'static Operation,
        input: &dyn Shape,
        region: Option<String>,
    ) -> Result<ResolvedEndpoint, Failure> {
        let needs = self.endpoints.needs_account_id(operation);
        let account_id = if needs.map_err(Failure::Config)? {
            self.identities.account_id(&self.config, operation).await?
        } else {
            None
        };
        let mut endpoint = self
            .endpoints
            .find(operation, input, account_id, region)
            .await
            .map_err(Failure::Config)?;
        if let Some(discovered) = self.discovered(operation, input).await? {
            endpoint.move_to(discovered);
        }
        Ok(endpoint)
    }

    async fn deliver(
        &self,
        operation: &'static Operation,
        url: &OnceLock<Uri>,
        input: &mut dyn Shape,
        output: &mut dyn OutputSlot,
        hooks: &mut Hooks,
    ) -> Result<Metadata, Failure> {
        #[cfg(feature = "test-util")]
        let answer = super::answer::find(self.config.answers.as_ref(), operation, input)?;
        let resource = redirect::resource(operation, input);
        let region = resource.as_deref().and_then(|of| self.regions.of(of));
        let endpoint = self.endpoint(operation, input, region).await?;
        url.get_or_init(|| endpoint.url.clone());
        let protocol = operation.service.protocol;
        hooks.has_endpoint(&endpoint);
        let authentication = self.authenticate(operation, input, &endpoint).await?;
        let traits = BodyTraits::decide(operation, input, &self.config)?;
        #[cfg(feature = "event-stream")]
        let events = events::take(operation, protocol, input, self.config.validates)?;
        #[cfg(feature = "event-stream")]
        if events.is_some() {
            events::check_signer(&authentication)?;
        }
        let mut request = protocol
            .request(operation, input)
            .map_err(|error| unencodable(&error))?;
        if !self.config.payload_types && operation.has_no_content_type() {
            remove_default_type(input, &mut request.headers);
        }
        self.add_presigned_url(operation, input, &authentication, &mut request)
            .await?;
        let (mut prepared, mut content) = self
            .prepare(traits, operation, request, endpoint, authentication)
            .await?;
        #[cfg(feature = "test-util")]
        {
            prepared.answer = answer;
        }
        #[cfg(feature = "event-stream")]
        if let Some(events) = events {
            content = content.with_events(events);
        }
        hooks.before_attempts(&mut prepared, &mut content)?;
        let called = Called {
            operation,
            protocol,
            traits,
        };
        let mut attempts = self.new_attempts();
        let delay = attempts.before_first();
        if !delay.is_zero() {
            self.sleep(delay).await;
        }
        let result = self.attempts(
            called,
            &prepared,
            &mut content,
            &mut attempts,
            output,
            hooks,
        );
        let failure = match result.await {
            Err(failure) if content.is_replayable() => failure,
            result => return result,
        };
        let outdated = self.is_outdated(operation, input, &failure).await;
        let used = &prepared.authentication;
        let region = match &resource {
            Some(resource) if !outdated => {
                self.other_region(operation, &failure, used, resource).await
            }
            _ => None,
        };
        if !outdated && region.is_none() {
            return Err(failure);
        }
        let aimed = self.aim(&mut prepared, operation, input, region.as_deref(), hooks);
        if aimed.await.is_err() {
            return Err(failure);
        }
        if let (Some(resource), Some(region)) = (resource, region) {
            tracing::debug!(region, "the resource is in another region");
            self.regions.remember(resource, region);
        }
        attempts.redirected();
        self.attempts(
            called,
            &prepared,
            &mut content,
            &mut attempts,
            output,
            hooks,
        )
        .await
    }

    /// Directs a request that was prepared to another endpoint: that of the region, or one that is discovered anew.
    async fn aim(
        &self,
        prepared: &mut Prepared,
        operation: &'static Operation,
        input: &dyn Shape,
        region: Option<&str>,
        hooks: &mut Hooks,
    ) -> Result<(), Failure> {
        let endpoint = self
            .endpoint(operation, input, region.map(str::to_owned))
            .await?;
        hooks.has_endpoint(&endpoint);
        let authentication = self.authenticate(operation, input, &endpoint).await?;
        let url = resolve::join(
            &endpoint.url,
            &prepared.host_prefix,
            &prepared.path_and_query,
        )
        .map_err(|error| unencodable(&EncodeError::new(format!("the URL: {error}"))))?;
        prepared.shown = trace::url(operation, &endpoint.url, &url);
        prepared.url = url;
        prepared.headers.extend(endpoint.headers);
        prepared.authentication = authentication;
        Ok(())
    }

    /// The attempts of one call.
    pub(crate) fn new_attempts(&self) -> Attempts<'_> {
        let quota = Quota::new(&self.config, &self.strategy);
        Attempts::new(&self.retry, &self.bucket, quota)
    }

    /// Retries until success or until attempts run out.
    async fn attempts(
        &self,
        called: Called,
        prepared: &Prepared,
        content: &mut Content,
        attempts: &mut Attempts<'_>,
        output: &mut dyn OutputSlot,
        hooks: &mut Hooks,
    ) -> Result<Metadata, Failure> {
        let limit = limit(called.operation, self.timeouts.attempt);
        loop {
            let (number, time) = (attempts.number, self.now());
            let result = {
                let attempt = pin!(
                    self.attempt(
                        called,
                        prepared,
                        content,
                        Try { number, time },
                        output.shape(),
                        hooks
                    )
                    .instrument(trace::attempt(number))
                );
                let url = || prepared.shown.clone();
                within(&self.config, limit, TimeoutKind::Attempt, url, attempt).await
            };
            let failure = match hooks.after_attempt(result, output) {
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
            let Some(delay) =
                attempts.after(&failure, hooks.classify(&failure, output), self.now())
            else {
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
        endpoint: ResolvedEndpoint,
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
        headers.extend(endpoint.headers);
        add_fixed(operation, &mut headers);
        authentication.apply(&mut headers, &mut path_and_query);
        add_trace(&mut headers);
        headers.insert(USER_AGENT, self.user_agent.clone());
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        let id = config::invocation_id(&self.config).map_err(|error| {
            Failure::Config(ConfigError::Setting(format!(
                "invocation_id_generator: {error}"
            )))
        })?;
        if let Some(id) = id {
            headers.insert(INVOCATION_ID, id);
        }
        let host_prefix = if self.config.host_prefixes {
            host_prefix
        } else {
            String::new()
        };
        let url = resolve::join(&endpoint.url, &host_prefix, &path_and_query)
            .map_err(|error| unencodable(&EncodeError::new(format!("the URL: {error}"))))?;
        let unsigned_body = operation.has_unsigned_payload() || self.config.unsigned_payload;
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
            shown: trace::url(operation, &endpoint.url, &url),
            url,
            host_prefix,
            path_and_query,
            headers,
            unsigned_body,
            authentication,
            #[cfg(feature = "test-util")]
            answer: None,
        };
        Ok((prepared, content))
    }

    /// The service's time, as far as we know it.
    pub(crate) fn now(&self) -> SystemTime {
        skewed(self.config.now(), self.skew.load(Ordering::Relaxed))
    }

    /// Stores the clock's offset if it explains the failure of a request that was signed at `time`.
    fn correct_clock(&self, failure: &Failure, time: SystemTime) -> bool {
        // Concurrent failures all find the same offset, so it is set, not added.
        let found = retry::skew(failure, self.config.now(), time);
        if let Some(seconds) = found.filter(|_| self.config.disable_clock_correction != Some(true))
        {
            tracing::debug!(seconds, "clock corrected");
            self.skew.store(seconds, Ordering::Relaxed);
            return true;
        }
        false
    }

    pub(crate) async fn sleep(&self, delay: Duration) {
        self.config.sleep(delay).await;
    }
}

/// Adds the headers of `swage.api#headers` that the request doesn't have yet.
pub(super) fn add_fixed(operation: &Operation, headers: &mut HeaderMap) {
    for (name, value) in operation.headers() {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            headers.entry(name).or_insert(value);
        }
    }
}

/// In a function of AWS Lambda, names the call that led to this one, so that Lambda detects recursive loops.
fn add_trace(headers: &mut HeaderMap) {
    let variable = |name| std::env::var(name).ok().filter(|text| !text.is_empty());
    if variable("AWS_LAMBDA_FUNCTION_NAME").is_none() {
        return;
    }
    let trace = variable("_X_AMZN_TRACE_ID");
    let trace = trace.map(|id| utf8_percent_encode(&id, CONTROLS).to_string());
    if let Some(Ok(value)) = trace.map(HeaderValue::try_from) {
        let name = HeaderName::from_static("x-amzn-trace-id");
        headers.entry(name).or_insert(value);
    }
}

/// Removes the content type if no member of the input sets it.
fn remove_default_type(input: &dyn Shape, headers: &mut HeaderMap) {
    let mut members = input.schema().members().iter().enumerate();
    let is_type = |member: &Member| {
        member.location() == Location::Header
            && CONTENT_TYPE.as_str().eq_ignore_ascii_case(member.wire())
    };
    let is_set = |index| input.member(index).is_some_and(Value::is_set);
    if !members.any(|(index, member)| is_type(member) && is_set(index)) {
        headers.remove(CONTENT_TYPE);
    }
}

pub(super) fn unencodable(error: &EncodeError) -> Failure {
    Failure::Input(InputError {
        problems: vec![error.to_string()],
    })
}

/// The limit of an operation. Operations that send events have none: the caller decides how long they last.
fn limit(operation: &Operation, limit: Option<Duration>) -> Option<Duration> {
    #[cfg(feature = "event-stream")]
    if events::sends(operation) {
        return None;
    }
    #[cfg(not(feature = "event-stream"))]
    let _ = operation;
    limit
}

/// The time plus that many seconds, which can be negative.
pub(crate) fn skewed(now: SystemTime, seconds: i64) -> SystemTime {
    let distance = Duration::from_secs(seconds.unsigned_abs());
    let corrected = if seconds < 0 {
        now.checked_sub(distance)
    } else {
        now.checked_add(distance)
    };
    corrected.unwrap_or(now)
}

/// The result of the work within the limit. The work is pinned by the caller, which keeps the future small.
async fn within<T>(
    config: &Config,
    limit: Option<Duration>,
    kind: TimeoutKind,
    url: impl FnOnce() -> String,
    mut work: Pin<&mut impl Future<Output = Result<T, Failure>>>,
) -> Result<T, Failure> {
    let Some(limit) = limit else {
        return work.await;
    };
    let mut over = pin!(config.sleep(limit));
    let ended = poll_fn(|cx| match work.as_mut().poll(cx) {
        Poll::Ready(result) => Poll::Ready(Some(result)),
        Poll::Pending => over.as_mut().poll(cx).map(|()| None),
    });
    ended
        .await
        .unwrap_or_else(|| Err(too_long(kind, limit, url())))
}
