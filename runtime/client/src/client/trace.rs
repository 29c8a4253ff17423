//! What the log says of calls: never a secret.
//!
//! Spans: `call` (service, operation) and in it `attempt` (its number). Events: calls that failed at `info`, requests and
//! responses with their headers at `debug`, bodies at `trace`. Headers that authenticate, headers bound to `@sensitive` members,
//! bodies of shapes that have such a member, queries of URLs in headers, and what makes a URL in a body a signed one
//! are left out.

use super::resolve;
use crate::error::{Failure, TimeoutKind, TransportErrorKind};
use crate::operation::Operation;
use crate::redact;
use crate::schema::{Location, Member, Schema};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use std::fmt;
use tracing::{Level, Span};

/// What is part of the names of headers that hold URLs.
const LINKS: &[&str] = &[
    "link", "location", "redirect", "referer", "refresh", "source", "uri", "url",
];

pub(crate) fn call(operation: &Operation) -> Span {
    tracing::info_span!(
        "call",
        service = operation.service.sdk_id,
        operation = operation.name
    )
}

pub(crate) fn attempt(number: u32) -> Span {
    tracing::debug_span!("attempt", number)
}

/// A call that failed after all its attempts. The message of the service isn't shown, because it may quote the input.
pub(crate) fn failed(operation: &Operation, failure: &Failure, attempts: u32) {
    let (status, code, request_id) = match failure {
        Failure::Service(error) => (Some(error.status), error.code.as_deref(), &error.request_id),
        Failure::Response(error) => (Some(error.status), None, &error.request_id),
        _ => (None, None, &None),
    };
    tracing::info!(
        service = operation.service.sdk_id,
        operation = operation.name,
        kind = kind(failure),
        status,
        code,
        request_id = request_id.as_deref(),
        attempts,
        "the call failed"
    );
}

/// The kind of a failure, in a few words.
fn kind(failure: &Failure) -> &'static str {
    match failure {
        Failure::Input(_) => "input",
        Failure::Config(_) => "configuration",
        Failure::Transport(error) => match error.kind {
            TransportErrorKind::Connect => "connect",
            TransportErrorKind::Proxy => "proxy",
            TransportErrorKind::Tls => "tls",
            TransportErrorKind::Closed => "closed",
            TransportErrorKind::TimedOut => "timeout",
            TransportErrorKind::Request => "request",
        },
        Failure::Timeout(error) => match error.kind {
            TimeoutKind::Connect => "connect timeout",
            TimeoutKind::Read => "read timeout",
            TimeoutKind::Stalled => "stalled stream",
            TimeoutKind::Attempt => "attempt timeout",
            TimeoutKind::Operation => "operation timeout",
        },
        Failure::Response(_) => "response",
        Failure::Service(_) => "service",
        Failure::Interceptor(_) => "interceptor",
    }
}

pub(crate) fn request(
    operation: &Operation,
    method: &Method,
    url: &str,
    headers: &HeaderMap,
    body: Option<&Bytes>,
) {
    if tracing::enabled!(Level::DEBUG) {
        tracing::debug!(%method, url, headers = ?Headers(headers, operation.input, operation), "request");
        // A presigned URL contains the caller's access key and a signature.
        let body = body.filter(|_| operation.presigned_url().is_none());
        if let Some(body) = body {
            tracing::trace!(body = ?Body(body, operation.input), "request");
        }
    }
}

pub(crate) fn response(operation: &Operation, status: StatusCode, headers: &HeaderMap) {
    tracing::debug!(status = status.as_u16(), headers = ?Headers(headers, operation.output, operation), "response");
}

pub(crate) fn response_body(shape: &'static Schema, body: &Bytes) {
    tracing::trace!(body = ?Body(body, shape), "response");
}

/// The start of an error's body that isn't what the protocol says: a page of a proxy, say.
pub(crate) fn error_body(shape: &'static Schema, start: &[u8]) {
    tracing::debug!(body = body_start(shape, start), "response");
}

/// The start of a body, for an error; empty when the body may hold a secret. A web page holds none of the shape's members,
/// whatever they are, and says who answered in the service's place.
pub(crate) fn body_start(shape: &'static Schema, start: &[u8]) -> String {
    let start = String::from_utf8_lossy(start);
    if is_web_page(&start) || !holds_secret(shape, &mut Vec::new()) {
        redact::body(&start)
    } else {
        String::new()
    }
}

/// Whether a text begins as HTML does, which no document of a protocol does.
pub(crate) fn is_web_page(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let text = match text.strip_prefix("<?xml") {
        Some(rest) => rest.split_once("?>").map_or("", |(_, rest)| rest),
        None => text,
    };
    ["<!doctype html", "<html"]
        .iter()
        .any(|start| starts_with(text.trim_start(), start))
}

/// A request's URL for errors and the log: no more of it than `@sensitive` members leave, and never its query.
pub(crate) fn url(operation: &Operation, endpoint: &Uri, url: &Uri) -> String {
    if has_secret_path(operation) {
        self::endpoint(operation, endpoint)
    } else {
        resolve::shown(url)
    }
}

/// The same of the endpoint, which the rules may have made of a member.
pub(crate) fn endpoint(operation: &Operation, url: &Uri) -> String {
    let mut members = operation.input.members().iter();
    if members.any(|member| member.context_param().is_some() && is_secret(member)) {
        return format!("{}://***", url.scheme_str().unwrap_or_default());
    }
    resolve::shown(url)
}

/// Whether a secret is part of the path or the host of the operation's requests.
pub(crate) fn has_secret_path(operation: &Operation) -> bool {
    let is_part = |member: &Member| {
        let is_label = member.location() == Location::Label || member.is_host_label();
        is_label || member.context_param().is_some()
    };
    let mut members = operation.input.members().iter();
    members.any(|member| is_part(member) && is_secret(member))
}

fn is_secret(member: &Member) -> bool {
    holds_secret(member.target(), &mut Vec::new())
}

/// Headers with the members of that shape.
struct Headers<'a>(&'a HeaderMap, &'static Schema, &'a Operation);

impl Headers<'_> {
    fn hides(&self, name: &HeaderName, value: &HeaderValue) -> bool {
        let bound = |member: &Member| match member.location() {
            Location::Header => member.wire().eq_ignore_ascii_case(name.as_str()),
            Location::PrefixHeaders => starts_with(name.as_str(), member.wire()),
            _ => false,
        };
        value.is_sensitive()
            || redact::is_secret_header(name.as_str())
            // It can contain the request's path.
            || (is_link(name, value) && has_secret_path(self.2))
            || self
                .1
                .members()
                .iter()
                .any(|member| bound(member) && is_secret(member))
    }
}

fn starts_with(name: &str, prefix: &str) -> bool {
    name.get(..prefix.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

impl fmt::Debug for Headers<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.0.iter().map(|(name, value)| {
            let shown = if self.hides(name, value) {
                "***".to_owned()
            } else if is_link(name, value) {
                format!(
                    "{:?}",
                    redact::links(&String::from_utf8_lossy(value.as_bytes()))
                )
            } else {
                format!("{value:?}")
            };
            (name, shown)
        });
        let mut map = f.debug_map();
        for (name, value) in shown {
            map.entry(&format_args!("{name}"), &format_args!("{value}"));
        }
        map.finish()
    }
}

/// Whether a header holds URLs.
fn is_link(name: &HeaderName, value: &HeaderValue) -> bool {
    let value = value.as_bytes();
    LINKS.iter().any(|part| name.as_str().contains(part))
        || value.windows(3).any(|part| part == b"://")
}

struct Body<'a>(&'a Bytes, &'static Schema);

impl fmt::Debug for Body<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if holds_secret(self.1, &mut Vec::new()) {
            return write!(f, "{} bytes, with sensitive members", self.0.len());
        }
        write!(f, "{:?}", redact::body(&String::from_utf8_lossy(self.0)))
    }
}

/// Whether a shape or one that it reaches is `@sensitive`. `seen` ends the walk of recursive shapes.
fn holds_secret(shape: &'static Schema, seen: &mut Vec<*const Schema>) -> bool {
    if seen.contains(&std::ptr::from_ref(shape)) {
        return false;
    }
    seen.push(shape);
    shape.is_sensitive()
        || shape
            .members()
            .iter()
            .any(|member| holds_secret(member.target(), seen))
}
