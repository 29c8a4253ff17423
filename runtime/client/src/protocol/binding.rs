//! Smithy's HTTP bindings: which members are in the path, query, headers or body. [`BodyFormat`] determines the format of
//! the body.

mod header;
mod request;
mod response;
#[cfg(feature = "test-util")]
mod server;
mod text;

#[cfg(feature = "client")]
pub(crate) use request::append_document;
pub(crate) use request::request;
pub(crate) use response::{error, response};
#[cfg(feature = "test-util")]
pub(crate) use server::{failed, is_for, read, respond};

pub(crate) use crate::operation::BodyFormat;

use crate::schema::{Kind, Location, Member};

/// Whether a payload is plain text or bytes: streams always are.
fn is_plain(format: &dyn BodyFormat, member: &Member) -> bool {
    let target = member.target();
    matches!(target.kind(), Kind::Blob | Kind::String | Kind::Enum)
        && (target.is_streaming() || format.has_plain_payloads())
}

/// The members at a location, with their indexes.
fn members_at(
    members: &'static [Member],
    location: Location,
) -> impl Iterator<Item = (usize, &'static Member)> {
    members
        .iter()
        .enumerate()
        .filter(move |(_, member)| member.location() == location)
}
