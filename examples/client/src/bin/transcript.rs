//! Saves the first page of a chat's transcript as JSON: `cargo run --bin transcript -- TOKEN FILE`.
//!
//! The service is in the region `eu-west-2`, or at the URL in the variable `ENDPOINT_URL`.

use connectparticipant::config::Region;
use connectparticipant::operation::get_transcript::GetTranscriptOutput;
use connectparticipant::{Client, Config};
use std::error::Error;
use std::fs::File;
use std::path::Path;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(token), Some(path)) = (arguments.next(), arguments.next()) else {
        return Err("usage: transcript TOKEN FILE".into());
    };
    let mut config = Config::builder().region(Region::new("eu-west-2"));
    if let Ok(url) = std::env::var("ENDPOINT_URL") {
        config = config.endpoint_url(url);
    }
    let client = Client::from_conf(config.build());
    let saved = transcript(&client, &token, path.as_ref()).await?;
    println!("{} entries", saved.transcript().len());
    Ok(())
}

/// Saves the first page of a transcript, and returns what was saved.
async fn transcript(
    client: &Client,
    token: &str,
    path: &Path,
) -> Result<GetTranscriptOutput, Box<dyn Error>> {
    let page = client
        .get_transcript()
        .connection_token(token)
        .send()
        .await?;
    save(&page, path)?;
    load(path)
}

/// Writes a page of a transcript to a file.
fn save(page: &GetTranscriptOutput, path: &Path) -> Result<(), Box<dyn Error>> {
    let file = File::create(path)?;
    serde_json::to_writer_pretty(file, page)?;
    Ok(())
}

/// Reads a page of a transcript from a file.
fn load(path: &Path) -> Result<GetTranscriptOutput, Box<dyn Error>> {
    let file = File::open(path)?;
    Ok(serde_json::from_reader(file)?)
}

#[cfg(test)]
mod tests {
    use super::transcript;
    use client_examples::{client, service};
    use connectparticipant::types::ChatItemType;

    #[tokio::test]
    async fn a_page_is_saved_as_the_service_sent_it() {
        let body = r#"{"InitialContactId": "1", "Transcript": [{"Id": "2", "Type": "MESSAGE", "Content": "Hello"}]}"#;
        let client = client(&service("200 OK", "", body).url);
        let path = std::env::temp_dir().join(format!("transcript-{}.json", std::process::id()));
        let saved = transcript(&client, "token", &path).await.unwrap();
        assert_eq!(saved.transcript()[0].r#type(), Some(&ChatItemType::Message));
        let file = std::fs::read(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        let file: serde_json::Value = serde_json::from_slice(&file).unwrap();
        assert_eq!(
            file,
            serde_json::from_str::<serde_json::Value>(body).unwrap()
        );
    }
}
