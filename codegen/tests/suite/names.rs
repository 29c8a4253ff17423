//! Names of crates.

use swage_codegen::diagnostic::Source;
use swage_codegen::{Options, generate};

const MODEL: &str = r#"{ "smithy": "2.0", "shapes": { "ex#Svc": {
    "type": "service", "version": "1", "traits": { "aws.protocols#awsJson1_1": {} } } } }"#;

fn package(name: &str) -> (String, String) {
    let source = Source {
        name: "model.json".to_owned(),
        text: MODEL.to_owned(),
    };
    let options = Options {
        name: Some(name.to_owned()),
        ..Options::default()
    };
    let names = generate(&[source], &options).unwrap().names;
    (names.package, names.library)
}

#[test]
fn a_name_is_brought_to_a_form_that_cargo_takes() {
    for (given, taken) in [
        ("S3 Control", "s3-control"),
        ("../../x", "x"),
        ("x.y_z", "x-y-z"),
        ("1st", "_1st"),
        ("", "client"),
        ("!", "client"),
    ] {
        assert_eq!(package(given).0, taken, "{given}");
    }
    let long = package(&"n".repeat(10_000)).0;
    assert!(long.len() <= 64, "{long}");
}

#[test]
fn a_name_that_somebody_else_has_gets_another() {
    // Rust's keywords and crates, Cargo's folders, the generated crate's dependencies.
    for name in [
        "type",
        "gen",
        "self",
        "crate",
        "std",
        "test",
        "build",
        "deps",
        "examples",
        "clap",
        "swage-client",
        "aws-smithy-types",
    ] {
        let (package, library) = package(name);
        assert_eq!(package, format!("{name}-client"));
        assert_eq!(library, package.replace('-', "_"));
    }
}
