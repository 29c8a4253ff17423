//! Signatures, by AWS's version 4.

use crate::error::{ConfigError, Failure};
use aws_sigv4::http_request::{
    PayloadChecksumKind, PercentEncodingMode, SignableBody, SignableRequest, SigningSettings,
    UriPathNormalizationMode, sign,
};
use aws_sigv4::sign::v4::SigningParams;
use aws_smithy_runtime_api::client::identity::Identity;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Uri};
use std::time::SystemTime;
use tracing::level_filters::LevelFilter;

/// What a signature covers beside the headers.
pub(crate) struct Scope<'a> {
    pub(crate) identity: &'a Identity,
    pub(crate) name: &'a str,
    pub(crate) region: &'a str,
    pub(crate) time: SystemTime,
    pub(crate) disable_double_encoding: bool,
    pub(crate) payload: Payload<'a>,
}

/// What of a body is signed.
#[derive(Clone, Copy)]
pub(crate) enum Payload<'a> {
    Bytes(&'a [u8]),
    Unsigned,
    /// Events, each by itself.
    #[cfg(feature = "event-stream")]
    Events,
}

/// Headers that aren't signed: what proxies and libraries change on the way, and what tells about the attempt.
fn is_signed(name: &HeaderName) -> bool {
    !matches!(
        name.as_str(),
        "accept"
            | "accept-encoding"
            | "amz-sdk-invocation-id"
            | "amz-sdk-request"
            | "authorization"
            | "connection"
            | "content-length"
            | "expect"
            | "proxy-authorization"
            | "te"
            | "transfer-encoding"
            | "user-agent"
            | "x-amzn-trace-id"
    )
}

/// Adds the signature's headers; gives the signature.
pub(crate) fn sign_headers(
    scope: &Scope<'_>,
    method: &Method,
    url: &Uri,
    headers: &mut HeaderMap,
) -> Result<String, Failure> {
    let params = SigningParams::builder()
        .identity(scope.identity)
        .region(scope.region)
        .name(scope.name)
        .time(scope.time)
        .settings(settings(scope))
        .build()
        .map_err(|error| refused(&error))?
        .into();
    let signed = headers
        .iter()
        .filter(|(name, _)| is_signed(name))
        .filter_map(|(name, value)| {
            Some((name.as_str(), std::str::from_utf8(value.as_bytes()).ok()?))
        });
    let body = match scope.payload {
        Payload::Bytes(bytes) => SignableBody::Bytes(bytes),
        Payload::Unsigned => SignableBody::UnsignedPayload,
        #[cfg(feature = "event-stream")]
        Payload::Events => {
            SignableBody::Precomputed("STREAMING-AWS4-HMAC-SHA256-EVENTS".to_owned())
        }
    };
    let request = SignableRequest::new(method.as_str(), url.to_string(), signed, body)
        .map_err(|error| refused(&error))?;
    let (instructions, signature) = quietly(|| sign(request, &params))
        .map_err(|error| refused(&error))?
        .into_parts();
    for header in instructions.into_parts().0 {
        let mut value = HeaderValue::try_from(header.value()).map_err(|error| refused(&error))?;
        value.set_sensitive(header.sensitive() || header.name() == "authorization");
        headers.insert(HeaderName::from_static(header.name()), value);
    }
    Ok(signature)
}

fn settings(scope: &Scope<'_>) -> SigningSettings {
    let mut settings = SigningSettings::default();
    // What isn't to be signed is left out before.
    settings.excluded_headers = None;
    let s3 = scope.name.starts_with("s3");
    if s3 || scope.disable_double_encoding {
        settings.percent_encoding_mode = PercentEncodingMode::Single;
    }
    if s3 {
        settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
    }
    if s3 || !matches!(scope.payload, Payload::Bytes(_)) {
        settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
    }
    settings
}

/// Runs the signing library without a log: at the level of traces it writes headers as they are.
pub(crate) fn quietly<T>(work: impl FnOnce() -> T) -> T {
    if LevelFilter::current() < LevelFilter::TRACE {
        return work();
    }
    tracing::dispatcher::with_default(&tracing::Dispatch::none(), work)
}

fn refused(error: &dyn std::error::Error) -> Failure {
    Failure::Config(ConfigError::Credentials(format!(
        "the request can't be signed: {error}"
    )))
}
