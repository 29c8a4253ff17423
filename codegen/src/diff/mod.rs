//! What an update of a model changes for users of the generated crate: compares the interfaces of two crates.
//!
//! An [`Interface`] is read from the plan, or from the file that a generated crate keeps of it. [`Report`] compares two of
//! them by the [rules](RULES).

mod compare;
mod pairs;
mod paths;
mod plan;
mod render;
mod rules;
mod users;
mod version;

pub use crate::interface::Interface;
use crate::node::Span;
pub(crate) use plan::interface;
pub use render::{Sources, changelog, counts, json, markdown, summary, text as terminal};
pub use rules::{Level, RULES, Rule};
pub use version::bump;

/// One change.
#[derive(Debug)]
pub struct Change {
    /// What kind of change it is, and what it means.
    pub rule: &'static Rule,
    /// The level for scripts: the rule's, or [`Level::None`] if no command has the item.
    pub command: Level,
    /// The item in the model: `SendEvent.input.Content`.
    pub path: String,
    /// The item in Rust: `SendEventInput::content`; may be empty.
    pub rust_path: String,
    /// The item on the command line: `send-event --content`; may be empty.
    pub command_path: String,
    /// The members that target the item, if it is a list, map or simple shape: `SendEvent.input.Content`.
    pub used_by: Vec<String>,
    /// The old value, if there is one to show.
    pub old: Option<String>,
    /// The new value, if there is one to show.
    pub new: Option<String>,
    /// Where it is defined.
    pub place: Option<Place>,
}

/// Where an item is defined: in the new model, or in the old one if the item was removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a source of the old model.
    Old(Span),
    /// In a source of the new model.
    New(Span),
}

impl Change {
    /// The highest of its levels.
    pub fn level(&self) -> Level {
        self.rule.rust.max(self.command).max(self.rule.wire)
    }
}

/// The changes between two interfaces, the most severe first.
#[derive(Debug, Default)]
pub struct Report {
    /// All of them.
    pub changes: Vec<Change>,
}

impl Report {
    /// The highest level of all changes.
    pub fn level(&self) -> Level {
        self.highest(Change::level)
    }

    /// The highest level for Rust programs.
    pub fn rust(&self) -> Level {
        self.highest(|change| change.rule.rust)
    }

    /// The highest level for scripts.
    pub fn command(&self) -> Level {
        self.highest(|change| change.command)
    }

    /// The highest level for messages between a client of one model and a server of the other.
    pub fn wire(&self) -> Level {
        self.highest(|change| change.rule.wire)
    }

    /// The level that the next version number of the crate must express. It covers the library and the command. A changed
    /// message format alone is a patch: the interface stays the same.
    pub fn version_level(&self) -> Level {
        let wire = self.wire().min(Level::Patch);
        self.rust().max(self.command()).max(wire)
    }

    fn highest(&self, level: impl Fn(&Change) -> Level) -> Level {
        self.changes.iter().map(level).max().unwrap_or(Level::None)
    }
}
