//! Transfers of files by presigned URLs: `swage.api#upload` and `swage.api#download`.

use super::{Checker, type_name};
use crate::diagnostic::Diagnostic;
use crate::model::{Member, Operation, Shape, ShapeKind, Traits};
use crate::names;
use crate::node::{Entry, Node};

const UPLOAD: &str = "swage.api#upload";
const DOWNLOAD: &str = "swage.api#download";

const TEXT: &[&str] = &["string", "enum"];
const SIZE: &[&str] = &["integer", "long"];
const TIME: &[&str] = &["timestamp", "string"];
const HEADERS: &[&str] = &["map"];

/// The command of an operation's transfer, and where the transfer is named.
pub(super) fn command(traits: &Traits) -> Option<(&Node, String)> {
    let node = traits.get(UPLOAD).or(traits.get(DOWNLOAD))?.get("name")?;
    let name = node.as_str().filter(|name| !name.is_empty())?;
    Some((node, names::command(name)))
}

pub(super) fn check(checker: &mut Checker, shape: &Shape, operation: &Operation) {
    let (upload, download) = (shape.traits.get(UPLOAD), shape.traits.get(DOWNLOAD));
    if let (Some(upload), Some(download)) = (upload, download) {
        let message = format!("`{}` can't start an upload and a download", shape.id);
        let diagnostic = Diagnostic::new(download.span, message);
        let diagnostic = diagnostic.related(upload.span, "the upload");
        checker.report(diagnostic.help("remove one of the traits"));
    }
    let Some(node) = upload.or(download) else {
        return;
    };
    no_streams(checker, shape, operation, node);
    let option = if upload.is_some() {
        "file"
    } else {
        "output-file"
    };
    option_is_free(checker, operation, option);
    let output = checker.members(operation.output.as_ref());
    secret(checker, output, node.get("url"), TEXT);
    secret(checker, output, node.get("headers"), HEADERS);
    plain(checker, output, node.get("expiry"), TIME);
    if upload.is_some() {
        of_input(checker, operation, node);
        if let Some(completion) = node.get("complete") {
            complete(checker, shape, operation, completion);
        }
    } else {
        plain(checker, output, node.get("fileSize"), SIZE);
    }
}

/// A call that may be made again can't have a stream.
fn no_streams(checker: &mut Checker, shape: &Shape, operation: &Operation, node: &Node) {
    let input = checker.members(operation.input.as_ref()).iter();
    let mut members = input.chain(checker.members(operation.output.as_ref()));
    let streams = |member: &&Member| {
        let target = checker.shape(&member.target);
        target.is_some_and(|target| target.traits.has("streaming"))
    };
    if let Some(member) = members.find(streams) {
        let message = format!("`{}` can't start a transfer: it has a stream", shape.id);
        let diagnostic = Diagnostic::new(node.span, message).related(member.span, "the stream");
        checker.report(diagnostic.help("apply the trait to an operation without streams"));
    }
}

/// The command's option for the file can't have the name of a member's.
fn option_is_free(checker: &mut Checker, operation: &Operation, option: &str) {
    for member in checker.members(operation.input.as_ref()) {
        let given = member.traits.get("swage.cli#name").and_then(Node::as_str);
        if given.map_or_else(|| names::option(&member.name), str::to_owned) == option {
            let message = format!("`--{option}` is the option for the file that is transferred");
            let diagnostic = Diagnostic::new(member.span, message);
            let help = "give the option of the member another name by `swage.cli#name`";
            checker.report(diagnostic.help(help));
        }
    }
}

/// The members of the input that the file sets.
fn of_input(checker: &mut Checker, operation: &Operation, node: &Node) {
    let input = checker.members(operation.input.as_ref());
    for (key, types) in [("fileName", TEXT), ("fileSize", SIZE), ("mediaType", TEXT)] {
        let Some(name) = node.get(key) else {
            continue;
        };
        if let Some(member) = named(checker, input, name, "the input") {
            is_a(checker, name, member, types);
        }
    }
}

/// A path to a member of one of these types in the output.
fn plain<'m>(
    checker: &mut Checker<'m>,
    output: &'m [Member],
    node: Option<&Node>,
    types: &[&str],
) -> Option<&'m Member> {
    let node = node?;
    let member = at(checker, output, node)?.pop()?;
    is_a(checker, node, member, types).then_some(member)
}

/// A path to a member of one of these types that is sensitive.
fn secret<'m>(
    checker: &mut Checker<'m>,
    output: &'m [Member],
    node: Option<&Node>,
    types: &[&str],
) {
    let Some((node, path)) = node.and_then(|node| Some((node, node.as_str()?))) else {
        return;
    };
    let Some(members) = at(checker, output, node) else {
        return;
    };
    let Some(member) = members.last() else {
        return;
    };
    if types == HEADERS {
        has_strings(checker, node, member);
    } else {
        is_a(checker, node, member, types);
    }
    let is_sensitive = |member: &Member| {
        let target = checker.shape(&member.target);
        let of_target = target.is_none_or(|target| target.traits.has("sensitive"));
        of_target || member.traits.has("sensitive")
    };
    if !members.iter().any(|member| is_sensitive(member)) {
        let message = format!("`{path}` isn't sensitive");
        let diagnostic = Diagnostic::new(node.span, message)
            .related(member.span, "the member without the trait");
        let help =
            "apply @sensitive to the target of the member: whoever has a presigned URL can use it";
        checker.report(diagnostic.help(help));
    }
}

/// Checks that a member is a map of strings.
fn has_strings(checker: &mut Checker, node: &Node, member: &Member) {
    let target = checker.shape(&member.target);
    let is_map = target.is_none_or(|target| match &target.kind {
        ShapeKind::Map(_, value) => checker.targets(value, TEXT),
        _ => false,
    });
    if !is_map {
        let message = format!("`{}` isn't a map of strings", member.name);
        let diagnostic = Diagnostic::new(node.span, message).related(member.span, "the member");
        checker.report(diagnostic.help("name a map of strings: names of headers and their values"));
    }
}

/// The members on a path; none if there is no such path, which is reported.
fn at<'m>(checker: &mut Checker<'m>, output: &'m [Member], node: &Node) -> Option<Vec<&'m Member>> {
    let path = node.as_str()?;
    let (mut members, mut found) = (output, Vec::new());
    for name in path.split('.') {
        let Some(member) = members.iter().find(|member| member.name == name) else {
            let message = format!("the path `{path}` doesn't lead to a member of the output");
            let help = "write the names of members joined by dots";
            checker.report(Diagnostic::new(node.span, message).help(help));
            return None;
        };
        found.push(member);
        members = checker.members(Some(&member.target));
    }
    Some(found)
}

fn named<'m>(
    checker: &mut Checker<'m>,
    members: &'m [Member],
    node: &Node,
    whose: &str,
) -> Option<&'m Member> {
    let name = node.as_str()?;
    let found = members.iter().find(|member| member.name == name);
    if found.is_none() {
        missing(checker, node, name, whose);
    }
    found
}

fn missing(checker: &mut Checker, node: &Node, name: &str, whose: &str) {
    let message = format!("{whose} has no member `{name}`");
    checker.report(Diagnostic::new(node.span, message).help("name one of its members"));
}

/// Whether a member has one of these types; reports it if it hasn't.
fn is_a(checker: &mut Checker, node: &Node, member: &Member, types: &[&str]) -> bool {
    if checker.targets(member, types) {
        return true;
    }
    let found = checker.shape(&member.target).map_or("", type_name);
    let message = format!("`{}` is of type {found}", member.name);
    let diagnostic = Diagnostic::new(node.span, message).related(member.span, "the member");
    checker.report(diagnostic.help(format!("name a member of type {}", types.join(" or "))));
    false
}

/// Checks the operation that completes an upload: it exists, and all members that it requires are set.
fn complete(checker: &mut Checker, shape: &Shape, start: &Operation, completion: &Node) {
    let Some(node) = completion.get("operation") else {
        return;
    };
    let name = node.as_str().unwrap_or_default();
    let Some(operation) = of_service(checker, shape, name) else {
        let message = format!("the service has no other operation `{name}`");
        let diagnostic = Diagnostic::new(node.span, message);
        checker.report(diagnostic.help("name the operation that completes the upload"));
        return;
    };
    let members = checker.members(operation.input.as_ref());
    let (input, output) = (
        checker.members(start.input.as_ref()),
        checker.members(start.output.as_ref()),
    );
    let whose = format!("the input of `{name}`");
    for entry in entries(completion, "fromOutput") {
        let from = at(checker, output, &entry.value).and_then(|mut path| path.pop());
        copied(checker, entry, from, members, &whose);
    }
    for entry in entries(completion, "fromInput") {
        let from = named(checker, input, &entry.value, "the input of the upload");
        copied(checker, entry, from, members, &whose);
    }
    let is_set = |member: &&Member| {
        let mut entries = entries(completion, "fromOutput").chain(entries(completion, "fromInput"));
        entries.any(|entry| entry.key == member.name)
    };
    let unset = members.iter().filter(|member| {
        member.traits.has("required")
            && !member.traits.has("idempotencyToken")
            && !member.traits.has("default")
    });
    let unset = unset.filter(|member| !is_set(member));
    let unset: Vec<_> = unset.map(|member| format!("`{}`", member.name)).collect();
    if !unset.is_empty() {
        let message = format!("`{name}` requires {}, which nothing sets", unset.join(", "));
        let help = "set the members in `fromOutput` or `fromInput`";
        checker.report(Diagnostic::new(node.span, message).help(help));
    }
}

fn entries<'m>(node: &'m Node, key: &str) -> impl Iterator<Item = &'m Entry> + use<'m> {
    let entries = node.get(key).and_then(Node::entries);
    entries.unwrap_or_default().iter()
}

/// Another operation of the same service.
fn of_service<'m>(checker: &Checker<'m>, start: &Shape, name: &str) -> Option<&'m Operation> {
    let service = checker.services.get(&start.id)?;
    let ShapeKind::Service(service) = &service.kind else {
        return None;
    };
    let mut operations = service.operations.iter();
    operations.find_map(|reference| {
        let shape = checker.shape(reference)?;
        let is_it = shape.id.name() == name && shape.id != start.id;
        match &shape.kind {
            ShapeKind::Operation(operation) if is_it => Some(operation),
            _ => None,
        }
    })
}

/// The types of what can be copied.
const COPIED: &[&str] = &["boolean", "enum", "integer", "long", "string"];

/// Checks that a member can be set to the value of another one: that of a list gets one element.
fn copied(
    checker: &mut Checker,
    entry: &Entry,
    from: Option<&Member>,
    members: &[Member],
    whose: &str,
) {
    let Some(to) = members.iter().find(|member| member.name == entry.key) else {
        let place = Node::new(entry.value.value.clone(), entry.key_span.0);
        return missing(checker, &place, &entry.key, whose);
    };
    let Some(from) = from.filter(|from| is_a(checker, &entry.value, from, COPIED)) else {
        return;
    };
    let target = checker.shape(&to.target);
    let element = target.map(|target| match &target.kind {
        ShapeKind::List(element) => element,
        _ => to,
    });
    let kind = |member: &Member| match checker.shape(&member.target).map(type_name) {
        Some("enum") => Some("string"),
        other => other,
    };
    let (given, wanted) = (kind(from), element.and_then(kind));
    if let (Some(given), Some(wanted)) = (given, wanted)
        && given != wanted
    {
        let message = format!("`{}` can't be set to a value of type {given}", to.name);
        let diagnostic = Diagnostic::new(entry.value.span, message);
        let diagnostic = diagnostic.related(to.span, format!("its type is {wanted}"));
        checker.report(diagnostic.help("name a member of the same type"));
    }
}
