//! Paths in `swage.cli#shortcuts` and `swage.cli#moves`.

use crate::check::Checker;
use crate::diagnostic::Diagnostic;
use crate::model::{Member, Shape, ShapeKind};
use crate::node::{Node, Span};

const SHORTCUTS: &str = "swage.cli#shortcuts";
const MOVES: &str = "swage.cli#moves";

/// A path, and where it stands.
type Path<'m> = (Span, &'m str);

/// Checks the shortcuts of an operation; returns their names.
pub(super) fn shortcuts<'m>(
    checker: &mut Checker,
    shape: &'m Shape,
    members: &[Member],
) -> Vec<(&'m str, &'m Node, &'m str)> {
    let all = shape.traits.get(SHORTCUTS).and_then(Node::elements);
    let mut names = Vec::new();
    for shortcut in all.unwrap_or_default() {
        let of_cases = elements(shortcut, "cases").flat_map(|case| keys(case, "with"));
        let paths = texts(shortcut, "sets")
            .chain(values(shortcut, "prefixes"))
            .chain(keys(shortcut, "with"))
            .chain(of_cases)
            .chain(texts(shortcut, "counts"))
            .chain(texts(shortcut, "ids"));
        check(checker, members, paths);
        excluded(checker, shape, shortcut, members);
        split(checker, shortcut);
        if let Some(node) = shortcut.get("name")
            && let Some(name) = node.as_str()
        {
            names.push((shape.id.name(), node, name));
        }
    }
    names
}

/// Checks the moves of an operation.
pub(super) fn moves(checker: &mut Checker, shape: &Shape, members: &[Member]) {
    let Some(moves) = shape.traits.get(MOVES) else {
        return;
    };
    check(checker, members, texts(moves, "ifSet"));
    for of in elements(moves, "members") {
        let paths = text(of, "to").into_iter().chain(keys(of, "with"));
        check(checker, members, paths);
        if let Some((span, name)) = text(of, "member") {
            is_member(checker, shape, members, span, name);
        }
    }
}

fn check<'m>(checker: &mut Checker, members: &[Member], paths: impl Iterator<Item = Path<'m>>) {
    for (span, path) in paths {
        if !leads_to_a_member(checker, members, path) {
            let message = format!("the path `{path}` doesn't lead to a member of the input");
            let help = "write members joined by dots, and `[0]` or `[]` after one that is a list";
            checker.report(Diagnostic::new(span, message).help(help));
        }
    }
}

/// Checks that the excluded members exist.
fn excluded(checker: &mut Checker, shape: &Shape, shortcut: &Node, members: &[Member]) {
    for (span, name) in texts(shortcut, "excludes") {
        is_member(checker, shape, members, span, name);
    }
}

pub(super) fn is_member(
    checker: &mut Checker,
    shape: &Shape,
    members: &[Member],
    span: Span,
    name: &str,
) {
    if members.iter().any(|member| member.name == name) {
        return;
    }
    let message = format!("the input of `{}` has no member `{name}`", shape.id.name());
    checker.report(Diagnostic::new(span, message).help("name a member of the input"));
}

/// Checks that several values in one word have elements to go to.
fn split(checker: &mut Checker, shortcut: &Node) {
    let makes_elements = texts(shortcut, "sets").any(|(_, path)| path.contains("[]"));
    if let (Some((span, _)), false) = (text(shortcut, "delimiter"), makes_elements) {
        let message = "a delimiter needs a path with `[]`";
        let help = "write `[]` after the list that gets an element for each value";
        checker.report(Diagnostic::new(span, message).help(help));
    }
}

fn leads_to_a_member(checker: &Checker, members: &[Member], path: &str) -> bool {
    let (first, rest) = match path.split_once('.') {
        Some((first, rest)) => (first, Some(rest)),
        None => (path, None),
    };
    let mut brackets = ["[0]", "[]"].into_iter();
    let element = brackets.find_map(|brackets| first.strip_suffix(brackets));
    let name = element.unwrap_or(first);
    let member = members.iter().find(|member| member.name == name);
    let mut target = member.and_then(|member| checker.shape(&member.target));
    if element.is_some() {
        target = match target.map(|shape| &shape.kind) {
            Some(ShapeKind::List(element)) => checker.shape(&element.target),
            _ => None,
        };
    }
    match (target, rest) {
        (Some(shape), Some(rest)) if matches!(shape.kind, ShapeKind::Structure(_)) => {
            leads_to_a_member(checker, shape.members(), rest)
        }
        (_, Some(_)) => false,
        (target, None) => target.is_some(),
    }
}

pub(super) fn text<'m>(node: &'m Node, key: &str) -> Option<Path<'m>> {
    let node = node.get(key)?;
    Some((node.span, node.as_str()?))
}

fn elements<'m>(node: &'m Node, key: &str) -> impl Iterator<Item = &'m Node> {
    let elements = node.get(key).and_then(Node::elements);
    elements.unwrap_or_default().iter()
}

pub(super) fn texts<'m>(node: &'m Node, key: &str) -> impl Iterator<Item = Path<'m>> {
    elements(node, key).filter_map(|node| Some((node.span, node.as_str()?)))
}

fn values<'m>(node: &'m Node, key: &str) -> impl Iterator<Item = Path<'m>> {
    let entries = node.get(key).and_then(Node::entries);
    let entries = entries.unwrap_or_default().iter();
    entries.filter_map(|of| Some((of.value.span, of.value.as_str()?)))
}

fn keys<'m>(node: &'m Node, key: &str) -> impl Iterator<Item = Path<'m>> {
    let entries = node.get(key).and_then(Node::entries);
    let entries = entries.unwrap_or_default().iter();
    entries.map(|of| (of.key_span.0, &*of.key))
}
