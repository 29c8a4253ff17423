//! aws-config with our crates: each of its settings is taken over, and its own clients run beside ours.

#![allow(
    deprecated,
    reason = "the names of aws-runtime would be another dependency"
)]

use aws_config::meta::credentials::CredentialsProviderChain;
use aws_config::profile::profile_file::{ProfileFileKind, ProfileFiles};
use aws_config::{BehaviorVersion, ConfigLoader, SdkConfig};
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{
    ProvideCredentials, SharedCredentialsProvider, future::ProvideCredentials as Provided,
};
use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep};
use aws_smithy_async::time::StaticTimeSource;
use aws_smithy_http_client::test_util::infallible_client_fn;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::error::display::DisplayErrorContext;
use connectparticipant::config::retry::RetryConfig;
use connectparticipant::config::timeout::TimeoutConfig;
use connectparticipant::config::{
    AppName, AuthSchemePreference, Config, Credentials, IdentityCache, Region,
    RequestChecksumCalculation, ResponseChecksumValidation, SharedHttpClient,
    StalledStreamProtectionConfig,
};
use connectparticipant::{Client, Error};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

type Request = http::Request<SdkBody>;

/// An HTTP client that notes requests. STS gives credentials, everything else is answered with that status.
fn http_client(status: u16) -> (SharedHttpClient, Arc<Mutex<Vec<Request>>>) {
    let requests = Arc::<Mutex<Vec<Request>>>::default();
    let seen = requests.clone();
    let client = infallible_client_fn(move |request: Request| {
        let is_sts = request
            .uri()
            .host()
            .is_some_and(|host| host.starts_with("sts."));
        seen.lock().expect("a lock").push(request);
        let (status, body) = if is_sts { (200, ROLE) } else { (status, "{}") };
        let response = http::Response::builder().status(status);
        response.body(SdkBody::from(body)).expect("a response")
    });
    (client, requests)
}

const ROLE: &str = "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ROLEKEY</AccessKeyId>\
    <SecretAccessKey>a-secret</SecretAccessKey><SessionToken>a-token</SessionToken>\
    <Expiration>2999-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>";

/// Without what the machine has: files, environment, metadata.
fn loader() -> ConfigLoader {
    let files = ProfileFiles::builder().with_contents(ProfileFileKind::Config, "");
    aws_config::defaults(BehaviorVersion::latest())
        .profile_files(files.build())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("AKID", "a-secret", None, None, "test"))
}

async fn send(config: &SdkConfig) -> Result<(), Error> {
    let client = Client::new(config);
    let request = client.send_message().content_type("text/plain");
    let request = request.content("hello").connection_token("a-token");
    request.send().await?;
    Ok(())
}

/// The request of a call with these settings.
async fn request(set: impl FnOnce(ConfigLoader) -> ConfigLoader) -> Request {
    let (http, requests) = http_client(200);
    let config = set(loader().http_client(http)).load().await;
    send(&config).await.expect("an answer");
    requests.lock().expect("a lock").remove(0)
}

fn header<'a>(request: &'a Request, name: &str) -> &'a str {
    request
        .headers()
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

/// What a setting changes in a request.
struct Row {
    name: &'static str,
    set: fn(ConfigLoader) -> ConfigLoader,
    seen: fn(&Request) -> bool,
}

const REQUESTS: [Row; 7] = [
    Row {
        name: "region",
        set: |loader| loader.region(Region::new("eu-west-2")),
        seen: |request| {
            header(request, "authorization").contains("/eu-west-2/")
                && request.uri().host() == Some("participant.connect.eu-west-2.amazonaws.com")
        },
    },
    Row {
        name: "credentials_provider",
        set: |loader| {
            loader.credentials_provider(Credentials::new("OTHER", "a-secret", None, None, "test"))
        },
        seen: |request| header(request, "authorization").contains("=OTHER/"),
    },
    Row {
        name: "app_name",
        set: |loader| loader.app_name(AppName::new("my-app").expect("a name")),
        seen: |request| header(request, "user-agent").ends_with(" app/my-app"),
    },
    Row {
        name: "endpoint_url",
        set: |loader| loader.endpoint_url("http://example.test/base"),
        seen: |request| request.uri() == "http://example.test/base/participant/message",
    },
    Row {
        name: "use_fips",
        set: |loader| loader.use_fips(true),
        seen: |request| {
            request.uri().host() == Some("participant.connect-fips.us-east-1.amazonaws.com")
        },
    },
    Row {
        name: "use_dual_stack",
        set: |loader| loader.use_dual_stack(true),
        seen: |request| request.uri().host() == Some("participant.connect.us-east-1.api.aws"),
    },
    Row {
        name: "time_source",
        set: |loader| {
            let time = SystemTime::UNIX_EPOCH + Duration::from_mins(24_015_636);
            loader.time_source(StaticTimeSource::new(time))
        },
        seen: |request| header(request, "x-amz-date") == "20150830T123600Z",
    },
];

#[tokio::test]
async fn settings_that_a_request_shows() {
    for Row { name, set, seen } in REQUESTS {
        assert!(!seen(&request(|loader| loader).await), "{name} by default");
        let request = request(set).await;
        assert!(seen(&request), "{name}: {request:?}");
    }
}

#[tokio::test]
async fn settings_that_the_client_keeps() {
    let limits = TimeoutConfig::builder().read_timeout(Duration::from_secs(7));
    let config = loader()
        .retry_config(RetryConfig::standard().with_max_attempts(9))
        .timeout_config(limits.build())
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .disable_request_compression(true)
        .request_min_compression_size_bytes(77)
        .disable_clock_skew_correction(true)
        .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
        .response_checksum_validation(ResponseChecksumValidation::WhenRequired)
        .auth_scheme_preference(["sigv4a".into()])
        .sigv4a_signing_region_set(Region::new("eu-*"))
        .load()
        .await;
    let config = Config::new(&config);
    assert_eq!(
        config.retry_config().map(RetryConfig::max_attempts),
        Some(9)
    );
    let limits = config
        .timeout_config()
        .and_then(TimeoutConfig::read_timeout);
    assert_eq!(limits, Some(Duration::from_secs(7)));
    assert!(
        config
            .stalled_stream_protection()
            .is_some_and(|of| !of.is_enabled())
    );
    assert_eq!(config.disable_request_compression(), Some(true));
    assert_eq!(config.request_min_compression_size_bytes(), Some(77));
    assert_eq!(config.disable_clock_skew_correction(), Some(true));
    let checksums = (
        config.request_checksum_calculation(),
        config.response_checksum_validation(),
    );
    assert_eq!(checksums.0, Some(&RequestChecksumCalculation::WhenRequired));
    assert_eq!(checksums.1, Some(&ResponseChecksumValidation::WhenRequired));
    let preference = AuthSchemePreference::from(["sigv4a".into()]);
    assert_eq!(config.auth_scheme_preference(), Some(&preference));
    let regions = config.sigv4a_signing_region_set().map(AsRef::as_ref);
    assert_eq!(regions, Some("eu-*"));
}

/// A timer that doesn't wait.
#[derive(Clone, Debug, Default)]
struct Counted(Arc<AtomicUsize>);

impl AsyncSleep for Counted {
    fn sleep(&self, _: Duration) -> Sleep {
        self.0.fetch_add(1, Ordering::Relaxed);
        Sleep::new(std::future::ready(()))
    }
}

#[tokio::test]
async fn retries_wait_with_its_timer() {
    let (http, requests) = http_client(500);
    let timer = Counted::default();
    let retry = RetryConfig::standard().with_max_attempts(4);
    let loader = loader().http_client(http).sleep_impl(timer.clone());
    let config = loader.retry_config(retry).load().await;
    send(&config).await.expect_err("an error");
    assert_eq!(requests.lock().expect("a lock").len(), 4);
    assert!(timer.0.load(Ordering::Relaxed) >= 3);
}

/// A role: aws-config asks STS for its credentials, by the official client.
async fn role(
    set: impl FnOnce(ConfigLoader) -> ConfigLoader,
) -> (SdkConfig, Arc<Mutex<Vec<Request>>>) {
    let (http, requests) = http_client(200);
    let profiles = "[default]\nregion = us-east-1\nrole_arn = arn:aws:iam::123456789012:role/r\n\
        source_profile = keys\n[profile keys]\naws_access_key_id = AKID\naws_secret_access_key = a-secret\n";
    let files = ProfileFiles::builder().with_contents(ProfileFileKind::Config, profiles);
    let loader = aws_config::defaults(BehaviorVersion::latest());
    let loader = loader.profile_files(files.build()).http_client(http);
    (set(loader).load().await, requests)
}

#[tokio::test]
async fn its_own_clients_run_beside_ours() {
    let (config, requests) = role(|loader| loader).await;
    send(&config).await.expect("an answer");
    send(&config).await.expect("an answer");
    let requests = requests.lock().expect("a lock");
    let hosts: Vec<_> = requests
        .iter()
        .filter_map(|request| request.uri().host())
        .collect();
    let ours = "participant.connect.us-east-1.amazonaws.com";
    // Both clients share the cache that aws-config makes.
    assert_eq!(hosts, ["sts.us-east-1.amazonaws.com", ours, ours]);
    for request in &requests[1..] {
        assert!(header(request, "authorization").contains("=ROLEKEY/"));
        assert_eq!(header(request, "x-amz-security-token"), "a-token");
    }
}

#[tokio::test]
async fn its_cache_of_identities() {
    let (config, requests) = role(|loader| loader.identity_cache(IdentityCache::no_cache())).await;
    send(&config).await.expect("an answer");
    send(&config).await.expect("an answer");
    // The provider of profiles keeps no credentials itself.
    assert_eq!(requests.lock().expect("a lock").len(), 4);
}

/// A source without credentials, and why it has none.
#[derive(Debug)]
struct Nothing(&'static str);

impl ProvideCredentials for Nothing {
    fn provide_credentials<'a>(&'a self) -> Provided<'a>
    where
        Self: 'a,
    {
        Provided::ready(Err(CredentialsError::not_loaded(self.0)))
    }
}

#[tokio::test]
async fn what_the_sources_of_credentials_say_is_told() {
    let chain = || {
        let first = CredentialsProviderChain::first_try("First", Nothing("no variable is set"));
        first.or_else("Second", Nothing("http://me:hush@127.0.0.1/ has no role"))
    };
    let (http, _) = http_client(200);
    let defaults = aws_config::defaults(BehaviorVersion::latest());
    let defaults = defaults.region("us-east-1").http_client(http.clone());
    // With the cache of aws-config, and with our own.
    let loaded = defaults.credentials_provider(chain()).load().await;
    let built = SdkConfig::builder()
        .region(Region::new("us-east-1"))
        .http_client(http)
        .credentials_provider(SharedCredentialsProvider::new(chain()))
        .build();
    for config in [loaded, built] {
        let client = golden_discovery::Client::new(&config);
        let error = client.list_tables().send().await.expect_err("none");
        let told = DisplayErrorContext(&error).to_string();
        for said in [
            "no credentials were found",
            "First: the credential provider was not enabled: no variable is set; Second: ",
            "has no role",
        ] {
            assert!(told.contains(said), "{told}");
            assert!(error.to_string().contains(said), "{error}");
        }
        assert!(!told.contains("hush"), "{told}");
    }
}
