//! A response to an output, or to a modelled error.

use super::BodyFormat;
use super::text::{Place, TextReader};
use crate::error::{DecodeError, ServiceError};
use crate::protocol::Body;
use crate::schema::{Kind, Location, Member};
use crate::shape::Shape;
use ::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use aws_smithy_types::byte_stream::ByteStream;

/// Reads a response into the shape that it is for.
pub(crate) fn response(
    format: &dyn BodyFormat,
    status: StatusCode,
    headers: &HeaderMap,
    body: Body,
    output: &mut dyn Shape,
) -> Result<(), DecodeError> {
    let mut body = Some(body);
    let text = |text| TextReader::new(Place::Header, text);
    for (index, member) in output.schema().members().iter().enumerate() {
        let read = match member.location() {
            Location::Header => read_header(headers, index, member, output),
            Location::PrefixHeaders => {
                let prefixed = Some((headers, member.wire()));
                read(
                    index,
                    member,
                    output,
                    TextReader {
                        prefixed,
                        ..text(b"")
                    },
                )
            }
            Location::ResponseCode => read(index, member, output, text(status.as_str().as_bytes())),
            Location::Payload => match body.take() {
                Some(body) => read_payload(format, body, index, member, output),
                None => Ok(()),
            },
            Location::Body
            | Location::Label
            | Location::Query
            | Location::QueryParams
            | Location::EventHeader
            | Location::EventPayload => Ok(()),
        };
        read.map_err(|error| error.within(member.name()))?;
    }
    match body {
        // Also without members for it: what isn't a document of the protocol didn't come from the service.
        Some(Body::Bytes(body)) if !body.is_empty() => format.read_members(&body, output),
        _ => Ok(()),
    }
}

/// Reads a modelled error from what was kept of its response.
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

fn read(
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

fn read_header(
    headers: &HeaderMap,
    index: usize,
    member: &'static Member,
    output: &mut dyn Shape,
) -> Result<(), DecodeError> {
    let values = headers.get_all(member.wire());
    let Some(first) = values.iter().next() else {
        return Ok(());
    };
    let kind = member.target().kind();
    if kind == Kind::List && values.iter().nth(1).is_some() {
        let lines: Vec<_> = values.iter().map(HeaderValue::as_bytes).collect();
        return read(
            index,
            member,
            output,
            TextReader::new(Place::Header, &lines.join(&b", "[..])),
        );
    }
    // A number that isn't there.
    if first.is_empty() && !matches!(kind, Kind::String | Kind::Enum | Kind::List) {
        return Ok(());
    }
    read(
        index,
        member,
        output,
        TextReader::new(Place::Header, first.as_bytes()),
    )
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
                .map_err(|_| DecodeError::new("the body was not read to its end"));
        }
    };
    if member.target().is_streaming() && kind == Kind::Blob {
        return into
            .put_stream(ByteStream::from(bytes))
            .map_err(|_| DecodeError::new("this is not a stream"));
    }
    if bytes.is_empty() {
        return Ok(());
    }
    match kind {
        Kind::Blob | Kind::String | Kind::Enum => {
            into.read(member, &mut TextReader::new(Place::Payload, &bytes))
        }
        _ => format.read_payload(&bytes, member, into),
    }
}
