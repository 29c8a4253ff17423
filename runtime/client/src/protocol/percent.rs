//! Percent-encoding (RFC 3986).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC};

/// All characters except the unreserved ones (section 2.3).
pub(crate) const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The same and slashes: a path of several segments.
#[cfg(any(feature = "client", feature = "http-binding"))]
pub(crate) const PATH: &AsciiSet = &UNRESERVED.remove(b'/');
