//! Merges several documents by Smithy's rules ("Merging model files", "Trait conflict resolution").

use super::draft::Drafts;
use super::read::{Object, read_shape, read_traits};
use crate::diagnostic::Diagnostic;
use crate::grammar::{is_identifier, is_shape_id};
use crate::lookup::OrderedMap;
use crate::model::{ShapeId, Trait, Traits};
use crate::node::{Entry, Key, Node, NodeValue, Span};
use std::collections::{BTreeMap, BTreeSet};

const VERSIONS: [&str; 4] = ["1", "1.0", "2", "2.0"];

/// The merged documents, before shapes are read.
#[derive(Default)]
pub(super) struct Texts {
    pub(super) metadata: BTreeMap<String, Node>,
    /// Shapes that could not be read.
    pub(super) unreadable: BTreeSet<ShapeId>,
    definitions: OrderedMap<ShapeId, Definition>,
    applies: Vec<Apply>,
}

struct Definition {
    node: Node,
    span: Span,
    legacy: bool,
}

/// Traits applied to a shape or member.
pub(crate) struct Apply {
    pub(crate) shape: ShapeId,
    pub(crate) member: Option<String>,
    pub(crate) span: Span,
    pub(crate) traits: Traits,
    /// Whether they come from a second, equal definition instead of an `apply`.
    pub(super) repeated: bool,
}

impl Apply {
    /// The shape or member, as `namespace#Shape$member`.
    pub(crate) fn target(&self) -> String {
        match &self.member {
            Some(member) => format!("{}${member}", self.shape),
            None => self.shape.to_string(),
        }
    }
}

impl Texts {
    /// Adds a document.
    pub(super) fn add(&mut self, root: Node, diagnostics: &mut Vec<Diagnostic>) {
        let Some(mut root) = Object::read(root, "a model", diagnostics) else {
            return;
        };
        let legacy =
            version(&mut root, diagnostics).is_some_and(|version| version.starts_with('1'));
        if let Some(metadata) = root.object("metadata", diagnostics) {
            for entry in metadata {
                self.add_metadata(entry, diagnostics);
            }
        }
        for entry in root.object("shapes", diagnostics).unwrap_or_default() {
            self.add_shape(entry, legacy, diagnostics);
        }
        root.finish("a model", &["smithy", "metadata", "shapes"], diagnostics);
    }

    fn add_metadata(&mut self, entry: Entry, diagnostics: &mut Vec<Diagnostic>) {
        match self.metadata.get_mut(&*entry.key) {
            None => {
                self.metadata.insert(entry.key.into_owned(), entry.value);
            }
            Some(present) => {
                let other = present.span;
                if let Err(added) = join(present, entry.value) {
                    let message = format!("conflicting values for the metadata `{}`", entry.key);
                    let diagnostic = Diagnostic::new(added.span, message).label("this value");
                    let help = "remove one of the values: only arrays are merged";
                    diagnostics.push(
                        diagnostic
                            .related(other, "differs from this one")
                            .help(help),
                    );
                }
            }
        }
    }

    fn add_shape(&mut self, entry: Entry, legacy: bool, diagnostics: &mut Vec<Diagnostic>) {
        let span = entry.key_span.0;
        let (shape, member) = match entry.key.split_once('$') {
            Some((shape, member)) => (shape, Some(member.to_owned())),
            None => (&*entry.key, None),
        };
        if !is_shape_id(shape)
            || member
                .as_deref()
                .is_some_and(|member| !is_identifier(member))
        {
            let message = format!("invalid absolute shape id `{}`", entry.key);
            diagnostics.push(Diagnostic::new(span, message).help("write it as `namespace#Name`"));
            return;
        }
        let id = ShapeId::new(shape);
        if entry.value.get("type").and_then(Node::as_str) == Some("apply") {
            if let Some(mut object) = Object::read(entry.value, "an apply", diagnostics) {
                object.take("type");
                let traits = read_traits(&mut object, diagnostics);
                object.finish("an apply", &["type", "traits"], diagnostics);
                self.applies.push(Apply {
                    shape: id,
                    member,
                    span,
                    traits,
                    repeated: false,
                });
            }
        } else if member.is_some() {
            let message = format!(
                "`{}` is a member and can't be defined on its own",
                entry.key
            );
            diagnostics.push(
                Diagnostic::new(span, message)
                    .help("only `\"type\": \"apply\"` can refer to a member here"),
            );
        } else {
            self.define(
                id,
                Definition {
                    node: entry.value,
                    span,
                    legacy,
                },
                diagnostics,
            );
        }
    }

    fn define(&mut self, id: ShapeId, definition: Definition, diagnostics: &mut Vec<Diagnostic>) {
        let Some(first) = self.definitions.get(&id) else {
            self.definitions.insert(id, definition);
            return;
        };
        if same_shape(&first.node, &definition.node) {
            self.repeat(&id, definition, diagnostics);
        } else {
            let message = format!("conflicting definitions of `{id}`");
            let diagnostic = Diagnostic::new(definition.span, message).label("this definition");
            let help = "remove one of them; to add traits, use `\"type\": \"apply\"`";
            diagnostics.push(
                diagnostic
                    .related(first.span, "differs from this one")
                    .help(help),
            );
        }
    }

    /// Treats the traits of a repeated definition as applied.
    fn repeat(&mut self, id: &ShapeId, definition: Definition, diagnostics: &mut Vec<Diagnostic>) {
        let mut ignored = BTreeSet::new();
        let Some(draft) = read_shape(
            id,
            definition.node,
            definition.span,
            definition.legacy,
            &mut ignored,
            diagnostics,
        ) else {
            return;
        };
        let span = definition.span;
        let apply = |member, traits| Apply {
            shape: id.clone(),
            member,
            span,
            traits,
            repeated: true,
        };
        self.applies.push(apply(None, draft.traits));
        self.applies.extend(
            draft
                .members
                .into_iter()
                .map(|member| apply(Some(member.name), member.traits)),
        );
    }

    /// Reads the shapes.
    pub(super) fn drafts(&mut self, diagnostics: &mut Vec<Diagnostic>) -> (Drafts, Vec<Apply>) {
        let mut drafts = Drafts::default();
        for (id, definition) in std::mem::take(&mut self.definitions) {
            let Definition { node, span, legacy } = definition;
            if let Some(draft) =
                read_shape(&id, node, span, legacy, &mut self.unreadable, diagnostics)
            {
                drafts.insert(id, draft);
            }
        }
        let mut applies = std::mem::take(&mut self.applies);
        let unreadable = &self.unreadable;
        applies.retain(|apply| !unreadable.contains(&apply.shape));
        (drafts, applies)
    }
}

fn version(root: &mut Object, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
    let help = "supported versions are \"1.0\" and \"2.0\"";
    let Some(node) = root.take("smithy") else {
        let diagnostic = Diagnostic::new(root.start(), "missing Smithy version");
        diagnostics.push(
            diagnostic
                .label("`smithy` is missing in this object")
                .help("add \"smithy\": \"2.0\""),
        );
        return None;
    };
    match node.as_str() {
        Some(version) if VERSIONS.contains(&version) => Some(version.to_owned()),
        Some(version) => {
            let message = format!("unknown Smithy version `{version}`");
            diagnostics.push(Diagnostic::new(node.span, message).help(help));
            None
        }
        None => {
            diagnostics.push(
                Diagnostic::new(node.span, "expected a string for the Smithy version").help(help),
            );
            None
        }
    }
}

/// Adds a trait. Repeated values must be equal, or lists, which are concatenated.
pub(super) fn add_trait(
    traits: &mut Traits,
    id: Key,
    added: Trait,
    shape: &str,
    diagnostics: &mut Vec<Diagnostic>,
) {
    match traits.0.get_mut(&id) {
        None => traits.0.insert(id, added),
        Some(present) => {
            let other = present.value.span;
            if equal(&present.value, &added.value) {
                return;
            }
            if let Err(added) = join(&mut present.value, added.value) {
                let message = format!("conflicting values for the trait `{id}` on `{shape}`");
                let diagnostic = Diagnostic::new(added.span, message).label("this value");
                let help = "remove one of the values: traits can't be overridden";
                diagnostics.push(
                    diagnostic
                        .related(other, "differs from this one")
                        .help(help),
                );
            }
        }
    }
}

/// Merges a second value into the first, or returns it if they conflict.
fn join(first: &mut Node, second: Node) -> Result<(), Node> {
    if let (NodeValue::Array(first), NodeValue::Array(_)) = (&mut first.value, &second.value) {
        if let NodeValue::Array(second) = second.value {
            first.extend(second);
        }
        return Ok(());
    }
    if equal(first, &second) {
        Ok(())
    } else {
        Err(second)
    }
}

/// Whether two definitions differ only in traits.
fn same_shape(first: &Node, second: &Node) -> bool {
    same_object(first, second, |key, first, second| match key {
        "traits" => true,
        "member" | "key" | "value" => same_member(first, second),
        "members" => {
            same_order(first, second)
                && same_object(first, second, |_, first, second| same_member(first, second))
        }
        _ => equal(first, second),
    })
}

fn same_member(first: &Node, second: &Node) -> bool {
    same_object(first, second, |key, first, second| {
        key == "traits" || equal(first, second)
    })
}

fn same_order(first: &Node, second: &Node) -> bool {
    let keys = |node: &Node| -> Vec<String> {
        node.entries()
            .unwrap_or_default()
            .iter()
            .map(|entry| entry.key.to_string())
            .collect()
    };
    keys(first) == keys(second)
}

/// Whether two objects have the same keys except `traits`, and values that `same` calls equal.
fn same_object(first: &Node, second: &Node, same: impl Fn(&str, &Node, &Node) -> bool) -> bool {
    let (Some(entries), Some(others)) = (first.entries(), second.entries()) else {
        return equal(first, second);
    };
    let count = |entries: &[Entry]| entries.iter().filter(|entry| entry.key != "traits").count();
    count(entries) == count(others)
        && entries
            .iter()
            .filter(|entry| entry.key != "traits")
            .all(|entry| {
                second
                    .get(&entry.key)
                    .is_some_and(|other| same(&entry.key, &entry.value, other))
            })
}

/// Equality that ignores the order of keys.
pub(super) fn equal(first: &Node, second: &Node) -> bool {
    match (&first.value, &second.value) {
        (NodeValue::Object(entries), NodeValue::Object(others)) => {
            let sorted = |entries: &[Entry]| -> Vec<usize> {
                let mut order: Vec<usize> = (0..entries.len()).collect();
                order.sort_by_key(|index| entries.get(*index).map(|entry| &entry.key));
                order
            };
            entries.len() == others.len()
                && sorted(entries)
                    .into_iter()
                    .zip(sorted(others))
                    .all(|(one, other)| {
                        matches!((entries.get(one), others.get(other)), (Some(one), Some(other))
                        if one.key == other.key && equal(&one.value, &other.value))
                    })
        }
        (NodeValue::Array(elements), NodeValue::Array(others)) => {
            elements.len() == others.len()
                && elements
                    .iter()
                    .zip(others)
                    .all(|(one, other)| equal(one, other))
        }
        (one, other) => one == other,
    }
}
