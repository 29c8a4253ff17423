//! The page of `wait`, and the descriptions of waiters, in the AWS CLI's words.

use swage_client::operation::{Comparator, Matcher, Waiter, WaiterState};

use super::inline::{PLAIN, UNDERLINE, bold, marked};
use super::layout::Page;
use super::manual::Block;
use crate::command::Command;
use crate::command::line::CommandLine;
use crate::stop::Stop;

/// The page of `wait`.
pub(super) fn list(cli: CommandLine<'_>, limit: Option<usize>) -> Result<String, Stop> {
    let mut page = super::start("wait", limit);
    page.section("DESCRIPTION");
    page.paragraph(
        0,
        "Wait until a particular condition is satisfied. Each subcommand polls an API until the listed requirement is met.",
    );
    let waiters = cli.waiters()?;
    let shown = waiters.iter().filter(|waiter| !waiter.is_hidden);
    let names = shown.map(|waiter| &*waiter.name);
    super::available_commands(&mut page, names.collect());
    Ok(page.finish())
}

/// Describes a waiter: by the model's documentation, else by its success condition; then by how it polls.
pub(super) fn description(page: &mut Page, own: &[Block<'_>], command: &Command, waiter: &Waiter) {
    let polls = format!(
        "It will poll every {} seconds until a successful state has been reached. This will exit with a return code of \
         255 after {} failed checks.",
        waiter.min_delay,
        command.attempts_of(waiter)
    );
    let text = match own.split_last() {
        Some((Block::Paragraph(text), before)) => {
            page.blocks(0, before);
            format!("{} {polls}", marked(text))
        }
        Some(_) => {
            page.blocks(0, own);
            polls
        }
        None => {
            let (until, name) = (success(waiter), bold(command.name()));
            format!("Wait until {until}when polling with {name}. {polls}")
        }
    };
    page.paragraph(0, &text);
}

/// The condition of the first acceptor for success.
fn success(waiter: &Waiter) -> String {
    let mut acceptors = waiter.acceptors.iter();
    let found = acceptors.find(|acceptor| acceptor.state == WaiterState::Success);
    found.map_or_else(String::new, |acceptor| match &acceptor.matcher {
        Matcher::Success(true) => "200 response is received ".to_owned(),
        Matcher::Success(false) => "True is thrown ".to_owned(),
        Matcher::ErrorType(name) => format!("{name} is thrown "),
        Matcher::Output(path, expected, comparator)
        | Matcher::InputOutput(path, expected, comparator) => {
            let (value, of) = match (comparator, *expected) {
                (Comparator::BooleanEquals, "true") => ("True", ""),
                (Comparator::BooleanEquals, "false") => ("False", ""),
                (Comparator::BooleanEquals | Comparator::StringEquals, other) => (other, ""),
                (Comparator::AllStringEquals, other) => (other, "for all elements "),
                (Comparator::AnyStringEquals, other) => (other, "for any element "),
            };
            format!("JMESPath query {} returns {value} {of}", query(path))
        }
    })
}

/// A JMESPath expression with its literals underlined, without the backquotes around them.
fn query(path: &str) -> String {
    let mut marks = [UNDERLINE, PLAIN].into_iter().cycle();
    let mark = |c| match c {
        '`' => marks.next().unwrap_or(c),
        c => c,
    };
    path.chars().map(mark).collect()
}
