//! Responses of a presigned URL that aren't successes.

use crate::client::Download;
use crate::error::{Failure, ServiceError};
use http::Response;
use http::header::{DATE, RETRY_AFTER};
use std::future::poll_fn;

/// How much of an error's body is read.
const LONGEST: usize = 16 << 10;

/// The failure that a response means. Of its body, only the code of an error in XML is kept, because the rest can quote the
/// signature.
pub(super) async fn failure(name: &'static str, response: Response<Download>) -> Failure {
    let (parts, body) = response.into_parts();
    let headers = [DATE, RETRY_AFTER].into_iter().filter_map(|name| {
        let value = parts.headers.get(&name)?;
        Some((name.to_string(), value.as_bytes().to_vec()))
    });
    let mut error = ServiceError {
        operation: name,
        status: parts.status.as_u16(),
        code: code(&start(body).await),
        types: Vec::new(),
        message: None,
        request_id: None,
        retryable: false,
        attempts: 1,
        schema: None,
        protocol: "",
        headers: headers.collect(),
        body: bytes::Bytes::new(),
        event: None,
    };
    error.retryable = error.is_transient();
    if error.code.is_none() {
        error.code = error.status_name();
    }
    Failure::Service(Box::new(error))
}

/// The status of a response that refused the request.
pub(super) fn status(failure: &Failure) -> Option<u16> {
    match failure {
        Failure::Service(error) => Some(error.status),
        _ => None,
    }
}

/// The start of a body, as far as it arrives.
async fn start(mut body: Download) -> Vec<u8> {
    let mut start = Vec::new();
    while let Some(Ok(piece)) = poll_fn(|cx| body.poll_data(cx)).await {
        start.extend(piece);
        if start.len() >= LONGEST {
            break;
        }
    }
    start
}

/// The content of the element `Code`, if it looks like a code.
fn code(body: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(body).ok()?;
    let (_, rest) = text.split_once("<Code>")?;
    let (code, _) = rest.split_once("</Code>")?;
    let is_code = (1..=64).contains(&code.len()) && code.bytes().all(|c| c.is_ascii_alphanumeric());
    is_code.then(|| code.to_owned())
}
