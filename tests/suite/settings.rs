//! Settings that a service adds to its client, with a real server.

use golden_settings::config::retry::RetryConfig;
use golden_settings::config::timeout::TimeoutConfig;
use golden_settings::config::{AppName, BehaviorVersion, Region};
use golden_settings::{Client, ClientParams as _, Config};
use std::collections::BTreeSet;
use std::time::Duration;
use swage_client::{ClientBuilder, SdkConfig};
use swage_tests::root;
use swage_tests::server::{Answer, Server};

/// The host of a call with these settings.
async fn path(set: impl FnOnce(ClientBuilder<Client>) -> ClientBuilder<Client>) -> String {
    let server = Server::start(vec![Answer::json("{}")]);
    let builder = Client::builder()
        .region("us-east-1")
        .endpoint_url(&server.url);
    let client = set(builder).build().expect("settings");
    client.get().send().await.expect("an answer");
    let line = server.requests().remove(0).line;
    line.split(' ').nth(1).unwrap_or_default().to_owned()
}

#[tokio::test]
async fn they_change_the_endpoint() {
    assert_eq!(path(|to| to).await, "/thing");
    assert_eq!(path(|to| to.force_path_style(true)).await, "/live/thing");
    let stage = |to: ClientBuilder<Client>| to.force_path_style(true).stage("test");
    assert_eq!(path(stage).await, "/test/thing");
    assert_eq!(path(|to| stage(to).set_stage(None)).await, "/live/thing");
    let zones = vec!["a".to_owned(), "b".to_owned()];
    assert_eq!(path(|to| to.zones(zones)).await, "/zone/a/thing");
}

#[tokio::test]
async fn text_that_reads_like_a_boolean_stays_text() {
    let stage = |to: ClientBuilder<Client>| to.force_path_style(true).stage("true");
    assert_eq!(path(stage).await, "/true/thing");
}

#[tokio::test]
async fn one_that_is_called_like_a_setting_of_every_client_has_another_name() {
    assert_eq!(
        path(|to| to.region_value("moon")).await,
        "/region/moon/thing"
    );
}

#[tokio::test]
async fn as_in_programs_for_the_official_crates() {
    let server = Server::start(vec![Answer::json("{}")]);
    let shared = SdkConfig::builder()
        .region(Region::new("eu-west-1"))
        .endpoint_url(&server.url)
        .app_name(AppName::new("my-app").expect("a name"))
        .behavior_version(BehaviorVersion::latest())
        .build();
    let config = golden_settings::config::Builder::from(&shared)
        .force_path_style(true)
        .retry_config(RetryConfig::standard().with_max_attempts(7))
        .timeout_config(
            TimeoutConfig::builder()
                .read_timeout(Duration::from_secs(9))
                .build(),
        )
        .build();
    let client = Client::from_conf(config);
    client.get().send().await.expect("an answer");
    let request = server.requests().remove(0);
    assert_eq!(request.line, "GET /live/thing HTTP/1.1");
    assert!(
        request
            .header("user-agent")
            .is_some_and(|agent| agent.ends_with(" app/my-app"))
    );
    let config = client.config();
    assert_eq!(config.region().map(AsRef::as_ref), Some("eu-west-1"));
    assert_eq!(config.app_name().map(AsRef::as_ref), Some("my-app"));
    assert_eq!(
        config.retry_config().map(RetryConfig::max_attempts),
        Some(7)
    );
    let limits = config.timeout_config().expect("limits");
    assert_eq!(limits.read_timeout(), Some(Duration::from_secs(9)));

    let mut other = config.to_builder();
    other
        .set_region(Some(Region::new("us-west-2")))
        .set_force_path_style(None);
    let client = Client::from_conf(other.build());
    client.get().send().await.expect("an answer");
    assert_eq!(server.requests().remove(1).line, "GET /thing HTTP/1.1");
    assert_eq!(
        client.config().region().map(AsRef::as_ref),
        Some("us-west-2")
    );
}

#[test]
fn settings_of_a_client_made_by_its_builder() {
    let client: Client = Client::builder()
        .region("us-east-1")
        .build()
        .expect("settings");
    assert_eq!(client.config().region(), Some(&Region::new("us-east-1")));
    assert_eq!(client.config().signing_name(), "");
    assert_eq!(golden_settings::meta::PKG_VERSION, "0.1.0");
}

#[tokio::test]
async fn an_invalid_setting_fails_each_call() {
    let config = Config::builder()
        .region(Region::new("evil.example/"))
        .build();
    let error = Client::from_conf(config)
        .get()
        .send()
        .await
        .expect_err("a bad region");
    assert!(error.to_string().contains("region"), "{error}");
}

/// A setting with the name of one of the client's own could never be called.
#[test]
fn names_of_every_clients_settings_are_taken() {
    let folder = root().join("runtime/client/src");
    let mut names = BTreeSet::new();
    let files = [
        "client/config/builder.rs",
        "client/config/sdk_config.rs",
        "generated/config/builder.rs",
    ];
    for file in files {
        let text = std::fs::read_to_string(folder.join(file)).expect("it is there");
        let functions = text.lines().filter_map(|line| {
            let rest = line.trim_start().strip_prefix("pub fn ")?;
            rest.split(['(', '<']).next()
        });
        // `name, set_name, Type => place;` of the macro there.
        let listed = text.lines().filter_map(|line| {
            let (names, _) = line.split_once(" => ")?;
            let (name, rest) = names.split_once(", ")?;
            rest.starts_with("set_").then(|| name.trim())
        });
        // `name: Type => kind,` of the macro for generated crates.
        let official = text.lines().filter_map(|line| {
            let (name, rest) = line.trim().split_once(": ")?;
            let is_name = name
                .bytes()
                .all(|byte| byte == b'_' || byte.is_ascii_alphanumeric());
            (is_name && rest.contains(" => ")).then_some(name)
        });
        let found = functions
            .chain(listed)
            .chain(official)
            .filter(|name| !name.starts_with(['$', '{']));
        names.extend(found.map(str::to_owned));
    }
    assert!(names.len() > 40 && names.contains("api_key"), "{names:?}");
    let params: Vec<_> = names
        .iter()
        .map(|name| format!(r#""{name}": {{"type": "string"}}"#))
        .collect();
    let model = std::fs::read_to_string(root().join("tests/golden/settings/model.json"));
    let model = model.expect("it is there");
    let (start, rest) = model
        .split_once("\"smithy.rules#clientContextParams\": {")
        .expect("it");
    let model = format!(
        "{start}\"smithy.rules#clientContextParams\": {{{},{rest}",
        params.join(",")
    );
    let source = swage_codegen::Source {
        name: "model.json".to_owned(),
        text: model,
    };
    let files = swage_codegen::generate(&[source], &swage_codegen::Options::default());
    let files = files.expect("it generates").files;
    let client = files.iter().find(|file| file.path == "src/client.rs");
    let client = &client.expect("a client").text;
    for name in names {
        assert!(!client.contains(&format!("fn {name}(value")), "{name}");
        assert!(!client.contains(&format!("-> {name};")), "{name}");
    }
}
