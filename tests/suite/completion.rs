//! Completion in shells, from the tables of a pack and of a single service.

use crate::services::{PACK, program, stderr, stdout};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::process::Command;
use swage_codegen::{Options, Source, load, pack, packed};
use swage_tests::root;

/// The candidates behind these words, as the script for fish asks for them. Each may have a description.
fn candidates(words: &[&str]) -> Vec<String> {
    let mut command = program(&["--", "aws"]);
    complete(command.args(words))
}

fn complete(command: &mut Command) -> Vec<String> {
    let text = printed(command, "fish");
    let values = text
        .lines()
        .map(|line| line.split('\t').next().unwrap_or_default());
    values.map(str::to_owned).collect()
}

/// What the program prints for the script of a shell.
fn printed(command: &mut Command, shell: &str) -> String {
    let output = command.env("SWAGE_COMPLETE", shell).output();
    let output = output.expect("the program runs");
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{output:?}"
    );
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn options_are_described_where_the_shell_shows_it() {
    let words = ["--", "aws", "connectparticipant", "send-message"];
    let printed = |shell, word| printed(program(&words).arg(word), shell);
    let token = "--connection-token\tConnection token of the participant on whose behalf you call, taken from \
                 CreateParticipantConnection.\n";
    let content = "--content-type\tThe format of Content: text/plain, text/markdown, application/json or, to answer an \
                   interactive message, application/vnd.amazonaws.connect.message.interactive.response.\n";
    for word in ["", "-", "--", "--con"] {
        let text = printed("fish", word);
        for line in [token, content] {
            assert!(text.contains(line), "{line} is not in\n{text}");
        }
    }
    assert_eq!(printed("fish", "--connection-t"), token);
    assert!(!printed("bash", "--con").contains("Connection token"));
    let mut after_value = program(&words);
    after_value.args(["--connection-token", "token", "--content-t"]);
    let text = self::printed(&mut after_value, "fish");
    assert_eq!(text, content);
}

/// The documentation of a member may stand at its target, in another block than that of the operation.
#[test]
fn options_are_described_by_the_types_of_their_members() {
    let long = "word ".repeat(20_000);
    let text = format!(
        "$version: \"2\"\nnamespace a.b\n@aws.protocols#awsJson1_0\n\
         service Sized {{ operations: [First, Second] }}\n\
         operation First {{ input := {{ size: Size }} }}\n\
         operation Second {{ input := {{ size: Size,\n/// Own.\nown: String }} }}\n\
         /// How large. {long}\nenum Size {{ SMALL }}\n"
    );
    let name = "sized.smithy".to_owned();
    let loaded = load::load(&[Source { name, text }]);
    let service = packed(&loaded, &Options::default()).expect("a model without errors");
    let path = std::env::temp_dir().join(format!("swage-sized-{}.pack", std::process::id()));
    fs::write(&path, pack::file(vec![service]).expect("a pack")).expect("a file");
    let printed = |operation: &str, word: &str| {
        let mut command = program(&["--", "aws", "sized", operation, word]);
        printed(command.env("SWAGE_TABLES", &path), "fish")
    };
    for operation in ["first", "second"] {
        assert_eq!(printed(operation, "--si"), "--size\tHow large.\n");
    }
    assert_eq!(printed("second", "--ow"), "--own\tOwn.\n");
    fs::remove_file(&path).expect("a file");
}

#[test]
fn services_operations_and_waiters_are_completed() {
    assert_eq!(candidates(&["conn"]), ["connectparticipant"]);
    let all = candidates(&[""]);
    assert!(
        all.contains(&"help".to_owned()) && !all.contains(&"--region".to_owned()),
        "{all:?}"
    );
    let operations = candidates(&["--region", "us-east-1", "connectparticipant", "send"]);
    assert_eq!(operations, ["send-event", "send-message"]);
    assert!(candidates(&["golden-waiters", "wa"]).contains(&"wait".to_owned()));
    assert!(!candidates(&["golden-waiters", "wait", ""]).is_empty());
    assert!(candidates(&["nothing", ""]).is_empty());
}

#[test]
fn options_are_completed_unless_they_are_there() {
    let options = ["connectparticipant", "send-message", "--conte"];
    assert_eq!(candidates(&options), ["--content-type", "--content"]);
    let second = [
        "connectparticipant",
        "send-message",
        "--content",
        "hi",
        "--conte",
    ];
    assert_eq!(candidates(&second), ["--content-type"]);
    assert_eq!(candidates(&["--reg"]), ["--region"]);
    assert_eq!(candidates(&["connectparticipant", "--outp"]), ["--output"]);
}

#[test]
fn values_are_completed() {
    assert_eq!(
        candidates(&["--region", "us-gov-"]),
        ["us-gov-east-1", "us-gov-west-1"]
    );
    assert_eq!(candidates(&["--output", "yaml"]), ["yaml", "yaml-stream"]);
    let enumeration = [
        "connectparticipant",
        "get-transcript",
        "--scan-direction",
        "",
    ];
    assert_eq!(candidates(&enumeration)[..2], ["FORWARD", "BACKWARD"]);
    let file = format!("file://{}/models/connectparticipant.j", root().display());
    let words = [
        "connectparticipant",
        "get-transcript",
        "--cli-input-json",
        &file,
    ];
    assert_eq!(candidates(&words), [file.clone() + "son"]);
}

#[test]
fn profiles_and_aliases_are_completed_from_the_user_s_files() {
    let home = std::env::temp_dir().join(format!("swage-completion-{}", std::process::id()));
    fs::create_dir_all(home.join(".aws/cli")).expect("a folder");
    fs::write(home.join("config"), "[profile one]\n[default]\n").expect("a file");
    fs::write(home.join("credentials"), "[two]\n").expect("a file");
    fs::write(home.join(".aws/cli/alias"), "[toplevel]\nwhoami = sts\n").expect("a file");
    let in_home = |words: &[&str]| {
        let mut command = program(&["--", "aws"]);
        let files = ["config", "credentials"].map(|name| home.join(name));
        command.env("HOME", &home).args(words);
        command.env("AWS_CONFIG_FILE", &files[0]);
        complete(command.env("AWS_SHARED_CREDENTIALS_FILE", &files[1]))
    };
    assert_eq!(in_home(&["--profile", ""])[..3], ["default", "one", "two"]);
    assert_eq!(in_home(&["who"]), ["whoami"]);
    fs::remove_dir_all(&home).expect("a folder");
}

#[test]
fn tables_of_a_file_are_completed() {
    let pack = PACK.display().to_string();
    let mut command = program(&["--", "aws", "--tables", &pack, "connectp"]);
    let found = complete(command.env_remove("SWAGE_TABLES"));
    assert_eq!(found, ["connectparticipant"]);
    let mut command = program(&["--", "aws", "connectp"]);
    // Nothing is said while the user types.
    assert!(complete(command.env_remove("SWAGE_TABLES")).is_empty());
}

#[test]
fn a_program_for_one_service_is_completed_with_and_without_its_name() {
    let own = std::env::current_exe().expect("a test");
    let target = own.ancestors().nth(2).expect("target/debug");
    let path = target.join("examples/options");
    for words in [&["get-th"][..], &["golden-options", "get-th"]] {
        let mut command = Command::new(&path);
        let found = complete(command.env_clear().args(["--", "options"]).args(words));
        assert_eq!(found, ["get-thing"]);
    }
}

#[test]
fn scripts_call_the_program() {
    for (shell, word) in [
        ("bash", "complete -o nospace"),
        ("zsh", "#compdef services"),
        ("fish", "complete --keep-order"),
        ("powershell", "Register-ArgumentCompleter"),
    ] {
        let script = stdout(&["completion", shell]);
        assert!(
            script.contains(word) && script.contains("SWAGE_COMPLETE"),
            "{script}"
        );
    }
    let error = stderr(&["completion", "tcsh"], 2);
    assert!(error.contains("argument shell: Invalid choice"), "{error}");
}

/// What the script for Zsh offers at the end of these words: kind, options and words of each group. Nothing without Zsh.
fn offered_by_zsh(folder: &Path, words: &str) -> Option<String> {
    let script = folder.join("script.zsh");
    fs::write(&script, stdout(&["completion", "zsh"])).expect("a file");
    // `_describe` and `compdef` are functions of Zsh's completion, which needs a terminal.
    let zsh = format!(
        "compdef() {{ completer=$1 }}
        _describe() {{ print -r -- \"$2: ${{@:4}}: ${{(j:|:)${{(P)3}}}}\" }}
        source {}
        words=({words})
        CURRENT=$#words
        $completer",
        script.display()
    );
    let mut command = Command::new("zsh");
    command.args(["-f", "-c", &zsh]).current_dir(folder);
    let output = match command.env("SWAGE_TABLES", &*PACK).output() {
        Err(error) if error.kind() == ErrorKind::NotFound => return None,
        output => output.expect("zsh runs"),
    };
    assert!(output.stderr.is_empty(), "{output:?}");
    Some(String::from_utf8(output.stdout).expect("text"))
}

#[test]
fn zsh_goes_on_behind_a_folder() {
    let folder = std::env::temp_dir().join(format!("swage-zsh-{}", std::process::id()));
    fs::create_dir_all(folder.join("in/a:b c")).expect("a folder");
    fs::write(folder.join("in/file"), "").expect("a file");
    let file = "aws connectparticipant get-transcript --cli-input-json file://in";
    for (words, expected) in [
        (file.to_owned(), "folder: -S / -r /: file\\://in\n"),
        (
            format!("{file}/"),
            "folder: -S / -r /: file\\://in/a\\:b c\nvalue: : file\\://in/file\n",
        ),
        (
            format!("{file}/a\\\\:b\\\\ "),
            "folder: -S / -r /: file\\://in/a\\:b c\n",
        ),
        (
            "aws connectp".to_owned(),
            "value: : connectparticipant:Amazon Connect Participant Service\n",
        ),
    ] {
        if let Some(offered) = offered_by_zsh(&folder, &words) {
            assert_eq!(offered, expected, "{words}");
        }
    }
    fs::remove_dir_all(&folder).expect("a folder");
}
