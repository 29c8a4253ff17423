//! Everything that a setting takes has a name in the generated crate.

use connectparticipant::config::endpoint::{
    DefaultResolver, ResolveEndpoint, SharedEndpointResolver,
};
use connectparticipant::config::http::{HttpRequest, HttpResponse};
use connectparticipant::config::retry::{
    ClassifyRetry, ErrorKind, ReconnectMode, RetryAction, RetryConfig, RetryConfigBuilder,
    RetryMode, RetryPartition,
};
use connectparticipant::config::timeout::{TimeoutConfig, TimeoutConfigBuilder};
use connectparticipant::config::{
    AccountIdEndpointMode, AppName, AsyncSleep, AuthSchemeId, AuthSchemePreference,
    BehaviorVersion, Builder, Credentials, FrameworkMetadata, HttpClient, IdempotencyTokenProvider,
    IdentityCache, Intercept, InvocationIdGenerator, ProvideCredentials, ProvideToken, Region,
    RequestChecksumCalculation, ResolveCachedIdentity, ResponseChecksumValidation,
    SharedAsyncSleep, SharedCredentialsProvider, SharedHttpClient, SharedIdentityCache,
    SharedInterceptor, SharedInvocationIdGenerator, SharedTimeSource, SharedTokenProvider,
    SigningRegionSet, StalledStreamProtectionConfig, TimeSource, Token,
};
use connectparticipant::error::ConfigError;
use connectparticipant::transport::{
    HyperTransport, RequestBody, ResponseBody, SendError, SendOptions, Transport,
};
use connectparticipant::{Client, Config};
use std::time::Duration;

/// Values of types that are built.
fn values(builder: Builder) -> Builder {
    let retry: RetryConfigBuilder = RetryConfigBuilder::new().max_attempts(2);
    let limits: TimeoutConfigBuilder =
        TimeoutConfig::builder().connect_timeout(Duration::from_secs(1));
    builder
        .region(Region::new("eu-west-2"))
        .endpoint_url("http://127.0.0.1:9")
        .use_fips(false)
        .use_dual_stack(false)
        .credentials_provider(Credentials::new("AKID", "secret", None, None, "test"))
        .token_provider(Token::new("token", None))
        .bearer_token_resolver(Token::new("token", None))
        .transport(HyperTransport::default())
        .retry_partition(RetryPartition::new("mine"))
        .retry_config(
            retry
                .reconnect_mode(ReconnectMode::ReuseAllConnections)
                .mode(RetryMode::Standard)
                .build(),
        )
        .timeout_config(limits.build())
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .app_name(AppName::new("app").expect("a name"))
        .framework_metadata(FrameworkMetadata::new("frame", Some("1")).expect("a name"))
        .auth_scheme_preference(AuthSchemePreference::from([AuthSchemeId::new("noAuth")]))
        .sigv4a_signing_region_set(SigningRegionSet::from(Region::new("*")))
        .account_id_endpoint_mode(AccountIdEndpointMode::Disabled)
        .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
        .response_checksum_validation(ResponseChecksumValidation::WhenRequired)
        .disable_request_compression(true)
        .request_min_compression_size_bytes(1)
        .aws_chunked_encoding_chunk_size(Some(8_192))
        .disable_clock_skew_correction(true)
        .idempotency_token_provider(IdempotencyTokenProvider::random())
        .behavior_version(BehaviorVersion::latest())
        .identity_cache(IdentityCache::no_cache())
        .endpoint_resolver(DefaultResolver::new())
}

/// Values of types that programs define themselves.
#[expect(dead_code, reason = "that it compiles is the test")]
fn own<C, T, I>(builder: Builder, (client, transport, ids): (C, T, I)) -> Builder
where
    C: HttpClient
        + AsyncSleep
        + TimeSource
        + ProvideCredentials
        + ProvideToken
        + ClassifyRetry
        + Intercept
        + ResolveCachedIdentity
        + ResolveEndpoint
        + Clone
        + 'static,
    T: Transport + 'static,
    I: InvocationIdGenerator + 'static,
{
    builder
        .http_client(client.clone())
        .sleep_impl(client.clone())
        .time_source(client.clone())
        .credentials_provider(client.clone())
        .token_provider(client.clone())
        .retry_classifier(client.clone())
        .interceptor(client.clone())
        .identity_cache(client.clone())
        .endpoint_resolver(client)
        .invocation_id_generator(ids)
        .transport(transport)
}

/// What [`own`] takes, where it is shared.
type Shared = (
    SharedHttpClient,
    SharedAsyncSleep,
    SharedTimeSource,
    SharedCredentialsProvider,
    SharedTokenProvider,
    SharedInvocationIdGenerator,
    SharedInterceptor,
    SharedIdentityCache,
    SharedEndpointResolver,
);

/// What the traits' methods take and return.
type Parts = (
    HttpRequest,
    HttpResponse,
    RetryAction,
    ErrorKind,
    RequestBody,
    ResponseBody,
    SendError,
    SendOptions,
    ConfigError,
);

#[test]
fn settings_have_names() {
    let config: Config = values(Config::builder()).build();
    assert_eq!(
        config.retry_config().map(RetryConfig::max_attempts),
        Some(2)
    );
    let _client = Client::from_conf(config);
    // That they compile is the test.
    let _: Option<(Shared, Parts)> = None;
}
