//! The rules: what a kind of change means for a Rust program, for a script, and for messages. One table; the first rule that
//! matches decides.

mod conditions;
mod table;

pub(super) use conditions::is_stream;
pub use table::RULES;

use crate::interface::{Fact, Item, Kind};
use std::fmt;

/// How severe a change is for its users.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Not at all.
    None,
    /// Behaviour or documentation changed; existing uses still work.
    Patch,
    /// Something was added; existing uses still work.
    Minor,
    /// Existing uses may stop working.
    Breaking,
}

impl Level {
    /// The name in reports: `breaking`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Breaking => "breaking",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A kind of change, and what it means.
#[derive(Debug)]
pub struct Rule {
    /// Its name in reports: `operation-removed`.
    pub id: &'static str,
    /// What happened, in a few words.
    pub title: &'static str,
    /// The level for programs that use the generated library, by Cargo's rules for version numbers.
    pub rust: Level,
    /// The level for scripts that run the generated command.
    pub command: Level,
    /// The level for messages between a client of one model and a server of the other.
    pub wire: Level,
    /// Why the levels are these.
    pub reason: &'static str,
    /// How users of the crate should react; empty if nothing needs to be done.
    pub help: &'static str,
    /// The kinds of items that the rule applies to; empty: all.
    on: &'static [Kind],
    events: &'static [Event],
    when: fn(&Seen<'_>) -> bool,
}

/// What happened to an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    Added,
    Removed,
    /// It has another name in the model, and the same in Rust.
    Renamed,
    /// A fact is new, or an element of one that is a list.
    Gained(Fact),
    Lost(Fact),
    Changed(Fact),
}

/// A change to be judged.
pub(super) struct Seen<'a> {
    pub(super) kind: Kind,
    pub(super) event: Event,
    pub(super) old: Option<&'a Item>,
    pub(super) new: Option<&'a Item>,
    /// Whether an input contains the item.
    pub(super) sent: bool,
    /// Whether the item is a member of an error.
    pub(super) of_error: bool,
    /// The old and the new type, as in messages and commands: an enum counts as the type of its values.
    pub(super) data: (String, String),
}

/// The rule for a change.
pub(super) fn find(seen: &Seen<'_>) -> Option<&'static Rule> {
    RULES.iter().find(|rule| {
        (rule.on.is_empty() || rule.on.contains(&seen.kind))
            && rule.events.contains(&seen.event)
            && (rule.when)(seen)
    })
}

#[cfg(test)]
mod tests {
    use super::{Event, Fact, Item, Kind, Seen, find};

    fn has_rule(kind: Kind, event: Event) -> bool {
        let item = Item::new(kind, "x", None);
        let seen = Seen {
            kind,
            event,
            old: Some(&item),
            new: Some(&item),
            sent: true,
            of_error: false,
            data: Default::default(),
        };
        find(&seen).is_some()
    }

    #[test]
    fn every_change_of_a_fact_has_a_rule() {
        for fact in Fact::ALL.iter().filter(|fact| !fact.is_context()) {
            for event in [
                Event::Gained(*fact),
                Event::Lost(*fact),
                Event::Changed(*fact),
            ] {
                assert!(has_rule(Kind::Member, event), "{event:?}");
            }
        }
    }

    #[test]
    fn every_item_that_users_see_has_rules() {
        // A list, map or simple shape is seen through the members that target it; a model has one service.
        let hidden = [Kind::Shape, Kind::Element, Kind::Service];
        for kind in Kind::ALL.iter().filter(|kind| !hidden.contains(kind)) {
            assert!(has_rule(*kind, Event::Added), "{kind:?}");
            assert!(has_rule(*kind, Event::Removed), "{kind:?}");
        }
    }
}
