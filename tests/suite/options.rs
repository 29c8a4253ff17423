//! Members whose options would be hidden by other options: each has another name that can be used.

use std::collections::BTreeSet;
use std::process::{Command, Output};
use swage_codegen::{Diagnostic, Generated, OperationNames, Options, RenamedOption, Source};
use swage_tests::cases;
use swage_tests::server::{Answer, Server};

/// A service with one operation whose input has these members and types.
fn generate(members: &[(String, &str)]) -> Result<Generated, Vec<Diagnostic>> {
    let member = |(name, target): &(String, &str)| format!(r#""{name}": {target}"#);
    let members: Vec<_> = members.iter().map(member).collect();
    let text = format!(
        r#"{{"smithy": "2.0", "shapes": {{
            "a.b#Svc": {{"type": "service", "version": "1", "operations": [{{"target": "a.b#Do"}}],
                "traits": {{"aws.protocols#awsJson1_1": {{}}}}}},
            "a.b#Do": {{"type": "operation", "input": {{"target": "a.b#In"}}}},
            "a.b#In": {{"type": "structure", "members": {{{}}}}}}}}}"#,
        members.join(",")
    );
    let source = Source {
        name: "model.json".to_owned(),
        text,
    };
    swage_codegen::generate(&[source], &Options::default())
}

const STRING: &str = r#"{"target": "smithy.api#String"}"#;
const BOOLEAN: &str = r#"{"target": "smithy.api#Boolean"}"#;

fn named(name: &str) -> String {
    format!(r#"{{"target": "smithy.api#String", "traits": {{"swage.cli#name": "{name}"}}}}"#)
}

/// The options of the one operation as the command names them, with the second form of flags: those that the table of
/// commands lists, and for other members what follows from their names.
fn options(generated: &Generated, members: &[(String, &str)]) -> Vec<String> {
    let listed = listed_options(generated);
    let option = |(member, target): &(String, &str)| {
        let listed = listed.iter().find(|(of, _)| of == member);
        let name = listed.map_or_else(
            || swage_cli::__private::option_name(member),
            |(_, name)| name.clone(),
        );
        let off = (*target == BOOLEAN).then(|| format!("--no-{name}"));
        [format!("--{name}")].into_iter().chain(off)
    };
    members.iter().flat_map(option).collect()
}

/// The options that the table of commands lists: their members and names.
fn listed_options(generated: &Generated) -> Vec<(String, String)> {
    let mut files = generated.files.iter();
    let cli = files
        .find(|file| file.path == "src/cli.rs")
        .expect("a table of commands");
    let entries = cli.text.split("CommandOption::new(").skip(1);
    entries
        .map(|entry| {
            let texts: Vec<_> = entry.split('"').collect();
            (texts[1].to_owned(), texts[3].to_owned())
        })
        .collect()
}

/// Codegen must know the names of options to see which are taken, and the command derives them from the members again.
#[test]
fn codegen_and_the_command_name_options_alike() {
    let mut compared = 0;
    for case in cases("golden") {
        let path = case.join("model.json");
        let Ok(text) = std::fs::read_to_string(&path) else {
            continue;
        };
        let name = path.display().to_string();
        let source = Source { name, text };
        let generated = swage_codegen::generate(&[source], &Options::default()).expect("a crate");
        let operations = generated.names.operations.iter();
        let streams = |of: &&OperationNames| of.sends.is_some() || of.receives.is_some();
        let members = operations
            .filter(|of| !streams(of))
            .flat_map(|of| &of.options);
        let differ = |(member, option): &&(String, String)| {
            *option != swage_cli::__private::option_name(member)
        };
        compared += members.clone().count();
        let differing: Vec<_> = members.filter(differ).cloned().collect();
        let mut listed = listed_options(&generated);
        // Options are also listed for what else they have: aliases, for instance.
        listed.retain(|option| differ(&option));
        assert_eq!(listed, differing, "{}", path.display());
    }
    assert!(compared > 100, "{compared}");
}

/// `no-verify` as `NoVerify`.
fn camel(option: &str) -> String {
    let capital = |word: &str| word[..1].to_ascii_uppercase() + &word[1..];
    option.split('-').map(capital).collect()
}

/// Member names for the global options and their abbreviations, without flags.
fn members_like_globals() -> BTreeSet<(String, &'static str)> {
    let mut members = BTreeSet::new();
    for global in swage_cli::__private::global_options() {
        let name = global.trim_start_matches("--");
        for end in 1..=name.len() {
            let start = name[..end].trim_end_matches('-');
            members.insert((camel(start), STRING));
            let flag = start.strip_prefix("no-");
            members.extend(flag.map(|flag| (camel(flag), BOOLEAN)));
        }
    }
    members
}

#[test]
fn no_option_is_a_global_one_or_an_abbreviation_of_one() {
    let members = members_like_globals();
    assert!(members.len() > 100, "{}", members.len());
    for member in members {
        let generated = generate(std::slice::from_ref(&member)).expect("a crate");
        for option in options(&generated, std::slice::from_ref(&member)) {
            let hides =
                swage_cli::__private::global_options().find(|global| global.starts_with(&option));
            assert_eq!(hides, None, "{member:?} has {option}");
        }
        assert_eq!(generated.renamed_options.len(), 1, "{member:?}");
    }
}

#[test]
fn no_option_is_a_global_one_that_cannot_be_abbreviated() {
    for global in swage_cli::__private::exact_global_options() {
        let name = camel(global.trim_start_matches("--"));
        let member = (name, STRING);
        let generated = generate(std::slice::from_ref(&member)).expect("a crate");
        assert_eq!(generated.renamed_options.len(), 1, "{member:?}");
        let shorter = (
            member.0.trim_end_matches(char::is_lowercase).to_owned() + "x",
            STRING,
        );
        let generated = generate(std::slice::from_ref(&shorter)).expect("a crate");
        assert_eq!(generated.renamed_options.len(), 0, "{shorter:?}");
    }
}

#[test]
fn options_that_nothing_hides_are_called_after_their_members() {
    let members = [
        "Versions",
        "EndpointUrls",
        "NoVerifySslAtAll",
        "Re_gion",
        "MaxItems",
        "StartingToken",
    ];
    let members = members.map(|name| (name.to_owned(), STRING));
    let generated = generate(&members).expect("a crate");
    assert_eq!(generated.renamed_options, []);
    assert_eq!(
        options(&generated, &members),
        [
            "--versions",
            "--endpoint-urls",
            "--no-verify-ssl-at-all",
            "--re_gion",
            "--max-items",
            "--starting-token"
        ]
    );
}

#[test]
fn a_new_name_stays_when_the_model_grows() {
    let version = ("Version".to_owned(), STRING);
    let name = |generated: Generated| {
        let mut renamed = generated.renamed_options.into_iter();
        renamed.find(|option| option.member == "Version")
    };
    let before = name(generate(std::slice::from_ref(&version)).expect("a crate"));
    let expected = RenamedOption {
        operation: "Do".to_owned(),
        member: "Version".to_owned(),
        option: "--input.version".to_owned(),
        reason: "`--version` is a global option".to_owned(),
    };
    assert_eq!(before.as_ref(), Some(&expected));
    let similar = [
        "InputVersion",
        "Input_Version",
        "DoVersion",
        "VersionInput",
        "Input",
        "Version2",
        "TheVersion",
    ];
    let more = similar.map(|name| (name.to_owned(), STRING));
    for members in [
        [&more[..], std::slice::from_ref(&version)].concat(),
        [std::slice::from_ref(&version), &more[..]].concat(),
    ] {
        let generated = generate(&members).expect("a crate");
        let all = options(&generated, &members);
        assert_eq!(
            all.iter().collect::<BTreeSet<_>>().len(),
            members.len(),
            "{all:?}"
        );
        assert!(all.contains(&"--input-version".to_owned()), "{all:?}");
        assert_eq!(name(generated), before);
    }
}

#[test]
fn no_two_members_share_an_option() {
    let flag = |name: &str| (name.to_owned(), BOOLEAN);
    let members = [flag("Reboot"), flag("NoReboot"), flag("NoNoReboot")];
    let generated = generate(&members).expect("a crate");
    let all = options(&generated, &members);
    assert_eq!(
        all[..4],
        [
            "--reboot",
            "--no-reboot",
            "--input.no-reboot",
            "--no-input.no-reboot"
        ]
    );
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), 6, "{all:?}");
    // Names set in the model have precedence over those of members.
    let other = named("other-name");
    let members = [
        ("OtherName".to_owned(), STRING),
        ("Version".to_owned(), other.as_str()),
    ];
    let generated = generate(&members).expect("a crate");
    assert_eq!(
        options(&generated, &members),
        ["--input.other-name", "--other-name"]
    );
}

fn messages(members: &[(String, &str)]) -> Vec<String> {
    let problems = generate(members).expect_err("problems");
    problems
        .into_iter()
        .map(|problem| problem.message)
        .collect()
}

#[test]
fn a_name_that_would_be_hidden_is_refused() {
    let member = |name: &str| (name.to_owned(), STRING);
    for name in ["region", "endpoint", "no-v", "cli-input-json", "help"] {
        let other = named(name);
        assert_eq!(
            messages(&[("Thing".to_owned(), &other), member("Else")]),
            [format!("invalid option name `--{name}` for `Thing`")]
        );
    }
    for name in ["", "-x", "x-", "x--y", "X", "x y", "1x", "x.y", "ä"] {
        let other = named(name);
        assert_eq!(
            messages(&[("Thing".to_owned(), &other)]),
            ["invalid value for the trait `swage.cli#name` on `a.b#In$Thing`"],
            "{name}"
        );
    }
    let other = named("same");
    assert_eq!(
        messages(&[("One".to_owned(), &other), ("Two".to_owned(), &other)]),
        ["two options of `Do` are called `--same`"]
    );
}

/// Runs the command of the golden case.
fn run(words: &[&str]) -> Output {
    let test = std::env::current_exe().expect("this test");
    let target = test.ancestors().nth(2).expect("the target folder");
    Command::new(target.join("examples/options"))
        .args(words)
        .env_clear()
        .envs([
            ("AWS_ACCESS_KEY_ID", "AKID"),
            ("AWS_SECRET_ACCESS_KEY", "hidden"),
        ])
        .envs([
            ("AWS_DEFAULT_REGION", "us-east-1"),
            ("HOME", "/nonexistent"),
        ])
        .output()
        .expect("the example, which `cargo test` builds")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn the_command_sends_what_its_renamed_options_give() {
    let server = Server::start(vec![Answer::json("{}")]);
    let words = [
        "get-thing",
        "--input.version",
        "1",
        "--input.endpoint=e",
        "--target-output",
        "o",
        "--no-input.paginate",
        "--no-reboot",
        "--input.reboot",
        "--input.target-output",
        "t",
        "--input.cli-input-json",
        "{",
        "--max-items",
        "3",
        "--output",
        "text",
        "--endpoint-url",
        &server.url,
    ];
    let ran = run(&words);
    assert!(ran.status.success(), "{}", text(&ran.stderr));
    let body: serde_json::Value = serde_json::from_str(&server.requests()[0].body).expect("JSON");
    let expected = serde_json::json!({
        "Version": "1", "Endpoint": "e", "Output": "o", "Paginate": false, "NoReboot": true, "Reboot": true,
        "TargetOutput": "t", "CliInputJson": "{", "MaxItems": 3,
    });
    // `--no-reboot` is the option of `NoReboot`, which came first.
    assert_eq!(body, expected);
    let ran = run(&[
        "list-things",
        "--input.max-items",
        "7",
        "--endpoint-url",
        &server.url,
    ]);
    assert!(ran.status.success(), "{}", text(&ran.stderr));
    assert_eq!(server.requests()[1].body, r#"{"MaxItems":7}"#);
    // Without a page size in the trait, `PageSize` is a member like any other.
    let ran = run(&["names", "--page-size", "5", "--endpoint-url", &server.url]);
    assert!(ran.status.success(), "{}", text(&ran.stderr));
    assert_eq!(server.requests()[2].body, r#"{"PageSize":5}"#);
}

#[test]
fn global_options_keep_their_names() {
    let ran = run(&["get-thing", "--version"]);
    assert!(
        text(&ran.stdout).starts_with("golden-options "),
        "{}",
        text(&ran.stdout)
    );
    let ran = run(&["get-thing"]);
    assert_eq!(ran.status.code(), Some(2));
    let said = text(&ran.stderr);
    assert!(
        said.ends_with("the following arguments are required: --input.version\n"),
        "{said}"
    );
}

#[test]
fn help_tells_the_new_name_and_why() {
    let page = text(&run(&["get-thing", "help"]).stdout);
    let why = "This option sets Version, because --version is a global option.";
    let words = page.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words.contains(
            "--input.version <value> [--input.endpoint <value>] [--target-output <value>]"
        ),
        "{page}"
    );
    assert!(
        words.contains(&format!(
            "--input.version (string) Which one. The newest has no number. NOTE: {why}"
        )),
        "{words}"
    );
    let short = text(&run(&["get-thing", "--help"]).stdout);
    let short = short.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        short.contains(&format!("--input.version <value> Which one. {why}")),
        "{short}"
    );
    assert!(
        short.contains(
            "Whether pages are wanted. [off: --no-input.paginate] This option sets Paginate,"
        ),
        "{short}"
    );
}
