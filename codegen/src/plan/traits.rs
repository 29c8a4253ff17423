//! Converts traits to the plan.

use super::{DefaultValue, Flag, Marks, TimestampFormat, Trait};
use crate::model::Traits;
use crate::node::{Entry, Node, NodeValue};

/// The flags and traits of a shape.
pub(super) fn of_shape(traits: &Traits) -> Marks {
    let flags = [
        ("sensitive", Flag::Sensitive),
        ("sparse", Flag::Sparse),
        ("streaming", Flag::Streaming),
        ("requiresLength", Flag::RequiresLength),
        ("alloy#untagged", Flag::Untagged),
    ];
    Marks {
        flags: present(traits, &flags),
        traits: valued(traits),
    }
}

/// The flags and traits of a member.
pub(super) fn of_member(traits: &Traits) -> Marks {
    let flags = [
        ("required", Flag::Required),
        ("clientOptional", Flag::ClientOptional),
        ("idempotencyToken", Flag::IdempotencyToken),
        ("xmlFlattened", Flag::XmlFlattened),
        ("xmlAttribute", Flag::XmlAttribute),
        ("hostLabel", Flag::HostLabel),
        ("swage.api#lastSegment", Flag::LastSegment),
        ("swage.api#ascii", Flag::Ascii),
        ("swage.api#endpointUrl", Flag::EndpointUrl),
        ("aws.api#clientEndpointDiscoveryId", Flag::EndpointId),
        ("swage.cli#json", Flag::JsonText),
        ("swage.cli#zipFile", Flag::ZipFile),
        ("deprecated", Flag::Deprecated),
        ("alloy#nullable", Flag::Nullable),
        ("alloy#jsonUnknown", Flag::JsonUnknown),
    ];
    Marks {
        flags: present(traits, &flags),
        traits: valued(traits),
    }
}

fn present(traits: &Traits, flags: &[(&str, Flag)]) -> Vec<Flag> {
    flags
        .iter()
        .filter(|(name, _)| traits.has(name))
        .map(|(_, flag)| *flag)
        .collect()
}

/// The strings of an array.
pub(super) fn texts(node: Option<&Node>) -> Vec<String> {
    let elements = node.and_then(Node::elements).unwrap_or_default();
    elements
        .iter()
        .filter_map(Node::as_str)
        .map(str::to_owned)
        .collect()
}

/// `@default`, for members that the client sets.
pub(super) fn default(traits: &Traits) -> Option<Trait> {
    Some(Trait::Default(match &traits.get("default")?.value {
        NodeValue::Null => return None,
        NodeValue::Boolean(value) => DefaultValue::Boolean(*value),
        NodeValue::Number(digits) => DefaultValue::Number(digits.clone()),
        NodeValue::String(text) => DefaultValue::String(text.clone()),
        NodeValue::Array(_) => DefaultValue::List,
        NodeValue::Object(_) => DefaultValue::Map,
    }))
}

fn valued(traits: &Traits) -> Vec<Trait> {
    let text = |id: &str| traits.get(id).and_then(Node::as_str).map(str::to_owned);
    [
        traits
            .get("length")
            .map(|node| Trait::Length(unsigned(node.get("min")), unsigned(node.get("max")))),
        traits
            .get("range")
            .map(|node| Trait::Range(number(node.get("min")), number(node.get("max")))),
        text("pattern").map(Trait::Pattern),
        text("timestampFormat")
            .and_then(|format| timestamp_format(&format))
            .map(Trait::TimestampFormat),
        text("mediaType").map(Trait::MediaType),
        text("xmlName").map(Trait::XmlName),
        traits
            .get("xmlNamespace")
            .and_then(xml_namespace)
            .map(|(uri, prefix)| Trait::XmlNamespace(uri, prefix)),
        text("aws.protocols#ec2QueryName").map(Trait::Ec2QueryName),
        traits
            .get("smithy.rules#contextParam")
            .and_then(|node| node.get("name")?.as_str())
            .map(|name| Trait::ContextParam(name.to_owned())),
        text("error").map(|fault| Trait::ClientError(fault == "client")),
        traits
            .get("httpError")
            .and_then(Node::as_i64)
            .and_then(|code| code.try_into().ok())
            .map(Trait::HttpError),
        traits.get("retryable").map(|node| {
            Trait::Retryable(node.get("throttling").and_then(Node::as_bool) == Some(true))
        }),
        traits
            .get("aws.protocols#awsQueryError")
            .and_then(query_error),
        text("alloy#discriminated").map(Trait::Discriminated),
        traits
            .get("alloy#structurePattern")
            .map(|node| Trait::StructurePattern(node.string_or_empty("pattern"))),
        traits
            .get("swage.api#percentEncoded")
            .map(|node| Trait::PercentEncoded(node.string_or_empty("parameter"))),
        text("swage.api#customerKey").map(Trait::CustomerKey),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn unsigned(node: Option<&Node>) -> Option<u64> {
    node?.as_number()?.parse().ok()
}

/// Digits that Rust can parse as a float. Bounds that aren't finite are ignored.
fn number(node: Option<&Node>) -> Option<String> {
    let value: f64 = node?.as_number()?.parse().ok()?;
    value.is_finite().then(|| format!("{value:?}"))
}

pub(super) fn timestamp_format(format: &str) -> Option<TimestampFormat> {
    match format {
        "date-time" => Some(TimestampFormat::DateTime),
        "http-date" => Some(TimestampFormat::HttpDate),
        "epoch-seconds" => Some(TimestampFormat::EpochSeconds),
        _ => None,
    }
}

/// URI and prefix.
pub(super) fn xml_namespace(node: &Node) -> Option<(String, String)> {
    let text = |key| node.get(key).and_then(Node::as_str).map(str::to_owned);
    Some((text("uri")?, text("prefix").unwrap_or_default()))
}

/// `swage.api#headers`: names in lower case, and values.
pub(super) fn headers(traits: &Traits) -> impl Iterator<Item = (String, String)> {
    let headers = texts_by_key(traits.get("swage.api#headers"));
    headers.map(|(name, value)| (name.to_ascii_lowercase(), value))
}

/// The entries of an object whose values are strings.
pub(super) fn texts_by_key(node: Option<&Node>) -> impl Iterator<Item = (String, String)> {
    let entries = node.and_then(Node::entries).unwrap_or_default();
    let pair = |entry: &Entry| Some((entry.key.to_string(), entry.value.as_str()?.to_owned()));
    entries.iter().filter_map(pair)
}

fn query_error(node: &Node) -> Option<Trait> {
    let status = node
        .get("httpResponseCode")
        .and_then(Node::as_i64)
        .and_then(|code| code.try_into().ok());
    Some(Trait::QueryError(
        node.get("code")?.as_str()?.to_owned(),
        status.unwrap_or(400),
    ))
}

/// A node as compact JSON.
pub(super) fn json(node: &Node) -> String {
    match &node.value {
        NodeValue::Null => "null".into(),
        NodeValue::Boolean(value) => value.to_string(),
        NodeValue::Number(digits) => digits.clone(),
        NodeValue::String(text) => serde_json::Value::from(text.as_str()).to_string(),
        NodeValue::Array(elements) => format!(
            "[{}]",
            elements.iter().map(json).collect::<Vec<_>>().join(",")
        ),
        NodeValue::Object(entries) => {
            let entries = entries.iter().map(|entry| {
                format!(
                    "{}:{}",
                    serde_json::Value::from(&*entry.key),
                    json(&entry.value)
                )
            });
            format!("{{{}}}", entries.collect::<Vec<_>>().join(","))
        }
    }
}

/// The message of `@deprecated` on one line.
pub(super) fn deprecated(traits: &Traits) -> Option<String> {
    let node = traits.get("deprecated")?;
    let message = node
        .get("message")
        .and_then(Node::as_str)
        .unwrap_or_default()
        .to_owned();
    let since = node.get("since").and_then(Node::as_str);
    Some(match since {
        Some(since) if message.is_empty() => format!("since {since}"),
        Some(since) => format!("{message} (since {since})"),
        None => message,
    })
}
