//! Why a command ends before its output: the text for stderr and the exit status.

mod suggest;

use std::fmt::Write as _;
use swage_client::redact::possible_url;

/// A word in quotes.
pub(crate) use swage_client::jmespath::repr as quoted;

/// What stops a command.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The words don't follow the grammar: usage, then the message; exit 2.
    Usage(String),
    /// Words that nobody takes: usage, then the message; exit 255.
    Unknown(Vec<String>),
    /// Anything else: an empty line, then the message; exit 255.
    Error(String),
    /// The same without the empty line: no region, no credentials.
    Bare(String),
    /// A configuration file that can't be read; exit 1.
    Config(String),
    /// Interrupted from the keyboard; exit 130.
    Interrupted,
}

impl Stop {
    /// An error that names the option whose value is at fault.
    pub(crate) fn parameter(option: &str, what: impl std::fmt::Display) -> Self {
        Self::Error(format!("Error parsing parameter '{option}': {what}"))
    }

    /// The message alone.
    pub(crate) fn message(self) -> String {
        match self {
            Self::Usage(message)
            | Self::Error(message)
            | Self::Bare(message)
            | Self::Config(message) => message,
            Self::Unknown(words) => words.join(", "),
            Self::Interrupted => String::new(),
        }
    }

    /// The exit status.
    pub(crate) fn code(&self) -> u8 {
        match self {
            Self::Config(_) => 1,
            Self::Usage(_) => 2,
            Self::Interrupted => 130,
            Self::Unknown(_) | Self::Error(_) | Self::Bare(_) => 255,
        }
    }

    /// The text for stderr, for a program of that name.
    pub(crate) fn text(&self, program: &str) -> String {
        match self {
            Self::Usage(message) => format!("{}{program}: error: {message}\n", usage(program)),
            Self::Unknown(words) => format!(
                "{}\nUnknown options: {}\n",
                usage(program),
                // An option that is misspelled may have a URL.
                words
                    .iter()
                    .map(|word| possible_url(word))
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
            Self::Error(message) => format!("\n{message}\n"),
            Self::Bare(message) | Self::Config(message) => format!("{message}\n"),
            Self::Interrupted => String::new(),
        }
    }
}

/// The usage text that comes before a parse error.
fn usage(program: &str) -> String {
    format!(
        "usage: {program} [options] <operation> [parameters]\nTo see help text, you can run:\n\n  \
         {program} help\n  {program} <operation> help\n"
    )
}

/// The message for a word that isn't among `choices`, with those that look like it.
pub(crate) fn invalid_choice(argument: &str, word: &str, choices: &[&str]) -> Stop {
    let mut text = format!("argument {argument}: Invalid choice, valid choices are:\n");
    for pair in choices.chunks(2) {
        let cells: Vec<_> = pair.iter().map(|choice| format!("{choice:<40}")).collect();
        let _ = write!(text, "\n{}", cells.join(" | "));
    }
    let close = suggest::close_matches(word, choices);
    if !close.is_empty() {
        let _ = write!(
            text,
            "\n\n\nInvalid choice: {}, maybe you meant:\n",
            quoted(word)
        );
        for word in close {
            let _ = write!(text, "\n  * {word}");
        }
    }
    Stop::Usage(text)
}
