//! The grammar of arguments, which is that of Python's `argparse`: options, their abbreviations and values, positional
//! words. Three [`Parser`]s run one after the other: for the global options, for the name of the command and for its
//! options. Each leaves what it doesn't know to the next.

pub(crate) mod command;
pub(crate) mod globals;
mod parse;

use crate::number;
use crate::stop::{Stop, invalid_choice, quoted};

/// An option that a parser knows.
#[derive(Clone, Debug)]
pub(crate) struct Spec {
    /// With hyphens in front: `--content-type`.
    pub(crate) name: String,
    /// The number of values.
    pub(crate) takes: Takes,
    /// The form of a value.
    pub(crate) check: Check,
    pub(crate) required: bool,
    /// Whether it can't be abbreviated.
    pub(crate) exact: bool,
}

/// How many values an option takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Takes {
    Nothing,
    One,
    /// One value, or none.
    OneOrNone,
    /// One value, or none: then this is the value.
    Optional(&'static str),
    Many,
    /// None, and the rest of the words is ignored: `--version`, `--help`.
    Ends,
}

/// The form of a value, which is checked while words are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Check {
    Anything,
    Integer,
    Float,
    OneOf(&'static [&'static str]),
    /// One of the first, or of the second, which errors don't list because the AWS CLI version 1 doesn't have them.
    OneOfOr(&'static [&'static str], &'static [&'static str]),
}

impl Check {
    /// The values that an option accepts; empty: any.
    pub(crate) fn choices(self) -> Vec<&'static str> {
        match self {
            Self::OneOf(choices) => choices.to_vec(),
            Self::OneOfOr(choices, more) => [choices, more].concat(),
            Self::Anything | Self::Integer | Self::Float => Vec::new(),
        }
    }
}

/// A positional argument.
#[derive(Clone, Debug)]
pub(crate) struct Positional<'a> {
    pub(crate) name: &'static str,
    pub(crate) required: bool,
    /// The possible values; empty: any.
    pub(crate) choices: Vec<&'a str>,
}

/// A set of options and positional arguments.
#[derive(Debug, Default)]
pub(crate) struct Parser<'a> {
    pub(crate) options: Vec<Spec>,
    pub(crate) positionals: Vec<Positional<'a>>,
}

/// The result of parsing.
#[derive(Debug, Default)]
pub(crate) struct Parsed {
    /// Each occurrence of an option, in order: the index of its [`Spec`], and its values.
    pub(crate) found: Vec<(usize, Vec<String>)>,
    /// The values of the positional arguments, in their order.
    pub(crate) positionals: Vec<Option<String>>,
    /// The words that the parser doesn't know, in order.
    pub(crate) rest: Vec<String>,
    /// The index of the [`Takes::Ends`] option, if there was one.
    pub(crate) ended: Option<usize>,
}

impl Spec {
    pub(crate) fn new(name: impl Into<String>, takes: Takes) -> Self {
        Self {
            name: name.into(),
            takes,
            check: Check::Anything,
            required: false,
            exact: false,
        }
    }

    /// Checks the form of a value.
    pub(super) fn check(&self, word: &str) -> Result<(), Stop> {
        let kind = match self.check {
            Check::Anything => return Ok(()),
            Check::OneOf(_) | Check::OneOfOr(..) if self.check.choices().contains(&word) => {
                return Ok(());
            }
            Check::OneOf(choices) | Check::OneOfOr(choices, _) => {
                return Err(invalid_choice(&self.name, word, choices));
            }
            Check::Integer if number::integer(word).is_some() => return Ok(()),
            Check::Float if number::float(word).is_some() => return Ok(()),
            Check::Integer => "int",
            Check::Float => "float",
        };
        Err(self.error(format_args!("invalid {kind} value: {}", quoted(word))))
    }

    pub(super) fn error(&self, what: impl std::fmt::Display) -> Stop {
        Stop::Usage(format!("argument {}: {what}", self.name))
    }
}

impl Parsed {
    /// The values of the last occurrence of option `index`.
    pub(crate) fn last(&self, index: usize) -> Option<&[String]> {
        self.found
            .iter()
            .rev()
            .find(|(i, _)| *i == index)
            .map(|(_, words)| words.as_slice())
    }

    /// Whether `on` came after `off`; none if neither is there.
    pub(crate) fn flag(&self, on: usize, off: usize) -> Option<bool> {
        self.found
            .iter()
            .rev()
            .find(|(i, _)| *i == on || *i == off)
            .map(|(i, _)| *i == on)
    }
}
