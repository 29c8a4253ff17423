//! Roles: the requests for them, and the caches that the AWS CLI and this command share.
use crate::support;

use crate::support::{Folder, ROLE, Request, Server, run_with};

const OK: (&str, &str) = ("200 OK", "{}");
const SOURCE: &str = "[profile q]\naws_access_key_id = Q\naws_secret_access_key = s\n";
const CHAIN: &str = "[profile outer]\nrole_arn = arn:aws:iam::123456789012:role/outer\nsource_profile = inner\n\
                     [profile inner]\nrole_arn = arn:aws:iam::123456789012:role/inner\nsource_profile = q\n";
/// The AWS CLI's names of the cached files for these roles.
const INNER: &str = ".aws/cli/cache/b7192f7e397d934ac215beefd4d1cc6dbaa53c3b.json";
const OUTER: &str = ".aws/cli/cache/57e503a38bd93a2a97dcff5364ab211ddfab0615.json";

/// Credentials as the AWS CLI caches them.
fn kept(id: &str, until: &str) -> String {
    format!(
        "{{\"Credentials\": {{\"AccessKeyId\": \"{id}\", \"SecretAccessKey\": \"S\", \"SessionToken\": \"kept\", \
         \"Expiration\": \"{until}\"}}, \"ResponseMetadata\": {{\"RetryAttempts\": 0}}}}"
    )
}

/// Makes a call with that profile; the server is the endpoint of all services.
fn called(server: &Server, folder: &Folder, profile: &str) -> support::Ran {
    let url = Some(server.url.as_str());
    let variables = [
        ("AWS_ENDPOINT_URL_STS", url),
        ("AWS_ENDPOINT_URL_SSO", url),
        ("AWS_ENDPOINT_URL_SSO_OIDC", url),
        ("AWS_ACCESS_KEY_ID", None),
    ];
    let words = [
        "echo",
        "--name",
        "ab",
        "--profile",
        profile,
        "--endpoint-url",
        &server.url,
    ];
    run_with(folder, &variables, &words)
}

fn is_signed_by(request: &Request, key: &str) -> bool {
    request.headers.contains(&format!("Credential={key}/"))
}

#[test]
fn the_settings_of_a_role_are_sent() {
    let server = Server::new(&[("200 OK", ROLE), OK]);
    let folder = Folder::new("all");
    let role = "[profile p]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = q\n\
                duration_seconds = 3600\nexternal_id = \u{e9}1\nrole_session_name = me\n";
    folder.write(".aws/config", &format!("{role}{SOURCE}"));
    let ran = called(&server, &folder, "p");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let requests = server.requests();
    let mut parameters: Vec<_> = requests[0].body.split('&').collect();
    parameters.sort_unstable();
    assert_eq!(
        parameters,
        [
            "Action=AssumeRole",
            "DurationSeconds=3600",
            "ExternalId=%C3%A91",
            "RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Fr",
            "RoleSessionName=me",
            "Version=2011-06-15",
        ]
    );
    assert!(is_signed_by(&requests[0], "Q") && is_signed_by(&requests[1], "THEIRS"));
}

#[test]
fn too_short_durations_are_refused_and_invalid_ones_ignored() {
    let folder = Folder::new("duration");
    let role = "role_arn = arn:aws:iam::123456789012:role/r\nsource_profile = q\n";
    let config = format!(
        "[profile a]\n{role}duration_seconds = 60\n[profile b]\n{role}duration_seconds = long\n{SOURCE}"
    );
    folder.write(".aws/config", &config);
    let server = Server::new(&[("200 OK", ROLE), OK]);
    assert_eq!(
        called(&server, &folder, "a").stderr,
        "\nParameter validation failed:\nInvalid value for parameter DurationSeconds, value: 60, valid min value: 900\n"
    );
    assert!(server.requests().is_empty());
    assert_eq!(called(&server, &folder, "b").code, 0);
    assert!(!server.requests()[0].body.contains("DurationSeconds"));
}

#[test]
fn credentials_of_a_role_are_cached() {
    let server = Server::new(&[("200 OK", ROLE), OK]);
    let folder = Folder::new("kept");
    folder.write(".aws/config", &format!("{CHAIN}{SOURCE}"));
    for _ in 0..2 {
        let ran = called(&server, &folder, "inner");
        assert_eq!(ran.code, 0, "{}", ran.stderr);
    }
    assert_eq!(server.requests().len(), 3);
    let file = folder.0.join(INNER);
    assert_eq!(
        std::fs::read_to_string(&file).expect("the AWS CLI's name for it"),
        "{\"AssumedRoleUser\": {\"Arn\": \"arn:aws:sts::123456789012:assumed-role/r/s\", \"AssumedRoleId\": \"A:s\"}, \
         \"Credentials\": {\"AccessKeyId\": \"THEIRS\", \"AccountId\": \"123456789012\", \"Expiration\": \
         \"2100-01-01T00:00:00Z\", \"SecretAccessKey\": \"S\", \"SessionToken\": \"st\"}}"
    );
    let names = std::fs::read_dir(file.parent().expect("a folder")).expect("a folder");
    assert_eq!(names.count(), 1, "a temporary file was left");
}

#[cfg(unix)]
#[test]
fn cached_files_can_only_be_read_by_their_owner() {
    use std::os::unix::fs::PermissionsExt as _;
    let server = Server::new(&[("200 OK", ROLE), OK]);
    let folder = Folder::new("mode");
    folder.write(".aws/config", &format!("{CHAIN}{SOURCE}"));
    // A file that others can read is replaced.
    folder.write(INNER, &kept("OLD", "2000-01-01T00:00:00UTC"));
    assert_eq!(called(&server, &folder, "inner").code, 0);
    let metadata = std::fs::metadata(folder.0.join(INNER)).expect("a file");
    assert_eq!(metadata.permissions().mode() & 0o777, 0o600);
}

#[test]
fn the_cache_of_the_aws_cli_is_used_within_a_chain_as_well() {
    // Versions of the AWS CLI write the time in these forms.
    for until in [
        "2100-01-01T00:00:00Z",
        "2100-01-01T00:00:00UTC",
        "2100-01-01T00:00:00+00:00",
    ] {
        let server = Server::new(&[("200 OK", ROLE), OK]);
        let folder = Folder::new("shared");
        folder.write(".aws/config", &format!("{CHAIN}{SOURCE}"));
        folder.write(INNER, &kept("KEPT", until));
        let ran = called(&server, &folder, "outer");
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let requests = server.requests();
        let [role, call] = requests.as_slice() else {
            panic!("{requests:?}");
        };
        assert!(role.body.contains("role%2Fouter") && is_signed_by(role, "KEPT"));
        assert!(is_signed_by(call, "THEIRS"));
        assert!(folder.0.join(OUTER).exists());
    }
}

#[test]
fn unusable_cached_credentials_are_fetched_again() {
    let soon = soon();
    let broken = [
        "",
        "{\"Creden",
        "[]",
        "{}",
        "{\"Credentials\": {\"AccessKeyId\": \"KEPT\"}}",
        &kept("KEPT", "2000-01-01T00:00:00Z"),
        &kept("KEPT", "soon"),
        // Less than the AWS CLI's 15 minutes.
        &kept("KEPT", &soon),
    ];
    for text in broken {
        let server = Server::new(&[("200 OK", ROLE), OK]);
        let folder = Folder::new("broken");
        folder.write(".aws/config", &format!("{CHAIN}{SOURCE}"));
        folder.write(INNER, text);
        let ran = called(&server, &folder, "inner");
        assert_eq!(ran.code, 0, "{text}: {}", ran.stderr);
        let requests = server.requests();
        assert!(
            is_signed_by(&requests[0], "Q") && is_signed_by(&requests[1], "THEIRS"),
            "{text}"
        );
    }
}

/// In ten minutes.
fn soon() -> String {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let seconds = now.expect("after 1970").as_secs() + 600;
    let time = aws_smithy_types::DateTime::from_secs(i64::try_from(seconds).expect("a time"));
    time.fmt(aws_smithy_types::date_time::Format::DateTime)
        .expect("a text")
}

#[test]
fn a_role_that_is_denied_is_reported_as_the_call_s_error() {
    let body = "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no way</Message></Error></ErrorResponse>";
    let server = Server::new(&[("403 Forbidden", body)]);
    let folder = Folder::new("denied");
    folder.write(".aws/config", &format!("{CHAIN}{SOURCE}"));
    let ran = called(&server, &folder, "outer");
    assert_eq!(
        (ran.code, ran.stderr.as_str()),
        (
            255,
            "\nAn error occurred (AccessDenied) when calling the AssumeRole operation: no way\n"
        )
    );
    assert!(!folder.0.join(".aws/cli").exists());
}

#[test]
fn credentials_of_a_web_identity_are_cached() {
    let answer = ROLE.replace("AssumeRole", "AssumeRoleWithWebIdentity");
    let server = Server::new(&[("200 OK", &answer), OK]);
    let folder = Folder::new("identity");
    folder.write("token", "from-the-file\n");
    let config = "[profile w]\nrole_arn = arn:aws:iam::123456789012:role/inner\nweb_identity_token_file = token\n";
    folder.write(".aws/config", config);
    for _ in 0..2 {
        assert_eq!(called(&server, &folder, "w").code, 0);
    }
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    assert!(
        requests[0]
            .body
            .contains("WebIdentityToken=from-the-file%0A")
    );
    assert!(!requests[0].headers.to_lowercase().contains("authorization"));
    assert!(folder.0.join(INNER).exists());
}

const PLACE: &str = "sso_start_url = https://start.example/start\nsso_region = us-east-1\n";
const ASSIGNED: &str = "sso_account_id = 123456789012\nsso_role_name = Reader\n";
/// The names of the tokens: the SHA-1 of the URL, and of the session's name.
const OF_URL: &str = ".aws/sso/cache/58b18e2cde391127c3492e1eba984431065982b0.json";
const OF_SESSION: &str = ".aws/sso/cache/a0f1490a20d0211c997b44bc357e1972deab8ae3.json";

fn token(until: &str) -> String {
    format!(
        "{{\"accessToken\": \"old\", \"expiresAt\": \"{until}\", \"clientId\": \"id\", \"clientSecret\": \"secret\", \
         \"refreshToken\": \"again\", \"registrationExpiresAt\": \"2100-01-01T00:00:00Z\"}}"
    )
}

#[test]
fn an_expired_token_in_the_older_form_is_reported_before_anything_is_sent() {
    let server = Server::new(&[OK]);
    let folder = Folder::new("sso-old");
    folder.write(".aws/config", &format!("[profile o]\n{PLACE}{ASSIGNED}"));
    let told = || called(&server, &folder, "o").stderr;
    assert_eq!(
        told(),
        "\nError loading SSO Token: Token for https://start.example/start does not exist\n"
    );
    folder.write(OF_URL, "{}");
    assert_eq!(
        told(),
        "\nError loading SSO Token: Token for https://start.example/start is invalid\n"
    );
    folder.write(OF_URL, &token("2020-01-01T00:00:00Z"));
    assert_eq!(
        told(),
        "\nThe SSO session associated with this profile has expired or is otherwise invalid. To refresh this SSO session \
         run aws sso login with the corresponding profile.\n"
    );
    assert!(server.requests().is_empty());
}

#[test]
fn the_token_of_a_session_is_refreshed_and_cached() {
    const NEW: &str = "{\"accessToken\": \"new\", \"expiresIn\": 3600, \"refreshToken\": \"next\"}";
    const KEYS: &str = "{\"roleCredentials\": {\"accessKeyId\": \"THEIRS\", \"secretAccessKey\": \"S\", \
                        \"sessionToken\": \"st\", \"expiration\": 4102444800000}}";
    let server = Server::new(&[("200 OK", NEW), ("200 OK", KEYS), OK]);
    let folder = Folder::new("sso-new");
    folder.write(
        ".aws/config",
        &format!("[profile n]\nsso_session = s\n{ASSIGNED}[sso-session s]\n{PLACE}"),
    );
    folder.write(OF_SESSION, &token("2020-01-01T00:00:00Z"));
    let ran = called(&server, &folder, "n");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let requests = server.requests();
    assert_eq!(requests[0].line, "POST /token HTTP/1.1");
    let asked: serde_json::Value = serde_json::from_str(&requests[0].body).expect("JSON");
    let expected = serde_json::json!({
        "clientId": "id", "clientSecret": "secret", "grantType": "refresh_token", "refreshToken": "again"
    });
    assert_eq!(asked, expected);
    assert!(requests[1].headers.contains("x-amz-sso_bearer_token: new"));
    let kept = std::fs::read_to_string(folder.0.join(OF_SESSION)).expect("a token");
    assert!(
        kept.contains("\"accessToken\": \"new\"") && kept.contains("\"refreshToken\": \"next\"")
    );
    // The second command uses the refreshed token.
    let server = Server::new(&[("200 OK", KEYS), OK]);
    assert_eq!(called(&server, &folder, "n").code, 0);
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn a_token_that_cannot_be_refreshed_is_used_until_it_expires() {
    let refused = ("400 Bad Request", "{\"error\": \"invalid_grant\"}");
    let folder = Folder::new("sso-refused");
    folder.write(
        ".aws/config",
        &format!("[profile n]\nsso_session = s\n{ASSIGNED}[sso-session s]\n{PLACE}"),
    );
    folder.write(OF_SESSION, &token("2020-01-01T00:00:00Z"));
    let server = Server::new(&[refused]);
    assert_eq!(
        called(&server, &folder, "n").stderr,
        "\nError when retrieving token from sso: Token has expired and refresh failed\n"
    );
    assert_eq!(server.requests().len(), 1);
    folder.write(OF_SESSION, &token(&soon()));
    let server = Server::new(&[refused, ("200 OK", "{}")]);
    called(&server, &folder, "n");
    assert!(
        server.requests()[1]
            .headers
            .contains("x-amz-sso_bearer_token: old")
    );
}

#[test]
fn the_log_names_the_provider_and_no_secret() {
    let server = Server::new(&[("200 OK", ROLE), OK]);
    let folder = Folder::new("debug");
    folder.write(".aws/config", &format!("{CHAIN}{SOURCE}"));
    let words = [
        "echo",
        "--name",
        "ab",
        "--profile",
        "inner",
        "--debug",
        "--endpoint-url",
        &server.url,
    ];
    let sts = [("AWS_ENDPOINT_URL_STS", Some(server.url.as_str()))];
    let ran = run_with(&folder, &sts, &words);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stderr
            .contains("found credentials provider=\"assume-role\""),
        "{}",
        ran.stderr
    );
    assert!(
        !ran.stderr.contains(">S<") && !ran.stderr.contains("\"st\""),
        "{}",
        ran.stderr
    );
}
