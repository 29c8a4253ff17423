//! A small model with the traits for XML and forms, both typed as in generated code and by schema only.

use aws_smithy_types::{Blob, DateTime};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use std::collections::HashMap;
use swage_client::error::{DecodeError, EncodeError, ServiceError};
use swage_client::operation::{Auth, Operation, Protocol, Service};
use swage_client::protocol::query;
use swage_client::protocol::{Body, Request};
use swage_client::schema::{self, Kind, Member, Schema, TimestampFormat, Trait};
use swage_client::{Shape, Value, shape_value};

pub(crate) static TAGS: Schema = Schema::list(
    "t#Tags",
    &[Member::new("member", &schema::STRING)
        .with(&[Trait::XmlName("tag"), Trait::XmlNamespace("urn:tag", "")])],
);
pub(crate) static WORDS: Schema =
    Schema::list("t#Words", &[Member::new("member", &schema::STRING)]);
pub(crate) static ROWS: Schema = Schema::list("t#Rows", &[Member::new("member", &WORDS)]);
pub(crate) static GAPS: Schema =
    Schema::list("t#Gaps", &[Member::new("member", &schema::INTEGER)]).sparse();
pub(crate) static LABELS: Schema = Schema::map(
    "t#Labels",
    &[
        Member::new("key", &schema::STRING),
        Member::new("value", &schema::STRING),
    ],
);
pub(crate) static PRICES: Schema = Schema::map(
    "t#Prices",
    &[
        Member::new("key", &SECRET).with(&[Trait::XmlName("Item")]),
        Member::new("value", &schema::INTEGER).with(&[Trait::XmlName("Price")]),
    ],
);
pub(crate) static NESTED_LABELS: Schema = Schema::map(
    "t#NestedLabels",
    &[
        Member::new("key", &schema::STRING),
        Member::new("value", &LABELS),
    ],
);
pub(crate) static SECRET: Schema = Schema::simple("t#Secret", Kind::String).sensitive();
pub(crate) static GARDENS: Schema = Schema::list("t#Gardens", &[Member::new("member", &GARDEN)]);

/// Defines a structure's fields, schema and impls, as codegen would write them.
macro_rules! structure {
    ($name:ident $table:ident $([$($trait:expr),*])? { $($index:literal $field:ident: $type:ty = $member:expr),* $(,)? }) => {
        #[derive(Debug, Default, PartialEq)]
        pub(crate) struct $name { $(pub(crate) $field: $type),* }
        pub(crate) static $table: Schema =
            Schema::structure(concat!("t#", stringify!($name)), &[$($member),*])$(.with(&[$($trait),*]))?;
        impl Shape for $name {
            fn schema(&self) -> &'static Schema { &$table }
            fn member(&self, index: usize) -> Option<&dyn Value> {
                match index { $($index => Some(&self.$field),)* _ => None }
            }
            fn member_mut(&mut self, index: usize) -> Option<&mut dyn Value> {
                match index { $($index => Some(&mut self.$field),)* _ => None }
            }
            fn blank() -> Self { Self::default() }
        }
        shape_value!($name);
    };
}

structure!(Garden GARDEN [Trait::XmlNamespace("urn:garden", "")] {
    0 name: Option<String> = Member::new("name", &schema::STRING),
    1 open: Option<bool> = Member::new("open", &schema::BOOLEAN).with(&[Trait::XmlName("Open")]),
    2 area: Option<i32> = Member::new("area", &schema::INTEGER).xml_attribute(),
    3 kind: Option<String> =
        Member::new("kind", &schema::STRING).xml_attribute().with(&[Trait::XmlName("x:type")]),
    4 depth: Option<f32> = Member::new("depth", &schema::FLOAT),
    5 slope: Option<f64> = Member::new("slope", &schema::DOUBLE),
    6 seed: Option<Blob> = Member::new("seed", &schema::BLOB),
    7 planted: Option<DateTime> = Member::new("planted", &schema::TIMESTAMP),
    8 watered: Option<DateTime> = Member::new("watered", &schema::TIMESTAMP)
        .with(&[Trait::TimestampFormat(TimestampFormat::EpochSeconds)]),
    9 words: Option<Vec<String>> = Member::new("words", &WORDS),
    10 tags: Option<Vec<String>> = Member::new("tags", &TAGS).with(&[Trait::XmlName("TagSet")]),
    11 flat: Option<Vec<String>> = Member::new("flat", &TAGS).xml_flattened(),
    12 rows: Option<Vec<Vec<String>>> = Member::new("rows", &ROWS),
    13 gaps: Option<Vec<Option<i32>>> = Member::new("gaps", &GAPS),
    14 labels: Option<HashMap<String, String>> = Member::new("labels", &LABELS),
    15 prices: Option<HashMap<String, i32>> = Member::new("prices", &PRICES)
        .xml_flattened().with(&[Trait::XmlName("Prices"), Trait::XmlNamespace("urn:prices", "p")]),
    16 nested: Option<HashMap<String, HashMap<String, String>>> = Member::new("nested", &NESTED_LABELS),
    17 part: Option<Box<Garden>> =
        Member::new("part", &GARDEN).with(&[Trait::XmlNamespace("urn:part", "x")]),
    18 parts: Option<Vec<Garden>> = Member::new("parts", &GARDENS).xml_flattened(),
    19 secret: Option<String> = Member::new("secret", &SECRET),
    20 document: Option<aws_smithy_types::Document> = Member::new("document", &schema::DOCUMENT),
    21 big: Option<aws_smithy_types::BigInteger> = Member::new("big", &schema::BIG_INTEGER),
    22 exact: Option<aws_smithy_types::BigDecimal> = Member::new("exact", &schema::BIG_DECIMAL),
    23 header: Option<String> = Member::new("header", &schema::STRING).header(&"x-header"),
    24 choice: Option<Choice> = Member::new("choice", &CHOICE),
});

structure!(Plot PLOT [Trait::XmlName("PlotDocument")] {
    0 number: Option<i32> = Member::new("number", &schema::INTEGER),
    1 upper: Option<String> = Member::new("upper", &schema::STRING).with(&[Trait::Ec2QueryName("uPPER")]),
    2 lower: Option<String> = Member::new("lower", &schema::STRING).with(&[Trait::XmlName("xLower")]),
    3 label: Option<String> = Member::new("label", &schema::STRING).host_label(),
});
structure!(PlotBody PLOT_BODY { 0 plot: Option<Plot> = Member::new("plot", &PLOT).payload() });
structure!(NamedBody NAMED_BODY {
    0 plot: Option<Plot> = Member::new("plot", &PLOT)
        .payload().with(&[Trait::XmlName("Own"), Trait::XmlNamespace("urn:own", "o")]),
});
structure!(GardenBody GARDEN_BODY { 0 garden: Option<Garden> = Member::new("garden", &GARDEN).payload() });
structure!(ChoiceBody CHOICE_BODY { 0 choice: Option<Choice> = Member::new("choice", &CHOICE).payload() });
structure!(TextBody TEXT_BODY { 0 text: Option<String> = Member::new("text", &schema::STRING).payload() });
structure!(BlobBody BLOB_BODY { 0 blob: Option<Blob> = Member::new("blob", &schema::BLOB).payload() });
structure!(Lone LONE [Trait::XmlName("Place")] { 0 place: Option<String> =
    Member::new("place", &schema::STRING).with(&[Trait::XmlName("Place")]) });
structure!(Fault FAULT [Trait::ClientError(true), Trait::QueryError("Fault.Custom", 402)] {
    0 message: Option<String> = Member::new("message", &schema::STRING),
    1 garden: Option<Garden> = Member::new("garden", &GARDEN),
    2 retry: Option<String> = Member::new("retry", &schema::STRING).header(&"x-retry"),
});
structure!(Missing MISSING [Trait::ClientError(true)] {
    0 message: Option<String> = Member::new("Message", &schema::STRING),
});

/// A union.
#[derive(Debug, PartialEq, swage_client::__private::Shape)]
#[shape(CHOICE)]
pub(crate) enum Choice {
    Text(String),
    Plot(Plot),
    Many(Vec<String>),
    Unknown(swage_client::shape::UnknownMember),
}
pub(crate) static CHOICE: Schema = Schema::union(
    "t#Choice",
    &[
        Member::new("text", &schema::STRING),
        Member::new("plot", &PLOT),
        Member::new("many", &WORDS).xml_flattened(),
    ],
);

pub(crate) static SERVICE: Service = Service {
    id: "t#Service",
    sdk_id: "T",
    version: "2020-01-02",
    protocol: query::AWS_QUERY,
    auth: &[Auth::None],
    endpoint_rules: "",
    endpoint_prefix: "t",
    xml_namespace: None,
    traits: &[],
};
pub(crate) static NAMESPACED: Service = Service {
    xml_namespace: Some(("urn:service", "")),
    ..SERVICE
};
static ERRORS: [&Schema; 2] = [&MISSING, &FAULT];

/// An operation with this input, which is also its output.
pub(crate) fn operation(shape: &'static Schema) -> Operation {
    Operation::new("Tend", &SERVICE, shape, shape)
        .http("PUT", "/gardens", 200)
        .errors(&ERRORS)
}

/// The request for an input.
pub(crate) fn request(protocol: Protocol, input: &mut dyn Shape) -> Result<Request, EncodeError> {
    protocol.request(&operation(input.schema()), input)
}

pub(crate) fn text_of(request: Request) -> String {
    let Body::Bytes(bytes) = request.body else {
        panic!("a stream")
    };
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// The body of the request for an input.
pub(crate) fn body(protocol: Protocol, input: &mut dyn Shape) -> String {
    text_of(request(protocol, input).expect("it can be encoded"))
}

pub(crate) fn header_map(headers: &[(&str, &str)]) -> HeaderMap {
    let pair = |(name, value): &(&str, &str)| {
        let name = HeaderName::from_bytes(name.as_bytes()).expect("a name");
        (name, HeaderValue::from_str(value).expect("a value"))
    };
    headers.iter().map(pair).collect()
}

/// Reads a response.
pub(crate) fn respond<T: Shape>(protocol: Protocol, body: &str) -> Result<T, DecodeError> {
    let mut output = T::blank();
    respond_into(protocol, &mut output, body.as_bytes())?;
    Ok(output)
}

pub(crate) fn respond_into(
    protocol: Protocol,
    output: &mut dyn Shape,
    body: &[u8],
) -> Result<(), DecodeError> {
    let body = Body::Bytes(Bytes::copy_from_slice(body));
    let operation = operation(output.schema());
    protocol.response(
        &operation,
        StatusCode::OK,
        &header_map(&[("x-header", "h")]),
        body,
        output,
    )
}

/// The message of the error for a body.
pub(crate) fn broken<T: Shape>(protocol: Protocol, body: &str) -> String {
    let read = respond::<T>(protocol, body);
    read.err().expect("it is broken").to_string()
}

/// The error in a response.
pub(crate) fn error(
    protocol: Protocol,
    status: u16,
    headers: &[(&str, &str)],
    body: &str,
) -> ServiceError {
    let status = StatusCode::from_u16(status).expect("a status");
    let body = Bytes::copy_from_slice(body.as_bytes());
    protocol.error(&operation(&GARDEN), status, &header_map(headers), body)
}
