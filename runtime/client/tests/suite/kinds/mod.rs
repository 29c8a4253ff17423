//! A small model with every type of shape, both typed as in generated code and by schema only.

use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document};
use std::collections::HashMap;
use swage_client::__private::{IntEnum, Shape, StringEnum};
use swage_client::operation::{Auth, Operation, Service};
use swage_client::protocol::rest_json;
use swage_client::schema::{self, Kind, Member, Schema, TimestampFormat, Trait};
use swage_client::shape::UnknownMember;
use swage_client::{Value, shape_value};

#[derive(Clone, Debug, PartialEq, Eq, Hash, StringEnum)]
pub(crate) enum Suit {
    #[wire("CLUB")]
    Club,
    #[wire("HEART")]
    Heart,
    Unknown(String),
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, IntEnum)]
pub(crate) enum Level {
    #[wire(1)]
    Low,
    Unknown(i32),
}

#[derive(Clone, Debug, PartialEq, Shape)]
#[shape(CHOICE)]
pub(crate) enum Choice {
    Text(String),
    Number(i32),
    Unknown(UnknownMember),
}

pub(crate) static SUIT: Schema =
    Schema::simple("t#Suit", Kind::Enum).with(&[Trait::EnumValues(&["CLUB", "HEART"])]);
pub(crate) static LEVEL: Schema =
    Schema::simple("t#Level", Kind::IntEnum).with(&[Trait::IntEnumValues(&[1])]);
pub(crate) static SECRET: Schema = Schema::simple("t#Secret", Kind::String).sensitive();
pub(crate) static MEDIA: Schema =
    Schema::simple("t#Media", Kind::String).with(&[Trait::MediaType("application/json")]);
pub(crate) static NON_EMPTY: Schema =
    Schema::simple("t#NonEmpty", Kind::String).with(&[Trait::Length(Some(1), Some(3))]);
pub(crate) static POSITIVE: Schema =
    Schema::simple("t#Positive", Kind::Integer).with(&[Trait::Range(Some(1.0), Some(9.0))]);
pub(crate) static PIN: Schema = Schema::simple("t#Pin", Kind::Integer)
    .with(&[Trait::Range(Some(1000.0), None)])
    .sensitive();
pub(crate) static STRINGS: Schema =
    Schema::list("t#Strings", &[Member::new("member", &schema::STRING)]);
pub(crate) static NAMES: Schema = Schema::list("t#Names", &[Member::new("member", &NON_EMPTY)])
    .with(&[Trait::Length(Some(1), None)]);
pub(crate) static SPARSE: Schema =
    Schema::list("t#Sparse", &[Member::new("member", &schema::INTEGER)]).sparse();
pub(crate) static TIMES: Schema =
    Schema::list("t#Times", &[Member::new("member", &schema::TIMESTAMP)]);
pub(crate) static SECRETS: Schema = Schema::list("t#Secrets", &[Member::new("member", &SECRET)]);
pub(crate) static MAP: Schema = Schema::map(
    "t#Map",
    &[
        Member::new("key", &schema::STRING),
        Member::new("value", &schema::STRING),
    ],
);
pub(crate) static VAULT: Schema = Schema::map(
    "t#Vault",
    &[
        Member::new("key", &SECRET),
        Member::new("value", &schema::INTEGER),
    ],
);
pub(crate) static SPARSE_MAP: Schema = Schema::map(
    "t#SparseMap",
    &[
        Member::new("key", &SUIT),
        Member::new("value", &schema::STRING),
    ],
)
.sparse();
pub(crate) static LISTS: Schema = Schema::map(
    "t#Lists",
    &[
        Member::new("key", &schema::STRING),
        Member::new("value", &STRINGS),
    ],
);
pub(crate) static CHOICE: Schema = Schema::union(
    "t#Choice",
    &[
        Member::new("text", &schema::STRING),
        Member::new("number", &schema::INTEGER),
    ],
);
pub(crate) static STREAM: Schema = Schema::simple("t#Stream", Kind::Blob).streaming();

/// Defines a structure's fields, schema and impls, as codegen would write them.
macro_rules! structure {
    ($name:ident $table:ident { $($index:literal $field:ident: $type:ty = $member:expr),* $(,)? }) => {
        #[derive(Debug, Default)]
        pub(crate) struct $name { $(pub(crate) $field: $type),* }
        pub(crate) static $table: Schema = Schema::structure(concat!("t#", stringify!($name)), &[$($member),*]);
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

structure!(Kinds KINDS {
    0 boolean: Option<bool> = Member::new("boolean", &schema::BOOLEAN),
    1 byte: Option<i8> = Member::new("byte", &schema::BYTE),
    2 long: Option<i64> = Member::new("long", &schema::LONG),
    3 float: Option<f32> = Member::new("float", &schema::FLOAT),
    4 double: Option<f64> = Member::new("double", &schema::DOUBLE),
    5 big_integer: Option<BigInteger> = Member::new("bigInteger", &schema::BIG_INTEGER),
    6 big_decimal: Option<BigDecimal> = Member::new("bigDecimal", &schema::BIG_DECIMAL),
    7 string: Option<String> = Member::new("string", &schema::STRING).json_name(&"str\"ing"),
    8 suit: Option<Suit> = Member::new("suit", &SUIT),
    9 level: Option<Level> = Member::new("level", &LEVEL),
    10 blob: Option<Blob> = Member::new("blob", &schema::BLOB),
    11 time: Option<DateTime> = Member::new("time", &schema::TIMESTAMP),
    12 date_time: Option<DateTime> =
        Member::new("dateTime", &schema::TIMESTAMP).with(&[Trait::TimestampFormat(TimestampFormat::DateTime)]),
    13 http_date: Option<DateTime> =
        Member::new("httpDate", &schema::TIMESTAMP).with(&[Trait::TimestampFormat(TimestampFormat::HttpDate)]),
    14 document: Option<Document> = Member::new("document", &schema::DOCUMENT),
    15 list: Option<Vec<String>> = Member::new("list", &STRINGS),
    16 sparse: Option<Vec<Option<i32>>> = Member::new("sparse", &SPARSE),
    17 map: Option<HashMap<String, String>> = Member::new("map", &MAP),
    18 sparse_map: Option<HashMap<Suit, Option<String>>> = Member::new("sparseMap", &SPARSE_MAP),
    19 choice: Option<Choice> = Member::new("choice", &CHOICE),
    20 nested: Option<Box<Kinds>> = Member::new("nested", &KINDS),
    21 secret: Option<String> = Member::new("secret", &SECRET),
    22 secrets: Option<Vec<String>> = Member::new("secrets", &SECRETS),
    23 misplaced: Option<String> = Member::new("misplaced", &schema::STRING).header(&"x-misplaced"),
    24 vault: Option<HashMap<String, i32>> = Member::new("vault", &VAULT),
});

structure!(Bound BOUND {
    0 label: Option<String> = Member::new("label", &schema::STRING).label().required(),
    1 greedy: Option<String> = Member::new("greedy", &schema::STRING).label().required(),
    2 since: Option<DateTime> = Member::new("since", &schema::TIMESTAMP).query(&"since"),
    3 names: Option<Vec<String>> = Member::new("names", &STRINGS).query(&"name"),
    4 params: Option<HashMap<String, Vec<String>>> = Member::new("params", &LISTS).query_params(),
    5 tags: Option<Vec<String>> = Member::new("tags", &STRINGS).header(&"X-Tags"),
    6 times: Option<Vec<DateTime>> = Member::new("times", &TIMES).header(&"X-Times"),
    7 media: Option<String> = Member::new("media", &MEDIA).header(&"X-Media"),
    8 token: Option<String> = Member::new("token", &SECRET).header(&"X-Token"),
    9 meta: Option<HashMap<String, String>> = Member::new("meta", &MAP).prefix_headers(&"X-Meta-"),
    10 ratio: Option<f64> = Member::new("ratio", &schema::DOUBLE).header(&"X-Ratio"),
    11 status: Option<i32> = Member::new("status", &schema::INTEGER).response_code(),
    12 account: Option<String> = Member::new("account", &schema::STRING).host_label(),
    13 client_token: Option<String> = Member::new("clientToken", &schema::STRING).idempotency_token().required(),
    14 keys: Option<Vec<String>> = Member::new("keys", &SECRETS).header(&"X-Keys"),
});

structure!(Part PART {
    0 id: Option<String> = Member::new("Id", &NON_EMPTY).required(),
    1 count: Option<i32> = Member::new("Count", &POSITIVE),
});

structure!(Checked CHECKED {
    0 name: Option<String> = Member::new("Name", &NON_EMPTY).required(),
    1 names: Option<Vec<String>> = Member::new("Names", &NAMES).required(),
    2 token: Option<String> = Member::new("Token", &NON_EMPTY).required().idempotency_token(),
    3 part: Option<Part> = Member::new("Part", &PART),
    4 pin: Option<i32> = Member::new("Pin", &PIN),
    5 choice: Option<Choice> = Member::new("Choice", &CHOICE),
});

pub(crate) static SERVICE: Service = Service {
    id: "t#Service",
    sdk_id: "T",
    version: "1",
    protocol: rest_json::REST_JSON_1,
    auth: &[Auth::None],
    endpoint_rules: "",
    endpoint_prefix: "t",
    xml_namespace: None,
    traits: &[],
};

/// An operation with this input, which is also its output.
pub(crate) fn operation(
    method: &'static str,
    uri: &'static str,
    shape: &'static Schema,
) -> Operation {
    Operation {
        name: "Do",
        service: &SERVICE,
        input: shape,
        output: shape,
        errors: &[],
        method,
        uri,
        code: 200,
        host_prefix: "",
        auth: None,
        optional_auth: false,
        traits: &[],
    }
}

structure!(Upload UPLOAD {
    0 data: Option<aws_smithy_types::byte_stream::ByteStream> = Member::new("data", &STREAM).payload(),
});
structure!(BlobBody BLOB_BODY {
    0 data: Option<Blob> = Member::new("data", &schema::BLOB).payload(),
    1 content_type: Option<String> = Member::new("contentType", &schema::STRING).header(&"Content-Type"),
});
structure!(TextBody TEXT_BODY { 0 data: Option<Suit> = Member::new("data", &SUIT).payload() });
structure!(PartBody PART_BODY { 0 data: Option<Part> = Member::new("data", &PART).payload() });
structure!(ChoiceBody CHOICE_BODY { 0 data: Option<Choice> = Member::new("data", &CHOICE).payload() });
structure!(DocumentBody DOCUMENT_BODY {
    0 data: Option<Document> = Member::new("data", &schema::DOCUMENT).payload(),
});

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use swage_client::error::{DecodeError, EncodeError};
use swage_client::protocol::{Body, HttpProtocol, Request};

pub(crate) fn rest_json() -> &'static dyn HttpProtocol {
    rest_json::REST_JSON_1
}

/// The request for an input, as POST to `/`.
pub(crate) fn request(input: &mut dyn Shape) -> Result<Request, EncodeError> {
    let schema = input.schema();
    rest_json().request(&operation("POST", "/", schema), input)
}

/// The body of the request for an input.
pub(crate) fn body(input: &mut dyn Shape) -> String {
    let Body::Bytes(bytes) = request(input).expect("it can be encoded").body else {
        panic!("a stream")
    };
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

pub(crate) fn header_map(headers: &[(&str, &str)]) -> HeaderMap {
    let pairs = headers.iter().map(|(name, value)| {
        let name = HeaderName::from_bytes(name.as_bytes()).expect("a name");
        (
            name,
            HeaderValue::from_bytes(value.as_bytes()).expect("a value"),
        )
    });
    let mut map = HeaderMap::new();
    for (name, value) in pairs {
        map.append(name, value);
    }
    map
}

/// Reads a response.
pub(crate) fn respond<T: Shape>(headers: &[(&str, &str)], body: &str) -> Result<T, DecodeError> {
    let mut output = T::blank();
    respond_into(&mut output, headers, body)?;
    Ok(output)
}

pub(crate) fn respond_into(
    output: &mut dyn Shape,
    headers: &[(&str, &str)],
    body: &str,
) -> Result<(), DecodeError> {
    let body = Body::Bytes(Bytes::copy_from_slice(body.as_bytes()));
    let operation = operation("POST", "/", output.schema());
    rest_json().response(
        &operation,
        StatusCode::CREATED,
        &header_map(headers),
        body,
        output,
    )
}

/// The message of the error for a body.
pub(crate) fn broken<T: Shape>(body: &str) -> String {
    respond::<T>(&[], body)
        .err()
        .expect("it is broken")
        .to_string()
}
