//! Documentation: HTML or `CommonMark` in, rustdoc Markdown and the manual's blocks out.

mod manual;
mod parse;
mod rustdoc;

pub(crate) use manual::manual;
pub(crate) use rustdoc::{escape, lines, summary};

use crate::model::Traits;
use crate::node::Node;

/// A documentation text in blocks. What a model writes can't leave it: no control or bidirectional characters,
/// no HTML, no links but to the web.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Docs {
    pub(crate) blocks: Vec<Block>,
}

/// A block.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Block {
    Paragraph(Vec<Inline>),
    Heading(Vec<Inline>),
    Note(Vec<Block>),
    /// A number to start with when it is ordered; the blocks of each item.
    List(Option<u64>, Vec<Vec<Block>>),
    Code(String),
}

/// A piece of a paragraph.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Inline {
    Text(String),
    Code(String),
    Emphasis(Vec<Inline>),
    Strong(Vec<Inline>),
    Link(Vec<Inline>, String),
    Break,
}

impl Docs {
    /// What `@documentation` says.
    pub(crate) fn of(traits: &Traits) -> Self {
        traits
            .get("documentation")
            .and_then(Node::as_str)
            .map(Self::parse)
            .unwrap_or_default()
    }

    /// From HTML or `CommonMark`.
    pub(crate) fn parse(text: &str) -> Self {
        Self {
            blocks: parse::blocks(text),
        }
    }

    /// Whether it says nothing.
    pub(crate) fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Itself, or the other when it is empty.
    pub(crate) fn or(self, other: impl FnOnce() -> Self) -> Self {
        if self.is_empty() { other() } else { self }
    }
}

/// Whether a character has no place in generated text: controls, and those that turn the direction of writing.
pub(crate) fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{FEFF}' | '\u{2028}' | '\u{2029}')
}
