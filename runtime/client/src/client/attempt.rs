//! One attempt of a call: a request that is signed and sent, and its response.

use super::auth::Authentication;
use super::call::{Inner, Prepared, Try};
use super::content::{Content, Payload};
#[cfg(feature = "event-stream")]
use super::events::{self, Received};
#[cfg(feature = "checksum")]
use super::exchange::damaged;
use super::exchange::{How, Http};
use super::intercept::Hooks;
use super::response::{Called, Head};
use super::sign::{self, Scope};
use super::{Metadata, trace};
use crate::error::{ConfigError, Failure};
use crate::operation::{Operation, ServiceTrait};
use crate::protocol::Body;
use crate::shape::Shape;
use crate::transport::{RequestBody, ResponseBody};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use http::header::CONTENT_LENGTH;
use http::{HeaderName, HeaderValue, Method, Response};

const ATTEMPT: HeaderName = HeaderName::from_static("amz-sdk-request");

impl Inner {
    pub(super) async fn attempt(
        &self,
        called: Called,
        prepared: &Prepared,
        content: &mut Content,
        of: Try,
        output: &mut dyn Shape,
        hooks: &mut Hooks,
    ) -> Result<Metadata, Failure> {
        let operation = called.operation;
        let http = self.http.get_or_init(|| Http::new(&self.config));
        let url = &prepared.shown;
        let sent = self.send(http, called, prepared, content, of, hooks).await;
        let response = sent.map_err(|failure| content.failure().unwrap_or(failure))?;
        #[cfg(feature = "test-util")]
        let called = called.answered_by(&response);
        let response = hooks.before_deserialization(response)?;
        let (parts, body) = response.into_parts();
        let head = Head {
            status: parts.status,
            headers: parts.headers,
            attempt: of.number,
        };
        trace::response(operation, head.status, &head.headers);
        let success = called.protocol.is_success(operation, head.status);
        #[cfg(feature = "event-stream")]
        if success && events::receives(operation) {
            let of = Received {
                operation,
                protocol: called.protocol,
                http,
                prepared,
                content,
            };
            return self.receive(of, &head, body, output).await;
        }
        if success && called.streams_output() {
            let body = called.traits.verified(&head.headers, http.stream(body));
            return called.read(&head, Body::Stream(body), &[], output);
        }
        let body = http.read(head.status, body, success, url).await?;
        hooks.has_read(&body);
        #[cfg(feature = "checksum")]
        super::checksum::verify_crc32(operation, &head.headers, &body)
            .map_err(|error| damaged(url, error.into()))?;
        if !success || called.protocol.is_error(operation, &body) {
            return Err(called.error(head, body));
        }
        trace::response_body(operation.output, &body);
        called.read(&head, Body::Bytes(body.clone()), &body, output)
    }

    /// Sends the request of an attempt and waits for the head of the response.
    async fn send(
        &self,
        http: &Http,
        called: Called,
        prepared: &Prepared,
        content: &mut Content,
        of: Try,
        hooks: &mut Hooks,
    ) -> Result<Response<ResponseBody>, Failure> {
        let operation = called.operation;
        let request = self.request(prepared, content, of, hooks)?;
        #[cfg_attr(
            not(any(feature = "event-stream", feature = "test-util")),
            expect(unused_mut, reason = "its version and the operation")
        )]
        let mut request = hooks.before_transmit(request)?;
        #[cfg(feature = "event-stream")]
        {
            *request.version_mut() = self.http_version(operation, prepared);
        }
        #[cfg(feature = "test-util")]
        request
            .extensions_mut()
            .insert(crate::operation::OperationRef(called.operation));
        let url = &prepared.shown;
        trace::request(
            operation,
            request.method(),
            url,
            request.headers(),
            content.bytes(),
        );
        let how = How {
            may_resend: self.may_resend(operation, prepared),
            is_paced: content.is_events(),
            expects_continue: expects_continue(operation, &prepared.method, content),
        };
        #[cfg(feature = "test-util")]
        if let Some(answer) = &prepared.answer {
            return super::answer::respond(answer);
        }
        http.send(request, how, url).await
    }

    /// Whether a request that fails on a reused connection may be sent again. Most likely the service has not seen it, but
    /// that isn't certain. Without retries, only requests that do no harm when they arrive twice are sent again.
    fn may_resend(&self, operation: &Operation, prepared: &Prepared) -> bool {
        self.retry.max_attempts > 1
            || prepared.method.is_idempotent()
            || crate::token::has_idempotency_token(operation.input)
    }

    /// The request of an attempt.
    fn request(
        &self,
        prepared: &Prepared,
        content: &mut Content,
        Try { number, time }: Try,
        hooks: &mut Hooks,
    ) -> Result<http::Request<RequestBody>, Failure> {
        let mut headers = prepared.headers.clone();
        let max = self.retry.max_attempts;
        if let Ok(value) = HeaderValue::try_from(format!("attempt={number}; max={max}")) {
            headers.insert(ATTEMPT, value);
        }
        if content.is_empty() && takes_body(&prepared.method) {
            headers.insert(CONTENT_LENGTH, HeaderValue::from(0));
        }
        let (mut method, mut url) = (prepared.method.clone(), prepared.url.clone());
        hooks.before_signing(number, (&mut method, &mut url, &mut headers), content)?;
        let mut signature = None;
        if let Authentication::Signature(signer) = &prepared.authentication {
            let payload = match content.payload() {
                Payload::Bytes(_) | Payload::Sha256(_) if prepared.unsigned_body => {
                    Payload::Unsigned
                }
                payload => payload,
            };
            let scope = Scope {
                signer,
                time,
                payload,
            };
            let signed = sign::sign_headers(&scope, &self.keys, &method, &url, &mut headers);
            signature = Some(signed?);
        }
        if let Authentication::Custom(custom) = &prepared.authentication {
            let mut request = http::Request::new(content.take_plain());
            (
                *request.method_mut(),
                *request.uri_mut(),
                *request.headers_mut(),
            ) = (method, url, headers);
            let mut request = HttpRequest::try_from(request).map_err(|error| unsignable(&error))?;
            custom.sign(&self.config, &mut request)?;
            let request = request
                .try_into_http1x()
                .map_err(|error| unsignable(&error))?;
            let (parts, body) = request.into_parts();
            content.put_plain(body);
            (method, url, headers) = (parts.method, parts.uri, parts.headers);
        }
        let mut request = http::Request::new(content.send(self, prepared, signature));
        *request.method_mut() = method;
        *request.uri_mut() = url;
        *request.headers_mut() = headers;
        Ok(request)
    }
}

fn unsignable(error: &dyn std::error::Error) -> Failure {
    let what = format!("the request can't be signed: {error}");
    Failure::Config(ConfigError::Credentials(what))
}

/// Whether the body waits for the service's consent, by `swage.api#expectContinue`.
fn expects_continue(operation: &Operation, method: &Method, content: &Content) -> bool {
    let mut traits = operation.service.traits.iter();
    let min = traits.find_map(|of| match *of {
        ServiceTrait::ExpectContinue(length) => Some(length),
        _ => None,
    });
    let is_long = |min| content.plain_len().is_none_or(|length| length >= min);
    [Method::POST, Method::PUT].contains(method) && !content.is_events() && min.is_some_and(is_long)
}

/// Whether a request with that method and no body has `Content-Length: 0` (RFC 9110, section 8.6).
fn takes_body(method: &Method) -> bool {
    [Method::PATCH, Method::POST, Method::PUT].contains(method)
}
