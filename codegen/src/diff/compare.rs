//! Two interfaces → the list of changes.

use super::pairs::{Pairs, renamed_types};
use super::paths::ItemPaths;
use super::rules::{self, Event, Level, RULES, Seen, is_stream};
use super::users::Users;
use super::{Change, Place, Report};
use crate::interface::{Fact, Interface, Item, Kind, SEPARATOR, YES};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Elements of lists of lists are compared down to this depth.
const DEEPEST: usize = 24;

impl Report {
    /// Compares two interfaces: the changes that matter most come first.
    pub fn new(old: &Interface, new: &Interface) -> Self {
        let (old, new) = (&old.service, &new.service);
        let mut walk = Comparison {
            old_shapes: shapes(old),
            new_shapes: shapes(new),
            old_enums: enums(old),
            new_enums: enums(new),
            types: renamed_types(&old.items, &new.items),
            protocol_changed: old.get(Fact::Protocol) != new.get(Fact::Protocol),
            users: Users::new(new),
            changes: Vec::new(),
        };
        let at = Position {
            above: Vec::new(),
            in_command: old.has(Fact::Command) && new.has(Fact::Command),
        };
        walk.pair(&at, old, new);
        let mut changes = walk.changes;
        let rank = |change: &Change| {
            let rule = RULES
                .iter()
                .position(|rule| std::ptr::eq(rule, change.rule));
            (Reverse(change.level()), rule, change.path.clone())
        };
        changes.sort_by_cached_key(rank);
        Self { changes }
    }
}

fn shapes(service: &Item) -> BTreeMap<&str, &Item> {
    let shapes = service.items.iter().filter(|item| item.kind == Kind::Shape);
    shapes.map(|item| (item.name.as_str(), item)).collect()
}

/// The type of each enum's values.
fn enums(service: &Item) -> BTreeMap<&str, &'static str> {
    let data = |item: &'_ Item| match item.get(Fact::Form) {
        Some("enum") => Some("String"),
        Some("int enum") => Some("i32"),
        _ => None,
    };
    let types = service.items.iter();
    types
        .filter_map(|item| Some((item.get(Fact::Rust)?, data(item)?)))
        .collect()
}

/// A type with the names in it replaced.
fn with_names<'n>(ty: &str, name: impl Fn(&str) -> Option<&'n str>) -> String {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let mut text = String::new();
    for part in ty.split_inclusive(|c| !is_name(c)) {
        let old = part.trim_end_matches(|c| !is_name(c));
        text.push_str(name(old).unwrap_or(old));
        text.push_str(&part[old.len()..]);
    }
    text
}

struct Comparison<'a> {
    old_shapes: BTreeMap<&'a str, &'a Item>,
    new_shapes: BTreeMap<&'a str, &'a Item>,
    old_enums: BTreeMap<&'a str, &'static str>,
    new_enums: BTreeMap<&'a str, &'static str>,
    /// The Rust names of renamed types, before and after.
    types: BTreeMap<&'a str, &'a str>,
    /// Whether the protocol changed, so that all messages have another format.
    protocol_changed: bool,
    /// The members that target the shapes of the new model.
    users: Users<'a>,
    changes: Vec<Change>,
}

/// The position of the comparison in the two trees.
struct Position<'a> {
    /// The items that contain the current ones, old and new, from the outermost to the innermost.
    above: Vec<(&'a Item, &'a Item)>,
    /// Whether both crates have a command that contains the items.
    in_command: bool,
}

impl Position<'_> {
    /// Whether inputs contain the items in both interfaces.
    fn is_sent(&self) -> bool {
        let mut above = self.above.iter();
        above.any(|(old, new)| old.has(Fact::Sent) && new.has(Fact::Sent))
    }
}

/// The old and the new item; only one of them if it was added or removed.
#[derive(Clone, Copy)]
struct Sides<'a> {
    old: Option<&'a Item>,
    new: Option<&'a Item>,
}

/// The old and the new value, as reports show them.
type Values<'a> = (Option<&'a str>, Option<&'a str>);

impl Comparison<'_> {
    fn pair(&mut self, at: &Position<'_>, old: &Item, new: &Item) {
        if old.get(Fact::Target) != new.get(Fact::Target) && at.above.len() < DEEPEST {
            // Constraints of a shape that both versions target are compared once, at the shape itself.
            let old = with_target(old, &self.old_shapes);
            return self.facts_and_items(at, &old, &with_target(new, &self.new_shapes));
        }
        self.facts_and_items(at, old, new);
    }

    fn facts_and_items(&mut self, at: &Position<'_>, old: &Item, new: &Item) {
        let sides = Sides {
            old: Some(old),
            new: Some(new),
        };
        if old.name != new.name {
            self.report(
                at,
                Event::Renamed,
                sides,
                (Some(&old.name), Some(&new.name)),
            );
        }
        let facts = old
            .facts
            .keys()
            .chain(new.facts.keys().filter(|fact| !old.has(**fact)));
        for fact in facts.filter(|fact| !fact.is_context()) {
            if old.get(*fact) != new.get(*fact) && !self.is_reported_otherwise(at, *fact, old, new)
            {
                self.fact(at, *fact, old, new);
            }
        }
        if old.get(Fact::Form) == new.get(Fact::Form) {
            self.items(at, old, new);
        }
    }

    fn items(&mut self, at: &Position<'_>, old: &Item, new: &Item) {
        let mut above = at.above.clone();
        above.push((old, new));
        let in_command = match old.kind {
            Kind::Operation => old.has(Fact::Command) && new.has(Fact::Command),
            _ => at.in_command,
        };
        let inner = Position { above, in_command };
        let pairs = Pairs::new(&old.items, &new.items, &self.types);
        for (old, new) in pairs.both {
            self.pair(&inner, old, new);
        }
        for item in pairs.removed {
            let sides = Sides {
                old: Some(item),
                new: None,
            };
            self.report(&inner, Event::Removed, sides, (None, None));
        }
        for item in pairs.added {
            let sides = Sides {
                old: None,
                new: Some(item),
            };
            self.report(&inner, Event::Added, sides, (None, None));
        }
    }

    fn fact(&mut self, at: &Position<'_>, fact: Fact, old: &Item, new: &Item) {
        let sides = Sides {
            old: Some(old),
            new: Some(new),
        };
        let (before, after) = (old.get(fact), new.get(fact));
        if fact.is_list() {
            return self.list(at, fact, sides, (before, after));
        }
        let event = match (before, after) {
            (None, _) => Event::Gained(fact),
            (_, None) => Event::Lost(fact),
            _ => Event::Changed(fact),
        };
        let shown = |value: &&str| !fact.is_hash() && *value != YES;
        self.report(
            at,
            event,
            sides,
            (before.filter(shown), after.filter(shown)),
        );
    }

    /// Reports added and removed elements, or else a changed order.
    fn list(
        &mut self,
        at: &Position<'_>,
        fact: Fact,
        sides: Sides<'_>,
        (before, after): Values<'_>,
    ) {
        let elements = |list: Option<&'_ str>| -> Vec<String> {
            let elements = list.into_iter().flat_map(|list| list.split(SEPARATOR));
            elements.map(str::to_owned).collect()
        };
        let (old, new) = (elements(before), elements(after));
        let lost = old.iter().filter(|element| !new.contains(element));
        let gained = new.iter().filter(|element| !old.contains(element));
        if lost.clone().chain(gained.clone()).next().is_none() {
            self.report(at, Event::Changed(fact), sides, (before, after));
        }
        let joined = |elements: Vec<&String>| {
            let elements: Vec<_> = elements.into_iter().map(String::as_str).collect();
            (!elements.is_empty()).then(|| elements.join(SEPARATOR))
        };
        if let Some(lost) = joined(lost.collect()) {
            self.report(at, Event::Lost(fact), sides, (Some(&lost), None));
        }
        if let Some(gained) = joined(gained.collect()) {
            self.report(at, Event::Gained(fact), sides, (None, Some(&gained)));
        }
    }

    /// Whether another change already reports this one.
    fn is_reported_otherwise(&self, at: &Position<'_>, fact: Fact, old: &Item, new: &Item) -> bool {
        let of_protocol = [
            Fact::Http,
            Fact::Status,
            Fact::Location,
            Fact::Wire,
            Fact::WireService,
        ];
        let form_changed = old.get(Fact::Form) != new.get(Fact::Form);
        match fact {
            _ if of_protocol.contains(&fact) && self.protocol_changed => true,
            Fact::Command if old.kind == Kind::Input => !at.in_command,
            Fact::Build | Fact::Impls if form_changed => true,
            Fact::Items if old.has(Fact::Pages) != new.has(Fact::Pages) => true,
            Fact::Joined if old.has(Fact::PageOptions) != new.has(Fact::PageOptions) => true,
            Fact::Required => old.kind == Kind::Member && !at.is_sent(),
            Fact::Type | Fact::Items | Fact::Build | Fact::Impls => {
                self.renamed(old.value(fact)) == new.value(fact)
            }
            Fact::Presence if old.get(Fact::Type) != new.get(Fact::Type) => {
                is_stream(old) != is_stream(new)
            }
            Fact::Presence => {
                let is_optional = |item: &Item| item.get(Fact::Presence) == Some("optional");
                let follows = |item: &Item| item.has(Fact::Required) != is_optional(item);
                let changed = old.has(Fact::Required) != new.has(Fact::Required);
                changed && at.is_sent() && follows(old) && follows(new)
            }
            _ => false,
        }
    }

    /// A type in which renamed types have their new names.
    fn renamed(&self, ty: &str) -> String {
        with_names(ty, |name| self.types.get(name).copied())
    }

    /// The old and the new type of a member, as it appears in messages and commands.
    fn data(&self, sides: Sides<'_>) -> (String, String) {
        let ty = |item: Option<&Item>| {
            item.map_or(String::new(), |item| item.value(Fact::Type).to_owned())
        };
        let data = |ty: &str, enums: &BTreeMap<&str, &'static str>| {
            let ty = ty
                .strip_prefix("Box<")
                .and_then(|ty| ty.strip_suffix('>'))
                .unwrap_or(ty);
            with_names(ty, |name| enums.get(name).copied())
        };
        let old = data(&ty(sides.old), &self.old_enums);
        (self.renamed(&old), data(&ty(sides.new), &self.new_enums))
    }

    fn report(
        &mut self,
        at: &Position<'_>,
        event: Event,
        sides: Sides<'_>,
        (before, after): Values<'_>,
    ) {
        let Some(item) = sides.new.or(sides.old) else {
            return;
        };
        let side = |(old, new): &(_, _)| if sides.new.is_some() { *new } else { *old };
        let above: Vec<&Item> = at.above.iter().map(side).collect();
        let seen = Seen {
            kind: item.kind,
            event,
            old: sides.old,
            new: sides.new,
            sent: is_sent(&above, item),
            of_error: above
                .last()
                .is_some_and(|above| above.get(Fact::Form) == Some("error")),
            data: self.data(sides),
        };
        let Some(rule) = rules::find(&seen) else {
            return;
        };
        let has_command = has_command(at, item, sides);
        let paths = ItemPaths::of_change(&above, item, event, has_command);
        let place = if sides.new.is_some() {
            Place::New
        } else {
            Place::Old
        };
        self.changes.push(Change {
            rule,
            used_by: self.used_by(&above, item),
            command: if has_command {
                rule.command
            } else {
                Level::None
            },
            path: paths.model,
            rust_path: paths.rust,
            command_path: paths.command,
            old: before.map(str::to_owned),
            new: after.map(str::to_owned),
            place: item.span.map(place),
        });
    }

    /// The members that target a list, map or simple shape, directly or through another one.
    fn used_by(&self, above: &[&Item], item: &Item) -> Vec<String> {
        match item.kind {
            Kind::Shape | Kind::Element => {
                let shape = above.get(1).map_or(&item.name, |shape| &shape.name);
                self.users.of(shape)
            }
            _ => Vec::new(),
        }
    }
}

/// Whether a change affects a command.
fn has_command(at: &Position<'_>, item: &Item, sides: Sides<'_>) -> bool {
    match item.kind {
        Kind::Service | Kind::Operation | Kind::Waiter | Kind::Transfer => {
            let mut sides = sides.old.iter().chain(&sides.new);
            sides.any(|item| item.has(Fact::Command))
        }
        _ => at.in_command,
    }
}

/// An item with the constraints and elements of the shape that it targets.
fn with_target(item: &Item, shapes: &BTreeMap<&str, &Item>) -> Item {
    let mut item = item.clone();
    let target = item.get(Fact::Target).and_then(|name| shapes.get(name));
    if let Some(target) = target {
        for (fact, value) in target.facts.iter().filter(|(fact, _)| !fact.is_context()) {
            item.facts.insert_missing(*fact, value.clone());
        }
        item.items.clone_from(&target.items);
    }
    item
}

/// Whether an input contains the item.
fn is_sent(above: &[&Item], item: &Item) -> bool {
    let mut around = std::iter::once(item).chain(above.iter().rev().copied());
    around.any(|item| item.kind == Kind::Input || item.has(Fact::Sent))
}
