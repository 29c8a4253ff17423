//! Targets and other references: that they exist and have the right type.

use super::{Checker, all_members, type_name};
use crate::diagnostic::Diagnostic;
use crate::model::{Member, Operation, Reference, Resource, Service, Shape, ShapeKind};
use std::collections::BTreeMap;

const UNIT: &str = "smithy.api#Unit";

pub(super) fn check(checker: &mut Checker, shape: &Shape) {
    for member in all_members(shape) {
        member_target(checker, shape, member);
    }
    names(checker, shape);
    match &shape.kind {
        ShapeKind::Map(key, _) => map_key(checker, key),
        ShapeKind::Operation(operation) => operation_targets(checker, operation),
        ShapeKind::Resource(resource) => resource_targets(checker, resource),
        ShapeKind::Service(service) => service_targets(checker, shape, service),
        ShapeKind::Union(members) | ShapeKind::Enum(members) | ShapeKind::IntEnum(members) => {
            some_member(checker, shape, members);
        }
        ShapeKind::Simple(_) | ShapeKind::List(_) | ShapeKind::Structure(_) => {}
    }
}

fn some_member(checker: &mut Checker, shape: &Shape, members: &[Member]) {
    if members.is_empty() {
        let message = format!("`{}` has no members", shape.id);
        let help = format!("a {} needs at least one member", type_name(shape));
        checker.report(Diagnostic::new(shape.span, message).help(help));
    }
}

fn missing(checker: &mut Checker, reference: &Reference) {
    if !checker.unreadable.contains(&reference.id) {
        let diagnostic =
            Diagnostic::new(reference.span, format!("unknown shape `{}`", reference.id));
        let help = closest(checker, reference).map_or_else(
            || "define it, pass the model that defines it as well, or fix the shape id".to_owned(),
            |id| format!("did you mean `{id}`?"),
        );
        checker.report(diagnostic.label("not found in the models").help(help));
    }
}

/// A shape whose name differs only in namespace or letter case.
fn closest(checker: &Checker, reference: &Reference) -> Option<String> {
    let names = checker.names.get_or_init(|| {
        let ids = checker.model.shapes.keys().rev();
        ids.map(|id| (id.name().to_ascii_lowercase(), id)).collect()
    });
    let id = names.get(&reference.id.name().to_ascii_lowercase());
    id.map(ToString::to_string)
}

fn member_target(checker: &mut Checker, shape: &Shape, member: &Member) {
    let Some(target) = checker.shape(&member.target) else {
        missing(checker, &member.target);
        return;
    };
    if let Some((message, help)) = unfit(shape, target) {
        checker.report(Diagnostic::new(member.target.span, message).help(help));
    }
}

/// Why no member can target that shape, and a help text.
fn unfit(shape: &Shape, target: &Shape) -> Option<(String, &'static str)> {
    let is_data = !matches!(
        target.kind,
        ShapeKind::Operation(_) | ShapeKind::Resource(_) | ShapeKind::Service(_)
    );
    let needs_value = matches!(shape.kind, ShapeKind::Structure(_) | ShapeKind::List(_));
    if !is_data {
        let kind = type_name(target);
        let message = format!("a member can't target the {kind} `{}`", target.id);
        return Some((
            message,
            "target a simple type, list, map, structure or union",
        ));
    }
    if target.traits.has("mixin") {
        let message = format!("a member can't target the mixin `{}`", target.id);
        let help = "define a shape that uses the mixin, and target that";
        return Some((message, help));
    }
    (needs_value && target.id.as_str() == UNIT).then(|| {
        let message = format!("this member can't target `{UNIT}`");
        (message, "only members of unions can target it")
    })
}

fn map_key(checker: &mut Checker, key: &Member) {
    if !checker.targets(key, &["string", "enum"]) {
        let message = format!("invalid key type: `{}` is not a string", key.target.id);
        checker
            .report(Diagnostic::new(key.target.span, message).help("target a string or an enum"));
    }
}

/// Member names must differ in more than letter case.
fn names(checker: &mut Checker, shape: &Shape) {
    if !matches!(shape.kind, ShapeKind::Structure(_) | ShapeKind::Union(_)) {
        return;
    }
    let mut seen: BTreeMap<String, &Member> = BTreeMap::new();
    for member in shape.members() {
        if let Some(first) = seen.insert(member.name.to_ascii_lowercase(), member) {
            let message = format!(
                "`{}` and `{}` differ only in letter case",
                first.name, member.name
            );
            let diagnostic =
                Diagnostic::new(member.span, message).related(first.span, "first one here");
            checker.report(diagnostic.help("rename one: Smithy's names are case-insensitive"));
        }
    }
}

fn expect<'m>(
    checker: &mut Checker<'m>,
    reference: &Reference,
    kind: &str,
    role: &str,
) -> Option<&'m Shape> {
    let Some(target) = checker.shape(reference) else {
        missing(checker, reference);
        return None;
    };
    if type_name(target) == kind {
        return Some(target);
    }
    let message = format!(
        "expected a shape of type {kind} as {role}, found `{}` of type {}",
        target.id,
        type_name(target)
    );
    let diagnostic = Diagnostic::new(reference.span, message).related(target.span, "defined here");
    checker.report(diagnostic.help(format!("target a shape of type {kind}")));
    None
}

fn operation_targets(checker: &mut Checker, operation: &Operation) {
    for (reference, role) in [
        (&operation.input, "the input of an operation"),
        (&operation.output, "the output of an operation"),
    ] {
        let target = reference
            .as_ref()
            .and_then(|reference| expect(checker, reference, "structure", role));
        if let (Some(reference), Some(target)) = (reference, target)
            && target.traits.has("mixin")
        {
            let message = format!("{role} can't be the mixin `{}`", target.id);
            let help = "define a structure that uses the mixin, and target that";
            checker.report(Diagnostic::new(reference.span, message).help(help));
        }
    }
    errors(checker, &operation.errors);
}

fn errors(checker: &mut Checker, errors: &[Reference]) {
    for reference in errors {
        if let Some(target) = expect(checker, reference, "structure", "an error")
            && !target.traits.has("error")
        {
            let message = format!("`{}` is listed as an error, but has no @error", target.id);
            let diagnostic =
                Diagnostic::new(reference.span, message).related(target.span, "defined here");
            checker.report(
                diagnostic.help("add \"smithy.api#error\": \"client\" or \"server\" to it"),
            );
        }
    }
}

fn resource_targets(checker: &mut Checker, resource: &Resource) {
    for (name, reference) in &resource.identifiers {
        match checker.shape(reference) {
            None => missing(checker, reference),
            Some(target) if !matches!(type_name(target), "string" | "enum") => {
                let message = format!(
                    "expected a string for the identifier `{name}`, found `{}`",
                    target.id
                );
                checker.report(Diagnostic::new(reference.span, message).help("target a string"));
            }
            Some(_) => {}
        }
    }
    for (_, reference) in &resource.properties {
        if checker.shape(reference).is_none() {
            missing(checker, reference);
        }
    }
    for reference in &resource.operations {
        expect(
            checker,
            reference,
            "operation",
            "an operation of a resource",
        );
    }
    for reference in &resource.resources {
        expect(checker, reference, "resource", "a resource of a resource");
    }
}

fn service_targets(checker: &mut Checker, shape: &Shape, service: &Service) {
    let mut seen: BTreeMap<String, &Reference> = BTreeMap::new();
    for reference in &service.operations {
        expect(checker, reference, "operation", "an operation of a service");
        if let Some(first) = seen.insert(reference.id.name().to_ascii_lowercase(), reference) {
            let message = format!(
                "`{}` and `{}` have the same name in `{}`",
                first.id, reference.id, shape.id
            );
            let diagnostic =
                Diagnostic::new(reference.span, message).related(first.span, "first one here");
            checker.report(diagnostic.help("rename one: names of operations are case-insensitive"));
        }
    }
    for reference in &service.resources {
        expect(checker, reference, "resource", "a resource of a service");
    }
    for id in service.rename.keys() {
        if !checker.model.shapes.contains_key(id) && !checker.unreadable.contains(id) {
            let message = format!("unknown shape `{id}` in `rename` of `{}`", shape.id);
            let help = "fix or remove this entry: the model may have renamed or removed the shape";
            checker.report(Diagnostic::new(shape.span, message).help(help));
        }
    }
    errors(checker, &service.errors);
}
