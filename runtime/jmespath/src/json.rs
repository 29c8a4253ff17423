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
    what: String,
    line: usize,
    column: usize,
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} at line {} column {}",
            self.what, self.line, self.column
        )
    }
}

impl JsonError {
    /// The AWS CLI's message for an invalid string.
    pub(crate) fn python_message(&self) -> &str {
        match self.what.as_str() {
            "control character in a string" => "Invalid control character at",
            "expected four hexadecimal digits" => "Invalid \\uXXXX escape",
            "invalid escape" => "Invalid \\escape",
            other => other,
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
            Err("something after the end".to_owned())
        }
    });
    read.map_err(|what| parser.error(what))
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
    fn error(&self, what: String) -> JsonError {
        let before = self.text.get(..self.at).unwrap_or(self.text);
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        let column = before
            .get(line_start..)
            .map_or(0, |line| line.chars().count())
            + 1;
        JsonError {
            what,
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

    fn value<V: FromJson>(&mut self) -> Result<V, String> {
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
            None => Err("a value is missing".to_owned()),
            Some(_) => Err("expected a value".to_owned()),
        }
    }

    fn nested<V>(&mut self, read: fn(&mut Self) -> Result<V, String>) -> Result<V, String> {
        if self.depth == MAX_DEPTH {
            return Err("nested too deep".to_owned());
        }
        self.at += 1;
        self.depth += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn object<V: FromJson>(&mut self) -> Result<V, String> {
        let mut entries: Vec<(String, V)> = Vec::new();
        self.blanks();
        if self.pass("}") {
            return Ok(V::map(entries));
        }
        loop {
            self.blanks();
            if !self.rest().starts_with('"') {
                return Err("expected a name in double quotes".to_owned());
            }
            let name = self.string()?;
            self.blanks();
            if !self.pass(":") {
                return Err("expected ':'".to_owned());
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
                return Err("expected ',' or '}'".to_owned());
            }
        }
    }

    fn array<V: FromJson>(&mut self) -> Result<V, String> {
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
                return Err("expected ',' or ']'".to_owned());
            }
        }
    }

    fn number<V: FromJson>(&mut self) -> Result<V, String> {
        let rest = self.rest();
        let all = rest
            .find(|c: char| !matches!(c, '0'..='9' | '+' | '-' | '.' | 'e' | 'E'))
            .unwrap_or(rest.len());
        let text = rest.get(..all).unwrap_or(rest);
        if !is_number(text) {
            return Err(format!("invalid number '{text}'"));
        }
        self.at += text.len();
        Ok(V::number(text))
    }

    fn string(&mut self) -> Result<String, String> {
        let start = self.at;
        self.at += 1;
        let mut text = String::new();
        loop {
            let rest = self.rest();
            let plain = rest.find(|c: char| c == '"' || c == '\\' || c < ' ');
            let Some(plain) = plain else {
                self.at = start;
                return Err("unterminated string".to_owned());
            };
            text.push_str(rest.get(..plain).unwrap_or_default());
            self.at += plain;
            if self.pass("\"") {
                return Ok(text);
            }
            if !self.pass("\\") {
                return Err("control character in a string".to_owned());
            }
            text.push(self.escape()?);
        }
    }

    fn escape(&mut self) -> Result<char, String> {
        let escaped = self.rest().chars().next().ok_or("unterminated string")?;
        self.at += escaped.len_utf8();
        Ok(match escaped {
            '"' | '\\' | '/' => escaped,
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'u' => return self.unicode(),
            _ => return Err("invalid escape".to_owned()),
        })
    }

    fn unicode(&mut self) -> Result<char, String> {
        let first = self.hex()?;
        let code = match first {
            0xd800..=0xdbff if self.pass("\\u") => match self.hex()? {
                second @ 0xdc00..=0xdfff => 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00),
                _ => first,
            },
            _ => first,
        };
        char::from_u32(code).ok_or_else(|| "half of a surrogate pair".to_owned())
    }

    fn hex(&mut self) -> Result<u32, String> {
        let digits = self
            .rest()
            .get(..4)
            .filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
        let code = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        self.at += if code.is_some() { 4 } else { 0 };
        code.ok_or_else(|| "expected four hexadecimal digits".to_owned())
    }
}
