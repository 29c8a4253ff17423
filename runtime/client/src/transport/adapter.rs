//! HTTP clients of the official crates as transports.

use super::{BoxError, RequestBody, ResponseBody, SendError, SendOptions, Sending, Transport};
use crate::error::TransportErrorKind;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorSettings, SharedHttpClient,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::http::HttpError;
use aws_smithy_types::body::SdkBody;
use http::header::CONTENT_LENGTH;
use http::{HeaderMap, HeaderValue, Method, Request, Uri};
use http_body::Body as _;
use std::sync::{Arc, Mutex};

/// Sends requests through an HTTP client of the official crates. The client keeps its connections.
pub(crate) struct HttpClientTransport {
    client: SharedHttpClient,
    components: RuntimeComponents,
}

impl HttpClientTransport {
    /// The components are for the client, which may ask for a clock or a timer.
    pub(crate) fn new(client: SharedHttpClient, components: RuntimeComponents) -> Self {
        Self { client, components }
    }
}

impl Transport for HttpClientTransport {
    fn send<'a>(&'a self, request: Request<RequestBody>, options: &'a SendOptions) -> Sending<'a> {
        let mut settings = HttpConnectorSettings::builder();
        settings
            .set_connect_timeout(options.connect_timeout)
            .set_read_timeout(options.read_timeout);
        let settings = settings.build();
        Box::pin(async move {
            let request = sdk_request(request).map_err(unfit)?;
            let connector = self.client.http_connector(&settings, &self.components);
            let response = connector.call(request).await.map_err(failed)?;
            let response = response.try_into_http1x().map_err(unfit)?;
            Ok(response.map(ResponseBody::from))
        })
    }
}

/// The request in the form of the official crates, with its length in a header. Bytes stay bytes, because mocks compare
/// them.
fn sdk_request(request: Request<RequestBody>) -> Result<HttpRequest, BoxError> {
    let (mut parts, body) = request.into_parts();
    // A request with extensions of http 1 can't become one of http 0.2, which is what older clients send.
    #[cfg(feature = "test-util")]
    parts.extensions.remove::<crate::operation::OperationRef>();
    if let Some(length) = body.size_hint().exact().filter(|length| *length > 0) {
        let length = || HeaderValue::from(length);
        parts.headers.entry(CONTENT_LENGTH).or_insert_with(length);
    }
    let body = match body.bytes() {
        Some(bytes) => SdkBody::from(bytes.clone()),
        None => SdkBody::from_body_1_x(body),
    };
    let Some(mut request) = parts.extensions.remove().and_then(WithExtensions::take) else {
        return Ok(HttpRequest::try_from(Request::from_parts(parts, body))?);
    };
    set_head(&mut request, (&parts.method, &parts.uri, &parts.headers))?;
    *request.body_mut() = body;
    Ok(request)
}

/// Sets everything but the body.
pub(crate) fn set_head(
    request: &mut HttpRequest,
    (method, url, headers): (&Method, &Uri, &HeaderMap),
) -> Result<(), HttpError> {
    request.set_method(method.as_str())?;
    *request.uri_mut() = url.clone().into();
    *request.headers_mut() = headers.clone().try_into()?;
    Ok(())
}

/// A request in the form of the official crates, of which only the extensions matter: they are those of http 0.2 and of http 1,
/// and can't be moved to another request.
#[derive(Clone)]
pub(crate) struct WithExtensions(Arc<Mutex<Option<HttpRequest>>>);

impl From<HttpRequest> for WithExtensions {
    fn from(request: HttpRequest) -> Self {
        Self(Arc::new(Mutex::new(Some(request))))
    }
}

impl WithExtensions {
    fn take(self) -> Option<HttpRequest> {
        self.0.lock().ok()?.take()
    }
}

fn unfit(error: impl Into<BoxError>) -> SendError {
    SendError::new(TransportErrorKind::Closed, error)
}

fn failed(error: ConnectorError) -> SendError {
    let kind = if error.is_timeout() {
        TransportErrorKind::TimedOut
    } else if error.is_user() {
        TransportErrorKind::Request
    } else {
        TransportErrorKind::Closed
    };
    SendError::new(kind, error)
}
