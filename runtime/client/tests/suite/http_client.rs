//! HTTP clients of the official crates.

use crate::server::{Answer, DOWNLOADS, Server, UPLOADS, builder, call, credentials, put};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use aws_types::SdkConfig;
use hyper_util::rt::TokioIo;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use swage_client::error::TransportErrorKind;
use swage_client::{Any, Client, Failure, Operation, Record};

/// A client that records requests and their settings, and gives these responses in turn.
#[derive(Clone, Debug, Default)]
struct Recorder {
    requests: Arc<Mutex<Vec<HttpRequest>>>,
    settings: Arc<Mutex<Vec<HttpConnectorSettings>>>,
    responses: Arc<Mutex<Vec<Result<HttpResponse, ConnectorError>>>>,
}

impl Recorder {
    fn new(responses: Vec<Result<(u16, &'static str), ConnectorError>>) -> Self {
        let responses = responses.into_iter().rev().map(|response| {
            response.map(|(status, body)| {
                let status = status.try_into().expect("a status");
                HttpResponse::new(status, SdkBody::from(body))
            })
        });
        Self {
            responses: Arc::new(Mutex::new(responses.collect())),
            ..Self::default()
        }
    }
}

impl HttpConnector for Recorder {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        self.requests.lock().expect("a lock").push(request);
        let response = self.responses.lock().expect("a lock").pop();
        HttpConnectorFuture::ready(response.expect("a response is left"))
    }
}

impl HttpClient for Recorder {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        assert!(components.time_source().is_some() && components.sleep_impl().is_some());
        let mut all = self.settings.lock().expect("a lock");
        all.push(settings.clone());
        SharedHttpConnector::new(self.clone())
    }
}

#[tokio::test]
async fn a_signed_request_goes_through_it() {
    let recorder = Recorder::new(vec![Ok((200, r#"{"Result": "done"}"#))]);
    let config = SdkConfig::builder()
        .http_client(SharedHttpClient::new(recorder.clone()))
        .build();
    let client: Client = builder()
        .sdk_config(&config)
        .endpoint_url("http://127.0.0.1:1/base")
        .credentials_provider(credentials())
        .read_timeout(Duration::from_secs(7))
        .build()
        .expect("good settings");
    put(&client).await.expect("an answer");
    let requests = recorder.requests.lock().expect("a lock");
    let request = requests.first().expect("a request");
    let headers = request.headers();
    assert!(request.uri().starts_with("http://127.0.0.1:1/base/things/"));
    assert!(headers.get("authorization").is_some());
    let body = request.body().bytes().expect("bytes");
    let length = headers.get("content-length").expect("a length");
    assert_eq!(length, body.len().to_string());
    let settings = recorder.settings.lock().expect("a lock");
    let settings = settings.first().expect("settings");
    assert_eq!(settings.read_timeout(), Some(Duration::from_secs(7)));
    assert_eq!(
        settings.connect_timeout(),
        Some(Duration::from_millis(3100))
    );
}

/// A client of http 0.2, such as that of hyper 0.14.
#[derive(Clone, Debug, Default)]
struct Older(Arc<Mutex<Vec<String>>>);

impl HttpConnector for Older {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let request = request.try_into_http02x();
        let sent = request.map(|request| request.uri().path().to_owned());
        self.0
            .lock()
            .expect("a lock")
            .push(sent.expect("a request of http 0.2"));
        let status = 200.try_into().expect("a status");
        let response = HttpResponse::new(status, SdkBody::from(r#"{"Result": "done"}"#));
        HttpConnectorFuture::ready(Ok(response))
    }
}

impl HttpClient for Older {
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

#[tokio::test]
async fn a_client_of_http_0_2_gets_the_request() {
    let older = Older::default();
    let client: Client = builder()
        .http_client(older.clone())
        .build()
        .expect("good settings");
    put(&client).await.expect("an answer");
    let sent = older.0.lock().expect("a lock");
    assert!(
        sent.first()
            .is_some_and(|path| path.starts_with("/things/")),
        "{sent:?}"
    );
}

#[tokio::test]
async fn its_errors_are_failures_of_the_transport_and_are_retried() {
    let broken = || Err(ConnectorError::io("broken pipe".into()));
    let recorder = Recorder::new(vec![broken(), Ok((200, "{}"))]);
    let client: Client = builder()
        .http_client(recorder.clone())
        .build()
        .expect("good settings");
    put(&client).await.expect("the second attempt succeeds");

    let recorder = Recorder::new(vec![broken(), broken(), broken()]);
    let client: Client = builder()
        .http_client(recorder)
        .build()
        .expect("good settings");
    let failure = put(&client).await.expect_err("no response");
    let Failure::Transport(error) = failure else {
        panic!("{failure:?}")
    };
    assert_eq!(error.kind, TransportErrorKind::Closed);
    assert!(error.to_string().contains("broken pipe"), "{error}");
}

#[tokio::test]
async fn errors_of_the_service_are_read() {
    let body = r#"{"__type": "Odd", "message": "no"}"#;
    let recorder = Recorder::new(vec![Ok((400, body))]);
    let client: Client = builder()
        .http_client(recorder)
        .build()
        .expect("good settings");
    let failure = put(&client).await.expect_err("an error");
    assert!(matches!(&failure, Failure::Service(error) if error.status == 400));
}

/// A response with that length in its head.
fn of_length(length: usize, body: &'static str) -> HttpResponse {
    let status = 200.try_into().expect("a status");
    let mut response = HttpResponse::new(status, SdkBody::from(body));
    response
        .headers_mut()
        .insert("content-length", length.to_string());
    response
}

/// A client whose calls get that response each time.
fn answering(length: usize, body: &'static str) -> (Recorder, Client) {
    let recorder = Recorder::default();
    let mut responses = recorder.responses.lock().expect("a lock");
    responses.extend((0..3).map(|_| Ok(of_length(length, body))));
    drop(responses);
    let client = builder().http_client(recorder.clone()).build();
    (recorder, client.expect("good settings"))
}

#[tokio::test]
async fn a_body_of_another_length_is_a_failure() {
    put(&answering(2, "{}").1).await.expect("an answer");
    for (length, what) in [
        (5, "ends 3 bytes before its Content-Length"),
        (1, "longer than its Content-Length"),
    ] {
        let (_, client) = answering(length, "{}");
        let failure = put(&client).await.expect_err("another length");
        assert!(failure.to_string().contains(what), "{failure}");
    }
}

/// A client that takes what the server says as it is.
#[derive(Clone, Debug)]
struct Wire(SocketAddr);

impl HttpConnector for Wire {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let address = self.0;
        HttpConnectorFuture::new(async move {
            let stream = tokio::net::TcpStream::connect(address).await;
            let stream = stream.map_err(|error| ConnectorError::io(error.into()))?;
            let connection = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await;
            let (mut sender, connection) =
                connection.map_err(|error| ConnectorError::io(error.into()))?;
            tokio::spawn(connection);
            let request = request.try_into_http1x().expect("a request of http 1");
            let response = sender.send_request(request).await;
            let response = response.map_err(|error| ConnectorError::io(error.into()))?;
            let response = response.map(SdkBody::from_body_1_x);
            Ok(HttpResponse::try_from(response).expect("a response"))
        })
    }
}

impl HttpClient for Wire {
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

/// The `Content-Length` of some responses is that of a body that isn't sent.
#[tokio::test]
async fn responses_without_a_body_have_a_length() {
    static HEAD: Operation = Operation {
        method: "HEAD",
        ..DOWNLOADS
    };
    let head = |status| {
        let text = format!("HTTP/1.1 {status} Some Reason\r\nContent-Length: 18\r\n\r\n");
        Server::new(vec![Answer::Last(text.into_bytes())])
    };
    let client = |server: &Server, wire: bool| -> Client {
        let client = builder().endpoint_url(server.url());
        let client = if wire {
            client.http_client(Wire(server.address))
        } else {
            client
        };
        client.build().expect("good settings")
    };
    for wire in [true, false] {
        let server = head(200);
        let input = Record::new(HEAD.input);
        let answer = call(&client(&server, wire), &HEAD, input).await;
        let (_, mut output) = answer.expect("an answer");
        let Some(Any::Stream(stream)) = output.take(0) else {
            panic!("{output:?}")
        };
        let body = stream.collect().await.expect("no body");
        assert!(body.into_bytes().is_empty());
        assert!(server.request().line.starts_with("HEAD "));

        let server = head(304);
        let failure = put(&client(&server, wire)).await.expect_err("an error");
        assert!(
            failure.to_string().contains("a redirect to nowhere"),
            "{failure}"
        );
    }
}

#[tokio::test]
async fn a_stream_of_another_length_is_an_error() {
    let (_, client) = answering(9, "data");
    let input = Record::new(DOWNLOADS.input);
    let (_, mut output) = call(&client, &DOWNLOADS, input).await.expect("a head");
    let Some(Any::Stream(stream)) = output.take(0) else {
        panic!("{output:?}")
    };
    let error = stream.collect().await.expect_err("it ends early");
    let source = std::error::Error::source(&error).expect("a source");
    assert!(
        source.to_string().contains("ends 5 bytes before"),
        "{source}"
    );
}

#[tokio::test]
async fn streams_that_are_sent_have_their_length_in_a_header() {
    let (recorder, client) = answering(2, "{}");
    let body = http_body_util::Full::new(bytes::Bytes::from_static(b"data"));
    let body = SdkBody::from_body_1_x(body);
    let mut input = Record::new(UPLOADS.input);
    input.set(0, Any::Stream(ByteStream::new(body)));
    call(&client, &UPLOADS, input).await.expect("an answer");
    let requests = recorder.requests.lock().expect("a lock");
    let length = requests[0].headers().get("content-length");
    assert_eq!(length, Some("4"));
}
