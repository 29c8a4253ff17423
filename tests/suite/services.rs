//! A program for many services, with the tables of a pack: what it does is what programs for single services do.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;
use swage_cli::Cli;
use swage_codegen::{Options, load, pack, packed};
use swage_tests::golden::{options, sources};
use swage_tests::root;
use swage_tests::server::{Answer, Server};

/// The pack of a few golden cases and of the generated crate's model.
pub(crate) static PACK: LazyLock<PathBuf> = LazyLock::new(|| {
    let mut services: Vec<_> = ["alloy", "options", "waiters"].map(packed_case).into();
    let texts = ["connectparticipant.json", "connectparticipant.overlay.json"];
    let texts = texts.map(|name| swage_tests::golden::source(&root().join("models").join(name)));
    let connect = packed(&load::load(&texts), &Options::default());
    services.push(connect.expect("a model without errors"));
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("services.pack");
    fs::write(&path, pack::file(services).expect("a pack")).expect("a file");
    path
});

fn packed_case(case: &str) -> pack::PackedService {
    let case = root().join("tests/golden").join(case);
    packed(&load::load(&sources(&case)), &options(&case)).expect("a model without errors")
}

pub(crate) fn program(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_services"));
    command.args(words).env_clear();
    command.env("SWAGE_TABLES", &*PACK);
    command
        .env("AWS_CONFIG_FILE", "/nothing")
        .env("AWS_SHARED_CREDENTIALS_FILE", "/nothing");
    command
        .env("AWS_ACCESS_KEY_ID", "AKID")
        .env("AWS_SECRET_ACCESS_KEY", "secret");
    command
        .env("AWS_DEFAULT_REGION", "us-east-1")
        .env("AWS_EC2_METADATA_DISABLED", "true");
    command
}

fn run(words: &[&str]) -> Output {
    program(words).output().expect("the program runs")
}

pub(crate) fn stdout(words: &[&str]) -> String {
    let output = run(words);
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{words:?}: {error}");
    String::from_utf8(output.stdout).expect("text")
}

pub(crate) fn stderr(words: &[&str], code: i32) -> String {
    let output = run(words);
    assert_eq!(output.status.code(), Some(code), "{words:?}");
    String::from_utf8(output.stderr).expect("text")
}

/// What the program for a single golden case prints.
fn of_single_program(case: &str, words: &[&str]) -> String {
    let own = std::env::current_exe().expect("a test");
    let target = own.ancestors().nth(2).expect("target/debug");
    let output = Command::new(target.join("examples").join(case))
        .args(words)
        .output();
    String::from_utf8(output.expect("the example is built").stdout).expect("text")
}

#[test]
fn pages_of_help_are_those_of_single_programs() {
    let all: [(&str, &Cli); 2] = [
        ("alloy", &golden_alloy::cli::CLI),
        ("options", &golden_options::cli::CLI),
    ];
    for (case, cli) in all {
        assert_eq!(
            stdout(&[cli.name, "help"]),
            of_single_program(case, &["help"])
        );
        for command in cli.commands {
            let page = of_single_program(case, &[command.name(), "help"]);
            assert!(page.contains("SYNOPSIS"), "{page}");
            assert_eq!(stdout(&[cli.name, command.name(), "help"]), page);
        }
    }
    let waiters = stdout(&["golden-waiters", "wait", "help"]);
    assert!(waiters.contains("AVAILABLE COMMANDS"), "{waiters}");
}

#[test]
fn an_older_name_of_a_service_works_and_isn_t_shown() {
    let page = stdout(&["golden-options", "get-thing", "help"]);
    assert_eq!(stdout(&["older.options", "get-thing", "help"]), page);
    for list in [stdout(&["help"]), stdout(&["--help"])] {
        assert!(list.contains("golden-options"), "{list}");
        assert!(!list.contains("older.options"), "{list}");
    }
    let error = stderr(&["older-options", "get-thing"], 2);
    assert!(
        error.contains("maybe you meant:\n\n  * older.options\n"),
        "{error}"
    );
}

#[test]
fn calls_are_those_of_single_programs_wherever_global_options_stand() {
    let server = Server::start(vec![Answer::json(r#"{"Id": "1", "AbsoluteTime": "now"}"#)]);
    let call = [
        "send-message",
        "--content-type",
        "text/plain",
        "--content",
        "hi",
        "--connection-token",
        "t",
    ];
    let url = ["--endpoint-url", server.url.as_str()];
    let places = [
        [&url[..], &["connectparticipant"], &call].concat(),
        [&["connectparticipant"], &url[..], &call].concat(),
        [&["connectparticipant"], &call[..], &url].concat(),
    ];
    for words in &places {
        assert_eq!(
            stdout(words),
            "{\n    \"Id\": \"1\",\n    \"AbsoluteTime\": \"now\"\n}\n"
        );
    }
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    for request in &requests {
        assert_eq!(request.line, "POST /participant/message HTTP/1.1");
        assert!(
            request.body.contains(r#""Content":"hi""#),
            "{}",
            request.body
        );
    }
}

#[test]
fn lists_and_versions_are_those_of_the_program() {
    assert_eq!(stdout(&["--version"]), "aws 1.0.0\n");
    let listed = stdout(&["help"]);
    assert!(listed.contains("o golden-waiters"), "{listed}");
    let short = stdout(&["--help"]);
    assert!(
        short.contains("Amazon Connect Participant Service"),
        "{short}"
    );
    let short = stdout(&["connectparticipant", "--help"]);
    assert!(
        short.starts_with("Usage: aws connectparticipant [options] <operation>"),
        "{short}"
    );
}

#[test]
fn mistakes_have_suggestions_on_each_level() {
    let service = stderr(&["connectparticipent", "help"], 2);
    assert!(
        service.contains("<command> <subcommand> [<subcommand> ...]"),
        "{service}"
    );
    assert!(
        service.contains("argument command: Invalid choice"),
        "{service}"
    );
    assert!(
        service.ends_with("maybe you meant:\n\n  * connectparticipant\n"),
        "{service}"
    );
    let operation = stderr(&["connectparticipant", "send-mesage"], 2);
    assert!(
        operation.ends_with("maybe you meant:\n\n  * send-message\n"),
        "{operation}"
    );
    let nothing = stderr(&[], 2);
    assert!(
        nothing.ends_with("the following arguments are required: command\n"),
        "{nothing}"
    );
    let nothing = stderr(&["connectparticipant"], 2);
    assert!(
        nothing.ends_with("the following arguments are required: operation\n"),
        "{nothing}"
    );
}

#[test]
fn commands_that_the_aws_cli_writes_by_hand_lead_to_operations() {
    let error = stderr(&["s3", "ls"], 2);
    assert!(
        error.contains("argument command: the AWS CLI adds the command `s3`"),
        "{error}"
    );
    assert!(error.contains("s3api list-objects-v2"), "{error}");
}

#[test]
fn manual_pages_are_written_for_all_services_or_one() {
    let folder = std::env::temp_dir().join(format!("swage-man-{}", std::process::id()));
    let path = folder.display().to_string();
    let said = stdout(&["man", &path, "connectparticipant"]);
    assert!(said.ends_with(&format!(" pages to {path}\n")), "{said}");
    let read = |name: &str| fs::read_to_string(folder.join(name)).expect("a page");
    let page = read("aws-connectparticipant-send-message.1");
    assert!(
        page.starts_with(
            ".TH \"AWS\\-CONNECTPARTICIPANT\\-SEND\\-MESSAGE\" 1 \"\" \"aws/1.0.0\"\n"
        ),
        "{page}"
    );
    for line in [
        "aws\\-connectparticipant\\-send\\-message \\- Posts a message to the chat in the name of the participant.\n",
        "\n.SH SYNOPSIS\n",
        "\n\\fB\\-\\-content\\fR (string)\n",
    ] {
        assert!(page.contains(line), "{line:?} is not in\n{page}");
    }
    assert!(read("aws.1").contains("\\(bu connectparticipant"));
    assert!(!folder.join("aws-golden-waiters.1").exists());
    stdout(&["man", &path]);
    assert!(read("aws-golden-waiters-wait.1").contains(".SH AVAILABLE COMMANDS"));
    fs::remove_dir_all(&folder).expect("a folder");
    assert!(stderr(&["man", &path, "nothing"], 2).contains("Invalid choice"));
}

#[test]
fn tables_are_read_from_a_file() {
    let pack = PACK.display().to_string();
    let listed = stdout(&["--tables", &pack, "help"]);
    assert_eq!(stdout(&[&format!("--tables={pack}"), "help"]), listed);
    let missing = stderr(&["--tables", "/nothing/here", "help"], 255);
    assert!(missing.contains("--tables: /nothing/here: "), "{missing}");
    let mut by_environment = program(&["help"]);
    let by_environment = by_environment.env("SWAGE_TABLES", "/nothing/here");
    let output = by_environment.output().expect("the program runs");
    let missing = String::from_utf8_lossy(&output.stderr);
    assert!(
        missing.contains("SWAGE_TABLES: /nothing/here: ")
            && missing.contains("`swage pack` makes such files"),
        "{missing}"
    );
    let model = root().join("models/connectparticipant.json");
    let wrong = stderr(&["--tables", &model.display().to_string(), "help"], 255);
    assert!(wrong.contains("not a pack of service tables"), "{wrong}");
    let none = program(&["help"])
        .env_remove("SWAGE_TABLES")
        .output()
        .expect("it runs");
    assert_eq!(none.status.code(), Some(255));
}
