//! Calls: JSON input, skeletons, pages, streams, waiters, errors.

use crate::support::{Folder, Server, command, finish, run};
use serde_json::{Value, json};

#[test]
fn cli_input_json_sets_members_without_an_option() {
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
fn skeletons_have_all_members_and_end_recursion() {
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
    let ran = run(&["describe-thing", "--generate-cli-skeleton"]);
    assert_eq!(ran.stdout, "{}\n", "even when there are none");
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
        [json!({"Limit": 2}), json!({"NextToken": "2", "Limit": 2})]
    );
    let ran =
        Server::new(&pages).run(&["list-things", "--output", "text", "--query", "Page.Things"]);
    assert_eq!(ran.stdout, "a\tb\nc\n");
    let ran = Server::new(&pages).run(&["list-things", "--no-paginate", "--query", "NextToken"]);
    assert_eq!(ran.stdout, "\"2\"\n");
}

#[test]
fn a_token_continues_after_the_last_item() {
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
fn streams_are_read_from_and_written_to_files() {
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
    let headers = server.requests()[0].headers.to_lowercase();
    assert!(!headers.contains("content-type"), "{headers}");
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
    let server = Server::new(&[("200 OK", "more")]);
    let ran = server.run_in(
        &folder.0,
        &["download", "--cli-input-json", "{\"Key\": \"j\"}", "-"],
    );
    assert_eq!(
        (ran.code, ran.stdout.as_str()),
        (0, "more"),
        "{}",
        ran.stderr
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
fn an_empty_path_segment_is_refused() {
    let server = Server::new(&[("200 OK", "")]);
    let words = ["download", "--key", "", "out"];
    let ran = server.run(&words);
    let told = "\nParameter validation failed:\n\
        Invalid length for parameter Key, value: 0, valid min length: 1\n";
    assert_eq!((ran.code, ran.stderr.as_str()), (255, told));
    let folder = Folder::new("unchecked");
    folder.write(".aws/config", "[default]\nparameter_validation = false\n");
    let ran = server.run_in(&folder.0, &words);
    assert_eq!(ran.code, 255);
    assert!(
        ran.stderr.contains("Key: must not be empty"),
        "{}",
        ran.stderr
    );
    assert!(server.requests().is_empty());
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
            "\nWaiter ThingReady failed: Waiter encountered a terminal failure state: For expression \"State\" we matched \
             expected path: \"BROKEN\"\n"
        )
    );
    let ran = Server::new(&[("200 OK", "{}")]).run(&["wait", "thing-ready"]);
    assert_eq!(
        (ran.code, ran.stderr.as_str()),
        (255, "\nWaiter ThingReady failed: Max attempts exceeded\n")
    );
    let error = (
        "400 Bad Request",
        "{\"__type\": \"Gone\", \"message\": \"It is gone\"}",
    );
    let ran = Server::new(&[error]).run(&["wait", "thing-ready"]);
    assert_eq!(
        (ran.code, ran.stderr.as_str()),
        (
            255,
            "\nWaiter ThingReady failed: An error occurred (Gone): It is gone\n"
        )
    );
}

#[test]
fn waiters_print_samples_and_send_nothing() {
    let server = Server::new(&[("200 OK", "{}")]);
    let sample = |words: &[&str]| {
        let ran = server.run(&[words, &["--generate-cli-skeleton"]].concat());
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{words:?}");
        let ran = server.run(&[words, &["--generate-cli-skeleton", "input"]].concat());
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{words:?}");
        let output = [words, &["--generate-cli-skeleton", "output"]].concat();
        let selected =
            server.run(&[&output[..], &["--query", "State", "--output", "text"]].concat());
        assert_eq!((selected.code, selected.stdout.as_str()), (0, "State\n"));
        (ran.stdout, server.run(&output).stdout)
    };
    let samples = sample(&["wait", "thing-ready"]);
    assert_eq!(samples, sample(&["describe-thing"]));
    assert_eq!(samples.1, "{\n    \"State\": \"State\"\n}\n");
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn waiters_have_help_pages() {
    let ran = run(&["wait", "help"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert!(
        ran.stdout
            .contains("AVAILABLE COMMANDS\n       o thing-ready\n"),
        "{}",
        ran.stdout
    );
    let ran = run(&["wait", "thing-ready", "help"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let waits = "Wait until JMESPath query State returns READY when polling with describe-thing.";
    assert!(ran.stdout.contains(waits), "{}", ran.stdout);
    // `help` isn't a waiter.
    assert_eq!(run(&["wait", "help", "thing-ready"]).code, 2);
}

/// The error message of an echo with these variables, and the number of requests.
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
fn which_errors_are_retried_depends_on_the_mode() {
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
fn an_error_message_may_be_any_value() {
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
    for (came, told) in [
        ("1.9999999", r#""1970-01-01T00:00:02+00:00""#),
        ("-0.5", r#""1969-12-31T23:59:59.500000+00:00""#),
        ("-62135596800", r#""0001-01-01T00:00:00+00:00""#),
        ("253402300799", r#""9999-12-31T23:59:59+00:00""#),
        (r#"" 12 ""#, r#""1970-01-01T00:00:12+00:00""#),
        (
            r#""2020-01-01T00:00:00.5-05:30""#,
            r#""2020-01-01T00:00:00.500000-05:30""#,
        ),
        (
            r#""2020-01-01T00:00:00+02:00""#,
            r#""2020-01-01T00:00:00+02:00""#,
        ),
        (
            r#""Wed, 01 Jan 2020 00:00:00 GMT""#,
            r#""2020-01-01T00:00:00+00:00""#,
        ),
    ] {
        let server = Server::new(&[("200 OK", &format!("{{\"When\": {came}}}"))]);
        let ran = server.run_in(&folder.0, &words);
        assert_eq!(ran.stdout, format!("{told}\n"), "{}", ran.stderr);
    }
    for same in [
        "-62135596801",
        "253402300800",
        "1577836800123",
        "1e300",
        "123456789012345678901234567890",
        r#""NaN""#,
        r#""-Infinity""#,
        r#""""#,
        r#""soon""#,
        r#""2020-01-01""#,
        r#""2020-02-30T00:00:00Z""#,
        r#""2020-12-31T23:59:60Z""#,
        r#""0000-01-01T00:00:00Z""#,
        r#""10000-01-01T00:00:00Z""#,
    ] {
        let server = Server::new(&[("200 OK", &format!("{{\"When\": {same}}}"))]);
        let ran = server.run_in(&folder.0, &words);
        let told = ran.stdout.replace("1e+300", "1e300");
        assert_eq!((ran.code, told), (0, format!("{same}\n")), "{}", ran.stderr);
    }
    folder.write(".aws/config", "[default]\ncli_timestamp_format = roman\n");
    let ran = server.run_in(&folder.0, &words);
    assert!(
        ran.stderr
            .contains("Unknown cli_timestamp_format value: roman")
    );
}

#[test]
fn numbers_in_a_response_are_converted_to_their_type() {
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
fn errors_have_code_and_operation() {
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
    let long = "m".repeat(20_000);
    assert_eq!(
        failed(
            "400 Bad",
            &format!("{{\"__type\": \"T\", \"message\": \"{long}\"}}")
        ),
        format!("\nAn error occurred (T) when calling the Echo operation: {long}\n")
    );
    let page = failed("400 Bad", &"page ".repeat(1_000_000));
    assert!(
        page.len() < 66_000 && page.ends_with("…\n"),
        "{} bytes",
        page.len()
    );
    assert_eq!(
        failed("503 No", ""),
        "\nAn error occurred (503) when calling the Echo operation (reached max retries: 0): Service Unavailable\n"
    );
    assert_eq!(
        failed("503 No\r\nx-amzn-errortype: example#Gone:http://x", ""),
        "\nAn error occurred (Gone) when calling the Echo operation (reached max retries: 0): \n",
        "a header that names an error of the model"
    );
    assert_eq!(
        failed("503 No\r\nx-amzn-errortype: Other", ""),
        "\nAn error occurred (503) when calling the Echo operation (reached max retries: 0): Service Unavailable\n"
    );
    assert_eq!(
        failed("400 Bad\r\nx-amzn-errortype: Caf\u{e9}", "{}"),
        "\nAn error occurred (Caf\u{c3}\u{a9}) when calling the Echo operation: \n",
        "a byte of a header is a character"
    );
    assert_eq!(
        failed("400 Bad", "{\"__type\": null}"),
        "\nAn error occurred () when calling the Echo operation: \n"
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

#[test]
fn invalid_header_lines_are_skipped() {
    let head = "200 OK\r\nno header\r\nx-caf\u{e9}: 1";
    let ran = Server::new(&[(head, "{\"Name\": \"ab\"}")]).run(&["echo", "--name", "ab"]);
    assert_eq!(ran.stdout, "{\n    \"Name\": \"ab\"\n}\n", "{}", ran.stderr);
}
