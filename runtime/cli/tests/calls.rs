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

/// What an echo fails with, and how many requests it made, under these variables.
fn failure(answer: (&str, &str), variables: &[(&str, &str)]) -> (String, usize) {
    let server = Server::new(&[answer]);
    let folder = Folder::new(server.url.rsplit(':').next().unwrap_or_default());
    let words = ["echo", "--name", "ab", "--endpoint-url", &server.url];
    let ran = finish(
        &command(&folder.0)
            .envs(variables.iter().copied())
            .args(words)
            .output()
            .expect("the example"),
    );
    assert_eq!((ran.code, ran.stdout.as_str()), (255, ""));
    (ran.stderr, server.requests().len())
}

#[test]
fn what_is_tried_again_depends_on_the_mode() {
    let tries = |head: &str, code: &str, mode: &str| {
        let body = format!("{{\"code\": \"{code}\", \"message\": \"m\"}}");
        let variables = [("AWS_RETRY_MODE", mode), ("AWS_MAX_ATTEMPTS", "2")];
        let (text, requests) = failure((head, &body), &variables);
        (requests, text.contains("(reached max retries: 1)"))
    };
    assert_eq!(tries("429 Slow", "X", "legacy"), (2, true));
    assert_eq!(tries("429 Slow", "X", "standard"), (1, false));
    assert_eq!(tries("403 No", "Throttling", "legacy"), (1, false));
    assert_eq!(tries("403 No", "Throttling", "adaptive"), (2, true));
    assert_eq!(tries("400 No", "Throttling", "legacy"), (2, true));
    assert_eq!(tries("400 No", "SlowDown", "legacy"), (1, false));
    assert_eq!(tries("400 No", "SlowDown", "standard"), (2, true));
}

#[test]
fn a_message_may_be_any_value() {
    let told = |head: &str, body: &str| {
        let (text, _) = failure((head, body), &[("AWS_MAX_ATTEMPTS", "1")]);
        let (_, message) = text.split_once("operation").expect("an operation");
        message.trim_end_matches('\n').to_owned()
    };
    assert_eq!(
        told("400 No", "{\"message\": null, \"Message\": \"M\"}"),
        ": None"
    );
    assert_eq!(told("400 No", "{\"Message\": true}"), ": True");
    assert_eq!(
        told("400 No", "{\"message\": {\"a\": [1.50, \"x\"]}}"),
        ": {'a': [1.5, 'x']}"
    );
    assert_eq!(told("400 No", "{\"other\": 1}"), ": ");
    assert_eq!(told("400 No", " not JSON "), ":  not JSON ");
    assert_eq!(
        told("503 No", " <html>busy</html>"),
        " (reached max retries: 0): Service Unavailable"
    );
    assert_eq!(told("599 No", "<html>busy</html>"), ": ");
}

#[test]
fn timestamps_are_printed_as_they_came_or_in_iso_8601() {
    let server = Server::new(&[("200 OK", "{\"When\": 1700000000.5}")]);
    let folder = Folder::new("timestamps");
    std::fs::create_dir_all(folder.0.join(".aws")).expect("a folder");
    let words = ["echo", "--name", "ab", "--query", "When"];
    assert_eq!(server.run_in(&folder.0, &words).stdout, "1700000000.5\n");
    folder.write(".aws/config", "[default]\ncli_timestamp_format = iso8601\n");
    assert_eq!(
        server.run_in(&folder.0, &words).stdout,
        "\"2023-11-14T22:13:20.500000+00:00\"\n"
    );
    folder.write(".aws/config", "[default]\ncli_timestamp_format = roman\n");
    let ran = server.run_in(&folder.0, &words);
    assert!(
        ran.stderr
            .contains("Unknown cli_timestamp_format value: roman")
    );
}

#[test]
fn numbers_of_a_response_are_brought_to_their_kind() {
    let server = Server::new(&[(
        "200 OK",
        "{\"Count\": 1.9e3, \"Long\": \" 7 \", \"Float\": 5}",
    )]);
    let ran = server.run(&["echo", "--name", "ab", "--output", "text"]);
    assert_eq!(ran.stdout, "1900\t5.0\t7\n", "{}", ran.stderr);
    for wrong in ["\"1.5\"", "\"many\"", "[]", "{}"] {
        let body = format!("{{\"Count\": {wrong}}}");
        let ran = Server::new(&[("200 OK", &body)]).run(&["echo", "--name", "ab"]);
        assert_eq!((ran.code, ran.stdout.as_str()), (255, ""), "{wrong}");
    }
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
        failed("400 Bad\r\nx-amzn-errortype: ", "{\"code\": \"Unread\"}"),
        "\nAn error occurred () when calling the Echo operation: \n"
    );
    assert_eq!(
        failed(
            "400 Bad",
            "{\"code\": null, \"__type\": \"a#Typed\", \"Message\": 5}"
        ),
        "\nAn error occurred (Typed) when calling the Echo operation: 5\n"
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
    folder.write(".aws/config", "[default]\nparameter_validation = no\n");
    let words = ["echo", "--name", "a", "--endpoint-url", &server.url];
    assert_eq!(
        run_in(&folder.0, &words).code,
        0,
        "too short a name is sent"
    );
    folder.write(".aws/config", "[default]\nservices = nope\n");
    let ran = run_in(&folder.0, &["echo", "--name", "ab"]);
    assert!(
        ran.code == 255 && ran.stderr.contains("the \"nope\" services configuration"),
        "{}",
        ran.stderr
    );
    folder.write(".aws/config", "[default]\n= garbage\n");
    assert_eq!(run_in(&folder.0, &["echo", "--name", "ab"]).code, 1);
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
fn wrong_roles_are_told_before_anything_is_asked_for() {
    let folder = Folder::new("roles");
    std::fs::create_dir_all(folder.0.join(".aws")).expect("a folder");
    folder.write(
        ".aws/config",
        "[profile gone]\nrole_arn = r\nsource_profile = nope\n\
         [profile bare]\nrole_arn = r\nsource_profile = empty\n[profile empty]\n\
         [profile a]\nrole_arn = r\nsource_profile = b\n[profile b]\nrole_arn = r\nsource_profile = a\n\
         [profile odd]\nrole_arn = r\ncredential_source = Moon\n[profile half]\nrole_arn = r\n",
    );
    let told = |profile: &str| {
        let ran = run_in(&folder.0, &["echo", "--name", "ab", "--profile", profile]);
        assert_eq!((ran.code, ran.stdout.as_str()), (255, ""));
        ran.stderr.trim().to_owned()
    };
    assert_eq!(
        told("gone"),
        "The source_profile \"nope\" referenced in the profile \"gone\" does not exist."
    );
    assert_eq!(
        told("bare"),
        "The source profile \"empty\" must have credentials."
    );
    assert!(
        told("a")
            .ends_with("profile a which has already been visited. Visited profiles: ['a', 'b']")
    );
    assert_eq!(
        told("odd"),
        "The credential source \"Moon\" referenced in profile \"odd\" is not valid."
    );
    assert_eq!(
        told("half"),
        "Partial credentials found in assume-role, missing: source_profile or credential_source"
    );
}

/// Asks for a URL that nobody has, in an environment with these variables.
fn through(variables: &[(&str, &str)], url: &str) -> i32 {
    let folder = Folder::new("proxies");
    let mut command = command(&folder.0);
    command
        .env("AWS_MAX_ATTEMPTS", "1")
        .envs(variables.iter().copied());
    let words = ["echo", "--name", "ab", "--endpoint-url", url];
    finish(&command.args(words).output().expect("the example")).code
}

#[test]
fn proxies_are_those_of_the_environment() {
    let proxy = Server::new(&[("200 OK", "{}")]);
    let with_password = proxy.url.replace("http://", "http://u:p@");
    let variables = [
        ("HTTP_PROXY", "http://127.0.0.1:1"),
        ("http_proxy", &with_password),
    ];
    assert_eq!(through(&variables, "http://nowhere.invalid/x"), 0);
    let request = &proxy.requests()[0];
    assert!(
        request.line.starts_with("POST http://nowhere.invalid/x/"),
        "{}",
        request.line
    );
    let headers = request.headers.to_ascii_lowercase();
    assert!(
        headers.contains("proxy-authorization: basic dtpw"),
        "{headers}"
    );
    let variables = [("ALL_PROXY", proxy.url.as_str())];
    assert_eq!(through(&variables, "http://nowhere.invalid"), 255);
}

#[test]
fn some_hosts_need_no_proxy() {
    let server = Server::new(&[("200 OK", "{}")]);
    let host_and_port = server.url.trim_start_matches("http://");
    let proxied = |direct: &str| {
        let variables = [("http_proxy", "http://127.0.0.1:1"), ("NO_PROXY", direct)];
        through(&variables, &server.url) == 255
    };
    for direct in [
        "*",
        "127.0.0.1",
        "x, 127.0.0.1 ,y",
        ".0.0.1",
        "0.0.1",
        host_and_port,
    ] {
        assert!(!proxied(direct), "{direct}");
    }
    for direct in [
        "",
        "localhost",
        "127.0.0.0/8",
        "7.0.0.1",
        "x,*",
        "127.0.0.1:1",
    ] {
        assert!(proxied(direct), "{direct}");
    }
}

#[test]
fn credentials_may_come_from_a_process() {
    let folder = Folder::new("process");
    std::fs::create_dir_all(folder.0.join(".aws")).expect("a folder");
    folder.write(
        ".aws/config",
        "[profile p]\ncredential_process = cat keys.json\n",
    );
    folder.write(
        "keys.json",
        "{\"Version\": 1, \"AccessKeyId\": \"PROCESSKEY\", \"SecretAccessKey\": \"s\", \"SessionToken\": \"st\"}",
    );
    let server = Server::new(&[("200 OK", "{}")]);
    let words = ["echo", "--name", "ab", "--profile", "p"];
    let ran = server.run_in(&folder.0, &words);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let headers = server.requests()[0].headers.to_ascii_lowercase();
    assert!(headers.contains("processkey/") && headers.contains("x-amz-security-token: st"));
    folder.write("keys.json", "none");
    let ran = server.run_in(&folder.0, &words);
    assert_eq!(ran.code, 255);
    assert_eq!(
        ran.stderr.matches("credentials").count(),
        2,
        "{}",
        ran.stderr
    );
}

#[test]
fn endpoints_keep_their_path_and_lose_their_case() {
    let server = Server::new(&[("200 OK", "{}")]);
    let url = server.url.replace("http", "HTTP") + "/a b/\u{e9}?x=y#z";
    let ran = run(&["echo", "--name", "ab", "--endpoint-url", &url]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(
        server.requests()[0].line,
        "POST /a%20b/%C3%A9/echo?x=y HTTP/1.1"
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
