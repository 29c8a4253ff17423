//! Code before it is formatted: tokens, whose texts are in one string. `code!` writes it, and so does `quote!`.

mod from_quote;
mod tokens;
mod write;

pub(crate) use tokens::{Tokens, Tree};
pub(crate) use write::{ToCode, Word, all, code, list, token};

use proc_macro2::{Delimiter, Spacing};

/// Tokens in order.
#[derive(Debug, Default)]
pub(crate) struct Code {
    /// The texts of all tokens.
    text: String,
    tokens: Vec<Token>,
}

#[derive(Clone, Copy, Debug)]
enum Token {
    /// A name or a keyword.
    Word(Text),
    Literal(Text),
    /// `///` lines, or `//!` lines: their text, with a space at the start of each.
    Docs(Text, Place),
    Punct(char, Spacing),
    /// The delimiter of a group, and the number of tokens in it.
    Open(Delimiter, usize),
    Close,
}

/// The bytes of a token in the text.
#[derive(Clone, Copy, Debug)]
struct Text {
    start: usize,
    end: usize,
}

/// What documentation is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// The item or member that follows.
    Outer,
    /// The file.
    Inner,
}

impl Code {
    /// No code, with room for that of a usual file.
    pub(crate) fn of_file() -> Self {
        Self {
            text: String::with_capacity(1 << 12),
            tokens: Vec::with_capacity(1 << 9),
        }
    }

    /// The code that this writes.
    pub(crate) fn of(code: &impl ToCode) -> Self {
        let mut out = Self::default();
        code.to_code(&mut out);
        out
    }

    /// Adds a name or a keyword.
    pub(crate) fn word(&mut self, word: &str) {
        let text = self.add(word);
        self.tokens.push(Token::Word(text));
    }

    /// Adds a literal as it is in the source.
    pub(crate) fn literal(&mut self, source: &str) {
        let text = self.add(source);
        self.tokens.push(Token::Literal(text));
    }

    /// Adds a literal that a function appends to the text.
    pub(crate) fn write_literal(&mut self, write: impl FnOnce(&mut String)) {
        let text = self.write(write);
        self.tokens.push(Token::Literal(text));
    }

    /// Adds documentation that a function appends to the text.
    pub(crate) fn docs(&mut self, place: Place, write: impl FnOnce(&mut String)) {
        let text = self.write(write);
        self.tokens.push(Token::Docs(text, place));
    }

    /// Adds a character of punctuation.
    pub(crate) fn punct(&mut self, character: char, spacing: Spacing) {
        self.tokens.push(Token::Punct(character, spacing));
    }

    /// Adds `(…)`, `[…]` or `{…}`.
    pub(crate) fn group(&mut self, delimiter: Delimiter, inner: impl FnOnce(&mut Self)) {
        let open = self.tokens.len();
        self.tokens.push(Token::Open(delimiter, 0));
        inner(self);
        let count = self.tokens.len() - open - 1;
        self.tokens[open] = Token::Open(delimiter, count);
        self.tokens.push(Token::Close);
    }

    /// Adds code in front of what is there.
    pub(crate) fn prepend(&mut self, code: impl FnOnce(&mut Self)) {
        let before = self.tokens.len();
        code(self);
        let added = self.tokens.len() - before;
        self.tokens.rotate_right(added);
    }

    /// All tokens.
    pub(crate) fn tokens(&self) -> Tokens<'_> {
        Tokens::new(&self.text, &self.tokens)
    }

    fn add(&mut self, text: &str) -> Text {
        self.write(|out| out.push_str(text))
    }

    fn write(&mut self, write: impl FnOnce(&mut String)) -> Text {
        let start = self.text.len();
        write(&mut self.text);
        let end = self.text.len();
        Text { start, end }
    }
}
