//! Checksums in trailers of streams over TLS, as services such as Amazon S3 require them.
use crate::server;

use crate::server::{Request, Server, builder, call, credentials, ok, reply};
use crate::tls::{AUTHORITY, behind_tls};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use swage_client::operation::{HttpChecksum, OperationTrait};
use swage_client::schema::{self, Kind, Member, Schema};
use swage_client::{Any, Client, Operation, Record};

static STREAM: Schema = Schema::simple("test#Stream", Kind::Blob).streaming();
static UPLOAD: Schema = Schema::structure(
    "test#Upload",
    &[
        Member::new("Body", &STREAM).payload(),
        Member::new("Algorithm", &schema::STRING).header(&"x-amz-sdk-checksum-algorithm"),
    ],
);
static UPLOADS: Operation = Operation {
    input: &UPLOAD,
    output: &schema::UNIT,
    uri: "/thing",
    method: "PUT",
    traits: &[OperationTrait::HttpChecksum(HttpChecksum {
        request_algorithm_member: "Algorithm",
        request_checksum_required: false,
        request_validation_mode_member: "",
        response_algorithms: &[],
    })],
    ..server::PUT
};

fn upload(body: SdkBody) -> Record {
    let mut input = Record::new(&UPLOAD);
    input.set(0, Any::Stream(ByteStream::new(body)));
    input.set(1, Any::String("SHA256".to_owned()));
    input
}

fn full() -> SdkBody {
    SdkBody::from_body_1_x(http_body_util::Full::new(bytes::Bytes::from("123456789")))
}

/// The unsigned stream is followed by its checksum: TLS protects both.
fn check(request: &Request) {
    assert_eq!(
        request.body,
        "9\r\n123456789\r\n0\r\nx-amz-checksum-sha256:FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=\r\n\r\n"
    );
    for (name, value) in [
        ("content-encoding", "aws-chunked"),
        ("content-length", "87"),
        ("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"),
        ("x-amz-decoded-content-length", "9"),
        ("x-amz-sdk-checksum-algorithm", "SHA256"),
        ("x-amz-trailer", "x-amz-checksum-sha256"),
    ] {
        assert_eq!(request.header(name), Some(value), "{name}");
    }
    assert_eq!(request.header("x-amz-checksum-sha256"), None);
    let signature = request.header("authorization").expect("a signature");
    assert!(signature.contains("x-amz-trailer"), "{signature}");
}

#[tokio::test]
async fn streams_have_it_behind_and_can_be_sent_again() {
    let server = Server::new(vec![reply(503, &[], ""), ok()]);
    let url = behind_tls(&server.url(), &["http/1.1"]).await;
    let client: Client = builder()
        .endpoint_url(url)
        .ca_bundle(AUTHORITY)
        .credentials_provider(credentials())
        .build()
        .expect("a client");
    call(&client, &UPLOADS, upload(SdkBody::retryable(full)))
        .await
        .expect("sent, at last");
    assert_eq!(server.requests().len(), 2);
    server.requests().iter().for_each(check);

    call(&client, &UPLOADS, upload(full())).await.expect("sent");
    check(&server.request());
}
