//! Proxies from the environment. Each case runs this program again as a process with its own environment.
use crate::server;

use crate::server::{Server, builder, ok, put};
use std::process::Command;
use swage_client::error::TransportErrorKind;
use swage_client::{Client, Failure};

/// The URL that the process of a case calls.
const TARGET: &str = "SWAGE_TEST_TARGET";
const VARIABLES: [&str; 7] = [
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "NO_PROXY",
    "no_proxy",
    "REQUEST_METHOD",
];

/// The process of a case: calls the target without other settings.
#[tokio::test]
async fn calls_the_target() {
    let Ok(target) = std::env::var(TARGET) else {
        return;
    };
    let client: Client =
        swage_client::Client::builder(builder().build().expect("a client").service())
            .region("us-east-1")
            .retry_config(swage_client::RetryConfig::disabled())
            .endpoint_url(target)
            .build()
            .expect("a client");
    match put(&client).await {
        Ok(_) => println!("answered"),
        Err(Failure::Transport(error)) if error.kind == TransportErrorKind::Tls => {
            println!("no TLS")
        }
        Err(failure) => println!("{failure:?}"),
    }
}

/// Calls the target with these variables and returns the result.
fn calls(target: &str, variables: &[(&str, String)]) -> String {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.args(["--exact", "proxies::calls_the_target", "--nocapture"]);
    for name in VARIABLES {
        command.env_remove(name);
    }
    command.env(TARGET, target);
    command.envs(variables.iter().map(|(name, value)| (name, value)));
    let output = command.output().expect("it runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}");
    said
}

/// Whether a call to this host goes through the proxy with this `NO_PROXY`, in which the port replaces `PORT`.
fn is_proxied(host: &str, direct: &str) -> bool {
    let (proxy, server) = (Server::new(vec![ok()]), Server::new(vec![ok()]));
    let port = server.address.port();
    let variables = [
        ("HTTP_PROXY", proxy.url()),
        ("NO_PROXY", direct.replace("PORT", &port.to_string())),
    ];
    let said = calls(&format!("http://{host}:{port}"), &variables);
    assert!(said.contains("answered"), "{host} {direct}: {said}");
    assert_eq!(proxy.requests().len() + server.requests().len(), 1);
    !proxy.requests().is_empty()
}

#[test]
fn hosts_that_need_none() {
    for (host, direct, proxied) in [
        ("127.0.0.1", "", true),
        ("127.0.0.1", "*", false),
        ("127.0.0.1", "127.0.0.1", false),
        ("127.0.0.1", "other.test, 127.0.0.1 ,more.test", false),
        ("127.0.0.1", "127.0.0.1:PORT", false),
        ("127.0.0.1", "127.0.0.1:1", true),
        ("127.0.0.1", "0.0.1", false),
        ("127.0.0.1", ".0.0.1", false),
        ("127.0.0.1", "7.0.0.1", true),
        ("127.0.0.1", "*.0.0.1", true),
        ("127.0.0.1", "*,other.test", true),
        ("127.0.0.1", "127.0.0.0/8", true),
        ("localhost", "LOCALHOST", false),
        ("localhost", ".localhost", false),
        ("localhost", "host", true),
        ("localhost", "127.0.0.1", true),
    ] {
        assert_eq!(is_proxied(host, direct), proxied, "{host} {direct}");
    }
}

#[test]
fn names_in_lower_case_win() {
    let (upper, lower) = (Server::new(vec![ok()]), Server::new(vec![ok()]));
    let variables = [("HTTP_PROXY", upper.url()), ("http_proxy", lower.url())];
    let said = calls("http://service.test", &variables);
    assert!(said.contains("answered"), "{said}");
    assert_eq!((upper.requests().len(), lower.requests().len()), (0, 1));
    let line = lower.request().line;
    assert!(
        line.starts_with("POST http://service.test/things/"),
        "{line}"
    );
}

#[test]
fn a_web_servers_header_is_no_proxy() {
    let (proxy, server) = (Server::new(vec![ok()]), Server::new(vec![ok()]));
    let variables = [
        ("HTTP_PROXY", proxy.url()),
        ("REQUEST_METHOD", "GET".to_owned()),
    ];
    let said = calls(&server.url(), &variables);
    assert!(said.contains("answered"), "{said}");
    assert_eq!((proxy.requests().len(), server.requests().len()), (0, 1));
}

#[test]
fn each_scheme_has_its_own() {
    let proxy = Server::new(vec![server::reply(403, &[], "")]);
    for name in ["HTTPS_PROXY", "https_proxy"] {
        let before = proxy.requests().len();
        let said = calls("https://service.test", &[(name, proxy.url())]);
        assert!(said.contains("Proxy"), "{said}");
        let requests = proxy.requests();
        assert_eq!(requests.len(), before + 1);
        let line = &requests[before].line;
        assert!(line.starts_with("CONNECT service.test:443 "), "{line}");
    }
    // Proxies for other schemes aren't used, nor any proxy for excluded hosts.
    let server = Server::new(vec![ok()]);
    let (before, address) = (proxy.requests().len(), server.address);
    let said = calls(&server.url(), &[("HTTPS_PROXY", proxy.url())]);
    assert!(said.contains("answered"), "{said}");
    let direct = [
        ("HTTPS_PROXY", proxy.url()),
        ("no_proxy", "127.0.0.1".to_owned()),
    ];
    let said = calls(&format!("https://{address}"), &direct);
    assert!(!said.contains("Proxy"), "{said}");
    assert_eq!(proxy.requests().len(), before);
}
