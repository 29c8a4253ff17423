//! Runs the README's `console` blocks with a server on loopback, and compares the output.

use crate::services::PACK;
use std::path::Path;
use std::process::Command;
use swage_tests::root;
use swage_tests::server::{Answer, Server};

const UPLOAD: &str = r#"{"AttachmentId":"8c4d4eb5-7d2a-4c3b-9a51-2f6f0c1d7e90","UploadMetadata":{"Url":"https://bucket.s3.amazonaws.com/cat.png?X-Amz-Signature=abc","UrlExpiry":"2026-03-14T09:26:53.589Z","HeadersToInclude":{"Content-Type":"image/png","Content-Length":"1024"}}}"#;

/// The command, which is built first.
pub(crate) fn built() -> std::path::PathBuf {
    let built = Command::new(env!("CARGO"))
        .args([
            "build",
            "--offline",
            "--quiet",
            "--package",
            "connectparticipant",
            "--features",
            "cli",
        ])
        .status();
    assert!(built.expect("cargo runs").success());
    binary()
}

#[test]
fn every_console_block_prints_what_it_says() {
    let program = built();
    let text = std::fs::read_to_string(root().join("README.md")).expect("a README");
    let server = Server::start(vec![Answer::json(UPLOAD)]);
    let mut count = 0;
    for block in text.split("```console\n").skip(1) {
        let block = block.split("```").next().unwrap_or_default();
        for command in block.split("$ ").skip(1) {
            let (line, expected) = split(command);
            assert_eq!(
                timeless(&run(&program, &line, &server)),
                timeless(&expected),
                "{line}"
            );
            count += 1;
        }
    }
    assert!(count >= 7, "{count}");
    if let Some(folder) = aws().parent() {
        std::fs::remove_dir_all(folder).expect("a folder");
    }
}

/// The command, with continued lines joined, and the expected output.
fn split(block: &str) -> (String, String) {
    let joined = block.replace("\\\n", " ");
    let (line, expected) = joined.split_once('\n').unwrap_or((&joined, ""));
    (line.to_owned(), expected.to_owned())
}

fn run(program: &Path, line: &str, server: &Server) -> String {
    let mut words = line.split_whitespace().map(|word| word.trim_matches('\''));
    let program = match words.next() {
        Some("connectparticipant") => program.to_owned(),
        Some("aws") => aws(),
        Some("cargo") => env!("CARGO").into(),
        other => panic!("the test can't run {other:?}"),
    };
    let tables = PACK.display().to_string();
    let output = Command::new(program)
        .args(words)
        .current_dir(root())
        .env_remove("AWS_PROFILE")
        .envs([
            ("AWS_ENDPOINT_URL", server.url.as_str()),
            ("AWS_DEFAULT_REGION", "us-east-1"),
            ("HOME", "/nonexistent"),
            ("SWAGE_TABLES", tables.as_str()),
        ])
        .envs(
            std::env::var_os("CARGO_HOME")
                .or_else(home_of_cargo)
                .map(|home| ("CARGO_HOME", home)),
        )
        .envs(
            std::env::var_os("RUSTUP_HOME")
                .or_else(home_of_rustup)
                .map(|home| ("RUSTUP_HOME", home)),
        )
        .output()
        .expect("it runs");
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn home_of_cargo() -> Option<std::ffi::OsString> {
    Some(
        std::path::PathBuf::from(std::env::var_os("HOME")?)
            .join(".cargo")
            .into(),
    )
}

fn home_of_rustup() -> Option<std::ffi::OsString> {
    Some(
        std::path::PathBuf::from(std::env::var_os("HOME")?)
            .join(".rustup")
            .into(),
    )
}

fn binary() -> std::path::PathBuf {
    // The test's own program stands in `deps` below the folder of the binaries.
    let test = std::env::current_exe().expect("a path");
    let folder = test
        .parent()
        .and_then(std::path::Path::parent)
        .expect("a target folder");
    folder
        .join("connectparticipant")
        .with_extension(std::env::consts::EXE_EXTENSION)
}

/// The program for many services under that name, which messages show.
fn aws() -> std::path::PathBuf {
    let folder = std::env::temp_dir().join(format!("swage-readme-{}", std::process::id()));
    let program = folder
        .join("aws")
        .with_extension(std::env::consts::EXE_EXTENSION);
    std::fs::create_dir_all(&folder).expect("a folder");
    if !program.exists() {
        std::fs::copy(env!("CARGO_BIN_EXE_services"), &program).expect("a copy");
    }
    program
}

/// Removes durations.
fn timeless(text: &str) -> String {
    let line = |line: &str| {
        if line.starts_with("took ") {
            "took".to_owned()
        } else {
            line.trim_end().to_owned()
        }
    };
    text.lines()
        .map(line)
        .collect::<Vec<_>>()
        .join("\n")
        .trim_end()
        .to_owned()
}
