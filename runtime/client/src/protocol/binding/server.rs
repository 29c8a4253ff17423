//! The service's side: a request to an input, an output or error to a response.

use super::response::{self, members};
use super::text::{Position, TextReader, write};
use super::{BodyFormat, members_at, request};
use crate::error::{DecodeError, EncodeError};
use crate::operation::{Operation, RequestHead, Thrown};
use crate::protocol::Body;
use crate::protocol::percent::{decoded, pairs};
use crate::schema::{Kind, Location, Member};
use crate::shape::{ElementsMut, EntriesMut, Reader, Shape};
use ::http::header::{CONTENT_TYPE, HeaderValue};
use ::http::{HeaderMap, Response, StatusCode};
use bytes::Bytes;

/// Whether a request has the method, the path and the query of an operation. A parameter that the operation doesn't have
/// makes it another one's.
pub(crate) fn is_for(operation: &Operation, head: &RequestHead) -> bool {
    let (_, literals) = operation.uri.split_once('?').unwrap_or_default();
    let found: Vec<_> = head.uri.query().unwrap_or_default().split('&').collect();
    let members = operation.input.members();
    let takes_all = members_at(members, Location::QueryParams).next().is_some();
    let is_known = |pair: &&str| {
        let key = decoded(pair.split('=').next().unwrap_or_default());
        pair.is_empty()
            || literals
                .split('&')
                .any(|literal| literal.split('=').next() == Some(&key))
            || members_at(members, Location::Query).any(|(_, member)| member.wire() == key)
    };
    let has = |literal: &str| {
        let same = |pair: &&str| *pair == literal || pair.strip_suffix('=') == Some(literal);
        literal.is_empty() || found.iter().any(same)
    };
    head.method.as_str() == operation.method
        && labels(operation, head.uri.path()).is_some()
        && literals.split('&').all(has)
        && (takes_all || found.iter().all(is_known))
}

/// The values of the labels in a path, still encoded; `None` if the path is of another operation.
fn labels<'p>(operation: &Operation, path: &'p str) -> Option<Vec<(&'static str, &'p str)>> {
    let pattern = operation.uri.split('?').next().unwrap_or_default();
    let pattern = pattern.trim_start_matches('/').trim_end_matches('/');
    let is_label = |segment: &str| segment.starts_with('{') && segment.ends_with('}');
    let name = |segment: &'static str| segment.trim_matches(['{', '}']).trim_end_matches('+');
    let segments: Vec<&'static str> = pattern.split('/').filter(|part| !part.is_empty()).collect();
    let in_pattern = |member: &Member| {
        segments
            .iter()
            .any(|of| is_label(of) && name(of) == member.name())
    };
    // Labels that endpoint rules put before the path, as for buckets.
    let first = members_at(operation.input.members(), Location::Label)
        .map(|(_, member)| member)
        .filter(|member| !in_pattern(member));
    let mut rest = path.trim_start_matches('/');
    if !pattern.ends_with('}') {
        rest = rest.trim_end_matches('/');
    }
    let mut found = Vec::new();
    for member in first {
        let (value, after) = rest.split_once('/').unwrap_or((rest, ""));
        found.push((member.name(), value));
        rest = after;
    }
    for (index, segment) in segments.iter().enumerate() {
        let left = segments.len() - index - 1;
        let (value, after) = if segment.ends_with("+}") {
            greedy(rest, left)?
        } else {
            rest.split_once('/').unwrap_or((rest, ""))
        };
        if !is_label(segment) && decoded(value) != *segment || value.is_empty() {
            return None;
        }
        if is_label(segment) {
            found.push((name(segment), value));
        }
        rest = after;
    }
    rest.is_empty().then_some(found)
}

/// The part of a path for a greedy label, and the last `left` segments.
fn greedy(path: &str, left: usize) -> Option<(&str, &str)> {
    if left == 0 {
        return Some((path, ""));
    }
    let (at, _) = path.rmatch_indices('/').nth(left - 1)?;
    Some((path.get(..at)?, path.get(at + 1..)?))
}

/// Reads a request into an input.
pub(crate) fn read(
    format: &dyn BodyFormat,
    operation: &Operation,
    head: &RequestHead,
    body: Bytes,
    input: &mut dyn Shape,
) -> Result<(), DecodeError> {
    let labels = labels(operation, head.uri.path()).unwrap_or_default();
    let pairs = pairs(head.uri.query().unwrap_or_default());
    let body = Body::Bytes(body);
    members(
        format,
        &head.headers,
        body,
        input,
        &mut |index, member, input| {
            let mut text = |text: &str| {
                let text = decoded(text);
                let Some(place) = input.member_mut(index) else {
                    return Ok(());
                };
                place.read(
                    member,
                    &mut TextReader::new(format, Position::Uri, text.as_bytes()),
                )
            };
            match member.location() {
                Location::Label => match labels.iter().find(|(name, _)| *name == member.name()) {
                    Some((_, value)) => text(value),
                    None => Ok(()),
                },
                Location::Query | Location::QueryParams => {
                    let key = (member.location() == Location::Query).then(|| member.wire());
                    let reader = QueryReader {
                        format,
                        pairs: &pairs,
                        key,
                    };
                    reader.read(index, member, input)
                }
                _ => Ok(()),
            }
        },
    )
}

/// Reads query parameters.
struct QueryReader<'a> {
    format: &'a dyn BodyFormat,
    /// All parameters.
    pairs: &'a [(String, String)],
    /// The name of the member's parameter; `None` for a map of all.
    key: Option<&'a str>,
}

impl QueryReader<'_> {
    fn read(
        mut self,
        index: usize,
        member: &'static Member,
        input: &mut dyn Shape,
    ) -> Result<(), DecodeError> {
        let Some(key) = self.key else {
            let place = input.member_mut(index).filter(|_| !self.pairs.is_empty());
            return place.map_or(Ok(()), |place| place.read(member, &mut self));
        };
        let Some((_, first)) = self.pairs.iter().find(|(name, _)| name == key) else {
            return Ok(());
        };
        if member.target().kind() == Kind::List {
            let place = input.member_mut(index);
            return place.map_or(Ok(()), |place| place.read(member, &mut self));
        }
        response::read(index, member, input, self.text(first))
    }

    fn text<'t>(&'t self, text: &'t str) -> TextReader<'t> {
        TextReader::new(self.format, Position::Uri, text.as_bytes())
    }
}

impl Reader for QueryReader<'_> {
    fn list(
        &mut self,
        member: &'static Member,
        into: &mut dyn ElementsMut,
    ) -> Result<(), DecodeError> {
        let [element] = member.target().members() else {
            return Err(self.other(member));
        };
        let mine = self
            .pairs
            .iter()
            .filter(|(key, _)| Some(&**key) == self.key);
        for (_, value) in mine {
            into.push().read(element, &mut self.text(value))?;
        }
        Ok(())
    }

    fn map(
        &mut self,
        member: &'static Member,
        into: &mut dyn EntriesMut,
    ) -> Result<(), DecodeError> {
        let [_, of] = member.target().members() else {
            return Err(self.other(member));
        };
        for (index, (key, value)) in self.pairs.iter().enumerate() {
            if self
                .pairs
                .iter()
                .take(index)
                .any(|(earlier, _)| earlier == key)
            {
                continue;
            }
            let mut of_key = QueryReader {
                key: Some(key),
                ..*self
            };
            let place = into.entry(key);
            if of.target().kind() == Kind::List {
                place.read(of, &mut of_key)?;
            } else {
                place.read(of, &mut self.text(value))?;
            }
        }
        Ok(())
    }
}

/// The response with an output.
pub(crate) fn respond(
    format: &dyn BodyFormat,
    operation: &Operation,
    output: &mut dyn Shape,
) -> Result<Response<Bytes>, EncodeError> {
    let status = status(output)?.unwrap_or(operation.code);
    let status = StatusCode::from_u16(status);
    message(format, status.unwrap_or_default(), output)
}

/// The status in a member of the output.
fn status(output: &dyn Shape) -> Result<Option<u16>, EncodeError> {
    let members = output.schema().members();
    let mut status = None;
    for (index, member) in members_at(members, Location::ResponseCode) {
        let Some(value) = output.member(index).filter(|value| value.is_set()) else {
            continue;
        };
        write(member, value, Position::Header, &mut |piece| {
            status = std::str::from_utf8(piece.text)
                .ok()
                .and_then(|text| text.parse().ok());
            Ok(())
        })?;
    }
    // Zero is what an output has whose status isn't set.
    Ok(status.filter(|status| *status != 0))
}

fn message(
    format: &dyn BodyFormat,
    status: StatusCode,
    shape: &mut dyn Shape,
) -> Result<Response<Bytes>, EncodeError> {
    let headers = request::headers(shape)?;
    let (body, media_type) = request::body(format, shape)?;
    Ok(response(status, headers, media_type, whole(body)?))
}

/// All of a body.
fn whole(body: Body) -> Result<Bytes, EncodeError> {
    match body {
        Body::Bytes(bytes) => Ok(bytes),
        Body::Stream(stream) => {
            let bytes = stream.bytes().map(Bytes::copy_from_slice);
            bytes.ok_or_else(|| EncodeError::new("the stream isn't in memory"))
        }
    }
}

fn response(
    status: StatusCode,
    headers: HeaderMap,
    media_type: Option<&'static str>,
    body: Bytes,
) -> Response<Bytes> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    if let Some(media_type) = media_type {
        let media_type = HeaderValue::from_static(media_type);
        response
            .headers_mut()
            .entry(CONTENT_TYPE)
            .or_insert(media_type);
    }
    response
}

/// The response with an error whose members are in `body`.
pub(crate) fn failed(
    error: &Thrown<'_>,
    media_type: &'static str,
    body: Vec<u8>,
) -> Result<Response<Bytes>, EncodeError> {
    let headers = error.modeled.map(request::headers).transpose()?;
    let headers = headers.unwrap_or_default();
    Ok(response(
        error.status(),
        headers,
        Some(media_type),
        body.into(),
    ))
}
