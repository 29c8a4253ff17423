//! Calls: input as JSON, skeletons, pages, streams, waiters, errors, configuration.

mod support;

use serde_json::{Value, json};
use support::{Folder, Server, command, finish, run, run_in};

#[test]
fn cli_input_json_fills_in_what_no_option_gives() {
    let server = Server::new(&[("200 OK", "{}")]);
    let ran = server.run(&[
        "echo",
        "--name",
        "ab",
        "--cli-input-json",
        "{\"Name\": \"zz\", \"Count\": 3, \"Token\": \"t\"}",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let body: Value = serde_json::from_str(&server.requests()[0].body).expect("JSON");
    assert_eq!(body, json!({"Name": "ab", "Count": 3, "Token": "t"}));
    let ran = run(&["echo", "--cli-input-json", "{"]);
    assert!(
        ran.stderr
            .starts_with("\nError parsing parameter 'cli-input-json': Invalid JSON: "),
        "{}",
        ran.stderr
    );
    assert_eq!(run(&["echo", "--cli-input-json={}"]).code, 2);
}

#[test]
fn skeletons_have_every_member_and_end_recursion() {
    let ran = run(&["echo", "--generate-cli-skeleton"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let skeleton: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert_eq!(skeleton["Name"], "");
    assert_eq!(
        (&skeleton["Color"], &skeleton["Level"]),
        (&json!("RED"), &json!(3))
    );
    assert_eq!(skeleton["When"], "1970-01-01T00:00:00");
    assert_eq!(skeleton["Rule"]["Then"], json!([{}]));
    assert_eq!(skeleton["Tags"], json!({"KeyName": ""}));
    let ran = run(&["list-things", "--generate-cli-skeleton", "output"]);
    assert_eq!(
        serde_json::from_str::<Value>(&ran.stdout).expect("JSON"),
        json!({"Page": {"Things": ["String"]}, "NextToken": "NextToken"})
    );
}

#[test]
fn pages_are_merged() {
    let pages = [
        (
            "200 OK",
            "{\"Page\": {\"Things\": [\"a\", \"b\"]}, \"NextToken\": \"2\"}",
        ),
        ("200 OK", "{\"Page\": {\"Things\": [\"c\"]}}"),
    ];
    let server = Server::new(&pages);
    let ran = server.run(&[
        "list-things",
        "--page-size",
        "2",
        "--query",
        "Page.Things[]",
    ]);
    assert_eq!(
        ran.stdout, "[\n    \"a\",\n    \"b\",\n    \"c\"\n]\n",
        "{}",
        ran.stderr
    );
    let bodies: Vec<Value> = server
        .requests()
        .iter()
        .map(|r| serde_json::from_str(&r.body).expect("JSON"))
        .collect();
    assert_eq!(
        bodies,
        [
            json!({"PageSize": 2}),
            json!({"NextToken": "2", "PageSize": 2})
        ]
    );
    let ran =
        Server::new(&pages).run(&["list-things", "--output", "text", "--query", "Page.Things"]);
    assert_eq!(ran.stdout, "a\tb\nc\n");
    let ran = Server::new(&pages).run(&["list-things", "--no-paginate", "--query", "NextToken"]);
    assert_eq!(ran.stdout, "\"2\"\n");
}

#[test]
fn a_token_says_where_to_go_on() {
    let page = (
        "200 OK",
        "{\"Page\": {\"Things\": [\"a\", \"b\"]}, \"NextToken\": \"2\"}",
    );
    let ran = Server::new(&[page]).run(&["list-things", "--max-items", "1"]);
    let response: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    // {"NextToken": null, "boto_truncate_amount": 1}
    let token = "eyJOZXh0VG9rZW4iOiBudWxsLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAxfQ==";
    assert_eq!(
        response,
        json!({"Page": {"Things": ["a"]}, "NextToken": token})
    );
    let server = Server::new(&[page, ("200 OK", "{\"Page\": {\"Things\": [\"c\"]}}")]);
    let ran = server.run(&[
        "list-things",
        "--starting-token",
        token,
        "--query",
        "Page.Things",
    ]);
    assert_eq!(
        serde_json::from_str::<Value>(&ran.stdout).expect("JSON"),
        json!(["b", "c"])
    );
    let ran = run(&["list-things", "--no-paginate", "--max-items", "1"]);
    assert!(
        ran.stderr
            .contains("Cannot specify --no-paginate along with pagination arguments: --max-items")
    );
}

#[test]
fn streams_go_to_and_come_from_files() {
    let folder = Folder::new("streams");
    folder.write("in", "content");
    let server = Server::new(&[("200 OK", "")]);
    let ran = server.run_in(&folder.0, &["upload", "--key", "k", "--body", "in"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(
        (
            server.requests()[0].line.as_str(),
            server.requests()[0].body.as_str()
        ),
        ("PUT /object/k HTTP/1.1", "content")
    );
    let server = Server::new(&[("200 OK\r\nx-kind: text", "bytes")]);
    let ran = server.run_in(&folder.0, &["download", "--key", "k", "out"]);
    assert_eq!(
        (ran.code, ran.stdout.as_str()),
        (0, "{\n    \"Kind\": \"text\"\n}\n"),
        "{}",
        ran.stderr
    );
    assert_eq!(
        std::fs::read_to_string(folder.0.join("out")).expect("the file"),
        "bytes"
    );
    let ran = run(&["download", "--key", "k"]);
    assert!(
        ran.stderr
            .ends_with("the following arguments are required: outfile\n")
    );
    assert!(
        run(&["upload", "--key", "k", "--body", "nope"])
            .stderr
            .contains("Blob values must be a path to a file.")
    );
}

#[test]
fn waiters_end_with_success_or_255() {
    let server = Server::new(&[
        ("200 OK", "{\"State\": \"NEW\"}"),
        ("200 OK", "{\"State\": \"READY\"}"),
    ]);
    let ran = server.run(&["wait", "thing-ready"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""), "{}", ran.stderr);
    assert_eq!(server.requests().len(), 2);
    let ran = Server::new(&[("200 OK", "{\"State\": \"BROKEN\"}")]).run(&["wait", "thing-ready"]);
    assert_eq!(
        (ran.code, ran.stderr.as_str()),
        (
            255,
            "\nWaiter ThingReady failed: Waiter encountered a terminal failure state\n"
        )
    );
    let ran = Server::new(&[("200 OK", "{}")]).run(&["wait", "thing-ready"]);
    assert_eq!(
        (ran.code, ran.stderr.as_str()),
        (255, "\nWaiter ThingReady failed: Max attempts exceeded\n")
    );
}

#[test]
fn errors_name_code_and_operation() {
    let failed = |head: &str, body: &str| {
        let folder = Folder::new(&format!("errors-{}-{}", head.len(), body.len()));
        let server = Server::new(&[(head, body)]);
        let words = ["echo", "--name", "ab", "--endpoint-url", &server.url];
        let ran = finish(
            &command(&folder.0)
                .env("AWS_MAX_ATTEMPTS", "1")
                .args(words)
                .output()
                .expect("the example"),
        );
        assert_eq!((ran.code, ran.stdout.as_str()), (255, ""));
        ran.stderr
    };
    let head = "400 Bad\r\nx-amzn-errortype: a#Oops:http://x";
    assert_eq!(
        failed(head, "{\"message\": \"m\"}"),
        "\nAn error occurred (Oops) when calling the Echo operation: m\n"
    );
    assert_eq!(
        failed("503 No", ""),
        "\nAn error occurred (503) when calling the Echo operation (reached max retries: 0): Service Unavailable\n"
    );
    let words = [
        "echo",
        "--name",
        "ab",
        "--endpoint-url",
        "http://127.0.0.1:1",
        "--cli-connect-timeout",
        "5",
    ];
    let folder = Folder::new("refused");
    let ran = finish(
        &command(&folder.0)
            .env("AWS_MAX_ATTEMPTS", "1")
            .args(words)
            .output()
            .expect("the example"),
    );
    assert_eq!(
        ran.stderr,
        "\nCould not connect to the endpoint URL: \"http://127.0.0.1:1/echo\"\n"
    );
}

#[test]
fn configuration_is_found_and_checked() {
    let folder = Folder::new("configuration");
    std::fs::create_dir_all(folder.0.join(".aws")).expect("a folder");
    folder.write(".aws/config", "[profile p]\nRegion = eu-west-1\noutput=text\nservices = s\n[services s]\nevery_thing =\n  endpoint_url = http://nowhere.invalid\n");
    folder.write(
        ".aws/credentials",
        "[p]\naws_access_key_id = PAKID\naws_secret_access_key = hidden\naws_session_token = st\n",
    );
    let server = Server::new(&[("200 OK", "{\"Name\": \"ab\", \"Count\": 1}")]);
    let words = [
        "echo",
        "--name",
        "ab",
        "--profile",
        "p",
        "--endpoint-url",
        &server.url,
    ];
    let ran = finish(
        &command(&folder.0)
            .env_remove("AWS_DEFAULT_REGION")
            .args(words)
            .output()
            .expect("the example"),
    );
    assert_eq!(ran.stdout, "1\tab\n", "{}", ran.stderr);
    let headers = &server.requests()[0].headers.to_ascii_lowercase();
    assert!(
        headers.contains("pakid/")
            && headers.contains("/eu-west-1/everything/")
            && headers.contains("x-amz-security-token: st"),
        "{headers}"
    );
    let ran = run_in(&folder.0, &["echo", "--name", "ab", "--profile", "nope"]);
    assert_eq!(
        (ran.code, ran.stderr.as_str()),
        (255, "\nThe config profile (nope) could not be found\n")
    );
    folder.write(".aws/config", "[default]\ngarbage\n");
    let ran = run_in(&folder.0, &["echo", "--name", "ab"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.stderr.contains("Unable to parse config file") && ran.stderr.contains("line 2"),
        "{}",
        ran.stderr
    );
}

#[test]
fn settings_are_checked_in_order() {
    let told = |words: &[&str]| {
        let ran = run(&[&["echo", "--name", "ab"], words].concat());
        assert_eq!(ran.code, 255);
        ran.stderr.trim().to_owned()
    };
    assert!(
        told(&["--query", "a[", "--endpoint-url", "x"]).starts_with("Bad value for --query a[")
    );
    assert!(
        told(&["--endpoint-url", "nohost"])
            .starts_with("Bad value for --endpoint-url \"nohost\": scheme is missing.  Must be")
    );
    assert_eq!(
        told(&["--endpoint-url", "http://"]),
        "Invalid endpoint: http://"
    );
    assert_eq!(
        told(&["--region", "a_b"]),
        "Provided region_name 'a_b' doesn't match a supported format."
    );
    assert!(
        told(&["--cli-read-timeout", "-1", "--endpoint-url", "http://h"])
            .starts_with("Attempted to set read timeout to -1")
    );
    assert!(told(&["--ca-bundle", "", "--endpoint-url", "https://h"]).contains("--ca-bundle"));
    let folder = Folder::new("no-region");
    let words = ["echo", "--name", "a"];
    let ran = finish(
        &command(&folder.0)
            .env_remove("AWS_DEFAULT_REGION")
            .args(words)
            .output()
            .expect("the example"),
    );
    assert_eq!(
        ran.stderr,
        "You must specify a region. You can also configure your region by running \"aws configure\".\n"
    );
    let ran = finish(
        &command(&folder.0)
            .env_remove("AWS_SECRET_ACCESS_KEY")
            .args(words)
            .output()
            .expect("the example"),
    );
    assert_eq!(
        ran.stderr,
        "\nPartial credentials found in env, missing: AWS_SECRET_ACCESS_KEY\n"
    );
}

#[test]
fn the_log_hides_secrets() {
    let server = Server::new(&[("200 OK", "{}")]);
    let ran = server.run(&[
        "echo",
        "--name",
        "ab",
        "--secret",
        "s3cr3t-value",
        "--debug",
    ]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""));
    assert!(
        !ran.stderr.is_empty()
            && !ran.stderr.contains("s3cr3t-value")
            && !ran.stderr.contains("hidden"),
        "{}",
        ran.stderr
    );
}
