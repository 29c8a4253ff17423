//! `help`: manual pages made from the tables and `manual.txt`.

mod globals;
mod inline;
mod layout;
mod manual;
mod operation;
mod pager;
pub(crate) mod short;
mod syntax;

use std::io::{self, IsTerminal};

use crate::args::operation::pagination;
use crate::output::terminal_width;
use crate::stop::Stop;
use crate::{Cli, CliOperation};
use globals::{PAGING, Paging};
use layout::Page;
use manual::Manual;
use swage_client::operation::{Operation, OperationTrait, Waiter};

/// The page of an operation, or of the whole program when there is none, as plain text; with lines broken at that
/// column, where there is one.
pub fn text(cli: &Cli, operation: Option<&CliOperation>, limit: Option<usize>) -> String {
    layout::plain(&marked_page(cli, operation, limit))
}

/// Shows a page: in a pager on a terminal, else as it is, without breaking lines.
pub(crate) fn page(cli: &'static Cli, operation: Option<&CliOperation>) -> Result<(), Stop> {
    let limit = io::stdout().is_terminal().then(|| {
        let columns = terminal_width().filter(|columns| *columns > 0);
        columns.map_or(layout::WIDTH, |columns| columns.min(layout::WIDTH))
    });
    if limit.is_some() && pager::show(&layout::overstruck(&marked_page(cli, operation, limit))) {
        return Ok(());
    }
    crate::run::print_text(&text(cli, operation, limit))
}

fn marked_page(cli: &Cli, operation: Option<&CliOperation>, limit: Option<usize>) -> String {
    let manual = Manual::new(cli.manual);
    match operation {
        Some(operation) => operation::page(cli, operation, &manual, limit),
        None => service_page(cli, &manual, limit),
    }
}

fn service_page(cli: &Cli, manual: &Manual<'_>, limit: Option<usize>) -> String {
    let mut page = start(cli.name, limit);
    page.section("DESCRIPTION");
    page.blocks(0, &manual.shape(cli.service.id));
    page.section("AVAILABLE COMMANDS");
    let mut names: Vec<&str> = cli
        .operations
        .iter()
        .map(|operation| operation.name)
        .collect();
    names.push("help");
    if cli
        .operations
        .iter()
        .any(|operation| waiters(operation.operation).next().is_some())
    {
        names.push("wait");
    }
    names.sort_unstable();
    for name in names {
        page.bullet(0, name);
    }
    page.finish()
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

fn waiters(operation: &Operation) -> impl Iterator<Item = &'static Waiter> {
    operation.traits.iter().filter_map(|t| match t {
        OperationTrait::Waitable(waiter) => Some(*waiter),
        _ => None,
    })
}
