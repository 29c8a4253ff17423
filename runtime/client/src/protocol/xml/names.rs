//! What elements and attributes are called.

use crate::schema::{Member, Trait};

/// The name of a member: `@xmlName`, else its own. A name on its target counts for documents only.
pub(crate) fn name(member: &Member) -> &'static str {
    xml_name(member.own_traits()).unwrap_or(member.name())
}

/// `@xmlName`.
pub(super) fn xml_name(traits: impl IntoIterator<Item = &'static Trait>) -> Option<&'static str> {
    traits.into_iter().find_map(|t| {
        if let Trait::XmlName(name) = t {
            Some(*name)
        } else {
            None
        }
    })
}
