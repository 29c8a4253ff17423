//! Alloy's encodings of unions and unknown fields in JSON: `alloy#discriminated`, `alloy#untagged`, `alloy#jsonUnknown`.

use super::Checker;
use super::values::json_name;
use crate::diagnostic::Diagnostic;
use crate::model::{Member, Shape, ShapeId, ShapeKind, Simple};
use std::collections::BTreeSet;

const JSON_UNKNOWN: &str = "alloy#jsonUnknown";

pub(super) fn check(checker: &mut Checker, shape: &Shape) {
    unknown_fields(checker, shape);
    let ShapeKind::Union(members) = &shape.kind else {
        return;
    };
    let is_untagged = shape.traits.has("alloy#untagged");
    if let Some(key) = shape.traits.get("alloy#discriminated") {
        if is_untagged {
            let message = format!("`{}` is both discriminated and untagged", shape.id);
            checker.report(Diagnostic::new(key.span, message).help("remove one of the traits"));
            return;
        }
        for member in members {
            discriminated(checker, member, key.as_str().unwrap_or_default());
        }
    }
    if is_untagged {
        untagged(checker, shape, members);
    }
}

/// The discriminator is a field among those of the member's structure.
fn discriminated(checker: &mut Checker, member: &Member, key: &str) {
    let Some(target) = checker.shape(&member.target) else {
        return;
    };
    if member.traits.has(JSON_UNKNOWN) {
        return;
    }
    let ShapeKind::Structure(fields) = &target.kind else {
        let message = format!("`{}` is not a structure", target.id);
        let diagnostic = Diagnostic::new(member.target.span, message);
        checker.report(diagnostic.help("members of a discriminated union target structures"));
        return;
    };
    if let Some(field) = fields.iter().find(|field| json_name(field) == key) {
        let message = format!("`{}` has a member named like the discriminator", target.id);
        let diagnostic = Diagnostic::new(field.span, message).label(format!("also `{key}`"));
        let diagnostic = diagnostic.related(member.span, "member of the discriminated union");
        let help = "choose another discriminator, or change the member's name or `@jsonName`";
        checker.report(diagnostic.help(help));
    }
}

/// Only the form of a value shows which member it belongs to.
fn untagged(checker: &mut Checker, shape: &Shape, members: &[Member]) {
    if contains_itself(checker, shape) {
        let message = format!("the untagged union `{}` contains itself", shape.id);
        let help = "put a structure, list or map in between";
        checker.report(Diagnostic::new(shape.span, message).help(help));
    }
    for (index, member) in members.iter().enumerate() {
        if let Some(marked) = member.traits.get(JSON_UNKNOWN) {
            let message = format!("`{}` is untagged, so no member is unknown", shape.id);
            let help = "remove `alloy#jsonUnknown`: a document at the end takes all other values";
            checker.report(Diagnostic::new(marked.span, message).help(help));
        }
        let mut earlier = members[..index].iter();
        if let Some(first) = earlier.find(|first| is_same(checker, first, member)) {
            let message = format!(
                "the members `{}` and `{}` of the untagged union `{}` have the same form",
                first.name, member.name, shape.id
            );
            let diagnostic = Diagnostic::new(member.span, message);
            let diagnostic = diagnostic.label("can't be told from the first one");
            let diagnostic = diagnostic.related(first.span, "first one here");
            let help = "remove one of them, or use `alloy#discriminated`";
            checker.report(diagnostic.help(help));
        }
    }
}

/// Traits of members that can tell one from another of the same shape.
const DISTINCTIVE: [&str; 4] = ["length", "pattern", "range", "timestampFormat"];

/// Whether values of two members always look alike: they have the same shape, or structures with the same members.
fn is_same(checker: &Checker, first: &Member, second: &Member) -> bool {
    let is_plain = |member: &Member| !DISTINCTIVE.iter().any(|name| member.traits.has(name));
    if first.target.id == second.target.id {
        return is_plain(first) && is_plain(second);
    }
    let fields = |member: &Member| match checker.shape(&member.target).map(|shape| &shape.kind) {
        Some(ShapeKind::Structure(fields)) if fields.iter().all(is_plain) => {
            let form = |of: &Member| (json_name(of).to_owned(), of.target.id.clone());
            Some(fields.iter().map(form).collect::<BTreeSet<_>>())
        }
        _ => None,
    };
    fields(first).is_some_and(|form| Some(form) == fields(second))
}

/// Unknown fields go into one member, which holds documents.
fn unknown_fields(checker: &mut Checker, shape: &Shape) {
    let members = shape.members().iter();
    let mut marked = members.filter(|member| member.traits.has(JSON_UNKNOWN));
    let Some(first) = marked.next() else {
        return;
    };
    if let Some(second) = marked.next() {
        let message = format!("`{}` has two members with `alloy#jsonUnknown`", shape.id);
        let diagnostic = Diagnostic::new(second.span, message);
        let diagnostic = diagnostic.related(first.span, "first one here");
        checker.report(diagnostic.help("remove one of the traits"));
    }
    if !holds_documents(checker, shape, first) {
        let message = format!("`{}${}` can't hold unknown fields", shape.id, first.name);
        let help = "target a map of documents in a structure, or a document in a union";
        checker.report(Diagnostic::new(first.target.span, message).help(help));
    }
}

/// Whether a member of a structure is a map of documents, or a member of a union a document.
fn holds_documents(checker: &Checker, shape: &Shape, member: &Member) -> bool {
    let is_document = |target: &Shape| matches!(target.kind, ShapeKind::Simple(Simple::Document));
    let Some(target) = checker.shape(&member.target) else {
        // Another diagnostic reports it.
        return true;
    };
    match (&shape.kind, &target.kind) {
        (ShapeKind::Structure(_), ShapeKind::Map(_, value)) => {
            checker.shape(&value.target).is_none_or(is_document)
        }
        (ShapeKind::Union(_), _) => is_document(target),
        _ => false,
    }
}

/// Whether untagged unions lead back to this one without anything in between that shows in a message.
fn contains_itself(checker: &Checker, shape: &Shape) -> bool {
    let mut seen: BTreeSet<&ShapeId> = BTreeSet::new();
    let mut open = vec![shape];
    while let Some(union) = open.pop() {
        for member in union.members() {
            let Some(target) = checker.shape(&member.target) else {
                continue;
            };
            if target.id == shape.id {
                return true;
            }
            if target.traits.has("alloy#untagged") && seen.insert(&target.id) {
                open.push(target);
            }
        }
    }
    false
}
