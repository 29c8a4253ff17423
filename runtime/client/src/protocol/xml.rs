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
use cursor::{Cursor, local_name};

/// Reads the members of an output that are in the body: from the element of that name inside the outermost one, or
/// from the outermost one itself where there is none.
pub(crate) fn read_members(
    body: &[u8],
    wrapper: Option<&str>,
    into: &mut dyn Shape,
) -> Result<(), DecodeError> {
    let mut cursor = Cursor::new(body)?;
    let mut root = cursor.root()?;
    if let Some(wrapper) = wrapper {
        let mut found = false;
        while let Some(child) = cursor.child()? {
            if local_name(&child) == wrapper && !found {
                read::members(&mut cursor, &child, into, is_body)?;
                found = true;
            } else {
                cursor.skip()?;
            }
        }
        if found {
            return cursor.finish();
        }
        cursor = Cursor::new(body)?;
        root = cursor.root()?;
    }
    read::members(&mut cursor, &root, into, is_body)?;
    cursor.finish()
}

fn is_body(member: &Member, element: &str) -> bool {
    member.location() == Location::Body && read::is_called(member, element)
}
