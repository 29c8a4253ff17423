//! Builds nodes of the JSON AST.

use crate::node::{Entry, Key, KeySpan, Node, NodeValue, Span};

pub(super) fn entry(key: impl Into<Key>, value: Node) -> Entry {
    Entry {
        key: key.into(),
        key_span: KeySpan(value.span),
        value,
    }
}

pub(super) fn string_node(text: impl Into<String>, span: Span) -> Node {
    Node::new(NodeValue::String(text.into()), span)
}

pub(super) fn object(entries: Vec<Entry>, span: Span) -> Node {
    Node::new(NodeValue::Object(entries), span)
}

pub(super) fn array(elements: Vec<Node>, span: Span) -> Node {
    Node::new(NodeValue::Array(elements), span)
}

/// `{"target": id}`.
pub(super) fn target(id: impl Into<String>, span: Span) -> Node {
    object(vec![entry("target", string_node(id, span))], span)
}

/// Collects the traits of a shape or member.
#[derive(Default)]
pub(super) struct TraitsBuilder(Vec<Entry>);

impl TraitsBuilder {
    /// Adds a trait if it isn't there yet.
    pub(super) fn add(&mut self, id: impl Into<Key>, value: Node) {
        let id = id.into();
        if !self.0.iter().any(|present| present.key == id) {
            self.0.push(entry(id, value));
        }
    }

    /// Adds an annotation trait.
    pub(super) fn mark(&mut self, id: impl Into<Key>, span: Span) {
        self.add(id, object(Vec::new(), span));
    }

    /// The `traits` entry; `None` if there are no traits.
    pub(super) fn finish(self, span: Span) -> Option<Entry> {
        (!self.0.is_empty()).then(|| entry("traits", object(self.0, span)))
    }
}
