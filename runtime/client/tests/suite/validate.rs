//! Checks and defaults before sending.

use crate::kinds::{BOUND, Bound, CHECKED, Checked, Choice, PART, Part};
use swage_client::schema::{self, Member, Schema};
use swage_client::token::fill_idempotency_tokens;
use swage_client::validate::validate;
use swage_client::{Any, Record, Shape};

fn problems(input: &dyn Shape) -> Vec<String> {
    validate(input)
        .err()
        .map(|error| error.problems)
        .unwrap_or_default()
}

#[test]
fn all_missing_members_are_named_but_tokens() {
    let expected = [
        r#"Missing required parameter in input: "Name""#,
        r#"Missing required parameter in input: "Names""#,
    ];
    assert_eq!(problems(&Checked::default()), expected);
    assert_eq!(problems(&Record::new(&CHECKED)), expected);
}

#[test]
fn lengths_and_ranges_have_only_a_minimum() {
    let input = Checked {
        name: Some(String::new()),
        names: Some(vec!["long enough".to_owned(), String::new()]),
        token: Some(String::new()),
        part: Some(Part {
            id: None,
            count: Some(0),
        }),
        pin: Some(12),
        choice: Some(Choice::Number(-5)),
    };
    assert_eq!(
        problems(&input),
        [
            "Invalid length for parameter Name, value: 0, valid min length: 1",
            "Invalid length for parameter Names[1], value: 0, valid min length: 1",
            "Invalid length for parameter Token, value: 0, valid min length: 1",
            r#"Missing required parameter in Part: "Id""#,
            "Invalid value for parameter Part.Count, value: 0, valid min value: 1",
            "Invalid value for parameter Pin, valid min value: 1000",
        ]
    );
    let none = Checked {
        names: Some(vec![]),
        name: Some("x".to_owned()),
        ..Checked::default()
    };
    assert_eq!(
        problems(&none),
        ["Invalid length for parameter Names, value: 0, valid min length: 1"]
    );
}

static PARAMETERS: Schema = Schema::structure(
    "test#Parameters",
    &[
        Member::new("UploadId", &schema::STRING)
            .query(&"uploadId")
            .required(),
        Member::new("Marker", &schema::STRING).query(&"marker"),
        Member::new("Note", &schema::STRING).required(),
    ],
);

#[test]
fn required_parameters_of_the_query_are_not_empty() {
    let mut input = Record::new(&PARAMETERS);
    for index in 0..3 {
        input.set(index, Any::String(String::new()));
    }
    assert_eq!(
        problems(&input),
        ["Invalid length for parameter UploadId, value: 0, valid min length: 1"]
    );
}

#[test]
fn records_are_checked_alike() {
    let mut part = Record::new(&PART);
    part.set(1, Any::Number("-1".to_owned()));
    let mut input = Record::new(&CHECKED);
    input.set(0, Any::String("é".to_owned()));
    input.set(
        1,
        Any::List(vec![
            Any::String("x".to_owned()),
            Any::Boolean(true),
            Any::List(vec![]),
        ]),
    );
    input.set(3, Any::Structure(part));
    input.set(5, Any::Map(vec![]));
    assert_eq!(
        problems(&input),
        [
            "Invalid value for parameter Names[2]: expected a string, found a list",
            r#"Missing required parameter in Part: "Id""#,
            "Invalid value for parameter Part.Count, value: -1, valid min value: 1",
            "Must set one of the following keys for tagged union structure Choice: text, number.",
        ]
    );
}

#[test]
fn tokens_are_filled_in_where_there_is_none() {
    let source = || "token-1".to_owned();
    let mut input = Bound::default();
    fill_idempotency_tokens(&mut input, &source);
    assert_eq!(input.client_token.as_deref(), Some("token-1"));
    input.client_token = Some("mine".to_owned());
    fill_idempotency_tokens(&mut input, &source);
    assert_eq!(input.client_token.as_deref(), Some("mine"));
    let mut record = Record::new(&BOUND);
    fill_idempotency_tokens(&mut record, &source);
    assert!(matches!(record.get(13), Some(Any::String(token)) if token == "token-1"));
}
