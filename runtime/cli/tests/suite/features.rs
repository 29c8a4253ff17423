//! Settings that have no option: variables and keys of the profile.

use crate::support::{Folder, Ran, Server, command, finish};

const HOST: (&str, &str) = ("AWS_DISABLE_HOST_PREFIX_INJECTION", "true");

/// Runs `store-note` with these variables and keys of the profile.
fn store(server: &Server, text: &str, variables: &[(&str, &str)], keys: &str) -> Ran {
    let folder = Folder::new("features");
    std::fs::create_dir_all(folder.0.join(".aws")).expect("a folder");
    folder.write(".aws/config", &format!("[default]\n{keys}\n"));
    let words = ["store-note", "--text", text, "--endpoint-url", &server.url];
    let output = command(&folder.0)
        .envs(variables.iter().copied())
        .args(words)
        .output();
    finish(&output.expect("the example, which `cargo test` builds"))
}

/// The headers of the request.
fn headers(variables: &[(&str, &str)], keys: &str, text: &str) -> String {
    let server = Server::new(&[("200 OK", "")]);
    let ran = store(&server, text, &[&[HOST], variables].concat(), keys);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    server.requests()[0].headers.to_ascii_lowercase()
}

/// The message for invalid settings.
fn told(variables: &[(&str, &str)], keys: &str) -> String {
    let server = Server::new(&[("200 OK", "")]);
    let ran = store(&server, "note", &[&[HOST], variables].concat(), keys);
    assert_eq!((ran.code, server.requests().len()), (255, 0));
    ran.stderr.trim().to_owned()
}

#[test]
fn requests_have_a_checksum_if_supported_or_only_if_required() {
    let header = "x-amz-checksum-crc32:";
    assert!(headers(&[], "", "note").contains(header));
    let variable = ("AWS_REQUEST_CHECKSUM_CALCULATION", "When_Required");
    assert!(!headers(&[variable], "", "note").contains(header));
    let key = "request_checksum_calculation = when_required";
    assert!(!headers(&[], key, "note").contains(header));
    let variable = ("AWS_REQUEST_CHECKSUM_CALCULATION", "when_supported");
    assert!(headers(&[variable], key, "note").contains(header));
}

#[test]
fn response_checksums_are_validated_unless_turned_off() {
    let wrong = Server::new(&[("200 OK\r\nx-amz-checksum-crc32: AAAAAA==", "{}")]);
    let ran = store(&wrong, "note", &[HOST], "");
    assert_eq!(ran.code, 255, "{}", ran.stderr);
    let variable = ("AWS_RESPONSE_CHECKSUM_VALIDATION", "when_required");
    assert_eq!(store(&wrong, "note", &[HOST, variable], "").code, 0);
    let key = "response_checksum_validation = when_required";
    assert_eq!(store(&wrong, "note", &[HOST], key).code, 0);
}

#[test]
fn large_requests_are_compressed_unless_turned_off() {
    let large = "a".repeat(11_000);
    let header = "content-encoding: gzip";
    assert!(headers(&[], "", &large).contains(header));
    assert!(!headers(&[], "", "note").contains(header));
    assert!(!headers(&[("AWS_DISABLE_REQUEST_COMPRESSION", "TRUE")], "", &large).contains(header));
    assert!(!headers(&[], "disable_request_compression = true", &large).contains(header));
    let size = ("AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "1");
    assert!(headers(&[size], "", "note").contains(header));
    let key = "request_min_compression_size_bytes = 12000";
    assert!(!headers(&[], key, &large).contains(header));
}

#[test]
fn requests_are_signed_with_the_preferred_scheme_for_the_configured_regions() {
    assert!(headers(&[], "", "note").contains("authorization: aws4-hmac-sha256 "));
    let preferred = ("AWS_AUTH_SCHEME_PREFERENCE", " unknown, sigv4 a ,sigv4,");
    let regions = ("AWS_SIGV4A_SIGNING_REGION_SET", "eu-west-1,eu-north-1");
    let sent = headers(&[preferred, regions], "", "note");
    assert!(
        sent.contains("authorization: aws4-ecdsa-p256-sha256 ")
            && sent.contains("x-amz-region-set: eu-west-1,eu-north-1\r\n"),
        "{sent}"
    );
    let keys = "auth_scheme_preference = sigv4a\nsigv4a_signing_region_set = *";
    assert!(headers(&[], keys, "note").contains("x-amz-region-set: *\r\n"));
}

/// The service takes tokens besides signatures; one of its operations takes none.
#[test]
fn a_token_of_the_environment_comes_before_a_signature() {
    let token = ("AWS_BEARER_TOKEN_EVERYTHING", "of-the-variable");
    let sent = |variables: &[(&str, &str)], words: &[&str]| {
        let server = Server::new(&[("200 OK", "{}")]);
        let folder = Folder::new("token");
        let output = command(&folder.0)
            .envs(variables.iter().copied())
            .args([
                "list-things",
                "--no-paginate",
                "--endpoint-url",
                &server.url,
            ])
            .args(words)
            .output();
        let ran = finish(&output.expect("the example, which `cargo test` builds"));
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        assert!(!ran.stderr.contains(token.1), "{}", ran.stderr);
        server.requests()[0].headers.to_ascii_lowercase()
    };
    let bearer = "authorization: bearer of-the-variable\r\n";
    let signature = "authorization: aws4-hmac-sha256 ";
    let preferred = ("AWS_AUTH_SCHEME_PREFERENCE", "sigv4");
    for variables in [&[token][..], &[token, preferred]] {
        let sent = sent(variables, &["--debug"]);
        assert!(sent.contains(bearer), "{sent}");
    }
    let empty = ("AWS_BEARER_TOKEN_EVERYTHING", "");
    let other = ("AWS_BEARER_TOKEN_OTHER", "of-another");
    for variables in [&[][..], &[empty], &[other]] {
        assert!(sent(variables, &[]).contains(signature));
    }
    assert!(!sent(&[token], &["--no-sign-request"]).contains("authorization"));
    assert!(headers(&[token], "", "note").contains(signature));
}

#[test]
fn the_host_prefix_is_added_unless_turned_off() {
    let server = Server::new(&[("200 OK", "")]);
    let ran = store(&server, "note", &[("AWS_MAX_ATTEMPTS", "1")], "");
    let url = server.url.replace("//", "//note.");
    assert_eq!(
        ran.stderr,
        format!("\nCould not connect to the endpoint URL: \"{url}/note\"\n")
    );
    let ran = store(&server, "note", &[], "disable_host_prefix_injection = true");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}

#[test]
fn invalid_settings_have_the_messages_of_the_aws_cli() {
    let choice = |key: &str, value: &str| {
        format!(
            "Unsupported configuration value for {key}. Expected one of ('when_supported', 'when_required') but got \
             {value}."
        )
    };
    assert_eq!(
        told(&[("AWS_REQUEST_CHECKSUM_CALCULATION", "Bad")], ""),
        choice("request_checksum_calculation", "bad")
    );
    assert_eq!(
        told(&[], "response_checksum_validation ="),
        choice("response_checksum_validation", "")
    );
    assert_eq!(
        told(&[], "response_checksum_validation = always"),
        choice("response_checksum_validation", "always")
    );
    for (size, expected) in [
        ("x1", "Value must be an integer."),
        ("0", "Value must be between 1 and 1048576."),
        ("1048577", "Value must be between 1 and 1048576."),
        ("-99999999999", "Value must be between 1 and 1048576."),
    ] {
        assert_eq!(
            told(&[("AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", size)], ""),
            format!("Invalid value \"{size}\" for request_min_compression_size_bytes. {expected}")
        );
    }
    let mode = "The configured value 'nope' for 'account_id_endpoint_mode' is invalid. Valid values are: ('preferred', \
                'disabled', 'required').";
    assert_eq!(told(&[("AWS_ACCOUNT_ID_ENDPOINT_MODE", "Nope")], ""), mode);
    assert_eq!(told(&[], "account_id_endpoint_mode = nope"), mode);
}

#[test]
fn an_instance_without_credentials_gives_none() {
    let metadata = Server::new(&[("403 Forbidden", "")]);
    let variables = [
        ("AWS_ACCESS_KEY_ID", ""),
        ("AWS_SECRET_ACCESS_KEY", ""),
        ("AWS_EC2_METADATA_DISABLED", "false"),
        ("AWS_EC2_METADATA_SERVICE_ENDPOINT", &*metadata.url),
    ];
    let told = told(&variables, "");
    assert!(told.starts_with("Unable to locate credentials."), "{told}");
    assert!(!metadata.requests().is_empty());
}
