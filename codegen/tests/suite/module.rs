//! A client as a module of another crate.

use swage_codegen::{Options, Source, generate};

const MODEL: &str = r#"{"smithy": "2.0", "shapes": {
    "a.b#Thing": {"type": "service", "version": "1", "operations": [{"target": "a.b#Do"}],
        "traits": {"aws.protocols#restJson1": {}, "aws.api#service": {"sdkId": "My Thing"}}},
    "a.b#Do": {"type": "operation", "errors": [{"target": "a.b#Bad"}], "output": {"target": "a.b#Out"},
        "traits": {"smithy.api#http": {"method": "POST", "uri": "/do"}}},
    "a.b#Out": {"type": "structure", "members": {"kind": {"target": "a.b#Kind"}}},
    "a.b#Kind": {"type": "enum", "members": {"A": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "a"}}}},
    "a.b#Bad": {"type": "structure", "members": {}, "traits": {"smithy.api#error": "client"}}}}"#;

#[test]
fn paths_lead_through_the_module() {
    for (parent, root) in [
        ("", "crate::mything"),
        ("api::clients", "crate::api::clients::mything"),
    ] {
        let source = Source {
            name: "thing.json".to_owned(),
            text: MODEL.to_owned(),
        };
        let options = Options {
            module: Some(parent.to_owned()),
            ..Options::default()
        };
        let generated = generate(&[source], &options).expect("a module");
        assert_eq!(generated.names.library, "mything");
        let text = |path: &str| {
            let file = generated.files.iter().find(|file| file.path == path);
            file.unwrap_or_else(|| panic!("no {path}")).text.as_str()
        };
        assert!(text("mod.rs").contains("pub mod types;"));
        let operation = text("operation/do.rs");
        assert!(
            operation.contains(&format!("use {root}::types;")),
            "{operation}"
        );
        assert!(
            operation.contains(&format!("]({root}::Error::Bad)")),
            "{operation}"
        );
        assert!(operation.contains("```ignore"), "{operation}");
        for file in &generated.files {
            assert!(
                !file.path.contains("Cargo") && !file.path.starts_with("cli."),
                "{}",
                file.path
            );
            let elsewhere = file.text.replace(root, "");
            assert!(
                !elsewhere.contains("crate::"),
                "{}: {}",
                file.path,
                file.text
            );
        }
        assert!(generated.dependencies.contains("swage-client = { path = "));
        assert!(!generated.dependencies.contains("swage-cli ="));
    }
}
