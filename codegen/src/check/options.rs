//! Names of commands and options that a model sets with traits of `swage.cli`.

mod extras;
mod paths;
mod placement;

pub(super) use placement::inputs;

use super::{Checker, transfers};
use crate::diagnostic::Diagnostic;
use crate::model::{Member, Service, Shape, ShapeKind, Simple, Traits};
use crate::names;
use crate::node::Node;
use std::collections::BTreeMap;

const NAME: &str = "swage.cli#name";
const ALIASES: &str = "swage.cli#aliases";
const OFF: &str = "swage.cli#off";
const FLAG: &str = "swage.cli#flag";

/// The names of commands that aren't operations.
const OTHER_COMMANDS: [&str; 2] = ["help", "wait"];

pub(super) fn check(checker: &mut Checker, shape: &Shape) {
    placement::check(checker, shape);
    match &shape.kind {
        ShapeKind::Operation(operation) => {
            let members = checker.members(operation.input.as_ref());
            options(checker, shape, members);
            extras::check(checker, shape, operation, members);
        }
        ShapeKind::Service(service) => commands(checker, service),
        ShapeKind::Structure(members) => flag(checker, shape, members),
        ShapeKind::Simple(_)
        | ShapeKind::Enum(_)
        | ShapeKind::IntEnum(_)
        | ShapeKind::List(_)
        | ShapeKind::Map(..)
        | ShapeKind::Union(_)
        | ShapeKind::Resource(_) => {}
    }
}

/// Checks the options of an operation.
fn options(checker: &mut Checker, shape: &Shape, members: &[Member]) {
    let named = members.iter().flat_map(|member| {
        let names = given(&member.traits).into_iter();
        names.map(move |(node, name)| (member.name.as_str(), node, name))
    });
    let shortcuts = paths::shortcuts(checker, shape, members);
    paths::moves(checker, shape, members);
    let named = named.chain(shortcuts).chain(extras::names(shape));
    let named: Vec<_> = named.collect();
    for (index, (owner, node, name)) in named.iter().enumerate() {
        if let Some(reason) = names::shadow(name) {
            let message = format!("invalid option name `--{name}` for `{owner}`");
            let diagnostic = Diagnostic::new(node.span, message).label(reason.replace('`', ""));
            checker.report(diagnostic.help("choose another name"));
        }
        let before = named.iter().take(index).find(|(.., other)| other == name);
        if let Some((other, place, _)) = before {
            let message = format!("two options of `{}` are called `--{name}`", shape.id.name());
            let diagnostic = Diagnostic::new(node.span, message)
                .label(format!("the option of `{owner}`"))
                .related(place.span, format!("the option of `{other}`"));
            checker.report(diagnostic.help("rename one of them"));
        }
    }
}

/// The names that traits of a member or an operation set.
fn given(traits: &Traits) -> Vec<(&Node, &str)> {
    let aliases = traits.get(ALIASES).and_then(Node::elements);
    let nodes = [NAME, OFF].into_iter().filter_map(|id| traits.get(id));
    let nodes = nodes.chain(aliases.unwrap_or_default());
    let names = nodes.filter_map(|node| Some((node, node.as_str()?)));
    names.filter(|(_, name)| !name.is_empty()).collect()
}

/// Checks the commands of a service.
fn commands(checker: &mut Checker, service: &Service) {
    let bound = service.operations.iter();
    let operations: Vec<&Shape> = bound.filter_map(|bound| checker.shape(bound)).collect();
    let natural = operations.iter().filter(|of| !of.traits.has(NAME));
    let natural = natural.map(|of| (names::command(of.id.name()), (of.span, *of)));
    let mut taken: BTreeMap<String, _> = natural.collect();
    for shape in operations {
        let given = given(&shape.traits).into_iter();
        let given = given.map(|(node, name)| (node, name.to_owned()));
        for (node, name) in given.chain(transfers::command(&shape.traits)) {
            let message = format!("two commands are called `{name}`");
            let diagnostic =
                Diagnostic::new(node.span, message).label(format!("a command of `{}`", shape.id));
            if OTHER_COMMANDS.contains(&&*name) {
                let diagnostic = diagnostic.help("every program has this one; choose another name");
                checker.report(diagnostic);
            } else if let Some((span, other)) = taken.insert(name, (node.span, shape)) {
                let diagnostic = diagnostic.related(span, format!("a command of `{}`", other.id));
                checker.report(diagnostic.help("rename one of them"));
            }
        }
    }
}

/// Checks that a structure whose option can be a flag consists of a boolean.
fn flag(checker: &mut Checker, shape: &Shape, members: &[Member]) {
    let Some(node) = shape.traits.get(FLAG) else {
        return;
    };
    let is_boolean = |member: &Member| {
        let target = checker.shape(&member.target);
        target.is_none_or(|of| matches!(of.kind, ShapeKind::Simple(Simple::Boolean)))
    };
    if !matches!(members, [only] if is_boolean(only)) {
        let message = format!("the trait `{FLAG}` can't be applied to `{}`", shape.id);
        let diagnostic = Diagnostic::new(node.span, message);
        checker.report(diagnostic.help("it needs a structure with a boolean as its only member"));
    }
}
