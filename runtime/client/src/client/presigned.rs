//! A request that is signed and given to the caller.

use super::auth::{Authentication, is_signature};
use super::call::{Inner, add_fixed, unencodable};
use super::content::Content;
use super::intercept::Hooks;
use super::{Client, resolve, sign};
use crate::error::{ConfigError, EncodeError, Failure, FromResponse, InputError, SdkError};
use crate::operation::Operation;
use crate::presigning::{PresignedRequest, PresigningConfig};
use crate::protocol::{self, Body, Request};
use crate::schema::Location;
use crate::shape::{Shape, Value};
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderName};
use http::{HeaderMap, Method};

/// Presigns the request of an operation whose input has a type.
#[doc(hidden)]
pub fn presign<I, E>(
    client: &Client,
    operation: &'static Operation,
    mut input: I,
    config: PresigningConfig,
) -> impl Future<Output = Result<PresignedRequest, SdkError<E>>> + Send
where
    I: Shape,
    E: FromResponse,
{
    // As in `send`: the future is small.
    Box::pin(async move {
        let request = client.inner.presigned(operation, &mut input, &config);
        Ok(request.await?)
    })
}

impl Inner {
    async fn presigned(
        &self,
        operation: &'static Operation,
        input: &mut dyn Shape,
        config: &PresigningConfig,
    ) -> Result<PresignedRequest, Failure> {
        self.begin(input)?;
        let endpoint = self.endpoint(operation, input, None).await?;
        let authentication = self.authenticate(operation, input, &endpoint).await?;
        let request = operation.service.protocol.request(operation, input);
        let mut request = request.map_err(|error| unencodable(&error))?;
        self.add_presigned_url(operation, input, &authentication, &mut request)
            .await?;
        let signer = match &authentication {
            Authentication::Signature(signer) => signer,
            // Its calls may be unsigned, for instance where no provider is set; a presigned request can't.
            Authentication::Unsigned if !self.config.anonymous && has_signature(operation) => {
                return Err(Failure::Config(ConfigError::NoCredentials(String::new())));
            }
            _ => return Err(refused("its requests have no signature")),
        };
        move_form(&mut request);
        move_document(operation, input, &mut request).map_err(|error| unencodable(&error))?;
        remove_unset(operation, input, &mut request.headers);
        let streams = protocol::is_streaming_blob(operation.input);
        if !streams && !request.body.is_empty() {
            return Err(refused("the signature would have to cover its body"));
        }
        request.headers.extend(endpoint.headers);
        add_fixed(operation, &mut request.headers);
        let url = resolve::join(&endpoint.url, &request.host_prefix, &request.path_and_query)
            .map_err(|error| unencodable(&EncodeError::new(format!("the URL: {error}"))))?;
        let presign = sign::Presign {
            signer,
            time: config.start_time(),
            valid: config.expires(),
            has_payload: streams || operation.has_unsigned_payload(),
        };
        let (mut method, mut url, mut headers) = (request.method, url, request.headers);
        let mut content = Content::new(Body::empty());
        let head = (&mut method, &mut url, &mut headers);
        Hooks::new(&self.config, operation).before_signing(1, head, &mut content)?;
        let url = presign.sign(&method, &url, &headers)?;
        Ok(PresignedRequest::new(method, url, headers))
    }
}

fn has_signature(operation: &Operation) -> bool {
    let ways = operation.auth.unwrap_or(operation.service.auth);
    ways.iter().any(is_signature)
}

fn refused(why: &str) -> Failure {
    Failure::Input(InputError {
        problems: vec![format!("the operation can't be presigned: {why}")],
    })
}

/// Removes the headers that describe the body unless the caller set them: whoever sends the request decides on its body.
fn remove_unset(operation: &Operation, input: &dyn Shape, headers: &mut HeaderMap) {
    let is_set = |name: &HeaderName| {
        let mut members = operation.input.members().iter().enumerate();
        members.any(|(index, member)| {
            member.location() == Location::Header
                && member.wire().eq_ignore_ascii_case(name.as_str())
                && input.member(index).is_some_and(Value::is_set)
        })
    };
    for name in [CONTENT_TYPE, CONTENT_LENGTH] {
        if !is_set(&name) {
            headers.remove(name);
        }
    }
}

/// Moves the members of the document from the body into the query, where `swage.api#presignedQuery` says so.
#[cfg(feature = "http-binding")]
fn move_document(
    operation: &Operation,
    input: &dyn Shape,
    request: &mut Request,
) -> Result<(), EncodeError> {
    if operation.is_presigned_by_query() {
        protocol::append_document(input, &mut request.path_and_query)?;
        request.method = Method::GET;
        request.body = Body::empty();
    }
    Ok(())
}

/// Other protocols have no members in queries.
#[cfg(not(feature = "http-binding"))]
#[expect(
    clippy::unnecessary_wraps,
    reason = "with HTTP bindings, members may be unfit"
)]
fn move_document(_: &Operation, _: &dyn Shape, _: &mut Request) -> Result<(), EncodeError> {
    Ok(())
}

const FORM: &str = "application/x-www-form-urlencoded";

/// Moves a form from the body into the query, so that the URL is the whole request.
fn move_form(request: &mut Request) {
    let content_type = request.headers.get(CONTENT_TYPE);
    if let Body::Bytes(bytes) = &request.body
        && content_type.is_some_and(|of| of == FORM)
    {
        let form = String::from_utf8_lossy(bytes);
        let separator = if request.path_and_query.contains('?') {
            '&'
        } else {
            '?'
        };
        request.path_and_query = format!("{}{separator}{form}", request.path_and_query);
        request.method = Method::GET;
        request.body = Body::empty();
    }
}
