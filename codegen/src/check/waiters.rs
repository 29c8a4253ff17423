//! Waiters: delays, acceptors, paths, names (Smithy 2.0, "Waiters").

use super::Checker;
use super::path::{self, PathType};
use crate::diagnostic::Diagnostic;
use crate::model::{Member, Operation, Reference, Shape, ShapeKind};
use crate::node::{Entry, Node, Span};
use std::collections::BTreeMap;

const WAITABLE: &str = "smithy.waiters#waitable";

pub(super) fn check(checker: &mut Checker, shape: &Shape, operation: &Operation) {
    let Some(trait_) = shape.traits.get(WAITABLE) else {
        return;
    };
    let ends = [&operation.input, &operation.output];
    let mut members = ends
        .into_iter()
        .flat_map(|end| checker.members(end.as_ref()));
    if let Some(member) = members.find(|member| has_events(checker, member)) {
        let message = format!(
            "waiters are not supported on `{}`, whose `{}` is an event stream",
            shape.id, member.name
        );
        let help = "remove `smithy.waiters#waitable`";
        checker.report(Diagnostic::new(trait_.span, message).help(help));
    }
    for waiter in trait_.entries().unwrap_or_default() {
        delays(checker, waiter);
        acceptors(checker, operation, waiter);
    }
}

fn has_events(checker: &Checker, member: &Member) -> bool {
    checker.targets(member, &["union"])
        && checker
            .shape(&member.target)
            .is_some_and(|target| target.traits.has("streaming"))
}

fn delays(checker: &mut Checker, waiter: &Entry) {
    // Smithy's defaults.
    let delay = |key, default| waiter.value.get(key).map_or(Some(default), Node::as_i64);
    if let (Some(min), Some(max)) = (delay("minDelay", 2), delay("maxDelay", 120))
        && min > max
    {
        let message = format!(
            "`minDelay` of the waiter `{}` is {min}, more than `maxDelay`, which is {max}",
            waiter.key
        );
        let help = "the defaults are 2 for `minDelay` and 120 for `maxDelay`";
        checker.report(Diagnostic::new(waiter.key_span.0, message).help(help));
    }
}

fn acceptors(checker: &mut Checker, operation: &Operation, waiter: &Entry) {
    let acceptors = waiter.value.get("acceptors").and_then(Node::elements);
    let acceptors = acceptors.unwrap_or_default();
    let states: Vec<_> = acceptors
        .iter()
        .map(|acceptor| acceptor.get("state").and_then(Node::as_str))
        .collect();
    // An unknown state is reported elsewhere, and may be meant as `success`.
    let are_known = states
        .iter()
        .all(|state| matches!(state, Some("success" | "failure" | "retry")));
    if are_known && !states.contains(&Some("success")) {
        let message = format!("the waiter `{}` can never succeed", waiter.key);
        let help = "add an acceptor whose `state` is `success`";
        checker.report(Diagnostic::new(waiter.key_span.0, message).help(help));
    }
    for acceptor in acceptors {
        matcher(checker, operation, acceptor, &waiter.key);
        message(checker, operation, acceptor, &waiter.key);
    }
}

fn matcher(checker: &mut Checker, operation: &Operation, acceptor: &Node, waiter: &str) {
    let output = end(checker, operation.output.as_ref());
    let input = end(checker, operation.input.as_ref());
    let types = [
        ("output", output.clone()),
        (
            "inputOutput",
            PathType::Object(vec![("input", input), ("output", output)]),
        ),
    ];
    for (kind, path_type) in types {
        let Some(matcher) = acceptor
            .get("matcher")
            .and_then(|matcher| matcher.get(kind))
        else {
            continue;
        };
        if let Some(node) = matcher.get("path") {
            path_in(
                checker,
                node,
                &path_type,
                &format!("the path of the waiter `{waiter}`"),
            );
        }
        let expected = matcher.get("expected");
        let is_boolean = matcher.get("comparator").and_then(Node::as_str) == Some("booleanEquals");
        if let Some(node) = expected
            && is_boolean
            && node
                .as_str()
                .is_some_and(|text| text != "true" && text != "false")
        {
            let message = format!("the waiter `{waiter}` compares a boolean with another type");
            let help = "use `\"true\"` or `\"false\"`, or a comparator other than `booleanEquals`";
            checker.report(Diagnostic::new(node.span, message).help(help));
        }
    }
}

/// The path to the reason of a failure.
fn message(checker: &mut Checker, operation: &Operation, acceptor: &Node, waiter: &str) {
    let Some(node) = acceptor.get("message") else {
        return;
    };
    let output = end(checker, operation.output.as_ref());
    path_in(
        checker,
        node,
        &output,
        &format!("the message of the waiter `{waiter}`"),
    );
    let state = acceptor.get("state").and_then(Node::as_str);
    if matches!(state, Some("success" | "retry")) {
        let message =
            format!("`message` in an acceptor of the waiter `{waiter}` that doesn't fail");
        let help = "remove it: only acceptors with the state `failure` have a message";
        checker.report(Diagnostic::new(node.span, message).help(help));
    }
}

fn path_in<'m>(checker: &mut Checker<'m>, node: &Node, path_type: &PathType<'m>, what: &str) {
    if let Some(ast) = path::parse(checker, node, what) {
        path::members(checker, node, &ast, path_type, what);
    }
}

fn end<'m>(checker: &Checker<'m>, end: Option<&Reference>) -> PathType<'m> {
    let shape = end.and_then(|end| checker.shape(end));
    shape.map_or(PathType::Any, PathType::Shape)
}

/// Names of a service's waiters are case-insensitive.
pub(super) fn names(checker: &mut Checker) {
    let mut seen: BTreeMap<(_, String), Span> = BTreeMap::new();
    for shape in checker.model.shapes.values() {
        let waiters = shape.traits.get(WAITABLE).and_then(Node::entries);
        let service = checker.services.get(&shape.id).map(|service| &service.id);
        let (ShapeKind::Operation(_), Some(service)) = (&shape.kind, service) else {
            continue;
        };
        for waiter in waiters.unwrap_or_default() {
            let span = waiter.key_span.0;
            let other = seen.insert((service, waiter.key.to_lowercase()), span);
            if let Some(other) = other {
                let message = format!("duplicate waiter `{}` in `{service}`", waiter.key);
                let help = "rename one: names of waiters are case-insensitive";
                let diagnostic = Diagnostic::new(span, message).related(other, "first one here");
                checker.report(diagnostic.help(help));
            }
        }
    }
}
