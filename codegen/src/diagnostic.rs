//! What is wrong with a model: what, where, how to mend it.

mod render;

use crate::node::Span;
pub use render::{render, render_as};

/// A text to load.
#[derive(Clone, Debug)]
pub struct Source {
    /// How diagnostics name it: a path as the user gave it.
    pub name: String,
    /// What it holds.
    pub text: String,
}

/// One thing that is wrong. Rendered with the source's excerpt by [`render`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
    /// Where.
    pub span: Span,
    /// What is said at that place; may be empty.
    pub label: String,
    /// Other places that matter, and what is said there.
    pub related: Vec<(Span, String)>,
    /// How to mend it; may be empty.
    pub help: String,
}

impl Diagnostic {
    /// Says what is wrong, and where.
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            span,
            label: String::new(),
            related: Vec::new(),
            help: String::new(),
        }
    }

    /// Says something at the place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Says how to mend it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// Says something at another place.
    #[must_use]
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, label.into()));
        self
    }
}

/// How serious a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Nothing can be generated.
    Error,
    /// What is generated works, but perhaps not as the model's authors expect.
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

/// Brings diagnostics into the order of the texts, and drops repeats.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics
        .sort_by(|left, right| (left.span, &left.message).cmp(&(right.span, &right.message)));
    diagnostics.dedup();
}
