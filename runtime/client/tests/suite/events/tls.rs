//! Events over https, where HTTP/2 is negotiated.

use super::{Event, Line, REST, Script, Server, event, frame, next, parse, respond, spoken, talk};
use crate::tls::behind_tls;
use swage_client::Client;
use swage_client::error::TransportErrorKind;
use swage_client::event_stream::EventStreamSender;

fn client(server: &Server, url: &str) -> Client {
    let settings = server.builder(&REST).endpoint_url(url);
    settings
        .dangerous_no_verify()
        .build()
        .expect("good settings")
}

#[tokio::test]
async fn http_2_is_negotiated_for_events() {
    let server = Server::new(true, |mut body| async move {
        let (writer, script) = Script::new();
        tokio::spawn(async move {
            while let Some(received) = next(&mut body).await {
                let echo = event("line", parse(&received).payload().clone());
                writer.send(Ok(frame(&echo))).expect("it is read");
            }
        });
        respond(script)
    })
    .await;
    let url = behind_tls(&server.url, &["http/1.1", "h2"]).await;
    let (writer, events) = EventStreamSender::channel(1);
    let output = talk(&client(&server, &url), events).await;
    let mut output = output.expect("a response");
    writer.send(spoken("one")).await.expect("it is sent");
    let text = Some(r#"{"text":"one"}"#.to_owned());
    let echo = output.events.recv().await.expect("an event");
    assert_eq!(echo, Some(Event::Line(Line { text })));
    drop(writer);
    assert_eq!(output.events.recv().await.expect("the end"), None);
    assert_eq!(server.request().version, http::Version::HTTP_2);
}

/// A server without HTTP/2 either ends the handshake or selects no protocol; it gets no event in both cases.
#[tokio::test]
async fn a_server_that_has_no_http_2_gets_no_events() {
    let server = Server::of(false, "").await;
    for protocols in [&["http/1.1"][..], &[]] {
        let url = behind_tls(&server.url, protocols).await;
        let (_writer, events) = EventStreamSender::channel(1);
        let failure = talk(&client(&server, &url), events).await;
        let Err(super::Error::Transport(error)) = failure else {
            panic!("{failure:?}")
        };
        assert_eq!(error.kind, TransportErrorKind::Tls);
    }
    assert_eq!(server.requests(), 0);
}
