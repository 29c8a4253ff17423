//! The settings of a client.
//!
//! | module | does |
//! | --- | --- |
//! | `types`, `invocation_id` | types of settings |
//! | `builder` | the builder of clients |
//! | `auth_schemes` | resolvers of authentication schemes |
//! | `sdk_config` | settings from an `SdkConfig` |

#[doc(hidden)]
pub mod auth_schemes;
mod builder;
mod invocation_id;
mod sdk_config;
mod types;

pub use builder::ClientBuilder;
pub(super) use invocation_id::header as invocation_id;
pub use invocation_id::{InvocationId, InvocationIdGenerator, SharedInvocationIdGenerator};
pub(super) use types::Timeouts;
pub use types::{IdempotencyTokenProvider, RetryConfig};

use super::user_agent;
use crate::endpoint::Params;
use crate::operation::{Auth, Operation, Service, ServiceTrait};
use crate::redact;
use crate::transport::{ConnectionSettings, Proxy, Transport};
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep};
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_runtime::client::retries::RetryPartition;
use aws_smithy_runtime_api::client::auth::{
    AuthSchemePreference, SharedAuthScheme, SharedAuthSchemeOptionResolver,
};
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::endpoint::SharedEndpointResolver;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_runtime_api::client::identity::{SharedIdentityCache, SharedIdentityResolver};
use aws_smithy_runtime_api::client::interceptors::SharedInterceptor;
use aws_smithy_runtime_api::client::retries::classifiers::SharedRetryClassifier;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::checksum_config::{RequestChecksumCalculation, ResponseChecksumValidation};
use aws_smithy_types::telemetry::RequestedTelemetryAttributes;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::app_name::AppName;
use aws_types::endpoint_config::AccountIdEndpointMode;
use aws_types::region::{Region, SigningRegionSet};
use aws_types::sdk_ua_metadata::FrameworkMetadata;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// All settings of a client. `None` is the default.
#[doc(hidden)]
#[allow(
    missing_docs,
    clippy::struct_excessive_bools,
    reason = "each is a setting of its own, and the builder's setters explain them"
)]
#[derive(Clone)]
pub struct Config {
    pub service: &'static Service,
    pub region: Option<Region>,
    pub endpoint_url: Option<String>,
    pub use_fips: Option<bool>,
    pub use_dual_stack: Option<bool>,
    pub endpoint_params: Params,
    pub anonymous: bool,
    pub credentials: Option<SharedCredentialsProvider>,
    /// Credentials instead of those of sessions.
    pub session_credentials: Option<SharedCredentialsProvider>,
    pub token: Option<SharedIdentityResolver>,
    pub identity_cache: Option<SharedIdentityCache>,
    pub(crate) api_key: Option<String>,
    pub(crate) basic: Option<(String, String)>,
    pub region_set: Option<SigningRegionSet>,
    pub auth_preference: Option<AuthSchemePreference>,
    pub auth_schemes: Vec<SharedAuthScheme>,
    pub auth_scheme_resolver: Option<SharedAuthSchemeOptionResolver>,
    pub endpoint_resolver: Option<SharedEndpointResolver>,
    pub account_id_mode: Option<AccountIdEndpointMode>,
    pub(crate) endpoint_discovery: Option<bool>,
    pub(crate) host_prefixes: bool,
    /// Whether payloads have their type where `swage.cli#noContentType` says that commands send none.
    pub(crate) payload_types: bool,
    /// Whether the values of members with `swage.api#percentEncoded` are encoded.
    pub(crate) encodes: bool,
    pub request_checksums: Option<RequestChecksumCalculation>,
    pub response_checksums: Option<ResponseChecksumValidation>,
    pub disable_compression: Option<bool>,
    /// In bytes.
    pub min_compression_size: Option<u32>,
    /// In bytes; none within for a single chunk.
    pub chunk_size: Option<Option<usize>>,
    pub timeouts: Option<TimeoutConfig>,
    pub stalled_streams: Option<StalledStreamProtectionConfig>,
    pub retry: Option<RetryConfig>,
    pub retry_partition: Option<RetryPartition>,
    pub(crate) connections: ConnectionSettings,
    pub transport: Option<Arc<dyn Transport>>,
    pub http_client: Option<SharedHttpClient>,
    /// What answers calls instead of the service.
    #[cfg(feature = "test-util")]
    pub(crate) answers: Option<Arc<dyn super::Answers>>,
    pub app_name: Option<AppName>,
    pub frameworks: Vec<FrameworkMetadata>,
    pub(crate) user_agent: Option<String>,
    /// The whole header, for tests.
    pub(crate) fixed_user_agent: Option<&'static str>,
    pub invocation_ids: Option<SharedInvocationIdGenerator>,
    pub(crate) max_response_size: usize,
    #[cfg(feature = "event-stream")]
    pub(crate) http2_prior_knowledge: Option<bool>,
    pub(crate) validates: bool,
    /// Whether requests are sent unsigned where nothing else is possible.
    pub allows_no_auth: bool,
    pub disable_clock_correction: Option<bool>,
    pub tokens: Option<IdempotencyTokenProvider>,
    pub time: Option<SharedTimeSource>,
    pub sleep: Option<SharedAsyncSleep>,
    pub behavior_version: Option<BehaviorVersion>,
    pub interceptors: Vec<SharedInterceptor>,
    pub retry_classifiers: Vec<SharedRetryClassifier>,
    /// The members of inputs that interceptors find in the configuration.
    pub attributes: RequestedTelemetryAttributes,
    /// Whether signatures leave out the body.
    pub(crate) unsigned_payload: bool,
    /// What is wrong with settings that weren't taken.
    pub(crate) refused: Vec<String>,
}

/// 512 MiB: far above any service's responses, far below what exhausts a machine.
const MAX_RESPONSE_SIZE: usize = 512 << 20;

/// The default minimum size in bytes of a request to be compressed.
#[cfg(feature = "compression")]
const MIN_COMPRESSION_SIZE: u32 = 10_240;
/// Its maximum.
const MAX_MIN_COMPRESSION_SIZE: u32 = 10_485_760;

/// The user agent of the official crates' tests.
#[cfg(feature = "test-util")]
const TEST_USER_AGENT: &str =
    "aws-sdk-rust/0.123.test api/test-service/0.123 os/windows/XPSP3 lang/rust/1.50.0";

impl Config {
    /// The default settings for a service.
    pub fn new(service: &'static Service) -> Self {
        Self {
            service,
            region: None,
            endpoint_url: None,
            use_fips: None,
            use_dual_stack: None,
            endpoint_params: Params::new(),
            anonymous: false,
            credentials: None,
            session_credentials: None,
            token: None,
            identity_cache: None,
            api_key: None,
            basic: None,
            region_set: None,
            auth_preference: None,
            auth_schemes: Vec::new(),
            auth_scheme_resolver: None,
            endpoint_resolver: None,
            account_id_mode: None,
            endpoint_discovery: None,
            host_prefixes: true,
            payload_types: true,
            encodes: false,
            request_checksums: None,
            response_checksums: None,
            disable_compression: None,
            min_compression_size: None,
            chunk_size: None,
            timeouts: None,
            stalled_streams: None,
            retry: None,
            retry_partition: None,
            connections: ConnectionSettings::default(),
            transport: None,
            http_client: None,
            #[cfg(feature = "test-util")]
            answers: None,
            app_name: None,
            frameworks: Vec::new(),
            user_agent: None,
            fixed_user_agent: None,
            invocation_ids: None,
            max_response_size: MAX_RESPONSE_SIZE,
            #[cfg(feature = "event-stream")]
            http2_prior_knowledge: None,
            validates: true,
            allows_no_auth: false,
            disable_clock_correction: None,
            tokens: None,
            time: None,
            sleep: None,
            behavior_version: None,
            interceptors: Vec::new(),
            retry_classifiers: Vec::new(),
            attributes: RequestedTelemetryAttributes::default(),
            unsigned_payload: false,
            refused: Vec::new(),
        }
    }

    /// The name of the service in signatures; empty if there are none.
    pub fn signing_name(&self) -> &'static str {
        let mut schemes = self.service.auth.iter();
        let name = schemes.find_map(|scheme| match scheme {
            Auth::SigV4 { name } | Auth::SigV4a { name } => Some(*name),
            _ => None,
        });
        name.unwrap_or_default()
    }

    /// Sets what makes requests the same in each run.
    #[cfg(feature = "test-util")]
    pub fn make_testable(&mut self) {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_234_567_890);
        let credentials = aws_credential_types::Credentials::for_tests();
        let time = aws_smithy_async::time::StaticTimeSource::new(time);
        self.time = Some(SharedTimeSource::new(time));
        self.credentials = Some(SharedCredentialsProvider::new(credentials));
        self.fixed_user_agent = Some(TEST_USER_AGENT);
        self.behavior_version = Some(BehaviorVersion::latest());
    }

    /// The region's name.
    pub(crate) fn region(&self) -> Option<&str> {
        self.region.as_ref().map(AsRef::as_ref)
    }

    /// Whether the operation's requests are sent unsigned where none of its schemes can be used.
    pub(crate) fn may_be_unsigned(&self, operation: &Operation) -> bool {
        let without = || operation.service.has(ServiceTrait::UnsignedWithoutProvider);
        operation.optional_auth || self.allows_no_auth || (self.credentials.is_none() && without())
    }

    /// How calls are retried.
    pub(crate) fn retry(&self) -> RetryConfig {
        match self.retry.clone() {
            // The official type can't name errors, so those of the service are retried as without it.
            Some(retry) if retry.sdk().is_some() => retry.with_errors_of(self.service),
            Some(retry) => retry,
            None => RetryConfig::standard().for_service(self.service),
        }
    }

    /// The time limits.
    pub(crate) fn timeouts(&self) -> Timeouts {
        Timeouts::new(self.timeouts.as_ref())
    }

    pub(crate) fn stalled_streams(&self) -> StalledStreamProtectionConfig {
        let config = self.stalled_streams.clone();
        config.unwrap_or_else(|| StalledStreamProtectionConfig::enabled().build())
    }

    /// The time, from the client's clock.
    pub(crate) fn now(&self) -> SystemTime {
        self.time
            .as_ref()
            .map_or_else(SystemTime::now, SharedTimeSource::now)
    }

    pub(crate) async fn sleep(&self, time: Duration) {
        match &self.sleep {
            Some(sleep) => AsyncSleep::sleep(sleep, time).await,
            None => tokio::time::sleep(time).await,
        }
    }

    /// The minimum size in bytes of a request to be compressed; none if requests aren't compressed.
    #[cfg(feature = "compression")]
    pub(crate) fn compresses_from(&self) -> Option<u32> {
        let size = self.min_compression_size.unwrap_or(MIN_COMPRESSION_SIZE);
        (self.disable_compression != Some(true)).then_some(size)
    }

    /// These settings with those of a call, which take precedence. Interceptors and the like are added.
    pub(crate) fn overridden(&self, by: Self) -> Self {
        let mut all = self.clone();
        let keeps_transport = by.http_client.is_none();
        // The cache of the client isn't filled with the credentials of single calls.
        if by.credentials.is_some() {
            all.identity_cache = None;
        }
        /// Takes fields that are set.
        macro_rules! take {
            ($($field:ident)*) => {$( all.$field = by.$field.or(all.$field); )*};
        }
        take! {
            region endpoint_url use_fips use_dual_stack credentials session_credentials token region_set auth_preference
            account_id_mode
            request_checksums response_checksums disable_compression min_compression_size chunk_size stalled_streams
            retry
            http_client app_name disable_clock_correction tokens time sleep behavior_version identity_cache retry_partition
            invocation_ids fixed_user_agent
            auth_scheme_resolver endpoint_resolver
        }
        all.transport = by.transport.or(all.transport.filter(|_| keeps_transport));
        if let Some(limits) = &by.timeouts {
            all.limit(limits);
        }
        all.endpoint_params.extend(by.endpoint_params);
        all.frameworks.extend(by.frameworks);
        all.interceptors.extend(by.interceptors);
        all.retry_classifiers.extend(by.retry_classifiers);
        all.auth_schemes.extend(by.auth_schemes);
        if !by.attributes.is_empty() {
            all.attributes = by.attributes;
        }
        all.refused.extend(by.refused);
        all.allows_no_auth |= by.allows_no_auth;
        all.unsigned_payload |= by.unsigned_payload;
        all
    }

    /// Changes the time limits.
    pub(crate) fn limit(&mut self, limits: &TimeoutConfig) {
        let mut limits = limits.clone();
        if let Some(earlier) = &self.timeouts {
            limits.take_defaults_from(earlier);
        }
        self.timeouts = Some(limits);
    }

    /// All invalid settings in one text; none when all are valid.
    pub(super) fn problems(&self) -> Option<String> {
        let mut problems = self.refused.clone();
        if let Some(url) = &self.endpoint_url
            && let Err(error) = super::resolve::check_url(url)
        {
            problems.push(format!("endpoint_url: {error}"));
        }
        if let Proxy::Url(url) = &self.connections.proxy
            && crate::transport::matcher(url).is_none()
        {
            problems.push("proxy_url: not an http:// or https:// URL".to_owned());
        }
        // The region isn't part of a configured endpoint, and may be empty.
        let is_fit = |region: &str| {
            is_host_label(region) || (region.is_empty() && self.endpoint_url.is_some())
        };
        if let Some(region) = self.region().filter(|region| !is_fit(region)) {
            let region = redact::url(region);
            problems.push(format!("region: {region:?} can't be part of a host name"));
        }
        if self.retry().max_attempts == 0 {
            problems.push("retry_config: at least one attempt is needed".to_owned());
        }
        if self.min_compression_size > Some(MAX_MIN_COMPRESSION_SIZE) {
            problems.push(format!(
                "request_min_compression_size_bytes: at most {MAX_MIN_COMPRESSION_SIZE} are allowed"
            ));
        }
        if let Some(value) = &self.user_agent
            && !user_agent::is_valid(value)
        {
            problems.push(format!(
                "user_agent: {value:?} has characters that are invalid in a header"
            ));
        }
        problems.extend(self.zero_timeouts());
        let stalled = self.stalled_streams();
        if stalled.is_enabled() && stalled.grace_period().is_zero() {
            problems.push(
                "stalled_stream_protection: the grace period must be longer than zero".to_owned(),
            );
        }
        (!problems.is_empty()).then(|| problems.join("; "))
    }

    fn zero_timeouts(&self) -> impl Iterator<Item = String> {
        let Timeouts {
            connect,
            read,
            attempt,
            operation,
        } = self.timeouts();
        [
            ("connect", connect),
            ("read", read),
            ("attempt", attempt),
            ("operation", operation),
        ]
        .into_iter()
        .filter(|(_, limit)| *limit == Some(Duration::ZERO))
        .map(|(name, _)| format!("{name}_timeout: must be longer than zero; None means no limit"))
    }
}

/// Whether it is one label of a host name. Any other region could send a request to another host.
pub(super) fn is_host_label(text: &str) -> bool {
    let inner = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
    (1..=63).contains(&text.len())
        && text.bytes().all(|byte| inner(&byte))
        && !text.starts_with('-')
        && !text.ends_with('-')
}

/// Never shows credentials, keys, tokens or a proxy's password.
impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("service", &self.service.sdk_id)
            .field("region", &self.region().map(redact::url))
            .field(
                "endpoint_url",
                &self.endpoint_url.as_deref().map(redact::url),
            )
            .field("use_fips", &self.use_fips)
            .field("use_dual_stack", &self.use_dual_stack)
            .field("timeouts", &self.timeouts())
            .field("stalled_streams", &self.stalled_streams())
            .field("retry", &self.retry())
            .field("connections", &self.connections)
            .field("app_name", &self.app_name)
            .finish_non_exhaustive()
    }
}
