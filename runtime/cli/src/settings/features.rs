//! Settings that have no option: compression, checksums, account IDs, endpoint discovery, host prefixes, authentication.

use super::Settings;
use crate::env;
use crate::number;
use crate::stop::Stop;
use aws_credential_types::Token;
use swage_client::client::{AccountIdEndpointMode, ClientBuilder};
use swage_client::operation::ServiceTrait;

/// The sizes that the AWS CLI accepts, in bytes. The SDKs' own limit is higher.
const COMPRESSION_SIZES: std::ops::RangeInclusive<u32> = 1..=1_048_576;

/// The scheme of bearer tokens.
const BEARER: &str = "httpBearerAuth";

impl Settings {
    /// Sets them, and checks them in the AWS CLI's order. `signs` is false with `--no-sign-request`.
    pub(crate) fn features(
        &self,
        builder: ClientBuilder,
        signs: bool,
    ) -> Result<ClientBuilder, Stop> {
        let builder = self.compression(builder)?;
        let builder = self.checksums(builder)?;
        let builder = self.accounts(builder, signs)?;
        let builder = self.discovery(builder)?;
        let regions = self.var_or("AWS_SIGV4A_SIGNING_REGION_SET", "sigv4a_signing_region_set");
        let regions = regions.filter(|regions| !regions.is_empty());
        let preference = self.var_or("AWS_AUTH_SCHEME_PREFERENCE", "auth_scheme_preference");
        let preference = preference.unwrap_or_default().replace([' ', '\t'], "");
        let (builder, preference) = match token(&builder).filter(|_| signs) {
            Some(token) => (builder.token_provider(token), BEARER.to_owned()),
            None => (builder, preference),
        };
        Ok(builder
            .sigv4a_signing_region_set(regions)
            .disable_host_prefix(self.is_true(
                "AWS_DISABLE_HOST_PREFIX_INJECTION",
                "disable_host_prefix_injection",
            ))
            .auth_scheme_preference(preference.split(',').filter(|name| !name.is_empty())))
    }

    fn compression(&self, builder: ClientBuilder) -> Result<ClientBuilder, Stop> {
        let builder = builder.disable_request_compression(self.is_true(
            "AWS_DISABLE_REQUEST_COMPRESSION",
            "disable_request_compression",
        ));
        match self.var_or(
            "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES",
            "request_min_compression_size_bytes",
        ) {
            None => Ok(builder),
            Some(text) => Ok(builder.request_min_compression_size_bytes(compression_size(&text)?)),
        }
    }

    fn checksums(&self, builder: ClientBuilder) -> Result<ClientBuilder, Stop> {
        let set = |variable, key| {
            let value = self.var_or(variable, key).map(|text| text.to_lowercase());
            value.unwrap_or_else(|| "when_supported".to_owned())
        };
        let key = "request_checksum_calculation";
        let value = set("AWS_REQUEST_CHECKSUM_CALCULATION", key);
        let request = value.parse().map_err(|_| unknown_choice(key, &value))?;
        let key = "response_checksum_validation";
        let value = set("AWS_RESPONSE_CHECKSUM_VALIDATION", key);
        let response = value.parse().map_err(|_| unknown_choice(key, &value))?;
        Ok(builder
            .request_checksum_calculation(request)
            .response_checksum_validation(response))
    }

    /// Sets the account ID mode. Unsigned requests have no account.
    fn accounts(&self, builder: ClientBuilder, signs: bool) -> Result<ClientBuilder, Stop> {
        if !signs {
            return Ok(builder.account_id_endpoint_mode(AccountIdEndpointMode::Disabled));
        }
        let mode = self.var_or("AWS_ACCOUNT_ID_ENDPOINT_MODE", "account_id_endpoint_mode");
        let Some(mode) = mode.map(|text| text.to_lowercase()) else {
            return Ok(builder);
        };
        let parsed = mode.parse().map_err(|_| {
            Stop::Error(format!(
                "The configured value '{mode}' for 'account_id_endpoint_mode' is invalid. Valid values are: \
                 ('preferred', 'disabled', 'required')."
            ))
        })?;
        Ok(builder.account_id_endpoint_mode(parsed))
    }

    /// Sets whether endpoints are discovered. `auto` means where an operation needs it. Only services with discovery read it.
    fn discovery(&self, builder: ClientBuilder) -> Result<ClientBuilder, Stop> {
        let mut traits = builder.service().traits.iter();
        if !traits.any(|of| matches!(of, ServiceTrait::EndpointDiscovery { .. })) {
            return Ok(builder);
        }
        let value = self.var_or(
            "AWS_ENDPOINT_DISCOVERY_ENABLED",
            "endpoint_discovery_enabled",
        );
        let Some(value) = value else {
            return Ok(builder);
        };
        match value.trim().to_lowercase().as_str() {
            "auto" => Ok(builder),
            "true" => Ok(builder.endpoint_discovery(true)),
            "false" => Ok(builder.endpoint_discovery(false)),
            other => Err(Stop::Error(format!(
                "Unsupported configuration value for endpoint_discovery_enabled. Expected one of (\"true\", \"false\", \
                 \"auto\") but got {other}."
            ))),
        }
    }
}

fn compression_size(text: &str) -> Result<u32, Stop> {
    let wrong = |what: &str| {
        Stop::Error(format!(
            "Invalid value \"{text}\" for request_min_compression_size_bytes. {what}"
        ))
    };
    let Some(number) = number::integer(text) else {
        return Err(wrong("Value must be an integer."));
    };
    let size = number.parse().ok();
    size.filter(|size| COMPRESSION_SIZES.contains(size))
        .ok_or_else(|| {
            let (least, most) = COMPRESSION_SIZES.into_inner();
            wrong(&format!("Value must be between {least} and {most}."))
        })
}

fn unknown_choice(key: &str, value: &str) -> Stop {
    Stop::Error(format!(
        "Unsupported configuration value for {key}. Expected one of ('when_supported', 'when_required') but got \
         {value}."
    ))
}

/// The token in the environment for a service that takes one instead of a signature.
fn token(builder: &ClientBuilder) -> Option<Token> {
    let name = builder.service().token_name()?;
    let name = name.replace(['-', ' '], "_").to_ascii_uppercase();
    env::non_empty(&format!("AWS_BEARER_TOKEN_{name}")).map(Token::from)
}
