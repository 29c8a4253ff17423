//! An input to a request.

use super::text::{Position, write};
use super::{BodyFormat, header, is_plain, members_at};
use crate::error::EncodeError;
use crate::operation::Operation;
use crate::protocol::host::{expand, host_prefix};
use crate::protocol::percent::{PATH, UNRESERVED};
use crate::protocol::{Body, Request};
use crate::schema::{DefaultValue, Kind, Location, Member};
use crate::shape::{Shape, Value};
use ::http::Method;
use ::http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use percent_encoding::{AsciiSet, percent_encode};

/// Makes the request for an operation's input.
pub(crate) fn request(
    format: &dyn BodyFormat,
    operation: &Operation,
    input: &mut dyn Shape,
) -> Result<Request, EncodeError> {
    let method = Method::from_bytes(operation.method.as_bytes());
    let method =
        method.map_err(|_| EncodeError::new("the model gives the operation no HTTP method"))?;
    let path_and_query = path_and_query(operation, input)?;
    let host_prefix = host_prefix(operation, input)?;
    let mut headers = headers(input)?;
    let (body, media_type) = body(format, input)?;
    if let Some(media_type) = media_type {
        headers
            .entry(CONTENT_TYPE)
            .or_insert(HeaderValue::from_static(media_type));
    }
    Ok(Request {
        method,
        host_prefix,
        path_and_query,
        headers,
        body,
    })
}

fn path_and_query(operation: &Operation, input: &dyn Shape) -> Result<String, EncodeError> {
    let (path, query) = operation.uri.split_once('?').unwrap_or((operation.uri, ""));
    let mut labels = Vec::new();
    let mut out = expand(path, &mut |label, out| {
        let (name, set) = match label.strip_suffix('+') {
            Some(name) => (name, PATH),
            None => (label, UNRESERVED),
        };
        labels.push(name.to_owned());
        path_label(name, set, input, out)
    })?;
    // A label in the endpoint instead of the path must not be empty either: the request would go to another resource.
    for (index, member) in members_at(input.schema().members(), Location::Label) {
        let is_set = input.member(index).is_some_and(Value::is_set);
        if is_set && !labels.iter().any(|name| name == member.name()) {
            path_label(member.name(), UNRESERVED, input, &mut String::new())?;
        }
    }
    let mut query_out = Query {
        out: &mut out,
        separator: '?',
    };
    if !query.is_empty() {
        query_out.start().push_str(query);
    }
    query_members(input, query, &mut query_out)?;
    Ok(out)
}

/// The member with this name, and its value if it is set.
fn named<'a>(
    input: &'a dyn Shape,
    name: &str,
) -> Result<(&'static Member, Option<&'a dyn Value>), EncodeError> {
    let member = input.schema().member(name);
    let (index, member) =
        member.ok_or_else(|| EncodeError::new("the model has no such member").within(name))?;
    Ok((member, input.member(index).filter(|value| value.is_set())))
}

/// Appends the value of a label, or its default if the value is missing or empty.
fn path_label(
    name: &str,
    set: &'static AsciiSet,
    input: &dyn Shape,
    out: &mut String,
) -> Result<(), EncodeError> {
    let (member, value) = named(input, name)?;
    let start = out.len();
    if let Some(value) = value {
        write(member, value, Position::Uri, &mut |piece| {
            out.extend(percent_encode(piece.text, set));
            Ok(())
        })?;
    }
    if out.len() > start {
        return Ok(());
    }
    let default = member.default_value().and_then(DefaultValue::text);
    let needs = "must not be empty, because it is part of the path";
    let default = default.filter(|text| !text.is_empty());
    let text = default.ok_or_else(|| EncodeError::new(needs).within(name))?;
    out.extend(percent_encode(text.as_bytes(), set));
    Ok(())
}

/// Appends query parameters.
struct Query<'a> {
    out: &'a mut String,
    separator: char,
}

impl Query<'_> {
    fn start(&mut self) -> &mut String {
        self.out.push(std::mem::replace(&mut self.separator, '&'));
        self.out
    }

    fn push(&mut self, key: &str, value: &[u8]) {
        let out = self.start();
        out.extend(percent_encode(key.as_bytes(), UNRESERVED));
        out.push('=');
        out.extend(percent_encode(value, UNRESERVED));
    }
}

/// The members with `@httpQuery`, then the entries of `@httpQueryParams` whose keys aren't set yet.
fn query_members(
    input: &dyn Shape,
    literal: &str,
    query: &mut Query<'_>,
) -> Result<(), EncodeError> {
    let members = input.schema().members();
    let set = |index: usize| input.member(index).filter(|value| value.is_set());
    members_in_query(input, Location::Query, query)?;
    for (index, member) in members_at(members, Location::QueryParams) {
        let Some(value) = set(index) else { continue };
        let is_bound = |key: &str| {
            members_at(members, Location::Query)
                .any(|(index, member)| member.wire() == key && set(index).is_some())
                || literal
                    .split('&')
                    .any(|part| part.split('=').next() == Some(key))
        };
        write(member, value, Position::Uri, &mut |piece| {
            if let Some(key) = piece.key.filter(|key| !is_bound(key)) {
                query.push(key, piece.text);
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// Appends the members of the body's document to the query, as if they had `@httpQuery`.
#[cfg(feature = "client")]
pub(crate) fn append_document(
    input: &dyn Shape,
    path_and_query: &mut String,
) -> Result<(), EncodeError> {
    let mut query = Query {
        separator: if path_and_query.contains('?') {
            '&'
        } else {
            '?'
        },
        out: path_and_query,
    };
    members_in_query(input, Location::Body, &mut query)
}

/// Appends the members at a location, each under the name that it has on the wire.
fn members_in_query(
    input: &dyn Shape,
    location: Location,
    query: &mut Query<'_>,
) -> Result<(), EncodeError> {
    for (index, member) in members_at(input.schema().members(), location) {
        let Some(value) = input.member(index).filter(|value| value.is_set()) else {
            continue;
        };
        write(member, value, Position::Uri, &mut |piece| {
            query.push(member.wire(), piece.text);
            Ok(())
        })?;
    }
    Ok(())
}

/// The headers with members.
pub(super) fn headers(input: &dyn Shape) -> Result<HeaderMap, EncodeError> {
    let members = input.schema().members();
    let mut headers = HeaderMap::with_capacity(16);
    for (index, member) in members_at(members, Location::Header) {
        let Some(value) = input.member(index).filter(|value| value.is_set()) else {
            continue;
        };
        let name = header_name(member.wire().as_bytes(), member)?;
        let text = header_text(member, value)?;
        check_ascii(&text, member).map_err(|error| error.within(member.name()))?;
        headers.insert(name, header_value(&text, member)?);
    }
    for (index, member) in members_at(members, Location::PrefixHeaders) {
        let Some(value) = input.member(index).filter(|value| value.is_set()) else {
            continue;
        };
        write(member, value, Position::Header, &mut |piece| {
            let Some(key) = piece.key else { return Ok(()) };
            let name = header_name([member.wire(), key].concat().as_bytes(), member)?;
            check_ascii(piece.text, member).map_err(|error| error.within(key))?;
            // A header that has its own member gets its value from that member.
            let mut value = header_value(piece.text, piece.member)?;
            value.set_sensitive(value.is_sensitive() || member.target().is_sensitive());
            headers.entry(name).or_insert(value);
            Ok(())
        })?;
    }
    Ok(headers)
}

/// The value of a header; the elements of a list joined by commas.
fn header_text(member: &'static Member, value: &dyn Value) -> Result<Vec<u8>, EncodeError> {
    let is_list = member.target().kind() == Kind::List;
    let mut text = Vec::new();
    let mut first = true;
    write(member, value, Position::Header, &mut |piece| {
        if !std::mem::take(&mut first) {
            text.extend_from_slice(b", ");
        }
        let is_string = matches!(piece.member.target().kind(), Kind::String | Kind::Enum);
        if is_list && is_string {
            header::push_quoted(&mut text, piece.text);
        } else {
            text.extend_from_slice(piece.text);
        }
        Ok(())
    })?;
    Ok(text)
}

/// Refuses what `swage.api#ascii` doesn't allow.
fn check_ascii(text: &[u8], member: &Member) -> Result<(), EncodeError> {
    if member.is_ascii() && !text.is_ascii() {
        return Err(EncodeError::new("only ASCII characters are allowed"));
    }
    Ok(())
}

fn header_name(name: &[u8], member: &Member) -> Result<HeaderName, EncodeError> {
    HeaderName::from_bytes(name)
        .map_err(|_| EncodeError::new("invalid header name").within(member.name()))
}

fn header_value(text: &[u8], member: &Member) -> Result<HeaderValue, EncodeError> {
    let needs = "a header can't hold a line break or another control character";
    let mut value =
        HeaderValue::from_bytes(text).map_err(|_| EncodeError::new(needs).within(member.name()))?;
    let target = member.target();
    let in_list = target
        .members()
        .iter()
        .any(|element| element.target().is_sensitive());
    value.set_sensitive(target.is_sensitive() || in_list);
    Ok(value)
}

type BodyAndType = (Body, Option<&'static str>);

/// The body, and its content type if there is one.
pub(super) fn body(
    format: &dyn BodyFormat,
    input: &mut dyn Shape,
) -> Result<BodyAndType, EncodeError> {
    let members = input.schema().members();
    if let Some((index, member)) = members_at(members, Location::Payload).next() {
        return payload(format, input, index, member).map_err(|error| error.within(member.name()));
    }
    let mut in_body = members_at(members, Location::Body).peekable();
    let has_document = if format.omits_empty_documents() {
        in_body.any(|(index, _)| input.member(index).is_some_and(Value::is_set))
    } else {
        in_body.peek().is_some()
    };
    if !has_document {
        return Ok((Body::empty(), None));
    }
    Ok((
        format.write_members(input)?.into(),
        Some(format.media_type()),
    ))
}

fn payload(
    format: &dyn BodyFormat,
    input: &mut dyn Shape,
    index: usize,
    member: &'static Member,
) -> Result<BodyAndType, EncodeError> {
    let kind = member.target().kind();
    let is_text = is_plain(format, member);
    let media_type = payload_type(format, member);
    if member.target().is_streaming()
        && let Some(stream) = input.member_mut(index).and_then(Value::take_stream)
    {
        return Ok((Body::Stream(stream), Some(media_type)));
    }
    let Some(value) = input.member(index).filter(|value| value.is_set()) else {
        // Of unset payloads, only structures have a body.
        let nothing = format.empty_structure();
        return Ok(if kind == Kind::Structure && !nothing.is_empty() {
            (nothing.to_vec().into(), Some(media_type))
        } else {
            (Body::empty(), None)
        });
    };
    if member.target().is_streaming() && kind == Kind::Union {
        return Err(EncodeError::new("expected an event stream"));
    }
    let bytes = if is_text {
        let mut bytes = Vec::new();
        write(member, value, Position::Payload, &mut |piece| {
            bytes.extend_from_slice(piece.text);
            Ok(())
        })?;
        bytes
    } else {
        format.write_payload(member, value)?
    };
    Ok((bytes.into(), Some(media_type)))
}

/// The content type of a payload: `@mediaType`, or else the default for its type.
fn payload_type(format: &dyn BodyFormat, member: &'static Member) -> &'static str {
    if !is_plain(format, member) {
        return format.media_type();
    }
    member.media_type().unwrap_or(match member.target().kind() {
        Kind::Blob => "application/octet-stream",
        _ => "text/plain",
    })
}
