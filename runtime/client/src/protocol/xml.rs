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
use cursor::Cursor;
#[cfg(feature = "query")]
use cursor::local_name;

/// Reads the members of an output that are in the body, from the outermost element.
pub(crate) fn read_members(body: &[u8], into: &mut dyn Shape) -> Result<(), DecodeError> {
    let mut cursor = Cursor::new(body)?;
    let root = cursor.root()?;
    read::members(&mut cursor, &root, into, is_body)?;
    cursor.finish()
}

/// Reads the members of an output from the element inside the outermost one whose name ends with `Result`; services
/// that leave it out have them in the outermost one itself.
#[cfg(feature = "query")]
pub(crate) fn read_result(body: &[u8], into: &mut dyn Shape) -> Result<(), DecodeError> {
    let mut cursor = Cursor::new(body)?;
    cursor.root()?;
    let members = into.schema().members();
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
    if found {
        Ok(())
    } else {
        read_members(body, into)
    }
}

fn is_body(member: &Member, element: &str) -> bool {
    member.location() == Location::Body && read::is_called(member, element)
}
