//! How often a stream is read, and the length in its request.
use crate::server;

use crate::server::{Request, Server, builder, call, credentials, ok, reply};
use crate::tls::{AUTHORITY, behind_tls};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::checksum_config::RequestChecksumCalculation;
use bytes::Bytes;
use http_body::{Frame, SizeHint};
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use swage_client::operation::{HttpChecksum, OperationTrait};
use swage_client::schema::{self, Kind, Member, Schema};
use swage_client::{Any, Client, ClientBuilder, Failure, Operation, Record};

static STREAM: Schema = Schema::simple("test#Stream", Kind::Blob).streaming();
static BLOB: Schema = Schema::simple("test#Blob", Kind::Blob);
const ALGORITHM: Member =
    Member::new("Algorithm", &schema::STRING).header(&"x-amz-sdk-checksum-algorithm");
const LENGTH: Member = Member::new("Length", &schema::LONG).header(&"Content-Length");
static UPLOAD: Schema = Schema::structure(
    "test#Upload",
    &[Member::new("Body", &STREAM).payload(), ALGORITHM, LENGTH],
);
static PUT: Schema = Schema::structure(
    "test#Put",
    &[Member::new("Body", &BLOB).payload(), ALGORITHM, LENGTH],
);
const PLAIN: Operation = Operation {
    input: &UPLOAD,
    output: &schema::UNIT,
    uri: "/thing",
    method: "PUT",
    ..server::PUT
};
static UPLOADS: Operation = PLAIN;
static CHECKED: Operation = Operation {
    traits: &[OperationTrait::HttpChecksum(HttpChecksum {
        request_algorithm_member: "Algorithm",
        request_checksum_required: false,
        request_validation_mode_member: "",
        response_algorithms: &[],
    })],
    ..PLAIN
};
static MD5: Operation = Operation {
    traits: &[OperationTrait::HttpChecksumRequired],
    ..PLAIN
};
static TREE: Operation = Operation {
    traits: &[OperationTrait::Sha256TreeHash("x-tree-hash")],
    ..PLAIN
};
static ZIPPED: Operation = Operation {
    traits: &[OperationTrait::RequestCompression(&["gzip"])],
    ..PLAIN
};
static PUTS: Operation = Operation {
    input: &PUT,
    ..PLAIN
};

const TEXT: &str = "123456789";
const SHA256: &str = "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225";
const TRAILER: &str = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";

/// A stream that counts the bytes read from it.
struct Counted {
    left: &'static str,
    length: Option<u64>,
    read: Arc<AtomicUsize>,
}

impl http_body::Body for Counted {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let (now, left) = self.left.split_at(self.left.len().min(4));
        self.left = left;
        self.read.fetch_add(now.len(), Ordering::SeqCst);
        let frame = Frame::data(Bytes::from_static(now.as_bytes()));
        Poll::Ready((!now.is_empty()).then_some(Ok(frame)))
    }

    fn size_hint(&self) -> SizeHint {
        self.length
            .map_or(SizeHint::default(), SizeHint::with_exact)
    }
}

/// The uploaded bytes.
#[derive(Clone, Copy, Debug, PartialEq)]
enum From {
    File,
    FileOfUnknownLength,
    Pipe,
    PipeOfUnknownLength,
}

impl From {
    fn input(self, read: &Arc<AtomicUsize>) -> Record {
        let length = matches!(self, Self::File | Self::Pipe).then_some(TEXT.len() as u64);
        let read = read.clone();
        let body = move || {
            SdkBody::from_body_1_x(Counted {
                left: TEXT,
                length,
                read: read.clone(),
            })
        };
        let is_file = matches!(self, Self::File | Self::FileOfUnknownLength);
        let body = if is_file {
            SdkBody::retryable(body)
        } else {
            body()
        };
        stream(body)
    }
}

fn stream(body: SdkBody) -> Record {
    let mut input = Record::new(&UPLOAD);
    input.set(0, Any::Stream(ByteStream::new(body)));
    input
}

fn of_length(mut input: Record, length: &str) -> Record {
    input.set(2, Any::Number(length.to_owned()));
    input
}

fn unsigned(url: &str) -> ClientBuilder<Client> {
    builder().endpoint_url(url)
}

fn signed(url: &str) -> ClientBuilder<Client> {
    unsigned(url).credentials_provider(credentials())
}

/// Uploads the stream; returns the request and how often the stream was read.
async fn upload(
    server: &Server,
    client: ClientBuilder<Client>,
    operation: &'static Operation,
    from: From,
) -> (Request, usize) {
    let read = Arc::default();
    let client = client.build().expect("a client");
    let sent = call(&client, operation, from.input(&read)).await;
    sent.unwrap_or_else(|failure| panic!("{} {from:?}: {failure:?}", operation.name));
    let read = read.load(Ordering::SeqCst);
    assert_eq!(read % TEXT.len(), 0, "{read}");
    (server.request(), read / TEXT.len())
}

#[tokio::test]
async fn over_tls_a_stream_is_read_once_where_its_checksum_can_trail() {
    let server = Server::new(vec![ok()]);
    let url = behind_tls(&server.url(), &["http/1.1"]).await;
    let signed = signed(&url).ca_bundle(AUTHORITY);
    let sparing = signed
        .clone()
        .request_checksum_calculation(RequestChecksumCalculation::WhenRequired);
    let unsigned = unsigned(&url).ca_bundle(AUTHORITY);
    for (client, operation, from, payload, times) in [
        (&signed, &CHECKED, From::File, Some(TRAILER), 1),
        (&signed, &CHECKED, From::Pipe, Some(TRAILER), 1),
        (&unsigned, &CHECKED, From::File, Some(TRAILER), 1),
        (&sparing, &CHECKED, From::File, Some("UNSIGNED-PAYLOAD"), 1),
        (&sparing, &CHECKED, From::Pipe, Some("UNSIGNED-PAYLOAD"), 1),
        // The trailer needs the length.
        (
            &signed,
            &CHECKED,
            From::FileOfUnknownLength,
            Some("UNSIGNED-PAYLOAD"),
            2,
        ),
        // Without `httpChecksum`, a service may refuse an unsigned body.
        (&signed, &UPLOADS, From::File, Some(SHA256), 2),
        (&unsigned, &UPLOADS, From::File, None, 1),
        (&signed, &MD5, From::File, Some(SHA256), 2),
        (&unsigned, &MD5, From::File, None, 2),
        (&signed, &TREE, From::File, Some(SHA256), 2),
    ] {
        let (request, read) = upload(&server, client.clone(), operation, from).await;
        let case = format!("{from:?} {payload:?} {:?}", operation.traits);
        assert_eq!(read, times, "{case}");
        assert_eq!(request.header("x-amz-content-sha256"), payload, "{case}");
        assert!(request.body.contains(TEXT), "{case}");
    }
}

#[tokio::test]
async fn over_plain_http_a_signed_stream_is_read_ahead_once() {
    let server = Server::new(vec![ok()]);
    let (signed, unsigned) = (signed(&server.url()), unsigned(&server.url()));
    let sparing = signed
        .clone()
        .request_checksum_calculation(RequestChecksumCalculation::WhenRequired);
    for (client, operation, from, payload, times) in [
        (&signed, &CHECKED, From::File, Some(SHA256), 2),
        (
            &signed,
            &CHECKED,
            From::FileOfUnknownLength,
            Some(SHA256),
            2,
        ),
        (&signed, &CHECKED, From::Pipe, Some(TRAILER), 1),
        (&unsigned, &CHECKED, From::File, Some(TRAILER), 1),
        (&unsigned, &CHECKED, From::FileOfUnknownLength, None, 2),
        (&sparing, &CHECKED, From::File, Some(SHA256), 2),
        (&sparing, &CHECKED, From::Pipe, Some("UNSIGNED-PAYLOAD"), 1),
        (&signed, &UPLOADS, From::File, Some(SHA256), 2),
        (
            &signed,
            &UPLOADS,
            From::PipeOfUnknownLength,
            Some("UNSIGNED-PAYLOAD"),
            1,
        ),
        (&unsigned, &UPLOADS, From::File, None, 1),
        (&unsigned, &UPLOADS, From::FileOfUnknownLength, None, 1),
        (&signed, &MD5, From::File, Some(SHA256), 2),
        (&signed, &TREE, From::File, Some(SHA256), 2),
    ] {
        let (request, read) = upload(&server, client.clone(), operation, from).await;
        let case = format!("{from:?} {payload:?} {:?}", operation.traits);
        assert_eq!(read, times, "{case}");
        assert_eq!(request.header("x-amz-content-sha256"), payload, "{case}");
    }
    for from in [From::File, From::FileOfUnknownLength] {
        let (request, _) = upload(&server, signed.clone(), &CHECKED, from).await;
        assert_eq!(request.header("x-amz-checksum-crc32"), Some("y/Q5Jg=="));
        assert_eq!(request.header("content-length"), Some("9"), "{from:?}");
        assert_eq!(request.body, TEXT);
    }
}

#[tokio::test]
async fn another_attempt_reads_nothing_ahead() {
    let server = Server::new(vec![reply(503, &[], ""), reply(503, &[], ""), ok()]);
    let (_, read) = upload(&server, signed(&server.url()), &CHECKED, From::File).await;
    assert_eq!((server.requests().len(), read), (3, 4));
}

#[tokio::test]
async fn a_stream_of_unknown_length_has_the_length_that_the_caller_gives() {
    let server = Server::new(vec![ok()]);
    for (operation, length) in [(&UPLOADS, "9"), (&CHECKED, "50")] {
        let client = signed(&server.url()).build().expect("a client");
        let pipe = From::PipeOfUnknownLength.input(&Arc::default());
        call(&client, operation, of_length(pipe, "9"))
            .await
            .expect("sent");
        let request = server.request();
        assert_eq!(request.header("content-length"), Some(length));
        assert_eq!(request.header("transfer-encoding"), None);
        let decoded = request.header("x-amz-decoded-content-length");
        assert_eq!(decoded, (operation.traits.len() == 1).then_some("9"));
    }
}

#[tokio::test]
async fn a_length_beside_what_makes_the_body_longer_or_shorter() {
    let server = Server::new(vec![ok()]);
    let client = unsigned(&server.url()).build().expect("a client");
    for (operation, length) in [(&CHECKED, Some("50")), (&ZIPPED, None)] {
        for from in [From::File, From::Pipe, From::PipeOfUnknownLength] {
            let input = of_length(from.input(&Arc::default()), "9");
            call(&client, operation, input).await.expect("sent");
            let lengths = server.request().headers;
            let lengths: Vec<_> = lengths
                .iter()
                .filter(|(name, _)| name == "content-length")
                .map(|(_, value)| value.as_str())
                .collect();
            assert_eq!(lengths, Vec::from_iter(length), "{from:?}");
        }
    }
}

#[tokio::test]
async fn another_length_than_the_bodys_is_refused() {
    let server = Server::new(vec![ok()]);
    let client = unsigned(&server.url()).build().expect("a client");
    let bytes = || {
        let mut bytes = Record::new(&PUT);
        bytes.set(0, Any::Blob(TEXT.into()));
        bytes
    };
    let nothing = Record::new(&PUT);
    let file = From::File.input(&Arc::default());
    for (operation, input, length) in [
        (&PUTS, bytes(), "8"),
        (&PUTS, bytes(), "10"),
        (&PUTS, bytes(), "-1"),
        (&PUTS, nothing, "5"),
        (&UPLOADS, file, "8"),
    ] {
        let failure = call(&client, operation, of_length(input, length)).await;
        let Err(Failure::Input(error)) = failure else {
            panic!("{length}: {failure:?}")
        };
        assert!(error.problems[0].starts_with("Length: "), "{error:?}");
    }
    // The pipe has a different length when it is read.
    for operation in [&UPLOADS, &CHECKED, &ZIPPED] {
        for length in ["8", "10"] {
            let pipe = From::PipeOfUnknownLength.input(&Arc::default());
            let failure = call(&client, operation, of_length(pipe, length)).await;
            let Err(Failure::Transport(error)) = failure else {
                panic!("{length}: {failure:?}")
            };
            let said = error.source.to_string();
            assert!(said.contains("than the length"), "{said}");
        }
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_request_without_a_body_says_so() {
    let server = Server::new(vec![ok()]);
    let client = unsigned(&server.url()).build().expect("a client");
    macro_rules! methods {
        ($($method:literal $length:expr;)*) => {$({
            static OPERATION: Operation = Operation {
                method: $method,
                input: &PUT,
                ..PLAIN
            };
            static STREAMS: Operation = Operation { input: &UPLOAD, ..OPERATION };
            let mut empty = Record::new(&PUT);
            empty.set(0, Any::Blob(Vec::new().into()));
            for (operation, input) in [
                (&OPERATION, Record::new(&PUT)),
                (&OPERATION, empty),
                (&STREAMS, Record::new(&UPLOAD)),
                (&STREAMS, stream(SdkBody::empty())),
                (&STREAMS, stream(SdkBody::from_body_1_x(http_body_util::Full::new(Bytes::new())))),
            ] {
                call(&client, operation, input).await.expect("sent");
                let request = server.request();
                assert_eq!(request.header("content-length"), $length, $method);
                assert_eq!(request.header("transfer-encoding"), None, $method);
            }
        })*};
    }
    methods! {
        "PUT" Some("0");
        "POST" Some("0");
        "PATCH" Some("0");
        "GET" None;
        "HEAD" None;
        "DELETE" None;
    }
}
