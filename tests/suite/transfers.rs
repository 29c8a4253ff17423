//! Transfers of files in generated crates.

use golden_transfers::Error;
use golden_transfers::transfer::import_file::ImportFileOutput;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use swage_client::transfer::TransferStage;
use swage_tests::server::{Answer, Server};

fn client(service: &Server) -> golden_transfers::Client {
    let builder = golden_transfers::Client::builder().region("us-east-1");
    let client = builder.endpoint_url(&service.url).build();
    client.expect("good settings")
}

fn begun(storage: &Server) -> Answer {
    Answer::json(&format!(
        r#"{{"Id": "id-1", "Part": 7, "Until": 4102444800,
            "Where": {{"Link": "{}/file?secret", "Fields": {{"x-field": "value"}}}}}}"#,
        storage.url
    ))
}

#[tokio::test]
async fn a_file_is_uploaded_with_the_input_of_the_operation_that_starts_it() {
    let storage = Server::start(vec![Answer::status(204, "")]);
    let service = Server::start(vec![begun(&storage), Answer::json(r#"{"Entry": "e-1"}"#)]);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("notes.txt");
    std::fs::write(&path, "some notes").expect("a file");
    let sent = Arc::new(AtomicU64::new(0));
    let told = sent.clone();
    let uploaded: ImportFileOutput = client(&service)
        .import_file()
        .vault("v-1")
        .path_value("the member")
        .path(&path)
        .on_progress(move |progress| told.store(progress.bytes, Ordering::Relaxed))
        .send()
        .await
        .expect("an upload");
    assert_eq!(uploaded.started.id(), Some("id-1"));
    assert_eq!(uploaded.completed.entry(), Some("e-1"));
    assert_eq!((uploaded.bytes, sent.load(Ordering::Relaxed)), (10, 10));
    let [begin, finish] = &service.requests()[..] else {
        panic!("two calls: {:?}", service.requests());
    };
    for part in [
        r#""Vault":"v-1""#,
        r#""Title":"notes.txt""#,
        r#""Bytes":10"#,
        r#""Kind":"text/plain""#,
        r#""Path":"the member""#,
        r#""Token":""#,
    ] {
        assert!(begin.body.contains(part), "{}", begin.body);
    }
    for part in [
        r#""Vault":"v-1""#,
        r#""Id":"id-1""#,
        r#""Parts":[7]"#,
        r#""Token":""#,
    ] {
        assert!(finish.body.contains(part), "{}", finish.body);
    }
    let sent = &storage.requests()[0];
    assert_eq!(sent.line, "POST /file?secret HTTP/1.1");
    assert_eq!(sent.header("x-field"), Some("value"));
    assert_eq!(sent.body, "some notes");
    assert!(!format!("{uploaded:?}").contains("secret"), "{uploaded:?}");
}

#[tokio::test]
async fn an_upload_needs_no_completion_and_no_members() {
    let storage = Server::start(vec![Answer::status(200, "")]);
    let link = format!(r#"{{"Link": "{}/draft"}}"#, storage.url);
    let service = Server::start(vec![Answer::json(&link)]);
    let upload = client(&service)
        .upload_draft()
        .body("text".as_bytes().to_vec());
    assert_eq!(upload.send().await.expect("an upload").bytes, 4);
    assert_eq!(storage.requests()[0].body, "text");
    assert_eq!(service.requests().len(), 1);
}

#[tokio::test]
async fn a_file_is_downloaded() {
    let storage = Server::start(vec![Answer::status(200, "exported")]);
    let link = format!(r#"{{"Link": "{}/export", "Bytes": 8}}"#, storage.url);
    let service = Server::start(vec![Answer::json(&link)]);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("export");
    let download = client(&service)
        .export_file()
        .entry("e-1")
        .output_path(&path);
    let downloaded = download.send().await.expect("a download");
    assert_eq!(downloaded.bytes, 8);
    assert_eq!(std::fs::read_to_string(&path).expect("a file"), "exported");
}

#[tokio::test]
async fn errors_convert_into_the_flat_error() {
    let denied = Answer::status(400, r#"{"__type": "Denied", "message": "no"}"#);
    let service = Server::start(vec![denied]);
    let client = client(&service);
    let download = client
        .export_file()
        .entry("e-1")
        .output_path("/nowhere/file");
    let error = download.clone().send().await.expect_err("no folder");
    assert_eq!(error.stage(), TransferStage::Write);
    let error = Error::from(error);
    assert!(
        error.to_string().contains("/nowhere/file: No such file"),
        "{error}"
    );
    let upload = client.upload_draft().body("text".as_bytes().to_vec());
    let error = Error::from(upload.send().await.expect_err("denied"));
    assert_eq!(
        (error.code(), error.message()),
        (Some("Denied"), Some("no"))
    );
}
