//! `help`: manual pages made from the tables and `manual.txt`.

mod globals;
mod inline;
mod layout;
mod manual;
mod operation;
mod pager;
pub(crate) mod short;
mod syntax;
mod waiter;

use std::io::{self, IsTerminal};

use crate::args::operation::pagination;
use crate::command::{Cli, CliOperation};
use crate::stdout;
use crate::stop::Stop;
use globals::{PAGING, Paging};
use layout::Page;
use manual::Manual;
use swage_client::operation::Waiter;

/// What a page is about.
#[derive(Clone, Copy, Debug)]
pub enum Topic<'a> {
    /// The whole program.
    Program,
    /// An operation.
    Operation(&'a CliOperation),
    /// The command `wait`.
    Wait,
    /// A waiter, and the operation that it calls.
    Waiter(&'a CliOperation, &'a Waiter),
}

/// A page as plain text; with lines broken at that column, where there is one.
pub fn text(cli: &Cli, topic: Topic<'_>, limit: Option<usize>) -> String {
    layout::plain(&marked_page(cli, topic, limit))
}

/// Shows a page: in a pager on a terminal, else as it is, without breaking lines.
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
        Topic::Operation(operation) => operation::page(cli, operation, None, &manual, limit),
        Topic::Wait => waiter::list(cli, limit),
        Topic::Waiter(operation, waiter) => {
            operation::page(cli, operation, Some(waiter), &manual, limit)
        }
    }
}

fn service_page(cli: &Cli, manual: &Manual<'_>, limit: Option<usize>) -> String {
    let mut page = start(cli.name, limit);
    page.section("DESCRIPTION");
    page.blocks(0, &manual.shape(cli.service.id));
    let operations = cli.operations.iter();
    let waits = operations
        .clone()
        .any(|operation| operation.operation.waiters().next().is_some());
    let shown = operations.filter(|operation| !operation.is_hidden());
    let names = shown.map(|operation| operation.name);
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

/// The options for pages of an operation that has any.
fn paging_options(operation: &CliOperation) -> impl Iterator<Item = &'static Paging> + use<> {
    let pages = pagination(operation.operation);
    let has = move |(name, ..): &&'static Paging| {
        pages.is_some_and(|pages| *name != "--page-size" || !pages.page_size.is_empty())
    };
    PAGING.iter().filter(has)
}
