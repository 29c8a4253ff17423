//! Deliberate differences from the AWS CLI: each row of the table in the README that no other test covers.

use crate::support::{Folder, Server, run, run_in, run_with};
use serde_json::{Value, json};

const OK: (&str, &str) = ("200 OK", "{}");

fn body(server: &Server) -> Value {
    let request = server.requests().pop().expect("a request");
    serde_json::from_str(&request.body).expect("JSON")
}

#[test]
fn a_url_as_a_value_is_not_fetched() {
    let server = Server::new(&[OK]);
    let url = format!("{}/x", server.url);
    let ran = server.run(&["echo", "--name", "ab", "--color", &url]);
    assert_eq!(ran.code, 2, "a global option of that name");
    let ran = server.run(&["echo", "--name", "ab", "--document", &format!("\"{url}\"")]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let ran = server.run(&["echo", "--name", "ab", "--token", &url]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(body(&server)["Token"], json!(url));
    assert_eq!(server.requests().len(), 2, "nothing is fetched");
}

#[test]
fn a_success_that_violates_the_protocol_is_an_error() {
    for body in ["<html>", "{\"Name\": ", "[]"] {
        let ran = Server::new(&[("200 OK", body)]).run(&["echo", "--name", "ab"]);
        assert_eq!((ran.code, ran.stdout.as_str()), (255, ""), "{body}");
        assert!(
            ran.stderr
                .starts_with("\nThe response to the Echo operation (status 200) can't be read: "),
            "{}",
            ran.stderr
        );
    }
}

#[test]
fn operations_with_optional_auth_are_sent_without_credentials() {
    let server = Server::new(&[OK]);
    let folder = Folder::new("unsigned");
    let without = |words: &[&str]| {
        let words = [words, &["--endpoint-url", &server.url]].concat();
        let keys = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"].map(|name| (name, None));
        run_with(&folder, &keys, &words)
    };
    assert_eq!(without(&["describe-thing"]).code, 0);
    let ran = without(&["echo", "--name", "ab"]);
    assert_eq!(
        (ran.code, ran.stderr.as_str()),
        (
            255,
            "Unable to locate credentials. You can configure credentials by running \"aws configure\".\n"
        )
    );
    assert_eq!(
        without(&["echo", "--name", "ab", "--no-sign-request"]).code,
        0
    );
    for request in server.requests() {
        assert!(
            !request.headers.contains("authorization"),
            "{}",
            request.line
        );
    }
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn the_region_variable_of_the_sdks_is_read() {
    let server = Server::new(&[OK]);
    let folder = Folder::new("region");
    let signed_for = |of_cli, options: &[&str]| {
        let variables = [
            ("AWS_REGION", Some("eu-north-1")),
            ("AWS_DEFAULT_REGION", of_cli),
        ];
        let words = ["echo", "--name", "ab", "--endpoint-url", &server.url];
        let ran = run_with(&folder, &variables, &[&words, options].concat());
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let headers = server.requests().pop().expect("a request").headers;
        let region = headers
            .split("AKID/")
            .nth(1)
            .and_then(|scope| scope.split('/').nth(1));
        region.expect("a region").to_owned()
    };
    assert_eq!(signed_for(None, &[]), "eu-north-1");
    assert_eq!(signed_for(Some("us-west-2"), &[]), "us-west-2");
    assert_eq!(
        signed_for(Some("us-west-2"), &["--region", "sa-east-1"]),
        "sa-east-1"
    );
}

#[test]
fn a_sample_of_the_output_is_valid_and_always_the_same() {
    let words = ["echo", "--name", "ab", "--generate-cli-skeleton", "output"];
    let first = run(&words);
    let sample: Value = serde_json::from_str(&first.stdout).expect("JSON");
    assert_eq!(
        (&sample["Name"], &sample["Color"], &sample["Count"]),
        (&json!("Name"), &json!("Color"), &json!(1)),
        "{}",
        first.stderr
    );
    assert_eq!(run(&words).stdout, first.stdout);
}

#[test]
fn retry_after_is_honoured() {
    // Without it the pause is shorter.
    let server = Server::new(&[("503 No\r\nRetry-After: 1", ""), OK]);
    let folder = Folder::new("later");
    let words = ["echo", "--name", "ab", "--endpoint-url", &server.url];
    let start = std::time::Instant::now();
    let ran = run_with(&folder, &[("AWS_MAX_ATTEMPTS", Some("2"))], &words);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(start.elapsed() >= std::time::Duration::from_secs(1));
}

#[test]
fn a_list_from_a_file_has_an_element_per_line_and_files_are_read_once() {
    let server = Server::new(&[OK]);
    let folder = Folder::new("lines");
    folder.write("names", "one\ntwo\n");
    let words = ["echo", "--name", "ab", "--names", "file://names"];
    let ran = server.run_in(&folder.0, &words);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(body(&server)["Names"], json!(["one", "two"]));
}

#[test]
fn an_empty_bundle_is_an_error_whatever_the_url() {
    for url in ["http://127.0.0.1:1", "https://127.0.0.1:1"] {
        let words = [
            "echo",
            "--name",
            "ab",
            "--ca-bundle",
            "",
            "--endpoint-url",
            url,
        ];
        let ran = run(&words);
        assert_eq!(
            (ran.code, ran.stderr.as_str()),
            (
                255,
                "\nBad value for --ca-bundle: expected the name of a file\n"
            )
        );
    }
}

#[test]
fn plugins_and_invalid_settings_of_other_services_are_ignored() {
    let server = Server::new(&[OK]);
    let folder = Folder::new("others");
    folder.write(
        ".aws/config",
        "[plugins]\nx = y.z\n[default]\nsts_regional_endpoints = odd\ns3 =\n  addressing_style = odd\n",
    );
    let words = ["echo", "--name", "ab", "--endpoint-url", &server.url];
    let ran = run_in(&folder.0, &words);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}
