//! `help`: manual pages made from the tables and `manual.txt`.

mod command;
mod globals;
mod inline;
mod layout;
mod manual;
mod pager;
pub(crate) mod short;
mod syntax;
#[cfg(test)]
mod tests;
mod wait;
mod writer;

use std::io::{self, IsTerminal};

use crate::command::{Cli, Command};
use crate::stdout;
use crate::stop::Stop;
use layout::Page;
use manual::Manual;
use swage_client::operation::Waiter;

/// The topic of a page.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Topic<'a> {
    /// The whole program.
    Program,
    /// A command.
    Command(&'a Command),
    /// The command `wait`.
    Wait,
    /// A waiter, and the command whose operation it calls.
    Waiter(&'a Command, &'a Waiter),
}

/// A page as plain text. `limit` is the longest line in columns; without it, lines aren't broken.
pub(crate) fn text(cli: &Cli, topic: Topic<'_>, limit: Option<usize>) -> String {
    layout::plain(&marked_page(cli, topic, limit))
}

/// Shows a page: on a terminal in a pager, else without breaking lines.
pub(crate) fn page(cli: &Cli, topic: Topic<'_>) -> Result<(), Stop> {
    let limit = io::stdout().is_terminal().then(|| {
        let columns = stdout::terminal_width().filter(|columns| *columns > 0);
        columns.map_or(layout::WIDTH, |columns| columns.min(layout::WIDTH))
    });
    if limit.is_some() && pager::show(&layout::overstruck(&marked_page(cli, topic, limit))) {
        return Ok(());
    }
    stdout::print(&text(cli, topic, limit))
}

fn marked_page(cli: &Cli, topic: Topic<'_>, limit: Option<usize>) -> String {
    let manual = Manual::new(cli.manual);
    match topic {
        Topic::Program => service_page(cli, &manual, limit),
        Topic::Command(command) => command::page(cli, command, None, &manual, limit),
        Topic::Wait => wait::list(cli, limit),
        Topic::Waiter(command, waiter) => command::page(cli, command, Some(waiter), &manual, limit),
    }
}

fn service_page(cli: &Cli, manual: &Manual<'_>, limit: Option<usize>) -> String {
    let mut page = start(cli.name, limit);
    page.section("DESCRIPTION");
    page.blocks(0, &manual.shape(cli.service.id));
    let waits = !cli.waiters().is_empty();
    let shown = cli.commands.iter().filter(|command| !command.is_hidden());
    let names = shown.map(Command::name);
    let names = names.chain(["help"]).chain(waits.then_some("wait"));
    available_commands(&mut page, names.collect());
    page.finish()
}

fn available_commands(page: &mut Page, mut names: Vec<&str>) {
    page.section("AVAILABLE COMMANDS");
    names.sort_unstable();
    for name in names {
        page.bullet(0, name);
    }
}

fn start(name: &str, limit: Option<usize>) -> Page {
    let mut page = Page::new(name, limit);
    page.section("NAME");
    page.paragraph(0, &format!("{name} -"));
    page
}
