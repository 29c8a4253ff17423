//! A JSON-like value that knows where it stands in its source.
//!
//! Every model format is read into nodes of the Smithy JSON AST first, and from there by one loader
//! into the [`Model`](crate::model::Model), so that a diagnostic can always point at the text that somebody wrote.

/// Where a node stands: a source file, and byte offsets into its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Index of the source in the list that was given to codegen.
    pub source: u32,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

/// A value and where it stands. Equality ignores the place.
#[derive(Clone, Debug)]
pub struct Node {
    /// The value.
    pub value: NodeValue,
    /// Its place.
    pub span: Span,
}

/// What a node can be: JSON's values.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeValue {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number, as written.
    Number(String),
    /// A string, unescaped.
    String(String),
    /// An array.
    Array(Vec<Node>),
    /// An object, in the order of its source; keys are unique.
    Object(Vec<Entry>),
}

impl NodeValue {
    /// The kind of value with its article, for messages: `a string`.
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

/// An entry of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// The key's place.
    pub key_span: KeySpan,
    /// The value.
    pub value: Node,
}

/// A key's place; all are equal.
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

    /// The entries of an object; none for other values.
    pub fn entries(&self) -> Option<&[Entry]> {
        if let NodeValue::Object(entries) = &self.value {
            Some(entries)
        } else {
            None
        }
    }

    /// The elements of an array; none for other values.
    pub fn elements(&self) -> Option<&[Node]> {
        if let NodeValue::Array(elements) = &self.value {
            Some(elements)
        } else {
            None
        }
    }

    /// The value of that key, when this is an object that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries()?
            .iter()
            .find(|entry| entry.key == key)
            .map(|entry| &entry.value)
    }

    /// The text of a string; none for other values.
    pub fn as_str(&self) -> Option<&str> {
        if let NodeValue::String(text) = &self.value {
            Some(text)
        } else {
            None
        }
    }

    /// The string of that key; empty when there is none.
    pub fn text(&self, key: &str) -> String {
        let found = self.get(key).and_then(Self::as_str);
        found.unwrap_or_default().to_owned()
    }

    /// A boolean; none for other values.
    pub fn as_bool(&self) -> Option<bool> {
        if let NodeValue::Boolean(value) = self.value {
            Some(value)
        } else {
            None
        }
    }

    /// The text of a number; none for other values.
    pub fn as_number(&self) -> Option<&str> {
        if let NodeValue::Number(text) = &self.value {
            Some(text)
        } else {
            None
        }
    }

    /// A number that is an integer and fits; none for other values.
    pub fn as_i64(&self) -> Option<i64> {
        self.as_number()?.parse().ok()
    }

    /// Whether it is `null`.
    pub fn is_null(&self) -> bool {
        self.value == NodeValue::Null
    }
}
