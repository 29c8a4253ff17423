//! Errors: `<ErrorResponse><Error>`, `<Response><Errors><Error>` or `<Error>` alone.

use super::cursor::{Cursor, local_name};
use super::{is_body, read};
use crate::error::{DecodeError, ServiceError};
use crate::operation::{Operation, Protocol};
use crate::protocol::error::{ErrorResponse, Said};
use crate::protocol::format::start_of;
use crate::schema::{Member, Schema, Trait};
use crate::shape::Shape;
use quick_xml::events::BytesStart;

/// What the body of an error says beside the error's members.
#[derive(Default)]
struct ErrorFields {
    code: Option<String>,
    message: Option<String>,
    request_id: Option<String>,
}

/// Recognises an error. A body that breaks off has said what it has said; of one that is no error of this form, a page
/// of a proxy, say, the start is the message.
pub(crate) fn service_error(
    protocol: Protocol,
    operation: &Operation,
    response: ErrorResponse<'_>,
) -> ServiceError {
    let mut fields = ErrorFields::default();
    let walked = walk(&response.body, &mut fields, &mut |cursor, _, fields| {
        inside(cursor, fields)
    });
    let is_error = fields.code.is_some() || walked.is_ok_and(|found| found);
    let start = || start_of(&response.body).filter(|_| !is_error);
    let said = Said {
        types: fields.code.iter().cloned().collect(),
        message: fields.message.or_else(start),
    };
    let mut error = response.into_error(protocol, operation, said);
    let by_code = fields
        .code
        .as_deref()
        .and_then(|code| coded(code, operation));
    error.schema = by_code.or(error.schema);
    // A code may have more in it than a shape's name can.
    error.code = fields.code;
    error.request_id = error.request_id.or(fields.request_id);
    error
}

/// The modelled error that has this `@awsQueryError` code.
fn coded(code: &str, operation: &Operation) -> Option<&'static Schema> {
    let mut errors = operation.errors.iter().copied();
    errors.find(|schema| {
        let mut traits = schema.traits().iter();
        traits.any(|t| matches!(t, Trait::QueryError(of, _) if *of == code))
    })
}

/// Whether a document is an error without wrappers.
#[cfg(feature = "rest-xml")]
pub(crate) fn is_error(body: &[u8]) -> bool {
    let read = || -> Result<bool, DecodeError> {
        let mut cursor = Cursor::new(body)?;
        let mut fields = ErrorFields::default();
        let is_error = local_name(&cursor.root()?) == "Error";
        if is_error {
            inside(&mut cursor, &mut fields)?;
        }
        Ok(fields.code.is_some())
    };
    read().unwrap_or_default()
}

/// Reads the members of an error that are in the body.
pub(crate) fn read_error(body: &[u8], into: &mut dyn Shape) -> Result<(), DecodeError> {
    let read = &mut |cursor: &mut Cursor<'_>, element: &BytesStart<'_>, _: &mut ErrorFields| {
        read::members(cursor, element, into, is_error_member).map(drop)
    };
    walk(body, &mut ErrorFields::default(), read).map(drop)
}

/// Models call the message `message` or `Message`, whatever it is on the wire.
fn is_error_member(member: &Member, element: &str) -> bool {
    let is_message = |name: &str| name.eq_ignore_ascii_case("message");
    is_body(member, element) || (is_message(member.name()) && is_message(element))
}

/// The request id of a response that is no error.
pub(crate) fn request_id(body: &[u8]) -> Option<String> {
    let mut fields = ErrorFields::default();
    walk(body, &mut fields, &mut |cursor, _, _| cursor.skip()).ok();
    fields.request_id
}

/// What to do with the `Error` element, which the cursor has just entered and must leave.
type AtError<'f> = dyn for<'a> FnMut(&mut Cursor<'a>, &BytesStart<'a>, &mut ErrorFields) -> Result<(), DecodeError>
    + 'f;

/// Finds the `Error` element, and the request id around it; says whether there is one.
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

/// Reads what all errors have.
fn inside(cursor: &mut Cursor<'_>, fields: &mut ErrorFields) -> Result<(), DecodeError> {
    while let Some(child) = cursor.child()? {
        let place = match local_name(&child) {
            "Code" => &mut fields.code,
            "Message" | "message" => &mut fields.message,
            "RequestId" | "RequestID" => &mut fields.request_id,
            _ => {
                cursor.skip()?;
                continue;
            }
        };
        *place = Some(cursor.text()?.into_owned());
    }
    Ok(())
}
