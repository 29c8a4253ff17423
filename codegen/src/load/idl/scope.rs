//! Resolves ids and looks up shapes across all sources of a model.

use super::prelude;
use super::syntax::{Body, File, Name, Shape};
use crate::node::{Node, NodeValue};
use std::collections::{BTreeMap, BTreeSet};

/// All shapes defined in the sources of a model, by id.
pub(super) struct Definitions<'a> {
    shapes: BTreeMap<String, Definition<'a>>,
}

/// The definition of a shape.
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
        let from_others =
            others.map(|entry| (entry.key.to_string(), Definition::Ast(&entry.value)));
        Self {
            shapes: from_files.chain(from_others).collect(),
        }
    }

    /// The type of a shape, such as `resource`; `None` if no source defines it.
    pub(super) fn kind(&self, id: &str) -> Option<&'a str> {
        match *self.shapes.get(id)? {
            Definition::Idl(_, shape) => Some(shape.kind),
            Definition::Ast(node) => node.get("type").and_then(Node::as_str),
        }
    }

    /// The value of a trait without one.
    pub(super) fn annotation(&self, id: &str) -> NodeValue {
        match self.kind(id).or_else(|| prelude::trait_kind(id)) {
            Some("list" | "set") => NodeValue::Array(Vec::new()),
            Some("document") => NodeValue::Null,
            _ => NodeValue::Object(Vec::new()),
        }
    }

    /// The target of a resource's identifier or property.
    pub(super) fn resource_target(&self, id: &str, name: &str) -> Option<String> {
        let target = |definition: Definition<'a>, kind: &str| match definition {
            Definition::Idl(file, shape) => {
                let Body::Properties(properties) = &shape.body else {
                    return None;
                };
                Some(self.resolve(file, properties.get(kind)?.get(name)?.as_str()?))
            }
            Definition::Ast(node) => {
                let target = node.get(kind)?.get(name)?.get("target")?;
                target.as_str().map(str::to_owned)
            }
        };
        self.with_mixins(vec![id.to_owned()])
            .find_map(|definition| {
                let mut kinds = ["identifiers", "properties"].into_iter();
                kinds.find_map(|kind| target(definition, kind))
            })
    }

    /// The names of all members of these shapes, including those from mixins.
    pub(super) fn members_of(&self, ids: &[String]) -> BTreeSet<&'a str> {
        let names = |definition: Definition<'a>| -> Vec<&'a str> {
            match definition {
                Definition::Idl(_, shape) => match &shape.body {
                    Body::Members(members) => {
                        members.iter().map(|member| &*member.name.text).collect()
                    }
                    Body::None | Body::Properties(_) | Body::Operation(_) => Vec::new(),
                },
                Definition::Ast(node) => {
                    let members = node.get("members").unwrap_or(node).entries();
                    let members = members.unwrap_or_default().iter();
                    members.map(|member| &*member.key).collect()
                }
            }
        };
        self.with_mixins(ids.to_vec()).flat_map(names).collect()
    }

    /// Shapes and their mixins, recursively.
    fn with_mixins(&self, ids: Vec<String>) -> impl Iterator<Item = Definition<'a>> {
        let (mut seen, mut open) = (BTreeSet::new(), ids);
        std::iter::from_fn(move || {
            while let Some(id) = open.pop() {
                if let Some(definition) = self.shapes.get(&id).copied()
                    && seen.insert(id)
                {
                    open.extend(self.mixins(definition).into_iter().rev());
                    return Some(definition);
                }
            }
            None
        })
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

    /// Resolves an id in a file: to an import, or else its own namespace, or else the prelude.
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

/// Resolves the ids in a value: strings that are not quoted in the source.
pub(super) fn resolve_ids(node: &mut Node, text: &str, resolve: &dyn Fn(&str) -> String) {
    let first = text.as_bytes().get(node.span.start as usize);
    let is_name = first.is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'_');
    match &mut node.value {
        NodeValue::String(id) => {
            if is_name {
                *id = resolve(id);
            }
        }
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
        NodeValue::Null | NodeValue::Boolean(_) | NodeValue::Number(_) => {}
    }
}

/// The name of an absolute id.
pub(super) fn simple_name<'n>(id: &'n Name<'_>) -> &'n str {
    id.text.rsplit_once('#').map_or(&*id.text, |(_, name)| name)
}
