//! Reads code, token by token.

use super::{Place, Text, Token};
use proc_macro2::{Delimiter, Literal, Spacing};

/// A token, or a group of them.
#[derive(Clone)]
pub(crate) enum Tree<'c> {
    Word(&'c str),
    Literal(&'c str),
    Docs(&'c str, Place),
    Punct(char, Spacing),
    Group(Delimiter, Tokens<'c>),
}

impl Tree<'_> {
    /// Whether it is this character.
    pub(crate) fn is_punct(&self, character: char) -> bool {
        matches!(self, Self::Punct(punct, _) if *punct == character)
    }

    /// Whether it is this name or keyword.
    pub(crate) fn is_word(&self, word: &str) -> bool {
        matches!(self, Self::Word(found) if *found == word)
    }

    /// Whether it is a group with these delimiters.
    pub(crate) fn is_group(&self, delimiter: Delimiter) -> bool {
        matches!(self, Self::Group(found, _) if *found == delimiter)
    }
}

/// The tokens that are left to read.
#[derive(Clone)]
pub(crate) struct Tokens<'c> {
    text: &'c str,
    tokens: &'c [Token],
}

impl<'c> Tokens<'c> {
    pub(super) fn new(text: &'c str, tokens: &'c [Token]) -> Self {
        Self { text, tokens }
    }

    pub(crate) fn peek(&self) -> Option<Tree<'c>> {
        self.clone().next()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// Takes the next token if it is like this.
    pub(crate) fn next_if(&mut self, is_it: impl FnOnce(&Tree<'c>) -> bool) -> Option<Tree<'c>> {
        let mut after = self.clone();
        let next = after.next().filter(is_it)?;
        *self = after;
        Some(next)
    }

    /// Takes the next token if it is this character. Returns whether it was.
    pub(crate) fn skip_punct(&mut self, character: char) -> bool {
        match self.tokens.split_first() {
            Some((Token::Punct(punct, _), rest)) if *punct == character => {
                self.tokens = rest;
                true
            }
            _ => false,
        }
    }

    /// The tokens up to where another copy has read.
    pub(crate) fn until(&self, after: &Self) -> Self {
        let count = self.tokens.len() - after.tokens.len();
        Self::new(self.text, &self.tokens[..count])
    }

    /// Rust that parses to these tokens, on one line, with an attribute for each line of documentation.
    pub(crate) fn source(self) -> String {
        let mut out = String::new();
        self.write_source(&mut out);
        out
    }

    fn write_source(self, out: &mut String) {
        for token in self {
            match token {
                Tree::Word(text) | Tree::Literal(text) => out.extend([text, " "]),
                Tree::Docs(text, place) => {
                    for line in text.split('\n') {
                        let mark = if place == Place::Inner { "#!" } else { "#" };
                        let line = Literal::string(line).to_string();
                        out.extend([mark, "[doc = ", &line, "] "]);
                    }
                }
                Tree::Punct(character, spacing) => {
                    out.push(character);
                    if spacing == Spacing::Alone {
                        out.push(' ');
                    }
                }
                Tree::Group(delimiter, inner) => {
                    let (open, close) = match delimiter {
                        Delimiter::Parenthesis => ("(", ") "),
                        Delimiter::Brace => ("{", "} "),
                        Delimiter::Bracket => ("[", "] "),
                        Delimiter::None => ("", ""),
                    };
                    out.push_str(open);
                    inner.write_source(out);
                    out.push_str(close);
                }
            }
        }
    }
}

impl<'c> Iterator for Tokens<'c> {
    type Item = Tree<'c>;

    fn next(&mut self) -> Option<Tree<'c>> {
        let text = |text: &Text| &self.text[text.start..text.end];
        let (first, rest) = self.tokens.split_first()?;
        let (tree, rest) = match first {
            Token::Word(at) => (Tree::Word(text(at)), rest),
            Token::Literal(at) => (Tree::Literal(text(at)), rest),
            Token::Docs(at, place) => (Tree::Docs(text(at), *place), rest),
            Token::Punct(character, spacing) => (Tree::Punct(*character, *spacing), rest),
            Token::Open(delimiter, count) => {
                let (inner, rest) = rest.split_at(*count);
                let inner = Self::new(self.text, inner);
                (Tree::Group(*delimiter, inner), rest.get(1..)?)
            }
            Token::Close => return None,
        };
        self.tokens = rest;
        Some(tree)
    }
}
