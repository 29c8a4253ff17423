//! The builder that takes a client's settings.

use super::super::Client;
use super::{Config, IdempotencyTokenProvider, RetryConfig};
use crate::endpoint::EndpointValue;
use crate::error::ConfigError;
use crate::operation::Service;
use crate::transport::{Proxy, Transport, Trust};
use aws_credential_types::provider::token::{ProvideToken, SharedTokenProvider};
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep};
use aws_smithy_async::time::{SharedTimeSource, TimeSource};
use aws_smithy_runtime_api::client::auth::{AuthSchemeId, AuthSchemePreference};
use aws_smithy_runtime_api::client::http::{HttpClient, SharedHttpClient};
use aws_smithy_runtime_api::client::identity::SharedIdentityResolver;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::checksum_config::{RequestChecksumCalculation, ResponseChecksumValidation};
use aws_smithy_types::timeout::{TimeoutConfig, TimeoutConfigBuilder};
use aws_types::app_name::AppName;
use aws_types::endpoint_config::AccountIdEndpointMode;
use aws_types::region::{Region, SigningRegionSet};
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// Builds a client. `C` is the type of the client: a generated crate's `Client`, or [`Client`] itself.
pub struct ClientBuilder<C = Client> {
    pub(crate) config: Config,
    made: PhantomData<fn() -> C>,
}

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ClientBuilder").field(&self.config).finish()
    }
}

impl<C> Clone for ClientBuilder<C> {
    fn clone(&self) -> Self {
        Self {
            config: self.config.clone(),
            made: PhantomData,
        }
    }
}

/// `fn x(self, value)` and `fn set_x(self, Option<value>)` for settings that are an `Option`.
macro_rules! optional {
    ($($(#[$doc:meta])* $name:ident, $set:ident, $type:ty => $place:ident $(.$inner:ident)?;)*) => {$(
        $(#[$doc])*
        #[must_use]
        pub fn $name(self, value: impl Into<$type>) -> Self {
            self.$set(Some(value.into()))
        }

        #[doc = concat!("Sets or clears [`Self::", stringify!($name), "`].")]
        #[must_use]
        pub fn $set(mut self, value: Option<$type>) -> Self {
            self.config.$place $(.$inner)? = value;
            self
        }
    )*};
}

/// The two setters of time limits: by the methods of `TimeoutConfigBuilder` that set and disable them.
macro_rules! time_limits {
    ($($(#[$doc:meta])* $name:ident, $set:ident: $limit:ident / $disable:ident;)*) => {$(
        $(#[$doc])*
        #[must_use]
        pub fn $name(self, value: impl Into<Duration>) -> Self {
            self.$set(Some(value.into()))
        }

        #[doc = concat!("Sets or removes [`Self::", stringify!($name), "`].")]
        #[must_use]
        pub fn $set(self, value: Option<Duration>) -> Self {
            let limits = TimeoutConfig::builder();
            self.limited(match value {
                Some(value) => limits.$limit(value),
                None => limits.$disable(),
            })
        }
    )*};
}

impl<C: From<Client>> ClientBuilder<C> {
    /// A builder with default settings, for a client of that service.
    pub fn new(service: &'static Service) -> Self {
        Self {
            config: Config::new(service),
            made: PhantomData,
        }
    }

    /// The service that the client calls.
    pub fn service(&self) -> &'static Service {
        self.config.service
    }

    /// The same settings for a [`Client`], which knows shapes by their schemas only.
    #[must_use]
    pub fn untyped(self) -> ClientBuilder {
        ClientBuilder {
            config: self.config,
            made: PhantomData,
        }
    }

    /// The client. Cheap: connects to nothing, reads no file, starts nothing.
    ///
    /// # Errors
    ///
    /// A setting is invalid. The error names all invalid settings at once.
    pub fn build(self) -> Result<C, ConfigError> {
        match self.config.problems() {
            Some(problems) => Err(ConfigError::Setting(problems)),
            None => Ok(C::from(Client::from_config(Arc::new(self.config), None))),
        }
    }

    /// Has calls answered without a service. Region and credentials need not be set.
    #[cfg(feature = "test-util")]
    pub(crate) fn answered_by(
        mut self,
        answers: impl crate::client::Answers + 'static,
        sleep: impl AsyncSleep + 'static,
    ) -> Self {
        let config = &mut self.config;
        config.answers = Some(Arc::new(answers));
        config
            .region
            .get_or_insert(Region::from_static("us-east-1"));
        if !config.anonymous && config.credentials.is_none() {
            let credentials = aws_credential_types::Credentials::for_tests();
            config.credentials = Some(SharedCredentialsProvider::new(credentials));
        }
        config.sleep = Some(SharedAsyncSleep::new(sleep));
        self
    }

    /// The client. With an invalid setting, every call on it fails with the error of [`ClientBuilder::build`].
    pub fn build_lenient(self) -> C {
        C::from(Client::from_conf(Arc::new(self.config)))
    }

    /// The region of endpoint and signature: a string or an `aws_types::region::Region`. No default.
    #[must_use]
    pub fn region(self, region: impl fmt::Display) -> Self {
        self.set_region(Some(region.to_string()))
    }

    /// Sets or clears [`Self::region`].
    #[must_use]
    pub fn set_region(mut self, region: Option<String>) -> Self {
        self.config.region = region.map(Region::new);
        self
    }

    optional! {
        /// The endpoint, instead of that of the endpoint rules: an `http://` or `https://` URL. Its path is put in front of
        /// the paths of operations.
        endpoint_url, set_endpoint_url, String => endpoint_url;
        /// How long an idle connection is kept. It is closed after at least that time and at most twice that time.
        /// Default: 1 min. None: until the server closes it.
        pool_idle_timeout, set_pool_idle_timeout, Duration => connections.idle_timeout;
        /// Products in front of this library's in the user agent, such as `connectparticipant/1.0`.
        user_agent, set_user_agent, String => user_agent;
        /// The key for services with `@httpApiKeyAuth`.
        api_key, set_api_key, String => api_key;
    }

    time_limits! {
        /// The time limit for making a connection: DNS, TCP, the proxy's response, TLS.
        /// Default: 3.1 s. None: no limit.
        connect_timeout, set_connect_timeout: connect_timeout / disable_connect_timeout;
        /// The time limit for the service's silence once the connection is made: it neither takes a byte of the request nor
        /// sends a byte of the response. Time in which the caller gives or takes nothing doesn't count. Default: none, but
        /// see [`Self::stalled_stream_protection`].
        read_timeout, set_read_timeout: read_timeout / disable_read_timeout;
        /// The time limit for one attempt, from connecting to the end of the response, or to its head if it is streamed.
        /// Default: none.
        attempt_timeout, set_attempt_timeout: operation_attempt_timeout / disable_operation_attempt_timeout;
        /// The time limit for a call: credentials, all attempts, and the delays between them. Default: none.
        operation_timeout, set_operation_timeout: operation_timeout / disable_operation_timeout;
    }

    /// The name of the application in the user agent: letters, digits, and the characters ``!#$%&'*+-.^_`|~``.
    #[must_use]
    pub fn app_name(mut self, name: impl Into<String>) -> Self {
        match AppName::new(name.into()) {
            Ok(name) => self.config.app_name = Some(name),
            Err(error) => self.config.refused.push(format!("app_name: {error}")),
        }
        self
    }

    /// The source of credentials: an `aws_credential_types::Credentials`, or any provider, such as one of aws-config.
    /// Credentials are cached until they expire.
    #[must_use]
    pub fn credentials_provider(self, provider: impl ProvideCredentials + 'static) -> Self {
        self.set_credentials_provider(Some(SharedCredentialsProvider::new(provider)))
    }

    /// Sets or clears [`Self::credentials_provider`].
    #[must_use]
    pub fn set_credentials_provider(mut self, provider: Option<SharedCredentialsProvider>) -> Self {
        self.config.credentials = provider;
        self
    }

    /// The source of credentials that are used where a session is needed, such as for directory buckets of S3. No session is
    /// created then.
    #[must_use]
    pub fn session_credentials_provider(
        mut self,
        provider: impl ProvideCredentials + 'static,
    ) -> Self {
        self.config.session_credentials = Some(SharedCredentialsProvider::new(provider));
        self
    }

    /// Sends all requests unsigned, even if the model asks for a signature and there are credentials.
    #[must_use]
    pub fn anonymous(mut self) -> Self {
        self.config.anonymous = true;
        self
    }

    /// [`Self::anonymous`] under the name of the official crates.
    #[must_use]
    pub fn no_credentials(self) -> Self {
        self.anonymous()
    }

    /// The source of tokens for `@httpBearerAuth`.
    #[must_use]
    pub fn token_provider(self, provider: impl ProvideToken + 'static) -> Self {
        self.set_token_provider(Some(SharedTokenProvider::new(provider)))
    }

    /// Sets or clears [`Self::token_provider`].
    #[must_use]
    pub fn set_token_provider(mut self, provider: Option<SharedTokenProvider>) -> Self {
        self.config.token = provider.map(SharedIdentityResolver::new);
        self
    }

    /// User name and password for services with `@httpBasicAuth`.
    #[must_use]
    pub fn basic_auth(mut self, user: impl Into<String>, password: impl Into<String>) -> Self {
        self.config.basic = Some((user.into(), password.into()));
        self
    }

    /// Whether to use endpoints that comply with FIPS 140. Default: false.
    #[must_use]
    pub fn use_fips(mut self, on: bool) -> Self {
        self.config.use_fips = Some(on);
        self
    }

    /// Whether to use endpoints that support both IPv4 and IPv6. Default: false.
    #[must_use]
    pub fn use_dual_stack(mut self, on: bool) -> Self {
        self.config.use_dual_stack = Some(on);
        self
    }

    /// A parameter of the endpoint rules that clients may set (`smithy.rules#clientContextParams`), by its name in the
    /// rules. A generated crate has a setting for each: `force_path_style(true)` of its trait `ClientParams`.
    #[must_use]
    pub fn endpoint_param(self, name: &str, value: impl Into<EndpointValue>) -> Self {
        self.set_endpoint_param(name, Some(value.into()))
    }

    /// Sets or clears [`Self::endpoint_param`].
    #[must_use]
    pub fn set_endpoint_param(mut self, name: &str, value: Option<EndpointValue>) -> Self {
        self.config.endpoint_params.set_or_clear(name, value);
        self
    }

    /// The regions in which `aws.auth#sigv4a` signatures are valid, instead of those of the endpoint.
    #[must_use]
    pub fn sigv4a_signing_region_set<R: Into<String>>(
        mut self,
        regions: impl IntoIterator<Item = R>,
    ) -> Self {
        let regions: Vec<String> = regions.into_iter().map(Into::into).collect();
        let set = (!regions.is_empty()).then(|| Region::new(regions.join(",")));
        self.config.region_set = set.map(SigningRegionSet::from);
        self
    }

    /// The preferred authentication schemes, for services with several: `sigv4`, `sigv4a`, `httpBearerAuth`,
    /// `httpBasicAuth`, `httpApiKeyAuth`, `noAuth`. The others follow in the service's order.
    #[must_use]
    pub fn auth_scheme_preference<N: Into<String>>(
        mut self,
        names: impl IntoIterator<Item = N>,
    ) -> Self {
        let ids = names.into_iter().map(|name| Cow::<str>::Owned(name.into()));
        let ids: Vec<AuthSchemeId> = ids.map(AuthSchemeId::from).collect();
        self.config.auth_preference = Some(AuthSchemePreference::from(ids));
        self
    }

    /// Whether endpoints of the caller's AWS account are used. Default: if the account of the credentials is known.
    #[must_use]
    pub fn account_id_endpoint_mode(mut self, mode: AccountIdEndpointMode) -> Self {
        self.config.account_id_mode = Some(mode);
        self
    }

    /// Whether an operation of the service is asked for the endpoints of others (`aws.api#clientEndpointDiscovery`). An endpoint
    /// URL that is set is used in any case. Default: only where an operation needs it, as those of Amazon Timestream do.
    #[must_use]
    pub fn endpoint_discovery(mut self, on: bool) -> Self {
        self.config.endpoint_discovery = Some(on);
        self
    }

    /// Leaves out the host prefixes of operations (`@endpoint`), for a server with a single host name.
    #[must_use]
    pub fn disable_host_prefix(mut self, on: bool) -> Self {
        self.config.host_prefixes = !on;
        self
    }

    /// Sends no `Content-Type` of its own for the payloads of operations with `swage.cli#noContentType`, as the command does.
    /// Default: false, so that a stream is sent as `application/octet-stream`.
    #[must_use]
    pub fn no_payload_content_type(mut self) -> Self {
        self.config.payload_types = false;
        self
    }

    /// Percent-encodes the values of members with `swage.api#percentEncoded`, as the command does. Default: false, because callers
    /// of AWS's crates give them encoded.
    #[must_use]
    pub fn percent_encode(mut self) -> Self {
        self.config.encodes = true;
        self
    }

    /// Whether requests have a checksum where the service takes one, or only where it requires one. Default: where
    /// it takes one. [How often a stream is read](crate::client#how-often-a-stream-is-read) depends on it.
    #[must_use]
    pub fn request_checksum_calculation(mut self, when: RequestChecksumCalculation) -> Self {
        self.config.request_checksums = Some(when);
        self
    }

    /// Whether responses are checked whenever they have a checksum, or only where the input asks for it. Default:
    /// whenever they have one.
    #[must_use]
    pub fn response_checksum_validation(mut self, when: ResponseChecksumValidation) -> Self {
        self.config.response_checksums = Some(when);
        self
    }

    /// Turns off the compression of requests. Default: requests are compressed if the model allows it and they are large
    /// enough.
    #[must_use]
    pub fn disable_request_compression(mut self, on: bool) -> Self {
        self.config.disable_compression = Some(on);
        self
    }

    /// The minimum size in bytes of a request to be compressed. Default: 10,240. Maximum: 10,485,760.
    #[must_use]
    pub fn request_min_compression_size_bytes(mut self, size: u32) -> Self {
        self.config.min_compression_size = Some(size);
        self
    }

    /// The size in bytes of the chunks in which streams with a trailing checksum are sent; `None` for a single chunk.
    /// Default: 65,536. Minimum: 8,192.
    #[must_use]
    pub fn aws_chunked_encoding_chunk_size(mut self, size: Option<usize>) -> Self {
        self.config.chunk_size = Some(size);
        self
    }

    /// How calls are retried: a [`RetryConfig`] or an `aws_smithy_types::retry::RetryConfig`.
    #[must_use]
    pub fn retry_config(mut self, retry: impl Into<RetryConfig>) -> Self {
        self.config.retry = Some(retry.into());
        self
    }

    /// Sets all time limits at once. Unset ones stay as they are; disabled ones are removed.
    #[must_use]
    pub fn timeout_config(mut self, limits: &TimeoutConfig) -> Self {
        self.config.limit(limits);
        self
    }

    fn limited(self, limits: TimeoutConfigBuilder) -> Self {
        self.timeout_config(&limits.build())
    }

    /// Ends stalled transfers: a download if the service sends nothing for the grace period, an upload if it takes nothing
    /// for that long. Pauses of the caller, the time until a response begins, and the time between events of a stream don't
    /// count. A stalled download fails at its next piece; other calls fail with
    /// [`TimeoutKind::Stalled`](crate::error::TimeoutKind), and are retried.
    ///
    /// Default: on for both, with a grace period of 20 s, as in the official crates.
    /// `StalledStreamProtectionConfig::disabled()` turns it off.
    #[must_use]
    pub fn stalled_stream_protection(self, config: StalledStreamProtectionConfig) -> Self {
        self.set_stalled_stream_protection(Some(config))
    }

    /// Sets [`Self::stalled_stream_protection`], or resets it to the default.
    #[must_use]
    pub fn set_stalled_stream_protection(
        mut self,
        config: Option<StalledStreamProtectionConfig>,
    ) -> Self {
        self.config.stalled_streams = config;
        self
    }

    /// Trusts only the certificates in this PEM text. It is parsed when the first https connection is made.
    #[must_use]
    pub fn ca_bundle(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.config.connections.trust = Trust::Pem(pem.into().into());
        self
    }

    /// Trusts only the certificates in this PEM file. It is read when the first https connection is made.
    #[must_use]
    pub fn ca_bundle_file(mut self, path: impl AsRef<Path>) -> Self {
        self.config.connections.trust = Trust::File(path.as_ref().into());
        self
    }

    /// Turns off the verification of certificates, so that anyone on the network path can read and change everything. Only
    /// for tests with servers of your own.
    #[must_use]
    pub fn dangerous_no_verify(mut self) -> Self {
        self.config.connections.trust = Trust::Anyone;
        self
    }

    /// Sends all requests through this proxy: `http://[user:password@]host[:port]`, or `https://…`. Default: the environment
    /// variables `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, in upper or lower case. `NO_PROXY` is read as the AWS CLI reads
    /// it: hosts with or without a port, separated by commas, which include their subdomains; or `*` for all hosts.
    #[must_use]
    pub fn proxy_url(mut self, url: impl Into<String>) -> Self {
        self.config.connections.proxy = Proxy::Url(url.into());
        self
    }

    /// Uses no proxy, even if the environment sets one.
    #[must_use]
    pub fn no_proxy(mut self) -> Self {
        self.config.connections.proxy = Proxy::Off;
        self
    }

    /// Sends requests through this transport instead of the default one, [`HyperTransport`](crate::transport::HyperTransport):
    /// a mock, a recorder, another HTTP library. Settings of connections (`ca_bundle`, `proxy_url`, `pool_…` and the like)
    /// count for the default one only; `connect_timeout` is handed to the transport.
    #[must_use]
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.config.transport = Some(Arc::new(transport));
        self
    }

    /// Sends requests through an HTTP client of the official crates instead of the default transport: one of
    /// aws-smithy-http-client, or a mock such as its `StaticReplayClient`. [`Self::transport`] takes precedence.
    #[must_use]
    pub fn http_client(mut self, client: impl HttpClient + 'static) -> Self {
        self.config.http_client = Some(SharedHttpClient::new(client));
        self
    }

    /// The maximum number of idle connections per host. 0 keeps none. Default: 50.
    #[must_use]
    pub fn pool_max_idle_per_host(mut self, connections: usize) -> Self {
        self.config.connections.max_idle = connections;
        self
    }

    /// The maximum size in bytes of a response in memory. Streamed responses have no limit. Default: 512 MiB. Error responses
    /// are limited to 16 MiB in any case.
    #[must_use]
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.config.max_response_size = bytes;
        self
    }

    /// Whether operations that only receive events use HTTP/2 for `http://` URLs, where the version can't be negotiated.
    /// Default: the version that the service's protocol prefers for event streams. Operations that send events always use
    /// HTTP/2, and for `https://` URLs the version is negotiated.
    #[cfg(feature = "event-stream")]
    #[must_use]
    pub fn http2_prior_knowledge(mut self, on: bool) -> Self {
        self.config.http2_prior_knowledge = Some(on);
        self
    }

    /// Turns off the validation of inputs, for callers that validate them.
    #[must_use]
    pub fn no_validation(mut self) -> Self {
        self.config.validates = false;
        self
    }

    /// The source of idempotency tokens. Default: random UUIDs.
    #[must_use]
    pub fn idempotency_token_source(
        mut self,
        source: impl Fn() -> String + Send + Sync + 'static,
    ) -> Self {
        self.config.tokens = Some(IdempotencyTokenProvider::from_fn(source));
        self
    }

    /// The clock, for signatures and for credentials that expire. Default: the system's.
    #[must_use]
    pub fn time_source(mut self, source: impl TimeSource + 'static) -> Self {
        self.config.time = Some(SharedTimeSource::new(source));
        self
    }

    /// Signs with the local clock even if the service says that it is wrong. Default: false.
    #[must_use]
    pub fn disable_clock_skew_correction(mut self, on: bool) -> Self {
        self.config.disable_clock_correction = Some(on);
        self
    }

    /// How to wait before a retry, and for the time limits of calls and attempts. Default: Tokio's timer.
    #[must_use]
    pub fn sleep_impl(mut self, sleep: impl AsyncSleep + 'static) -> Self {
        self.config.sleep = Some(SharedAsyncSleep::new(sleep));
        self
    }
}
