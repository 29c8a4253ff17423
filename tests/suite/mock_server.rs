//! The server of `mock`: rules that answer requests of other processes, in the protocols of several services.

use connectparticipant::operation::get_transcript::GetTranscriptOutput;
use connectparticipant::operation::send_message::{SendMessageError, SendMessageOutput};
use connectparticipant::types::Item;
use connectparticipant::types::error::ThrottlingException;
use connectparticipant::{Client, mock};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;

fn sent() -> mock::Rule {
    mock::rule(Client::send_message)
        .match_requests(|input| input.content() == Some("hello"))
        .then_compute_output(|input| {
            let token = input.client_token().unwrap_or_default();
            SendMessageOutput::builder().id(token).build()
        })
}

fn client(server: &mock::Server) -> Client {
    Client::builder()
        .region("us-east-1")
        .endpoint_url(server.url())
        .no_proxy()
        .build()
        .expect("a client")
}

#[tokio::test]
async fn outputs_depend_on_the_input() {
    let rule = sent();
    let server = mock::Server::start([&rule]).expect("a server");
    let send = |content: &str| {
        let request = client(&server).send_message().content_type("text/plain");
        request
            .connection_token("a-token")
            .content(content)
            .client_token("t-1")
            .send()
    };
    let output = send("hello").await.expect("an answer");
    assert_eq!(output.id(), Some("t-1"));
    let error = send("bye").await.expect_err("no rule");
    let text = error.to_string();
    assert!(
        text.contains("no rule matches this call of SendMessage"),
        "{text}"
    );
    let other = client(&server)
        .disconnect_participant()
        .connection_token("a-token");
    other.send().await.expect_err("no rule");
    assert_eq!((rule.num_calls(), server.num_requests()), (1, 3));
    assert_eq!(
        server.unanswered(),
        [
            "POST /participant/message: no rule matches this call of SendMessage",
            "POST /participant/disconnect: no rule is for this operation",
        ]
    );
}

#[tokio::test]
async fn errors_and_sequences() {
    let busy = || {
        let error = ThrottlingException::builder().message("too many");
        SendMessageError::ThrottlingException(error.build().expect("an error"))
    };
    let rule = mock::rule(Client::send_message)
        .sequence()
        .error(busy)
        .times(2)
        .http_status(500, None)
        .output(|| SendMessageOutput::builder().id("m-1").build())
        .build();
    let server = mock::Server::start([&rule]).expect("a server");
    let once = connectparticipant::config::retry::RetryConfig::disabled();
    let client = Client::builder().retry_config(once);
    let client = client
        .region("us-east-1")
        .endpoint_url(server.url())
        .no_proxy();
    let client: Client = client.build().expect("a client");
    let send = || {
        let request = client.send_message().content_type("text/plain");
        request.connection_token("a-token").content("hello").send()
    };
    for _ in 0..2 {
        let error = send().await.expect_err("an error").into_service_error();
        assert!(error.is_throttling_exception(), "{error:?}");
        assert_eq!(error.meta().message(), Some("too many"));
    }
    send().await.expect_err("an error");
    assert_eq!(send().await.expect("an answer").id(), Some("m-1"));
    send().await.expect_err("the sequence is over");
    assert_eq!(rule.num_calls(), 4);
}

/// A request that another program could send, and what it gets.
fn raw(server: &mock::Server, request: &str) -> String {
    let address = server.url().trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).expect("a connection");
    stream.write_all(request.as_bytes()).expect("sent");
    let mut response = String::new();
    stream.read_to_string(&mut response).expect("a response");
    response
}

#[test]
fn any_client_is_answered() {
    let rule = sent();
    let server = mock::Server::start([&rule]).expect("a server");
    let body =
        r#"{"ContentType": "text/plain", "Content": "hello", "ClientToken": "t-2", "New": 1}"#;
    let head = "POST /participant/message HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n";
    let length = body.len();
    let request = format!("{head}x-amz-bearer: token\r\ncontent-length: {length}\r\n\r\n{body}");
    let response = raw(&server, &request);
    assert!(response.starts_with("HTTP/1.1 200 OK\r\n"), "{response}");
    assert!(
        response.contains("content-type: application/json\r\n"),
        "{response}"
    );
    assert!(response.ends_with("\r\n\r\n{\"Id\":\"t-2\"}"), "{response}");
    let broken = format!("{head}x-amz-bearer: token\r\ncontent-length: 1\r\n\r\n{{");
    let response = raw(&server, &broken);
    assert!(response.starts_with("HTTP/1.1 400"), "{response}");
    assert!(
        server.unanswered()[0].contains("the request can't be read"),
        "{:?}",
        server.unanswered()
    );
    let response = raw(
        &server,
        "GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n",
    );
    assert!(response.starts_with("HTTP/1.1 404"), "{response}");
}

#[test]
fn a_command_in_another_process() {
    let rule = mock::rule(Client::get_transcript).then_compute_output(|input| {
        let page = GetTranscriptOutput::builder();
        let item = |id| Item::builder().id(id).build();
        match input.next_token() {
            None => page.transcript(item("1")).next_token("2").build(),
            Some(_) => page.transcript(item("2")).build(),
        }
    });
    let server = mock::Server::start([&rule]).expect("a server");
    let program = crate::readme::built();
    let ids = |more: &[&str]| {
        let output = Command::new(&program)
            .args(["get-transcript", "--connection-token", "a-token"])
            .args(["--endpoint-url", server.url(), "--region", "us-east-1"])
            .args(["--no-sign-request", "--query", "Transcript[].Id"])
            .args(["--output", "text"])
            .args(more)
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .output()
            .expect("a process");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    assert_eq!(ids(&[]), "1\n");
    assert_eq!(ids(&["--next-token", "2"]), "2\n");
    assert_eq!(rule.num_calls(), 2);
}
