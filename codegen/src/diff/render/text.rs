//! A report for a terminal.

use super::{Group, Sources, counts, groups, names, used_by, values};
use crate::diagnostic::printable;
use crate::diff::{Change, Level, Report};
use std::fmt::Write;

/// The maximum number of compatible changes of one kind that are shown.
const MOST: usize = 10;

/// The report as text, the most severe changes first. Long lists of compatible changes are shortened unless `all` is set.
pub fn text(report: &Report, sources: &Sources, colour: bool, all: bool) -> String {
    let paint = Paint { colour };
    let mut text = String::new();
    for of in groups(report) {
        group(&of, sources, &paint, all, &mut text);
    }
    summary(report, &paint, &mut text);
    text
}

// Writing to a string can't fail.
fn group(group: &Group<'_>, sources: &Sources, paint: &Paint, all: bool, text: &mut String) {
    let level = paint.level(group.level, group.level.name());
    let title = paint.bold(&format!(": {}", group.rule.title));
    let _ = writeln!(text, "{level}{title} [{}]", group.rule.id);
    let is_short = all || group.level == Level::Breaking || group.changes.len() <= MOST;
    let shown = if is_short { group.changes.len() } else { MOST };
    for change in &group.changes[..shown] {
        one(change, sources, paint, text);
    }
    if shown < group.changes.len() {
        let _ = writeln!(text, "  … and {} more", group.changes.len() - shown);
    }
    let levels = group.levels().map(|(of, level)| format!("{of} {level}"));
    let _ = writeln!(text, "  = levels: {}", levels.join(", "));
    let _ = writeln!(text, "  = reason: {}", group.rule.reason);
    if !group.rule.help.is_empty() {
        let _ = writeln!(text, "  = help: {}", group.rule.help);
    }
    text.push('\n');
}

fn one(change: &Change, sources: &Sources, paint: &Paint, text: &mut String) {
    let quote = |text: &str| format!("`{}`", printable(text));
    let mut line = format!("  {}", paint.bold(&printable(&change.path)));
    let names: Vec<_> = names(change).into_iter().map(quote).collect();
    if !names.is_empty() {
        let _ = write!(line, " ({})", names.join(", "));
    }
    line.push_str(&used_by(change, quote));
    let values = values(change, quote);
    if !values.is_empty() {
        let _ = write!(line, ": {values}");
    }
    let _ = writeln!(text, "{line}");
    if let Some(at) = sources.locate(change.place) {
        let file = printable(at.file);
        let _ = writeln!(text, "    --> {file}:{}:{}", at.line, at.column);
    }
}

fn summary(report: &Report, paint: &Paint, text: &mut String) {
    if report.changes.is_empty() {
        text.push_str("no changes\n");
        return;
    }
    let _ = writeln!(text, "{}: {}", paint.bold("changes"), counts(report));
    let levels = [
        ("Rust programs", report.rust()),
        ("scripts", report.command()),
        ("wire", report.wire()),
    ];
    for (of, level) in levels {
        let _ = writeln!(text, "  {:<14} {}", of, paint.level(level, level.name()));
    }
    let _ = writeln!(
        text,
        "  {:<14} {}",
        "next version",
        next(report.version_level())
    );
}

/// The part of the version number to increase.
pub(super) fn next(level: Level) -> &'static str {
    match level {
        Level::None => "unchanged",
        Level::Patch => "0.1.0 → 0.1.1, 1.0.0 → 1.0.1",
        Level::Minor => "0.1.0 → 0.1.1, 1.0.0 → 1.1.0",
        Level::Breaking => "0.1.0 → 0.2.0, 1.0.0 → 2.0.0",
    }
}

struct Paint {
    colour: bool,
}

impl Paint {
    fn bold(&self, text: &str) -> String {
        self.with("1", text)
    }

    fn level(&self, level: Level, text: &str) -> String {
        let code = match level {
            Level::None => "2",
            Level::Patch => "1;36",
            Level::Minor => "1;32",
            Level::Breaking => "1;31",
        };
        self.with(code, text)
    }

    fn with(&self, code: &str, text: &str) -> String {
        if self.colour {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}
