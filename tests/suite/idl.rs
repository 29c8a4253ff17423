//! Smithy's loader tests: IDL with the equivalent JSON, and invalid IDL.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use swage_codegen::check::check;
use swage_codegen::diagnostic::{Diagnostic, Source, render};
use swage_codegen::load::load;
use swage_tests::{describe, shared};

/// Files that only violate a rule that doesn't concern clients, and the rule.
const NOT_OURS: [(&str, &str); 0] = [];

fn source(path: &Path) -> Source {
    Source {
        name: path.display().to_string(),
        text: fs::read_to_string(path).unwrap(),
    }
}

fn idl(text: &str) -> Source {
    Source {
        name: "test.smithy".to_owned(),
        text: text.to_owned(),
    }
}

/// The files below a folder with this suffix, sorted.
fn files(folder: &Path, suffix: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, suffix));
        } else if path.to_string_lossy().ends_with(suffix) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn described(sources: &[Source]) -> BTreeMap<String, String> {
    let model = load(sources)
        .into_model()
        .unwrap_or_else(|problems| panic!("{}", render(&problems, sources, false)));
    describe(&model)
}

#[test]
fn valid_files_mean_what_their_json_says() {
    let Some(shared) = shared() else { return };
    let folder = shared.join("smithy-tests/loader/valid");
    let common = source(&folder.join("__shared.json"));
    let mut compared = 0;
    for path in files(&folder, ".smithy") {
        let json = path.with_extension("json");
        let ours = described(&[source(&path), common.clone()]);
        if json.exists() {
            let theirs = described(&[source(&json), common.clone()]);
            assert_eq!(ours, theirs, "{}", path.display());
            compared += 1;
        }
    }
    println!("{compared} files mean the same as their JSON");
}

#[test]
fn flattened_files_mean_what_their_sources_do() {
    let Some(shared) = shared() else { return };
    let folder = shared.join("smithy-tests/loader/valid");
    for path in files(&folder, ".flattened.smithy") {
        let original = PathBuf::from(path.to_string_lossy().replace(".flattened", ""));
        let sources = [source(&original)];
        let mut model = load(&sources)
            .into_model()
            .unwrap_or_else(|problems| panic!("{}", render(&problems, &sources, false)));
        model.shapes.retain(|_, shape| !shape.traits.has("mixin"));
        assert_eq!(
            describe(&model),
            described(&[source(&path)]),
            "{}",
            path.display()
        );
    }
}

/// The lines with errors, for files whose first line names a shape or a rule instead of a line.
const UNSAID_LINES: [(&str, usize); 17] = [
    ("conflicting-shape-def", 6),
    ("conflicting-use", 7),
    ("elide-nonexistent-id", 9),
    ("elided-type-conflicts", 18),
    ("eliding-with-resources-in-v1", 12),
    ("enum-with-bad-values", 7),
    ("for-referencing-non-resource", 11),
    ("idl-enums-in-v1", 6),
    ("inline-io-in-implicit-1-0", 5),
    ("int-enum-without-member", 7),
    ("intEnum-with-bad-value", 7),
    ("intEnum-with-long", 8),
    ("invalid-version-type", 2),
    ("list-empty-members", 4),
    ("map-empty-members", 4),
    ("mixins-trait-in-explicit-1-0", 5),
    ("structure-member-elision-in-v1", 6),
];

/// The line of the error, from the first line of the file or else from this test.
fn expected_line(name: &str, text: &str) -> Option<usize> {
    let unsaid = || UNSAID_LINES.iter().find(|(file, _)| *file == name);
    let said = text.lines().next()?.split_once("at line ");
    match said {
        Some((_, rest)) => rest.split_once(',')?.0.parse().ok(),
        None => unsaid().map(|(_, line)| *line),
    }
}

fn line_of(text: &str, diagnostic: &Diagnostic) -> usize {
    text[..diagnostic.span.start as usize].matches('\n').count() + 1
}

#[test]
fn invalid_files_are_rejected_where_they_are_wrong() {
    let Some(shared) = shared() else { return };
    let paths = files(&shared.join("smithy-tests/loader/invalid"), ".smithy");
    let mut wrong = Vec::new();
    for path in &paths {
        let sources = [source(path), idl("namespace test\nservice Any {}")];
        let mut problems = check(&load(&sources)).err().unwrap_or_default();
        problems.retain(|problem| problem.span.source == 0);
        let text = &sources[0].text;
        let lines: Vec<usize> = problems
            .iter()
            .map(|problem| line_of(text, problem))
            .collect();
        let name = path.file_stem().unwrap().to_string_lossy();
        let excused = NOT_OURS.iter().any(|(excused, _)| *excused == name);
        let found =
            expected_line(&name, text).is_some_and(|line| lines.iter().all(|of| *of == line));
        let found = found && !lines.is_empty();
        if found == excused {
            wrong.push(format!(
                "{}: {lines:?}\n  {}",
                path.display(),
                text.lines().next().unwrap()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!(
        "{} files are rejected where they are wrong",
        paths.len() - NOT_OURS.len()
    );
}

#[test]
fn the_protocol_tests_load() {
    let Some(shared) = shared() else { return };
    for folder in ["protocol-tests", "rules-engine"] {
        let paths = files(&shared.join("smithy-tests").join(folder), ".smithy");
        let sources: Vec<Source> = paths.iter().map(|path| source(path)).collect();
        let mut problems = check(&load(&sources)).err().unwrap_or_default();
        // Only generation requires a single service and a protocol.
        problems.retain(|problem| {
            !problem.message.contains("more than one service")
                && !problem.message.contains("no supported protocol")
        });
        assert!(
            problems.is_empty(),
            "{}",
            render(&problems, &sources, false)
        );
    }
}
