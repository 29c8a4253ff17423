//! The contract with codegen: everything that generated code and its derive macros call, and that people don't.
//! Generated code names it by `swage_client::__private`, so the rest of the crate can be rearranged without touching
//! codegen.

mod blocking;
mod builders;
#[cfg(feature = "client")]
mod client;
#[cfg(feature = "client")]
pub mod config;
mod errors;
mod features;
#[cfg(feature = "client")]
mod requests;
#[cfg(feature = "serde")]
pub mod serde;
mod transfers;
mod unit;
mod values;

pub use self::builders::debug_builder;
pub use self::errors::{
    ErrorKind, ModeledError, describe, modeled, no_metadata, retry_kind, unhandled,
};
pub use self::unit::Unit;
pub use self::values::try_parse;
#[cfg(feature = "waiters")]
pub use crate::client::wait;
/// The one of the two that `send` doesn't return.
#[cfg(feature = "smithy-sdk-error")]
pub use crate::error::sdk::SdkError as OtherSdkError;
#[cfg(feature = "client")]
pub use crate::error::{Cause, FromResponse};
pub use crate::error::{ErrorMeta, RequestIds};
pub use crate::operation::{
    Acceptor, Auth, Comparator, Completion, Digest, Download, HttpChecksum, Matcher, Operation,
    OperationRef, OperationTrait, Pagination, PresignedUrl, Service, ServiceTrait,
    SessionCredentials, Transfer, Upload, Waiter, WaiterState,
};
pub use crate::protocol;
pub use crate::redact::REDACTED;
pub use crate::schema::{
    BIG_DECIMAL, BIG_INTEGER, BLOB, BOOLEAN, BYTE, DOCUMENT, DOUBLE, DefaultValue, FLOAT, INTEGER,
    LONG, Member, SHORT, STRING, Schema, TIMESTAMP, TimestampFormat, Trait, UNIT,
};
pub use crate::shape::{IntEnum, Modeled, Shape, StringEnum, UnknownMember, Value};
#[cfg(feature = "client")]
pub use crate::{
    blocking_request, client::presign, client::send, client_config, discovers_endpoint,
    endpoint_params, paginated, request, service_client, waits,
};
#[cfg(feature = "transfer")]
pub use crate::{blocking_transfer, transfer_error};
pub use crate::{
    download, features, flat_error, int_enum, modeled_error, operation_error, output_ids,
    service_errors, shape_value, string_enum, transfers, upload,
};
#[cfg(all(feature = "client", not(feature = "smithy-sdk-error")))]
pub use aws_smithy_runtime_api::client::result::SdkError as OtherSdkError;
pub use aws_smithy_types::error::operation::BuildError;
pub use aws_smithy_types::retry::{ErrorKind as RetryKind, ProvideErrorKind};
pub use swage_macros::{Error, IntEnum, Operation, Shape, StringEnum};

/// A union before anything is read into it.
pub fn nothing() -> UnknownMember {
    UnknownMember {
        name: String::new(),
        value: aws_smithy_types::Document::Null,
    }
}
