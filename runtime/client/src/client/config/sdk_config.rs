//! Settings from an `SdkConfig`, which is what aws-config gives.

use super::super::Client;
use super::{ClientBuilder, Config};
use crate::operation::Service;
use aws_credential_types::Token;
use aws_smithy_runtime_api::client::auth::http::HTTP_BEARER_AUTH_SCHEME_ID;
use aws_smithy_runtime_api::client::identity::SharedIdentityResolver;
use aws_types::SdkConfig;
use aws_types::service_config::ServiceConfigKey;

impl Config {
    /// Takes what the configuration has. What it doesn't have stays as it is.
    pub fn take(&mut self, from: &SdkConfig) {
        /// Sets fields to values that are there.
        macro_rules! take {
            ($($field:ident: $value:expr;)*) => {$(
                if let Some(value) = $value {
                    self.$field = Some(value);
                }
            )*};
        }
        take! {
            region: from.region().cloned();
            endpoint_url: endpoint_url(from, self.service.sdk_id);
            use_fips: from.use_fips();
            use_dual_stack: from.use_dual_stack();
            credentials: from.credentials_provider();
            token: from.token_provider().map(SharedIdentityResolver::new);
            region_set: from.sigv4a_signing_region_set().cloned();
            auth_preference: from.auth_scheme_preference().cloned();
            account_id_mode: from.account_id_endpoint_mode().cloned();
            request_checksums: from.request_checksum_calculation();
            response_checksums: from.response_checksum_validation();
            disable_compression: from.disable_request_compression();
            min_compression_size: from.request_min_compression_size_bytes();
            stalled_streams: from.stalled_stream_protection();
            retry: from.retry_config().cloned().map(Into::into);
            http_client: from.http_client();
            app_name: from.app_name().cloned();
            disable_clock_correction: from.disable_clock_skew_correction();
            identity_cache: from.identity_cache();
            time: from.time_source();
            sleep: from.sleep_impl();
            behavior_version: from.behavior_version();
        }
        if let Some(token) = token_of_service(from, self.service) {
            if !from.get_origin("auth_scheme_preference").is_client_config() {
                self.auth_preference = Some([HTTP_BEARER_AUTH_SCHEME_ID].into());
            }
            if !from.get_origin("token_provider").is_client_config() {
                self.token = Some(SharedIdentityResolver::new(token));
            }
        }
        self.frameworks.extend_from_slice(from.framework_metadata());
        if let Some(limits) = from.timeout_config() {
            self.limit(limits);
        }
    }
}

impl<C: From<Client>> ClientBuilder<C> {
    /// Takes what the configuration has: region, endpoint (the service's own where it has one: the variable
    /// `AWS_ENDPOINT_URL_…`, or `services` in a profile), FIPS and dual stack, credentials, bearer token (the service's own,
    /// `AWS_BEARER_TOKEN_…`, is preferred to a signature), retries,
    /// time limits, stalled stream protection, HTTP client, app name, clock, timer, identity cache, whether to correct the clock,
    /// checksums, compression, account endpoints, regions of `sigv4a`, preferred authentication schemes. What it doesn't have stays as
    /// it is.
    ///
    /// aws-config sets an HTTP client only if the program did; without one, requests go through our own transport. The
    /// protocol isn't taken: it is the generated crate's.
    #[must_use]
    pub fn sdk_config(mut self, from: &SdkConfig) -> Self {
        self.config.take(from);
        self
    }
}

/// The URL that a program set; else the service's own of the environment or a profile; else theirs for all services.
fn endpoint_url(from: &SdkConfig, sdk_id: &str) -> Option<String> {
    let shared = || from.endpoint_url().map(str::to_owned);
    if from.get_origin("endpoint_url").is_client_config() {
        return shared();
    }
    of_service(from, sdk_id, "AWS_ENDPOINT_URL", "endpoint_url").or_else(shared)
}

/// The token of the environment for a service that takes one instead of a signature. Profiles have none.
fn token_of_service(from: &SdkConfig, service: &Service) -> Option<Token> {
    let token = of_service(from, service.token_name()?, "AWS_BEARER_TOKEN", "")?;
    Some(Token::new(token, None))
}

/// The value of a service: of its variable, or of its section in the profile.
fn of_service(from: &SdkConfig, service: &str, variable: &str, key: &str) -> Option<String> {
    let key = ServiceConfigKey::builder()
        .service_id(service)
        .env(variable)
        .profile(key)
        .build();
    from.service_config()?.load_config(key.ok()?)
}
