//! The parameters of a rule set.

use super::check::Problems;
use super::expression::{is_name, quote};
use crate::node::{Entry, Node};
use std::collections::BTreeSet;

/// The lines of the parameters, sorted by name, and their names.
pub(super) fn lower(rules: &Node, problems: &mut Problems) -> (String, BTreeSet<String>) {
    let (mut lines, mut names) = (BTreeSet::new(), BTreeSet::new());
    for entry in problems.object(rules, "parameters").unwrap_or_default() {
        if !is_name(&entry.key) {
            problems.add(
                format!("invalid name {:?} for an endpoint parameter", entry.key),
                entry.key_span.0,
                "not a name",
            );
            continue;
        }
        names.insert(entry.key.to_string());
        let kind = kind(&entry.value, problems);
        let required = if flag(&entry.value, "required", problems) {
            " required"
        } else {
            ""
        };
        let (default, builtin) = (
            default(entry, kind, problems),
            builtin(&entry.value, problems),
        );
        lines.insert(format!(
            "param {} {kind}{required}{default}{builtin}
",
            entry.key
        ));
    }
    (lines.into_iter().collect(), names)
}

/// Models write types in upper or lower case.
fn kind(param: &Node, problems: &mut Problems) -> &'static str {
    let Some(name) = problems.string(param, "type") else {
        return "string";
    };
    for kind in ["string", "boolean", "stringArray"] {
        if name.eq_ignore_ascii_case(kind) {
            return kind;
        }
    }
    let span = param.get("type").map_or(param.span, |node| node.span);
    problems.add(
        format!("unknown type {name:?} for an endpoint parameter"),
        span,
        "expected string, boolean or stringArray",
    );
    "string"
}

fn flag(param: &Node, key: &str, problems: &mut Problems) -> bool {
    let Some(node) = param.get(key) else {
        return false;
    };
    node.as_bool().unwrap_or_else(|| {
        problems.add(
            format!("invalid `{key}` for an endpoint parameter: expected a boolean"),
            node.span,
            format!("found {}", node.value.kind()),
        );
        false
    })
}

fn default(param: &Entry, kind: &str, problems: &mut Problems) -> String {
    let Some(node) = param.value.get("default") else {
        return String::new();
    };
    let text = match kind {
        "boolean" => node.as_bool().map(|value| value.to_string()),
        "string" => node.as_str().map(constant),
        _ => node
            .elements()
            .and_then(|elements| {
                elements
                    .iter()
                    .map(|element| element.as_str().map(constant))
                    .collect()
            })
            .map(|elements: Vec<_>| format!("[{}]", elements.join(", "))),
    };
    if text.is_none() {
        let message = format!("invalid default for {}: expected a {kind}", param.key);
        problems.add(message, node.span, format!("found {}", node.value.kind()));
    }
    format!(" default={}", text.unwrap_or_default())
}

/// A string with its braces escaped.
fn constant(text: &str) -> String {
    quote(&text.replace('{', "{{").replace('}', "}}"))
}

fn builtin(param: &Node, problems: &mut Problems) -> String {
    let Some(node) = param.get("builtIn") else {
        return String::new();
    };
    let allowed = |name: &str| {
        !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b":_.".contains(&byte))
    };
    let name = node.as_str().filter(|name| allowed(name));
    if name.is_none() {
        problems.add(
            "invalid `builtIn` for an endpoint parameter",
            node.span,
            format!("found {}", node.value.kind()),
        );
    }
    format!(" builtin={}", name.unwrap_or_default())
}
