//! A report on a few lines: for `swage generate`, and for a changelog.

use super::{Group, groups};
use crate::diagnostic::printable;
use crate::diff::{Level, Report};
use std::fmt::Write;

/// The maximum number of items of one kind that a summary names.
const FEW: usize = 3;

/// A line for each kind of change: `breaking: operation removed: DescribeView`.
pub fn summary(report: &Report) -> Vec<String> {
    let line = |group: &Group<'_>| {
        let names = names(group, FEW, str::to_owned);
        format!("{}: {}: {names}", group.level, group.rule.title)
    };
    groups(report).iter().map(line).collect()
}

/// The section of a changelog for a version, without an empty line at its end.
pub fn changelog(report: &Report, version: &str) -> String {
    let mut text = format!("## {version}\n");
    let groups = groups(report);
    let sections = [
        (Level::Breaking, "Breaking"),
        (Level::Minor, "Added"),
        (Level::Patch, "Changed"),
    ];
    for (level, title) in sections {
        let of_level: Vec<_> = groups.iter().filter(|group| group.level == level).collect();
        if of_level.is_empty() {
            continue;
        }
        // Writing to a string can't fail.
        let _ = writeln!(text, "\n### {title}\n");
        for group in of_level {
            // Long lists of compatible changes don't help a reader.
            let most = if level == Level::Breaking {
                usize::MAX
            } else {
                10
            };
            let names = names(group, most, |path| format!("`{}`", path.replace('`', "'")));
            let _ = writeln!(text, "- {}: {names}", super::capital(group.rule.title));
        }
    }
    text
}

/// The paths of the changed items, each once.
fn names(group: &Group<'_>, most: usize, quote: impl Fn(&str) -> String) -> String {
    let mut paths: Vec<&str> = group
        .changes
        .iter()
        .map(|change| change.path.as_str())
        .collect();
    paths.dedup();
    let shown = paths.iter().take(most).map(|path| quote(&printable(path)));
    let names = shown.collect::<Vec<_>>().join(", ");
    match paths.len().saturating_sub(most) {
        0 => names,
        more => format!("{names} and {more} more"),
    }
}
