//! Errors of interceptors.

use super::ResponseMessage;
use super::display::Story;
use super::failure::{FromResponse, RawResponse, raw};
use super::sdk::{Known, SdkError, ServiceError};
use aws_smithy_runtime_api::client::interceptors::context::{Error, Input, InterceptorContext};
use aws_smithy_runtime_api::client::orchestrator::OrchestratorError;
use aws_smithy_runtime_api::client::result::{ConnectorError, SdkError as Official};
use std::error::Error as _;
use std::fmt;

/// An interceptor failed, or made an error of the result of a call.
#[derive(Debug)]
pub struct InterceptorError {
    error: OrchestratorError<Error>,
    stage: Stage,
    /// The response, if there is one, and its status.
    response: Option<Box<(u16, ResponseMessage)>>,
}

/// How far the call had come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// There was no request yet.
    Input,
    /// There was no response yet.
    Request,
    /// There was a response.
    Response,
}

impl InterceptorError {
    pub(crate) fn new(
        error: OrchestratorError<Error>,
        stage: Stage,
        response: Option<(u16, ResponseMessage)>,
    ) -> Self {
        Self {
            error,
            stage,
            response: response.map(Box::new),
        }
    }

    /// Whether the call may succeed if it is made again.
    pub fn is_retryable(&self) -> bool {
        let is_transient = |error: &ConnectorError| error.is_io() || error.is_timeout();
        self.error.is_timeout_error() || self.error.as_connector_error().is_some_and(is_transient)
    }

    /// The error in the kind that it has in the official crates.
    pub(super) fn sort<E: FromResponse, R: RawResponse>(self) -> SdkError<E, R> {
        let (status, message) = self.response.map_or_else(Default::default, |of| *of);
        let response = || raw(status, &message.headers, &message.body, None);
        let raw = || R::of(response(), None, &message.body);
        let mut operation = None;
        let error = self.error.map_operation_error(|error| {
            operation = Some(error);
            Error::erase(fmt::Error)
        });
        match operation.map(Error::downcast::<E>) {
            Some(Ok(error)) => {
                let known = Known {
                    text: Some(error.to_string().into()),
                    is_retryable: false,
                };
                return SdkError::ServiceError(ServiceError {
                    source: error,
                    raw: raw(),
                    known,
                });
            }
            Some(Err(error)) => return SdkError::response_error(error, raw()),
            None => {}
        }
        let mut context = InterceptorContext::new(Input::erase(()));
        context.set_response(response());
        let error = match context.finalize_result(Err(error)) {
            Err(Official::DispatchFailure(of)) => return SdkError::DispatchFailure(of),
            Err(error) => error,
            Ok(_) => Official::construction_failure("there is no error"),
        };
        let (is_timeout, is_response) = (
            matches!(error, Official::TimeoutError(_)),
            matches!(error, Official::ResponseError(_)),
        );
        let source = error.into_source().unwrap_or_else(Into::into);
        match self.stage {
            _ if is_timeout => SdkError::timeout_error(source),
            _ if is_response => SdkError::response_error(source, raw()),
            Stage::Input => SdkError::construction_failure(source),
            Stage::Request => SdkError::dispatch_failure(ConnectorError::other(source, None)),
            Stage::Response => SdkError::response_error(source, raw()),
        }
    }
}

impl fmt::Display for InterceptorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.error.source() {
            Some(source) => Story(source).fmt(f),
            None => self.error.fmt(f),
        }
    }
}

impl std::error::Error for InterceptorError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.error.source()
    }
}
