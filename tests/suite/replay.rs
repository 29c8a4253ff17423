//! Recordings: what is in the file, and what answers from it.

use connectparticipant::error::DisplayErrorContext;
use connectparticipant::operation::create_participant_connection::CreateParticipantConnectionOutput;
use connectparticipant::operation::send_message::{SendMessageError, SendMessageOutput};
use connectparticipant::replay::{Recorder, Replayer};
use connectparticipant::transport::{HyperTransport, Transport};
use connectparticipant::types::error::ThrottlingException;
use connectparticipant::types::{ConnectionCredentials, ConnectionType, Websocket};
use connectparticipant::{Client, mock};
use std::path::PathBuf;

/// A file that is removed at the end.
struct File(PathBuf);

impl File {
    fn new(name: &str) -> Self {
        let name = format!("{name}-{}.json", std::process::id());
        Self(std::env::temp_dir().join(name))
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn client(url: &str, transport: impl Transport + 'static) -> Client {
    let retry = connectparticipant::config::retry::RetryConfig::standard();
    let retry = retry.with_initial_backoff(std::time::Duration::from_millis(1));
    let client = Client::builder().region("us-east-1").endpoint_url(url);
    let client = client.retry_config(retry).transport(transport).build();
    client.expect("a client")
}

/// A busy service that sends secrets.
fn rules() -> [mock::Rule; 2] {
    let opened = mock::rule(Client::create_participant_connection).then_output(|| {
        let credentials = ConnectionCredentials::builder().connection_token("secret-1");
        let url = "wss://host.test/chat?X-Amz-Signature=secret-2&a=b";
        CreateParticipantConnectionOutput::builder()
            .connection_credentials(credentials.expiry("2026-01-01T00:00:00Z").build())
            .websocket(Websocket::builder().url(url).build())
            .build()
    });
    let sent = mock::rule(Client::send_message)
        .sequence()
        .error(|| {
            let error = ThrottlingException::builder().message("too many");
            SendMessageError::ThrottlingException(error.build().expect("an error"))
        })
        .output(|| SendMessageOutput::builder().id("m-1").build())
        .repeatedly();
    [opened, sent]
}

async fn open(client: &Client) -> Option<String> {
    let request = client.create_participant_connection();
    let request = request.r#type(ConnectionType::Websocket);
    let output = request.participant_token("secret-3").send().await;
    let output = output.expect("a connection");
    let url = output.websocket()?.url()?.to_owned();
    Some(format!(
        "{url} {}",
        output.connection_credentials()?.connection_token()?
    ))
}

async fn say(client: &Client, what: &str) -> Result<Option<String>, String> {
    let request = client.send_message().content_type("text/plain");
    let output = request
        .connection_token("secret-4")
        .content(what)
        .send()
        .await;
    let output = output.map_err(|error| DisplayErrorContext(error).to_string())?;
    Ok(output.id)
}

#[tokio::test]
async fn a_recording_has_no_secrets_and_repeats_everything_else() {
    let rules = rules();
    let server = mock::Server::start(&rules).expect("a server");
    let recorder = Recorder::new(HyperTransport::default());
    let first = client(server.url(), recorder.clone());
    open(&first).await.expect("a URL");
    let id = say(&first, "hello").await.expect("an answer");
    let file = File::new("recording");
    recorder.save(&file.0).expect("a file");
    drop(server);

    let text = std::fs::read_to_string(&file.0).expect("a file");
    assert!(!text.contains("secret-"), "{text}");
    for part in [
        "\"operation\": \"SendMessage\"",
        "\"x-amz-bearer\": \"REDACTED\"",
        "\"ClientToken\": \"IDEMPOTENCY-TOKEN\"",
        "\"Content\": \"hello\"",
        "\"ConnectionToken\": \"REDACTED\"",
        "\"Url\": \"REDACTED\"",
        "\"status\": 429",
        "\"too many\"",
    ] {
        assert!(text.contains(part), "{part} is missing: {text}");
    }
    recorder.save(&file.0).expect("a file");
    assert_eq!(std::fs::read_to_string(&file.0).expect("a file"), text);

    let replayer = Replayer::load(&file.0).expect("a recording");
    assert_eq!(replayer.unused().len(), 3);
    let again = client("http://other.test", replayer.clone());
    let url = open(&again).await;
    assert_eq!(url.as_deref(), Some("REDACTED REDACTED"));
    assert_eq!(
        replayer.unused(),
        ["POST /participant/message (SendMessage)"; 2]
    );
    let error = say(&again, "bye").await.expect_err("another message");
    let difference = r#"Content differs: "hello" was recorded, "bye" was sent"#;
    assert!(error.contains(difference), "{error}");
    assert_eq!(say(&again, "hello").await, Ok(id));
    assert!(replayer.unused().is_empty());
    let error = say(&again, "hello").await.expect_err("once more");
    assert!(
        error.contains("was recorded 2 times, and is sent once more"),
        "{error}"
    );
}

#[tokio::test]
async fn failures_are_recorded_too() {
    let recorder = Recorder::default();
    let error = say(&client("http://127.0.0.1:9", recorder.clone()), "hello").await;
    let error = error.expect_err("no connection");
    let file = File::new("failures");
    recorder.save(&file.0).expect("a file");
    let replayer = Replayer::load(&file.0).expect("a recording");
    let again = say(&client("http://127.0.0.1:9", replayer.clone()), "hello").await;
    let again = again.expect_err("the same");
    let start = |text: &str| text.split(": io error").next().map(str::to_owned);
    assert_eq!(start(&again), start(&error));
    assert!(replayer.unused().is_empty());
}

#[tokio::test]
async fn more_can_be_redacted() {
    let server = mock::Server::start(&rules()).expect("a server");
    let recorder = Recorder::default()
        .redact_member("content")
        .redact_header("Content-Type");
    say(&client(server.url(), recorder.clone()), "a private matter")
        .await
        .expect("an answer");
    let file = File::new("private");
    recorder.save(&file.0).expect("a file");
    let text = std::fs::read_to_string(&file.0).expect("a file");
    assert!(text.contains("\"Content\": \"REDACTED\""), "{text}");
    assert!(text.contains("\"content-type\": \"REDACTED\""), "{text}");
    let replayer = Replayer::load(&file.0).expect("a recording");
    say(&client("http://127.0.0.1:9", replayer), "anything")
        .await
        .expect("an answer");
}

#[test]
fn a_file_that_is_no_recording() {
    let file = File::new("invalid");
    let load = || Replayer::load(&file.0).expect_err("an error").to_string();
    assert!(load().contains("No such file"), "{}", load());
    for (text, problem) in [
        ("[", "EOF"),
        (r#"{"version": 2}"#, "version 2"),
        (
            r#"{"version": 1, "redacted": {"headers": [], "members": []}, "exchanges": [{"request": {"method": 1}}]}"#,
            "exchanges[0]: request.method: expected a string",
        ),
    ] {
        std::fs::write(&file.0, text).expect("a file");
        assert!(load().contains(problem), "{problem}: {}", load());
    }
}
