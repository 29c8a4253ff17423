//! Untyped values: as they are in the message, whatever type the schema expects.

use super::read::unescape;
use crate::error::DecodeError;
use crate::protocol::untyped::of_kind;
use crate::schema::Kind;
use crate::shape::Untyped;

/// The maximum nesting depth of a value without a schema. `serde_json` has the same limit.
const DEPTH: usize = 128;

/// A scalar of this kind, or a document. The text is valid JSON: serde has skipped over it.
pub(super) fn scalar(kind: Kind, raw: &str) -> Result<Untyped, DecodeError> {
    of_kind(kind, Scanner(raw).value(DEPTH)?)
}

/// The remaining text. Numbers keep all their digits, which a deserializer would lose.
struct Scanner<'a>(&'a str);

impl<'a> Scanner<'a> {
    fn value(&mut self, depth: usize) -> Result<Untyped, DecodeError> {
        let Some(depth) = depth.checked_sub(1) else {
            return Err(DecodeError::new("recursion limit exceeded"));
        };
        self.skip_blanks();
        Ok(match self.0.as_bytes().first() {
            Some(b'"') => Untyped::String(self.string()?),
            Some(b'[') => {
                let mut values = Vec::new();
                self.take(1);
                while self.has_more(']') {
                    values.push(self.value(depth)?);
                }
                Untyped::List(values)
            }
            Some(b'{') => {
                let mut entries = Vec::new();
                self.take(1);
                while self.has_more('}') {
                    entries.push((self.string()?, self.value(depth)?));
                }
                Untyped::map(entries)
            }
            _ => match self.word() {
                "null" => Untyped::Null,
                "true" => Untyped::Boolean(true),
                "false" => Untyped::Boolean(false),
                "" => return Err(DecodeError::new("expected a value")),
                number => Untyped::Number(number.to_owned()),
            },
        })
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.0.split_at_checked(length).unwrap_or((self.0, ""));
        self.0 = rest;
        taken
    }

    /// Skips blanks, and commas and colons too: the text is known to be valid JSON.
    fn skip_blanks(&mut self) {
        self.0 = self.0.trim_start_matches([' ', '\t', '\n', '\r', ',', ':']);
    }

    /// Whether there is another element; if not, the closing bracket is consumed.
    fn has_more(&mut self, closing: char) -> bool {
        self.skip_blanks();
        match self.0.strip_prefix(closing) {
            Some(rest) => {
                self.0 = rest;
                false
            }
            None => !self.0.is_empty(),
        }
    }

    fn string(&mut self) -> Result<String, DecodeError> {
        let mut is_escaped = false;
        let end = self.0.bytes().skip(1).position(|byte| {
            let is_end = byte == b'"' && !is_escaped;
            is_escaped = byte == b'\\' && !is_escaped;
            is_end
        });
        let quotes = 2;
        let raw = self.take(end.map_or(self.0.len(), |inner| inner + quotes));
        unescape(raw).map(std::borrow::Cow::into_owned)
    }

    /// A number, `true`, `false` or `null`.
    fn word(&mut self) -> &'a str {
        let end = self.0.find([' ', '\t', '\n', '\r', ',', ']', '}']);
        self.take(end.unwrap_or(self.0.len()))
    }
}
