//! Members: their bindings and wire names.

use super::super::build::{TraitsBuilder, entry, object, string_node};
use super::shapes::{C2jShapes, description, kind, timestamp_format, xml_namespace};
use super::{capital, elements, entries, identifier, is_set, string};
use crate::node::{Entry, KeySpan, Node, Span};
use std::collections::BTreeMap;

const JSON: [&str; 2] = ["json", "rest-json"];
const XML: [&str; 3] = ["rest-xml", "query", "ec2"];

/// A member with its structure and target.
struct MemberContext<'a> {
    name: &'a str,
    node: &'a Node,
    target: Option<&'a Node>,
    span: Span,
}

impl<'a> MemberContext<'a> {
    /// A property of the member, or else of its target.
    fn get(&self, key: &str) -> Option<&'a Node> {
        self.node.get(key).or_else(|| self.target?.get(key))
    }

    fn is_set(&self, key: &str) -> bool {
        self.get(key).and_then(Node::as_bool) == Some(true)
    }

    fn target_kind(&self) -> &'a str {
        self.target.and_then(kind).unwrap_or_default()
    }
}

/// The members of a structure. Shapes that are needed only for one member are added to `derived`.
pub(super) fn all<'a>(
    shapes: &C2jShapes<'a>,
    shape: &'a Entry,
    derived: &mut BTreeMap<String, Entry>,
) -> Vec<Entry> {
    let structure = &shape.value;
    let required: Vec<&str> = elements(structure, "required")
        .iter()
        .filter_map(Node::as_str)
        .collect();
    let mut members = Vec::new();
    for one in entries(structure, "members") {
        let target = string(&one.value, "shape").and_then(|name| shapes.get(name));
        let member = MemberContext {
            name: &one.key,
            node: &one.value,
            target,
            span: one.key_span.0,
        };
        if has_no_place(shapes, &member, structure) {
            continue;
        }
        let mut traits = TraitsBuilder::default();
        // Labels are always required.
        if required.contains(&member.name) || string(member.node, "location") == Some("uri") {
            traits.mark("smithy.api#required", member.span);
        }
        bind(shapes, &member, shape, &mut traits);
        header_text(shapes, &member, shape, &mut traits);
        other_traits(&member, &mut traits);
        if member.is_set("endpointdiscoveryid") {
            traits.mark("aws.api#clientEndpointDiscoveryId", member.span);
        }
        description(member.node, &mut traits);
        let target = member_target(shapes, &member, derived);
        let mut properties = Vec::with_capacity(2);
        properties.push(entry("target", target));
        properties.extend(traits.finish(member.span));
        members.push(Entry {
            key: identifier(member.name).into_owned().into(),
            key_span: KeySpan(member.span),
            value: object(properties, member.span),
        });
    }
    members
}

/// Whether REST protocols can't send a member: it has no binding, and another member is the whole body.
fn has_no_place(shapes: &C2jShapes<'_>, member: &MemberContext<'_>, structure: &Node) -> bool {
    let payload = string(structure, "payload");
    let bound = ["location", "hostLabel"]
        .iter()
        .any(|key| member.node.get(key).is_some());
    shapes.speaks(&["rest-json", "rest-xml"])
        && !bound
        && payload.is_some_and(|payload| payload != member.name)
}

/// The member of a list, or the key or value of a map.
pub(super) fn single(shapes: &C2jShapes<'_>, node: &Node, key: &'static str) -> Option<Entry> {
    let member = node.get(key)?;
    let mut traits = TraitsBuilder::default();
    if let Some(name) = member.get("locationName").filter(|_| shapes.speaks(&XML)) {
        traits.add("smithy.api#xmlName", name.clone());
    }
    let target = string(member, "shape").and_then(|name| shapes.get(name));
    let namespace = member
        .get("xmlNamespace")
        .or_else(|| target?.get("xmlNamespace"));
    if let Some(namespace) = namespace {
        traits.add("smithy.api#xmlNamespace", xml_namespace(namespace));
    }
    timestamp_format(member, &mut traits);
    let mut properties = vec![entry("target", target_of(shapes, member))];
    properties.extend(traits.finish(member.span));
    Some(entry(key, object(properties, member.span)))
}

fn target_of(shapes: &C2jShapes<'_>, member: &Node) -> Node {
    match member.get("shape") {
        Some(shape) => string_node(shapes.id(shape.as_str().unwrap_or_default()), shape.span),
        None => string_node("", member.span),
    }
}

/// The target. If only this member makes it a stream or a string with JSON, it becomes a shape of its own.
fn member_target(
    shapes: &C2jShapes<'_>,
    member: &MemberContext<'_>,
    derived: &mut BTreeMap<String, Entry>,
) -> Node {
    let own = target_of(shapes, member.node);
    let (Some(shape), Some(target)) = (string(member.node, "shape"), member.target) else {
        return own;
    };
    let (prefix, mut traits) = if is_set(member.node, "streaming") && !is_set(target, "streaming") {
        ("Streaming", TraitsBuilder::default())
    } else if is_set(member.node, "jsonvalue") {
        ("Json", TraitsBuilder::default())
    } else {
        return own;
    };
    if prefix == "Json" {
        traits.add(
            "smithy.api#mediaType",
            string_node("application/json", member.span),
        );
    } else {
        traits.mark("smithy.api#streaming", member.span);
        if member.is_set("requiresLength") {
            traits.mark("smithy.api#requiresLength", member.span);
        }
    }
    let id = derived_id(shapes, prefix, shape);
    let mut properties = vec![entry(
        "type",
        string_node(member.target_kind(), member.span),
    )];
    properties.extend(traits.finish(member.span));
    let key_span = KeySpan(member.span);
    derived.entry(id.clone()).or_insert(Entry {
        key: id.clone().into(),
        key_span,
        value: object(properties, member.span),
    });
    string_node(id, own.span)
}

fn derived_id(shapes: &C2jShapes<'_>, prefix: &str, shape: &str) -> String {
    let mut name = format!("{prefix}{}", identifier(shape));
    while shapes.has_name(&name) {
        name.push('_');
    }
    format!("{}#{name}", shapes.namespace)
}

/// The HTTP binding, or the name in the body.
fn bind(
    shapes: &C2jShapes<'_>,
    member: &MemberContext<'_>,
    structure: &Entry,
    traits: &mut TraitsBuilder,
) {
    let name = member
        .get("locationName")
        .filter(|name| name.as_str().is_some());
    let named = || {
        name.cloned()
            .unwrap_or_else(|| string_node(member.name, member.span))
    };
    let is_map = member.target_kind() == "map";
    match string(member.node, "location") {
        Some("uri") => traits.mark("smithy.api#httpLabel", member.span),
        Some("header") => traits.add("smithy.api#httpHeader", named()),
        Some("headers") => traits.add("smithy.api#httpPrefixHeaders", named()),
        Some("querystring") if is_map => traits.mark("smithy.api#httpQueryParams", member.span),
        Some("querystring") => traits.add("smithy.api#httpQuery", named()),
        Some("statusCode") => traits.mark("smithy.api#httpResponseCode", member.span),
        Some("host") => traits.mark("smithy.api#hostLabel", member.span),
        _ => body_name(shapes, member, structure, traits),
    }
    if string(&structure.value, "payload") == Some(member.name) {
        traits.mark("smithy.api#httpPayload", member.span);
    }
}

/// The `Expires` header is often not a valid time (RFC 9111, section 5.3), so outputs get a member for its text as well.
fn header_text(
    shapes: &C2jShapes<'_>,
    member: &MemberContext<'_>,
    structure: &Entry,
    traits: &mut TraitsBuilder,
) {
    let is_expires = string(member.node, "location") == Some("header")
        && string(member.node, "locationName")
            .is_some_and(|name| name.eq_ignore_ascii_case("expires"))
        && member.target_kind() == "timestamp";
    if !is_expires || !shapes.is_returned(&structure.key) {
        return;
    }
    let name = format!("{}String", identifier(member.name));
    let is_free = structure
        .value
        .get("members")
        .is_none_or(|members| members.get(&name).is_none());
    if is_free {
        traits.add("swage.api#headerText", string_node(name, member.span));
    }
}

/// The name in the body, if it differs from the member's.
fn body_name(
    shapes: &C2jShapes<'_>,
    member: &MemberContext<'_>,
    structure: &Entry,
    traits: &mut TraitsBuilder,
) {
    let own = member
        .get("locationName")
        .filter(|name| name.as_str().is_some());
    // A member that had to be renamed keeps its wire name.
    let original =
        || (identifier(member.name) != member.name).then(|| string_node(member.name, member.span));
    let differs = |name: &Node| name.as_str() != Some(&*identifier(member.name));
    let json = own.cloned().or_else(original).filter(differs);
    if let Some(name) = json.filter(|_| shapes.speaks(&JSON)) {
        traits.add("smithy.api#jsonName", name);
    }
    if !shapes.speaks(&XML) {
        return;
    }
    let flattened = member.is_set("flattened") && matches!(member.target_kind(), "list" | "map");
    if flattened {
        traits.mark("smithy.api#xmlFlattened", member.span);
    }
    // The name of the elements in a list that is flattened itself goes before the member's name, except
    // in rest-xml requests. If only the member is flattened, its own name counts.
    let is_xml_request = shapes.speaks(&["rest-xml"]) && shapes.is_sent(&structure.key);
    let element = member
        .target
        .filter(|target| is_set(target, "flattened"))
        .and_then(|target| target.get("member")?.get("locationName"));
    let element = element.filter(|_| flattened && !is_xml_request);
    // The element of a payload doesn't get the member's name, so an explicit name always counts.
    let is_payload = string(&structure.value, "payload") == Some(member.name);
    let name = element.or(own).cloned().or_else(original);
    if let Some(name) = name.filter(|name| is_payload || differs(name)) {
        traits.add("smithy.api#xmlName", name);
    }
    if shapes.speaks(&["ec2"]) && shapes.is_sent(&structure.key) {
        ec2_name(member, own, element.is_some(), traits);
    }
}

/// The name in requests of the EC2 protocol, if it isn't the capitalized XML or member name. No service
/// has a member without a wire name that starts with a lower-case letter.
fn ec2_name(
    member: &MemberContext<'_>,
    own: Option<&Node>,
    has_element: bool,
    traits: &mut TraitsBuilder,
) {
    let given = member.node.get("queryName").cloned();
    let implied = || {
        let (name, span) = own.map_or((member.name, member.span), |own| {
            (own.as_str().unwrap_or_default(), own.span)
        });
        has_element.then(|| string_node(capital(name), span))
    };
    if let Some(name) = given.or_else(implied) {
        traits.add("aws.protocols#ec2QueryName", name);
    }
}

/// Traits that don't concern names.
fn other_traits(member: &MemberContext<'_>, traits: &mut TraitsBuilder) {
    let marks = [
        ("idempotencyToken", "smithy.api#idempotencyToken"),
        ("hostLabel", "smithy.api#hostLabel"),
        ("xmlAttribute", "smithy.api#xmlAttribute"),
        ("eventpayload", "smithy.api#eventPayload"),
        ("eventheader", "smithy.api#eventHeader"),
    ];
    for (key, name) in marks {
        if is_set(member.node, key) {
            traits.mark(name, member.span);
        }
    }
    if let Some(namespace) = member.get("xmlNamespace") {
        traits.add("smithy.api#xmlNamespace", xml_namespace(namespace));
    }
    if let Some(parameter) = member.node.get("contextParam") {
        traits.add("smithy.rules#contextParam", parameter.clone());
    }
    timestamp_format(member.node, traits);
}
