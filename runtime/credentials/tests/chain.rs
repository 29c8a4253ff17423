//! The chain as a library has it: what is found, and when it is fetched again.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};
use swage_credentials::{Error, Profiles, Provider, Section, Settings, find};

/// A folder of its own that goes away at the end.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("swage-credentials-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

fn section(keys: &[(&str, &str)]) -> Section {
    let pair = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
    keys.iter().map(pair).collect()
}

fn profiles(of: &[(&str, &[(&str, &str)])]) -> Profiles {
    let profile = |(name, keys): &(&str, &[(&str, &str)])| ((*name).to_owned(), section(keys));
    Profiles {
        config: of.iter().map(profile).collect(),
        ..Profiles::default()
    }
}

/// Looks for the credentials of the profile `p`, with these variables and no others.
fn look(profiles: &Profiles, variables: &[(&str, &str)]) -> Result<Option<Provider>, Error> {
    let variables: BTreeMap<String, String> = section(variables);
    find(&Settings {
        profiles,
        profile: "p",
        ignores_environment: false,
        environment: Arc::new(move |name| variables.get(name).cloned()),
        ask_for_code: Arc::new(|_| Box::pin(async { Err("nobody is there".to_owned()) })),
        set_up: &|builder, region| Ok(builder.region(region.unwrap_or("us-east-1"))),
        user_agent: "test/1".to_owned(),
    })
}

fn message(found: Result<Option<Provider>, Error>) -> String {
    found.expect_err("an error").to_string()
}

const OFF: (&str, &str) = ("AWS_EC2_METADATA_DISABLED", "true");

#[test]
fn nothing_is_found_where_nothing_is() {
    assert!(
        look(&Profiles::default(), &[OFF])
            .expect("no error")
            .is_none()
    );
    let guess = look(&Profiles::default(), &[])
        .expect("no error")
        .expect("the instance");
    assert!(guess.is_guess());
}

#[test]
fn profiles_that_lead_to_each_other_are_an_error() {
    let role = ("role_arn", "arn:aws:iam::123456789012:role/r");
    let to = |name| [role, ("source_profile", name)];
    let (p, a) = (to("a"), to("p"));
    let told = message(look(&profiles(&[("p", &p), ("a", &a)]), &[OFF]));
    assert!(told.ends_with("Visited profiles: ['p', 'a']"), "{told}");
    let p = to("p");
    let told = message(look(&profiles(&[("p", &p)]), &[OFF]));
    assert!(told.ends_with("Visited profiles: ['p']"), "{told}");
    let keys = [
        p[0],
        p[1],
        ("aws_access_key_id", "A"),
        ("aws_secret_access_key", "s"),
    ];
    assert!(look(&profiles(&[("p", &keys)]), &[OFF]).is_ok());
    let told = message(look(&profiles(&[("p", &to("gone"))]), &[OFF]));
    assert_eq!(
        told,
        "The source_profile \"gone\" referenced in the profile \"p\" does not exist."
    );
}

#[tokio::test]
async fn without_an_answer_no_role_is_assumed() {
    let keys = [
        ("role_arn", "arn:aws:iam::123456789012:role/r"),
        ("source_profile", "p"),
        ("mfa_serial", "the-device"),
        ("aws_access_key_id", "A"),
        ("aws_secret_access_key", "s"),
    ];
    let provider = look(&profiles(&[("p", &keys)]), &[OFF]).expect("no error");
    let provider = provider.expect("a role");
    let told = provider
        .credentials()
        .await
        .expect_err("no code")
        .to_string();
    assert_eq!(told, "No MFA code for the-device: nobody is there");
    // Nobody is asked again.
    let told = provider
        .credentials()
        .await
        .expect_err("no code")
        .to_string();
    assert_eq!(told, "Cannot refresh credentials: MFA token required.");
}

/// A profile whose program counts how often it runs, and prints credentials that expire after that time.
fn counting(folder: &Path, lifetime: Duration) -> Profiles {
    let until = aws_smithy_types::DateTime::from(SystemTime::now() + lifetime);
    let until = until
        .fmt(aws_smithy_types::date_time::Format::DateTime)
        .expect("a text");
    let printed = format!(
        "{{\"Version\": 1, \"AccessKeyId\": \"A\", \"SecretAccessKey\": \"s\", \"Expiration\": \"{until}\"}}"
    );
    std::fs::write(folder.join("keys.json"), printed).expect("a file");
    let folder = folder.display();
    let process = format!("sh -c 'echo >> {folder}/count; cat {folder}/keys.json'");
    profiles(&[("p", &[("credential_process", process.as_str())])])
}

fn count(folder: &Folder) -> usize {
    let lines = std::fs::read_to_string(folder.0.join("count")).unwrap_or_default();
    lines.len()
}

#[cfg(unix)]
#[tokio::test]
async fn credentials_that_last_are_fetched_once_and_asked_for_before_they_expire() {
    let folder = Folder::new();
    let profiles = counting(&folder.0, Duration::from_hours(1));
    let provider = look(&profiles, &[OFF])
        .expect("no error")
        .expect("a program");
    for _ in 0..3 {
        let found = provider.credentials().await.expect("credentials");
        let again = found
            .expiry()
            .expect("a time")
            .duration_since(SystemTime::now());
        let again = again.expect("later").as_secs();
        // An hour, without the last 15 minutes.
        assert!((44 * 60..=45 * 60).contains(&again), "{again}");
    }
    assert_eq!(count(&folder), 1);
}

#[cfg(unix)]
#[tokio::test]
async fn credentials_that_expire_soon_are_not_fetched_for_each_call() {
    let folder = Folder::new();
    let profiles = counting(&folder.0, Duration::from_mins(5));
    let provider = look(&profiles, &[OFF])
        .expect("no error")
        .expect("a program");
    for _ in 0..3 {
        let found = provider.credentials().await.expect("credentials");
        let again = found
            .expiry()
            .expect("a time")
            .duration_since(SystemTime::now());
        let again = again.expect("later").as_secs();
        assert!((50..=60).contains(&again), "{again}");
    }
    assert_eq!(count(&folder), 1);
}

#[cfg(unix)]
#[tokio::test]
async fn expired_credentials_are_an_error() {
    let folder = Folder::new();
    let profiles = counting(&folder.0, Duration::ZERO);
    let provider = look(&profiles, &[OFF])
        .expect("no error")
        .expect("a program");
    let told = provider
        .credentials()
        .await
        .expect_err("expired")
        .to_string();
    assert!(told.ends_with("are still expired."), "{told}");
}

#[tokio::test]
async fn nothing_that_is_secret_shows() {
    let keys = [
        ("role_arn", "arn:aws:iam::123456789012:role/r"),
        ("source_profile", "p"),
        ("aws_access_key_id", "A"),
        ("aws_secret_access_key", "hush5150"),
        ("aws_session_token", "hush5150"),
    ];
    let role = look(&profiles(&[("p", &keys)]), &[OFF]);
    let process = [("credential_process", "show --password hush5150")];
    let process = look(&profiles(&[("p", &process)]), &[OFF]);
    let container = [
        OFF,
        (
            "AWS_CONTAINER_CREDENTIALS_FULL_URI",
            "http://u:hush5150@localhost:1/",
        ),
        ("AWS_CONTAINER_AUTHORIZATION_TOKEN", "hush5150"),
    ];
    let container = look(&Profiles::default(), &container);
    for found in [role, process, container] {
        let shown = format!("{found:?}");
        assert!(!shown.contains("hush5150"), "{shown}");
    }
}
