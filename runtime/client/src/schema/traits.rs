//! Traits that have a value, and what reads them.

use super::{Member, Schema};

/// A trait with a value. Traits without one are flags of [`Schema`] and [`Member`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Trait {
    /// `@length`: smallest and largest, inclusive.
    Length(Option<u64>, Option<u64>),
    /// `@range`: smallest and largest, inclusive.
    Range(Option<f64>, Option<f64>),
    /// `@pattern`.
    Pattern(&'static str),
    /// The values of an enum, in model order.
    EnumValues(&'static [&'static str]),
    /// The values of an intEnum, in model order.
    IntEnumValues(&'static [i32]),
    /// `@default`, where clients fill it in.
    Default(DefaultValue),
    /// `@timestampFormat`.
    TimestampFormat(TimestampFormat),
    /// `@mediaType`.
    MediaType(&'static str),
    /// `@xmlName`.
    XmlName(&'static str),
    /// `@xmlNamespace`: URI and prefix (empty: none).
    XmlNamespace(&'static str, &'static str),
    /// `@ec2QueryName`.
    Ec2QueryName(&'static str),
    /// `@contextParam`: the name of an endpoint parameter.
    ContextParam(&'static str),
    /// `@error`: true for `client`, false for `server`.
    ClientError(bool),
    /// `@httpError`.
    HttpError(u16),
    /// `@retryable`: true when throttling.
    Retryable(bool),
    /// `@awsQueryError`: the code on the wire, and the HTTP status.
    QueryError(&'static str, u16),
    /// `alloy#discriminated`: the name of the field that says which member of the union is set.
    Discriminated(&'static str),
    /// `alloy#structurePattern`: how a string is made of a structure's members.
    StructurePattern(&'static str),
    /// `swage.api#percentEncoded`, of an overlay: the query parameter that may follow (empty: none).
    PercentEncoded(&'static str),
    /// `swage.api#customerKey`, of an overlay: the name of the member for the key's MD5.
    CustomerKey(&'static str),
}

/// What a default can be (Smithy 2.0, "default trait").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DefaultValue {
    /// A boolean.
    Boolean(bool),
    /// A number: its text.
    Number(&'static str),
    /// A string, an enum's value, a timestamp, or a blob in Base64.
    String(&'static str),
    /// A list, which is empty.
    List,
    /// A map, which is empty.
    Map,
}

impl DefaultValue {
    /// Its text; none for lists and maps.
    pub const fn text(self) -> Option<&'static str> {
        match self {
            Self::Boolean(true) => Some("true"),
            Self::Boolean(false) => Some("false"),
            Self::Number(text) | Self::String(text) => Some(text),
            Self::List | Self::Map => None,
        }
    }
}

/// How a timestamp is written (Smithy 2.0, "timestampFormat trait").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimestampFormat {
    /// RFC 3339, in UTC.
    DateTime,
    /// IMF-fixdate of RFC 9110.
    HttpDate,
    /// Seconds since 1970-01-01, with fractions.
    EpochSeconds,
}

/// The value of the first of these traits that `get` knows.
fn find<T>(
    traits: impl IntoIterator<Item = &'static Trait>,
    get: impl FnMut(&'static Trait) -> Option<T>,
) -> Option<T> {
    traits.into_iter().find_map(get)
}

/// Accessors: `Schema` looks at its own traits, `Member` at its own and then at those of its target, or at its own only.
macro_rules! accessors {
    ($($(#[$doc:meta])* $on:ident.$name:ident in $traits:ident: $pattern:pat => $value:expr, $type:ty;)*) => {$(
        impl $on {
            $(#[$doc])*
            pub fn $name(&self) -> Option<$type> {
                find(self.$traits(), |value| match value {
                    $pattern => $value,
                    _ => None,
                })
            }
        }
    )*};
}
accessors! {
    /// The smallest length of `@length` on it or its target.
    Member.min_length in traits: Trait::Length(min, _) => *min, u64;
    /// The smallest value of `@range` on it or its target.
    Member.min_value in traits: Trait::Range(min, _) => *min, f64;
    /// `@default`, where clients fill it in.
    Member.default_value in own_traits: Trait::Default(value) => Some(*value), DefaultValue;
    /// `@timestampFormat` on it or its target.
    Member.timestamp_format in traits: Trait::TimestampFormat(format) => Some(*format), TimestampFormat;
    /// `@mediaType` on it or its target.
    Member.media_type in traits: Trait::MediaType(media_type) => Some(*media_type), &'static str;
    /// `@xmlName` on the member itself.
    Member.xml_name in own_traits: Trait::XmlName(name) => Some(*name), &'static str;
    /// `@xmlName`, which counts for the shape as a document of its own.
    Schema.xml_name in traits: Trait::XmlName(name) => Some(*name), &'static str;
    /// `@xmlNamespace` on the member itself: URI and prefix (empty: none).
    Member.xml_namespace in own_traits:
        Trait::XmlNamespace(uri, prefix) => Some((*uri, *prefix)), (&'static str, &'static str);
    /// `@xmlNamespace`: URI and prefix (empty: none).
    Schema.xml_namespace in traits:
        Trait::XmlNamespace(uri, prefix) => Some((*uri, *prefix)), (&'static str, &'static str);
    /// `@ec2QueryName`.
    Member.ec2_query_name in own_traits: Trait::Ec2QueryName(name) => Some(*name), &'static str;
    /// `@contextParam`: the name of an endpoint parameter.
    Member.context_param in own_traits: Trait::ContextParam(name) => Some(*name), &'static str;
    /// `@httpError`.
    Schema.http_error in traits: Trait::HttpError(status) => Some(*status), u16;
    /// `alloy#discriminated`: the name of the field that says which member of the union is set.
    Schema.discriminator in traits: Trait::Discriminated(name) => Some(*name), &'static str;
    /// `alloy#structurePattern`: how a string is made of a structure's members.
    Schema.structure_pattern in traits: Trait::StructurePattern(pattern) => Some(*pattern), &'static str;
    /// `swage.api#percentEncoded`: the query parameter that may follow (empty: none).
    Member.percent_encoded in own_traits: Trait::PercentEncoded(parameter) => Some(*parameter), &'static str;
    /// `swage.api#customerKey`: the name of the member for the key's MD5.
    Member.customer_key in own_traits: Trait::CustomerKey(digest) => Some(*digest), &'static str;
    /// `@awsQueryError`: the code on the wire, and the HTTP status.
    Schema.query_error in traits: Trait::QueryError(code, status) => Some((*code, *status)), (&'static str, u16);
}

impl Schema {
    /// The values of an enum; empty for other kinds.
    pub fn enum_values(&self) -> &'static [&'static str] {
        let values = find(self.traits(), |t| match t {
            Trait::EnumValues(values) => Some(*values),
            _ => None,
        });
        values.unwrap_or_default()
    }

    /// The values of an intEnum; empty for other kinds.
    pub fn int_enum_values(&self) -> &'static [i32] {
        let values = find(self.traits(), |t| match t {
            Trait::IntEnumValues(values) => Some(*values),
            _ => None,
        });
        values.unwrap_or_default()
    }

    /// Whether it has `@error`.
    pub fn is_error(&self) -> bool {
        let mut traits = self.traits().iter();
        traits.any(|t| matches!(t, Trait::ClientError(_)))
    }

    /// Whether it has `@error("client")`.
    pub fn is_client_error(&self) -> bool {
        let mut traits = self.traits().iter();
        traits.any(|t| matches!(t, Trait::ClientError(true)))
    }

    /// Whether it has `@retryable(throttling: true)`.
    pub fn is_throttling(&self) -> bool {
        let mut traits = self.traits().iter();
        traits.any(|t| matches!(t, Trait::Retryable(true)))
    }

    /// Whether it has `@retryable`.
    pub fn is_retryable(&self) -> bool {
        let mut traits = self.traits().iter();
        traits.any(|t| matches!(t, Trait::Retryable(_)))
    }
}
