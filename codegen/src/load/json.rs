//! Parses JSON into a [`Node`]. `serde_json` parses, and a cursor moves over the same text in step with it, so that every
//! value has its span and every number its digits.

use crate::diagnostic::Diagnostic;
use crate::node::{self, Entry, Key, KeySpan, Node, NodeValue, Span};
use serde_core::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor,
};
use serde_json::value::RawValue;
use std::fmt;

/// Parses a document. Returns its node even if keys are repeated, and the errors.
pub(super) fn parse(source: u32, text: &str) -> (Option<Node>, Vec<Diagnostic>) {
    let start = if text.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    };
    let (mut parsed, mut repeated) = read(source, text, text, start);
    if matches!(&parsed, Err(error) if error.to_string().starts_with("number out of range")) {
        (parsed, repeated) = read(source, text, &without_exponents(text), start);
    }
    let node = parsed
        .map_err(|error| repeated.push(broken(source, text, start, &error)))
        .ok();
    (node, repeated)
}

/// Parses one text while the cursor moves over the other, which differs only in digits of numbers.
fn read(
    source: u32,
    text: &str,
    parsed: &str,
    start: usize,
) -> (serde_json::Result<Node>, Vec<Diagnostic>) {
    let mut cursor = Cursor {
        text: text.as_bytes(),
        at: start,
        source,
        entries: Vec::new(),
        elements: Vec::new(),
        repeated: Vec::new(),
    };
    let mut json = serde_json::Deserializer::from_str(parsed.get(start..).unwrap_or_default());
    let node = NodeSeed(&mut cursor)
        .deserialize(&mut json)
        .and_then(|node| json.end().map(|()| node));
    (node, cursor.repeated)
}

/// Replaces the digits of exponents by zeros, because a bigDecimal may be out of `serde_json`'s range.
fn without_exponents(text: &str) -> String {
    let (mut in_string, mut escaped, mut in_number, mut in_exponent) = (false, false, false, false);
    let masked = text.chars().map(|character| {
        if in_string {
            in_string = escaped || character != '"';
            escaped = !escaped && character == '\\';
            return character;
        }
        in_string = character == '"';
        in_number = character.is_ascii_digit()
            || in_number && matches!(character, '.' | 'e' | 'E' | '+' | '-');
        in_exponent = in_number && (in_exponent || matches!(character, 'e' | 'E'));
        if in_exponent && character.is_ascii_digit() {
            '0'
        } else {
            character
        }
    });
    masked.collect()
}

fn broken(source: u32, text: &str, start: usize, error: &serde_json::Error) -> Diagnostic {
    let before: usize = text[start..]
        .split_inclusive('\n')
        .take(error.line().saturating_sub(1))
        .map(str::len)
        .sum();
    let at = text
        .floor_char_boundary((start + before + error.column().saturating_sub(1)).min(text.len()));
    let end = at + text[at..].chars().next().map_or(0, char::len_utf8);
    let whole = error.to_string();
    let reason = whole.split(" at line ").next().unwrap_or_default();
    Diagnostic::new(span(source, at, end), "invalid JSON")
        .label(reason)
        .help(mend(reason))
}

fn mend(reason: &str) -> &'static str {
    match reason.split(' ').next().unwrap_or_default() {
        "recursion" => "nested too deeply: the limit is 128 levels",
        "EOF" => "the file may be truncated",
        "control" => "use an escape such as \\n, \\t or \\u0000",
        "lone" | "unexpected" | "invalid" => {
            "fix the escape here: unknown, or an unpaired surrogate"
        }
        _ => "fix the JSON here: missing or extra comma, quote or bracket",
    }
}

fn span(source: u32, start: usize, end: usize) -> Span {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span {
        source,
        start: offset(start),
        end: offset(end),
    }
}

/// The position of the parser in the text. It only moves over text that `serde_json` has accepted.
struct Cursor<'t> {
    text: &'t [u8],
    at: usize,
    source: u32,
    /// The entries and elements of the objects and arrays that are open, so that lists are made when their size is known.
    entries: Vec<Entry>,
    elements: Vec<Node>,
    repeated: Vec<Diagnostic>,
}

impl Cursor<'_> {
    /// Skips whitespace and the given punctuation, if it is next.
    fn step(&mut self, punctuation: u8) {
        self.skip_space();
        if self.text.get(self.at) == Some(&punctuation) {
            self.at += 1;
        }
    }

    fn skip_space(&mut self) {
        while self.text.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
    }

    /// Skips a string and returns its span, quotes included.
    fn string(&mut self) -> Span {
        let start = self.at;
        self.at += 1;
        while let Some(byte) = self.text.get(self.at) {
            self.at += if *byte == b'\\' { 2 } else { 1 };
            if *byte == b'"' {
                break;
            }
        }
        span(self.source, start, self.at)
    }

    /// Skips a string without escapes, whose value this is, and returns its span, quotes included.
    fn plain_string(&mut self, value: &str) -> Span {
        let start = self.at;
        self.at += "\"".len() + value.len() + "\"".len();
        span(self.source, start, self.at)
    }

    /// Skips a number, `true`, `false` or `null`.
    fn word(&mut self) -> (String, Span) {
        let start = self.at;
        let is_word =
            |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
        while self.text.get(self.at).is_some_and(is_word) {
            self.at += 1;
        }
        let word = String::from_utf8_lossy(self.text.get(start..self.at).unwrap_or_default());
        (word.into_owned(), span(self.source, start, self.at))
    }

    /// Removes and reports entries with a repeated key.
    fn unique(&mut self, entries: Vec<Entry>) -> Vec<Entry> {
        if entries.len() <= FEW && !has_repeated_key(&entries) {
            return entries;
        }
        let mut order: Vec<&Entry> = entries.iter().collect();
        order.sort_by_key(|entry| (&entry.key, entry.key_span.0.start));
        let repeats: Vec<Span> = order
            .chunk_by(|left, right| left.key == right.key)
            .filter_map(|same| same.split_first())
            .flat_map(|(first, others)| others.iter().map(move |other| (first, other)))
            .map(|(first, other)| {
                let message = format!("duplicate key `{}`", other.key);
                let diagnostic = Diagnostic::new(other.key_span.0, message).label("here again");
                self.repeated.push(
                    diagnostic
                        .related(first.key_span.0, "first here")
                        .help("remove one of them"),
                );
                other.key_span.0
            })
            .collect();
        if repeats.is_empty() {
            return entries;
        }
        entries
            .into_iter()
            .filter(|entry| !repeats.contains(&entry.key_span.0))
            .collect()
    }
}

/// So few keys are compared with each other faster than they are sorted.
const FEW: usize = 12;

fn has_repeated_key(entries: &[Entry]) -> bool {
    let mut rest = entries;
    while let Some((first, others)) = rest.split_first() {
        if others.iter().any(|other| other.key == first.key) {
            return true;
        }
        rest = others;
    }
    false
}

/// Reads a key.
struct KeySeed;

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Key, D::Error> {
        json.deserialize_str(self)
    }
}

impl Visitor<'_> for KeySeed {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Key, E> {
        Ok(node::key(text))
    }
}

/// Reads a value; the cursor is in front of it.
struct NodeSeed<'c, 't>(&'c mut Cursor<'t>);

impl NodeSeed<'_, '_> {
    fn word(self, value: impl FnOnce(String) -> NodeValue) -> Node {
        let (word, span) = self.0.word();
        Node::new(value(word), span)
    }
}

impl<'de> DeserializeSeed<'de> for NodeSeed<'_, '_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Node, D::Error> {
        self.0.skip_space();
        if self
            .0
            .text
            .get(self.0.at)
            .is_some_and(|byte| *byte == b'-' || byte.is_ascii_digit())
        {
            // As raw text, because a number may exceed the range or precision of Rust's types.
            <&RawValue>::deserialize(json)?;
            return Ok(self.word(NodeValue::Number));
        }
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for NodeSeed<'_, '_> {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Node, E> {
        Ok(self.word(|_| NodeValue::Null))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Node, E> {
        Ok(self.word(|_| NodeValue::Boolean(value)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Node, E> {
        self.visit_string(text.to_owned())
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Node, E> {
        let span = self.0.plain_string(text);
        Ok(Node::new(NodeValue::String(text.to_owned()), span))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Node, E> {
        let span = self.0.string();
        Ok(Node::new(NodeValue::String(text), span))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<Node, A::Error> {
        let start = self.0.at;
        self.0.step(b'[');
        let first = self.0.elements.len();
        while let Some(element) = array.next_element_seed(NodeSeed(self.0))? {
            self.0.elements.push(element);
            self.0.step(b',');
        }
        self.0.step(b']');
        let elements = self.0.elements.drain(first..).collect();
        Ok(Node::new(
            NodeValue::Array(elements),
            span(self.0.source, start, self.0.at),
        ))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Node, A::Error> {
        let start = self.0.at;
        self.0.step(b'{');
        let first = self.0.entries.len();
        while let Some(key) = object.next_key_seed(KeySeed)? {
            self.0.skip_space();
            let key_span = KeySpan(self.0.string());
            self.0.step(b':');
            let value = object.next_value_seed(NodeSeed(self.0))?;
            self.0.step(b',');
            self.0.entries.push(Entry {
                key,
                key_span,
                value,
            });
        }
        self.0.step(b'}');
        let entries = self.0.entries.drain(first..).collect();
        let entries = self.0.unique(entries);
        Ok(Node::new(
            NodeValue::Object(entries),
            span(self.0.source, start, self.0.at),
        ))
    }
}
