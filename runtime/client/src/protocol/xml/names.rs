//! What elements and attributes are called.

use crate::schema::Member;

/// The name of a member: `@xmlName`, else its own. A name on its target counts for documents only.
pub(crate) fn name(member: &Member) -> &'static str {
    member.xml_name().unwrap_or(member.name())
}
