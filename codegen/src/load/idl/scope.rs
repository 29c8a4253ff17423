//! What ids mean, and what the shapes behind them hold, over all sources of a model.

use super::prelude;
use super::syntax::{Body, File, Name, Shape};
use crate::node::{Node, NodeValue};
use std::collections::{BTreeMap, BTreeSet};

/// All shapes that the sources of a model define, by id.
pub(super) struct Definitions<'a> {
    shapes: BTreeMap<String, Definition<'a>>,
}

/// Where a shape was found.
#[derive(Clone, Copy)]
enum Definition<'a> {
    Idl(&'a File<'a>, &'a Shape<'a>),
    /// An entry of `shapes` in a JSON AST.
    Ast(&'a Node),
}

impl<'a> Definitions<'a> {
    pub(super) fn new(files: &'a [File<'a>], others: &'a [Node]) -> Self {
        let from_files = files.iter().flat_map(|file| {
            file.shapes.iter().map(move |shape| {
                (
                    format!("{}#{}", file.namespace, shape.name.text),
                    Definition::Idl(file, shape),
                )
            })
        });
        let others = others
            .iter()
            .filter_map(|document| document.get("shapes")?.entries())
            .flatten();
        let others =
            others.filter(|entry| entry.value.get("type").and_then(Node::as_str) != Some("apply"));
        let from_others = others.map(|entry| (entry.key.clone(), Definition::Ast(&entry.value)));
        Self {
            shapes: from_files.chain(from_others).collect(),
        }
    }

    /// `resource`, `list` …; none when no source has the shape.
    pub(super) fn kind(&self, id: &str) -> Option<&'a str> {
        match *self.shapes.get(id)? {
            Definition::Idl(_, shape) => Some(shape.kind),
            Definition::Ast(node) => node.get("type").and_then(Node::as_str),
        }
    }

    /// Whether that trait takes a list.
    pub(super) fn is_list_trait(&self, id: &str) -> bool {
        self.kind(id).map_or_else(
            || prelude::is_list_trait(id),
            |kind| matches!(kind, "list" | "set"),
        )
    }

    /// What a resource's identifier or property of that name targets.
    pub(super) fn resource_target(&self, id: &str, name: &str) -> Option<String> {
        self.find(id, &|definition| {
            ["identifiers", "properties"]
                .into_iter()
                .find_map(|kind| match definition {
                    Definition::Idl(
                        file,
                        Shape {
                            body: Body::Properties(properties),
                            ..
                        },
                    ) => Some(self.resolve(file, properties.get(kind)?.get(name)?.as_str()?)),
                    Definition::Idl(..) => None,
                    Definition::Ast(node) => node
                        .get(kind)?
                        .get(name)?
                        .get("target")?
                        .as_str()
                        .map(str::to_owned),
                })
        })
    }

    /// Whether one of those shapes has a member of that name, or gets it from a mixin.
    pub(super) fn have_member(&self, ids: &[String], name: &str) -> bool {
        let has = |definition: Definition<'a>| match definition {
            Definition::Idl(
                _,
                Shape {
                    body: Body::Members(members),
                    ..
                },
            ) => members
                .iter()
                .any(|member| member.name.text == name)
                .then_some(()),
            Definition::Idl(..) => None,
            Definition::Ast(node) => node.get("members").unwrap_or(node).get(name).map(|_| ()),
        };
        ids.iter().any(|id| self.find(id, &has).is_some())
    }

    /// The first answer of a shape and its mixins, however long their chain is.
    fn find<T>(&self, id: &str, ask: &dyn Fn(Definition<'a>) -> Option<T>) -> Option<T> {
        let mut seen = BTreeSet::new();
        let mut open = vec![id.to_owned()];
        while let Some(id) = open.pop() {
            let Some(definition) = self.shapes.get(&id).copied().filter(|_| seen.insert(id)) else {
                continue;
            };
            if let Some(answer) = ask(definition) {
                return Some(answer);
            }
            open.extend(self.mixins(definition).into_iter().rev());
        }
        None
    }

    fn mixins(&self, definition: Definition<'a>) -> Vec<String> {
        match definition {
            Definition::Idl(file, shape) => shape
                .mixins
                .iter()
                .map(|mixin| self.resolve(file, &mixin.text))
                .collect(),
            Definition::Ast(node) => {
                let mixins = node
                    .get("mixins")
                    .and_then(Node::elements)
                    .unwrap_or_default();
                mixins
                    .iter()
                    .filter_map(|mixin| mixin.get("target")?.as_str())
                    .map(str::to_owned)
                    .collect()
            }
        }
    }

    /// The absolute id that an id means in a file: what it imports, else its own namespace's, else the prelude's.
    pub(super) fn resolve(&self, file: &File<'_>, id: &str) -> String {
        if id.contains('#') {
            return id.to_owned();
        }
        let (name, member) = id.split_at(id.find('$').unwrap_or(id.len()));
        if let Some(used) = file.uses.iter().find(|used| simple_name(used) == name) {
            return format!("{}{member}", used.text);
        }
        let own = format!("{}#{name}", file.namespace);
        if prelude::has(name) && !self.shapes.contains_key(&own) {
            format!("smithy.api#{id}")
        } else {
            own + member
        }
    }
}

/// Resolves the ids in a value: the strings that do not start with a quote where they stand.
pub(super) fn resolve_ids(node: &mut Node, text: &str, resolve: &dyn Fn(&str) -> String) {
    let first = text.as_bytes().get(node.span.start as usize);
    let is_name = first.is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'_');
    match &mut node.value {
        NodeValue::String(id) if is_name => *id = resolve(id),
        NodeValue::Array(elements) => {
            for element in elements {
                resolve_ids(element, text, resolve);
            }
        }
        NodeValue::Object(entries) => {
            for entry in entries {
                resolve_ids(&mut entry.value, text, resolve);
            }
        }
        _ => {}
    }
}

/// The name of an absolute id.
pub(super) fn simple_name<'n>(id: &'n Name<'_>) -> &'n str {
    id.text.rsplit_once('#').map_or(&*id.text, |(_, name)| name)
}
