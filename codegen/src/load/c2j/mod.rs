//! The AWS JSON format: `service-2.json`, and what stands beside it in files of its own.
//!
//! Its shapes are the JSON AST's in other words, with what one member says about the wire in a `locationName`
//! whose meaning depends on the protocol. Defaults are not in it: every member that is not required is optional.

mod companions;
mod members;
mod operations;
mod service;
mod shapes;
mod waiters;

use super::build::{entry, object, text};
pub(crate) use service::SERVICE_NAME;

use crate::diagnostic::Diagnostic;
use crate::node::{Entry, Node, NodeValue, Span};
use shapes::Shapes;
use std::collections::BTreeMap;

/// Whether a document is one of this format's files.
pub(super) fn is_c2j(node: &Node) -> bool {
    part(node).is_some()
}

/// The files of services. What stands beside a service in its folder belongs to it; where there is one service, all does.
#[derive(Default)]
pub(super) struct Files {
    folders: BTreeMap<String, Vec<Node>>,
}

impl Files {
    /// Adds the file of that name.
    pub(super) fn add(&mut self, name: &str, file: Node) {
        let folder = name.rfind(['/', '\\']).map_or("", |end| &name[..end]);
        self.folders
            .entry(folder.to_owned())
            .or_default()
            .push(file);
    }

    /// The JSON AST of all services; none when one can't be told.
    pub(super) fn into_ast(self, diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<Node>> {
        let is_service = |file: &&Node| part(file) == Some(Part::Service);
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

/// What a file is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Service,
    Paginators,
    Waiters,
    Examples,
    RuleSet,
    Bdd,
    EndpointTests,
    /// What is merged into one of the others.
    Extras,
}

fn part(node: &Node) -> Option<Part> {
    let has = |key: &str| node.get(key).is_some();
    let metadata = |key: &str| {
        node.get("metadata")
            .is_some_and(|metadata| metadata.get(key).is_some())
    };
    if has("smithy") {
        return None;
    }
    Some(match () {
        () if has("operations") || metadata("protocol") || metadata("protocols") => Part::Service,
        () if has("pagination") => Part::Paginators,
        () if has("waiters") => Part::Waiters,
        () if has("examples") => Part::Examples,
        () if has("rules") && has("parameters") => Part::RuleSet,
        () if has("nodes") && has("parameters") => Part::Bdd,
        () if has("testCases") => Part::EndpointTests,
        () if has("merge") => Part::Extras,
        () => return None,
    })
}

/// The JSON AST of a service, given with the files beside it.
fn to_ast(mut files: Vec<Node>) -> Result<Node, Diagnostic> {
    let is_extra = |file: &mut Node| part(file) == Some(Part::Extras);
    let extras: Vec<Node> = files.extract_if(.., is_extra).collect();
    for extra in extras.iter().filter_map(|extra| extra.get("merge")) {
        let of_service = || {
            extra
                .get("shapes")
                .or(extra.get("metadata"))
                .map(|_| Part::Service)
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
    let model = find(Part::Service).unwrap_or(&nothing);
    let shapes = Shapes::new(model);
    let mut entries = shapes.to_ast();
    entries.extend(operations::to_ast(&shapes, &find));
    entries.push(service::to_ast(&shapes, &find));
    let span = start(model);
    let version = entry("smithy", text("2.0", span));
    Ok(object(
        vec![version, entry("shapes", object(entries, span))],
        span,
    ))
}

/// What is wrong with the files of a folder: each has its part once, and there is a service.
fn misplaced(files: &[Node]) -> Option<Diagnostic> {
    let first = files.first()?;
    let parts = || files.iter().map(part);
    if !parts().any(|part| part == Some(Part::Service)) {
        let message = "this file belongs to a service that is not among the models";
        return Some(
            Diagnostic::new(start(first), message)
                .help("give its folder, or service-2.json as well"),
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
    let problem = Diagnostic::new(start(file), "the folder has two files of this kind");
    Some(
        problem
            .related(start(before), "the other one")
            .help("keep each service in a folder of its own"),
    )
}

/// The brace that opens a document.
fn start(node: &Node) -> Span {
    Span {
        end: node.span.start + 1,
        ..node.span
    }
}

/// Puts what the second has into the first, objects entry by entry.
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

/// Whether that key is there and true.
fn is_set(node: &Node, key: &str) -> bool {
    node.get(key).and_then(Node::as_bool) == Some(true)
}

/// The text of that key.
fn string<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
    node.get(key)?.as_str()
}

/// The entries of that key; none for what is no object.
fn entries<'n>(node: &'n Node, key: &str) -> &'n [Entry] {
    node.get(key).and_then(Node::entries).unwrap_or_default()
}

/// The elements of that key; none for what is no array.
fn elements<'n>(node: &'n Node, key: &str) -> &'n [Node] {
    node.get(key).and_then(Node::elements).unwrap_or_default()
}

/// A name that Smithy allows, made of one that it may not.
fn identifier(name: &str) -> String {
    let allowed = |character: char| {
        if character.is_ascii_alphanumeric() {
            character
        } else {
            '_'
        }
    };
    let name: String = name.chars().map(allowed).collect();
    let first = name.trim_start_matches('_').chars().next();
    match first {
        Some(first) if first.is_ascii_alphabetic() || name.starts_with('_') => name,
        Some(_) => format!("_{name}"),
        None => format!("{name}_0"),
    }
}

/// With its first letter as a capital.
fn capital(word: &str) -> String {
    let mut characters = word.chars();
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(characters).collect()
}
