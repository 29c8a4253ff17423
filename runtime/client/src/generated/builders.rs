//! What all builders have in common, whatever their members are.

use std::fmt::{self, Debug};

/// Shows the builder of a structure: its name, and the structure as far as it is set.
pub fn debug_builder(name: &str, made: &dyn Debug, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.debug_tuple(name).field(&made).finish()
}
