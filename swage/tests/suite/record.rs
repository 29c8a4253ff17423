//! What a run leaves in Cargo's target folder, so that the next one can end early.

use crate::folder::{Folder, MODEL, text};
use serde_json::Value as Json;
use std::fs;
use std::path::PathBuf;

/// A folder with a crate that was generated, and with a target folder as Cargo makes it.
fn generated(test: &str) -> Folder {
    let folder = Folder::new(test);
    folder.write("target/CACHEDIR.TAG", "");
    folder.write("models/thing.json", MODEL);
    folder.succeeds(&[]);
    folder
}

fn record(folder: &Folder) -> PathBuf {
    let records = fs::read_dir(folder.0.join("target/swage")).expect("a folder");
    let records: Vec<_> = records
        .map(|entry| entry.expect("an entry").path())
        .collect();
    assert_eq!(records.len(), 1);
    records[0].clone()
}

/// Changes what the record says was done. Only a run that ends early says the same.
fn mark(folder: &Folder) {
    let record = record(folder);
    let text = fs::read_to_string(&record).expect("a record");
    let mut json: Json = serde_json::from_str(&text).expect("JSON");
    json["done"]["sources"] = ["the record"].into();
    fs::write(record, json.to_string()).expect("written");
}

/// Whether a run ends early, and what it says.
fn run(folder: &Folder, arguments: &[&str]) -> (bool, String) {
    mark(folder);
    let said = folder.succeeds(arguments);
    (said.contains("read    the record"), said)
}

#[test]
fn a_run_that_changes_nothing_ends_early_and_says_the_same() {
    let folder = generated("record-same");
    let first = folder.out();
    let model = record(&folder);
    let lines = |said: String| {
        let lines = said.lines().filter(|line| !line.starts_with("took"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let quick = lines(folder.succeeds(&[]));
    fs::remove_file(model).expect("removed");
    let full = lines(folder.succeeds(&[]));
    assert_eq!(quick, full);
    assert!(run(&folder, &[]).0);
    assert!(folder.out() == first, "something was touched");
    let json = text(&folder.codegen(&["--message-format", "json"]).stdout);
    assert!(json.contains("\"written\":0"), "{json}");
}

#[test]
fn a_generated_file_that_was_changed_is_written_again() {
    let folder = generated("record-files");
    let (first, client) = (folder.texts(), folder.read("out/src/client.rs"));
    folder.write("out/src/client.rs", client.replace("Cheap", "Chea"));
    assert!(run(&folder, &[]).1.contains("1 written, 0 removed"));
    fs::remove_file(folder.0.join("out/src/client.rs")).expect("removed");
    assert!(run(&folder, &[]).1.contains("1 written, 0 removed"));
    folder.write("out/src/stray.rs", &client);
    assert!(run(&folder, &[]).1.contains("0 written, 1 removed"));
    let (from, to) = ("out/src/client.rs", "out/src/error.rs");
    fs::rename(folder.0.join(from), folder.0.join(to)).expect("renamed");
    assert!(run(&folder, &[]).1.contains("2 written, 0 removed"));
    assert!(folder.texts() == first);
    assert!(run(&folder, &[]).0);
}

#[test]
fn other_models_settings_or_programs_generate_again() {
    let folder = generated("record-inputs");
    folder.write("models/thing.json", MODEL.replace("/undo", "/redo"));
    let (is_early, said) = run(&folder, &[]);
    assert!(!is_early && said.contains("2 written"), "{said}");
    for arguments in [
        &["--no-cli"][..],
        &["--operations", "Do"],
        &["--no-overlays"],
        &["--name", "other"],
        &["--runtime", "elsewhere"],
    ] {
        assert!(!run(&folder, arguments).0, "{arguments:?}");
        assert!(run(&folder, arguments).0, "{arguments:?}");
    }
    folder.succeeds(&[]);
    mark(&folder);
    let other = folder.0.join("other-swage");
    fs::copy(env!("CARGO_BIN_EXE_swage"), &other).expect("copied");
    let mut command = std::process::Command::new(other);
    command.args(["generate", "--model", "models", "--out", "out"]);
    let said = text(
        &command
            .current_dir(&folder.0)
            .output()
            .expect("runs")
            .stdout,
    );
    assert!(
        !said.contains("the record") && said.contains("0 written"),
        "{said}"
    );
}

#[test]
fn check_compares_everything() {
    let folder = generated("record-check");
    mark(&folder);
    assert!(!folder.succeeds(&["--check"]).contains("the record"));
    let client = folder.read("out/src/client.rs");
    folder.write("out/src/client.rs", client.replace("Cheap", "Chea"));
    assert_eq!(folder.codegen(&["--check"]).status.code(), Some(1));
}

#[test]
fn a_record_that_is_broken_or_cannot_be_written_does_no_harm() {
    let folder = generated("record-broken");
    for text in [
        "",
        "{",
        "[]",
        "{\"salt\": -1}",
        "{\"salt\": 1, \"inputs\": \"\"}",
    ] {
        fs::write(record(&folder), text).expect("written");
        assert!(folder.succeeds(&[]).contains("0 written"), "{text}");
    }
    fs::remove_dir_all(folder.0.join("target/swage")).expect("removed");
    folder.write("target/swage", "A file.");
    assert!(folder.succeeds(&[]).contains("0 written"));
}

#[test]
fn without_a_target_folder_there_is_no_record() {
    let folder = Folder::new("record-none");
    folder.write("models/thing.json", MODEL);
    fs::create_dir(folder.0.join("target")).expect("a folder");
    folder.succeeds(&[]);
    assert_eq!(
        fs::read_dir(folder.0.join("target"))
            .expect("a folder")
            .count(),
        0
    );
    assert!(folder.succeeds(&[]).contains("0 written"));
}
