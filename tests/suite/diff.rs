//! Every rule of `swage diff` has a folder in `diff/`: two models, and what the report says.
//!
//! `BLESS=1 cargo test -p swage-tests diff` writes the reports.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;
use swage_codegen::diff::{Interface, Level, RULES, Report, Sources, json, markdown, terminal};
use swage_codegen::{Options, Source, interface, load, render_diagnostics};
use swage_tests::{blessing, cases, root, shared};

/// One side of a pair: a model, or the interface that a generated crate keeps.
fn side(case: &Path, name: &str) -> (Vec<Source>, Interface) {
    let read = |extension: &str| {
        let name = format!("{name}.{extension}");
        let text = std::fs::read_to_string(case.join(&name)).ok()?;
        Some(Source { name, text })
    };
    if let Some(file) = read("txt") {
        return (Vec::new(), Interface::parse(&file.text).unwrap());
    }
    let sources =
        vec![read("smithy").unwrap_or_else(|| panic!("{}: {name}.smithy", case.display()))];
    let interface = interface(&load::load(&sources), &Options::default())
        .unwrap_or_else(|problems| panic!("{}", render_diagnostics(&problems, &sources, false)));
    (sources, interface)
}

fn report(case: &Path) -> (Sources, Report) {
    let (old_sources, old) = side(case, "old");
    let (new_sources, new) = side(case, "new");
    (
        Sources::new(&old_sources, &new_sources),
        Report::new(&old, &new),
    )
}

fn rule_of(case: &Path) -> &str {
    case.file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default()
}

#[test]
fn pairs_of_models_get_their_reports() {
    let mut failures = String::new();
    for case in cases("diff") {
        let (sources, report) = report(&case);
        let text = terminal(&report, &sources, false, false);
        let rule = rule_of(&case);
        if !report.changes.iter().any(|change| change.rule.id == rule) {
            let _ = write!(failures, "{rule} isn't applied\n{text}\n");
        }
        let expected = case.join("expected.txt");
        if blessing() {
            std::fs::write(&expected, &text).unwrap();
        }
        let wanted = std::fs::read_to_string(&expected).unwrap_or_default();
        if text != wanted {
            let _ = write!(
                failures,
                "{rule}\n--- expected\n{wanted}\n--- got\n{text}\n"
            );
        }
    }
    assert!(
        failures.is_empty(),
        "{failures}\nBLESS=1 accepts the new reports"
    );
}

#[test]
fn every_rule_has_a_pair() {
    let cases = cases("diff");
    let pairs: BTreeSet<&str> = cases.iter().map(|case| rule_of(case)).collect();
    let rules: BTreeSet<&str> = RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(rules.len(), RULES.len(), "two rules have the same id");
    assert_eq!(pairs, rules);
}

#[test]
fn a_model_does_not_differ_from_itself() {
    for case in cases("diff") {
        let (_, interface) = side(&case, "new");
        let report = Report::new(&interface, &interface);
        assert!(report.changes.is_empty(), "{}", case.display());
        assert_eq!(report.level(), Level::None);
    }
}

#[test]
fn interfaces_survive_being_written_and_read() {
    for case in cases("diff").into_iter().chain(cases("golden")) {
        let sources: Vec<_> = ["new.smithy", "model.json"]
            .iter()
            .filter_map(|name| {
                let text = std::fs::read_to_string(case.join(name)).ok()?;
                Some(Source {
                    name: (*name).to_owned(),
                    text,
                })
            })
            .collect();
        if sources.is_empty() {
            continue;
        }
        let interface = interface(&load::load(&sources), &Options::default()).unwrap();
        assert_eq!(
            Interface::parse(&interface.to_text()).unwrap(),
            interface,
            "{}",
            case.display()
        );
    }
}

#[test]
fn colours_and_formats_report_the_same_changes() {
    for case in cases("diff") {
        let (sources, report) = report(&case);
        let coloured = terminal(&report, &sources, true, false);
        let plain: String = coloured
            .split('\u{1b}')
            .enumerate()
            .map(|(index, piece)| match index {
                0 => piece,
                _ => piece.split_once('m').map_or("", |(_, text)| text),
            })
            .collect();
        assert_eq!(plain, terminal(&report, &sources, false, false));
        let markdown = markdown(&report, &sources);
        for change in &report.changes {
            assert!(
                markdown.contains(&format!("`{}`", change.path)),
                "{markdown}"
            );
            assert!(markdown.contains(change.rule.reason), "{markdown}");
        }
    }
}

/// One service in Smithy JSON (2025) and in the AWS JSON format (2026).
fn releases(name: &str) -> Option<Report> {
    let models = shared()?.join("models");
    let read = |path: std::path::PathBuf| Source {
        name: path.display().to_string(),
        text: std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display())),
    };
    let ast = vec![read(models.join("ast").join(format!("{name}.json")))];
    let folder = std::fs::read_dir(models.join("c2j").join(name)).expect("a folder");
    let files = folder.map(|entry| entry.expect("a file").path());
    let json = files.filter(|path| {
        path.extension()
            .is_some_and(|extension| extension == "json")
    });
    let aws: Vec<_> = json.map(read).collect();
    let interface = |sources: &[Source]| {
        interface(&load::load(sources), &Options::default()).expect("a model without errors")
    };
    Some(Report::new(&interface(&ast), &interface(&aws)))
}

fn breaking(report: &Report) -> BTreeSet<(&str, &str)> {
    let breaking = report
        .changes
        .iter()
        .filter(|change| change.level() == Level::Breaking);
    breaking
        .map(|change| (change.rule.id, change.path.as_str()))
        .collect()
}

#[test]
fn two_releases_in_two_formats_differ_as_people_know() {
    let (Some(chat), Some(queue)) = (releases("connectparticipant"), releases("sqs")) else {
        return;
    };
    // The AWS JSON format has no pages without items, and numbers without defaults.
    assert_eq!(
        breaking(&chat),
        BTreeSet::from([
            ("nullability-changed", "StartPosition.MostRecent"),
            ("paginator-removed", "GetTranscript"),
        ])
    );
    let has = |rule, path| {
        chat.changes
            .iter()
            .any(|change| change.rule.id == rule && change.path == path)
    };
    assert!(has(
        "member-added",
        "CreateParticipantConnection.output.WebRTCConnection"
    ));
    assert!(has("enum-value-added", "ConnectionType.WEBRTC_CONNECTION"));
    assert!(has("type-added", "WebRTCMeeting"));
    // It has no defaults either: what was zero if it was left out is optional or required.
    let defaults = [
        (
            "nullability-changed",
            "CancelMessageMoveTask.output.ApproximateNumberOfMessagesMoved",
        ),
        (
            "nullability-changed",
            "ListMessageMoveTasksResultEntry.ApproximateNumberOfMessagesMoved",
        ),
        (
            "nullability-changed",
            "ListMessageMoveTasksResultEntry.StartedTimestamp",
        ),
    ];
    assert_eq!(breaking(&queue), BTreeSet::from(defaults));
}

#[test]
fn nothing_that_steers_a_terminal_or_ends_a_code_span_is_shown() {
    let hostile = "``\\u001b[31m\\u202e|<b>";
    let model = |value: &str| {
        let text = format!(
            r#"{{"smithy": "2.0", "shapes": {{
                "a#S": {{"type": "service", "version": "1", "traits": {{"aws.protocols#awsJson1_1": {{}}}}, "operations": [{{"target": "a#O"}}]}},
                "a#O": {{"type": "operation", "input": {{"target": "a#I"}}}},
                "a#I": {{"type": "structure", "members": {{"e": {{"target": "a#E"}}}}}},
                "a#E": {{"type": "enum", "members": {{"A": {{"target": "smithy.api#Unit", "traits": {{"smithy.api#enumValue": "{value}"}}}}}}}}}}}}"#
        );
        vec![Source {
            name: "a\u{1b}[31m.json".to_owned(),
            text,
        }]
    };
    let (old, new) = (model("x"), model(hostile));
    let interface = |sources: &[Source]| {
        interface(&load::load(sources), &Options::default())
            .unwrap_or_else(|problems| panic!("{}", render_diagnostics(&problems, sources, false)))
    };
    let report = Report::new(&interface(&old), &interface(&new));
    assert_eq!(report.changes.len(), 1);
    let sources = Sources::new(&old, &new);
    let steers =
        |character: char| (character.is_control() && character != '\n') || character == '\u{202e}';
    for text in [
        terminal(&report, &sources, false, false),
        markdown(&report, &sources),
    ] {
        assert!(!text.contains(steers), "{text}");
        assert!(text.contains("[31m"), "{text}");
    }
    assert!(markdown(&report, &sources).contains("``` E.``"));
}

/// The keys that a JSON value has anywhere: `changes.place.line`.
fn keys(value: &serde_json::Value, at: &str, into: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Object(entries) => {
            for (key, value) in entries {
                let at = if at.is_empty() {
                    key.clone()
                } else {
                    format!("{at}.{key}")
                };
                keys(value, &at, into);
                into.insert(at);
            }
        }
        serde_json::Value::Array(elements) => {
            for element in elements {
                keys(element, at, into);
            }
        }
        _ => {}
    }
}

#[test]
fn the_documentation_names_every_key_of_the_json_report() {
    let mut found = BTreeSet::new();
    for case in cases("diff") {
        let (sources, report) = report(&case);
        let value = serde_json::from_str(&json(&report, &sources)).unwrap();
        keys(&value, "", &mut found);
    }
    let docs = std::fs::read_to_string(root().join("docs/diff.md")).unwrap();
    let (docs, _) = docs
        .split_once("<!-- rules -->")
        .expect("a place for the rules");
    let rows = docs.lines().filter_map(|line| line.strip_prefix("| `"));
    let documented: BTreeSet<String> = rows
        .filter_map(|row| Some(row.split_once('`')?.0.to_owned()))
        .collect();
    assert_eq!(documented, found);
}

#[test]
fn the_documentation_lists_every_rule() {
    let path = root().join("docs/diff.md");
    let docs = std::fs::read_to_string(&path).unwrap();
    let start = "<!-- rules -->\n";
    let (before, _) = docs.split_once(start).expect("a place for the rules");
    let mut table = String::from(
        "| rule | what | Rust | command | wire | why |\n| --- | --- | --- | --- | --- | --- |\n",
    );
    for rule in RULES {
        let _ = writeln!(
            table,
            "| `{}` | {} | {} | {} | {} | {} |",
            rule.id, rule.title, rule.rust, rule.command, rule.wire, rule.reason
        );
    }
    let wanted = format!("{before}{start}{table}");
    if blessing() {
        std::fs::write(&path, &wanted).unwrap();
    }
    assert_eq!(
        std::fs::read_to_string(&path).unwrap(),
        wanted,
        "BLESS=1 writes the table"
    );
}
