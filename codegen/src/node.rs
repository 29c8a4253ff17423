//! A JSON-like value with its span in the source.
//!
//! Every model format is first read into nodes of the Smithy JSON AST, and from there
//! into the [`Model`](crate::model::Model), so that diagnostics always point into the original text.

use crate::lookup::LookupSet;
use std::borrow::Cow;
use std::sync::LazyLock;

/// A source and byte offsets into its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The index of the source in the list given to [`generate`](crate::generate).
    pub source: u32,
    /// The offset of the first byte.
    pub start: u32,
    /// The offset after the last byte.
    pub end: u32,
}

/// A value with its span, which equality ignores.
#[derive(Clone, Debug)]
pub struct Node {
    /// The value.
    pub value: NodeValue,
    /// Its span.
    pub span: Span,
}

/// The value of a node.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeValue {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number as written.
    Number(String),
    /// A string, unescaped.
    String(String),
    /// An array.
    Array(Vec<Node>),
    /// An object in source order, with unique keys.
    Object(Vec<Entry>),
}

impl NodeValue {
    /// The kind of value for messages, with its article: `a string`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::String(_) => "a string",
            Self::Array(_) => "an array",
            Self::Object(_) => "an object",
        }
    }
}

/// The key of an entry. Those that models are full of are not allocated.
pub type Key = Cow<'static, str>;

/// The keys of three quarters of the entries in AWS's models.
const FREQUENT: &[&str] = &[
    "argv",
    "code",
    "conditions",
    "documentation",
    "endpoint",
    "enum",
    "error",
    "errors",
    "exception",
    "fn",
    "http",
    "input",
    "location",
    "locationName",
    "max",
    "member",
    "members",
    "method",
    "min",
    "name",
    "output",
    "ref",
    "requestUri",
    "required",
    "shape",
    "smithy.api#documentation",
    "smithy.api#enumValue",
    "smithy.api#http",
    "smithy.api#httpLabel",
    "smithy.api#input",
    "smithy.api#jsonName",
    "smithy.api#length",
    "smithy.api#output",
    "smithy.api#pattern",
    "smithy.api#required",
    "target",
    "traits",
    "type",
    "uri",
    "url",
    "value",
];

/// The key with this text.
pub(crate) fn key(text: &str) -> Key {
    static KNOWN: LazyLock<LookupSet<&str>> = LazyLock::new(|| FREQUENT.iter().copied().collect());
    match KNOWN.get(text) {
        Some(known) => Cow::Borrowed(known),
        None => Cow::Owned(text.to_owned()),
    }
}

/// An entry of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: Key,
    /// The span of the key.
    pub key_span: KeySpan,
    /// The value.
    pub value: Node,
}

/// The span of a key, which equality ignores.
#[derive(Clone, Copy, Debug, Default)]
pub struct KeySpan(pub Span);

impl PartialEq for KeySpan {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl Node {
    /// A node.
    pub fn new(value: NodeValue, span: Span) -> Self {
        Self { value, span }
    }

    /// The entries of an object; `None` for other values.
    pub fn entries(&self) -> Option<&[Entry]> {
        if let NodeValue::Object(entries) = &self.value {
            Some(entries)
        } else {
            None
        }
    }

    /// The elements of an array; `None` for other values.
    pub fn elements(&self) -> Option<&[Node]> {
        if let NodeValue::Array(elements) = &self.value {
            Some(elements)
        } else {
            None
        }
    }

    /// The value of an entry, if this is an object that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries()?
            .iter()
            .find(|entry| entry.key == key)
            .map(|entry| &entry.value)
    }

    /// The value of a string; `None` for other values.
    pub fn as_str(&self) -> Option<&str> {
        if let NodeValue::String(text) = &self.value {
            Some(text)
        } else {
            None
        }
    }

    /// The string of an entry; empty if there is none.
    pub fn string_or_empty(&self, key: &str) -> String {
        let found = self.get(key).and_then(Self::as_str);
        found.unwrap_or_default().to_owned()
    }

    /// The value of a boolean; `None` for other values.
    pub fn as_bool(&self) -> Option<bool> {
        if let NodeValue::Boolean(value) = self.value {
            Some(value)
        } else {
            None
        }
    }

    /// The text of a number; `None` for other values.
    pub fn as_number(&self) -> Option<&str> {
        if let NodeValue::Number(text) = &self.value {
            Some(text)
        } else {
            None
        }
    }

    /// The value of an integer; `None` for other values and numbers out of range.
    pub fn as_i64(&self) -> Option<i64> {
        self.as_number()?.parse().ok()
    }

    /// Whether it is `null`.
    pub fn is_null(&self) -> bool {
        self.value == NodeValue::Null
    }
}
