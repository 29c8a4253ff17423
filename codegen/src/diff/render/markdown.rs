//! A report for a pull request.

use super::{Group, Sources, capital, counts, groups, names, text::next, used_by, values};
use crate::diagnostic::printable;
use crate::diff::{Change, Level, Report};
use std::fmt::Write;

/// The report as Markdown: breaking changes open, others folded.
pub fn markdown(report: &Report, sources: &Sources) -> String {
    if report.changes.is_empty() {
        return "No changes.\n".to_owned();
    }
    let mut text = format!("**{}**\n\n", capital(&counts(report)));
    text.push_str("| for | level |\n| --- | --- |\n");
    for (of, level) in [
        ("Rust programs", report.rust()),
        ("scripts", report.command()),
        ("wire", report.wire()),
    ] {
        // Writing to a string can't fail.
        let _ = writeln!(text, "| {of} | {level} |");
    }
    let _ = writeln!(text, "| next version | {} |", next(report.version_level()));
    let groups = groups(report);
    for level in [Level::Breaking, Level::Minor, Level::Patch, Level::None] {
        section(
            level,
            groups.iter().filter(|of| of.level == level).collect(),
            sources,
            &mut text,
        );
    }
    text
}

fn section(level: Level, groups: Vec<&Group<'_>>, sources: &Sources, text: &mut String) {
    let count: usize = groups.iter().map(|group| group.changes.len()).sum();
    if count == 0 {
        return;
    }
    let title = match level {
        Level::Breaking => "Breaking changes",
        Level::Minor => "Additions",
        Level::Patch => "Other changes",
        Level::None => "Without effect",
    };
    let folds = level != Level::Breaking;
    if folds {
        let _ = writeln!(text, "\n<details>\n<summary>{title} ({count})</summary>");
    } else {
        let _ = writeln!(text, "\n### {title}");
    }
    for of in groups {
        group(of, sources, text);
    }
    if folds {
        text.push_str("\n</details>\n");
    }
}

fn group(group: &Group<'_>, sources: &Sources, text: &mut String) {
    let levels = group.levels().map(|(of, level)| format!("{of} {level}"));
    let _ = write!(
        text,
        "\n#### {} (`{}`)\n\n{}: {}.",
        capital(group.rule.title),
        group.rule.id,
        capital(&levels.join(", ")),
        group.rule.reason
    );
    if !group.rule.help.is_empty() {
        let _ = write!(text, " To do: {}.", group.rule.help);
    }
    text.push_str("\n\n");
    for change in &group.changes {
        let _ = writeln!(text, "- {}", one(change, sources));
    }
}

fn one(change: &Change, sources: &Sources) -> String {
    let mut line = code(&change.path);
    let names: Vec<_> = names(change).into_iter().map(code).collect();
    if !names.is_empty() {
        let _ = write!(line, " ({})", names.join(", "));
    }
    line.push_str(&used_by(change, code));
    let values = values(change, code);
    if !values.is_empty() {
        let _ = write!(line, ": {values}");
    }
    if let Some(at) = sources.locate(change.place) {
        let _ = write!(line, ", {}", code(&format!("{}:{}", at.file, at.line)));
    }
    line
}

/// A code span, whatever is in the text.
fn code(text: &str) -> String {
    let text = printable(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    if longest == 0 {
        format!("{fence}{text}{fence}")
    } else {
        format!("{fence} {text} {fence}")
    }
}
