//! The grammar of the command line and its usage errors.

use crate::support::{Folder, Server, command, finish, run};

/// Runs an echo that succeeds, and returns the body of the request.
fn sent(words: &[&str]) -> serde_json::Value {
    let server = Server::new(&[("200 OK", "{}")]);
    let ran = server.run(&[&["echo", "--token", "t"], words].concat());
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{words:?}");
    serde_json::from_str(&server.requests()[0].body).expect("JSON")
}

/// Runs a command that fails, and returns the exit status and the message from `from` on.
fn failed(words: &[&str], from: &str) -> (i32, String) {
    let ran = run(words);
    assert_eq!(ran.stdout, "");
    let at = ran
        .stderr
        .find(from)
        .unwrap_or_else(|| panic!("{:?} has no {from:?}", ran.stderr));
    (ran.code, ran.stderr[at..].to_owned())
}

fn usage(words: &[&str]) -> String {
    let (code, text) = failed(words, "error: ");
    assert_eq!(code, 2, "{text}");
    text.trim_start_matches("error: ").trim_end().to_owned()
}

#[test]
fn options_have_many_forms() {
    assert_eq!(sent(&["--name=a=b"])["Name"], "a=b");
    assert_eq!(
        sent(&["--name", "xy", "--name", "zz", "--secr", "yy"])["Name"],
        "zz"
    );
    assert_eq!(sent(&["--name", "-5"])["Name"], "-5");
    assert_eq!(sent(&["--name", "- x"])["Name"], "- x");
    assert_eq!(
        sent(&["--name", "ab", "--flag", "--no-flag"])["Flag"],
        false
    );
    assert_eq!(
        sent(&[
            "--name",
            "ab",
            "--names",
            "aa",
            "bb",
            "--numbers",
            "1",
            "-2"
        ])["Numbers"],
        serde_json::json!([1, -2])
    );
    assert_eq!(
        sent(&["--name", "ab", "--names", "aa", "--names", "bb"])["Names"],
        serde_json::json!(["bb"])
    );
}

#[test]
fn the_service_name_may_come_first_as_with_aws() {
    let server = Server::new(&[("200 OK", "{}")]);
    let ran = server.run(&["--output", "text", "everything", "echo", "--name", "ab"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(server.requests()[0].line, "POST /echo HTTP/1.1");
}

#[test]
fn usage_errors_are_reported() {
    assert_eq!(
        usage(&["echo"]),
        "the following arguments are required: --name"
    );
    assert_eq!(
        usage(&["echo", "--name"]),
        "argument --name: expected one argument"
    );
    assert_eq!(
        usage(&["echo", "--name", "-hello"]),
        "argument --name: expected one argument"
    );
    assert_eq!(
        usage(&["echo", "--name", "ab", "--long", "ten"]),
        "argument --long: invalid int value: 'ten'"
    );
    assert_eq!(
        usage(&["echo", "--name", "ab", "--float", "it's"]),
        "argument --float: invalid float value: \"it's\""
    );
    assert_eq!(
        usage(&["echo", "--flag=yes"]),
        "argument --flag: ignored explicit argument 'yes'"
    );
    assert_eq!(
        usage(&["echo", "--c=1"]),
        "ambiguous option: --c=1 could match --color, --ca-bundle, --cli-read-timeout, --cli-connect-timeout"
    );
    assert_eq!(
        usage(&["echo", "--v"]),
        "ambiguous option: --v could match --v2-debug, --version"
    );
    assert_eq!(
        usage(&["echo", "--rul", "x"]),
        "ambiguous option: --rul could match --rule, --rules"
    );
    assert_eq!(
        usage(&["--region", "x"]),
        "the following arguments are required: operation"
    );
}

#[test]
fn for_invalid_choices_the_valid_ones_are_listed_and_similar_ones_suggested() {
    let text = usage(&["list-thing"]);
    assert!(
        text.starts_with("argument operation: Invalid choice, valid choices are:\n\n"),
        "{text}"
    );
    assert!(
        text.contains(&format!("{:<40} | {:<40}\n", "describe-thing", "download")),
        "{text}"
    );
    assert!(
        text.ends_with("\n\n\nInvalid choice: 'list-thing', maybe you meant:\n\n  * list-things"),
        "{text}"
    );
    assert!(usage(&["echo", "--output", "xml"]).starts_with("argument --output: Invalid choice"));
}

#[test]
fn remaining_words_are_unknown_options() {
    let (code, text) = failed(&["echo", "--name", "ab", "--bogus", "v", "w"], "Unknown");
    assert_eq!(
        (code, text.as_str()),
        (255, "Unknown options: --bogus, w, v\n")
    );
    let (code, text) = failed(&["echo", "--name", "ab", "--", "x", "y"], "Unknown");
    assert_eq!((code, text.as_str()), (255, "Unknown options: y, x\n"));
    let (code, text) = failed(&["echo", "--name", "ab", "", ""], "Unknown");
    assert_eq!((code, text.as_str()), (255, "Unknown options: \n"));
    assert_eq!(sent(&["", "--name", "ab"])["Name"], "ab");
}

#[test]
fn version_ignores_the_words_after_it() {
    let ran = run(&["--version", "--output", "xml"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, "everything 1.2.3\n"));
    assert_eq!(
        usage(&["--version=x"]),
        "argument --version: ignored explicit argument 'x'"
    );
}

#[test]
fn a_separator_after_a_word_is_dropped() {
    let server = Server::new(&[("200 OK", "{}")]);
    let words = ["--endpoint-url", &server.url, "echo", "--", "--name", "ab"];
    assert_eq!(run(&words).code, 0);
    let (code, text) = failed(&["echo", "--name", "ab", "--", "--flag"], "Unknown");
    assert_eq!((code, text.as_str()), (255, "Unknown options: --flag\n"));
}

#[test]
fn short_help_lists_operations_and_options_with_a_sentence() {
    let short = |words: &[&str]| {
        let ran = run(words);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
        ran.stdout
    };
    let text = short(&["--help"]);
    assert_eq!(text, short(&["-h"]));
    for line in [
        "Usage: everything [options] <operation> [parameters]\n",
        "  echo            Gives back what it gets.\n",
        "      --region <value>               The region to use.\n",
        "`everything <operation> help`",
    ] {
        assert!(text.contains(line), "{line:?} is not in\n{text}");
    }
    let text = short(&["echo", "--help"]);
    for line in [
        "Usage: everything echo [OPTIONS] --name <value>\n",
        "What it is called, e.g. cat.\n",
        "Whether it is on. [off: --no-flag]\n",
        "Only in a note.\n",
        "--cli-input-json <value>",
        "[json, text, table,",
        "--numbers <value>                list\n",
    ] {
        assert!(text.contains(line), "{line:?} is not in\n{text}");
    }
    assert!(short(&["list-things", "-h"]).contains("--max-items <value>"));
    let text = short(&["download", "--help"]);
    assert!(
        text.contains("<outfile>") && !text.contains("--cli-input-json"),
        "{text}"
    );
}

#[test]
fn a_hidden_operation_is_not_listed_but_can_be_called() {
    for words in [["help"], ["--help"]] {
        let listed = run(&words).stdout;
        assert!(
            listed.contains("download") && !listed.contains("store-note"),
            "{listed}"
        );
    }
    // Errors list hidden operations as well, as in the AWS CLI.
    assert!(failed(&["nothing"], "choice").1.contains("store-note"));
    let page = run(&["store-note", "help"]);
    assert_eq!(page.code, 0);
    assert!(page.stdout.contains("--text <value>"), "{}", page.stdout);
    assert_eq!(run(&["store-note", "--generate-cli-skeleton"]).code, 0);
}

#[cfg(unix)]
#[test]
fn a_program_called_aws_only_accepts_its_own_service() {
    let folder = Folder::new("called-aws");
    std::fs::create_dir_all(&folder.0).expect("a folder");
    let aws = folder.0.join("aws");
    let example = command(&folder.0).get_program().to_owned();
    std::os::unix::fs::symlink(example, &aws).expect("a link");
    let run = |words: &[&str]| {
        let output = std::process::Command::new(&aws)
            .env_clear()
            .env("AWS_DEFAULT_REGION", "us-west-2")
            .args(words)
            .output();
        finish(&output.expect("the example"))
    };
    let words = [
        "--output",
        "json",
        "everything",
        "echo",
        "--generate-cli-skeleton",
    ];
    assert_eq!(run(&words).code, 0);
    let other = run(&["s3", "ls"]);
    assert_eq!((other.code, other.stdout.as_str()), (2, ""));
    let said = "argument command: Invalid choice, valid choices are:\n\neverything";
    assert!(other.stderr.contains(said), "{}", other.stderr);
}
