//! Documentation: reads HTML or `CommonMark`, writes rustdoc Markdown and the manual.

mod build;
mod html;
mod manual;
mod markup;
mod parse;
mod plain;
mod rustdoc;

pub(crate) use manual::manual;
pub(crate) use rustdoc::{DocLines, escape, summary};

use crate::model::Traits;
use crate::node::Node;
use std::borrow::Cow;
use std::sync::OnceLock;

/// A documentation text, parsed when it is first used, on the thread that renders it. Nothing that a model writes can
/// break out of it: control and bidirectional characters, HTML, and links to anything but the web are removed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Docs {
    /// The first text that isn't empty counts.
    texts: Vec<String>,
    blocks: OnceLock<Vec<Block>>,
}

/// A block.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Block {
    Paragraph(Vec<Inline>),
    Heading(Vec<Inline>),
    /// `note` or `important`, and its blocks.
    Note(&'static str, Vec<Block>),
    /// The first number if it is ordered, and the blocks of each item.
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
    /// A link: text and URL. Without a URL, a name that can't be linked.
    Link(Vec<Inline>, String),
    Break,
}

impl Docs {
    /// The text of `@documentation`.
    pub(crate) fn of(traits: &Traits) -> Self {
        Self::default().or(traits)
    }

    /// A text that doesn't come from a trait.
    pub(crate) fn from_text(text: Option<&str>) -> Self {
        Self {
            texts: text.map(str::to_owned).into_iter().collect(),
            blocks: OnceLock::new(),
        }
    }

    /// Falls back to the documentation of these traits if empty.
    pub(crate) fn or(mut self, traits: &Traits) -> Self {
        let text = traits.get("documentation").and_then(Node::as_str);
        self.texts.extend(text.map(str::to_owned));
        self
    }

    /// The texts of the model.
    pub(crate) fn texts(&self) -> &[String] {
        &self.texts
    }

    /// A single paragraph of plain text.
    pub(crate) fn line(text: &str) -> Self {
        let paragraph = Block::Paragraph(vec![Inline::Text(text.to_owned())]);
        Self {
            texts: Vec::new(),
            blocks: vec![paragraph].into(),
        }
    }

    /// The blocks.
    pub(crate) fn blocks(&self) -> &[Block] {
        self.blocks.get_or_init(|| {
            let mut parsed = self.texts.iter().map(|text| parse::blocks(text));
            parsed.find(|blocks| !blocks.is_empty()).unwrap_or_default()
        })
    }

    /// Whether there are no blocks.
    pub(crate) fn is_empty(&self) -> bool {
        self.blocks().is_empty()
    }
}

/// The words of a text, one space apart.
fn one_line(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let is_spaced = bytes.iter().all(|byte| matches!(byte, b' '..=b'~'))
        && !text.starts_with(' ')
        && !text.ends_with(' ')
        && !text.contains("  ");
    if is_spaced {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    Cow::Owned(out)
}

/// Whether a character must not be in generated text: control and bidirectional formatting characters.
pub(crate) fn is_hostile(c: char) -> bool {
    // Most characters are printable ASCII.
    if matches!(c, ' '..='~') {
        return false;
    }
    c.is_control()
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{FEFF}' | '\u{2028}' | '\u{2029}')
}
