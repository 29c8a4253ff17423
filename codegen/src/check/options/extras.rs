//! What a command does beside calling its operation: `swage.cli#outfiles`, `swage.cli#percentEncoding`,
//! `swage.cli#pageSize` and `swage.cli#plainValues`.

use super::paths::{is_member, text, texts};
use crate::check::Checker;
use crate::diagnostic::Diagnostic;
use crate::model::{Member, Operation, Shape, ShapeKind, Simple};
use crate::node::Node;

const OUTFILES: &str = "swage.cli#outfiles";
const PERCENT_ENCODING: &str = "swage.cli#percentEncoding";
const PAGE_SIZE: &str = "swage.cli#pageSize";
const PLAIN_VALUES: &str = "swage.cli#plainValues";

/// Checks the traits of an operation and of the members of its input.
pub(super) fn check(checker: &mut Checker, shape: &Shape, operation: &Operation, input: &[Member]) {
    let output = checker.members(operation.output.as_ref());
    for outfile in outfiles(shape) {
        outfile_paths(checker, output, outfile);
    }
    if let Some(encoding) = shape.traits.get(PERCENT_ENCODING) {
        percent_encoding(checker, shape, input, output, encoding);
    }
    if let Some(size) = shape.traits.get(PAGE_SIZE) {
        for (span, name) in texts(size, "beside") {
            is_member(checker, shape, input, span, name);
        }
    }
    for member in input {
        plain_values(checker, member);
    }
}

/// The names of the options for files.
pub(super) fn names(shape: &Shape) -> impl Iterator<Item = (&str, &Node, &str)> {
    let nodes = outfiles(shape).flat_map(|of| ["name", "choice"].map(|key| of.get(key)));
    let nodes = nodes.flatten();
    nodes.filter_map(|node| Some((shape.id.name(), node, node.as_str()?)))
}

fn outfiles(shape: &Shape) -> impl Iterator<Item = &Node> {
    let all = shape.traits.get(OUTFILES).and_then(Node::elements);
    all.unwrap_or_default().iter()
}

fn outfile_paths(checker: &mut Checker, output: &[Member], outfile: &Node) {
    for (span, path) in texts(outfile, "paths") {
        let target = end(checker, output, path);
        if !target.is_some_and(|target| is_simple(target, &[Simple::String, Simple::Blob])) {
            let message =
                format!("the path `{path}` doesn't lead to a string or blob of the output");
            let help = "write names of members joined by dots";
            checker.report(Diagnostic::new(span, message).help(help));
        }
    }
    if let (Some(paths), None) = (outfile.get("paths"), outfile.get("choice"))
        && texts(outfile, "paths").count() > 1
    {
        let message = "several paths need a choice";
        let help = "add `choice`, the name of an option that chooses one of the paths";
        checker.report(Diagnostic::new(paths.span, message).help(help));
    }
}

fn percent_encoding(
    checker: &mut Checker,
    shape: &Shape,
    input: &[Member],
    output: &[Member],
    encoding: &Node,
) {
    if let Some((span, name)) = text(encoding, "member") {
        is_member(checker, shape, input, span, name);
        if !output.iter().any(|member| member.name == name) {
            let message = format!("the output of `{}` has no member `{name}`", shape.id.name());
            let help = "name a member of both input and output";
            checker.report(Diagnostic::new(span, message).help(help));
        }
    }
    for (span, path) in texts(encoding, "paths") {
        let target = end(checker, output, path);
        if !target.is_some_and(|target| is_simple(target, &[Simple::String])) {
            let message = format!("the path `{path}` doesn't lead to a string of the output");
            let help = "write members joined by dots, and `[]` after one that is a list";
            checker.report(Diagnostic::new(span, message).help(help));
        }
    }
}

/// Checks that the elements of a list that words are the values of are structures of one member.
fn plain_values(checker: &mut Checker, member: &Member) {
    let Some(node) = member.traits.get(PLAIN_VALUES) else {
        return;
    };
    let element = match checker.shape(&member.target).map(|target| &target.kind) {
        Some(ShapeKind::List(element)) => checker.shape(&element.target),
        _ => return,
    };
    if element.is_some_and(|element| element.members().len() != 1) {
        let message = format!(
            "the trait `{PLAIN_VALUES}` can't be applied to `{}`",
            member.name
        );
        let help = "it needs a list of structures with a single member";
        checker.report(Diagnostic::new(node.span, message).help(help));
    }
}

/// The shape at the end of a path; `[]` stands for the elements of a list.
fn end<'m>(checker: &Checker<'m>, members: &[Member], path: &str) -> Option<&'m Shape> {
    let (first, rest) = match path.split_once('.') {
        Some((first, rest)) => (first, Some(rest)),
        None => (path, None),
    };
    let (name, is_list) = match first.strip_suffix("[]") {
        Some(name) => (name, true),
        None => (first, false),
    };
    let member = members.iter().find(|member| member.name == name)?;
    let target = checker.shape(&member.target)?;
    let target = match &target.kind {
        ShapeKind::List(element) if is_list => checker.shape(&element.target)?,
        _ if is_list => return None,
        _ => target,
    };
    match rest {
        Some(rest) => end(checker, target.members(), rest),
        None => Some(target),
    }
}

fn is_simple(shape: &Shape, kinds: &[Simple]) -> bool {
    match &shape.kind {
        ShapeKind::Simple(simple) => kinds.contains(simple),
        ShapeKind::Enum(_) => kinds.contains(&Simple::String),
        _ => false,
    }
}
