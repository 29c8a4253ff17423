//! What commands do beside calling their operations.

use crate::support::{Folder, Ran, Server, finish, program};
use serde_json::{Value, json};

/// Runs the example in a folder.
fn run(folder: &Folder, server: &Server, words: &[&str]) -> Ran {
    let output = program("extras", &folder.0)
        .current_dir(&folder.0)
        .args(words)
        .args(["--endpoint-url", &server.url])
        .output();
    finish(&output.expect("the example, which `cargo test` builds"))
}

/// The body of the request that these words send.
fn sent(folder: &Folder, words: &[&str]) -> Value {
    let server = Server::new(&[("200 OK", "{}")]);
    let ran = run(folder, &server, words);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{words:?}");
    serde_json::from_str(&server.requests()[0].body).expect("JSON")
}

/// What is reported without a request.
fn told(folder: &Folder, words: &[&str]) -> (i32, String) {
    let server = Server::new(&[("200 OK", "{}")]);
    let ran = run(folder, &server, words);
    assert_eq!(server.requests().len(), 0, "{words:?}");
    (ran.code, ran.stderr.trim().to_owned())
}

#[test]
fn a_value_is_encoded_wherever_it_comes_from() {
    let folder = Folder::new("base64");
    folder.write("script", "#!/bin/sh\n");
    std::fs::write(folder.0.join("bytes"), [0xff, 0x00]).expect("a file");
    for (words, expected) in [
        (&["--script", "plain ü"][..], "cGxhaW4gw7w="),
        (&["--script", "file://script"], "IyEvYmluL3NoCg=="),
        (&["--script", "fileb://bytes"], "/wA="),
        (&["--cli-input-json", r#"{"Script": "a"}"#], "YQ=="),
    ] {
        let sent = sent(&folder, &[&["store"], words].concat());
        assert_eq!(sent, json!({"Script": expected}), "{words:?}");
    }
}

#[test]
fn a_customer_key_is_sent_in_base64_with_its_md5() {
    let folder = Folder::new("key");
    std::fs::write(folder.0.join("bytes"), [0xff, 0x00]).expect("a file");
    folder.write("text", "abc");
    let abc = json!({"Key": "YWJj", "KeyMD5": "kAFQmDzST7DWlj99KOF/cg=="});
    for (words, expected) in [
        (&["--key", "abc"][..], abc.clone()),
        (&["--key", "file://text"], abc.clone()),
        (&["--key", "fileb://text"], abc.clone()),
        (&["--cli-input-json", r#"{"Key": "abc"}"#], abc),
        (
            &["--key", "fileb://bytes"],
            json!({"Key": "/wA=", "KeyMD5": "4Oi/r7sGiVY7L7p4nJezzA=="}),
        ),
        (
            &["--key", "YWJj", "--key-md5", "x"],
            json!({"Key": "YWJj", "KeyMD5": "x"}),
        ),
    ] {
        let sent = sent(&folder, &[&["store"], words].concat());
        assert_eq!(sent, expected, "{words:?}");
    }
}

#[test]
fn words_are_values_of_elements() {
    let folder = Folder::new("plain");
    let ids = |words: &[&str]| sent(&folder, &[&["store", "--ids"], words].concat())["Ids"].clone();
    assert_eq!(ids(&["a", "Id=b"]), json!([{"Id": "a"}, {"Id": "Id=b"}]));
    assert_eq!(ids(&[r#"[{"Id": "c"}]"#]), json!([{"Id": "c"}]));
    folder.write("ids", r#"[{"Id": "d"}]"#);
    assert_eq!(ids(&["file://ids"]), json!([{"Id": "d"}]));
}

#[test]
fn commands_that_are_no_operations_are_named() {
    let folder = Folder::new("others");
    let (code, text) = told(&folder, &["log-in", "--user", "a"]);
    assert_eq!(code, 2);
    assert!(
        text.ends_with(
            "extras: error: argument operation: the AWS CLI adds the command `log-in`, which isn't available here. Use \
             `get-token`"
        ),
        "{text}"
    );
}

#[test]
fn an_archive_is_checked() {
    let folder = Folder::new("zip");
    let mut empty = b"PK\x05\x06".to_vec();
    empty.resize(22, 0);
    std::fs::write(folder.0.join("a.zip"), &empty).expect("a file");
    let sent = sent(&folder, &["store", "--archive", "fileb://a.zip"]);
    assert_eq!(sent["Archive"], "UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==");
    for option in ["--archive", "--code-zip"] {
        let expected = format!(
            "{option} must be a zip file with the fileb:// prefix.\n\
             Example usage:  {option} fileb://path/to/file.zip"
        );
        assert_eq!(told(&folder, &["store", option, "a.zip"]), (255, expected));
    }
}

#[test]
fn nothing_but_the_shortcut_gives_its_value() {
    let folder = Folder::new("only");
    let expected = "Zip cannot be provided as part of the --code argument.  Please use the '--code-zip' option \
                    instead to specify a zip file.";
    assert_eq!(
        told(&folder, &["store", "--code", "Zip=abc"]),
        (255, expected.to_owned())
    );
    let sent = sent(&folder, &["store", "--code", "Bucket=b"]);
    assert_eq!(sent["Code"], json!({"Bucket": "b"}));
}

#[test]
fn keys_are_asked_for_encoded_and_shown_plain() {
    let folder = Folder::new("percent");
    let body = r#"{"Coding": "url", "Keys": [{"Key": "a+b%2Bc%C3%BC"}, {"Key": "%01"}]}"#;
    let next = r#"{"Coding": "url", "Next": "n", "Keys": [{"Key": "x%20y"}]}"#;
    let server = Server::new(&[("200 OK", next), ("200 OK", body)]);
    let ran = run(&folder, &server, &["list-keys", "--query", "Keys[].Key"]);
    let shown: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert_eq!(shown, json!(["x y", "a b+cü", "\u{1}"]));
    let asked = |index: usize| {
        let sent: Value = serde_json::from_str(&server.requests()[index].body).expect("JSON");
        sent["Coding"].clone()
    };
    assert_eq!([asked(0), asked(1)], [json!("url"), json!("url")]);
    // Callers who ask themselves get what the service sends.
    let server = Server::new(&[("200 OK", body)]);
    let words = ["list-keys", "--coding", "url", "--query", "Keys[0].Key"];
    assert_eq!(run(&folder, &server, &words).stdout, "\"a+b%2Bc%C3%BC\"\n");
    // A service that doesn't encode.
    let server = Server::new(&[("200 OK", r#"{"Keys": [{"Key": "a+b"}]}"#)]);
    let words = ["list-keys", "--query", "Keys[0].Key"];
    assert_eq!(run(&folder, &server, &words).stdout, "\"a+b\"\n");
}

#[test]
fn pages_have_a_size_of_their_own() {
    let folder = Folder::new("size");
    let size = |words: &[&str]| sent(&folder, &[&["list-keys"], words].concat())["Size"].clone();
    assert_eq!(size(&[]), 100);
    assert_eq!(size(&["--owner", "me"]), 100);
    assert_eq!(size(&["--page-size", "5"]), 5);
    assert_eq!(size(&["--prefix", "a"]), json!(null));
    assert_eq!(size(&["--no-paginate"]), json!(null));
}

const MADE: &str = r#"{"Device": {"Serial": "s", "Seed": "c2VlZA==", "Picture": "/wA="}}"#;

#[test]
fn a_part_of_the_output_goes_to_a_file() {
    let folder = Folder::new("outfile");
    for (method, bytes) in [("Seed", &b"seed"[..]), ("Picture", &[0xff, 0])] {
        let server = Server::new(&[("200 OK", MADE)]);
        let words = ["make", "--outfile", "out", "--method", method];
        let ran = run(&folder, &server, &words);
        let shown: Value = serde_json::from_str(&ran.stdout).expect("JSON");
        assert_eq!(shown, json!({"Device": {"Serial": "s"}}));
        assert_eq!(std::fs::read(folder.0.join("out")).expect("a file"), bytes);
    }
    let server = Server::new(&[("200 OK", r#"{"Certificate": "cert"}"#)]);
    let ran = run(&folder, &server, &["sign", "--certificate-outfile", "out"]);
    assert_eq!(ran.stdout, "{\n    \"Certificate\": \"cert\"\n}\n");
    assert_eq!(
        std::fs::read(folder.0.join("out")).expect("a file"),
        b"cert"
    );
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_the_file() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::new("private");
    folder.write("old", "");
    for name in ["old", "new"] {
        let server = Server::new(&[("200 OK", MADE)]);
        let words = ["make", "--outfile", name, "--method", "Seed"];
        assert_eq!(run(&folder, &server, &words).code, 0);
        let file = std::fs::metadata(folder.0.join(name)).expect("a file");
        assert_eq!(file.permissions().mode() & 0o777, 0o600, "{name}");
    }
}

#[test]
fn a_file_that_cannot_be_written_is_reported_before_the_call() {
    let folder = Folder::new("unwritable");
    let words = ["make", "--outfile", "no/such", "--method", "Seed"];
    let expected = "Unable to write to file: no/such";
    assert_eq!(told(&folder, &words), (255, expected.to_owned()));
    let (code, text) = told(&folder, &["make", "--outfile", "x"]);
    assert_eq!(code, 2);
    assert!(text.contains("required: --method"), "{text}");
    let (code, text) = told(&folder, &["make", "--outfile", "x", "--method", "Sed"]);
    assert_eq!(code, 2);
    assert!(text.contains("Picture") && text.contains("Seed"), "{text}");
}

#[test]
fn help_shows_the_options_for_files() {
    let folder = Folder::new("help");
    let server = Server::new(&[]);
    for words in [["make", "help"], ["make", "--help"]] {
        let output = program("extras", &folder.0).args(words).output();
        let page = finish(&output.expect("the example")).stdout;
        for shown in ["--outfile <", "The file for what starts it.", "--method <"] {
            assert!(page.contains(shown), "{shown}: {page}");
        }
    }
    assert_eq!(server.requests().len(), 0);
}
