//! The service: protocols, authentication, endpoints.

use super::super::build::{TraitsBuilder, array, entry, object, string_node, target};

use super::shapes::{C2jShapes, description, xml_namespace};
use super::{FileKind, capital, elements, entries, identifier, is_set, start, string};
use crate::node::{Entry, KeySpan, Node, Span};
use crate::registry::{NO_AUTH, protocol};
use std::collections::BTreeSet;

/// Our own trait for the name that RPC protocols send, if it isn't a Smithy identifier.
pub(crate) const SERVICE_NAME: &str = "swage#serviceName";

/// The service, as an entry of the AST's `shapes`.
pub(super) fn to_ast<'a>(
    shapes: &C2jShapes<'a>,
    find: &dyn Fn(FileKind) -> Option<&'a Node>,
) -> Entry {
    let model = shapes.model;
    let span = start(model);
    let nothing = object(Vec::new(), span);
    let metadata = model.get("metadata").unwrap_or(&nothing);
    let mut properties = vec![entry("type", string_node("service", span))];
    properties.extend(
        metadata
            .get("apiVersion")
            .map(|version| entry("version", version.clone())),
    );
    let operations = entries(model, "operations").iter();
    let operations = operations
        .map(|operation| target(shapes.operation_id(&operation.key), operation.key_span.0));
    properties.push(entry("operations", array(operations.collect(), span)));
    let name = name(shapes, metadata);
    let mut traits = TraitsBuilder::default();
    describe(metadata, &name, &mut traits, span);
    description(model, &mut traits);
    authentication(model, metadata, &mut traits, span);
    protocols(shapes, metadata, &mut traits, span);
    endpoints(model, find, &mut traits);
    discovery(shapes, &mut traits);
    if let Some(prefix) = metadata
        .get("targetPrefix")
        .filter(|prefix| prefix.as_str() != Some(&name))
    {
        traits.add(SERVICE_NAME, prefix.clone());
    }
    properties.extend(traits.finish(span));
    Entry {
        key: shapes.operation_id(&name).into(),
        key_span: KeySpan(span),
        value: object(properties, span),
    }
}

/// The name of the service's shape: the part after the last dot of `targetPrefix`, or else the words of another name.
fn name(shapes: &C2jShapes<'_>, metadata: &Node) -> String {
    let target = string(metadata, "targetPrefix").and_then(|prefix| prefix.rsplit('.').next());
    let given = ["serviceId", "serviceAbbreviation", "endpointPrefix"]
        .into_iter()
        .find_map(|key| string(metadata, key));
    let words = || {
        given
            .unwrap_or("Service")
            .split([' ', '-', '.'])
            .map(capital)
            .collect()
    };
    let mut name = identifier(&target.map_or_else(words, str::to_owned)).into_owned();
    while shapes.has_name(&name) {
        name.push_str("Service");
    }
    name
}

fn describe(metadata: &Node, name: &str, traits: &mut TraitsBuilder, span: Span) {
    let id = ["serviceId", "serviceAbbreviation", "serviceFullName"]
        .into_iter()
        .find_map(|key| metadata.get(key));
    let id = id.cloned().unwrap_or_else(|| string_node(name, span));
    let mut service = vec![entry("sdkId", id)];
    service.extend(
        metadata
            .get("endpointPrefix")
            .map(|prefix| entry("endpointPrefix", prefix.clone())),
    );
    traits.add("aws.api#service", object(service, span));
    if let Some(title) = metadata.get("serviceFullName") {
        traits.add("smithy.api#title", title.clone());
    }
    if let Some(namespace) = metadata.get("xmlNamespace") {
        traits.add("smithy.api#xmlNamespace", xml_namespace(namespace));
    }
}

/// The schemes of the service. Those that only some operations use get their trait as well, but aren't in `@auth`.
fn authentication(model: &Node, metadata: &Node, traits: &mut TraitsBuilder, span: Span) {
    let signing_name = ["signingName", "endpointPrefix", "serviceId"]
        .into_iter()
        .find_map(|key| metadata.get(key));
    let signing_name = signing_name
        .cloned()
        .unwrap_or_else(|| string_node("service", span));
    let by_version = match string(metadata, "signatureVersion") {
        Some("bearer") => Some("smithy.api#httpBearerAuth"),
        None | Some("none") => None,
        Some(_) => Some("aws.auth#sigv4"),
    };
    let listed = elements(metadata, "auth").iter().filter_map(Node::as_str);
    let mut own: Vec<&str> = listed.filter(|scheme| *scheme != NO_AUTH).collect();
    if own.is_empty() {
        own.extend(by_version);
    }
    let operations = entries(model, "operations").iter();
    let used = operations
        .flat_map(|operation| elements(&operation.value, "auth"))
        .filter_map(Node::as_str);
    let others: BTreeSet<&str> = used
        .filter(|scheme| *scheme != NO_AUTH && !own.contains(scheme))
        .collect();
    for scheme in own
        .iter()
        .copied()
        .chain(by_version)
        .chain(others.iter().copied())
    {
        match scheme {
            "aws.auth#sigv4" | "aws.auth#sigv4a" => traits.add(
                scheme.to_owned(),
                object(vec![entry("name", signing_name.clone())], span),
            ),
            other => traits.mark(other.to_owned(), span),
        }
    }
    // A single scheme needs no order.
    if own.len() > 1 || !others.is_empty() {
        traits.add(
            "smithy.api#auth",
            array(
                own.iter()
                    .map(|scheme| string_node(*scheme, span))
                    .collect(),
                span,
            ),
        );
    }
}

/// The names of protocols in this format, with `jsonVersion` for `json`.
const PROTOCOLS: [(&str, &str); 8] = [
    ("json 1.0", "aws.protocols#awsJson1_0"),
    ("json 1.1", "aws.protocols#awsJson1_1"),
    ("rest-json", "aws.protocols#restJson1"),
    ("rest-xml", "aws.protocols#restXml"),
    ("query", "aws.protocols#awsQuery"),
    ("ec2", "aws.protocols#ec2Query"),
    ("smithy-rpc-v2-cbor", "smithy.protocols#rpcv2Cbor"),
    ("smithy-rpc-v2-json", "smithy.protocols#rpcv2Json"),
];

fn protocols(shapes: &C2jShapes<'_>, metadata: &Node, traits: &mut TraitsBuilder, span: Span) {
    for name in &shapes.protocols {
        let name = match *name {
            "json" if string(metadata, "jsonVersion") == Some("1.1") => "json 1.1",
            "json" => "json 1.0",
            name => name,
        };
        let mut known = PROTOCOLS.iter().filter(|(own, _)| *own == name);
        let Some(known) = known.find_map(|(_, id)| protocol(id)) else {
            continue;
        };
        let http2 = metadata
            .get("protocolSettings")
            .and_then(|settings| string(settings, "h2"));
        let settings = http2
            .filter(|_| known.http_versions)
            .map(|_| http_versions(span));
        traits.add(known.id, object(settings.unwrap_or_default(), span));
    }
    if let Some(compatible) = metadata.get("awsQueryCompatible") {
        traits.mark("aws.protocols#awsQueryCompatible", compatible.span);
    }
}

/// HTTP/2 for event streams, either version otherwise.
fn http_versions(span: Span) -> Vec<Entry> {
    let versions = |all: &[&str]| {
        array(
            all.iter()
                .map(|version| string_node(*version, span))
                .collect(),
            span,
        )
    };
    vec![
        entry("http", versions(&["http/1.1", "h2"])),
        entry("eventStreamHttp", versions(&["h2"])),
    ]
}

/// The operation that names endpoints, and the error that the SDKs know for outdated ones.
fn discovery(shapes: &C2jShapes<'_>, traits: &mut TraitsBuilder) {
    let mut operations = entries(shapes.model, "operations").iter();
    let Some(operation) = operations.find(|of| is_set(&of.value, "endpointoperation")) else {
        return;
    };
    let span = operation.key_span.0;
    let id = |id| string_node(id, span);
    let value = vec![
        entry("operation", id(shapes.operation_id(&operation.key))),
        entry("error", id(shapes.id("InvalidEndpointException"))),
    ];
    traits.add("aws.api#clientEndpointDiscovery", object(value, span));
}

fn endpoints<'a>(
    model: &Node,
    find: &dyn Fn(FileKind) -> Option<&'a Node>,
    traits: &mut TraitsBuilder,
) {
    if let Some(parameters) = model.get("clientContextParams") {
        traits.add("smithy.rules#clientContextParams", parameters.clone());
    }
    let files = [
        (FileKind::RuleSet, "smithy.rules#endpointRuleSet"),
        (FileKind::Bdd, "smithy.rules#endpointBdd"),
        (FileKind::EndpointTests, "smithy.rules#endpointTests"),
    ];
    for (part, name) in files {
        if let Some(file) = find(part) {
            traits.add(name, file.clone());
        }
    }
}
