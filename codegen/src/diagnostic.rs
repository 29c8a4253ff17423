//! Diagnostics: what is wrong with a model, where, and how to fix it.

mod render;

use crate::node::Span;
pub(crate) use render::printable;
pub use render::{render, render_as, render_in, render_one};

/// A source text.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its name in diagnostics: the path as the user gave it.
    pub name: String,
    /// The content.
    pub text: String,
}

/// A problem in a model. [`render`] shows it with an excerpt of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The message: lower case, no full stop.
    pub message: String,
    /// Where.
    pub span: Span,
    /// The label at that span; may be empty.
    pub label: String,
    /// Other spans, with their labels.
    pub related: Vec<(Span, String)>,
    /// How to fix the problem; may be empty.
    pub help: String,
}

impl Diagnostic {
    /// Creates an error.
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            span,
            label: String::new(),
            related: Vec::new(),
            help: String::new(),
        }
    }

    /// The place as `name:line:column`, counted from 1, in characters.
    pub fn place(&self, sources: &[Source]) -> Option<String> {
        let source = sources.get(self.span.source as usize)?;
        let end = source.text.floor_char_boundary(self.span.start as usize);
        let before = &source.text[..end];
        let line = before.matches('\n').count() + 1;
        let column = before
            .rsplit('\n')
            .next()
            .unwrap_or_default()
            .chars()
            .count()
            + 1;
        Some(format!("{}:{line}:{column}", source.name))
    }

    /// Sets the label.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Sets the help text.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// Adds a labelled span.
    #[must_use]
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, label.into()));
        self
    }
}

/// How serious a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// No code is generated.
    Error,
    /// The generated code works, but maybe not as the model's authors expect.
    Warning,
}

impl Severity {
    /// Its name in messages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// Sorts diagnostics by source and position, and removes duplicates.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics
        .sort_by(|left, right| (left.span, &left.message).cmp(&(right.span, &right.message)));
    diagnostics.dedup();
}
