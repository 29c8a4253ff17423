//! Custom transports, without a network.

use crate::server::{builder, credentials, put};
use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body_util::BodyExt;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use swage_client::error::{TimeoutKind, TransportErrorKind};
use swage_client::transport::{
    HyperTransport, RequestBody, ResponseBody, SendError, SendOptions, Sending, Transport, from_fn,
};
use swage_client::{Client, ClientBuilder, Failure};

/// A client with this transport.
fn client(transport: impl Transport + 'static) -> Client {
    let builder: ClientBuilder = builder();
    let builder = builder
        .endpoint_url("https://service.test/base")
        .credentials_provider(credentials())
        .transport(transport);
    builder.build().expect("settings")
}

fn done() -> Response<ResponseBody> {
    let response = Response::builder().header("x-amzn-requestid", "r-1");
    let body = ResponseBody::from(r#"{"Result": "done"}"#);
    response.body(body).expect("a response")
}

#[tokio::test]
async fn a_mock_sees_the_whole_request_and_gives_the_response() {
    let seen = Arc::new(Mutex::new(None));
    let log = seen.clone();
    let transport = from_fn(move |request: Request<RequestBody>, options: SendOptions| {
        let log = log.clone();
        async move {
            let (head, body) = request.into_parts();
            let in_memory = body.bytes().cloned();
            let body = body.collect().await.expect("a body").to_bytes();
            *log.lock().expect("not poisoned") = Some((head, in_memory, body, options));
            Ok(done())
        }
    });
    let (metadata, _) = put(&client(transport)).await.expect("an answer");
    assert_eq!((metadata.status, metadata.attempts), (200, 1));
    assert_eq!(metadata.request_id.as_deref(), Some("r-1"));
    let seen = seen.lock().expect("not poisoned").take();
    let (head, in_memory, body, options) = seen.expect("a request");
    assert_eq!(head.uri.host(), Some("service.test"));
    assert!(head.uri.path().starts_with("/base/"), "{}", head.uri);
    assert!(head.headers.contains_key("authorization"));
    assert_eq!(in_memory, Some(body));
    assert_eq!(options.connect_timeout, Some(Duration::from_millis(3100)));
    assert!(options.may_resend);
}

#[tokio::test]
async fn retries_stand_above_a_transport() {
    let calls = Arc::new(AtomicU32::new(0));
    let count = calls.clone();
    let transport = from_fn(move |_, _| {
        let number = count.fetch_add(1, Ordering::SeqCst);
        async move {
            match number {
                0 => Err(SendError::new(TransportErrorKind::Connect, "no route")),
                1 => {
                    let mut busy = Response::new(ResponseBody::from("{}"));
                    *busy.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
                    Ok(busy)
                }
                _ => Ok(done()),
            }
        }
    });
    let (metadata, _) = put(&client(transport)).await.expect("an answer");
    assert_eq!((metadata.attempts, calls.load(Ordering::SeqCst)), (3, 3));
}

#[tokio::test]
async fn errors_of_a_transport_are_those_of_the_client() {
    let transport =
        from_fn(|_, _| async { Err(SendError::new(TransportErrorKind::Tls, "unknown issuer")) });
    let failure = put(&client(transport)).await.expect_err("no trust");
    let Failure::Transport(error) = &failure else {
        panic!("{failure:?}")
    };
    assert_eq!(error.kind, TransportErrorKind::Tls);
    assert!(failure.to_string().ends_with("unknown issuer"), "{failure}");

    let transport = from_fn(|_, _| async { Err(SendError::ConnectTimeout) });
    let builder: ClientBuilder = builder();
    let client: Client = builder
        .endpoint_url("https://service.test")
        .connect_timeout(Duration::from_secs(7))
        .retry_config(swage_client::RetryConfig::disabled())
        .transport(transport)
        .build()
        .expect("settings");
    let failure = put(&client).await.expect_err("too slow");
    let Failure::Timeout(error) = &failure else {
        panic!("{failure:?}")
    };
    assert_eq!(
        (error.kind, error.after),
        (TimeoutKind::Connect, Duration::from_secs(7))
    );
}

#[tokio::test]
async fn limits_stand_above_a_transport() {
    let transport = from_fn(|_, _| std::future::pending());
    let builder: ClientBuilder = builder();
    let client: Client = builder
        .endpoint_url("https://service.test")
        .read_timeout(Duration::from_millis(40))
        .retry_config(swage_client::RetryConfig::disabled())
        .transport(transport)
        .build()
        .expect("settings");
    let failure = put(&client).await.expect_err("too slow");
    let Failure::Timeout(error) = &failure else {
        panic!("{failure:?}")
    };
    assert_eq!(error.kind, TimeoutKind::Read);
}

/// Records the request lines and passes the requests on.
struct Recorder {
    inner: HyperTransport,
    lines: Arc<Mutex<Vec<String>>>,
}

impl Transport for Recorder {
    fn send<'a>(&'a self, request: Request<RequestBody>, options: &'a SendOptions) -> Sending<'a> {
        let line = format!("{} {}", request.method(), request.uri().path());
        self.lines.lock().expect("not poisoned").push(line);
        self.inner.send(request, options)
    }
}

#[tokio::test]
async fn a_recorder_wraps_the_default_transport() {
    let server = crate::server::Server::new(vec![crate::server::ok()]);
    let lines = Arc::new(Mutex::new(Vec::new()));
    let recorder = Recorder {
        inner: HyperTransport::default(),
        lines: lines.clone(),
    };
    let builder: ClientBuilder = builder();
    let builder = builder.endpoint_url(server.url()).transport(recorder);
    let client: Client = builder.build().expect("settings");
    put(&client).await.expect("an answer");
    let lines = lines.lock().expect("not poisoned").clone();
    let line = server.request().line;
    assert_eq!(lines.len(), 1);
    assert!(line.starts_with(&lines[0]), "{line} {lines:?}");
}

#[tokio::test]
async fn requests_without_an_operation_go_through_it_too() {
    let transport = from_fn(|request: Request<RequestBody>, _| async move {
        Ok(Response::new(ResponseBody::from(request.uri().to_string())))
    });
    let request = Request::new(Bytes::new());
    let response = client(transport)
        .exchange(request)
        .await
        .expect("a response");
    assert_eq!(response.body(), "/");
}
