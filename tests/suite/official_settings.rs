//! Settings of the official crates: what each of them changes.

use aws_credential_types::provider::future;
use aws_runtime::sdk_feature::AwsSdkFeature;
use aws_runtime::user_agent::{ApiMetadata, AwsUserAgent, FrameworkMetadata};
use aws_smithy_types::checksum_config::{RequestChecksumCalculation, ResponseChecksumValidation};
use aws_smithy_types::telemetry::CapturedTelemetryAttributes;
use aws_types::SigningName;
use aws_types::endpoint_config::{AccountIdEndpointMode, EndpointUrl, UseDualStack, UseFips};
use aws_types::os_shim_internal::Env;
use aws_types::region::SigningRegion;
use connectparticipant::config::interceptors::{
    BeforeSerializationInterceptorContextRef, BeforeTransmitInterceptorContextMut,
};
use connectparticipant::config::retry::{RetryConfig, RetryPartition, TokenBucket};
use connectparticipant::config::{
    Builder, ConfigBag, Credentials, IdentityCache, Intercept, InvocationId, InvocationIdGenerator,
    ProvideCredentials, Region, RuntimeComponents, StalledStreamProtectionConfig,
};
use connectparticipant::error::BoxError;
use connectparticipant::{Client, Config};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};
use swage_tests::server::{Answer, Request, Server};

fn config(server: &Server) -> Builder {
    Config::builder()
        .region(Region::new("us-east-1"))
        .endpoint_url(&server.url)
        .credentials_provider(Credentials::new("AKID", "a-secret", None, None, "test"))
        .retry_config(RetryConfig::disabled())
}

async fn send(client: &Client) -> Result<(), connectparticipant::Error> {
    let request = client.send_message().content_type("text/plain");
    let request = request.content("hello").connection_token("a-token");
    request.send().await?;
    Ok(())
}

/// The request of a call with these settings.
async fn request(set: impl FnOnce(Builder) -> Builder) -> Request {
    let server = Server::start(vec![Answer::json("{}")]);
    let client = Client::from_conf(set(config(&server)).build());
    send(&client).await.expect("an answer");
    server.requests().remove(0)
}

/// Credentials that last an hour, and how often they were asked for.
#[derive(Clone, Debug, Default)]
struct Counted(Arc<AtomicUsize>);

impl ProvideCredentials for Counted {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        self.0.fetch_add(1, Ordering::Relaxed);
        let end = SystemTime::now() + Duration::from_hours(1);
        let credentials = Credentials::new("AKID", "a-secret", None, Some(end), "test");
        future::ProvideCredentials::ready(Ok(credentials))
    }
}

/// How often two calls each of two clients ask for credentials.
async fn asked(set: impl Fn(Builder) -> Builder) -> usize {
    let server = Server::start(vec![Answer::json("{}")]);
    let provider = Counted::default();
    let settings = set(config(&server)).credentials_provider(provider.clone());
    for _ in 0..2 {
        let client = Client::from_conf(settings.clone().build());
        send(&client).await.expect("an answer");
        send(&client).await.expect("an answer");
    }
    provider.0.load(Ordering::Relaxed)
}

#[tokio::test]
async fn the_cache_of_credentials() {
    assert_eq!(asked(|config| config).await, 2, "a cache of each client");
    let none = |config: Builder| config.identity_cache(IdentityCache::no_cache());
    assert_eq!(asked(none).await, 4);
    let shared = IdentityCache::lazy().build();
    let shared = |config: Builder| config.identity_cache(shared.clone());
    assert_eq!(asked(shared).await, 1);
    let early = || IdentityCache::lazy().buffer_time(Duration::from_hours(9));
    let early = |config: Builder| config.identity_cache(early().build());
    assert_eq!(asked(early).await, 4);
}

#[tokio::test]
async fn credentials_of_a_call_have_a_cache_of_their_own() {
    let server = Server::start(vec![Answer::json("{}")]);
    let provider = Counted::default();
    let client = Client::from_conf(config(&server).build());
    let of_call = Config::builder().credentials_provider(provider.clone());
    let request = client.send_message().content_type("text/plain");
    let request = request.content("hello").connection_token("a-token");
    let call = request.customize().config_override(of_call);
    call.send().await.expect("an answer");
    assert_eq!(provider.0.load(Ordering::Relaxed), 1);
}

/// A client of a server that always fails, and how many requests a call of it sends.
async fn failing(set: impl Fn(Builder) -> Builder) -> (Client, usize) {
    let server = Server::start(vec![Answer::status(500, "{}")]);
    let retry = RetryConfig::standard().with_initial_backoff(Duration::from_millis(1));
    let client = Client::from_conf(set(config(&server).retry_config(retry)).build());
    send(&client).await.expect_err("an error");
    (client, server.requests().len())
}

#[tokio::test]
async fn a_quota_of_retries_is_shared() {
    assert_eq!(failing(|config| config).await.1, 3);
    let bucket = TokenBucket::builder().capacity(5).retry_cost(5).build();
    let partition = RetryPartition::custom("mine").token_bucket(bucket).build();
    let few = |config: Builder| config.retry_partition(partition.clone());
    // As long as there is the client, its last retry counts.
    let (_client, sent) = failing(few).await;
    assert_eq!(sent, 2);
    assert_eq!(failing(few).await.1, 1, "nothing is left");
    let by_name = |config: Builder| config.retry_partition(RetryPartition::new("a name"));
    assert_eq!(failing(by_name).await.1, 3);
}

#[tokio::test]
async fn a_success_gives_back_what_a_retry_took() {
    let bucket = TokenBucket::builder().capacity(5).retry_cost(5).build();
    let partition = RetryPartition::custom("mine").token_bucket(bucket).build();
    let retry = RetryConfig::standard().with_initial_backoff(Duration::from_millis(1));
    for _ in 0..2 {
        let server = Server::start(vec![Answer::status(500, "{}"), Answer::json("{}")]);
        let config = config(&server).retry_config(retry.clone());
        let client = Client::from_conf(config.retry_partition(partition.clone()).build());
        send(&client).await.expect("the second attempt succeeds");
    }
}

#[tokio::test]
async fn the_adaptive_mode_retries_too() {
    let server = Server::start(vec![Answer::status(500, "{}"), Answer::json("{}")]);
    let retry = RetryConfig::adaptive().with_initial_backoff(Duration::from_millis(1));
    let client = Client::from_conf(config(&server).retry_config(retry).build());
    send(&client).await.expect("the second attempt succeeds");
}

#[derive(Debug)]
struct Ids(Option<&'static str>);

impl InvocationIdGenerator for Ids {
    fn generate(&self) -> Result<Option<InvocationId>, BoxError> {
        Ok(self.0.map(|id| InvocationId::new(id.to_owned())))
    }
}

#[tokio::test]
async fn the_id_of_a_call() {
    let id = |request: Request| request.header("amz-sdk-invocation-id").map(str::to_owned);
    let given = request(|config| config.invocation_id_generator(Ids(Some("call-1")))).await;
    assert_eq!(id(given).as_deref(), Some("call-1"));
    let none = request(|config| config.invocation_id_generator(Ids(None))).await;
    assert_eq!(id(none), None);
    assert_eq!(
        id(request(|config| config).await).map(|id| id.len()),
        Some(36)
    );
}

#[tokio::test]
async fn the_defaults_of_tests() {
    let one = request(Builder::with_test_defaults_v2).await;
    assert_eq!(one.header("x-amz-date"), Some("20090213T233130Z"));
    let agent = one.header("user-agent").expect("a user agent");
    assert!(agent.starts_with("aws-sdk-rust/0.123.test "), "{agent}");
    let signature = one.header("authorization").expect("a signature");
    assert!(signature.contains("=ANOTREAL/"), "{signature}");
    assert_eq!(
        Config::builder()
            .with_test_defaults_v2()
            .build()
            .region()
            .map(AsRef::as_ref),
        Some("us-east-1")
    );
}

/// Notes an attribute.
#[derive(Clone, Debug, Default)]
struct Attributes(Arc<Mutex<Vec<Option<String>>>>);

impl Intercept for Attributes {
    fn name(&self) -> &'static str {
        "Attributes"
    }

    fn read_before_serialization(
        &self,
        _: &BeforeSerializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let captured = bag.load::<CapturedTelemetryAttributes>();
        let text = |name| captured.and_then(|all| all.get(name)).map(str::to_owned);
        let mut seen = self.0.lock().expect("a lock");
        *seen = ["ContentType", "ConnectionToken", "Content"]
            .map(text)
            .into();
        Ok(())
    }
}

#[tokio::test]
async fn members_that_interceptors_find() {
    let seen = Attributes::default();
    request(|config| {
        config
            .interceptor(seen.clone())
            .emit_input_attributes(["ContentType"])
            .capture_input_attributes(["ConnectionToken"])
    })
    .await;
    let seen = seen.0.lock().expect("a lock");
    assert_eq!(*seen, [Some("text/plain".to_owned()), None, None]);
}

/// Notes settings.
#[derive(Clone, Debug, Default)]
struct Settings(Arc<Mutex<Vec<String>>>);

impl Intercept for Settings {
    fn name(&self) -> &'static str {
        "Settings"
    }

    fn read_before_execution(
        &self,
        _: &BeforeSerializationInterceptorContextRef<'_>,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let stalled = bag.load::<StalledStreamProtectionConfig>();
        let mode = bag.load::<AccountIdEndpointMode>();
        let found = [
            bag.load::<SigningName>().map(|of| of.as_ref().to_owned()),
            bag.load::<SigningRegion>().map(|of| of.as_ref().to_owned()),
            bag.load::<EndpointUrl>().map(|of| of.0.clone()),
            bag.load::<UseFips>().map(|of| of.0.to_string()),
            bag.load::<UseDualStack>().map(|of| of.0.to_string()),
            stalled.map(|of| of.grace_period().as_secs().to_string()),
            mode.map(ToString::to_string),
            bag.load::<RequestChecksumCalculation>()
                .map(|of| format!("{of:?}")),
            bag.load::<ResponseChecksumValidation>()
                .map(|of| format!("{of:?}")),
        ];
        let found = found.map(|of| of.unwrap_or_else(|| "-".to_owned()));
        *self.0.lock().expect("a lock") = found.into();
        Ok(())
    }
}

/// Custom interceptors and authentication schemes look there for what their own requests need.
#[tokio::test]
async fn settings_that_interceptors_find() {
    let server = Server::start(vec![Answer::json("{}")]);
    let seen = Settings::default();
    let client = Client::from_conf(config(&server).interceptor(seen.clone()).build());
    send(&client).await.expect("an answer");
    let found = seen.0.lock().expect("a lock").clone();
    let url = server.url.as_str();
    let own = [
        "execute-api",
        "us-east-1",
        url,
        "-",
        "-",
        "20",
        "-",
        "-",
        "-",
    ];
    assert_eq!(found, own);

    let stalled = StalledStreamProtectionConfig::enabled().grace_period(Duration::from_secs(7));
    let all = Config::builder()
        .region(Region::new("eu-west-1"))
        .use_fips(false)
        .use_dual_stack(true)
        .stalled_stream_protection(stalled.build());
    let call = client.send_message().content_type("text/plain");
    let call = call.content("hello").connection_token("a-token");
    let call = call.customize().config_override(all).send();
    call.await
        .expect_err("a given endpoint can't be made dual-stack");
    let found = seen.0.lock().expect("a lock").clone();
    let others = [
        "execute-api",
        "eu-west-1",
        url,
        "false",
        "true",
        "7",
        "-",
        "-",
        "-",
    ];
    assert_eq!(found, others);
}

/// Stores a user agent of its own.
#[derive(Debug)]
struct Agent {
    replaces_header: bool,
}

impl Intercept for Agent {
    fn name(&self) -> &'static str {
        "Agent"
    }

    fn read_before_execution(
        &self,
        _: &BeforeSerializationInterceptorContextRef<'_>,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let api = bag.load::<ApiMetadata>().ok_or("no service")?;
        let agent = AwsUserAgent::new_from_environment(Env::from_slice(&[]), api.clone());
        let framework = FrameworkMetadata::new("a-framework", Some("3.2"))?;
        let state = bag.interceptor_state();
        state.store_put(agent.with_framework_metadata(framework));
        state.store_append(AwsSdkFeature::S3Transfer);
        Ok(())
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if self.replaces_header {
            let headers = context.request_mut().headers_mut();
            headers.insert("user-agent", "a-program/1");
        }
        Ok(())
    }
}

/// The user agents of a request: both headers, each with all of its values.
async fn agents(set: impl FnOnce(Builder) -> Builder) -> [Vec<String>; 2] {
    let request = request(set).await;
    ["user-agent", "x-amz-user-agent"].map(|name| {
        let headers = request.headers.iter().filter(|(of, _)| of == name);
        headers.map(|(_, value)| value.clone()).collect()
    })
}

/// The transfer manager for S3 does that.
#[tokio::test]
async fn user_agents_that_interceptors_store() {
    let replaces_header = false;
    let [agent, of_sdk] = agents(|config| config.interceptor(Agent { replaces_header })).await;
    assert_eq!((agent.len(), &agent), (1, &of_sdk));
    for part in [
        "aws-sdk-rust/",
        " api/connectparticipant/2018-09-07 ",
        " lib/a-framework/3.2",
        " m/G",
    ] {
        assert!(agent[0].contains(part), "{part}: {agent:?}");
    }
    let replaces_header = true;
    let [agent, of_sdk] = agents(|config| config.interceptor(Agent { replaces_header })).await;
    assert_eq!(
        (agent[0].as_str(), &agent[1..]),
        ("a-program/1", &of_sdk[..])
    );

    let [own, none] = agents(|config| config.interceptor(Settings::default())).await;
    assert!(
        own.len() == 1 && own[0].starts_with("swage/") && none.is_empty(),
        "{own:?}"
    );
}
