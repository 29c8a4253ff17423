//! What went wrong, as text for people and as data for programs.

use std::fmt;
use std::path::Path;
use swage_codegen::diagnostic::{Diagnostic, Severity, Source, render_in};

/// Something that is wrong.
#[derive(Clone)]
pub enum Problem {
    /// Outside of the models: a file that can't be read, options that don't fit.
    Plain {
        /// What is wrong: lower case, no full stop.
        message: String,
        /// What to do about it.
        help: Option<String>,
    },
    /// In the texts: each diagnostic has its place.
    Diagnostics {
        /// Whether they are errors or warnings.
        severity: Severity,
        /// In the order of the texts.
        diagnostics: Vec<Diagnostic>,
        /// The texts.
        sources: Vec<Source>,
        /// What the texts are: `the model`.
        place: &'static str,
    },
}

/// What the texts are, mostly.
pub(crate) const MODEL: &str = "the model";

impl Problem {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self::Plain {
            message: message.into(),
            help: None,
        }
    }

    pub(crate) fn with_help(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Plain {
            message: message.into(),
            help: Some(help.into()),
        }
    }

    /// An input or output error.
    pub(crate) fn io(what: &str, path: &Path, error: &impl fmt::Display) -> Self {
        Self::new(format!("cannot {what} {}: {error}", path.display()))
    }

    pub(crate) fn errors(diagnostics: Vec<Diagnostic>, sources: Vec<Source>) -> Self {
        Self::Diagnostics {
            severity: Severity::Error,
            diagnostics,
            sources,
            place: MODEL,
        }
    }

    /// A line for each error or warning: where and what.
    pub(crate) fn summaries(&self) -> Vec<String> {
        match self {
            Self::Plain { message, .. } => vec![one_line(message)],
            Self::Diagnostics {
                diagnostics,
                sources,
                ..
            } => diagnostics
                .iter()
                .map(|diagnostic| summary(diagnostic, sources))
                .collect(),
        }
    }

    /// The text for people, with a line feed at its end; with colours for a terminal.
    pub fn render(&self, colour: bool) -> String {
        match self {
            Self::Plain { message, help } => {
                let help = help.as_ref().map(|help| format!("  help: {help}\n"));
                format!("error: {message}\n{}", help.unwrap_or_default())
            }
            Self::Diagnostics {
                severity,
                diagnostics,
                sources,
                place,
            } => render_in(place, *severity, diagnostics, sources, colour),
        }
    }
}

/// `model.json:5:10: what is wrong: label`
fn summary(diagnostic: &Diagnostic, sources: &[Source]) -> String {
    let mut text = diagnostic.message.clone();
    if let Some(place) = diagnostic.place(sources) {
        text = format!("{place}: {text}");
    }
    if !diagnostic.label.is_empty() {
        text = format!("{text}: {}", diagnostic.label);
    }
    one_line(&text)
}

/// Cargo reads lines.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Everything that kept a crate from being generated. Its text, also that of `Debug`, is the diagnostics as the command
/// `swage` prints them, so that a build script can return it.
#[derive(Clone)]
pub struct Error {
    /// The problems, in the order in which they were found.
    pub problems: Vec<Problem>,
}

impl Error {
    /// The text for people; with colours for a terminal.
    pub fn render(&self, colour: bool) -> String {
        let problems = self.problems.iter();
        problems.map(|problem| problem.render(colour)).collect()
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Self {
            problems: vec![problem],
        }
    }
}

impl From<Vec<Problem>> for Error {
    fn from(problems: Vec<Problem>) -> Self {
        Self { problems }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.render(false).trim_end())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\n{self}")
    }
}

impl std::error::Error for Error {}
