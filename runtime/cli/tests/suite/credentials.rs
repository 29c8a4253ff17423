//! Credentials from the environment, profiles, roles, containers and instances.
use crate::support;

use crate::support::{Folder, ROLE, Server, run_with};

const OK: (&str, &str) = ("200 OK", "{}");
const KEYS: &str = "{\"Code\": \"Success\", \"AccessKeyId\": \"THEIRS\", \"SecretAccessKey\": \"S\", \"Token\": \"st\", \
                    \"Expiration\": \"2100-01-01T00:00:00Z\"}";

/// Makes a call with these variables, and returns all requests; the last one is the call.
fn called(
    server: &Server,
    folder: &Folder,
    variables: &[(&str, Option<&str>)],
    options: &[&str],
) -> Vec<support::Request> {
    let words = ["echo", "--name", "ab", "--endpoint-url", &server.url];
    let ran = run_with(folder, variables, &[&words, options].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    server.requests()
}

fn is_signed_by(request: &support::Request, key: &str) -> bool {
    request.headers.contains(&format!("Credential={key}/"))
}

#[test]
fn options_precede_the_environment_and_the_environment_precedes_files() {
    let server = Server::new(&[OK]);
    let folder = Folder::new("profiles");
    folder.write(
        ".aws/credentials",
        "[default]\naws_access_key_id = D\naws_secret_access_key = s\n[p]\naws_access_key_id = P\naws_secret_access_key = s\n",
    );
    let signer = |variables: &[(&str, Option<&str>)], options: &[&str]| {
        let requests = called(&server, &folder, variables, options);
        let headers = requests.last().expect("a request").headers.clone();
        let (_, scope) = headers.split_once("Credential=").expect("a signature");
        scope.split('/').next().unwrap_or_default().to_owned()
    };
    let no_key = ("AWS_ACCESS_KEY_ID", None);
    let (p, d) = (Some("p"), Some("default"));
    assert_eq!(signer(&[], &[]), "AKID");
    assert_eq!(signer(&[("AWS_PROFILE", p)], &[]), "AKID");
    assert_eq!(signer(&[], &["--profile", "p"]), "P");
    assert_eq!(signer(&[no_key], &[]), "D");
    assert_eq!(signer(&[no_key, ("AWS_PROFILE", p)], &[]), "P");
    assert_eq!(
        signer(
            &[no_key, ("AWS_PROFILE", p), ("AWS_DEFAULT_PROFILE", d)],
            &[]
        ),
        "D"
    );
    assert_eq!(
        signer(&[no_key, ("AWS_PROFILE", p)], &["--profile", "default"]),
        "D"
    );
}

#[test]
fn a_role_is_assumed_with_the_keys_of_another_profile() {
    let server = Server::new(&[("200 OK", ROLE), OK]);
    let folder = Folder::new("role");
    folder.write(
        ".aws/config",
        "[profile p]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = q\n\
         [profile q]\naws_access_key_id = Q\naws_secret_access_key = s\n",
    );
    let sts = [("AWS_ENDPOINT_URL_STS", Some(server.url.as_str()))];
    let requests = called(&server, &folder, &sts, &["--profile", "p"]);
    let [role, call] = requests.as_slice() else {
        panic!("{requests:?}");
    };
    assert!(role.body.contains("Action=AssumeRole&") && is_signed_by(role, "Q"));
    assert!(is_signed_by(call, "THEIRS") && call.headers.contains("x-amz-security-token: st"));
}

#[test]
fn a_role_is_assumed_with_a_token_from_a_file() {
    let answer = ROLE.replace("AssumeRole", "AssumeRoleWithWebIdentity");
    let server = Server::new(&[("200 OK", &answer), OK]);
    let folder = Folder::new("identity");
    folder.write("token", "from-the-file");
    let variables = [
        ("AWS_ENDPOINT_URL_STS", Some(server.url.as_str())),
        ("AWS_ACCESS_KEY_ID", None),
        ("AWS_WEB_IDENTITY_TOKEN_FILE", Some("token")),
        ("AWS_ROLE_ARN", Some("arn:aws:iam::123456789012:role/r")),
    ];
    let requests = called(&server, &folder, &variables, &[]);
    let [role, call] = requests.as_slice() else {
        panic!("{requests:?}");
    };
    assert!(role.body.contains("WebIdentityToken=from-the-file"));
    assert!(is_signed_by(call, "THEIRS"));
}

#[test]
fn an_sso_session_gives_the_credentials_of_a_role() {
    const TOKEN: &str = "{\"startUrl\": \"https://start.example/start\", \"region\": \"us-east-1\", \
                         \"accessToken\": \"of-the-login\", \"expiresAt\": \"2100-01-01T00:00:00Z\"}";
    const ROLE: &str = "{\"roleCredentials\": {\"accessKeyId\": \"THEIRS\", \"secretAccessKey\": \"S\", \
                        \"sessionToken\": \"st\", \"expiration\": 4102444800000}}";
    let folder = Folder::new("sso");
    let place = "sso_start_url = https://start.example/start\nsso_region = us-east-1\n";
    let role = "sso_account_id = 123456789012\nsso_role_name = Reader\n";
    let config = format!(
        "[profile old]\n{role}{place}[profile new]\n{role}sso_session = s\n[sso-session s]\n{place}"
    );
    folder.write(".aws/config", &config);
    // The names are the SHA-1 of the URL and of the session's name, as in the AWS CLI.
    for name in [
        "58b18e2cde391127c3492e1eba984431065982b0",
        "a0f1490a20d0211c997b44bc357e1972deab8ae3",
    ] {
        folder.write(&format!(".aws/sso/cache/{name}.json"), TOKEN);
    }
    for profile in ["old", "new"] {
        let server = Server::new(&[("200 OK", ROLE), OK]);
        let sso = [("AWS_ENDPOINT_URL_SSO", Some(server.url.as_str()))];
        let requests = called(&server, &folder, &sso, &["--profile", profile]);
        let [keys, call] = requests.as_slice() else {
            panic!("{requests:?}");
        };
        let line = "GET /federation/credentials?role_name=Reader&account_id=123456789012 HTTP/1.1";
        assert_eq!(keys.line, line, "{profile}");
        assert!(
            keys.headers
                .contains("x-amz-sso_bearer_token: of-the-login")
        );
        assert!(is_signed_by(call, "THEIRS") && call.headers.contains("x-amz-security-token: st"));
    }
}

#[test]
fn a_login_session_is_reported_as_unsupported() {
    let folder = Folder::new("login");
    let config =
        "[profile l]\nlogin_session = arn\n[profile r]\nrole_arn = r\nsource_profile = l\n";
    folder.write(".aws/config", config);
    for profile in ["l", "r"] {
        let words = ["echo", "--name", "ab", "--profile", profile];
        let ran = run_with(&folder, &[], &words);
        assert_eq!(
            (ran.code, ran.stderr.as_str()),
            (
                255,
                "\nThe profile \"l\" takes its credentials from a login session, which this command can't use.\n"
            )
        );
    }
}

#[test]
fn a_container_gives_credentials() {
    let server = Server::new(&[("200 OK", KEYS), OK]);
    let url = format!("{}/keys", server.url);
    let variables = [
        ("AWS_ACCESS_KEY_ID", None),
        ("AWS_CONTAINER_CREDENTIALS_FULL_URI", Some(url.as_str())),
        ("AWS_CONTAINER_AUTHORIZATION_TOKEN", Some("let-me-in")),
    ];
    let requests = called(&server, &Folder::new("container"), &variables, &[]);
    let [keys, call] = requests.as_slice() else {
        panic!("{requests:?}");
    };
    assert_eq!(keys.line, "GET /keys HTTP/1.1");
    assert!(keys.headers.contains("let-me-in") && is_signed_by(call, "THEIRS"));
}

#[test]
fn an_invalid_container_token_is_reported_once() {
    let folder = Folder::new("token");
    folder.write("broken", "let\nme-in");
    let told = |file: &str| {
        let variables = [
            ("AWS_ACCESS_KEY_ID", None),
            (
                "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                Some("http://127.0.0.1:1/keys"),
            ),
            ("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", Some(file)),
        ];
        let words = [
            "echo",
            "--name",
            "ab",
            "--endpoint-url",
            "http://127.0.0.1:1",
        ];
        let ran = run_with(&folder, &variables, &words);
        assert_eq!(ran.code, 255);
        ran.stderr
    };
    assert_eq!(
        told("nowhere"),
        "\nError when retrieving credentials: nowhere: No such file or directory (os error 2)\n"
    );
    let broken = told("broken");
    assert_eq!(
        broken.matches("not a legal header value").count(),
        1,
        "{broken}"
    );
    assert!(!broken.contains("me-in"), "{broken}");
}

#[test]
fn container_credentials_without_an_expiry_never_expire() {
    for expiration in ["", ", \"Expiration\": null", ", \"Expiration\": \"\""] {
        let keys = format!(
            "{{\"AccessKeyId\": \"THEIRS\", \"SecretAccessKey\": \"S\", \"Token\": \"st\"{expiration}}}"
        );
        let server = Server::new(&[("200 OK", &keys), OK]);
        let url = format!("{}/keys", server.url);
        let variables = [
            ("AWS_ACCESS_KEY_ID", None),
            ("AWS_CONTAINER_CREDENTIALS_FULL_URI", Some(url.as_str())),
        ];
        let requests = called(&server, &Folder::new("for-ever"), &variables, &[]);
        assert!(is_signed_by(requests.last().expect("the call"), "THEIRS"));
    }
}

#[test]
fn a_container_token_is_sent_to_no_other_host() {
    let told = |name: &str, value: &str| {
        let variables = [("AWS_ACCESS_KEY_ID", None), (name, Some(value))];
        run_with(&Folder::new("hosts"), &variables, &["echo", "--name", "ab"])
    };
    let full = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
    for (name, value, host) in [
        (full, "http://me:SECRET@example.com/keys", "example.com"),
        (
            full,
            "http://169.254.170.2.example.com/",
            "169.254.170.2.example.com",
        ),
        (
            "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
            "@example.com/",
            "example.com",
        ),
        (full, "ftp://localhost/", "localhost"),
    ] {
        let ran = told(name, value);
        assert_eq!(ran.code, 255);
        let message = format!(
            "\nUnsupported host '{host}'.  Can only retrieve metadata from a loopback address"
        );
        assert!(ran.stderr.starts_with(&message), "{}", ran.stderr);
        assert!(!ran.stderr.contains("SECRET"));
    }
}

#[test]
fn an_instance_of_version_1_has_keys() {
    let server = Server::new(&[
        ("403 Forbidden", ""),
        ("200 OK", "role"),
        ("200 OK", KEYS),
        OK,
    ]);
    let url = server.url.as_str();
    let variables = |v1_disabled| {
        [
            ("AWS_ACCESS_KEY_ID", None),
            ("AWS_EC2_METADATA_DISABLED", None),
            ("AWS_EC2_METADATA_V1_DISABLED", v1_disabled),
            ("AWS_EC2_METADATA_SERVICE_ENDPOINT", Some(url)),
        ]
    };
    let folder = Folder::new("version-1");
    let words = ["echo", "--name", "ab", "--endpoint-url", url];
    let ran = run_with(&folder, &variables(Some("true")), &words);
    let told = "IMDSv1 has been disabled\n";
    assert!(
        ran.code == 255 && ran.stderr.ends_with(told),
        "{}",
        ran.stderr
    );
    let server = Server::new(&[
        ("403 Forbidden", ""),
        ("200 OK", "role"),
        ("200 OK", KEYS),
        OK,
    ]);
    let url = Some(server.url.as_str());
    let variables = [
        ("AWS_ACCESS_KEY_ID", None),
        ("AWS_EC2_METADATA_DISABLED", None),
        ("AWS_EC2_METADATA_SERVICE_ENDPOINT", url),
    ];
    let requests = called(&server, &folder, &variables, &[]);
    assert!(!requests[1].headers.contains("x-aws-ec2-metadata-token"));
    assert!(is_signed_by(requests.last().expect("the call"), "THEIRS"));
}

#[test]
fn an_instance_gives_credentials() {
    let token = "200 OK\r\nx-aws-ec2-metadata-token-ttl-seconds: 21600";
    let server = Server::new(&[(token, "token"), ("200 OK", "role"), ("200 OK", KEYS), OK]);
    let variables = [
        ("AWS_ACCESS_KEY_ID", None),
        ("AWS_EC2_METADATA_DISABLED", None),
        (
            "AWS_EC2_METADATA_SERVICE_ENDPOINT",
            Some(server.url.as_str()),
        ),
    ];
    let requests = called(&server, &Folder::new("instance"), &variables, &[]);
    assert!(requests[0].line.starts_with("PUT /latest/api/token"));
    assert!(is_signed_by(requests.last().expect("the call"), "THEIRS"));
}
