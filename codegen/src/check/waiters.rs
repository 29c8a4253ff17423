//! Waiters: delays, acceptors, paths, names (Smithy's waiters specification).

use super::Checker;
use super::path::{self, Place};
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
            "`{}` has waiters, but its `{}` is a stream of events",
            shape.id, member.name
        );
        let help = "take `smithy.waiters#waitable` away from it";
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
    // What Smithy takes when a waiter doesn't say it.
    let delay = |key, default| waiter.value.get(key).map_or(Some(default), Node::as_i64);
    if let (Some(min), Some(max)) = (delay("minDelay", 2), delay("maxDelay", 120))
        && min > max
    {
        let message = format!(
            "the waiter `{}` waits {min} s at least and {max} s at most",
            waiter.key
        );
        let help = "let `minDelay` (2 when it isn't there) be `maxDelay` (120) at most";
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
    // One that isn't a state is reported already, and may be meant so.
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
    let places = [
        ("output", output.clone()),
        (
            "inputOutput",
            Place::Object(vec![("input", input), ("output", output)]),
        ),
    ];
    for (kind, place) in places {
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
                &place,
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
            let message = format!("the waiter `{waiter}` compares a boolean with something else");
            let help =
                "write `\"true\"` or `\"false\"`, or another comparator than `booleanEquals`";
            checker.report(Diagnostic::new(node.span, message).help(help));
        }
    }
}

/// Where a failure's reason stands.
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
            format!("an acceptor of the waiter `{waiter}` has a message, but doesn't fail");
        let help = "only acceptors whose `state` is `failure` have a `message`";
        checker.report(Diagnostic::new(node.span, message).help(help));
    }
}

fn path_in<'m>(checker: &mut Checker<'m>, node: &Node, place: &Place<'m>, what: &str) {
    if let Some(ast) = path::parse(checker, node, what) {
        path::members(checker, node, &ast, place, what);
    }
}

fn end<'m>(checker: &Checker<'m>, end: Option<&Reference>) -> Place<'m> {
    let shape = end.and_then(|end| checker.shape(end));
    shape.map_or(Place::Any, Place::Shape)
}

/// The waiters of a service differ in more than letter case.
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
                let message = format!("`{service}` has two waiters called `{}`", waiter.key);
                let help = "names of waiters must differ in more than letter case: rename one";
                let diagnostic = Diagnostic::new(span, message).related(other, "the other one");
                checker.report(diagnostic.help(help));
            }
        }
    }
}
