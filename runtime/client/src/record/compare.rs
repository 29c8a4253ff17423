//! Which values are equal, and which are blank.

use super::{Any, Record};

impl Any {
    /// Whether it is null, false, zero or empty.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Boolean(on) => !on,
            Self::Number(text) => text.parse() == Ok(0.0),
            Self::String(text) => text.is_empty(),
            Self::Blob(bytes) => bytes.is_empty(),
            Self::List(values) => values.is_empty(),
            Self::Map(entries) => entries.is_empty(),
            Self::Structure(record) => record.is_blank(),
            Self::Timestamp(_) | Self::Stream(_) => false,
        }
    }
}

impl Record {
    /// Whether no member is set to anything but null.
    pub fn is_blank(&self) -> bool {
        let mut members = self.members.iter().flatten();
        members.all(|value| matches!(value, Any::Null))
    }
}

/// Numbers are equal when their texts are; streams are never equal.
impl PartialEq for Any {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Boolean(a), Self::Boolean(b)) => a == b,
            (Self::Number(a), Self::Number(b)) | (Self::String(a), Self::String(b)) => a == b,
            (Self::Blob(a), Self::Blob(b)) => a == b,
            (Self::Timestamp(a), Self::Timestamp(b)) => a == b,
            (Self::List(a), Self::List(b)) => a == b,
            (Self::Map(a), Self::Map(b)) => a == b,
            (Self::Structure(a), Self::Structure(b)) => a == b,
            _ => false,
        }
    }
}

/// Records are equal when they have the same schema and equal members.
impl PartialEq for Record {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.schema, other.schema) && self.members == other.members
    }
}
