//! Collects a service's operations: its own, and those of its resources, recursively.

use crate::lookup::OrderedMap;
use crate::model::{Reference, Service, Shape, ShapeId, ShapeKind};
use std::collections::BTreeSet;

/// Adds the operations of resources to services.
pub(super) fn resources(shapes: &mut OrderedMap<ShapeId, Shape>) {
    let mut folded = Vec::new();
    for (id, shape) in &*shapes {
        if let ShapeKind::Service(service) = &shape.kind {
            folded.push((id.clone(), operations(service, shapes)));
        }
    }
    for (id, operations) in folded {
        if let Some(Shape {
            kind: ShapeKind::Service(service),
            ..
        }) = shapes.get_mut(&id)
        {
            service.operations = operations;
        }
    }
}

fn operations(service: &Service, shapes: &OrderedMap<ShapeId, Shape>) -> Vec<Reference> {
    let mut operations = service.operations.clone();
    let mut waiting: Vec<&Reference> = service.resources.iter().collect();
    let mut seen = BTreeSet::new();
    while let Some(next) = waiting.pop() {
        if let Some(ShapeKind::Resource(resource)) = shapes.get(&next.id).map(|shape| &shape.kind)
            && seen.insert(&next.id)
        {
            operations.extend(resource.operations.iter().cloned());
            waiting.extend(&resource.resources);
        }
    }
    // The span is compared last, so that the first of several references in the text is kept.
    operations.sort_by(|left, right| {
        (left.id.name(), &left.id, left.span).cmp(&(right.id.name(), &right.id, right.span))
    });
    operations.dedup_by(|left, right| left.id == right.id);
    operations
}
