//! Everything that generated code calls and that people don't: tables, macros, and what macros expand to. Generated code
//! names it by `swage_client::__private`, so the rest of the crate can be rearranged without touching codegen.

mod setters;
mod values;

#[doc(no_inline)]
pub use crate::operation::{
    Acceptor, Auth, CommandPages, Comparator, HttpChecksum, Matcher, Operation, OperationTrait,
    Pagination, Service, ServiceTrait, Waiter, WaiterState,
};
pub use crate::protocol;
pub use crate::schema::{
    BIG_DECIMAL, BIG_INTEGER, BLOB, BOOLEAN, BYTE, DOCUMENT, DOUBLE, DefaultValue, FLOAT, INTEGER,
    LONG, Member, SHORT, STRING, Schema, TIMESTAMP, TimestampFormat, Trait, UNIT,
};
pub use crate::shape::Shape;
#[doc(hidden)]
pub use crate::{
    client_params, error, errors, int_values, redact, request, setters, string_values, structure,
    union,
};

use crate::error::ServiceError;
use crate::shape::{UnknownMember, Value};
use std::fmt::{self, Display};

pub use crate::redact::REDACTED;

/// Makes a generated structure a [`Shape`](crate::Shape): type, table, members in the table's order; a member
/// whose default isn't blank has it after `=`.
///
/// What a macro defines beside the type must not share its name: no generated type starts with two underscores.
#[macro_export]
macro_rules! structure {
    ($name:ident, $table:ident $(, $member:ident $(= $default:expr)?)* $(,)?) => {
        $crate::structure!(@ $name, $table, [] $(, $member $(= $default)?)*);
    };
    (@ $name:ident, $table:expr, [$($extra:ident)?] $(, $member:ident $(= $default:expr)?)*) => {
        #[allow(deprecated, non_camel_case_types, dead_code, clippy::match_single_binding)]
        const _: () = {
            enum __Member { $($member),* }

            impl $crate::Shape for $name {
                fn schema(&self) -> &'static $crate::Schema {
                    &$table
                }

                fn member(&self, index: usize) -> ::core::option::Option<&dyn $crate::Value> {
                    match index {
                        $(at if at == __Member::$member as usize => ::core::option::Option::Some(&self.$member),)*
                        _ => ::core::option::Option::None,
                    }
                }

                fn member_mut(&mut self, index: usize) -> ::core::option::Option<&mut dyn $crate::Value> {
                    match index {
                        $(at if at == __Member::$member as usize => ::core::option::Option::Some(&mut self.$member),)*
                        _ => ::core::option::Option::None,
                    }
                }

                fn blank() -> Self {
                    Self {
                        $($member: $crate::blank!($($default)?),)*
                        $($extra: ::core::option::Option::None,)?
                    }
                }
            }
        };
        #[allow(deprecated)]
        const _: () = {
            $crate::shape_value!($name);
        };
    };
}

/// `Debug` for a generated structure that hides some of its members: these have `= secret`.
#[macro_export]
macro_rules! redact {
    ($name:ident $(, $member:ident $(= $secret:ident)?)* $(,)?) => {
        #[allow(deprecated)]
        impl ::core::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_struct(stringify!($name))
                    $(.field(stringify!($member), $crate::shown!(self.$member $(, $secret)?)))*
                    .finish()
            }
        }
    };
}

/// A member, or what stands for a secret one.
#[doc(hidden)]
#[macro_export]
macro_rules! shown {
    ($place:expr) => {
        &$place
    };
    ($place:expr, $secret:ident) => {
        &$crate::REDACTED
    };
}

/// A default, or what a blank value is.
#[doc(hidden)]
#[macro_export]
macro_rules! blank {
    () => {
        $crate::Value::blank()
    };
    ($default:expr) => {
        $default
    };
}

/// Makes a generated error structure a [`Shape`](crate::Shape), as [`structure!`](crate::structure) does, and an
/// error.
#[macro_export]
macro_rules! error {
    ($name:ident, $table:ident $(, $member:ident $(= $default:expr)?)* $(,)?) => {
        $crate::structure!(@ $name, $table, [meta] $(, $member $(= $default)?)*);

        #[allow(deprecated)]
        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::__private::describe($table.name(), self.meta.as_deref(), f)
            }
        }

        #[allow(deprecated)]
        impl ::core::error::Error for $name {}

        /// By the members; what came with it doesn't count.
        #[allow(deprecated)]
        impl ::core::cmp::PartialEq for $name {
            fn eq(&self, _other: &Self) -> bool {
                true $(&& self.$member == _other.$member)*
            }
        }

        #[allow(deprecated)]
        impl $crate::__private::Modelled for $name {
            fn meta(&self) -> ::core::option::Option<&$crate::error::ServiceError> {
                self.meta.as_deref()
            }

            fn set_meta(&mut self, meta: ::std::boxed::Box<$crate::error::ServiceError>) {
                self.meta = ::core::option::Option::Some(meta);
            }
        }
    };
}

/// Makes a generated union a [`Shape`](crate::Shape): type, table, variants in the table's order.
#[macro_export]
macro_rules! union {
    ($name:ident, $table:ident $(, $variant:ident)* $(,)?) => {
        #[allow(deprecated, dead_code, unreachable_patterns, clippy::match_single_binding)]
        const _: () = {
            enum __Member { $($variant),* }

            impl $crate::Shape for $name {
                fn schema(&self) -> &'static $crate::Schema {
                    &$table
                }

                fn member(&self, index: usize) -> ::core::option::Option<&dyn $crate::Value> {
                    match self {
                        $(Self::$variant(value) if index == __Member::$variant as usize => ::core::option::Option::Some(value),)*
                        _ => ::core::option::Option::None,
                    }
                }

                fn member_mut(&mut self, index: usize) -> ::core::option::Option<&mut dyn $crate::Value> {
                    if $crate::Shape::variant(self) != ::core::option::Option::Some(index) {
                        *self = match index {
                            $(at if at == __Member::$variant as usize => Self::$variant($crate::Value::blank()),)*
                            _ => return ::core::option::Option::None,
                        };
                    }
                    match self {
                        $(Self::$variant(value) => ::core::option::Option::Some(value),)*
                        Self::Unknown(_) => ::core::option::Option::None,
                    }
                }

                fn variant(&self) -> ::core::option::Option<usize> {
                    match self {
                        $(Self::$variant(_) => ::core::option::Option::Some(__Member::$variant as usize),)*
                        Self::Unknown(_) => ::core::option::Option::None,
                    }
                }

                fn unknown(&self) -> ::core::option::Option<&$crate::shape::UnknownMember> {
                    match self {
                        Self::Unknown(member) => ::core::option::Option::Some(member),
                        _ => ::core::option::Option::None,
                    }
                }

                fn set_unknown(&mut self, member: $crate::shape::UnknownMember) {
                    *self = Self::Unknown(member);
                }

                fn blank() -> Self {
                    Self::Unknown($crate::__private::nothing())
                }
            }
        };
        #[allow(deprecated)]
        const _: () = {
            $crate::shape_value!($name);
        };
    };
}

/// Makes a generated enum a [`StringEnum`](crate::StringEnum) with all that such enums have: type, variants and their
/// values.
#[macro_export]
macro_rules! string_values {
    ($name:ident $(, $variant:ident = $wire:literal)* $(,)?) => {
        #[allow(deprecated, reason = "deprecated values still come and go")]
        impl $crate::StringEnum for $name {
            const VALUES: &'static [&'static str] = &[$($wire),*];

            fn wire(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::Unknown(value) => value,
                }
            }

            fn from_wire(value: &str) -> Self {
                match value {
                    $($wire => Self::$variant,)*
                    _ => Self::Unknown(value.to_owned()),
                }
            }
        }
        #[allow(deprecated)]
        const _: () = {
            $crate::string_enum!($name);
        };
    };
}

/// Makes a generated enum an [`IntEnum`](crate::IntEnum) with all that such enums have: type, variants and their
/// values.
#[macro_export]
macro_rules! int_values {
    ($name:ident $(, $variant:ident = $wire:literal)* $(,)?) => {
        #[allow(deprecated, reason = "deprecated values still come and go")]
        impl $crate::IntEnum for $name {
            const VALUES: &'static [i32] = &[$($wire),*];

            fn wire(&self) -> i32 {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::Unknown(value) => *value,
                }
            }

            fn from_wire(value: i32) -> Self {
                match value {
                    $($wire => Self::$variant,)*
                    _ => Self::Unknown(value),
                }
            }
        }
        #[allow(deprecated)]
        const _: () = {
            $crate::int_enum!($name);
        };
    };
}

/// Gives a generated `Error` enum its conversions, accessors and texts: the enum, the variants of modelled errors
/// and their types.
#[macro_export]
macro_rules! errors {
    ($error:ident, $service:path $(, $variant:ident $modelled:ty)* $(,)?) => {
        #[allow(deprecated)]
        impl $error {
            /// The service's answer, when it is an error of the service.
            pub fn meta(&self) -> ::core::option::Option<&$crate::error::ServiceError> {
                match self {
                    $(Self::$variant(error) => $crate::__private::Modelled::meta(error),)*
                    Self::Service(error) => ::core::option::Option::Some(error),
                    _ => ::core::option::Option::None,
                }
            }

            /// Itself when it is an error of the service; none when no answer came, or none that can be read.
            pub fn as_service_error(&self) -> ::core::option::Option<&Self> {
                self.meta().map(|_| self)
            }

            /// Itself: what official crates keep in two enums stands in one here.
            #[must_use]
            pub fn into_service_error(self) -> Self {
                self
            }

            /// The error's code, when the service sent one.
            pub fn code(&self) -> ::core::option::Option<&str> {
                self.meta()?.code.as_deref()
            }

            /// The message, when the service sent one.
            pub fn message(&self) -> ::core::option::Option<&str> {
                self.meta()?.message.as_deref()
            }

            /// The request id, when the response names one.
            pub fn request_id(&self) -> ::core::option::Option<&str> {
                match self {
                    Self::Response(error) => error.request_id.as_deref(),
                    _ => self.meta()?.request_id.as_deref(),
                }
            }

            /// Whether another try may succeed.
            pub fn is_retryable(&self) -> bool {
                match self {
                    Self::Transport(error) => error.is_retryable(),
                    Self::Timeout(_) => true,
                    _ => self.meta().is_some_and(|meta| meta.retryable),
                }
            }
        }

        #[allow(deprecated)]
        impl ::core::fmt::Display for $error {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                match self {
                    $(Self::$variant(error) => ::core::fmt::Display::fmt(error, f),)*
                    Self::Service(error) => ::core::fmt::Display::fmt(error, f),
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
            fn source(&self) -> ::core::option::Option<&(dyn ::core::error::Error + 'static)> {
                match self {
                    Self::Transport(error) => ::core::error::Error::source(error),
                    _ => ::core::option::Option::None,
                }
            }
        }

        #[allow(deprecated)]
        impl ::core::convert::From<$crate::Failure> for $error {
            fn from(failure: $crate::Failure) -> Self {
                match failure {
                    $crate::Failure::Service(error) => {
                        let _service = &$service;
                        $(let error = match $crate::__private::modelled::<$modelled>(_service, error) {
                            ::core::result::Result::Ok(error) => return Self::$variant(error),
                            ::core::result::Result::Err(error) => error,
                        };)*
                        Self::Service(error)
                    }
                    $crate::Failure::Input(error) => Self::Input(error),
                    $crate::Failure::Config(error) => Self::Config(error),
                    $crate::Failure::Transport(error) => Self::Transport(error),
                    $crate::Failure::Timeout(error) => Self::Timeout(error),
                    $crate::Failure::Response(error) => Self::Response(error),
                    other => Self::Config($crate::error::ConfigError::Setting(::std::format!("{other:?}"))),
                }
            }
        }
    };
}

/// What a variant holds that has no value: `smithy.api#Unit`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unit;

impl Shape for Unit {
    fn schema(&self) -> &'static Schema {
        &crate::schema::UNIT
    }

    fn member(&self, _index: usize) -> Option<&dyn Value> {
        None
    }

    fn member_mut(&mut self, _index: usize) -> Option<&mut dyn Value> {
        None
    }

    fn blank() -> Self {
        Self
    }
}
crate::shape_value!(Unit);

/// A modelled error: generated structures implement it by [`error!`](crate::error!).
pub trait Modelled: Shape {
    /// The answer that it came with.
    fn meta(&self) -> Option<&ServiceError>;
    /// Sets the answer that it came with.
    fn set_meta(&mut self, meta: Box<ServiceError>);
}

/// The modelled error that an answer is; the answer itself when it is another one.
pub fn modelled<T: Modelled>(
    service: &Service,
    error: Box<ServiceError>,
) -> Result<T, Box<ServiceError>> {
    let mut modelled = T::blank();
    if !error
        .schema
        .is_some_and(|schema| std::ptr::eq(schema, modelled.schema()))
    {
        return Err(error);
    }
    // What can't be read of it stays blank: that it failed, and how, is known all the same.
    let _unread = protocol::read_error(service.protocol, &error, &mut modelled);
    modelled.set_meta(error);
    Ok(modelled)
}

/// What a union holds before anything is read into it.
pub fn nothing() -> UnknownMember {
    UnknownMember {
        name: String::new(),
        value: aws_smithy_types::Document::Null,
    }
}

/// An error of the service on one line: name or code, message, status, request id.
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
