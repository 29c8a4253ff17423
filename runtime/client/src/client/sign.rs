//! Signatures, by AWS's version 4.

use super::auth::{Region, Signer};
use super::body_traits::hexadecimal;
use super::content::Payload;
use super::sigv4::{self, SigningKeys, ToSign};
use crate::error::{ConfigError, Failure};
use crate::redact::quietly;
use aws_credential_types::Credentials;
use aws_sigv4::http_request::{
    PayloadChecksumKind, PercentEncodingMode, SignableBody, SignableRequest, SignatureLocation,
    SigningParams, SigningSettings, UriPathNormalizationMode, sign,
};
use aws_sigv4::sign::v4;
use http::header::CONTENT_LENGTH;
use http::{HeaderMap, HeaderName, Method, Uri};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::time::{Duration, SystemTime};

/// How long presigned URLs are valid.
const VALID: Duration = Duration::from_hours(1);

/// What a signature covers beside the headers.
pub(crate) struct Scope<'a> {
    pub(crate) signer: &'a Signer,
    pub(crate) time: SystemTime,
    pub(crate) payload: Payload<'a>,
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

/// A header's value as it is signed: without blanks around it, with one space for the blanks within. The library sees to
/// spaces, not to tabs.
fn canonical(value: &str) -> Cow<'_, str> {
    if !value.contains('\t') {
        return Cow::Borrowed(value);
    }
    let words = value.split([' ', '\t']).filter(|word| !word.is_empty());
    Cow::Owned(words.collect::<Vec<_>>().join(" "))
}

/// Adds the signature's headers; gives the signature.
pub(crate) fn sign_headers(
    scope: &Scope<'_>,
    keys: &SigningKeys,
    method: &Method,
    url: &Uri,
    headers: &mut HeaderMap,
) -> Result<String, Failure> {
    match &scope.signer.region {
        Region::One(region) => sign_in_region(scope, region, keys, method, url, headers),
        #[cfg(feature = "sigv4a")]
        Region::Set(_) => sign_in_regions(scope, method, url, headers),
    }
}

/// Signs by `sigv4`.
fn sign_in_region(
    scope: &Scope<'_>,
    region: &str,
    keys: &SigningKeys,
    method: &Method,
    url: &Uri,
    headers: &mut HeaderMap,
) -> Result<String, Failure> {
    let signer = scope.signer;
    let credentials = signer.identity.data::<Credentials>();
    let credentials = credentials.ok_or_else(|| refused(&"the identity has no credentials"))?;
    let token_header = signer.token_header.unwrap_or("x-amz-security-token");
    let token_header = token_header.to_ascii_lowercase();
    let request = ToSign {
        method: method.as_str(),
        url,
        path: if signer.verbatim {
            url.path().into()
        } else {
            sigv4::normalized(url.path())
        },
        encodes_path: !signer.verbatim && !signer.disable_double_encoding,
        headers: signed_headers(headers),
        payload: match scope.payload {
            Payload::Bytes(bytes) => hexadecimal(&Sha256::digest(bytes)).into(),
            Payload::Sha256(digest) => digest.into(),
            Payload::Unsigned => "UNSIGNED-PAYLOAD".into(),
            #[cfg(feature = "event-stream")]
            Payload::Events => "STREAMING-AWS4-HMAC-SHA256-EVENTS".into(),
            #[cfg(feature = "checksum")]
            Payload::UnsignedTrailer => "STREAMING-UNSIGNED-PAYLOAD-TRAILER".into(),
        },
        sends_payload: signer.verbatim || !matches!(scope.payload, Payload::Bytes(_)),
        credentials,
        token_header: &token_header,
        region,
        name: &signer.name,
        time: scope.time,
    };
    let (added, signature) = request.sign(keys).map_err(|error| refused(&error))?;
    for (name, value) in added {
        headers.insert(name, value);
    }
    Ok(signature)
}

/// Signs by `sigv4a`.
#[cfg(feature = "sigv4a")]
fn sign_in_regions(
    scope: &Scope<'_>,
    method: &Method,
    url: &Uri,
    headers: &mut HeaderMap,
) -> Result<String, Failure> {
    let params = params(scope, settings(scope))?;
    let signed = signed_headers(headers);
    let signed = signed.iter().map(|(name, value)| (*name, &**value));
    let body = match scope.payload {
        Payload::Bytes(bytes) => SignableBody::Bytes(bytes),
        Payload::Sha256(digest) => SignableBody::Precomputed(digest.to_owned()),
        Payload::Unsigned => SignableBody::UnsignedPayload,
        #[cfg(feature = "event-stream")]
        Payload::Events => {
            SignableBody::Precomputed("STREAMING-AWS4-HMAC-SHA256-EVENTS".to_owned())
        }
        #[cfg(feature = "checksum")]
        Payload::UnsignedTrailer => SignableBody::StreamingUnsignedPayloadTrailer,
    };
    let request = SignableRequest::new(method.as_str(), signed_url(url, scope), signed, body)
        .map_err(|error| refused(&error))?;
    let (instructions, signature) = quietly(|| sign(request, &params))
        .map_err(|error| refused(&error))?
        .into_parts();
    for header in instructions.into_parts().0 {
        let mut value =
            http::HeaderValue::try_from(header.value()).map_err(|error| refused(&error))?;
        value.set_sensitive(header.sensitive() || header.name() == "authorization");
        headers.insert(HeaderName::from_static(header.name()), value);
    }
    Ok(signature)
}

/// The URL of a GET request with a signature in its query that is valid for an hour.
pub(crate) fn presign(signer: &Signer, time: SystemTime, url: &Uri) -> Result<String, Failure> {
    let presign = Presign {
        signer,
        time,
        valid: VALID,
        has_payload: false,
    };
    let url = presign.sign(&Method::GET, url, &HeaderMap::new())?;
    Ok(url.to_string())
}

/// A signature in the query of a URL.
pub(crate) struct Presign<'a> {
    pub(crate) signer: &'a Signer,
    pub(crate) time: SystemTime,
    pub(crate) valid: Duration,
    /// Whether the request has a body, which the signature doesn't cover.
    pub(crate) has_payload: bool,
}

impl Presign<'_> {
    /// Returns the URL with the signature.
    pub(crate) fn sign(
        &self,
        method: &Method,
        url: &Uri,
        headers: &HeaderMap,
    ) -> Result<Uri, Failure> {
        let scope = Scope {
            signer: self.signer,
            time: self.time,
            payload: Payload::Bytes(&[]),
        };
        let mut settings = settings(&scope);
        settings.signature_location = SignatureLocation::QueryParams;
        settings.expires_in = Some(self.valid);
        settings.payload_checksum_kind = PayloadChecksumKind::NoHeader;
        let params = params(&scope, settings)?;
        // Services that sign paths as they are sent don't expect the hash of a body either.
        let body = if self.has_payload || self.signer.verbatim {
            SignableBody::UnsignedPayload
        } else {
            SignableBody::Bytes(&[])
        };
        let mut signed = signed_headers(headers);
        // The caller set it: only a body of that length may be sent.
        if let Some(length) = headers.get(CONTENT_LENGTH).and_then(|of| of.to_str().ok()) {
            signed.push((CONTENT_LENGTH.as_str(), length.into()));
        }
        let signed = signed.iter().map(|(name, value)| (*name, &**value));
        let request = SignableRequest::new(method.as_str(), signed_url(url, &scope), signed, body)
            .map_err(|error| refused(&error))?;
        let (instructions, _) = quietly(|| sign(request, &params))
            .map_err(|error| refused(&error))?
            .into_parts();
        let mut request = http::Request::new(());
        *request.uri_mut() = url.clone();
        instructions.apply_to_request_http1x(&mut request);
        Ok(request.uri().clone())
    }
}

/// The headers that a signature covers.
fn signed_headers(headers: &HeaderMap) -> Vec<(&str, Cow<'_, str>)> {
    let signed = headers.iter().filter(|(name, _)| is_signed(name));
    signed
        .filter_map(|(name, value)| {
            let value = std::str::from_utf8(value.as_bytes()).ok()?;
            Some((name.as_str(), canonical(value)))
        })
        .collect()
}

fn params<'a>(scope: &Scope<'a>, settings: SigningSettings) -> Result<SigningParams<'a>, Failure> {
    let signer = scope.signer;
    match &signer.region {
        Region::One(region) => v4::SigningParams::builder()
            .identity(&signer.identity)
            .region(region)
            .name(&signer.name)
            .time(scope.time)
            .settings(settings)
            .build()
            .map(SigningParams::from)
            .map_err(|error| refused(&error)),
        #[cfg(feature = "sigv4a")]
        Region::Set(regions) => aws_sigv4::sign::v4a::SigningParams::builder()
            .identity(&signer.identity)
            .region_set(regions)
            .name(&signer.name)
            .time(scope.time)
            .settings(settings)
            .build()
            .map(SigningParams::from)
            .map_err(|error| refused(&error)),
    }
}

/// The URL to sign. Of a path that ends in `.` or `..`, AWS's own SDKs and services sign what is left of it without a
/// slash at its end, where the library would add one.
fn signed_url(url: &Uri, scope: &Scope<'_>) -> String {
    let is_dots = url.path().ends_with("/.") || url.path().ends_with("/..");
    if !is_dots || scope.signer.verbatim {
        return url.to_string();
    }
    let mut segments = Vec::new();
    for segment in url.path().split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop()),
            other => segments.push(other),
        }
    }
    let authority = url.authority().map_or("", http::uri::Authority::as_str);
    let query = url
        .query()
        .map_or(String::new(), |query| format!("?{query}"));
    let scheme = url.scheme_str().unwrap_or("https");
    format!("{scheme}://{authority}/{}{query}", segments.join("/"))
}

fn settings(scope: &Scope<'_>) -> SigningSettings {
    let mut settings = SigningSettings::default();
    // What isn't to be signed is left out before.
    settings.excluded_headers = None;
    settings.session_token_name_override = scope.signer.token_header;
    let verbatim = scope.signer.verbatim;
    if verbatim || scope.signer.disable_double_encoding {
        settings.percent_encoding_mode = PercentEncodingMode::Single;
    }
    if verbatim {
        settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
    }
    if verbatim || !matches!(scope.payload, Payload::Bytes(_)) {
        settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
    }
    settings
}

fn refused(error: &dyn std::fmt::Display) -> Failure {
    Failure::Config(ConfigError::Credentials(format!(
        "the request can't be signed: {error}"
    )))
}
