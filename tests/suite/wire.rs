//! Every operation of the generated crate with a real server: requests, and results of responses.

use connectparticipant::operation::complete_attachment_upload::CompleteAttachmentUploadInput;
use connectparticipant::types::{ChatItemType, ConnectionType, ScanDirection, StartPosition};
use connectparticipant::{Client, Error};
use std::time::Duration;
use swage_tests::server::{Answer, Request, Server};

fn client(server: &Server) -> Client {
    builder(server).build().expect("settings")
}

fn builder(server: &Server) -> swage_client::ClientBuilder<Client> {
    Client::builder()
        .region("us-east-1")
        .endpoint_url(&server.url)
}

fn only(server: &Server) -> Request {
    let requests = server.requests();
    assert_eq!(requests.len(), 1, "{requests:#?}");
    requests.into_iter().next().unwrap_or_default()
}

fn assert_sent(server: &Server, line: &str, body: &str) {
    let request = only(server);
    assert_eq!(request.line, line);
    let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).ok();
    assert_eq!(json(&request.body), json(body), "{}", request.body);
    assert_eq!(request.header("x-amz-bearer"), Some("TOKEN"));
    assert_eq!(
        request.header("authorization"),
        None,
        "sent unsigned without credentials"
    );
}

#[tokio::test]
async fn start_attachment_upload() {
    let server = Server::start(vec![Answer::json(
        r#"{"AttachmentId":"att-1","UploadMetadata":{"Url":"https://u","UrlExpiry":"2030","HeadersToInclude":{"A":"b"}},"New":1}"#,
    )]);
    let output = client(&server)
        .start_attachment_upload()
        .content_type("image/png")
        .attachment_size_in_bytes(1024)
        .attachment_name("cat.png")
        .client_token("c")
        .connection_token("TOKEN")
        .send()
        .await
        .expect("an output");
    assert_sent(
        &server,
        "POST /participant/start-attachment-upload HTTP/1.1",
        r#"{"ContentType":"image/png","AttachmentSizeInBytes":1024,"AttachmentName":"cat.png","ClientToken":"c"}"#,
    );
    assert_eq!(output.attachment_id.as_deref(), Some("att-1"));
    let metadata = output.upload_metadata.expect("metadata");
    assert_eq!(metadata.headers_to_include.expect("headers")["A"], "b");
}

#[tokio::test]
async fn complete_attachment_upload() {
    let server = Server::start(vec![Answer::json("{}")]);
    let call = client(&server)
        .complete_attachment_upload()
        .attachment_ids("a")
        .connection_token("TOKEN");
    call.client_token("c").send().await.expect("an output");
    assert_sent(
        &server,
        "POST /participant/complete-attachment-upload HTTP/1.1",
        r#"{"AttachmentIds":["a"],"ClientToken":"c"}"#,
    );
}

#[tokio::test]
async fn create_participant_connection() {
    let server = Server::start(vec![Answer::json(
        r#"{"ConnectionCredentials":{"ConnectionToken":"secret-token","Expiry":"2030"}}"#,
    )]);
    let call = client(&server)
        .create_participant_connection()
        .participant_token("TOKEN")
        .connect_participant(true);
    let output = call
        .r#type(ConnectionType::ConnectionCredentials)
        .r#type("LATER".into())
        .send()
        .await
        .expect("an output");
    assert_sent(
        &server,
        "POST /participant/connection HTTP/1.1",
        r#"{"Type":["CONNECTION_CREDENTIALS","LATER"],"ConnectParticipant":true}"#,
    );
    assert!(!format!("{output:?}").contains("secret-token"));
    let credentials = output.connection_credentials.expect("credentials");
    assert_eq!(
        credentials.connection_token.as_deref(),
        Some("secret-token")
    );
}

#[tokio::test]
async fn describe_view() {
    let server = Server::start(vec![Answer::json(r#"{"View":{"Id":"v","Version":3}}"#)]);
    let output = client(&server)
        .describe_view()
        .view_token("a/b c")
        .connection_token("TOKEN")
        .send()
        .await
        .expect("an output");
    assert_eq!(
        only(&server).line,
        "GET /participant/views/a%2Fb%20c HTTP/1.1"
    );
    assert_eq!(only(&server).body, "");
    assert_eq!(output.view.expect("a view").version, Some(3));
}

#[tokio::test]
async fn what_gives_access_is_never_shown() {
    let url = r#"{"AuthenticationUrl":"https://example.test/?state=hush-hush"}"#;
    let server = Server::start(vec![Answer::json(url), Answer::json("<")]);
    let client = client(&server);
    let call = client.get_authentication_url().session_id("s".repeat(36));
    let call = call
        .redirect_uri("https://example.test")
        .connection_token("TOKEN");
    let output = call.send().await.expect("an output");
    let call = client
        .describe_view()
        .view_token("hush-hush")
        .connection_token("hush-hush");
    let shown = format!("{call:?} {output:?}");
    let error = call.send().await.expect_err("no JSON");
    assert!(server.requests()[1].line.contains("hush-hush"));
    assert!(
        output
            .authentication_url
            .expect("a URL")
            .contains("hush-hush")
    );
    let shown = format!("{shown} {error} {error:?}");
    assert!(!shown.contains("hush-hush"), "{shown}");
}

#[tokio::test]
async fn disconnect_participant() {
    let server = Server::start(vec![Answer::json("{}")]);
    client(&server)
        .disconnect_participant()
        .client_token("c")
        .connection_token("TOKEN")
        .send()
        .await
        .expect("an output");
    assert_sent(
        &server,
        "POST /participant/disconnect HTTP/1.1",
        r#"{"ClientToken":"c"}"#,
    );
}

#[tokio::test]
async fn get_attachment() {
    let server = Server::start(vec![Answer::json(
        r#"{"Url":"https://u","AttachmentSizeInBytes":7}"#,
    )]);
    let call = client(&server)
        .get_attachment()
        .attachment_id("a")
        .url_expiry_in_seconds(5)
        .connection_token("TOKEN");
    let output = call.send().await.expect("an output");
    assert_sent(
        &server,
        "POST /participant/attachment HTTP/1.1",
        r#"{"AttachmentId":"a","UrlExpiryInSeconds":5}"#,
    );
    assert_eq!(output.attachment_size_in_bytes, 7);
}

#[tokio::test]
async fn get_authentication_url_and_cancel() {
    let session = "0".repeat(36);
    let server = Server::start(vec![Answer::json(r#"{"AuthenticationUrl":"https://a"}"#)]);
    let call = client(&server)
        .get_authentication_url()
        .session_id(&session)
        .redirect_uri("https://r");
    let output = call
        .connection_token("TOKEN")
        .send()
        .await
        .expect("an output");
    assert_eq!(output.authentication_url.as_deref(), Some("https://a"));
    let body = format!(r#"{{"SessionId":"{session}","RedirectUri":"https://r"}}"#);
    assert_sent(
        &server,
        "POST /participant/authentication-url HTTP/1.1",
        &body,
    );
    let server = Server::start(vec![Answer::json("{}")]);
    let call = client(&server)
        .cancel_participant_authentication()
        .session_id(&session);
    call.connection_token("TOKEN")
        .send()
        .await
        .expect("an output");
    assert_sent(
        &server,
        "POST /participant/cancel-authentication HTTP/1.1",
        &format!(r#"{{"SessionId":"{session}"}}"#),
    );
}

#[tokio::test]
async fn send_event_and_message() {
    let server = Server::start(vec![Answer::json(r#"{"Id":"i"}"#)]);
    let call = client(&server)
        .send_event()
        .content_type("application/vnd.amazonaws.connect.event.typing")
        .client_token("c");
    assert_eq!(
        call.connection_token("TOKEN")
            .send()
            .await
            .expect("an output")
            .id
            .as_deref(),
        Some("i")
    );
    assert_sent(
        &server,
        "POST /participant/event HTTP/1.1",
        r#"{"ContentType":"application/vnd.amazonaws.connect.event.typing","ClientToken":"c"}"#,
    );
    let server = Server::start(vec![Answer::json("{}")]);
    let call = client(&server)
        .send_message()
        .content_type("text/plain")
        .content("grüß \u{1}\"")
        .client_token("c");
    call.connection_token("TOKEN")
        .send()
        .await
        .expect("an output");
    assert_sent(
        &server,
        "POST /participant/message HTTP/1.1",
        r#"{"ContentType":"text/plain","Content":"grüß \u0001\"","ClientToken":"c"}"#,
    );
}

#[tokio::test]
async fn get_transcript_page_by_page() {
    let server = Server::start(vec![
        Answer::json(
            r#"{"Transcript":[{"Id":"1","Type":"MESSAGE"},{"Id":"2","Type":"HOLOGRAM"}],"NextToken":"n"}"#,
        ),
        Answer::json(r#"{"Transcript":[]}"#),
    ]);
    let call = client(&server)
        .get_transcript()
        .connection_token("TOKEN")
        .scan_direction(ScanDirection::Backward);
    let call = call.start_position(StartPosition::builder().id("i").build());
    let pages = call
        .into_paginator()
        .page_size(2)
        .send()
        .try_collect()
        .await
        .expect("pages");
    assert_eq!(pages.len(), 2);
    let items = pages[0].transcript.as_ref().expect("items");
    assert_eq!(items[0].r#type, Some(ChatItemType::Message));
    assert_eq!(
        items[1].r#type.as_ref().map(ChatItemType::as_str),
        Some("HOLOGRAM"),
        "unknown values are kept"
    );
    let bodies: Vec<serde_json::Value> = server
        .requests()
        .iter()
        .map(|r| serde_json::from_str(&r.body).expect("JSON"))
        .collect();
    let first = serde_json::json!({"MaxResults": 2, "ScanDirection": "BACKWARD", "StartPosition": {"Id": "i"}});
    assert_eq!(bodies[0], first, "a zero that nobody set isn't sent");
    assert_eq!(bodies[1]["NextToken"], "n");
}

#[tokio::test]
async fn what_is_missing_is_named_at_once_and_nothing_is_sent() {
    let server = Server::start(vec![Answer::json("{}")]);
    let error = client(&server)
        .start_attachment_upload()
        .attachment_name("")
        .send()
        .await
        .expect_err("missing members");
    let error = Error::from(error);
    let Error::Input(input) = &error else {
        panic!("{error:?}")
    };
    for member in [
        "ContentType",
        "AttachmentSizeInBytes",
        "ConnectionToken",
        "AttachmentName",
    ] {
        assert!(
            input
                .problems
                .iter()
                .any(|problem| problem.contains(member)),
            "{member}: {error}"
        );
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn modelled_errors_in_every_form() {
    let forms = [
        (
            Answer::status(403, r#"{"Message":"no"}"#)
                .header("x-amzn-errortype", "AccessDeniedException:http://x/"),
            true,
        ),
        (
            Answer::status(
                403,
                r#"{"__type":"com.amazonaws.connectparticipant#AccessDeniedException","message":"no"}"#,
            ),
            true,
        ),
        (
            Answer::status(403, r#"{"code":"AccessDeniedException","message":"no"}"#),
            true,
        ),
        (
            Answer::status(418, r#"{"code":"TeapotException","message":"no"}"#),
            false,
        ),
    ];
    for (answer, modelled) in forms {
        let server = Server::start(vec![answer]);
        let error = client(&server)
            .disconnect_participant()
            .connection_token("TOKEN")
            .send()
            .await
            .expect_err("an error");
        let error = Error::from(error);
        assert_eq!(
            matches!(error, Error::AccessDeniedException(_)),
            modelled,
            "{error:?}"
        );
        assert_eq!(matches!(error, Error::Unhandled(_)), !modelled, "{error:?}");
        assert_eq!(
            (error.message(), error.request_id()),
            (Some("no"), Some("request-1"))
        );
        assert!(!error.is_retryable());
    }
}

/// The output has sensitive members, so the error doesn't show the body.
#[tokio::test]
async fn a_page_of_a_proxy_is_shown() {
    let cases = [
        ("<html>Sign in to the network</html>", "<html>Sign in to"),
        ("\u{feff}\n<!DOCTYPE html><p>Sign in", "html><p>Sign in"),
        ("<?xml version='1.0'?>\n<html>Sign in", "<html>Sign in"),
        (
            "<html>GET /?X-Amz-Signature=SECRET&a X-Amz-Bearer: SECRET<br>",
            "Signature=***&a X-Amz-Bearer: ***<br>",
        ),
        ("{\"Url\":\"https://SECRET", ""),
        ("<Url>https://SECRET", ""),
    ];
    for (body, shown) in cases {
        let server = Server::start(vec![Answer::json(body)]);
        let error = client(&server)
            .get_attachment()
            .attachment_id("a")
            .connection_token("TOKEN")
            .send()
            .await
            .expect_err("not JSON");
        let error = Error::from(error);
        let Error::Response(response) = &error else {
            panic!("{error:?}")
        };
        assert_eq!(response.body_start.is_empty(), shown.is_empty(), "{body}");
        assert!(response.body_start.contains(shown), "{error}");
        assert!(error.to_string().contains("it begins") != shown.is_empty());
        assert!(!error.to_string().contains("SECRET"), "{error}");
    }
}

#[tokio::test]
async fn throttling_is_retried_with_the_same_token() {
    let busy = Answer::status(429, r#"{"__type":"ThrottlingException","Message":"slow"}"#)
        .header("Retry-After", "0");
    let server = Server::start(vec![busy.clone(), busy, Answer::json("{}")]);
    client(&server)
        .disconnect_participant()
        .connection_token("TOKEN")
        .send()
        .await
        .expect("an output");
    let bodies: Vec<String> = server
        .requests()
        .into_iter()
        .map(|request| request.body)
        .collect();
    assert_eq!(bodies.len(), 3);
    assert!(
        bodies
            .iter()
            .all(|body| *body == bodies[0] && body.contains("ClientToken")),
        "{bodies:?}"
    );
}

#[tokio::test]
async fn time_limits_and_cut_connections() {
    let server = Server::start(vec![Answer::json("{}").after(Duration::from_secs(5))]);
    let slow = builder(&server)
        .read_timeout(Duration::from_millis(50))
        .operation_timeout(Duration::from_millis(200));
    let call = slow
        .build()
        .expect("settings")
        .disconnect_participant()
        .connection_token("TOKEN");
    let error = call.send().await.expect_err("too slow");
    assert!(
        matches!(Error::from(error), Error::Timeout(_)),
        "a time limit"
    );
    let server = Server::start(vec![Answer::json(r#"{"AttachmentId":"a"}"#).cut(5)]);
    let hasty = builder(&server)
        .retry_config(swage_client::RetryConfig::disabled())
        .build()
        .expect("settings");
    let call = hasty
        .describe_view()
        .view_token("v")
        .connection_token("TOKEN");
    let error = call.send().await.expect_err("cut off");
    assert!(
        matches!(Error::from(error), Error::Transport(_)),
        "a broken connection"
    );
}

#[tokio::test]
async fn credentials_sign_what_is_sent() {
    let server = Server::start(vec![Answer::json("{}")]);
    let keys = aws_credential_types::Credentials::new(
        "AKID",
        "SECRET",
        Some("SESSION".into()),
        None,
        "test",
    );
    let client = builder(&server)
        .credentials_provider(keys)
        .build()
        .expect("settings");
    client
        .disconnect_participant()
        .connection_token("TOKEN")
        .send()
        .await
        .expect("an output");
    let request = only(&server);
    let signature = request.header("authorization").expect("a signature");
    assert!(
        signature.starts_with("AWS4-HMAC-SHA256 Credential=AKID/"),
        "{signature}"
    );
    assert!(
        signature.contains("/us-east-1/execute-api/aws4_request"),
        "{signature}"
    );
    assert!(
        signature.contains(
            "SignedHeaders=content-type;host;x-amz-bearer;x-amz-date;x-amz-security-token"
        ),
        "{signature}"
    );
    assert!(!format!("{client:?}").contains("SECRET"));
}

#[tokio::test]
async fn an_input_is_built_and_sent_with_a_client() {
    let server = Server::start(vec![Answer::json("{}")]);
    let input = CompleteAttachmentUploadInput::builder()
        .attachment_ids("a")
        .attachment_ids("b")
        .connection_token("TOKEN")
        .client_token("c");
    let call = client(&server).complete_attachment_upload();
    let call = call.with_input(input.clone().build().expect("an input"));
    assert_eq!(call.as_input(), &input);
    assert_eq!(call.get_attachment_ids(), input.get_attachment_ids());
    input.send_with(&client(&server)).await.expect("an output");
    assert_sent(
        &server,
        "POST /participant/complete-attachment-upload HTTP/1.1",
        r#"{"AttachmentIds":["a","b"],"ClientToken":"c"}"#,
    );
}
