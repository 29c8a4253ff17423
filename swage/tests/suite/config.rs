//! `swage.toml`: several crates from one file.

use crate::folder::{Folder, MODEL, text};
use std::path::Path;
use std::process::{Command, Output};

/// Runs `swage generate` in a folder below the test's own.
fn generate(folder: &Folder, below: &str, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_swage"))
        .arg("generate")
        .args(arguments)
        .current_dir(folder.0.join(below))
        .output()
        .expect("swage runs")
}

fn succeeds(folder: &Folder, below: &str, arguments: &[&str]) -> String {
    let output = generate(folder, below, arguments);
    assert!(output.status.success(), "{}", text(&output.stderr));
    text(&output.stdout)
}

fn fails(folder: &Folder, arguments: &[&str]) -> String {
    let output = generate(folder, "", arguments);
    assert_eq!(output.status.code(), Some(1));
    text(&output.stderr)
}

const TWO: &str = r#"
[defaults]
version = "1.2.3"
license = "MIT"
runtime = { path = "vendor/swage" }

[crate.thing]
models = ["models"]
out = "clients/thing"
description = "A \"thing\"."
keywords = ["a", "b"]

[crate.small-thing]
models = ["models/thing.json"]
out = "small"
operations = ["D*"]
cli = false
runtime = { version = "0.7" }
"#;

fn two(test: &str) -> Folder {
    let folder = Folder::new(test);
    folder.write("models/thing.json", MODEL);
    folder.write("swage.toml", TWO);
    folder
}

#[test]
fn one_file_gives_several_crates() {
    let folder = two("config");
    let said = succeeds(&folder, "", &[]);
    assert!(said.starts_with("read    models/thing.json\nwrote   clients/thing: "));
    assert!(said.contains("\nwrote   small: "), "{said}");
    let manifest = folder.read("clients/thing/Cargo.toml");
    for line in [
        "name = \"thing\"",
        "version = \"1.2.3\"",
        "license = \"MIT\"",
        "description = \"A \\\"thing\\\".\"",
        "keywords = [\"a\", \"b\"]",
        "swage-cli = { path = \"../../vendor/swage/cli\", version = ",
    ] {
        assert!(manifest.contains(line), "{line}\n{manifest}");
    }
    let manifest = folder.read("small/Cargo.toml");
    assert!(manifest.contains("name = \"small-thing\""), "{manifest}");
    assert!(
        manifest.contains("swage-client = { version = \"0.7\", "),
        "{manifest}"
    );
    assert!(folder.0.join("small/src/operation/do.rs").exists());
    assert!(!folder.0.join("small/src/operation/undo.rs").exists());
}

#[test]
fn the_file_is_found_above_and_paths_are_its_own() {
    let folder = two("above");
    let said = succeeds(&folder, "models", &[]);
    assert!(said.contains("wrote   clients/thing: "), "{said}");
    assert!(folder.0.join("clients/thing/Cargo.toml").exists());
    let said = succeeds(&folder, "models", &["--check"]);
    assert!(said.contains("small: 0 written, 0 removed"), "{said}");
}

#[test]
fn check_covers_all_crates() {
    let folder = two("all");
    succeeds(&folder, "", &[]);
    folder.write("models/thing.json", MODEL.replace("/undo", "/redo"));
    let output = generate(&folder, "", &["--check"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        text(&output.stderr),
        "error: clients/thing is out of date; `swage generate` updates it\n"
    );
    let said = text(&output.stdout);
    assert!(said.contains("\nwrote   small: 0 written"), "{said}");
}

#[test]
fn options_override_the_file() {
    let folder = two("override");
    let said = succeeds(
        &folder,
        "",
        &[
            "--package",
            "thing",
            "--out",
            "elsewhere",
            "--operations",
            "Undo",
        ],
    );
    assert!(said.contains("wrote   elsewhere: "), "{said}");
    assert!(!folder.0.join("small").exists() && !folder.0.join("clients").exists());
    assert!(!folder.0.join("elsewhere/src/operation/do.rs").exists());
    let said = fails(&folder, &["--out", "elsewhere"]);
    assert_eq!(
        said,
        "error: --out and --name are for one crate, and swage.toml describes several\n  help: choose one with --package\n"
    );
    let said = fails(&folder, &["--package", "thin"]);
    assert_eq!(
        said,
        "error: swage.toml has no crate `thin`\n  help: did you mean `thing`?\n"
    );
}

#[test]
fn all_that_is_wrong_with_the_file_is_said_at_once() {
    let folder = two("mistakes");
    folder.write(
        "swage.toml",
        r#"[default]
version = "1"

[crate.a]
modles = ["models"]
out = "a"
cli = "no"

[crate.b]
models = ["models", 3]
out = "a/"
version = "1.2"
runtime = { git = "x" }
"#,
    );
    let expected = r#"error: unknown key `default`
 --> swage.toml:1:2
  |
1 | [default]
  |  ^^^^^^^
  |
  = help: did you mean `defaults`?

error: missing key `models`
 --> swage.toml:4:8
  |
4 | [crate.a]
  |        ^
  |
  = help: name the service's models: `models = ["service.json"]`

error: unknown key `modles`
 --> swage.toml:5:1
  |
5 | modles = ["models"]
  | ^^^^^^
  |
  = help: did you mean `models`?

error: expected a boolean, found a string
 --> swage.toml:7:7
  |
7 | cli = "no"
  |       ^^^^
  |
  = help: `cli` is whether the crate has a command line: `true` or `false`

error: expected a string, found an integer
  --> swage.toml:10:21
   |
10 | models = ["models", 3]
   |                     ^
   |
   = help: `models` is a list of models, or of folders with models

error: two crates have the same folder
  --> swage.toml:11:7
   |
 6 | out = "a"
   |       --- the other one
...
11 | out = "a/"
   |       ^^^^
   |
   = help: each crate needs a folder of its own

error: `1.2` is not a version
  --> swage.toml:12:11
   |
12 | version = "1.2"
   |           ^^^^^
   |
   = help: `version` is the crate's version, such as `1.2.3`, or `auto`

error: unknown key `git`
  --> swage.toml:13:13
   |
13 | runtime = { git = "x" }
   |             ^^^
   |
   = help: `runtime` is where the crate finds the runtime: `{ path = "…" }` or `{ version = "…" }`

8 errors in swage.toml
"#;
    assert_eq!(fails(&folder, &[]), expected);
    assert!(!folder.0.join("a").exists());
}

#[test]
fn broken_toml_is_a_diagnostic() {
    let folder = two("broken");
    folder.write("swage.toml", "[crate.a\nmodels = 1\n");
    let said = fails(&folder, &[]);
    assert!(said.contains(" --> swage.toml:1:"), "{said}");
    folder.write("swage.toml", "");
    let said = fails(&folder, &[]);
    assert!(said.contains("the file describes no crate"), "{said}");
}

#[test]
fn without_a_file_and_a_model_there_is_a_hint() {
    let folder = Folder::new("nothing");
    assert!(!Path::new("/swage.toml").exists());
    assert_eq!(
        fails(&folder, &[]),
        "error: no swage.toml in this folder or above it\n  help: name a model: `swage generate --model service.json --out client`\n"
    );
}

#[test]
fn operations_are_names_patterns_and_files() {
    let folder = Folder::new("operations");
    folder.write("models/thing.json", MODEL);
    folder.write("wanted.txt", "# What we call.\nUndo # the other way\n\n");
    let operations = |wanted: &str| {
        folder.succeeds(&["--operations", wanted]);
        ["do", "undo"].map(|name| {
            let path = format!("out/src/operation/{name}.rs");
            folder.0.join(path).exists()
        })
    };
    for (wanted, expected) in [
        ("Do,Undo", [true, true]),
        ("*do", [false, true]),
        ("?o", [true, false]),
        ("*", [true, true]),
        ("!U*", [true, false]),
        ("*,!Do", [false, true]),
        ("@wanted.txt", [false, true]),
    ] {
        assert_eq!(operations(wanted), expected, "{wanted}");
    }
    let help = |wanted: &str| {
        let said = folder.fails(&["--operations", wanted]);
        said.lines()
            .filter(|line| line.contains("help: "))
            .map(|line| line.trim().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        help("undoo,Dx"),
        ["= help: did you mean `Undo`?", "= help: did you mean `Do`?"]
    );
    let said = folder.fails(&["--operations", "Get*"]);
    assert!(
        said.starts_with("error: no operation of Thing matches Get*\n"),
        "{said}"
    );
    let said = folder.fails(&["--operations", "!*"]);
    assert!(
        said.starts_with("error: the patterns exclude all operations of Thing\n"),
        "{said}"
    );
    let said = folder.fails(&["--operations", "@nowhere.txt"]);
    assert!(
        said.starts_with("error: cannot read nowhere.txt: "),
        "{said}"
    );
}
