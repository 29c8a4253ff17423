//! Checksums of requests and responses.
use crate::server;

use crate::server::{Server, builder, call, client, credentials, ok, reply};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::checksum_config::{RequestChecksumCalculation, ResponseChecksumValidation};
use bytes::Bytes;
use swage_client::operation::{HttpChecksum, OperationTrait};
use swage_client::schema::{self, Kind, Member, Schema};
use swage_client::{Any, Client, Failure, Operation, Record};

/// The text whose checksum is in catalogues of checksum algorithms.
const CHECK: &str = "123456789";
const CRC32: &str = "y/Q5Jg==";
const ALGORITHMS: [(&str, &str, &str); 5] = [
    ("CRC32", "x-amz-checksum-crc32", CRC32),
    ("CRC32C", "x-amz-checksum-crc32c", "4waSgw=="),
    ("CRC64NVME", "x-amz-checksum-crc64nvme", "rosUhgp5mIg="),
    (
        "SHA1",
        "x-amz-checksum-sha1",
        "98O8HYCOBHMq32eZZczDTKeuNEE=",
    ),
    (
        "SHA256",
        "x-amz-checksum-sha256",
        "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=",
    ),
];

static STREAM: Schema = Schema::simple("test#Stream", Kind::Blob).streaming();
static SIZED: Schema = Schema::simple("test#Sized", Kind::Blob)
    .streaming()
    .requires_length();
static PAYLOAD: Schema = Schema::simple("test#Payload", Kind::Blob);

macro_rules! input {
    ($name:ident, $payload:expr) => {
        static $name: Schema = Schema::structure(
            "test#Put",
            &[
                Member::new("Body", &$payload).payload(),
                Member::new("Algorithm", &schema::STRING).header(&"x-amz-sdk-checksum-algorithm"),
                Member::new("ChecksumSHA256", &schema::STRING).header(&"x-amz-checksum-sha256"),
            ],
        );
    };
}
input!(PUT, PAYLOAD);
input!(UPLOAD, STREAM);
input!(UPLOAD_SIZED, SIZED);
static GET: Schema = Schema::structure(
    "test#Get",
    &[Member::new("Mode", &schema::STRING).header(&"x-amz-checksum-mode")],
);
static GOT: Schema = Schema::structure("test#Got", &[Member::new("Body", &PAYLOAD).payload()]);
static DOWNLOADED: Schema =
    Schema::structure("test#Downloaded", &[Member::new("Body", &STREAM).payload()]);

const REQUEST: HttpChecksum = HttpChecksum {
    request_algorithm_member: "Algorithm",
    request_checksum_required: false,
    request_validation_mode_member: "",
    response_algorithms: &[],
};
const OPERATION: Operation = Operation {
    input: &PUT,
    output: &schema::UNIT,
    uri: "/thing",
    method: "PUT",
    traits: &[OperationTrait::HttpChecksum(REQUEST)],
    ..server::PUT
};
static PUTS: Operation = OPERATION;
static REQUIRES: Operation = Operation {
    traits: &[OperationTrait::HttpChecksum(HttpChecksum {
        request_checksum_required: true,
        ..REQUEST
    })],
    ..OPERATION
};
static MD5: Operation = Operation {
    traits: &[OperationTrait::HttpChecksumRequired],
    ..OPERATION
};
static UPLOADS: Operation = Operation {
    input: &UPLOAD,
    ..OPERATION
};
static UPLOADS_SIZED: Operation = Operation {
    input: &UPLOAD_SIZED,
    traits: &[],
    ..OPERATION
};
const RESPONSE: &[OperationTrait] = &[OperationTrait::HttpChecksum(HttpChecksum {
    request_algorithm_member: "",
    request_checksum_required: false,
    request_validation_mode_member: "Mode",
    response_algorithms: &["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"],
})];
static GETS: Operation = Operation {
    input: &GET,
    output: &GOT,
    method: "GET",
    traits: RESPONSE,
    ..OPERATION
};
static DOWNLOADS: Operation = Operation {
    output: &DOWNLOADED,
    ..GETS
};

fn put(body: Any) -> Record {
    let mut input = Record::new(&PUT);
    input.set(0, body);
    input
}

fn text(text: &str) -> Any {
    Any::String(text.to_owned())
}

fn check() -> Record {
    put(Any::Blob(CHECK.into()))
}

/// A body with a known length that may be replayable.
struct Piecewise(Vec<&'static str>, Option<u64>);

impl http_body::Body for Piecewise {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<Bytes>, Self::Error>>> {
        let next = (!self.0.is_empty()).then(|| self.0.remove(0));
        std::task::Poll::Ready(next.map(|piece| Ok(http_body::Frame::data(piece.into()))))
    }

    fn size_hint(&self) -> http_body::SizeHint {
        self.1.map_or(
            http_body::SizeHint::default(),
            http_body::SizeHint::with_exact,
        )
    }
}

fn once(length: Option<u64>) -> Record {
    once_of(vec!["1234", "56789"], length)
}

fn once_of(pieces: Vec<&'static str>, length: Option<u64>) -> Record {
    let mut input = Record::new(&UPLOAD);
    let body = SdkBody::from_body_1_x(Piecewise(pieces, length));
    input.set(0, Any::Stream(ByteStream::new(body)));
    input
}

fn repeatable() -> Record {
    let mut input = Record::new(&UPLOAD);
    let body =
        SdkBody::retryable(|| SdkBody::from_body_1_x(Piecewise(vec!["1234", "56789"], Some(9))));
    input.set(0, Any::Stream(ByteStream::new(body)));
    input
}

fn signing(server: &Server) -> Client {
    builder()
        .endpoint_url(server.url())
        .credentials_provider(credentials())
        .build()
        .expect("a client")
}

fn input_problem(failure: Failure) -> String {
    match failure {
        Failure::Input(error) => error.problems.join("; "),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn each_algorithm() {
    for (name, header, value) in ALGORITHMS {
        let server = Server::new(vec![ok()]);
        let mut input = check();
        input.set(1, text(name));
        call(&client(&server), &PUTS, input).await.expect("sent");
        let request = server.request();
        assert_eq!(request.header(header), Some(value), "{name}");
        assert_eq!(request.header("x-amz-sdk-checksum-algorithm"), Some(name));
        let all = request.headers.iter();
        let checksums = all.filter(|(name, _)| name.starts_with("x-amz-checksum-"));
        assert_eq!(checksums.count(), 1, "{name}");
    }
}

#[tokio::test]
async fn crc32_where_nobody_says_which() {
    let server = Server::new(vec![ok()]);
    for operation in [&PUTS, &REQUIRES] {
        call(&client(&server), operation, check())
            .await
            .expect("sent");
        let request = server.request();
        assert_eq!(request.header("x-amz-checksum-crc32"), Some(CRC32));
        assert_eq!(
            request.header("x-amz-sdk-checksum-algorithm"),
            Some("CRC32")
        );
    }
    let sparing: Client = builder()
        .endpoint_url(server.url())
        .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
        .build()
        .expect("a client");
    call(&sparing, &REQUIRES, check()).await.expect("sent");
    assert_eq!(server.request().header("x-amz-checksum-crc32"), Some(CRC32));
    call(&sparing, &PUTS, check()).await.expect("sent");
    assert_eq!(server.request().header("x-amz-checksum-crc32"), None);
    assert_eq!(
        server.request().header("x-amz-sdk-checksum-algorithm"),
        None
    );
}

#[tokio::test]
async fn the_callers_checksum_is_kept() {
    let server = Server::new(vec![ok()]);
    let mut input = check();
    input.set(2, text("as the caller says"));
    call(&client(&server), &REQUIRES, input)
        .await
        .expect("sent");
    let request = server.request();
    assert_eq!(
        request.header("x-amz-checksum-sha256"),
        Some("as the caller says")
    );
    assert_eq!(request.header("x-amz-checksum-crc32"), None);
    assert_eq!(request.header("x-amz-sdk-checksum-algorithm"), None);
}

#[tokio::test]
async fn an_algorithm_that_nobody_knows() {
    let server = Server::new(vec![ok()]);
    let mut input = check();
    input.set(1, text("CRC8"));
    let failure = call(&client(&server), &PUTS, input)
        .await
        .expect_err("unknown");
    let problem = input_problem(failure);
    assert!(
        problem.starts_with("Algorithm: ") && problem.contains("CRC64NVME"),
        "{problem}"
    );
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn md5_where_the_trait_says_so() {
    let server = Server::new(vec![ok()]);
    call(&client(&server), &MD5, check()).await.expect("sent");
    let request = server.request();
    assert_eq!(
        request.header("content-md5"),
        Some("JfnnlDI7RTiF9RgfG2JNCw==")
    );
    assert_eq!(request.header("x-amz-checksum-crc32"), None);
}

#[tokio::test]
async fn a_stream_that_can_be_read_twice_has_it_in_a_header() {
    let server = Server::new(vec![reply(500, &[], ""), ok()]);
    call(&signing(&server), &UPLOADS, repeatable())
        .await
        .expect("sent");
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    for request in requests {
        assert_eq!(request.header("x-amz-checksum-crc32"), Some(CRC32));
        assert_eq!(
            request.header("x-amz-content-sha256"),
            Some("15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225")
        );
        assert_eq!(request.header("content-length"), Some("9"));
        assert_eq!(request.body, CHECK);
    }
}

#[tokio::test]
async fn a_stream_that_cannot_has_it_behind() {
    let server = Server::new(vec![ok()]);
    call(&signing(&server), &UPLOADS, once(Some(9)))
        .await
        .expect("sent");
    let request = server.request();
    assert_eq!(
        request.body,
        "9\r\n123456789\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n"
    );
    for (name, value) in [
        ("content-encoding", "aws-chunked"),
        ("content-length", "50"),
        ("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"),
        ("x-amz-decoded-content-length", "9"),
        ("x-amz-sdk-checksum-algorithm", "CRC32"),
        ("x-amz-trailer", "x-amz-checksum-crc32"),
    ] {
        assert_eq!(request.header(name), Some(value), "{name}");
    }
    assert_eq!(request.header("x-amz-checksum-crc32"), None);
}

#[tokio::test]
async fn long_streams_have_many_chunks() {
    let piece: &'static str = Box::leak("x".repeat(100_000).into_boxed_str());
    let stream = || once_of(vec![piece, "", piece], Some(200_000));
    let server = Server::new(vec![ok(), ok(), ok()]);
    let client = client(&server);
    call(&client, &UPLOADS, stream()).await.expect("sent");
    let (default, data) = chunks(&server);
    assert_eq!(default, [65_536, 65_536, 65_536, 3_392]);
    assert_eq!(data, "x".repeat(200_000));
    let sized = |size| {
        let builder = builder().aws_chunked_encoding_chunk_size(size);
        builder.endpoint_url(server.url()).build().expect("valid")
    };
    call(&sized(Some(150_000)), &UPLOADS, stream())
        .await
        .expect("sent");
    assert_eq!(chunks(&server).0, [150_000, 50_000]);
    call(&sized(None), &UPLOADS, stream()).await.expect("sent");
    assert_eq!(chunks(&server).0, [200_000]);
    let error = call(&sized(Some(8_191)), &UPLOADS, stream()).await;
    assert_eq!(
        error.expect_err("too small").to_string(),
        "settings: aws_chunked_encoding_chunk_size: chunks have at least 8192 bytes, not 8191"
    );
}

/// The sizes of the chunks that the server got, and all that is in them.
fn chunks(server: &Server) -> (Vec<usize>, String) {
    let request = server.request();
    let length = request.header("content-length").expect("a length");
    assert_eq!(length, request.body.len().to_string());
    let (mut rest, mut data) = (request.body.as_str(), String::new());
    let mut sizes = Vec::new();
    while let Some((size, after)) = rest.split_once("\r\n") {
        let size = usize::from_str_radix(size, 16).expect("a size");
        if size == 0 {
            rest = after;
            break;
        }
        sizes.push(size);
        data.push_str(&after[..size]);
        rest = after[size..].strip_prefix("\r\n").expect("an end of line");
    }
    assert!(rest.starts_with("x-amz-checksum-crc32:"), "{rest}");
    (sizes, data)
}

#[tokio::test]
async fn a_stream_whose_length_is_unknown_or_wrong() {
    let server = Server::new(vec![ok()]);
    let failure = call(&client(&server), &UPLOADS, once(None))
        .await
        .expect_err("no length");
    let problem = input_problem(failure);
    assert!(problem.contains("length of the stream"), "{problem}");

    let mut input = Record::new(&UPLOAD_SIZED);
    let body = SdkBody::from_body_1_x(Piecewise(vec!["1"], None));
    input.set(0, Any::Stream(ByteStream::new(body)));
    let failure = call(&client(&server), &UPLOADS_SIZED, input)
        .await
        .expect_err("no length");
    let problem = input_problem(failure);
    assert!(problem.starts_with("Body: the length"), "{problem}");

    for wrong in [8, 10] {
        let failure = call(&client(&server), &UPLOADS, once(Some(wrong))).await;
        assert!(matches!(failure, Err(Failure::Transport(_))), "{failure:?}");
    }
    assert!(server.requests().is_empty());
}

fn get() -> Record {
    Record::new(&GET)
}

#[tokio::test]
async fn responses_are_checked() {
    for (name, header, value) in ALGORITHMS {
        let server = Server::new(vec![
            reply(200, &[(header, value)], CHECK),
            reply(200, &[(header, value)], "123456780"),
        ]);
        let client = client(&server);
        call(&client, &GETS, get()).await.expect("as it was sent");
        assert_eq!(
            server.request().header("x-amz-checksum-mode"),
            Some("ENABLED")
        );
        let failure = call(&client, &GETS, get()).await.expect_err("changed");
        let Failure::Response(error) = failure else {
            panic!("{failure:?}")
        };
        let said = error.error.to_string();
        assert!(said.contains(name) && said.contains(value), "{said}");
    }
}

#[tokio::test]
async fn what_is_not_checked() {
    // A checksum of several parts, and one of an algorithm that the model doesn't list.
    for header in [
        ("x-amz-checksum-crc32", "AAAAAA==-3"),
        ("x-amz-checksum-md5", "AAAA"),
    ] {
        let server = Server::new(vec![reply(200, &[header], CHECK)]);
        call(&client(&server), &GETS, get())
            .await
            .expect("unchecked");
    }
    let wrong = reply(200, &[("x-amz-checksum-crc32", "AAAAAA==")], CHECK);
    let server = Server::new(vec![wrong]);
    let sparing: Client = builder()
        .endpoint_url(server.url())
        .response_checksum_validation(ResponseChecksumValidation::WhenRequired)
        .build()
        .expect("a client");
    call(&sparing, &GETS, get()).await.expect("unchecked");
    assert_eq!(server.request().header("x-amz-checksum-mode"), None);
    let mut asking = get();
    asking.set(0, text("ENABLED"));
    call(&sparing, &GETS, asking).await.expect_err("asked for");
}

#[tokio::test]
async fn streams_are_checked_at_their_end() {
    for (body, is_right) in [(CHECK, true), ("123456780", false)] {
        let server = Server::new(vec![reply(200, &[("x-amz-checksum-crc32", CRC32)], body)]);
        let (_, mut output) = call(&client(&server), &DOWNLOADS, get())
            .await
            .expect("an answer");
        let Some(Any::Stream(stream)) = output.take(0) else {
            panic!("{output:?}")
        };
        let read = stream.collect().await;
        assert_eq!(read.is_ok(), is_right, "{read:?}");
    }
}

static ARCHIVES: Operation = Operation {
    input: &UPLOAD,
    traits: &[OperationTrait::Sha256TreeHash("x-tree-hash")],
    ..OPERATION
};

#[tokio::test]
async fn a_tree_hash_beside_the_plain_one() {
    let server = Server::new(vec![ok()]);
    let client = client(&server);
    let cases = [
        (
            "a".repeat((2 << 20) + 5),
            "f077ad66a499663ea49bdb0067bb7d51745c75a651e17c458435756986bbc523",
            "ffeffd23f81036e2844539c6d00bbab654e0d56ceaa22dfb7cd218c3d272d001",
        ),
        (
            CHECK.to_owned(),
            "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225",
            "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225",
        ),
    ];
    for (body, plain, tree) in cases {
        let mut input = Record::new(&UPLOAD);
        input.set(0, Any::Stream(ByteStream::from(body.into_bytes())));
        call(&client, &ARCHIVES, input).await.expect("sent");
        let request = server.request();
        assert_eq!(request.header("x-amz-content-sha256"), Some(plain));
        assert_eq!(request.header("x-tree-hash"), Some(tree));
    }
    let failure = call(&client, &ARCHIVES, once(Some(9))).await;
    let problem = input_problem(failure.expect_err("it can't be read twice"));
    assert!(problem.contains("can't be read twice"), "{problem}");
}
