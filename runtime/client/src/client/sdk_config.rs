//! Settings from an `SdkConfig`, which is what aws-config gives.

use super::{Client, ClientBuilder};
use aws_types::SdkConfig;
use aws_types::service_config::ServiceConfigKey;

impl<C: From<Client>> ClientBuilder<C> {
    /// Takes what the configuration has: region, endpoint (the service's own where it has one: the variable
    /// `AWS_ENDPOINT_URL_…`, or `services` in a profile), FIPS and dual stack, credentials, bearer token, retries,
    /// time limits, stalled stream protection, app name, clock, timer, whether to correct the clock, checksums, compression, account endpoints,
    /// regions of `sigv4a`, preferred ways to authenticate. What it doesn't have stays as it is.
    ///
    /// Of the rest nothing is taken: the HTTP client, the identity cache and the protocol are our own; there is
    /// no other behavior version.
    #[must_use]
    pub fn sdk_config(mut self, from: &SdkConfig) -> Self {
        let sdk_id = self.config.service.sdk_id;
        let config = &mut self.config;
        let region = from.region().map(ToString::to_string);
        config.region = region.or(config.region.take());
        config.endpoint_url = endpoint_url(from, sdk_id).or(config.endpoint_url.take());
        config.credentials = from.credentials_provider().or(config.credentials.take());
        config.token = from.token_provider().or(config.token.take());
        config.use_fips = from.use_fips().unwrap_or(config.use_fips);
        config.use_dual_stack = from.use_dual_stack().unwrap_or(config.use_dual_stack);
        let app_name = from.app_name().map(ToString::to_string);
        config.app_name = app_name.or(config.app_name.take());
        config.sleep = from.sleep_impl().or(config.sleep.take());
        if let Some(time) = from.time_source() {
            config.time = time;
        }
        config.request_checksums = from
            .request_checksum_calculation()
            .unwrap_or(config.request_checksums);
        config.response_checksums = from
            .response_checksum_validation()
            .unwrap_or(config.response_checksums);
        let compression = &mut config.compression;
        compression.disabled = from
            .disable_request_compression()
            .unwrap_or(compression.disabled);
        compression.min_size = from
            .request_min_compression_size_bytes()
            .unwrap_or(compression.min_size);
        if let Some(mode) = from.account_id_endpoint_mode() {
            config.account_id_mode = mode.to_string().parse().ok().or(config.account_id_mode);
        }
        if let Some(regions) = from.sigv4a_signing_region_set() {
            config.region_set = regions.as_ref().split(',').map(str::to_owned).collect();
        }
        if let Some(names) = from.auth_scheme_preference() {
            let names = names.clone().into_iter();
            config.auth_preference = names.map(|name| name.inner().to_owned()).collect();
        }
        if let Some(retry) = from.retry_config() {
            config.retry = retry.clone().into();
        }
        if let Some(disabled) = from.disable_clock_skew_correction() {
            config.corrects_clock = !disabled;
        }
        if let Some(stalled) = from.stalled_stream_protection() {
            config.stalled_streams = stalled;
        }
        match from.timeout_config() {
            Some(limits) => self.timeout_config(limits),
            None => self,
        }
    }
}

/// The URL that a program set; else the service's own of the environment or a profile; else theirs for all services.
fn endpoint_url(from: &SdkConfig, sdk_id: &str) -> Option<String> {
    let shared = || from.endpoint_url().map(str::to_owned);
    if from.get_origin("endpoint_url").is_client_config() {
        return shared();
    }
    let key = ServiceConfigKey::builder()
        .service_id(sdk_id)
        .env("AWS_ENDPOINT_URL")
        .profile("endpoint_url")
        .build();
    let of_service = key
        .ok()
        .and_then(|key| from.service_config()?.load_config(key));
    of_service.or_else(shared)
}

#[cfg(feature = "aws-config")]
impl<C: From<Client>> ClientBuilder<C> {
    /// Takes what the environment, the configuration files and, for credentials, the instance have to say.
    #[must_use]
    pub async fn from_environment(self) -> Self {
        let loader = aws_config::defaults(aws_config::BehaviorVersion::latest());
        // What it keeps takes kilobytes.
        self.sdk_config(&Box::pin(loader.load()).await)
    }
}
