//! Events that a client sends, and both directions at once.

use super::{
    CHAT, CHAT_CBOR, ChatInput, Data, Error, Event, Headers, LISTEN_OUTPUT, Line, Overrun, REST,
    SUBSCRIBE, Script, Server, SubscribeOutput, TALK, TalkInput, Word, Wrapped, all, event, frame,
    header, message, next, parse, respond, spoken, talk, word,
};
use aws_sigv4::event_stream::{sign_empty_message, sign_message};
use aws_sigv4::sign::v4::SigningParams;
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_types::event_stream::{Header, HeaderValue, Message};
use aws_smithy_types::{Blob, DateTime};
use bytes::Bytes;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};
use swage_client::__private::send;
use swage_client::error::ErrorMeta;
use swage_client::event_stream::{BoxError, EventStreamSender};
use swage_client::{Client, Record};

/// A stream of these events.
struct Ready(std::vec::IntoIter<Result<Event, BoxError>>);

impl futures_core::Stream for Ready {
    type Item = Result<Event, BoxError>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.next())
    }
}

fn of(events: Vec<Result<Event, BoxError>>) -> EventStreamSender<Event> {
    Ready(events.into_iter()).into()
}

fn ready(events: impl IntoIterator<Item = Event>) -> EventStreamSender<Event> {
    of(events.into_iter().map(Ok).collect())
}

type Bodies = Arc<Mutex<Vec<Vec<Bytes>>>>;

/// A server that reads a whole request, keeps its frames, and sends an empty response.
async fn collector() -> (Server, Bodies) {
    let bodies = Bodies::default();
    let log = bodies.clone();
    let server = Server::new(true, move |mut body| {
        let log = log.clone();
        async move {
            let mut frames = Vec::new();
            while let Some(frame) = next(&mut body).await {
                frames.push(frame);
            }
            log.lock().expect("not poisoned").push(frames);
            respond(Script::of([]))
        }
    })
    .await;
    (server, bodies)
}

/// The frames that arrive for these events, unsigned.
async fn sent(events: Vec<Event>) -> Vec<Message> {
    let (server, bodies) = collector().await;
    talk(&server.client(&REST), ready(events))
        .await
        .expect("a response");
    let bodies = bodies.lock().expect("not poisoned");
    bodies[0].iter().map(parse).collect()
}

#[tokio::test]
async fn events_are_framed_and_the_other_members_are_headers() {
    let (server, bodies) = collector().await;
    talk(&server.client(&REST), ready([spoken("one"), spoken("two")]))
        .await
        .expect("a response");
    let request = server.request();
    assert_eq!(request.version, http::Version::HTTP_2);
    let header = |name: &str| {
        request
            .headers
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    assert_eq!(
        header("content-type"),
        Some("application/vnd.amazon.eventstream")
    );
    assert_eq!(header("x-language"), Some("en"));
    assert_eq!(header("authorization"), None);
    let bodies = bodies.lock().expect("not poisoned");
    assert_eq!(bodies[0], [frame(&word("one")), frame(&word("two"))]);
}

#[tokio::test]
async fn one_event() {
    let (server, bodies) = collector().await;
    let client = server.client(&REST);
    let events = EventStreamSender::<Event>::once(Ok(spoken("one")));
    talk(&client, events).await.expect("a response");
    assert_eq!(
        bodies.lock().expect("not poisoned")[0],
        [frame(&word("one"))]
    );
    let events = EventStreamSender::<Event>::once(Err("no microphone".into()));
    let error = talk(&client, events).await.expect_err("no event");
    assert_eq!(error.to_string(), "invalid input: events: no microphone");
}

#[tokio::test]
async fn every_kind_of_header_and_payload() {
    let headers = Headers {
        boolean: Some(true),
        byte: Some(1),
        short: Some(2),
        integer: Some(3),
        long: Some(4),
        blob: Some(Blob::new("abc")),
        string: Some("text".to_owned()),
        timestamp: Some(DateTime::from_millis(1500)),
    };
    let inner = Word {
        text: Some("in".to_owned()),
        ..Word::default()
    };
    let messages = sent(vec![
        Event::Headers(headers),
        Event::Headers(Headers::default()),
        Event::Data(Data {
            sequence: Some(7),
            bytes: Some(Blob::new([0, 1])),
        }),
        Event::Line(Line {
            text: Some("naïve".to_owned()),
        }),
        Event::Wrapped(Wrapped { word: Some(inner) }),
        Event::Word(Word {
            speaker: Some("Ada".to_owned()),
            text: Some("hi".to_owned()),
            at: None,
        }),
        Event::Overrun(Overrun {
            message: Some("no".to_owned()),
            limit: Some(2),
            meta: ErrorMeta::default(),
        }),
    ])
    .await;
    let typed = [
        HeaderValue::Bool(true),
        HeaderValue::Byte(1),
        HeaderValue::Int16(2),
        HeaderValue::Int32(3),
        HeaderValue::Int64(4),
        HeaderValue::ByteArray("abc".into()),
        HeaderValue::String("text".into()),
        HeaderValue::Timestamp(DateTime::from_millis(1500)),
    ];
    let values: Vec<_> = messages[0]
        .headers()
        .iter()
        .skip(2)
        .map(Header::value)
        .collect();
    assert_eq!(values, typed.iter().collect::<Vec<_>>());
    assert_eq!(messages[1], event("headers", ""));
    let content = |of: &str, media_type: &str, payload: &[u8]| {
        let headers = [
            (":message-type", "event"),
            (":event-type", of),
            (":content-type", media_type),
        ];
        message(&headers, payload.to_vec())
    };
    let with =
        |message: Message, name: &'static str, value| message.add_header(Header::new(name, value));
    let data = content("data", "application/octet-stream", &[0, 1]);
    assert_eq!(messages[2], with(data, "sequence", HeaderValue::Int32(7)));
    assert_eq!(
        messages[3],
        content("line", "text/plain", "naïve".as_bytes())
    );
    assert_eq!(
        messages[4],
        content("wrapped", "application/json", br#"{"text":"in"}"#)
    );
    let word = content("word", "application/json", br#"{"text":"hi"}"#);
    assert_eq!(
        messages[5],
        with(word, "speaker", HeaderValue::String("Ada".into()))
    );
    let exception = message(
        &[
            (":message-type", "exception"),
            (":exception-type", "overrun"),
            (":content-type", "application/json"),
        ],
        r#"{"Message":"no"}"#,
    );
    assert_eq!(messages[6], with(exception, "limit", HeaderValue::Int32(2)));
}

#[tokio::test]
async fn documents_are_those_of_the_protocol() {
    let (server, bodies) = collector().await;
    let input = TalkInput {
        language: None,
        events: Some(ready([spoken("one")])),
    };
    let client = server.client(&super::XML);
    send::<_, super::ListenOutput, Error>(&client, &super::TALK_XML, input)
        .await
        .expect("a response");
    let bodies = bodies.lock().expect("not poisoned");
    let message = parse(&bodies[0][0]);
    assert_eq!(header(&message, ":content-type"), Some("application/xml"));
    assert_eq!(&message.payload()[..], b"<Word><text>one</text></Word>");
}

/// The event in a signed frame and its signature, verified with the previous signature.
fn opened(signed: &Bytes, last: &str, time: SystemTime) -> (Option<Message>, String) {
    let envelope = parse(signed);
    let identity = events_credentials().into();
    let params = SigningParams::builder()
        .identity(&identity)
        .region("us-east-1")
        .name("talks")
        .time(time)
        .settings(())
        .build()
        .expect("all is set");
    let event = (!envelope.payload().is_empty()).then(|| parse(envelope.payload()));
    let expected = match &event {
        Some(event) => sign_message(event, last, &params),
        None => sign_empty_message(last, &params),
    };
    let (expected, signature) = expected.expect("a signature").into_parts();
    assert_eq!(envelope, expected);
    (event, signature)
}

fn events_credentials() -> aws_credential_types::Credentials {
    aws_credential_types::Credentials::new("AKIDEXAMPLE", "a-secret-key", None, None, "test")
}

#[tokio::test]
async fn signed_events_are_a_chain_from_the_request_to_the_end() {
    let (server, bodies) = collector().await;
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    let client: Client = server
        .builder(&REST)
        .credentials_provider(events_credentials())
        .time_source(SharedTimeSource::new(
            aws_smithy_async::time::StaticTimeSource::new(time),
        ))
        .build()
        .expect("good settings");
    talk(&client, ready([spoken("one"), spoken("two")]))
        .await
        .expect("a response");
    let request = server.request();
    let header = |name: &str| request.headers[name].to_str().expect("text").to_owned();
    assert_eq!(
        header("x-amz-content-sha256"),
        "STREAMING-AWS4-HMAC-SHA256-EVENTS"
    );
    let authorization = header("authorization");
    assert!(
        authorization.contains("x-amz-content-sha256"),
        "{authorization}"
    );
    let (_, mut signature) = authorization
        .split_once("Signature=")
        .map(|(a, b)| (a, b.to_owned()))
        .expect("one");
    let bodies = bodies.lock().expect("not poisoned");
    let mut events = Vec::new();
    for frame in &bodies[0] {
        let (event, next) = opened(frame, &signature, time);
        signature = next;
        events.push(event);
    }
    assert_eq!(events, [Some(word("one")), Some(word("two")), None]);
}

/// No specification defines a chain of these signatures.
#[cfg(feature = "sigv4a")]
#[tokio::test]
async fn events_are_not_signed_for_many_regions() {
    let (server, _) = collector().await;
    let client: Client = server
        .builder(&REST)
        .credentials_provider(events_credentials())
        .sigv4a_signing_region_set(["*"])
        .build()
        .expect("good settings");
    let input = TalkInput {
        language: None,
        events: Some(ready([spoken("one")])),
    };
    let sent = send::<_, super::ListenOutput, Error>(&client, &super::TALK_V4A, input).await;
    assert!(matches!(sent, Err(Error::Config(_))), "{sent:?}");
    assert_eq!(server.requests(), 0);
}

#[tokio::test]
async fn both_directions_at_once() {
    let server = Server::new(true, |mut body| async move {
        let (writer, script) = Script::new();
        tokio::spawn(async move {
            while let Some(received) = next(&mut body).await {
                let payload = parse(&received).payload().clone();
                let echo = event("line", payload);
                writer.send(Ok(frame(&echo))).expect("it is read");
            }
        });
        respond(script)
    })
    .await;
    let (writer, events) = EventStreamSender::channel(1);
    let mut output = talk(&server.client(&REST), events)
        .await
        .expect("a response");
    for text in ["one", "two"] {
        writer.send(spoken(text)).await.expect("it is sent");
        let echo = output.events.recv().await.expect("an event");
        let text = Some(format!(r#"{{"text":"{text}"}}"#));
        assert_eq!(echo, Some(Event::Line(Line { text })));
    }
    drop(writer);
    assert_eq!(output.events.recv().await.expect("the end"), None);
}

#[tokio::test]
async fn without_bindings_the_other_members_are_the_first_event() {
    for (operation, media_type) in [
        (&CHAT, "application/json"),
        (&CHAT_CBOR, "application/cbor"),
    ] {
        let bodies = Bodies::default();
        let log = bodies.clone();
        let protocol = if media_type == "application/cbor" {
            "rpc-v2-cbor"
        } else {
            "rpc-v2-json"
        };
        let server = Server::new(true, move |mut body| {
            let log = log.clone();
            async move {
                let (first, second) = (next(&mut body).await, next(&mut body).await);
                let frames = [first.clone(), second.clone()].into_iter().flatten();
                log.lock().expect("not poisoned").push(frames.collect());
                let payload = if protocol == "rpc-v2-cbor" {
                    b"\xa1\x68lifetime\x09".to_vec()
                } else {
                    br#"{"lifetime":9}"#.to_vec()
                };
                let initial = frame(&event("initial-response", payload));
                let mut response = respond(Script::of([initial, second.expect("an event")]));
                response
                    .headers_mut()
                    .insert("smithy-protocol", protocol.parse().expect("a value"));
                response
            }
        })
        .await;
        let input = ChatInput {
            language: Some("en".to_owned()),
            events: Some(ready([spoken("one")])),
        };
        let client = server.client(operation.service);
        let mut output: SubscribeOutput = send::<_, _, Error>(&client, operation, input)
            .await
            .expect("a response");
        assert_eq!(output.lifetime, 9);
        assert_eq!(
            all(&mut output.events).await.expect("events"),
            [spoken("one")]
        );
        let request = server.request();
        for name in ["content-type", "accept"] {
            assert_eq!(request.headers[name], "application/vnd.amazon.eventstream");
        }
        let bodies = bodies.lock().expect("not poisoned");
        let initial = parse(&bodies[0][0]);
        assert_eq!(header(&initial, ":message-type"), Some("event"));
        assert_eq!(header(&initial, ":event-type"), Some("initial-request"));
        assert_eq!(header(&initial, ":content-type"), Some(media_type));
        if media_type == "application/json" {
            assert_eq!(&initial.payload()[..], br#"{"language":"en"}"#);
        }
        assert_eq!(
            header(&parse(&bodies[0][1]), ":content-type"),
            Some(media_type)
        );
    }
}

#[tokio::test]
async fn an_initial_response_may_be_missing_only_when_nothing_in_it_is_required() {
    let server = Server::of(false, frame(&word("one"))).await;
    let client = server.client(&super::JSON);
    let input = super::ListenInput::default;
    let output: Result<SubscribeOutput, Error> = send(&client, &SUBSCRIBE, input()).await;
    let Err(Error::Response(error)) = output else {
        panic!("{output:?}")
    };
    assert_eq!(
        error.error.to_string(),
        "lifetime: is required, but missing in the response"
    );
    let initial = frame(&event("initial-response", r#"{"lifetime":3}"#));
    let server = Server::of(false, [initial.clone(), frame(&word("one"))].concat()).await;
    let client = server.client(&super::JSON);
    let mut output: SubscribeOutput = send::<_, _, Error>(&client, &SUBSCRIBE, input())
        .await
        .expect("a response");
    assert_eq!(output.lifetime, 3);
    assert_eq!(
        all(&mut output.events).await.expect("events"),
        [spoken("one")]
    );
    // With HTTP bindings, the members are in headers, so there is no initial message.
    let server = Server::of(false, [initial, frame(&word("one"))].concat()).await;
    let mut output = super::listen(&server.client(&REST))
        .await
        .expect("a response");
    assert_eq!(
        all(&mut output.events).await.expect("events"),
        [spoken("one")]
    );
}

#[tokio::test]
async fn what_breaks_the_events_off_is_what_the_call_says() {
    let (server, _) = collector().await;
    let client = server.client(&REST);
    let events = of(vec![
        Ok(spoken("one")),
        Err("the microphone is gone".into()),
    ]);
    let error = talk(&client, events).await.expect_err("no end");
    let Error::Input(input) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(input.problems, ["events: the microphone is gone"]);
    let unfit: [(Event, &str); 3] = [
        (
            spoken(""),
            "events: Invalid length for parameter word.text, value: 0, valid min length: 1",
        ),
        (
            Event::Unknown(swage_client::__private::nothing()),
            "events: an event that the model does not know can't be sent",
        ),
        (
            Event::Headers(Headers {
                string: Some("x".repeat(40_000)),
                ..Headers::default()
            }),
            "events: an event can't be sent: header value too long to fit in event stream frame",
        ),
    ];
    for (event, expected) in unfit {
        let error = talk(&client, ready([event]))
            .await
            .expect_err("it can't be sent");
        assert_eq!(error.to_string(), format!("invalid input: {expected}"));
    }
}

/// The response has already arrived when the events fail.
#[tokio::test]
async fn what_breaks_the_events_off_is_what_the_receiver_says() {
    let server = Server::new(true, |mut body| async move {
        let (writer, script) = Script::new();
        tokio::spawn(async move {
            while next(&mut body).await.is_some() {}
            drop(writer);
        });
        respond(script)
    })
    .await;
    let (writer, events) = EventStreamSender::channel(1);
    let mut output = talk(&server.client(&REST), events)
        .await
        .expect("a response");
    writer.send(spoken("")).await.expect("it is taken");
    let error = Error::from(output.events.recv().await.expect_err("it broke off"));
    assert!(matches!(&error, Error::Input(_)), "{error:?}");
}

/// A request can be retried if the service fails before it received an event, but not after.
#[tokio::test]
async fn only_events_that_were_not_sent_are_sent_again() {
    for (events, attempts) in [(0, 3), (1, 1)] {
        let server = Server::new(true, move |mut body| async move {
            for _ in 0..events {
                next(&mut body).await;
            }
            let mut response = respond(Script::of([]));
            *response.status_mut() = http::StatusCode::SERVICE_UNAVAILABLE;
            response
        })
        .await;
        let (writer, stream) = EventStreamSender::channel(1);
        for _ in 0..events {
            writer.send(spoken("one")).await.expect("it is sent");
        }
        let error = talk(&server.client(&REST), stream)
            .await
            .expect_err("no service");
        assert_eq!(error.response().map(|response| response.status), Some(503));
        assert_eq!(server.requests(), attempts, "{events} events");
        drop(writer);
    }
}

#[tokio::test]
async fn a_missing_stream_is_a_missing_parameter() {
    let (server, _) = collector().await;
    let input = TalkInput::default();
    let error = send::<_, super::ListenOutput, Error>(&server.client(&REST), &TALK, input).await;
    let error = error.expect_err("nothing to send").to_string();
    assert_eq!(
        error,
        "invalid input: Missing required parameter in input: \"events\""
    );
    let mut output = Record::new(&LISTEN_OUTPUT);
    let mut input = TalkInput {
        language: None,
        events: Some(ready([])),
    };
    let called = server
        .client(&REST)
        .call(&TALK, &mut input, &mut output)
        .await;
    assert!(called.is_err(), "a record has no place for events");
}

#[tokio::test]
async fn a_server_of_http_1_gets_no_events() {
    let server = Server::of(false, "").await;
    let client = server.client(&REST);
    let error = talk(&client, ready([spoken("one")]))
        .await
        .expect_err("no HTTP/2");
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert_eq!(server.requests(), 0);
}

/// The timeouts of the attempt and the operation don't end a stream that is being sent.
#[tokio::test]
async fn sending_may_take_longer_than_the_operation_timeout() {
    let (server, bodies) = collector().await;
    let client: Client = server
        .builder(&REST)
        .operation_timeout(Duration::from_millis(50))
        .attempt_timeout(Duration::from_millis(50))
        .build()
        .expect("good settings");
    let (writer, events) = EventStreamSender::channel(1);
    let call = tokio::spawn(async move { talk(&client, events).await.map(drop) });
    for _ in 0..3 {
        writer.send(spoken("one")).await.expect("it is sent");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    drop(writer);
    call.await.expect("no panic").expect("a response");
    assert_eq!(bodies.lock().expect("not poisoned")[0].len(), 3);
}

#[tokio::test]
async fn a_writer_learns_that_nobody_takes_its_events() {
    let server = Server::new(true, |_| async {
        let mut response = respond(Script::of([]));
        *response.status_mut() = http::StatusCode::FORBIDDEN;
        response
    })
    .await;
    let (writer, events) = EventStreamSender::channel(1);
    let error = talk(&server.client(&REST), events)
        .await
        .expect_err("forbidden");
    assert_eq!(error.response().map(|response| response.status), Some(403));
    writer.closed().await;
    assert_eq!(writer.send(spoken("one")).await, Err(spoken("one")));
    assert_eq!(format!("{writer:?}"), "EventWriter");
}
