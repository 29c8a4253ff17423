//! Cases of event streams: what is sent and received event by event, as types alone have it; the command has no such
//! operations.

use crate::body;
use crate::cases::{Case, text};
use crate::request;
use crate::run::{Checked, client, compare, one, response};
use crate::server::Server;
use crate::table::{Answer, Conversation, Failed};
use aws_smithy_eventstream::frame::read_message_from;
use aws_smithy_types::base64;
use aws_smithy_types::event_stream::Message;
use bytes::Bytes;
use http::{HeaderValue, Response, header};
use std::collections::BTreeMap;
use swage_codegen::node::{Node, NodeValue, Span};

/// Calls the operation with the case's events, and has the server answer with its events.
pub(crate) async fn check(case: &Case<'_>, server: &Server) -> Checked {
    let no_client = || one("no client was generated for the operation");
    let target = case.events.ok_or_else(no_client)?;
    server.answer(answer(case).map_err(one)?);
    // Signatures would stand around the events.
    let client = client(case, target.service, server).anonymous().build();
    let client = client.map_err(|error| one(format!("{error:?}")))?;
    let empty = Node::new(NodeValue::Object(Vec::new()), Span::default());
    let params = case.node.get("initialRequestParams").unwrap_or(&empty);
    let sent: Vec<&Node> = events(case, "request")
        .filter_map(|event| event.get("params"))
        .collect();
    let call =
        (target.typed.call)(client, params, &sent).map_err(|error| one(error.to_string()))?;
    let outcome = call.await;
    check_request(case, server)?;
    check_outcome(case, outcome).await.map_err(one)
}

fn events<'c>(case: &'c Case, direction: &'static str) -> impl Iterator<Item = &'c Node> {
    let all = case.node.get("events").and_then(Node::elements);
    let all = all.unwrap_or_default().iter();
    all.filter(move |event| text(event, "type") == Some(direction))
}

/// The server's response.
fn answer(case: &Case) -> Result<Response<Bytes>, String> {
    let mut answer = match case.node.get("initialResponse") {
        Some(initial) => response(initial)?,
        None => Response::default(),
    };
    if answer.body().is_empty() {
        let frames: Vec<Vec<u8>> = events(case, "response")
            .map(bytes)
            .collect::<Result<_, _>>()?;
        *answer.body_mut() = frames.concat().into();
    }
    let event_stream = HeaderValue::from_static("application/vnd.amazon.eventstream");
    let content_type = answer.headers_mut().entry(header::CONTENT_TYPE);
    content_type.or_insert(event_stream);
    Ok(answer)
}

fn bytes(event: &Node) -> Result<Vec<u8>, String> {
    let text = text(event, "bytes").ok_or("the case has no bytes for an event")?;
    base64::decode(text).map_err(|error| error.to_string())
}

fn check_request(case: &Case, server: &Server) -> Checked {
    let received = server.received();
    let [received] = received.as_slice() else {
        return Err(one(format!("{} requests were sent", received.len())));
    };
    let initial = case.node.get("initialRequest");
    let mut problems =
        initial.map_or_else(Vec::new, |initial| request::problems(initial, received));
    problems.extend(frames(case, &received.body).err());
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems)
    }
}

/// Compares events with the case.
fn frames(case: &Case, body: &Bytes) -> Result<(), String> {
    let mut body = body.clone();
    let expected: Vec<&Node> = events(case, "request").collect();
    for (index, event) in expected.iter().enumerate() {
        if body.is_empty() {
            return Err(format!(
                "{} events are expected, {index} came",
                expected.len()
            ));
        }
        let found = message(&mut body)?;
        let expected = message(&mut bytes(event)?.into())?;
        same(event, &expected, &found).map_err(|problem| format!("event {index}: {problem}"))?;
    }
    match body.len() {
        0 => Ok(()),
        left => Err(format!("{left} bytes follow the events")),
    }
}

fn message(bytes: &mut Bytes) -> Result<Message, String> {
    read_message_from(bytes).map_err(|error| error.to_string())
}

fn same(event: &Node, expected: &Message, found: &Message) -> Result<(), String> {
    let headers = |message: &Message| -> BTreeMap<String, String> {
        let headers = message.headers().iter();
        headers
            .map(|header| {
                (
                    header.name().as_str().to_owned(),
                    format!("{:?}", header.value()),
                )
            })
            .collect()
    };
    let (wanted, came) = (headers(expected), headers(found));
    if wanted != came {
        return Err(format!("expected the headers {wanted:?}, found {came:?}"));
    }
    let media_type = text(event, "bodyMediaType").unwrap_or_default();
    let payload = String::from_utf8_lossy(expected.payload());
    body::difference(media_type, &payload, found.payload()).map_or(Ok(()), Err)
}

async fn check_outcome(
    case: &Case<'_>,
    outcome: Result<Conversation, Failed>,
) -> Result<(), String> {
    if is_about_the_request(case) {
        return Ok(());
    }
    let expectation = case.node.get("expectation");
    let Some(failure) = expectation.and_then(|expectation| expectation.get("failure")) else {
        return check_success(case, outcome).await;
    };
    let failed = match outcome {
        Ok(conversation) => conversation.error,
        Err(failed) => Some(failed),
    };
    match (failed, text(failure, "errorId")) {
        (None, _) => Err("expected a failure, found none".to_owned()),
        (Some(_), None) => Ok(()),
        (Some(Failed::Other(error)), Some(id)) => Err(format!("expected {id}, found {error}")),
        (Some(Failed::Modelled(answer)), Some(id)) => check_error(case, id, answer).await,
    }
}

/// Whether the case has no expectation for the response.
fn is_about_the_request(case: &Case) -> bool {
    let answers = ["initialResponse", "initialResponseParams", "expectation"];
    let says = answers
        .iter()
        .any(|property| case.node.get(property).is_some());
    !says && events(case, "response").next().is_none()
}

async fn check_error(case: &Case<'_>, id: &str, answer: Answer) -> Result<(), String> {
    let found = answer.found.schema();
    if found.name() != id.rsplit('#').next().unwrap_or(id) {
        return Err(format!("expected {id}, found {}", found.id()));
    }
    // An error in the stream is a member of the union.
    let params = events(case, "response")
        .last()
        .and_then(|event| event.get("params"));
    match params.and_then(Node::entries) {
        Some([member]) => compare(Some(&member.value), answer).await,
        _ => Ok(()),
    }
}

async fn check_success(
    case: &Case<'_>,
    outcome: Result<Conversation, Failed>,
) -> Result<(), String> {
    let Conversation {
        output,
        events: found,
        error,
    } = outcome.map_err(shown)?;
    if let Some(error) = error {
        return Err(shown(error));
    }
    if let Some(params) = case.node.get("initialResponseParams") {
        compare(Some(params), output).await?;
    }
    let expected: Vec<&Node> = events(case, "response").collect();
    if expected.len() != found.len() {
        let (expected, found) = (expected.len(), found.len());
        return Err(format!("expected {expected} events, found {found}"));
    }
    for (expected, found) in expected.into_iter().zip(found) {
        compare(expected.get("params"), found).await?;
    }
    Ok(())
}

fn shown(failed: Failed) -> String {
    match failed {
        Failed::Modelled(answer) => format!("found the error {}", answer.found.schema().name()),
        Failed::Other(error) => error,
    }
}
