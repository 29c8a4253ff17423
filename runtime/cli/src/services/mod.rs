//! A program for all services of a pack: `aws SERVICE OPERATION …`.

mod alias;
mod by_hand;

use crate::args::{Parser, Positional, globals};
use crate::command::line::{CommandLine, PackedCli};
use crate::complete::{self, Tables};
use crate::context::Context;
use crate::run;
use crate::settings::Settings;
use crate::stop::{Stop, Usage, invalid_choice};
use crate::{debug, help, main_with, stdout};
use alias::Aliases;
use std::fs::File;
use std::process::ExitCode;
use swage_client::pack::{ListedService, Pack, PackError};

/// The environment variable that names a file with a pack, which takes the place of the program's own.
const TABLES: &str = "SWAGE_TABLES";

/// The option that does so.
const OPTION: &str = "--tables";

/// A program for all services of a pack.
#[derive(Debug)]
pub struct Program {
    /// The name of the program: `aws`.
    pub name: &'static str,
    /// What `--version` prints after the name.
    pub version: &'static str,
    /// The pack that `swage pack` wrote.
    pub pack: &'static [u8],
}

/// Runs the program with the process's arguments.
pub fn main(program: &'static Program) -> ExitCode {
    main_with(program.name, Usage::Services, |words| run(program, words))
}

fn run(program: &'static Program, mut words: Vec<String>) -> Result<(), Stop> {
    if let Some(shell) = complete::shell() {
        return candidates(program, &shell, &words);
    }
    let pack = open(program, &mut words)?;
    let settings = Settings::load()?;
    let (mut globals, rest) = globals::parse(words)?;
    if globals.version {
        return stdout::print_line(&format!("{} {}", program.name, program.version));
    }
    if globals.debug {
        debug::start();
    }
    if let Some("--help" | "-h") = rest.first().map(String::as_str) {
        return stdout::print(&help::short::of_services(program.name, &pack.services()?));
    }
    let aliases = Aliases::load()?;
    let (word, rest) = service_and_rest(rest)?;
    let (word, rest) = aliases.resolve(&mut globals, word, rest)?;
    if word == "help" {
        let chosen = settings.clone().with_profile(globals.profile.as_deref());
        let pager = chosen.pager(globals.no_cli_pager).for_help();
        drop(Context::checked(settings, globals)?);
        return help::services(program.name, &pack.services()?, pager);
    }
    let cli = match PackedCli::open(program.name, program.version, pack, &word) {
        Ok(cli) => cli,
        Err(PackError::NoService(_)) if word == "man" => return man(program, pack, rest),
        Err(PackError::NoService(_)) if word == "completion" => return complete::script(rest),
        Err(PackError::NoService(_)) => return Err(unknown(&word, &pack.services()?, &aliases)),
        Err(error) => return Err(error.into()),
    };
    let context = Context::checked(settings, globals)?;
    let context = context(CommandLine::Packed(Box::leak(Box::new(cli))));
    run::choose(&context, rest, false)
}

/// `man FOLDER [SERVICE]`: writes manual pages.
fn man(program: &'static Program, pack: Pack, words: Vec<String>) -> Result<(), Stop> {
    let wanted = help::man::parse(words, true)?;
    let services = pack.services()?;
    let named = wanted.service.as_deref();
    let is_called = |of: &ListedService, word: &str| of.name == word || of.aliases.contains(&word);
    if let Some(word) = named.filter(|word| !services.iter().any(|of| is_called(of, word))) {
        return Err(unknown(word, &services, &Aliases::default()));
    }
    help::write_services(program.name, program.version, &services, &wanted.out)?;
    let mut count = 1;
    for service in services {
        if named.is_none_or(|name| is_called(&service, name)) {
            let cli = PackedCli::open(program.name, program.version, pack, service.name)?;
            count += help::man::write(CommandLine::Packed(&cli), &wanted.out)?;
        }
    }
    stdout::print_line(&format!("wrote {count} pages to {}", wanted.out.display()))
}

/// Prints the candidates for the word at the cursor. `words` is `--` and a command line.
fn candidates(program: &'static Program, shell: &str, words: &[String]) -> Result<(), Stop> {
    let mut options = words.get(2..).unwrap_or_default().to_vec();
    let Ok(pack) = open(program, &mut options) else {
        return Ok(());
    };
    let aliases = Aliases::load().unwrap_or_default();
    let tables = Tables::Services {
        program: program.name,
        pack,
        aliases: aliases.names().map(str::to_owned).collect(),
    };
    complete::candidates(shell, &tables, words)
}

/// The pack: the one that `--tables FILE` in front of everything else or the environment names, or the program's own.
fn open(program: &'static Program, words: &mut Vec<String>) -> Result<Pack, Stop> {
    let Some((named_by, file)) = tables(words)? else {
        return Ok(Pack::open(program.pack)?);
    };
    let wrong = |what: &dyn std::fmt::Display| {
        let message = format!("{named_by}: {file}: {what}. `swage pack` makes such files.");
        Stop::Error(message)
    };
    let opened = File::open(&file).map_err(|error| wrong(&error))?;
    Pack::open_file(opened).map_err(|error| wrong(&error))
}

/// The file that takes the place of the program's own pack, and what names it. The option and its value are removed.
fn tables(words: &mut Vec<String>) -> Result<Option<(&'static str, String)>, Stop> {
    let first = words.first().map_or("", String::as_str);
    if first == OPTION {
        if words.len() < 2 {
            let message = format!("argument {OPTION}: expected one argument");
            return Err(Stop::Usage(message));
        }
        let file = words.drain(..2).next_back();
        return Ok(file.map(|file| (OPTION, file)));
    }
    let value = first
        .strip_prefix(OPTION)
        .and_then(|rest| rest.strip_prefix('='));
    if let Some(file) = value.map(str::to_owned) {
        words.remove(0);
        return Ok(Some((OPTION, file)));
    }
    Ok(crate::env::non_empty(TABLES).map(|file| (TABLES, file)))
}

/// The word for the service, and the words that follow it or that the program doesn't know.
fn service_and_rest(words: Vec<String>) -> Result<(String, Vec<String>), Stop> {
    let parser = Parser {
        options: Vec::new(),
        positionals: vec![Positional {
            name: "command",
            required: true,
            choices: Vec::new(),
        }],
    };
    let mut parsed = parser.parse(words)?;
    let word = parsed.positionals.pop().flatten().unwrap_or_default();
    Ok((word, parsed.rest))
}

/// The error for a word that is no service.
fn unknown(word: &str, services: &[ListedService], aliases: &Aliases) -> Stop {
    if let Some(stop) = by_hand::error(word) {
        return stop;
    }
    let names = services
        .iter()
        .flat_map(|of| of.aliases.iter().copied().chain([of.name]))
        .chain(["help"]);
    let names: Vec<_> = names.chain(aliases.names()).collect();
    invalid_choice("command", word, &names)
}
