//! Smithy's HTTP bindings: which member goes into path, query, headers or body. What a body looks like is
//! the [`BodyFormat`]'s matter.

mod header;
mod request;
mod response;
mod text;

pub(crate) use request::request;
pub(crate) use response::{error, response};

pub(crate) use crate::operation::BodyFormat;

use crate::schema::{Location, Member};

/// The members at a location, with their index.
fn members_at(
    members: &'static [Member],
    location: Location,
) -> impl Iterator<Item = (usize, &'static Member)> {
    members
        .iter()
        .enumerate()
        .filter(move |(_, member)| member.location() == location)
}
