//! What ends a command early: the message on standard error and the exit status.

mod suggest;

use std::fmt::Write as _;
use swage_client::redact::possible_url;

/// A word in quotes, as Python's `repr` writes it.
pub(crate) use swage_client::jmespath::repr as quoted;

/// An error that ends a command.
#[derive(Debug)]
pub(crate) enum Stop {
    /// A usage error: prints the usage, then the message; exit status 2.
    Usage(String),
    /// Unknown options: prints the usage, then the message; exit status 255.
    Unknown(Vec<String>),
    /// Any other error: prints an empty line, then the message; exit status 255.
    Error(String),
    /// A missing region or missing credentials: as `Error`, without the empty line.
    Bare(String),
    /// An invalid configuration file; exit status 1.
    Config(String),
    /// An interrupt from the keyboard; exit status 130.
    Interrupted,
    /// The exit status of another program, which has reported its errors.
    #[cfg_attr(
        not(feature = "pack"),
        expect(dead_code, reason = "only aliases run other programs")
    )]
    Exit(u8),
}

impl Stop {
    /// An invalid value of an option.
    pub(crate) fn parameter(option: &str, what: impl std::fmt::Display) -> Self {
        Self::Error(format!("Error parsing parameter '{option}': {what}"))
    }

    /// The message without usage.
    pub(crate) fn message(self) -> String {
        match self {
            Self::Usage(message)
            | Self::Error(message)
            | Self::Bare(message)
            | Self::Config(message) => message,
            Self::Unknown(words) => words.join(", "),
            Self::Interrupted | Self::Exit(_) => String::new(),
        }
    }

    /// The exit status.
    pub(crate) fn code(&self) -> u8 {
        match self {
            Self::Config(_) => 1,
            Self::Usage(_) => 2,
            Self::Interrupted => 130,
            Self::Exit(code) => *code,
            Self::Unknown(_) | Self::Error(_) | Self::Bare(_) => 255,
        }
    }

    /// The text for standard error.
    pub(crate) fn report(&self, program: &str, usage: Usage) -> String {
        let usage = || usage.text(program);
        match self {
            Self::Usage(message) => format!("{}{program}: error: {message}\n", usage()),
            Self::Unknown(words) => format!(
                "{}\nUnknown options: {}\n",
                usage(),
                // The value of a misspelled option may be a URL with a password.
                words
                    .iter()
                    .map(|word| possible_url(word))
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
            Self::Error(message) => format!("\n{message}\n"),
            Self::Bare(message) | Self::Config(message) => format!("{message}\n"),
            Self::Interrupted | Self::Exit(_) => String::new(),
        }
    }
}

/// The usage text that comes before a parse error.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Usage {
    /// Of a program for one service.
    Operations,
    /// Of a program for many services.
    #[cfg(feature = "pack")]
    Services,
}

impl Usage {
    fn text(self, program: &str) -> String {
        match self {
            Self::Operations => format!(
                "usage: {program} [options] <operation> [parameters]\nTo see help text, you can run:\n\n  \
                 {program} help\n  {program} <operation> help\n"
            ),
            #[cfg(feature = "pack")]
            Self::Services => format!(
                "usage: {program} [options] <command> <subcommand> [<subcommand> ...] [parameters]\nTo see help text, \
                 you can run:\n\n  {program} help\n  {program} <command> help\n  {program} <command> <subcommand> help\n"
            ),
        }
    }
}

#[cfg(feature = "pack")]
impl From<swage_client::pack::PackError> for Stop {
    fn from(error: swage_client::pack::PackError) -> Self {
        Self::Error(error.to_string())
    }
}

/// The error for a word that isn't one of `choices`, with suggestions.
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
