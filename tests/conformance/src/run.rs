//! Calls the clients for the cases.

use crate::cases::{Case, Kind, Target, text};
use crate::command;
use crate::events;
use crate::params;
use crate::report::Report;
use crate::request;
use crate::serde;
use crate::server::Server;
use crate::service;
use crate::table::{Answer, Failed};
use crate::tree::Tree;
use aws_credential_types::Credentials;
use aws_smithy_async::time::StaticTimeSource;
use aws_smithy_types::base64;
use aws_smithy_types::byte_stream::ByteStream;
use bytes::Bytes;
use http::Response;
use std::time::{Duration, UNIX_EPOCH};
use swage_client::protocol::read_error;
use swage_client::{Client, ClientBuilder, Failure, Record, RetryConfig, Shape};
use swage_codegen::node::{Node, NodeValue, Span};

/// The idempotency token of the specification's tests.
pub(crate) const TOKEN: &str = "00000000-0000-4000-8000-000000000000";
/// How long a call may take.
const LIMIT: Duration = Duration::from_secs(10);

/// How a case reaches the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Path {
    /// Through the generated types.
    Typed,
    /// Through records.
    Untyped,
}

/// The ways to run a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Client(Path),
    /// In a process of its own.
    Command,
}

impl Way {
    const ALL: [(Self, &'static str); 3] = [
        (Self::Client(Path::Typed), "typed"),
        (Self::Client(Path::Untyped), "untyped"),
        (Self::Command, "command"),
    ];
}

pub(crate) type Checked = Result<(), Vec<String>>;

/// Runs the cases, one after the other.
pub(crate) async fn run(cases: &[Case<'_>], report: &mut Report) -> Result<(), String> {
    let server = Server::start().await.map_err(|error| error.to_string())?;
    for case in cases {
        if let Some(target) = case.target.filter(|_| service::applies(case)) {
            let id = format!("{} (service)", case.id);
            if let Some(reason) = service::skipped(case) {
                report.skip(case.protocol, &id, reason);
            } else {
                let problems = service::check(case, target).await.err();
                report.ran(case.protocol, &id, &problems.unwrap_or_default());
            }
        }
        if let Some(reason) = case.skipped() {
            report.skip(case.protocol, case.id, reason);
            continue;
        }
        if case.kind == Kind::Events {
            let problems = events::check(case, &server).await.err();
            report.ran(case.protocol, case.id, &problems.unwrap_or_default());
            continue;
        }
        for (way, name) in Way::ALL {
            let id = format!("{} ({name})", case.id);
            let skipped = match way {
                Way::Client(_) => None,
                Way::Command => command::skipped(case),
            };
            if let Some(reason) = skipped {
                report.skip(case.protocol, &id, reason);
                continue;
            }
            let problems = checked(case, way, &server).await.err();
            report.ran(case.protocol, &id, &problems.unwrap_or_default());
        }
    }
    Ok(())
}

/// Runs a case one way and returns its errors.
async fn checked(case: &Case<'_>, way: Way, server: &Server) -> Checked {
    let target = case
        .target
        .ok_or("no client was generated for the operation")
        .map_err(one)?;
    match (case.kind, way) {
        (Kind::Request, Way::Command) => command::check_request(case, target, server).await,
        (Kind::Response | Kind::Error, Way::Command) => {
            command::check_response(case, target, server).await
        }
        (Kind::Request, Way::Client(path)) => check_request(case, target, path, server).await,
        (Kind::Response | Kind::Error, Way::Client(path)) => {
            check_response(case, target, path, server).await
        }
        (Kind::Events | Kind::Malformed, _) => Err(one("no such cases come here")),
    }
}

pub(crate) fn one(problem: impl Into<String>) -> Vec<String> {
    vec![problem.into()]
}

async fn check_request(case: &Case<'_>, target: Target, path: Path, server: &Server) -> Checked {
    server.answer(Response::default());
    let client = client(case, target.service, server).build();
    let client = client.map_err(|error| one(format!("{error:?}")))?;
    let empty = Node::new(NodeValue::Object(Vec::new()), Span::default());
    let params = case.node.get("params").unwrap_or(&empty);
    // The response doesn't matter for the case.
    let answer = call(target, path, client, params).await;
    match (server.received().as_slice(), answer) {
        ([found], _) => {
            let problems = request::problems(case.node, found);
            if problems.is_empty() {
                Ok(())
            } else {
                Err(problems)
            }
        }
        ([], Err(Failed::Other(error))) => Err(one(format!("nothing was sent: {error}"))),
        (received, _) => Err(one(format!("{} requests were sent", received.len()))),
    }
}

async fn check_response(case: &Case<'_>, target: Target, path: Path, server: &Server) -> Checked {
    server.answer(response(case.node).map_err(one)?);
    let client = client(case, target.service, server).build();
    let client = client.map_err(|error| one(format!("{error:?}")))?;
    let params = params::placeholders(target.operation.input);
    let answer = call(target, path, client, &params).await;
    let answer = match (case.kind, answer) {
        (Kind::Error, Ok(_)) => return Err(one("expected an error, found a success")),
        (Kind::Error, Err(Failed::Modelled(answer))) | (_, Ok(answer)) => answer,
        (_, Err(Failed::Modelled(answer))) => {
            return Err(one(format!(
                "found the error {}",
                answer.found.schema().name()
            )));
        }
        (_, Err(Failed::Other(error))) => return Err(one(error)),
    };
    compare(case.node.get("params"), answer).await.map_err(one)
}

/// Compares the result with the params, and with what becomes of it in serde.
pub(crate) async fn compare(params: Option<&Node>, mut answer: Answer) -> Result<(), String> {
    if let Some(params) = params {
        params::fill(answer.blank.as_mut(), params).map_err(|error| error.to_string())?;
    }
    collect(answer.blank.as_mut()).await?;
    collect(answer.found.as_mut()).await?;
    let tree = |shape: &dyn Shape| Tree::of(shape).map_err(|error| error.to_string());
    let (expected, mut found) = (tree(&*answer.blank)?, tree(&*answer.found)?);
    // Errors have a message even if the model has none.
    if answer.found.schema().is_error() && params.is_none_or(|of| of.get("message").is_none()) {
        found.remove("message");
    }
    if let Some(difference) = expected.difference(&found) {
        return Err(difference);
    }
    serde::copy(&*answer.found, answer.again.as_mut())?;
    let difference = tree(&*answer.found)?.difference(&tree(&*answer.again)?);
    difference.map_or(Ok(()), |of| Err(format!("through serde: {of}")))
}

/// Reads streams to their ends.
pub(crate) async fn collect(shape: &mut dyn Shape) -> Result<(), String> {
    for (index, member) in shape.schema().members().iter().enumerate() {
        if !member.target().is_streaming() {
            continue;
        }
        let Some(place) = shape.member_mut(index) else {
            continue;
        };
        if let Some(stream) = place.take_stream() {
            let bytes = stream.collect().await.map_err(|error| error.to_string())?;
            let again = place.put_stream(ByteStream::from(bytes.into_bytes()));
            again.map_err(|_| "a stream can't be put back")?;
        }
    }
    Ok(())
}

/// The server's response.
pub(crate) fn response(node: &Node) -> Result<Response<Bytes>, String> {
    let body = text(node, "body").unwrap_or_default();
    let body = match text(node, "bodyMediaType") {
        Some("application/cbor") => base64::decode(body).map_err(|error| error.to_string())?,
        _ => body.as_bytes().to_vec(),
    };
    let code = node.get("code").and_then(Node::as_i64).unwrap_or(200);
    let mut response = Response::builder().status(u16::try_from(code).unwrap_or(0));
    for entry in node
        .get("headers")
        .and_then(Node::entries)
        .unwrap_or_default()
    {
        response = response.header(&*entry.key, entry.value.as_str().unwrap_or_default());
    }
    response
        .body(body.into())
        .map_err(|error| error.to_string())
}

/// A client with the case's settings. If the case has a host, everything goes through a proxy.
pub(crate) fn client(
    case: &Case,
    service: &'static swage_client::Service,
    server: &Server,
) -> ClientBuilder {
    let builder: ClientBuilder = Client::builder(service)
        .region("us-east-1")
        .credentials_provider(Credentials::for_tests())
        .time_source(StaticTimeSource::new(
            UNIX_EPOCH + Duration::from_secs(1_600_000_000),
        ))
        .idempotency_token_source(|| TOKEN.to_owned())
        .retry_config(RetryConfig::disabled())
        .operation_timeout(LIMIT);
    let builder = match case.kind {
        Kind::Request => builder,
        // Their inputs are not part of the case.
        Kind::Response | Kind::Error | Kind::Events | Kind::Malformed => builder.no_validation(),
    };
    let builder = configured(builder, case);
    match case.text("host") {
        Some(host) => builder
            .endpoint_url(format!("http://{host}"))
            .proxy_url(server.url.clone()),
        None => builder.endpoint_url(server.url.clone()).no_proxy(),
    }
}

/// Applies the case's settings.
fn configured(mut builder: ClientBuilder, case: &Case) -> ClientBuilder {
    for settings in case.settings() {
        if let Some(region) = settings.get("region").and_then(Node::as_str) {
            builder = builder.region(region);
        }
        let s3 = |key: &str| settings.get("s3").and_then(|s3| s3.get(key));
        if let Some(style) = s3("addressing_style").and_then(Node::as_str) {
            builder = builder.endpoint_param("ForcePathStyle", style == "path");
        }
        if let Some(on) = s3("use_accelerate_endpoint").and_then(Node::as_bool) {
            builder = builder.endpoint_param("Accelerate", on);
        }
        if let Some(on) = s3("use_dualstack_endpoint").and_then(Node::as_bool) {
            builder = builder.use_dual_stack(on);
        }
    }
    builder
}

async fn call(target: Target, path: Path, client: Client, params: &Node) -> Result<Answer, Failed> {
    let unfit = |error: swage_client::error::DecodeError| Failed::Other(format!("params: {error}"));
    match path {
        Path::Typed => (target.typed.call)(client, params).map_err(unfit)?.await,
        Path::Untyped => {
            let mut input = Record::new(target.operation.input);
            params::fill(&mut input, params).map_err(unfit)?;
            untyped(target, client, input).await
        }
    }
}

async fn untyped(target: Target, client: Client, mut input: Record) -> Result<Answer, Failed> {
    let record = |record: Record| Answer {
        blank: Box::new(Record::new(record.schema())),
        again: Box::new(Record::new(record.schema())),
        found: Box::new(record),
    };
    let mut output = Record::new(target.operation.output);
    match client.call(target.operation, &mut input, &mut output).await {
        Ok(_) => {
            output.correct_errors();
            Ok(record(output))
        }
        Err(Failure::Service(error)) => match error.schema {
            Some(schema) => {
                let mut into = Record::new(schema);
                read_error(target.operation.service.protocol, &error, &mut into)
                    .map_err(|error| Failed::Other(error.to_string()))?;
                into.correct_errors();
                Err(Failed::Modelled(record(into)))
            }
            None => Err(Failed::Other(format!("{error:?}"))),
        },
        Err(failure) => Err(Failed::Other(format!("{failure:?}"))),
    }
}
