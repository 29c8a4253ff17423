//! What the command does with an operation beside calling it: `swage.cli#outfiles`, `swage.cli#percentEncoding` and
//! `swage.cli#pageSize`.

use super::traits::texts;
use crate::model::Traits;
use crate::node::Node;

/// An option that writes a part of the output into a file.
#[derive(Debug)]
pub(crate) struct Outfile {
    /// Without leading hyphens.
    pub(crate) name: String,
    pub(crate) docs: String,
    pub(crate) paths: Vec<String>,
    /// The name of the option that chooses one of the paths; may be empty.
    pub(crate) choice: String,
    pub(crate) choice_docs: String,
    pub(crate) required: bool,
    /// Whether the paths are left out of what is printed.
    pub(crate) removes: bool,
}

/// What a service percent-encodes in an output if it is asked to.
#[derive(Debug)]
pub(crate) struct PercentEncoding {
    pub(crate) member: String,
    pub(crate) value: String,
    pub(crate) paths: Vec<String>,
}

/// The size of pages if none is given.
#[derive(Debug)]
pub(crate) struct PageSize {
    pub(crate) size: u64,
    /// The members that can be set.
    pub(crate) beside: Vec<String>,
}

/// The options for files of an operation.
pub(super) fn outfiles(traits: &Traits) -> Vec<Outfile> {
    let all = traits.get("swage.cli#outfiles").and_then(Node::elements);
    let all = all.unwrap_or_default().iter().map(|node| {
        let is_true = |key| node.get(key).and_then(Node::as_bool) == Some(true);
        Outfile {
            name: node.string_or_empty("name"),
            docs: node.string_or_empty("documentation"),
            paths: texts(node.get("paths")),
            choice: node.string_or_empty("choice"),
            choice_docs: node.string_or_empty("choiceDocumentation"),
            required: is_true("required"),
            removes: is_true("removes"),
        }
    });
    all.collect()
}

impl Outfile {
    /// The names of its options.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let names = [self.name.as_str(), self.choice.as_str()].into_iter();
        names.filter(|name| !name.is_empty())
    }

    /// The values of the option that chooses.
    pub(crate) fn choices(&self) -> impl Iterator<Item = &str> {
        let last = |path: &'_ String| path.rfind('.').map_or(0, |at| at + 1);
        self.paths
            .iter()
            .map(move |path| path.get(last(path)..).unwrap_or_default())
    }
}

pub(super) fn percent_encoding(traits: &Traits) -> Option<PercentEncoding> {
    let node = traits.get("swage.cli#percentEncoding")?;
    Some(PercentEncoding {
        member: node.string_or_empty("member"),
        value: node.string_or_empty("value"),
        paths: texts(node.get("paths")),
    })
}

pub(super) fn page_size(traits: &Traits) -> Option<PageSize> {
    let node = traits.get("swage.cli#pageSize")?;
    let size = node.get("size").and_then(Node::as_i64);
    Some(PageSize {
        size: size.and_then(|size| size.try_into().ok())?,
        beside: texts(node.get("beside")),
    })
}
