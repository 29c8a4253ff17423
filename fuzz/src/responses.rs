//! Responses: whatever comes, a protocol gives a value or an error.
//!
//! An input is a byte that chooses, headers of a line each, an empty line, and the body.

use crate::kinds::{
    BLOB_BODY, BOUND, BlobBody, Bound, CHOICE_BODY, ChoiceBody, DOCUMENT_BODY, DocumentBody, KINDS,
    Kinds, PART, PART_BODY, Part, PartBody, TEXT_BODY, TextBody, UPLOAD, Upload, operation,
};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use swage_client::operation::{Operation, Protocol};
use swage_client::protocol::{Body, read_error};
use swage_client::schema::Schema;
use swage_client::{Record, Shape};

static ERRORS: [&Schema; 3] = [&PART, &KINDS, &BOUND];

/// Reads a response as each thing that it can be.
///
/// # Panics
/// When the protocol does.
pub fn read(protocol: Protocol, data: &[u8]) {
    let Some((choice, rest)) = data.split_first() else {
        return;
    };
    let (headers, body) = parts(rest);
    let of = |schema| {
        let mut operation = operation("POST", "/", schema);
        operation.errors = &ERRORS;
        operation
    };
    if choice & 1 == 1 {
        return error(protocol, &of(&KINDS), &headers, body);
    }
    let (typed, schema): (Box<dyn Shape>, _) = match choice >> 1 & 7 {
        1 => (Box::new(Bound::default()), &BOUND),
        2 => (Box::new(Upload::default()), &UPLOAD),
        3 => (Box::new(BlobBody::default()), &BLOB_BODY),
        4 => (Box::new(TextBody::default()), &TEXT_BODY),
        5 => (Box::new(PartBody::default()), &PART_BODY),
        6 => (Box::new(ChoiceBody::default()), &CHOICE_BODY),
        7 => (Box::new(DocumentBody::default()), &DOCUMENT_BODY),
        _ => (Box::new(Kinds::default()), &KINDS),
    };
    for mut output in [typed, Box::new(Record::new(schema))] {
        success(protocol, &of(schema), &headers, body, &mut *output);
    }
}

/// The headers, as far as they are some, and the body.
fn parts(data: &[u8]) -> (HeaderMap, &[u8]) {
    let end = data.windows(2).position(|pair| pair == b"\n\n");
    let (lines, body) = data.split_at(end.unwrap_or(0));
    let mut headers = HeaderMap::new();
    for line in lines.split(|byte| *byte == b'\n').take(50) {
        let Some(colon) = line.iter().position(|byte| *byte == b':') else {
            continue;
        };
        let (name, value) = line.split_at(colon);
        let value = HeaderValue::from_bytes(value.get(1..).unwrap_or_default().trim_ascii());
        if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name), value) {
            headers.append(name, value);
        }
    }
    (headers, body.strip_prefix(b"\n\n").unwrap_or(body))
}

/// What can be read can be written, or gives an error too.
fn success(
    protocol: Protocol,
    operation: &Operation,
    headers: &HeaderMap,
    body: &[u8],
    output: &mut dyn Shape,
) {
    protocol.is_error(operation, body);
    let body = Body::from(body.to_vec());
    match protocol.response(operation, StatusCode::OK, headers, body, output) {
        Ok(()) => drop(protocol.request(operation, output)),
        Err(error) => drop(error.to_string()),
    }
}

fn error(protocol: Protocol, operation: &Operation, headers: &HeaderMap, body: &[u8]) {
    let body = bytes::Bytes::copy_from_slice(body);
    let error = protocol.error(operation, StatusCode::BAD_REQUEST, headers, body);
    drop(error.to_string());
    for (mut into, schema) in [
        (Box::new(Part::default()) as Box<dyn Shape>, &PART),
        (Box::new(Kinds::default()), &KINDS),
        (Box::new(Bound::default()), &BOUND),
    ] {
        let _ = read_error(protocol, &error, &mut *into);
        let _ = read_error(protocol, &error, &mut Record::new(schema));
    }
}
