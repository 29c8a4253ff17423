//! Options that set parts of members, and members that move: `swage.cli#shortcuts` and `swage.cli#moves`.

use super::traits::texts;
use crate::model::Traits;
use crate::node::Node;

/// Paths with the words that they get.
pub(crate) type FixedWords = Vec<(String, Vec<String>)>;

/// An option that sets parts of members.
#[derive(Debug)]
pub(crate) struct Shortcut {
    /// Without leading hyphens.
    pub(crate) name: String,
    pub(crate) docs: String,
    /// The paths that get the value. Without any, the option is a flag.
    pub(crate) sets: Vec<String>,
    /// What separates the parts of a value, one for each path; may be empty.
    pub(crate) separator: String,
    /// What separates several values in one word; may be empty.
    pub(crate) delimiter: String,
    /// What some values stand for.
    pub(crate) values: Vec<(String, String)>,
    /// The paths for values that start with a prefix.
    pub(crate) prefixes: Vec<(String, String)>,
    /// Paths that get fixed words as well.
    pub(crate) with: FixedWords,
    /// Fixed words for values that end in a certain way.
    pub(crate) cases: Vec<(String, FixedWords)>,
    /// The paths that get the number of values.
    pub(crate) counts: Vec<String>,
    /// The paths that get a new identifier.
    pub(crate) ids: Vec<String>,
    /// The members whose options can't be given as well.
    pub(crate) excludes: Vec<String>,
    /// What nothing but this option gives, with an article; may be empty.
    pub(crate) only: String,
    /// What errors say that the value should be; may be empty.
    pub(crate) expected: String,
    pub(crate) default: Option<String>,
    pub(crate) required: bool,
}

/// Members of the input that are sent at other places.
#[derive(Debug)]
pub(crate) struct Moves {
    /// One of these paths must be set.
    pub(crate) if_set: Vec<String>,
    pub(crate) members: Vec<Move>,
}

/// A member of the input that is sent at another place.
#[derive(Debug)]
pub(crate) struct Move {
    pub(crate) member: String,
    pub(crate) to: String,
    pub(crate) with: FixedWords,
}

/// The shortcuts of an operation.
pub(super) fn shortcuts(traits: &Traits) -> Vec<Shortcut> {
    let all = traits.get("swage.cli#shortcuts").and_then(Node::elements);
    all.unwrap_or_default().iter().map(shortcut).collect()
}

/// The moves of an operation.
pub(super) fn moves(traits: &Traits) -> Option<Moves> {
    let node = traits.get("swage.cli#moves")?;
    let members = node.get("members").and_then(Node::elements);
    let members = members.unwrap_or_default().iter().map(|of| Move {
        member: of.string_or_empty("member"),
        to: of.string_or_empty("to"),
        with: fixed_words(of.get("with")),
    });
    Some(Moves {
        if_set: texts(node.get("ifSet")),
        members: members.collect(),
    })
}

fn shortcut(node: &Node) -> Shortcut {
    let pairs = |key: &str| {
        let entries = node.get(key).and_then(Node::entries).unwrap_or_default();
        let pairs = entries.iter();
        pairs
            .map(|of| {
                (
                    of.key.to_string(),
                    of.value.as_str().unwrap_or_default().to_owned(),
                )
            })
            .collect::<Vec<_>>()
    };
    let cases = node.get("cases").and_then(Node::elements);
    let cases = cases.unwrap_or_default().iter();
    let cases = cases.map(|case| {
        let with = fixed_words(case.get("with"));
        (case.string_or_empty("suffix"), with)
    });
    Shortcut {
        name: node.string_or_empty("name"),
        docs: node.string_or_empty("documentation"),
        sets: texts(node.get("sets")),
        separator: node.string_or_empty("separator"),
        delimiter: node.string_or_empty("delimiter"),
        values: pairs("values"),
        prefixes: pairs("prefixes"),
        with: fixed_words(node.get("with")),
        cases: cases.collect(),
        counts: texts(node.get("counts")),
        ids: texts(node.get("ids")),
        excludes: texts(node.get("excludes")),
        only: node.string_or_empty("only"),
        expected: node.string_or_empty("expected"),
        default: node
            .get("default")
            .and_then(Node::as_str)
            .map(str::to_owned),
        required: node.get("required").and_then(Node::as_bool) == Some(true),
    }
}

fn fixed_words(node: Option<&Node>) -> FixedWords {
    let entries = node.and_then(Node::entries).unwrap_or_default();
    let entries = entries.iter();
    entries
        .map(|of| (of.key.to_string(), texts(Some(&of.value))))
        .collect()
}
