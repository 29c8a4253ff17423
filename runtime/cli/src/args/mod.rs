//! The grammar of arguments, which is that of Python's `argparse`: options, their abbreviations and values, positional
//! words. One [`Parser`] reads the global options, one the name of the command, one its options; each leaves to the next
//! what it doesn't know.

pub(crate) mod command;
pub(crate) mod globals;
mod parse;

use crate::number;
use crate::stop::{Stop, invalid_choice, quoted};

/// An option that a parser knows.
#[derive(Clone, Debug)]
pub(crate) struct Spec {
    /// With its hyphens: `--content-type`.
    pub(crate) name: String,
    /// What may follow.
    pub(crate) takes: Takes,
    /// What a value must be.
    pub(crate) check: Check,
    /// Whether it must be given.
    pub(crate) required: bool,
}

/// What follows an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Takes {
    Nothing,
    One,
    /// One word, or this.
    Optional(&'static str),
    Many,
    /// Nothing, and it ends the program: `--version`, `--help`. Never abbreviated when `exact`.
    Ends {
        exact: bool,
    },
}

/// What is checked while words are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Check {
    Anything,
    Integer,
    Float,
    OneOf(&'static [&'static str]),
}

/// A word without an option.
#[derive(Clone, Debug)]
pub(crate) struct Positional<'a> {
    pub(crate) name: &'static str,
    pub(crate) required: bool,
    /// What it must be; anything when empty.
    pub(crate) choices: Vec<&'a str>,
}

/// A set of options and positional words.
#[derive(Debug, Default)]
pub(crate) struct Parser<'a> {
    pub(crate) options: Vec<Spec>,
    pub(crate) positionals: Vec<Positional<'a>>,
}

/// What a parser found.
#[derive(Debug, Default)]
pub(crate) struct Parsed {
    /// Each occurrence of an option, in order: index of its [`Spec`], its words.
    pub(crate) found: Vec<(usize, Vec<String>)>,
    /// One for each positional.
    pub(crate) positionals: Vec<Option<String>>,
    /// What it doesn't know, in order.
    pub(crate) rest: Vec<String>,
    /// The option that ends the program, when one was met.
    pub(crate) ended: Option<usize>,
}

impl Spec {
    pub(crate) fn new(name: impl Into<String>, takes: Takes) -> Self {
        Self {
            name: name.into(),
            takes,
            check: Check::Anything,
            required: false,
        }
    }

    /// Checks a value as soon as it is read.
    pub(super) fn check(&self, word: &str) -> Result<(), Stop> {
        let kind = match self.check {
            Check::Anything => return Ok(()),
            Check::OneOf(choices) if choices.contains(&word) => return Ok(()),
            Check::OneOf(choices) => return Err(invalid_choice(&self.name, word, choices)),
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
    /// The words of the last occurrence of option `index`.
    pub(crate) fn last(&self, index: usize) -> Option<&[String]> {
        self.found
            .iter()
            .rev()
            .find(|(i, _)| *i == index)
            .map(|(_, words)| words.as_slice())
    }

    /// Which of two flags came last: true for `on`.
    pub(crate) fn flag(&self, on: usize, off: usize) -> Option<bool> {
        self.found
            .iter()
            .rev()
            .find(|(i, _)| *i == on || *i == off)
            .map(|(i, _)| *i == on)
    }
}
