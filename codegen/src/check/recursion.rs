//! Shapes that contain themselves in a way that allows no finite value, or no type in Rust.

use super::Checker;
use crate::diagnostic::Diagnostic;
use crate::lookup::{Lookup, LookupSet};
use crate::model::{Member, Shape, ShapeId, ShapeKind};
use std::collections::BTreeSet;

pub(super) fn check<'m>(checker: &mut Checker<'m>) {
    let infinite = infinite(checker);
    let next = |shape: &'m Shape| {
        let of_cycle = |member: &&Member| infinite.contains(&member.target.id);
        let members = shape.members().iter().filter(of_cycle);
        let mut needed = members.filter(|member| needs(shape, member));
        needed.next().filter(|_| infinite.contains(&shape.id))
    };
    let help = "make a member of the cycle optional, or put a list or map into it";
    cycles(
        checker,
        next,
        "has no finite value: it requires a value of its own type",
        help,
    );
    let next = |shape: &'m Shape| match &shape.kind {
        ShapeKind::List(member) => Some(&**member),
        ShapeKind::Map(_, value) => Some(&**value),
        ShapeKind::Simple(_)
        | ShapeKind::Enum(_)
        | ShapeKind::IntEnum(_)
        | ShapeKind::Structure(_)
        | ShapeKind::Union(_)
        | ShapeKind::Operation(_)
        | ShapeKind::Resource(_)
        | ShapeKind::Service(_) => None,
    };
    cycles(
        checker,
        next,
        "is recursive without a structure or union",
        "put a structure or union into the cycle",
    );
}

/// Whether every value of the shape includes a value of the member.
fn needs(shape: &Shape, member: &Member) -> bool {
    matches!(shape.kind, ShapeKind::Union(_)) || member.traits.has("required")
}

/// Structures and unions that have no finite value: the rest, once those that have one are found.
fn infinite<'m>(checker: &Checker<'m>) -> LookupSet<&'m ShapeId> {
    let shapes = &checker.model.shapes;
    let aggregate =
        |shape: &&Shape| matches!(shape.kind, ShapeKind::Structure(_) | ShapeKind::Union(_));
    let mut open: LookupSet<&ShapeId> = shapes
        .values()
        .filter(aggregate)
        .map(|shape| &shape.id)
        .collect();
    let mut users: Lookup<&ShapeId, Vec<&Shape>> = Lookup::default();
    for shape in shapes.values().filter(aggregate) {
        for member in shape.members() {
            users.entry(&member.target.id).or_default().push(shape);
        }
    }
    let mut waiting: Vec<&Shape> = shapes.values().filter(aggregate).collect();
    while let Some(shape) = waiting.pop() {
        // A shape waits for each member whose target isn't known to be finite yet.
        if open.contains(&shape.id) && is_finite(shape, &open) {
            open.remove(&shape.id);
            waiting.extend(users.get(&shape.id).into_iter().flatten());
        }
    }
    open
}

/// Whether the shape has a finite value even if the shapes in `open` have none.
fn is_finite(shape: &Shape, open: &LookupSet<&ShapeId>) -> bool {
    let is_finite = |member: &Member| !open.contains(&member.target.id);
    let members = shape.members();
    if matches!(shape.kind, ShapeKind::Union(_)) {
        return members.is_empty() || members.iter().any(is_finite);
    }
    let mut needed = members.iter().filter(|member| needs(shape, member));
    needed.all(is_finite)
}

/// Reports each cycle of a graph in which every shape has at most one successor.
fn cycles<'m>(
    checker: &mut Checker<'m>,
    next: impl Fn(&'m Shape) -> Option<&'m Member>,
    what: &str,
    help: &str,
) {
    let mut done: BTreeSet<&ShapeId> = BTreeSet::new();
    let shapes = checker.model.shapes.values();
    for start in shapes.filter(|shape| next(shape).is_some()) {
        let mut path: Vec<(&Shape, &Member)> = Vec::new();
        let mut on_path: BTreeSet<&ShapeId> = BTreeSet::new();
        let mut shape = start;
        while !done.contains(&shape.id) && on_path.insert(&shape.id) {
            let Some(member) = next(shape) else { break };
            let target = checker.shape(&member.target);
            path.push((shape, member));
            let Some(target) = target else { break };
            shape = target;
        }
        if let Some(first) = path.iter().position(|(on_path, _)| on_path.id == shape.id)
            && !done.contains(&shape.id)
        {
            let mut diagnostic =
                Diagnostic::new(shape.span, format!("`{}` {what}", shape.id)).help(help);
            for (_, member) in path.iter().skip(first) {
                diagnostic = diagnostic
                    .related(member.span, format!("through the member `{}`", member.name));
            }
            checker.report(diagnostic);
        }
        done.extend(path.into_iter().map(|(shape, _)| &shape.id));
        done.insert(&start.id);
    }
}
