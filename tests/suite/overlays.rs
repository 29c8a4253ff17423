//! The traits of overlays, in generated crates with real servers.

use golden_copies::config::{Credentials, Region};
use swage_tests::server::{Answer, Server};

fn overlay(server: &Server) -> golden_overlay::Client {
    let builder = golden_overlay::Client::builder().region("us-east-1");
    let client = builder.proxy_url(&server.url).build();
    client.expect("good settings")
}

fn copies(server: &Server) -> golden_copies::Client {
    let config = golden_copies::Config::builder()
        .behavior_version_latest()
        .region(Region::new("eu-west-1"))
        .credentials_provider(Credentials::new("AKID", "secret", None, None, "test"))
        .endpoint_url(&server.url)
        .build();
    golden_copies::Client::from_conf(config)
}

#[tokio::test]
async fn ignored_defaults_are_neither_sent_nor_assumed() {
    let server = Server::start(vec![
        Answer::status(200, ""),
        Answer::status(200, "").header("x-count", "0"),
    ]);
    let client = overlay(&server);
    let output = client.copy().bucket("b").send().await.expect("an output");
    assert_eq!(server.requests()[0].header("x-size"), None);
    assert_eq!(output.count(), None);
    let output = client.copy().bucket("b").size(0).send().await;
    assert_eq!(server.requests()[1].header("x-size"), Some("0"));
    assert_eq!(output.expect("an output").count(), Some(0));
}

#[tokio::test]
async fn a_header_that_is_no_time_is_kept_as_text() {
    let server = Server::start(vec![
        Answer::status(200, "").header("Expires", "never"),
        Answer::status(200, "").header("Expires", "Thu, 01 Jan 2026 00:00:00 GMT"),
    ]);
    let client = overlay(&server);
    let output = client.copy().bucket("b").send().await.expect("an output");
    assert_eq!(
        (output.expires(), output.expires_string()),
        (None, Some("never"))
    );
    let output = client.copy().bucket("b").send().await.expect("an output");
    assert_eq!(
        output.expires().map(aws_smithy_types::DateTime::secs),
        Some(1_767_225_600)
    );
    assert_eq!(
        output.expires_string(),
        Some("Thu, 01 Jan 2026 00:00:00 GMT")
    );
}

#[tokio::test]
async fn a_customer_key_is_encoded() {
    let server = Server::start(vec![Answer::status(200, "")]);
    let call = overlay(&server).copy().bucket("b").key("abc");
    call.send().await.expect("an output");
    let request = &server.requests()[0];
    assert_eq!(request.header("x-key"), Some("YWJj"));
    assert_eq!(
        request.header("x-key-md5"),
        Some("kAFQmDzST7DWlj99KOF/cg==")
    );
}

const COPIED: &str =
    "<CopySnapshotResponse><CopySnapshotResult></CopySnapshotResult></CopySnapshotResponse>";

#[tokio::test]
async fn a_copy_has_a_presigned_url_and_its_members_are_optional() {
    let server = Server::start(vec![Answer::status(200, COPIED)]);
    let call = copies(&server)
        .copy_snapshot()
        .snapshot("s-1")
        .source_region("us-east-2");
    let output = call.send().await.expect("an output");
    assert_eq!((output.snapshot_id(), output.encrypted()), (None, None));
    let body = &server.requests()[0].body;
    assert!(!body.contains("SourceRegion"), "{body}");
    let (_, url) = body.split_once("&PreSignedUrl=").expect("a URL");
    for part in [
        "Snapshot%3Ds-1",
        "DestinationRegion%3Deu-west-1",
        "%252Fus-east-2%252Fcopies%252Faws4_request",
    ] {
        assert!(url.contains(part), "{part}: {url}");
    }
    let input = golden_copies::operation::copy_snapshot::CopySnapshotInput::builder().build();
    assert!(input.is_ok(), "the snapshot is checked by the service");
}
