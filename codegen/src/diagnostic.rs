//! What is wrong with a model: what, where, how to mend it.

use crate::node::Span;

/// A text to load.
#[derive(Clone, Debug)]
pub struct Source {
    /// How diagnostics name it: a path as the user gave it.
    pub name: String,
    /// What it holds.
    pub text: String,
}

/// One thing that is wrong. Rendered with the source's excerpt by [`crate::render_diagnostics`].
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
