//! Requests and responses without secrets.

#[cfg(feature = "event-stream")]
mod events;
mod names;
mod values;

use super::exchange::{Answer, Content, Headers, Recorded};
use crate::client::trace::is_web_page;
use crate::error::{DecodeError, EncodeError};
use crate::operation::{Operation, RequestHead, ServerProtocol, Thrown};
use crate::protocol::{self, Body, is_streaming_blob};
use crate::record::Record;
use crate::redact;
use crate::schema::{Kind, Location, Schema};
use crate::shape::Shape;
use aws_smithy_types::byte_stream::ByteStream;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode};
pub(super) use names::Redactor;
use names::{REDACTED, VOLATILE};
use values::redact_record;

/// Whether the requests of an operation are streams of events.
pub(super) fn sends_events(operation: &Operation) -> bool {
    let is_event_stream = |of: &Schema| of.is_streaming() && of.kind() == Kind::Union;
    let mut members = operation.input.members().iter();
    members.any(|member| is_event_stream(member.target()))
}

/// A message in parts: path and query (of requests), headers and body.
#[derive(PartialEq)]
struct Message {
    path_and_query: String,
    headers: HeaderMap,
    body: Bytes,
}

/// A message as it is without changes, and the same without secrets; `None` if it has none.
type Rewritten = Option<(Message, Message)>;

/// Why a message can't be rewritten.
struct Unreadable;

impl From<DecodeError> for Unreadable {
    fn from(_: DecodeError) -> Self {
        Self
    }
}

impl From<EncodeError> for Unreadable {
    fn from(_: EncodeError) -> Self {
        Self
    }
}

impl Redactor<'_> {
    /// A request.
    pub(super) fn request(
        &self,
        operation: Option<&'static Operation>,
        head: &RequestHead,
        body: &Bytes,
    ) -> Recorded {
        let mut headers = self.headers(&head.headers);
        let (path, query) = (head.uri.path(), head.uri.query().unwrap_or_default());
        let (mut path, mut query) = (path.to_owned(), self.query(operation, query));
        let content = match operation {
            None => self.unknown(body),
            Some(operation) if sends_events(operation) => {
                Content::Omitted("events that were sent".to_owned())
            }
            Some(operation) => match self.rewrite_request(operation, head, body) {
                Ok(None) => self.known(body),
                Ok(Some((plain, redacted))) => {
                    apply_headers(&mut headers, &plain, &redacted);
                    (path, query) = moved(&path, &query, &plain, &redacted);
                    self.known(&replaced(body, &plain, &redacted))
                }
                Err(Unreadable) => {
                    if self.has_secret_uri(operation) {
                        (path, query) = (format!("/{REDACTED}"), String::new());
                    }
                    self.unreadable(operation.input, body)
                }
            },
        };
        Recorded {
            operation: operation.map(|operation| operation.name.to_owned()),
            method: head.method.to_string(),
            uri: self.uri(operation, head, &path, &query),
            headers,
            body: content,
        }
    }

    /// A response.
    pub(super) fn response(
        &self,
        operation: Option<&'static Operation>,
        status: StatusCode,
        headers: &HeaderMap,
        body: &Bytes,
    ) -> Answer {
        let mut shown = self.headers(headers);
        let content = match operation {
            None => self.unknown(body),
            Some(operation) => self.answer(operation, (status, headers), body, &mut shown),
        };
        Answer {
            status: status.as_u16(),
            headers: shown,
            body: content,
        }
    }

    fn answer(
        &self,
        operation: &'static Operation,
        head: (StatusCode, &HeaderMap),
        body: &Bytes,
        shown: &mut Headers,
    ) -> Content {
        let protocol = operation.service.protocol;
        let success = protocol.is_success(operation, head.0);
        #[cfg(feature = "event-stream")]
        if success && let Some(events) = self.events(operation, body) {
            return events;
        }
        let success = success && !protocol.is_error(operation, body);
        let rewritten = if success {
            self.rewrite_output(operation, head, body)
        } else {
            self.rewrite_error(operation, head, body)
        };
        match rewritten {
            Ok(None) => self.known(body),
            Ok(Some((plain, redacted))) => {
                apply_headers(shown, &plain, &redacted);
                let replaced = replaced(body, &plain, &redacted);
                if replaced != body {
                    shown.retain(|name, _| !is_digest(operation, name));
                }
                self.known(&replaced)
            }
            Err(Unreadable) => self.unreadable(operation.output, body),
        }
    }

    /// The record that `read` fills, and a redacted one; `None` if there are no secrets in it.
    fn redacted(
        &self,
        operation: &'static Operation,
        schema: &'static Schema,
        read: impl Fn(&mut Record) -> Result<(), DecodeError>,
    ) -> Result<Option<(Record, Record)>, Unreadable> {
        let (mut plain, mut redacted) = (Record::new(schema), Record::new(schema));
        read(&mut redacted)?;
        if !redact_record(self, operation, &mut redacted) {
            return Ok(None);
        }
        read(&mut plain)?;
        Ok(Some((plain, redacted)))
    }

    fn rewrite_request(
        &self,
        operation: &'static Operation,
        head: &RequestHead,
        body: &Bytes,
    ) -> Result<Rewritten, Unreadable> {
        let protocol = operation.service.protocol;
        let server = protocol.server().ok_or(Unreadable)?;
        let read_body = read_body(operation.input, body);
        let read =
            |input: &mut Record| server.read_request(operation, head, read_body.clone(), input);
        let Some((plain, redacted)) = self.redacted(operation, operation.input, read)? else {
            return Ok(None);
        };
        let message = |mut input: Record| -> Result<Message, Unreadable> {
            put_stream(&mut input);
            let request = protocol.request(operation, &mut input)?;
            Ok(Message {
                path_and_query: request.path_and_query,
                headers: request.headers,
                body: in_memory(request.body),
            })
        };
        Ok(Some((message(plain)?, message(redacted)?)))
    }

    fn rewrite_output(
        &self,
        operation: &'static Operation,
        (status, headers): (StatusCode, &HeaderMap),
        body: &Bytes,
    ) -> Result<Rewritten, Unreadable> {
        let protocol = operation.service.protocol;
        let server = protocol.server().ok_or(Unreadable)?;
        let read_body = read_body(operation.output, body);
        let read = |output: &mut Record| {
            let body = Body::Bytes(read_body.clone());
            protocol.response(operation, status, headers, body, output)
        };
        let Some((plain, redacted)) = self.redacted(operation, operation.output, read)? else {
            return Ok(None);
        };
        let message = |mut output: Record| -> Result<Message, Unreadable> {
            put_stream(&mut output);
            Ok(server.respond(operation, &mut output)?.into())
        };
        Ok(Some((message(plain)?, message(redacted)?)))
    }

    fn rewrite_error(
        &self,
        operation: &'static Operation,
        (status, headers): (StatusCode, &HeaderMap),
        body: &Bytes,
    ) -> Result<Rewritten, Unreadable> {
        let protocol = operation.service.protocol;
        let server = protocol.server().ok_or(Unreadable)?;
        let error = protocol.error(operation, status, headers, body.clone());
        let Some(schema) = error.schema else {
            return if error.code.is_some() {
                Ok(None)
            } else {
                Err(Unreadable)
            };
        };
        let read = |into: &mut Record| protocol::read_error(protocol, &error, into);
        let Some((plain, redacted)) = self.redacted(operation, schema, read)? else {
            return Ok(None);
        };
        let message = |members: &Record| failed(server, operation, members);
        Ok(Some((message(&plain)?, message(&redacted)?)))
    }

    /// A body whose members have no secrets, or none any more.
    fn known(&self, body: &Bytes) -> Content {
        match Content::of(body) {
            Content::Json(text) => self.json(text),
            Content::Text(text) => Content::of(&redact::body(&text).into()),
            other => other,
        }
    }

    /// A body that isn't what the model says. A web page has no members, whatever they are.
    fn unreadable(&self, schema: &'static Schema, body: &Bytes) -> Content {
        let is_page = std::str::from_utf8(body).is_ok_and(is_web_page);
        if body.is_empty() || is_page || !self.could_be_secret(schema) {
            return self.known(body);
        }
        Content::Omitted("it can't be read, and could contain a secret".to_owned())
    }

    /// A body without an operation, such as the metadata of an instance: only JSON says what its parts are.
    fn unknown(&self, body: &Bytes) -> Content {
        match Content::of(body) {
            Content::Json(text) => self.json(text),
            Content::Empty => Content::Empty,
            _ => Content::Omitted("it isn't part of an operation".to_owned()),
        }
    }

    fn uri(
        &self,
        operation: Option<&'static Operation>,
        head: &RequestHead,
        path: &str,
        query: &str,
    ) -> String {
        let host = head.uri.host().unwrap_or_default();
        let is_secret = operation.is_some_and(|operation| self.has_secret_host(operation));
        let host = if is_secret { REDACTED } else { host };
        let port = head.uri.port().map(|port| format!(":{port}"));
        let scheme = head.uri.scheme_str().unwrap_or("http");
        let mark = if query.is_empty() { "" } else { "?" };
        let port = port.unwrap_or_default();
        format!("{scheme}://{host}{port}{path}{mark}{query}")
    }

    fn headers(&self, headers: &HeaderMap) -> Headers {
        let mut shown = Headers::new();
        for (name, value) in headers {
            if VOLATILE.contains(&name.as_str()) {
                continue;
            }
            let value = self.header(name.as_str(), value);
            shown.entry(name.to_string()).or_default().push(value);
        }
        shown
    }

    fn header(&self, name: &str, value: &HeaderValue) -> String {
        if value.is_sensitive() || self.is_secret_header(name) {
            return REDACTED.to_owned();
        }
        let text = crate::operation::header_text(value.as_bytes());
        if text.contains("://") {
            redact::links(&text)
        } else {
            text.into_owned()
        }
    }
}

/// The part of a body that protocols read: streams aren't.
fn read_body(schema: &'static Schema, body: &Bytes) -> Bytes {
    if is_streaming_blob(schema) {
        Bytes::new()
    } else {
        body.clone()
    }
}

/// Puts an empty stream in the place of one that wasn't read.
fn put_stream(shape: &mut Record) {
    for (index, member) in shape.schema().members().iter().enumerate() {
        let is_payload = member.location() == Location::Payload;
        if is_payload
            && member.target().is_streaming()
            && let Some(place) = Shape::member_mut(shape, index)
        {
            // It is a stream.
            let _put = place.put_stream(ByteStream::default());
        }
    }
}

fn in_memory(body: Body) -> Bytes {
    match body {
        Body::Bytes(bytes) => bytes,
        Body::Stream(_) => Bytes::new(),
    }
}

fn failed(
    server: &dyn ServerProtocol,
    operation: &Operation,
    members: &Record,
) -> Result<Message, Unreadable> {
    let error = Thrown {
        name: Record::schema(members).name(),
        message: None,
        modeled: Some(members),
    };
    Ok(server.fail(operation, &error)?.into())
}

impl From<http::Response<Bytes>> for Message {
    fn from(response: http::Response<Bytes>) -> Self {
        let (head, body) = response.into_parts();
        Self {
            path_and_query: String::new(),
            headers: head.headers,
            body,
        }
    }
}

/// Replaces the values of headers that had secrets.
fn apply_headers(headers: &mut Headers, plain: &Message, redacted: &Message) {
    for (name, value) in &redacted.headers {
        if plain.headers.get(name) != Some(value)
            && let Some(values) = headers.get_mut(name.as_str())
        {
            let text = crate::operation::header_text(value.as_bytes());
            *values = vec![text.into_owned()];
        }
    }
    // Prefix headers whose map is empty now.
    let gone = plain
        .headers
        .keys()
        .filter(|name| !redacted.headers.contains_key(*name));
    for name in gone {
        headers.remove(name.as_str());
    }
}

/// The body without secrets.
fn replaced(body: &Bytes, plain: &Message, redacted: &Message) -> Bytes {
    if plain.body == redacted.body {
        body.clone()
    } else {
        redacted.body.clone()
    }
}

/// Path and query without secrets. What precedes the operation's own path stays.
fn moved(path: &str, query: &str, plain: &Message, redacted: &Message) -> (String, String) {
    let split = |of: &'_ Message| {
        let (path, query) = of
            .path_and_query
            .split_once('?')
            .unwrap_or((&of.path_and_query, ""));
        (path.to_owned(), query.to_owned())
    };
    let ((plain_path, plain_query), (new_path, new_query)) = (split(plain), split(redacted));
    let path = if plain_path == new_path {
        path.to_owned()
    } else {
        match path.strip_suffix(&plain_path) {
            Some(base) => format!("{base}{new_path}"),
            None => format!("/{REDACTED}"),
        }
    };
    let query = if plain_query == new_query {
        query.to_owned()
    } else {
        new_query
    };
    (path, query)
}

/// Whether a header says something of the bytes of a body.
fn is_digest(operation: &Operation, name: &str) -> bool {
    let crc32 = operation.service.traits.iter().any(
        |of| matches!(of, crate::operation::ServiceTrait::Crc32Header(header) if *header == name),
    );
    crc32 || name.starts_with("x-amz-checksum-") || matches!(name, "content-md5" | "etag")
}
