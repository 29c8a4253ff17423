//! Documentation: HTML or `CommonMark` in, rustdoc Markdown and the manual's blocks out.

mod manual;
mod markup;
mod parse;
mod rustdoc;

pub(crate) use manual::manual;
pub(crate) use rustdoc::{escape, lines, summary};

use crate::model::Traits;
use crate::node::Node;
use std::sync::OnceLock;

/// A documentation text, brought into blocks when it is first read: by the thread that renders it. What a model writes can't
/// leave it: no control or bidirectional characters, no HTML, no links but to the web.
#[derive(Clone, Debug, Default)]
pub(crate) struct Docs {
    /// The first that says something counts.
    texts: Vec<String>,
    blocks: OnceLock<Vec<Block>>,
}

/// A block.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Block {
    Paragraph(Vec<Inline>),
    Heading(Vec<Inline>),
    /// `note` or `important`, and what is in it.
    Note(&'static str, Vec<Block>),
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
    /// A link; without a URL, a name that leads nowhere from here.
    Link(Vec<Inline>, String),
    Break,
}

impl Docs {
    /// What `@documentation` says.
    pub(crate) fn of(traits: &Traits) -> Self {
        Self::default().or(traits)
    }

    /// What a text says that isn't a trait's.
    pub(crate) fn text(text: Option<&str>) -> Self {
        Self {
            texts: text.map(str::to_owned).into_iter().collect(),
            blocks: OnceLock::new(),
        }
    }

    /// Itself, or what these traits say when it is empty.
    pub(crate) fn or(mut self, traits: &Traits) -> Self {
        let text = traits.get("documentation").and_then(Node::as_str);
        self.texts.extend(text.map(str::to_owned));
        self
    }

    /// One plain paragraph.
    pub(crate) fn line(text: &str) -> Self {
        let paragraph = Block::Paragraph(vec![Inline::Text(text.to_owned())]);
        Self {
            texts: Vec::new(),
            blocks: vec![paragraph].into(),
        }
    }

    /// What it says, from HTML or `CommonMark`.
    pub(crate) fn blocks(&self) -> &[Block] {
        self.blocks.get_or_init(|| {
            let mut parsed = self.texts.iter().map(|text| parse::blocks(text));
            parsed.find(|blocks| !blocks.is_empty()).unwrap_or_default()
        })
    }

    /// Whether it says nothing.
    pub(crate) fn is_empty(&self) -> bool {
        self.blocks().is_empty()
    }
}

/// Whether a character has no place in generated text: controls, and those that turn the direction of writing.
pub(crate) fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{FEFF}' | '\u{2028}' | '\u{2029}')
}
