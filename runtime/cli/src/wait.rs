//! `wait NAME`: calls an operation until a waiter's condition is met.

use crate::args::command::{self, Action};
use crate::args::{Parser, Positional};
use crate::command::Command;
use crate::context::Context;
use crate::help::{self, Topic};
use crate::prepare::{Prepared, prepare};
use crate::stop::Stop;
use crate::{errors, stdout};
use std::time::Duration;
use swage_client::operation::{Comparator, Matcher, Waiter, WaiterState};
use swage_client::{Failure, Record, Shape};

/// Runs `wait` with the words after it.
pub(crate) fn run(context: &Context, words: Vec<String>) -> Result<(), Stop> {
    if words == ["help"] {
        return help::page(context.cli, Topic::Wait, context.help_pager());
    }
    let waiters = context.cli.waiters()?;
    let choices: Vec<&str> = waiters.iter().map(|of| &*of.name).collect();
    let name = Positional {
        name: "subcommand",
        required: true,
        choices,
    };
    let mut parsed = Parser {
        options: Vec::new(),
        positionals: vec![name],
    }
    .parse(words)?;
    let chosen = parsed.positionals.pop().flatten().unwrap_or_default();
    let Some((waiter, command)) = context.cli.waiter(&chosen)? else {
        return Ok(());
    };
    match command::parse(command, parsed.rest, false)? {
        Action::Manual => help::page(
            context.cli,
            Topic::Waiter(command, waiter),
            context.help_pager(),
        ),
        Action::Help => stdout::print(&help::short::of_command(context.cli, command)?),
        Action::Call(given) => match prepare(context, command, &given)? {
            None => Ok(()),
            Some(prepared) => poll(context, waiter, command, prepared),
        },
    }
}

fn poll(
    context: &Context,
    waiter: &Waiter,
    command: &'static Command,
    prepared: Prepared,
) -> Result<(), Stop> {
    let Prepared {
        client, mut input, ..
    } = prepared;
    let fail = |what: &str| Stop::Error(format!("Waiter {} failed: {what}", waiter.name));
    let mut before = String::new();
    for attempt in 0..command.attempts_of(waiter) {
        if attempt > 0 {
            let pause = Duration::from_secs(u64::from(waiter.min_delay));
            // `sleep` must be called within the runtime.
            context
                .runtime
                .block_on(async { tokio::time::sleep(pause).await })?;
        }
        let mut output = Record::new(command.operation().output);
        let called =
            context
                .runtime
                .block_on(client.call(command.operation(), &mut input, &mut output))?;
        let result = called.as_ref().map(|_| &output as &dyn Shape);
        match (waiter.accepts(&input, result), called) {
            (Some(acceptor), _) => match acceptor.state {
                WaiterState::Success => return Ok(()),
                WaiterState::Failure => {
                    let why = explain(&acceptor.matcher);
                    let what = "Waiter encountered a terminal failure state";
                    return Err(fail(&format!("{what}: {why}")));
                }
                WaiterState::Retry => {
                    before = format!(
                        ". Previously accepted state: {}",
                        explain(&acceptor.matcher)
                    );
                }
            },
            (None, Ok(_)) => {}
            (None, Err(Failure::Service(error))) => {
                let (code, message) = errors::code_and_message(&error);
                return Err(fail(&format!("An error occurred ({code}): {message}")));
            }
            (None, Err(failure)) => {
                let operation = command.operation();
                return Err(errors::stop(&failure, operation, &context.settings));
            }
        }
    }
    Err(fail(&format!("Max attempts exceeded{before}")))
}

/// What an acceptor matched, in the AWS CLI's words.
fn explain(matcher: &Matcher) -> String {
    let found = |path: &str, what: &str, expected: &str, how: &str| {
        format!("For expression \"{path}\" {what} matched expected path: \"{expected}\"{how}")
    };
    match matcher {
        Matcher::Output(path, expected, comparator)
        | Matcher::InputOutput(path, expected, comparator) => match comparator {
            Comparator::StringEquals | Comparator::BooleanEquals => found(path, "we", expected, ""),
            Comparator::AllStringEquals => found(path, "all members", expected, ""),
            Comparator::AnyStringEquals => found(path, "we", expected, " at least once"),
        },
        Matcher::ErrorType(name) => format!("Matched expected service error code: {name}"),
        Matcher::Success(true) => "Matched expected HTTP status code: 200".to_owned(),
        Matcher::Success(false) => "Matched expected service error code: any".to_owned(),
    }
}
