//! Settings: files, environment, profiles, credentials, regions, endpoints, proxies.

use crate::support::{Folder, Server, command, finish, run, run_in, run_with};

#[test]
fn configuration_is_found_and_checked() {
    let folder = Folder::new("configuration");
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
    let wrong = [
        ("[default]\ngarbage\n", "line 2: "),
        (
            "[default]\ns3 =\n  a = b\n  garbage\noutput = text\n",
            "line 4: ",
        ),
        ("[default]\noutput = text\n\n[default]\n", "line 4: "),
    ];
    for (text, line) in wrong {
        folder.write(".aws/config", text);
        let ran = run_in(&folder.0, &["echo", "--name", "ab"]);
        assert_eq!(ran.code, 1);
        let told = ran.stderr.contains("Unable to parse config file") && ran.stderr.contains(line);
        assert!(told, "{}", ran.stderr);
    }
}

#[test]
fn invalid_roles_are_reported_before_anything_is_sent() {
    let folder = Folder::new("roles");
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

/// Makes a call to a URL with these variables.
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
fn proxies_are_read_from_the_environment() {
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
    assert_eq!(through(&variables, "http://127.0.0.1:1"), 255);
}

#[test]
fn no_proxy_excludes_hosts() {
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
fn credentials_can_come_from_a_process() {
    let folder = Folder::new("process");
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
    let failed = || server.run_in(&folder.0, &words).stderr;
    let from = "\nError when retrieving credentials from custom-process: ";
    assert!(failed().starts_with(&format!("{from}invalid JSON")));
    std::fs::remove_file(folder.0.join("keys.json")).expect("removed");
    let said = failed();
    assert!(
        said.starts_with(from) && said.ends_with("No such file or directory\n"),
        "{said}"
    );
}

#[test]
fn endpoints_keep_their_path_and_are_lowercased() {
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
    let folder = Folder::new("order");
    // In the order in which they are reported.
    let mut wrong = vec![
        ("AWS_DEFAULT_REGION", Some("a_b")),
        ("AWS_SECRET_ACCESS_KEY", None),
        ("AWS_DEFAULTS_MODE", Some("odd")),
        ("AWS_ACCOUNT_ID_ENDPOINT_MODE", Some("odd")),
        ("AWS_RETRY_MODE", Some("odd")),
        ("AWS_ENDPOINT_URL", Some("odd")),
        ("AWS_MAX_ATTEMPTS", Some("1")),
    ];
    let words = [
        "echo",
        "--name",
        "ab",
        "--cli-connect-timeout",
        "-1",
        "--cli-read-timeout",
        "-1",
    ];
    for told in [
        "Provided region_name",
        "Partial credentials",
        "invalid defaults mode",
        "account_id_endpoint_mode",
        "\"mode\": \"odd\"",
        "Invalid endpoint: odd",
        "connect timeout",
    ] {
        let ran = run_with(&folder, &wrong, &words);
        assert!(ran.stderr.contains(told), "{told}: {}", ran.stderr);
        wrong.remove(0);
    }
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

/// The environment without keys.
const NO_KEYS: [(&str, Option<&str>); 2] =
    [("AWS_ACCESS_KEY_ID", None), ("AWS_SECRET_ACCESS_KEY", None)];

#[test]
fn the_last_section_of_a_profile_replaces_earlier_ones() {
    let folder = Folder::new("sections");
    let server = Server::new(&[("200 OK", "{\"Name\": \"ab\"}")]);
    let printed = |config: &str, profile: &str| {
        folder.write(".aws/config", config);
        let words = ["echo", "--name", "ab", "--endpoint-url", &server.url];
        run_with(&folder, &[("AWS_PROFILE", Some(profile))], &words).stdout
    };
    let (one, other) = (
        "[default]\noutput = json\n",
        "[profile default]\noutput = text\n",
    );
    assert_eq!(printed(&format!("{one}{other}"), "default"), "ab\n");
    assert_eq!(
        printed(&format!("{other}{one}"), "default"),
        "{\n    \"Name\": \"ab\"\n}\n"
    );
    assert_eq!(printed("[profile \"a b\"]\noutput = text\n", "a b"), "ab\n");
    assert_eq!(printed("[profile a b]\noutput = text\n", "a b"), "");
}

#[test]
fn a_byte_order_mark_is_reported() {
    let folder = Folder::new("mark");
    folder.write(".aws/config", "\u{feff}[default]\n");
    let ran = run_in(&folder.0, &["echo", "--name", "ab"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.stderr
            .ends_with("line 1: the file starts with a byte order mark\n"),
        "{}",
        ran.stderr
    );
}

#[test]
fn the_defaults_mode_sets_the_retry_mode() {
    let server = Server::new(&[("400 No", "{\"code\": \"SlowDown\"}")]);
    let folder = Folder::new("defaults");
    let words = ["echo", "--name", "ab", "--endpoint-url", &server.url];
    let variables = |mode| {
        [
            ("AWS_DEFAULTS_MODE", Some(mode)),
            ("AWS_MAX_ATTEMPTS", Some("2")),
        ]
    };
    let ran = run_with(&folder, &variables("legacy"), &words);
    assert!(!ran.stderr.contains("max retries"), "{}", ran.stderr);
    let ran = run_with(&folder, &variables("Mobile"), &words);
    assert!(ran.stderr.contains("max retries: 1"), "{}", ran.stderr);
    let ran = run_with(&folder, &variables("fast"), &words);
    assert_eq!(
        ran.stderr,
        "\nClient configured with invalid defaults mode: fast. Valid defaults modes include: legacy, auto, standard, \
         in-region, cross-region, mobile.\n"
    );
    assert_eq!(server.requests().len(), 3);
}

#[test]
fn a_key_and_its_secret_must_be_in_one_file() {
    let folder = Folder::new("halves");
    let missing = || run_with(&folder, &NO_KEYS, &["echo", "--name", "ab"]).stderr;
    folder.write(".aws/config", "[default]\naws_access_key_id = A\n");
    folder.write(".aws/credentials", "[default]\naws_secret_access_key = S\n");
    assert_eq!(
        missing(),
        "\nPartial credentials found in config-file, missing: aws_secret_access_key\n"
    );
    folder.write(".aws/config", "[default]\naws_secret_access_key = S\n");
    folder.write(".aws/credentials", "[default]\naws_access_key_id = A\n");
    assert_eq!(
        missing(),
        "\nPartial credentials found in shared-credentials-file, missing: aws_secret_access_key\n"
    );
}

#[test]
fn with_expired_credentials_nothing_is_sent() {
    let server = Server::new(&[("200 OK", "{}")]);
    let folder = Folder::new("expired");
    let words = ["echo", "--name", "ab", "--endpoint-url", &server.url];
    let until = |time| {
        run_with(
            &folder,
            &[("AWS_CREDENTIAL_EXPIRATION", Some(time))],
            &words,
        )
    };
    let expired =
        "\nCredentials were refreshed, but the refreshed credentials are still expired.\n";
    assert_eq!(until("2000-01-01T00:00:00Z").stderr, expired);
    assert_eq!(until("soon").stderr, "\nUnknown string format: soon\n");
    folder.write(
        "keys.json",
        "{\"Version\": 1, \"AccessKeyId\": \"A\", \"SecretAccessKey\": \"S\", \"Expiration\": \"2000-01-01T00:00:00Z\"}",
    );
    folder.write(
        ".aws/config",
        "[default]\ncredential_process = cat keys.json\n",
    );
    assert_eq!(run_with(&folder, &NO_KEYS, &words).stderr, expired);
    assert!(server.requests().is_empty());
    assert_eq!(until("2100-01-01T00:00:00Z").code, 0);
}

#[test]
fn missing_keys_of_a_profile_are_reported_before_anything_is_sent() {
    let folder = Folder::new("lacking");
    folder.write(
        ".aws/config",
        "[profile sso]\nsso_role_name = r\nsso_region = x\n[profile gone]\nsso_session = away\n\
         [profile web]\nweb_identity_token_file = t\n\
         [profile token]\nweb_identity_token_file = it's\nrole_arn = r\n\
         [profile bare]\nrole_arn = r\ncredential_source = Environment\n",
    );
    let told = |profile| {
        let words = ["echo", "--name", "ab", "--profile", profile];
        run_with(&folder, &NO_KEYS, &words).stderr
    };
    assert_eq!(
        told("sso"),
        "\nThe profile \"sso\" is configured to use SSO but is missing required configuration: sso_account_id, \
         sso_start_url\n"
    );
    assert_eq!(
        told("gone"),
        "\nThe profile \"gone\" is configured to use the SSO token provider but the \"away\" sso_session configuration \
         does not exist.\n"
    );
    assert!(told("web").contains("web identity but has no role ARN"));
    assert_eq!(
        told("token"),
        "\n[Errno 2] No such file or directory: \"it's\"\n"
    );
    assert!(
        told("bare")
            .contains("No credentials found in credential_source referenced in profile bare")
    );
}

#[test]
fn user_and_fragment_are_removed_from_endpoints() {
    let server = Server::new(&[("200 OK", "{}")]);
    let (_, host) = server.url.split_once("://").expect("a URL");
    for (url, line) in [
        (format!(" http://u:p@{host}/"), "POST /echo HTTP/1.1"),
        (format!("http://{host}//a//"), "POST //a//echo HTTP/1.1"),
    ] {
        let ran = run(&["echo", "--name", "ab", "--endpoint-url", &url]);
        assert_eq!(ran.code, 0, "{url}: {}", ran.stderr);
        let request = server.requests().pop().expect("a request");
        assert_eq!(request.line, line);
        assert!(request.headers.contains(&format!("host: {host}\r\n")));
    }
    let no_port = [
        "echo",
        "--name",
        "ab",
        "--endpoint-url",
        "http://127.0.0.1:/",
    ];
    let once = [("AWS_MAX_ATTEMPTS", Some("1"))];
    let ran = run_with(&Folder::new("no-port"), &once, &no_port);
    assert!(
        ran.stderr.contains("http://127.0.0.1/echo"),
        "{}",
        ran.stderr
    );
}

#[test]
fn an_endpoint_url_works_with_any_region_and_without_variants() {
    let server = Server::new(&[("200 OK", "{}")]);
    let folder = Folder::new("variants");
    let at_url = ["echo", "--name", "ab", "--endpoint-url", &server.url];
    let variants = [
        ("AWS_USE_FIPS_ENDPOINT", Some("true")),
        ("AWS_USE_DUALSTACK_ENDPOINT", Some("true")),
    ];
    let ran = run_with(&folder, &variants, &at_url);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let ran = server.run(&["echo", "--name", "ab", "--region", "fips-us-east-1"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let ran = server.run(&["echo", "--name", "ab", "--region", ""]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let ran = run_with(
        &folder,
        &variants,
        &["echo", "--name", "ab", "--region", ""],
    );
    assert_eq!(
        ran.stderr,
        "\nInvalid endpoint: https://everything-fips..api.aws\n"
    );
}

#[test]
fn settings_of_a_service_must_be_nested() {
    let folder = Folder::new("services");
    folder.write(
        ".aws/config",
        "[default]\nservices = s\n[services s]\nevery_thing = endpoint_url = http://127.0.0.1:1\n",
    );
    let ran = run_in(&folder.0, &["echo", "--name", "ab"]);
    assert!(
        ran.code == 255 && ran.stderr.contains("on lines of its own"),
        "{}",
        ran.stderr
    );
}

#[test]
fn an_invalid_proxy_is_not_bypassed() {
    let server = Server::new(&[("200 OK", "{}")]);
    assert_eq!(through(&[("http_proxy", "odd://x")], &server.url), 255);
    assert_eq!(through(&[("https_proxy", "odd://x")], &server.url), 0);
    let variables = [("http_proxy", "odd://x"), ("no_proxy", "127.0.0.1")];
    assert_eq!(through(&variables, &server.url), 0);
}

#[test]
fn an_empty_ca_bundle_variable_is_ignored() {
    let server = Server::new(&[("200 OK", "{}")]);
    let folder = Folder::new("trust");
    let words = ["echo", "--name", "ab", "--endpoint-url", &server.url];
    let ran = run_with(&folder, &[("AWS_CA_BUNDLE", Some(""))], &words);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}
