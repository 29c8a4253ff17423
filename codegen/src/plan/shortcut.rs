//! Options that set parts of members: `swage.cli#shortcuts`.

use super::traits::texts;
use crate::model::Traits;
use crate::node::Node;

/// An option that sets parts of members.
#[derive(Debug)]
pub(crate) struct Shortcut {
    /// Without leading hyphens.
    pub(crate) name: String,
    pub(crate) docs: String,
    /// The paths that get the value. Without any, the option is a flag.
    pub(crate) sets: Vec<String>,
    /// What separates the parts of the value, one for each path; may be empty.
    pub(crate) separator: String,
    /// What some values stand for.
    pub(crate) values: Vec<(String, String)>,
    /// The paths for values that start with a prefix.
    pub(crate) prefixes: Vec<(String, String)>,
    /// Paths that get fixed words as well.
    pub(crate) with: Vec<(String, Vec<String>)>,
    pub(crate) default: Option<String>,
    pub(crate) required: bool,
}

/// The shortcuts of an operation.
pub(super) fn shortcuts(traits: &Traits) -> Vec<Shortcut> {
    let all = traits.get("swage.cli#shortcuts").and_then(Node::elements);
    all.unwrap_or_default().iter().map(shortcut).collect()
}

fn shortcut(node: &Node) -> Shortcut {
    let pairs = |key: &str| {
        let entries = node.get(key).and_then(Node::entries).unwrap_or_default();
        let pairs = entries.iter();
        pairs
            .map(|of| (of.key.clone(), of.value.clone()))
            .collect::<Vec<_>>()
    };
    let texts_of = |key| {
        let pairs = pairs(key).into_iter();
        let pairs = pairs.map(|(key, node)| (key, node.as_str().unwrap_or_default().to_owned()));
        pairs.collect()
    };
    let with = pairs("with").into_iter();
    Shortcut {
        name: node.string_or_empty("name"),
        docs: node.string_or_empty("documentation"),
        sets: texts(node.get("sets")),
        separator: node.string_or_empty("separator"),
        values: texts_of("values"),
        prefixes: texts_of("prefixes"),
        with: with
            .map(|(path, words)| (path, texts(Some(&words))))
            .collect(),
        default: node
            .get("default")
            .and_then(Node::as_str)
            .map(str::to_owned),
        required: node.get("required").and_then(Node::as_bool) == Some(true),
    }
}

impl Shortcut {
    /// Whether it sets a member or a part of it.
    pub(crate) fn fills(&self, member: &str) -> bool {
        let paths = self.sets.iter();
        let mut paths = paths
            .chain(self.with.iter().map(|(path, _)| path))
            .chain(self.prefixes.iter().map(|(_, path)| path));
        paths.any(|path| path.split(['.', '[']).next() == Some(member))
    }
}
