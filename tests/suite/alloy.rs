//! `alloy#simpleRestJson`, and how Alloy's traits change JSON: through a generated client, and through its command.

use aws_smithy_types::{DateTime, Document, Number};
use golden_alloy::types::builders::OrderBuilder;
use golden_alloy::types::{
    Address, Card, Cash, Contact, DayOfWeek, Event, Extra, Order, Payment, SlotParts,
};
use golden_alloy::{Client, Error};
use serde_json::{Value, json};
use std::process::{Command, Output};
use swage_client::UnknownMember;
use swage_tests::server::{Answer, Request, Server};

fn client(server: &Server) -> Client {
    let builder = Client::builder().endpoint_url(&server.url);
    builder.build().expect("settings")
}

fn only(server: &Server) -> Request {
    server.requests().into_iter().next().unwrap_or_default()
}

/// An order that isn't refused: it has what is required.
fn order() -> OrderBuilder {
    Order::builder().amount(7)
}

fn card(number: &str) -> Card {
    Card::builder().number(number).build().expect("complete")
}

/// Sends an order to a server that answers with a body. Gives the body of the request, and the order that is read.
async fn exchange(order: OrderBuilder, answer: &str) -> (Value, Order) {
    let server = Server::start(vec![Answer::status(201, answer)]);
    let call = client(&server).put_order().id("1").order(order.build());
    let output = call.send().await.expect("an output");
    let body = serde_json::from_str(&only(&server).body).expect("JSON");
    (body, output.order.expect("an order"))
}

/// Checks that an order is written as this JSON, and that the JSON is read as this order.
async fn assert_equals(order: OrderBuilder, json: Value) {
    let (sent, received) = exchange(order.clone(), &json.to_string()).await;
    assert_eq!(sent, json);
    assert_eq!(received, order.build());
}

fn object(entries: &[(&str, Document)]) -> Document {
    let entries = entries.iter().cloned();
    Document::Object(
        entries
            .map(|(key, value)| (key.to_owned(), value))
            .collect(),
    )
}

fn slot(day: DayOfWeek, hour: i32) -> SlotParts {
    let builder = SlotParts::builder().day(day).hour(hour);
    builder.build().expect("complete")
}

fn number(value: u64) -> Document {
    Document::Number(Number::PosInt(value))
}

#[tokio::test]
async fn a_nullable_member_is_absent_null_or_has_a_value() {
    let base = json!({"amount": 7});
    assert_equals(order(), base).await;
    assert_equals(order().note(None), json!({"amount": 7, "note": null})).await;
    assert_equals(
        order().note("hi".to_owned()),
        json!({"amount": 7, "note": "hi"}),
    )
    .await;
    // A required one can be null, but not absent.
    assert_equals(Order::builder().amount(None), json!({"amount": null})).await;
    let server = Server::start(vec![Answer::json("{}")]);
    let call = client(&server)
        .put_order()
        .id("1")
        .order(Order::builder().build());
    let error = call.send().await.expect_err("refused");
    assert!(error.to_string().contains("amount"), "{error}");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_recursive_nullable_member() {
    let json = json!({"amount": 7, "parent": {"amount": null, "parent": null}});
    let inner = Order::builder().amount(None).parent(None).build();
    assert_equals(order().parent(Some(Box::new(inner))), json).await;
}

#[tokio::test]
async fn a_discriminated_union_names_its_member_in_a_field() {
    let paid = Payment::Card(card("1234"));
    let json = json!({"amount": 7, "payment": {"type": "card", "number": "1234"}});
    assert_equals(order().payment(paid), json).await;
    let cash = Payment::Cash(Cash::builder().build());
    assert_equals(
        order().payment(cash),
        json!({"amount": 7, "payment": {"type": "cash"}}),
    )
    .await;
    // The order of fields doesn't matter, and @jsonName names members.
    let (_, read) = exchange(order(), r#"{"event": {"number": "5", "kind": "created"}}"#).await;
    assert_eq!(read.event, Some(Event::Created(card("5"))));
    let closed = Event::Closed(Cash::builder().build());
    assert_equals(
        order().event(closed),
        json!({"amount": 7, "event": {"kind": "was-closed"}}),
    )
    .await;
}

#[tokio::test]
async fn an_unknown_member_of_a_discriminated_union_is_kept() {
    let json = json!({"amount": 7, "event": {"kind": "moved", "by": 3}});
    let unknown = Event::Unknown(UnknownMember {
        name: "moved".to_owned(),
        value: object(&[("kind", "moved".to_owned().into()), ("by", number(3))]),
    });
    assert_equals(order().event(unknown), json).await;
    // In the member that the model has for it, even if that has the same name.
    let json = json!({"amount": 7, "payment": {"type": "other", "k": 42}});
    let open = object(&[("type", "other".to_owned().into()), ("k", number(42))]);
    assert_equals(order().payment(Payment::Other(open)), json).await;
}

#[tokio::test]
async fn a_discriminated_union_without_its_field_is_an_error() {
    for payment in [r#"{"number": "1"}"#, r#"{"type": 5}"#, "[]", "7"] {
        let body = format!(r#"{{"amount": 7, "payment": {payment}}}"#);
        let server = Server::start(vec![Answer::status(201, &body)]);
        let call = client(&server).put_order().id("1").order(order().build());
        let error = call.send().await.expect_err("can't be read").to_string();
        assert!(error.contains("payment"), "{payment}: {error}");
        assert!(!error.contains("at line 1 column 1"), "{error}");
    }
}

#[tokio::test]
async fn an_untagged_union_is_the_first_member_that_fits() {
    let cases = [
        (Contact::Number(5), json!(5)),
        (Contact::Day(DayOfWeek::Friday), json!("FRIDAY")),
        (Contact::Email("a@b".to_owned()), json!("a@b")),
        (
            Contact::Address(
                Address::builder()
                    .street("Main")
                    .house(3)
                    .build()
                    .expect("complete"),
            ),
            json!({"street": "Main", "house": 3}),
        ),
        (Contact::Card(card("1")), json!({"number": "1"})),
        (Contact::Names(vec!["a".to_owned()]), json!(["a"])),
    ];
    for (contact, value) in cases {
        assert_equals(
            order().contact(contact),
            json!({"amount": 7, "contact": value}),
        )
        .await;
    }
    let unknown = Contact::Unknown(UnknownMember {
        name: String::new(),
        value: Document::Bool(true),
    });
    assert_equals(
        order().contact(unknown),
        json!({"amount": 7, "contact": true}),
    )
    .await;
}

#[tokio::test]
async fn a_structure_with_a_pattern_is_a_string() {
    let slot = |hour| slot(DayOfWeek::Friday, hour);
    assert_equals(
        order().slot(slot(-5)).slots("MONDAY/1h", slot(2)),
        json!({"amount": 7, "slot": "FRIDAY/-5h", "slots": {"MONDAY/1h": "FRIDAY/2h"}}),
    )
    .await;
    let server = Server::start(vec![Answer::json("{}")]);
    let call = client(&server).list_orders().after(slot(7));
    call.send().await.expect("an output");
    assert_eq!(only(&server).line, "GET /orders?after=FRIDAY%2F7h HTTP/1.1");
}

#[tokio::test]
async fn a_string_that_does_not_match_its_pattern_is_an_error() {
    for (text, problem) in [
        ("FRIDAY", "`{day}/{hour}h`"),
        ("FRIDAY/5", "`{day}/{hour}h`"),
        ("FRIDAY/5h ", "`{day}/{hour}h`"),
        ("FRIDAY/xh", "hour: expected an integer"),
        ("FRIDAY/99999999999h", "hour: the number is too large"),
    ] {
        let body = json!({"amount": 7, "slot": text}).to_string();
        let server = Server::start(vec![Answer::status(201, &body)]);
        let call = client(&server).put_order().id("1").order(order().build());
        let error = call.send().await.expect_err("can't be read").to_string();
        assert!(error.contains("slot"), "{error}");
        assert!(error.contains(problem), "{text}: {error}");
    }
    // A value that would be read as another one isn't sent.
    let slot = slot(DayOfWeek::from("A/B"), 1);
    let server = Server::start(vec![Answer::json("{}")]);
    let call = client(&server).put_order().id("1");
    let error = call.order(order().slot(slot).build()).send().await;
    let error = error.expect_err("refused").to_string();
    let expected = "order.slot: day: the value contains `/`";
    assert!(error.contains(expected), "{error}");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn unknown_fields_are_kept() {
    let json = json!({"amount": 7, "fields": 1, "b": [null, "x"]});
    let list = Document::Array(vec![Document::Null, "x".to_owned().into()]);
    let order_with_fields = order().fields("fields", number(1)).fields("b", list);
    assert_equals(order_with_fields, json).await;
    let json = json!({"amount": 7, "extra": {"other": {"text": "x"}}});
    let inner = object(&[("text", "x".to_owned().into())]);
    let extra = Extra::Other(object(&[("other", inner)]));
    assert_equals(order().extra(extra), json).await;
}

#[tokio::test]
async fn a_union_that_nests_too_deep_is_an_error() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for member in ["payment", "event", "contact", "extra"] {
        let body = format!(
            r#"{{"amount": 7, "{member}": {{"type": "card", "kind": "created", "x": {deep}}}}}"#
        );
        let server = Server::start(vec![Answer::status(201, &body)]);
        let call = client(&server).put_order().id("1").order(order().build());
        let error = call.send().await.expect_err("too deep").to_string();
        assert!(error.contains("recursion limit"), "{member}: {error}");
    }
}

#[tokio::test]
async fn times_are_numbers_in_bodies_and_paths_have_no_slash_at_the_end() {
    let at = DateTime::from_secs(0);
    assert_equals(order().at(at), json!({"amount": 7, "at": 0})).await;
    let server = Server::start(vec![Answer::status(
        302,
        r#"{"all-names": ["a"], "new": true}"#,
    )]);
    let output = client(&server)
        .list_orders()
        .since(at)
        .send()
        .await
        .expect("an output");
    assert_eq!(
        only(&server).line,
        "GET /orders?since=1970-01-01T00%3A00%3A00Z HTTP/1.1"
    );
    assert_eq!(output.status, Some(302));
    assert_eq!(output.names, Some(vec!["a".to_owned()]));
    assert_eq!(
        output.rest.expect("unknown fields")["new"],
        Document::Bool(true)
    );
}

#[tokio::test]
async fn an_error_is_named_by_its_header_or_its_status() {
    let named = Answer::status(400, r#"{"name": "x"}"#).header("X-Error-Type", "NotFound");
    for answer in [named, Answer::status(404, r#"{"name": "x"}"#)] {
        let error = put(answer).await;
        let Error::NotFound(error) = error else {
            panic!("{error}")
        };
        assert_eq!(error.name, "x");
    }
    for (status, code) in [(400, "Refused"), (422, "Refused"), (503, "Overloaded")] {
        let error = put(Answer::status(status, r#"{"message": "no"}"#)).await;
        assert_eq!(error.code(), Some(code), "{status}");
    }
    assert_eq!(put(Answer::status(500, "{}")).await.code(), None);
}

async fn put(answer: Answer) -> Error {
    let server = Server::start(vec![answer]);
    let builder = Client::builder().endpoint_url(&server.url);
    let builder = builder.retry_config(swage_client::RetryConfig::disabled());
    let client = builder.build().expect("settings");
    let call = client.put_order().id("1").order(order().build());
    call.send().await.expect_err("an error").into()
}

/// Runs the command of the golden case.
fn run(server: &Server, words: &[&str]) -> Output {
    let test = std::env::current_exe().expect("this test");
    let target = test.ancestors().nth(2).expect("the target folder");
    Command::new(target.join("examples/alloy"))
        .args(words)
        .args(["--endpoint-url", &server.url, "--output", "json"])
        .env_clear()
        .env("HOME", "/nonexistent")
        .output()
        .expect("the example, which `cargo test` builds")
}

#[test]
fn the_command_takes_and_prints_the_models_form() {
    let body = json!({
        "amount": null, "note": "x", "big": 12_345_678_901_234_567_890_u64,
        "payment": {"type": "card", "number": "1"}, "contact": {"street": "Main"}, "event": {"kind": "new"},
    });
    let server = Server::start(vec![Answer::status(201, &body.to_string())]);
    let input = json!({
        "amount": 3, "note": null, "payment": {"cash": {}}, "contact": {"email": "a@b"},
        "fields": {"c": [1]}, "slot": "FRIDAY/3h",
    });
    let output = run(
        &server,
        &["put-order", "--id", "1", "--order", &input.to_string()],
    );
    assert!(output.status.success(), "{output:?}");
    let sent: Value = serde_json::from_str(&only(&server).body).expect("JSON");
    let expected = json!({
        "amount": 3, "note": null, "payment": {"type": "cash"}, "contact": "a@b", "c": [1],
        "slot": "FRIDAY/3h",
    });
    assert_eq!(sent, expected);
    let printed: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let expected = json!({"order": {
        "amount": null, "note": "x", "payment": {"card": {"number": "1"}}, "contact": {"address": {"street": "Main"}},
        "event": {},
        "fields": {"big": 12_345_678_901_234_567_890_u64},
    }});
    assert_eq!(printed, expected);
}
