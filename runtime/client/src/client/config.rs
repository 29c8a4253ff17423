//! The settings of a client.

use super::settings::{
    AccountIdEndpointMode, Compression, RetryConfig, StalledStreamProtectionConfig, Timeouts,
};
use super::user_agent;
use crate::endpoint::Params;
use crate::operation::Service;
use crate::redact;
use crate::transport::{ConnectionSettings, Proxy, Transport};
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_credential_types::provider::token::SharedTokenProvider;
use aws_smithy_async::rt::sleep::SharedAsyncSleep;
use aws_smithy_async::time::{SharedTimeSource, SystemTimeSource};
use aws_smithy_types::checksum_config::{RequestChecksumCalculation, ResponseChecksumValidation};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// The source of idempotency tokens.
pub(crate) type TokenSource = Arc<dyn Fn() -> String + Send + Sync>;

/// All settings of a client.
#[derive(Clone)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a setting of its own"
)]
pub(crate) struct Config {
    pub(crate) service: &'static Service,
    pub(crate) region: Option<String>,
    pub(crate) endpoint_url: Option<String>,
    pub(crate) use_fips: bool,
    pub(crate) use_dual_stack: bool,
    pub(crate) endpoint_params: Params,
    pub(crate) anonymous: bool,
    pub(crate) credentials: Option<SharedCredentialsProvider>,
    pub(crate) token: Option<SharedTokenProvider>,
    pub(crate) api_key: Option<String>,
    pub(crate) basic: Option<(String, String)>,
    pub(crate) region_set: Vec<String>,
    pub(crate) auth_preference: Vec<String>,
    pub(crate) account_id_mode: Option<AccountIdEndpointMode>,
    pub(crate) host_prefixes: bool,
    /// Whether payloads have their type where `swage.cli#noContentType` says that commands send none.
    pub(crate) payload_types: bool,
    pub(crate) request_checksums: RequestChecksumCalculation,
    pub(crate) response_checksums: ResponseChecksumValidation,
    pub(crate) compression: Compression,
    pub(crate) timeouts: Timeouts,
    pub(crate) stalled_streams: StalledStreamProtectionConfig,
    pub(crate) retry: RetryConfig,
    pub(crate) connections: ConnectionSettings,
    pub(crate) transport: Option<Arc<dyn Transport>>,
    pub(crate) app_name: Option<String>,
    pub(crate) user_agent: Option<String>,
    pub(crate) max_response_size: usize,
    #[cfg(feature = "event-stream")]
    pub(crate) http2_prior_knowledge: Option<bool>,
    pub(crate) validates: bool,
    pub(crate) corrects_clock: bool,
    pub(crate) tokens: TokenSource,
    pub(crate) time: SharedTimeSource,
    pub(crate) sleep: Option<SharedAsyncSleep>,
}

/// 512 MiB: far above any service's responses, far below what exhausts a machine.
const MAX_RESPONSE_SIZE: usize = 512 << 20;

impl Config {
    pub(super) fn new(service: &'static Service) -> Self {
        Self {
            service,
            region: None,
            endpoint_url: None,
            use_fips: false,
            use_dual_stack: false,
            endpoint_params: Params::new(),
            anonymous: false,
            credentials: None,
            token: None,
            api_key: None,
            basic: None,
            region_set: Vec::new(),
            auth_preference: Vec::new(),
            account_id_mode: None,
            host_prefixes: true,
            payload_types: true,
            request_checksums: RequestChecksumCalculation::WhenSupported,
            response_checksums: ResponseChecksumValidation::WhenSupported,
            compression: Compression::DEFAULT,
            timeouts: Timeouts::DEFAULT,
            stalled_streams: StalledStreamProtectionConfig::enabled().build(),
            retry: RetryConfig::standard().for_service(service),
            connections: ConnectionSettings::default(),
            transport: None,
            app_name: None,
            user_agent: None,
            max_response_size: MAX_RESPONSE_SIZE,
            #[cfg(feature = "event-stream")]
            http2_prior_knowledge: None,
            validates: true,
            corrects_clock: true,
            tokens: Arc::new(super::uuid::random),
            time: SharedTimeSource::new(SystemTimeSource::new()),
            sleep: None,
        }
    }

    /// All invalid settings in one text; none when all are valid.
    pub(super) fn problems(&self) -> Option<String> {
        let mut problems = Vec::new();
        if let Some(url) = &self.endpoint_url
            && let Err(error) = super::target::check_url(url)
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
        if let Some(region) = self.region.as_ref().filter(|region| !is_fit(region)) {
            let region = redact::url(region);
            problems.push(format!("region: {region:?} can't be part of a host name"));
        }
        if self.retry.max_attempts == 0 {
            problems.push("retry_config: at least one attempt is needed".to_owned());
        }
        if self.compression.min_size > Compression::MAX_MIN_SIZE {
            problems.push(format!(
                "request_min_compression_size_bytes: at most {} are allowed",
                Compression::MAX_MIN_SIZE
            ));
        }
        for (name, value) in [
            ("app_name", &self.app_name),
            ("user_agent", &self.user_agent),
        ] {
            if let Some(value) = value.as_ref().filter(|value| !user_agent::is_valid(value)) {
                problems.push(format!(
                    "{name}: {value:?} has characters that are invalid in a header"
                ));
            }
        }
        problems.extend(self.zero_timeouts());
        if self.stalled_streams.is_enabled() && self.stalled_streams.grace_period().is_zero() {
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
        } = self.timeouts;
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
            .field("region", &self.region.as_deref().map(redact::url))
            .field(
                "endpoint_url",
                &self.endpoint_url.as_deref().map(redact::url),
            )
            .field("use_fips", &self.use_fips)
            .field("use_dual_stack", &self.use_dual_stack)
            .field("timeouts", &self.timeouts)
            .field("stalled_streams", &self.stalled_streams)
            .field("retry", &self.retry)
            .field("connections", &self.connections)
            .field("app_name", &self.app_name)
            .finish_non_exhaustive()
    }
}
