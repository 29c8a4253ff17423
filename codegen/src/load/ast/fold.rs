//! A service's operations: its own, and those of its resources and of theirs.

use crate::model::{Reference, Service, Shape, ShapeId, ShapeKind};
use std::collections::{BTreeMap, BTreeSet};

/// Folds the operations of resources into services.
pub(super) fn resources(shapes: &mut BTreeMap<ShapeId, Shape>) {
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

fn operations(service: &Service, shapes: &BTreeMap<ShapeId, Shape>) -> Vec<Reference> {
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
    // The span comes last: of repeats, the first in the text stays, whatever the order of the walk.
    operations.sort_by(|left, right| {
        (left.id.name(), &left.id, left.span).cmp(&(right.id.name(), &right.id, right.span))
    });
    operations.dedup_by(|left, right| left.id == right.id);
    operations
}
