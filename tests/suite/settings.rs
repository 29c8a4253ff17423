//! Settings that a service adds to its client, with a real server.

use golden_settings::{Client, ClientParams as _};
use std::collections::BTreeSet;
use swage_client::ClientBuilder;
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

/// A setting with the name of one of the client's own could never be called.
#[test]
fn names_of_every_clients_settings_are_taken() {
    let folder = root().join("runtime/client/src/client");
    let mut names = BTreeSet::new();
    for file in ["builder.rs", "sdk_config.rs"] {
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
        let found = functions
            .chain(listed)
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
