//! The rule set in memory.

use super::functions::Function;
use aws_smithy_types::Document;
use std::fmt;

/// A rule set, ready to be evaluated.
#[derive(Debug)]
pub struct Rules {
    pub(super) params: Vec<Param>,
    /// The number of values in an evaluation: parameters and assigned variables.
    pub(super) slots: usize,
    pub(super) conditions: Vec<Condition>,
    pub(super) properties: Vec<Entries>,
    pub(super) results: Vec<Outcome>,
    pub(super) nodes: Vec<Node>,
}

impl Rules {
    /// The name of the parameter with that built-in.
    pub fn param_of(&self, builtin: &str) -> Option<&str> {
        let mut params = self.params.iter();
        let param = params.find(|param| param.builtin.as_deref() == Some(builtin));
        param.map(|param| param.name.as_str())
    }

    /// Sets the defaults of parameters that aren't set.
    ///
    /// # Errors
    ///
    /// The name of a required parameter that is missing.
    pub fn complete(&self, values: &mut Params) -> Result<(), String> {
        for param in &self.params {
            match &param.default {
                _ if values.get(&param.name).is_some() => {}
                Some(default) => {
                    values.set(&param.name, default.clone());
                }
                None if param.required => return Err(param.name.clone()),
                None => {}
            }
        }
        Ok(())
    }
}

/// A parameter; its slot is its index.
#[derive(Debug)]
pub(super) struct Param {
    pub(super) name: String,
    pub(super) kind: ParamKind,
    pub(super) required: bool,
    pub(super) default: Option<EndpointValue>,
    pub(super) builtin: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ParamKind {
    String,
    Boolean,
    StringArray,
}

#[derive(Debug)]
pub(super) struct Condition {
    pub(super) test: Expr,
    pub(super) assign: Option<usize>,
}

#[derive(Debug)]
pub(super) enum Outcome {
    Error(Expr),
    Endpoint {
        url: Expr,
        properties: Option<usize>,
        headers: Entries,
    },
}

pub(super) type Entries = Vec<(String, Expr)>;

#[derive(Debug)]
pub(super) struct Node {
    pub(super) condition: usize,
    pub(super) yes: Jump,
    pub(super) no: Jump,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Jump {
    Node(usize),
    Result(usize),
    NoMatch,
}

#[derive(Debug)]
pub(super) enum Expr {
    Boolean(bool),
    Integer(i64),
    String(String),
    Template(Vec<Part>),
    Slot(usize),
    Call(Function, Vec<Expr>),
    Attr(Box<Expr>, Vec<AttrStep>),
    List(Vec<Expr>),
    Object(Entries),
}

/// A part of a template string.
#[derive(Debug)]
pub(super) enum Part {
    Text(String),
    Value(usize, Vec<AttrStep>),
}

/// A step of `getAttr`'s path.
#[derive(Debug, PartialEq)]
pub(super) enum AttrStep {
    Key(String),
    Index(i64),
}

/// A value of a parameter or a property.
#[derive(Clone, Debug, PartialEq)]
pub enum EndpointValue {
    /// A boolean.
    Boolean(bool),
    /// An integer.
    Integer(i64),
    /// A string.
    String(String),
    /// A list; parameters can only be lists of strings.
    List(Vec<EndpointValue>),
    /// An object, in the order of the rule set; parameters can't be objects.
    Object(Vec<(String, EndpointValue)>),
}

impl EndpointValue {
    /// The text of a string.
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self {
            Some(text)
        } else {
            None
        }
    }

    /// The elements of a list.
    pub fn as_list(&self) -> Option<&[Self]> {
        if let Self::List(elements) = self {
            Some(elements)
        } else {
            None
        }
    }

    /// The entry of an object.
    pub fn get(&self, key: &str) -> Option<&Self> {
        let Self::Object(entries) = self else {
            return None;
        };
        entries
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value)
    }
}

impl EndpointValue {
    /// The value as a document.
    pub fn into_document(self) -> Document {
        match self {
            Self::Boolean(value) => Document::Bool(value),
            Self::Integer(value) => value.into(),
            Self::String(text) => Document::String(text),
            Self::List(values) => {
                Document::Array(values.into_iter().map(Self::into_document).collect())
            }
            Self::Object(entries) => {
                let entries = entries.into_iter();
                Document::Object(
                    entries
                        .map(|(key, value)| (key, value.into_document()))
                        .collect(),
                )
            }
        }
    }

    /// The document as a value; none if it has a null or a fraction.
    pub fn from_document(document: &Document) -> Option<Self> {
        Some(match document {
            Document::Bool(value) => Self::Boolean(*value),
            Document::Number(number) => Self::Integer((*number).try_into().ok()?),
            Document::String(text) => Self::String(text.clone()),
            Document::Array(values) => Self::List(
                values
                    .iter()
                    .map(Self::from_document)
                    .collect::<Option<_>>()?,
            ),
            Document::Object(entries) => {
                let entry =
                    |(key, value): (&String, _)| Some((key.clone(), Self::from_document(value)?));
                Self::Object(entries.iter().map(entry).collect::<Option<_>>()?)
            }
            Document::Null => return None,
        })
    }
}

impl From<bool> for EndpointValue {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<&str> for EndpointValue {
    fn from(value: &str) -> Self {
        Self::String(value.to_owned())
    }
}

impl From<String> for EndpointValue {
    fn from(value: String) -> Self {
        Self::String(value)
    }
}

impl From<Vec<String>> for EndpointValue {
    fn from(values: Vec<String>) -> Self {
        Self::List(values.into_iter().map(Self::String).collect())
    }
}

/// The values of a rule set's parameters, by name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Params(Vec<(String, EndpointValue)>);

impl Params {
    /// Without values.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a parameter. The rule set ignores parameters that it doesn't have.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<EndpointValue>) -> &mut Self {
        let (name, value) = (name.into(), value.into());
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, place)) => *place = value,
            None => self.0.push((name, value)),
        }
        self
    }

    /// Sets the parameters of the other.
    pub fn extend(&mut self, by: Self) {
        for (name, value) in by.0 {
            self.set(&name, value);
        }
    }

    /// Sets or clears a parameter.
    pub fn set_or_clear(&mut self, name: &str, value: Option<EndpointValue>) {
        match value {
            Some(value) => {
                self.set(name, value);
            }
            None => self.0.retain(|(known, _)| known != name),
        }
    }

    /// A parameter's value, when set.
    pub fn get(&self, name: &str) -> Option<&EndpointValue> {
        self.0
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value)
    }
}

/// An error in a table of rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulesError {
    /// The line, counted from 1.
    pub line: usize,
    /// The problem.
    pub message: String,
}

impl fmt::Display for RulesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "endpoint rules, line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for RulesError {}

/// The reason why a rule set has no endpoint for the parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EndpointError {
    /// The rule set's own error.
    Rule(String),
    /// A required parameter isn't set.
    Missing(String),
    /// A parameter's value has the wrong type.
    Type(String),
    /// No rule matches.
    NoMatch,
    /// A result needs a value that isn't set.
    Unresolved,
}

impl fmt::Display for EndpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rule(message) => f.write_str(message),
            Self::Missing(name) => write!(f, "the endpoint parameter {name} is required"),
            Self::Type(name) => write!(
                f,
                "the endpoint parameter {name} has a value of the wrong type"
            ),
            Self::NoMatch => f.write_str("no endpoint rule matches the configuration"),
            Self::Unresolved => f.write_str("an endpoint rule needs a value that isn't set"),
        }
    }
}

impl std::error::Error for EndpointError {}
