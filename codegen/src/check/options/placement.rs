//! Traits of `swage.cli` where they mean nothing.

use crate::check::{Checker, all_members, type_name};
use crate::diagnostic::Diagnostic;
use crate::lookup::LookupSet;
use crate::model::{Shape, ShapeId, ShapeKind};

/// The traits for what has a name on the command line, and which shapes have one.
const NAMED: [(&str, &[&str]); 3] = [
    ("swage.cli#name", &["service", "operation"]),
    ("swage.cli#aliases", &["service", "operation"]),
    ("swage.cli#hidden", &["operation"]),
];

/// The traits of options.
const OPTIONS: [&str; 6] = [
    "swage.cli#name",
    "swage.cli#aliases",
    "swage.cli#hidden",
    "swage.cli#off",
    "swage.cli#base64",
    "swage.cli#plainValues",
];

pub(super) fn check(checker: &mut Checker, shape: &Shape) {
    for (id, types) in NAMED {
        let Some(node) = shape.traits.get(id) else {
            continue;
        };
        if !types.contains(&type_name(shape)) {
            let message = format!("the trait `{id}` can't be applied to `{}`", shape.id);
            let label = format!("this shape is of type {}", type_name(shape));
            let help = format!(
                "it can be applied to {}, or a member of an operation's input",
                types.join(", ")
            );
            checker.report(Diagnostic::new(node.span, message).label(label).help(help));
        }
    }
    if has_options(checker, shape) {
        return;
    }
    for member in all_members(shape) {
        for id in OPTIONS {
            if let Some(node) = member.traits.get(id) {
                let place = format!("{}${}", shape.id, member.name);
                let message = format!("the trait `{id}` can't be applied to `{place}`");
                let help = "only members of an operation's input have options";
                let diagnostic = Diagnostic::new(node.span, message);
                checker.report(diagnostic.label("not here").help(help));
            }
        }
    }
}

/// Whether a shape's members have options: an operation's input does, and members of a mixin may become those of one.
fn has_options(checker: &Checker, shape: &Shape) -> bool {
    shape.traits.has("mixin") || checker.inputs().contains(&shape.id)
}

/// The inputs of operations.
pub(in crate::check) fn inputs<'m>(
    shapes: impl Iterator<Item = &'m Shape>,
) -> LookupSet<&'m ShapeId> {
    let inputs = shapes.filter_map(|shape| match &shape.kind {
        ShapeKind::Operation(operation) => Some(&operation.input.as_ref()?.id),
        _ => None,
    });
    inputs.collect()
}
