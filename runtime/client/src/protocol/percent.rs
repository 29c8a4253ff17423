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

/// A text without percent-encoding. Bytes that aren't UTF-8 are replaced.
#[cfg(feature = "test-util")]
pub(crate) fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text)
        .decode_utf8_lossy()
        .into_owned()
}

/// The parameters of a query or a form, in order.
#[cfg(feature = "test-util")]
pub(crate) fn pairs(text: &str) -> Vec<(String, String)> {
    let parts = text.split('&').filter(|part| !part.is_empty());
    let part = |part: &str| decoded(&part.replace('+', " "));
    parts
        .map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (part(key), part(value))
        })
        .collect()
}
