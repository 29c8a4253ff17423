//! JSON, read as the AWS CLI reads it: numbers of any size, `NaN`, `Infinity` and `-Infinity` are accepted, and the last
//! one of duplicate keys is used.

use std::fmt;

/// The most levels of nesting.
const MAX_DEPTH: usize = 500;

/// A type that JSON can be read into.
pub trait FromJson: Sized {
    /// `null`
    fn null() -> Self;
    /// `true` or `false`
    fn boolean(value: bool) -> Self;
    /// A number as it is written, or `NaN`, `Infinity`, `-Infinity`.
    fn number(text: &str) -> Self;
    /// A string without its escapes.
    fn string(value: String) -> Self;
    /// An array.
    fn list(elements: Vec<Self>) -> Self;
    /// An object, in the order of the text. The keys are unique.
    fn map(entries: Vec<(String, Self)>) -> Self;
}

/// A JSON text is invalid.
#[derive(Debug)]
pub struct JsonError {
    problem: Problem,
    line: usize,
    column: usize,
}

/// What is wrong with a JSON text.
#[derive(Debug, PartialEq)]
enum Problem {
    NoValue,
    NoName,
    NoColon,
    NoCommaOrBrace,
    NoCommaOrBracket,
    TextAfterEnd,
    TooDeep,
    Number(String),
    UnterminatedString,
    ControlCharacter,
    Escape,
    HexDigits,
    LoneSurrogate,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoValue => "expected a value",
            Self::NoName => "expected a name in double quotes",
            Self::NoColon => "expected ':'",
            Self::NoCommaOrBrace => "expected ',' or '}'",
            Self::NoCommaOrBracket => "expected ',' or ']'",
            Self::TextAfterEnd => "trailing characters after the value",
            Self::TooDeep => "nested too deeply",
            Self::Number(text) => return write!(f, "invalid number '{text}'"),
            Self::UnterminatedString => "unterminated string",
            Self::ControlCharacter => "control character in a string",
            Self::Escape => "invalid escape",
            Self::HexDigits => "expected four hexadecimal digits",
            Self::LoneSurrogate => "lone surrogate",
        })
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} at line {} column {}",
            self.problem, self.line, self.column
        )
    }
}

impl JsonError {
    /// The AWS CLI's message for an invalid string.
    pub(crate) fn python_message(&self) -> String {
        match &self.problem {
            Problem::ControlCharacter => "Invalid control character at".to_owned(),
            Problem::HexDigits => "Invalid \\uXXXX escape".to_owned(),
            Problem::Escape => "Invalid \\escape".to_owned(),
            other => other.to_string(),
        }
    }
}

/// Reads a JSON text.
///
/// # Errors
///
/// The text isn't valid JSON. The error says where.
pub fn parse<V: FromJson>(text: &str) -> Result<V, JsonError> {
    let mut parser = JsonParser {
        text,
        at: 0,
        depth: 0,
    };
    let read = parser.value().and_then(|value: V| {
        parser.blanks();
        if parser.rest().is_empty() {
            Ok(value)
        } else {
            Err(Problem::TextAfterEnd)
        }
    });
    read.map_err(|problem| parser.error(problem))
}

/// Whether the text is a number by JSON's grammar.
pub fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let text = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent
            .is_none_or(|exponent| digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)))
}

struct JsonParser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl<'a> JsonParser<'a> {
    fn error(&self, problem: Problem) -> JsonError {
        let before = self.text.get(..self.at).unwrap_or(self.text);
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        let column = before
            .get(line_start..)
            .map_or(0, |line| line.chars().count())
            + 1;
        JsonError {
            problem,
            line: before.matches('\n').count() + 1,
            column,
        }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    /// Skips the token if it is next.
    fn pass(&mut self, token: &str) -> bool {
        let next = self.rest().starts_with(token);
        self.at += if next { token.len() } else { 0 };
        next
    }

    fn value<V: FromJson>(&mut self) -> Result<V, Problem> {
        self.blanks();
        if self.pass("null") {
            return Ok(V::null());
        }
        for (word, value) in [("true", true), ("false", false)] {
            if self.pass(word) {
                return Ok(V::boolean(value));
            }
        }
        for word in ["NaN", "Infinity", "-Infinity"] {
            if self.pass(word) {
                return Ok(V::number(word));
            }
        }
        match self.rest().bytes().next() {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::array),
            Some(b'"') => Ok(V::string(self.string()?)),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => Err(Problem::NoValue),
        }
    }

    fn nested<V>(&mut self, read: fn(&mut Self) -> Result<V, Problem>) -> Result<V, Problem> {
        if self.depth == MAX_DEPTH {
            return Err(Problem::TooDeep);
        }
        self.at += 1;
        self.depth += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn object<V: FromJson>(&mut self) -> Result<V, Problem> {
        let mut entries: Vec<(String, V)> = Vec::new();
        self.blanks();
        if self.pass("}") {
            return Ok(V::map(entries));
        }
        loop {
            self.blanks();
            if !self.rest().starts_with('"') {
                return Err(Problem::NoName);
            }
            let name = self.string()?;
            self.blanks();
            if !self.pass(":") {
                return Err(Problem::NoColon);
            }
            let value = self.value()?;
            match entries.iter_mut().find(|(known, _)| *known == name) {
                Some(entry) => entry.1 = value,
                None => entries.push((name, value)),
            }
            self.blanks();
            if self.pass("}") {
                return Ok(V::map(entries));
            }
            if !self.pass(",") {
                return Err(Problem::NoCommaOrBrace);
            }
        }
    }

    fn array<V: FromJson>(&mut self) -> Result<V, Problem> {
        let mut elements = Vec::new();
        self.blanks();
        if self.pass("]") {
            return Ok(V::list(elements));
        }
        loop {
            elements.push(self.value()?);
            self.blanks();
            if self.pass("]") {
                return Ok(V::list(elements));
            }
            if !self.pass(",") {
                return Err(Problem::NoCommaOrBracket);
            }
        }
    }

    fn number<V: FromJson>(&mut self) -> Result<V, Problem> {
        let rest = self.rest();
        let all = rest
            .find(|c: char| !matches!(c, '0'..='9' | '+' | '-' | '.' | 'e' | 'E'))
            .unwrap_or(rest.len());
        let text = rest.get(..all).unwrap_or(rest);
        if !is_number(text) {
            return Err(Problem::Number(text.to_owned()));
        }
        self.at += text.len();
        Ok(V::number(text))
    }

    fn string(&mut self) -> Result<String, Problem> {
        let start = self.at;
        self.at += 1;
        let mut text = String::new();
        loop {
            let rest = self.rest();
            let plain = rest.find(|c: char| c == '"' || c == '\\' || c < ' ');
            let Some(plain) = plain else {
                self.at = start;
                return Err(Problem::UnterminatedString);
            };
            text.push_str(rest.get(..plain).unwrap_or_default());
            self.at += plain;
            if self.pass("\"") {
                return Ok(text);
            }
            if !self.pass("\\") {
                return Err(Problem::ControlCharacter);
            }
            text.push(self.escape()?);
        }
    }

    fn escape(&mut self) -> Result<char, Problem> {
        let escaped = self
            .rest()
            .chars()
            .next()
            .ok_or(Problem::UnterminatedString)?;
        self.at += escaped.len_utf8();
        Ok(match escaped {
            '"' | '\\' | '/' => escaped,
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'u' => return self.unicode(),
            _ => return Err(Problem::Escape),
        })
    }

    fn unicode(&mut self) -> Result<char, Problem> {
        let first = self.hex()?;
        let code = match first {
            0xd800..=0xdbff if self.pass("\\u") => match self.hex()? {
                second @ 0xdc00..=0xdfff => 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00),
                _ => first,
            },
            _ => first,
        };
        char::from_u32(code).ok_or(Problem::LoneSurrogate)
    }

    fn hex(&mut self) -> Result<u32, Problem> {
        let digits = self
            .rest()
            .get(..4)
            .filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
        let code = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        self.at += if code.is_some() { 4 } else { 0 };
        code.ok_or(Problem::HexDigits)
    }
}

#[cfg(test)]
mod tests {
    use super::{Problem, is_number, parse};
    use crate::Value;

    #[test]
    fn numbers_follow_the_grammar() {
        for text in ["0", "-0", "10", "1.50", "-1e5", "1E+5", "0.0e-0"] {
            assert!(is_number(text), "{text}");
        }
        for text in [
            "", "-", "01", "+1", ".5", "5.", "1e", "1e+", "1.e5", "0x1", "--1",
        ] {
            assert!(!is_number(text), "{text}");
        }
    }

    #[test]
    fn errors_have_a_kind_and_a_place() {
        for (text, problem, line, column) in [
            ("", Problem::NoValue, 1, 1),
            ("[1,\n x]", Problem::NoValue, 2, 2),
            ("{1: 2}", Problem::NoName, 1, 2),
            ("{\"ä\" 2}", Problem::NoColon, 1, 6),
            ("{\"a\": 2]", Problem::NoCommaOrBrace, 1, 8),
            ("[2}", Problem::NoCommaOrBracket, 1, 3),
            ("1 2", Problem::TextAfterEnd, 1, 3),
            ("01", Problem::Number("01".to_owned()), 1, 1),
            ("[\"a", Problem::UnterminatedString, 1, 2),
            ("\"a\tb\"", Problem::ControlCharacter, 1, 3),
            ("\"\\q\"", Problem::Escape, 1, 4),
            ("\"\\u12x4\"", Problem::HexDigits, 1, 4),
            ("\"\\ud800\"", Problem::LoneSurrogate, 1, 8),
        ] {
            let error = parse::<Value>(text).expect_err(text);
            assert_eq!(error.problem, problem, "{text}");
            assert_eq!((error.line, error.column), (line, column), "{text}");
        }
    }

    #[test]
    fn depth_is_limited() {
        let nested = |depth| "[".repeat(depth) + &"]".repeat(depth);
        assert!(parse::<Value>(&nested(500)).is_ok());
        let error = parse::<Value>(&nested(501)).expect_err("too deep");
        assert_eq!(error.problem, Problem::TooDeep);
    }

    #[test]
    fn surrogates_are_joined_and_the_last_key_counts() {
        let value: Value = parse(r#"{"a": 1, "a": "\ud83d\ude00\u00e4\/"}"#).expect("JSON");
        assert_eq!(value.to_string(), "{'a': '😀ä/'}");
    }
}
