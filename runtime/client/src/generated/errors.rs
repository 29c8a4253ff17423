//! What all errors have in common: structures of modeled errors, and the enum of a service.

use crate::Failure;
use crate::error::{ConfigError, ServiceError};
use crate::operation::Service;
use crate::shape::Shape;
use std::fmt::{self, Display};

/// A structure with the trait `@error`.
pub trait ModeledError: Shape {
    /// The response that it came with.
    fn meta(&self) -> Option<&ServiceError>;
    /// Sets the response that it came with.
    fn set_meta(&mut self, meta: Box<ServiceError>);
}

/// Reads a response as this error. Gives the response back if it is another error.
pub fn modeled<T: ModeledError>(
    service: &Service,
    error: Box<ServiceError>,
) -> Result<T, Box<ServiceError>> {
    let mut modeled = T::blank();
    if !error
        .schema
        .is_some_and(|schema| std::ptr::eq(schema, modeled.schema()))
    {
        return Err(error);
    }
    // Members that can't be read stay blank: the kind of error is known all the same.
    let _unread = crate::protocol::read_error(service.protocol, &error, &mut modeled);
    modeled.set_meta(error);
    Ok(modeled)
}

/// Shows an error of the service on one line: name or code, message, status, request id.
pub fn describe(
    name: &str,
    meta: Option<&ServiceError>,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    match meta {
        Some(meta) => meta.fmt(f),
        None => f.write_str(name),
    }
}

/// A failure of a kind that was added after the crate was generated.
pub fn unknown_failure(failure: &Failure) -> ConfigError {
    ConfigError::Setting(format!("{failure:?}"))
}

/// Implements what all structures of modeled errors have.
#[doc(hidden)]
#[macro_export]
macro_rules! modeled_error {
    ($name:ident, $table:expr) => {
        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::__private::describe($table.name(), self.meta.as_deref(), f)
            }
        }

        impl ::core::error::Error for $name {}

        impl $crate::__private::ModeledError for $name {
            fn meta(&self) -> ::core::option::Option<&$crate::error::ServiceError> {
                self.meta.as_deref()
            }

            fn set_meta(&mut self, meta: ::std::boxed::Box<$crate::error::ServiceError>) {
                self.meta = ::core::option::Option::Some(meta);
            }
        }
    };
}

/// Implements what the errors of all services have, by `meta()`.
#[doc(hidden)]
#[macro_export]
macro_rules! service_error {
    ($name:ident) => {
        #[allow(deprecated)]
        impl $name {
            /// Returns itself if it is an error of the service, `None` if there was no response or it could not be read.
            pub fn as_service_error(&self) -> ::core::option::Option<&Self> {
                self.meta().map(|_| self)
            }

            /// Returns itself. The official crates have two enums here; this crate has one.
            #[must_use]
            pub fn into_service_error(self) -> Self {
                self
            }

            /// Returns the error's code, if the service sent one.
            pub fn code(&self) -> ::core::option::Option<&str> {
                self.meta()?.code.as_deref()
            }

            /// Returns the message, if the service sent one.
            pub fn message(&self) -> ::core::option::Option<&str> {
                self.meta()?.message.as_deref()
            }

            /// Returns the request ID, if the response has one.
            pub fn request_id(&self) -> ::core::option::Option<&str> {
                match self {
                    Self::Response(error) => error.request_id.as_deref(),
                    _ => self.meta()?.request_id.as_deref(),
                }
            }

            /// Returns whether the call may succeed if it is made again.
            pub fn is_retryable(&self) -> bool {
                match self {
                    Self::Transport(error) => error.is_retryable(),
                    Self::Timeout(_) => true,
                    _ => self.meta().is_some_and(|meta| meta.retryable),
                }
            }
        }

        #[allow(deprecated)]
        impl ::core::error::Error for $name {
            fn source(&self) -> ::core::option::Option<&(dyn ::core::error::Error + 'static)> {
                match self {
                    Self::Transport(error) => ::core::error::Error::source(error),
                    _ => ::core::option::Option::None,
                }
            }
        }
    };
}
