//! Passwords in URLs, and in what may be meant as one, are in no message and no log.
use crate::support;

use crate::support::{Folder, Server, command, finish};

const SECRET: &str = "hush5150";
/// An address that nothing listens on.
const CLOSED: &str = "http://127.0.0.1:1";

/// URLs and mistyped URLs. HOST is replaced by an address that nothing listens on.
const FORMS: [&str; 42] = [
    "http://localhost:SECRET@HOST",
    "https://localhost:SECRET@HOST",
    "HTTP://localhost:SECRET@HOST",
    "localhost:SECRET@HOST",
    "//localhost:SECRET@HOST",
    "http:/localhost:SECRET@HOST",
    "http:localhost:SECRET@HOST",
    "http:///localhost:SECRET@HOST",
    "http://http://localhost:SECRET@HOST",
    "ftp://localhost:SECRET@HOST",
    "socks5://localhost:SECRET@HOST",
    "http://SECRET@HOST",
    "http://:SECRET@HOST",
    "http://localhost:a@SECRET@HOST",
    "http://localhost:SECRET@x@HOST",
    "http://localhost:SECRET/x@HOST",
    "http://localhost:x/SECRET@HOST",
    "http://localhost:1/SECRET@HOST",
    "http://localhost:SECRET?x@HOST",
    "http://localhost:x?SECRET@HOST",
    "http://localhost:1?SECRET@HOST",
    "http://localhost:SECRET#x@HOST",
    "http://localhost:x#SECRET@HOST",
    "http://localhost:1#SECRET@HOST",
    "http://localhost:%40SECRET%40@HOST",
    "http://localhost:SECRET%40HOST",
    "http://localhost:SECRET%2540HOST",
    "http://localhost%3ASECRET%40HOST",
    "localhost:SECRET%40HOST",
    "http://localhost:SECRET@",
    "http://localhost:SECRET@/",
    "http://localhost:SECRET@HOST:99999",
    "http://localhost:SECRET@[::1",
    "http://localhost:SECRET@ho_st",
    "http://[SECRET@HOST",
    "http://localhost:SECRET@HOST/p@q?r@s",
    "http://localhost:\u{fc}SECRET@HOST",
    "http://localhost:SECRET\\@HOST",
    "\"http://localhost:SECRET@HOST\"",
    "SECRET://x@HOST",
    " http://localhost:SECRET@HOST",
    "http://localhost: SECRET\t@HOST",
];

/// Runs the command with a URL in a place.
type Place = fn(&str) -> Call;

/// Variables, the configuration file, options.
#[derive(Default)]
struct Call {
    variables: Vec<(&'static str, String)>,
    config: String,
    options: Vec<String>,
}

fn options<const N: usize>(options: [&str; N]) -> Call {
    Call {
        options: options.map(str::to_owned).to_vec(),
        ..Call::default()
    }
}

fn variable(name: &'static str, url: &str) -> Call {
    Call {
        variables: vec![(name, url.to_owned())],
        ..Call::default()
    }
}

fn proxy(name: &'static str, url: &str, endpoint: &str) -> Call {
    Call {
        options: vec!["--endpoint-url".to_owned(), endpoint.to_owned()],
        ..variable(name, url)
    }
}

/// Only keys of the profile, and an endpoint that isn't used before there are credentials.
fn profile(config: String) -> Call {
    Call {
        variables: vec![("AWS_ACCESS_KEY_ID", String::new())],
        config,
        options: vec!["--endpoint-url".to_owned(), CLOSED.to_owned()],
    }
}

fn source(name: &'static str, url: &str) -> Call {
    let mut call = profile(String::new());
    call.variables.push((name, url.to_owned()));
    call.variables
        .push(("AWS_EC2_METADATA_DISABLED", "false".to_owned()));
    call
}

const ENDPOINTS: [Place; 8] = [
    |url| options(["--endpoint-url", url]),
    |url| options(["--endpoint-ulr", url]),
    |url| options([&format!("--endpoint-ulr={url}")]),
    |url| options(["--region", url]),
    |url| variable("AWS_ENDPOINT_URL", url),
    |url| variable("AWS_ENDPOINT_URL_EVERY_THING", url),
    |url| Call {
        config: format!("[default]\nendpoint_url = {url}\n"),
        ..Call::default()
    },
    |url| Call {
        config: format!(
            "[default]\nservices = s\n[services s]\nevery_thing =\n  endpoint_url = {url}\n"
        ),
        ..Call::default()
    },
];

const PROXIES: [Place; 6] = [
    |url| proxy("HTTP_PROXY", url, "http://127.0.0.1:1"),
    |url| proxy("http_proxy", url, "http://127.0.0.1:1"),
    |url| proxy("HTTPS_PROXY", url, "https://127.0.0.1:1"),
    |url| proxy("https_proxy", url, "https://127.0.0.1:1"),
    |url| proxy("ALL_PROXY", url, "http://127.0.0.1:1"),
    |url| proxy("all_proxy", url, "https://127.0.0.1:1"),
];

const CREDENTIALS: [Place; 6] = [
    |url| source("AWS_CONTAINER_CREDENTIALS_FULL_URI", url),
    |url| source("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", url),
    |url| source("AWS_EC2_METADATA_SERVICE_ENDPOINT", url),
    |url| {
        profile(format!(
            "[default]\nsso_role_name = r\nsso_account_id = 123456789012\nsso_region = us-east-1\nsso_start_url = {url}\n"
        ))
    },
    |url| {
        profile(format!(
            "[default]\nsso_session = s\nsso_role_name = r\nsso_account_id = 123456789012\n[sso-session s]\n\
             sso_region = us-east-1\nsso_start_url = {url}\n"
        ))
    },
    |url| {
        let mut call = profile(
            "[default]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = s\n[profile s]\n\
             aws_access_key_id = a\naws_secret_access_key = b\n"
                .to_owned(),
        );
        call.variables
            .push(("AWS_ENDPOINT_URL_STS", url.to_owned()));
        call
    },
];

/// The messages and the log of the command.
fn said(call: Call) -> String {
    let folder = Folder::new("passwords");
    folder.write(".aws/config", &call.config);
    let mut command = command(&folder.0);
    command
        .env("AWS_MAX_ATTEMPTS", "1")
        // No request leaves the machine.
        .env("HTTP_PROXY", CLOSED)
        .env("HTTPS_PROXY", CLOSED)
        .envs(call.variables)
        .args(["echo", "--name", "ab", "--debug"])
        .args(call.options);
    let ran = finish(&command.output().expect("the example"));
    assert!(ran.code == 255 || ran.code == 1, "{}", ran.stderr);
    ran.stdout + &ran.stderr
}

/// The places of the URLs with the given forms that are in what the command says.
fn check(places: &[Place], forms: &[&str]) {
    std::thread::scope(|scope| {
        for forms in forms.chunks(forms.len().div_ceil(4)) {
            scope.spawn(move || {
                for form in forms {
                    let url = form
                        .replace("SECRET", SECRET)
                        .replace("HOST", "127.0.0.1:1");
                    for (number, place) in places.iter().enumerate() {
                        let said = said(place(&url));
                        assert!(!said.contains(SECRET), "{form} in place {number}: {said}");
                    }
                }
            });
        }
    });
}

#[test]
fn of_endpoints() {
    check(&ENDPOINTS, &FORMS);
}

#[test]
fn of_proxies() {
    check(&PROXIES, &FORMS);
}

#[test]
fn of_credential_providers() {
    check(&CREDENTIALS, &FORMS);
}

/// Messages still have the host.
#[test]
fn the_rest_of_a_url_is_shown() {
    let said = |call: Call| said(call).lines().last().unwrap_or_default().to_owned();
    for url in [
        "http://u:hush5150@nowhere_at_all/x",
        "u:hush5150@nowhere_at_all/x",
    ] {
        let told = said(options(["--endpoint-url", url]));
        assert!(told.ends_with("nowhere_at_all/x"), "{told}");
    }
    let told = said(proxy("HTTP_PROXY", "http://u:p@h@127.0.0.1:1", CLOSED));
    assert_eq!(
        told,
        "Failed to connect to proxy URL: \"http://127.0.0.1:1\""
    );
    let told = said(options([
        "--enpoint-url",
        "http://u:p@127.0.0.1",
        "--mail",
        "a@b",
    ]));
    assert_eq!(
        told,
        "Unknown options: --enpoint-url, --mail, a@b, http://127.0.0.1"
    );
}

#[test]
fn no_request_contains_them_in_a_wrong_place() {
    let server = Server::new(&[("200 OK", "{}")]);
    let with_password = server.url.replace("http://", "http://user:hush5150@");
    let host = server.url.trim_start_matches("http://");
    let ran = support::run(&["echo", "--name", "ab", "--endpoint-url", &with_password]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let folder = Folder::new("passwords");
    let mut command = command(&folder.0);
    command.env("HTTP_PROXY", &with_password);
    command.args([
        "echo",
        "--name",
        "ab",
        "--endpoint-url",
        "http://u:hush5150@service.test",
    ]);
    let ran = finish(&command.output().expect("the example"));
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let requests = server.requests();
    for (request, host) in requests.iter().zip([host, "service.test"]) {
        let all = format!("{}\r\n{}", request.line, request.headers).to_lowercase();
        assert!(!all.contains(SECRET), "{all}");
        assert!(all.contains(&format!("\r\nhost: {host}\r\n")), "{all}");
    }
    assert!(
        !requests[0]
            .headers
            .to_lowercase()
            .contains("proxy-authorization")
    );
    assert!(
        requests[1]
            .headers
            .to_lowercase()
            .contains("proxy-authorization: basic ")
    );
}
