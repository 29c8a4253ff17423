//! The service's side of the protocols, by the same cases: requests are read, responses are written.

use crate::cases::{Case, Kind, Target, text};
use crate::params;
use crate::run::{Checked, collect, one};
use crate::tree::Tree;
use aws_smithy_types::base64;
use bytes::Bytes;
use http::Request;
use http::request::Parts;
use swage_client::operation::{ServerProtocol, Thrown};
use swage_client::protocol::Body;
use swage_client::{Record, Shape};
use swage_codegen::node::{Entry, Node};

/// Whether a case is one for servers, too.
pub(crate) fn applies(case: &Case<'_>) -> bool {
    let is_kind = matches!(case.kind, Kind::Request | Kind::Response | Kind::Error);
    is_kind && case.target.is_some() && case.text("appliesTo") != Some("client")
}

/// Cases that don't apply, by the starts of their ids and the reasons.
const SKIPPED: [(&[&str], &str); 7] = [
    (
        &["SDKAppend", "SDKApplied"],
        "the case has no body, because it would be compressed",
    ),
    (
        &["AwsJson10EndpointTrait", "MachinelearningPredict"],
        "the case lacks the header that names the operation",
    ),
    (
        &[
            "AwsJson10Server",
            "RestJsonServerPopulatesDefaults",
            "RpcV2CborServer",
            "RpcV2JsonRequestServer",
        ],
        "zeros that clients don't fill in aren't in our tables",
    ),
    (
        &[
            "S3DefaultAddressing",
            "S3Escape",
            "S3OperationAddressing",
            "S3Preserves",
            "S3VirtualHost",
        ],
        "the bucket is in the host's name",
    ),
    (
        &[
            "AllQueryStringTypes",
            "RestXmlQueryStringEscaping",
            "RestXmlSupports",
            "RestXmlZeroAndFalse",
        ],
        "servers put all parameters into the map",
    ),
    (
        &[
            "Ec2EmptyQueryLists",
            "QueryEmptyQueryMaps",
            "RestJsonOmitsEmptyListQueryValues",
            "RestJsonStreamingTraits",
            "GlacierVersionHeader",
            "RestJsonHttpWithEmptyStructurePayload",
            "RestJsonHttpWithHeadersButNoPayload",
            "RestJsonHttpPayloadWithStructureAndEmptyResponseBody",
        ],
        "what isn't set and what is empty look the same",
    ),
    (
        &[
            "HttpEmptyPrefixHeadersResponseServer",
            "RestJsonHttpEmptyPrefixHeadersResponseServer",
            "RestJsonHttpResponseCodeDefaults",
        ],
        "the output that is read has more than the one that was written",
    ),
];

/// Why a case doesn't apply to our servers; `None` if it does.
pub(crate) fn skipped(case: &Case<'_>) -> Option<&'static str> {
    let mut skipped = SKIPPED.iter();
    let found = skipped.find(|(starts, _)| starts.iter().any(|start| case.id.starts_with(start)));
    found.map(|(_, reason)| *reason)
}

/// Runs a case.
pub(crate) async fn check(case: &Case<'_>, target: Target) -> Checked {
    let protocol = target.service.protocol.server();
    let protocol = protocol.ok_or_else(|| one("the protocol has no service's side"))?;
    let checked = match case.kind {
        Kind::Request => check_request(case, target, protocol).await,
        Kind::Response => check_response(case, target, protocol).await,
        _ => check_error(case, target, protocol).await,
    };
    checked.map_err(one)
}

/// The values that a case has.
fn filled(case: &Case<'_>, mut record: Record) -> Result<Record, String> {
    if let Some(params) = case.node.get("params") {
        params::fill(&mut record, params).map_err(|error| error.to_string())?;
    }
    Ok(record)
}

async fn check_request(
    case: &Case<'_>,
    target: Target,
    protocol: &dyn ServerProtocol,
) -> Result<(), String> {
    let (head, body) = request(case.node)?;
    if !protocol.is_for(target.operation, &head, &body) {
        return Err("the request isn't recognized".to_owned());
    }
    let mut found = Record::new(target.operation.input);
    protocol
        .read_request(target.operation, &head, body, &mut found)
        .map_err(|error| error.to_string())?;
    let expected = filled(case, Record::new(target.operation.input))?;
    compare(expected, found).await
}

async fn compare(mut expected: Record, mut found: Record) -> Result<(), String> {
    collect(&mut expected).await?;
    collect(&mut found).await?;
    let tree = |shape: &dyn Shape| Tree::of(shape).map_err(|error| error.to_string());
    let difference = tree(&expected)?.difference(&tree(&found)?);
    difference.map_or(Ok(()), Err)
}

/// The request of a case.
fn request(case: &Node) -> Result<(Parts, Bytes), String> {
    let body = text(case, "body").unwrap_or_default();
    let body = match text(case, "bodyMediaType") {
        Some("application/cbor") => base64::decode(body).map_err(|error| error.to_string())?,
        _ => body.as_bytes().to_vec(),
    };
    let pairs = case.get("queryParams").and_then(Node::elements);
    let pairs = pairs.unwrap_or_default().iter().filter_map(Node::as_str);
    // A space can't be in a query: the case means it encoded.
    let pairs: Vec<_> = pairs.map(|pair| pair.replace(' ', "%20")).collect();
    let uri = text(case, "uri").unwrap_or_default();
    let uri = if pairs.is_empty() {
        uri.to_owned()
    } else {
        format!("{uri}?{}", pairs.join("&"))
    };
    let mut request = Request::builder()
        .method(text(case, "method").unwrap_or_default())
        .uri(uri);
    for Entry { key, value, .. } in case
        .get("headers")
        .and_then(Node::entries)
        .unwrap_or_default()
    {
        request = request.header(&**key, value.as_str().unwrap_or_default());
    }
    let request = request.body(()).map_err(|error| error.to_string())?;
    Ok((request.into_parts().0, body.into()))
}

/// Writes the output of a case, and reads it as a client does.
async fn check_response(
    case: &Case<'_>,
    target: Target,
    protocol: &dyn ServerProtocol,
) -> Result<(), String> {
    let operation = target.operation;
    let mut output = filled(case, Record::new(operation.output))?;
    let response = protocol.respond(operation, &mut output);
    let (head, body) = response.map_err(|error| error.to_string())?.into_parts();
    expect_code(case, head.status.as_u16())?;
    let mut found = Record::new(operation.output);
    let body = Body::Bytes(body);
    let client = target.service.protocol;
    client
        .response(operation, head.status, &head.headers, body, &mut found)
        .map_err(|error| error.to_string())?;
    compare(filled(case, Record::new(operation.output))?, found).await
}

/// Writes the error of a case, and reads it as a client does.
async fn check_error(
    case: &Case<'_>,
    target: Target,
    protocol: &dyn ServerProtocol,
) -> Result<(), String> {
    let operation = target.operation;
    let mut schemas = operation.errors.iter();
    let is_it = |code: &str, name: &str| Some(code) == case.code || Some(name) == case.code;
    let schema = schemas.find(|schema| {
        let code = schema.query_error().map_or(schema.name(), |(code, _)| code);
        is_it(code, schema.name())
    });
    let schema = schema.ok_or("the operation has no such error")?;
    let error = filled(case, Record::new(schema))?;
    let thrown = Thrown {
        name: schema.name(),
        message: None,
        modeled: Some(&error),
    };
    let response = protocol.fail(operation, &thrown);
    let (head, body) = response.map_err(|error| error.to_string())?.into_parts();
    expect_code(case, head.status.as_u16())?;
    let client = target.service.protocol;
    let read = client.error(operation, head.status, &head.headers, body);
    let is_known = read
        .schema
        .is_some_and(|found| std::ptr::eq(found, *schema));
    if !is_known {
        return Err(format!("found the error {:?}", read.code));
    }
    let mut found = Record::new(schema);
    swage_client::protocol::read_error(client, &read, &mut found)
        .map_err(|error| error.to_string())?;
    compare(error, found).await
}

fn expect_code(case: &Case<'_>, found: u16) -> Result<(), String> {
    let expected = case.node.get("code").and_then(Node::as_i64);
    match expected.filter(|expected| *expected != i64::from(found)) {
        Some(expected) => Err(format!("expected the status {expected}, found {found}")),
        None => Ok(()),
    }
}
