//! Serde's traits for generated types. They cost nothing without the feature `serde`.

pub use crate::protocol::json::{
    deserialize, deserialize_integer, deserialize_into, deserialize_string, serialize,
};
pub use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

/// Implements `Serialize` and `Deserialize` for a [`Shape`](crate::Shape), a [`StringEnum`](crate::StringEnum) or an
/// [`IntEnum`](crate::IntEnum).
#[doc(hidden)]
#[macro_export]
macro_rules! serde_traits {
    ($type:ty, shape) => {
        $crate::serde_traits!(
            $type,
            |value, to| $crate::__private::serde::serialize(value, to),
            |from| $crate::__private::serde::deserialize(from)
        );
    };
    ($type:ty, string) => {
        $crate::serde_traits!(
            $type,
            |value, to| to.serialize_str(value.as_str()),
            |from| $crate::__private::serde::deserialize_string(from).map(Self::from)
        );
    };
    ($type:ty, integer) => {
        $crate::serde_traits!(
            $type,
            |value, to| to.serialize_i32(value.as_i32()),
            |from| $crate::__private::serde::deserialize_integer(from).map(Self::from)
        );
    };
    ($type:ty, |$value:ident, $to:ident| $serialize:expr, |$from:ident| $deserialize:expr) => {
        impl $crate::__private::serde::Serialize for $type {
            #[inline]
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                $to: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                let $value = self;
                $serialize
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $type {
            #[inline]
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                $from: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $deserialize
            }
        }
    };
}
