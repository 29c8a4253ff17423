//! A small service with event streams, as generated code has it, and a real server that speaks HTTP/1.1 or HTTP/2.

// The fuzz targets use the rest.
#[cfg(test)]
mod receive;
#[cfg(test)]
mod send;
#[cfg(test)]
mod tls;

use aws_smithy_eventstream::frame::{read_message_from, write_message_to};
use aws_smithy_types::event_stream::{Header, HeaderValue, Message};
use aws_smithy_types::{Blob, DateTime};
use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body::{Body, Frame};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use std::convert::Infallible;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;
use swage_client::__private::{Shape, send};
use swage_client::error::{
    ConfigError, ErrorMeta, InputError, ResponseError, TimeoutError, TransportError, Unhandled,
};
use swage_client::event_stream::{EventReceiver, EventStreamSender};
use swage_client::operation::{Auth, OperationTrait, Protocol};
use swage_client::protocol::{aws_json, rest_json, rest_xml, rpc_v2};
use swage_client::schema::{self, Kind, Member, Schema, Trait};
use swage_client::shape::UnknownMember;
use swage_client::{Client, ClientBuilder, Operation, RetryConfig, Service};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

/// An event with a header of each type.
#[derive(Clone, Debug, Default, PartialEq, Shape)]
#[shape(HEADERS)]
pub(crate) struct Headers {
    pub boolean: Option<bool>,
    pub byte: Option<i8>,
    pub short: Option<i16>,
    pub integer: Option<i32>,
    pub long: Option<i64>,
    pub blob: Option<Blob>,
    pub string: Option<String>,
    pub timestamp: Option<DateTime>,
}
pub(crate) static HEADERS: Schema = Schema::structure(
    "t#Headers",
    &[
        Member::new("boolean", &schema::BOOLEAN).event_header(),
        Member::new("byte", &schema::BYTE).event_header(),
        Member::new("short", &schema::SHORT).event_header(),
        Member::new("integer", &schema::INTEGER).event_header(),
        Member::new("long", &schema::LONG).event_header(),
        Member::new("blob", &schema::BLOB).event_header(),
        Member::new("string", &schema::STRING).event_header(),
        Member::new("timestamp", &schema::TIMESTAMP).event_header(),
    ],
);

/// A header and a blob.
#[derive(Clone, Debug, Default, PartialEq, Shape)]
#[shape(DATA)]
pub(crate) struct Data {
    pub sequence: Option<i32>,
    pub bytes: Option<Blob>,
}
pub(crate) static DATA: Schema = Schema::structure(
    "t#Data",
    &[
        Member::new("sequence", &schema::INTEGER).event_header(),
        Member::new("bytes", &schema::BLOB).event_payload(),
    ],
);

/// A string as payload.
#[derive(Clone, Debug, Default, PartialEq, Shape)]
#[shape(LINE)]
pub(crate) struct Line {
    pub text: Option<String>,
}
pub(crate) static LINE: Schema = Schema::structure(
    "t#Line",
    &[Member::new("text", &schema::STRING).event_payload()],
);

/// A structure as payload.
#[derive(Clone, Debug, Default, PartialEq, Shape)]
#[shape(WRAPPED)]
pub(crate) struct Wrapped {
    pub word: Option<Word>,
}
pub(crate) static WRAPPED: Schema =
    Schema::structure("t#Wrapped", &[Member::new("word", &WORD).event_payload()]);

static NON_EMPTY: Schema =
    Schema::simple("t#NonEmpty", Kind::String).with(&[Trait::Length(Some(1), None)]);

/// A header, and a document with the other members.
#[derive(Clone, Debug, Default, PartialEq, Shape)]
#[shape(WORD)]
pub(crate) struct Word {
    pub speaker: Option<String>,
    pub text: Option<String>,
    pub at: Option<f64>,
}
pub(crate) static WORD: Schema = Schema::structure(
    "t#Word",
    &[
        Member::new("speaker", &schema::STRING).event_header(),
        Member::new("text", &NON_EMPTY),
        Member::new("at", &schema::DOUBLE),
    ],
);

#[derive(Clone, Debug, Shape)]
#[shape(OVERRUN, error)]
pub(crate) struct Overrun {
    pub message: Option<String>,
    pub limit: Option<i32>,
    pub meta: ErrorMeta,
}
pub(crate) static OVERRUN: Schema = Schema::structure(
    "t#Overrun",
    &[
        Member::new("Message", &schema::STRING),
        Member::new("limit", &schema::INTEGER).event_header(),
    ],
)
.with(&[Trait::ClientError(true), Trait::Retryable(true)]);

/// The events of both directions.
#[derive(Clone, Debug, PartialEq, Shape)]
#[shape(EVENT)]
pub(crate) enum Event {
    Headers(Headers),
    Data(Data),
    Line(Line),
    Wrapped(Wrapped),
    Word(Word),
    Overrun(Overrun),
    Unknown(UnknownMember),
}
pub(crate) static EVENT: Schema = Schema::union(
    "t#Event",
    &[
        Member::new("headers", &HEADERS),
        Member::new("data", &DATA),
        Member::new("line", &LINE),
        Member::new("wrapped", &WRAPPED),
        Member::new("word", &WORD),
        Member::new("overrun", &OVERRUN),
    ],
)
.streaming();

#[derive(Debug, swage_client::__private::Error)]
#[service(REST)]
pub(crate) enum Error {
    Overrun(Overrun),
    Unhandled(Unhandled),
    Input(InputError),
    Config(ConfigError),
    Transport(TransportError),
    Timeout(TimeoutError),
    Response(ResponseError),
}

impl swage_client::client::Erased for Error {}

/// Takes a header and sends events back.
#[derive(Debug, Default, Shape)]
#[shape(LISTEN_INPUT, stream)]
pub(crate) struct ListenInput {
    pub room: Option<String>,
}
pub(crate) static LISTEN_INPUT: Schema = Schema::structure(
    "t#ListenInput",
    &[Member::new("room", &schema::STRING).query(&"room")],
);

#[derive(Debug, Default, Shape)]
#[shape(LISTEN_OUTPUT, stream)]
pub(crate) struct ListenOutput {
    pub lifetime: Option<i32>,
    pub events: EventReceiver<Event, OperationError<Event>>,
}
pub(crate) static LISTEN_OUTPUT: Schema = Schema::structure(
    "t#ListenOutput",
    &[
        Member::new("lifetime", &schema::INTEGER).header(&"x-lifetime"),
        Member::new("events", &EVENT).payload(),
    ],
);

/// The same without HTTP bindings, and with a required member.
#[derive(Debug, Default, Shape)]
#[shape(SUBSCRIBE_OUTPUT, stream)]
pub(crate) struct SubscribeOutput {
    pub lifetime: i32,
    pub events: EventReceiver<Event, OperationError<Event>>,
}
pub(crate) static SUBSCRIBE_OUTPUT: Schema = Schema::structure(
    "t#SubscribeOutput",
    &[
        Member::new("lifetime", &schema::INTEGER).required(),
        Member::new("events", &EVENT),
    ],
);

#[derive(Debug, Default, Shape)]
#[shape(TALK_INPUT, stream)]
pub(crate) struct TalkInput {
    pub language: Option<String>,
    pub events: Option<EventStreamSender<Event>>,
}
pub(crate) static TALK_INPUT: Schema = Schema::structure(
    "t#TalkInput",
    &[
        Member::new("language", &schema::STRING).header(&"x-language"),
        Member::new("events", &EVENT).payload().required(),
    ],
);

/// The same without HTTP bindings.
#[derive(Debug, Default, Shape)]
#[shape(CHAT_INPUT, stream)]
pub(crate) struct ChatInput {
    pub language: Option<String>,
    pub events: Option<EventStreamSender<Event>>,
}
pub(crate) static CHAT_INPUT: Schema = Schema::structure(
    "t#ChatInput",
    &[
        Member::new("language", &schema::STRING),
        Member::new("events", &EVENT).required(),
    ],
);

pub(crate) const fn service(protocol: Protocol) -> Service {
    Service {
        id: "t#Talks",
        sdk_id: "Talks",
        version: "1",
        protocol,
        auth: &[Auth::SigV4 { name: "talks" }],
        endpoint_rules: "",
        endpoint_prefix: "talks",
        xml_namespace: None,
        traits: &[],
    }
}
pub(crate) static REST: Service = service(rest_json::REST_JSON_1);
pub(crate) static JSON: Service = service(aws_json::AWS_JSON_1_1);
pub(crate) static XML: Service = service(rest_xml::REST_XML);
pub(crate) static RPC: Service = service(rpc_v2::RPC_V2_JSON);
pub(crate) static CBOR: Service = service(rpc_v2::RPC_V2_CBOR);

const fn operation(
    name: &'static str,
    service: &'static Service,
    input: &'static Schema,
    output: &'static Schema,
) -> Operation {
    Operation::new(name, service, input, output)
        .http("POST", "/events", 200)
        .optional_auth()
}
pub(crate) static LISTEN: Operation = operation("Listen", &REST, &LISTEN_INPUT, &LISTEN_OUTPUT);
pub(crate) static LISTEN_H2: Operation = operation("Listen", &REST, &LISTEN_INPUT, &LISTEN_OUTPUT)
    .with(&[OperationTrait::EventStreamHttp2]);
pub(crate) static LISTEN_XML: Operation = operation("Listen", &XML, &LISTEN_INPUT, &LISTEN_OUTPUT);
pub(crate) static TALK_XML: Operation = operation("Talk", &XML, &TALK_INPUT, &LISTEN_OUTPUT);
pub(crate) static TALK: Operation = operation("Talk", &REST, &TALK_INPUT, &LISTEN_OUTPUT);
#[cfg(feature = "sigv4a")]
pub(crate) static TALK_V4A: Operation =
    operation("Talk", &REST, &TALK_INPUT, &LISTEN_OUTPUT).auth(&[Auth::SigV4a { name: "talks" }]);
pub(crate) static SUBSCRIBE: Operation =
    operation("Subscribe", &JSON, &LISTEN_INPUT, &SUBSCRIBE_OUTPUT);
pub(crate) static CHAT: Operation = operation("Chat", &RPC, &CHAT_INPUT, &SUBSCRIBE_OUTPUT);
pub(crate) static CHAT_CBOR: Operation = operation("Chat", &CBOR, &CHAT_INPUT, &SUBSCRIBE_OUTPUT);

/// A message with string headers.
pub(crate) fn message(headers: &[(&str, &str)], payload: impl Into<Bytes>) -> Message {
    let headers = headers.iter().map(|(name, value)| {
        Header::new(
            (*name).to_owned(),
            HeaderValue::String((*value).to_owned().into()),
        )
    });
    Message::new_from_parts(headers.collect(), payload)
}

pub(crate) fn event(of: &str, payload: impl Into<Bytes>) -> Message {
    message(&[(":message-type", "event"), (":event-type", of)], payload)
}

pub(crate) fn word(text: &str) -> Message {
    let mut message = event("word", format!(r#"{{"text":"{text}"}}"#));
    message = message.add_header(string(":content-type", "application/json"));
    message
}

pub(crate) fn string(name: &str, value: &str) -> Header {
    Header::new(
        name.to_owned(),
        HeaderValue::String(value.to_owned().into()),
    )
}

pub(crate) fn frame(message: &Message) -> Bytes {
    let mut out = Vec::new();
    write_message_to(message, &mut out).expect("a message that fits");
    out.into()
}

pub(crate) fn parse(frame: &Bytes) -> Message {
    read_message_from(&mut frame.clone()).expect("a whole frame")
}

/// The text of a header of an event.
pub(crate) fn header<'a>(message: &'a Message, name: &str) -> Option<&'a str> {
    let mut headers = message.headers().iter();
    let header = headers.find(|header| header.name().as_str() == name)?;
    header
        .value()
        .as_string()
        .ok()
        .map(aws_smithy_types::str_bytes::StrBytes::as_str)
}

/// A body that the test writes while it is being sent.
pub(crate) struct Script(mpsc::UnboundedReceiver<io::Result<Bytes>>);
pub(crate) type Writer = mpsc::UnboundedSender<io::Result<Bytes>>;

impl Script {
    pub(crate) fn new() -> (Writer, Self) {
        let (sender, receiver) = mpsc::unbounded_channel();
        (sender, Self(receiver))
    }

    /// A complete body.
    pub(crate) fn of(pieces: impl IntoIterator<Item = Bytes>) -> Self {
        let (sender, script) = Self::new();
        for piece in pieces {
            sender.send(Ok(piece)).expect("it is still there");
        }
        script
    }
}

impl Body for Script {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        self.0
            .poll_recv(cx)
            .map(|next| next.map(|next| next.map(Frame::data)))
    }
}

/// A request as received, without its body.
pub(crate) type Seen = Arc<Mutex<Vec<http::request::Parts>>>;

pub(crate) struct Server {
    pub url: String,
    pub seen: Seen,
}

/// Answers the body of a request. Boxed, so that hyper's server is compiled once.
type Handler = Arc<dyn Fn(Incoming) -> Answer + Send + Sync>;
type Answer = Pin<Box<dyn Future<Output = Response<Script>> + Send>>;

impl Server {
    /// A server that speaks only HTTP/2 or only HTTP/1.1 and responds with this function.
    pub(crate) async fn new<F, R>(http2: bool, answer: F) -> Self
    where
        F: Fn(Incoming) -> R + Send + Sync + 'static,
        R: Future<Output = Response<Script>> + Send + 'static,
    {
        Self::start(http2, Arc::new(move |body| Box::pin(answer(body)))).await
    }

    async fn start(http2: bool, answer: Handler) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let seen = Seen::default();
        let log = seen.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, http2, log.clone(), answer.clone()));
            }
        });
        Self { url, seen }
    }

    /// A server that responds to every request with these bytes.
    pub(crate) async fn of(http2: bool, bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        Self::new(http2, move |_| {
            let body = Script::of([bytes.clone()]);
            async move { respond(body) }
        })
        .await
    }

    pub(crate) fn request(&self) -> http::request::Parts {
        let seen = self.seen.lock().expect("not poisoned");
        seen.last().expect("a request").clone()
    }

    pub(crate) fn requests(&self) -> usize {
        self.seen.lock().expect("not poisoned").len()
    }

    pub(crate) fn builder(&self, service: &'static Service) -> ClientBuilder<Client> {
        Client::builder(service)
            .region("us-east-1")
            .endpoint_url(&self.url)
            .no_proxy()
            .retry_config(RetryConfig::standard().with_initial_backoff(Duration::from_millis(1)))
    }

    pub(crate) fn client(&self, service: &'static Service) -> Client {
        self.builder(service).build().expect("good settings")
    }
}

async fn serve(stream: TcpStream, http2: bool, log: Seen, answer: Handler) {
    let service = service_fn(move |request: Request<Incoming>| {
        let (parts, body) = request.into_parts();
        log.lock().expect("not poisoned").push(parts);
        let answer = answer(body);
        async move { Ok::<_, Infallible>(answer.await) }
    });
    let io = TokioIo::new(stream);
    let _closed = if http2 {
        let builder = hyper::server::conn::http2::Builder::new(TokioExecutor::new());
        builder.serve_connection(io, service).await
    } else {
        let builder = hyper::server::conn::http1::Builder::new();
        builder.serve_connection(io, service).await
    };
}

pub(crate) fn respond(body: Script) -> Response<Script> {
    let response = Response::builder()
        .status(StatusCode::OK)
        .header("content-type", "application/vnd.amazon.eventstream")
        .header("smithy-protocol", "rpc-v2-json")
        .header("x-amzn-requestid", "id-7")
        .header("x-lifetime", "5");
    response.body(body).expect("a response")
}

/// A server whose one response the test writes.
pub(crate) async fn scripted(http2: bool) -> (Server, Writer) {
    let (writer, script) = Script::new();
    let script = Arc::new(Mutex::new(Some(script)));
    let server = Server::new(http2, move |_| {
        let script = script.lock().expect("not poisoned").take();
        async move { respond(script.expect("one request")) }
    })
    .await;
    (server, writer)
}

/// The next frame of a request's body; each data frame is one event here.
pub(crate) async fn next(body: &mut Incoming) -> Option<Bytes> {
    loop {
        let frame = body.frame().await?.ok()?;
        // HTTP/2 may end with an empty frame.
        if let Some(data) = frame.into_data().ok().filter(|data| !data.is_empty()) {
            return Some(data);
        }
    }
}

pub(crate) async fn listen(client: &Client) -> Result<ListenOutput, Error> {
    send(client, &LISTEN, ListenInput::default()).await
}

pub(crate) async fn talk(
    client: &Client,
    events: EventStreamSender<Event>,
) -> Result<ListenOutput, Error> {
    let input = TalkInput {
        language: Some("en".to_owned()),
        events: Some(events),
    };
    send(client, &TALK, input).await
}

/// All events until the end.
pub(crate) async fn all(
    events: &mut EventReceiver<Event, OperationError<Event>>,
) -> Result<Vec<Event>, Error> {
    let mut all = Vec::new();
    while let Some(event) = events.recv().await? {
        all.push(event);
    }
    Ok(all)
}

/// An event as received if only its text is set.
pub(crate) fn spoken(text: &str) -> Event {
    Event::Word(Word {
        text: Some(text.to_owned()),
        ..Word::blank()
    })
}
