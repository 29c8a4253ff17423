//! The AWS JSON format: what each of its properties becomes.

mod files;
mod members;

use swage_codegen::Options;
use swage_codegen::diagnostic::{Diagnostic, Source, render};
use swage_codegen::load::load;
use swage_codegen::model::{Model, ShapeId, ShapeKind};
use swage_codegen::node::{Node, NodeValue};

fn sources(files: &[(&str, &str)]) -> Vec<Source> {
    let source = |(name, text): &(&str, &str)| Source {
        name: (*name).to_owned(),
        text: (*text).to_owned(),
    };
    files.iter().map(source).collect()
}

/// Loads files of one folder, or panics with the diagnostics.
fn model(texts: &[&str]) -> Model {
    let files: Vec<(&str, &str)> = texts.iter().map(|text| ("a/file.json", *text)).collect();
    let sources = sources(&files);
    load(&sources)
        .into_model()
        .unwrap_or_else(|problems| panic!("{}", render(&problems, &sources, false)))
}

fn errors(files: &[(&str, &str)]) -> Vec<Diagnostic> {
    load(&sources(files)).into_model().err().unwrap_or_default()
}

/// A service with this metadata and these operations and shapes, given without braces.
fn service(metadata: &str, operations: &str, shapes: &str) -> String {
    format!(
        r#"{{"version": "2.0",
            "metadata": {{"apiVersion": "2020-01-01", "uid": "thing-2020-01-01", {metadata}}},
            "operations": {{{operations}}}, "shapes": {{{shapes}}}}}"#
    )
}

/// A trait of a shape or member as compact text.
fn applied(model: &Model, id: &str, applied: &str) -> String {
    let (name, member) = id.split_once('$').unwrap_or((id, ""));
    let shape = &model.shapes[&ShapeId::new(format!("com.amazonaws.thing#{name}"))];
    let own = match &shape.kind {
        ShapeKind::List(own) if member == "member" => Some(&**own),
        ShapeKind::Map(own, _) if member == "key" => Some(&**own),
        ShapeKind::Map(_, own) if member == "value" => Some(&**own),
        _ => shape.members().iter().find(|own| own.name == member),
    };
    let traits = own.map_or(&shape.traits, |member| &member.traits);
    traits.get(applied).map(compact).unwrap_or_default()
}

fn compact(node: &Node) -> String {
    match &node.value {
        NodeValue::Null => "null".to_owned(),
        NodeValue::Boolean(value) => value.to_string(),
        NodeValue::Number(text) | NodeValue::String(text) => text.clone(),
        NodeValue::Array(all) => {
            format!(
                "[{}]",
                all.iter().map(compact).collect::<Vec<_>>().join(" ")
            )
        }
        NodeValue::Object(all) => {
            let entries = all
                .iter()
                .map(|entry| format!("{}={}", entry.key, compact(&entry.value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(" "))
        }
    }
}

fn kind(model: &Model, name: &str) -> String {
    let shape = &model.shapes[&ShapeId::new(format!("com.amazonaws.thing#{name}"))];
    let text = format!("{:?}", shape.kind);
    text.split(['(', ' '])
        .take(2)
        .collect::<Vec<_>>()
        .join(" ")
        .trim_end_matches(')')
        .to_owned()
}

#[test]
fn metadata_becomes_traits_of_the_service() {
    let loaded = model(&[&service(
        r#""protocols": ["json", "query", "smithy-rpc-v2-cbor"], "protocol": "query", "jsonVersion": "1.1",
           "targetPrefix": "Thing_20200101", "serviceId": "Some Thing", "endpointPrefix": "thing", "signingName": "thingy",
           "serviceFullName": "The Thing Service", "signatureVersion": "v4", "auth": ["aws.auth#sigv4", "aws.auth#sigv4a"],
           "xmlNamespace": "https://thing/", "awsQueryCompatible": {}"#,
        r#""Do": {"name": "Do", "http": {"method": "POST", "requestUri": "/"}}"#,
        "",
    )]);
    let of = |name| applied(&loaded, "Thing_20200101", name);
    assert_eq!(
        of("aws.api#service"),
        "{sdkId=Some Thing endpointPrefix=thing}"
    );
    assert_eq!(of("aws.protocols#awsJson1_1"), "{}");
    assert_eq!(of("aws.protocols#awsQuery"), "{}");
    assert_eq!(of("smithy.protocols#rpcv2Cbor"), "{}");
    assert_eq!(of("aws.protocols#awsQueryCompatible"), "{}");
    assert_eq!(of("aws.auth#sigv4"), "{name=thingy}");
    assert_eq!(of("auth"), "[aws.auth#sigv4 aws.auth#sigv4a]");
    assert_eq!(of("title"), "The Thing Service");
    assert_eq!(of("xmlNamespace"), "{uri=https://thing/}");
    assert_eq!(applied(&loaded, "Do", "http"), "");
}

/// Services expect the prefix unchanged, even if it isn't a Smithy identifier.
#[test]
fn the_target_prefix_is_what_the_service_is_called() {
    for (prefix, name, kept) in [
        ("secretsmanager", "secretsmanager", false),
        ("com.amazonaws.v1.Trail_2013", "Trail_2013", true),
        ("com.amazonaws.1", "_1", true),
        ("Thing", "ThingService", true),
    ] {
        let metadata = format!(r#""protocol": "json", "targetPrefix": "{prefix}""#);
        let text = service(
            &metadata,
            r#""Do": {"output": {"shape": "Thing"}}"#,
            r#""Thing": {"type": "structure", "members": {}}"#,
        );
        let loaded = model(&[&text]);
        let given = if kept { prefix } else { "" };
        assert_eq!(applied(&loaded, name, "swage#serviceName"), given);
        let crate_of = swage_codegen::generate(
            &sources(&[("a/service-2.json", &text)]),
            &Options {
                name: Some("thing".to_owned()),
                ..Options::default()
            },
        );
        let files = crate_of.expect("it can be generated").files;
        let table = files.iter().find(|file| file.path == "src/service.rs");
        let table = &table.expect("there is one").text;
        assert!(
            table.contains(&format!("id: \"com.amazonaws.thing#{prefix}\"")),
            "{table}"
        );
    }
}

#[test]
fn schemes_of_operations() {
    let loaded = model(&[&service(
        r#""protocol": "json", "targetPrefix": "T", "signatureVersion": "v4", "endpointPrefix": "thing""#,
        r#""A": {"auth": ["aws.auth#sigv4a", "aws.auth#sigv4"]}, "B": {"auth": ["aws.auth#sigv4", "smithy.api#noAuth"]},
           "C": {"authtype": "none"}, "D": {"authtype": "v4-unsigned-body"}, "E": {"authtype": "bearer"}"#,
        "",
    )]);
    let of = |id, name| applied(&loaded, id, name);
    assert_eq!(
        [of("T", "auth"), of("T", "aws.auth#sigv4a")],
        ["[aws.auth#sigv4]", "{name=thing}"]
    );
    assert_eq!(
        [of("A", "auth"), of("A", "optionalAuth")],
        ["[aws.auth#sigv4a aws.auth#sigv4]", ""]
    );
    assert_eq!(
        [of("B", "auth"), of("B", "optionalAuth")],
        ["[aws.auth#sigv4]", "{}"]
    );
    assert_eq!(
        [of("C", "auth"), of("D", "aws.auth#unsignedPayload")],
        ["[]", "{}"]
    );
    assert_eq!(of("E", "auth"), "[smithy.api#httpBearerAuth]");
}

#[test]
fn shapes_keep_their_meaning() {
    let loaded = model(&[&service(
        r#""protocol": "rest-json""#,
        "",
        r#""S": {"type": "string", "enum": ["a", "", "b c"], "sensitive": true},
           "P": {"type": "string", "min": 1, "max": 2, "pattern": "x+", "documentation": "<p>p</p>"},
           "I": {"type": "integer", "min": 1, "box": true}, "L": {"type": "list", "member": {"shape": "P"}, "max": 3},
           "M": {"type": "map", "key": {"shape": "P"}, "value": {"shape": "L"}},
           "T": {"type": "timestamp", "timestampFormat": "rfc822"}, "C": {"type": "character"},
           "D": {"type": "structure", "document": true, "members": {}},
           "U": {"type": "structure", "union": true, "members": {"z": {"shape": "P"}, "a": {"shape": "I"}}},
           "E": {"type": "structure", "eventstream": true, "members": {"e": {"shape": "V"}}},
           "V": {"type": "structure", "event": true, "members": {
               "h": {"shape": "P", "eventheader": true}, "p": {"shape": "B", "eventpayload": true}}},
           "B": {"type": "blob"},
           "R": {"type": "structure", "required": ["a"], "members": {
               "a": {"shape": "P", "idempotencyToken": true, "deprecated": true, "deprecatedMessage": "old"},
               "b": {"shape": "T", "timestampFormat": "unixTimestamp"}}}"#,
    )]);
    let of = |id, name| applied(&loaded, id, name);
    assert_eq!(kind(&loaded, "S"), "Enum [Member");
    assert_eq!(
        [
            of("S$a", "enumValue"),
            of("S$b_c", "enumValue"),
            of("S", "sensitive")
        ],
        ["a", "b c", "{}"]
    );
    assert_eq!(
        [
            of("P", "length"),
            of("P", "pattern"),
            of("P", "documentation")
        ],
        ["{min=1 max=2}", "^x+$", "<p>p</p>"]
    );
    assert_eq!(
        [of("I", "range"), of("L", "length")],
        ["{min=1}", "{max=3}"]
    );
    assert_eq!(
        [of("T", "timestampFormat"), of("R$b", "timestampFormat")],
        ["http-date", "epoch-seconds"]
    );
    assert_eq!(
        [kind(&loaded, "C"), kind(&loaded, "D")],
        ["Simple String", "Simple Document"]
    );
    assert_eq!(
        [kind(&loaded, "U"), of("E", "streaming")],
        ["Union [Member", "{}"]
    );
    let union = &loaded.shapes[&ShapeId::new("com.amazonaws.thing#U")];
    assert_eq!(union.members()[0].name, "z");
    assert_eq!(
        [of("V$h", "eventHeader"), of("V$p", "eventPayload")],
        ["{}", "{}"]
    );
    assert_eq!(
        [of("R$a", "required"), of("R$a", "idempotencyToken")],
        ["{}", "{}"]
    );
    assert_eq!(of("R$a", "deprecated"), "{message=old}");
}

#[test]
fn names_that_collide_or_are_not_smithys_step_aside() {
    let loaded = model(&[&service(
        r#""protocol": "rest-json", "serviceId": "Do""#,
        r#""Do": {"http": {"requestUri": "/"}, "input": {"shape": "Do"}}"#,
        r#""Do": {"type": "structure", "members": {"x-y": {"shape": "__string"}}}, "__string": {"type": "string"}"#,
    )]);
    assert_eq!(applied(&loaded, "DoShape$x_y", "jsonName"), "x-y");
    assert_eq!(
        applied(&loaded, "DoService", "aws.protocols#restJson1"),
        "{}"
    );
}

#[test]
fn a_service_without_metadata_loads() {
    let bare = r#"{"metadata": {"protocol": "query"}, "operations": {"A": {"input": {"shape": "I"}}, "B": {}},
                   "shapes": {"I": {"type": "structure", "members": {}}}}"#;
    let model = model(&[bare]);
    assert!(
        model
            .shapes
            .contains_key(&ShapeId::new("com.amazonaws.service#Service"))
    );
}
