//! The alias file of the AWS CLI, in a program for many services.

use crate::services::program;
use std::fs;
use std::path::PathBuf;
use std::process::Output;
use swage_tests::server::{Answer, Server};

const FILE: &str = r#"
[toplevel]
chat = connectparticipant --output text
say = chat send-message
connectparticipant = connectparticipant --query Id
words = !printf '<%s>'
fails =
    !f() {
        exit 7
    }; f
broken = connectparticipant "send
other = connectparticipant --profile someone
round = trip
trip = round

[command connectparticipant]
hi = send-message --content hi --content-type text/plain
"#;

struct Home(PathBuf);

impl Home {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("swage-{name}-{}", std::process::id()));
        fs::create_dir_all(path.join(".aws/cli")).expect("a folder");
        fs::write(path.join(".aws/cli/alias"), FILE).expect("a file");
        Self(path)
    }

    fn run(&self, words: &[&str]) -> Output {
        let mut command = program(words);
        command.env("HOME", &self.0).env("PATH", "/usr/bin:/bin");
        command.output().expect("the program runs")
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

#[test]
fn words_stand_for_commands_with_options() {
    let home = Home::new("aliases");
    let server = Server::start(vec![Answer::json(r#"{"Id": "1", "AbsoluteTime": "now"}"#)]);
    let rest = ["--connection-token", "t", "--endpoint-url", &server.url];
    let hi = ["--content", "hi", "--content-type", "text/plain"];
    let said = |words: &[&str]| {
        let output = home.run(&[words, &rest].concat());
        assert!(output.status.success(), "{words:?}: {output:?}");
        String::from_utf8(output.stdout).expect("text")
    };
    // The service's own name has a query, too.
    assert_eq!(said(&["connectparticipant", "hi"]), "\"1\"\n");
    assert_eq!(said(&[&["say"], &hi[..]].concat()), "1\n");
    assert_eq!(said(&["chat", "hi"]), "1\n");
}

#[test]
fn commands_of_the_shell_have_the_words_as_arguments() {
    let home = Home::new("external");
    let output = home.run(&["words", "a b", "it's"]);
    assert_eq!(String::from_utf8_lossy(&output.stdout), "<a b><it's>");
    assert_eq!(home.run(&["fails"]).status.code(), Some(7));
}

#[test]
fn mistakes_are_errors() {
    let home = Home::new("mistakes");
    for (word, message) in [
        (
            "broken",
            "Value of alias \"broken\" could not be parsed. Received error: No closing quotation when parsing:\n",
        ),
        (
            "other",
            "Global parameter \"--profile\" detected in alias \"other\" which is not supported in subcommand aliases.",
        ),
        ("round", "stands for itself"),
    ] {
        let output = home.run(&[word]);
        assert_eq!(output.status.code(), Some(255), "{word}");
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(error.contains(message), "{error}");
    }
    let listed = home.run(&["nothing"]);
    assert_eq!(listed.status.code(), Some(2));
    let error = String::from_utf8_lossy(&listed.stderr);
    assert!(error.contains("words  "), "{error}");
}
