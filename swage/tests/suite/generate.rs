//! `swage generate` as a process, with models and an output folder on disk.

use crate::folder::{Folder, MODEL, text};
use flate2::{Compression, write::GzEncoder};
use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

#[test]
fn unchanged_files_are_not_touched_and_removed_ones_go() {
    let folder = Folder::new("again");
    folder.write("models/thing.json", MODEL);
    folder.succeeds(&[]);
    let first = folder.out();
    assert!(folder.succeeds(&[]).contains("0 written, 0 removed"));
    assert!(folder.out() == first, "something was touched");
    folder.write("out/notes.md", "Mine.");
    folder.write("out/src/operation/mine.rs", "// Mine.");
    let said = folder.succeeds(&["--operations", "Do"]);
    assert!(said.contains("1 removed"), "{said}");
    assert!(!folder.0.join("out/src/operation/undo.rs").exists());
    assert_eq!(folder.read("out/notes.md"), "Mine.");
    assert_eq!(folder.read("out/src/operation/mine.rs"), "// Mine.");
}

#[test]
fn check_shows_what_differs_and_writes_nothing() {
    let folder = Folder::new("check");
    folder.write("models/thing.json", MODEL);
    folder.succeeds(&[]);
    folder.succeeds(&["--check"]);
    let client = folder.read("out/src/client.rs");
    folder.write(
        "out/src/client.rs",
        client.replace("Cheap to clone", "Cheap"),
    );
    let before = folder.out();
    let output = folder.codegen(&["--check"]);
    assert_eq!(output.status.code(), Some(1));
    let diff = text(&output.stdout);
    for line in ["--- a/src/client.rs", "+++ b/src/client.rs", "-/// Calls"] {
        assert!(diff.contains(line), "{diff}");
    }
    assert!(folder.out() == before, "something was touched");
}

#[test]
fn what_codegen_did_not_write_stays() {
    let folder = Folder::new("foreign");
    folder.write("models/thing.json", MODEL);
    folder.write("out/src/lib.rs", "// Mine.\n");
    folder.write("out/Cargo.toml", "# Mine.\n");
    fs::create_dir_all(folder.0.join("out/src/error.rs")).expect("a folder");
    let before = folder.out();
    let said = folder.fails(&[]);
    for name in ["src/lib.rs", "Cargo.toml", "src/error.rs"] {
        assert!(said.contains(name), "{said}");
    }
    assert!(folder.out() == before, "something was touched");
}

#[test]
fn crates_that_stand_below_the_folder_stay() {
    let folder = Folder::new("below");
    folder.write("models/thing.json", MODEL);
    folder.succeeds(&[]);
    fs::rename(folder.0.join("out"), folder.0.join("inner")).expect("renamed");
    fs::create_dir(folder.0.join("out")).expect("a folder");
    fs::rename(folder.0.join("inner"), folder.0.join("out/inner")).expect("renamed");
    let before = folder.out();
    assert!(folder.succeeds(&[]).contains("0 removed"));
    let after = folder.out();
    assert!(before.iter().all(|file| after.contains(file)));
}

#[test]
#[cfg(unix)]
fn links_are_not_followed_out_of_the_folder() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new("links");
    folder.write("models/thing.json", MODEL);
    folder.succeeds(&[]);
    let lib = folder.read("out/src/lib.rs");
    folder.write("outside/lib.rs", &lib);
    folder.write("outside/operation/gone.rs", &lib);
    // A link to a file, and a link to a folder that has generated files.
    fs::remove_file(folder.0.join("out/src/lib.rs")).expect("removed");
    symlink("../../outside/lib.rs", folder.0.join("out/src/lib.rs")).expect("a link");
    assert!(folder.fails(&[]).contains("src/lib.rs"));
    fs::remove_file(folder.0.join("out/src/lib.rs")).expect("removed");
    fs::remove_dir_all(folder.0.join("out/src/operation")).expect("removed");
    symlink(
        "../../outside/operation",
        folder.0.join("out/src/operation"),
    )
    .expect("a link");
    assert!(folder.fails(&[]).contains("src/operation"));
    assert_eq!(folder.read("outside/lib.rs"), lib);
    assert_eq!(folder.read("outside/operation/gone.rs"), lib);
    assert!(!folder.0.join("outside/operation/do.rs").exists());
}

#[test]
fn a_wrong_model_writes_nothing() {
    let folder = Folder::new("wrong");
    folder.write("models/thing.json", MODEL.replace("/undo", "undo"));
    let said = folder.fails(&[]);
    assert!(said.contains("models/thing.json:5"), "{said}");
    assert!(!folder.0.join("out").exists());
}

#[test]
fn files_that_cannot_be_read_and_broken_ones_are_named_at_once() {
    let folder = Folder::new("unread");
    folder.write("models/thing.json", MODEL.replace("/undo", "undo"));
    folder.write("models/bytes.json", [0xff, 0xfe]);
    folder.write("models/broken.json", r#"{"smithy": "2.0""#);
    folder.write("models/broken.smithy", "$version: 2");
    let said = folder.fails(&["--model", "nowhere"]);
    let named = [
        "cannot read nowhere",
        "models/bytes.json: it is not UTF-8",
        "models/broken.json:1",
        "models/broken.smithy:1",
    ];
    for part in named {
        assert!(said.contains(part), "{part}: {said}");
    }
    // The meaning of the other shapes can't be checked without the rest.
    assert!(!said.contains("thing.json"), "{said}");
    assert!(!folder.0.join("out").exists());
}

#[test]
fn compressed_models_are_read_as_they_are() {
    let folder = Folder::new("gzip");
    let service = r#"{"metadata": {"protocol": "json"}, "operations": {"List": {
        "input": {"shape": "In"}, "output": {"shape": "Out"}}}, "shapes": {
        "In": {"type": "structure", "members": {"Token": {"shape": "Text"}}},
        "Out": {"type": "structure", "members": {"Token": {"shape": "Text"}, "All": {"shape": "Texts"}}},
        "Text": {"type": "string"}, "Texts": {"type": "list", "member": {"shape": "Text"}}}}"#;
    let pages = r#"{"pagination": {"List": {"input_token": "Token", "output_token": "Token"}}}"#;
    let extras = r#"{"merge": {"pagination": {"List": {"result_key": "All"}}}}"#;
    folder.write("models/service-2.json.gz", gzip(service.as_bytes()));
    folder.write("models/paginators-1.json.gz", gzip(pages.as_bytes()));
    folder.write("models/paginators-1.sdk-extras.json", extras);
    folder.succeeds(&["--name", "thing"]);
    let whole = folder.out();
    assert!(
        folder
            .read("out/src/operation/list.rs")
            .contains("items: \"All\"")
    );
    // The files beside the service's file are read with it.
    let one = ["--name", "thing", "--model", "models/service-2.json.gz"];
    folder.succeeds(&one);
    assert!(folder.out() == whole, "the output differs");
    // Compression is detected by the content, not by the name.
    folder.write("models/service-2.json", gzip(service.as_bytes()));
    fs::remove_file(folder.0.join("models/service-2.json.gz")).expect("removed");
    folder.succeeds(&["--name", "thing"]);
    folder.write(
        "models/service-2.json",
        &gzip(service.as_bytes())[..service.len() / 4],
    );
    let said = folder.fails(&[]);
    assert!(said.contains("cannot read models/service-2.json"), "{said}");
}

#[test]
#[cfg(unix)]
fn a_folder_that_cannot_be_written_is_left_as_it_was() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("locked");
    folder.write("models/thing.json", MODEL);
    folder.succeeds(&["--operations", "Do"]);
    let before = folder.out();
    let locked = folder.0.join("out/src/operation");
    let mode = |mode| fs::set_permissions(&locked, fs::Permissions::from_mode(mode));
    mode(0o555).expect("a mode");
    // Root may write anywhere, so the test has nothing to check.
    let root = fs::write(locked.join("probe"), "").is_ok();
    if root {
        fs::remove_file(locked.join("probe")).expect("removed");
    } else {
        assert!(folder.fails(&[]).contains("cannot write"));
        assert!(folder.out() == before, "something was touched");
    }
    mode(0o755).expect("a mode");
}

/// A service with two endpoint tests, of which the second fails.
const TESTED: &str = r#"{"smithy": "2.0", "shapes": {
    "a.b#Thing": {"type": "service", "version": "1", "operations": [{"target": "a.b#Do"}], "traits": {
        "aws.protocols#restJson1": {},
        "aws.api#service": {"sdkId": "Thing"},
        "smithy.rules#endpointRuleSet": {
            "version": "1.0",
            "parameters": {"Region": {"type": "string", "builtIn": "AWS::Region"}},
            "rules": [{"type": "endpoint", "conditions": [{"fn": "isSet", "argv": [{"ref": "Region"}]}],
                "endpoint": {"url": "https://thing.{Region}.example.com"}}]},
        "smithy.rules#endpointTests": {"version": "1.0", "testCases": [
            {
                "documentation": "in a region",
                "params": {"Region": "us-east-1"},
                "expect": {"endpoint": {"url": "https://thing.us-east-1.example.com"}}
            },
            {
                "documentation": "in another region",
                "params": {"Region": "eu-west-1"},
                "expect": {
                    "endpoint": {"url": "https://thing.eu-west-1.example.org"}
                }
            }]}}},
    "a.b#Do": {"type": "operation", "traits": {"smithy.api#http": {"method": "POST", "uri": "/do"}}}}}"#;

#[test]
fn an_endpoint_test_that_fails_is_a_warning() {
    let folder = Folder::new("tested");
    folder.write("models/thing.json", TESTED);
    let said = |severity: &str| {
        format!(
            r#"{severity}: endpoint test fails: "in another region"
  --> models/thing.json:19:27
   |
19 |                 "expect": {{
   |                           ^ expected the URL "https://thing.eu-west-1.example.org", got "https://thing.eu-west-1.example.com"

1 {severity} in the model
"#
        )
    };
    let denied = folder.fails(&["--deny-warnings"]);
    let nothing = "error: --deny-warnings makes warnings errors; nothing was written\n";
    assert_eq!(denied, said("error") + nothing);
    assert!(!folder.0.join("out").exists());

    let output = folder.codegen(&[]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(text(&output.stderr), said("warning"));
    let summary = "checked 2 endpoint tests of the model: 1 passed, 1 failed\n";
    assert!(text(&output.stdout).contains(summary), "{output:?}");

    let check = folder.fails(&["--check"]);
    assert_eq!(
        check,
        said("error") + "error: --check makes warnings errors\n"
    );
    folder.write(
        "models/thing.json",
        TESTED.replace("example.org", "example.com"),
    );
    let said = folder.succeeds(&["--check", "--deny-warnings"]);
    assert!(
        said.contains("checked 2 endpoint tests of the model: all pass\n"),
        "{said}"
    );
}

/// A service that has an overlay in `models/aws`, with a member that it names and one that it doesn't.
const TOPICS: &str = r#"{"smithy": "2.0", "shapes": {
    "com.amazonaws.sns#Topics": {"type": "service", "version": "1", "operations": [{"target": "com.amazonaws.sns#Subscribe"}],
        "traits": {"aws.protocols#restJson1": {}, "aws.api#service": {"sdkId": "SNS"}}},
    "com.amazonaws.sns#Subscribe": {"type": "operation", "input": {"target": "com.amazonaws.sns#SubscribeInput"},
        "traits": {"smithy.api#http": {"method": "POST", "uri": "/do"}}},
    "com.amazonaws.sns#SubscribeInput": {"type": "structure", "members": {
        "Endpoint": {"target": "smithy.api#String"}, "Region": {"target": "smithy.api#String"}}}}}"#;

#[test]
fn the_overlay_for_a_service_is_applied_unless_it_is_left_out() {
    let folder = Folder::new("overlays");
    folder.write("models/topics.json", TOPICS);
    let renamed = |said: &str| -> Vec<String> {
        let lines = said
            .lines()
            .filter_map(|line| line.strip_prefix("renamed "));
        lines.map(str::to_owned).collect()
    };
    let region = "Subscribe: --input.region sets Region, because --region is a global option";
    let said = folder.succeeds(&[]);
    assert!(
        said.contains("topics.json, swage:aws/sns.smithy\n"),
        "{said}"
    );
    assert_eq!(renamed(&said), [region]);
    assert!(
        folder
            .read("out/src/cli.rs")
            .contains("\"notification-endpoint\"")
    );
    let said = folder.succeeds(&["--no-overlays"]);
    assert!(!said.contains("sns.smithy"), "{said}");
    let endpoint = "Subscribe: --input.endpoint sets Endpoint, because --endpoint abbreviates the global option --endpoint-url";
    assert_eq!(renamed(&said), [endpoint, region]);
    assert!(
        !folder
            .read("out/src/cli.rs")
            .contains("notification-endpoint")
    );
}

/// A service whose model doesn't say that credentials are secret.
const SIGN_ON: &str = r#"{"smithy": "2.0", "shapes": {
    "com.amazonaws.sso#SignOn": {"type": "service", "version": "1", "operations": [{"target": "com.amazonaws.sso#Get"}],
        "traits": {"aws.protocols#restJson1": {}, "aws.api#service": {"sdkId": "SSO"}}},
    "com.amazonaws.sso#Get": {"type": "operation", "output": {"target": "com.amazonaws.sso#GetOutput"},
        "traits": {"smithy.api#http": {"method": "POST", "uri": "/get"}}},
    "com.amazonaws.sso#GetOutput": {"type": "structure", "members": {
        "role": {"target": "com.amazonaws.sso#RoleCredentials"}}},
    "com.amazonaws.sso#RoleCredentials": {"type": "structure", "members": {
        "sessionToken": {"target": "smithy.api#String"}}}}}"#;

/// The same of a password.
const WAREHOUSE: &str = r#"{"smithy": "2.0", "shapes": {
    "a.b#Warehouse": {"type": "service", "version": "1", "operations": [{"target": "a.b#Create"}],
        "traits": {"aws.protocols#awsQuery": {}, "smithy.api#xmlNamespace": {"uri": "http://a.b"},
            "aws.api#service": {"sdkId": "Redshift"}}},
    "a.b#Create": {"type": "operation", "input": {"target": "a.b#CreateHsmConfigurationMessage"}},
    "a.b#CreateHsmConfigurationMessage": {"type": "structure", "members": {
        "HsmPartitionName": {"target": "smithy.api#String"},
        "HsmPartitionPassword": {"target": "smithy.api#String"}}}}}"#;

#[test]
fn passwords_are_secret_by_their_overlay() {
    let folder = Folder::new("passwords");
    folder.write("models/warehouse.json", WAREHOUSE);
    folder.succeeds(&[]);
    let code = folder.read("out/src/operation/create.rs");
    let secret = "#[sensitive]\n    pub hsm_partition_password";
    assert!(code.contains(secret), "{code}");
    assert_eq!(code.matches("#[sensitive]").count(), 1, "{code}");
}

#[test]
fn credentials_are_secret_by_their_overlay() {
    let folder = Folder::new("credentials");
    folder.write("models/sso.json", SIGN_ON);
    let code = || folder.read("out/src/types/role_credentials.rs");
    folder.succeeds(&[]);
    assert!(code().contains("#[sensitive]"), "{}", code());
    folder.succeeds(&["--no-overlays"]);
    assert!(!code().contains("sensitive"), "{}", code());
}

#[test]
fn a_library_needs_no_command_line() {
    let folder = Folder::new("library");
    folder.write("models/thing.json", MODEL);
    folder.succeeds(&[]);
    assert!(folder.read("out/Cargo.toml").contains("swage-cli ="));
    let said = folder.succeeds(&["--no-cli"]);
    assert!(said.contains("3 removed"), "{said}");
    let manifest = folder.read("out/Cargo.toml");
    assert!(
        ["swage-cli =", "[[bin]]"]
            .iter()
            .all(|part| !manifest.contains(part)),
        "{manifest}"
    );
    assert!(!folder.read("out/src/lib.rs").contains("cli;"));
    assert!(!folder.0.join("out/src/main.rs").exists());
}

/// A service without a protocol, in Smithy IDL.
const BARE: &str = r#"$version: "2"
namespace a.b
service Thing { version: "1", operations: [Do] }
@http(method: "POST", uri: "/do")
operation Do {}
"#;

#[test]
fn one_of_several_services_is_chosen_by_its_name() {
    let folder = Folder::new("services");
    // The operation of another service may lack what that service says of it.
    let services = "@readonly
@http(method: \"GET\", uri: \"/pages\")
@paginated(items: \"items\")
operation Pages { output := { items: Items } }
list Items { member: String }
@paginated(inputToken: \"token\", outputToken: \"token\")
@aws.protocols#restJson1
service Other { version: \"1\", operations: [Pages] }
@aws.protocols#restJson1
service One { version: \"1\", operations: [Do] }
@aws.protocols#restJson1
service Thing";
    folder.write(
        "models/thing.smithy",
        BARE.replace("service Thing", services),
    );
    let said = folder.fails(&[]);
    assert!(said.contains("more than one service"), "{said}");
    assert!(said.contains("choose it with `--service`"), "{said}");
    for name in ["One", "a.b#One"] {
        folder.succeeds(&["--service", name]);
        assert!(folder.read("out/src/service.rs").contains("a.b#One"));
    }
    let said = folder.fails(&["--service", "Thin"]);
    assert!(said.contains("error: unknown service `Thin`"), "{said}");
    assert!(said.contains("help: did you mean `Thing`"), "{said}");
    assert!(!said.contains("more than one"), "{said}");
}

#[test]
fn a_service_without_a_protocol_gets_the_one_that_is_asked_for() {
    let folder = Folder::new("protocol");
    folder.write("models/thing.smithy", BARE);
    let said = folder.fails(&[]);
    assert!(
        said.contains("no supported protocol on `a.b#Thing`"),
        "{said}"
    );
    folder.succeeds(&["--protocol", "restJson1"]);
    assert!(folder.read("out/Cargo.toml").contains("\"rest-json\""));
    folder.succeeds(&["--protocol", "rpcv2Cbor"]);
    assert!(folder.read("out/Cargo.toml").contains("\"rpc-v2-cbor\""));
    folder.succeeds(&["--protocol", "aws.protocols#awsJson1_1"]);
    assert!(folder.read("out/Cargo.toml").contains("\"aws-json\""));
    let said = folder.fails(&["--protocol", "restJson"]);
    assert!(
        said.contains("error: unknown protocol `restJson`"),
        "{said}"
    );
    assert!(said.contains("help: did you mean `restJson1`"), "{said}");
    assert!(!said.contains("no supported protocol"), "{said}");
    // A service's own protocol isn't changed.
    folder.write(
        "models/thing.smithy",
        BARE.replace("service", "@aws.protocols#restJson1\nservice"),
    );
    let said = folder.fails(&["--protocol", "rpcv2Cbor"]);
    assert!(
        said.contains("does not have the protocol \"rpcv2Cbor\""),
        "{said}"
    );
}

#[test]
fn a_model_is_read_from_standard_input() {
    let folder = Folder::new("stdin");
    let run = |model: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_swage"));
        let mut run = command
            .args(["generate", "--model", "-", "--out", "."])
            .current_dir(&folder.0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("swage runs");
        run.stdin
            .take()
            .expect("a pipe")
            .write_all(model.as_bytes())
            .expect("written");
        run.wait_with_output().expect("ended")
    };
    let output = run(MODEL);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(text(&output.stdout).starts_with("read    stdin\nwrote   .: "));
    assert!(
        folder
            .read("src/lib.rs")
            .contains("generated by Swage from stdin.")
    );
    let output = run(&MODEL.replace("/undo", "undo"));
    assert!(text(&output.stderr).contains("--> stdin:5:"), "{output:?}");
}

#[test]
fn standard_input_is_read_once() {
    let folder = Folder::new("stdin-twice");
    let said = folder.fails(&["--model", "-", "--model", "-"]);
    assert!(
        said.contains("error: standard input is named twice\n"),
        "{said}"
    );
}

#[test]
fn folders_in_a_folder_of_models_are_not_searched() {
    let folder = Folder::new("deeper");
    folder.write("all/service/model.json", MODEL);
    let said = folder.fails(&["--model", "all"]);
    let expected = "error: no model in all\n  help: folders in it are not searched; name one, such as all/service\n";
    assert!(said.contains(expected), "{said}");
}

#[test]
fn a_smithy_project_names_its_models() {
    let folder = Folder::new("project");
    let build = r#"{
    // Where the models are.
    "version": "1.0", "sources": ["smithy"], "imports": ["more//../more/traits.smithy"]
}"#;
    folder.write("models/smithy-build.json", build);
    folder.write(
        "models/smithy/deep/thing.smithy",
        BARE.replace("service", "@a.b#mark\n@aws.protocols#restJson1\nservice"),
    );
    folder.write(
        "models/more/traits.smithy",
        "$version: \"2\"\nnamespace a.b\n@trait\nstructure mark {}\n",
    );
    folder.write("models/other.json", "not a model");
    let said = folder.succeeds(&[]);
    let read = "read    models/smithy/deep/thing.smithy, models/more//../more/traits.smithy\n";
    assert!(said.starts_with(read), "{said}");
    folder.succeeds(&["--model", "models/smithy-build.json"]);
    for (build, wrong) in [
        (
            r#"{"sources": "smithy"}"#,
            "`sources` is not an array of strings",
        ),
        (
            "{\n  // Ümlaut\n  \"sources\": [\"gone\"]\n}",
            "cannot read models/gone: No such file or directory (os error 2)\n --> models/smithy-build.json:3:15",
        ),
        (r#"{"sources": [1]}"#, "a path in `sources` is a number"),
        (
            r#"{"sources": ["${SWAGE_TEST_UNSET}/x"]}"#,
            "the environment variable `SWAGE_TEST_UNSET`",
        ),
        (
            r#"{"imports": ["traits.jar"]}"#,
            "models/traits.jar: archives are not read",
        ),
        ("{}", "no `sources`, and no folder `model`"),
        ("{", "EOF while parsing"),
        (r#"{"sources": 1, "imports": 2}"#, "`imports` is not"),
    ] {
        folder.write("models/smithy-build.json", build);
        let said = folder.fails(&[]);
        assert!(
            said.contains(wrong) && said.contains("models/smithy-build.json:"),
            "{said}"
        );
    }
    // The default folder.
    fs::rename(
        folder.0.join("models/smithy"),
        folder.0.join("models/model"),
    )
    .expect("renamed");
    folder.write("models/smithy-build.json", r#"{"imports": ["more"]}"#);
    folder.succeeds(&[]);
}
