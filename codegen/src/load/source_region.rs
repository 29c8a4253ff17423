//! `swage.api#presignedUrl` adds the member for the source's region to inputs that don't have it.

use crate::model::{Member, Model, Reference, ShapeId, ShapeKind, Trait, Traits};
use crate::node::{Node, NodeValue, Span};

const DOCS: &str = "The region of the source, if it is in another one than the client's.";

/// Adds the members.
pub(super) fn add(model: &mut Model) {
    let wanted: Vec<_> = model
        .shapes
        .values()
        .filter_map(|shape| {
            let trait_ = shape.traits.get("swage.api#presignedUrl")?;
            let name = trait_.get("sourceRegion")?;
            let ShapeKind::Operation(operation) = &shape.kind else {
                return None;
            };
            let input = operation.input.as_ref()?.id.clone();
            Some((input, name.as_str()?.to_owned(), name.span))
        })
        .collect();
    for (input, name, span) in wanted {
        if let Some(shape) = model.shapes.get_mut(&input)
            && let ShapeKind::Structure(members) = &mut shape.kind
            && !members.iter().any(|member| member.name == name)
        {
            members.push(member(name, span));
        }
    }
}

fn member(name: String, span: Span) -> Member {
    let value = Node::new(NodeValue::String(DOCS.to_owned()), span);
    let docs = ("smithy.api#documentation".into(), Trait { value });
    Member {
        name,
        target: Reference {
            id: ShapeId::new("smithy.api#String"),
            span,
        },
        traits: Traits([docs].into_iter().collect()),
        span,
    }
}
