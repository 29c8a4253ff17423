//! What readers and writers of several formats have in common.

#[cfg(any(feature = "json", feature = "rpc"))]
use crate::schema::Kind;
use crate::schema::Member;
use std::borrow::Cow;

/// Whether a member is a stream of events, which come apart from the document.
#[cfg(any(feature = "json", feature = "rpc"))]
pub(crate) fn is_event_stream(member: &Member) -> bool {
    member.target().is_streaming() && member.target().kind() == Kind::Union
}

/// A map's key as an error may show it: never one that is secret, and not the whole of a long one.
pub(crate) fn shown<'a>(key: &'a str, member: &Member) -> Cow<'a, str> {
    if member.target().is_sensitive() {
        return Cow::Borrowed("*");
    }
    match key.char_indices().nth(64) {
        Some((end, _)) => Cow::Owned(format!("{}…", key.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(key),
    }
}

/// The first 500 characters of a body that isn't what was expected; none when there is nothing but blanks.
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
