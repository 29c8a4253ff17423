//! A report for a program.

use super::Sources;
use crate::diff::{Change, Level, Report};
use serde_json::{Value, json};

/// The version of the format, increased by changes that programs would misunderstand.
const FORMAT: u32 = 1;

/// The report as JSON, as `docs/diff.md` describes it.
pub fn json(report: &Report, sources: &Sources) -> String {
    let changes = report.changes.iter().map(|change| one(change, sources));
    let report = json!({
        "format": FORMAT,
        "level": report.level().name(),
        "rust": report.rust().name(),
        "command": report.command().name(),
        "wire": report.wire().name(),
        "version": version(report.version_level()),
        "changes": changes.collect::<Vec<_>>(),
    });
    format!("{report:#}\n")
}

fn one(change: &Change, sources: &Sources) -> Value {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let place = sources.locate(change.place).map(|at| {
        json!({
            "model": if at.is_old { "old" } else { "new" },
            "file": at.file,
            "line": at.line,
            "column": at.column,
        })
    });
    json!({
        "rule": change.rule.id,
        "title": change.rule.title,
        "level": change.level().name(),
        "rust": change.rule.rust.name(),
        "command": change.command.name(),
        "wire": change.rule.wire.name(),
        "item": change.path,
        "rustItem": some(&change.rust_path),
        "commandItem": some(&change.command_path),
        "usedBy": change.used_by,
        "old": change.old,
        "new": change.new,
        "place": place,
        "reason": change.rule.reason,
        "help": some(change.rule.help),
    })
}

/// The part of a version number to increase, for versions from 1.0.0 on.
fn version(level: Level) -> &'static str {
    match level {
        Level::None => "none",
        Level::Patch => "patch",
        Level::Minor => "minor",
        Level::Breaking => "major",
    }
}
