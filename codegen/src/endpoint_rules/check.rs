//! Reads nodes and collects errors.

use crate::diagnostic::Diagnostic;
use crate::node::{Entry, Node, Span};

/// The errors found so far.
#[derive(Default)]
pub(super) struct Problems(Vec<Diagnostic>);

impl Problems {
    pub(super) fn add(&mut self, message: impl Into<String>, span: Span, label: impl Into<String>) {
        self.add_with_help(message, span, label, "");
    }

    pub(super) fn add_with_help(
        &mut self,
        message: impl Into<String>,
        span: Span,
        label: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.0.push(Diagnostic {
            message: message.into(),
            span,
            label: label.into(),
            related: Vec::new(),
            help: help.into(),
        });
    }

    /// The result of `value` if there are no errors.
    pub(super) fn finish<T>(self, value: impl FnOnce() -> T) -> Result<T, Vec<Diagnostic>> {
        if self.0.is_empty() {
            Ok(value())
        } else {
            Err(self.0)
        }
    }

    /// A required entry.
    pub(super) fn required<'n>(&mut self, node: &'n Node, key: &str) -> Option<&'n Node> {
        let found = node.get(key);
        if found.is_none() {
            let label = if node.entries().is_some() {
                format!("`{key}` is missing here")
            } else {
                "not an object".to_owned()
            };
            self.add(
                format!("missing `{key}` in endpoint rules"),
                node.span,
                label,
            );
        }
        found
    }

    /// A required string.
    pub(super) fn string<'n>(&mut self, node: &'n Node, key: &str) -> Option<&'n str> {
        let found = self.required(node, key)?;
        self.form(found, found.as_str(), key, "a string")
    }

    /// A required list.
    pub(super) fn list<'n>(&mut self, node: &'n Node, key: &str) -> Option<&'n [Node]> {
        let found = self.required(node, key)?;
        self.form(found, found.elements(), key, "an array")
    }

    /// A required object.
    pub(super) fn object<'n>(&mut self, node: &'n Node, key: &str) -> Option<&'n [Entry]> {
        let found = self.required(node, key)?;
        self.form(found, found.entries(), key, "an object")
    }

    /// The entries of an optional object.
    pub(super) fn entries<'n>(&mut self, node: &'n Node, key: &str) -> &'n [Entry] {
        let Some(found) = node.get(key) else {
            return &[];
        };
        self.form(found, found.entries(), key, "an object")
            .unwrap_or_default()
    }

    fn form<T>(&mut self, node: &Node, value: Option<T>, key: &str, form: &str) -> Option<T> {
        if value.is_none() {
            self.add(
                format!("invalid `{key}` in endpoint rules: expected {form}"),
                node.span,
                format!("found {}", node.value.kind()),
            );
        }
        value
    }
}
