//! Requests and responses of rpcv2Cbor.

use crate::kinds::{Choice, KINDS, Kinds, Level, Suit, header_map, operation};
use aws_smithy_types::{Blob, DateTime, Document, Number};
use swage_client::error::DecodeError;
use swage_client::protocol::rpc_v2;
use swage_client::protocol::{Body, HttpProtocol, Request};
use swage_client::{Record, Shape};

pub(crate) const MARK: (&str, &str) = ("smithy-protocol", "rpc-v2-cbor");

pub(crate) fn protocol() -> &'static dyn HttpProtocol {
    rpc_v2::RPC_V2_CBOR
}

/// Bytes from hexadecimal digits and quoted text.
pub(crate) fn bytes(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (index, part) in text.split('\'').enumerate() {
        if index % 2 == 1 {
            bytes.extend_from_slice(part.as_bytes());
            continue;
        }
        let digits: String = part.split_whitespace().collect();
        for pair in digits.as_bytes().chunks(2) {
            let pair = std::str::from_utf8(pair).expect("ASCII");
            bytes.push(u8::from_str_radix(pair, 16).expect("digits"));
        }
    }
    bytes
}

pub(crate) fn request(input: &mut dyn Shape) -> Request {
    let operation = operation("PUT", "/ignored/{label}", input.schema());
    let request = protocol().request(&operation, input);
    request.expect("it can be encoded")
}

pub(crate) fn body(input: &mut dyn Shape) -> Vec<u8> {
    let Body::Bytes(bytes) = request(input).body else {
        panic!("a stream")
    };
    bytes.to_vec()
}

pub(crate) fn read(body: &[u8], output: &mut dyn Shape) -> Result<(), DecodeError> {
    let operation = operation("POST", "/", output.schema());
    let body = Body::from(body.to_vec());
    let headers = header_map(&[MARK]);
    protocol().response(&operation, http::StatusCode::OK, &headers, body, output)
}

pub(crate) fn respond(body: &str) -> Result<Kinds, DecodeError> {
    let mut output = Kinds::default();
    read(&bytes(body), &mut output)?;
    Ok(output)
}

pub(crate) fn dynamic(body: &str) -> Record {
    let mut output = Record::new(&KINDS);
    read(&bytes(body), &mut output).expect("it can be read");
    output
}

pub(crate) fn broken(body: &str) -> String {
    respond(body).expect_err("it is broken").to_string()
}

pub(crate) fn every_kind() -> Kinds {
    Kinds {
        boolean: Some(true),
        byte: Some(-128),
        long: Some(i64::MAX),
        float: Some(1.5),
        double: Some(f64::NEG_INFINITY),
        big_integer: "-123456789012345678901234567890".parse().ok(),
        big_decimal: "0.10000000000000000000000000001".parse().ok(),
        string: Some("é\n".to_owned()),
        suit: Some(Suit::Unknown("SPADE".to_owned())),
        level: Some(Level::Low),
        blob: Some(Blob::new("hello")),
        time: Some(DateTime::from_secs_and_nanos(1, 500_000_000)),
        date_time: Some(DateTime::from_secs_and_nanos(946_845_296, 123_000_000)),
        http_date: Some(DateTime::from_millis(-1)),
        document: Some(Document::Array(vec![
            Document::Null,
            Document::Number(Number::PosInt(3)),
            Document::Number(Number::Float(0.5)),
        ])),
        list: Some(vec!["a".to_owned()]),
        sparse: Some(vec![Some(1), None]),
        map: Some([("k".to_owned(), "v".to_owned())].into()),
        sparse_map: Some([(Suit::Club, None)].into()),
        choice: Some(Choice::Number(7)),
        nested: Some(Box::new(Kinds {
            misplaced: Some("here".to_owned()),
            ..Kinds::default()
        })),
        ..Kinds::default()
    }
}
