//! Shares a file in a chat, or saves one: `cargo run --bin attachment -- TOKEN upload FILE` and
//! `cargo run --bin attachment -- TOKEN download ID FILE`.
//!
//! The service is in the region `eu-west-2`, or at the URL in the variable `ENDPOINT_URL`.

use connectparticipant::config::Region;
use connectparticipant::transfer::TransferError;
use connectparticipant::transfer::TransferStage;
use connectparticipant::{Client, Config};
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mut config = Config::builder().region(Region::new("eu-west-2"));
    if let Ok(url) = std::env::var("ENDPOINT_URL") {
        config = config.endpoint_url(url);
    }
    let client = Client::from_conf(config.build());
    let result = match arguments[..] {
        [token, "upload", path] => upload(&client, token, path.as_ref()).await,
        [token, "download", id, path] => download(&client, token, id, path.as_ref()).await,
        _ => return Err("usage: attachment TOKEN upload FILE | TOKEN download ID FILE".into()),
    };
    match result {
        Ok(done) => {
            println!("{done}");
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => {
            explain(&error);
            Ok(ExitCode::FAILURE)
        }
    }
}

/// Shares a file, and returns its id.
async fn upload(client: &Client, token: &str, path: &Path) -> Result<String, TransferError> {
    let uploaded = client
        .upload_attachment()
        .connection_token(token)
        .path(path)
        .on_progress(|progress| eprintln!("{} bytes", progress.bytes))
        .send()
        .await?;
    let id = uploaded.started.attachment_id().unwrap_or_default();
    Ok(id.to_owned())
}

/// Saves a file that was shared, and returns its size.
async fn download(
    client: &Client,
    token: &str,
    id: &str,
    path: &Path,
) -> Result<String, TransferError> {
    let downloaded = client
        .download_attachment()
        .connection_token(token)
        .attachment_id(id)
        .output_path(path)
        .send()
        .await?;
    Ok(format!("{} bytes", downloaded.bytes))
}

fn explain(error: &TransferError) {
    match error.stage() {
        TransferStage::Read => eprintln!("the file could not be read: {error}"),
        TransferStage::Complete => eprintln!("the file is there, but nobody sees it: {error}"),
        _ => eprintln!("{error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{download, upload};
    use client_examples::{client, service, service_with};

    #[tokio::test]
    async fn a_file_is_shared() {
        let storage = service("200 OK", "", "");
        let start = format!(
            r#"{{"AttachmentId": "a-1", "UploadMetadata": {{"Url": "{}/cat", "HeadersToInclude": {{"x-key": "1"}}}}}}"#,
            storage.url
        );
        let chat = service_with([("200 OK", start), ("200 OK", "{}".to_owned())]);
        let path = std::env::temp_dir().join(format!("attachment-{}.txt", std::process::id()));
        std::fs::write(&path, "meow").unwrap();
        let id = upload(&client(&chat.url), "token", &path).await.unwrap();
        std::fs::remove_file(&path).unwrap();
        assert_eq!(id, "a-1");
        assert!(chat.head().starts_with("POST /participant/start-attachment-upload "));
        let sent = storage.head();
        assert!(sent.starts_with("PUT /cat "), "{sent}");
        assert!(sent.contains("x-key: 1"), "{sent}");
        assert!(chat.head().starts_with("POST /participant/complete-attachment-upload "));
    }

    #[tokio::test]
    async fn a_file_is_saved() {
        let storage = service("200 OK", "", "meow");
        let body = format!(r#"{{"Url": "{}/cat", "AttachmentSizeInBytes": 4}}"#, storage.url);
        let chat = service_with([("200 OK", body)]);
        let path = std::env::temp_dir().join(format!("attachment-{}.bin", std::process::id()));
        let said = download(&client(&chat.url), "token", "a-1", &path).await.unwrap();
        assert_eq!(said, "4 bytes");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "meow");
        std::fs::remove_file(&path).unwrap();
    }
}
