//! The user's own words: `~/.aws/cli/alias`. Those in the section `toplevel` stand where a service does, those in `command sqs`
//! where an operation of that service does. A value that starts with `!` is a command for the shell.

use crate::args::globals::{self, Globals};
use crate::paramfile;
use crate::stop::Stop;
use std::process::Command;
use swage_credentials::{Section, ini, words};

/// The longest chain of words that stand for each other.
const LONGEST: usize = 100;

/// The file.
#[derive(Debug, Default)]
pub(super) struct Aliases(Vec<(String, Section)>);

impl Aliases {
    /// Reads the file, if it exists.
    pub(super) fn load() -> Result<Self, Stop> {
        let path = paramfile::expand("~/.aws/cli/alias");
        if !path.exists() {
            return Ok(Self::default());
        }
        let fail = |what: String| {
            let path = path.display();
            Stop::Config(format!("Unable to parse config file {path}: {what}"))
        };
        let bytes = std::fs::read(&path).map_err(|error| fail(error.to_string()))?;
        let text = String::from_utf8(bytes).map_err(|error| fail(error.to_string()))?;
        ini::parse_flat(&text).map(Self).map_err(fail)
    }

    /// The words that stand where a service does.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let section = self.section(&["toplevel"]).into_iter();
        section.flat_map(Section::keys).map(String::as_str)
    }

    /// Replaces the word for a service and the one for an operation as long as they stand for others. The global options of
    /// their values replace those in `globals`.
    pub(super) fn resolve(
        &self,
        globals: &mut Globals,
        mut word: String,
        mut rest: Vec<String>,
    ) -> Result<(String, Vec<String>), Stop> {
        let section = self.section(&["toplevel"]);
        let mut steps = 0;
        while let Some(value) = section.and_then(|section| section.get(&word)) {
            count(&mut steps, &word)?;
            let (first, mut words) =
                super::service_and_rest(expand(&word, value, &rest, globals)?)?;
            words.append(&mut rest);
            rest = words;
            // A word that stands for itself with options is the service that it hides.
            if first == word {
                break;
            }
            word = first;
        }
        let section = self.section(&["command", &word]);
        while let Some((name, arguments)) = rest.split_first()
            && let Some(value) = section.and_then(|section| section.get(name))
        {
            count(&mut steps, name)?;
            let words = expand(name, value, arguments, globals)?;
            let is_same = words.first() == Some(name);
            rest.splice(..1, words);
            if is_same {
                break;
            }
        }
        Ok((word, rest))
    }

    fn section(&self, name: &[&str]) -> Option<&Section> {
        let is_called = |header: &str| {
            let words = words::posix(header);
            words.is_some_and(|words| words == name)
        };
        let mut sections = self.0.iter();
        let found = sections.find(|(header, _)| is_called(header));
        found.map(|(_, section)| section)
    }
}

fn count(steps: &mut usize, name: &str) -> Result<(), Stop> {
    *steps += 1;
    if *steps > LONGEST {
        let message = format!("The alias \"{name}\" stands for itself.");
        return Err(Stop::Error(message));
    }
    Ok(())
}

/// The words that an alias stands for, without their global options. A command of the shell is run with the arguments.
fn expand(
    name: &str,
    value: &str,
    arguments: &[String],
    globals: &mut Globals,
) -> Result<Vec<String>, Stop> {
    let value = value.trim();
    if let Some(command) = value.strip_prefix('!') {
        return Err(run(command, arguments));
    }
    let words = words::posix(value).ok_or_else(|| {
        let what = if value.ends_with('\\') {
            "No escaped character"
        } else {
            "No closing quotation"
        };
        Stop::Error(format!(
            "Value of alias \"{name}\" could not be parsed. Received error: {what} when parsing:\n{value}"
        ))
    })?;
    let (own, words) = globals::parse(words)?;
    let unsupported = if own.debug {
        "debug"
    } else if own.profile.is_some() {
        "profile"
    } else {
        globals.replace_by(own);
        return Ok(words);
    };
    Err(Stop::Error(format!(
        "Global parameter \"--{unsupported}\" detected in alias \"{name}\" which is not supported in subcommand aliases."
    )))
}

/// Runs a command of the shell with these arguments. The result ends the program.
fn run(command: &str, arguments: &[String]) -> Stop {
    let arguments = arguments.iter().map(|word| shell_quoted(word));
    let line = std::iter::once(command.to_owned()).chain(arguments);
    let line = line.collect::<Vec<_>>().join(" ");
    let (shell, option) = if cfg!(windows) {
        ("cmd", "/C")
    } else {
        ("sh", "-c")
    };
    match Command::new(shell).arg(option).arg(line).status() {
        Ok(status) => Stop::Exit(
            status
                .code()
                .map_or(255, |code| u8::try_from(code & 0xff).unwrap_or(255)),
        ),
        Err(error) => Stop::Error(format!("{shell}: {error}")),
    }
}

/// A word as the shell takes it for one.
fn shell_quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "@%+=:,./-_".contains(c);
    if cfg!(windows) {
        format!("\"{}\"", word.replace('"', "\\\""))
    } else if !word.is_empty() && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\"'\"'"))
    }
}
