//! Interceptors: code of the caller that runs at the stages of a call, by the official crates' trait `Intercept`.
//!
//! The hooks run in the order of the official crates. One thing differs: the request has its whole URL from the first hook
//! that sees it.

#[cfg(feature = "aws-runtime")]
mod agent;
mod slot;

pub use slot::Erased;
pub(super) use slot::{InputSlot, OutputSlot, Typed, Untyped};

use super::Metadata as Done;
use super::call::Prepared;
use super::components;
use super::config::Config;
use super::content::Content;
use super::resolve::ResolvedEndpoint;
use crate::endpoint::text_of;
use crate::error::{ConfigError, Failure, ResponseMessage, Stage};
use crate::operation::Operation;
use crate::transport::{self, RequestBody, ResponseBody, WithExtensions};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{Error, Input, InterceptorContext};
use aws_smithy_runtime_api::client::interceptors::{
    Intercept, InterceptorError, SharedInterceptor,
};
use aws_smithy_runtime_api::client::orchestrator::{
    HttpRequest, HttpResponse, Metadata, OrchestratorError,
};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::retries::RequestAttempts;
use aws_smithy_runtime_api::client::retries::classifiers::{
    ClassifyRetry, RetryAction, SharedRetryClassifier,
};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::telemetry::{CapturedTelemetryAttributes, RequestedTelemetryAttributes};
use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response, StatusCode, Uri};
use std::error::Error as StdError;
use std::fmt;
use std::mem;

/// The interceptors and classifiers of a call, and the number of its attempts.
pub(super) struct Hooks {
    /// `None` if there are neither.
    run: Option<Box<Run>>,
    attempts: u32,
}

struct Run {
    interceptors: Vec<SharedInterceptor>,
    classifiers: Vec<SharedRetryClassifier>,
    context: InterceptorContext,
    components: RuntimeComponents,
    bag: ConfigBag,
    stage: Stage,
    /// What requests say of the client, unless an interceptor replaces it.
    #[cfg(feature = "aws-runtime")]
    user_agent: http::HeaderValue,
    /// Whether an HTTP client of the official crates sends the requests.
    is_for_http_client: bool,
}

/// Runs a hook of all interceptors: on a context that can only be read, or on one that can be changed.
macro_rules! run {
    ($run:ident, read $hook:ident) => {
        $run.each(InterceptorError::$hook, |one, context, components, bag| {
            one.$hook(&(&*context).into(), components, bag)
        })
    };
    ($run:ident, modify $hook:ident) => {
        $run.each(InterceptorError::$hook, |one, context, components, bag| {
            one.$hook(&mut context.into(), components, bag)
        })
    };
}

impl Hooks {
    pub(super) fn none() -> Self {
        Self::of(None)
    }

    fn of(run: Option<Run>) -> Self {
        Self {
            run: run.map(Box::new),
            attempts: 0,
        }
    }

    /// How many attempts have begun.
    pub(super) fn attempts(&self) -> u32 {
        self.attempts
    }

    pub(super) fn new(config: &Config, operation: &Operation) -> Self {
        if config.interceptors.is_empty() && config.retry_classifiers.is_empty() {
            return Self::none();
        }
        let mut classifiers = config.retry_classifiers.clone();
        classifiers.sort_by_key(ClassifyRetry::priority);
        Self::of(Some(Run {
            interceptors: config.interceptors.clone(),
            classifiers,
            context: InterceptorContext::new(Input::erase(())),
            components: components::of(config),
            bag: bag(config, operation),
            stage: Stage::Input,
            #[cfg(feature = "aws-runtime")]
            user_agent: super::user_agent::header(config),
            is_for_http_client: config.transport.is_none() && config.http_client.is_some(),
        }))
    }

    /// Before the input becomes a request.
    pub(super) fn before_serialization(
        &mut self,
        input: &mut dyn InputSlot,
    ) -> Result<(), Failure> {
        let Some(run) = &mut self.run else {
            return Ok(());
        };
        run.context = InterceptorContext::new(input.take());
        let result = run
            .each(
                InterceptorError::read_before_execution,
                |one, context, _, bag| one.read_before_execution(&(&*context).into(), bag),
            )
            .and_then(|()| run!(run, modify modify_before_serialization));
        run.capture(input);
        let result = result.and_then(|()| run!(run, read read_before_serialization));
        if let Some(value) = run.context.take_input() {
            input.put(value);
        }
        result
    }

    /// Where the call goes, for hooks that ask.
    pub(super) fn has_endpoint(&mut self, endpoint: &ResolvedEndpoint) {
        if let Some(run) = &mut self.run {
            run.bag.interceptor_state().store_put(endpoint.official());
        }
    }

    /// Before the first attempt. What is changed here stays for all of them.
    pub(super) fn before_attempts(
        &mut self,
        prepared: &mut Prepared,
        content: &mut Content,
    ) -> Result<(), Failure> {
        let Some(run) = &mut self.run else {
            return Ok(());
        };
        run.stage = Stage::Request;
        let head = (&prepared.method, &prepared.url, &prepared.headers);
        run.set_request(head, content.take_plain())?;
        run!(run, read read_after_serialization)?;
        run!(run, modify modify_before_retry_loop)?;
        let request = run.take_request(content)?;
        content.keep_replaced();
        prepared.method = request.method().clone();
        prepared.url = request.uri().clone();
        prepared.headers = request.into_parts().0.headers;
        Ok(())
    }

    /// Before a request is signed.
    pub(super) fn before_signing(
        &mut self,
        number: u32,
        head: (&mut Method, &mut Uri, &mut HeaderMap),
        content: &mut Content,
    ) -> Result<(), Failure> {
        self.attempts = number;
        let Some(run) = &mut self.run else {
            return Ok(());
        };
        let (method, url, headers) = head;
        let attempts = RequestAttempts::new(number);
        run.bag.interceptor_state().store_put(attempts);
        run.context.take_output_or_error();
        run.forget_response();
        run.stage = Stage::Request;
        run.set_request((method, url, headers), content.take_plain())?;
        run!(run, read read_before_attempt)?;
        run!(run, modify modify_before_signing)?;
        #[cfg(feature = "aws-runtime")]
        run.set_user_agent()?;
        run!(run, read read_before_signing)?;
        let (parts, ()) = run.take_request(content)?.into_parts();
        (*method, *url, *headers) = (parts.method, parts.uri, parts.headers);
        Ok(())
    }

    /// After a request was signed, and before it is sent.
    pub(super) fn before_transmit(
        &mut self,
        request: Request<RequestBody>,
    ) -> Result<Request<RequestBody>, Failure> {
        let Some(run) = &mut self.run else {
            return Ok(request);
        };
        let (parts, body) = request.into_parts();
        let head = (&parts.method, &parts.uri, &parts.headers);
        run.set_request(head, SdkBody::from(body))?;
        run!(run, read read_after_signing)?;
        run!(run, modify modify_before_transmit)?;
        run!(run, read read_before_transmit)?;
        let (mut request, body) = run.take_head()?;
        let whole = run.context.take_request();
        let whole = whole.ok_or_else(|| unfit("the request is gone"))?;
        if run.is_for_http_client {
            request.extensions_mut().insert(WithExtensions::from(whole));
        } else {
            let whole = whole.try_into_http1x().map_err(unfit)?;
            *request.extensions_mut() = whole.into_parts().0.extensions;
        }
        Ok(request.map(|()| match body.bytes() {
            Some(bytes) => Bytes::copy_from_slice(bytes).into(),
            None => body.into(),
        }))
    }

    /// When the head of the response has arrived.
    pub(super) fn before_deserialization(
        &mut self,
        response: Response<ResponseBody>,
    ) -> Result<Response<ResponseBody>, Failure> {
        let Some(run) = &mut self.run else {
            return Ok(response);
        };
        let response = response.map(SdkBody::from_body_1_x);
        let response = HttpResponse::try_from(response).map_err(unfit)?;
        run.context.set_response(response);
        run.stage = Stage::Response;
        run!(run, read read_after_transmit)?;
        run!(run, modify modify_before_deserialization)?;
        run!(run, read read_before_deserialization)?;
        let Some(response) = run.context.response_mut() else {
            return Err(unfit("the response is gone"));
        };
        // The head stays for later hooks.
        let body = mem::replace(response.body_mut(), SdkBody::taken());
        let mut whole = Response::new(ResponseBody::from(body));
        *whole.status_mut() = StatusCode::from_u16(response.status().as_u16()).map_err(unfit)?;
        for (name, value) in response.headers() {
            let name = http::HeaderName::try_from(name).map_err(unfit)?;
            whole
                .headers_mut()
                .append(name, http::HeaderValue::try_from(value).map_err(unfit)?);
        }
        Ok(whole)
    }

    /// The body of the response, for later hooks.
    pub(super) fn has_read(&mut self, body: &Bytes) {
        if let Some(response) = self.run.as_mut().and_then(|run| run.context.response_mut()) {
            *response.body_mut() = SdkBody::from(body.clone());
        }
    }

    /// After an attempt.
    pub(super) fn after_attempt(
        &mut self,
        result: Result<Done, Failure>,
        output: &mut dyn OutputSlot,
    ) -> Result<Done, Failure> {
        let Some(run) = &mut self.run else {
            return result;
        };
        run.with_result(result, output, |run| {
            if run.stage == Stage::Response {
                run!(run, read read_after_deserialization)?;
            }
            run!(run, modify modify_before_attempt_completion)?;
            run!(run, read read_after_attempt)
        })
    }

    /// What the classifiers say of a failed attempt: whether it is retried; `None` if they have no opinion.
    pub(super) fn classify(&mut self, failure: &Failure, output: &dyn OutputSlot) -> Option<bool> {
        let run = self
            .run
            .as_mut()
            .filter(|run| !run.classifiers.is_empty())?;
        let error = orchestrator_error(failure, output);
        run.context.set_output_or_error(Err(error));
        let mut verdict = None;
        for classifier in &run.classifiers {
            match classifier.classify_retry(&run.context) {
                RetryAction::RetryIndicated(_) => verdict = Some(true),
                RetryAction::RetryForbidden => return Some(false),
                _ => {}
            }
        }
        verdict
    }

    /// After the last attempt.
    pub(super) fn after_execution(
        &mut self,
        result: Result<Done, Failure>,
        output: &mut dyn OutputSlot,
    ) -> Result<Done, Failure> {
        let Some(run) = &mut self.run else {
            return result;
        };
        run.with_result(result, output, |run| {
            run!(run, modify modify_before_completion)?;
            run!(run, read read_after_execution)
        })
    }
}

impl Run {
    /// Puts the members of the input that the settings name into the configuration: strings that aren't sensitive.
    fn capture(&mut self, input: &dyn InputSlot) {
        let named = self.bag.load::<RequestedTelemetryAttributes>().cloned();
        let shape = self.context.input().and_then(|of| input.seen(of));
        let (Some(named), Some(shape)) = (named.filter(|named| !named.is_empty()), shape) else {
            return;
        };
        let mut captured = CapturedTelemetryAttributes::new();
        for member in shape.schema().members() {
            let is_shown = !member.target().is_sensitive();
            if is_shown
                && named.should_capture(member.name())
                && let Some(text) = text_of(shape, member.name())
            {
                captured.insert(member.name(), text);
            }
        }
        self.bag.interceptor_state().store_put(captured);
    }

    /// Runs a hook of all interceptors. The last error counts, as in the official crates.
    fn each(
        &mut self,
        error: fn(&'static str, BoxError) -> InterceptorError,
        hook: impl Fn(
            &SharedInterceptor,
            &mut InterceptorContext,
            &RuntimeComponents,
            &mut ConfigBag,
        ) -> Result<(), BoxError>,
    ) -> Result<(), Failure> {
        let mut failed = None;
        for one in &self.interceptors {
            if one.enabled(&self.bag)
                && let Err(cause) = hook(one, &mut self.context, &self.components, &mut self.bag)
            {
                failed = Some(error(one.name(), cause));
            }
        }
        match failed {
            Some(error) => Err(self.failure(OrchestratorError::interceptor(error))),
            None => Ok(()),
        }
    }

    /// The failure of a hook, or the one that a hook made of a result.
    fn failure(&self, error: OrchestratorError<Error>) -> Failure {
        let response = self.context.response().map(|response| {
            let headers = response.headers().iter();
            let headers = headers.map(|(name, value)| (name.to_owned(), value.into()));
            let body = response.body().bytes().unwrap_or_default();
            let message = ResponseMessage {
                headers: headers.collect(),
                body: Bytes::copy_from_slice(body),
            };
            (response.status().as_u16(), message)
        });
        Failure::Interceptor(Box::new(crate::error::InterceptorError::new(
            error, self.stage, response,
        )))
    }

    /// Forgets the response of an earlier attempt.
    fn forget_response(&mut self) {
        if self.stage == Stage::Response {
            self.context = InterceptorContext::new(Input::erase(()));
            self.context.take_input();
            self.stage = Stage::Request;
        }
    }

    /// Sets the request that the hooks see. Its extensions stay.
    fn set_request(
        &mut self,
        head: (&Method, &Uri, &HeaderMap),
        body: SdkBody,
    ) -> Result<(), Failure> {
        let request = self.context.take_request();
        let mut request = request.unwrap_or_else(HttpRequest::empty);
        transport::set_head(&mut request, head).map_err(unfit)?;
        *request.body_mut() = body;
        self.context.set_request(request);
        Ok(())
    }

    /// The request as the hooks left it. Its body goes back to the content.
    fn take_request(&mut self, content: &mut Content) -> Result<Request<()>, Failure> {
        let (request, body) = self.take_head()?;
        content.put_plain(body);
        Ok(request)
    }

    /// The request as the hooks left it, and its body. Its extensions stay with the hooks, because only they can hold those
    /// of both versions of http.
    fn take_head(&mut self) -> Result<(Request<()>, SdkBody), Failure> {
        let request = self.context.request_mut();
        let request = request.ok_or_else(|| unfit("the request is gone"))?;
        let body = mem::replace(request.body_mut(), SdkBody::empty());
        let head = request.try_clone();
        let head = head.ok_or_else(|| unfit("the request is gone"))?;
        let head = head.try_into_http1x().map_err(unfit)?;
        Ok((head.map(drop), body))
    }

    /// Runs hooks that see the result, and may replace it.
    fn with_result(
        &mut self,
        result: Result<Done, Failure>,
        output: &mut dyn OutputSlot,
        hooks: impl FnOnce(&mut Self) -> Result<(), Failure>,
    ) -> Result<Done, Failure> {
        let erased = match &result {
            Ok(_) => Ok(output.take()),
            Err(failure) => Err(orchestrator_error(failure, output)),
        };
        self.context.set_output_or_error(erased);
        hooks(self)?;
        match (self.context.take_output_or_error(), result) {
            (Some(Ok(value)), result) => {
                output.put(value);
                Ok(result.unwrap_or_else(|_| self.done()))
            }
            (Some(Err(error)), Err(failure)) if is_same(&error, &failure, output) => Err(failure),
            (Some(Err(error)), _) => Err(self.failure(error)),
            (None, result) => result,
        }
    }

    /// What is known of a call whose failure a hook made a success of.
    fn done(&self) -> Done {
        let response = self.context.response();
        Done {
            status: response.map_or(200, |response| response.status().as_u16()),
            attempts: self
                .bag
                .load::<RequestAttempts>()
                .map_or(1, RequestAttempts::attempts),
            ..Done::default()
        }
    }
}

/// Whether the error is what [`orchestrator_error`] gives for the failure.
fn is_same(error: &OrchestratorError<Error>, failure: &Failure, output: &dyn OutputSlot) -> bool {
    match (error.as_operation_error(), failure) {
        (Some(error), Failure::Service(response)) => output.is_of(error, response),
        (None, _) => error.source().is_some_and(is_known),
        _ => false,
    }
}

/// Whether it is the text of a failure, or a connector's error with that text.
fn is_known(error: &(dyn StdError + 'static)) -> bool {
    error.is::<Known>() || error.source().is_some_and(<dyn StdError>::is::<Known>)
}

/// The text of a failure, for interceptors.
#[derive(Debug)]
struct Known(String);

impl fmt::Display for Known {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl StdError for Known {}

/// A failure in the terms of the official crates.
fn orchestrator_error(failure: &Failure, output: &dyn OutputSlot) -> OrchestratorError<Error> {
    let text = || BoxError::from(Known(failure.to_string()));
    match failure {
        Failure::Service(error) => OrchestratorError::operation(output.error(error.clone())),
        Failure::Transport(error) => OrchestratorError::connector(error.connector()(text())),
        Failure::Timeout(error) if error.is_of_connection() => {
            OrchestratorError::connector(ConnectorError::timeout(text()))
        }
        Failure::Timeout(_) => OrchestratorError::timeout(text()),
        Failure::Response(_) => OrchestratorError::response(text()),
        Failure::Input(_) | Failure::Config(_) | Failure::Interceptor(_) => {
            OrchestratorError::other(text())
        }
    }
}

/// What interceptors find in the configuration.
fn bag(config: &Config, operation: &Operation) -> ConfigBag {
    let mut bag = components::bag(config);
    let state = bag.interceptor_state();
    state.store_put(Metadata::new(operation.name, config.service.sdk_id));
    #[cfg(feature = "aws-runtime")]
    state.store_put(agent::api(config.service));
    bag
}

/// The failure of an interceptor.
fn unfit(error: impl Into<BoxError>) -> Failure {
    Failure::Config(ConfigError::Setting(format!(
        "interceptor: {}",
        error.into()
    )))
}
