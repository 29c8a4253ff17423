//! Interceptors: code of the caller that runs at the stages of a call, by the official crates' trait `Intercept`.
//!
//! The hooks run in the order of the official crates. Two things differ: the request has its whole URL from the first hook
//! that sees it, and an error of a hook fails the call as an invalid setting does.

use super::call::Prepared;
use super::components;
use super::config::Config;
use super::content::Content;
use crate::error::{ConfigError, Failure, ServiceError};
use crate::operation::Operation;
use crate::shape::Shape;
use crate::transport::{RequestBody, ResponseBody};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{
    Error, Input, InterceptorContext, Output,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, SharedInterceptor};
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
use aws_smithy_types::config_bag::{ConfigBag, Layer};
use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response, StatusCode, Uri};
use std::fmt;
use std::marker::PhantomData;
use std::mem;

/// The input of a call, with or without a type. Interceptors see one that has a type.
pub(super) trait InputSlot: Send {
    fn shape(&mut self) -> &mut dyn Shape;
    fn take(&mut self) -> Input;
    fn put(&mut self, input: Input);
}

/// The output of a call, with or without a type. Interceptors see one that has a type.
pub(super) trait OutputSlot: Send {
    fn shape(&mut self) -> &mut dyn Shape;
    fn take(&mut self) -> Output;
    fn put(&mut self, output: Output);
    fn error(&self, response: Box<ServiceError>) -> Error;
}

/// An input or output with a type.
pub(super) struct Typed<T, E> {
    pub(super) value: T,
    error: PhantomData<fn() -> E>,
}

impl<T, E> Typed<T, E> {
    pub(super) fn new(value: T) -> Self {
        Self {
            value,
            error: PhantomData,
        }
    }
}

impl<T: Shape + fmt::Debug + 'static, E> InputSlot for Typed<T, E> {
    fn shape(&mut self) -> &mut dyn Shape {
        &mut self.value
    }

    fn take(&mut self) -> Input {
        Input::erase(mem::replace(&mut self.value, T::blank()))
    }

    fn put(&mut self, input: Input) {
        if let Ok(input) = input.downcast() {
            self.value = input;
        }
    }
}

impl<T: Shape + fmt::Debug + 'static, E: Erased> OutputSlot for Typed<T, E> {
    fn shape(&mut self) -> &mut dyn Shape {
        &mut self.value
    }

    fn take(&mut self) -> Output {
        Output::erase(mem::replace(&mut self.value, T::blank()))
    }

    fn put(&mut self, output: Output) {
        if let Ok(output) = output.downcast() {
            self.value = output;
        }
    }

    fn error(&self, response: Box<ServiceError>) -> Error {
        E::erased(response)
    }
}

/// An input or output without a type.
pub(super) struct Untyped<'a>(pub(super) &'a mut dyn Shape);

impl InputSlot for Untyped<'_> {
    fn shape(&mut self) -> &mut dyn Shape {
        self.0
    }

    fn take(&mut self) -> Input {
        Input::erase(())
    }

    fn put(&mut self, _input: Input) {}
}

impl OutputSlot for Untyped<'_> {
    fn shape(&mut self) -> &mut dyn Shape {
        self.0
    }

    fn take(&mut self) -> Output {
        Output::erase(())
    }

    fn put(&mut self, _output: Output) {}

    fn error(&self, response: Box<ServiceError>) -> Error {
        Failure::erased(response)
    }
}

/// An error that interceptors see as one of its own, without a type.
#[doc(hidden)]
pub trait Erased {
    /// The error of that response.
    fn erased(response: Box<ServiceError>) -> Error {
        Error::erase(Unknown(response))
    }
}

impl Erased for Failure {}

impl<E: crate::error::FromResponse> Erased for crate::error::SdkError<E> {
    fn erased(response: Box<ServiceError>) -> Error {
        Error::erase(E::from_response(response))
    }
}

/// An error of an operation without types.
#[derive(Debug)]
struct Unknown(Box<ServiceError>);

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Unknown {}

/// The interceptors and classifiers of a call; nothing if there are none.
pub(super) struct Hooks(Option<Box<Run>>);

struct Run {
    interceptors: Vec<SharedInterceptor>,
    classifiers: Vec<SharedRetryClassifier>,
    context: InterceptorContext,
    components: RuntimeComponents,
    bag: ConfigBag,
}

/// Runs a hook of all interceptors: on a context that can only be read, or on one that can be changed.
macro_rules! run {
    ($run:ident, read $hook:ident) => {
        $run.each(|one, context, components, bag| one.$hook(&(&*context).into(), components, bag))
    };
    ($run:ident, modify $hook:ident) => {
        $run.each(|one, context, components, bag| one.$hook(&mut context.into(), components, bag))
    };
}

impl Hooks {
    pub(super) fn none() -> Self {
        Self(None)
    }

    pub(super) fn new(config: &Config, operation: &Operation) -> Self {
        if config.interceptors.is_empty() && config.retry_classifiers.is_empty() {
            return Self(None);
        }
        let mut classifiers = config.retry_classifiers.clone();
        classifiers.sort_by_key(ClassifyRetry::priority);
        Self(Some(Box::new(Run {
            interceptors: config.interceptors.clone(),
            classifiers,
            context: InterceptorContext::new(Input::erase(())),
            components: components::of(config),
            bag: bag(config, operation),
        })))
    }

    /// Before the input becomes a request.
    pub(super) fn before_serialization(
        &mut self,
        input: &mut dyn InputSlot,
    ) -> Result<(), Failure> {
        let Some(run) = &mut self.0 else {
            return Ok(());
        };
        run.context = InterceptorContext::new(input.take());
        let result = run
            .each(|one, context, _, bag| one.read_before_execution(&(&*context).into(), bag))
            .and_then(|()| run!(run, modify modify_before_serialization))
            .and_then(|()| run!(run, read read_before_serialization));
        if let Some(value) = run.context.take_input() {
            input.put(value);
        }
        result
    }

    /// Before the first attempt. What is changed here stays for all of them.
    pub(super) fn before_attempts(
        &mut self,
        prepared: &mut Prepared,
        content: &mut Content,
    ) -> Result<(), Failure> {
        let Some(run) = &mut self.0 else {
            return Ok(());
        };
        let head = (&prepared.method, &prepared.url, &prepared.headers);
        run.set_request(head, content)?;
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
        let Some(run) = &mut self.0 else {
            return Ok(());
        };
        let (method, url, headers) = head;
        let attempts = RequestAttempts::new(number);
        run.bag.interceptor_state().store_put(attempts);
        run.context.take_output_or_error();
        run.set_request((method, url, headers), content)?;
        run!(run, read read_before_attempt)?;
        run!(run, modify modify_before_signing)?;
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
        let Some(run) = &mut self.0 else {
            return Ok(request);
        };
        let request = HttpRequest::try_from(request.map(SdkBody::from)).map_err(unfit)?;
        run.context.set_request(request);
        run!(run, read read_after_signing)?;
        run!(run, modify modify_before_transmit)?;
        run!(run, read read_before_transmit)?;
        let request = run.context.take_request();
        let request = request.ok_or_else(|| unfit("the request is gone"))?;
        let request = request.try_into_http1x().map_err(unfit)?;
        Ok(request.map(|body| match body.bytes() {
            Some(bytes) => Bytes::copy_from_slice(bytes).into(),
            None => body.into(),
        }))
    }

    /// When the head of the response has arrived.
    pub(super) fn before_deserialization(
        &mut self,
        response: Response<ResponseBody>,
    ) -> Result<Response<ResponseBody>, Failure> {
        let Some(run) = &mut self.0 else {
            return Ok(response);
        };
        let response = response.map(SdkBody::from_body_1_x);
        let response = HttpResponse::try_from(response).map_err(unfit)?;
        run.context.set_response(response);
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
        if let Some(response) = self.0.as_mut().and_then(|run| run.context.response_mut()) {
            *response.body_mut() = SdkBody::from(body.clone());
        }
    }

    /// After an attempt.
    pub(super) fn after_attempt<T>(
        &mut self,
        result: Result<T, Failure>,
        output: &mut dyn OutputSlot,
    ) -> Result<T, Failure> {
        let Some(run) = &mut self.0 else {
            return result;
        };
        run.with_result(result, output, |run| {
            if run.context.response().is_some() {
                run!(run, read read_after_deserialization)?;
            }
            run!(run, modify modify_before_attempt_completion)?;
            run!(run, read read_after_attempt)
        })
    }

    /// What the classifiers say of a failed attempt: whether it is retried; `None` if they have no opinion.
    pub(super) fn classify(&mut self, failure: &Failure, output: &dyn OutputSlot) -> Option<bool> {
        let run = self.0.as_mut().filter(|run| !run.classifiers.is_empty())?;
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
    pub(super) fn after_execution<T>(
        &mut self,
        result: Result<T, Failure>,
        output: &mut dyn OutputSlot,
    ) -> Result<T, Failure> {
        let Some(run) = &mut self.0 else {
            return result;
        };
        run.with_result(result, output, |run| {
            run!(run, modify modify_before_completion)?;
            run!(run, read read_after_execution)
        })
    }
}

impl Run {
    /// Runs a hook of all interceptors. The last error counts, as in the official crates.
    fn each(
        &mut self,
        hook: impl Fn(
            &SharedInterceptor,
            &mut InterceptorContext,
            &RuntimeComponents,
            &mut ConfigBag,
        ) -> Result<(), BoxError>,
    ) -> Result<(), Failure> {
        let mut result = Ok(());
        for one in self
            .interceptors
            .iter()
            .filter(|one| one.enabled(&self.bag))
            .cloned()
            .collect::<Vec<_>>()
        {
            if let Err(error) = hook(&one, &mut self.context, &self.components, &mut self.bag) {
                result = Err(unfit(format!("{}: {error}", one.name())));
            }
        }
        result
    }

    fn set_request(
        &mut self,
        (method, url, headers): (&Method, &Uri, &HeaderMap),
        content: &mut Content,
    ) -> Result<(), Failure> {
        let mut request = Request::new(content.take_plain());
        *request.method_mut() = method.clone();
        *request.uri_mut() = url.clone();
        *request.headers_mut() = headers.clone();
        let request = HttpRequest::try_from(request).map_err(unfit)?;
        self.context.set_request(request);
        Ok(())
    }

    /// The request as the hooks left it. Its body goes back to the content.
    fn take_request(&mut self, content: &mut Content) -> Result<Request<()>, Failure> {
        let request = self.context.take_request();
        let request = request.ok_or_else(|| unfit("the request is gone"))?;
        let request = request.try_into_http1x().map_err(unfit)?;
        Ok(request.map(|body| content.put_plain(body)))
    }

    /// Runs hooks that see the result, and may replace it.
    fn with_result<T>(
        &mut self,
        result: Result<T, Failure>,
        output: &mut dyn OutputSlot,
        hooks: impl FnOnce(&mut Self) -> Result<(), Failure>,
    ) -> Result<T, Failure> {
        let erased = match &result {
            Ok(_) => Ok(output.take()),
            Err(failure) => Err(orchestrator_error(failure, output)),
        };
        self.context.set_output_or_error(erased);
        let hooks = hooks(self);
        match self.context.take_output_or_error() {
            Some(Ok(value)) => output.put(value),
            Some(Err(error)) if result.is_ok() => return Err(unfit(error)),
            _ => {}
        }
        hooks.and(result)
    }
}

/// A failure in the terms of the official crates.
fn orchestrator_error(failure: &Failure, output: &dyn OutputSlot) -> OrchestratorError<Error> {
    let text = || BoxError::from(failure.to_string());
    match failure {
        Failure::Service(error) => OrchestratorError::operation(output.error(error.clone())),
        Failure::Transport(_) => OrchestratorError::connector(ConnectorError::io(text())),
        Failure::Timeout(_) => OrchestratorError::timeout(text()),
        Failure::Response(_) => OrchestratorError::response(text()),
        Failure::Input(_) | Failure::Config(_) => OrchestratorError::other(text()),
    }
}

/// What interceptors find in the configuration.
fn bag(config: &Config, operation: &Operation) -> ConfigBag {
    let mut layer = Layer::new("swage");
    layer.store_put(Metadata::new(operation.name, config.service.sdk_id));
    layer.store_or_unset(config.region.clone());
    layer.store_or_unset(config.app_name.clone());
    layer.store_or_unset(config.timeouts.clone());
    layer.store_or_unset(config.retry.as_ref().and_then(|retry| retry.sdk().cloned()));
    ConfigBag::of_layers(vec![layer])
}

/// The failure of an interceptor.
fn unfit(error: impl Into<BoxError>) -> Failure {
    Failure::Config(ConfigError::Setting(format!(
        "interceptor: {}",
        error.into()
    )))
}
