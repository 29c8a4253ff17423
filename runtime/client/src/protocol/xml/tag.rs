//! Elements to write: what they are called, and the namespaces that they declare.

use super::names::{name, xml_name};
use crate::schema::{Member, Schema, Trait};

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
        namespace: namespace(member.own_traits()),
    }
}

/// The element of a flattened list's element, or of a flattened map's entry: called after the member that has the
/// collection.
pub(super) fn flattened(member: &Member, declares: &Member) -> Tag {
    Tag {
        name: name(member),
        namespace: namespace(declares.own_traits()),
    }
}

/// The outermost element of a shape's document.
pub(super) fn document(shape: &'static Schema, service: Namespace) -> Tag {
    Tag {
        name: xml_name(shape.traits()).unwrap_or(shape.name()),
        namespace: namespace(shape.traits()).or(service),
    }
}

/// The outermost element of a member's document.
pub(super) fn payload(member: &'static Member, service: Namespace) -> Tag {
    let target = document(member.target(), service);
    Tag {
        name: xml_name(member.own_traits()).unwrap_or(target.name),
        namespace: namespace(member.own_traits()).or(target.namespace),
    }
}

fn namespace(traits: &'static [Trait]) -> Namespace {
    traits.iter().find_map(|t| {
        if let Trait::XmlNamespace(uri, prefix) = t {
            Some((*uri, *prefix))
        } else {
            None
        }
    })
}
