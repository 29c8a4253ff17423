//! What all errors have in common: structures of modeled errors, and the enums of a service.

use crate::error::{
    BoxError, EncodeError, ErrorMeta, ErrorMetadata, ProvideErrorMetadata, ServiceError, Unhandled,
};
use crate::operation::Service;
use crate::redact::REDACTED;
use crate::schema::{Member, Schema};
use crate::shape::{Shape, Writer};
use aws_smithy_types::error::metadata::EMPTY_ERROR_METADATA;
use aws_smithy_types::retry;
use std::error::Error;
use std::fmt::{self, Display};

/// A structure with the trait `@error`.
pub trait ModeledError: Shape + Error + ProvideErrorMetadata + 'static {
    /// The response that it came with.
    fn error_meta(&self) -> &ErrorMeta;
    /// Sets the response that it came with.
    fn set_error_meta(&mut self, meta: ErrorMeta);
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
    modeled.set_error_meta((*error).into());
    Ok(modeled)
}

/// Shows an error of the service on one line: name or code, message, status, request id.
pub fn describe(error: &dyn ModeledError, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let meta = error.error_meta();
    if let Some(response) = meta.response() {
        return response.fmt(f);
    }
    let name = error.schema().name();
    let own = message(error);
    match own.as_deref().or(meta.metadata().message()) {
        Some(message) => write!(f, "{name}: {message}"),
        None => f.write_str(name),
    }
}

/// The message that an error made by hand has as a member.
fn message(error: &dyn ModeledError) -> Option<String> {
    let mut members = error.schema().members().iter().enumerate();
    let (index, member) =
        members.find(|(_, member)| member.name().eq_ignore_ascii_case("message"))?;
    let mut text = Text(String::new());
    error.member(index)?.write(member, &mut text).ok()?;
    match text.0 {
        text if text.is_empty() => None,
        _ if member.target().is_sensitive() => Some(REDACTED.to_owned()),
        text => Some(text),
    }
}

/// Keeps a string.
struct Text(String);

impl Writer for Text {
    fn string(&mut self, _: &'static Member, value: &str) -> Result<(), EncodeError> {
        value.clone_into(&mut self.0);
        Ok(())
    }
}

/// An error with this cause.
pub fn unhandled(cause: BoxError) -> Unhandled {
    Unhandled::new(cause, None)
}

/// The metadata of a failure without a response.
pub fn no_metadata() -> &'static ErrorMetadata {
    &EMPTY_ERROR_METADATA
}

/// What retries take a modeled error for.
pub fn retry_kind(schema: &Schema) -> retry::ErrorKind {
    if schema.is_throttling() {
        retry::ErrorKind::ThrottlingError
    } else if schema.is_client_error() {
        retry::ErrorKind::ClientError
    } else {
        retry::ErrorKind::ServerError
    }
}

/// An error of the service, whatever operation it belongs to.
pub enum ErrorKind<'a> {
    /// One that the model has.
    Modeled(&'a (dyn ModeledError + 'static)),
    /// Another one.
    Unhandled(&'a (dyn Error + 'static), &'a ErrorMeta),
}

impl<'a> ErrorKind<'a> {
    /// One that the model doesn't have.
    pub fn unhandled<Op: 'static>(error: &'a Unhandled<Op>) -> Self {
        Self::Unhandled(error, error.error_meta())
    }

    /// The response that it came with.
    pub fn meta(self) -> &'a ErrorMeta {
        match self {
            Self::Modeled(error) => error.error_meta(),
            Self::Unhandled(_, meta) => meta,
        }
    }

    /// What retries take it for; `None` if the model doesn't say that another attempt may succeed.
    pub fn retry(self) -> Option<retry::ErrorKind> {
        match self {
            Self::Modeled(error) => {
                let schema = error.schema();
                schema.is_retryable().then(|| retry_kind(schema))
            }
            Self::Unhandled(..) => None,
        }
    }

    /// Its members; `None` if the model doesn't have the error.
    pub fn shape(self) -> Option<&'a dyn Shape> {
        match self {
            Self::Modeled(error) => Some(error),
            Self::Unhandled(..) => None,
        }
    }

    /// The cause of an operation's error.
    pub fn source(self) -> Option<&'a (dyn Error + 'static)> {
        match self {
            Self::Modeled(error) => Some(error),
            Self::Unhandled(error, _) => error.source(),
        }
    }
}

impl Display for ErrorKind<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Modeled(error) => error.fmt(f),
            Self::Unhandled(error, _) => error.fmt(f),
        }
    }
}

/// Implements what all structures of modeled errors have.
#[doc(hidden)]
#[macro_export]
macro_rules! modeled_error {
    ($name:ident, $builder:ident, $table:expr $(, $retryable:ident)?) => {
        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::__private::describe(self, f)
            }
        }

        impl ::core::error::Error for $name {}

        impl $crate::__private::ModeledError for $name {
            #[inline]
            fn error_meta(&self) -> &$crate::__private::ErrorMeta {
                &self.meta
            }

            #[inline]
            fn set_error_meta(&mut self, meta: $crate::__private::ErrorMeta) {
                self.meta = meta;
            }
        }

        impl $crate::error::ProvideErrorMetadata for $name {
            #[inline]
            fn meta(&self) -> &$crate::error::ErrorMetadata {
                self.meta.metadata()
            }
        }

        impl $crate::error::RequestId for $name {
            #[inline]
            fn request_id(&self) -> ::core::option::Option<&str> {
                self.meta.request_id()
            }
        }

        impl $crate::error::RequestIdExt for $name {
            #[inline]
            fn extended_request_id(&self) -> ::core::option::Option<&str> {
                self.meta.extended_request_id()
            }
        }

        impl $name {
            /// Returns the response that the error came with: status, headers and body; `None` if it was made by hand.
            #[inline]
            pub fn response(&self) -> ::core::option::Option<&$crate::error::ServiceError> {
                self.meta.response()
            }

            $($crate::modeled_error!(@$retryable $table);)?
        }

        impl $builder {
            /// Sets code, message and request id.
            #[inline]
            pub fn meta(mut self, meta: $crate::error::ErrorMetadata) -> Self {
                self.made.meta = meta.into();
                self
            }

            /// Sets or clears code, message and request id.
            #[inline]
            pub fn set_meta(
                &mut self,
                meta: ::core::option::Option<$crate::error::ErrorMetadata>,
            ) -> &mut Self {
                self.made.meta = meta.map(::core::convert::Into::into).unwrap_or_default();
                self
            }
        }
    };
    (@retryable $table:expr) => {
        /// Returns what retries take the error for.
        #[inline]
        pub fn retryable_error_kind(&self) -> $crate::__private::RetryKind {
            $crate::__private::retry_kind(&$table)
        }
    };
}

/// Defines the error of an operation from the variants of a service's error, and implements what both have.
#[doc(hidden)]
#[macro_export]
macro_rules! service_errors {
    ($error:ident, $service:expr; $($variant:ident($ty:ty), $is:ident;)*) => {
        $crate::operation_error!($error; $($variant($ty), $is;)*);
        $crate::flat_error!($error, $service; $($variant($ty), $is;)*);
    };
}

/// Defines the error of an operation.
#[doc(hidden)]
#[macro_export]
macro_rules! operation_error {
    ($error:ident; $($variant:ident($ty:ty), $is:ident;)*) => {
        /// An error of the service, in answer to the operation `Op`.
        #[allow(deprecated)]
        #[non_exhaustive]
        pub enum OperationError<Op> {
            $(
                #[doc = ::core::concat!("See [`Error::", ::core::stringify!($variant), "`](crate::Error).")]
                $variant($ty),
            )*
            /// An error that isn't in the model of the service, or the cause of another failure.
            Unhandled($crate::error::Unhandled<Op>),
        }

        #[allow(deprecated)]
        impl<Op> OperationError<Op> {
            /// Creates an `Unhandled` error from any error.
            #[inline]
            pub fn unhandled(error: impl ::core::convert::Into<$crate::error::BoxError>) -> Self {
                Self::Unhandled($crate::error::Unhandled::new(error.into(), ::core::option::Option::None))
            }

            /// Creates an `Unhandled` error from code and message.
            #[inline]
            pub fn generic(metadata: $crate::error::ErrorMetadata) -> Self {
                Self::Unhandled(metadata.into())
            }

            $(
                #[doc = ::core::concat!("Returns whether it is a `", ::core::stringify!($variant), "`.")]
                #[inline]
                pub fn $is(&self) -> bool {
                    ::core::matches!(self, Self::$variant(_))
                }
            )*
        }

        #[allow(deprecated)]
        impl<Op: 'static> OperationError<Op> {
            #[inline]
            fn kind(&self) -> $crate::__private::ErrorKind<'_> {
                match self {
                    $(Self::$variant(error) => $crate::__private::ErrorKind::Modeled(error),)*
                    Self::Unhandled(error) => $crate::__private::ErrorKind::unhandled(error),
                }
            }

            /// Returns code, message and request id.
            #[inline]
            pub fn meta(&self) -> &$crate::error::ErrorMetadata {
                self.kind().meta().metadata()
            }

            /// Returns the service's response: status, headers and body; `None` if the error was made by hand.
            #[inline]
            pub fn response(&self) -> ::core::option::Option<&$crate::error::ServiceError> {
                self.kind().meta().response()
            }
        }

        impl<Op: 'static> ::core::fmt::Display for OperationError<Op> {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.kind(), f)
            }
        }

        #[allow(deprecated)]
        impl<Op> ::core::fmt::Debug for OperationError<Op> {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                let (name, content): (&str, &dyn ::core::fmt::Debug) = match self {
                    $(Self::$variant(error) => (::core::stringify!($variant), error),)*
                    Self::Unhandled(error) => ("Unhandled", error),
                };
                f.debug_tuple(name).field(content).finish()
            }
        }

        impl<Op: 'static> ::core::error::Error for OperationError<Op> {
            #[inline]
            fn source(&self) -> ::core::option::Option<&(dyn ::core::error::Error + 'static)> {
                self.kind().source()
            }
        }

        impl<Op: 'static> $crate::error::ProvideErrorMetadata for OperationError<Op> {
            #[inline]
            fn meta(&self) -> &$crate::error::ErrorMetadata {
                self.kind().meta().metadata()
            }
        }

        impl<Op: 'static> $crate::__private::ProvideErrorKind for OperationError<Op> {
            #[inline]
            fn retryable_error_kind(&self) -> ::core::option::Option<$crate::__private::RetryKind> {
                self.kind().retry()
            }

            #[inline]
            fn code(&self) -> ::core::option::Option<&str> {
                self.kind().meta().metadata().code()
            }
        }

        impl<Op: 'static> $crate::error::RequestId for OperationError<Op> {
            #[inline]
            fn request_id(&self) -> ::core::option::Option<&str> {
                self.kind().meta().request_id()
            }
        }

        impl<Op: 'static> $crate::error::RequestIdExt for OperationError<Op> {
            #[inline]
            fn extended_request_id(&self) -> ::core::option::Option<&str> {
                self.kind().meta().extended_request_id()
            }
        }

        impl<Op: 'static> $crate::__private::Modeled for OperationError<Op> {
            fn modeled(&self) -> ::core::option::Option<&dyn $crate::Shape> {
                self.kind().shape()
            }
        }

        impl<Op> $crate::error::CreateUnhandledError for OperationError<Op> {
            fn create_unhandled_error(
                source: $crate::error::BoxError,
                metadata: ::core::option::Option<$crate::error::ErrorMetadata>,
            ) -> Self {
                Self::Unhandled($crate::error::Unhandled::new(source, metadata))
            }
        }

        impl<Op: 'static> $crate::__private::FromResponse for OperationError<Op> {
            fn from_response(response: ::std::boxed::Box<$crate::error::ServiceError>) -> Self {
                match <$error as $crate::__private::FromResponse>::from_response(response) {
                    $($error::$variant(error) => Self::$variant(error),)*
                    $error::Unhandled(error) => Self::Unhandled(error.cast()),
                    other => Self::unhandled(other),
                }
            }

            fn response(&self) -> ::core::option::Option<&$crate::error::ServiceError> {
                self.kind().meta().response()
            }
        }

        impl<Op> ::core::convert::From<OperationError<Op>> for $error {
            #[inline]
            fn from(error: OperationError<Op>) -> Self {
                match error {
                    $(OperationError::$variant(error) => Self::$variant(error),)*
                    OperationError::Unhandled(error) => Self::Unhandled(error.cast()),
                }
            }
        }
    };
}

/// Implements what the flat error of a service has.
#[doc(hidden)]
#[macro_export]
macro_rules! flat_error {
    ($error:ident, $service:expr; $($variant:ident($ty:ty), $is:ident;)*) => {
        #[allow(deprecated)]
        impl $error {
            /// The error of the service, if it is one.
            #[inline]
            fn kind(&self) -> ::core::option::Option<$crate::__private::ErrorKind<'_>> {
                match self {
                    $(Self::$variant(error) => ::core::option::Option::Some($crate::__private::ErrorKind::Modeled(error)),)*
                    Self::Unhandled(error) => ::core::option::Option::Some($crate::__private::ErrorKind::unhandled(error)),
                    _ => ::core::option::Option::None,
                }
            }

            /// Returns the service's response, if this is an error of the service: status, headers, body.
            #[inline]
            pub fn response(&self) -> ::core::option::Option<&$crate::error::ServiceError> {
                self.kind()?.meta().response()
            }

            /// Returns the error's code, if the service sent one.
            #[inline]
            pub fn code(&self) -> ::core::option::Option<&str> {
                $crate::error::ProvideErrorMetadata::code(self)
            }

            /// Returns the message, if the service sent one.
            #[inline]
            pub fn message(&self) -> ::core::option::Option<&str> {
                $crate::error::ProvideErrorMetadata::message(self)
            }

            /// Returns the request ID, if the response has one.
            #[inline]
            pub fn request_id(&self) -> ::core::option::Option<&str> {
                match self {
                    Self::Response(error) => error.request_id.as_deref(),
                    _ => self.kind()?.meta().request_id(),
                }
            }

            /// Returns whether the call may succeed if it is made again.
            #[inline]
            pub fn is_retryable(&self) -> bool {
                match self {
                    Self::Transport(error) => error.is_retryable(),
                    Self::Timeout(_) => true,
                    _ => self.response().is_some_and(|response| response.retryable),
                }
            }
        }

        #[allow(deprecated)]
        impl ::core::fmt::Display for $error {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                match self {
                    $(Self::$variant(error) => ::core::fmt::Display::fmt(error, f),)*
                    Self::Unhandled(error) => ::core::fmt::Display::fmt(error, f),
                    Self::Input(error) => ::core::fmt::Display::fmt(error, f),
                    Self::Config(error) => ::core::fmt::Display::fmt(error, f),
                    Self::Transport(error) => ::core::fmt::Display::fmt(error, f),
                    Self::Timeout(error) => ::core::fmt::Display::fmt(error, f),
                    Self::Response(error) => ::core::fmt::Display::fmt(error, f),
                }
            }
        }

        #[allow(deprecated)]
        impl ::core::error::Error for $error {
            #[inline]
            fn source(&self) -> ::core::option::Option<&(dyn ::core::error::Error + 'static)> {
                match self {
                    Self::Transport(error) => ::core::error::Error::source(error),
                    Self::Unhandled(error) => ::core::error::Error::source(error),
                    _ => ::core::option::Option::None,
                }
            }
        }

        impl $crate::error::ProvideErrorMetadata for $error {
            #[inline]
            fn meta(&self) -> &$crate::error::ErrorMetadata {
                self.kind().map_or($crate::__private::no_metadata(), |kind| kind.meta().metadata())
            }
        }

        impl $crate::error::RequestId for $error {
            #[inline]
            fn request_id(&self) -> ::core::option::Option<&str> {
                self.request_id()
            }
        }

        impl $crate::error::RequestIdExt for $error {
            #[inline]
            fn extended_request_id(&self) -> ::core::option::Option<&str> {
                self.kind()?.meta().extended_request_id()
            }
        }

        impl $crate::__private::FromResponse for $error {
            fn from_response(response: ::std::boxed::Box<$crate::error::ServiceError>) -> Self {
                $(
                    let response = match $crate::__private::modeled::<$ty>(&$service, response) {
                        ::core::result::Result::Ok(error) => return Self::$variant(error),
                        ::core::result::Result::Err(response) => response,
                    };
                )*
                Self::Unhandled((*response).into())
            }

            fn response(&self) -> ::core::option::Option<&$crate::error::ServiceError> {
                self.response()
            }
        }

        impl ::core::convert::From<$crate::Failure> for $error {
            #[inline]
            fn from(failure: $crate::Failure) -> Self {
                match failure {
                    $crate::Failure::Service(error) => $crate::__private::FromResponse::from_response(error),
                    $crate::Failure::Input(error) => Self::Input(error),
                    $crate::Failure::Config(error) => Self::Config(error),
                    $crate::Failure::Transport(error) => Self::Transport(error),
                    $crate::Failure::Timeout(error) => Self::Timeout(error),
                    $crate::Failure::Response(error) => Self::Response(error),
                    other => Self::Unhandled($crate::__private::unhandled(other.into())),
                }
            }
        }

        impl<Op, R> ::core::convert::From<$crate::error::SdkError<OperationError<Op>, R>> for $error {
            #[inline]
            fn from(error: $crate::error::SdkError<OperationError<Op>, R>) -> Self {
                $crate::__private::Cause::from(error).into()
            }
        }

        impl<Op, R> ::core::convert::From<$crate::__private::OtherSdkError<OperationError<Op>, R>> for $error {
            #[inline]
            fn from(error: $crate::__private::OtherSdkError<OperationError<Op>, R>) -> Self {
                $crate::__private::Cause::from(error).into()
            }
        }

        impl<Op> ::core::convert::From<$crate::__private::Cause<OperationError<Op>>> for $error {
            fn from(cause: $crate::__private::Cause<OperationError<Op>>) -> Self {
                match cause {
                    $crate::__private::Cause::Service(error) => error.into(),
                    $crate::__private::Cause::Failure(failure) => failure.into(),
                    $crate::__private::Cause::Other(error) => $crate::__private::unhandled(error).into(),
                }
            }
        }

        impl<O, E> ::core::convert::From<$crate::error::WaiterError<O, E>> for $error
        where
            O: ::core::fmt::Debug + ::core::marker::Send + ::core::marker::Sync + 'static,
            E: ::core::error::Error + ::core::marker::Send + ::core::marker::Sync + 'static,
        {
            #[inline]
            fn from(error: $crate::error::WaiterError<O, E>) -> Self {
                $crate::__private::unhandled(error.into()).into()
            }
        }

        impl ::core::convert::From<$crate::error::BuildError> for $error {
            #[inline]
            fn from(error: $crate::error::BuildError) -> Self {
                $crate::__private::unhandled(error.into()).into()
            }
        }

        impl ::core::convert::From<$crate::error::Unhandled> for $error {
            #[inline]
            fn from(error: $crate::error::Unhandled) -> Self {
                Self::Unhandled(error)
            }
        }
    };
}
