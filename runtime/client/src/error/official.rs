//! Conversions between our [`SdkError`] and that of aws-smithy-runtime-api.

use super::Failure;
use super::display::Story;
use super::failure::{FromResponse, RawResponse};
use super::request_id::RequestIdExt;
use super::sdk::{Known, SdkError, ServiceError};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result as official;
use std::error::Error;
use std::fmt;

impl<E, R> From<SdkError<E, R>> for official::SdkError<E, R> {
    fn from(error: SdkError<E, R>) -> Self {
        match error {
            SdkError::ConstructionFailure(of) => Self::construction_failure(of.source),
            SdkError::TimeoutError(of) => Self::timeout_error(of.source),
            SdkError::DispatchFailure(of) => Self::DispatchFailure(of),
            SdkError::ResponseError(of) => Self::response_error(of.source, of.raw),
            SdkError::ServiceError(of) => Self::service_error(of.source, of.raw),
        }
    }
}

impl<E: FromResponse, R: RawResponse> From<Failure> for official::SdkError<E, R> {
    fn from(failure: Failure) -> Self {
        SdkError::<E, R>::from(failure).into()
    }
}

impl<E> RequestIdExt for official::SdkError<E, HttpResponse> {
    fn extended_request_id(&self) -> Option<&str> {
        self.raw_response()?.extended_request_id()
    }
}

/// The cause of an unreadable response arrives as text, because aws-smithy-runtime-api gives either the cause or the response.
impl<E: Error, R: fmt::Debug> From<official::SdkError<E, R>> for SdkError<E, R> {
    fn from(error: official::SdkError<E, R>) -> Self {
        let mut service = None;
        let error = error.map_service_error(|error| {
            service = Some(error);
            fmt::Error
        });
        let cause = error.source().map(|cause| Story(cause).to_string());
        let cause = cause.unwrap_or_else(|| error.to_string());
        match (error, service) {
            (official::SdkError::ServiceError(of), Some(source)) => {
                let text = source.to_string().into_boxed_str();
                Self::ServiceError(ServiceError {
                    source,
                    raw: of.into_raw(),
                    known: Known {
                        text: Some(text),
                        is_retryable: false,
                    },
                })
            }
            (official::SdkError::ResponseError(of), _) => {
                Self::response_error(cause, of.into_raw())
            }
            (official::SdkError::DispatchFailure(of), _) => Self::DispatchFailure(of),
            (error @ official::SdkError::TimeoutError(_), _) => {
                Self::timeout_error(error.into_source().unwrap_or_else(|_| cause.into()))
            }
            (error, _) => {
                Self::construction_failure(error.into_source().unwrap_or_else(|_| cause.into()))
            }
        }
    }
}
