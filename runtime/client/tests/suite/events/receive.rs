//! Events that a service sends over HTTP/1.1 and HTTP/2: valid, truncated and hostile.

use super::{
    Data, EVENT, Error, Event, Headers, LISTEN_H2, LISTEN_XML, Line, ListenInput, ListenOutput,
    REST, Script, Server, Word, Wrapped, XML, all, event, frame, listen, message, respond,
    scripted, spoken, string, word,
};
use aws_smithy_types::event_stream::{Header, HeaderValue, Message};
use aws_smithy_types::{Blob, DateTime, Document};
use bytes::Bytes;
use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;
use swage_client::__private::send;
use swage_client::event_stream::Events;
use swage_client::protocol::{aws_json, query, rest_json, rest_xml, rpc_v2};
use swage_client::shape::UnknownMember;
use swage_client::{Failure, Record, Shape};

async fn listened(bytes: impl Into<Bytes>) -> Result<Vec<Event>, Error> {
    let server = Server::of(false, bytes).await;
    let mut output = listen(&server.client(&REST)).await?;
    all(&mut output.events).await
}

fn frames(messages: &[Message]) -> Bytes {
    let frames: Vec<_> = messages.iter().map(frame).collect();
    frames.concat().into()
}

#[tokio::test]
async fn events_come_over_http_1_with_the_members_in_headers() {
    let server = Server::of(false, frames(&[word("one"), word("two")])).await;
    let mut output = listen(&server.client(&REST)).await.expect("a response");
    assert_eq!(output.lifetime, Some(5));
    let events = all(&mut output.events).await.expect("events");
    assert_eq!(events, [spoken("one"), spoken("two")]);
    assert_eq!(output.events.recv().await.expect("still the end"), None);
    assert_eq!(server.request().version, http::Version::HTTP_11);
    assert_eq!(format!("{:?}", output.events), "EventReceiver");
}

#[tokio::test]
async fn events_come_over_http_2_as_they_are_sent() {
    let (server, writer) = scripted(true).await;
    let client = server.client(&REST);
    let input = ListenInput::default();
    let mut output: Result<ListenOutput, Error> = send(&client, &LISTEN_H2, input).await;
    let events = &mut output.as_mut().expect("a response before any event").events;
    for text in ["one", "two"] {
        writer.send(Ok(frame(&word(text)))).expect("it is read");
        assert_eq!(events.recv().await.expect("an event"), Some(spoken(text)));
    }
    drop(writer);
    assert_eq!(events.recv().await.expect("the end"), None);
    assert_eq!(server.request().version, http::Version::HTTP_2);
}

#[tokio::test]
async fn a_client_can_keep_to_http_1_where_nothing_is_sent() {
    let server = Server::of(false, frame(&word("one"))).await;
    let client = server.builder(&REST).http2_prior_knowledge(false).build();
    let client = client.expect("good settings");
    let mut output: ListenOutput = send::<_, _, Error>(&client, &LISTEN_H2, ListenInput::default())
        .await
        .expect("a response");
    assert_eq!(all(&mut output.events).await.expect("events").len(), 1);
}

#[tokio::test]
async fn a_receiver_is_a_stream() {
    let server = Server::of(false, frame(&word("one"))).await;
    let mut output = listen(&server.client(&REST)).await.expect("a response");
    let next = poll_fn(|cx| futures_core::Stream::poll_next(Pin::new(&mut output.events), cx));
    assert_eq!(
        next.await.expect("an item").expect("an event"),
        spoken("one")
    );
}

/// Frames can end anywhere in the data from the network.
#[tokio::test]
async fn frames_come_in_pieces_of_any_size() {
    let whole = frames(&[word("one"), event("line", "two"), word("three")]);
    for size in [1, 5, 12, 13, 64] {
        let pieces: Vec<_> = whole.chunks(size).map(Bytes::copy_from_slice).collect();
        let server = Server::new(false, move |_| {
            let script = Script::of(pieces.clone());
            async move { respond(script) }
        })
        .await;
        let mut output = listen(&server.client(&REST)).await.expect("a response");
        let events = all(&mut output.events).await.expect("events");
        assert_eq!(events.len(), 3, "pieces of {size} bytes");
        assert_eq!(events[2], spoken("three"));
    }
}

#[tokio::test]
async fn headers_have_types() {
    let of = |name: &str, value| Header::new(name.to_owned(), value);
    let message = event("headers", "")
        .add_header(of("boolean", HeaderValue::Bool(false)))
        .add_header(of("byte", HeaderValue::Byte(-1)))
        .add_header(of("short", HeaderValue::Int16(-2)))
        .add_header(of("integer", HeaderValue::Int32(-3)))
        .add_header(of("long", HeaderValue::Int64(i64::MIN)))
        .add_header(of("blob", HeaderValue::ByteArray("abc".into())))
        .add_header(of("string", HeaderValue::String("text".into())))
        .add_header(of(
            "timestamp",
            HeaderValue::Timestamp(DateTime::from_millis(1500)),
        ))
        .add_header(of("unheard-of", HeaderValue::Bool(true)));
    let events = listened(frame(&message)).await.expect("an event");
    let expected = Headers {
        boolean: Some(false),
        byte: Some(-1),
        short: Some(-2),
        integer: Some(-3),
        long: Some(i64::MIN),
        blob: Some(Blob::new("abc")),
        string: Some("text".to_owned()),
        timestamp: Some(DateTime::from_millis(1500)),
    };
    assert_eq!(events, [Event::Headers(expected)]);
}

#[tokio::test]
async fn a_number_of_another_width_is_a_number_and_a_uuid_is_text() {
    let message = event("headers", "")
        .add_header(Header::new("long", HeaderValue::Byte(7)))
        .add_header(Header::new("byte", HeaderValue::Int64(8)))
        .add_header(Header::new(
            "string",
            HeaderValue::Uuid(0x0123_4567_89ab_cdef_0123_4567_89ab_cdef),
        ));
    let events = listened(frame(&message)).await.expect("an event");
    let [Event::Headers(headers)] = events.as_slice() else {
        panic!("{events:?}")
    };
    assert_eq!((headers.long, headers.byte), (Some(7), Some(8)));
    let uuid = "01234567-89ab-cdef-0123-456789abcdef";
    assert_eq!(headers.string.as_deref(), Some(uuid));
}

#[tokio::test]
async fn payloads_are_bytes_text_or_documents() {
    let data =
        event("data", vec![0, 255]).add_header(Header::new("sequence", HeaderValue::Int32(4)));
    let word = event(
        "word",
        r#"{"text":"hey","at":0.5,"speaker":"not here","new":[1]}"#,
    )
    .add_header(string("speaker", "Ada"));
    let messages = [
        data,
        event("data", ""),
        event("line", "naïve"),
        event("wrapped", r#"{"speaker":"Bob","text":"in"}"#),
        event("wrapped", ""),
        word,
        event("word", ""),
    ];
    let events = listened(frames(&messages)).await.expect("events");
    let inner = Word {
        speaker: Some("Bob".to_owned()),
        text: Some("in".to_owned()),
        at: None,
    };
    let expected = [
        Event::Data(Data {
            sequence: Some(4),
            bytes: Some(Blob::new([0, 255])),
        }),
        Event::Data(Data {
            sequence: None,
            bytes: Some(Blob::new("")),
        }),
        Event::Line(Line {
            text: Some("naïve".to_owned()),
        }),
        Event::Wrapped(Wrapped { word: Some(inner) }),
        Event::Wrapped(Wrapped::default()),
        Event::Word(Word {
            speaker: Some("Ada".to_owned()),
            text: Some("hey".to_owned()),
            at: Some(0.5),
        }),
        Event::Word(Word::default()),
    ];
    assert_eq!(events, expected);
}

#[tokio::test]
async fn an_event_that_the_model_does_not_know_is_kept() {
    let json =
        event("later", r#"{"a":[1]}"#).add_header(string(":content-type", "application/json"));
    let text = event("plain", "text");
    let broken = event("odd", "{").add_header(string(":content-type", "application/json"));
    let events = listened(frames(&[json, text, broken, word("known")])).await;
    let events = events.expect("events");
    let unknown = |name: &str, value| {
        let name = name.to_owned();
        Event::Unknown(UnknownMember { name, value })
    };
    let number = Document::Number(aws_smithy_types::Number::PosInt(1));
    let object = [("a".to_owned(), Document::Array(vec![number]))];
    let object = Document::Object(object.into_iter().collect());
    assert_eq!(events[0], unknown("later", object));
    assert_eq!(events[1], unknown("plain", Document::String("text".into())));
    assert_eq!(events[2], unknown("odd", Document::Null));
    assert_eq!(events[3], spoken("known"));
}

#[tokio::test]
async fn a_modelled_error_ends_the_stream() {
    let exception = message(
        &[
            (":message-type", "exception"),
            (":exception-type", "overrun"),
        ],
        r#"{"Message":"too fast"}"#,
    );
    let exception = exception.add_header(Header::new("limit", HeaderValue::Int32(3)));
    let server = Server::of(false, frames(&[word("one"), exception, word("two")])).await;
    let mut output = listen(&server.client(&REST)).await.expect("a response");
    let events = &mut output.events;
    assert_eq!(events.recv().await.expect("an event"), Some(spoken("one")));
    let error = Error::from(events.recv().await.expect_err("an exception"));
    assert!(error.is_retryable());
    assert_eq!(error.code(), Some("Overrun"));
    assert_eq!(error.message(), Some("too fast"));
    assert_eq!(error.request_id(), Some("id-7"));
    let shown = "Overrun: too fast (in the stream of events, request id-7)";
    assert_eq!(error.to_string(), shown);
    let Error::Overrun(overrun) = error else {
        panic!("{error:?}")
    };
    assert_eq!(overrun.message.as_deref(), Some("too fast"));
    assert_eq!(overrun.limit, Some(3));
    assert_eq!(events.recv().await.expect("the end"), None);
}

#[tokio::test]
async fn errors_that_the_model_does_not_have() {
    let unknown = message(
        &[
            (":message-type", "exception"),
            (":exception-type", "newThing"),
        ],
        "{}",
    );
    let error = listened(frame(&unknown)).await.expect_err("an error");
    assert_eq!(error.code(), Some("newThing"));
    let unmodelled = message(
        &[
            (":message-type", "error"),
            (":error-code", "InternalError"),
            (":error-message", "it broke"),
        ],
        "",
    );
    let error = listened(frame(&unmodelled)).await.expect_err("an error");
    let Some(error) = error.response() else {
        panic!("{error:?}")
    };
    assert_eq!(error.code.as_deref(), Some("InternalError"));
    assert_eq!(error.message.as_deref(), Some("it broke"));
    assert!(error.event.is_some());
}

#[tokio::test]
async fn exceptions_that_the_model_does_not_have_keep_their_message() {
    let rest_xml = rest_xml::REST_XML;
    let json = r#"{"message": "no more"}"#.as_bytes();
    for (protocol, payload) in [
        (rest_json::REST_JSON_1, json),
        (
            rest_json::REST_JSON_1,
            "\u{feff}{\"Message\": \"no more\"}".as_bytes(),
        ),
        (rest_json::REST_JSON_1, b"no more"),
        (aws_json::AWS_JSON_1_1, json),
        (rpc_v2::RPC_V2_JSON, json),
        (rpc_v2::RPC_V2_CBOR, b"\xa1\x67message\x67no more"),
        (
            rest_xml,
            b"<NewThing xmlns='u'><Message>no more</Message></NewThing>",
        ),
        (rest_xml, b"<NewThing><message>no more</message><cut>"),
    ] {
        for name in ["newThing", "overrun"] {
            let unknown = Message::new(Bytes::from_static(payload))
                .add_header(string(":message-type", "exception"))
                .add_header(string(":exception-type", name));
            let frames = vec![frame(&unknown)];
            let events = Events::recorded(protocol, &EVENT, frames);
            let mut union = Record::new(&EVENT);
            let failure = events.expect("its feature is on").next(&mut union).await;
            let Err(Failure::Service(error)) = failure else {
                panic!("{failure:?}")
            };
            let code = if name == "overrun" { "Overrun" } else { name };
            assert_eq!(error.code.as_deref(), Some(code));
            assert_eq!(error.message.as_deref(), Some("no more"), "{protocol:?}");
        }
    }
}

#[tokio::test]
async fn documents_are_those_of_the_protocol() {
    let exception = message(
        &[
            (":message-type", "exception"),
            (":exception-type", "overrun"),
        ],
        "<Overrun><Message>too fast</Message></Overrun>",
    );
    let messages = [
        event("wrapped", "<Word xmlns=''><text>in</text></Word>"),
        event("word", "<Word><text>a</text><at>0.5</at></Word>"),
        event("later", "<x/>").add_header(string(":content-type", "application/xml")),
        exception,
    ];
    let server = Server::of(false, frames(&messages)).await;
    let client = server.client(&XML);
    let mut output: ListenOutput =
        send::<_, _, Error>(&client, &LISTEN_XML, ListenInput::default())
            .await
            .expect("a response");
    assert_eq!(output.lifetime, Some(5));
    let mut events = Vec::new();
    let error = loop {
        match output.events.recv().await {
            Ok(event) => events.extend(event),
            Err(error) => break Error::from(error),
        }
    };
    let word = |text: &str, at| Word {
        speaker: None,
        text: Some(text.to_owned()),
        at,
    };
    let word_in = Some(word("in", None));
    assert_eq!(events[0], Event::Wrapped(Wrapped { word: word_in }));
    assert_eq!(events[1], Event::Word(word("a", Some(0.5))));
    assert!(matches!(events[2], Event::Unknown(_)));
    assert_eq!(error.message(), Some("too fast"));
    assert!(matches!(error, Error::Overrun(_)), "{error:?}");
}

/// The message of the error for these bytes, which must be a response error.
async fn broken(bytes: impl Into<Bytes>) -> String {
    match listened(bytes).await {
        Err(Error::Response(error)) => error.error.to_string(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_end_within_a_frame_is_an_error() {
    let whole = frames(&[word("one"), word("two")]);
    let first = frame(&word("one")).len();
    for end in [first + 1, first + 11, first + 12, whole.len() - 1] {
        let error = broken(whole.slice(..end)).await;
        assert_eq!(error, "the stream ended within an event", "{end} bytes");
    }
}

#[tokio::test]
async fn a_connection_that_breaks_is_an_error() {
    let (server, writer) = scripted(false).await;
    writer.send(Ok(frame(&word("one")))).expect("it is read");
    let mut output = listen(&server.client(&REST)).await.expect("a response");
    let first = output.events.recv().await.expect("an event");
    assert_eq!(first, Some(spoken("one")));
    let gone = std::io::Error::other("gone");
    writer.send(Err(gone)).expect("it is read");
    let error = Error::from(output.events.recv().await.expect_err("no end"));
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
}

#[tokio::test]
async fn wrong_checksums() {
    let whole = frame(&word("one")).to_vec();
    for place in 0..whole.len() {
        let mut bytes = whole.clone();
        bytes[place] ^= 0x40;
        let error = broken(bytes).await;
        assert!(
            error.contains("malformed event frame"),
            "byte {place}: {error}"
        );
    }
}

/// A frame with these lengths and a valid prelude.
fn with_lengths(total: u32, headers: u32, rest: &[u8]) -> Vec<u8> {
    let mut bytes = [total.to_be_bytes(), headers.to_be_bytes()].concat();
    bytes.extend(crc32fast::hash(&bytes).to_be_bytes());
    bytes.extend(rest);
    bytes.extend(crc32fast::hash(&bytes).to_be_bytes());
    bytes
}

#[tokio::test]
async fn lengths_that_nobody_should_wait_for() {
    for (total, headers) in [(u32::MAX, 0), (33 << 20, 0), (1 << 20, 300 << 10)] {
        let error = broken(with_lengths(total, headers, b"")).await;
        assert!(error.contains("too large"), "{total} {headers}: {error}");
    }
    for (total, headers) in [
        (0, 0),
        (11, 0),
        (12, 0),
        (15, 0),
        (16, 1),
        (16, 17),
        (20, 9),
    ] {
        let error = broken(with_lengths(total, headers, b"\0\0\0\0")).await;
        assert!(
            error.contains("malformed event frame"),
            "{total} {headers}: {error}"
        );
    }
}

#[tokio::test]
async fn hostile_headers() {
    let cases: &[&[u8]] = &[
        b"\x01h\x0a", // a type that there isn't
        b"\x01h\xff",
        b"\x01h\x07\xff\xff",   // longer than all there is
        b"\x01h\x07\0\x01\xff", // not UTF-8
        b"\x02\xff\xfe\0",      // a name that isn't
        b"\xffh\0",             // a name beyond the end
        b"\x01h\x05\0\0",       // half a number
        b"\x01h\x08\0",         // half a time
        b"\x01h\x09\0",         // half a UUID
        b"\x01h",               // no value
        b"\x05",
    ];
    for headers in cases {
        let length = u32::try_from(headers.len()).expect("short");
        let error = broken(with_lengths(16 + length, length, headers)).await;
        assert!(
            error.contains("malformed event frame"),
            "{headers:?}: {error}"
        );
    }
}

#[tokio::test]
async fn messages_that_say_too_little() {
    let no_type = message(&[(":event-type", "word")], "{}");
    let wrong_type = message(&[(":message-type", "news"), (":event-type", "word")], "");
    let no_event = message(&[(":message-type", "event")], "{}");
    let no_exception = message(&[(":message-type", "exception")], "{}");
    for message in [
        no_type,
        wrong_type,
        no_event,
        no_exception,
        message(&[], ""),
    ] {
        let error = broken(frame(&message)).await;
        assert!(error.contains("header"), "{error}");
    }
    let blob = Header::new(":message-type", HeaderValue::ByteArray("event".into()));
    let error = broken(frame(&Message::new("").add_header(blob))).await;
    assert_eq!(error, "the event header :message-type is not a string");
}

#[tokio::test]
async fn payloads_that_are_not_what_the_model_says() {
    let deep = format!(r#"{{"text":{}"#, "[".repeat(100_000));
    for payload in ["{", "[]", r#"{"text":1}"#, "\u{feff}", &deep] {
        let error = broken(frame(&event("word", payload.to_owned()))).await;
        assert!(error.starts_with("word"), "{error}");
    }
    let error = broken(frame(&event("line", vec![0xff, 0xfe]))).await;
    assert_eq!(error, "line.text: the text of an event is not UTF-8");
    let header = Header::new("integer", HeaderValue::String("secret".into()));
    let error = broken(frame(&event("headers", "").add_header(header))).await;
    let expected = "headers.integer: expected an integer in an event header, found a string";
    assert_eq!(error, expected);
    let header = Header::new("byte", HeaderValue::Int32(300));
    let error = broken(frame(&event("headers", "").add_header(header))).await;
    assert_eq!(error, "headers.byte: the number is too large for a byte");
}

/// A deeply nested payload of an unknown event.
#[tokio::test]
async fn an_unknown_event_is_not_followed_into_the_deep() {
    let json = string(":content-type", "application/json");
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    let events = listened(frame(&event("later", deep).add_header(json))).await;
    let Ok([Event::Unknown(unknown)]) = events.as_deref() else {
        panic!("{events:?}")
    };
    assert_eq!(unknown.value, Document::Null);
}

/// Too long a pause between two events is an error; the duration of the whole stream doesn't matter.
#[tokio::test]
async fn the_read_timeout_counts_between_events() {
    let server = Server::new(false, |_| async {
        let (writer, script) = Script::new();
        tokio::spawn(async move {
            for text in ["one", "two", "three"] {
                writer.send(Ok(frame(&word(text)))).expect("it is read");
                tokio::time::sleep(Duration::from_millis(60)).await;
            }
            tokio::time::sleep(Duration::from_mins(1)).await;
            drop(writer);
        });
        respond(script)
    })
    .await;
    let client = server
        .builder(&REST)
        .read_timeout(Duration::from_millis(1500))
        .operation_timeout(Duration::from_secs(1))
        .build();
    let mut output = listen(&client.expect("good settings"))
        .await
        .expect("a response");
    for text in ["one", "two", "three"] {
        let event = output.events.recv().await.expect("an event");
        assert_eq!(event, Some(spoken(text)));
    }
    let error = Error::from(output.events.recv().await.expect_err("nothing comes"));
    let Error::Timeout(error) = error else {
        panic!("{error:?}")
    };
    assert_eq!(error.after, Duration::from_millis(1500));
}

#[tokio::test]
async fn what_was_recorded_can_be_read_again() {
    let bytes = frames(&[word("one"), word("two")]);
    let recorded = |protocol| {
        let pieces = bytes.chunks(7).map(Bytes::copy_from_slice);
        Events::recorded(protocol, &super::EVENT, pieces.collect())
    };
    let mut stream = recorded(rest_json::REST_JSON_1).expect("it has events");
    let mut event = Record::new(&super::EVENT);
    let mut read = 0;
    while stream.next(&mut event).await.expect("an event") {
        assert_eq!(event.variant(), Some(4));
        read += 1;
    }
    assert_eq!(read, 2);
    assert!(recorded(query::AWS_QUERY).is_none());
}
