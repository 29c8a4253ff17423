//! What a protocol's bodies look like, apart from what goes into them.

use crate::error::{DecodeError, EncodeError};
#[cfg(any(feature = "json", feature = "rpc"))]
use crate::schema::Kind;
use crate::schema::Member;
use crate::shape::{Shape, Value};
use std::borrow::Cow;

/// How a protocol writes bodies.
#[cfg_attr(
    not(feature = "http-binding"),
    allow(dead_code, reason = "without bindings no member is a body by itself")
)]
pub(crate) trait BodyFormat: Sync {
    /// The content type of documents.
    fn media_type(&self) -> &'static str;

    /// Whether there is no document when none of the members that are bound to the body is set.
    fn omits_empty_documents(&self) -> bool {
        false
    }

    /// What stands for a structure that is the whole body, and not set.
    fn empty_structure(&self) -> &'static [u8] {
        b""
    }

    /// Whether the text of a header stands for true; any other stands for false.
    fn is_true(&self, text: &str) -> bool {
        text.eq_ignore_ascii_case("true")
    }

    /// The document of all members that are bound to the body.
    fn write_members(&self, input: &dyn Shape) -> Result<Vec<u8>, EncodeError>;

    /// The document of one member that is the whole body.
    fn write_payload(
        &self,
        member: &'static Member,
        value: &dyn Value,
    ) -> Result<Vec<u8>, EncodeError>;

    /// Reads what [`BodyFormat::write_members`] writes.
    fn read_members(&self, body: &[u8], into: &mut dyn Shape) -> Result<(), DecodeError>;

    /// The message in an error's document, without its schema.
    #[cfg(feature = "event-stream")]
    fn error_message(&self, body: &[u8]) -> Option<String>;

    /// Reads what [`BodyFormat::write_payload`] writes.
    fn read_payload(
        &self,
        body: &[u8],
        member: &'static Member,
        into: &mut dyn Value,
    ) -> Result<(), DecodeError>;
}

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
