//! The feature `default-chain` of generated crates.

use connectparticipant::Client;
use connectparticipant::config::ProvideCredentials;
use connectparticipant::default_chain::Loader;
use std::process::Command;

const VARIABLES: [(&str, &str); 5] = [
    ("AWS_REGION", "eu-west-3"),
    ("AWS_ACCESS_KEY_ID", "AKID"),
    ("AWS_SECRET_ACCESS_KEY", "a-secret"),
    ("AWS_MAX_ATTEMPTS", "7"),
    ("AWS_EC2_METADATA_DISABLED", "true"),
];

#[tokio::test]
async fn settings_for_several_clients() {
    let found = |name: &str| VARIABLES.iter().find(|(of, _)| *of == name);
    let loader =
        Loader::new().environment(move |name| found(name).map(|(_, value)| (*value).to_owned()));
    let settings = loader.load().await.expect("settings");
    check(&Client::new(&settings));
    let provider = settings.credentials_provider().expect("a provider");
    let credentials = provider.provide_credentials().await.expect("credentials");
    assert_eq!(credentials.access_key_id(), "AKID");
}

fn check(client: &Client) {
    let region = client.config().region().map(AsRef::as_ref);
    let retry = client.config().retry_config().expect("retries");
    assert_eq!((region, retry.max_attempts()), (Some("eu-west-3"), 7));
}

/// In a process with variables of its own.
#[test]
fn a_client_from_the_environment() {
    let ran = Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", "--ignored", "default_chain::from_env"])
        .envs(VARIABLES)
        .env("HOME", "/nowhere")
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&ran.stdout);
    assert!(said.contains("1 passed"), "{said}");
}

#[tokio::test]
#[ignore = "needs variables"]
async fn from_env() {
    check(&Client::from_env().await.expect("settings"));
}
