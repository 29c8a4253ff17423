//! Swage's own traits: the rules for their values are those that the definitions in `models/swage` give.

use std::collections::BTreeSet;
use swage_codegen::Source;
use swage_codegen::load::load;

/// The table of rules, which isn't public.
const RULES: &str = include_str!("../../src/check/forms/own.rs");

#[test]
fn each_trait_that_is_defined_has_a_rule_and_documentation() {
    let rules: BTreeSet<String> = RULES
        .split('"')
        .filter(|text| text.starts_with("swage."))
        .map(str::to_owned)
        .collect();
    assert_eq!(defined(), rules);
}

#[test]
fn overlays_use_no_other_traits() {
    let defined = defined();
    for line in swage_models::AWS.iter().flat_map(|(_, text)| text.lines()) {
        if let Some(id) = line.strip_prefix("use ")
            && id.starts_with("swage.")
            && id != "swage.overlay#Service"
        {
            assert!(defined.contains(id), "{id}");
        }
    }
}

fn defined() -> BTreeSet<String> {
    let sources = swage_models::TRAITS.iter().map(|(name, text)| Source {
        name: (*name).to_owned(),
        text: (*text).to_owned(),
    });
    let model = load(&sources.collect::<Vec<_>>()).into_model();
    let model = model.expect("definitions without errors");
    let traits = model.shapes.values();
    traits
        .filter(|shape| shape.traits.has("trait"))
        .map(|shape| {
            assert!(shape.traits.has("documentation"), "{}", shape.id);
            shape.id.as_str().to_owned()
        })
        .collect()
}
