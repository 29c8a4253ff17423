//! Help and version of the command, and messages for programs.

use crate::folder::{Folder, MODEL, text};
use serde_json::Value as Json;
use std::process::{Command, Output};

fn swage(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_swage"))
        .args(arguments)
        .output()
        .expect("swage runs")
}

/// The messages of a run, whose standard error is empty.
fn messages(folder: &Folder, arguments: &[&str]) -> Vec<Json> {
    let arguments = [&["--message-format", "json"], arguments].concat();
    let output = folder.codegen(&arguments);
    assert_eq!(text(&output.stderr), "");
    let stdout = text(&output.stdout);
    let lines = stdout.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}")))
        .collect()
}

fn number(value: &Json) -> usize {
    let number = value.as_u64().expect("a number");
    usize::try_from(number).expect("a small number")
}

#[test]
fn results_are_messages() {
    let folder = Folder::new("json");
    folder.write("models/thing.json", MODEL);
    let messages = messages(&folder, &[]);
    let [generated, finished] = messages.as_slice() else {
        panic!("{messages:#?}");
    };
    assert_eq!(generated["reason"], "crate-generated");
    assert_eq!(generated["name"], "thing");
    assert_eq!(generated["out"], "out");
    assert_eq!(generated["models"][0], "models/thing.json");
    assert!(generated["written"].as_u64() > Some(10));
    assert_eq!(
        finished.to_string(),
        r#"{"reason":"build-finished","success":true}"#
    );
}

#[test]
fn diagnostics_have_the_form_of_rustcs() {
    let folder = Folder::new("rustc");
    let model = MODEL.replace("/undo", "ünd").replace("\"/do", "\"do");
    folder.write("models/thing.json", &model);
    let messages = messages(&folder, &[]);
    assert_eq!(messages.len(), 3, "{messages:#?}");
    assert_eq!(messages[2]["success"], false);
    for found in &messages[..2] {
        assert_eq!(found["reason"], "compiler-message");
        assert!(
            found["manifest_path"]
                .as_str()
                .is_some_and(|path| path.ends_with("out/Cargo.toml"))
        );
        assert_eq!(found["target"]["kind"][0], "lib");
        let message = &found["message"];
        assert_eq!(message["level"], "error");
        let rendered = message["rendered"].as_str().unwrap_or_default();
        assert!(
            rendered.starts_with("error: ") && rendered.contains("models/thing.json:"),
            "{rendered}"
        );
        let span = &message["spans"][0];
        assert_eq!(span["file_name"], "models/thing.json");
        assert_eq!(span["is_primary"], true);
        let [start, end] = ["byte_start", "byte_end"].map(|key| number(&span[key]));
        let marked = &model[start..end];
        let line: Vec<char> = span["text"][0]["text"]
            .as_str()
            .unwrap_or_default()
            .chars()
            .collect();
        let [from, to] =
            ["highlight_start", "highlight_end"].map(|key| number(&span["text"][0][key]));
        assert_eq!(line[from - 1..to - 1].iter().collect::<String>(), marked);
        assert_eq!(number(&span["column_start"]), from);
        assert_eq!(
            model.lines().nth(number(&span["line_start"]) - 1),
            Some(line.iter().collect::<String>().as_str())
        );
        assert!(
            message["children"]
                .as_array()
                .is_some_and(|children| children.iter().all(|child| child["level"] == "help"))
        );
    }
}

#[test]
fn other_problems_are_messages_without_a_place() {
    let folder = Folder::new("places");
    let found = messages(&folder, &["--model", "nowhere"]);
    let message = &found[found.len() - 2]["message"];
    assert!(
        message["message"]
            .as_str()
            .is_some_and(|text| text.starts_with("cannot read nowhere: ")),
        "{found:#?}"
    );
    assert_eq!(message["spans"].as_array().map(Vec::len), Some(0));
}

#[test]
fn help_shows_examples_and_what_exit_codes_mean() {
    let help = text(&swage(&["--help"]).stdout);
    for part in [
        "swage generate --model service.json --out client",
        "[crate.my-client]",
        "Exit codes:",
        "completions",
        "man",
    ] {
        assert!(help.contains(part), "{part}\n{help}");
    }
    let usage = swage(&["generate", "--modle", "x"]);
    assert_eq!(usage.status.code(), Some(2));
    assert!(text(&usage.stderr).contains("'--model'"), "{usage:?}");
}

#[test]
fn completions_and_pages_come_from_the_definition() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let output = swage(&["completions", shell]);
        assert!(output.status.success(), "{shell}");
        assert!(text(&output.stdout).contains("deny-warnings"), "{shell}");
    }
    let page = text(&swage(&["man"]).stdout);
    assert!(
        page.contains(".TH swage 1") && page.contains("swage\\-generate"),
        "{page}"
    );
    let folder = Folder::new("man");
    let pages = folder.0.join("man1");
    let output = swage(&["man", pages.to_str().expect("UTF-8")]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let page = folder.read("man1/swage-generate.1");
    assert!(page.contains("\\-\\-deny\\-warnings"), "{page}");
    assert!(folder.read("man1/swage.1").contains(".TH swage 1"));
}
