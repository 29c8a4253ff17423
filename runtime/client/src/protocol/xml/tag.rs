//! Elements to write: their names and the namespaces that they declare.

use super::names::name;
use crate::schema::Member;
#[cfg(feature = "rest-xml")]
use crate::schema::Schema;

/// A namespace to declare: URI and prefix (empty: the default one).
pub(super) type Namespace = Option<(&'static str, &'static str)>;

/// An element to write.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tag {
    pub(super) name: &'static str,
    pub(super) namespace: Namespace,
}

/// The element of a member inside another.
pub(super) fn tag(member: &Member) -> Tag {
    Tag {
        name: name(member),
        namespace: member.xml_namespace(),
    }
}

/// The XML element for an element of a flattened list or an entry of a flattened map. It has the name of the member that
/// targets the collection.
pub(super) fn flattened(member: &Member, declares: &Member) -> Tag {
    Tag {
        name: name(member),
        namespace: declares.xml_namespace(),
    }
}

/// The outermost element of a shape's document.
#[cfg(feature = "rest-xml")]
pub(super) fn document(shape: &'static Schema, service: Namespace) -> Tag {
    Tag {
        name: shape.xml_name().unwrap_or(shape.name()),
        namespace: shape.xml_namespace().or(service),
    }
}

/// The outermost element of a member's document.
#[cfg(feature = "rest-xml")]
pub(super) fn payload(member: &'static Member, service: Namespace) -> Tag {
    let target = document(member.target(), service);
    Tag {
        name: member.xml_name().unwrap_or(target.name),
        namespace: member.xml_namespace().or(target.namespace),
    }
}
