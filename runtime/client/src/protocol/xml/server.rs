//! Documents of a service: outputs of the query protocols, and errors.

use super::write;
use crate::error::EncodeError;
use crate::operation::Thrown;
use crate::schema::{Location, Member};
use crate::shape::Shape;
use quick_xml::escape::{escape, partial_escape};

/// The id of all requests.
const REQUEST_ID: &str = "00000000-0000-0000-0000-000000000000";

/// The elements around those of an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "each protocol has one")]
pub(crate) enum Wrapper {
    /// `<ErrorResponse><Error>`.
    Error,
    /// `<Response><Errors><Error>`.
    Errors,
}

/// The elements of a shape's members.
fn members(shape: &dyn Shape) -> Result<String, EncodeError> {
    let mut out = Vec::new();
    let is_in_body = |member: &Member| member.location() == Location::Body;
    write::each(&mut out, shape, is_in_body, false)?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}

/// The document of an output: its members in an element of their own, if there is a name for it.
#[cfg(feature = "query")]
pub(crate) fn document(
    root: &str,
    result: Option<&str>,
    namespace: Option<(&str, &str)>,
    output: &dyn Shape,
) -> Result<String, EncodeError> {
    let namespace = namespace.map(|(uri, _)| format!(" xmlns=\"{}\"", escape(uri)));
    let namespace = namespace.unwrap_or_default();
    let members = members(output)?;
    let inner = match result {
        Some(result) => format!(
            "<{result}>{members}</{result}><ResponseMetadata><RequestId>{REQUEST_ID}</RequestId></ResponseMetadata>"
        ),
        None => format!("{members}<requestId>{REQUEST_ID}</requestId>"),
    };
    Ok(format!("<{root}{namespace}>{inner}</{root}>"))
}

/// The document of an error with that code.
pub(crate) fn error_document(
    wrapper: Wrapper,
    code: &str,
    error: &Thrown<'_>,
) -> Result<String, EncodeError> {
    let members = error.modeled.map(members).transpose()?.unwrap_or_default();
    let message = error.other_message().map(partial_escape);
    let message = message.map(|text| format!("<Message>{text}</Message>"));
    let message = message.unwrap_or_default();
    let fault = if error.is_of_client() {
        "Sender"
    } else {
        "Receiver"
    };
    let code = escape(code);
    Ok(match wrapper {
        Wrapper::Error => format!(
            "<ErrorResponse><Error><Type>{fault}</Type><Code>{code}</Code>{message}{members}</Error>\
             <RequestId>{REQUEST_ID}</RequestId></ErrorResponse>"
        ),
        Wrapper::Errors => format!(
            "<Response><Errors><Error><Code>{code}</Code>{message}{members}</Error></Errors>\
             <RequestID>{REQUEST_ID}</RequestID></Response>"
        ),
    })
}
