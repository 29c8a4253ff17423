//! Waiters, converted to `@waitable`.

use super::super::build::{TraitsBuilder, array, entry, object, string_node};
use super::shapes::C2jShapes;
use super::{elements, string};
use crate::node::{Entry, Node, NodeValue, Span};

/// Smithy's default for the longest delay.
const DEFAULT_MAX_DELAY: i64 = 120;

/// The waiters of an operation.
pub(super) fn waitable(
    shapes: &C2jShapes<'_>,
    operation: &Entry,
    waiters: &[Entry],
    traits: &mut TraitsBuilder,
) {
    let polling = waiters
        .iter()
        .filter(|waiter| string(&waiter.value, "operation") == Some(&operation.key));
    let all: Vec<Entry> = polling
        .map(|waiter| Entry {
            value: waiter_node(shapes, operation, &waiter.value),
            ..waiter.clone()
        })
        .collect();
    if let Some(first) = all.first() {
        let span = first.value.span;
        traits.add("smithy.waiters#waitable", object(all, span));
    }
}

fn waiter_node(shapes: &C2jShapes<'_>, operation: &Entry, waiter: &Node) -> Node {
    let acceptors = elements(waiter, "acceptors")
        .iter()
        .flat_map(|acceptor| acceptors(shapes, operation, acceptor));
    let mut entries = vec![entry("acceptors", array(acceptors.collect(), waiter.span))];
    if let Some(documentation) = waiter.get("description") {
        entries.push(entry("documentation", documentation.clone()));
    }
    let attempts = waiter.get("maxAttempts");
    entries.extend(attempts.map(|attempts| entry("maxAttempts", attempts.clone())));
    if let Some(delay) = waiter.get("delay") {
        entries.push(entry("minDelay", delay.clone()));
        if delay
            .as_i64()
            .is_some_and(|delay| delay > DEFAULT_MAX_DELAY)
        {
            entries.push(entry("maxDelay", delay.clone()));
        }
    }
    object(entries, waiter.span)
}

/// Converts an acceptor. One for a status becomes several if several errors have that status.
fn acceptors(shapes: &C2jShapes<'_>, operation: &Entry, acceptor: &Node) -> Vec<Node> {
    let span = acceptor.span;
    let (Some(state), Some(expected)) = (acceptor.get("state"), acceptor.get("expected")) else {
        return Vec::new();
    };
    let success = |value| vec![entry("success", Node::new(NodeValue::Boolean(value), span))];
    let matchers = match (string(acceptor, "matcher"), &expected.value) {
        (Some("error"), NodeValue::Boolean(any)) => vec![success(!any)],
        (Some("error"), _) => vec![vec![entry("errorType", expected.clone())]],
        (Some("status"), _) => match expected.as_i64() {
            Some(status) if status < 300 => vec![success(true)],
            Some(status) => errors_of(shapes, operation, status)
                .into_iter()
                .map(|name| vec![entry("errorType", string_node(name, span))])
                .collect(),
            None => Vec::new(),
        },
        (Some(matcher), _) => vec![vec![entry(
            "output",
            output(acceptor, matcher, expected, span),
        )]],
        (None, _) => Vec::new(),
    };
    let one = |matcher| {
        object(
            vec![
                entry("state", state.clone()),
                entry("matcher", object(matcher, span)),
            ],
            span,
        )
    };
    matchers.into_iter().map(one).collect()
}

/// A comparison with the result of a path.
fn output(acceptor: &Node, matcher: &str, expected: &Node, span: Span) -> Node {
    let argument = string(acceptor, "argument").unwrap_or_default();
    let literal = match &expected.value {
        NodeValue::String(_) => None,
        NodeValue::Boolean(value) => Some(value.to_string()),
        NodeValue::Number(number) => Some(number.clone()),
        NodeValue::Null | NodeValue::Array(_) | NodeValue::Object(_) => Some("null".to_owned()),
    };
    let (path, expected, comparator) = match (matcher, literal) {
        ("pathAll", None) => (argument.to_owned(), expected.clone(), "allStringEquals"),
        ("pathAny", None) => (argument.to_owned(), expected.clone(), "anyStringEquals"),
        (_, None) => (argument.to_owned(), expected.clone(), "stringEquals"),
        ("path", Some(value)) if value == "true" || value == "false" => (
            argument.to_owned(),
            string_node(value, expected.span),
            "booleanEquals",
        ),
        // Comparators only support strings and booleans; other values are compared in the path.
        (matcher, Some(value)) => {
            let path = match matcher {
                "pathAny" => format!("contains({argument}, `{value}`)"),
                "pathAll" => format!(
                    "length({argument}) > `0` && length(({argument})[?@ != `{value}`]) == `0`"
                ),
                _ => format!("({argument}) == `{value}`"),
            };
            (path, string_node("true", expected.span), "booleanEquals")
        }
    };
    object(
        vec![
            entry("path", string_node(path, span)),
            entry("expected", expected),
            entry("comparator", string_node(comparator, span)),
        ],
        span,
    )
}

/// The errors of an operation with that status; if there is none, the name of the status.
fn errors_of(shapes: &C2jShapes<'_>, operation: &Entry, status: i64) -> Vec<String> {
    let names = elements(&operation.value, "errors")
        .iter()
        .filter_map(|error| string(error, "shape"));
    let has_status = |name: &&str| {
        let error = shapes.get(name).and_then(|shape| shape.get("error"));
        error.and_then(|error| error.get("httpStatusCode")?.as_i64()) == Some(status)
    };
    let mut found: Vec<String> = names.filter(has_status).map(str::to_owned).collect();
    found.extend(match status {
        301 => Some("MovedPermanently".to_owned()),
        403 => Some("Forbidden".to_owned()),
        404 => Some("NotFound".to_owned()),
        _ => None,
    });
    found
}
