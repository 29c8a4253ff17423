//! A response to an output, or to a modelled error.

use super::text::{Position, TextReader};
use super::{BodyFormat, is_plain};
use crate::error::{DecodeError, ServiceError};
use crate::protocol::Body;
use crate::schema::{Kind, Location, Member, Schema};
use crate::shape::Shape;
use ::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use aws_smithy_types::byte_stream::ByteStream;

/// Reads a response into a shape.
pub(crate) fn response(
    format: &dyn BodyFormat,
    status: StatusCode,
    headers: &HeaderMap,
    body: Body,
    output: &mut dyn Shape,
) -> Result<(), DecodeError> {
    members(
        format,
        headers,
        body,
        output,
        &mut |index, member, output| {
            if member.location() != Location::ResponseCode {
                return Ok(());
            }
            let text = TextReader::new(format, Position::Header, status.as_str().as_bytes());
            read(index, member, output, text)
        },
    )
}

/// Reads a member that is neither in a header nor in the body.
pub(super) type ReadOther<'a> =
    dyn FnMut(usize, &'static Member, &mut dyn Shape) -> Result<(), DecodeError> + 'a;

/// Reads a message into a shape.
pub(super) fn members(
    format: &dyn BodyFormat,
    headers: &HeaderMap,
    body: Body,
    output: &mut dyn Shape,
    other: &mut ReadOther<'_>,
) -> Result<(), DecodeError> {
    let mut body = Some(body);
    for (index, member) in output.schema().members().iter().enumerate() {
        let read = match member.location() {
            Location::Header => read_header(format, headers, index, member, output),
            Location::PrefixHeaders => {
                let prefixed = Some((headers, member.wire()));
                let from = TextReader {
                    prefixed,
                    ..TextReader::new(format, Position::Header, b"")
                };
                read(index, member, output, from)
            }
            Location::Payload => match body.take() {
                Some(body) => read_payload(format, body, index, member, output),
                None => Ok(()),
            },
            Location::ResponseCode | Location::Label | Location::Query | Location::QueryParams => {
                other(index, member, output)
            }
            Location::Body | Location::EventHeader | Location::EventPayload => Ok(()),
        };
        read.map_err(|error| error.within(member.name()))?;
    }
    let mut members = output.schema().members().iter();
    let is_read = members.any(|member| member.location() == Location::Body);
    match body {
        // A body without members is ignored, whatever it contains.
        Some(Body::Bytes(body)) if is_read && !body.is_empty() => {
            format.read_members(&body, output)
        }
        _ => Ok(()),
    }
}

/// Reads a modelled error from its response.
pub(crate) fn error(
    format: &dyn BodyFormat,
    error: &ServiceError,
    into: &mut dyn Shape,
) -> Result<(), DecodeError> {
    let headers = error.headers.iter().filter_map(|(name, value)| {
        Some((
            HeaderName::from_bytes(name.as_bytes()).ok()?,
            HeaderValue::from_bytes(value).ok()?,
        ))
    });
    let status = StatusCode::from_u16(error.status).unwrap_or_default();
    let body = Body::Bytes(error.body.clone());
    response(format, status, &headers.collect(), body, into)
}

pub(super) fn read(
    index: usize,
    member: &'static Member,
    output: &mut dyn Shape,
    mut from: TextReader<'_>,
) -> Result<(), DecodeError> {
    match output.member_mut(index) {
        Some(into) => into.read(member, &mut from),
        None => Ok(()),
    }
}

/// Reads a header. An invalid time leaves its member unset: recipients must be prepared for invalid times (RFC 9111, section
/// 5.3).
fn read_header(
    format: &dyn BodyFormat,
    headers: &HeaderMap,
    index: usize,
    member: &'static Member,
    output: &mut dyn Shape,
) -> Result<(), DecodeError> {
    let lines = headers.get_all(member.wire());
    let mut lines: Vec<_> = lines.iter().map(HeaderValue::as_bytes).collect();
    let kind = member.target().kind();
    if kind != Kind::List {
        lines.truncate(1);
    }
    let text = lines.join(&b", "[..]);
    let is_number = !matches!(
        kind,
        Kind::String | Kind::Enum | Kind::Boolean | Kind::Timestamp | Kind::List
    );
    if lines.is_empty() || (is_number && text.is_empty()) {
        return Ok(());
    }
    let read = read(
        index,
        member,
        output,
        TextReader::new(format, Position::Header, &text),
    );
    if holds_times(member) { Ok(()) } else { read }
}

fn holds_times(member: &Member) -> bool {
    let target = member.target();
    let elements = target.members().iter().map(Member::target);
    let mut kinds = elements.chain([target]).map(Schema::kind);
    kinds.any(|kind| kind == Kind::Timestamp)
}

fn read_payload(
    format: &dyn BodyFormat,
    body: Body,
    index: usize,
    member: &'static Member,
    output: &mut dyn Shape,
) -> Result<(), DecodeError> {
    let kind = member.target().kind();
    let Some(into) = output.member_mut(index) else {
        return Ok(());
    };
    let bytes = match body {
        Body::Bytes(bytes) => bytes,
        Body::Stream(stream) => {
            return into
                .put_stream(stream)
                .map_err(|_| DecodeError::new("the body was not read completely"));
        }
    };
    if member.target().is_streaming() && kind == Kind::Blob {
        return into
            .put_stream(ByteStream::from(bytes))
            .map_err(|_| DecodeError::new("expected a stream"));
    }
    if bytes.is_empty() {
        return Ok(());
    }
    if is_plain(format, member) {
        let mut text = TextReader::new(format, Position::Payload, &bytes);
        into.read(member, &mut text)
    } else {
        format.read_payload(&bytes, member, into)
    }
}
