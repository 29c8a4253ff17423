//! Chooses the command. The order of the checks is the AWS CLI's, so that of several errors the same is reported.

use crate::args::operation::{self, Asked, Given};
use crate::args::{Parser, Positional, globals};
use crate::command::{Cli, CliOperation};
use crate::context::Context;
use crate::help::{self, Topic};
use crate::prepare::{Prepared, prepare};
use crate::settings::Settings;
use crate::stop::{Stop, invalid_choice};
use crate::{call, debug, outfile, paginate, print, stdout, wait};
use swage_client::Any;

/// Runs the program with these arguments.
pub(crate) fn run(cli: &'static Cli, words: Vec<String>) -> Result<(), Stop> {
    let nothing = words.is_empty();
    let settings = Settings::load()?;
    let (globals, rest) = globals::parse(words)?;
    if globals.version {
        return stdout::print_line(&format!("{} {}", cli.name, cli.version));
    }
    let context = Context::new(cli, settings, globals)?;
    if context.globals.debug {
        debug::start();
    }
    choose(&context, rest, nothing)
}

/// Finds the operation, and goes on with it.
fn choose(context: &Context, words: Vec<String>, nothing: bool) -> Result<(), Stop> {
    let cli = context.cli;
    let words = without_service(cli, words)?;
    if words
        .first()
        .is_some_and(|word| word == "--help" || word == "-h")
    {
        return stdout::print(&help::short::of_program(cli));
    }
    let name = if nothing { "command" } else { "operation" };
    let parser = Parser {
        options: Vec::new(),
        positionals: vec![Positional {
            name,
            required: true,
            choices: choices(cli),
        }],
    };
    let mut parsed = parser.parse(words)?;
    let chosen = parsed.positionals.pop().flatten().unwrap_or_default();
    let mut operations = cli.operations.iter();
    match operations.find(|operation| operation.name == chosen) {
        Some(operation) => operate(context, operation, parsed.rest),
        None if chosen == "wait" => wait::run(context, parsed.rest),
        None => help::page(cli, Topic::Program),
    }
}

/// The commands, in the order in which errors list them.
fn choices(cli: &'static Cli) -> Vec<&'static str> {
    let mut operations: Vec<_> = cli.operations.iter().collect();
    operations.sort_by_key(|operation| operation.operation.name);
    let names = operations.iter().map(|operation| operation.name);
    let waits = (!cli.waiters().is_empty()).then_some("wait");
    names.chain(waits).chain(["help"]).collect()
}

/// Removes the service's name in front of the operation, which is optional unless the program is called `aws`: scripts
/// that call another service then get an error.
fn without_service(cli: &Cli, mut words: Vec<String>) -> Result<Vec<String>, Stop> {
    let first = words.iter().position(|word| !word.starts_with('-'));
    match first.and_then(|first| Some((first, words.get(first)?))) {
        Some((first, word)) if word == cli.name => {
            words.remove(first);
        }
        Some((_, word)) if word != "help" && is_called_aws() => {
            return Err(invalid_choice("command", word, &[cli.name]));
        }
        _ => {}
    }
    Ok(words)
}

fn is_called_aws() -> bool {
    let program = std::env::args_os().next();
    program
        .is_some_and(|program| std::path::Path::new(&program).file_stem() == Some("aws".as_ref()))
}

/// Runs an operation, or shows its help.
fn operate(
    context: &Context,
    operation: &'static CliOperation,
    words: Vec<String>,
) -> Result<(), Stop> {
    let cli = context.cli;
    let given = match operation::parse(operation, words, !context.globals.no_paginate)? {
        Asked::Page => return help::page(cli, Topic::Operation(operation)),
        Asked::Help => return stdout::print(&help::short::of_operation(cli, operation)),
        Asked::Call(given) => given,
    };
    match prepare(context, operation, &given)? {
        Some(prepared) => perform(context, operation, &given, prepared),
        None => Ok(()),
    }
}

/// Calls the operation, once or page by page, and prints.
fn perform(
    context: &Context,
    operation: &'static CliOperation,
    given: &Given,
    prepared: Prepared,
) -> Result<(), Stop> {
    let Prepared {
        client,
        mut input,
        walk,
    } = prepared;
    if let Some(walk) = walk {
        return paginate::run(context, operation, &client, input, walk);
    }
    let mut output = call::send(context, operation, &client, &mut input)?;
    if let (Some(file), Some((index, _))) =
        (&given.outfile, operation::output_file(operation.operation))
    {
        outfile::save(&context.runtime, file, output.take(index))?;
    }
    print::response(context, operation, Any::Structure(output))
}
