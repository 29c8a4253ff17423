//! Greets everybody who joined a chat: `cargo run --bin greeter -- TOKEN`.
//!
//! The service is in the region `eu-west-2`, or at the URL in the variable `ENDPOINT_URL`.

use connectparticipant::config::Region;
use connectparticipant::types::ScanDirection;
use connectparticipant::{Client, Config, Error};

const JOINED: &str = "application/vnd.amazonaws.connect.event.participant.joined";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let token = std::env::args().nth(1).ok_or("usage: greeter TOKEN")?;
    let mut config = Config::builder().region(Region::new("eu-west-2"));
    if let Ok(url) = std::env::var("ENDPOINT_URL") {
        config = config.endpoint_url(url);
    }
    let client = Client::from_conf(config.build());
    println!("{} greeted", greet(&client, &token).await?);
    Ok(())
}

/// Greets everybody who joined, and returns how many they are.
async fn greet(client: &Client, token: &str) -> Result<usize, Error> {
    let transcript = client
        .get_transcript()
        .connection_token(token)
        .scan_direction(ScanDirection::Forward);
    let mut pages = transcript.into_paginator().send();
    let mut greeted = 0;
    while let Some(page) = pages.try_next().await? {
        for item in page.transcript() {
            if item.content_type() != Some(JOINED) {
                continue;
            }
            let name = item.display_name().unwrap_or("stranger");
            let message = client
                .send_message()
                .connection_token(token)
                .content_type("text/plain")
                .content(format!("Hello, {name}!"));
            message.send().await?;
            greeted += 1;
        }
    }
    Ok(greeted)
}

#[cfg(test)]
mod tests {
    use super::{JOINED, greet};
    use connectparticipant::operation::get_transcript::GetTranscriptOutput;
    use connectparticipant::operation::send_message::{SendMessageError, SendMessageOutput};
    use connectparticipant::replay::{Recorder, Replayer};
    use connectparticipant::types::Item;
    use connectparticipant::types::error::AccessDeniedException;
    use connectparticipant::{Client, Error, mock};
    use std::path::Path;

    fn joined(name: &str) -> Item {
        Item::builder()
            .content_type(JOINED)
            .display_name(name)
            .build()
    }

    /// A transcript in which Ann and Bob joined, in two pages.
    fn transcript() -> mock::Rule {
        mock::rule(Client::get_transcript).then_compute_output(|input| {
            let page = GetTranscriptOutput::builder();
            match input.next_token() {
                None => page.transcript(joined("Ann")).next_token("2").build(),
                Some(_) => page.transcript(joined("Bob")).build(),
            }
        })
    }

    #[tokio::test]
    async fn everybody_is_greeted() {
        let to_ann = mock::rule(Client::send_message)
            .match_requests(|input| input.content() == Some("Hello, Ann!"))
            .then_output(|| SendMessageOutput::builder().build());
        let to_bob = mock::rule(Client::send_message)
            .match_requests(|input| input.content() == Some("Hello, Bob!"))
            .then_output(|| SendMessageOutput::builder().build());
        let client = mock::client(Client::builder(), [&transcript(), &to_ann, &to_bob]);

        assert_eq!(greet(&client, "token").await.unwrap(), 2);
        assert_eq!((to_ann.num_calls(), to_bob.num_calls()), (1, 1));
    }

    #[tokio::test]
    async fn a_busy_service_is_asked_again() {
        let sent = mock::rule(Client::send_message)
            .sequence()
            .http_status(503, None)
            .output(|| SendMessageOutput::builder().build())
            .times(2)
            .build();
        let client = mock::client(Client::builder(), [&transcript(), &sent]);

        assert_eq!(greet(&client, "token").await.unwrap(), 2);
        assert_eq!(sent.num_calls(), 3);
    }

    /// Records a chat with the service at a URL.
    async fn record(url: &str, path: &Path) {
        let recorder = Recorder::default();
        let client = Client::builder().region("eu-west-2").endpoint_url(url);
        let client = client.transport(recorder.clone()).build().unwrap();
        greet(&client, "token").await.unwrap();
        recorder.save(path).unwrap();
    }

    #[tokio::test]
    async fn everybody_in_a_recorded_chat_is_greeted() {
        let replayer = Replayer::load("recordings/greeter.json").unwrap();
        let client = Client::builder().region("eu-west-2");
        let client = client.transport(replayer.clone()).build().unwrap();

        assert_eq!(greet(&client, "token").await.unwrap(), 2);
        assert_eq!(replayer.unused(), [""; 0]);
    }

    #[tokio::test]
    async fn a_recording_has_no_secrets() {
        let sent = mock::rule(Client::send_message)
            .then_output(|| SendMessageOutput::builder().id("1").build());
        let server = mock::Server::start([&transcript(), &sent]).unwrap();
        let path = std::env::temp_dir().join(format!("greeter-{}.json", std::process::id()));
        record(server.url(), &path).await;
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::remove_file(path).unwrap();
        assert!(text.contains("Hello, Ann!"), "{text}");
        assert!(!text.contains("\"token\""), "{text}");
    }

    #[tokio::test]
    async fn an_invalid_token_is_an_error() {
        let refused = mock::rule(Client::send_message).then_error(|| {
            let error = AccessDeniedException::builder().message("The token has expired");
            SendMessageError::AccessDeniedException(error.build().unwrap())
        });
        let client = mock::client(Client::builder(), [&transcript(), &refused]);

        let error = greet(&client, "token").await.unwrap_err();
        assert!(matches!(error, Error::AccessDeniedException(_)), "{error}");
        assert_eq!(error.message(), Some("The token has expired"));
    }
}
