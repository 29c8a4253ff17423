//! The conditions of rules on old and new values.

use super::{Event, Seen};
use crate::interface::{Fact, Item, UNKNOWN_FIELDS};

impl<'a> Seen<'a> {
    fn fact(&self) -> Option<Fact> {
        match self.event {
            Event::Gained(fact) | Event::Lost(fact) | Event::Changed(fact) => Some(fact),
            Event::Added | Event::Removed | Event::Renamed => None,
        }
    }

    /// The value of a fact before and after.
    fn both(&self, fact: Fact) -> (&'a str, &'a str) {
        let text = |item: Option<&'a Item>| item.map_or("", |item| item.value(fact));
        (text(self.old), text(self.new))
    }

    /// Whether the new item, or the old one if it was removed, has a fact.
    fn has(&self, fact: Fact) -> bool {
        self.new.or(self.old).is_some_and(|item| item.has(fact))
    }
}

pub(super) fn always(_: &Seen<'_>) -> bool {
    true
}

pub(super) fn is_required(seen: &Seen<'_>) -> bool {
    seen.sent && seen.has(Fact::Required)
}

pub(super) fn is_error(seen: &Seen<'_>) -> bool {
    let (old, new) = seen.both(Fact::Form);
    old == "error" || new == "error"
}

/// A variant of a union has a type and is always present; a value of an enum has no type.
pub(super) fn is_of_union(seen: &Seen<'_>) -> bool {
    seen.has(Fact::Type) && !is_of_structure(seen)
}

/// Members of structures outside of inputs say whether they are present; those of inputs have a kind of their own.
pub(super) fn is_of_structure(seen: &Seen<'_>) -> bool {
    seen.kind != super::Kind::Member || seen.has(Fact::Presence)
}

pub(super) fn is_of_error(seen: &Seen<'_>) -> bool {
    seen.of_error
}

pub(super) fn is_nullability(seen: &Seen<'_>) -> bool {
    let (old, new) = seen.both(Fact::Presence);
    (old == "optional") != (new == "optional")
}

/// Whether a member was required and now has the default that its type has in Rust, or the reverse. A response without it
/// is read as this value in both cases.
pub(super) fn is_zero_or_required(seen: &Seen<'_>) -> bool {
    let (old, new) = seen.both(Fact::Presence);
    let zeros = [
        "default 0",
        "default false",
        "default \"\"",
        "default []",
        "default {}",
    ];
    (old == "required" && zeros.contains(&new)) || (zeros.contains(&old) && new == "required")
}

pub(super) fn is_boxing(seen: &Seen<'_>) -> bool {
    is_wrapped(seen, "Box<")
}

pub(super) fn is_nullable(seen: &Seen<'_>) -> bool {
    is_wrapped(seen, "Option<")
}

/// Whether one type is the other within a type that starts like this.
fn is_wrapped(seen: &Seen<'_>, start: &str) -> bool {
    let (old, new) = seen.both(Fact::Type);
    let holds = |outer: &str, inner| {
        let content = outer.strip_prefix(start);
        content.and_then(|content| content.strip_suffix('>')) == Some(inner)
    };
    holds(old, new) || holds(new, old)
}

pub(super) fn is_union(seen: &Seen<'_>) -> bool {
    let (old, new) = seen.both(Fact::Form);
    old == "union" && new == "union"
}

pub(super) fn is_unknown_fields(seen: &Seen<'_>) -> bool {
    let (old, new) = seen.both(Fact::Wire);
    old.contains(UNKNOWN_FIELDS) != new.contains(UNKNOWN_FIELDS)
}

pub(super) fn is_streaming(seen: &Seen<'_>) -> bool {
    seen.old.is_some_and(is_stream) != seen.new.is_some_and(is_stream)
}

/// Whether a member is a stream of bytes or events.
pub(crate) fn is_stream(item: &Item) -> bool {
    let ty = item.value(Fact::Type);
    let streams = ["ByteStream", "EventReceiver<", "EventStreamSender<"];
    streams.iter().any(|stream| ty.starts_with(stream))
}

pub(super) fn is_same_data(seen: &Seen<'_>) -> bool {
    let (old, new) = &seen.data;
    old == new || is_freed_text(seen)
}

/// Whether a number became a string in a place where messages only contain text, so that numbers look the same.
fn is_freed_text(seen: &Seen<'_>) -> bool {
    let (old, new) = &seen.data;
    let is_text = |location: &str| {
        let places = ["label", "query ", "header "];
        places.iter().any(|place| location.starts_with(place))
    };
    let (before, after) = seen.both(Fact::Location);
    let is_number = matches!(old.as_str(), "i8" | "i16" | "i32" | "i64");
    seen.sent && is_number && new == "String" && is_text(before) && is_text(after)
}

pub(super) fn is_widened(seen: &Seen<'_>) -> bool {
    let families = [
        ["i8", "i16", "i32", "i64", "BigInteger"].as_slice(),
        &["f32", "f64"],
    ];
    let (old, new) = &seen.data;
    families.iter().any(|family| {
        let rank = |ty: &str| family.iter().position(|of| *of == ty);
        rank(old).zip(rank(new)).is_some_and(|(old, new)| old < new)
    })
}

pub(super) fn is_received(seen: &Seen<'_>) -> bool {
    !seen.sent
}

pub(super) fn is_minimum_raised(seen: &Seen<'_>) -> bool {
    bounds(seen).is_some_and(|[(old, _), (new, _)]| match (old, new) {
        (Some(old), Some(new)) => new > old,
        // A minimum length of 0 allows everything.
        (None, Some(new)) => new > 0.0 || seen.fact() == Some(Fact::Range),
        (_, None) => false,
    })
}

pub(super) fn is_maximum_lowered(seen: &Seen<'_>) -> bool {
    bounds(seen).is_some_and(|[(_, old), (_, new)]| match (old, new) {
        (Some(old), Some(new)) => new < old,
        (None, Some(_)) => true,
        (_, None) => false,
    })
}

type Bounds = (Option<f64>, Option<f64>);

/// Smallest and largest, before and after.
fn bounds(seen: &Seen<'_>) -> Option<[Bounds; 2]> {
    let of = |text: &str| {
        let (min, max) = text.split_once("..").unwrap_or_default();
        (min.parse().ok(), max.parse().ok())
    };
    let (old, new) = seen.both(seen.fact()?);
    Some([of(old), of(new)])
}
