//! Compressed requests.
use crate::server;

use crate::server::{Request, Server, builder, call, client, ok};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use flate2::read::GzDecoder;
use std::io::Read;
use swage_client::error::ConfigError;
#[cfg(feature = "checksum")]
use swage_client::operation::HttpChecksum;
use swage_client::operation::OperationTrait;
use swage_client::schema::{self, Kind, Member, Schema};
use swage_client::{Any, Client, ClientBuilder, Operation, Record};

static STREAM: Schema = Schema::simple("test#Stream", Kind::Blob).streaming();
static SIZED: Schema = Schema::simple("test#Sized", Kind::Blob)
    .streaming()
    .requires_length();
static BLOB: Schema = Schema::simple("test#Blob", Kind::Blob);

macro_rules! operation {
    ($name:ident, $input:ident, $payload:ident) => {
        static $input: Schema = Schema::structure(
            "test#Put",
            &[
                Member::new("Body", &$payload).payload(),
                Member::new("Encoding", &schema::STRING).header(&"Content-Encoding"),
            ],
        );
        static $name: Operation = Operation {
            input: &$input,
            output: &schema::UNIT,
            uri: "/thing",
            method: "PUT",
            traits: &[OperationTrait::RequestCompression(&["gzip"])],
            ..server::PUT
        };
    };
}
operation!(PUTS, PUT, BLOB);
operation!(UPLOADS, UPLOAD, STREAM);
operation!(UPLOADS_SIZED, UPLOAD_SIZED, SIZED);

fn blob(size: usize) -> Record {
    let mut input = Record::new(&PUT);
    input.set(0, Any::Blob("a".repeat(size).into()));
    input
}

fn decoded(request: &Request) -> String {
    let mut text = String::new();
    GzDecoder::new(request.bytes.as_slice())
        .read_to_string(&mut text)
        .expect("gzip");
    text
}

#[tokio::test]
async fn from_a_size_on() {
    let server = Server::new(vec![ok()]);
    let client = client(&server);
    call(&client, &PUTS, blob(10_239)).await.expect("sent");
    let request = server.request();
    assert_eq!(request.header("content-encoding"), None);
    assert_eq!(request.bytes.len(), 10_239);
    call(&client, &PUTS, blob(10_240)).await.expect("sent");
    let request = server.request();
    assert_eq!(request.header("content-encoding"), Some("gzip"));
    assert_eq!(
        request.header("content-length"),
        Some(request.bytes.len().to_string().as_str())
    );
    assert!(request.bytes.len() < 200, "{}", request.bytes.len());
    assert_eq!(decoded(&request), "a".repeat(10_240));
}

#[tokio::test]
async fn behind_an_encoding_that_is_there() {
    let server = Server::new(vec![ok()]);
    let mut input = blob(20_000);
    input.set(1, Any::String("custom".to_owned()));
    call(&client(&server), &PUTS, input).await.expect("sent");
    let request = server.request();
    assert_eq!(request.header("content-encoding"), Some("custom, gzip"));
}

fn built(settings: ClientBuilder<Client>, server: &Server) -> Client {
    settings
        .endpoint_url(server.url())
        .build()
        .expect("a client")
}

#[tokio::test]
async fn settings() {
    let server = Server::new(vec![ok()]);
    let off = built(builder().disable_request_compression(true), &server);
    call(&off, &PUTS, blob(20_000)).await.expect("sent");
    assert_eq!(server.request().header("content-encoding"), None);
    let all = built(builder().request_min_compression_size_bytes(0), &server);
    call(&all, &PUTS, blob(1)).await.expect("sent");
    assert_eq!(decoded(&server.request()), "a");
    let error = builder()
        .request_min_compression_size_bytes(10_485_761)
        .build()
        .expect_err("too large");
    assert!(matches!(error, ConfigError::Setting(text) if text.contains("10485760")));
}

fn stream(schema: &'static Schema, body: SdkBody) -> Record {
    let mut input = Record::new(schema);
    input.set(0, Any::Stream(ByteStream::new(body)));
    input
}

/// A stream that can be sent again.
fn chunks() -> SdkBody {
    SdkBody::retryable(|| {
        let body = http_body_util::Full::new(bytes::Bytes::from("b".repeat(5_000)));
        SdkBody::from_body_1_x(body)
    })
}

#[tokio::test]
async fn streams() {
    let server = Server::new(vec![server::reply(503, &[], ""), ok()]);
    let client = client(&server);
    call(&client, &UPLOADS, stream(&UPLOAD, chunks()))
        .await
        .expect("sent");
    assert_eq!(server.requests().len(), 2);
    for request in server.requests() {
        assert_eq!(request.header("content-encoding"), Some("gzip"));
        assert_eq!(request.header("transfer-encoding"), Some("chunked"));
        assert_eq!(decoded(&request), "b".repeat(5_000));
    }
    call(&client, &UPLOADS_SIZED, stream(&UPLOAD_SIZED, chunks()))
        .await
        .expect("sent");
    let request = server.request();
    assert_eq!(request.header("content-encoding"), None);
    assert_eq!(request.header("content-length"), Some("5000"));
}

#[cfg(feature = "checksum")]
const CHECKED: &[OperationTrait] = &[
    OperationTrait::RequestCompression(&["gzip"]),
    OperationTrait::HttpChecksum(HttpChecksum {
        request_algorithm_member: "",
        request_checksum_required: true,
        request_validation_mode_member: "",
        response_algorithms: &[],
    }),
];

/// The checksum is that of the compressed body.
#[cfg(feature = "checksum")]
#[tokio::test]
async fn streams_with_a_checksum() {
    static CHECKED_UPLOADS: Operation = Operation {
        traits: CHECKED,
        ..UPLOADS
    };
    let server = Server::new(vec![server::reply(503, &[], ""), ok()]);
    let client = client(&server);
    call(&client, &CHECKED_UPLOADS, stream(&UPLOAD, chunks()))
        .await
        .expect("sent");
    assert_eq!(server.requests().len(), 2);
    for request in server.requests() {
        assert_eq!(request.header("content-encoding"), Some("gzip"));
        assert_eq!(decoded(&request), "b".repeat(5_000));
        let mut crc = flate2::Crc::new();
        crc.update(&request.bytes);
        let expected = aws_smithy_types::base64::encode(crc.sum().to_be_bytes());
        assert_eq!(
            request.header("x-amz-checksum-crc32"),
            Some(expected.as_str())
        );
    }
    let once = SdkBody::from_body_1_x(http_body_util::Full::new(bytes::Bytes::from("once")));
    let error = call(&client, &CHECKED_UPLOADS, stream(&UPLOAD, once))
        .await
        .expect_err("it can't be read twice");
    assert!(
        error.to_string().contains("disable_request_compression"),
        "{error}"
    );
}
