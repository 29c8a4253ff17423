//! Completion in shells: `completion SHELL` prints a script, and for each key the script calls the program back.
//!
//! `clap_complete` decides which words match, and its scripts are used, except for Zsh. The candidates come from the tables: clap
//! is told about the one place of the command line where the cursor is, so that the number of services and operations doesn't
//! matter.

mod place;
mod values;
mod zsh;

use crate::args::{Parser, Positional};
use crate::command::Command;
use crate::command::line::CommandLine;
#[cfg(feature = "pack")]
use crate::command::line::PackedCli;
use crate::command::options::MemberOption;
use crate::help::short;
use crate::stop::Stop;
use crate::{env, stdout};
use clap_complete::CompletionCandidate;
use clap_complete::engine::{ArgValueCandidates, ArgValueCompleter};
use clap_complete::env::{Bash, Elvish, Fish, Powershell, Shells};
use place::Place;
use std::path::PathBuf;
#[cfg(feature = "pack")]
use swage_client::pack::Pack;

/// The variable by which the scripts ask for candidates; its value is the name of the shell.
const VARIABLE: &str = "SWAGE_COMPLETE";

/// The shells whose scripts show no descriptions.
const WITHOUT_DESCRIPTIONS: [&str; 2] = ["bash", "elvish"];

const SHELLS: Shells<'static> = Shells(&[&Bash, &Elvish, &Fish, &Powershell, &zsh::Zsh]);

/// The argument that takes all words that aren't options.
const WORDS: &str = "words";

/// What the program can call.
pub(crate) enum Tables {
    /// The operations of a service.
    Service(CommandLine<'static>),
    /// The services of a pack.
    #[cfg(feature = "pack")]
    Services {
        program: &'static str,
        pack: Pack,
        /// The words that the user has defined.
        aliases: Vec<String>,
    },
}

/// The words and what they mean.
type Names = Vec<(String, &'static str)>;

/// The name of the shell that asks for candidates.
pub(crate) fn shell() -> Option<String> {
    env::non_empty(VARIABLE)
}

/// Prints the candidates for the word at the cursor. `words` is `--` and the words of the command line. Nothing is printed if
/// something is wrong, because the user is typing.
pub(crate) fn candidates(shell: &str, tables: &Tables, words: &[String]) -> Result<(), Stop> {
    let words = words.get(1..).unwrap_or_default();
    let (Some(shell), false) = (SHELLS.completer(shell), words.is_empty()) else {
        return Ok(());
    };
    let place = Place::new(words);
    let describes = !WITHOUT_DESCRIPTIONS.contains(&shell.name());
    let Ok(mut command) = definition(tables, &place, describes) else {
        return Ok(());
    };
    let words = words.iter().map(Into::into).collect();
    let folder = std::env::current_dir().ok();
    let mut text = Vec::new();
    match shell.write_complete(&mut command, words, folder.as_deref(), &mut text) {
        Ok(()) => stdout::print(&String::from_utf8_lossy(&text)),
        Err(_) => Ok(()),
    }
}

/// `completion SHELL`: prints the script for a shell.
pub(crate) fn script(words: Vec<String>) -> Result<(), Stop> {
    let parser = Parser {
        options: Vec::new(),
        positionals: vec![Positional {
            name: "shell",
            required: true,
            choices: SHELLS.names().collect(),
        }],
    };
    let mut parsed = parser.parse(words)?;
    if !parsed.rest.is_empty() {
        return Err(Stop::Unknown(parsed.rest));
    }
    let shell = parsed.positionals.pop().flatten().unwrap_or_default();
    let Some(shell) = SHELLS.completer(&shell) else {
        return Ok(());
    };
    let called = PathBuf::from(std::env::args_os().next().unwrap_or_default());
    let name = called.file_stem().unwrap_or_default().to_string_lossy();
    let mut text = Vec::new();
    let path = absolute(&called);
    let written = shell.write_registration(VARIABLE, &name, &name, &path, &mut text);
    written.map_err(|error| Stop::Error(error.to_string()))?;
    stdout::print(&String::from_utf8_lossy(&text))
}

/// The program as scripts call it: by its name if it is in the PATH, else by its whole path.
fn absolute(called: &std::path::Path) -> String {
    let is_name = called.components().count() == 1;
    let whole = (!is_name)
        .then(|| std::path::absolute(called).ok())
        .flatten();
    whole
        .as_deref()
        .unwrap_or(called)
        .to_string_lossy()
        .into_owned()
}

/// What can stand at the cursor, and what it means if the shell `describes` that.
fn definition(tables: &Tables, place: &Place<'_>, describes: bool) -> Result<clap::Command, Stop> {
    let mut words = place.plain.iter().copied().peekable();
    let cli = match tables {
        Tables::Service(cli) => {
            words.next_if_eq(&cli.name());
            *cli
        }
        #[cfg(feature = "pack")]
        Tables::Services {
            program,
            pack,
            aliases,
        } => match words.next() {
            None => return Ok(among(services(*pack, aliases)?, place)),
            Some("completion") => return Ok(among(shells(), place)),
            Some(word) => {
                let cli = PackedCli::open(program, "", *pack, word)?;
                CommandLine::Packed(Box::leak(Box::new(cli)))
            }
        },
    };
    match words.next() {
        None => Ok(among(commands(cli)?, place)),
        Some("completion") => Ok(among(shells(), place)),
        Some("wait") => match words.next() {
            None => Ok(among(waiters(cli)?, place)),
            Some(name) => match cli.waiter(name)? {
                Some((_, command)) => options(cli, command, place, describes),
                None => Ok(among(Names::new(), place)),
            },
        },
        Some(word) => match cli.command(word)? {
            Some(command) => options(cli, command, place, describes),
            None => Ok(among(Names::new(), place)),
        },
    }
}

#[cfg(feature = "pack")]
fn services(pack: Pack, aliases: &[String]) -> Result<Names, Stop> {
    let services = pack.services()?.into_iter();
    let services = services.map(|of| (of.name.to_owned(), of.title));
    let aliases = aliases.iter().map(|name| (name.clone(), ""));
    Ok(services.chain(aliases).chain(own_words()).collect())
}

fn commands(cli: CommandLine<'_>) -> Result<Names, Stop> {
    let commands = cli.commands()?.into_iter().filter(|of| !of.is_hidden);
    let commands = commands.map(|of| (of.name.to_owned(), of.summary));
    let wait = (!cli.waiters()?.is_empty()).then(|| ("wait".to_owned(), "Wait for a condition."));
    Ok(commands.chain(wait).chain(own_words()).collect())
}

fn waiters(cli: CommandLine<'_>) -> Result<Names, Stop> {
    let waiters = cli.waiters()?.into_iter().filter(|of| !of.is_hidden);
    let waiters = waiters.map(|of| (of.name.into_owned(), ""));
    Ok(waiters.chain(own_words()).collect())
}

fn own_words() -> impl Iterator<Item = (String, &'static str)> {
    std::iter::once(("help".to_owned(), "Show the manual."))
}

fn shells() -> Names {
    SHELLS.names().map(|name| (name.to_owned(), "")).collect()
}

/// One of these words, or a global option.
fn among(names: Names, place: &Place<'_>) -> clap::Command {
    let names: Vec<_> = names
        .into_iter()
        .map(|(name, about)| candidate(name, about))
        .collect();
    let names = ArgValueCandidates::new(move || names.iter().map(copy).collect());
    let words = clap::Arg::new(WORDS).num_args(0..).add(names);
    let command = short::with_globals(clap::Command::new("program")).arg(words);
    let is_option = place.current.starts_with('-');
    command.mut_args(|option| values::of_global(option).hide(!is_option))
}

/// The options of a command, and words that can stand between them.
fn options(
    cli: CommandLine<'_>,
    command: &'static Command,
    place: &Place<'_>,
    describes: bool,
) -> Result<clap::Command, Stop> {
    let members = command.member_options();
    let takes_value = |word: &str| {
        let name = word.strip_prefix("--");
        let mut members = members.iter();
        members.any(|of| Some(&*of.name) == name && of.off.is_none())
    };
    let is_described = |of: &MemberOption| describes && place.can_be(&of.name, takes_value);
    let definition = short::definition(cli, command, is_described)?.mut_args(|option| {
        let is_used = place.has(option.get_long());
        let is_global = option.get_help_heading() == Some(short::GLOBAL_OPTIONS);
        let is_hidden = is_used || (is_global && place.current.is_empty());
        let option = if option.is_positional() {
            let paths = ArgValueCompleter::new(values::path);
            option.num_args(0..).required(false).add(paths)
        } else if is_global {
            values::of_global(option)
        } else {
            values::of_member(option, &members)
        };
        option.hide(is_hidden)
    });
    let definition = if command.output_file().is_some() {
        definition
    } else {
        let words = ArgValueCompleter::new(values::help_or_path);
        definition.arg(clap::Arg::new(WORDS).num_args(0..).add(words))
    };
    let off = members
        .iter()
        .filter(|of| !of.is_hidden)
        .filter_map(|of| of.off.clone());
    Ok(off.fold(definition, |definition, off| {
        let is_used = place.has(Some(&off));
        short::add(definition, short::flag(off.into_owned()).hide(is_used))
    }))
}

fn candidate(name: String, about: &'static str) -> CompletionCandidate {
    let about = (!about.is_empty()).then(|| about.into());
    CompletionCandidate::new(name).help(about)
}

fn copy(of: &CompletionCandidate) -> CompletionCandidate {
    CompletionCandidate::new(of.get_value()).help(of.get_help().cloned())
}
