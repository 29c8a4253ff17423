//! What all generated types have in common, whatever their members are.

use crate::error::UnknownVariantError;
use crate::shape::StringEnum;

/// Reads a value that the model lists for an enum.
///
/// # Errors
///
/// The model doesn't list it.
pub fn try_parse<E: StringEnum>(value: &str) -> Result<E, UnknownVariantError> {
    if E::VALUES.contains(&value) {
        Ok(E::from_wire(value))
    } else {
        Err(UnknownVariantError::new(value, E::IS_SENSITIVE))
    }
}

/// Implements nothing without the feature `serde`.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! serde_traits {
    ($type:ty, $kind:ident) => {};
}

/// Implements [`Value`](crate::Value) for a [`Shape`](crate::Shape).
#[doc(hidden)]
#[macro_export]
macro_rules! shape_value {
    ($shape:ty) => {
        $crate::serde_traits!($shape, shape);

        impl $crate::Value for $shape {
            #[inline]
            fn write(
                &self,
                member: &'static $crate::schema::Member,
                to: &mut dyn $crate::shape::Writer,
            ) -> ::core::result::Result<(), $crate::error::EncodeError> {
                $crate::shape::write_structure(member, self, to)
            }

            #[inline]

            fn read(
                &mut self,
                member: &'static $crate::schema::Member,
                from: &mut dyn $crate::shape::Reader,
            ) -> ::core::result::Result<(), $crate::error::DecodeError> {
                *self = <Self as $crate::Shape>::blank();
                $crate::shape::read_structure(member, self, from)
            }

            #[inline]

            fn blank() -> Self {
                <Self as $crate::Shape>::blank()
            }
        }
    };
}

/// Implements what all outputs of operations have: the ids of their responses.
#[doc(hidden)]
#[macro_export]
macro_rules! output_ids {
    ($name:ty) => {
        impl $crate::error::RequestId for $name {
            #[inline]
            fn request_id(&self) -> ::core::option::Option<&str> {
                self._request_id.request_id()
            }
        }

        impl $crate::error::RequestIdExt for $name {
            #[inline]
            fn extended_request_id(&self) -> ::core::option::Option<&str> {
                self._request_id.extended_request_id()
            }
        }
    };
}

/// Implements what all [`StringEnum`](crate::StringEnum)s have: `Value`, `Display`, conversions from and to strings,
/// `as_str()` and `values()`.
#[doc(hidden)]
#[macro_export]
macro_rules! string_enum {
    ($name:ty) => {
        $crate::serde_traits!($name, string);

        impl $name {
            /// Returns the value as it is sent.
            #[inline]
            pub fn as_str(&self) -> &str {
                $crate::StringEnum::wire(self)
            }

            /// Reads a value that the model lists.
            ///
            /// # Errors
            ///
            /// The model doesn't list it.
            #[inline]
            pub fn try_parse(
                value: &str,
            ) -> ::core::result::Result<Self, $crate::error::UnknownVariantError> {
                $crate::__private::try_parse(value)
            }

            /// Returns the values that the model lists, sorted.
            #[inline]
            pub const fn values() -> &'static [&'static str] {
                <Self as $crate::StringEnum>::VALUES
            }
        }

        impl $crate::Value for $name {
            #[inline]
            fn write(
                &self,
                member: &'static $crate::schema::Member,
                to: &mut dyn $crate::shape::Writer,
            ) -> ::core::result::Result<(), $crate::error::EncodeError> {
                to.string(member, self.as_str())
            }

            #[inline]

            fn read(
                &mut self,
                member: &'static $crate::schema::Member,
                from: &mut dyn $crate::shape::Reader,
            ) -> ::core::result::Result<(), $crate::error::DecodeError> {
                *self = <Self as $crate::StringEnum>::from_wire(&from.string(member)?);
                ::core::result::Result::Ok(())
            }

            #[inline]

            fn blank() -> Self {
                <Self as $crate::StringEnum>::from_wire("")
            }
        }

        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl ::core::convert::AsRef<str> for $name {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::core::convert::From<&str> for $name {
            #[inline]
            fn from(value: &str) -> Self {
                <Self as $crate::StringEnum>::from_wire(value)
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            #[inline]
            fn from(value: ::std::string::String) -> Self {
                <Self as $crate::StringEnum>::from_wire(&value)
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            #[inline]

            fn from_str(value: &str) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok(<Self as $crate::StringEnum>::from_wire(value))
            }
        }
    };
}

/// Implements what all [`IntEnum`](crate::IntEnum)s have: `Value`, `Display`, conversions from and to integers, `as_i32()`
/// and `values()`.
#[doc(hidden)]
#[macro_export]
macro_rules! int_enum {
    ($name:ty) => {
        $crate::serde_traits!($name, integer);

        impl $name {
            /// Returns the value as it is sent.
            #[inline]
            pub fn as_i32(&self) -> i32 {
                $crate::IntEnum::wire(self)
            }

            /// Returns the values that the model lists, in its order.
            #[inline]
            pub const fn values() -> &'static [i32] {
                <Self as $crate::IntEnum>::VALUES
            }
        }

        impl $crate::Value for $name {
            #[inline]
            fn write(
                &self,
                member: &'static $crate::schema::Member,
                to: &mut dyn $crate::shape::Writer,
            ) -> ::core::result::Result<(), $crate::error::EncodeError> {
                $crate::Value::write(&self.as_i32(), member, to)
            }

            #[inline]

            fn read(
                &mut self,
                member: &'static $crate::schema::Member,
                from: &mut dyn $crate::shape::Reader,
            ) -> ::core::result::Result<(), $crate::error::DecodeError> {
                let mut value = 0_i32;
                $crate::Value::read(&mut value, member, from)?;
                *self = <Self as $crate::IntEnum>::from_wire(value);
                ::core::result::Result::Ok(())
            }

            #[inline]

            fn blank() -> Self {
                <Self as $crate::IntEnum>::from_wire(0)
            }
        }

        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.as_i32(), f)
            }
        }

        impl ::core::convert::From<i32> for $name {
            #[inline]
            fn from(value: i32) -> Self {
                <Self as $crate::IntEnum>::from_wire(value)
            }
        }

        impl ::core::convert::From<$name> for i32 {
            #[inline]
            fn from(value: $name) -> Self {
                value.as_i32()
            }
        }
    };
}
