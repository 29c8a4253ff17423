//! Code that is being written.

use proc_macro::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};

/// Tokens, written piece by piece.
#[derive(Default)]
pub(crate) struct Code(TokenStream);

impl From<Code> for TokenStream {
    fn from(code: Code) -> Self {
        code.0
    }
}

impl Code {
    /// Rust in a string. Its names are resolved where the macro is called.
    pub(crate) fn text(mut self, text: &str) -> Self {
        self.0
            .extend(text.parse::<TokenStream>().unwrap_or_default());
        self
    }

    /// Tokens as they are.
    pub(crate) fn tokens(mut self, tokens: &TokenStream) -> Self {
        self.0.extend([tokens.clone()]);
        self
    }

    pub(crate) fn ident(mut self, name: Ident) -> Self {
        self.0.extend([TokenTree::Ident(name)]);
        self
    }

    /// A keyword with the span of another token.
    pub(crate) fn keyword(self, word: &str, at: Span) -> Self {
        self.ident(Ident::new(word, at))
    }

    pub(crate) fn code(mut self, other: Self) -> Self {
        self.0.extend([other.0]);
        self
    }

    pub(crate) fn braces(self, inner: Self) -> Self {
        self.group(Delimiter::Brace, inner, Span::call_site())
    }

    /// Braces with the span of another token.
    pub(crate) fn braces_at(self, inner: Self, at: Span) -> Self {
        self.group(Delimiter::Brace, inner, at)
    }

    fn group(mut self, delimiter: Delimiter, inner: Self, at: Span) -> Self {
        let mut group = Group::new(delimiter, inner.0);
        group.set_span(at);
        self.0.extend([TokenTree::Group(group)]);
        self
    }
}
