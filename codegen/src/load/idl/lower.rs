//! Lowers syntax to documents of the JSON AST.

use super::super::build::{entry, string_node, target};
use super::scope::{Definitions, resolve_ids, simple_name};
use super::syntax::{Body, File, Member, MemberTarget, Name, Operation, Shape, Trait, Version};
use crate::diagnostic::Diagnostic;
use crate::node::{Entry, KeySpan, Node, NodeValue, Span};
use std::collections::{BTreeMap, BTreeSet};

/// The documents for a file. There are several if the file defines a key more than
/// once (a shape and an `apply` statement for it); merging decides whether that is a conflict.
pub(super) fn file(
    file: &File<'_>,
    definitions: &Definitions<'_>,
    errors: &mut Vec<Diagnostic>,
) -> Vec<Node> {
    let mut lowering = Lowering {
        file,
        definitions,
        errors,
        documents: Documents::default(),
    };
    lowering.check_uses();
    for entry in &file.metadata {
        lowering.metadata(entry);
    }
    for shape in &file.shapes {
        lowering.shape(shape);
    }
    for apply in &file.applies {
        let id = lowering.resolve(&apply.target.text);
        lowering.apply(&id, apply.target.span, &apply.traits);
    }
    let version = if file.version == Version::Two {
        "2.0"
    } else {
        "1.0"
    };
    lowering.documents.finish(
        version,
        Span {
            source: file.source,
            ..Span::default()
        },
    )
}

struct Lowering<'a, 'e> {
    file: &'a File<'a>,
    definitions: &'a Definitions<'a>,
    errors: &'e mut Vec<Diagnostic>,
    documents: Documents,
}

impl Lowering<'_, '_> {
    /// Imported names must be unique.
    fn check_uses(&mut self) {
        let file = self.file;
        let mut names: BTreeMap<&str, &Name<'_>> = BTreeMap::new();
        for used in &file.uses {
            if let Some(other) = names
                .insert(simple_name(used), used)
                .filter(|other| other.text != used.text)
            {
                self.error(
                    used.span,
                    format!(
                        "duplicate import: `{}` and `{}` have the same name",
                        other.text, used.text
                    ),
                    other.span,
                );
            }
        }
        for shape in &file.shapes {
            if let Some(used) = names.get(&*shape.name.text) {
                self.error(
                    shape.name.span,
                    format!(
                        "this shape has the same name as the imported `{}`",
                        used.text
                    ),
                    used.span,
                );
            }
        }
    }

    fn resolve(&self, id: &str) -> String {
        self.definitions.resolve(self.file, id)
    }

    fn error(&mut self, span: Span, message: String, related: Span) {
        let related = vec![(related, "here".to_owned())];
        self.errors.push(Diagnostic {
            message,
            span,
            label: String::new(),
            related,
            help: String::new(),
        });
    }

    /// Relative ids in metadata refer to the prelude.
    fn metadata(&mut self, entry: &Entry) {
        let mut entry = entry.clone();
        resolve_ids(&mut entry.value, self.file.text, &|id| {
            if id.contains('#') {
                id.to_owned()
            } else {
                format!("smithy.api#{id}")
            }
        });
        self.documents.add(DocumentSection::Metadata, entry);
    }

    fn shape(&mut self, shape: &Shape<'_>) {
        let id = format!("{}#{}", self.file.namespace, shape.name.text);
        let mut entries = vec![entry("type", string_node(shape.kind, shape.name.span))];
        if !shape.mixins.is_empty() {
            entries.push(entry(
                "mixins",
                self.targets(&shape.mixins, shape.name.span),
            ));
        }
        match &shape.body {
            Body::None => {}
            Body::Members(members) => {
                let members = self.members(&id, shape, members);
                if matches!(shape.kind, "list" | "set" | "map") {
                    entries.extend(members);
                } else {
                    entries.push(entry(
                        "members",
                        Node::new(NodeValue::Object(members), shape.name.span),
                    ));
                }
            }
            Body::Properties(properties) => entries.extend(self.properties(properties)),
            Body::Operation(operation) => {
                entries.extend(self.operation(operation, shape.name.span));
            }
        }
        let traits = self.traits(&id, shape.name.span, &shape.traits);
        entries.extend(traits);
        self.add_shape(id, shape.name.span, entries);
    }

    fn add_shape(&mut self, id: String, span: Span, entries: Vec<Entry>) {
        self.documents.add(
            DocumentSection::Shapes,
            Entry {
                key: id.into(),
                key_span: KeySpan(span),
                value: Node::new(NodeValue::Object(entries), span),
            },
        );
    }

    fn members(&mut self, id: &str, shape: &Shape<'_>, members: &[Member<'_>]) -> Vec<Entry> {
        let resource = self.bound_resource(shape);
        let mixins: Vec<String> = shape
            .mixins
            .iter()
            .map(|mixin| self.resolve(&mixin.text))
            .collect();
        let is_elided = |member: &Member<'_>| matches!(member.target, MemberTarget::Elided);
        let inherited = if members.iter().any(is_elided) {
            self.definitions.members_of(&mixins)
        } else {
            BTreeSet::new()
        };
        let mut first: BTreeMap<&str, Span> = BTreeMap::new();
        let mut entries = Vec::new();
        for member in members {
            if let Some(other) = first.insert(&member.name.text, member.name.span) {
                self.error(
                    member.name.span,
                    format!("duplicate member `{}`", member.name.text),
                    other,
                );
                continue;
            }
            entries.extend(self.member(id, shape, member, resource.as_deref(), &inherited));
        }
        entries
    }

    /// The resource after `for`.
    fn bound_resource(&mut self, shape: &Shape<'_>) -> Option<String> {
        let name = shape.resource.as_ref()?;
        let id = self.resolve(&name.text);
        match self.definitions.kind(&id) {
            Some("resource") => return Some(id),
            Some(other) => self.error(
                name.span,
                format!("expected a resource after `for`, found the {other} `{id}`"),
                shape.name.span,
            ),
            None => self.error(
                name.span,
                format!("unknown resource `{id}`"),
                shape.name.span,
            ),
        }
        None
    }

    fn member(
        &mut self,
        id: &str,
        shape: &Shape<'_>,
        member: &Member<'_>,
        resource: Option<&str>,
        inherited: &BTreeSet<&str>,
    ) -> Option<Entry> {
        let name = &*member.name.text;
        let member_id = format!("{id}${name}");
        let target = match &member.target {
            MemberTarget::Unit => "smithy.api#Unit".to_owned(),
            MemberTarget::Shape(target) => self.resolve(&target.text),
            MemberTarget::Elided => match resource
                .and_then(|resource| self.definitions.resource_target(resource, name))
            {
                Some(target) => target,
                None if inherited.contains(name) => {
                    self.apply(&member_id, member.name.span, &member.traits);
                    return None;
                }
                // The invalid resource is already reported.
                None if shape.resource.is_some() && resource.is_none() => return None,
                None => {
                    let message = format!(
                        "missing target of `{name}`: no mixin or resource of the shape defines it"
                    );
                    self.error(member.name.span, message, shape.name.span);
                    return None;
                }
            },
        };
        let target_span = if let MemberTarget::Shape(target) = &member.target {
            target.span
        } else {
            member.name.span
        };
        let mut entries = vec![entry("target", string_node(&target, target_span))];
        entries.extend(self.traits(&member_id, member.name.span, &member.traits));
        let value = Node::new(NodeValue::Object(entries), member.name.span);
        Some(Entry {
            key: name.to_owned().into(),
            key_span: KeySpan(member.name.span),
            value,
        })
    }

    /// The `traits` entry; `None` if there are no traits. A repeated trait is applied again, so that merging decides.
    fn traits(&mut self, id: &str, span: Span, traits: &[Trait<'_>]) -> Option<Entry> {
        let mut entries: Vec<Entry> = Vec::new();
        for applied in traits {
            let applied = self.applied_trait(&applied.id, applied.value.as_ref());
            if entries.iter().any(|entry| entry.key == applied.key) {
                self.add_apply(id, span, traits_entry(vec![applied], span));
            } else {
                entries.push(applied);
            }
        }
        traits_entry(entries, span)
    }

    fn applied_trait(&mut self, name: &Name<'_>, value: Option<&Node>) -> Entry {
        let key = self.resolve(&name.text);
        if key == "smithy.api#mixin" && self.file.version == Version::One {
            let message = "mixins require version 2.0 of the Smithy IDL, this file has version 1.0"
                .to_owned();
            let help = "add `$version: \"2.0\"` at the start of the file".to_owned();
            self.errors.push(Diagnostic {
                message,
                span: name.span,
                label: String::new(),
                related: Vec::new(),
                help,
            });
        }
        let value = match value {
            Some(value) => {
                let mut value = value.clone();
                self.resolve_ids(&mut value);
                value
            }
            None => Node::new(self.definitions.annotation(&key), name.span),
        };
        Entry {
            key: key.into(),
            key_span: KeySpan(name.span),
            value,
        }
    }

    fn apply(&mut self, id: &str, span: Span, traits: &[Trait<'_>]) {
        let traits = self.traits(id, span, traits);
        self.add_apply(id, span, traits);
    }

    fn add_apply(&mut self, id: &str, span: Span, traits: Option<Entry>) {
        let Some(traits) = traits else { return };
        self.add_shape(
            id.to_owned(),
            span,
            vec![entry("type", string_node("apply", span)), traits],
        );
    }

    fn operation(&self, operation: &Operation<'_>, span: Span) -> Vec<Entry> {
        let target = |name: &Name<'_>| target(self.resolve(&name.text), name.span);
        let input = operation
            .input
            .as_ref()
            .map(|name| entry("input", target(name)));
        let output = operation
            .output
            .as_ref()
            .map(|name| entry("output", target(name)));
        let errors = operation
            .errors
            .as_ref()
            .map(|names| entry("errors", self.targets(names, span)));
        input.into_iter().chain(output).chain(errors).collect()
    }

    fn targets(&self, names: &[Name<'_>], span: Span) -> Node {
        let targets = names
            .iter()
            .map(|name| target(self.resolve(&name.text), name.span));
        Node::new(NodeValue::Array(targets.collect()), span)
    }

    /// The properties of a service or resource, with references as in the JSON AST.
    fn properties(&self, properties: &Node) -> Vec<Entry> {
        let mut entries = properties.entries().unwrap_or_default().to_vec();
        for entry in &mut entries {
            match &*entry.key {
                "create" | "put" | "read" | "update" | "delete" | "list" => {
                    self.reference(&mut entry.value);
                }
                "operations"
                | "collectionOperations"
                | "resources"
                | "errors"
                | "identifiers"
                | "properties" => self.references(&mut entry.value),
                _ => self.resolve_ids(&mut entry.value),
            }
        }
        entries
    }

    /// Turns the ids in an array or object into references.
    fn references(&self, node: &mut Node) {
        match &mut node.value {
            NodeValue::Array(elements) => {
                for element in elements {
                    self.reference(element);
                }
            }
            NodeValue::Object(entries) => {
                for entry in entries {
                    self.reference(&mut entry.value);
                }
            }
            NodeValue::Null
            | NodeValue::Boolean(_)
            | NodeValue::Number(_)
            | NodeValue::String(_) => {}
        }
    }

    fn resolve_ids(&self, node: &mut Node) {
        resolve_ids(node, self.file.text, &|id| self.resolve(id));
    }

    /// Turns an id into a reference. Anything else is kept for the AST's loader to reject.
    fn reference(&self, node: &mut Node) {
        if let Some(id) = node.as_str() {
            *node = target(self.resolve(id), node.span);
        }
    }
}

fn traits_entry(traits: Vec<Entry>, span: Span) -> Option<Entry> {
    (!traits.is_empty()).then(|| entry("traits", Node::new(NodeValue::Object(traits), span)))
}

/// Documents that have each key at most once.
#[derive(Default)]
struct Documents {
    documents: Vec<(Vec<Entry>, Vec<Entry>)>,
    /// How many documents have each key.
    seen: BTreeMap<(DocumentSection, String), usize>,
}

/// A section of a document.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum DocumentSection {
    Metadata,
    Shapes,
}

impl Documents {
    fn add(&mut self, section: DocumentSection, entry: Entry) {
        let seen = self
            .seen
            .entry((section, entry.key.to_string()))
            .or_default();
        if self.documents.len() <= *seen {
            self.documents.resize(*seen + 1, (Vec::new(), Vec::new()));
        }
        if let Some((metadata, shapes)) = self.documents.get_mut(*seen) {
            if section == DocumentSection::Metadata {
                metadata.push(entry);
            } else {
                shapes.push(entry);
            }
        }
        *seen += 1;
    }

    fn finish(self, version: &str, span: Span) -> Vec<Node> {
        let document = |(metadata, shapes)| {
            let entries = vec![
                entry("smithy", string_node(version, span)),
                entry("metadata", Node::new(NodeValue::Object(metadata), span)),
                entry("shapes", Node::new(NodeValue::Object(shapes), span)),
            ];
            Node::new(NodeValue::Object(entries), span)
        };
        self.documents.into_iter().map(document).collect()
    }
}
