//! The README.md of a generated crate.

use crate::folder::{Folder, MODEL, text};
use std::process::Command;

const README: &str = "out/README.md";

fn folder(test: &str) -> Folder {
    let folder = Folder::new(test);
    folder.write("models/thing.json", MODEL);
    folder
}

#[test]
fn a_readme_shows_how_the_crate_is_used() {
    let folder = folder("readme");
    folder.succeeds(&[]);
    let readme = folder.read(README);
    for part in [
        "# thing\n",
        "Client for Thing.",
        "thing = \"0.1.0\"",
        ".r#do()",
        "cargo install thing --features cli",
    ] {
        assert!(readme.contains(part), "{part}: {readme}");
    }
    let manifest = folder.read("out/Cargo.toml");
    assert!(manifest.contains("readme = \"README.md\"\n"), "{manifest}");

    folder.succeeds(&["--no-cli"]);
    let readme = folder.read(README);
    assert!(!readme.contains("--features cli"), "{readme}");
}

#[test]
fn check_compares_the_readme() {
    let folder = folder("readme-check");
    folder.succeeds(&[]);
    folder.write(README, folder.read(README).replace("Client for", "About"));
    let output = folder.codegen(&["--check"]);
    assert_eq!(output.status.code(), Some(1));
    let diff = text(&output.stdout);
    assert!(diff.contains("+Client for Thing."), "{diff}");
}

#[test]
fn a_readme_that_somebody_wrote_is_kept() {
    let folder = folder("readme-kept");
    folder.write(README, "Mine.\n");
    folder.succeeds(&[]);
    folder.succeeds(&["--check"]);
    assert_eq!(folder.read(README), "Mine.\n");
    let manifest = folder.read("out/Cargo.toml");
    assert!(manifest.contains("readme = \"README.md\"\n"), "{manifest}");
}

#[test]
fn a_readme_that_the_settings_name_replaces_the_generated_one() {
    let folder = folder("readme-named");
    folder.succeeds(&[]);
    folder.write("ABOUT.md", "Mine.\n");
    folder.write(
        "swage.toml",
        "[crate.thing]\nmodels = [\"models\"]\nout = \"out\"\nreadme = \"ABOUT.md\"\n",
    );
    let mut command = Command::new(env!("CARGO_BIN_EXE_swage"));
    let status = command.arg("generate").current_dir(&folder.0).output();
    assert!(status.expect("swage runs").status.success());
    assert!(!folder.0.join(README).exists());
    let manifest = folder.read("out/Cargo.toml");
    assert!(
        manifest.contains("readme = \"../ABOUT.md\"\n"),
        "{manifest}"
    );
}

#[test]
fn what_a_model_says_stays_text() {
    let folder = folder("readme-hostile");
    let title = r#""smithy.api#title": "--><script>\n```\n# [x](y) \u202e", "aws.api#service""#;
    folder.write(
        "models/thing.json",
        MODEL.replace("\"aws.api#service\"", title),
    );
    folder.succeeds(&[]);
    let readme = folder.read(README);
    let expected = r"Client for --\>\<script\> \`\`\` # \[x\](y).";
    assert!(readme.contains(expected), "{readme}");
}
