//! A generated command line as data.

use crate::names;
use swage_client::operation::Waiter;
use swage_client::{Operation, Service};

/// A generated program.
#[derive(Debug)]
pub struct Cli {
    /// The command's name, and the service's in the AWS CLI: `connectparticipant`.
    pub name: &'static str,
    /// What `--version` prints after the name.
    pub version: &'static str,
    /// The service.
    pub service: &'static Service,
    /// The documentation that help pages are made of.
    pub manual: &'static str,
    /// The operations in model order.
    pub operations: &'static [CliOperation],
}

/// An operation on the command line.
#[derive(Debug)]
pub struct CliOperation {
    /// Its subcommand: `start-attachment-upload`.
    pub name: &'static str,
    /// What it calls.
    pub operation: &'static Operation,
    /// Its options: one argument for each member of the input, in the same order. A hidden command can be run, but is not
    /// listed in help. Only called for the operation that was chosen, and for lists.
    pub command: fn() -> clap::Command,
}

impl Cli {
    /// The waiters of all operations: the names of their commands, and what they call. In the order of their names in
    /// the model, which is that of the AWS CLI's lists.
    pub(crate) fn waiters(&self) -> Vec<(String, &'static Waiter, &'static CliOperation)> {
        let of_operation = |operation: &'static CliOperation| {
            let waiters = operation.operation.waiters();
            waiters.map(move |waiter| (names::waiter(waiter), waiter, operation))
        };
        let mut all: Vec<_> = self.operations.iter().flat_map(of_operation).collect();
        all.sort_by_key(|(_, waiter, _)| waiter.name);
        all
    }
}

impl CliOperation {
    /// Whether help leaves it out of lists.
    pub(crate) fn is_hidden(&self) -> bool {
        (self.command)().is_hide_set()
    }
}
