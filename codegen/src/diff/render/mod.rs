//! A report as text: for a terminal, for a pull request, for a program.

mod brief;
mod json;
mod markdown;
mod places;
mod text;

pub use brief::{changelog, summary};
pub use json::json;
pub use markdown::markdown;
pub use places::Sources;
pub use text::text;

use super::{Change, Level, Report, Rule};

/// Longer values are shortened, except in JSON.
const LONGEST_VALUE: usize = 120;

/// Changes of one rule with the same levels.
struct Group<'a> {
    level: Level,
    rule: &'static Rule,
    changes: Vec<&'a Change>,
}

impl Group<'_> {
    /// The levels for Rust programs, scripts and messages, in this order.
    fn levels(&self) -> [(&'static str, Level); 3] {
        let command = self.changes.iter().map(|change| change.command).max();
        [
            ("rust", self.rule.rust),
            ("command", command.unwrap_or(Level::None)),
            ("wire", self.rule.wire),
        ]
    }
}

/// The changes by rule, in the order of the report.
fn groups(report: &Report) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for change in &report.changes {
        let level = change.level();
        match groups.last_mut() {
            Some(group) if std::ptr::eq(group.rule, change.rule) && group.level == level => {
                group.changes.push(change);
            }
            _ => groups.push(Group {
                level,
                rule: change.rule,
                changes: vec![change],
            }),
        }
    }
    groups
}

/// A value shortened to fit on a line: patterns can be very long.
fn shortened(value: &str) -> String {
    match value.char_indices().nth(LONGEST_VALUE) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value.to_owned(),
    }
}

/// The number of changes of each level: `3 breaking, 1 minor`.
pub fn counts(report: &Report) -> String {
    let of = |level| {
        report
            .changes
            .iter()
            .filter(|change| change.level() == level)
            .count()
    };
    let counts: Vec<_> = [Level::Breaking, Level::Minor, Level::Patch, Level::None]
        .into_iter()
        .map(|level| (of(level), level))
        .filter(|(count, _)| *count > 0)
        .map(|(count, level)| match level {
            Level::None => format!("{count} without effect"),
            _ => format!("{count} {level}"),
        })
        .collect();
    counts.join(", ")
}

/// The item in Rust and on the command line.
fn names(change: &Change) -> Vec<&str> {
    let names = [change.rust_path.as_str(), change.command_path.as_str()];
    names.into_iter().filter(|name| !name.is_empty()).collect()
}

/// The members that target a shape: ` in A, B and 3 more`.
fn used_by(change: &Change, quote: impl Fn(&str) -> String) -> String {
    let shown: Vec<_> = change
        .used_by
        .iter()
        .take(3)
        .map(|path| quote(path))
        .collect();
    match change.used_by.len().saturating_sub(shown.len()) {
        _ if shown.is_empty() => String::new(),
        0 => format!(" in {}", shown.join(", ")),
        more => format!(" in {} and {more} more", shown.join(", ")),
    }
}

/// Before and after, on one line.
fn values(change: &Change, quote: impl Fn(&str) -> String) -> String {
    let quote = |value: &str| quote(&shortened(value));
    match (&change.old, &change.new) {
        (Some(old), Some(new)) => format!("{} → {}", quote(old), quote(new)),
        (Some(old), None) => format!("was {}", quote(old)),
        (None, Some(new)) => format!("now {}", quote(new)),
        (None, None) => String::new(),
    }
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(characters).collect()
}
