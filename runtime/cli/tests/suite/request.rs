//! `--print-request`: what would be sent, without a call.

use crate::support::{Folder, run, run_in, run_with};

#[test]
fn the_request_is_printed_as_http_and_for_curl() {
    let ran = run(&[
        "echo",
        "--name",
        "it's",
        "--secret",
        "hush-hush",
        "--endpoint-url",
        "http://127.0.0.1:1/base",
        "--print-request",
    ]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let (http, curl) = ran.stdout.split_once("\n\ncurl ").expect("two parts");
    assert!(
        http.starts_with("POST /base/echo HTTP/1.1\nhost: 127.0.0.1:1\n"),
        "{http}"
    );
    assert!(http.contains("\nauthorization: ***\n"), "{http}");
    assert!(
        http.contains("\n\n{\"Name\":\"it's\",\"Secret\":\"*** Sensitive Data Redacted ***\""),
        "{http}"
    );
    assert!(
        curl.starts_with("-X POST 'http://127.0.0.1:1/base/echo' \\\n"),
        "{curl}"
    );
    assert!(
        curl.contains("\n  --aws-sigv4 'aws:amz:us-west-2:everything' \\\n"),
        "{curl}"
    );
    assert!(
        curl.contains("--data-raw '{\"Name\":\"it'\\''s\""),
        "{curl}"
    );
    for secret in ["hush", "AKID", "hidden", "Signature="] {
        assert!(!ran.stdout.contains(secret), "{}", ran.stdout);
    }
}

#[test]
fn unsigned_requests_need_no_option_of_curl() {
    let words = [
        "echo",
        "--name",
        "ab",
        "--print-request",
        "--no-sign-request",
    ];
    let ran = run(&words);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(!ran.stdout.contains("uthorization"), "{}", ran.stdout);
    assert!(!ran.stdout.contains("--aws-sigv4"), "{}", ran.stdout);
}

#[test]
fn mistakes_are_those_of_a_call() {
    let ran = run(&["echo", "--name", "a", "--print-request"]);
    assert_eq!(ran.code, 255);
    assert!(
        ran.stderr.contains("Parameter validation failed"),
        "{}",
        ran.stderr
    );
    // An abbreviation would make others ambiguous.
    let folder = Folder::new("abbreviated");
    let ran = run_in(&folder.0, &["echo", "--name", "ab", "--print-req"]);
    assert_eq!(ran.code, 255);
    assert!(
        ran.stderr.contains("Unknown options: --print-req"),
        "{}",
        ran.stderr
    );
}

/// A request from a function of AWS Lambda names the call that led to it.
#[test]
fn the_trace_of_a_function_is_sent() {
    let folder = Folder::new("trace");
    let words = ["echo", "--name", "ab", "--print-request"];
    let trace = "Root=1-5759e988;Parent=53995c3f\u{e4};Sampled=1";
    let function = ("AWS_LAMBDA_FUNCTION_NAME", Some("f"));
    let id = ("_X_AMZN_TRACE_ID", Some(trace));
    let sent = |variables: &[_]| {
        let ran = run_with(&folder, variables, &words);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let mut lines = ran.stdout.lines();
        let line = lines.find_map(|line| line.strip_prefix("x-amzn-trace-id: "));
        line.map(str::to_owned)
    };
    let value = "Root=1-5759e988;Parent=53995c3f%C3%A4;Sampled=1";
    assert_eq!(sent(&[function, id]).as_deref(), Some(value));
    assert_eq!(sent(&[function]), None);
    assert_eq!(sent(&[id]), None);
}
