//! Values that an enum doesn't list.

use std::fmt;

/// A value that the model doesn't list for an enum. It isn't kept: it may be secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownVariantError {
    name: &'static str,
}

impl UnknownVariantError {
    pub(crate) fn new(name: &'static str) -> Self {
        Self { name }
    }
}

impl fmt::Display for UnknownVariantError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no variant of {} has this value", self.name)
    }
}

impl std::error::Error for UnknownVariantError {}
