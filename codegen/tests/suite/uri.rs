//! URIs of operations whose endpoints contain a part of the path.

use swage_codegen::{Options, Source, generate};

/// The file of the operation `Get` with this URI, with or without endpoint rules and a parameter.
fn operation(uri: &str, rules: bool, parameter: bool) -> String {
    let parameter = if parameter {
        r#", "smithy.rules#contextParam": {"name": "Box"}"#
    } else {
        ""
    };
    let rules = if rules {
        r#", "smithy.rules#endpointRuleSet": {"version": "1.0", "parameters": {"Box": {"type": "string", "documentation": "d"}},
            "rules": [{"type": "endpoint", "conditions": [{"fn": "isSet", "argv": [{"ref": "Box"}]}],
                "endpoint": {"url": "https://{Box}.example.com"}},
                {"type": "error", "conditions": [], "error": "no box"}]}"#
    } else {
        ""
    };
    let text = format!(
        r#"{{"smithy": "2.0", "shapes": {{
            "a#Store": {{"type": "service", "version": "1", "operations": [{{"target": "a#Get"}}],
                "traits": {{"aws.protocols#restXml": {{}}{rules}}}}},
            "a#Get": {{"type": "operation", "input": {{"target": "a#GetInput"}},
                "traits": {{"smithy.api#http": {{"method": "GET", "uri": "{uri}"}}, "smithy.api#readonly": {{}}}}}},
            "a#GetInput": {{"type": "structure", "members": {{
                "Box": {{"target": "smithy.api#String",
                    "traits": {{"smithy.api#httpLabel": {{}}, "smithy.api#required": {{}}{parameter}}}}},
                "Key": {{"target": "smithy.api#String",
                    "traits": {{"smithy.api#httpLabel": {{}}, "smithy.api#required": {{}}}}}}
            }}, "traits": {{"smithy.api#input": {{}}}}}}
        }}}}"#
    );
    let source = Source {
        name: "model.json".to_owned(),
        text,
    };
    let files = generate(&[source], &Options::default())
        .expect("it can be generated")
        .files;
    let file = files
        .into_iter()
        .find(|file| file.path == "src/operation/get.rs");
    file.expect("the operation").text
}

#[test]
fn a_first_segment_that_the_endpoint_has_is_left_out() {
    for (uri, expected) in [
        ("/{Box}/{Key+}?acl", r#""/{Key+}?acl""#),
        ("/{Box}/k/{Key}", r#""/k/{Key}""#),
    ] {
        let with = operation(uri, true, true);
        assert!(with.contains(expected), "{with}");
        for (rules, parameter) in [(false, true), (true, false)] {
            let without = operation(uri, rules, parameter);
            assert!(without.contains(&format!("{uri:?}")), "{without}");
        }
    }
    let second = operation("/{Key}/{Box}", true, true);
    assert!(second.contains(r#""/{Key}/{Box}""#), "{second}");
}
