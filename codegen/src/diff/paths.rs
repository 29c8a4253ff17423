//! How reports name an item: in the model, in Rust, on the command line.

use super::rules::Event;
use crate::interface::{Fact, Item, Kind};
use crate::names::error_variant;

/// The names of an item; those that it doesn't have are empty.
pub(super) struct ItemPaths {
    /// `SendEvent.input.Content`.
    pub(super) model: String,
    /// `SendEventInput::content`.
    pub(super) rust: String,
    /// `send-event --content`.
    pub(super) command: String,
}

impl ItemPaths {
    /// `above` are the items that contain it, from the outermost to the innermost.
    pub(super) fn new(above: &[&Item], item: &Item) -> Self {
        let around = above.last().filter(|item| item.kind != Kind::Service);
        Self {
            model: model(above.get(1..).unwrap_or_default(), item),
            rust: rust(around.copied(), item),
            command: command(around.copied(), item),
        }
    }

    /// The names of what changed. Without a command, there is no name on the command line.
    pub(super) fn of_change(above: &[&Item], item: &Item, event: Event, has_command: bool) -> Self {
        let mut paths = Self::new(above, item);
        let fact = match event {
            Event::Gained(fact) | Event::Lost(fact) | Event::Changed(fact) => Some(fact),
            Event::Added | Event::Removed | Event::Renamed => None,
        };
        // These values name the type, which isn't the operation's own.
        if item.kind == Kind::Operation && matches!(fact, Some(Fact::Impls | Fact::Build)) {
            paths.rust.clear();
            paths.command.clear();
        }
        if !has_command {
            paths.command.clear();
        }
        paths
    }
}

fn model(above: &[&Item], item: &Item) -> String {
    let mut path: Vec<&str> = above.iter().map(|item| item.name.as_str()).collect();
    match item.kind {
        Kind::Input => path.push("input"),
        Kind::Output => path.push("output"),
        Kind::OperationError => path.push("errors"),
        Kind::Waiter => path.push("waiters"),
        Kind::Transfer => path.push("transfers"),
        Kind::Setting => path.push("settings"),
        Kind::Service
        | Kind::Operation
        | Kind::Type
        | Kind::Member
        | Kind::Shape
        | Kind::Element => {}
    }
    path.push(&item.name);
    path.join(".")
}

fn rust(around: Option<&Item>, item: &Item) -> String {
    let name = item.value(Fact::Rust);
    let of = |fact| around.map_or("", |item| item.value(fact));
    match item.kind {
        Kind::Service | Kind::Shape | Kind::Element => String::new(),
        Kind::Setting => format!("ClientParams::{name}"),
        Kind::Operation | Kind::Waiter | Kind::Transfer => format!("Client::{name}"),
        Kind::OperationError => format!("Error::{}", error_variant(&item.name)),
        Kind::Input => format!("{}Input::{name}", of(Fact::Builder)),
        Kind::Output => format!("{}Output::{name}", of(Fact::Builder)),
        Kind::Type => format!("types::{name}"),
        Kind::Member => format!("types::{}::{name}", of(Fact::Rust)),
    }
}

fn command(around: Option<&Item>, item: &Item) -> String {
    let name = item.value(Fact::Command);
    let of_operation = around.map_or("", |item| item.value(Fact::Command));
    match item.kind {
        Kind::Operation | Kind::Transfer => name.to_owned(),
        Kind::Waiter if !name.is_empty() => format!("wait {name}"),
        Kind::Input if !name.is_empty() => format!("{of_operation} --{name}"),
        Kind::Input
        | Kind::Output
        | Kind::Waiter
        | Kind::Service
        | Kind::Setting
        | Kind::OperationError
        | Kind::Type
        | Kind::Member
        | Kind::Shape
        | Kind::Element => String::new(),
    }
}
