//! Operations.

use super::super::build::{TraitsBuilder, array, entry, object, string_node, target};
use super::shapes::{C2jShapes, description};
use super::{FileKind, companions, elements, entries, identifier, is_set, string, waiters};
use crate::node::{Entry, KeySpan, Node, NodeValue};

/// All operations, as entries of the AST's `shapes`.
pub(super) fn to_ast<'a>(
    shapes: &C2jShapes<'a>,
    find: &dyn Fn(FileKind) -> Option<&'a Node>,
) -> Vec<Entry> {
    let operations = entries(shapes.model, "operations").iter();
    operations
        .map(|operation| one(shapes, operation, find))
        .collect()
}

fn one<'a>(
    shapes: &C2jShapes<'a>,
    operation: &'a Entry,
    find: &dyn Fn(FileKind) -> Option<&'a Node>,
) -> Entry {
    let (node, span) = (&operation.value, operation.key_span.0);
    let mut properties = vec![entry("type", string_node("operation", span))];
    let shape = |key| node.get(key).and_then(|reference| reference.get("shape"));
    let input = shape("input").map(|shape| {
        let name = shape.as_str().unwrap_or_default();
        target(shapes.input_id(&operation.key, name), shape.span)
    });
    properties.extend(input.map(|input| entry("input", input)));
    let output = shape("output").map(|shape| reference(shapes, shape));
    properties.extend(output.map(|output| entry("output", output)));
    let errors = elements(node, "errors")
        .iter()
        .filter_map(|error| error.get("shape"));
    let errors: Vec<Node> = errors.map(|error| reference(shapes, error)).collect();
    if !errors.is_empty() {
        properties.push(entry("errors", array(errors, span)));
    }
    let mut traits = TraitsBuilder::default();
    description(node, &mut traits);
    http(shapes, node, &mut traits);
    behaviour(node, &mut traits);
    discovered(node, &mut traits);
    auth(shapes, node, &mut traits);
    let file = |part, key: &str| find(part).and_then(|file| file.get(key)?.get(&operation.key));
    if let Some(pagination) = file(FileKind::Paginators, "pagination") {
        companions::paginated(shapes, node, pagination, &mut traits);
    }
    if let Some(examples) = file(FileKind::Examples, "examples") {
        companions::examples(examples, &mut traits);
    }
    if let Some(file) = find(FileKind::Waiters) {
        waiters::waitable(shapes, operation, entries(file, "waiters"), &mut traits);
    }
    properties.extend(traits.finish(span));
    Entry {
        key: shapes.operation_id(&operation.key).into(),
        key_span: KeySpan(span),
        value: object(properties, span),
    }
}

fn reference(shapes: &C2jShapes<'_>, shape: &Node) -> Node {
    target(shapes.id(shape.as_str().unwrap_or_default()), shape.span)
}

/// The `http` trait, for REST protocols only. In Smithy, labels have the names of members.
fn http(shapes: &C2jShapes<'_>, node: &Node, traits: &mut TraitsBuilder) {
    let Some(http) = node
        .get("http")
        .filter(|_| shapes.speaks(&["rest-json", "rest-xml"]))
    else {
        return;
    };
    let method = http
        .get("method")
        .cloned()
        .unwrap_or_else(|| string_node("POST", http.span));
    let written = http.get("requestUri");
    let mut uri = written.and_then(Node::as_str).unwrap_or("/").to_owned();
    let input = node
        .get("input")
        .and_then(|input| shapes.get(string(input, "shape")?));
    for member in input
        .map(|input| entries(input, "members"))
        .unwrap_or_default()
    {
        let Some(label) = string(&member.value, "locationName") else {
            continue;
        };
        if string(&member.value, "location") == Some("uri") && label != member.key {
            let name = identifier(&member.key);
            uri = uri
                .replace(&format!("{{{label}}}"), &format!("{{{name}}}"))
                .replace(&format!("{{{label}+}}"), &format!("{{{name}+}}"));
        }
    }
    let uri = string_node(uri, written.map_or(http.span, |uri| uri.span));
    let mut parts = vec![entry("method", method), entry("uri", uri)];
    let code = http.get("responseCode").cloned();
    let default = || Node::new(NodeValue::Number("200".to_owned()), http.span);
    parts.push(entry("code", code.unwrap_or_else(default)));
    traits.add("smithy.api#http", object(parts, http.span));
}

/// Properties that are traits with the same value.
fn behaviour(node: &Node, traits: &mut TraitsBuilder) {
    let marks = [
        ("idempotent", "smithy.api#idempotent"),
        ("readonly", "smithy.api#readonly"),
        ("httpChecksumRequired", "smithy.api#httpChecksumRequired"),
        ("unsignedPayload", "aws.auth#unsignedPayload"),
    ];
    for (key, name) in marks {
        if is_set(node, key) {
            traits.mark(name, node.span);
        }
    }
    let values = [
        ("endpoint", "smithy.api#endpoint"),
        ("httpChecksum", "aws.protocols#httpChecksum"),
        ("requestcompression", "smithy.api#requestCompression"),
        ("staticContextParams", "smithy.rules#staticContextParams"),
        (
            "operationContextParams",
            "smithy.rules#operationContextParams",
        ),
    ];
    for (key, name) in values {
        if let Some(value) = node.get(key) {
            traits.add(name, value.clone());
        }
    }
}

/// Endpoint discovery of an operation.
fn discovered(node: &Node, traits: &mut TraitsBuilder) {
    if let Some(discovery) = node.get("endpointdiscovery") {
        let required = NodeValue::Boolean(is_set(discovery, "required"));
        let required = entry("required", Node::new(required, discovery.span));
        let value = object(vec![required], discovery.span);
        traits.add("aws.api#clientDiscoveredEndpoint", value);
    }
}

/// `auth` and the older `authtype`.
fn auth(shapes: &C2jShapes<'_>, node: &Node, traits: &mut TraitsBuilder) {
    match string(node, "authtype") {
        Some("none") => traits.add("smithy.api#auth", array(Vec::new(), node.span)),
        Some("bearer") => traits.add(
            "smithy.api#auth",
            array(
                vec![string_node("smithy.api#httpBearerAuth", node.span)],
                node.span,
            ),
        ),
        Some("v4-unsigned-body") => traits.mark("aws.auth#unsignedPayload", node.span),
        _ => {}
    }
    let service = shapes
        .model
        .get("metadata")
        .and_then(|metadata| metadata.get("auth"));
    let Some(listed) = node.get("auth").or(service) else {
        return;
    };
    if companions::has_no_auth(listed) {
        traits.mark("smithy.api#optionalAuth", listed.span);
    }
    if node.get("auth").is_some() {
        traits.add("smithy.api#auth", companions::schemes(listed));
    }
}
