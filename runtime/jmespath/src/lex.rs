//! Splits an expression into tokens.

use std::rc::Rc;

use crate::error::ParseError;
use crate::json;
use crate::value::{Number, Value};

/// A token of an expression.
#[derive(Debug)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    /// Its offset in the expression, in characters.
    pub(crate) start: usize,
    /// Its value: a name, a number, a literal. For other tokens, their text.
    pub(crate) value: Value,
}

macro_rules! kinds {
    ($($kind:ident $name:literal,)*) => {
        /// The kind of a token.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum TokenKind {
            $($kind,)*
        }

        impl TokenKind {
            /// The name in messages.
            pub(crate) fn name(self) -> &'static str {
                match self {
                    $(Self::$kind => $name,)*
                }
            }
        }
    };
}
kinds! {
    Name "unquoted_identifier",
    QuotedName "quoted_identifier",
    Literal "literal",
    Number "number",
    Current "current",
    Reference "expref",
    Dot "dot",
    Star "star",
    Comma "comma",
    Colon "colon",
    Flatten "flatten",
    Filter "filter",
    OpenBracket "lbracket",
    CloseBracket "rbracket",
    OpenParen "lparen",
    CloseParen "rparen",
    OpenBrace "lbrace",
    CloseBrace "rbrace",
    Pipe "pipe",
    Or "or",
    And "and",
    Not "not",
    Equal "eq",
    NotEqual "ne",
    Less "lt",
    LessOrEqual "lte",
    Greater "gt",
    GreaterOrEqual "gte",
    End "eof",
}

/// The tokens that are punctuation. Longer ones come before their prefixes.
const PUNCTUATION: &[(&str, TokenKind)] = &[
    ("[]", TokenKind::Flatten),
    ("[?", TokenKind::Filter),
    ("||", TokenKind::Or),
    ("&&", TokenKind::And),
    ("<=", TokenKind::LessOrEqual),
    (">=", TokenKind::GreaterOrEqual),
    ("!=", TokenKind::NotEqual),
    ("==", TokenKind::Equal),
    (".", TokenKind::Dot),
    ("*", TokenKind::Star),
    ("]", TokenKind::CloseBracket),
    (",", TokenKind::Comma),
    (":", TokenKind::Colon),
    ("@", TokenKind::Current),
    ("(", TokenKind::OpenParen),
    (")", TokenKind::CloseParen),
    ("{", TokenKind::OpenBrace),
    ("}", TokenKind::CloseBrace),
    ("[", TokenKind::OpenBracket),
    ("|", TokenKind::Pipe),
    ("&", TokenKind::Reference),
    ("<", TokenKind::Less),
    (">", TokenKind::Greater),
    ("!", TokenKind::Not),
];

/// The tokens of an expression. The last one is [`TokenKind::End`].
pub(crate) fn tokens(expression: &str) -> Result<Vec<Token>, ParseError> {
    let mut lexer = Lexer {
        rest: expression,
        at: 0,
    };
    let mut tokens = Vec::new();
    loop {
        lexer.skip(|c| matches!(c, ' ' | '\t' | '\n' | '\r'));
        let start = lexer.at;
        let (kind, value) = lexer.next().map_err(|message| ParseError::Token {
            expression: expression.to_owned(),
            message,
            start,
        })?;
        tokens.push(Token { kind, start, value });
        if kind == TokenKind::End {
            return Ok(tokens);
        }
    }
}

struct Lexer<'a> {
    rest: &'a str,
    /// The offset of `rest` in the expression, in characters.
    at: usize,
}

impl<'a> Lexer<'a> {
    /// Takes that many bytes.
    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self
            .rest
            .split_at_checked(length)
            .unwrap_or((self.rest, ""));
        self.rest = rest;
        self.at += taken.chars().count();
        taken
    }

    /// Takes characters while the condition holds.
    fn skip(&mut self, is_one: impl Fn(char) -> bool) -> &'a str {
        let length = self.rest.find(|c| !is_one(c)).unwrap_or(self.rest.len());
        self.take(length)
    }

    fn next(&mut self) -> Result<(TokenKind, Value), String> {
        let mark = PUNCTUATION
            .iter()
            .find(|(mark, _)| self.rest.starts_with(mark));
        if let Some((mark, kind)) = mark {
            self.take(mark.len());
            return Ok((*kind, Value::string(mark)));
        }
        match self.rest.chars().next() {
            None => Ok((TokenKind::End, Value::string(""))),
            Some('a'..='z' | 'A'..='Z' | '_') => {
                let name = self.skip(|c| c.is_ascii_alphanumeric() || c == '_');
                Ok((TokenKind::Name, Value::string(name)))
            }
            Some('0'..='9' | '-') => self.number(),
            Some('`') => Ok((TokenKind::Literal, literal(self.quoted('`')?)?)),
            Some('\'') => {
                let text = self.quoted('\'')?.replace("\\'", "'");
                Ok((TokenKind::Literal, Value::String(text.into())))
            }
            Some('"') => Ok((TokenKind::QuotedName, name(self.quoted('"')?)?)),
            Some('=') => Err("Unknown token '='".to_owned()),
            Some(other) => Err(format!("Unknown token {other}")),
        }
    }

    fn number(&mut self) -> Result<(TokenKind, Value), String> {
        let sign = usize::from(self.rest.starts_with('-'));
        let digits = self.rest.bytes().skip(sign);
        let digits = digits.take_while(u8::is_ascii_digit).count();
        match Number::parse(self.take(sign + digits)) {
            Some(number) => Ok((TokenKind::Number, Value::Number(number))),
            None => Err("Unknown token '-'".to_owned()),
        }
    }

    /// Takes a quoted text and returns what is between the quotes, with its escapes.
    fn quoted(&mut self, quote: char) -> Result<&'a str, String> {
        let mut escaped = false;
        let inside = self.rest.get(1..).unwrap_or_default();
        let end = inside.find(|c| {
            let ends = c == quote && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        });
        let Some(end) = end else {
            return Err(format!("Unclosed {quote} delimiter"));
        };
        self.take(end + 2);
        Ok(inside.get(..end).unwrap_or_default())
    }
}

/// Parses a literal: JSON or, as in the first version of the language, a string without its quotes.
fn literal(text: &str) -> Result<Value, String> {
    let text = text.replace("\\`", "`");
    let unquoted = || json::parse(&format!("\"{}\"", text.trim_start_matches(is_blank)));
    let value = json::parse(&text).or_else(|_| unquoted());
    value.map_err(|_| format!("Bad token {text}"))
}

/// Parses a quoted name, which is a JSON string.
fn name(text: &str) -> Result<Value, String> {
    let value = json::parse(&format!("\"{text}\""));
    value.map_err(|error| error.python_message())
}

/// Whether Python's `str.strip` removes the character.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\x1c'..='\x1f')
}

impl Token {
    /// The text of a name.
    pub(crate) fn name(&self) -> Rc<str> {
        match &self.value {
            Value::String(text) => Rc::clone(text),
            _ => "".into(),
        }
    }

    /// The value of a number, limited to what an `i64` can hold.
    pub(crate) fn integer(&self) -> i64 {
        let Value::Number(Number::Integer(digits)) = &self.value else {
            return 0;
        };
        let furthest = if digits.starts_with('-') {
            i64::MIN
        } else {
            i64::MAX
        };
        digits.parse().unwrap_or(furthest)
    }
}
