//! Empty labels: nothing is sent.

use crate::server::{PUT, Server, builder, ok};
use swage_client::schema::{self, DefaultValue, Kind, Member, Schema, Trait};
use swage_client::{Any, Failure, Operation, Record};

static SUIT: Schema = Schema::simple("test#Suit", Kind::Enum);
static INPUT: Schema = Schema::structure(
    "test#LabelsInput",
    &[
        Member::new("Bucket", &schema::STRING).label().required(),
        Member::new("Key", &schema::STRING).label().required(),
        Member::new("Suit", &SUIT).label().required(),
        Member::new("Number", &schema::INTEGER).label().required(),
        Member::new("Account", &schema::STRING)
            .label()
            .required()
            .with(&[Trait::Default(DefaultValue::String("-"))]),
        Member::new("Version", &schema::STRING)
            .label()
            .with(&[Trait::Length(Some(0), None)]),
    ],
);
/// The first label is part of the endpoint.
static GET: Operation = Operation {
    name: "Get",
    input: &INPUT,
    method: "GET",
    uri: "/{Key+}/{Suit}/{Number}/{Account}?versions",
    ..PUT
};

/// Calls with these labels and valid other ones; returns the request or the error.
async fn get(changes: &[(&str, &str)], validates: bool) -> Result<String, Failure> {
    let server = Server::new(vec![ok()]);
    let mut builder = builder().endpoint_url(server.url());
    if !validates {
        builder = builder.no_validation();
    }
    let client = builder.build().expect("a client");
    let mut input = Record::new(&INPUT);
    for (index, member) in INPUT.members().iter().enumerate() {
        let change = changes.iter().find(|(name, _)| *name == member.name());
        let value = match (change, member.name()) {
            (None, "Number") => Any::Number("7".to_owned()),
            (None, "Account") => continue,
            (change, _) => Any::String(change.map_or("v", |(_, text)| text).to_owned()),
        };
        input.set(index, value);
    }
    let mut output = Record::new(GET.output);
    let result = client.call(&GET, &mut input, &mut output).await;
    let requests = server.requests();
    if result.is_err() {
        assert!(requests.is_empty(), "{requests:?}");
    }
    result.map(|_| requests[0].line.clone())
}

#[tokio::test]
async fn an_empty_label_is_refused_before_anything_is_sent() {
    let sent = get(&[], true).await.expect("a call");
    assert_eq!(sent, "GET /v/v/7/-?versions HTTP/1.1");
    for name in ["Bucket", "Key", "Suit", "Version"] {
        let error = get(&[(name, "")], true).await.expect_err(name);
        let Failure::Input(error) = error else {
            panic!("{error:?}");
        };
        let told = format!("Invalid length for parameter {name}, value: 0, valid min length: 1");
        assert_eq!(error.problems, [told]);
        // Even by a client without validation.
        let error = get(&[(name, "")], false).await.expect_err(name);
        let told = format!("{error:?}");
        assert!(
            told.contains(&format!("{name}: must not be empty")),
            "{told}"
        );
    }
    let all = get(&[("Bucket", ""), ("Key", "")], true).await;
    let Err(Failure::Input(error)) = all else {
        panic!("{all:?}");
    };
    assert_eq!(error.problems.len(), 2, "all at once");
}

#[tokio::test]
async fn an_empty_label_with_a_default_falls_back_on_it() {
    for validates in [true, false] {
        let sent = get(&[("Account", "")], validates).await.expect("a call");
        assert_eq!(sent, "GET /v/v/7/-?versions HTTP/1.1");
    }
}
