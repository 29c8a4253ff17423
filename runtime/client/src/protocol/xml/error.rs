//! Errors: `<ErrorResponse><Error>`, `<Response><Errors><Error>` or `<Error>` alone.

use super::cursor::{Cursor, local_name};
use super::{is_body, read};
use crate::error::{DecodeError, ServiceError};
use crate::operation::Operation;
use crate::protocol::error::{ErrorResponse, Said};
use crate::schema::{Kind, Member};
use crate::shape::Shape;
use quick_xml::events::BytesStart;

/// The code, message and request ID in the body of an error.
#[derive(Default)]
struct ErrorFields {
    code: Option<String>,
    message: Option<String>,
    request_id: Option<String>,
}

/// Recognises an error. A truncated body counts as far as it goes.
pub(crate) fn service_error(
    protocol: &'static str,
    operation: &Operation,
    response: ErrorResponse<'_>,
) -> ServiceError {
    let fields = error_fields(&response.body);
    let said = Said {
        types: fields.code.iter().cloned().collect(),
        message: fields.message,
    };
    let mut error = response.into_error(protocol, operation, said);
    // A code can contain characters that shape names can't.
    error.code = fields.code;
    error.request_id = error.request_id.or(fields.request_id);
    error
}

fn error_fields(body: &[u8]) -> ErrorFields {
    let mut fields = ErrorFields::default();
    // The part before the truncation counts.
    walk(body, &mut fields, &mut |cursor, _, fields| {
        inside(cursor, fields)
    })
    .ok();
    fields
}

/// Whether a document is an error with a code and its outermost element has one of these names.
pub(crate) fn is_error(body: &[u8], roots: &[&str]) -> bool {
    let is_root = || {
        let root = Cursor::new(body).ok()?.root().ok()?;
        Some(roots.contains(&local_name(&root)))
    };
    is_root().unwrap_or_default() && error_fields(body).code.is_some()
}

/// The message of an error without a wrapper, as in events.
#[cfg(all(feature = "rest-xml", feature = "event-stream"))]
pub(crate) fn bare_message(body: &[u8]) -> Option<String> {
    let mut fields = ErrorFields::default();
    let mut read = || -> Result<(), DecodeError> {
        let mut cursor = Cursor::new(body)?;
        cursor.root()?;
        inside(&mut cursor, &mut fields)
    };
    read().ok();
    fields.message
}

/// Reads the members of an error that are in the body.
pub(crate) fn read_error(body: &[u8], into: &mut dyn Shape) -> Result<(), DecodeError> {
    let read = &mut |cursor: &mut Cursor<'_>, element: &BytesStart<'_>, _: &mut ErrorFields| {
        read::members(cursor, element, into, is_error_member).map(drop)
    };
    walk(body, &mut ErrorFields::default(), read).map(drop)
}

/// The message has already been read, whatever its name on the wire.
fn is_error_member(member: &Member, element: &str) -> bool {
    let is_message =
        member.name().eq_ignore_ascii_case("message") && member.target().kind() == Kind::String;
    is_body(member, element) && !is_message
}

/// The request ID of a successful response.
pub(crate) fn request_id(body: &[u8]) -> Option<String> {
    let mut fields = ErrorFields::default();
    walk(body, &mut fields, &mut |cursor, _, _| cursor.skip()).ok();
    fields.request_id
}

/// The callback for the `Error` element, which the cursor has just entered and which the callback must leave.
type AtError<'f> = dyn for<'a> FnMut(&mut Cursor<'a>, &BytesStart<'a>, &mut ErrorFields) -> Result<(), DecodeError>
    + 'f;

/// Finds the `Error` element and the request ID outside of it. Returns whether there is an error.
fn walk(
    body: &[u8],
    fields: &mut ErrorFields,
    at_error: &mut AtError<'_>,
) -> Result<bool, DecodeError> {
    let mut cursor = Cursor::new(body)?;
    let root = cursor.root()?;
    if local_name(&root) == "Error" {
        at_error(&mut cursor, &root, fields)?;
        return Ok(true);
    }
    let mut found = false;
    while let Some(child) = cursor.child()? {
        match local_name(&child) {
            "Error" if !found => {
                found = true;
                at_error(&mut cursor, &child, fields)?;
            }
            "Errors" => {
                while let Some(child) = cursor.child()? {
                    if local_name(&child) == "Error" && !found {
                        found = true;
                        at_error(&mut cursor, &child, fields)?;
                    } else {
                        cursor.skip()?;
                    }
                }
            }
            "ResponseMetadata" => inside(&mut cursor, fields)?,
            "RequestId" | "RequestID" | "requestId" => {
                fields.request_id = Some(cursor.text()?.into_owned());
            }
            _ => cursor.skip()?,
        }
    }
    Ok(found)
}

/// Reads the fields that all errors have, each from its first element; `Message` takes precedence over `message`.
fn inside(cursor: &mut Cursor<'_>, fields: &mut ErrorFields) -> Result<(), DecodeError> {
    let mut other_message = None;
    let mut read = || -> Result<(), DecodeError> {
        while let Some(child) = cursor.child()? {
            let place = match local_name(&child) {
                "Code" => &mut fields.code,
                "Message" => &mut fields.message,
                "message" => &mut other_message,
                "RequestId" | "RequestID" => &mut fields.request_id,
                _ => {
                    cursor.skip()?;
                    continue;
                }
            };
            let text = cursor.text()?.into_owned();
            place.get_or_insert(text);
        }
        Ok(())
    };
    let read = read();
    fields.message = fields.message.take().or(other_message);
    read
}
