//! Chooses the command. The order of the checks is the AWS CLI's, so that of several errors the same is reported.

use crate::args::command::{self, Action, Given};
use crate::args::{Parser, Positional, globals};
use crate::command::line::CommandLine;
use crate::command::{Cli, Command};
use crate::complete::{self, Tables};
use crate::context::Context;
use crate::help::{self, Topic};
use crate::prepare::{Prepared, prepare};
use crate::settings::Settings;
use crate::stop::{Stop, invalid_choice};
use crate::{call, debug, errors, outfile, paginate, print, request, stdout, transfer, wait};
use swage_client::Any;
use swage_client::Record;
use swage_client::client::Client;
use swage_client::operation::ServiceTrait;

/// Runs the program with these arguments.
pub(crate) fn run(cli: &'static Cli, words: Vec<String>) -> Result<(), Stop> {
    if let Some(shell) = complete::shell() {
        let tables = Tables::Service(CommandLine::Generated(cli));
        return complete::candidates(&shell, &tables, &words);
    }
    let nothing = words.is_empty();
    let settings = Settings::load()?;
    let (globals, rest) = globals::parse(words)?;
    if globals.version {
        return stdout::print_line(&format!("{} {}", cli.name, cli.version));
    }
    let context = Context::checked(settings, globals)?(CommandLine::Generated(cli));
    if context.globals.debug {
        debug::start();
    }
    choose(&context, without_service(cli, rest)?, nothing)
}

/// Finds the command, and goes on with it.
pub(crate) fn choose(context: &Context, words: Vec<String>, nothing: bool) -> Result<(), Stop> {
    let cli = context.cli;
    if words
        .first()
        .is_some_and(|word| word == "--help" || word == "-h")
    {
        return stdout::print(&help::short::of_service(cli)?);
    }
    check_others(cli, &words)?;
    let name = if nothing { "command" } else { "operation" };
    let parser = Parser {
        options: Vec::new(),
        positionals: vec![Positional {
            name,
            required: true,
            choices: Vec::new(),
        }],
    };
    let mut parsed = parser.parse(words)?;
    let chosen = parsed.positionals.pop().flatten().unwrap_or_default();
    if let Some(command) = cli.command(&chosen)? {
        return operate(context, command, parsed.rest);
    }
    match chosen.as_str() {
        "help" => help::page(cli, Topic::Program, context.help_pager()),
        "man" => {
            let wanted = help::man::parse(parsed.rest, false)?;
            let count = help::man::write(cli, &wanted.out)?;
            stdout::print_line(&format!("wrote {count} pages to {}", wanted.out.display()))
        }
        "completion" => complete::script(parsed.rest),
        "wait" if !cli.waiters()?.is_empty() => wait::run(context, parsed.rest),
        word => Err(invalid_choice(name, word, &choices(cli)?)),
    }
}

/// Refuses a command that isn't for an operation.
fn check_others(cli: CommandLine<'_>, words: &[String]) -> Result<(), Stop> {
    let Some(word) = words.iter().find(|word| !word.starts_with('-')) else {
        return Ok(());
    };
    let others = cli.service().traits.iter().filter_map(|of| match of {
        ServiceTrait::OtherCommands(others) => Some(*others),
        _ => None,
    });
    match others.flatten().find(|(name, _)| name == word) {
        Some((_, nearest)) => Err(added_command("operation", word, nearest)),
        None => Ok(()),
    }
}

/// The error for a command that only the AWS CLI has.
pub(crate) fn added_command(argument: &str, command: &str, instead: &str) -> Stop {
    Stop::Usage(format!(
        "argument {argument}: the AWS CLI adds the command `{command}`, which isn't available here. Use {instead}"
    ))
}

/// The commands, in the order in which errors list them.
fn choices(cli: CommandLine<'_>) -> Result<Vec<&'static str>, Stop> {
    let mut commands = cli.commands()?;
    // As in the AWS CLI's message.
    commands.retain(|command| !command.is_transfer);
    commands.sort_by_key(|command| command.operation);
    let names = commands
        .iter()
        .flat_map(|of| std::iter::once(of.name).chain(of.aliases.iter().copied()));
    let waits = (!cli.waiters()?.is_empty()).then_some("wait");
    Ok(names.chain(waits).chain(["help"]).collect())
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

/// Calls an operation, or shows help.
fn operate(context: &Context, command: &'static Command, words: Vec<String>) -> Result<(), Stop> {
    let cli = context.cli;
    let given = match command::parse(command, words, !context.globals.no_paginate)? {
        Action::Manual => return help::page(cli, Topic::Command(command), context.help_pager()),
        Action::Help => return stdout::print(&help::short::of_command(cli, command)?),
        Action::Call(given) => given,
    };
    if let Some(prepared) = prepare(context, command, &given)? {
        perform(context, command, &given, prepared)?;
    }
    context
        .output
        .finish()
        .map_err(|pager| Stop::Error(format!("The pager can't be run: {pager}")))
}

/// Calls the operation, once or page by page, and prints.
fn perform(
    context: &Context,
    command: &'static Command,
    given: &Given,
    prepared: Prepared,
) -> Result<(), Stop> {
    let Prepared {
        client,
        mut input,
        walk,
    } = prepared;
    if context.globals.print_request {
        return print_request(context, command, &client, &mut input);
    }
    if let Some(transfer) = command.transfer {
        let output = transfer::run(context, command, transfer, &client, &mut input, given)?;
        return print::response(context, command, output);
    }
    if let Some(walk) = walk {
        return paginate::run(context, command, &client, input, walk);
    }
    let mut output = call::send(context, command, &client, &mut input)?;
    if let (Some(file), Some((index, _))) = (&given.outfile, command.output_file()) {
        outfile::save(&context.runtime, file, output.take(index))?;
    }
    for target in &given.outfiles {
        outfile::save_part(&mut output, target)?;
    }
    print::response(context, command, Any::Structure(output))
}

/// Prints what a call would send. The call fails, because nothing is sent.
fn print_request(
    context: &Context,
    command: &'static Command,
    client: &Client,
    input: &mut Record,
) -> Result<(), Stop> {
    let operation = command.operation();
    request::redact(input);
    let mut output = Record::new(operation.output);
    let call = client.call(operation, input, &mut output);
    let called = context.runtime.block_on(call)?;
    match (context.recorder.take(), called) {
        (Some(text), _) => {
            let printed = context.output.print(&text);
            printed.map_err(|error| Stop::Error(error.to_string()))
        }
        (None, Err(failure)) => Err(errors::stop(&failure, operation, &context.settings)),
        (None, Ok(_)) => Ok(()),
    }
}
