//! A request and its response, as they are in a file.

use super::json::without_blanks;
use crate::error::TransportErrorKind;
use aws_smithy_types::base64;
use bytes::Bytes;
use std::collections::BTreeMap;

/// A request and its response.
#[derive(Clone, Debug)]
pub(super) struct Exchange {
    pub(super) request: Recorded,
    pub(super) result: Outcome,
}

/// A request without secrets.
#[derive(Clone, Debug)]
pub(super) struct Recorded {
    /// In the model.
    pub(super) operation: Option<String>,
    pub(super) method: String,
    pub(super) uri: String,
    pub(super) headers: Headers,
    pub(super) body: Content,
}

/// Names in lower case, with all their values.
pub(super) type Headers = BTreeMap<String, Vec<String>>;

/// The end of an exchange.
#[derive(Clone, Debug)]
pub(super) enum Outcome {
    Response(Answer),
    /// The kind of the error, and its text.
    Error(TransportErrorKind, String),
    /// The connect timeout.
    Timeout,
}

/// A response without secrets.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Headers,
    pub(super) body: Content,
}

/// A body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Content {
    Empty,
    /// JSON without blanks.
    Json(String),
    Text(String),
    Binary(Bytes),
    Events(Vec<Event>),
    /// Why it isn't there.
    Omitted(String),
}

/// An event of a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Event {
    pub(super) name: String,
    /// For readers.
    pub(super) payload: Box<Content>,
    pub(super) frame: Bytes,
}

impl Content {
    /// The form that shows most of it.
    pub(super) fn of(bytes: &Bytes) -> Self {
        let Ok(text) = std::str::from_utf8(bytes) else {
            return Self::Binary(bytes.clone());
        };
        let is_json = text.starts_with(['{', '[']) && without_blanks(text) == text;
        if text.is_empty() {
            Self::Empty
        } else if is_json && serde_json::from_str::<serde_core::de::IgnoredAny>(text).is_ok() {
            Self::Json(text.to_owned())
        } else if text.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            Self::Binary(bytes.clone())
        } else {
            Self::Text(text.to_owned())
        }
    }

    /// The bytes that were sent.
    pub(super) fn bytes(&self) -> Bytes {
        match self {
            Self::Empty | Self::Omitted(_) => Bytes::new(),
            Self::Json(text) | Self::Text(text) => Bytes::copy_from_slice(text.as_bytes()),
            Self::Binary(bytes) => bytes.clone(),
            Self::Events(events) => {
                let frames: Vec<_> = events.iter().map(|event| &event.frame[..]).collect();
                frames.concat().into()
            }
        }
    }

    /// A difference of the body that was sent; `None` if there is none.
    pub(super) fn difference(&self, sent: &Self) -> Option<String> {
        match (self, sent) {
            (Self::Omitted(_), _) | (_, Self::Omitted(_)) => None,
            (Self::Json(recorded), Self::Json(sent)) => json_difference(recorded, sent),
            (Self::Text(recorded), Self::Text(sent)) if is_form(recorded) && is_form(sent) => {
                pairs_difference("parameters of the body", recorded, sent)
            }
            _ if self.bytes() == sent.bytes() => None,
            _ => Some(format!(
                "the body differs: {} was recorded, {} was sent",
                self.shown(),
                sent.shown()
            )),
        }
    }

    fn shown(&self) -> String {
        match self {
            Self::Empty => "none".to_owned(),
            Self::Json(text) | Self::Text(text) => format!("{:?}", shortened(text)),
            Self::Binary(bytes) => format!("{:?} in Base64", shortened(&base64::encode(bytes))),
            Self::Events(events) => format!("{} events", events.len()),
            Self::Omitted(why) => why.clone(),
        }
    }
}

/// A text for an error.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// Whether a text is that of a form: `Action=…&Version=…`.
fn is_form(text: &str) -> bool {
    text.contains('=') && !text.contains(|c: char| c.is_whitespace() || "<>{}\"".contains(c))
}

/// A difference of queries or forms, regardless of the order of their parameters.
pub(super) fn pairs_difference(what: &str, recorded: &str, sent: &str) -> Option<String> {
    let sorted = |text: &str| {
        let parts = text.split('&').filter(|part| !part.is_empty());
        let mut all: Vec<_> = parts.map(str::to_owned).collect();
        all.sort();
        all
    };
    let (recorded, sent) = (sorted(recorded), sorted(sent));
    if recorded == sent {
        return None;
    }
    let only = |of: &[String], other: &[String]| {
        let only = of.iter().filter(|pair| !other.contains(pair));
        shortened(&only.cloned().collect::<Vec<_>>().join("&"))
    };
    Some(format!(
        "the {what} differ: {:?} was recorded, {:?} was sent",
        only(&recorded, &sent),
        only(&sent, &recorded)
    ))
}

/// The first difference of two JSON texts, by its path.
fn json_difference(recorded: &str, sent: &str) -> Option<String> {
    let parsed = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap_or_default();
    let (path, recorded, sent) = value_difference(&parsed(recorded), &parsed(sent), String::new())?;
    let place = if path.is_empty() { "the body" } else { &path };
    Some(format!(
        "{place} differs: {recorded} was recorded, {sent} was sent"
    ))
}

/// Path and both values of the first difference.
fn value_difference(
    recorded: &serde_json::Value,
    sent: &serde_json::Value,
    path: String,
) -> Option<(String, String, String)> {
    use serde_json::Value;
    let shown = |value: Option<&Value>| {
        value.map_or_else(
            || "nothing".to_owned(),
            |value| shortened(&value.to_string()),
        )
    };
    let below = |recorded: Option<&Value>, sent: Option<&Value>, path| match (recorded, sent) {
        (Some(recorded), Some(sent)) => value_difference(recorded, sent, path),
        _ => Some((path, shown(recorded), shown(sent))),
    };
    match (recorded, sent) {
        _ if recorded == sent => None,
        (Value::Object(recorded), Value::Object(sent)) => {
            let mut keys: Vec<_> = recorded.keys().chain(sent.keys()).collect();
            keys.sort();
            let separator = if path.is_empty() { "" } else { "." };
            keys.into_iter().find_map(|key| {
                let path = format!("{path}{separator}{key}");
                below(recorded.get(key), sent.get(key), path)
            })
        }
        (Value::Array(recorded), Value::Array(sent)) => (0..recorded.len().max(sent.len()))
            .find_map(|index| {
                let path = format!("{path}[{index}]");
                below(recorded.get(index), sent.get(index), path)
            }),
        _ => Some((path, shown(Some(recorded)), shown(Some(sent)))),
    }
}

/// Path and query of a URI.
pub(super) fn path_and_query(uri: &str) -> (&str, &str) {
    let rest = uri.split_once("://").map_or(uri, |(_, rest)| {
        rest.find(['/', '?'])
            .map_or("", |at| rest.get(at..).unwrap_or_default())
    });
    rest.split_once('?').unwrap_or((rest, ""))
}

impl Recorded {
    /// The method and the path, for messages.
    pub(super) fn shown(&self) -> String {
        let (path, _) = path_and_query(&self.uri);
        let operation = self.operation.as_deref();
        let operation = operation.map(|name| format!(" ({name})"));
        format!("{} {path}{}", self.method, operation.unwrap_or_default())
    }

    /// How far a request is from this one: how much of it is the same, and the first difference. `None` if it is the same.
    pub(super) fn difference(&self, sent: &Self) -> Option<(u8, String)> {
        let ((path, query), (sent_path, sent_query)) =
            (path_and_query(&self.uri), path_and_query(&sent.uri));
        let differ = |what, recorded: &str, sent: &str| {
            format!("the {what} differs: {recorded} was recorded, {sent} was sent")
        };
        if self.method != sent.method {
            return Some((0, differ("method", &self.method, &sent.method)));
        }
        if path != sent_path {
            return Some((1, differ("path", path, sent_path)));
        }
        if let Some(difference) = pairs_difference("parameters of the query", query, sent_query) {
            return Some((2, difference));
        }
        let difference = self.body.difference(&sent.body)?;
        let is_same_operation = u8::from(self.operation == sent.operation);
        Some((3 + is_same_operation, difference))
    }
}
