//! Kept connections: how many, for how long, and what happens to a request that is lost on one.
use crate::server;
use crate::tls;

use crate::server::{
    Answer, LISTS, Request, Server, UPLOADS, builder, call, ok, put, read_request, reply, thing,
};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use std::io::{BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use swage_client::operation::Operation;
use swage_client::{Any, Client, ClientBuilder, Failure, Record, RetryConfig};

/// A server that counts its open connections and all its connections.
struct Counting {
    address: SocketAddr,
    open: Arc<AtomicUsize>,
    all: Arc<AtomicUsize>,
}

impl Counting {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let counts = [Arc::default(), Arc::default()];
        let [open, all]: [Arc<AtomicUsize>; 2] = counts.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let [open, all] = counts.clone();
                open.fetch_add(1, Ordering::SeqCst);
                all.fetch_add(1, Ordering::SeqCst);
                std::thread::spawn(move || {
                    answer_all(stream);
                    open.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        Self { address, open, all }
    }

    fn open(&self) -> usize {
        self.open.load(Ordering::SeqCst)
    }

    /// Waits until this number of connections is open.
    async fn has(&self, open: usize, within: Duration) {
        let start = Instant::now();
        while self.open() != open {
            assert!(
                start.elapsed() < within,
                "{} are open, not {open}",
                self.open()
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// Responds after a while, so that requests overlap.
fn answer_all(mut stream: TcpStream) {
    let mut reader = BufReader::new(stream.try_clone().expect("a handle"));
    let Answer::Bytes(bytes) = ok() else {
        unreachable!()
    };
    while read_request(&mut reader, 0).is_some() {
        std::thread::sleep(Duration::from_millis(200));
        if stream.write_all(&bytes).is_err() {
            return;
        }
    }
}

async fn put_at_once(client: &Client, calls: usize) {
    let calls: Vec<_> = (0..calls)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { put(&client).await })
        })
        .collect();
    for call in calls {
        call.await.expect("no panic").expect("an answer");
    }
}

#[tokio::test]
async fn only_so_many_connections_are_kept() {
    const SOON: Duration = Duration::from_secs(10);
    for (most, kept) in [(3, 3), (0, 0), (50, 12)] {
        let server = Counting::new();
        let client: Client = builder()
            .endpoint_url(format!("http://{}", server.address))
            .pool_max_idle_per_host(most)
            .build()
            .expect("good settings");
        put_at_once(&client, 12).await;
        assert_eq!(server.all.load(Ordering::SeqCst), 12);
        server.has(kept, SOON).await;
        drop(client);
        server.has(0, SOON).await;
    }
}

#[tokio::test]
async fn connections_are_kept_for_a_time() {
    let server = Counting::new();
    let settings = || builder().endpoint_url(format!("http://{}", server.address));
    let client: Client = settings()
        .pool_idle_timeout(Duration::from_millis(500))
        .build()
        .expect("good settings");
    put_at_once(&client, 5).await;
    assert_eq!(server.open(), 5);
    server.has(0, Duration::from_secs(5)).await;
    let client: Client = settings()
        .set_pool_idle_timeout(None)
        .build()
        .expect("good settings");
    put_at_once(&client, 5).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(server.open(), 5);
}

/// A server that responds normally to the first request on each connection, and with this one to the second.
fn stale(second: Answer) -> Server {
    let connections = std::sync::Mutex::new(Vec::new());
    Server::with(move |request: &Request| {
        let mut seen = connections.lock().expect("not poisoned");
        if seen.contains(&request.connection) {
            return second.clone();
        }
        seen.push(request.connection);
        ok()
    })
}

/// Has delays between attempts that are too long for a test.
fn slow(server: &Server) -> ClientBuilder<Client> {
    let retry = RetryConfig::standard().with_initial_backoff(Duration::from_hours(1));
    builder()
        .endpoint_url(server.url())
        .retry_config(retry.with_max_backoff(Duration::from_hours(1)))
        .operation_timeout(Duration::from_secs(20))
}

fn once(server: &Server) -> Client {
    slow(server)
        .retry_config(RetryConfig::disabled())
        .build()
        .expect("good settings")
}

#[tokio::test]
async fn what_a_kept_connection_lost_is_sent_again_at_once() {
    let server = stale(Answer::Close);
    let client = slow(&server).build().expect("good settings");
    let calls = 150;
    for _ in 0..calls {
        // More often than the retry budget allows.
        let (metadata, output) = put(&client).await.expect("an answer");
        assert_eq!(metadata.attempts, 1);
        assert!(matches!(output.get(0), Some(Any::String(text)) if text == "done"));
    }
    // All but the first were lost once.
    let requests = server.requests();
    assert_eq!(requests.len(), calls * 2 - 1);
    assert!(
        requests
            .iter()
            .all(|request| request.header("amz-sdk-request") == Some("attempt=1; max=3"))
    );
}

#[tokio::test]
async fn it_is_sent_on_a_new_connection() {
    // The requests overlap, so that many connections are kept.
    let server = stale(Answer::Close);
    let client = slow(&server).build().expect("good settings");
    put_at_once(&client, 8).await;
    let before = server.requests().len();
    put(&client).await.expect("an answer");
    let requests = server.requests();
    let [lost, answered] = &requests[before..] else {
        panic!("{requests:?}")
    };
    assert!(
        requests[..before]
            .iter()
            .any(|it| it.connection == lost.connection)
    );
    assert!(
        requests[..before]
            .iter()
            .all(|it| it.connection != answered.connection)
    );
    assert_eq!(lost.body, answered.body);
}

/// Whether a second call succeeds.
async fn second(client: &Client, operation: &'static Operation, input: Record) -> bool {
    put(client).await.expect("an answer");
    match call(client, operation, input).await {
        Ok(_) => true,
        Err(Failure::Transport(_) | Failure::Timeout(_)) => false,
        Err(failure) => panic!("{failure:?}"),
    }
}

fn upload(body: ByteStream) -> Record {
    let mut input = Record::new(UPLOADS.input);
    input.set(0, Any::Stream(body));
    input
}

#[tokio::test]
async fn without_retries_only_what_may_happen_twice_is_sent_again() {
    let server = stale(Answer::Close);
    // It has an idempotency token.
    assert!(second(&once(&server), &server::PUT, thing()).await);
    // It is PUT.
    let body = ByteStream::from_static(b"data");
    assert!(second(&once(&server), &UPLOADS, upload(body)).await);
    // It is POST.
    let before = server.requests().len();
    assert!(!second(&once(&server), &LISTS, Record::new(LISTS.input)).await);
    assert_eq!(server.requests().len(), before + 2);
    let client = slow(&server).build().expect("good settings");
    assert!(second(&client, &LISTS, Record::new(LISTS.input)).await);
}

#[tokio::test]
async fn what_can_be_sent_once_is_not_sent_again() {
    let server = stale(Answer::Close);
    let client = slow(&server).build().expect("good settings");
    let once = http_body_util::Full::new(bytes::Bytes::from_static(b"data"));
    let body = ByteStream::new(SdkBody::from_body_1_x(once));
    assert!(!second(&client, &UPLOADS, upload(body)).await);
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn an_answer_that_has_begun_is_a_failure_like_any_other() {
    for start in [
        "H",
        "HTTP/1.1 100 Continue\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{",
    ] {
        let server = stale(Answer::Last(start.into()));
        assert!(
            !second(&once(&server), &server::PUT, thing()).await,
            "{start}"
        );
        assert_eq!(server.requests().len(), 2);
    }
}

#[tokio::test]
async fn a_new_connection_that_loses_a_request_is_a_failure_like_any_other() {
    let server = Server::new(vec![Answer::Close, ok()]);
    let client = once(&server);
    let Failure::Transport(_) = put(&client).await.expect_err("no answer") else {
        panic!("another failure")
    };
    assert_eq!(server.requests().len(), 1);
    // An unavailable service costs one more request, not one for each kept connection.
    let server = Server::new(vec![ok(), Answer::Close]);
    let client = once(&server);
    assert!(!second(&client, &server::PUT, thing()).await);
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn errors_are_answers() {
    let server = stale(reply(503, &[], "{}"));
    let client = once(&server);
    put(&client).await.expect("an answer");
    let Failure::Service(error) = put(&client).await.expect_err("busy") else {
        panic!("another failure")
    };
    assert_eq!(error.status, 503);
    assert_eq!(server.requests().len(), 2);
}

mod http2 {
    //! The same over HTTP/2, with a server that writes frames.

    use super::{builder, put, tls};
    use std::io::{Read, Write};
    use std::net::{TcpListener, TcpStream};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;
    use swage_client::{Client, Failure, Metadata, RetryConfig};

    const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    const END_STREAM: u8 = 1;
    const END_HEADERS: u8 = 4;

    fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
        let length = u32::try_from(payload.len()).expect("short").to_be_bytes();
        let mut frame = length[1..].to_vec();
        frame.extend([kind, flags]);
        frame.extend(stream.to_be_bytes());
        frame.extend(payload);
        frame
    }

    fn settings() -> Vec<u8> {
        frame(4, 0, 0, &[])
    }

    fn answer(stream: u32) -> Vec<u8> {
        // `:status: 200` of the static table.
        let mut frames = frame(1, END_HEADERS, stream, &[0x88]);
        frames.extend(frame(0, END_STREAM, stream, br#"{"Result": "done"}"#));
        frames
    }

    fn interim(stream: u32) -> Vec<u8> {
        frame(1, END_HEADERS, stream, b"\x08\x03103")
    }

    fn reset(stream: u32, reason: u32) -> Vec<u8> {
        frame(3, 0, stream, &reason.to_be_bytes())
    }

    fn go_away(last: u32, reason: u32) -> Vec<u8> {
        frame(
            7,
            0,
            0,
            &[last.to_be_bytes(), reason.to_be_bytes()].concat(),
        )
    }

    /// A server's reaction to a request: writes these bytes and optionally closes the connection.
    type Reaction = (Vec<u8>, bool);

    /// Reads frames and reacts to each that begins a request, by its index on the connection and its stream.
    fn serve(mut stream: TcpStream, react: &dyn Fn(usize, u32) -> Reaction) -> Option<()> {
        let mut preface = vec![0; PREFACE.len()];
        stream.read_exact(&mut preface).ok()?;
        assert_eq!(preface, PREFACE);
        stream.write_all(&settings()).ok()?;
        let mut requests = 0;
        loop {
            let mut head = [0; 9];
            stream.read_exact(&mut head).ok()?;
            let [l0, l1, l2, kind, flags, id @ ..] = head;
            let mut payload = vec![0; u32::from_be_bytes([0, l0, l1, l2]) as usize];
            stream.read_exact(&mut payload).ok()?;
            if kind == 4 && flags == 0 {
                stream.write_all(&frame(4, 1, 0, &[])).ok()?;
            }
            // The end of a request: of its headers or its body.
            if kind <= 1 && flags & END_STREAM != 0 {
                let (frames, closes) = react(requests, u32::from_be_bytes(id));
                requests += 1;
                stream.write_all(&frames).ok()?;
                if closes {
                    return None;
                }
            }
        }
    }

    struct Server {
        url: String,
        requests: Arc<AtomicUsize>,
    }

    async fn server(react: impl Fn(usize, u32) -> Reaction + Send + Sync + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let requests = Arc::new(AtomicUsize::new(0));
        let count = requests.clone();
        let react = Arc::new(move |number, stream| {
            count.fetch_add(1, Ordering::SeqCst);
            react(number, stream)
        });
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let react = react.clone();
                std::thread::spawn(move || serve(stream, react.as_ref()));
            }
        });
        let url = tls::behind_tls(&address.to_string(), &["h2"]).await;
        Server { url, requests }
    }

    fn client(server: &Server) -> Client {
        builder()
            .endpoint_url(&server.url)
            .dangerous_no_verify()
            .retry_config(RetryConfig::disabled())
            .operation_timeout(Duration::from_secs(20))
            .build()
            .expect("good settings")
    }

    /// The second of two calls to a server that responds normally to the first request on each connection and reacts like
    /// this to the second.
    async fn second(
        reaction: impl Fn(u32) -> Reaction + Send + Sync + 'static,
    ) -> (Result<Metadata, Failure>, usize) {
        let server = server(move |number, stream| match number {
            0 => (answer(stream), false),
            _ => reaction(stream),
        })
        .await;
        let client = client(&server);
        put(&client).await.expect("an answer");
        let result = put(&client).await.map(|(metadata, _)| metadata);
        (result, server.requests.load(Ordering::SeqCst))
    }

    #[tokio::test]
    async fn what_was_not_processed_is_sent_again() {
        const NO_ERROR: u32 = 0;
        const REFUSED_STREAM: u32 = 7;
        let (result, requests) = second(|stream| (go_away(stream - 2, NO_ERROR), false)).await;
        assert_eq!((result.expect("an answer").attempts, requests), (1, 3));
        let (result, requests) = second(|stream| (go_away(stream - 2, NO_ERROR), true)).await;
        assert_eq!((result.expect("an answer").attempts, requests), (1, 3));
        let (result, requests) = second(|stream| (reset(stream, REFUSED_STREAM), false)).await;
        assert_eq!((result.expect("an answer").attempts, requests), (1, 3));
        let (result, requests) = second(|_| (Vec::new(), true)).await;
        assert_eq!((result.expect("an answer").attempts, requests), (1, 3));
    }

    #[tokio::test]
    async fn what_was_processed_is_not() {
        const INTERNAL_ERROR: u32 = 2;
        let (result, requests) = second(|stream| (reset(stream, INTERNAL_ERROR), false)).await;
        assert!(matches!(result, Err(Failure::Transport(_))), "{result:?}");
        assert_eq!(requests, 2);
        let (result, requests) =
            second(|stream| (go_away(stream - 2, INTERNAL_ERROR), false)).await;
        assert!(matches!(result, Err(Failure::Transport(_))), "{result:?}");
        assert_eq!(requests, 2);
        // It is processed completely.
        let last = |stream| ([go_away(stream, 0), answer(stream)].concat(), true);
        let (result, requests) = second(last).await;
        assert_eq!((result.expect("an answer").attempts, requests), (1, 2));
    }

    #[tokio::test]
    async fn interim_responses_are_limited() {
        let some = server(|_, stream| {
            let frames = [interim(stream).repeat(32), answer(stream)].concat();
            (frames, false)
        })
        .await;
        let client_of_some = client(&some);
        for _ in 0..3 {
            put(&client_of_some).await.expect("an answer");
        }
        let many = server(|_, stream| (interim(stream).repeat(1_000_000), true)).await;
        let failure = put(&client(&many)).await.expect_err("a flood");
        let said = failure.to_string();
        assert!(
            said.contains("more than 32 interim responses (1xx) came"),
            "{said}"
        );
        assert_eq!(many.requests.load(Ordering::SeqCst), 1);
    }
}
