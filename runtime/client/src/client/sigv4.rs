//! Signatures in headers, by AWS's version 4, with keys that are derived once a day.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>

use super::body_traits::hexadecimal;
use aws_credential_types::Credentials;
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderName, HeaderValue, Uri};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, percent_encode};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

/// The number of keys that are kept: one for each region, signing name and credentials.
const MAX_KEYS: usize = 32;

/// What isn't encoded in a query (RFC 3986, section 2.3).
const QUERY: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');
/// What isn't encoded in a path.
const PATH: &AsciiSet = &QUERY.remove(b'/');

/// The signing keys of a client. It has no `Debug` form, because they are secret.
#[derive(Default)]
pub(crate) struct SigningKeys(Mutex<Vec<Kept>>);

struct Kept {
    credentials: Credentials,
    date: String,
    region: String,
    name: String,
    key: Key,
}

/// A key for HMAC-SHA256.
#[derive(Clone)]
struct Key(Hmac<Sha256>);

impl Key {
    fn new(bytes: &[u8]) -> Self {
        Self(Hmac::new_from_slice(bytes).expect("keys for HMAC can have any length"))
    }

    fn sign(&self, data: &[u8]) -> [u8; 32] {
        self.0
            .clone()
            .chain_update(data)
            .finalize()
            .into_bytes()
            .into()
    }
}

impl SigningKeys {
    /// The key of that day, region and service: one that is kept, or a new one.
    fn key(&self, credentials: &Credentials, scope: &CredentialScope<'_>) -> Key {
        // Every state of the list is valid.
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = all.iter().find(|kept| {
            (&*kept.date, &*kept.region, &*kept.name) == (scope.date, scope.region, scope.name)
                && kept.credentials.access_key_id() == credentials.access_key_id()
                && kept.credentials.secret_access_key() == credentials.secret_access_key()
        });
        if let Some(kept) = kept {
            return kept.key.clone();
        }
        let key = derive(credentials.secret_access_key(), scope);
        all.retain(|kept| kept.date == scope.date);
        if all.len() >= MAX_KEYS {
            all.remove(0);
        }
        all.push(Kept {
            credentials: credentials.clone(),
            date: scope.date.to_owned(),
            region: scope.region.to_owned(),
            name: scope.name.to_owned(),
            key: key.clone(),
        });
        key
    }
}

/// What a key is valid for.
#[derive(Clone, Copy)]
struct CredentialScope<'a> {
    date: &'a str,
    region: &'a str,
    name: &'a str,
}

fn derive(secret: &str, scope: &CredentialScope<'_>) -> Key {
    let first = Key::new(format!("AWS4{secret}").as_bytes());
    let parts = [scope.date, scope.region, scope.name, "aws4_request"];
    let next = |key: Key, part: &str| Key::new(&key.sign(part.as_bytes()));
    parts.into_iter().fold(first, next)
}

/// A request to sign.
pub(crate) struct ToSign<'a> {
    pub(crate) method: &'a str,
    pub(crate) url: &'a Uri,
    /// The path as it is signed, before it is encoded once more.
    pub(crate) path: Cow<'a, str>,
    /// Whether the path is encoded once more.
    pub(crate) encodes_path: bool,
    /// The headers that are signed, with values as they are signed.
    pub(crate) headers: Vec<(&'a str, Cow<'a, str>)>,
    /// The hash of the body in hexadecimal digits, or what stands for it.
    pub(crate) payload: Cow<'a, str>,
    /// Whether the request has the hash in a header.
    pub(crate) sends_payload: bool,
    pub(crate) credentials: &'a Credentials,
    /// In lower case.
    pub(crate) token_header: &'a str,
    pub(crate) region: &'a str,
    pub(crate) name: &'a str,
    pub(crate) time: SystemTime,
}

impl ToSign<'_> {
    /// Adds the headers of the signature, and returns it.
    pub(crate) fn sign(
        mut self,
        keys: &SigningKeys,
    ) -> Result<(Vec<(HeaderName, HeaderValue)>, String), http::Error> {
        let time = timestamp(self.time);
        let scope = CredentialScope {
            date: time.get(..8).unwrap_or_default(),
            region: self.region,
            name: self.name,
        };
        let authority = host(self.url);
        let token = self.credentials.session_token();
        let mut headers = std::mem::take(&mut self.headers);
        let own = ["x-amz-date", "x-amz-content-sha256", self.token_header];
        headers.retain(|(name, _)| !own.contains(name));
        if !headers.iter().any(|(name, _)| *name == "host") {
            headers.push(("host", authority.into()));
        }
        headers.push(("x-amz-date", Cow::Borrowed(&time)));
        if let Some(token) = token {
            headers.push((self.token_header, token.into()));
        }
        if self.sends_payload {
            headers.push(("x-amz-content-sha256", Cow::Borrowed(&self.payload)));
        }
        headers.sort_by_key(|(name, _)| *name);
        let (signed, request) = self.canonical(&headers);
        let hash = Sha256::digest(request.as_bytes());
        let credential = [scope.date, scope.region, scope.name, "aws4_request"].join("/");
        let hash = hexadecimal(&hash);
        let text = ["AWS4-HMAC-SHA256", &time, &credential, &hash].join("\n");
        let key = keys.key(self.credentials, &scope);
        let signature = hexadecimal(&key.sign(text.as_bytes()));
        let authorization = [
            "AWS4-HMAC-SHA256 Credential=",
            self.credentials.access_key_id(),
            "/",
            &credential,
            ", SignedHeaders=",
            &signed,
            ", Signature=",
            &signature,
        ];
        let authorization = authorization.concat();
        let mut added = vec![
            header("x-amz-date", &time, false)?,
            header("authorization", &authorization, true)?,
        ];
        if self.sends_payload {
            added.push(header("x-amz-content-sha256", &self.payload, false)?);
        }
        if let Some(token) = token {
            added.push(header(self.token_header, token, true)?);
        }
        Ok((added, signature))
    }

    /// The names of the headers, and the request as it is hashed. The headers are sorted by name.
    fn canonical(&self, headers: &[(&str, Cow<'_, str>)]) -> (String, String) {
        let (mut names, mut text) = (String::with_capacity(128), String::with_capacity(1024));
        text.push_str(self.method);
        text.push('\n');
        if self.encodes_path {
            text.extend(percent_encode(self.path.as_bytes(), PATH));
        } else {
            text.push_str(&self.path);
        }
        text.push('\n');
        text.push_str(&query(self.url.query().unwrap_or_default()));
        text.push('\n');
        for (at, (name, value)) in headers.iter().enumerate() {
            if at > 0 && headers[at - 1].0 == *name {
                // The values of a name that occurs several times are joined.
                text.pop();
                text.push(',');
            } else {
                text.push_str(name);
                text.push(':');
                if at > 0 {
                    names.push(';');
                }
                names.push_str(name);
            }
            push_trimmed(&mut text, value);
            text.push('\n');
        }
        for part in ["\n", &names, "\n", &self.payload] {
            text.push_str(part);
        }
        (names, text)
    }
}

/// `20150830T123600Z`.
fn timestamp(time: SystemTime) -> String {
    let seconds = time.duration_since(SystemTime::UNIX_EPOCH);
    let seconds = seconds.map_or(0, |since| since.as_secs());
    let time = DateTime::from_secs(i64::try_from(seconds).unwrap_or(i64::MAX));
    let text = time.fmt(Format::DateTime).unwrap_or_default();
    text.chars().filter(|c| !matches!(c, '-' | ':')).collect()
}

/// The value of `Host`: without the default port.
fn host(url: &Uri) -> &str {
    let authority = url.authority().map_or("", http::uri::Authority::as_str);
    match (url.scheme_str(), url.port_u16()) {
        (Some("http"), Some(80)) | (Some("https"), Some(443)) => url.host().unwrap_or(authority),
        _ => authority,
    }
}

/// A query as it is signed: encoded and sorted. A plus is a space.
fn query(query: &str) -> String {
    if query.is_empty() {
        return String::new();
    }
    let encoded = |part: &str| {
        let part = part.replace('+', " ");
        let decoded: Vec<u8> = percent_decode_str(&part).collect();
        percent_encode(&decoded, QUERY).to_string()
    };
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let mut pairs: Vec<_> = pairs
        .map(|(key, value)| (encoded(key), encoded(value)))
        .collect();
    pairs.sort();
    let pairs: Vec<_> = pairs
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    pairs.join("&")
}

/// Adds a value without spaces around it, with one space for several.
fn push_trimmed(text: &mut String, value: &str) {
    let value = value.trim_matches(' ');
    let mut was_space = false;
    for part in value.split_inclusive(' ') {
        if part == " " && was_space {
            continue;
        }
        was_space = part.ends_with(' ');
        text.push_str(part);
    }
}

fn header(
    name: &str,
    value: &str,
    is_secret: bool,
) -> Result<(HeaderName, HeaderValue), http::Error> {
    let mut value = HeaderValue::try_from(value)?;
    value.set_sensitive(is_secret);
    Ok((HeaderName::try_from(name)?, value))
}

/// The path as it is signed: without empty segments and dots.
pub(crate) fn normalized(path: &str) -> Cow<'_, str> {
    if path.is_empty() {
        return Cow::Borrowed("/");
    }
    if !path.contains("/.") && !path.contains("//") {
        return Cow::Borrowed(path);
    }
    let mut segments = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop()),
            other => segments.push(other),
        }
    }
    let end = if path.ends_with('/') && !segments.is_empty() {
        "/"
    } else {
        ""
    };
    Cow::Owned(format!("/{}{end}", segments.join("/")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    fn credentials(secret: &str, token: Option<&str>) -> Credentials {
        Credentials::new(
            "AKIDEXAMPLE",
            secret,
            token.map(str::to_owned),
            None,
            "test",
        )
    }

    fn scope<'a>(date: &'a str, region: &'a str, name: &'a str) -> CredentialScope<'a> {
        CredentialScope { date, region, name }
    }

    /// 2015-08-30T12:36:00Z.
    fn time() -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_mins(24_015_636)
    }

    /// AWS's test suite: name, normalization, whether the hash is sent, the token, method, target, headers, body and
    /// signature of each request. The one with a header in two lines, which HTTP no longer has, isn't there.
    const VECTORS: &str = include_str!("sigv4/vectors.txt");

    #[test]
    fn signatures_are_those_of_the_test_suite() {
        let keys = SigningKeys::default();
        assert_eq!(VECTORS.lines().count(), 37);
        for vector in VECTORS.lines() {
            let parts: Vec<_> = vector.split('\t').collect();
            let [
                name,
                normalizes,
                sends,
                token,
                method,
                target,
                headers,
                body,
                expected,
            ] = parts[..]
            else {
                panic!("{vector}")
            };
            let url: Uri = format!("https://example.amazonaws.com{target}")
                .parse()
                .expect(name);
            let headers = headers
                .split('|')
                .filter_map(|header| header.split_once(':'));
            let hash = Sha256::digest(body.as_bytes());
            let path = match normalizes {
                "normalize" => normalized(url.path()),
                _ => url.path().into(),
            };
            let request = ToSign {
                method,
                url: &url,
                path,
                encodes_path: false,
                headers: headers.map(|(name, value)| (name, value.into())).collect(),
                payload: hexadecimal(&hash).into(),
                sends_payload: sends == "body",
                credentials: &credentials(SECRET, (token != "-").then_some(token)),
                token_header: "x-amz-security-token",
                region: "us-east-1",
                name: "service",
                time: time(),
            };
            let (_, signature) = request.sign(&keys).expect(name);
            assert_eq!(signature, expected, "{name}");
        }
        assert_eq!(keys.0.lock().expect("a lock").len(), 1, "one key for all");
    }

    #[test]
    fn a_key_is_derived_for_each_day_region_service_and_secret() {
        let keys = SigningKeys::default();
        let first = scope("20150830", "us-east-1", "iam");
        let all = [
            (SECRET, first),
            ("another", first),
            (SECRET, scope("20150830", "eu-west-1", "iam")),
            (SECRET, scope("20150830", "us-east-1", "sts")),
        ];
        for _ in 0..2 {
            for (secret, of) in &all {
                let (kept, derived) =
                    (keys.key(&credentials(secret, None), of), derive(secret, of));
                assert_eq!(kept.sign(b"text"), derived.sign(b"text"));
            }
            assert_eq!(keys.0.lock().expect("a lock").len(), all.len());
        }
        keys.key(
            &credentials(SECRET, None),
            &scope("20150831", "us-east-1", "iam"),
        );
        assert_eq!(
            keys.0.lock().expect("a lock").len(),
            1,
            "yesterday's are gone"
        );
        for number in 0..2 * MAX_KEYS {
            let region = number.to_string();
            keys.key(
                &credentials(SECRET, None),
                &scope("20150831", &region, "iam"),
            );
        }
        assert_eq!(keys.0.lock().expect("a lock").len(), MAX_KEYS);
    }

    #[test]
    fn paths_and_queries() {
        for (path, expected) in [
            ("", "/"),
            ("/a/./b/../c", "/a/c"),
            ("/a//b/", "/a/b/"),
            ("/a/..", "/"),
            ("/a/.", "/a"),
        ] {
            assert_eq!(normalized(path), expected, "{path}");
        }
        assert_eq!(query("b=2&a=1+1&a=%2f&c"), "a=%2F&a=1%201&b=2&c=");
        let mut text = String::new();
        push_trimmed(&mut text, "  a   b c  ");
        assert_eq!(text, "a b c");
    }
}
