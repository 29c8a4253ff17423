//! `swage diff`, and the summary of `swage generate` for an existing crate.

use crate::folder::{Folder, MODEL, text};
use std::process::{Command, Output};

/// The model without `Undo`: a breaking change.
fn without_undo() -> String {
    MODEL.replace(", {\"target\": \"a.b#Undo\"}", "")
}

/// The model with a description of `Do`.
fn documented() -> String {
    MODEL.replace(
        "\"uri\": \"/do\"}",
        "\"uri\": \"/do\"}, \"smithy.api#documentation\": \"Does it.\"",
    )
}

fn pair(test: &str) -> Folder {
    let folder = Folder::new(test);
    folder.write("models/old.json", MODEL);
    folder.write("new/service.json", without_undo());
    folder
}

fn diff(folder: &Folder, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_swage"))
        .arg("diff")
        .args(arguments)
        .current_dir(&folder.0)
        .output()
        .expect("swage runs")
}

fn prints(folder: &Folder, arguments: &[&str]) -> String {
    let output = diff(folder, arguments);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    text(&output.stdout)
}

#[test]
fn files_and_folders_are_compared() {
    let folder = pair("diff");
    let said = prints(&folder, &["models/old.json", "new"]);
    assert!(
        said.starts_with(
            "breaking: operation removed [operation-removed]\n  Undo (`Client::undo`, `undo`)\n    --> models/old.json:5:"
        ),
        "{said}"
    );
    assert!(
        said.contains("\n  next version   0.1.0 → 0.2.0, 1.0.0 → 2.0.0\n"),
        "{said}"
    );
    assert_eq!(
        prints(&folder, &["new", "new/service.json"]),
        "no changes\n"
    );
    let said = prints(&folder, &["--no-cli", "models", "new"]);
    assert!(
        said.contains("levels: rust breaking, command none"),
        "{said}"
    );
    let said = prints(&folder, &["--operations", "Do", "models", "new"]);
    assert_eq!(said, "no changes\n");
}

#[test]
fn other_formats_are_for_programs_and_pull_requests() {
    let folder = pair("diff-formats");
    let said = prints(&folder, &["--format", "json", "models", "new"]);
    let report: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(report["level"], "breaking");
    assert_eq!(report["changes"][0]["rule"], "operation-removed");
    assert_eq!(report["changes"][0]["place"]["model"], "old");
    assert_eq!(report["changes"][0]["place"]["file"], "models/old.json");
    let said = prints(&folder, &["--format", "markdown", "models", "new"]);
    assert!(
        said.starts_with("**1 breaking**\n\n| for | level |\n"),
        "{said}"
    );
    assert!(
        said.contains("\n- `Undo` (`Client::undo`, `undo`), `models/old.json:5`\n"),
        "{said}"
    );
}

#[test]
fn fail_on_decides_the_exit_code() {
    let folder = pair("diff-fail");
    let code = |arguments: &[&str]| diff(&folder, arguments).status.code();
    assert_eq!(code(&["--fail-on", "breaking", "models", "new"]), Some(1));
    assert_eq!(code(&["--fail-on", "minor", "models", "new"]), Some(1));
    assert_eq!(code(&["--fail-on", "breaking", "new", "models"]), Some(0));
    assert_eq!(code(&["--fail-on", "minor", "new", "models"]), Some(1));
    assert_eq!(code(&["--fail-on", "patch", "new", "new"]), Some(0));
}

#[test]
fn what_cannot_be_compared_is_reported_for_both_sides() {
    let folder = pair("diff-wrong");
    folder.write("wrong.json", MODEL.replace("\"a.b#Do\"}", "\"a.b#Gone\"}"));
    let output = diff(&folder, &["nowhere", "wrong.json"]);
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output.stderr);
    assert!(said.starts_with("error: cannot read nowhere: "), "{said}");
    assert!(said.contains("--> wrong.json:2:"), "{said}");
    assert_eq!(text(&output.stdout), "");
    assert_eq!(diff(&folder, &["models"]).status.code(), Some(2));
    let output = diff(&folder, &["git:HEAD", "models"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output.stderr).starts_with("error: `git:HEAD` isn't a model in a commit\n"),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn models_are_read_from_commits() {
    let folder = Folder::new("diff-git");
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=a", "-c", "user.email=a@b.example"];
        let output = Command::new("git")
            .args(identity)
            .args(arguments)
            .current_dir(&folder.0)
            .output();
        output.is_ok_and(|output| output.status.success())
    };
    if !git(&["init", "--quiet"]) {
        println!("skipped: there is no git");
        return;
    }
    folder.write("models/thing.json", MODEL);
    assert!(git(&["add", "."]) && git(&["commit", "--quiet", "--message", "old"]));
    folder.write("models/thing.json", without_undo());
    for (old, new) in [
        ("git:HEAD:models/thing.json", "models/thing.json"),
        ("git:HEAD:models", "models"),
        ("git:HEAD:./models/", "models"),
    ] {
        let said = prints(&folder, &[old, new]);
        assert!(
            said.contains("\n    --> git:HEAD:models/thing.json:5:"),
            "{said}"
        );
    }
    let output = diff(&folder, &["git:HEAD:nowhere", "git:none:models"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        text(&output.stderr)
            .matches("error: git can't read the model: ")
            .count(),
        2
    );
}

#[test]
fn a_generated_crate_can_be_compared() {
    let folder = Folder::new("diff-crate");
    folder.write("models/thing.json", MODEL);
    folder.succeeds(&[]);
    assert_eq!(prints(&folder, &["out", "models"]), "no changes\n");
    folder.write("models/thing.json", without_undo());
    for old in ["out", "out/interface.txt"] {
        let said = prints(&folder, &[old, "models"]);
        assert!(
            said.contains("\n  Undo (`Client::undo`, `undo`)\n  = levels: "),
            "{said}"
        );
    }
}

#[test]
fn generating_again_summarizes_the_changes() {
    let folder = Folder::new("summary");
    folder.write("models/thing.json", MODEL);
    assert!(!folder.succeeds(&[]).contains("changed "));
    assert!(!folder.succeeds(&[]).contains("changed "));
    folder.write("models/thing.json", without_undo());
    let said = folder.succeeds(&[]);
    assert!(
        said.contains("\nchanged 1 breaking\n        breaking: operation removed: Undo\n"),
        "{said}"
    );
    assert!(!folder.succeeds(&[]).contains("changed "));
    // An unreadable file is ignored and replaced.
    folder.write(
        "out/interface.txt",
        "swage-interface 99\n# Generated by Swage from x. \n",
    );
    assert!(!folder.succeeds(&[]).contains("changed "));
    assert!(
        folder
            .read("out/interface.txt")
            .starts_with("swage-interface 1\n")
    );
}

#[test]
fn an_automatic_version_follows_from_the_changes() {
    let folder = automatic("auto");
    folder.write("models/thing.json", MODEL);
    let generate = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_swage"))
            .arg("generate")
            .args(arguments)
            .current_dir(&folder.0)
            .output()
            .expect("swage runs");
        (output.status.code(), text(&output.stdout))
    };
    let version = |wanted: &str| {
        let manifest = folder.read("out/Cargo.toml");
        assert!(
            manifest.contains(&format!("\nversion = \"{wanted}\"\n")),
            "{manifest}"
        );
    };
    assert_eq!(generate(&[]).0, Some(0));
    version("0.1.0");
    assert_eq!(generate(&["--check"]).0, Some(0));

    folder.write("models/thing.json", documented());
    assert_eq!(generate(&["--check"]).0, Some(1));
    let (_, said) = generate(&[]);
    assert!(said.contains("\nversion 0.1.0 → 0.1.1\n"), "{said}");
    version("0.1.1");
    assert_eq!(generate(&["--check"]).0, Some(0));

    folder.write("models/thing.json", without_undo());
    generate(&[]);
    version("0.2.0");
    // Nothing changed since, so the version stays.
    generate(&[]);
    version("0.2.0");
    assert_eq!(
        folder.read("out/CHANGELOG.md"),
        "# Changelog\n\n\
         ## 0.2.0\n\n### Breaking\n\n- Operation removed: `Undo`\n\n### Changed\n\n- Documentation changed: `Do`\n\n\
         ## 0.1.1\n\n### Changed\n\n- Documentation changed: `Do`\n"
    );
}

#[test]
fn a_version_set_by_hand_is_the_one_that_is_raised() {
    let folder = automatic("by-hand");
    folder.write("models/thing.json", MODEL);
    generate(&folder);
    let manifest = folder.read("out/Cargo.toml");
    let manifest = manifest.replace("version = \"0.1.0\"\n", "version = \"1.0.0\"\n");
    folder.write("out/Cargo.toml", &manifest);
    generate(&folder);
    assert_eq!(folder.read("out/Cargo.toml"), manifest);
    assert!(folder.read("out/README.md").contains("thing = \"1.0.0\""));
    assert!(!folder.0.join("out/CHANGELOG.md").exists());

    let version = |model: &str, wanted: &str| {
        folder.write("models/thing.json", model);
        generate(&folder);
        let manifest = folder.read("out/Cargo.toml");
        let line = format!("\nversion = \"{wanted}\"\n");
        assert!(manifest.contains(&line), "{manifest}");
    };
    version(&documented(), "1.0.1");
    version(&without_undo(), "2.0.0");
    version(MODEL, "2.1.0");
}

#[test]
fn files_and_changelog_are_written_together() {
    let folder = automatic("together");
    folder.write("models/thing.json", MODEL);
    generate(&folder);
    folder.write("out/CHANGELOG.md/mine.txt", "Mine.");
    let before = folder.out();
    folder.write("models/thing.json", without_undo());
    let output = run(&folder);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("CHANGELOG.md"));
    assert!(folder.out() == before, "something was touched");
}

/// A folder whose `swage.toml` asks for an automatic version.
fn automatic(test: &str) -> Folder {
    let folder = Folder::new(test);
    let config = "[crate.thing]\nmodels = [\"models\"]\nout = \"out\"\nversion = \"auto\"\n";
    folder.write("swage.toml", config);
    folder
}

fn run(folder: &Folder) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_swage"));
    let output = command.arg("generate").current_dir(&folder.0).output();
    output.expect("swage runs")
}

fn generate(folder: &Folder) {
    let output = run(folder);
    assert!(output.status.success(), "{}", text(&output.stderr));
}

#[test]
fn what_people_wrote_into_the_changelog_stays() {
    let folder = automatic("changelog");
    folder.write("models/thing.json", MODEL);
    generate(&folder);
    folder.write(
        "out/CHANGELOG.md",
        "# What is new\n\nRead this.\n\n## 0.1.0\n\nHello.\n",
    );
    folder.write("models/thing.json", without_undo());
    generate(&folder);
    assert_eq!(
        folder.read("out/CHANGELOG.md"),
        "# What is new\n\nRead this.\n\n## 0.2.0\n\n### Breaking\n\n- Operation removed: `Undo`\n\n## 0.1.0\n\nHello.\n"
    );
}
