//! The scanner: whitespace, comments and names.

use super::syntax::Name;
use crate::diagnostic::Diagnostic;
use crate::node::{Node, NodeValue, Span};
use std::borrow::Cow;

pub(super) type Result<T> = std::result::Result<T, Diagnostic>;

/// A position in a text.
pub(super) struct Scanner<'a> {
    pub(super) text: &'a str,
    pub(super) source: u32,
    pub(super) position: usize,
    /// The number of open arrays and objects.
    pub(super) depth: u32,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(source: u32, text: &'a str) -> Self {
        let position = if text.starts_with('\u{feff}') {
            '\u{feff}'.len_utf8()
        } else {
            0
        };
        Self {
            text,
            source,
            position,
            depth: 0,
        }
    }

    /// The text from here on.
    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.position..).unwrap_or_default()
    }

    /// The text between two positions.
    pub(super) fn slice(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.position).copied()
    }

    pub(super) fn at_end(&self) -> bool {
        self.position >= self.text.len()
    }

    /// Skips this character if it is next.
    pub(super) fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.position += usize::from(found);
        found
    }

    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let offset = |position| u32::try_from(position).unwrap_or(u32::MAX);
        Span {
            source: self.source,
            start: offset(start),
            end: offset(end),
        }
    }

    /// The span from a position to the current one.
    pub(super) fn span_from(&self, start: usize) -> Span {
        self.span(start, self.position)
    }

    /// An error at the current position.
    pub(super) fn expected(&self, what: &str) -> Diagnostic {
        let length = self.found_length();
        let found = match self.rest().chars().next() {
            None => "the end of the file".to_owned(),
            Some('\n' | '\r') => "a line break".to_owned(),
            Some(_) => format!(
                "`{}`",
                printable(self.slice(self.position, self.position + length))
            ),
        };
        self.error(
            self.span(self.position, self.position + length),
            format!("expected {what}, found {found}"),
        )
    }

    pub(super) fn error(&self, span: Span, message: String) -> Diagnostic {
        Diagnostic {
            message,
            span: Span {
                source: self.source,
                ..span
            },
            label: String::new(),
            related: Vec::new(),
            help: String::new(),
        }
    }

    /// The end of the current word or character.
    fn found_length(&self) -> usize {
        let rest = self.rest();
        let word = rest.bytes().take_while(|byte| is_name_part(*byte)).count();
        if rest.starts_with(":=") {
            2
        } else if word > 0 {
            word
        } else {
            rest.chars().next().map_or(0, char::len_utf8)
        }
    }

    /// Skips spaces and tabs; returns whether there were any.
    pub(super) fn spaces(&mut self) -> bool {
        let start = self.position;
        while let Some(b' ' | b'\t') = self.peek() {
            self.position += 1;
        }
        self.position > start
    }

    pub(super) fn required_spaces(&mut self) -> Result<()> {
        if self.spaces() {
            Ok(())
        } else {
            Err(self.expected("a space"))
        }
    }

    /// Skips spaces, line breaks, commas and comments.
    pub(super) fn whitespace(&mut self) {
        self.skip(&mut |_, _| ());
    }

    /// Skips whitespace before a statement or member, and returns the documentation in its comments.
    pub(super) fn documentation(&mut self) -> Option<Node> {
        let mut found: Option<(usize, usize, String)> = None;
        self.skip(&mut |scanner, start| {
            let line = scanner
                .slice(start, scanner.position)
                .trim_end_matches(['\n', '\r']);
            let end = start + line.len();
            let Some(line) = line
                .strip_prefix("///")
                .filter(|_| scanner.starts_line(start))
            else {
                return;
            };
            let line = line.strip_prefix(' ').unwrap_or(line);
            found = Some(match found.take() {
                None => (start, end, line.to_owned()),
                Some((first, _, text)) => (first, end, text + "\n" + line),
            });
        });
        let (start, end, text) = found?;
        Some(Node::new(NodeValue::String(text), self.span(start, end)))
    }

    /// Whether there are only spaces before a position in its line.
    fn starts_line(&self, start: usize) -> bool {
        self.slice(0, start)
            .bytes()
            .rev()
            .take_while(|byte| *byte != b'\n')
            .all(|byte| matches!(byte, b' ' | b'\t'))
    }

    /// Skips whitespace and calls a function with the start of each comment, after the comment is skipped.
    fn skip(&mut self, comment: &mut dyn FnMut(&Self, usize)) {
        loop {
            let start = self.position;
            match self.peek() {
                Some(b' ' | b'\t' | b'\n' | b'\r' | b',') => self.position += 1,
                Some(b'/') if self.rest().starts_with("//") => {
                    self.skip_line();
                    comment(self, start);
                }
                _ => return,
            }
        }
    }

    /// Skips to the start of the next line.
    pub(super) fn skip_line(&mut self) {
        self.position += self
            .rest()
            .find('\n')
            .map_or(self.rest().len(), |end| end + 1);
    }

    /// Expects a line break or the end of the file, after an optional comment.
    pub(super) fn line_break(&mut self) -> Result<()> {
        self.spaces();
        let rest = self.rest();
        if rest.is_empty() || rest.starts_with(['\n', '\r']) || rest.starts_with("//") {
            self.skip_line();
            Ok(())
        } else {
            Err(self.expected("a line break"))
        }
    }

    /// Whether this whole word is next.
    pub(super) fn word_ahead(&self, word: &str) -> bool {
        self.rest()
            .strip_prefix(word)
            .is_some_and(|rest| !rest.bytes().next().is_some_and(is_name_part))
    }

    /// Skips this word if it is next.
    pub(super) fn eat_word(&mut self, word: &str) -> bool {
        let found = self.word_ahead(word);
        self.position += if found { word.len() } else { 0 };
        found
    }

    /// An identifier: letters, digits and underscores, not starting with a digit, and not only underscores.
    pub(super) fn identifier(&mut self) -> Result<Name<'a>> {
        let start = self.position;
        let word = self.rest();
        let word = &word[..word.bytes().take_while(|byte| is_name_part(*byte)).count()];
        if word.starts_with(|first: char| first.is_ascii_digit())
            || word.bytes().all(|byte| byte == b'_')
        {
            return Err(self.expected("a name"));
        }
        self.position += word.len();
        Ok(Name {
            text: Cow::Borrowed(word),
            span: self.span_from(start),
        })
    }

    /// `name.name.name`.
    pub(super) fn namespace(&mut self) -> Result<Name<'a>> {
        let start = self.position;
        self.identifier()?;
        while self.eat(b'.') {
            self.identifier()?;
        }
        Ok(self.name_from(start))
    }

    /// A shape id: `Name`, `name.space#Name`, both with an optional `$member`.
    pub(super) fn shape_id(&mut self) -> Result<Name<'a>> {
        let start = self.position;
        let namespace = self.namespace().map_err(|error| {
            if self.position == start {
                self.expected("a shape id")
            } else {
                error
            }
        })?;
        if self.eat(b'#') {
            self.identifier()?;
        } else if namespace.text.contains('.') {
            return Err(self.expected("`#` and a shape name"));
        }
        if self.eat(b'$') {
            self.identifier()?;
        }
        Ok(self.name_from(start))
    }

    fn name_from(&self, start: usize) -> Name<'a> {
        Name {
            text: Cow::Borrowed(self.slice(start, self.position)),
            span: self.span_from(start),
        }
    }
}

/// Whether a byte is allowed in an identifier.
fn is_name_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// The text with invisible characters escaped.
pub(super) fn printable(text: &str) -> String {
    let escaped = |character: char| match character {
        '"' | '\'' | '\\' => character.to_string(),
        other => other.escape_debug().to_string(),
    };
    text.chars().map(escaped).collect()
}
