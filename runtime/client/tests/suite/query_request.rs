//! Requests of awsQuery and ec2Query.

use crate::markup::{Choice, GARDEN, Garden, PLOT, Plot, body, operation, request};
use aws_smithy_types::{Blob, DateTime, Document};
use std::collections::HashMap;
use swage_client::operation::Protocol;
use swage_client::protocol::query::{AWS_QUERY, EC2_QUERY};
use swage_client::shape::UnknownMember;
use swage_client::{Any, Record, Shape};

/// The form after the operation and the version.
fn form(protocol: Protocol, input: &mut dyn Shape) -> String {
    let body = body(protocol, input);
    let rest = body.strip_prefix("Action=Tend&Version=2020-01-02");
    rest.expect("the operation and the version").to_owned()
}

fn garden(protocol: Protocol, garden: Garden) -> String {
    let mut garden = garden;
    form(protocol, &mut garden)
}

fn strings(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn the_message() {
    for protocol in [AWS_QUERY, EC2_QUERY] {
        let mut operation = operation(&PLOT);
        operation.host_prefix = "{label}.";
        let mut plot = Plot {
            label: Some("north".to_owned()),
            ..Plot::default()
        };
        let sent = protocol.request(&operation, &mut plot).expect("encoded");
        assert_eq!(
            (sent.method.as_str(), sent.path_and_query.as_str()),
            ("POST", "/")
        );
        assert_eq!(sent.host_prefix, "north.");
        assert_eq!(
            sent.headers["content-type"],
            "application/x-www-form-urlencoded"
        );
        assert_eq!(sent.headers.len(), 1);
    }
    let nothing = &mut Record::new(&swage_client::schema::UNIT);
    assert_eq!(body(AWS_QUERY, nothing), "Action=Tend&Version=2020-01-02");
}

#[test]
fn scalars() {
    let values = || Garden {
        name: Some("a&b=c d/é+%".to_owned()),
        open: Some(false),
        area: Some(-4),
        depth: Some(f32::INFINITY),
        slope: Some(0.1),
        seed: Some(Blob::new("seed?")),
        planted: Some(DateTime::from_secs(0)),
        watered: Some(DateTime::from_secs(7)),
        secret: Some(String::new()),
        big: "123456789012345678901234567890".parse().ok(),
        ..Garden::default()
    };
    let encoded = "a%26b%3Dc%20d%2F%C3%A9%2B%25";
    assert_eq!(
        garden(AWS_QUERY, values()),
        format!(
            "&name={encoded}&Open=false&area=-4&depth=Infinity&slope=0.1&seed=c2VlZD8%3D\
             &planted=1970-01-01T00%3A00%3A00Z&watered=7&secret=&big=123456789012345678901234567890"
        )
    );
    assert_eq!(
        garden(EC2_QUERY, values()),
        format!(
            "&Name={encoded}&Open=false&Area=-4&Depth=Infinity&Slope=0.1&Seed=c2VlZD8%3D\
             &Planted=1970-01-01T00%3A00%3A00Z&Watered=7&Secret=&Big=123456789012345678901234567890"
        )
    );
}

#[test]
fn names_of_members() {
    let plot = || Plot {
        number: Some(1),
        upper: Some("u".to_owned()),
        lower: Some("l".to_owned()),
        label: None,
    };
    assert_eq!(form(AWS_QUERY, &mut plot()), "&number=1&upper=u&xLower=l");
    assert_eq!(form(EC2_QUERY, &mut plot()), "&Number=1&uPPER=u&XLower=l");
}

#[test]
fn lists() {
    let values = || Garden {
        words: Some(strings(&["a", "b"])),
        tags: Some(strings(&["c"])),
        flat: Some(strings(&["d", "e"])),
        rows: Some(vec![vec!["f".to_owned()], vec![]]),
        gaps: Some(vec![Some(1), None, Some(3)]),
        part: Some(Box::new(Garden {
            words: Some(strings(&["g"])),
            ..Garden::default()
        })),
        parts: Some(vec![Garden {
            name: Some("h".to_owned()),
            ..Garden::default()
        }]),
        ..Garden::default()
    };
    assert_eq!(
        garden(AWS_QUERY, values()),
        "&words.member.1=a&words.member.2=b&TagSet.tag.1=c&flat.1=d&flat.2=e&rows.member.1.member.1=f\
         &rows.member.2=&gaps.member.1=1&gaps.member.3=3&part.words.member.1=g&parts.1.name=h"
    );
    assert_eq!(
        garden(EC2_QUERY, values()),
        "&Words.1=a&Words.2=b&TagSet.1=c&Flat.1=d&Flat.2=e&Rows.1.1=f&Gaps.1=1&Gaps.3=3&Part.Words.1=g\
         &Parts.1.Name=h"
    );
}

#[test]
fn empty_collections() {
    let values = || Garden {
        words: Some(vec![]),
        flat: Some(vec![]),
        labels: Some(HashMap::new()),
        part: Some(Box::default()),
        ..Garden::default()
    };
    assert_eq!(garden(AWS_QUERY, values()), "&words=&flat=");
    assert_eq!(garden(EC2_QUERY, values()), "");
}

#[test]
fn maps() {
    let labels = HashMap::from([("k".to_owned(), "v".to_owned())]);
    let values = Garden {
        labels: Some(labels.clone()),
        prices: Some(HashMap::from([("rose".to_owned(), 3)])),
        nested: Some(HashMap::from([("n".to_owned(), labels)])),
        ..Garden::default()
    };
    assert_eq!(
        garden(AWS_QUERY, values),
        "&labels.entry.1.key=k&labels.entry.1.value=v&Prices.1.Item=rose&Prices.1.Price=3\
         &nested.entry.1.key=n&nested.entry.1.value.entry.1.key=k&nested.entry.1.value.entry.1.value=v"
    );
}

#[test]
fn unions() {
    let with = |choice| Garden {
        choice: Some(choice),
        ..Garden::default()
    };
    assert_eq!(
        garden(AWS_QUERY, with(Choice::Text("t".to_owned()))),
        "&choice.text=t"
    );
    let many = Choice::Many(strings(&["a", "b"]));
    assert_eq!(
        garden(AWS_QUERY, with(many)),
        "&choice.many.1=a&choice.many.2=b"
    );
    let later = UnknownMember {
        name: "later".to_owned(),
        value: Document::Null,
    };
    let error = request(AWS_QUERY, &mut with(Choice::Unknown(later))).expect_err("unknown");
    assert!(
        error.to_string().starts_with("choice: a member of a union"),
        "{error}"
    );
}

#[test]
fn what_a_form_cannot_hold_is_an_error() {
    let mut input = Garden {
        parts: Some(vec![Garden {
            document: Some(Document::Null),
            ..Garden::default()
        }]),
        ..Garden::default()
    };
    let error = request(EC2_QUERY, &mut input).expect_err("no form for it");
    assert_eq!(
        error.to_string(),
        "parts[0].document: a form can't hold a document"
    );
}

#[test]
fn records_are_written_as_types_are() {
    let text = |text: &str| Any::String(text.to_owned());
    let mut record = Record::new(&GARDEN);
    record.set(0, text("rose"));
    record.set(1, Any::Boolean(true));
    record.set(2, Any::Number("7".to_owned()));
    record.set(9, Any::List(vec![text("a")]));
    record.set(
        14,
        Any::Map(vec![
            ("k".to_owned(), text("1")),
            ("a".to_owned(), text("2")),
        ]),
    );
    record.set(
        17,
        Any::Map(vec![("area".to_owned(), Any::Number("1".to_owned()))]),
    );
    assert_eq!(
        form(AWS_QUERY, &mut record),
        "&name=rose&Open=true&area=7&words.member.1=a&labels.entry.1.key=k&labels.entry.1.value=1\
         &labels.entry.2.key=a&labels.entry.2.value=2&part.area=1"
    );
}
