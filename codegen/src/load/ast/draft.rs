//! Drafts: shapes before mixins are flattened, so members may be missing.

use crate::diagnostic::Diagnostic;
use crate::lookup::OrderedMap;
use crate::model::{
    Member, Operation, Reference, Resource, Service, Shape, ShapeId, ShapeKind, Simple, Trait,
    Traits,
};
use crate::node::{Node, NodeValue, Span};
use std::collections::BTreeSet;

/// Shapes by id.
pub(super) type Drafts = OrderedMap<ShapeId, Draft>;

/// The draft of a shape.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) span: Span,
    /// Whether a Smithy 1.0 model defines it.
    pub(super) legacy: bool,
    pub(super) kind: DraftKind,
    pub(super) traits: Traits,
    /// list: member; map: key and value.
    pub(super) members: Vec<Member>,
    pub(super) mixins: Vec<Reference>,
}

/// The kind of a shape, without its members.
#[derive(Clone, Debug)]
pub(super) enum DraftKind {
    Simple(Simple),
    Enum,
    IntEnum,
    List,
    Set,
    Map,
    Structure,
    Union,
    Operation(Operation),
    Resource(Resource),
    Service(Service),
}

impl DraftKind {
    /// The kind for a `type`.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "enum" => Self::Enum,
            "intEnum" => Self::IntEnum,
            "list" => Self::List,
            "set" => Self::Set,
            "map" => Self::Map,
            "structure" => Self::Structure,
            "union" => Self::Union,
            "operation" => Self::Operation(Operation::default()),
            "resource" => Self::Resource(Resource::default()),
            "service" => Self::Service(Service::default()),
            _ => Self::Simple(simple(name)?),
        })
    }
}

/// The simple type of that name.
pub(super) fn simple(name: &str) -> Option<Simple> {
    Some(match name {
        "boolean" => Simple::Boolean,
        "byte" => Simple::Byte,
        "short" => Simple::Short,
        "integer" => Simple::Integer,
        "long" => Simple::Long,
        "float" => Simple::Float,
        "double" => Simple::Double,
        "bigInteger" => Simple::BigInteger,
        "bigDecimal" => Simple::BigDecimal,
        "string" => Simple::String,
        "blob" => Simple::Blob,
        "timestamp" => Simple::Timestamp,
        "document" => Simple::Document,
        _ => return None,
    })
}

/// Adds a trait of `smithy.api` that the source doesn't have.
pub(super) fn set_trait(traits: &mut Traits, name: &str, value: NodeValue, span: Span) {
    traits.0.insert(
        ["smithy.api#", name].concat().into(),
        Trait {
            value: Node::new(value, span),
        },
    );
}

/// Removes a trait of `smithy.api`.
pub(super) fn remove_trait(traits: &mut Traits, name: &str) -> Option<Node> {
    if !traits.has(name) {
        return None;
    }
    traits
        .0
        .remove(format!("smithy.api#{name}").as_str())
        .map(|removed| removed.value)
}

/// Turns drafts into shapes, sorted by id. Lists and maps without their members are reported and left out.
pub(super) fn finish(
    drafts: Drafts,
    unreadable: &mut BTreeSet<ShapeId>,
    diagnostics: &mut Vec<Diagnostic>,
) -> OrderedMap<ShapeId, Shape> {
    let mut shapes = OrderedMap::default();
    shapes.reserve(drafts.len());
    for (id, draft) in drafts {
        let Draft {
            span,
            mut traits,
            members,
            kind,
            ..
        } = draft;
        match shape_kind(kind, members, &mut traits, span) {
            Ok(kind) => {
                shapes.insert(
                    id.clone(),
                    Shape {
                        id,
                        span,
                        traits,
                        kind,
                    },
                );
            }
            Err(missing) => {
                let message = format!("missing `{missing}` in `{id}`");
                let help = format!("add \"{missing}\": {{ \"target\": … }}");
                diagnostics.push(
                    Diagnostic::new(span, message)
                        .label("defined here")
                        .help(help),
                );
                unreadable.insert(id);
            }
        }
    }
    shapes.sort_unstable_keys();
    shapes
}

fn shape_kind(
    kind: DraftKind,
    members: Vec<Member>,
    traits: &mut Traits,
    span: Span,
) -> Result<ShapeKind, &'static str> {
    if matches!(kind, DraftKind::Set) {
        set_trait(traits, "uniqueItems", NodeValue::Object(Vec::new()), span);
    }
    Ok(match kind {
        DraftKind::Simple(simple) => ShapeKind::Simple(simple),
        DraftKind::Enum => ShapeKind::Enum(with_values(members)),
        DraftKind::IntEnum => ShapeKind::IntEnum(members),
        DraftKind::List | DraftKind::Set => {
            ShapeKind::List(Box::new(members.into_iter().next().ok_or("member")?))
        }
        DraftKind::Map => {
            let (keys, values): (Vec<_>, Vec<_>) =
                members.into_iter().partition(|member| member.name == "key");
            let key = keys.into_iter().next().ok_or("key")?;
            let value = values.into_iter().next().ok_or("value")?;
            ShapeKind::Map(Box::new(key), Box::new(value))
        }
        DraftKind::Structure => ShapeKind::Structure(members),
        DraftKind::Union => ShapeKind::Union(members),
        DraftKind::Operation(operation) => ShapeKind::Operation(operation),
        DraftKind::Resource(resource) => ShapeKind::Resource(resource),
        DraftKind::Service(service) => ShapeKind::Service(service),
    })
}

/// The default for the value of an enum member is its name.
fn with_values(mut members: Vec<Member>) -> Vec<Member> {
    for member in &mut members {
        if !member.traits.has("enumValue") {
            set_trait(
                &mut member.traits,
                "enumValue",
                NodeValue::String(member.name.clone()),
                member.span,
            );
        }
    }
    members
}
