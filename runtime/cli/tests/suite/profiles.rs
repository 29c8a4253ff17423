//! Sections of the configuration file, and empty environment variables.

use crate::support::{Folder, Ran, Server, run_with};

/// With `--profile`, credentials in the environment are ignored.
const KEYS: &str = "aws_access_key_id = AKID\naws_secret_access_key = hidden\n";

/// Makes a call with this configuration file, these variables and no region.
fn call(config: &str, variables: &[(&str, &str)], words: &[&str]) -> (Ran, String) {
    let server = Server::new(&[("200 OK", r#"{"Name": "ab", "Count": 1}"#)]);
    let folder = Folder::new("profiles");
    folder.write(".aws/config", config);
    let variables = variables.iter().map(|(name, value)| (*name, Some(*value)));
    let variables: Vec<_> = [("AWS_DEFAULT_REGION", None)]
        .into_iter()
        .chain(variables)
        .collect();
    let call = ["echo", "--name", "ab", "--endpoint-url", &server.url];
    let ran = run_with(&folder, &variables, &[&call, words].concat());
    let headers = server
        .requests()
        .first()
        .map(|request| request.headers.clone());
    (ran, headers.unwrap_or_default())
}

#[test]
fn section_headers_are_quoted_as_in_a_shell() {
    let found = [
        ("profile a", "a"),
        ("profile\ta", "a"),
        ("profile   a  ", "a"),
        ("profile \"a b\"", "a b"),
        ("profile 'a b'", "a b"),
        (r"profile a\ b", "a b"),
        ("profile 'a\tb'", "a\tb"),
        ("profile 'a\"b'", "a\"b"),
        ("profile \"a'b\"", "a'b"),
        (r#"profile "a\"b""#, "a\"b"),
        (r#"profile a\"b"#, "a\"b"),
        (r#"profile "a\\b""#, r"a\b"),
        (r#"profile "a\nb""#, r"a\nb"),
        (r"profile 'a\b'", r"a\b"),
        (r#"profile a"b c"'d'"#, "ab cd"),
        ("profile #a", "#a"),
        ("profile [a]", "[a]"),
        ("profile \u{fc}", "\u{fc}"),
        ("profile default", "default"),
    ];
    for (header, name) in found {
        let config = format!("[{header}]\n{KEYS}region = eu-west-1\n");
        let (ran, headers) = call(&config, &[], &["--profile", name]);
        assert_eq!(ran.code, 0, "{header}: {}", ran.stderr);
        assert!(headers.contains("/eu-west-1/"), "{header}: {headers}");
    }
    for header in [
        "profile a b",
        "profile it's",
        "profile \"a",
        r"profile a\",
        " profile a",
        "a",
    ] {
        let config = format!("[{header}]\nregion = eu-west-1\n");
        for name in ["a", "it's", "\"a", "a\\"] {
            let (ran, _) = call(&config, &[], &["--profile", name]);
            let told = format!("\nThe config profile ({name}) could not be found\n");
            assert_eq!((ran.code, ran.stderr), (255, told), "{header}");
        }
    }
}

#[test]
fn the_default_section_applies_to_all_others() {
    let config = format!(
        "[DEFAULT]\n{KEYS}region = eu-west-1\r[profile a]\noutput = text\n[profile b]\nregion = eu-west-2\n"
    );
    let (ran, headers) = call(&config, &[], &["--profile", "a"]);
    assert_eq!(ran.stdout, "1\tab\n", "{}", ran.stderr);
    assert!(headers.contains("/eu-west-1/"), "{headers}");
    let (_, headers) = call(&config, &[], &["--profile", "b"]);
    assert!(headers.contains("/eu-west-2/"), "{headers}");
}

#[test]
fn an_empty_variable_counts_as_unset() {
    let names = [
        "AWS_PROFILE",
        "AWS_DEFAULT_PROFILE",
        "AWS_DEFAULT_REGION",
        "AWS_REGION",
        "AWS_DEFAULT_OUTPUT",
        "AWS_MAX_ATTEMPTS",
        "AWS_RETRY_MODE",
        "AWS_DEFAULTS_MODE",
        "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES",
        "AWS_REQUEST_CHECKSUM_CALCULATION",
        "AWS_RESPONSE_CHECKSUM_VALIDATION",
        "AWS_ACCOUNT_ID_ENDPOINT_MODE",
        "AWS_AUTH_SCHEME_PREFERENCE",
        "AWS_SIGV4A_SIGNING_REGION_SET",
        "AWS_USE_FIPS_ENDPOINT",
        "AWS_USE_DUALSTACK_ENDPOINT",
        "AWS_DISABLE_REQUEST_COMPRESSION",
        "AWS_DISABLE_HOST_PREFIX_INJECTION",
        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
        "AWS_ENDPOINT_URL",
        "AWS_CA_BUNDLE",
        "AWS_SESSION_TOKEN",
        "AWS_SECURITY_TOKEN",
        "AWS_CREDENTIAL_EXPIRATION",
        "AWS_WEB_IDENTITY_TOKEN_FILE",
        "HTTP_PROXY",
        "http_proxy",
        "NO_PROXY",
    ];
    let config =
        "[default]\nregion = eu-west-1\noutput = text\nmax_attempts = 2\nretry_mode = standard\n";
    let each = names.map(|name| vec![(name, "")]);
    let all = names.map(|name| (name, "")).to_vec();
    for variables in each.into_iter().chain([all]) {
        let (ran, headers) = call(config, &variables, &[]);
        assert_eq!(ran.stdout, "1\tab\n", "{variables:?}: {}", ran.stderr);
        assert!(headers.contains("/eu-west-1/"), "{variables:?}: {headers}");
    }
    // The other variable for the profile applies then.
    let config = "[profile p]\nregion = eu-west-2\n";
    let variables = [("AWS_DEFAULT_PROFILE", ""), ("AWS_PROFILE", "p")];
    let (_, headers) = call(config, &variables, &[]);
    assert!(headers.contains("/eu-west-2/"), "{headers}");
}
