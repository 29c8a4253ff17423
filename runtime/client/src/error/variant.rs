//! Values that an enum doesn't list.

use crate::redact::REDACTED;
use std::fmt;

/// A value that the model doesn't list for an enum. It isn't kept if the enum is sensitive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownVariantError {
    value: String,
}

impl UnknownVariantError {
    pub(crate) fn new(value: &str, is_sensitive: bool) -> Self {
        let value = if is_sensitive { REDACTED } else { value };
        Self {
            value: value.to_owned(),
        }
    }
}

impl fmt::Display for UnknownVariantError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown enum variant: '{}'", self.value)
    }
}

impl std::error::Error for UnknownVariantError {}
