//! `Expect: 100-continue`, by `swage.api#expectContinue`.

use crate::server::{PUT, SERVICE, Server, UPLOADS, builder, ok};
use aws_smithy_types::byte_stream::ByteStream;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use swage_client::operation::ServiceTrait;
use swage_client::{Any, Failure, Metadata, Operation, Record, Service};

static EXPECTING: Service = Service {
    traits: &[ServiceTrait::ExpectContinue(10)],
    ..SERVICE
};
static UPLOAD: Operation = Operation {
    service: &EXPECTING,
    ..UPLOADS
};
static DELETE: Operation = Operation {
    method: "DELETE",
    ..UPLOAD
};

async fn upload(
    operation: &'static Operation,
    url: &str,
    body: &'static str,
) -> Result<Metadata, Failure> {
    let client = builder().endpoint_url(url).build().expect("a client");
    let mut input = Record::new(operation.input);
    input.set(0, Any::Stream(ByteStream::from_static(body.as_bytes())));
    let mut output = Record::new(PUT.output);
    client.call(operation, &mut input, &mut output).await
}

/// A server that handles one connection after the head of its request, and its URL.
fn after_head<T: Send + 'static>(
    handle: impl FnOnce(BufReader<TcpStream>, String) -> T + Send + 'static,
) -> (String, JoinHandle<T>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let thread = std::thread::spawn(move || {
        let (stream, _) = listener.accept().expect("a connection");
        let mut reader = BufReader::new(stream);
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            reader.read_line(&mut head).expect("a line");
        }
        handle(reader, head)
    });
    (url, thread)
}

#[tokio::test]
async fn the_body_follows_when_the_service_says_so() {
    let (url, server) = after_head(|mut reader, head| {
        let interim = b"HTTP/1.1 100 Continue\r\n\r\n";
        reader.get_mut().write_all(interim).expect("written");
        let mut body = [0; 12];
        reader.read_exact(&mut body).expect("a body");
        let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
        reader.get_mut().write_all(answer).expect("written");
        (head.to_ascii_lowercase(), body)
    });
    let start = Instant::now();
    upload(&UPLOAD, &url, "hello, world")
        .await
        .expect("an answer");
    assert!(start.elapsed() < Duration::from_millis(900));
    let (head, body) = server.join().expect("a request");
    assert!(head.contains("\r\nexpect: 100-continue\r\n"));
    assert!(head.contains("\r\ncontent-length: 12\r\n"));
    assert_eq!(&body, b"hello, world");
}

#[tokio::test]
async fn an_answer_before_the_body_takes_its_place() {
    let (url, server) = after_head(|mut reader, _| {
        let answer = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\n\r\n{}";
        reader.get_mut().write_all(answer).expect("written");
        let limit = Some(Duration::from_millis(1500));
        reader.get_mut().set_read_timeout(limit).expect("a limit");
        let mut body = Vec::new();
        let _ = reader.read_to_end(&mut body);
        body
    });
    let failure = upload(&UPLOAD, &url, "hello, world").await;
    assert!(matches!(failure, Err(Failure::Service(error)) if error.status == 400));
    assert!(server.join().expect("a request").is_empty());
}

#[tokio::test]
async fn the_body_is_sent_without_consent_after_a_second() {
    let server = Server::new(vec![ok()]);
    let start = Instant::now();
    let sent = upload(&UPLOAD, &server.url(), "hello, world").await;
    sent.expect("an answer");
    assert!(start.elapsed() >= Duration::from_secs(1));
    assert_eq!(server.request().body, "hello, world");
}

#[tokio::test]
async fn short_bodies_and_other_methods_do_not_wait() {
    let server = Server::new(vec![ok()]);
    upload(&UPLOAD, &server.url(), "hello")
        .await
        .expect("an answer");
    upload(&DELETE, &server.url(), "hello, world")
        .await
        .expect("an answer");
    for request in server.requests() {
        assert_eq!(request.header("expect"), None);
    }
}
