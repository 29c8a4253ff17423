//! XML for restXml, awsQuery and ec2Query (Smithy 2.0, "XML bindings").

#[cfg(feature = "rest-xml")]
mod body;
mod cursor;
mod error;
mod names;
mod read;
#[cfg(feature = "test-util")]
mod server;
#[cfg(any(feature = "rest-xml", feature = "test-util"))]
mod tag;
#[cfg(any(feature = "rest-xml", feature = "test-util"))]
mod write;

#[cfg(feature = "rest-xml")]
pub(crate) use body::{Root, Xml};
#[cfg(feature = "query")]
pub(crate) use error::read_error;
pub(crate) use error::{is_error, request_id, service_error};
#[cfg(feature = "query")]
pub(crate) use names::name;
#[cfg(all(feature = "query", feature = "test-util"))]
pub(crate) use server::document;
#[cfg(feature = "test-util")]
pub(crate) use server::{Wrapper, error_document};

use crate::error::DecodeError;
use crate::schema::{Location, Member};
use crate::shape::Shape;
use cursor::{Cursor, local, local_name};
use quick_xml::events::BytesStart;

/// Reads the members of an output that are in the body from the outermost element. The element may have any name, but an
/// error or a web page in place of the output is refused.
pub(crate) fn read_members(body: &[u8], into: &mut dyn Shape) -> Result<(), DecodeError> {
    let mut cursor = Cursor::new(body)?;
    let root = cursor.root()?;
    let own = [Some(into.schema().name()), into.schema().xml_name()];
    refuse_others(&cursor, &root, &own)?;
    read::members(&mut cursor, &root, into, is_body)?;
    cursor.finish()
}

/// Refuses errors and web pages in place of an output, unless the model uses the element's name.
fn refuse_others(
    cursor: &Cursor<'_>,
    root: &BytesStart<'_>,
    own: &[Option<&str>],
) -> Result<(), DecodeError> {
    let name = local_name(root);
    let is_own = || own.iter().flatten().any(|own| local(own) == name);
    let is_other = matches!(name, "Error" | "ErrorResponse") || name.eq_ignore_ascii_case("html");
    if is_other && !is_own() {
        return Err(cursor.error("this is no response to the operation"));
    }
    Ok(())
}

/// Reads the members of an output from the child of the outermost element whose name ends with `Result`, or from the
/// outermost element itself if the service leaves that out.
#[cfg(feature = "query")]
pub(crate) fn read_result(body: &[u8], into: &mut dyn Shape) -> Result<(), DecodeError> {
    let members = into.schema().members();
    let mut cursor = Cursor::new(body)?;
    cursor.root()?;
    let is_result = |name: &str| {
        name.ends_with("Result") && !members.iter().any(|member| is_body(member, name))
    };
    let mut found = false;
    while let Some(child) = cursor.child()? {
        if !found && is_result(local_name(&child)) {
            read::members(&mut cursor, &child, into, is_body)?;
            found = true;
        } else {
            cursor.skip()?;
        }
    }
    cursor.finish()?;
    if found { Ok(()) } else { read_bare(body, into) }
}

/// Reads the members of an output that isn't in a `Result` element.
#[cfg(feature = "query")]
fn read_bare(body: &[u8], into: &mut dyn Shape) -> Result<(), DecodeError> {
    let mut cursor = Cursor::new(body)?;
    let root = cursor.root()?;
    let missing = cursor.error("expected an element whose name ends with Result in this one");
    match read::members(&mut cursor, &root, into, is_body)? {
        0 => Err(missing),
        _ => Ok(()),
    }
}

fn is_body(member: &Member, element: &str) -> bool {
    member.location() == Location::Body && read::is_called(member, element)
}
