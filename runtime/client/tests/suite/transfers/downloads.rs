//! Downloads.

use super::storage::{Get, Storage, field};
use super::{DOWNLOAD, Folder, GET_INPUT, GET_OUTPUT, client, content, exists, said};
use crate::log::Log;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use swage_client::Record;
use swage_client::transfer::{
    DownloadRequest, Downloaded, Progress, TransferError, TransferStage, download,
};

async fn receive(storage: &Storage, path: &Path) -> Result<Downloaded<Record>, TransferError> {
    let mut request = DownloadRequest::default();
    request.set_output_path(path);
    receive_with(storage, request).await
}

async fn receive_with(
    storage: &Storage,
    request: DownloadRequest,
) -> Result<Downloaded<Record>, TransferError> {
    let mut input = Record::new(&GET_INPUT);
    let started = || Record::new(&GET_OUTPUT);
    download(&client(storage), &DOWNLOAD, &mut input, request, started).await
}

fn whole(body: &[u8]) -> Get {
    Get::Send(200, tag(), body.to_vec(), None)
}

fn tag() -> Vec<(&'static str, String)> {
    vec![("ETag", "\"v1\"".to_owned())]
}

fn part(body: &[u8], from: usize) -> Get {
    let range = format!("bytes {from}-{}/{}", body.len() - 1, body.len());
    let headers = vec![("Content-Range", range), ("ETag", "\"v1\"".to_owned())];
    Get::Send(206, headers, body[from..].to_vec(), None)
}

fn gets(storage: &Storage) -> usize {
    let seen = storage.seen().into_iter();
    seen.filter(|line| line.starts_with("/get")).count()
}

/// A folder without a file, and the path of one in it.
fn empty() -> Folder {
    let folder = Folder::new("b.bin", b"");
    fs::remove_file(&folder.path).unwrap();
    folder
}

#[tokio::test]
async fn a_file_is_written_when_it_is_complete() {
    let (log, _guard) = Log::start(tracing::Level::TRACE);
    let body = content(300_000);
    let storage = Storage::giving([whole(&body)]).of_size(300_000);
    let folder = empty();
    let mut request = DownloadRequest::default();
    request.set_output_path(&folder.path);
    let told = Arc::new(Mutex::new(Vec::new()));
    let (listener, path) = (told.clone(), folder.path.clone());
    request.set_listener(move |progress| {
        assert!(!exists(&path));
        listener.lock().unwrap().push(progress);
    });
    let done = receive_with(&storage, request).await.unwrap();
    assert_eq!(done.bytes, 300_000);
    assert_eq!(fs::read(&folder.path).unwrap(), body);
    assert_eq!(folder.names(), ["b.bin"]);
    let told: Vec<Progress> = told.lock().unwrap().clone();
    let last = told.last().map(|progress| (progress.bytes, progress.total));
    assert_eq!(last, Some((300_000, Some(300_000))));
    let head = &storage.heads()[0];
    assert!(head.starts_with("GET /blob?sig=SECRET HTTP/1.1"), "{head}");
    assert_eq!(field(head, "authorization"), None);
    let log = log.text();
    for secret in ["SECRET", "/blob", "sig="] {
        assert!(!log.contains(secret), "{secret}: {log}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn permissions_are_those_of_the_file_before_and_links_are_followed() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let folder = Folder::new("b.bin", b"before");
    fs::set_permissions(&folder.path, fs::Permissions::from_mode(0o640)).unwrap();
    let link = folder.path.with_file_name("link");
    symlink(&folder.path, &link).unwrap();
    let storage = Storage::giving([whole(b"after")]);
    receive(&storage, &link).await.unwrap();
    assert_eq!(fs::read(&folder.path).unwrap(), b"after");
    let mode = fs::metadata(&folder.path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
}

#[tokio::test]
async fn a_download_that_breaks_off_is_resumed() {
    let body = content(200_000);
    let storage = Storage::giving([
        Get::Send(200, tag(), body.clone(), Some(90_000)),
        part(&body, 90_000),
    ]);
    let folder = empty();
    receive(&storage, &folder.path).await.unwrap();
    assert_eq!(fs::read(&folder.path).unwrap(), body);
    let heads = storage.heads();
    assert_eq!(field(&heads[0], "range"), None);
    assert_eq!(field(&heads[1], "range"), Some("bytes=90000-"));
    assert_eq!(field(&heads[1], "if-range"), Some("\"v1\""));
    assert_eq!(gets(&storage), 1);
}

#[tokio::test]
async fn a_stalled_download_is_resumed() {
    let body = content(200_000);
    let storage = Storage::giving([
        Get::Stall(tag(), body[..100_000].to_vec()),
        part(&body, 100_000),
    ]);
    let folder = empty();
    receive(&storage, &folder.path).await.unwrap();
    assert_eq!(fs::read(&folder.path).unwrap(), body);
}

#[tokio::test]
async fn attempts_that_get_further_do_not_count() {
    let body = content(100_000);
    let broken = |from: usize| {
        let Get::Send(status, headers, body, _) = part(&body, from) else {
            unreachable!()
        };
        Get::Send(status, headers, body, Some(10_000))
    };
    let first = Get::Send(200, tag(), body.clone(), Some(10_000));
    let rest = (1..9).map(|index| broken(index * 10_000));
    let storage = Storage::giving([first].into_iter().chain(rest).chain([part(&body, 90_000)]));
    let folder = empty();
    receive(&storage, &folder.path).await.unwrap();
    assert_eq!(fs::read(&folder.path).unwrap(), body);
}

#[tokio::test]
async fn a_storage_without_ranges_sends_the_file_again() {
    let body = content(200_000);
    let newer = vec![9; 150_000];
    let storage = Storage::giving([Get::Send(200, tag(), body, Some(90_000)), whole(&newer)]);
    let folder = empty();
    let done = receive(&storage, &folder.path).await.unwrap();
    assert_eq!(done.bytes, 150_000);
    assert_eq!(fs::read(&folder.path).unwrap(), newer);
}

#[tokio::test]
async fn a_part_that_was_not_asked_for_is_an_error() {
    let body = content(1_000);
    let cut = Get::Send(200, tag(), body.clone(), Some(400));
    let without = Get::Send(206, tag(), body[400..].to_vec(), None);
    let longer = Get::Send(
        206,
        vec![("Content-Range", "bytes 400-999/2000".to_owned())],
        body[400..].to_vec(),
        None,
    );
    for (second, said_by) in [
        (part(&body, 300), "another part of the file"),
        (without, "no valid Content-Range"),
        (longer, "the size of the file has changed"),
    ] {
        let storage = Storage::giving([cut.clone(), second]);
        let folder = empty();
        let error = receive(&storage, &folder.path).await.unwrap_err();
        assert_eq!(error.stage(), TransferStage::Receive);
        assert!(said(&error).contains(said_by), "{error}");
        assert_eq!(folder.names(), [""; 0]);
    }
}

#[tokio::test]
async fn a_file_of_another_size_is_an_error() {
    let close = vec![
        ("Connection-Framed", String::new()),
        ("Connection", "close".to_owned()),
    ];
    for get in [
        whole(b"too long"),
        whole(b"sho"),
        Get::Send(200, close.clone(), b"too long".to_vec(), Some(8)),
        Get::Send(200, close, b"sho".to_vec(), Some(3)),
    ] {
        let storage = Storage::giving([get]).of_size(4);
        let folder = Folder::new("b.bin", b"before");
        let error = receive(&storage, &folder.path).await.unwrap_err();
        let text = said(&error);
        assert!(
            text.starts_with("the file wasn't received: it should have 4 bytes, but has "),
            "{text}"
        );
        assert_eq!(fs::read(&folder.path).unwrap(), b"before");
        assert_eq!(folder.names(), ["b.bin"]);
    }
}

#[tokio::test]
async fn an_expired_url_is_replaced_and_the_download_resumed() {
    let body = content(100_000);
    let storage = Storage::giving([
        Get::Send(200, tag(), body.clone(), Some(60_000)),
        Get::Send(
            403,
            Vec::new(),
            b"<Error><Code>AccessDenied</Code></Error>".to_vec(),
            None,
        ),
        part(&body, 60_000),
    ]);
    let folder = empty();
    receive(&storage, &folder.path).await.unwrap();
    assert_eq!(fs::read(&folder.path).unwrap(), body);
    assert_eq!(gets(&storage), 2);

    let refused = Get::Send(403, Vec::new(), b"SECRET".to_vec(), None);
    let storage = Storage::giving(vec![refused; 4]);
    let error = receive(&storage, &folder.path).await.unwrap_err();
    let text = said(&error);
    assert_eq!(text, "the file wasn't received: Forbidden (status 403)");
    assert_eq!(gets(&storage), 2);
    assert_eq!(fs::read(&folder.path).unwrap(), body, "it is still there");
}

#[tokio::test]
async fn a_storage_that_fails_is_an_error_that_leaves_nothing() {
    let failed = Get::Send(500, Vec::new(), Vec::new(), None);
    let storage = Storage::giving(vec![failed; 5]);
    let folder = empty();
    let error = receive(&storage, &folder.path).await.unwrap_err();
    assert_eq!(error.stage(), TransferStage::Receive);
    assert!(said(&error).contains("status 500"), "{error}");
    assert_eq!(storage.heads().len(), 3);
    assert_eq!(folder.names(), [""; 0]);
}

#[tokio::test]
async fn a_target_that_cannot_be_written_is_an_error_before_anything_is_sent() {
    let storage = Storage::giving([]);
    let folder = empty();
    let missing = folder.folder.path().join("missing/b.bin");
    let error = receive(&storage, &missing).await.unwrap_err();
    assert_eq!(error.stage(), TransferStage::Write);
    assert!(
        error
            .to_string()
            .contains("b.bin: No such file or directory (os error 2)"),
        "{error}"
    );
    let error = receive(&storage, folder.folder.path()).await.unwrap_err();
    assert!(
        error.to_string().ends_with(": not a regular file"),
        "{error}"
    );
    assert_eq!(storage.seen(), [""; 0]);
}

#[tokio::test]
async fn a_cancelled_download_leaves_nothing() {
    let storage = Storage::giving([Get::Stall(tag(), content(100_000))]);
    let folder = empty();
    let download = receive(&storage, &folder.path);
    tokio::time::timeout(Duration::from_millis(150), download)
        .await
        .unwrap_err();
    assert_eq!(folder.names(), [""; 0]);
}
