//! The AWS JSON format: `service-2.json` and the files beside it.
//!
//! Its shapes correspond to those of the JSON AST. How a member is sent is in a `locationName`
//! whose meaning depends on the protocol. There are no defaults: every member that isn't required is optional.

mod companions;
mod members;
mod operations;
mod service;
mod shapes;
mod waiters;

use super::build::{entry, object, string_node};
pub(crate) use service::SERVICE_NAME;

use crate::diagnostic::Diagnostic;
use crate::node::{Entry, Node, NodeValue, Span};
use shapes::C2jShapes;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Whether a document is a file of this format.
pub(super) fn is_c2j(node: &Node) -> bool {
    part(node).is_some()
}

/// The files of services. A file belongs to the service in its folder; if there is only one service, all belong to it.
#[derive(Default)]
pub(super) struct ServiceFiles {
    folders: BTreeMap<String, Vec<Node>>,
}

impl ServiceFiles {
    /// Adds the file of that name.
    pub(super) fn add(&mut self, name: &str, file: Node) {
        let folder = name.rfind(['/', '\\']).map_or("", |end| &name[..end]);
        self.folders
            .entry(folder.to_owned())
            .or_default()
            .push(file);
    }

    /// The JSON AST of all services; `None` if one can't be converted.
    pub(super) fn into_ast(self, diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<Node>> {
        let is_service = |file: &&Node| part(file) == Some(FileKind::Service);
        let services = self.folders.values().flatten().filter(is_service).count();
        let groups: Vec<Vec<Node>> = if services == 1 {
            vec![self.folders.into_values().flatten().collect()]
        } else {
            self.folders.into_values().collect()
        };
        let made = groups.into_iter().map(to_ast);
        let made: Vec<_> = made
            .map(|made| made.map_err(|problem| diagnostics.push(problem)))
            .collect();
        made.into_iter().collect::<Result<Vec<Node>, ()>>().ok()
    }
}

/// The kinds of files.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FileKind {
    Service,
    Paginators,
    Waiters,
    Examples,
    RuleSet,
    Bdd,
    EndpointTests,
    /// A file that is merged into another one.
    Extras,
}

fn part(node: &Node) -> Option<FileKind> {
    let has = |key: &str| node.get(key).is_some();
    let metadata = |key: &str| {
        node.get("metadata")
            .is_some_and(|metadata| metadata.get(key).is_some())
    };
    if has("smithy") {
        return None;
    }
    Some(match () {
        () if has("operations") || metadata("protocol") || metadata("protocols") => {
            FileKind::Service
        }
        () if has("pagination") => FileKind::Paginators,
        () if has("waiters") => FileKind::Waiters,
        () if has("examples") => FileKind::Examples,
        () if has("rules") && has("parameters") => FileKind::RuleSet,
        () if has("nodes") && has("parameters") => FileKind::Bdd,
        () if has("testCases") => FileKind::EndpointTests,
        () if has("merge") => FileKind::Extras,
        () => return None,
    })
}

/// The JSON AST of a service and the files beside it.
fn to_ast(mut files: Vec<Node>) -> Result<Node, Diagnostic> {
    let is_extra = |file: &mut Node| part(file) == Some(FileKind::Extras);
    let extras: Vec<Node> = files.extract_if(.., is_extra).collect();
    for extra in extras.iter().filter_map(|extra| extra.get("merge")) {
        let of_service = || {
            extra
                .get("shapes")
                .or(extra.get("metadata"))
                .map(|_| FileKind::Service)
        };
        let belongs = part(extra).or_else(of_service);
        if let Some(file) = files.iter_mut().find(|file| part(file) == belongs) {
            merge(file, extra);
        }
    }
    if let Some(problem) = misplaced(&files) {
        return Err(problem);
    }
    let find = |wanted| files.iter().find(|file| part(file) == Some(wanted));
    let nothing = object(Vec::new(), Span::default());
    let model = find(FileKind::Service).unwrap_or(&nothing);
    let shapes = C2jShapes::new(model);
    let mut entries = shapes.to_ast();
    entries.extend(operations::to_ast(&shapes, &find));
    entries.push(service::to_ast(&shapes, &find));
    let span = start(model);
    let version = entry("smithy", string_node("2.0", span));
    Ok(object(
        vec![version, entry("shapes", object(entries, span))],
        span,
    ))
}

/// Checks that a folder has a service, and each kind of file once.
fn misplaced(files: &[Node]) -> Option<Diagnostic> {
    let first = files.first()?;
    let parts = || files.iter().map(part);
    if !parts().any(|part| part == Some(FileKind::Service)) {
        let message = "missing service for this file";
        return Some(
            Diagnostic::new(start(first), message)
                .help("pass its folder, or its service-2.json as well"),
        );
    }
    let repeated = files.iter().enumerate().find_map(|(index, file)| {
        let before = files
            .iter()
            .take(index)
            .find(|before| part(before) == part(file));
        before.map(|before| (file, before))
    });
    let (file, before) = repeated?;
    let problem = Diagnostic::new(start(file), "more than one file of this kind in the folder");
    Some(
        problem
            .related(start(before), "first one here")
            .help("use a separate folder for each service"),
    )
}

/// The opening brace of a document.
fn start(node: &Node) -> Span {
    Span {
        end: node.span.start + 1,
        ..node.span
    }
}

/// Merges the second node into the first, objects recursively.
fn merge(first: &mut Node, second: &Node) {
    let (NodeValue::Object(entries), Some(added)) = (&mut first.value, second.entries()) else {
        *first = second.clone();
        return;
    };
    for one in added {
        match entries.iter_mut().find(|present| present.key == one.key) {
            Some(present) => merge(&mut present.value, &one.value),
            None => entries.push(one.clone()),
        }
    }
}

/// Whether the entry is `true`.
fn is_set(node: &Node, key: &str) -> bool {
    node.get(key).and_then(Node::as_bool) == Some(true)
}

/// The string of an entry.
fn string<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
    node.get(key)?.as_str()
}

/// The entries of an object; empty for anything else.
fn entries<'n>(node: &'n Node, key: &str) -> &'n [Entry] {
    node.get(key).and_then(Node::entries).unwrap_or_default()
}

/// The elements of an array; empty for anything else.
fn elements<'n>(node: &'n Node, key: &str) -> &'n [Node] {
    node.get(key).and_then(Node::elements).unwrap_or_default()
}

/// Turns a name into a Smithy identifier.
fn identifier(name: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.bytes().all(is_plain) {
        return name.into();
    }
    let allowed = |character: char| {
        if character.is_ascii_alphanumeric() {
            character
        } else {
            '_'
        }
    };
    let name: String = name.chars().map(allowed).collect();
    let first = name.trim_start_matches('_').chars().next();
    let name = match first {
        Some(first) if first.is_ascii_alphabetic() || name.starts_with('_') => name,
        Some(_) => format!("_{name}"),
        None => format!("{name}_0"),
    };
    name.into()
}

/// Capitalizes the first letter.
fn capital(word: &str) -> String {
    let mut characters = word.chars();
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(characters).collect()
}
