//! `--print-request`: shows the request that a command would send, as HTTP and as a command line for curl.
//!
//! Nothing is sent, and no credentials are needed: the request is signed with made-up keys. Secrets are left out.

use aws_credential_types::Credentials;
use http::{HeaderMap, HeaderName, HeaderValue, Request};
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};
use swage_client::client::ClientBuilder;
use swage_client::error::TransportErrorKind;
use swage_client::redact::{self, REDACTED};
use swage_client::schema::{Member, Schema};
use swage_client::transport::{self, RequestBody, SendError};
use swage_client::{Any, Record};

/// Headers that curl adds itself.
const OF_CURL: [&str; 6] = [
    "authorization",
    "content-length",
    "host",
    "user-agent",
    "x-amz-date",
    "x-amz-security-token",
];

/// The first request of a client.
#[derive(Clone, Debug, Default)]
pub(crate) struct Recorder(Arc<Mutex<Option<String>>>);

impl Recorder {
    /// A client whose requests are recorded, and not sent.
    pub(crate) fn record(&self, builder: ClientBuilder, is_signed: bool) -> ClientBuilder {
        let recorder = self.clone();
        let transport = transport::from_fn(move |request, _| {
            recorder.keep(&request);
            // Errors of this kind aren't retried.
            async {
                Err(SendError::new(
                    TransportErrorKind::Tls,
                    "the request isn't sent",
                ))
            }
        });
        let builder = builder.transport(transport);
        if is_signed {
            let keys = Credentials::new("AKIDEXAMPLE", "secret", None, None, "made up");
            builder.credentials_provider(keys)
        } else {
            builder.anonymous()
        }
    }

    fn keep(&self, request: &Request<RequestBody>) {
        let mut place = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        place.get_or_insert_with(|| format!("{}\n{}", http(request), curl(request)));
    }

    /// The request, if there was one.
    pub(crate) fn take(&self) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// Replaces the sensitive values of an input.
pub(crate) fn redact(input: &mut Record) {
    let members = input.schema().members().iter().enumerate();
    for (index, member) in members {
        if let Some(mut value) = input.take(index) {
            hide(&mut value, member.target());
            input.set(index, value);
        }
    }
}

fn hide(value: &mut Any, of: &'static Schema) {
    let target = |index| of.members().get(index).map(Member::target);
    match value {
        Any::Structure(record) if !of.is_sensitive() => redact(record),
        Any::List(values) if !of.is_sensitive() => {
            let elements = target(0).into_iter();
            elements.for_each(|of| values.iter_mut().for_each(|value| hide(value, of)));
        }
        Any::Map(entries) if !of.is_sensitive() => {
            let is_secret = target(0).is_some_and(Schema::is_sensitive);
            for (key, value) in entries {
                if is_secret {
                    REDACTED.clone_into(key);
                }
                if let Some(of) = target(1) {
                    hide(value, of);
                }
            }
        }
        Any::Blob(bytes) if of.is_sensitive() => *bytes = REDACTED.into(),
        Any::String(text) if of.is_sensitive() => REDACTED.clone_into(text),
        Any::Number(text) if of.is_sensitive() => "0".clone_into(text),
        Any::List(values) => values.clear(),
        Any::Map(entries) => entries.clear(),
        Any::Structure(record) => *record = Record::new(record.schema()),
        _ => {}
    }
}

/// The request as HTTP/1.1.
fn http(request: &Request<RequestBody>) -> String {
    let url = request.uri();
    let path = url.path_and_query().map_or("/", |path| path.as_str());
    let mut text = format!("{} {path} HTTP/1.1\n", request.method());
    if !request.headers().contains_key("host") {
        let host = url.authority().map_or("", |host| host.as_str());
        let _ = writeln!(text, "host: {host}");
    }
    for (name, value) in request.headers() {
        let _ = writeln!(text, "{name}: {}", shown(name, value));
    }
    match body(request) {
        Body::Empty => {}
        Body::Text(body) => {
            let _ = write!(text, "\n{body}\n");
        }
        Body::Bytes(length) => {
            let _ = write!(text, "\n[{length} bytes]\n");
        }
        Body::Stream => text.push_str("\n[a stream]\n"),
    }
    text
}

fn shown(name: &HeaderName, value: &HeaderValue) -> String {
    if value.is_sensitive() || redact::is_secret_header(name.as_str()) {
        return "***".to_owned();
    }
    String::from_utf8_lossy(value.as_bytes()).into_owned()
}

/// The body of a request, as far as it can be shown.
enum Body<'a> {
    Empty,
    Text(&'a str),
    /// Bytes that aren't text: their number.
    Bytes(usize),
    Stream,
}

fn body(request: &Request<RequestBody>) -> Body<'_> {
    let Some(bytes) = request.body().bytes() else {
        return Body::Stream;
    };
    match std::str::from_utf8(bytes) {
        Ok("") => Body::Empty,
        Ok(text) if !text.contains('\0') => Body::Text(text),
        _ => Body::Bytes(bytes.len()),
    }
}

/// The command line that makes curl send the request, with the credentials in the environment.
fn curl(request: &Request<RequestBody>) -> String {
    let mut parts = vec![format!(
        "curl -X {} {}",
        request.method(),
        quoted(&request.uri().to_string())
    )];
    let headers = request.headers();
    let scope = scope(headers);
    for (name, value) in headers {
        let of_curl =
            OF_CURL.contains(&name.as_str()) && (scope.is_some() || name != "authorization");
        if !of_curl && !name.as_str().starts_with("amz-sdk-") {
            parts.push(format!(
                "-H {}",
                quoted(&format!("{name}: {}", shown(name, value)))
            ));
        }
    }
    if let Some((region, service)) = scope {
        parts.push(format!("--aws-sigv4 'aws:amz:{region}:{service}'"));
        parts.push("--user \"$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY\"".to_owned());
        parts.push(
            "${AWS_SESSION_TOKEN:+-H \"x-amz-security-token: $AWS_SESSION_TOKEN\"}".to_owned(),
        );
    }
    match body(request) {
        Body::Empty => {}
        Body::Text(body) => parts.push(format!("--data-raw {}", quoted(body))),
        Body::Bytes(_) | Body::Stream => parts.push("--data-binary @FILE".to_owned()),
    }
    parts.join(" \\\n  ") + "\n"
}

/// Region and service of a signature.
fn scope(headers: &HeaderMap) -> Option<(String, String)> {
    let signature = headers.get("authorization")?.to_str().ok()?;
    let scope = signature.strip_prefix("AWS4-HMAC-SHA256 Credential=")?;
    let mut parts = scope.split(',').next()?.split('/').skip(2);
    Some((parts.next()?.to_owned(), parts.next()?.to_owned()))
}

/// A word as a POSIX shell takes it for one.
pub(crate) fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', "'\\''"))
}
