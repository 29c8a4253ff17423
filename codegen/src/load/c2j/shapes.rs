//! Shapes: types and traits.

use super::super::build::{TraitsBuilder, array, entry, object, string_node};
use super::members;
use super::{elements, entries, identifier, is_set, string};
use crate::lookup::{Lookup, LookupSet};
use crate::node::{Entry, Node, NodeValue, Span};
use std::collections::BTreeMap;

/// A service's shapes, with the facts about all of them that are needed to convert one.
pub(super) struct C2jShapes<'a> {
    pub(super) model: &'a Node,
    pub(super) namespace: String,
    pub(super) protocols: Vec<&'a str>,
    by_name: Lookup<&'a str, &'a Node>,
    operations: LookupSet<&'a str>,
    /// How often operations use each shape as input, output or error.
    inputs: Lookup<&'a str, usize>,
    /// The reference to each input shape in the first operation that uses it.
    input_references: Lookup<&'a str, &'a Node>,
    /// Inputs of operations whose reference differs from the first: each becomes a shape of its own.
    variants: BTreeMap<&'a str, InputCopy<'a>>,
    outputs: Lookup<&'a str, usize>,
    errors: LookupSet<&'a str>,
    /// Shapes that members target.
    targets: LookupSet<&'a str>,
    /// Shapes that are sent in requests.
    sent: LookupSet<&'a str>,
}

/// A copy of a shape for one operation.
struct InputCopy<'a> {
    /// Its name.
    name: String,
    shape: &'a str,
    reference: &'a Node,
}

impl<'a> C2jShapes<'a> {
    pub(super) fn new(model: &'a Node) -> Self {
        let metadata = model.get("metadata");
        let listed = metadata
            .map(|metadata| elements(metadata, "protocols"))
            .unwrap_or_default();
        let single = metadata.and_then(|metadata| string(metadata, "protocol"));
        let protocols = listed
            .iter()
            .filter_map(Node::as_str)
            .chain(single.filter(|_| listed.is_empty()));
        let mut shapes = Self {
            model,
            namespace: format!("com.amazonaws.{}", namespace(metadata)),
            protocols: protocols.collect(),
            by_name: entries(model, "shapes")
                .iter()
                .map(|shape| (&*shape.key, &shape.value))
                .collect(),
            operations: entries(model, "operations")
                .iter()
                .map(|operation| &*operation.key)
                .collect(),
            inputs: Lookup::default(),
            input_references: Lookup::default(),
            variants: BTreeMap::new(),
            outputs: Lookup::default(),
            errors: LookupSet::default(),
            targets: LookupSet::default(),
            sent: LookupSet::default(),
        };
        shapes.count_uses();
        shapes.find_sent();
        shapes
    }

    fn count_uses(&mut self) {
        for operation in entries(self.model, "operations") {
            let shape = |key| {
                operation
                    .value
                    .get(key)
                    .and_then(|reference| string(reference, "shape"))
            };
            if let (Some(input), Some(reference)) = (shape("input"), operation.value.get("input")) {
                self.count_input(&operation.key, input, reference);
            }
            if let Some(output) = shape("output") {
                *self.outputs.entry(output).or_default() += 1;
            }
            let errors = elements(&operation.value, "errors");
            self.errors
                .extend(errors.iter().filter_map(|error| string(error, "shape")));
        }
        let shapes = entries(self.model, "shapes").iter();
        self.targets
            .extend(shapes.flat_map(|shape| targets(&shape.value)));
    }

    fn count_input(&mut self, operation: &'a str, shape: &'a str, reference: &'a Node) {
        let first = *self.input_references.entry(shape).or_insert(reference);
        let differs = |key| first.get(key) != reference.get(key);
        if self.speaks(&["rest-xml"]) && (differs("locationName") || differs("xmlNamespace")) {
            let mut name = format!("{}{shape}", identifier(operation));
            let mut others = self.variants.values();
            while self.has_name(&name) || others.any(|other| other.name == name) {
                name.push('_');
                others = self.variants.values();
            }
            let variant = InputCopy {
                name,
                shape,
                reference,
            };
            self.variants.insert(operation, variant);
        } else {
            *self.inputs.entry(shape).or_default() += 1;
        }
    }

    fn find_sent(&mut self) {
        let mut open: Vec<&str> = self.inputs.keys().copied().collect();
        while let Some(name) = open.pop() {
            if self.sent.insert(name) {
                open.extend(self.get(name).into_iter().flat_map(targets));
            }
        }
    }

    /// Whether the shape is sent in requests.
    pub(super) fn is_sent(&self, name: &str) -> bool {
        self.sent.contains(name)
    }

    /// Whether the shape is the output of an operation.
    pub(super) fn is_returned(&self, name: &str) -> bool {
        self.outputs.contains_key(name)
    }

    /// The shape with this name.
    pub(super) fn get(&self, name: &str) -> Option<&'a Node> {
        self.by_name.get(name).copied()
    }

    /// Whether there is an operation or shape with this name.
    pub(super) fn has_name(&self, name: &str) -> bool {
        self.by_name.contains_key(name) || self.operations.contains(name)
    }

    /// The id of a shape. Since operations are shapes in Smithy, a shape with the name of an operation is renamed.
    pub(super) fn id(&self, name: &str) -> String {
        let suffix = if self.operations.contains(name) {
            "Shape"
        } else {
            ""
        };
        [&self.namespace, "#", &identifier(name), suffix].concat()
    }

    /// The id of an operation or service.
    pub(super) fn operation_id(&self, name: &str) -> String {
        [&self.namespace, "#", &identifier(name)].concat()
    }

    /// The id of an operation's input.
    pub(super) fn input_id(&self, operation: &str, shape: &str) -> String {
        match self.variants.get(operation) {
            Some(variant) => self.operation_id(&variant.name),
            None => self.id(shape),
        }
    }

    /// Whether the service has one of these protocols.
    pub(super) fn speaks(&self, protocols: &[&str]) -> bool {
        self.protocols
            .iter()
            .any(|protocol| protocols.contains(protocol))
    }

    /// All shapes, as entries of the AST's `shapes`.
    pub(super) fn to_ast(&self) -> Vec<Entry> {
        let mut derived = BTreeMap::new();
        let mut all = Vec::new();
        for shape in entries(self.model, "shapes") {
            let reference = self.input_references.get(&*shape.key).copied();
            all.push(Entry {
                key: self.id(&shape.key).into(),
                key_span: shape.key_span,
                value: self.shape(shape, reference, &mut derived),
            });
            let mut variants = self.variants.values();
            while let Some(variant) = variants.find(|variant| variant.shape == shape.key) {
                all.push(Entry {
                    key: self.operation_id(&variant.name).into(),
                    key_span: shape.key_span,
                    value: self.shape(shape, Some(variant.reference), &mut derived),
                });
            }
        }
        all.extend(derived.into_values());
        all
    }

    /// Converts a shape, with the reference of the operation that uses it as input.
    fn shape(
        &self,
        shape: &'a Entry,
        reference: Option<&Node>,
        derived: &mut BTreeMap<String, Entry>,
    ) -> Node {
        let span = shape.key_span.0;
        let node = &shape.value;
        let kind = kind(node);
        let mut properties = Vec::new();
        if let Some(kind) = kind {
            let place = node.get("type").map_or(span, |kind| kind.span);
            properties.push(entry("type", string_node(kind, place)));
        }
        match kind {
            Some("structure" | "union") => properties.push(entry(
                "members",
                object(members::all(self, shape, derived), span),
            )),
            Some("list") => properties.extend(members::single(self, node, "member")),
            Some("map") => {
                properties.extend(members::single(self, node, "key"));
                properties.extend(members::single(self, node, "value"));
            }
            _ => {}
        }
        let mut traits = TraitsBuilder::default();
        constraints(node, kind.unwrap_or_default(), &mut traits, span);
        description(node, &mut traits);
        self.role(shape, &mut traits);
        self.root(shape, reference, &mut traits);
        properties.extend(traits.finish(span));
        object(properties, span)
    }

    /// Traits that depend on how a shape is used.
    fn role(&self, shape: &Entry, traits: &mut TraitsBuilder) {
        let (name, node, span) = (&*shape.key, &shape.value, shape.key_span.0);
        if is_set(node, "streaming") || is_set(node, "eventstream") {
            traits.mark("smithy.api#streaming", span);
        }
        if is_set(node, "requiresLength") {
            traits.mark("smithy.api#requiresLength", span);
        }
        if self.errors.contains(name) || is_set(node, "exception") {
            error(node, name, traits, span);
        }
        let only = |uses: &Lookup<&str, usize>, others: &Lookup<&str, usize>| {
            uses.get(name) == Some(&1) && !others.contains_key(name) && !self.targets.contains(name)
        };
        if only(&self.inputs, &self.outputs) {
            traits.mark("smithy.api#input", span);
        } else if only(&self.outputs, &self.inputs) {
            traits.mark("smithy.api#output", span);
        }
    }

    /// The name of an input's element, if it isn't the shape's, and its namespace.
    fn root(&self, shape: &Entry, reference: Option<&Node>, traits: &mut TraitsBuilder) {
        let given = |key| reference.and_then(|reference| reference.get(key));
        let is_own = |name: &Node| {
            let id = self.id(&shape.key);
            name.as_str() == id.rsplit_once('#').map(|(_, own)| own)
        };
        let name = given("locationName").filter(|_| self.speaks(&["rest-xml"]));
        if let Some(name) = name.filter(|name| !is_own(name)) {
            traits.add(
                "smithy.api#xmlName",
                string_node(name.as_str().unwrap_or_default(), name.span),
            );
        }
        if let Some(namespace) = given("xmlNamespace").or(shape.value.get("xmlNamespace")) {
            traits.add("smithy.api#xmlNamespace", xml_namespace(namespace));
        }
    }
}

/// The targets of a shape's members.
fn targets(shape: &Node) -> impl Iterator<Item = &str> {
    let members = entries(shape, "members").iter().map(|member| &member.value);
    let single = ["member", "key", "value"]
        .into_iter()
        .filter_map(|key| shape.get(key));
    members
        .chain(single)
        .filter_map(|member| string(member, "shape"))
}

/// The part after `com.amazonaws.`: the service's documentation id without its version.
fn namespace(metadata: Option<&Node>) -> String {
    let key = |key| metadata.and_then(|metadata| string(metadata, key));
    let version = key("apiVersion").map(|version| format!("-{version}"));
    let uid = key("uid").map(|uid| {
        version
            .as_deref()
            .and_then(|version| uid.strip_suffix(version))
            .unwrap_or(uid)
    });
    let name = uid
        .or(key("serviceId"))
        .or(key("endpointPrefix"))
        .unwrap_or("service");
    let name: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    identifier(&name.to_ascii_lowercase()).into_owned()
}

/// Smithy's name for a type.
pub(super) fn kind(node: &Node) -> Option<&str> {
    Some(match string(node, "type")? {
        "structure" if is_set(node, "document") => "document",
        "structure" if is_set(node, "union") || is_set(node, "eventstream") => "union",
        "character" => "string",
        "biginteger" => "bigInteger",
        "bigdecimal" => "bigDecimal",
        kind => kind,
    })
}

/// `min`, `max`, `pattern`, `enum`, `sensitive`, `timestampFormat`.
fn constraints(node: &Node, kind: &str, traits: &mut TraitsBuilder, span: Span) {
    let limits: Vec<Entry> = ["min", "max"]
        .into_iter()
        .filter_map(|key| Some(entry(key, node.get(key)?.clone())))
        .collect();
    match kind {
        "string" | "blob" | "list" | "map" if !limits.is_empty() => {
            traits.add("smithy.api#length", object(limits, span));
        }
        "byte" | "short" | "integer" | "long" | "float" | "double" | "bigInteger"
        | "bigDecimal"
            if !limits.is_empty() =>
        {
            traits.add("smithy.api#range", object(limits, span));
        }
        _ => {}
    }
    if let Some(pattern) = node.get("pattern").filter(|_| kind == "string") {
        traits.add("smithy.api#pattern", anchored(pattern));
    }
    if is_set(node, "sensitive") && !matches!(kind, "service" | "operation") {
        traits.mark("smithy.api#sensitive", span);
    }
    timestamp_format(node, traits);
    let values = elements(node, "enum")
        .iter()
        .filter(|value| value.as_str() != Some(""));
    let values: Vec<Node> = values
        .map(|value| object(vec![entry("value", value.clone())], value.span))
        .collect();
    if kind == "string" && !values.is_empty() {
        traits.add("smithy.api#enum", array(values, span));
    }
}

/// Smithy's name for a timestamp format.
pub(super) fn timestamp_format(node: &Node, traits: &mut TraitsBuilder) {
    let Some(format) = node.get("timestampFormat") else {
        return;
    };
    let name = match format.as_str() {
        Some("iso8601") => "date-time",
        Some("rfc822") => "http-date",
        Some("unixTimestamp") => "epoch-seconds",
        _ => return traits.add("smithy.api#timestampFormat", format.clone()),
    };
    traits.add("smithy.api#timestampFormat", string_node(name, format.span));
}

/// `documentation` and `deprecated`, for shapes and members.
pub(super) fn description(node: &Node, traits: &mut TraitsBuilder) {
    if let Some(documentation) = node
        .get("documentation")
        .filter(|text| text.as_str().is_some_and(|text| !text.is_empty()))
    {
        traits.add("smithy.api#documentation", documentation.clone());
    }
    if is_set(node, "deprecated") {
        let keys = [
            ("message", "deprecatedMessage"),
            ("since", "deprecatedSince"),
        ];
        let details = keys
            .into_iter()
            .filter_map(|(name, key)| Some(entry(name, node.get(key)?.clone())));
        let span = node
            .get("deprecated")
            .map(|node| node.span)
            .unwrap_or_default();
        traits.add("smithy.api#deprecated", object(details.collect(), span));
    }
}

/// `exception`, `fault`, `error` and `retryable`.
fn error(node: &Node, name: &str, traits: &mut TraitsBuilder, span: Span) {
    let details = node.get("error");
    let status = details.and_then(|details| details.get("httpStatusCode"));
    let is_server = is_set(node, "fault")
        || details.is_some_and(|details| is_set(details, "fault"))
        || status
            .and_then(Node::as_i64)
            .is_some_and(|status| status >= 500);
    traits.add(
        "smithy.api#error",
        string_node(if is_server { "server" } else { "client" }, span),
    );
    if let Some(status) = status {
        traits.add("smithy.api#httpError", status.clone());
    }
    if let Some(code) = details
        .and_then(|details| details.get("code"))
        .filter(|code| code.as_str() != Some(name))
    {
        let number = |number: &str| Node::new(NodeValue::Number(number.to_owned()), span);
        let status = status
            .cloned()
            .unwrap_or_else(|| number(if is_server { "500" } else { "400" }));
        let value = object(
            vec![
                entry("code", code.clone()),
                entry("httpResponseCode", status),
            ],
            span,
        );
        traits.add("aws.protocols#awsQueryError", value);
    }
    if let Some(retryable) = node.get("retryable") {
        let throttling = retryable
            .get("throttling")
            .map(|value| entry("throttling", value.clone()));
        traits.add(
            "smithy.api#retryable",
            object(throttling.into_iter().collect(), retryable.span),
        );
    }
}

/// `{"uri": …, "prefix": …}`, or just the URI.
pub(super) fn xml_namespace(node: &Node) -> Node {
    if node.as_str().is_some() {
        return object(vec![entry("uri", node.clone())], node.span);
    }
    let parts = ["uri", "prefix"]
        .into_iter()
        .filter_map(|key| Some(entry(key, node.get(key)?.clone())));
    object(parts.collect(), node.span)
}

/// The whole string has to match a pattern of the AWS JSON format. Smithy's patterns say so by anchors.
fn anchored(pattern: &Node) -> Node {
    let Some(text) = pattern.as_str().filter(|text| !has_alternatives(text)) else {
        return pattern.clone();
    };
    let start = if text.starts_with('^') { "" } else { "^" };
    let is_anchored = text.ends_with('$') && !text.ends_with("\\$");
    let end = if is_anchored { "" } else { "$" };
    string_node(format!("{start}{text}{end}"), pattern.span)
}

/// Whether a pattern has alternatives that aren't in a group: anchors would belong to the outer ones only.
fn has_alternatives(pattern: &str) -> bool {
    let (mut depth, mut in_class, mut escaped) = (0_i32, false, false);
    pattern.chars().any(|c| {
        let is_plain = !std::mem::take(&mut escaped);
        match c {
            '\\' => escaped = is_plain,
            '[' if is_plain => in_class = true,
            ']' if is_plain => in_class = false,
            '(' if is_plain && !in_class => depth += 1,
            ')' if is_plain && !in_class => depth -= 1,
            '|' => return is_plain && !in_class && depth == 0,
            _ => {}
        }
        false
    })
}

#[cfg(test)]
mod tests {
    use super::has_alternatives;

    #[test]
    fn alternatives_are_outside_of_groups_and_classes() {
        for with in ["a|b", "(a)|b", "[(]|b"] {
            assert!(has_alternatives(with), "{with}");
        }
        for without in ["(a|b)c", "[|]", "a\\|b", "((a|b)|c)", "[\\]|]"] {
            assert!(!has_alternatives(without), "{without}");
        }
    }
}
