//! XML, as restXml, awsQuery and ec2Query have it (Smithy 2.0, "XML bindings").

#[cfg(feature = "rest-xml")]
mod body;
mod cursor;
mod error;
mod names;
mod read;
#[cfg(feature = "rest-xml")]
mod tag;
#[cfg(feature = "rest-xml")]
mod write;

#[cfg(feature = "rest-xml")]
pub(crate) use body::{Root, Xml};
#[cfg(feature = "rest-xml")]
pub(crate) use error::is_error;
#[cfg(feature = "query")]
pub(crate) use error::read_error;
pub(crate) use error::{request_id, service_error};
#[cfg(feature = "query")]
pub(crate) use names::name;

use crate::error::DecodeError;
use crate::schema::{Location, Member};
use crate::shape::Shape;
use cursor::{Cursor, local, local_name};
use names::xml_name;

/// Reads the members of an output that are in the body, from the outermost element. What that is called is told with
/// the operation's name: `ThingResponse`. Services don't all keep to it, so that another one with members of the
/// output in it will do, too; with none, it is a document of somebody else.
pub(crate) fn read_members(
    body: &[u8],
    operation: Option<&str>,
    into: &mut dyn Shape,
) -> Result<(), DecodeError> {
    let mut cursor = Cursor::new(body)?;
    let root = cursor.root()?;
    let expected = operation.is_none_or(|operation| {
        let name = local_name(&root);
        let schema = into.schema();
        name.starts_with(operation)
            || name == schema.name()
            || xml_name(schema.traits()).is_some_and(|own| local(own) == name)
    });
    let stranger = (!expected).then(|| cursor.error("this is no response to the operation"));
    let found = read::members(&mut cursor, &root, into, is_body)?;
    cursor.finish()?;
    match stranger {
        Some(error) if found == 0 && says_something(body, into)? => Err(error),
        _ => Ok(()),
    }
}

/// Whether an output that has nothing to say was answered with more than an empty element.
fn says_something(body: &[u8], into: &dyn Shape) -> Result<bool, DecodeError> {
    let mut cursor = Cursor::new(body)?;
    cursor.root()?;
    Ok(!into.schema().members().is_empty() || cursor.child()?.is_some())
}

/// Reads the members of an output from the element inside the outermost one whose name ends with `Result`; services
/// that leave it out have them in the outermost one itself.
#[cfg(feature = "query")]
pub(crate) fn read_result(
    body: &[u8],
    operation: &str,
    into: &mut dyn Shape,
) -> Result<(), DecodeError> {
    let members = into.schema().members();
    if members.is_empty() {
        return read_members(body, Some(operation), into);
    }
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

/// Reads the members of an output without the element that should be around them.
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
