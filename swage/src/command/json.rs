//! Messages as JSON, in the form of `cargo build --message-format json`: diagnostics are `compiler-message`s, so that
//! whatever reads Cargo's can read these.

use crate::job::{Done, Outcome};
use crate::models::shown;
use crate::problem::Problem;
use crate::settings::Settings;
use serde_json::{Value as Json, json};
use swage_codegen::diagnostic::{Diagnostic, Severity, Source, render_one};
use swage_codegen::node::Span;

/// What came of a crate.
pub(super) fn outcome(outcome: &Outcome, settings: &Settings) {
    let errors = outcome.error.iter().flat_map(|error| &error.problems);
    for problem in outcome.warnings.iter().chain(errors) {
        self::problem(problem, Some(settings));
    }
    if let Some(done) = &outcome.done {
        print(&generated(done, settings));
    }
}

/// Each diagnostic of a problem.
pub(super) fn problem(problem: &Problem, settings: Option<&Settings>) {
    match problem {
        Problem::Plain { message, help } => {
            let rendered = problem.render(false);
            print(&wrapped(
                settings,
                &plain(message, help.as_deref(), &rendered),
            ));
        }
        Problem::Diagnostics {
            severity,
            diagnostics,
            sources,
            ..
        } => {
            for diagnostic in diagnostics {
                print(&wrapped(settings, &rustc(*severity, diagnostic, sources)));
            }
        }
    }
}

/// The last message.
pub(super) fn finished(succeeded: bool) {
    print(&json!({"reason": "build-finished", "success": succeeded}));
}

fn print(message: &Json) {
    println!("{message}");
}

fn generated(done: &Done, settings: &Settings) -> Json {
    let renamed = done.renamed_options.iter().map(|of| {
        json!({
            "operation": of.operation,
            "member": of.member,
            "option": of.option,
            "reason": of.reason.replace('`', ""),
        })
    });
    json!({
        "reason": "crate-generated",
        "name": done.package,
        "out": shown(&settings.out, &settings.root),
        "models": done.sources,
        "written": done.written,
        "removed": done.removed,
        "unchanged": done.unchanged,
        "renamed_options": renamed.collect::<Vec<_>>(),
        "endpoint_tests": {"passed": done.tests - done.failed, "failed": done.failed},
    })
}

/// Cargo's wrapper around a diagnostic of the compiler.
fn wrapped(settings: Option<&Settings>, message: &Json) -> Json {
    let mut wrapped = json!({"reason": "compiler-message", "message": message});
    if let Some(settings) = settings {
        let out = std::path::absolute(settings.out()).unwrap_or_else(|_| settings.out());
        let name = settings.name.as_deref().unwrap_or("swage");
        wrapped["package_id"] = format!("path+file://{}#{name}", out.display()).into();
        wrapped["manifest_path"] = out.join("Cargo.toml").display().to_string().into();
        wrapped["target"] = json!({
            "kind": ["lib"],
            "crate_types": ["lib"],
            "name": name.replace('-', "_"),
            "src_path": out.join("src/lib.rs").display().to_string(),
            "edition": "2024",
            "doc": true,
            "doctest": true,
            "test": false,
        });
    }
    wrapped
}

/// A diagnostic as rustc writes it.
fn rustc(severity: Severity, diagnostic: &Diagnostic, sources: &[Source]) -> Json {
    let label = (!diagnostic.label.is_empty()).then_some(diagnostic.label.as_str());
    let primary = span(diagnostic.span, label, true, sources);
    let related = diagnostic.related.iter();
    let related = related.filter_map(|(at, label)| span(*at, Some(label), false, sources));
    let help = (!diagnostic.help.is_empty()).then_some(diagnostic.help.as_str());
    json!({
        "$message_type": "diagnostic",
        "message": diagnostic.message,
        "code": null,
        "level": severity.name(),
        "spans": primary.into_iter().chain(related).collect::<Vec<_>>(),
        "children": children(help),
        "rendered": render_one(severity, diagnostic, sources, false),
    })
}

fn plain(message: &str, help: Option<&str>, rendered: &str) -> Json {
    json!({
        "$message_type": "diagnostic",
        "message": message,
        "code": null,
        "level": "error",
        "spans": [],
        "children": children(help),
        "rendered": rendered,
    })
}

fn children(help: Option<&str>) -> Vec<Json> {
    let child = |help: &str| {
        json!({
            "message": help,
            "code": null,
            "level": "help",
            "spans": [],
            "children": [],
            "rendered": null,
        })
    };
    help.map(child).into_iter().collect()
}

fn span(at: Span, label: Option<&str>, primary: bool, sources: &[Source]) -> Option<Json> {
    let source = sources.get(at.source as usize)?;
    let start = source.text.floor_char_boundary(at.start as usize);
    let end = source.text.floor_char_boundary(at.end as usize).max(start);
    let [(line_start, column_start), (line_end, column_end)] =
        [start, end].map(|offset| place(&source.text, offset));
    let first = source.text.lines().nth(line_start - 1).unwrap_or_default();
    let length = first.chars().count() + 1;
    let highlight_end = if line_end == line_start {
        column_end
    } else {
        length
    };
    Some(json!({
        "file_name": source.name,
        "byte_start": start,
        "byte_end": end,
        "line_start": line_start,
        "line_end": line_end,
        "column_start": column_start,
        "column_end": column_end,
        "is_primary": primary,
        "text": [{
            "text": first,
            "highlight_start": column_start,
            "highlight_end": highlight_end,
        }],
        "label": label,
        "suggested_replacement": null,
        "suggestion_applicability": null,
        "expansion": null,
    }))
}

/// Line and column, counted from 1, in characters.
fn place(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = before.matches('\n').count() + 1;
    (line, before[line_start..].chars().count() + 1)
}
