//! JSON, read as the AWS CLI reads it: see [`swage_jmespath::json`].

use crate::Any;
use swage_jmespath::json::{self, FromJson};
pub use swage_jmespath::json::{JsonError, is_number};

/// Reads a JSON text.
///
/// # Errors
///
/// The text isn't valid JSON. The error says where.
pub fn parse(text: &str) -> Result<Any, JsonError> {
    json::parse(text)
}

impl FromJson for Any {
    fn null() -> Self {
        Self::Null
    }

    fn boolean(value: bool) -> Self {
        Self::Boolean(value)
    }

    fn number(text: &str) -> Self {
        Self::Number(text.to_owned())
    }

    fn string(value: String) -> Self {
        Self::String(value)
    }

    fn list(elements: Vec<Self>) -> Self {
        Self::List(elements)
    }

    fn map(entries: Vec<(String, Self)>) -> Self {
        Self::Map(entries)
    }
}
