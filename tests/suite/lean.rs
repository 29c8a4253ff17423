//! The dependencies that a generated crate adds to a program.

use std::collections::BTreeSet;
use std::process::Command;
use swage_tests::root;

/// The names and versions of all packages that the crate needs with these features.
fn packages(features: &str) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--offline",
            "--edges=normal",
            "--prefix=none",
            "--format={p}",
        ])
        .args(["--package=connectparticipant", "--features", features])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let tree = String::from_utf8_lossy(&output.stdout);
    let lines = tree.lines().map(|line| line.trim_end_matches(" (*)"));
    lines.map(str::to_owned).collect()
}

fn has(packages: &BTreeSet<String>, name: &str) -> bool {
    let start = format!("{name} ");
    packages.iter().any(|package| package.starts_with(&start))
}

#[test]
fn the_default_chain_needs_no_official_client() {
    let chain = packages("default-chain");
    assert!(has(&chain, "swage-credentials"), "{chain:#?}");
    let official = ["aws-config", "aws-sdk-sts", "aws-smithy-http-client"];
    for name in official.into_iter().chain(["swage-cli", "clap"]) {
        assert!(!has(&chain, name), "{name} in {chain:#?}");
    }
}

#[test]
fn the_library_comes_without_the_command_line() {
    let (library, command) = (packages(""), packages("cli"));
    for name in [
        "clap",
        "swage-cli",
        "swage-credentials",
        "tracing-subscriber",
    ] {
        assert!(!has(&library, name), "{name} in {library:#?}");
        assert!(has(&command, name), "{name}");
    }
    assert!(
        library.len() <= 95,
        "{} packages: {library:#?}",
        library.len()
    );
}
