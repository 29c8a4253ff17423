//! Overlays that come with Swage: what they apply, and to which models.

use swage_codegen::load::load;
use swage_codegen::{Generated, Options, Source, generate_from};

/// A service with one operation whose input has the member `Version`, with these traits.
fn model(namespace: &str, traits: &str) -> Source {
    let text = format!(
        r#"{{"smithy": "2.0", "shapes": {{
            "{namespace}#Svc": {{"type": "service", "version": "1", "operations": [{{"target": "{namespace}#Do"}}],
                "traits": {{"aws.protocols#awsJson1_1": {{}}, "aws.api#service": {{"sdkId": "My Svc"}}}}}},
            "{namespace}#Do": {{"type": "operation", "input": {{"target": "{namespace}#In"}}}},
            "{namespace}#In": {{"type": "structure", "members": {{
                "Version": {{"target": "smithy.api#String", "traits": {{{traits}}}}}}}}}}}}}"#
    );
    Source {
        name: "model.json".to_owned(),
        text,
    }
}

const OVERLAY: &str = r#"$version: "2"
metadata swageVersions = [
    { target: "a.b#In$Gone", until: "2026-01-31" }
    { target: "a.b#Gone", since: "2026-01-31" }
]
namespace a.b
use swage.cli#name
use swage.overlay#Service
apply Service @title("My Service of Things")
apply In$Version @name("thing-version")
apply In$Gone @name("gone")
apply Gone$Version @name("gone")
apply Do @documentation("Does it.")
"#;

/// Generates a crate from the model and the overlay, or returns the messages of diagnostics.
fn overlaid(model: Source, overlay: &str) -> Result<Generated, Vec<String>> {
    let overlay = Source {
        name: "overlay.smithy".to_owned(),
        text: overlay.to_owned(),
    };
    let mut loaded = load(std::slice::from_ref(&model));
    assert_eq!(loaded.sdk_id(), Some("My Svc"));
    loaded.overlay(&[model, overlay], 1);
    generate_from(loaded, &[], &Options::default()).map_err(|problems| {
        problems
            .into_iter()
            .map(|problem| problem.message)
            .collect()
    })
}

fn cli(generated: &Generated) -> &str {
    let mut files = generated.files.iter();
    let file = files.find(|file| file.path == "src/cli.rs");
    file.map(|file| file.text.as_str()).unwrap_or_default()
}

#[test]
fn an_overlay_applies_to_what_the_model_has() {
    for namespace in ["a.b", "another.one"] {
        let generated = overlaid(model(namespace, ""), OVERLAY).expect("a crate");
        assert!(cli(&generated).contains("\"thing-version\""));
        assert!(cli(&generated).contains("Does it."));
        assert_eq!(generated.renamed_options, []);
    }
}

#[test]
fn what_the_model_says_itself_stays() {
    let own = model("a.b", "\"swage.cli#name\": \"own-name\"");
    let generated = overlaid(own, OVERLAY).expect("a crate");
    assert!(cli(&generated).contains("\"own-name\""));
}

#[test]
fn an_overlay_that_defines_shapes_or_is_broken_is_refused() {
    let defines = "$version: \"2\"\nnamespace a.b\nstring More\n";
    let said = overlaid(model("a.b", ""), defines).expect_err("a problem");
    assert_eq!(said, ["`a.b#More` is defined in an overlay"]);
    let said =
        overlaid(model("a.b", ""), "$version: \"2\"\nnamespace a.b\napply").expect_err("a problem");
    assert_eq!(said.len(), 1, "{said:?}");
    let hidden = OVERLAY.replace("thing-version", "version");
    let said = overlaid(model("a.b", ""), &hidden).expect_err("a problem");
    assert_eq!(said, ["invalid option name `--version` for `Version`"]);
}

#[test]
fn a_target_that_the_model_lacks_is_an_error_unless_only_some_versions_have_it() {
    let metadata = |entries: &str| {
        let start = OVERLAY.find("metadata").expect("metadata");
        let end = OVERLAY.find("namespace").expect("a namespace");
        let (before, after) = (&OVERLAY[..start], &OVERLAY[end..]);
        overlaid(
            model("a.b", ""),
            &format!("{before}metadata swageVersions = {entries}\n{after}"),
        )
    };
    let shape = r#"{ target: "a.b#Gone", since: "2026-01-31" }"#;
    let said = metadata(&format!("[{shape}]")).expect_err("a problem");
    assert_eq!(said, ["the model has no `a.b#In$Gone`"]);
    let member = r#"{ target: "a.b#Gone$Version", since: "2026-01-31" }"#;
    let said = metadata(&format!("[{member}]")).expect_err("a problem");
    assert_eq!(said, ["the model has no `a.b#In$Gone`"]);
    let gone = r#"{ target: "a.b#In$Gone", until: "2026-01-31" }"#;
    let other = r#"{ target: "a.b#Other", until: "2026-01-31" }"#;
    let said = metadata(&format!("[{shape} {gone} {other}]")).expect_err("a problem");
    assert_eq!(said, ["the overlay applies no trait to `a.b#Other`"]);
    for wrong in [
        r#"{ target: "a.b#In$Gone" }"#,
        r#"{ target: "a.b#In$Gone", since: "yesterday" }"#,
        r#"{ target: "a.b#In$Gone", since: "2026-01-31", why: "" }"#,
        r#"{ since: "2026-01-31" }"#,
        "1",
    ] {
        let said = metadata(&format!("[{shape} {gone} {wrong}]")).expect_err("a problem");
        assert_eq!(said, ["invalid entry of `swageVersions`"], "{wrong}");
    }
}
