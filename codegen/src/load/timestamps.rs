//! `swage.api#timestamp` makes timestamps of strings.

use crate::model::{Model, ShapeKind, Simple};

/// Changes the shapes.
pub(super) fn make(model: &mut Model) {
    for shape in model.shapes.values_mut() {
        if shape.traits.has("swage.api#timestamp")
            && matches!(shape.kind, ShapeKind::Simple(Simple::String))
        {
            shape.kind = ShapeKind::Simple(Simple::Timestamp);
        }
    }
}
