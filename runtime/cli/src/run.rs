//! The flow of a command: the order in which things are looked at, and in which errors come.

use crate::args::operation::{self, Asked, Given};
use crate::args::{Parser, Positional, globals};
use crate::help::{self, Topic};
use crate::output::{Color, Format, Style};
use crate::paginate::{self, Walk};
use crate::query::Query;
use crate::runtime::Runtime;
use crate::settings::client::{self, Timeouts};
use crate::settings::{Settings, endpoint};
use crate::stop::{Stop, invalid_choice};
use crate::values::cli_input_json;
use crate::{Cli, CliOperation, check, errors, output, skeleton, stdout, values, wait};
use swage_client::client::Client;
use swage_client::jmespath::Value;
use swage_client::{Any, Record};

/// What every command of a run needs.
pub(crate) struct Context {
    pub(crate) cli: &'static Cli,
    pub(crate) settings: Settings,
    pub(crate) globals: globals::Globals,
    pub(crate) query: Option<Query>,
    pub(crate) timeouts: Timeouts,
    pub(crate) runtime: Runtime,
}

/// Runs the command with these words.
pub(crate) fn run(cli: &'static Cli, words: Vec<String>) -> Result<(), Stop> {
    let nothing = words.is_empty();
    let settings = Settings::load()?;
    let (globals, rest) = globals::parse(words)?;
    if globals.version {
        return stdout::print_line(&format!("{} {}", cli.name, cli.version));
    }
    let query = globals
        .query
        .as_deref()
        .map(Query::compile)
        .transpose()
        .map_err(Stop::Error)?;
    globals
        .endpoint_url
        .as_deref()
        .map(endpoint::check_scheme)
        .transpose()?;
    let timeouts = Timeouts::new(&globals)?;
    let settings = settings.with_profile(globals.profile.as_deref());
    settings.check()?;
    let context = Context {
        cli,
        settings,
        globals,
        query,
        timeouts,
        runtime: Runtime::default(),
    };
    if context.globals.debug {
        crate::debug::start();
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
    let choices = choices(cli);
    let name = if nothing { "command" } else { "operation" };
    let parser = Parser {
        options: Vec::new(),
        positionals: vec![Positional {
            name,
            required: true,
            choices,
        }],
    };
    let mut parsed = parser.parse(words)?;
    let chosen = parsed.positionals.pop().flatten().unwrap_or_default();
    match cli
        .operations
        .iter()
        .find(|operation| operation.name == chosen)
    {
        Some(operation) => operate(context, operation, parsed.rest),
        None if chosen == "wait" => wait::run(context, parsed.rest),
        None => help::page(cli, Topic::Program),
    }
}

/// What may stand in an operation's place, in the order in which it is listed.
fn choices(cli: &'static Cli) -> Vec<&'static str> {
    let mut operations: Vec<_> = cli.operations.iter().collect();
    operations.sort_by_key(|operation| operation.operation.name);
    let names = operations.iter().map(|operation| operation.name);
    let waits = (!wait::all(cli).is_empty()).then_some("wait");
    names.chain(waits).chain(["help"]).collect()
}

/// The words without the service's name in front, which `aws` needs: a program of that name stands for no other service.
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

fn operate(
    context: &Context,
    operation: &'static CliOperation,
    words: Vec<String>,
) -> Result<(), Stop> {
    let given = match operation::parse(operation, words, !context.globals.no_paginate)? {
        Asked::Page => return help::page(context.cli, Topic::Operation(operation)),
        Asked::Help => {
            return stdout::print(&help::short::of_operation(context.cli, operation));
        }
        Asked::Call(given) => given,
    };
    let Some(prepared) = prepare(context, operation, &given)? else {
        return Ok(());
    };
    call(context, operation, &given, prepared)
}

/// What a call needs.
pub(crate) struct Prepared {
    pub(crate) client: Client,
    pub(crate) input: Record,
    walk: Option<Walk>,
}

/// Turns what was given into values, makes the client, and checks the input. None when a sample of the
/// input or output was printed, and nothing is to be sent.
pub(crate) fn prepare(
    context: &Context,
    operation: &'static CliOperation,
    given: &Given,
) -> Result<Option<Prepared>, Stop> {
    let mut members = Vec::new();
    for (member, option, raw) in &given.members {
        let value = values::convert(member, option, raw.clone())?;
        members.push((member.name().to_owned(), value));
    }
    let settings = &context.settings;
    settings.check_profile()?;
    if let Some(text) = &given.cli_input_json {
        cli_input_json::add(text, &mut members)?;
    }
    if given.skeleton.as_deref() == Some("input") {
        return print_skeleton(operation).map(|()| None);
    }
    let walk = paginate::plan(context, operation, given, &mut members)?;
    let client = client::build(
        context.cli,
        operation,
        settings,
        &context.globals,
        context.timeouts,
        &members,
    )?;
    let (input, problems) = check::input(operation.operation.input, members);
    if !problems.is_empty() && settings.validates() {
        return Err(Stop::Error(format!(
            "Parameter validation failed:\n{}",
            problems.join("\n")
        )));
    }
    if given.skeleton.is_some() {
        let sample = skeleton::output(operation.operation.output);
        return finish(context, operation, sample).map(|()| None);
    }
    Ok(Some(Prepared {
        client,
        input,
        walk,
    }))
}

/// Prints a sample of the input. Unlike an empty response, an empty sample is shown.
fn print_skeleton(operation: &CliOperation) -> Result<(), Stop> {
    let schema = operation.operation.input;
    if schema.members().is_empty() {
        return stdout::print_line("{}");
    }
    let style = Style {
        format: Format::Json,
        color: false,
        width: 80,
    };
    print(style, operation, skeleton::input(schema))
}

/// Makes the call, and prints.
fn call(
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
    let mut output = send(context, operation, &client, &mut input)?;
    if let (Some(file), Some((index, _))) =
        (&given.outfile, operation::output_file(operation.operation))
    {
        crate::outfile::save(context, file, output.take(index))?;
    }
    finish(context, operation, Any::Structure(output))
}

/// Makes one call; gives its output.
pub(crate) fn send(
    context: &Context,
    operation: &'static CliOperation,
    client: &Client,
    input: &mut Record,
) -> Result<Record, Stop> {
    let operation = operation.operation;
    let mut output = Record::new(operation.output);
    let called = context
        .runtime
        .block_on(client.call(operation, input, &mut output))?;
    output::header_time::drop_unreadable(&mut output);
    match called {
        Ok(_) if context.settings.iso8601() => Ok(output::iso8601::record(output)),
        Ok(_) => Ok(output),
        Err(failure) => Err(errors::stop(&failure, operation.name, &context.settings)),
    }
}

/// Applies `--query` and prints in the format that was asked for.
pub(crate) fn finish(context: &Context, operation: &CliOperation, value: Any) -> Result<(), Stop> {
    let format = format(context)?;
    let value = match &context.query {
        Some(query) => query.apply(value).map_err(Stop::Error)?,
        None if is_empty(&value) => Value::Map([].into()),
        None => value.into(),
    };
    let color = context
        .globals
        .color
        .as_deref()
        .and_then(Color::from_name)
        .unwrap_or_default();
    print(Style::of_stdout(format, color), operation, value)
}

/// The output format that was asked for.
pub(crate) fn format(context: &Context) -> Result<Format, Stop> {
    let name = context
        .globals
        .output
        .clone()
        .or_else(|| context.settings.output());
    let name = name.as_deref().unwrap_or("json");
    Format::from_name(name).ok_or_else(|| Stop::Error(format!("Unknown output type: {name}")))
}

/// Whether it is an object without members, of which nothing is printed.
fn is_empty(value: &Any) -> bool {
    match value {
        Any::Map(entries) => entries.is_empty(),
        Any::Structure(record) => {
            (0..record.schema().members().len()).all(|index| record.get(index).is_none())
        }
        _ => false,
    }
}

/// Prints a value as it is.
pub(crate) fn print(
    style: Style,
    operation: &CliOperation,
    value: impl Into<Value>,
) -> Result<(), Stop> {
    output::print(style, operation.operation.name, value)
        .map_err(|error| Stop::Error(error.to_string()))
}
