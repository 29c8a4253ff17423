//! Helpers of the readers and writers of several formats.

#[cfg(any(feature = "json-values", feature = "rpc"))]
use crate::schema::Kind;
use crate::schema::Member;
use std::borrow::Cow;

/// Whether a member is an event stream, which isn't part of the document.
#[cfg(any(feature = "json-values", feature = "rpc"))]
pub(crate) fn is_event_stream(member: &Member) -> bool {
    member.target().is_streaming() && member.target().kind() == Kind::Union
}

/// A map's key for error messages: sensitive keys are hidden and long keys shortened.
pub(crate) fn shown<'a>(key: &'a str, member: &Member) -> Cow<'a, str> {
    if member.target().is_sensitive() {
        return Cow::Borrowed("*");
    }
    match key.char_indices().nth(64) {
        Some((end, _)) => Cow::Owned(format!("{}…", key.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(key),
    }
}

/// The first 500 characters of an unexpected body; `None` if it is blank.
#[cfg(any(feature = "json", feature = "query"))]
pub(crate) fn start_of(body: &[u8]) -> Option<String> {
    let start = body.get(..2000).unwrap_or(body);
    let text: String = String::from_utf8_lossy(start)
        .trim()
        .chars()
        .take(500)
        .collect();
    (!text.is_empty()).then_some(text)
}
