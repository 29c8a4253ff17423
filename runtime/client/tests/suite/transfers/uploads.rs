//! Uploads.

use super::COMPLETE_OUTPUT;
use super::storage::{Put, Storage, field};
use super::{Folder, START_INPUT, START_OUTPUT, UPLOAD, client, content, said, set, text};
use crate::log::Log;
use aws_smithy_types::byte_stream::ByteStream;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use swage_client::transfer::{
    Progress, TransferError, TransferStage, UploadRequest, Uploaded, upload,
};
use swage_client::{Client, Failure, Record};

type Done = Result<Uploaded<Record, Record>, TransferError>;

async fn send(client: &Client, input: &mut Record, request: UploadRequest) -> Done {
    let started = || Record::new(&START_OUTPUT);
    let completed = || Record::new(&COMPLETE_OUTPUT);
    upload(client, &UPLOAD, input, request, started, completed).await
}

async fn send_file(storage: &Storage, path: &Path) -> Done {
    let mut request = UploadRequest::default();
    request.set_path(path);
    send(&client(storage), &mut Record::new(&START_INPUT), request).await
}

fn calls(storage: &Storage, path: &str) -> Vec<String> {
    let seen = storage.seen().into_iter();
    seen.filter(|line| line.starts_with(path)).collect()
}

#[tokio::test]
async fn a_file_is_sent_with_the_headers_that_the_service_gave_and_completed() {
    let (log, _guard) = Log::start(tracing::Level::TRACE);
    let storage = Storage::taking([])
        .with_header("x-key", "HEADER-SECRET")
        .with_header("Content-Type", "image/png")
        .with_header("Content-Length", "200000")
        .with_header("Host", "elsewhere");
    let folder = Folder::new("cat.PNG", &content(200_000));
    let mut input = Record::new(&START_INPUT);
    set(&mut input, "Chat", "chat-1");
    let mut request = UploadRequest::default();
    request.set_path(&folder.path);
    let told = Arc::new(Mutex::new(Vec::new()));
    let listener = told.clone();
    request.set_listener(move |progress| listener.lock().unwrap().push(progress));
    let done = send(&client(&storage), &mut input, request).await.unwrap();
    assert_eq!(done.bytes, 200_000);
    assert_eq!(text(&done.started, "Id").as_deref(), Some("id-1"));
    let seen = storage.seen();
    assert!(seen[0].starts_with("/start "), "{seen:?}");
    for part in [
        r#""Name":"cat.PNG""#,
        r#""Bytes":200000"#,
        r#""Kind":"image/png""#,
        r#""Token":""#,
    ] {
        assert!(seen[0].contains(part), "{seen:?}");
    }
    assert_eq!(
        seen[1..],
        [
            "PUT 200000",
            r#"/complete {"Ids":["id-1"],"Chat":"chat-1"}"#
        ]
    );
    assert_eq!(storage.files(), [content(200_000)]);
    let head = &storage.heads()[0];
    assert!(head.starts_with("PUT /blob?sig=SECRET HTTP/1.1"), "{head}");
    assert_eq!(field(head, "x-key"), Some("HEADER-SECRET"));
    assert_eq!(field(head, "content-type"), Some("image/png"));
    assert_eq!(field(head, "content-length"), Some("200000"));
    assert_eq!(field(head, "authorization"), None);
    let told: Vec<Progress> = told.lock().unwrap().clone();
    assert!(told.is_sorted_by_key(|progress| progress.bytes), "{told:?}");
    let last = told.last().map(|progress| (progress.bytes, progress.total));
    assert_eq!(last, Some((200_000, Some(200_000))));
    let log = log.text();
    assert!(log.contains("/start"), "{log}");
    for secret in ["SECRET", "/blob", "sig="] {
        assert!(!log.contains(secret), "{secret}: {log}");
    }
}

#[tokio::test]
async fn what_the_caller_sets_is_kept() {
    let storage = Storage::taking([]);
    let folder = Folder::new("cat.png", b"meow");
    let mut input = Record::new(&START_INPUT);
    set(&mut input, "Name", "dog.txt");
    set(&mut input, "Kind", "text/plain");
    set(&mut input, "Token", "mine");
    let mut request = UploadRequest::default();
    request.set_path(&folder.path);
    send(&client(&storage), &mut input, request).await.unwrap();
    let start = &storage.seen()[0];
    for part in [
        r#""Name":"dog.txt""#,
        r#""Kind":"text/plain""#,
        r#""Token":"mine""#,
        r#""Bytes":4"#,
    ] {
        assert!(start.contains(part), "{start}");
    }
}

#[tokio::test]
async fn an_expired_url_is_replaced() {
    let storage = Storage::taking([Put::Take(403, "<Error><Code>AccessDenied</Code></Error>")]);
    let folder = Folder::new("a.txt", b"text");
    send_file(&storage, &folder.path).await.unwrap();
    let starts = calls(&storage, "/start");
    assert_eq!(starts.len(), 2);
    assert_ne!(starts[0], starts[1], "each has a token of its own");
    assert_eq!(calls(&storage, "/complete").len(), 1);
}

#[tokio::test]
async fn a_url_that_is_always_refused_is_an_error() {
    let refused = Put::Take(
        403,
        "<Error><Code>AccessDenied</Code><Message>SECRET</Message></Error>",
    );
    let storage = Storage::taking([refused.clone(), refused.clone(), refused]);
    let folder = Folder::new("a.txt", b"text");
    let error = send_file(&storage, &folder.path).await.unwrap_err();
    assert_eq!(error.stage(), TransferStage::Send);
    let text = said(&error);
    assert_eq!(text, "the file wasn't sent: AccessDenied (status 403)");
    assert_eq!(calls(&storage, "/start").len(), 2);
    assert_eq!(calls(&storage, "/complete").len(), 0);
}

#[tokio::test]
async fn errors_of_the_storage_are_retried() {
    let storage = Storage::taking([Put::Take(500, ""), Put::Take(503, "SECRET")]);
    let folder = Folder::new("a.txt", b"text");
    send_file(&storage, &folder.path).await.unwrap();
    assert_eq!(calls(&storage, "/start").len(), 1);
    assert_eq!(calls(&storage, "PUT").len(), 3);

    let storage = Storage::taking(vec![Put::Take(500, ""); 5]);
    let error = send_file(&storage, &folder.path).await.unwrap_err();
    let text = said(&error);
    assert_eq!(
        text,
        "the file wasn't sent: InternalServerError (status 500)"
    );
    assert_eq!(calls(&storage, "PUT").len(), 3);
    assert_eq!(calls(&storage, "/complete").len(), 0);

    let storage = Storage::taking([Put::Take(400, "")]);
    let error = send_file(&storage, &folder.path).await.unwrap_err();
    assert!(said(&error).contains("status 400"), "{error}");
    assert_eq!(calls(&storage, "PUT").len(), 1, "it isn't retried");
}

#[tokio::test]
async fn a_broken_connection_is_followed_by_another_attempt_from_the_start() {
    let storage = Storage::taking([Put::Break(70_000)]);
    let folder = Folder::new("a.bin", &content(3_000_000));
    send_file(&storage, &folder.path).await.unwrap();
    assert_eq!(storage.files(), [content(3_000_000)]);
    assert_eq!(calls(&storage, "/start").len(), 1);
    assert_eq!(field(&storage.heads()[0], "expect"), Some("100-continue"));
}

#[tokio::test]
async fn a_connection_that_breaks_after_the_url_has_expired_needs_a_new_one() {
    let storage = Storage::taking([Put::Break(10)]).expiring("2020-01-01T00:00:00.000Z");
    let folder = Folder::new("a.bin", &content(100_000));
    send_file(&storage, &folder.path).await.unwrap();
    assert_eq!(calls(&storage, "/start").len(), 2);

    let storage = Storage::taking([]).expiring("2020-01-01T00:00:00.000Z");
    send_file(&storage, &folder.path).await.unwrap();
    let starts = calls(&storage, "/start").len();
    assert_eq!(starts, 1, "our clock may be wrong: the storage decides");
}

#[tokio::test]
async fn a_stalled_upload_fails_within_the_limit() {
    let storage = Storage::taking(vec![Put::Stall(10); 3]);
    let folder = Folder::new("a.bin", &content(20_000_000));
    let error = send_file(&storage, &folder.path).await.unwrap_err();
    assert_eq!(error.stage(), TransferStage::Send);
    assert!(
        matches!(error.failure(), Some(Failure::Timeout(_))),
        "{error:?}"
    );
    said(&error);
    assert_eq!(calls(&storage, "/complete").len(), 0);
}

#[tokio::test]
async fn a_response_that_comes_too_early_is_no_success() {
    let storage = Storage::taking(vec![Put::Early(200); 3]);
    let folder = Folder::new("a.bin", &content(4_000_000));
    let error = send_file(&storage, &folder.path).await.unwrap_err();
    let text = said(&error);
    assert!(text.contains("before the whole file was sent"), "{text}");
    assert_eq!(calls(&storage, "/complete").len(), 0);
}

#[tokio::test]
async fn an_upload_that_cannot_be_completed_says_so() {
    let storage = Storage::taking([]).completing(400, r#"{"__type":"Conflict","message":"no"}"#);
    let folder = Folder::new("a.txt", b"text");
    let error = send_file(&storage, &folder.path).await.unwrap_err();
    assert_eq!(error.stage(), TransferStage::Complete);
    let text = said(&error);
    assert_eq!(
        text,
        "the file was sent, but Complete failed: Conflict: no (status 400)"
    );
    assert!(matches!(error.into_call_failure(), Ok(Failure::Service(_))));
}

#[tokio::test]
async fn a_file_that_is_missing_or_no_file_is_an_error_before_anything_is_sent() {
    let storage = Storage::taking([]);
    let folder = Folder::new("a.txt", b"text");
    let missing = folder.path.with_file_name("missing");
    let error = send_file(&storage, &missing).await.unwrap_err();
    assert_eq!(error.stage(), TransferStage::Read);
    assert!(
        error.to_string().contains("missing: No such file"),
        "{error}"
    );
    assert!(error.io_error().is_some());
    let error = send_file(&storage, folder.folder.path()).await.unwrap_err();
    assert!(
        error.to_string().ends_with(": not a regular file"),
        "{error}"
    );
    let (client, mut input) = (client(&storage), Record::new(&START_INPUT));
    let error = send(&client, &mut input, UploadRequest::default());
    let error = error.await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "invalid input: neither a path nor a body is set"
    );
    assert_eq!(storage.seen(), [""; 0]);
}

#[tokio::test]
async fn a_file_that_changes_while_it_is_sent_is_an_error() {
    for (before, after) in [
        (3_000_000, 10),
        (3_000_000, 4_000_000),
        (3_000_000, 3_000_000),
    ] {
        let folder = Folder::new("a.bin", &content(before));
        let put = Put::Overwrite(folder.path.clone(), vec![7; after]);
        let storage = Storage::taking([put]);
        let error = send_file(&storage, &folder.path).await.unwrap_err();
        assert_eq!(error.stage(), TransferStage::Read, "{after}: {error}");
        said(&error);
        assert_eq!(storage.files().len(), 0, "{after}");
        assert_eq!(storage.heads().len(), 1, "{after}");
        assert_eq!(calls(&storage, "/complete").len(), 0, "{after}");
    }
}

#[tokio::test]
async fn a_file_that_vanishes_between_attempts_is_an_error() {
    let storage = Storage::taking([Put::Stall(10)]);
    let folder = Folder::new("a.bin", &content(30_000_000));
    let path = folder.path.clone();
    let remove = tokio::spawn(async move {
        tokio::time::sleep(Duration::from_millis(150)).await;
        fs::remove_file(path).unwrap();
    });
    let error = send_file(&storage, &folder.path).await.unwrap_err();
    remove.await.unwrap();
    assert_eq!(error.stage(), TransferStage::Read);
    assert!(error.to_string().contains("a.bin: "), "{error}");
}

#[tokio::test]
async fn a_url_for_another_length_is_an_error() {
    let storage = Storage::taking([]).with_header("Content-Length", "5");
    let folder = Folder::new("a.txt", b"text");
    let error = send_file(&storage, &folder.path).await.unwrap_err();
    let text = said(&error);
    assert_eq!(
        text,
        "the file wasn't sent: the URL is for 5 bytes, but there are 4"
    );
    assert_eq!(calls(&storage, "PUT").len(), 0);
}

#[tokio::test]
async fn an_invalid_header_is_an_error_without_its_value() {
    let storage = Storage::taking([]).with_header("x-bad", "SECRET\u{1}");
    let folder = Folder::new("a.txt", b"text");
    let error = send_file(&storage, &folder.path).await.unwrap_err();
    assert_eq!(said(&error), "Place.Fields has an invalid header");
}

#[tokio::test]
async fn bytes_are_sent_again_and_a_stream_that_can_be_read_once_is_not() {
    let storage = Storage::taking([Put::Take(500, "")]);
    let mut input = Record::new(&START_INPUT);
    set(&mut input, "Name", "bytes");
    let mut request = UploadRequest::default();
    request.set_body(b"some bytes".to_vec());
    let done = send(&client(&storage), &mut input, request).await.unwrap();
    assert_eq!(done.bytes, 10);
    assert!(storage.seen()[0].contains(r#""Kind":"application/octet-stream""#));
    assert_eq!(
        storage.files().last().map(Vec::as_slice),
        Some(&b"some bytes"[..])
    );

    let storage = Storage::taking([Put::Take(500, "")]);
    let once = http_body_util::Full::new(bytes::Bytes::from_static(b"once"));
    let once = aws_smithy_types::body::SdkBody::from_body_1_x(once);
    let mut request = UploadRequest::default();
    request.set_body(ByteStream::new(once));
    let error = send(&client(&storage), &mut input, request)
        .await
        .unwrap_err();
    assert!(
        said(&error).ends_with("the stream can't be read again"),
        "{error}"
    );
}

#[tokio::test]
async fn a_cancelled_upload_is_never_completed() {
    let storage = Storage::taking([Put::Stall(10)]);
    let folder = Folder::new("a.bin", &content(30_000_000));
    let upload = send_file(&storage, &folder.path);
    tokio::time::timeout(Duration::from_millis(200), upload)
        .await
        .unwrap_err();
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(calls(&storage, "/complete").len(), 0);
}
