//! From the text of an expression to tokens.

use std::rc::Rc;

use super::value::{Number, Value};
use crate::json;

/// A piece of an expression.
#[derive(Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// How many characters come before it.
    pub(super) start: usize,
    /// What it stands for: a name, a number, a literal; else its own text.
    pub(super) value: Value,
}

macro_rules! kinds {
    ($($kind:ident $name:literal,)*) => {
        /// What a token is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Kind {
            $($kind,)*
        }

        impl Kind {
            /// Its name in messages.
            pub(super) fn name(self) -> &'static str {
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

/// Tokens of punctuation; of two that begin alike the longer one comes first.
const PUNCTUATION: &[(&str, Kind)] = &[
    ("[]", Kind::Flatten),
    ("[?", Kind::Filter),
    ("||", Kind::Or),
    ("&&", Kind::And),
    ("<=", Kind::LessOrEqual),
    (">=", Kind::GreaterOrEqual),
    ("!=", Kind::NotEqual),
    ("==", Kind::Equal),
    (".", Kind::Dot),
    ("*", Kind::Star),
    ("]", Kind::CloseBracket),
    (",", Kind::Comma),
    (":", Kind::Colon),
    ("@", Kind::Current),
    ("(", Kind::OpenParen),
    (")", Kind::CloseParen),
    ("{", Kind::OpenBrace),
    ("}", Kind::CloseBrace),
    ("[", Kind::OpenBracket),
    ("|", Kind::Pipe),
    ("&", Kind::Reference),
    ("<", Kind::Less),
    (">", Kind::Greater),
    ("!", Kind::Not),
];

/// The tokens of an expression, with one for its end.
pub(super) fn tokens(expression: &str) -> Result<Vec<Token>, String> {
    let mut lexer = Lexer {
        expression,
        rest: expression,
        at: 0,
    };
    let mut tokens = Vec::new();
    loop {
        lexer.skip(|c| matches!(c, ' ' | '\t' | '\n' | '\r'));
        let start = lexer.at;
        let token = lexer
            .next()
            .map_err(|message| lexer.error(start, &message))?;
        let (kind, value) = token;
        tokens.push(Token { kind, start, value });
        if kind == Kind::End {
            return Ok(tokens);
        }
    }
}

struct Lexer<'a> {
    expression: &'a str,
    rest: &'a str,
    /// How many characters come before `rest`.
    at: usize,
}

impl<'a> Lexer<'a> {
    fn error(&self, at: usize, message: &str) -> String {
        let expression = self.expression;
        format!(
            "Bad jmespath expression: {message}:\n{expression}\n{:at$}^",
            ""
        )
    }

    /// Passes over so many bytes.
    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self
            .rest
            .split_at_checked(length)
            .unwrap_or((self.rest, ""));
        self.rest = rest;
        self.at += taken.chars().count();
        taken
    }

    /// Passes over the characters that are of a kind.
    fn skip(&mut self, is_one: impl Fn(char) -> bool) -> &'a str {
        let length = self.rest.find(|c| !is_one(c)).unwrap_or(self.rest.len());
        self.take(length)
    }

    fn next(&mut self) -> Result<(Kind, Value), String> {
        let mark = PUNCTUATION
            .iter()
            .find(|(mark, _)| self.rest.starts_with(mark));
        if let Some((mark, kind)) = mark {
            self.take(mark.len());
            return Ok((*kind, Value::string(mark)));
        }
        match self.rest.chars().next() {
            None => Ok((Kind::End, Value::string(""))),
            Some('a'..='z' | 'A'..='Z' | '_') => {
                let name = self.skip(|c| c.is_ascii_alphanumeric() || c == '_');
                Ok((Kind::Name, Value::string(name)))
            }
            Some('0'..='9' | '-') => self.number(),
            Some('`') => Ok((Kind::Literal, literal(self.quoted('`')?)?)),
            Some('\'') => {
                let text = self.quoted('\'')?.replace("\\'", "'");
                Ok((Kind::Literal, Value::String(text.into())))
            }
            Some('"') => Ok((Kind::QuotedName, name(self.quoted('"')?)?)),
            Some('=') => Err("Unknown token '='".to_owned()),
            Some(other) => Err(format!("Unknown token {other}")),
        }
    }

    fn number(&mut self) -> Result<(Kind, Value), String> {
        let sign = usize::from(self.rest.starts_with('-'));
        let digits = self.rest.bytes().skip(sign);
        let digits = digits.take_while(u8::is_ascii_digit).count();
        match Number::parse(self.take(sign + digits)) {
            Some(number) => Ok((Kind::Number, Value::Number(number))),
            None => Err("Unknown token '-'".to_owned()),
        }
    }

    /// What is between this quote and the next one that no backslash escapes; backslashes stay.
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

/// A literal: JSON or, as in the language's first form, what is inside of a JSON string.
fn literal(text: &str) -> Result<Value, String> {
    let text = text.replace("\\`", "`");
    let bare = || json::parse(&format!("\"{}\"", text.trim_start_matches(is_blank)));
    match json::parse(&text).or_else(|_| bare()) {
        Ok(value) => Ok(value.into()),
        Err(_) => Err(format!("Bad token {text}")),
    }
}

/// A name in double quotes: a JSON string.
fn name(text: &str) -> Result<Value, String> {
    match json::parse(&format!("\"{text}\"")) {
        Ok(value) => Ok(value.into()),
        Err(error) => Err(error.complaint().to_owned()),
    }
}

/// Whether Python's `str.strip` takes it away.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\x1c'..='\x1f')
}

impl Token {
    /// The text of a name.
    pub(super) fn text(&self) -> Rc<str> {
        match &self.value {
            Value::String(text) => Rc::clone(text),
            _ => "".into(),
        }
    }

    /// A number, or the one nearest to it.
    pub(super) fn integer(&self) -> i64 {
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
