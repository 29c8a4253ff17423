//! The contract with codegen: everything that generated code and its derive macros call, and that people don't.
//! Generated code names it by `swage_client::__private`, so the rest of the crate can be rearranged without touching
//! codegen.

mod errors;
#[cfg(feature = "client")]
mod requests;
mod unit;
mod values;

pub use self::errors::{ModeledError, describe, modeled, unknown_failure};
pub use self::unit::Unit;
#[cfg(feature = "waiters")]
pub use crate::client::wait;
pub use crate::error::ServiceError;
pub use crate::operation::{
    Acceptor, Auth, Comparator, HttpChecksum, Matcher, Operation, OperationTrait, Pagination,
    PresignedUrl, Service, ServiceTrait, Waiter, WaiterState,
};
pub use crate::protocol;
pub use crate::redact::REDACTED;
pub use crate::schema::{
    BIG_DECIMAL, BIG_INTEGER, BLOB, BOOLEAN, BYTE, DOCUMENT, DOUBLE, DefaultValue, FLOAT, INTEGER,
    LONG, Member, SHORT, STRING, Schema, TIMESTAMP, TimestampFormat, Trait, UNIT,
};
pub use crate::shape::{IntEnum, Shape, StringEnum, UnknownMember, Value};
pub use crate::{Failure, int_enum, modeled_error, service_error, shape_value, string_enum};
#[cfg(feature = "client")]
pub use crate::{client::send, paginated, request};
pub use swage_macros::{Error, IntEnum, Request, Shape, StringEnum};

/// A union before anything is read into it.
pub fn nothing() -> UnknownMember {
    UnknownMember {
        name: String::new(),
        value: aws_smithy_types::Document::Null,
    }
}
