//! Taking nodes apart, and collecting what is wrong with them.

use crate::diagnostic::Diagnostic;
use crate::node::{Entry, Node, Span};

/// Everything that is wrong so far.
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

    /// What `value` makes, when nothing is wrong.
    pub(super) fn finish<T>(self, value: impl FnOnce() -> T) -> Result<T, Vec<Diagnostic>> {
        if self.0.is_empty() {
            Ok(value())
        } else {
            Err(self.0)
        }
    }

    /// An entry that must be there.
    pub(super) fn required<'n>(&mut self, node: &'n Node, key: &str) -> Option<&'n Node> {
        let found = node.get(key);
        if found.is_none() {
            let label = if node.entries().is_some() {
                format!("no `{key}` here")
            } else {
                "not an object".to_owned()
            };
            self.add(format!("endpoint rules lack `{key}`"), node.span, label);
        }
        found
    }

    /// A string that must be there.
    pub(super) fn string<'n>(&mut self, node: &'n Node, key: &str) -> Option<&'n str> {
        let found = self.required(node, key)?;
        self.form(found, found.as_str(), key, "a string")
    }

    /// A list that must be there.
    pub(super) fn list<'n>(&mut self, node: &'n Node, key: &str) -> Option<&'n [Node]> {
        let found = self.required(node, key)?;
        self.form(found, found.elements(), key, "an array")
    }

    /// An object that must be there.
    pub(super) fn object<'n>(&mut self, node: &'n Node, key: &str) -> Option<&'n [Entry]> {
        let found = self.required(node, key)?;
        self.form(found, found.entries(), key, "an object")
    }

    /// The entries of an object that may be missing.
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
                format!("`{key}` of endpoint rules isn't {form}"),
                node.span,
                node.value.kind(),
            );
        }
        value
    }
}
