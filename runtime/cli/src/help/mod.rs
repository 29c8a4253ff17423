//! `help`: manual pages made from the tables and `manual.txt`.

mod command;
mod globals;
mod inline;
mod layout;
pub(crate) mod man;
mod manual;
mod roff;
pub(crate) mod short;
mod syntax;
#[cfg(test)]
mod tests;
mod wait;
mod writer;

use std::io::{self, IsTerminal};

#[cfg(test)]
use crate::command::Cli;
use crate::command::Command;
use crate::command::line::CommandLine;
use crate::stop::Stop;
use crate::{pager, stdout};
use layout::Page;
use manual::Manual;
use swage_client::operation::Waiter;
#[cfg(feature = "pack")]
use swage_client::pack::ListedService;

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

/// A page of a generated program as plain text. `limit` is the longest line in columns; without it, lines aren't broken.
#[cfg(test)]
pub(crate) fn text(cli: &Cli, topic: Topic<'_>, limit: Option<usize>) -> String {
    let page = marked_page(CommandLine::Generated(cli), topic, limit);
    layout::plain(&page.expect("the tables of a generated program are complete"))
}

/// Shows a page: on a terminal in a pager, else without breaking lines.
pub(crate) fn page(
    cli: CommandLine<'_>,
    topic: Topic<'_>,
    pager: Option<String>,
) -> Result<(), Stop> {
    show(pager, |limit| marked_page(cli, topic, limit))
}

/// Shows the page of a program for many services.
#[cfg(feature = "pack")]
pub(crate) fn services(
    program: &str,
    services: &[ListedService],
    pager: Option<String>,
) -> Result<(), Stop> {
    show(pager, |limit| Ok(services_page(program, services, limit)))
}

/// Writes the page of a program for many services as a manual page.
#[cfg(feature = "pack")]
pub(crate) fn write_services(
    program: &str,
    version: &str,
    services: &[ListedService],
    out: &std::path::Path,
) -> Result<(), Stop> {
    let page = services_page(program, services, None);
    let version = format!("{program}/{version}");
    let text = roff::page(program, &version, "call the operations of services", &page);
    man::write_file(out, program, &text)
}

fn show(
    pager: Option<String>,
    page: impl Fn(Option<usize>) -> Result<String, Stop>,
) -> Result<(), Stop> {
    let limit = io::stdout().is_terminal().then(|| {
        let columns = stdout::terminal_width().filter(|columns| *columns > 0);
        columns.map_or(layout::WIDTH, |columns| columns.min(layout::WIDTH))
    });
    let page = page(limit)?;
    if let (Some(_), Some(pager)) = (limit, pager)
        && pager::show(&pager, &layout::overstruck(&page))
    {
        return Ok(());
    }
    stdout::print(&layout::plain(&page))
}

fn marked_page(
    cli: CommandLine<'_>,
    topic: Topic<'_>,
    limit: Option<usize>,
) -> Result<String, Stop> {
    let (command, waiter) = match topic {
        Topic::Program => return service_page(cli, limit),
        Topic::Wait => return wait::list(cli, limit),
        Topic::Command(command) => (command, None),
        Topic::Waiter(command, waiter) => (command, Some(waiter)),
    };
    let text = cli.manual(Some(command))?;
    Ok(command::page(
        cli,
        command,
        waiter,
        &Manual::new(&text),
        limit,
    ))
}

fn service_page(cli: CommandLine<'_>, limit: Option<usize>) -> Result<String, Stop> {
    let text = cli.manual(None)?;
    let mut page = start(cli.name(), limit);
    page.section("DESCRIPTION");
    page.blocks(0, &Manual::new(&text).shape(cli.service().id));
    let waits = !cli.waiters()?.is_empty();
    let commands = cli.commands()?;
    let shown = commands.iter().filter(|command| !command.is_hidden);
    let names = shown.map(|command| command.name);
    let names = names.chain(["help"]).chain(waits.then_some("wait"));
    available_commands(&mut page, names.collect());
    Ok(page.finish())
}

#[cfg(feature = "pack")]
fn services_page(program: &str, services: &[ListedService], limit: Option<usize>) -> String {
    let mut page = start(program, limit);
    page.section("DESCRIPTION");
    let text = format!(
        "Calls the operations of AWS's services. `{program} <service> help` describes a service and lists its commands, \
         `{program} <service> <command> help` describes a command."
    );
    page.paragraph(0, &inline::marked(&text));
    page.section("SYNOPSIS");
    let usage = format!("{program} [options] <command> <subcommand> [parameters]");
    page.literal(1, [usage.as_str()]);
    let names = services.iter().map(|of| of.name).chain(["help"]);
    page.section("AVAILABLE SERVICES");
    for name in names {
        page.bullet(0, name);
    }
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
