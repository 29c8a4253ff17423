//! Overlays that come with Swage: what they apply, and to which models.

use std::path::{Path, PathBuf};
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
namespace a.b
use swage.cli#name
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
    generate_from(&loaded, &[], &Options::default()).map_err(|problems| {
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

/// The files in a folder of the repository.
fn models(folder: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .join(folder);
    let entries = std::fs::read_dir(&root).expect("a folder");
    entries
        .map(|entry| entry.expect("an entry").path())
        .collect()
}

#[test]
fn all_overlays_and_the_definitions_of_our_traits_are_smithy() {
    let overlays = models("swage/overlays/aws");
    assert!(overlays.len() > 20);
    let traits = models("models")
        .into_iter()
        .filter(|path| path.ends_with("swage.smithy"));
    for path in overlays.into_iter().chain(traits) {
        let source = Source {
            name: path.display().to_string(),
            text: std::fs::read_to_string(&path).expect("a text"),
        };
        let is_overlay = !path.ends_with("swage.smithy");
        let sources = [model("a.b", ""), source];
        let read = if is_overlay {
            let mut loaded = load(&sources[..1]);
            loaded.overlay(&sources, 1);
            loaded.into_model()
        } else {
            load(&sources).into_model()
        };
        assert!(read.is_ok(), "{}: {:?}", path.display(), read.err());
    }
}
