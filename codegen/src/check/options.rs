//! Option names that a model sets with `swage.cli#name`.

use super::Checker;
use crate::diagnostic::Diagnostic;
use crate::model::{Member, Shape, ShapeKind};
use crate::names;
use crate::node::Node;

const TRAIT: &str = "swage.cli#name";

pub(super) fn check(checker: &mut Checker, shape: &Shape) {
    let ShapeKind::Operation(operation) = &shape.kind else {
        return;
    };
    let members = checker.members(operation.input.as_ref());
    let named: Vec<_> = members.iter().filter_map(named).collect();
    for (index, (member, node, name)) in named.iter().enumerate() {
        if let Some(reason) = names::shadow(name) {
            let message = format!("invalid option name `--{name}` for `{}`", member.name);
            let diagnostic = Diagnostic::new(node.span, message).label(reason.replace('`', ""));
            checker.report(diagnostic.help("choose another name"));
        }
        let before = named.iter().take(index).find(|(.., other)| other == name);
        if let Some((other, place, _)) = before {
            let message = format!("two options of `{}` are called `--{name}`", shape.id.name());
            let diagnostic = Diagnostic::new(node.span, message)
                .label(format!("the option of `{}`", member.name))
                .related(place.span, format!("the option of `{}`", other.name));
            checker.report(diagnostic.help("rename one of them"));
        }
    }
}

fn named(member: &Member) -> Option<(&Member, &Node, &str)> {
    let node = member.traits.get(TRAIT)?;
    let name = node.as_str().filter(|name| !name.is_empty())?;
    Some((member, node, name))
}
