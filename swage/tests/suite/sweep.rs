//! `swage sweep` as a process.

use crate::folder::{Folder, MODEL};
use serde_json::Value as Json;
use std::fs;
use std::process::{Command, Output};

const AWS_JSON: &str = r#"{"metadata": {"protocol": "json", "jsonVersion": "1.1", "serviceId": "Old"},
    "operations": {"List": {}}, "shapes": {}}"#;
const IDL: &str =
    "$version: \"2\"\nnamespace a.b\n@aws.protocols#awsJson1_0\nservice Idl { operations: [Go] }\n";
const IDL_OPERATION: &str = "$version: \"2\"\nnamespace a.b\noperation Go {}\n";

fn sweep(folder: &Folder, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_swage"))
        .args(["sweep", "models"])
        .args(arguments)
        .current_dir(&folder.0)
        .output()
        .expect("swage runs")
}

fn json(folder: &Folder) -> (Json, Option<i32>) {
    let output = sweep(folder, &["--json"]);
    let json = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        panic!("{error}: {}", String::from_utf8_lossy(&output.stderr));
    });
    (json, output.status.code())
}

fn column<'j>(json: &'j Json, name: &str) -> Vec<&'j str> {
    let results = json["results"].as_array().expect("results").iter();
    results.map(|of| of[name].as_str().unwrap_or("-")).collect()
}

#[test]
fn models_of_all_formats_are_found_by_their_content() {
    let folder = Folder::new("sweep-formats");
    folder.write("models/one.json", MODEL);
    folder.write("models/deep/two/service-2.json", AWS_JSON);
    folder.write("models/deep/two/paginators-1.json", r#"{"pagination": {}}"#);
    folder.write("models/idl/service.smithy", IDL);
    folder.write("models/idl/operation.smithy", IDL_OPERATION);
    folder.write("models/other.json", r#"{"a": 1}"#);
    folder.write("models/shared.json", r#"{"smithy": "2.0", "shapes": {}}"#);
    let (json, code) = json(&folder);
    assert_eq!(code, Some(0), "{json:#}");
    assert_eq!(
        column(&json, "format"),
        ["Smithy JSON", "AWS JSON", "Smithy IDL"]
    );
    assert_eq!(
        column(&json, "protocol"),
        ["restJson1", "awsJson1_1", "awsJson1_0"]
    );
    assert_eq!(json["operations"], 4);
    let lines = json["lines"].as_u64().expect("a number");
    assert!(lines > 100, "{lines}");
    assert!(json["bytes"].as_u64() > Some(lines));
    if cfg!(target_os = "linux") {
        assert!(json["cpuMicroseconds"].as_u64() > Some(0));
        assert!(json["peakMemoryBytes"].as_u64() > Some(1 << 20));
    }
}

#[test]
fn the_newest_version_of_a_service_is_taken() {
    let folder = Folder::new("sweep-versions");
    for version in ["2011-01-01", "2016-11-15", "2014-10-01"] {
        let path = format!("models/thing/{version}/service-2.json");
        folder.write(&path, AWS_JSON.replace("Old", &format!("V {version}")));
    }
    folder.write("models/thing/preview/service-2.json", AWS_JSON);
    let (json, _) = json(&folder);
    assert_eq!(column(&json, "package"), ["v2016-11-15", "old"]);
}

#[test]
fn a_failure_does_not_stop_the_others() {
    let folder = Folder::new("sweep-failure");
    folder.write("models/a.json", MODEL.replace("/undo", "undo"));
    folder.write("models/b.json", r#"{"smithy": "2.0""#);
    folder.write("models/c.json", MODEL);
    let (json, code) = json(&folder);
    assert_eq!(code, Some(1));
    assert_eq!((&json["models"], &json["failed"]), (&3.into(), &2.into()));
    assert_eq!(column(&json, "package"), ["-", "-", "thing"]);
    let output = sweep(&folder, &[]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("models/a.json:5"), "{said}");
    let table = String::from_utf8_lossy(&output.stdout);
    assert!(table.contains("failed          2\n"), "{table}");
    assert!(
        table.ends_with("failed\nmodels/a.json\nmodels/b.json\n"),
        "{table}"
    );
    assert!(table.contains("\nthing (Smithy JSON)"), "{table}");
}

#[test]
fn nothing_to_sweep_is_an_error() {
    let folder = Folder::new("sweep-nothing");
    let output = sweep(&folder, &["nowhere"]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("no model in models"), "{said}");
    assert!(said.contains("cannot read nowhere"), "{said}");
}

/// A program in place of cargo prints its arguments, and fails on request.
#[test]
#[cfg(unix)]
fn a_sample_is_compiled_in_one_workspace() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("sweep-compile");
    folder.write("models/a.json", MODEL);
    folder.write("models/b.json", MODEL);
    folder.write("models/c.json", MODEL.replace("restJson1", "awsJson1_0"));
    folder.write("models/d.json", MODEL.replace("\"Thing\"}", "\"Other\"}"));
    folder.write("cargo", CARGO);
    let cargo = folder.0.join("cargo");
    fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).expect("a mode");
    let run = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_swage"))
            .args(["sweep", "models", "--out", "out", "--exclude", "other"])
            .args(arguments)
            .env("CARGO", &cargo)
            .env_remove("RUSTFLAGS")
            .env_remove("RUSTDOCFLAGS")
            .current_dir(&folder.0)
            .output()
            .expect("swage runs")
    };
    let output = run(&["--compile", "9", "--doc"]);
    assert!(output.status.success(), "{output:?}");
    assert_eq!(
        folder.read("out/Cargo.toml"),
        "[workspace]\nresolver = \"3\"\nmembers = [\"thing\", \"thing-2\", \"thing-3\"]\n"
    );
    assert_eq!(
        folder.read("out/calls"),
        "check --workspace --quiet --keep-going, -D warnings -D warnings\n\
         check --features=cli --workspace --quiet --keep-going, -D warnings -D warnings\n\
         doc --no-deps --workspace --quiet --keep-going, -D warnings -D warnings\n"
    );
    let table = String::from_utf8_lossy(&output.stdout);
    assert!(table.contains("3 without warnings"), "{table}");
    // One of each protocol.
    folder.write("out/fail", "");
    let output = run(&["--compile", "2"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        folder
            .read("out/Cargo.toml")
            .contains("[\"thing\", \"thing-2\"]")
    );
    assert!(folder.read("out/thing/Cargo.toml").contains("aws-json"));
    let table = String::from_utf8_lossy(&output.stdout);
    assert!(table.contains("2 with warnings or errors"), "{table}");
}

#[cfg(unix)]
const CARGO: &str = "#!/bin/sh\necho \"$*, $RUSTFLAGS $RUSTDOCFLAGS\" >> calls\n! test -e fail\n";
