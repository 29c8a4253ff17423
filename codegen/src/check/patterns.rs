//! `alloy#structurePattern`: a string that is a structure's members with text between them.

use super::Checker;
use crate::diagnostic::Diagnostic;
use crate::model::{Member, Shape, ShapeKind, Simple};
use crate::node::Node;

pub(super) fn check(checker: &mut Checker, shape: &Shape) {
    let Some(value) = shape.traits.get("alloy#structurePattern") else {
        return;
    };
    let (Some(target), Some(pattern)) = (value.get("target"), value.get("pattern")) else {
        return;
    };
    let target_shape = shape
        .pattern_target()
        .and_then(|id| checker.model.shapes.get(&id));
    let Some(ShapeKind::Structure(members)) = target_shape.map(|shape| &shape.kind) else {
        let id = target.as_str().unwrap_or_default();
        let message = format!("`{id}` is not a structure of the model");
        let help = "`alloy#structurePattern` targets a structure of required, simple members";
        checker.report(Diagnostic::new(target.span, message).help(help));
        return;
    };
    for member in members {
        if let Some(message) = unfit(checker, member) {
            let diagnostic = Diagnostic::new(member.span, message);
            let diagnostic = diagnostic.related(pattern.span, "it is in this pattern");
            checker.report(diagnostic.help("make it required, and target a simple type"));
        }
    }
    names(checker, pattern, members);
}

/// Why a member can't be a part of a string.
fn unfit(checker: &Checker, member: &Member) -> Option<String> {
    let target = checker.shape(&member.target)?;
    let is_simple = match &target.kind {
        ShapeKind::Simple(simple) => {
            let others = ["streaming", "alloy#structurePattern"];
            *simple != Simple::Document && !others.iter().any(|name| target.traits.has(name))
        }
        ShapeKind::Enum(_) | ShapeKind::IntEnum(_) => true,
        _ => false,
    };
    if !is_simple {
        return Some(format!("the member `{}` isn't simple", member.name));
    }
    let is_required = member.traits.has("required");
    (!is_required).then(|| format!("the member `{}` isn't required", member.name))
}

/// Each member is in the pattern once, with text between it and the next one.
fn names(checker: &mut Checker, pattern: &Node, members: &[Member]) {
    let text = pattern.as_str().unwrap_or_default();
    let parts = text.split('{').skip(1);
    let mut names: Vec<&str> = Vec::new();
    for name in parts.map(|part| part.split_once('}').map_or(part, |(name, _)| name)) {
        let problem = if !members.iter().any(|member| member.name == name) {
            format!("the pattern has the unknown member `{name}`")
        } else if names.contains(&name) {
            format!("the pattern has the member `{name}` twice")
        } else {
            names.push(name);
            continue;
        };
        let help = "each member of the structure is in the pattern once: `{name}`";
        checker.report(Diagnostic::new(pattern.span, problem).help(help));
    }
    for member in members {
        if !names.contains(&&*member.name) {
            let message = format!("the pattern lacks the member `{}`", member.name);
            let diagnostic = Diagnostic::new(pattern.span, message);
            let diagnostic = diagnostic.related(member.span, "this member");
            checker.report(diagnostic.help(format!("add `{{{}}}`", member.name)));
        }
    }
    if text.contains("}{") {
        let message = "nothing separates two members in the pattern";
        let help = "put text between `}` and `{`";
        checker.report(Diagnostic::new(pattern.span, message).help(help));
    }
}
