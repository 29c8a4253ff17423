//! Loading: merging, `apply`, mixins, Smithy 1.0, resources, and that only the meaning of a model decides the result.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use swage_codegen::check::check;
use swage_codegen::diagnostic::{Source, render};
use swage_codegen::load::load;
use swage_codegen::model::{Model, Shape, ShapeId, ShapeKind, Traits};
use swage_codegen::node::{Node, NodeValue};

fn sources(texts: &[&str]) -> Vec<Source> {
    let source = |(index, text): (usize, &&str)| Source {
        name: format!("{index}.json"),
        text: (*text).to_owned(),
    };
    texts.iter().enumerate().map(source).collect()
}

/// Loads texts, or panics with the diagnostics.
fn model(texts: &[&str]) -> Model {
    let sources = sources(texts);
    load(&sources)
        .into_model()
        .unwrap_or_else(|diagnostics| panic!("{}", render(&diagnostics, &sources, false)))
}

/// Loads shapes of Smithy 2.0.
fn shapes(shapes: &str) -> Model {
    model(&[&version("2.0", shapes)])
}

fn version(version: &str, shapes: &str) -> String {
    format!(r#"{{ "smithy": "{version}", "shapes": {{ {shapes} }} }}"#)
}

fn messages(texts: &[&str]) -> Vec<String> {
    let reported = load(&sources(texts)).into_model().err().unwrap_or_default();
    reported
        .into_iter()
        .map(|diagnostic| diagnostic.message)
        .collect()
}

fn shape<'m>(model: &'m Model, name: &str) -> &'m Shape {
    model
        .shapes
        .get(&ShapeId::new(format!("ex#{name}")))
        .unwrap()
}

/// The members, one per line: `name: target @trait(value) …`.
fn members(model: &Model, name: &str) -> String {
    let mut text = String::new();
    for member in shape(model, name).members() {
        writeln!(
            text,
            "{}: {}{}",
            member.name,
            member.target.id.name(),
            traits(&member.traits)
        )
        .unwrap();
    }
    text
}

fn traits(traits: &Traits) -> String {
    traits.0.iter().fold(String::new(), |text, (id, value)| {
        let name = id.split('#').next_back().unwrap();
        format!("{text} @{name}({})", json(&value.value))
    })
}

fn json(node: &Node) -> String {
    match &node.value {
        NodeValue::Null => "null".to_owned(),
        NodeValue::Boolean(value) => value.to_string(),
        NodeValue::Number(digits) => digits.clone(),
        NodeValue::String(text) => format!("{text:?}"),
        NodeValue::Array(elements) => format!(
            "[{}]",
            elements.iter().map(json).collect::<Vec<_>>().join(",")
        ),
        NodeValue::Object(entries) => {
            let mut entries: Vec<String> = entries
                .iter()
                .map(|entry| format!("{}:{}", entry.key, json(&entry.value)))
                .collect();
            entries.sort();
            format!("{{{}}}", entries.join(","))
        }
    }
}

/// A model as text, without spans.
fn dump(model: &Model) -> String {
    let mut text = String::new();
    for (id, shape) in &model.shapes {
        writeln!(text, "{id}{} {}", traits(&shape.traits), kind(&shape.kind)).unwrap();
        if id.namespace() == "ex" {
            text.push_str(&members(model, id.name()));
        }
    }
    text
}

fn kind(kind: &ShapeKind) -> String {
    match kind {
        ShapeKind::Simple(simple) => format!("{simple:?}"),
        ShapeKind::List(member) => format!("list of {}", member.target.id),
        ShapeKind::Map(key, value) => format!("map of {} to {}", key.target.id, value.target.id),
        ShapeKind::Service(service) => {
            let names: Vec<&str> = service
                .operations
                .iter()
                .map(|operation| operation.id.name())
                .collect();
            format!("service {}", names.join(" "))
        }
        ShapeKind::Operation(operation) => {
            let names: Vec<&str> = operation
                .errors
                .iter()
                .map(|error| error.id.name())
                .collect();
            format!("operation with {}", names.join(" "))
        }
        ShapeKind::Enum(_) => "enum".to_owned(),
        ShapeKind::IntEnum(_) => "intEnum".to_owned(),
        ShapeKind::Structure(_) => "structure".to_owned(),
        ShapeKind::Union(_) => "union".to_owned(),
        ShapeKind::Resource(_) => "resource".to_owned(),
    }
}

fn shared() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let around = ["../../shared", "../../../shared"].map(|path| root.join(path));
    let named = std::env::var_os("SWAGE_SHARED").map(PathBuf::from);
    let found = named.into_iter().chain(around).find(|path| path.is_dir());
    if found.is_none() {
        eprintln!("skipped: no ../shared beside the workspace");
    }
    found
}

#[test]
fn the_models_of_aws_load_and_check() {
    let Some(shared) = shared() else { return };
    for entry in std::fs::read_dir(shared.join("models/ast")).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let sources = [Source {
            name: path.display().to_string(),
            text,
        }];
        let diagnostics = check(&load(&sources)).err().unwrap_or_default();
        assert!(
            diagnostics.is_empty(),
            "{}",
            render(&diagnostics, &sources, false)
        );
    }
}

#[test]
fn values_know_their_places_and_numbers_their_digits() {
    let text = "\u{feff}{ \"smithy\": \"2.0\",\n \"metadata\": { \"é\\\"\": [1.50, -1e400, \"\\u00e9\\n\"] } }";
    let model = model(&[text]);
    let node = &model.metadata["é\""];
    assert_eq!(json(node), r#"[1.50,-1e400,"é\n"]"#);
    let excerpt = |node: &Node| &text[node.span.start as usize..node.span.end as usize];
    assert_eq!(excerpt(node), r#"[1.50, -1e400, "\u00e9\n"]"#);
    let excerpts: Vec<&str> = node.elements().unwrap().iter().map(excerpt).collect();
    assert_eq!(excerpts, ["1.50", "-1e400", r#""\u00e9\n""#]);
}

#[test]
fn the_prelude_needs_no_text() {
    let model = shapes("");
    for name in [
        "String",
        "Blob",
        "PrimitiveInteger",
        "Timestamp",
        "Document",
        "Unit",
    ] {
        assert!(
            model
                .shapes
                .contains_key(&ShapeId::new(format!("smithy.api#{name}"))),
            "{name}"
        );
    }
}

#[test]
fn the_validation_error_of_smithy_needs_no_text() {
    let model = shapes(
        r#""ex#Get": { "type": "operation", "errors": [{ "target": "smithy.framework#ValidationException" }] },
           "ex#Svc": { "type": "service", "operations": [{ "target": "ex#Get" }], "traits": { "aws.protocols#awsJson1_0": {} } }"#,
    );
    assert!(check(&model.into()).is_ok());
}

#[test]
fn overlays_apply_traits_to_shapes_and_members() {
    let base = version(
        "2.0",
        r#""ex#A": { "type": "structure", "members": { "a": { "target": "smithy.api#String" } },
                     "traits": { "smithy.api#tags": ["x"] } }"#,
    );
    let overlay = version(
        "2.0",
        r#""ex#A": { "type": "apply", "traits": { "smithy.api#tags": ["y"], "ex#own": {} } },
           "ex#A$a": { "type": "apply", "traits": { "smithy.api#sensitive": {} } }"#,
    );
    for order in [[&base, &overlay], [&overlay, &base]] {
        let model = model(&order.map(String::as_str));
        assert_eq!(members(&model, "A"), "a: String @sensitive({})\n");
        assert!(shape(&model, "A").traits.has("ex#own"));
        assert_eq!(
            shape(&model, "A")
                .traits
                .get("tags")
                .unwrap()
                .elements()
                .unwrap()
                .len(),
            2
        );
    }
}

#[test]
fn equal_definitions_merge_and_others_do_not() {
    let first = version(
        "2.0",
        r#""ex#A": { "type": "list", "member": { "target": "smithy.api#String" } }"#,
    );
    let traits = r#""traits": { "smithy.api#uniqueItems": {} }"#;
    let again = r#""ex#A": { TRAITS, "member": { "target": "smithy.api#String", "traits": { "smithy.api#length": { "min": 1 } } }, "type": "list" }"#;
    let second = version("2.0", &again.replace("TRAITS", traits));
    let model = model(&[&first, &second]);
    assert!(shape(&model, "A").traits.has("uniqueItems"));
    let ShapeKind::List(member) = &shape(&model, "A").kind else {
        panic!("no list")
    };
    assert!(member.traits.has("length"));
    let other = version(
        "2.0",
        r#""ex#A": { "type": "list", "member": { "target": "smithy.api#Blob" } }"#,
    );
    assert_eq!(
        messages(&[&first, &other]),
        ["conflicting definitions of `ex#A`"]
    );
}

#[test]
fn metadata_merges_by_key() {
    let texts = [
        r#"{ "smithy": "2.0", "metadata": { "list": [1], "same": { "a": 1, "b": 2 } } }"#,
        r#"{ "smithy": "2.0", "metadata": { "list": [1, 2], "same": { "b": 2, "a": 1 }, "own": true } }"#,
    ];
    let model = model(&texts);
    assert_eq!(json(&model.metadata["list"]), "[1,1,2]");
    assert_eq!(model.metadata.len(), 3);
}

#[test]
fn mixins_give_their_members_first_and_their_traits_last() {
    let model = shapes(
        r#""ex#A": { "type": "structure", "members": { "a": { "target": "smithy.api#String", "traits": { "smithy.api#documentation": "A" } } },
                     "traits": { "smithy.api#mixin": { "localTraits": ["smithy.api#private"] }, "smithy.api#private": {}, "ex#foo": 1 } },
           "ex#B": { "type": "structure", "mixins": [{ "target": "ex#A" }], "members": { "b": { "target": "smithy.api#String" } },
                     "traits": { "smithy.api#mixin": {}, "ex#foo": 2 } },
           "ex#C": { "type": "structure", "members": { "c": { "target": "smithy.api#Integer" } }, "traits": { "smithy.api#mixin": {}, "ex#bar": 3 } },
           "ex#D": { "type": "structure", "mixins": [{ "target": "ex#B" }, { "target": "ex#C" }],
                     "members": { "d": { "target": "smithy.api#Blob" }, "b": { "target": "smithy.api#String", "traits": { "smithy.api#required": {} } } } },
           "ex#D$a": { "type": "apply", "traits": { "smithy.api#documentation": "D" } },
           "ex#C$c": { "type": "apply", "traits": { "smithy.api#required": {} } }"#,
    );
    let expected = "a: String @documentation(\"D\")\nb: String @required({})\nc: Integer @required({})\nd: Blob\n";
    assert_eq!(members(&model, "D"), expected);
    assert_eq!(traits(&shape(&model, "D").traits), " @bar(3) @foo(2)");
    assert_eq!(members(&model, "A"), "a: String @documentation(\"A\")\n");
}

#[test]
fn mixins_work_on_every_kind_of_shape() {
    let model = shapes(
        r#""ex#S": { "type": "string", "traits": { "smithy.api#mixin": {}, "smithy.api#pattern": "^a$" } },
           "ex#T": { "type": "string", "mixins": [{ "target": "ex#S" }] },
           "ex#L": { "type": "list", "member": { "target": "ex#T" }, "traits": { "smithy.api#mixin": {} } },
           "ex#M": { "type": "list", "mixins": [{ "target": "ex#L" }] },
           "ex#P": { "type": "map", "key": { "target": "ex#T" }, "value": { "target": "ex#M" }, "traits": { "smithy.api#mixin": {} } },
           "ex#Q": { "type": "map", "mixins": [{ "target": "ex#P" }] },
           "ex#E": { "type": "structure", "traits": { "smithy.api#error": "client" } },
           "ex#F": { "type": "structure", "traits": { "smithy.api#error": "client" } },
           "ex#O": { "type": "operation", "errors": [{ "target": "ex#E" }], "traits": { "smithy.api#mixin": {} } },
           "ex#R": { "type": "operation", "mixins": [{ "target": "ex#O" }], "errors": [{ "target": "ex#F" }] },
           "ex#V": { "type": "service", "version": "1", "operations": [{ "target": "ex#R" }], "traits": { "smithy.api#mixin": {}, "aws.protocols#awsJson1_0": {} } },
           "ex#W": { "type": "service", "mixins": [{ "target": "ex#V" }], "version": "2" }"#,
    );
    assert!(shape(&model, "T").traits.has("pattern"));
    assert_eq!(kind(&shape(&model, "M").kind), "list of ex#T");
    assert_eq!(kind(&shape(&model, "Q").kind), "map of ex#T to ex#M");
    assert_eq!(kind(&shape(&model, "R").kind), "operation with E F");
    assert_eq!(kind(&shape(&model, "W").kind), "service R");
    assert!(
        matches!(&shape(&model, "W").kind, ShapeKind::Service(service) if service.version == "2")
    );
}

#[test]
fn operations_of_resources_belong_to_the_service() {
    let model = shapes(
        r#""ex#Svc": { "type": "service", "operations": [{ "target": "ex#Zap" }, { "target": "ex#Get" }], "resources": [{ "target": "ex#Thing" }] },
           "ex#Thing": { "type": "resource", "read": { "target": "ex#Get" }, "collectionOperations": [{ "target": "ex#Count" }],
                         "resources": [{ "target": "ex#Part" }] },
           "ex#Part": { "type": "resource", "identifiers": { "id": { "target": "smithy.api#String" } }, "list": { "target": "ex#List" },
                        "resources": [{ "target": "ex#Thing" }] },
           "ex#Zap": { "type": "operation", "input": { "target": "smithy.api#Unit" } }, "ex#Get": { "type": "operation" },
           "ex#Count": { "type": "operation" }, "ex#List": { "type": "operation" }"#,
    );
    assert_eq!(
        kind(&shape(&model, "Svc").kind),
        "service Count Get List Zap"
    );
    assert!(
        matches!(&shape(&model, "Zap").kind, ShapeKind::Operation(operation) if operation.input.is_none())
    );
}

#[test]
fn smithy_1_numbers_have_a_zero_value_unless_boxed() {
    let structure = r#""ex#A": { "type": "structure", "members": {
        "prelude": { "target": "smithy.api#Integer" }, "primitive": { "target": "smithy.api#PrimitiveLong" },
        "own": { "target": "ex#Flag" }, "boxed": { "target": "ex#Boxed" },
        "member": { "target": "ex#Flag", "traits": { "smithy.api#box": {} } }, "text": { "target": "smithy.api#String" } } },
        "ex#Flag": { "type": "boolean" }, "ex#Boxed": { "type": "double", "traits": { "smithy.api#box": {} } }"#;
    let old = model(&[&version("1.0", structure)]);
    let expected = "prelude: Integer\nprimitive: PrimitiveLong @default(0)\nown: Flag @default(false)\nboxed: Boxed\nmember: Flag\ntext: String\n";
    assert_eq!(members(&old, "A"), expected);
    let new = model(&[&version("2.0", structure)]);
    assert!(!members(&new, "A").contains("default"));
}

#[test]
fn a_null_default_stays() {
    let model = shapes(
        r#""ex#A": { "type": "structure", "members": { "a": { "target": "ex#N", "traits": { "smithy.api#default": null } } } },
           "ex#N": { "type": "integer", "traits": { "smithy.api#default": 1 } }"#,
    );
    assert_eq!(members(&model, "A"), "a: N @default(null)\n");
}

#[test]
fn smithy_1_enums_and_sets_become_those_of_smithy_2() {
    let text = r#""ex#E": { "type": "string", "traits": { "smithy.api#enum": [
            { "value": "a b", "name": "AB", "documentation": "doc" }, { "value": "x-y.z" }, { "value": "x/y z" },
            { "value": "2xl", "deprecated": true }, { "value": "é" }, { "value": "ab", "name": "not a name" } ] } },
        "ex#S": { "type": "set", "member": { "target": "ex#E" } }"#;
    let model = model(&[&version("1.0", text)]);
    let names: Vec<&str> = shape(&model, "E")
        .members()
        .iter()
        .map(|member| member.name.as_str())
        .collect();
    assert_eq!(names, ["AB", "x_y_z", "x_y_z_2", "_2xl", "VALUE", "ab_2"]);
    assert!(members(&model, "E").contains("AB: Unit @documentation(\"doc\") @enumValue(\"a b\")"));
    assert!(members(&model, "E").contains("@deprecated({}) @enumValue(\"2xl\")"));
    assert!(!shape(&model, "E").traits.has("enum"));
    assert_eq!(kind(&shape(&model, "S").kind), "list of ex#E");
    assert!(shape(&model, "S").traits.has("uniqueItems"));
}

#[test]
fn enum_members_have_their_name_as_value_unless_they_say_otherwise() {
    let model = shapes(
        r#""ex#E": { "type": "enum", "members": { "A": { "target": "smithy.api#Unit" },
                     "B": { "target": "smithy.api#Unit", "traits": { "smithy.api#enumValue": "b" } } } }"#,
    );
    assert_eq!(
        members(&model, "E"),
        "A: Unit @enumValue(\"A\")\nB: Unit @enumValue(\"b\")\n"
    );
}

#[test]
fn the_order_of_keys_and_texts_does_not_matter() {
    let shapes = [
        r#""ex#A": { "type": "structure", "traits": { "ex#x": {}, "ex#y": { "p": 1, "q": 2 } }, "members": { "b": { "target": "ex#B" }, "a": { "target": "ex#B" } } }"#,
        r#""ex#B": { "traits": { "smithy.api#length": { "max": 9, "min": 1 } }, "type": "string" }"#,
        r#""ex#A$a": { "type": "apply", "traits": { "smithy.api#required": {} } }"#,
        r#""ex#Svc": { "operations": [{ "target": "ex#O" }, { "target": "ex#N" }], "type": "service" }"#,
        r#""ex#O": { "type": "operation" }, "ex#N": { "type": "operation", "input": { "target": "ex#A" } }"#,
    ];
    let forward = model(&[&version("2.0", &shapes.join(","))]);
    let texts: Vec<String> = shapes
        .iter()
        .rev()
        .map(|shape| version("2", shape))
        .collect();
    let apart = model(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(dump(&forward), dump(&apart));
}

#[test]
fn hostile_texts_are_reported() {
    let long_chain: Vec<String> = (0..5000)
        .map(|index| {
            let next = index + 1;
            format!(
                r#""ex#S{index}": {{ "type": "structure", "mixins": [{{ "target": "ex#S{next}" }}], "traits": {{ "smithy.api#mixin": {{}} }},
                   "members": {{ "m": {{ "target": "ex#L{index}" }} }} }}, "ex#L{index}": {{ "type": "list", "member": {{ "target": "ex#L{next}" }} }}"#
            )
        })
        .collect();
    let texts = [
        "",
        " ",
        "\0",
        "null",
        "[]",
        "\"a\"",
        "1e999999",
        "{",
        "{}",
        "{\"smithy\":null}",
        "{\"smithy\":\"2.0\",\"shapes\":7}",
        "{\"smithy\":\"2.0\",\"shapes\":{\"#\":{},\"a#$\":{},\"$\":{},\"é#é\":{\"type\":\"string\"}}}",
        "\u{feff}",
        "\u{feff}\u{feff}{}",
        "{\"smithy\":\"2.0\",\"shapes\":{\"a#b\":{\"type\":\"structure\",\"members\":{\"a\":null},\"mixins\":[null,{}]}}}",
        "namespace example",
    ];
    for text in texts {
        assert!(!messages(&[text]).is_empty(), "{text:?}");
    }
    for nested in ["[".repeat(100_000), "{\"a\":".repeat(100_000)] {
        assert_eq!(messages(&[&nested]).len(), 1);
    }
    assert!(messages(&[&version("2.0", &long_chain.join(","))]).len() >= 2);
    assert!(check(&load(&[])).is_err_and(|problems| problems.len() == 1));
}

#[test]
fn a_second_service_is_named_beside_what_else_is_wrong() {
    let service = |name: &str| {
        let protocol = r#""aws.protocols#awsJson1_0": {}"#;
        format!(
            r#""ex#{name}": {{ "type": "service", "version": "1", "traits": {{ {protocol} }} }}"#
        )
    };
    let apply = r#""ex#Gone": { "type": "apply", "traits": {} }"#;
    let text = version(
        "2.0",
        &[service("A"), service("B"), apply.to_owned()].join(", "),
    );
    let problems = check(&load(&sources(&[&text]))).err().unwrap_or_default();
    let messages: Vec<_> = problems
        .iter()
        .map(|problem| problem.message.as_str())
        .collect();
    assert_eq!(
        messages,
        [
            "the model has more than one service",
            "traits are applied to the unknown shape `ex#Gone`"
        ]
    );
}
