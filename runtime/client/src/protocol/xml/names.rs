//! The names of elements and attributes.

use crate::schema::Member;

/// The XML name of a member: `@xmlName`, or else its own name. `@xmlName` on its target only applies to documents.
pub(crate) fn name(member: &Member) -> &'static str {
    member.xml_name().unwrap_or(member.name())
}
