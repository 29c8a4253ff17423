//! Reads drafts of shapes from nodes of the AST.

use super::draft::{Draft, DraftKind};
use super::merge::add_trait;
use crate::diagnostic::Diagnostic;
use crate::grammar::{is_identifier, is_shape_id};
use crate::model::{Member, Operation, Reference, Resource, Service, ShapeId, Trait, Traits};
use crate::node::{Entry, Node, NodeValue, Span};
use crate::sorted::SortedMap;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

const UNIT: &str = "smithy.api#Unit";
const LIFECYCLES: [&str; 6] = ["create", "put", "read", "update", "delete", "list"];

/// An object whose entries are taken one by one; those that are left are unknown.
pub(super) struct Object {
    entries: Vec<Entry>,
    span: Span,
}

impl Object {
    /// Opens a node that must be an object.
    pub(super) fn read(
        node: Node,
        what: impl fmt::Display,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        let Node { value, span } = node;
        if let NodeValue::Object(entries) = value {
            return Some(Self { entries, span });
        }
        diagnostics.push(Diagnostic::new(
            span,
            format!("expected an object for {what}, found {}", value.kind()),
        ));
        None
    }

    /// The start of the object.
    pub(super) fn start(&self) -> Span {
        Span {
            end: self.span.start + 1,
            ..self.span
        }
    }

    /// Takes an entry's value.
    pub(super) fn take(&mut self, key: &str) -> Option<Node> {
        let index = self.entries.iter().position(|entry| entry.key == key)?;
        Some(self.entries.remove(index).value)
    }

    /// Takes the entries of a nested object.
    pub(super) fn object(
        &mut self,
        key: &str,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Vec<Entry>> {
        let node = self.take(key)?;
        Self::read(node, format_args!("`{key}`"), diagnostics).map(|object| object.entries)
    }

    fn array(&mut self, key: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<Node> {
        match self.take(key) {
            None => Vec::new(),
            Some(Node {
                value: NodeValue::Array(elements),
                ..
            }) => elements,
            Some(other) => {
                let message = format!(
                    "expected an array for `{key}`, found {}",
                    other.value.kind()
                );
                diagnostics.push(Diagnostic::new(other.span, message));
                Vec::new()
            }
        }
    }

    fn references(&mut self, key: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<Reference> {
        let nodes = self.array(key, diagnostics);
        nodes
            .into_iter()
            .filter_map(|node| read_reference(node, diagnostics))
            .collect()
    }

    fn reference(&mut self, key: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Reference> {
        read_reference(self.take(key)?, diagnostics)
    }

    fn named_references(
        &mut self,
        key: &str,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<(String, Reference)> {
        let entries = self.object(key, diagnostics).unwrap_or_default();
        let mut named = Vec::new();
        for entry in entries {
            named.extend(
                read_reference(entry.value, diagnostics)
                    .map(|reference| (entry.key.into_owned(), reference)),
            );
        }
        named
    }

    /// Reports unknown entries.
    pub(super) fn finish(self, what: &str, known: &[&str], diagnostics: &mut Vec<Diagnostic>) {
        for entry in self.entries {
            let message = format!("unknown property `{}` in {what}", entry.key);
            let help = format!("expected one of {}", known.join(", "));
            diagnostics.push(
                Diagnostic::new(entry.key_span.0, message)
                    .label("not known")
                    .help(help),
            );
        }
    }
}

/// Reads the definition of a shape.
pub(super) fn read_shape(
    id: &ShapeId,
    node: Node,
    span: Span,
    legacy: bool,
    unreadable: &mut BTreeSet<ShapeId>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Draft> {
    let draft = Object::read(node, "a shape", diagnostics).and_then(|mut object| {
        let mut kind = read_kind(&mut object, span, diagnostics)?;
        let traits = read_traits(&mut object, diagnostics);
        let mixins = object.references("mixins", diagnostics);
        let (members, mut known) = read_properties(&mut kind, &mut object, diagnostics);
        known.extend(["type", "traits", "mixins"]);
        object.finish("this shape", &known, diagnostics);
        Some(Draft {
            span,
            legacy,
            kind,
            traits,
            members,
            mixins,
        })
    });
    if draft.is_none() {
        unreadable.insert(id.clone());
    }
    draft
}

fn read_kind(
    object: &mut Object,
    span: Span,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<DraftKind> {
    let Some(node) = object.take("type") else {
        diagnostics.push(
            Diagnostic::new(span, "missing `type` of a shape")
                .help("add \"type\": \"structure\", for example"),
        );
        return None;
    };
    let kind = node.as_str().and_then(DraftKind::named);
    if kind.is_none() {
        let message = match &node.value {
            NodeValue::String(name) => format!("unknown shape type `{name}`"),
            other => format!("expected a string for a shape type, found {}", other.kind()),
        };
        let help = "types are blob, boolean, string, enum, byte, short, integer, intEnum, long, float, double, bigInteger, \
                    bigDecimal, timestamp, document, list, map, structure, union, operation, resource, service, and apply";
        diagnostics.push(Diagnostic::new(node.span, message).help(help));
    }
    kind
}

/// Reads the properties of that kind of shape. Returns its members, and the names of all known properties.
fn read_properties(
    kind: &mut DraftKind,
    object: &mut Object,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Member>, Vec<&'static str>) {
    match kind {
        DraftKind::Simple(_) => (Vec::new(), Vec::new()),
        DraftKind::List | DraftKind::Set => (
            single_members(object, &["member"], diagnostics),
            vec!["member"],
        ),
        DraftKind::Map => (
            single_members(object, &["key", "value"], diagnostics),
            vec!["key", "value"],
        ),
        DraftKind::Enum | DraftKind::IntEnum | DraftKind::Structure | DraftKind::Union => {
            let entries = object.object("members", diagnostics).unwrap_or_default();
            (
                entries
                    .into_iter()
                    .filter_map(|entry| read_member(entry, diagnostics))
                    .collect(),
                vec!["members"],
            )
        }
        DraftKind::Operation(operation) => {
            (Vec::new(), read_operation(operation, object, diagnostics))
        }
        DraftKind::Resource(resource) => (Vec::new(), read_resource(resource, object, diagnostics)),
        DraftKind::Service(service) => (Vec::new(), read_service(service, object, diagnostics)),
    }
}

fn read_operation(
    operation: &mut Operation,
    object: &mut Object,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<&'static str> {
    let not_unit = |reference: &Reference| reference.id.as_str() != UNIT;
    operation.input = object.reference("input", diagnostics).filter(not_unit);
    operation.output = object.reference("output", diagnostics).filter(not_unit);
    operation.errors = object.references("errors", diagnostics);
    vec!["input", "output", "errors"]
}

fn read_resource(
    resource: &mut Resource,
    object: &mut Object,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<&'static str> {
    resource.identifiers = object.named_references("identifiers", diagnostics);
    resource.properties = object.named_references("properties", diagnostics);
    for lifecycle in LIFECYCLES {
        resource
            .operations
            .extend(object.reference(lifecycle, diagnostics));
    }
    resource
        .operations
        .extend(object.references("operations", diagnostics));
    resource
        .operations
        .extend(object.references("collectionOperations", diagnostics));
    resource.resources = object.references("resources", diagnostics);
    let mut known = vec![
        "identifiers",
        "properties",
        "operations",
        "collectionOperations",
        "resources",
    ];
    known.extend(LIFECYCLES);
    known
}

fn read_service(
    service: &mut Service,
    object: &mut Object,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<&'static str> {
    service.version = object
        .take("version")
        .map(|node| read_string(node, "a version", diagnostics))
        .unwrap_or_default();
    service.operations = object.references("operations", diagnostics);
    service.resources = object.references("resources", diagnostics);
    service.errors = object.references("errors", diagnostics);
    service.rename = read_renames(
        object.object("rename", diagnostics).unwrap_or_default(),
        diagnostics,
    );
    vec!["version", "operations", "resources", "errors", "rename"]
}

fn read_renames(
    entries: Vec<Entry>,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<ShapeId, String> {
    let mut renames = BTreeMap::new();
    for entry in entries {
        let span = entry.value.span;
        let is_text = entry.value.as_str().is_some();
        let name = read_string(entry.value, "a new name", diagnostics);
        if !is_shape_id(&entry.key) {
            let message = format!("invalid absolute shape id `{}`", entry.key);
            diagnostics.push(
                Diagnostic::new(entry.key_span.0, message).help("write it as `namespace#Name`"),
            );
        } else if is_text && !is_identifier(&name) {
            diagnostics.push(not_a_name(span, &name));
        } else {
            renames.insert(ShapeId::new(entry.key), name);
        }
    }
    renames
}

fn read_string(node: Node, what: &str, diagnostics: &mut Vec<Diagnostic>) -> String {
    match node.value {
        NodeValue::String(text) => text,
        other => {
            let message = format!("expected a string for {what}, found {}", other.kind());
            diagnostics.push(Diagnostic::new(node.span, message));
            String::new()
        }
    }
}

fn single_members(
    object: &mut Object,
    names: &[&str],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Member> {
    let mut members = Vec::new();
    for name in names {
        if let Some(index) = object.entries.iter().position(|entry| entry.key == *name) {
            members.extend(read_member(object.entries.remove(index), diagnostics));
        }
    }
    members
}

fn read_member(entry: Entry, diagnostics: &mut Vec<Diagnostic>) -> Option<Member> {
    let span = entry.key_span.0;
    if !is_identifier(&entry.key) {
        diagnostics.push(not_a_name(span, &entry.key));
    }
    let mut object = Object::read(entry.value, "a member", diagnostics)?;
    let traits = read_traits(&mut object, diagnostics);
    let target = read_target(&mut object, diagnostics);
    object.finish("a member", &["target", "traits"], diagnostics);
    Some(Member {
        name: entry.key.into_owned(),
        target: target?,
        traits,
        span,
    })
}

fn not_a_name(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(span, format!("invalid name `{name}`"))
        .help("use ASCII letters, digits and underscores; a digit can't come first")
}

fn read_reference(node: Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Reference> {
    let mut object = Object::read(node, "a reference to a shape", diagnostics)?;
    let target = read_target(&mut object, diagnostics);
    object.finish("a reference to a shape", &["target"], diagnostics);
    target
}

fn read_target(object: &mut Object, diagnostics: &mut Vec<Diagnostic>) -> Option<Reference> {
    let Some(node) = object.take("target") else {
        let diagnostic = Diagnostic::new(object.start(), "missing `target`");
        diagnostics.push(diagnostic.help("add \"target\": \"namespace#Name\""));
        return None;
    };
    match node.value {
        NodeValue::String(text) if is_shape_id(&text) => Some(Reference {
            id: ShapeId::new(text),
            span: node.span,
        }),
        NodeValue::String(text) => {
            let diagnostic =
                Diagnostic::new(node.span, format!("invalid absolute shape id `{text}`"));
            diagnostics.push(diagnostic.help("write it as `namespace#Name`"));
            None
        }
        other => {
            let message = format!("expected a string for a target, found {}", other.kind());
            diagnostics.push(Diagnostic::new(node.span, message));
            None
        }
    }
}

/// Reads `traits`.
pub(super) fn read_traits(object: &mut Object, diagnostics: &mut Vec<Diagnostic>) -> Traits {
    let entries = object.object("traits", diagnostics).unwrap_or_default();
    let mut traits = Traits(SortedMap::with_capacity(entries.len()));
    for entry in entries {
        if is_shape_id(&entry.key) {
            add_trait(
                &mut traits,
                entry.key,
                Trait { value: entry.value },
                "",
                diagnostics,
            );
        } else {
            let message = format!("invalid absolute shape id `{}`", entry.key);
            let help = format!(
                "for a trait of Smithy's prelude, write `smithy.api#{}`",
                entry.key
            );
            diagnostics.push(Diagnostic::new(entry.key_span.0, message).help(help));
        }
    }
    traits
}
